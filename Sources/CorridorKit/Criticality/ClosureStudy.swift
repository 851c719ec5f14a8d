public import TransportGraph

/// Trips on a network, ready to be asked what closures do to them, one at a time or together.
///
/// The ways with everything open are found once. With something closed, only the trips are sent again
/// whose ways it may change, and only they are summed up.
public struct ClosureStudy: Sendable {
  /// The network without the closures asked about.
  public let analysis: Analysis
  /// What travels.
  public let trips: [Trip]
  /// The province whose exposure is watched.
  public let focus: ProvinceFocus?
  /// Σ mass of the trips that have a way.
  public let connectedMass: Double
  /// Σ mass × cost of the trips that have a way; seconds or metres.
  let cost: Double
  let threads: Int
  let router: ClosureRouter
  /// What becomes of each trip without a closure.
  let open: [ClosureRouter.Sent]
  /// What a reader should know of the model's result.
  public let warnings: [RouteChoiceWarning]
  /// Σ mass × expected number of uses of each link.
  let usage: [Double]

  /// Sends the trips over the network as it stands.
  ///
  /// - Parameters:
  ///   - analysis: The network; a scenario that it is under stays in force.
  ///   - trips: What travels.
  ///   - model: How travellers spread over the ways of a trip.
  ///   - focus: A province whose exposure is watched.
  ///   - threads: Worker threads; 0 for one a core. Results do not depend on it.
  /// - Throws: what ``Analysis/metric()`` throws.
  public init(
    _ analysis: Analysis, trips: [Trip], by model: RouteChoiceModel = .shortest,
    focus: ProvinceFocus? = nil, threads: Int = 0
  ) throws(CorridorKitError) {
    try self.init(
      ClosureRouter(analysis, trips: trips, by: model), focus: focus, threads: threads)
  }

  /// Sends named corridors, each of mass 1, by their best ways.
  ///
  /// A corridor keeps its waypoints, except for crossings that are closed; without one, its hours are
  /// compared with those of its best way without that waypoint on the open network.
  ///
  /// - Throws: what ``CorridorAnalysis/init(_:analysis:by:threads:dropping:)`` throws.
  public init(
    _ corridors: [CorridorDefinition], analysis: Analysis, by model: RouteChoiceModel = .shortest,
    focus: ProvinceFocus? = nil, threads: Int = 0
  ) throws(CorridorKitError) {
    try self.init(
      ClosureRouter(corridors, analysis: analysis, by: model), focus: focus, threads: threads)
  }

  private init(
    _ router: ClosureRouter, focus: ProvinceFocus?, threads: Int
  ) throws(CorridorKitError) {
    self.router = router
    self.focus = focus
    self.threads = threads
    analysis = router.analysis
    trips = router.trips
    (open, warnings) = try router.sendAll(threads: threads)
    var (mass, cost) = (0.0, 0.0)
    var usage = [Double](repeating: 0, count: analysis.area.graph.links.count)
    for (trip, open) in zip(trips, open) {
      guard let exposure = open.exposure else { continue }
      mass += trip.mass
      cost += trip.mass * Self.cost(exposure, analysis)
      for use in exposure.uses { usage[use.link.index] += trip.mass * use.share }
    }
    connectedMass = mass
    self.cost = cost
    self.usage = usage
  }

  /// The same trips by shortest ways: they are lost when they are under any model.
  func shortest() throws(CorridorKitError) -> ClosureStudy {
    guard let router = router.shortest else { return self }
    return try ClosureStudy(router, focus: focus, threads: threads)
  }

  static func cost(_ exposure: TripExposure, _ analysis: Analysis) -> Double {
    switch analysis.profile.measure {
    case .time: exposure.travelTimeSeconds
    case .distance: exposure.lengthMeters
    }
  }

  /// What closing something does to one trip.
  func effect(of sent: ClosureRouter.Sent, on trip: Int) -> ClosureEffect {
    var effect = ClosureEffect()
    let mass = trips[trip].mass
    guard let before = open[trip].exposure else { return effect }
    guard let after = sent.exposure else {
      effect.lostMass = mass
      effect.lostCost = mass * Self.cost(before, analysis)
      effect.provinceChange = -mass * exposure(before)
      return effect
    }
    let basis = sent.basis ?? before
    effect.extraTimeSeconds = mass * (after.travelTimeSeconds - basis.travelTimeSeconds)
    effect.extraCost = mass * (Self.cost(after, analysis) - Self.cost(basis, analysis))
    effect.lostCost = mass * (Self.cost(before, analysis) - Self.cost(basis, analysis))
    effect.provinceChange = mass * (exposure(after) - exposure(before))
    effect.displacedMass = mass * Self.displaced(before, after)
    return effect
  }

  /// The exposure of the province that is watched.
  private func exposure(_ exposure: TripExposure) -> Double {
    guard let focus else { return 0 }
    return exposure.cells.first { $0.unit == focus.unit }.map(focus.value) ?? 0
  }

  /// The chance of entering that left units, where it came to others: at most the number of units.
  private static func displaced(_ before: TripExposure, _ after: TripExposure) -> Double {
    if before.cells == after.cells { return 0 }
    var (left, came) = (0.0, 0.0)
    forEachUnit(before, after) { _, old, new in
      let change = (new?.entryProbability ?? 0) - (old?.entryProbability ?? 0)
      if change < 0 { left -= change } else { came += change }
    }
    return came > 0 ? left : 0
  }

  /// Goes through the units of two exposures, ascending.
  static func forEachUnit(
    _ before: TripExposure, _ after: TripExposure?,
    _ body: (Int, TripExposure.Cell?, TripExposure.Cell?) -> Void
  ) {
    var (old, new) = (before.cells[...], (after?.cells ?? [])[...])
    while let unit = [old.first?.unit, new.first?.unit].compactMap(\.self).min() {
      let a = old.first?.unit == unit ? old.popFirst() : nil
      let b = new.first?.unit == unit ? new.popFirst() : nil
      body(unit, a, b)
    }
  }
}
