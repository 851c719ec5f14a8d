/// The best way between two nodes again and again, while the links used become dearer.
///
/// A* back from the destination. It is led by lower bounds of what is still to come, at first the least
/// costs from the origin in the view; each search raises the bounds to what it has learnt. Penalties only
/// grow, so that bounds stay bounds, and later searches see little more than the ways that now compete.
///
/// Source: S. Koenig, M. Likhachev (2006), A new principle for incremental heuristic search: theoretical
/// results, ICAPS, 402–405, for bounds that learn (Adaptive A*).
struct PenaltySearch {
  private let costs: OriginCosts
  /// The rank of the destination.
  private let destination: Int
  /// The least cost back to the destination with penalties; clear between searches.
  private let behind: SearchSpace
  /// No way from the origin to a node costs less with penalties; unreached where not asked for yet.
  private let bounds: SearchSpace
  /// How often each link was used.
  private let uses: UnsafeMutablePointer<UInt8>
  private let factor: Double
  private let fitsNarrowKeys: Bool

  /// Lends a search without penalties yet.
  ///
  /// - Parameters:
  ///   - costs: From the origin.
  ///   - rounds: No link is used more often, 100 at most.
  /// - Precondition: The destination is another node and can be reached.
  static func lend<Result>(
    _ costs: OriginCosts, to destination: Int, factor: Double, rounds: Int,
    _ body: (PenaltySearch) -> Result
  ) -> Result {
    let graph = costs.view.graph
    // One more round for the rounding of each surcharge. Surcharges together stay below 1,000 times the
    // impedance of all links, and a metric holds that below 2^52: sums fit 63 bits.
    let highestCost = UInt64(factor.rounded(.up)) * UInt64(rounds + 1) * costs.view.totalImpedance
    return graph.searchSpaces.withSpace { behind in
      graph.searchSpaces.withSpace { bounds in
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: graph.links.count) { uses in
          uses.initialize(repeating: 0)
          guard let first = uses.baseAddress else { preconditionFailure("a way has links") }
          return body(
            PenaltySearch(
              costs: costs, destination: destination, behind: behind, bounds: bounds, uses: first,
              factor: factor,
              // A heap holds sums of the costs of two routes.
              fitsNarrowKeys:
                highestCost >> UInt64(UInt64.bitWidth - 1 - costs.view.rankBits) == 0))
        }
      }
    }
  }

  /// Makes a link dearer by one use, in both directions.
  func penalise(_ link: Int) { uses[link] += 1 }

  /// The best way, as arcs from the origin on.
  ///
  /// Of equally good ways, at each node it takes the longest first step, then the link with the smallest
  /// identifier. That depends on the equally good ways only: it stays the same where other links become
  /// dearer.
  func best() -> [ArcCode] {
    defer { behind.clear() }
    return fitsNarrowKeys ? best(UInt64.self) : best(UInt128.self)
  }

  private func best<Key: FixedWidthInteger & UnsignedInteger & Sendable>(
    _ keyType: Key.Type
  ) -> [ArcCode] {
    var heap = behind.heap(of: keyType, rankBits: costs.view.rankBits)
    behind.reach(destination, cost: 0)
    heap.push(cost: Key(truncatingIfNeeded: bound(destination)), rank: destination)
    while !heap.isEmpty {
      let total = UInt64(truncatingIfNeeded: heap.lowestCost)
      // All that is as good as the best has been settled: ties are told apart below.
      if total > behind.costs[costs.origin] { break }
      let node = heap.pop().rank
      let after = behind.costs[node]
      // No way leads on from the origin; an older entry is of a node that was reached better since.
      if node == costs.origin || total > after &+ bounds.costs[node] { continue }
      for slot in costs.slots(enter: node) {
        guard let arc = costs.openArc(slot) else { continue }
        let candidate = after &+ cost(of: costs.code(slot).link, arc.impedance)
        guard candidate < behind.costs[arc.tail] else { continue }
        let bound = bound(arc.tail)
        guard bound != SearchSpace.unreached else { continue }
        behind.reach(arc.tail, cost: candidate)
        heap.push(cost: Key(truncatingIfNeeded: candidate &+ bound), rank: arc.tail)
      }
    }
    return learntRoute()
  }

  /// What a link costs with penalties: each use adds a share of the impedance, a whole number,
  /// as impedances are, rounded up so that every use counts.
  @inline(__always)
  private func cost(of link: Int, _ impedance: UInt64) -> UInt64 {
    let count = uses[link]
    if count == 0 { return impedance }
    return impedance + UInt64(count) * UInt64(((factor - 1) * Double(impedance)).rounded(.up))
  }

  @inline(__always)
  private func bound(_ rank: Int) -> UInt64 {
    let known = bounds.costs[rank]
    if known != SearchSpace.unreached { return known }
    let cost = costs.cost(to: rank)
    if cost != SearchSpace.unreached { bounds.reach(rank, cost: cost) }
    return cost
  }

  /// Raises the bounds by what the search has found, and reads the best way.
  ///
  /// From a settled node it takes at least the best cost less that from the node to the destination.
  private func learntRoute() -> [ArcCode] {
    let best = behind.costs[costs.origin]
    var route: [ArcCode] = []
    var node = costs.origin
    while node != destination {
      let arc = firstArc(on: node)
      route.append(arc)
      node = Int(costs.view.graph.headRank(of: arc))
    }
    for index in 0..<behind.touchedCount {
      let rank = Int(behind.touched[index])
      let after = behind.costs[rank]
      if after + bounds.costs[rank] <= best { bounds.costs[rank] = best - after }
    }
    return route
  }

  /// The first arc of the best way from a settled node to the destination.
  private func firstArc(on node: Int) -> ArcCode {
    let graph = costs.view.graph
    var first: (after: UInt64, code: ArcCode)?
    for slot in graph.outgoing.slots(node) {
      let code = graph.outgoing.codes[slot]
      let arc = costs.view.outgoingArcs[slot]
      guard arc != PackedArc.closed else { continue }
      let head = Int(arc & PackedArc.rankMask)
      let after = behind.costs[head]
      guard after != SearchSpace.unreached,
        after + cost(of: code.link, arc >> PackedArc.rankBits) == behind.costs[node]
      else { continue }
      if let known = first {
        guard after <= known.after else { continue }
        if after == known.after, graph.links[code.link].id >= graph.links[known.code.link].id {
          continue
        }
      }
      first = (after, code)
    }
    guard let first else { preconditionFailure("a settled node is on a way to the destination") }
    return first.code
  }
}
