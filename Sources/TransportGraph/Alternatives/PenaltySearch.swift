/// The best way between two nodes again and again, while the links used become dearer.
///
/// A* over chains of links, back from the destination. It is led by lower bounds of what is still to
/// come, at first the least costs from the origin in the view; each search raises the bounds to what it has
/// learnt. Penalties only grow, so that bounds stay bounds, and later searches see little more than the
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
  /// The least cost from the origin to where its dead end is left.
  private let lead: UInt64
  /// The least cost back to the destination with penalties; clear between searches.
  private let behind: SearchSpace
  /// No way from the origin to a junction costs less with penalties; unreached where not asked for yet.
  private let bounds: SearchSpace
  /// By code, what chains and stretches cost with penalties.
  private let impedances: UnsafeMutablePointer<UInt64>
  private let fitsNarrowKeys: Bool

  /// Lends a search without penalties yet; nil where only one way leads to the destination.
  ///
  /// - Parameters:
  ///   - costs: From the origin.
  ///   - chains: In the view of the costs.
  ///   - rounds: No link is used more often, 100 at most.
  /// - Precondition: The destination can be reached.
  static func lend<Result>(
    _ costs: OriginCosts, to destination: Int, over chains: ChainCosts, rounds: Int,
    _ body: (PenaltySearch?) -> Result
  ) -> Result {
    guard let ends = ChainEnds(from: costs.origin, to: destination, over: chains, in: costs.view)
    else { return body(nil) }
    let graph = costs.view.graph
    // One more round for the rounding of each surcharge. Surcharges together stay below 1,000 times the
    // impedance of all links, and a metric holds that below 2^52: sums fit 63 bits.
    let highestCost =
      UInt64(chains.factor.rounded(.up)) * UInt64(rounds + 1) * costs.view.totalImpedance
    let count = chains.impedances.count
    return graph.searchSpaces.withSpace { behind in
      graph.searchSpaces.withSpace { bounds in
        withUnsafeTemporaryAllocation(
          of: UInt64.self, capacity: count + 2 * ends.stretches.count
        ) { impedances in
          guard let first = impedances.baseAddress else { return body(nil) }
          _ = impedances.initialize(from: chains.impedances)
          for end in ends.dividedChains {
            first[2 * end] = ChainCosts.closed
            first[2 * end + 1] = ChainCosts.closed
          }
          for (index, stretch) in ends.stretches.enumerated() {
            (first + count + 2 * index).initialize(to: stretch.costs.along)
            (first + count + 2 * index + 1).initialize(to: stretch.costs.against)
            behind.marks[stretch.from] = true
            behind.marks[stretch.to] = true
          }
          defer {
            for stretch in ends.stretches {
              behind.marks[stretch.from] = false
              behind.marks[stretch.to] = false
            }
          }
          return body(
            PenaltySearch(
              costs: costs, chains: chains, ends: ends, graph: chains.graph,
              lead: costs.cost(to: ends.start.rank), behind: behind, bounds: bounds,
              impedances: first,
              // A heap holds sums of the costs of two routes.
              fitsNarrowKeys:
                highestCost >> UInt64(UInt64.bitWidth - 1 - costs.view.rankBits) == 0))
        }
      }
    }
  }

  /// Makes what a way uses dearer by one use, in both directions.
  ///
  /// - Parameter way: Codes of chains and stretches.
  func penalise(_ way: [UInt32]) {
    for code in way {
      let along = Int(code & ~1)
      let chain = along / 2
      let surcharge =
        chain < graph.chainCount
        ? chains.surcharges[chain] : ends.stretches[chain - graph.chainCount].costs.surcharge
      for code in along...(along + 1) where impedances[code] != ChainCosts.closed {
        impedances[code] += surcharge
      }
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
    ends.lead + way.flatMap { arcs(of: Int($0)) } + ends.tail
  }

  private func arcs(of code: Int) -> [Arc] {
    let along = graph.arcs[slots(of: code)]
    if code & 1 == 0 { return along.map(\.arc) }
    return along.reversed().map { Arc(link: $0.arc.link, isForward: !$0.isForward) }
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
    defer { behind.clear() }
    return fitsNarrowKeys ? best(UInt64.self) : best(UInt128.self)
  }

  private func best<Key: FixedWidthInteger & UnsignedInteger & Sendable>(
    _ keyType: Key.Type
  ) -> [UInt32] {
    let (start, end) = (ends.start.node, ends.end.node)
    var heap = behind.heap(of: keyType, rankBits: costs.view.rankBits)
    behind.reach(end, cost: 0)
    heap.push(cost: Key(truncatingIfNeeded: bound(end)), rank: end)
    while !heap.isEmpty {
      let total = UInt64(truncatingIfNeeded: heap.lowestCost)
      // All that is as good as the best has been settled: ties are told apart below.
      if total > behind.costs[start] { break }
      let node = heap.pop().rank
      let after = behind.costs[node]
      // No way leads on from the origin; an older entry is of a node that was reached better since.
      if node == start || total > after &+ bounds.costs[node] { continue }
      forEachNeighbour(of: node) { tail, code in
        let impedance = impedances[code]
        if impedance == ChainCosts.closed { return }
        let candidate = after &+ impedance
        guard candidate < behind.costs[tail] else { return }
        let bound = bound(tail)
        guard bound != SearchSpace.unreached else { return }
        behind.reach(tail, cost: candidate)
        heap.push(cost: Key(truncatingIfNeeded: candidate &+ bound), rank: tail)
      }
    }
    return learntWay()
  }

  /// The nodes beside a node, each with the code of the chain or stretch from there.
  @inline(__always)
  private func forEachNeighbour(of node: Int, _ body: (Int, Int) -> Void) {
    if node < graph.rankOfJunction.count {
      for slot in graph.first[node]..<graph.first[node + 1] {
        let neighbour = graph.neighbours[slot]
        body(Int(neighbour.junction), Int(neighbour.code))
      }
    }
    if !behind.marks[node] { return }
    for (index, stretch) in ends.stretches.enumerated() {
      let code = 2 * (graph.chainCount + index)
      if stretch.to == node { body(stretch.from, code) }
      if stretch.from == node { body(stretch.to, code + 1) }
    }
  }

  @inline(__always)
  private func bound(_ node: Int) -> UInt64 {
    let known = bounds.costs[node]
    if known != SearchSpace.unreached { return known }
    let cost = costs.cost(to: ends.rank(of: node, in: graph))
    // Every way from the origin leaves its dead end.
    guard cost != SearchSpace.unreached, cost >= lead else { return SearchSpace.unreached }
    bounds.reach(node, cost: cost - lead)
    return cost - lead
  }

  /// Raises the bounds by what the search has found, and reads the best way.
  ///
  /// From a settled node it takes at least the best cost less that from the node to the destination.
  private func learntWay() -> [UInt32] {
    let best = behind.costs[ends.start.node]
    var way: [UInt32] = []
    var node = ends.start.node
    while node != ends.end.node {
      let step = firstStep(from: node)
      way.append(UInt32(step.code))
      node = step.head
    }
    for index in 0..<behind.touchedCount {
      let node = Int(behind.touched[index])
      let after = behind.costs[node]
      if after + bounds.costs[node] <= best { bounds.costs[node] = best - after }
    }
    return way
  }

  /// The first step of the best way from a settled node to the destination.
  private func firstStep(from node: Int) -> (head: Int, code: Int) {
    var first: (head: Int, code: Int)?
    forEachNeighbour(of: node) { head, entering in
      // Gone along the other way.
      let code = entering ^ 1
      let after = behind.costs[head]
      guard impedances[code] != ChainCosts.closed, after != SearchSpace.unreached,
        after + impedances[code] == behind.costs[node]
      else { return }
      if let known = first {
        let knownAfter = behind.costs[known.head]
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
