/// Least impedances from one node to every node of a hierarchy's graph; nil where no open way leads.
public struct ImpedanceTable: Sendable {
  private let hierarchy: ContractionHierarchy
  /// By position.
  private var costs: [Double]

  /// A table in which nothing is reached yet.
  ///
  /// - Complexity: O(nodes).
  public init(_ hierarchy: ContractionHierarchy) {
    self.hierarchy = hierarchy
    // Room for one more, so that there is an address even without nodes.
    costs = Array(repeating: .infinity, count: hierarchy.graph.nodes.count + 1)
  }

  /// Milliseconds or millimetres to a node, by the measure of the profile. O(1).
  public subscript(node: NodeID) -> UInt64? {
    HierarchyMetric.impedance(costs[hierarchy.position(of: node)])
  }

  /// - Parameter body: Writes the costs by position of a hierarchy, whatever the table was made for.
  mutating func fill(
    for other: ContractionHierarchy, _ body: (UnsafeMutablePointer<Double>) -> Void
  ) {
    if other.topology !== hierarchy.topology { self = ImpedanceTable(other) }
    costs.withUnsafeMutableBufferPointer { costs in
      guard let start = costs.baseAddress else { return }
      costs.update(repeating: .infinity)
      body(start)
    }
  }
}
