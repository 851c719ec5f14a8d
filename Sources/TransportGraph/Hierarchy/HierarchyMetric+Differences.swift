extension HierarchyMetric {
  /// The arcs of the hierarchy that cost something else in another metric of it, in either direction:
  /// how far a change of a few links spreads.
  ///
  /// - Parameter other: A metric of the same hierarchy.
  /// - Returns: The end contracted first and the end contracted later of each such arc. Most arcs stand
  ///   for ways through nodes contracted before, not for a link.
  /// - Complexity: O(nodes + arcs).
  public func arcs(
    differingFrom other: HierarchyMetric
  ) -> [(lower: NodeID, upper: NodeID)] {
    precondition(
      other.hierarchy.topology === hierarchy.topology, "both are metrics of one hierarchy")
    let topology = hierarchy.topology
    var nodeAt = [NodeID](repeating: NodeID(0), count: topology.nodeCount)
    for node in hierarchy.graph.nodes.indices.map(NodeID.init) {
      nodeAt[hierarchy.position(of: node)] = node
    }
    var arcs: [(lower: NodeID, upper: NodeID)] = []
    for tail in 0..<topology.nodeCount {
      for arc in topology.arcs(tail)
      where upward[arc] != other.upward[arc] || downward[arc] != other.downward[arc] {
        arcs.append((nodeAt[tail], nodeAt[Int(topology.heads[arc])]))
      }
    }
    return arcs
  }
}
