/// Routes taken so far, and whether another may join them.
struct AlternativeSelection {
  let limits: AlternativeLimits
  private let view: GraphView
  private var routes: [Route]
  private var arcs: [Set<Arc>]
  /// The links of all routes considered, taken or not; nil where any link may change what is taken.
  private var considered: Set<LinkID>?

  init(_ shortest: Route, in view: GraphView, limits: AlternativeLimits) {
    self.limits = limits
    self.view = view
    routes = [shortest]
    arcs = [Set(shortest.arcs)]
    considered = Set(shortest.arcs.lazy.map(\.link))
  }

  var shortest: Route { routes[0] }

  var isComplete: Bool { routes.count >= limits.count }

  /// The routes in the order of impedance, of equally dear ones as they were taken.
  var set: RouteSet {
    RouteSet(routes.sorted { $0.impedance < $1.impedance }, in: view)
  }

  /// Links of which one must change for other routes to be taken, as long as links only become dearer or
  /// close; nil where any link may.
  var decidingLinks: [LinkID]? { considered.map { $0.sorted() } }

  /// Notes that what is taken follows from more links than those of the routes considered.
  mutating func dependsOnAnyLink() { considered = nil }

  /// Takes a route if it is within the limits and not among those taken; returns whether.
  @discardableResult
  mutating func consider(_ route: Route) -> Bool {
    for arc in route.arcs { considered?.insert(arc.link) }
    guard !isComplete, route.impedance <= limits.costLimit(shortest.impedance) else {
      return false
    }
    for (other, arcs) in zip(routes, arcs) {
      let shared = route.arcs.reduce(UInt64(0)) {
        arcs.contains($1) ? $0 + view.impedance(of: $1.link) : $0
      }
      let cheaper = min(route.impedance, other.impedance)
      guard limits.allow(shared: shared, of: cheaper), route != other else {
        return false
      }
    }
    routes.append(route)
    arcs.append(Set(route.arcs))
    return true
  }
}
