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
    guard let shortest = route(from: origin, to: destination).route else {
      return .unreachable(view.reason(from: origin, to: destination))
    }
    var choice = RouteChoice(shortest, in: view, limits: limits)
    if !choice.isComplete && !shortest.arcs.isEmpty {
      switch method {
      case .penalty(let factor, let rounds):
        PenaltyRoutes(metric: self, factor: factor, rounds: rounds).add(to: &choice)
      case .viaNode(let localOptimality):
        ViaNodeRoutes(metric: self, shortest: shortest, limits: limits).add(
          to: &choice, localOptimality: localOptimality)
      }
    }
    return .routes(choice.set)
  }
}
