import TransportGraph

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
  }

  /// The analysis without a scenario.
  public let analysis: Analysis
  /// The trips, in the order given.
  public let trips: [Trip]
  /// What becomes of each without a scenario.
  public let outcomes: [TripOutcome]
  /// Exposure to them without a scenario.
  public let exposure: Exposure

  /// That of the analysis, between two questions.
  private var metric: HierarchyMetric
  private let tripsOfLinks: TripsOfLinks

  /// Sends the trips over the network without a scenario.
  ///
  /// - Parameters:
  ///   - analysis: The network; a scenario that it is under is left aside.
  ///   - trips: What travels.
  /// - Throws: what ``Analysis/metric()`` throws.
  public init(_ analysis: Analysis, trips: [Trip]) throws(CorridorKitError) {
    let analysis = try analysis.under(nil)
    self.analysis = analysis
    self.trips = trips
    metric = try analysis.metric()
    outcomes = metric.outcomes(of: trips, matrix: analysis.matrix)
    exposure = Exposure(trips, outcomes, matrix: analysis.matrix)
    tripsOfLinks = TripsOfLinks(outcomes, linkCount: analysis.area.graph.links.count)
  }

  /// What a scenario does to the trips.
  ///
  /// - Throws: what ``Analysis/under(_:)`` throws, or ``CorridorKitError/hierarchy(_:)``; the next
  ///   question is answered all the same.
  /// - Complexity: partial customisation of the links that change, the ways of the trips that used them
  ///   (of all trips where the scenario opens a link), and O(trips) to sum up.
  public mutating func answer(_ scenario: Scenario) throws(CorridorKitError) -> Answer {
    let resolved = try analysis.resolve(scenario)
    let rerouted = rerouted(by: resolved)
    var closed = outcomes
    if !rerouted.isEmpty {
      try metric.update(to: resolved.view, changing: resolved.changedLinks)
      let anew = metric.outcomes(of: rerouted.map { trips[$0] }, matrix: analysis.matrix)
      for (index, outcome) in zip(rerouted, anew) { closed[index] = outcome }
      try metric.update(to: analysis.view, changing: resolved.changedLinks)
    }
    return Answer(
      analysis: analysis.under(resolved), resolved: resolved,
      simulation: Simulation(
        trips: trips, before: outcomes, exposureBefore: exposure, closed: closed, detourBasis: nil,
        measure: analysis.profile.measure, openFraction: scenario.openFraction,
        matrix: analysis.matrix),
      reroutedCount: rerouted.count)
  }

  /// The trips whose outcome the scenario may change, ascending.
  ///
  /// Where costs only rise, a trip none of whose shortest ways uses a changed link keeps all of them:
  /// they cost what they did, and others no less. A trip without a way gets none, but perhaps another
  /// reason.
  private func rerouted(by resolved: ResolvedScenario) -> [Int] {
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
    return isRerouted.indices.filter { isRerouted[$0] }
  }
}

/// Which trips use each link, as compressed sparse rows.
private struct TripsOfLinks: Sendable {
  /// The trips of link i are `trips[first[i] ..< first[i + 1]]`, ascending.
  private var first: [Int32]
  private var trips: [Int32]

  /// - Complexity: O(links + uses).
  init(_ outcomes: [TripOutcome], linkCount: Int) {
    var next = [Int32](repeating: 0, count: linkCount + 1)
    for outcome in outcomes {
      for use in outcome.exposure?.uses ?? [] { next[use.link.index + 1] += 1 }
    }
    for link in 0..<linkCount { next[link + 1] += next[link] }
    first = next
    trips = Array(repeating: 0, count: Int(next[linkCount]))
    for (index, outcome) in outcomes.enumerated() {
      for use in outcome.exposure?.uses ?? [] {
        trips[Int(next[use.link.index])] = Int32(index)
        next[use.link.index] += 1
      }
    }
  }

  /// The trips that use a link.
  subscript(link: LinkID) -> ArraySlice<Int32> {
    trips[Int(first[link.index])..<Int(first[link.index + 1])]
  }
}
