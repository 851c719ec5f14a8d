extension HierarchyMetric {
  /// The k shortest loopless routes between two nodes, for models of route choice.
  ///
  /// Loopless: no node is visited twice. Routes that differ in one of several parallel links, a
  /// railway beside a road, are different routes. Where fewer routes exist all of them are returned.
  ///
  /// The order is that of impedance. Of equally dear routes the one comes first that, going back from
  /// the destination to where they part, comes from the node nearer to the origin (by the least
  /// impedance in the view), then over the link with the smaller identifier. The first is the one of
  /// ``route(from:to:)``.
  ///
  /// - Parameters:
  ///   - count: How many routes at most, 1 or more.
  ///   - maximumStretch: No route costs more than the shortest times this, 1 or more; infinite for no
  ///     limit, the default.
  /// - Returns: The routes, or why there is none.
  /// - Precondition: Both are nodes of the hierarchy's graph.
  /// - Complexity: O(k L (m + n log n)) at worst for k routes of L links, that of Yen's algorithm; on
  ///   road networks most of the routes need no search, or one of a few nodes. ``LooplessRoutes`` cites
  ///   the sources.
  public func kShortestRoutes(
    from origin: NodeID, to destination: NodeID, count: Int, maximumStretch: Double = .infinity
  ) -> RouteSetOutcome {
    precondition(count >= 1, "at least one route")
    var routes: [Route] = []
    let unreachable = forEachShortestRoute(
      from: origin, to: destination, maximumStretch: maximumStretch
    ) {
      routes.append($0)
      return routes.count < count
    }
    return unreachable.map { .unreachable($0) } ?? .routes(RouteSet(routes, in: view))
  }

  /// Tells the loopless routes between two nodes one by one, in the order of
  /// ``kShortestRoutes(from:to:count:maximumStretch:)``, until there is no other or the caller has
  /// seen enough.
  ///
  /// - Parameter body: Takes a route; returns whether to go on.
  /// - Returns: Why there is no route; nil where there is one.
  /// - Complexity: that of ``kShortestRoutes(from:to:count:maximumStretch:)`` for as many routes as are told.
  @discardableResult
  public func forEachShortestRoute(
    from origin: NodeID, to destination: NodeID, maximumStretch: Double = .infinity,
    _ body: (Route) -> Bool
  ) -> Unreachable? {
    guard view.graph.areInOnePiece(origin, destination) else {
      return view.reason(from: origin, to: destination)
    }
    return OriginCosts.lazily(self, from: origin) {
      $0.forEachRoute(to: destination, maximumStretch: maximumStretch, body)
    }
  }
}

extension GraphView {
  /// The k shortest loopless routes between two nodes, as
  /// ``HierarchyMetric/kShortestRoutes(from:to:count:maximumStretch:)`` returns them, without a
  /// hierarchy.
  ///
  /// - Complexity: One search from the origin to all nodes comes first, O(m log m).
  public func kShortestRoutes(
    from origin: NodeID, to destination: NodeID, count: Int, maximumStretch: Double = .infinity
  ) -> RouteSetOutcome {
    precondition(count >= 1, "at least one route")
    var routes: [Route] = []
    let unreachable = OriginCosts.searched(self, from: origin) {
      $0.forEachRoute(to: destination, maximumStretch: maximumStretch) {
        routes.append($0)
        return routes.count < count
      }
    }
    return unreachable.map { .unreachable($0) } ?? .routes(RouteSet(routes, in: self))
  }

  /// The highest cost within a stretch of the least one.
  static func limit(_ least: UInt64, maximumStretch: Double) -> UInt64 {
    precondition(maximumStretch >= 1, "a stretch is 1 or more")
    let limit = Double(least) * maximumStretch
    return limit < 0x1p63 ? UInt64(limit) : .max
  }
}

extension TransportGraph {
  func areInOnePiece(_ a: NodeID, _ b: NodeID) -> Bool {
    pieces.pieceOfNode[a.index] == pieces.pieceOfNode[b.index]
  }
}

extension OriginCosts {
  /// Tells routes until the caller has seen enough; returns why there is none.
  func forEachRoute(
    to destination: NodeID, maximumStretch: Double, _ body: (Route) -> Bool
  ) -> Unreachable? {
    let graph = view.graph
    let end = graph.rank(of: destination)
    let least = cost(to: end)
    guard least != SearchSpace.unreached else {
      return view.reason(from: graph.node(rank: origin), to: destination)
    }
    graph.searchSpaces.withSpace { behind in
      let search = SpurSearch(self, behind: behind)
      var routes = LooplessRoutes(
        self, search, to: end, limit: GraphView.limit(least, maximumStretch: maximumStretch))
      while let slots = routes.next(), body(route(slots, to: destination)) {}
    }
    return nil
  }
}
