/// The best way back from a node to the origin where some nodes and arcs are not allowed.
///
/// A* led by the least costs from the origin. A ban only raises costs, so the bounds hold; they are
/// consistent, and each node is settled once. The search ends where the shortest
/// route to the node at hand breaks no rule, for that route then completes the best way.
///
/// Source: P. E. Hart, N. J. Nilsson, B. Raphael (1968), A formal basis for the heuristic
/// determination of minimum cost paths, IEEE Trans. Syst. Sci. Cybern. 4, 100–107; G. Feng (2014),
/// Finding k shortest simple paths in directed graphs: a node classification algorithm, Networks 64,
/// 6–17, for the end of the search.
struct SpurSearch {
  /// What one search is asked.
  struct Request {
    /// The rank of the node to go back from.
    var spur: Int
    /// What the route costs beyond the spur node.
    var base: UInt64 = 0
    /// Arcs that may not enter the spur node.
    var banned = BannedArcs()
    /// Costs above are of no interest.
    var limit = UInt64.max
    /// Where the cost is sure to be above this, the search may pause…
    var pauseCost = UInt64.max
    /// … once it has settled this many nodes.
    var effort = Int.max
  }

  enum Outcome {
    /// The least cost, base included, and the arcs from the spur node back to the origin.
    case found(cost: UInt64, slots: [UInt32])
    /// There is no way within the limit.
    case none
    /// Any way costs at least the bound.
    case paused(bound: UInt64)
  }

  private let costs: OriginCosts
  private let behind: SearchSpace
  private let fitsNarrowKeys: Bool

  /// - Parameters:
  ///   - behind: A clear search space; it is clear again after each search.
  init(_ costs: OriginCosts, behind: SearchSpace) {
    self.costs = costs
    self.behind = behind
    // A heap holds sums of the costs of two routes.
    fitsNarrowKeys =
      costs.view.totalImpedance >> UInt64(UInt64.bitWidth - 1 - costs.view.rankBits) == 0
  }

  /// Whether the one shortest route to a node enters no blocked node.
  ///
  /// - Complexity: O(arcs that enter the route's nodes).
  func isShortestRouteAllowed(to rank: Int) -> Bool {
    var node = rank
    while node != costs.origin {
      node = costs.tail(costs.lastSlot(to: node))
      if costs.isBlocked[node] { return false }
    }
    return true
  }

  /// Of equally good ways, the one that the rule of ``CanonicalRoute`` finds first going back from
  /// the spur node.
  func run(_ request: Request) -> Outcome {
    defer { behind.clear() }
    return fitsNarrowKeys ? run(UInt64.self, request) : run(UInt128.self, request)
  }

  private func run<Key: FixedWidthInteger & UnsignedInteger & Sendable>(
    _ keyType: Key.Type, _ request: Request
  ) -> Outcome {
    var heap = behind.heap(of: keyType, rankBits: costs.view.rankBits)
    behind.reach(request.spur, cost: 0)
    for slot in costs.slots(enter: request.spur) where !request.banned.contains(UInt32(slot)) {
      relax(slot, after: 0, base: request.base, &heap)
    }
    var settled = 0
    var best: UInt64?
    while !heap.isEmpty {
      let bound = UInt64(truncatingIfNeeded: heap.lowestCost)
      // All that is as good as the best has been settled: ties are told apart below.
      if let best, bound > best { break }
      if bound > request.limit { return .none }
      if best == nil, bound > request.pauseCost, settled >= request.effort {
        return .paused(bound: bound)
      }
      let (_, node) = heap.pop()
      let after = behind.costs[node]
      // An older entry of a node that was reached better since.
      if bound > request.base + after + costs.cost(to: node) { continue }
      settled += 1
      if best == nil, isShortestRouteAllowed(to: node) {
        best = bound
        // Every other way is longer, so all of the best ones pass this node.
        if heap.isEmpty || UInt64(truncatingIfNeeded: heap.lowestCost) > bound {
          return .found(cost: bound, slots: slots(by: node, request))
        }
      }
      if node == costs.origin { continue }
      for slot in costs.slots(enter: node) { relax(slot, after: after, base: request.base, &heap) }
    }
    guard let best else { return .none }
    return .found(cost: best, slots: slots(by: costs.origin, request))
  }

  @inline(__always)
  private func relax<Key: FixedWidthInteger & UnsignedInteger & Sendable>(
    _ slot: Int, after: UInt64, base: UInt64, _ heap: inout SearchHeap<Key>
  ) {
    guard let arc = costs.openArc(slot), !costs.isBlocked[arc.tail] else { return }
    let candidate = after &+ arc.impedance
    guard candidate < behind.costs[arc.tail] else { return }
    let rest = costs.cost(to: arc.tail)
    guard rest != SearchSpace.unreached else { return }
    behind.reach(arc.tail, cost: candidate)
    heap.push(cost: Key(truncatingIfNeeded: base &+ candidate &+ rest), rank: arc.tail)
  }

  /// The arcs of the best way that passes a settled node: back to it from the spur node, then along
  /// the shortest route to it where it is not the origin itself.
  private func slots(by goal: Int, _ request: Request) -> [UInt32] {
    markBestWays(from: goal, request)
    defer {
      for index in 0..<behind.touchedCount { behind.marks[Int(behind.touched[index])] = false }
    }
    var slots: [UInt32] = []
    var node = request.spur
    while node != goal {
      var best: UInt32?
      for slot in costs.slots(enter: node) {
        guard let arc = costs.openArc(slot), behind.marks[arc.tail],
          behind.costs[node] &+ arc.impedance == behind.costs[arc.tail],
          node != request.spur || !request.banned.contains(UInt32(slot))
        else { continue }
        let candidate = UInt32(slot)
        if let known = best, !costs.precedes(candidate, known) { continue }
        best = candidate
      }
      guard let best else { preconditionFailure("a marked node lies on a best way") }
      slots.append(best)
      node = costs.tail(best)
    }
    costs.appendShortestRoute(to: goal, to: &slots)
    return slots
  }

  /// Marks all nodes on the best ways from a settled node to the spur node.
  private func markBestWays(from goal: Int, _ request: Request) {
    let graph = costs.view.graph
    let outgoing = graph.outgoing
    behind.marks[goal] = true
    var pending = [goal]
    while let node = pending.popLast() {
      for slot in outgoing.slots(node) {
        let arc = costs.view.outgoingArcs[slot]
        if arc == PackedArc.closed { continue }
        let head = Int(arc & PackedArc.rankMask)
        let after = behind.costs[head]
        if after == SearchSpace.unreached || behind.marks[head] { continue }
        let code = outgoing.codes[slot]
        if after + arc >> PackedArc.rankBits != behind.costs[node] { continue }
        if head == request.spur,
          request.banned.slots.contains(where: { costs.code(Int($0)) == code })
        {
          continue
        }
        behind.marks[head] = true
        pending.append(head)
      }
    }
  }
}
