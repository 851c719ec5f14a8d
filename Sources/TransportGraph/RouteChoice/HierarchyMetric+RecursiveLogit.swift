extension HierarchyMetric {
  /// So many pairs with one destination share its values; more would leave threads idle where there are
  /// few destinations.
  private static let pairsPerDestination = 64

  /// The use of links for many pairs by a recursive logit, each put into its place; none for pairs
  /// without a way.
  ///
  /// What is found for a pair does not depend on what other pairs there are.
  ///
  /// - Throws: ``RouteChoiceError/noRecursiveLogit(destination:theta:spectralRadius:sufficientTheta:)``
  ///   for the first pair that has none, or `tooManyStates`.
  /// - Complexity: one sparse elimination for each destination (for each pair, over alternatives) and a
  ///   solution with its factors for each pair; one more elimination for each destination and set of
  ///   links that a use is asked to avoid.
  func walk<Result>(
    _ pairs: [NodePair], by model: RecursiveLogit, threads: Int, into results: Slots<Result>,
    _ transform: @Sendable (LinkUse) -> Result
  ) throws(RouteChoiceError) -> [RouteChoiceWarning] {
    let reached = pairs.indices.filter {
      impedance(from: pairs[$0].origin, to: pairs[$0].destination) != nil
    }
    for index in reached where pairs[index].origin == pairs[index].destination {
      let uses = reachedUses(from: pairs[index].origin, to: [pairs[index].destination])
      if let use = uses[0] { results[index] = transform(use) }
    }
    let groups = Self.groups(
      reached.filter { pairs[$0].origin != pairs[$0].destination }, of: pairs,
      atMost: model.network == .whole ? Self.pairsPerDestination : 1)
    let whole = try model.network == .whole && !groups.isEmpty ? states(of: openArcs, model) : nil
    let tallies = Slots<WalkTally>(count: pairs.count)
    // Nothing after a group without a model can be the first one.
    let failure = Locked<(group: Int, error: RouteChoiceError)?>(nil)
    ParallelItems.forEach(groups.count, threads: threads) {
    } _: { _, item in
      let group = groups[item]
      if item > failure.withLock({ $0?.group ?? .max }) { return }
      do throws(RouteChoiceError) {
        try walkedUses(of: group.map { pairs[$0] }, by: model, whole) { place, use, tally in
          results[group[place]] = transform(use)
          tallies[group[place]] = tally
        }
      } catch {
        failure.withLock { if item < $0?.group ?? .max { $0 = (item, error) } }
      }
    }
    if let failure = failure.withLock({ $0 }) { throw failure.error }
    return WalkTally.warnings(tallies.written)
  }

  /// - Parameters:
  ///   - pairs: Of one destination, each with a way, none from it to itself.
  ///   - whole: The states of all open arcs; nil where the model wants those of alternatives.
  ///   - body: Takes the place of each pair and what was found.
  private func walkedUses(
    of pairs: [NodePair], by model: RecursiveLogit, _ whole: RecursiveLogitStates?,
    _ body: (Int, LinkUse, WalkTally) -> Void
  ) throws(RouteChoiceError) {
    let end = view.graph.rank(of: pairs[0].destination)
    let starts = pairs.map { view.graph.rank(of: $0.origin) }
    var (states, decidingLinks) = (whole, [LinkID]?.none)
    if case .alternatives(let method, let limits) = model.network {
      // One pair.
      guard
        let selection = selections(
          from: pairs[0].origin, to: [pairs[0].destination], method: method, limits: limits)[0]
      else { return }
      let arcs = Set(selection.set.routes.lazy.flatMap(\.arcs)).map {
        ArcCode(link: $0.link.index, isForward: $0.isForward)
      }
      states = try self.states(of: arcs.sorted { $0.rawValue < $1.rawValue }, model)
      decidingLinks = selection.decidingLinks
    }
    guard let states else { return }
    let shared = RecursiveLogitWalks(states, from: starts, to: end)
    for (place, (pair, start)) in zip(pairs, starts).enumerated() {
      // Circles that the pair's walks do not reach are none of its business.
      guard
        let walks = shared ?? RecursiveLogitWalks(states, from: [start], to: end, reachedOnly: true)
      else {
        throw RecursiveLogitSpectrum(states, from: start, to: end).refusal
      }
      let (entries, cost) = walks.uses(from: start)
      let impedance = impedance(from: pair.origin, to: pair.destination) ?? 0
      let use = LinkUse(
        view, from: pair.origin, to: pair.destination, impedance: impedance, walks: walks,
        start: start, entries: entries, decidingLinks: decidingLinks)
      let leastCost = Double(impedance) / view.profile.measure.impedancePerCostUnit
      body(
        place, use,
        WalkTally(
          pair: pair,
          loopless: walks.looplessShare(from: start, limit: WalkTally.leastLooplessShare),
          costRatio: cost / leastCost))
    }
  }

  private func states(
    of arcs: [ArcCode], _ model: RecursiveLogit
  ) throws(RouteChoiceError) -> RecursiveLogitStates {
    guard let states = RecursiveLogitStates(view, arcs, model) else {
      throw .tooManyStates(arcs.count)
    }
    return states
  }

  private var openArcs: [ArcCode] {
    let outgoing = view.graph.outgoing
    return outgoing.codes.indices.filter { view.outgoingArcs[$0] != PackedArc.closed }.map {
      outgoing.codes[$0]
    }
  }

  /// Indices of pairs by destination, at most so many at a time, in the order of the first of each.
  private static func groups(
    _ indices: [Int], of pairs: [NodePair], atMost count: Int
  ) -> [[Int]] {
    var groups: [[Int]] = []
    var openGroup: [NodeID: Int] = [:]
    for index in indices {
      let destination = pairs[index].destination
      if let group = openGroup[destination], groups[group].count < count {
        groups[group].append(index)
      } else {
        openGroup[destination] = groups.count
        groups.append([index])
      }
    }
    return groups
  }
}

/// What a reader should know of the walks of one pair.
private struct WalkTally {
  /// Walks are told to loop where fewer visit no node twice.
  static let leastLooplessShare = 0.9
  /// Walks are told to be long where they cost more than this times the shortest way, on average.
  static let greatestCostRatio = 1.5

  let pair: NodePair
  let loopless: LooplessShare
  let costRatio: Double

  static func warnings(_ tallies: [WalkTally]) -> [RouteChoiceWarning] {
    var warnings: [RouteChoiceWarning] = []
    let looping = tallies.filter { $0.loopless.share < leastLooplessShare }
    if let worst = looping.min(by: { $0.loopless.share < $1.loopless.share }) {
      warnings.append(
        .walksLoop(
          pairCount: looping.count, worst: worst.pair, looplessShare: worst.loopless.share,
          standardError: worst.loopless.standardError))
    }
    let long = tallies.filter { $0.costRatio > greatestCostRatio }
    if let worst = long.max(by: { $0.costRatio < $1.costRatio }) {
      warnings.append(
        .walksAreLong(pairCount: long.count, worst: worst.pair, costRatio: worst.costRatio))
    }
    return warnings
  }
}
