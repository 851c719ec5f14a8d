public import TransportGraph

/// Trips on a network, ready to be asked what scenarios do to them while somebody watches.
///
/// The ways without a scenario are found once. A scenario then changes only the arcs of the hierarchy
/// that it touches, and only the trips whose ways it may change are sent anew; the answer is that of
/// sending all of them, bit by bit.
///
/// A value: copies of it answer side by side, and all give the same answers.
public struct WhatIf: Sendable {
  /// What a scenario does.
  public struct Answer: Sendable {
    /// The analysis under the scenario.
    public let analysis: Analysis
    /// The scenario on the network.
    public let resolved: ResolvedScenario
    /// Exposure before and after, detours, displacement, what is cut off.
    public let simulation: Simulation
    /// How many trips were sent anew.
    public let reroutedCount: Int
    /// What a reader should know of the trips sent anew.
    public let warnings: [RouteChoiceWarning]
  }

  /// The analysis without a scenario.
  public let analysis: Analysis
  /// The trips, in the order given.
  public let trips: [Trip]
  /// How travellers spread over the ways between two places.
  public let model: RouteChoiceModel
  /// What becomes of each without a scenario.
  public let outcomes: [TripOutcome]
  /// What a reader should know of the model's result without a scenario.
  public let warnings: [RouteChoiceWarning]
  /// Exposure to them without a scenario.
  public let exposure: Exposure

  /// That of the analysis, between two questions.
  private var metric: HierarchyMetric
  private let threads: Int
  private let tripsOfLinks: TripsOfLinks
  /// By trip what a search for alternatives came by without a scenario.
  private let histories: [AlternativeHistory?]
  /// Without a scenario.
  private let bounds: LowerBounds?
  /// Trips with a way whose outcome any link may change, ascending.
  private let sensitiveTrips: [Int]

  /// Sends the trips over the network without a scenario.
  ///
  /// - Parameters:
  ///   - analysis: The network; a scenario that it is under is left aside.
  ///   - trips: What travels.
  ///   - model: How travellers spread over the ways between two places.
  ///   - threads: How many threads send trips; 0 means one for each core. Answers are the same for any
  ///     number.
  /// - Throws: what ``Analysis/routed(_:by:threads:)`` throws.
  public init(
    _ analysis: Analysis, trips: [Trip], by model: RouteChoiceModel = .shortest, threads: Int = 1
  ) throws(CorridorKitError) {
    let analysis = try analysis.under(nil)
    self.analysis = analysis
    self.trips = trips
    self.model = model
    self.threads = threads
    metric = try analysis.metric()
    let routed = try metric.routed(trips, by: model, threads: threads, matrix: analysis.matrix)
    outcomes = routed.outcomes
    warnings = routed.warnings
    histories = routed.histories
    bounds = LowerBounds(metric, for: model)
    exposure = Exposure(trips, outcomes, matrix: analysis.matrix)
    tripsOfLinks = TripsOfLinks(
      routed.decidingLinks, linkCount: analysis.area.graph.links.count)
    sensitiveTrips = trips.indices.filter {
      routed.decidingLinks[$0] == nil && routed.outcomes[$0].exposure != nil
    }
  }

  /// What a scenario does to the trips.
  ///
  /// - Throws: what ``Analysis/under(_:)`` or ``outcomes(under:)`` throws; the next question is answered
  ///   all the same.
  /// - Complexity: that of ``outcomes(under:)``, and O(trips) to sum up.
  public mutating func answer(_ scenario: Scenario) throws(CorridorKitError) -> Answer {
    let resolved = try analysis.resolve(scenario)
    let (closed, rerouted, warnings) = try routed(under: resolved)
    return Answer(
      analysis: analysis.under(resolved), resolved: resolved,
      simulation: Simulation(
        trips: trips, before: outcomes, exposureBefore: exposure, closed: closed, detourBasis: nil,
        measure: analysis.profile.measure, openFraction: scenario.openFraction,
        matrix: analysis.matrix),
      reroutedCount: rerouted.count, warnings: warnings)
  }

  /// What becomes of the trips under a scenario, as if it held for all traffic, and nothing besides.
  ///
  /// - Parameter resolved: A scenario that has met the analysis, by ``StudyArea/resolve(_:open:modes:base:)``
  ///   or ``Analysis/under(_:)``.
  /// - Returns: One outcome for each trip, in their order, and the trips that were sent anew, ascending.
  /// - Throws: ``CorridorKitError/hierarchy(_:)`` or ``CorridorKitError/routeChoice(_:)``; the next
  ///   question is answered all the same.
  /// - Complexity: partial customisation of the links that change, and the ways of the trips that they
  ///   may change: those that use a changed link, or of which a model considered a way that does; all of
  ///   them under a model for which any link counts, and where the scenario opens a link.
  public mutating func outcomes(
    under resolved: ResolvedScenario
  ) throws(CorridorKitError) -> (outcomes: [TripOutcome], rerouted: [Int]) {
    let (outcomes, rerouted, _) = try routed(under: resolved)
    return (outcomes, rerouted)
  }

  private mutating func routed(
    under resolved: ResolvedScenario
  ) throws(CorridorKitError) -> ([TripOutcome], rerouted: [Int], [RouteChoiceWarning]) {
    let rerouted = rerouted(by: resolved)
    if rerouted.isEmpty { return (outcomes, [], []) }
    try metric.update(to: resolved.view, changing: resolved.changedLinks)
    let anew = Result { () throws(CorridorKitError) in
      try metric.routed(
        rerouted.map { trips[$0] }, by: model,
        knowing: resolved.opensLinks
          ? nil : .histories(rerouted.map { histories[$0] }, bounds: bounds),
        threads: threads, matrix: analysis.matrix)
    }
    try metric.update(to: analysis.view, changing: resolved.changedLinks)
    let routed = try anew.get()
    var closed = outcomes
    for (index, outcome) in zip(rerouted, routed.outcomes) { closed[index] = outcome }
    return (closed, rerouted, routed.warnings)
  }

  /// The trips whose outcome the scenario may change, ascending.
  ///
  /// Where costs only rise, a trip none of whose deciding links changes keeps its outcome
  /// (``LinkUse/decidingLinks``). A trip without a way gets none, but perhaps another reason.
  private func rerouted(by resolved: ResolvedScenario) -> [Int] {
    if resolved.changedLinks.isEmpty { return [] }
    var isRerouted = outcomes.map { outcome in
      switch outcome {
      case .disconnected(.closed), .disconnected(.excluded): true
      case .disconnected(.differentPieces): false
      case .disconnected(.oneWay), .connected: resolved.opensLinks
      }
    }
    for link in resolved.changedLinks {
      for trip in tripsOfLinks[link] { isRerouted[Int(trip)] = true }
    }
    for trip in sensitiveTrips { isRerouted[trip] = true }
    return isRerouted.indices.filter { isRerouted[$0] }
  }
}

/// Which trips each link decides on, as compressed sparse rows.
private struct TripsOfLinks: Sendable {
  /// The trips of link i are `trips[first[i] ..< first[i + 1]]`, ascending.
  private let first: [Int]
  private let trips: [Int32]

  /// - Parameter decidingLinks: Those of each trip, each once; nil for a trip that is told apart.
  /// - Complexity: O(links + deciding links).
  init(_ decidingLinks: [[LinkID]?], linkCount: Int) {
    var next = [Int](repeating: 0, count: linkCount + 1)
    for link in decidingLinks.lazy.compactMap(\.self).joined() { next[link.index + 1] += 1 }
    for link in 0..<linkCount { next[link + 1] += next[link] }
    first = next
    var trips = [Int32](repeating: 0, count: next[linkCount])
    for (index, links) in decidingLinks.enumerated() {
      for link in links ?? [] {
        trips[next[link.index]] = Int32(index)
        next[link.index] += 1
      }
    }
    self.trips = trips
  }

  /// The trips that a link decides on.
  subscript(link: LinkID) -> ArraySlice<Int32> {
    trips[first[link.index]..<first[link.index + 1]]
  }
}
