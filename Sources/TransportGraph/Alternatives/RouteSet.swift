/// Different routes between the same two nodes, cheapest first: what a route choice model chooses
/// among.
public struct RouteSet: Hashable, Sendable {
  /// In the order of cost, at least one; the first is the shortest route.
  public let routes: [Route]
  /// The impedance of each arc of each route.
  private let impedances: [[UInt64]]

  /// - Parameter routes: In the order of cost, at least one.
  init(_ routes: [Route], in view: GraphView) {
    self.init(routes, impedances: routes.map { $0.arcs.map { view.impedance(of: $0.link) } })
  }

  /// - Parameter impedances: Of each arc of each route.
  init(_ routes: [Route], impedances: [[UInt64]]) {
    self.routes = routes
    self.impedances = impedances
  }

  /// The shortest route.
  public var best: Route { routes[0] }

  /// The impedance of a route over that of the shortest, 1 or more. O(1).
  ///
  /// - Parameter index: A position in ``routes``.
  public func stretch(of index: Int) -> Double {
    // Only the empty route costs nothing, and it is alone.
    best.impedance == 0 ? 1 : Double(routes[index].impedance) / Double(best.impedance)
  }

  /// The impedance of the arcs that two routes share, milliseconds or millimetres.
  ///
  /// A link used in opposite directions is not shared.
  ///
  /// - Complexity: O(arcs of both).
  public func sharedImpedance(_ first: Int, _ second: Int) -> UInt64 {
    let arcs = Set(routes[first].arcs)
    return zip(routes[second].arcs, impedances[second]).reduce(0) {
      arcs.contains($1.0) ? $0 + $1.1 : $0
    }
  }

  /// The impedance that two routes share, over that of the cheaper one; 0 … 1.
  ///
  /// With the shortest route it is the sharing of Abraham et al. (2013): ``AlternativeLimits``.
  ///
  /// - Complexity: O(arcs of both).
  public func overlap(_ first: Int, _ second: Int) -> Double {
    let whole = min(routes[first].impedance, routes[second].impedance)
    return whole == 0 ? 1 : Double(sharedImpedance(first, second)) / Double(whole)
  }
}

/// What a search for several routes found.
public enum RouteSetOutcome: Hashable, Sendable {
  /// The routes.
  case routes(RouteSet)
  /// There is none, and why.
  case unreachable(Unreachable)

  /// The routes, where there are any.
  public var set: RouteSet? {
    if case .routes(let set) = self { set } else { nil }
  }
}
