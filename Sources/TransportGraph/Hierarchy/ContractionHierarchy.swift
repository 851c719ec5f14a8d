/// The topology of a customizable contraction hierarchy: a graph with the shortcuts that contracting
/// its nodes in an order needs, whatever its links cost.
///
/// Built once for a graph. What links cost and which are closed comes with a ``HierarchyMetric``,
/// made from a ``GraphView`` in a fraction of the time; a closure or a delay only changes part of it.
/// Parallel links share an arc here and stay apart in the routes; one-way links and the two
/// directions of an arc have costs of their own.
///
/// Source: J. Dibbelt, B. Strasser, D. Wagner (2016), Customizable Contraction Hierarchies, ACM J.
/// Exp. Algorithmics 21, 1.5, https://doi.org/10.1145/2886843.
public struct ContractionHierarchy: Sendable {
  /// The graph of which this is the hierarchy.
  public let graph: TransportGraph

  let topology: HierarchyTopology
  let spaces: HierarchySpacePool

  /// The order in which its nodes were contracted. O(nodes).
  public var order: ContractionOrder {
    ContractionOrder(nodes: graph.nodes.indices.map { NodeID(Int(topology.order[$0])) })
  }

  /// The number of arcs: pairs of nodes joined by links or shortcuts, in either direction.
  public var arcCount: Int { topology.arcCount }

  /// The height of the elimination tree: the largest number of nodes that one side of a query visits.
  public var height: Int { topology.height }

  /// The bytes of memory that the topology takes, without the graph.
  public var byteCount: Int { topology.byteCount }

  /// Orders the nodes and builds the hierarchy.
  ///
  /// - Throws: what ``ContractionOrder/init(_:)`` and ``init(_:order:)`` throw.
  /// - Complexity: dominated by the order.
  public init(_ graph: TransportGraph) throws(HierarchyError) {
    try self.init(graph, order: ContractionOrder(graph))
  }

  /// Builds the hierarchy under a given order.
  ///
  /// - Throws: `orderOfAnotherGraph`, `unknownNode`, `repeatedNode`, `tooManyArcs`.
  /// - Complexity: O(nodes + links + arcs). How many arcs there are depends on the order.
  public init(_ graph: TransportGraph, order: ContractionOrder) throws(HierarchyError) {
    let count = graph.nodes.count
    guard order.nodes.count == count else {
      throw .orderOfAnotherGraph(count: order.nodes.count, nodeCount: count)
    }
    let none = UInt32.max
    var turnOfRank = [UInt32](repeating: none, count: count)
    var rankOfTurn: [UInt32] = []
    rankOfTurn.reserveCapacity(count)
    for (turn, node) in order.nodes.enumerated() {
      guard node.index >= 0, node.index < count else { throw .unknownNode(index: node.index) }
      let rank = graph.rank(of: node)
      guard turnOfRank[rank] == none else { throw .repeatedNode(index: node.index) }
      turnOfRank[rank] = UInt32(turn)
      rankOfTurn.append(UInt32(rank))
    }
    let scratch = ScratchMemory(
      wordCount: UpwardLinks.wordCount(nodeCount: count, linkCount: graph.links.count)
        + EliminationTree.wordCount(nodeCount: count, linkCount: graph.links.count))
    // Links and tree lie in it, and do not hold it.
    defer { withExtendedLifetime(scratch) {} }
    let links = try UpwardLinks(
      graph, rankOfTurn: rankOfTurn, turnOfRank: turnOfRank, in: scratch)
    let topology = HierarchyTopology(
      try EliminationTree(links, in: scratch), links, graph, rankOfTurn: rankOfTurn,
      turnOfRank: turnOfRank)
    self.init(graph, topology)
  }

  /// - Parameter topology: That of this very graph.
  init(_ graph: TransportGraph, _ topology: HierarchyTopology) {
    self.graph = graph
    self.topology = topology
    spaces = HierarchySpacePool(topology)
  }

  /// By rank.
  var positionOfRank: UnsafePointer<UInt32> { topology.positionOfRank }

  func position(of node: NodeID) -> Int {
    precondition(
      node.index >= 0 && node.index < topology.nodeCount, "a node of the hierarchy's graph")
    return Int(topology.positionOfNode[node.index])
  }
}
