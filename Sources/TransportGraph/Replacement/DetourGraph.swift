/// What is left of a view for the search of detours: its chains as single arcs, without the links that
/// are closed or that nothing else bridges.
///
/// A way that visits no node twice and leads from one end of a link to the other never crosses a bridge
/// and comes back; and inside a chain it can only go around by both of the chain's ends.
struct DetourGraph: Sendable {
  struct Arc: Sendable {
    let cost: UInt64
    let head: UInt32
    /// A chain and whether it is travelled from end to start.
    let code: UInt32
  }

  let chains: LinkChains
  /// Node i leaves by `arcs[first[i]..<first[i + 1]]`. Nodes are the ends of chains, by rank.
  let first: [UInt32]
  let arcs: [Arc]
  /// The number of arcs that enter each node.
  let enteringCounts: [UInt32]
  /// By code: the slot of the arc with the same ends and cost in the other direction, if any; each is
  /// the mate of one at most.
  let mates: [UInt32]
  /// Whether every arc has a mate: then a detour costs the same in both directions.
  let isSymmetric: Bool
  /// Codes of chains that no traveller passes in that direction, but of which a link has a detour by
  /// that way around: where one-way and two-way links meet in a chain.
  let untravelled: [Int]
  /// By link.
  private let linkCosts: [UInt64]
  /// By link; empty where none is one-way.
  private let isOneWay: [Bool]

  static let none = UInt32.max

  var nodeCount: Int { first.count - 1 }
  /// Bits that hold every node.
  var nodeBits: Int { UInt64.bitWidth - UInt64(max(1, nodeCount)).leadingZeroBitCount }
  /// The largest number of arcs that leave a node.
  var widestRow: Int {
    (0..<nodeCount).reduce(0) { max($0, Int(first[$1 + 1] - first[$1])) }
  }

  /// - Complexity: O(nodes + links), for chains with one-way links times the degree.
  init(_ view: GraphView, bridges: NeighbourBridges) {
    let graph = view.graph
    var linkCosts = [UInt64](repeating: DetourTable.none, count: graph.fromRank.count)
    let (codes, packed) = (graph.outgoing.codes, view.outgoingArcs)
    for slot in codes.indices where packed[slot] != PackedArc.closed {
      linkCosts[codes[slot].link] = packed[slot] >> PackedArc.rankBits
    }
    let isOneWay = graph.hasOneWayLinks ? graph.isOneWayByLink : []
    let chains = LinkChains(graph) { link in
      linkCosts[link] != DetourTable.none
        && !bridges.joins(Int(graph.fromRank[link]), Int(graph.toRank[link]))
    }

    var nodeOfRank = [UInt32](repeating: 0, count: graph.nodes.count)
    for chain in 0..<chains.count {
      nodeOfRank[Int(chains.starts[chain])] = 1
      nodeOfRank[Int(chains.ends[chain])] = 1
    }
    var nodeCount = 0
    for rank in nodeOfRank.indices where nodeOfRank[rank] == 1 {
      nodeOfRank[rank] = UInt32(nodeCount)
      nodeCount += 1
    }
    // What may be travelled, with its tail.
    var travelled: [(tail: UInt32, arc: Arc)] = []
    travelled.reserveCapacity(2 * chains.count)
    var untravelled: [Int] = []
    for chain in 0..<chains.count where chains.starts[chain] != chains.ends[chain] {
      let start = nodeOfRank[Int(chains.starts[chain])]
      let end = nodeOfRank[Int(chains.ends[chain])]
      let places = chains.places(chain)
      var cost: UInt64 = 0
      for place in places { cost += linkCosts[chains.arcs[place].link] }
      let code = UInt32(chain) << 1
      let blocked = Self.blockedCounts(chains.arcs, places, isOneWay)
      if blocked.ahead == 0 {
        travelled.append((start, Arc(cost: cost, head: end, code: code)))
      } else if blocked.back <= 1, blocked.ahead < places.count {
        untravelled.append(Int(code))
      }
      if blocked.back == 0 {
        travelled.append((end, Arc(cost: cost, head: start, code: code | 1)))
      } else if blocked.ahead <= 1, blocked.back < places.count {
        untravelled.append(Int(code | 1))
      }
    }
    var first = [UInt32](repeating: 0, count: nodeCount + 1)
    var enteringCounts = [UInt32](repeating: 0, count: nodeCount)
    for (tail, arc) in travelled {
      first[Int(tail) + 1] += 1
      enteringCounts[Int(arc.head)] += 1
    }
    for node in 0..<nodeCount { first[node + 1] += first[node] }
    var next = first
    var arcs = [Arc](repeating: Arc(cost: 0, head: 0, code: 0), count: travelled.count)
    var slotOfCode = [UInt32](repeating: Self.none, count: 2 * chains.count)
    for (tail, arc) in travelled {
      slotOfCode[Int(arc.code)] = next[Int(tail)]
      arcs[Int(next[Int(tail)])] = arc
      next[Int(tail)] += 1
    }
    // A chain that is travelled both ways is its own mate.
    var mates = slotOfCode.indices.map {
      slotOfCode[$0] == Self.none ? Self.none : slotOfCode[$0 ^ 1]
    }
    var mateCount = mates.count { $0 != Self.none }
    for (tail, arc) in travelled
    where mateCount < travelled.count && mates[Int(arc.code)] == Self.none {
      for slot in Int(first[Int(arc.head)])..<Int(first[Int(arc.head) + 1])
      where arcs[slot].head == tail && arcs[slot].cost == arc.cost
        && mates[Int(arcs[slot].code)] == Self.none
      {
        mates[Int(arc.code)] = UInt32(slot)
        mates[Int(arcs[slot].code)] = slotOfCode[Int(arc.code)]
        mateCount += 2
        break
      }
    }
    self.chains = chains
    self.first = first
    self.arcs = arcs
    self.enteringCounts = enteringCounts
    self.mates = mates
    isSymmetric = mateCount == travelled.count
    self.untravelled = untravelled
    self.linkCosts = linkCosts
    self.isOneWay = isOneWay
  }

  /// How many links of a chain cannot be travelled from its start to its end, and the other way.
  private static func blockedCounts(
    _ arcs: [ArcCode], _ places: Range<Int>, _ isOneWay: [Bool]
  ) -> (ahead: Int, back: Int) {
    var (ahead, back) = (0, 0)
    if isOneWay.isEmpty { return (ahead, back) }
    for place in places where isOneWay[arcs[place].link] {
      if arcs[place].isForward { back += 1 } else { ahead += 1 }
    }
    return (ahead, back)
  }

  /// Nodes such that every arc starts or ends at one of them: all but a set of nodes that are not
  /// neighbours.
  var coverOfArcs: [Bool] {
    var isCovering = [Bool](repeating: false, count: nodeCount)
    for node in 0..<nodeCount where !isCovering[node] {
      for slot in Int(first[node])..<Int(first[node + 1]) {
        isCovering[Int(arcs[slot].head)] = true
      }
    }
    return isCovering
  }

  /// Writes the detours of the links from the costs around whole chains.
  ///
  /// - Parameters:
  ///   - around: by code, from the one end of a chain to the other without it.
  ///   - costs: by ``DetourTable/index(_:)``.
  func write(_ around: [UInt64], into costs: inout [UInt64]) {
    for chain in 0..<chains.count {
      let places = chains.places(chain)
      var whole: UInt64 = 0
      for place in places { whole += linkCosts[chains.arcs[place].link] }
      // A chain that comes back to its start needs nothing else to go around by.
      let isRing = chains.starts[chain] == chains.ends[chain]
      let ahead = isRing ? 0 : around[2 * chain]
      let back = isRing ? 0 : around[2 * chain + 1]
      let blocked = Self.blockedCounts(chains.arcs, places, isOneWay)
      for place in places {
        let arc = chains.arcs[place]
        let rest = whole - linkCosts[arc.link]
        let isOneWay = !isOneWay.isEmpty && isOneWay[arc.link]
        // From the tail back to the chain's start, around, and from its end back to the head.
        if arc.isForward || !isOneWay, ahead != DetourTable.none,
          blocked.back == (isOneWay && arc.isForward ? 1 : 0)
        {
          costs[DetourTable.index(arc)] = rest + ahead
        }
        if !arc.isForward || !isOneWay, back != DetourTable.none,
          blocked.ahead == (isOneWay && !arc.isForward ? 1 : 0)
        {
          costs[DetourTable.index(arc) ^ 1] = rest + back
        }
      }
    }
  }
}
