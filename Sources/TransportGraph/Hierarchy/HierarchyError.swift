/// Why a contraction hierarchy, or a metric of one, cannot be made.
public enum HierarchyError: Error, Equatable, Sendable {
  /// The order names another number of nodes than the graph has.
  case orderOfAnotherGraph(count: Int, nodeCount: Int)
  /// The order names a node that the graph does not have.
  case unknownNode(index: Int)
  /// The order names a node twice.
  case repeatedNode(index: Int)
  /// The graph is too large for METIS, which counts in 32 bits.
  case tooLargeToOrder(neighbours: Int)
  /// METIS gave up, mostly for want of memory; its return code.
  case orderingFailed(code: Int)
  /// The order needs more shortcuts than can be numbered in 32 bits.
  case tooManyArcs
  /// The impedances of all links together, closed ones included, reach 2^52, above which sums would not
  /// be exact.
  case impedanceOverflow
}

extension HierarchyError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .orderOfAnotherGraph(let count, let nodeCount):
      "the order names \(count) nodes; the graph has \(nodeCount)"
    case .unknownNode(let index): "the order names node \(index), which the graph does not have"
    case .repeatedNode(let index): "the order names node \(index) twice"
    case .tooLargeToOrder(let neighbours):
      "a piece with \(neighbours) pairs of neighbours is too large for METIS"
    case .orderingFailed(let code): "METIS could not order the nodes (code \(code))"
    case .tooManyArcs: "this order needs more arcs than can be numbered"
    case .impedanceOverflow:
      "the impedances of all links together, closed ones included, reach 2^52 ms or mm; expected less "
        + "(142,000 years, or 4.5 billion km), so that sums in a contraction hierarchy are exact"
    }
  }
}
