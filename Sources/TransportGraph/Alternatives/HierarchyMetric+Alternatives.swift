extension HierarchyMetric {
  /// Routes that differ enough to be told apart: the set that a model of route choice, such as a
  /// path-size logit, distributes travellers over.
  ///
  /// - Parameters:
  ///   - method: How candidates are found.
  ///   - limits: Which of them are taken. Candidates are taken in the order of the method; one that
  ///     overlaps too much with one taken before is left out.
  /// - Returns: Loopless routes in the order of impedance, the one of ``route(from:to:)`` first; or
  ///   why there is none. Fewer than `limits.count` where the method finds no more.
  /// - Precondition: Both are nodes of the hierarchy's graph; parameters are in their ranges.
  /// - Complexity: `penalty`: one search a round among the nodes by which a penalised route could
  ///   lead. `viaNode`: O(nodes + arcs of the hierarchy), then O(links) for each route tried.
  public func alternatives(
    from origin: NodeID, to destination: NodeID, method: AlternativeMethod,
    limits: AlternativeLimits = AlternativeLimits()
  ) -> RouteSetOutcome {
    selection(from: origin, to: destination, method: method, limits: limits).map {
      .routes($0.set)
    } ?? .unreachable(view.reason(from: origin, to: destination))
  }

  /// The same with what else a choice among the routes has to know; nil where no open way leads.
  func selection(
    from origin: NodeID, to destination: NodeID, method: AlternativeMethod,
    limits: AlternativeLimits
  ) -> AlternativeSelection? {
    guard let shortest = openRoute(from: origin, to: destination) else { return nil }
    var selection = AlternativeSelection(shortest, in: view, limits: limits)
    if !selection.isComplete && !shortest.arcs.isEmpty {
      switch method {
      case .kShortest: addShortest(to: &selection)
      case .penalty(let factor, let rounds):
        PenaltyRoutes(metric: self, factor: factor, rounds: rounds).add(to: &selection)
      case .viaNode(let localOptimality):
        ViaNodeRoutes(metric: self, shortest: shortest, limits: limits).add(
          to: &selection, localOptimality: localOptimality)
        selection.dependsOnAnyLink()
      }
    }
    return selection
  }

  /// The route of ``route(from:to:)``; nil where no open way leads.
  private func openRoute(from origin: NodeID, to destination: NodeID) -> Route? {
    readingReached(from: origin, to: [destination]) { destination, costs in
      CanonicalRoute.trace(view, from: origin, to: destination, costs: costs)
    }[0]
  }

  /// Considers the shortest loopless routes one by one, up to ten times as many as are wanted.
  ///
  /// What comes next depends on links beyond those of the routes only where two of them are equally
  /// dear: their order then follows from least impedances to nodes between.
  private func addShortest(to selection: inout AlternativeSelection) {
    let shortest = selection.shortest
    let limits = selection.limits
    var considered = 0
    var last: UInt64 = 0
    let most = AlternativeMethod.consideredPerRoute * min(limits.count, 1 << 32)
    forEachShortestRoute(
      from: shortest.origin, to: shortest.destination, maximumStretch: limits.maximumStretch
    ) { route in
      if route.impedance == last { selection.dependsOnAnyLink() }
      last = route.impedance
      // One more was asked for, as it may be as dear as the last.
      if considered == most || selection.isComplete { return false }
      if considered > 0 { selection.consider(route) }
      considered += 1
      return true
    }
  }
}
