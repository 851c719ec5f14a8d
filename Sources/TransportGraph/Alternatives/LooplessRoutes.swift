/// All loopless routes from one node to another, one after the other in the order of cost.
///
/// Yen's algorithm, run from the destination back, because the rule for equally short routes goes
/// back from it. After each route, what is left is divided into disjoint bundles (Lawler). A bundle
/// waits with a lower bound and is searched only when it leads the queue; the search is led by exact
/// costs, is no search at all where the shortest route breaks no rule, and pauses while another
/// bundle may hold the next route. Searches that are taken up again start anew with twice the effort,
/// so that no more than half the work is lost.
///
/// Source: J. Y. Yen (1971), Finding the k shortest loopless paths in a network, Management Science
/// 17, 712–716; G. Feng (2014), Finding k shortest simple paths in directed graphs: a node
/// classification algorithm, Networks 64, 6–17; D. Kurz, P. Mutzel (2016), A sidetrack-based
/// algorithm for finding the k shortest simple paths in a directed graph, ISAAC, 49:1–49:13, for
/// bundles that wait.
struct LooplessRoutes {
  private let costs: OriginCosts
  private let search: SpurSearch
  /// The rank of the destination.
  private let destination: Int
  private let limit: UInt64
  /// The routes told and divided, as arcs from the destination back.
  private var told: [[UInt32]] = []
  /// The route told last, divided only when another is asked for.
  private var undivided: RouteBundle?
  private var queue = RouteBundleQueue()

  /// - Parameters:
  ///   - search: On the same costs.
  ///   - limit: No dearer routes are told.
  /// - Precondition: The destination can be reached from the origin of `costs`.
  init(_ costs: OriginCosts, _ search: SpurSearch, to destination: Int, limit: UInt64) {
    self.costs = costs
    self.search = search
    self.destination = destination
    self.limit = limit
    var shortest: [UInt32] = []
    costs.appendShortestRoute(to: destination, to: &shortest)
    push(
      RouteBundle(
        parent: 0, sharedCount: 0, banned: BannedArcs(), cost: costs.cost(to: destination),
        best: shortest))
  }

  /// The next route, as arcs from the destination back; nil where there is no other within the limit.
  mutating func next() -> [UInt32]? {
    if let bundle = undivided, let route = bundle.best { divide(bundle, after: route) }
    undivided = nil
    while let bundle = pop(), bundle.cost <= limit {
      if let route = bundle.best {
        undivided = bundle
        return route
      }
      refine(bundle)
    }
    return nil
  }

  /// Puts what a bundle holds besides its best route into bundles of their own.
  private mutating func divide(_ bundle: RouteBundle, after route: [UInt32]) {
    let parent = told.count
    told.append(route)
    var spur = destination
    var base: UInt64 = 0
    costs.isBlocked[spur] = true
    for (index, taken) in route.enumerated() {
      if index >= bundle.sharedCount {
        let before = index == bundle.sharedCount ? bundle.banned : BannedArcs()
        let banned = before.adding(taken)
        if let (first, cost) = bestArc(into: spur, base: base, banned: banned), cost <= limit {
          push(
            RouteBundle(
              parent: parent, sharedCount: index, banned: banned, cost: cost, first: first))
        }
      }
      base += costs.impedance(taken)
      spur = costs.tail(taken)
      costs.isBlocked[spur] = true
    }
    unblock(route)
  }

  /// The arc that promises the least cost, the first by the rule among equals.
  private func bestArc(
    into spur: Int, base: UInt64, banned: BannedArcs
  ) -> (slot: UInt32, cost: UInt64)? {
    var best: (slot: UInt32, cost: UInt64)?
    for slot in costs.slots(enter: spur) {
      let candidate = UInt32(slot)
      guard let arc = costs.openArc(slot), !costs.isBlocked[arc.tail], !banned.contains(candidate)
      else { continue }
      let start = costs.cost(to: arc.tail)
      guard start != SearchSpace.unreached else { continue }
      let cost = base + arc.impedance + start
      if let known = best {
        guard cost <= known.cost else { continue }
        if cost == known.cost, !costs.precedes(candidate, known.slot) { continue }
      }
      best = (candidate, cost)
    }
    return best
  }

  /// Finds the best route of a bundle, or a better bound, and puts the bundle back; drops it where it
  /// holds none.
  private mutating func refine(_ bundle: RouteBundle) {
    let shared = told[bundle.parent].prefix(bundle.sharedCount)
    var spur = destination
    var base: UInt64 = 0
    costs.isBlocked[spur] = true
    for slot in shared {
      base += costs.impedance(slot)
      spur = costs.tail(slot)
      costs.isBlocked[spur] = true
    }
    defer { unblock(shared) }

    var bundle = bundle
    if let first = bundle.first, search.isShortestRouteAllowed(to: costs.tail(first)) {
      var route = Array(shared)
      route.append(first)
      costs.appendShortestRoute(to: costs.tail(first), to: &route)
      bundle.best = route
      push(bundle)
      return
    }
    let request = SpurSearch.Request(
      spur: spur, base: base, banned: bundle.banned, limit: limit,
      pauseCost: queue.leastCost ?? .max, effort: bundle.effort)
    switch search.run(request) {
    case .found(let cost, let slots):
      bundle.cost = cost
      bundle.best = shared + slots
    case .paused(let bound):
      bundle.cost = bound
      bundle.first = nil
      bundle.effort *= 2
    case .none: return
    }
    push(bundle)
  }

  private func unblock(_ slots: some Sequence<UInt32>) {
    costs.isBlocked[destination] = false
    for slot in slots { costs.isBlocked[costs.tail(slot)] = false }
  }

  private mutating func push(_ bundle: RouteBundle) {
    queue.push(bundle) { [costs, told] in Self.precedes($0, $1, costs, told) }
  }

  private mutating func pop() -> RouteBundle? {
    queue.pop { [costs, told] in Self.precedes($0, $1, costs, told) }
  }

  private static func precedes(
    _ a: RouteBundle, _ b: RouteBundle, _ costs: OriginCosts, _ told: [[UInt32]]
  ) -> Bool {
    if a.cost != b.cost { return a.cost < b.cost }
    let (aCount, bCount) = (a.knownCount, b.knownCount)
    for index in 0..<min(aCount, bCount) {
      let (x, y) = (a.known(index, told), b.known(index, told))
      if x != y { return costs.precedes(x, y) }
    }
    return aCount < bCount
  }
}

extension RouteBundle {
  /// The number of arcs known to start the bundle's first route, from the destination back.
  fileprivate var knownCount: Int {
    best?.count ?? (sharedCount + (first == nil ? 0 : 1))
  }

  fileprivate func known(_ index: Int, _ told: [[UInt32]]) -> UInt32 {
    if let best { return best[index] }
    if index == sharedCount, let first { return first }
    return told[parent][index]
  }
}
