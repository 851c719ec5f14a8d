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
  /// By chain.
  private let chainCosts: [UInt64]
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
  init(_ view: GraphView, _ topology: DetourTopology) {
    let graph = view.graph
    let (chains, tails, nodeCount) = (topology.chains, topology.tails, topology.nodeCount)
    var linkCosts = [UInt64](repeating: DetourTable.none, count: graph.links.count)
    let (codes, packed) = (graph.outgoing.codes, view.outgoingArcs)
    for slot in codes.indices where packed[slot] != PackedArc.closed {
      linkCosts[codes[slot].link] = packed[slot] >> PackedArc.rankBits
    }
    let isOneWay = graph.hasOneWayLinks ? graph.isOneWayByLink : []
    var chainCosts: [UInt64] = []
    chainCosts.reserveCapacity(chains.count)
    // By code.
    var isTravelled = [Bool](repeating: true, count: 2 * chains.count)
    var untravelled: [Int] = []
    for (chain, run) in chains.runs.enumerated() {
      var cost: UInt64 = 0
      for place in run.places { cost += linkCosts[chains.arcs[Int(place)].link] }
      chainCosts.append(cost)
      if run.start == run.end {
        isTravelled[2 * chain] = false
        isTravelled[2 * chain + 1] = false
        continue
      }
      let blocked = Self.blockedCounts(chains.arcs, run.places, isOneWay)
      if blocked.ahead > 0 {
        isTravelled[2 * chain] = false
        if blocked.back <= 1, blocked.ahead < run.places.count { untravelled.append(2 * chain) }
      }
      if blocked.back > 0 {
        isTravelled[2 * chain + 1] = false
        if blocked.ahead <= 1, blocked.back < run.places.count { untravelled.append(2 * chain + 1) }
      }
    }

    var first = [UInt32](repeating: 0, count: nodeCount + 1)
    var enteringCounts = [UInt32](repeating: 0, count: nodeCount)
    for code in isTravelled.indices where isTravelled[code] {
      first[Int(tails[code]) + 1] += 1
      enteringCounts[Int(tails[code ^ 1])] += 1
    }
    for node in 0..<nodeCount { first[node + 1] += first[node] }
    var next = first
    var arcs = [Arc](repeating: Arc(cost: 0, head: 0, code: 0), count: Int(first[nodeCount]))
    var slotOfCode = [UInt32](repeating: Self.none, count: 2 * chains.count)
    for code in isTravelled.indices where isTravelled[code] {
      let tail = Int(tails[code])
      let slot = next[tail]
      slotOfCode[code] = slot
      arcs[Int(slot)] = Arc(
        cost: chainCosts[code / 2], head: tails[code ^ 1], code: UInt32(code))
      next[tail] = slot + 1
    }
    // A chain that is travelled both ways is its own mate.
    var mates = slotOfCode.indices.map {
      slotOfCode[$0] == Self.none ? Self.none : slotOfCode[$0 ^ 1]
    }
    var mateCount = mates.count { $0 != Self.none }
    for code in isTravelled.indices
    where mateCount < arcs.count && isTravelled[code] && mates[code] == Self.none {
      let head = Int(tails[code ^ 1])
      for slot in Int(first[head])..<Int(first[head + 1])
      where arcs[slot].head == tails[code] && arcs[slot].cost == chainCosts[code / 2]
        && mates[Int(arcs[slot].code)] == Self.none
      {
        mates[code] = UInt32(slot)
        mates[Int(arcs[slot].code)] = slotOfCode[code]
        mateCount += 2
        break
      }
    }
    self.chains = chains
    self.first = first
    self.arcs = arcs
    self.enteringCounts = enteringCounts
    self.mates = mates
    isSymmetric = mateCount == arcs.count
    self.untravelled = untravelled
    self.linkCosts = linkCosts
    self.chainCosts = chainCosts
    self.isOneWay = isOneWay
  }

  /// How many links of a chain cannot be travelled from its start to its end, and the other way.
  private static func blockedCounts(
    _ arcs: [ArcCode], _ places: Range<UInt32>, _ isOneWay: [Bool]
  ) -> (ahead: Int, back: Int) {
    var (ahead, back) = (0, 0)
    if isOneWay.isEmpty { return (ahead, back) }
    for place in places {
      let arc = arcs[Int(place)]
      if isOneWay[arc.link] { if arc.isForward { back += 1 } else { ahead += 1 } }
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
    for (chain, run) in chains.runs.enumerated() {
      // A chain that comes back to its start needs nothing else to go around by.
      let isRing = run.start == run.end
      let ahead = isRing ? 0 : around[2 * chain]
      let back = isRing ? 0 : around[2 * chain + 1]
      let blocked = Self.blockedCounts(chains.arcs, run.places, isOneWay)
      for place in run.places {
        let arc = chains.arcs[Int(place)]
        let rest = chainCosts[chain] - linkCosts[arc.link]
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
