/// The use of links for many pairs, by one model.
public struct RouteChoiceUses: Sendable {
  /// One outcome for each pair, in their order.
  public let outcomes: [LinkUseOutcome]
  /// What a reader should know.
  public let warnings: [RouteChoiceWarning]
}

extension HierarchyMetric {
  /// The use of links for many pairs.
  ///
  /// - Parameters:
  ///   - pairs: Any pairs of nodes, in any order.
  ///   - model: How travellers spread over the ways of a pair.
  ///   - threads: How many threads compute; 0 means one for each core. The result is the same for any
  ///     number.
  /// - Returns: One outcome for each pair, in their order.
  /// - Throws: what ``RouteChoiceModel/validate()`` throws; `noRecursiveLogit`, `tooManyStates`.
  /// - Precondition: All are nodes of the hierarchy's graph.
  /// - Complexity: as for ``mapUses(of:by:threads:_:)``.
  public func uses(
    of pairs: [NodePair], by model: RouteChoiceModel, threads: Int = 1
  ) throws(RouteChoiceError) -> RouteChoiceUses {
    let (outcomes, warnings) = try mapUses(of: pairs, by: model, threads: threads) { $0 }
    return RouteChoiceUses(outcomes: outcomes, warnings: warnings)
  }

  /// The same, each outcome made into something else as soon as it is found, so that they need not all be
  /// kept.
  ///
  /// - Parameters:
  ///   - known: For a path-size logit, what is known of the alternatives of each pair.
  ///   - transform: Takes the outcome of each pair; several threads call it at once.
  /// - Returns: One result for each pair, in their order, and what a reader should know.
  /// - Throws: what ``RouteChoiceModel/validate()`` throws; `noRecursiveLogit`, `tooManyStates`.
  /// - Complexity: `shortest`: that of ``forEachUse(of:_:)``. `pathSizeLogit`: for each pair that of
  ///   ``alternatives(from:to:method:limits:)``. `stoch`: one sweep of the hierarchy for each origin (and
  ///   each pair, with double passes), O(k log k) for each pair, k the arcs of efficient ways.
  ///   `recursiveLogit`: one sparse elimination for each destination, and another for each set of links
  ///   that its uses are asked to avoid.
  public func mapUses<Result>(
    of pairs: [NodePair], by model: RouteChoiceModel, knowing known: KnownAlternatives? = nil,
    threads: Int = 1, _ transform: @Sendable (LinkUseOutcome) -> Result
  ) throws(RouteChoiceError) -> (results: [Result], warnings: [RouteChoiceWarning]) {
    try model.validate()
    let results = Slots<Result>(count: pairs.count)
    var warnings: [RouteChoiceWarning] = []
    let byOrigin = PairsByOrigin(pairs)
    func fill(_ reached: @Sendable (ArraySlice<Int>) -> [LinkUse?]) {
      let runs = byOrigin.runs(atMost: Self.pairsPerItem)
      ParallelItems.forEach(runs.count, threads: threads) {
      } _: { _, item in
        for (index, use) in zip(runs[item], reached(runs[item])) {
          if let use { results[index] = transform(.use(use)) }
        }
      }
    }
    switch model {
    case .shortest:
      fill { run in
        reachedUses(from: pairs[run[run.startIndex]].origin, to: run.map { pairs[$0].destination })
      }
    case .pathSizeLogit(let model):
      let shares = sharesOfRuns(pairs, model, knowing: known)
      fill { run in shares(run).map { $0.map { LinkUse(view, $0) } } }
    case .stoch(let model):
      fill { run in
        efficientUses(
          from: pairs[run[run.startIndex]].origin, to: run.map { pairs[$0].destination }, model)
      }
    case .recursiveLogit(let model):
      warnings = try walk(pairs, by: model, threads: threads, into: results) {
        transform(.use($0))
      }
    }
    let unreached = byOrigin.order.filter { results[$0] == nil }
    forEachReason(of: unreached, among: pairs) { results[$0] = transform(.unreachable($1)) }
    return (results.written, warnings)
  }

  /// So many pairs of one origin share what is computed for it; more would leave threads idle where few
  /// origins have many destinations.
  private static let pairsPerItem = 16

  /// The alternatives of many pairs, with the probabilities of a path-size logit.
  ///
  /// - Parameters:
  ///   - pairs: Any pairs of nodes, in any order.
  ///   - known: What is known of the alternatives of each pair.
  ///   - threads: How many threads compute; 0 means one for each core. The result is the same for any
  ///     number.
  /// - Returns: One for each pair, in their order; nil where no open way leads.
  /// - Precondition: The parameters are in their ranges (``RouteChoiceModel/validate()``).
  /// - Complexity: that of ``alternatives(from:to:method:limits:)`` for each pair.
  public func routeShares(
    of pairs: [NodePair], by model: PathSizeLogit, knowing known: KnownAlternatives? = nil,
    threads: Int = 1
  ) -> [RouteShares?] {
    let runs = PairsByOrigin(pairs).runs(atMost: Self.pairsPerItem)
    let found = Slots<RouteShares>(count: pairs.count)
    let shares = sharesOfRuns(pairs, model, knowing: known)
    ParallelItems.forEach(runs.count, threads: threads) {
    } _: { _, item in
      for (index, shares) in zip(runs[item], shares(runs[item])) { found[index] = shares }
    }
    return pairs.indices.map { found[$0] }
  }

  /// What answers for pairs of one origin, given by their indices.
  private func sharesOfRuns(
    _ pairs: [NodePair], _ model: PathSizeLogit, knowing known: KnownAlternatives?
  ) -> @Sendable (ArraySlice<Int>) -> [RouteShares?] {
    precondition(known == nil || known?.count == pairs.count, "something known of each pair")
    // A search has room for what it comes by with true bounds only.
    if case .histories(_, let bounds?) = known {
      precondition(bounds.hold(in: view), "bounds of a view of which no link costs more")
    }
    // Where no alternatives are looked for, as in each of many draws, chains are not summed up.
    let chains: ChainCosts? =
      if case .routes? = known { nil } else { chainCosts(for: model.source) }
    return { run in
      let origin = pairs[run[run.startIndex]].origin
      let destinations = run.map { pairs[$0].destination }
      func found(
        _ histories: [AlternativeHistory?]?, _ bounds: LowerBounds?
      ) -> [AlternativeSelection?] {
        selections(
          from: origin, to: destinations, method: model.source, limits: model.limits,
          chains: chains, histories: histories, bounds: bounds)
      }
      let taken =
        switch known {
        case nil: found(nil, nil)
        case .histories(let histories, let bounds): found(run.map { histories[$0] }, bounds)
        case .routes(let routes):
          selections(
            from: origin, to: destinations, among: run.map { routes[$0] }, limits: model.limits)
        }
      return taken.map { $0.map { RouteShares($0, in: view, by: model) } }
    }
  }

  /// The use of efficient links from one node to each of many; nil where no open way leads.
  private func efficientUses(
    from origin: NodeID, to destinations: [NodeID], _ model: DialLogit
  ) -> [LinkUse?] {
    let ahead = byRank(impedances(from: origin))
    let start = view.graph.rank(of: origin)
    return destinations.map { destination in
      let end = view.graph.rank(of: destination)
      guard ahead[end] != SearchSpace.unreached else { return nil }
      let behind = model.passes == .single ? nil : byRank(impedances(to: destination))
      let bush = RouteBush(
        efficient: view, from: start, to: end, .init(ahead: ahead, behind: behind),
        theta: model.theta)
      return LinkUse(
        view, from: origin, to: destination, impedance: ahead[end], efficient: bush,
        end: bush.ends[0])
    }
  }

  private func byRank(_ table: ImpedanceTable) -> [UInt64] {
    view.graph.nodeOfRank.map { table[NodeID(Int($0))] ?? SearchSpace.unreached }
  }
}

extension PairsByOrigin {
  /// Indices of pairs of one origin, at most so many at a time, in ``order``.
  fileprivate func runs(atMost count: Int) -> [ArraySlice<Int>] {
    var runs: [ArraySlice<Int>] = []
    var rest = order[...]
    while let first = rest.first {
      let origin = pairs[first].origin
      let run = rest.prefix(count).prefix { pairs[$0].origin == origin }
      rest = rest[run.endIndex...]
      runs.append(run)
    }
    return runs
  }
}

/// One place for each of some items, written from several threads, each by one.
///
/// `@unchecked Sendable`: threads write different places, and nobody reads before they are done.
final class Slots<Value>: @unchecked Sendable {
  private let places: UnsafeMutableBufferPointer<Value?>

  init(count: Int) {
    places = .allocate(capacity: count)
    places.initialize(repeating: nil)
  }

  deinit {
    places.deinitialize()
    places.deallocate()
  }

  subscript(index: Int) -> Value? {
    get { places[index] }
    set { places[index] = newValue }
  }

  /// What was written, in the order of the places.
  var written: [Value] { places.compactMap(\.self) }
}
