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
  /// - Complexity: `penalty`: O(links) to sum up chains, then one search a round among the junctions by
  ///   which a penalised route could lead. `viaNode`: O(nodes + arcs of the hierarchy), then O(links) for each route tried.
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
  ///
  /// - Parameters:
  ///   - chains: What ``chainCosts(for:)`` gives, for who asks for many origins.
  ///   - histories: By destination, as ``KnownAlternatives/histories(_:bounds:)``; nil where nothing is known.
  ///   - bounds: Those of a view of which no link costs more.
  func selections(
    from origin: NodeID, to destinations: [NodeID], method: AlternativeMethod,
    limits: AlternativeLimits, chains: ChainCosts? = nil, histories: [AlternativeHistory?]? = nil,
    bounds: LowerBounds? = nil
  ) -> [AlternativeSelection?] {
    let workspace = (chains ?? chainCosts(for: method)).map {
      PenaltyWorkspace($0, lowerBounds: bounds?.costs(from: origin))
    }
    return OriginCosts.lazily(self, from: origin) { costs in
      destinations.enumerated().map { index, destination in
        guard let shortest = costs.shortestRoute(to: destination) else { return nil }
        var selection = AlternativeSelection(shortest, in: view, limits: limits)
        if selection.isComplete || shortest.arcs.isEmpty { return selection }
        switch method {
        case .kShortest: costs.addShortest(to: &selection)
        case .penalty(_, let rounds):
          if let workspace {
            costs.addPenalised(
              to: &selection, in: workspace, rounds: rounds, after: histories?[index])
          }
        case .viaNode(let localOptimality):
          ViaNodeRoutes(metric: self, shortest: shortest, limits: limits).add(
            to: &selection, localOptimality: localOptimality)
          selection.dependsOnAnyLink()
        }
        return selection
      }
    }
  }

  /// Of routes that are known, those to be told apart at the costs of this metric, as
  /// ``KnownAlternatives/routes(_:)`` says; nil where no open way leads.
  ///
  /// - Parameter known: By destination.
  /// - Complexity: O(arcs of all routes + links) for each.
  func selections(
    from origin: NodeID, to destinations: [NodeID], among known: [RouteSet?],
    limits: AlternativeLimits
  ) -> [AlternativeSelection?] {
    OriginCosts.lazily(self, from: origin) { costs in
      zip(destinations, known).map { destination, known in
        guard let shortest = costs.shortestRoute(to: destination) else { return nil }
        var selection = AlternativeSelection(shortest, in: view, limits: limits)
        let open = (known?.routes ?? []).filter { $0.arcs.allSatisfy { !view.isClosed($0.link) } }
          .map { view.route(along: $0.arcs, from: origin) }
        let order = open.indices.sorted {
          (open[$0].impedance, $0) < (open[$1].impedance, $1)
        }
        for index in order where open[index] != shortest { selection.consider(open[index]) }
        // The routes that were not found at these costs are not known.
        selection.dependsOnAnyLink()
        return selection
      }
    }
  }

  /// What the search for alternatives has to know of the view, whatever the pair; nil where nothing.
  ///
  /// - Complexity: O(links).
  func chainCosts(for method: AlternativeMethod) -> ChainCosts? {
    if case .penalty(let factor, _) = method { ChainCosts(view, factor: factor) } else { nil }
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

  /// Considers routes found by making the links of earlier ones dearer, until some rounds in a row have
  /// brought none that is taken.
  ///
  /// - Parameter history: What a search came by in a view of which no link cost more, if any did.
  fileprivate func addPenalised(
    to selection: inout AlternativeSelection, in workspace: PenaltyWorkspace, rounds: Int,
    after history: AlternativeHistory?
  ) {
    precondition((1...100).contains(rounds), "1 to 100 rounds")
    let (origin, destination) = (selection.shortest.origin, selection.shortest.destination)
    PenaltySearch.lend(
      self, to: view.graph.rank(of: destination), in: workspace
    ) { search in
      // As far as they are untouched, the ways of an earlier search are those of this one.
      var known = history?.ways[...] ?? []
      func next(_ search: PenaltySearch, _ find: () -> [UInt32]) -> AlternativeHistory.Way? {
        if let way = known.popFirst() {
          if search.impedance(of: way.codes) == way.impedance { return way }
          known = []
        }
        let codes = find()
        return search.impedance(of: codes).map {
          AlternativeHistory.Way(codes: codes, impedance: $0)
        }
      }
      let shortest = search.way(along: selection.shortest.arcs)
      if known.first?.codes != shortest { known = [] }
      guard let first = next(search, { shortest }) else { return }
      selection.history.ways = [first]
      search.penalise(first.codes)
      var fruitlessCount = 0
      for _ in 0..<rounds where !selection.isComplete {
        guard let way = next(search, search.best) else { return }
        search.penalise(way.codes)
        let isNew = !selection.history.ways.contains(way)
        selection.history.ways.append(way)
        if isNew,
          selection.consider(view.route(along: search.arcs(along: way.codes), from: origin))
        {
          fruitlessCount = 0
        } else {
          fruitlessCount += 1
          if fruitlessCount == AlternativeMethod.fruitlessRounds { break }
        }
      }
    }
  }
}
