/// Where the ends of a way lie among the chains of a network, and the chains that they divide.
struct ChainEnds {
  /// An end of the way, or where the dead end that it lies in is left.
  struct End {
    /// The junction, or a number beyond those of all junctions.
    var node: Int
    var rank: Int
  }

  /// A part of a divided chain, from one node to another in the direction of the chain.
  struct Stretch {
    let from: Int
    let to: Int
    /// Places among the arcs of the junction graph.
    let slots: Range<Int>
    let costs: ChainCosts.Stretch
  }

  private(set) var start: End
  private(set) var end: End
  /// The only arcs from the origin out of its dead end.
  let lead: [Arc]
  /// The only arcs into the destination's dead end.
  let tail: [Arc]
  /// Four at most.
  private(set) var stretches: [Stretch] = []
  private(set) var dividedChains: [Int] = []

  /// nil where only one way leads from one to the other, or none.
  init?(from origin: Int, to destination: Int, over chains: ChainCosts, in view: GraphView) {
    let graph = chains.graph
    let (first, lead) = Self.leave(origin, graph, view.graph)
    let (last, tail) = Self.leave(destination, graph, view.graph)
    if first == last { return nil }
    self.lead = lead.map(\.arc)
    self.tail = tail.reversed().map { Arc(link: $0.arc.link, isForward: !$0.isForward) }
    start = End(node: -1, rank: first)
    end = End(node: -1, rank: last)
    var next = graph.rankOfJunction.count
    var cuts: [(chain: Int, offset: Int, node: Int)] = []
    func node(_ rank: Int) -> Int? {
      switch graph.places[rank] {
      case .junction(let junction): return junction
      case .inside(let chain, let offset):
        cuts.append((chain, offset, next))
        next += 1
        return next - 1
      case .deadEnd, .root: return nil
      }
    }
    guard let firstNode = node(first), let lastNode = node(last) else { return nil }
    start.node = firstNode
    end.node = lastNode
    for chain in Set(cuts.map(\.chain)).sorted() {
      dividedChains.append(chain)
      let own = cuts.filter { $0.chain == chain }.sorted { $0.offset < $1.offset }
      let (from, to) = graph.ends[chain]
      let nodes = [from] + own.map(\.node) + [to]
      let offsets = [0] + own.map(\.offset) + [graph.length(of: chain)]
      for index in 0..<(nodes.count - 1) {
        let slots =
          (graph.firstArc[chain] + offsets[index])..<(graph.firstArc[chain] + offsets[index + 1])
        stretches.append(
          Stretch(
            from: nodes[index], to: nodes[index + 1], slots: slots,
            costs: chains.stretch(slots, in: view)))
      }
    }
  }

  /// The rank of a node.
  @inline(__always)
  func rank(of node: Int, in graph: JunctionGraph) -> Int {
    if node < graph.rankOfJunction.count { return Int(graph.rankOfJunction[node]) }
    return node == start.node ? start.rank : end.rank
  }

  /// The way out of a dead end, and where it ends.
  private static func leave(
    _ node: Int, _ graph: JunctionGraph, _ network: TransportGraph
  ) -> (rank: Int, arcs: [ArcCode]) {
    var rank = node
    var arcs: [ArcCode] = []
    while case .deadEnd(let arc) = graph.places[rank] {
      arcs.append(arc)
      rank = Int(network.headRank(of: arc))
    }
    return (rank, arcs)
  }
}
