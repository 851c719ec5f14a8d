/// Least impedances from one node to every node of a hierarchy's graph; nil where no open way leads.
public struct ImpedanceTable: Sendable {
  private let positionOfNode: [UInt32]
  /// By position.
  private var costs: [Double]

  /// A table in which nothing is reached yet.
  ///
  /// - Complexity: O(nodes).
  public init(_ hierarchy: ContractionHierarchy) {
    positionOfNode = hierarchy.positionOfNode
    // Room for one more, so that there is an address even without nodes.
    costs = Array(repeating: .infinity, count: positionOfNode.count + 1)
  }

  /// Milliseconds or millimetres to a node, by the measure of the profile. O(1).
  public subscript(node: NodeID) -> UInt64? {
    HierarchyMetric.impedance(costs[Int(positionOfNode[node.index])])
  }

  mutating func fill(_ body: (UnsafeMutablePointer<Double>) -> Void) {
    costs.withUnsafeMutableBufferPointer { costs in
      guard let start = costs.baseAddress else { return }
      costs.update(repeating: .infinity)
      body(start)
    }
  }
}
