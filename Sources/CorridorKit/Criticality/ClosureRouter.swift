import TransportGraph

/// Sends trips again while links are closed, as often as asked.
///
/// A value that changes only while it answers: copies answer side by side, and all give the same answers.
struct ClosureRouter: Sendable {
  /// A trip with some links closed.
  struct Sent: Sendable {
    /// Nil where no way is left.
    var exposure: TripExposure?
    /// What the trip is compared with in place of its way with everything open: a corridor that loses a
    /// closed waypoint with its best way without that waypoint.
    var basis: TripExposure?
    /// Links of which one must close for the trip to change further; nil where any link may.
    var decidingLinks: [LinkID]?
    /// What a search for alternatives came by, if any did.
    var history: AlternativeHistory?
  }

  private enum Traffic {
    case trips([NodePair])
    case corridors([CorridorDefinition], leftWaypoints: [String: [String]])
  }

  let analysis: Analysis
  let trips: [Trip]
  private let traffic: Traffic
  private var model: RouteChoiceModel
  private var metric: HierarchyMetric
  /// With nothing closed.
  private let bounds: LowerBounds?

  init(
    _ analysis: Analysis, trips: [Trip], by model: RouteChoiceModel
  ) throws(CorridorKitError) {
    self.analysis = analysis
    self.trips = trips
    self.model = model
    traffic = .trips(trips.map { NodePair(from: $0.origin.node, to: $0.destination.node) })
    metric = try analysis.metric()
    bounds = LowerBounds(metric, for: model)
  }

  init(
    _ corridors: [CorridorDefinition], analysis: Analysis, by model: RouteChoiceModel
  ) throws(CorridorKitError) {
    let open = try CorridorAnalysis(corridors, analysis: analysis, by: model)
    self.analysis = analysis
    trips = open.trips
    self.model = model
    traffic = .corridors(corridors, leftWaypoints: open.leftWaypoints)
    metric = try analysis.metric()
    bounds = LowerBounds(metric, for: model)
  }

  /// The same by shortest ways; nil where it is that already.
  var shortest: ClosureRouter? {
    guard model != .shortest else { return nil }
    var router = self
    router.model = .shortest
    return router
  }

  /// Sends all trips with nothing closed.
  ///
  /// - Returns: One for each, in their order, and what a reader should know of the model's result.
  func sendAll(threads: Int) throws(CorridorKitError) -> ([Sent], warnings: [RouteChoiceWarning]) {
    switch traffic {
    case .trips(let pairs): try sent(pairs, after: nil, threads: threads)
    case .corridors(let definitions, let left):
      try sent(definitions, left: left, closing: [])
    }
  }

  /// Sends some of the trips while links are closed.
  ///
  /// - Parameter histories: By index, those with nothing or some of these links closed.
  /// - Returns: One for each index, in their order.
  mutating func send(
    _ indices: [Int], closing links: [LinkID], after histories: [AlternativeHistory?]
  ) throws(CorridorKitError) -> [Sent] {
    switch traffic {
    case .trips(let pairs):
      let closed = metric.close(links)
      defer { metric.reopen(closed) }
      return try sent(indices.map { pairs[$0] }, after: histories, threads: 1).0
    case .corridors(let definitions, let left):
      return try sent(indices.map { definitions[$0] }, left: left, closing: links).0
    }
  }

  private func sent(
    _ pairs: [NodePair], after histories: [AlternativeHistory?]?, threads: Int
  ) throws(CorridorKitError) -> ([Sent], warnings: [RouteChoiceWarning]) {
    // Why there is no way is not asked, and costs more than to know that there is none.
    let reached = pairs.indices.filter {
      metric.impedance(from: pairs[$0].origin, to: pairs[$0].destination) != nil
    }
    var all = [Sent](
      repeating: Sent(exposure: nil, basis: nil, decidingLinks: []), count: pairs.count)
    do throws(RouteChoiceError) {
      let (found, warnings) = try metric.mapUses(
        of: reached.map { pairs[$0] }, by: model,
        knowing: histories.map { histories in
          .histories(reached.map { histories[$0] }, bounds: bounds)
        },
        threads: threads
      ) { outcome in
        outcome.use.map { use in
          Sent(
            exposure: TripExposure(use, matrix: analysis.matrix, view: metric.view), basis: nil,
            decidingLinks: use.decidingLinks, history: use.alternatives?.history)
        }
      }
      for (index, sent) in zip(reached, found) {
        if let sent { all[index] = sent }
      }
      return (all, warnings)
    } catch {
      throw .routeChoice(error)
    }
  }

  private func sent(
    _ definitions: [CorridorDefinition], left: [String: [String]], closing links: [LinkID]
  ) throws(CorridorKitError) -> ([Sent], warnings: [RouteChoiceWarning]) {
    var scenario = analysis.resolved?.scenario ?? Scenario(name: "closed")
    scenario.closures += links.map { .link(analysis.area.graph.links[$0.index].id) }
    let closed = try CorridorAnalysis(
      definitions, analysis: links.isEmpty ? analysis : analysis.under(scenario), by: model)
    let basis =
      closed.leftWaypoints.allSatisfy { left[$0.key] == $0.value }
      ? nil
      : try CorridorAnalysis(
        definitions, analysis: analysis, by: model, dropping: closed.leftWaypoints)
    let all = closed.tripOutcomes.enumerated().map { index, outcome in
      Sent(
        exposure: outcome.exposure, basis: basis?.tripOutcomes[index].exposure,
        // A way is the first of equally good ones by a rule: it stays so when others close. A corridor
        // that is cut off from a waypoint gets a way when the waypoint closes as well.
        decidingLinks: model == .shortest ? outcome.exposure?.uses.map(\.link) : nil)
    }
    return (all, closed.warnings)
  }
}
