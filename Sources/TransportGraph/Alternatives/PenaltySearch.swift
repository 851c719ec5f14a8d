/// The best way between two nodes again and again, while the links used become dearer.
///
/// A* over chains of links, back from the destination. It is led by lower bounds of what is still to
/// come, at first the least costs from the origin without penalties; each search raises the bounds to what
/// it has learnt. Penalties only grow, so that bounds stay bounds, and later searches see little more than the
/// ways that now compete.
///
/// An end of the way inside a chain divides that chain; one in a dead end is left, or reached, by the only
/// way there is.
///
/// Source: S. Koenig, M. Likhachev (2006), A new principle for incremental heuristic search: theoretical
/// results, ICAPS, 402–405, for bounds that learn (Adaptive A*).
struct PenaltySearch {
  private let costs: OriginCosts
  private let chains: ChainCosts
  private let ends: ChainEnds
  private let graph: JunctionGraph
  private let workspace: PenaltyWorkspace
  /// The lower bound from the origin to where its dead end is left.
  private let lead: UInt64
  /// By direction of each part of a divided chain, what it costs with penalties.
  private let stretchCosts: UnsafeMutablePointer<UInt64>

  /// Lends a search without penalties yet, unless only one way leads to the destination.
  ///
  /// - Parameters:
  ///   - costs: From the origin.
  ///   - workspace: For the chains of the view of the costs.
  /// - Precondition: The destination can be reached.
  static func lend(
    _ costs: OriginCosts, to destination: Int, in workspace: PenaltyWorkspace,
    _ body: (inout PenaltySearch) -> Void
  ) {
    let chains = workspace.chains
    guard let ends = ChainEnds(from: costs.origin, to: destination, over: chains, in: costs.view)
    else { return }
    withUnsafeTemporaryAllocation(
      of: UInt64.self, capacity: 2 * ends.stretches.count + 1
    ) { stretchCosts in
      guard let first = stretchCosts.baseAddress else { return }
      for (index, stretch) in ends.stretches.enumerated() {
        (first + 2 * index).initialize(to: stretch.costs.along)
        (first + 2 * index + 1).initialize(to: stretch.costs.against)
        workspace.nodes[stretch.from].hasStretch = true
        workspace.nodes[stretch.to].hasStretch = true
      }
      let lead = workspace.lowerBounds?[ends.start.rank] ?? costs.cost(to: ends.start.rank)
      workspace.renewBounds(lead: lead)
      var search = PenaltySearch(
        costs: costs, chains: chains, ends: ends, graph: chains.graph, workspace: workspace,
        lead: lead, stretchCosts: first)
      for chain in ends.dividedChains {
        for code in (2 * chain)...(2 * chain + 1) { search.change(code) { $0 = ChainCosts.closed } }
      }
      defer {
        for stretch in ends.stretches {
          workspace.nodes[stretch.from].hasStretch = false
          workspace.nodes[stretch.to].hasStretch = false
        }
        for chain in ends.dividedChains { workspace.restore(chain) }
        for chain in search.penalised { workspace.restore(chain) }
      }
      body(&search)
    }
  }

  /// The chains that were made dearer, some of them several times.
  private var penalised: [Int] = []

  /// Makes what a way uses dearer by one use, in both directions.
  ///
  /// - Parameter way: Codes of chains and stretches.
  mutating func penalise(_ way: [UInt32]) {
    for code in way {
      let chain = Int(code / 2)
      let stretch = chain - graph.chainCount
      if stretch < 0 { penalised.append(chain) }
      let surcharge =
        stretch < 0 ? chains.surcharges[chain] : ends.stretches[stretch].costs.surcharge
      for code in (2 * chain)...(2 * chain + 1) {
        change(code) { if $0 != ChainCosts.closed { $0 += surcharge } }
      }
    }
  }

  /// What a chain or stretch costs with penalties; closed for a chain that no way uses.
  private func cost(_ code: Int) -> UInt64 {
    let stretch = code - 2 * graph.chainCount
    if stretch >= 0 { return stretchCosts[stretch] }
    return graph.placeOfCode(code).map { workspace.entrances[$0].cost } ?? ChainCosts.closed
  }

  /// Changes it.
  @inline(__always)
  private func change(_ code: Int, _ body: (inout UInt64) -> Void) {
    let stretch = code - 2 * graph.chainCount
    if stretch >= 0 {
      body(&stretchCosts[stretch])
    } else if let place = graph.placeOfCode(code) {
      body(&workspace.entrances[place].cost)
    }
  }

  /// What a way costs without penalties; nil where it is closed.
  func impedance(of way: [UInt32]) -> UInt64? {
    var sum: UInt64 = 0
    for code in way {
      let code = Int(code)
      let stretch = code / 2 - graph.chainCount
      let impedance =
        if stretch < 0 {
          chains.impedances[code]
        } else {
          code & 1 == 0
            ? ends.stretches[stretch].costs.along : ends.stretches[stretch].costs.against
        }
      if impedance == ChainCosts.closed { return nil }
      sum += impedance
    }
    return sum
  }

  /// The codes of a route that the caller knows.
  func way(along arcs: [Arc]) -> [UInt32] {
    var way: [UInt32] = []
    for arc in arcs {
      guard let slot = graph.slotOfLink[arc.link.index] else { continue }
      let isAlong = graph.arcs[Int(slot)].isForward == arc.isForward
      let chain = Int(graph.chainOfSlot[Int(slot)])
      let part = ends.stretches.firstIndex { $0.slots.contains(Int(slot)) }
      let code = UInt32(2 * (part.map { graph.chainCount + $0 } ?? chain) + (isAlong ? 0 : 1))
      if way.last != code { way.append(code) }
    }
    return way
  }

  /// The links of a way, from the origin on.
  func arcs(along way: [UInt32]) -> [Arc] {
    let count = way.reduce(ends.lead.count + ends.tail.count) { $0 + slots(of: Int($1)).count }
    var arcs: [Arc] = []
    arcs.reserveCapacity(count)
    arcs += ends.lead
    for code in way {
      let slots = slots(of: Int(code))
      if code & 1 == 0 {
        for slot in slots { arcs.append(graph.arcs[slot].arc) }
      } else {
        for slot in slots.reversed() {
          let along = graph.arcs[slot]
          arcs.append(Arc(link: LinkID(along.link), isForward: !along.isForward))
        }
      }
    }
    arcs += ends.tail
    return arcs
  }

  private func slots(of code: Int) -> Range<Int> {
    let chain = code / 2
    return chain < graph.chainCount
      ? graph.firstArc[chain]..<graph.firstArc[chain + 1]
      : ends.stretches[chain - graph.chainCount].slots
  }

  /// The best way, as codes from the origin on.
  ///
  /// Of equally good ways, at each node it takes the longest first step, from one junction or end to the
  /// next, then the one that holds the smallest identifier of a link. That depends on the equally good ways
  /// only: it stays the same where other links become dearer.
  func best() -> [UInt32] {
    let (start, end) = (ends.start.node, ends.end.node)
    let nodes = workspace.nodes
    // Surcharges together stay below 1,000 times the impedance of all links, and a metric holds that below
    // 2^52: costs of two routes fit 63 bits.
    var heap = workspace.heap
    workspace.reach(end, cost: 0)
    heap.push(cost: bound(end), rank: end)
    // All that is as good as the best is settled: ties are told apart below.
    while let (total, node) = heap.pop(atMost: nodes[start].behind) {
      let after = nodes[node].behind
      // No way leads on from the origin; an older entry is of a node that was reached better since.
      if node == start || total > after &+ nodes[node].bound { continue }
      forEachNeighbour(of: node) { tail, _, cost in
        if cost == ChainCosts.closed { return }
        let candidate = after &+ cost
        guard candidate < nodes[tail].behind else { return }
        let bound = bound(tail)
        guard bound != SearchSpace.unreached else { return }
        workspace.reach(tail, cost: candidate)
        heap.push(cost: candidate &+ bound, rank: tail)
      }
    }
    return learntWay()
  }

  /// The nodes beside a node, each with the code of the chain or stretch from there and its cost.
  @inline(__always)
  private func forEachNeighbour(of node: Int, _ body: (Int, Int, UInt64) -> Void) {
    let (known, entrances) = (workspace.nodes + node, workspace.entrances)
    var place = Int(known.pointee.firstEntrance)
    let end = Int(known.pointee.endEntrance)
    while place < end {
      let entrance = entrances[place]
      body(Int(entrance.neighbour), Int(entrance.code), entrance.cost)
      place &+= 1
    }
    if !known.pointee.hasStretch { return }
    for (index, stretch) in ends.stretches.enumerated() {
      let code = 2 * (graph.chainCount + index)
      if stretch.to == node { body(stretch.from, code, stretchCosts[2 * index]) }
      if stretch.from == node { body(stretch.to, code + 1, stretchCosts[2 * index + 1]) }
    }
  }

  @inline(__always)
  private func bound(_ node: Int) -> UInt64 {
    let known = workspace.nodes[node].bound
    return known != SearchSpace.unreached ? known : firstBound(node)
  }

  /// A lower bound for a node that is reached for the first time: its least cost without penalties, in this
  /// view or in one of which no link costs more.
  @inline(never)
  private func firstBound(_ node: Int) -> UInt64 {
    let rank = ends.rank(of: node, in: graph)
    let cost = workspace.lowerBounds?[rank] ?? costs.cost(to: rank)
    // Every way from the origin leaves its dead end.
    guard cost != SearchSpace.unreached, cost >= lead else { return SearchSpace.unreached }
    workspace.bound(node, cost: cost, lead: lead)
    return cost - lead
  }

  /// Reads the best way, and raises the bounds by what the search has found.
  private func learntWay() -> [UInt32] {
    let nodes = workspace.nodes
    let best = nodes[ends.start.node].behind
    var way: [UInt32] = []
    var node = ends.start.node
    while node != ends.end.node {
      let step = firstStep(from: node)
      way.append(UInt32(step.code))
      node = step.head
    }
    workspace.raiseBounds(best: best)
    return way
  }

  /// The first step of the best way from a settled node to the destination.
  private func firstStep(from node: Int) -> (head: Int, code: Int) {
    let nodes = workspace.nodes
    var first: (head: Int, code: Int)?
    forEachNeighbour(of: node) { head, entering, _ in
      // Gone along the other way.
      let code = entering ^ 1
      let after = nodes[head].behind
      let cost = cost(code)
      guard cost != ChainCosts.closed, after != SearchSpace.unreached,
        after + cost == nodes[node].behind
      else { return }
      if let known = first {
        let knownAfter = nodes[known.head].behind
        guard after <= knownAfter else { return }
        if after == knownAfter, !precedes(code, known.code) { return }
      }
      first = (head, code)
    }
    guard let first else { preconditionFailure("a settled node is on a way to the destination") }
    return first
  }

  /// Whether one step holds a link with a smaller identifier than all of another.
  private func precedes(_ code: Int, _ other: Int) -> Bool {
    let links = costs.view.graph.links
    func smallest(_ code: Int) -> String {
      graph.arcs[slots(of: code)].lazy.map { links[$0.link].id }.min() ?? ""
    }
    return smallest(code) < smallest(other)
  }
}
