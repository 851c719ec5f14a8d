/// Routes taken so far, and whether another may join them.
struct AlternativeSelection {
  let limits: AlternativeLimits
  private let view: GraphView
  private var routes: [Route]
  /// The impedance of each arc of each route.
  private var impedances: [[UInt64]] = []
  /// One bit an arc, by code; clear between routes.
  private var marks: [UInt64]
  /// One bit a link, for the links of all routes considered, taken or not.
  private var considered: [UInt64]
  private var isAnyLinkDeciding = false
  /// What a search by penalties came by.
  var history = AlternativeHistory()

  init(_ shortest: Route, in view: GraphView, limits: AlternativeLimits) {
    self.limits = limits
    self.view = view
    routes = [shortest]
    marks = Array(repeating: 0, count: view.graph.links.count / 32 + 1)
    considered = Array(repeating: 0, count: view.graph.links.count / 64 + 1)
    note(shortest)
    impedances = [shortest.arcs.map { view.impedance(of: $0.link) }]
  }

  var shortest: Route { routes[0] }

  var isComplete: Bool { routes.count >= limits.count }

  /// The routes in the order of impedance, of equally dear ones as they were taken.
  var set: RouteSet {
    let order = routes.indices.sorted { (routes[$0].impedance, $0) < (routes[$1].impedance, $1) }
    return RouteSet(order.map { routes[$0] }, impedances: order.map { impedances[$0] })
  }

  /// Links of which one must change for other routes to be taken, as long as links only become dearer or
  /// close, in link order; nil where any link may.
  var decidingLinks: [LinkID]? {
    if isAnyLinkDeciding { return nil }
    var links: [LinkID] = []
    for (index, word) in considered.enumerated() {
      var rest = word
      while rest != 0 {
        links.append(LinkID(64 * index + rest.trailingZeroBitCount))
        rest &= rest - 1
      }
    }
    return links
  }

  /// Notes that what is taken follows from more links than those of the routes considered.
  mutating func dependsOnAnyLink() { isAnyLinkDeciding = true }

  private mutating func note(_ route: Route) {
    for arc in route.arcs { considered[arc.link.index / 64] |= 1 << UInt64(arc.link.index % 64) }
  }

  /// Takes a route if it is within the limits and not among those taken; returns whether.
  @discardableResult
  mutating func consider(_ route: Route) -> Bool {
    note(route)
    guard !isComplete, route.impedance <= limits.costLimit(shortest.impedance), isApart(route)
    else { return false }
    routes.append(route)
    impedances.append(route.arcs.map { view.impedance(of: $0.link) })
    return true
  }

  /// Whether a route shares little enough with each of those taken.
  private mutating func isApart(_ route: Route) -> Bool {
    func place(_ arc: Arc) -> (word: Int, bit: UInt64) {
      let code = 2 * arc.link.index + (arc.isForward ? 0 : 1)
      return (code / 64, 1 << UInt64(code % 64))
    }
    for arc in route.arcs { marks[place(arc).word] |= place(arc).bit }
    defer { for arc in route.arcs { marks[place(arc).word] = 0 } }
    return routes.indices.allSatisfy { index in
      let other = routes[index]
      var shared: UInt64 = 0
      for (arc, impedance) in zip(other.arcs, impedances[index])
      where marks[place(arc).word] & place(arc).bit != 0 { shared += impedance }
      return limits.allow(shared: shared, of: min(route.impedance, other.impedance))
        && route != other
    }
  }
}
