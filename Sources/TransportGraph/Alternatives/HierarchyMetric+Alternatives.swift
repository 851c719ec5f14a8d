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
    selections(from: origin, to: [destination], method: method, limits: limits)[0].map {
      .routes($0.set)
    } ?? .unreachable(view.reason(from: origin, to: destination))
  }

  /// The same from one node to many, with what else a choice among the routes has to know; nil where no
  /// open way leads.
  func selections(
    from origin: NodeID, to destinations: [NodeID], method: AlternativeMethod,
    limits: AlternativeLimits
  ) -> [AlternativeSelection?] {
    OriginCosts.lazily(self, from: origin) { costs in
      destinations.map { destination in
        guard let shortest = costs.shortestRoute(to: destination) else { return nil }
        var selection = AlternativeSelection(shortest, in: view, limits: limits)
        if selection.isComplete || shortest.arcs.isEmpty { return selection }
        switch method {
        case .kShortest: costs.addShortest(to: &selection)
        case .penalty(let factor, let rounds):
          costs.addPenalised(to: &selection, factor: factor, rounds: rounds)
        case .viaNode(let localOptimality):
          ViaNodeRoutes(metric: self, shortest: shortest, limits: limits).add(
            to: &selection, localOptimality: localOptimality)
          selection.dependsOnAnyLink()
        }
        return selection
      }
    }
  }
}

extension OriginCosts {
  /// The one shortest route to a node; nil where no open way leads.
  fileprivate func shortestRoute(to destination: NodeID) -> Route? {
    let graph = view.graph
    let end = graph.rank(of: destination)
    guard graph.areInOnePiece(graph.node(rank: origin), destination),
      cost(to: end) != SearchSpace.unreached
    else { return nil }
    var slots: [UInt32] = []
    appendShortestRoute(to: end, to: &slots)
    return route(slots, to: destination)
  }

  /// Considers the shortest loopless routes one by one, up to ten times as many as are wanted.
  ///
  /// What comes next depends on links beyond those of the routes only where two of them are equally
  /// dear: their order then follows from least impedances to nodes between.
  fileprivate func addShortest(to selection: inout AlternativeSelection) {
    let limits = selection.limits
    let most = AlternativeMethod.consideredPerRoute * min(limits.count, 1 << 32)
    var considered = 0
    var last: UInt64 = 0
    _ = forEachRoute(
      to: selection.shortest.destination, maximumStretch: limits.maximumStretch
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

  /// Considers routes found by making the links of earlier ones dearer.
  fileprivate func addPenalised(
    to selection: inout AlternativeSelection, factor: Double, rounds: Int
  ) {
    precondition(factor > 1 && factor <= 10, "a factor above 1, at most 10")
    precondition((1...100).contains(rounds), "1 to 100 rounds")
    let (start, destination) = (selection.shortest.origin, selection.shortest.destination)
    PenaltySearch.lend(
      self, to: view.graph.rank(of: destination), factor: factor, rounds: rounds
    ) { search in
      for arc in selection.shortest.arcs { search.penalise(arc.link.index) }
      for _ in 0..<rounds where !selection.isComplete {
        let codes = search.best()
        for code in codes { search.penalise(code.link) }
        selection.consider(view.route(along: codes.map(\.arc), from: start))
      }
    }
  }
}
