/// What of a view matters to the search of detours whatever its links cost: its chains, without the links that
/// are closed or that nothing else bridges.
struct DetourTopology: Sendable {
  let bridges: NeighbourBridges
  let chains: LinkChains
  /// The number of ends of chains.
  let nodeCount: Int
  /// By code, a chain and whether it is travelled from end to start: the node from which it leads.
  let tails: [UInt32]

  /// - Complexity: O(nodes + links), once a graph for views in which nothing is closed.
  static func of(_ view: GraphView) -> DetourTopology {
    view.hasClosures
      ? DetourTopology(view) : view.graph.openDetourTopology.value { DetourTopology(view) }
  }

  private init(_ view: GraphView) {
    let graph = view.graph
    bridges = NeighbourBridges(view)
    var isOpen = [Bool](repeating: false, count: graph.links.count)
    let (codes, packed) = (graph.outgoing.codes, view.outgoingArcs)
    for slot in codes.indices where packed[slot] != PackedArc.closed {
      isOpen[codes[slot].link] = true
    }
    chains = LinkChains(graph) { [bridges] link in
      isOpen[link] && !bridges.joins(Int(graph.fromRank[link]), Int(graph.toRank[link]))
    }
    var nodeOfRank = [UInt32](repeating: 0, count: graph.nodes.count)
    for run in chains.runs {
      nodeOfRank[Int(run.start)] = 1
      nodeOfRank[Int(run.end)] = 1
    }
    var nodeCount = 0
    for rank in nodeOfRank.indices where nodeOfRank[rank] == 1 {
      nodeOfRank[rank] = UInt32(nodeCount)
      nodeCount += 1
    }
    self.nodeCount = nodeCount
    tails = chains.runs.flatMap { [nodeOfRank[Int($0.start)], nodeOfRank[Int($0.end)]] }
  }
}
