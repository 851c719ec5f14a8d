import Geography

/// What a scenario does: exposure before, after and the change by province, crossing and trip, detours,
/// displacement, what is cut off.
public struct SimulationReport: Report {
  /// From what the report was made.
  public let manifest: Manifest
  /// The name of the scenario.
  public let scenario: String
  /// What the scenario says of itself.
  public let description: String?
  /// The share of traffic that the scenario does not hold for, 0 to 1.
  public let openFraction: Double
  /// The day or season whose crossing statuses hold, in words; nil where the scenario sets none.
  public let holdsOn: String?
  /// Ids of the crossings that the scenario closes.
  public let closedCrossings: [String]
  /// Links that are closed here and open without the scenario.
  public let closedLinkCount: Int
  /// What takes longer, and by how much.
  public let delays: [DelayRow]
  /// The crossings that the scenario's season finds open on some of its days only.
  public let openPartOfSeason: [OpenPartRow]
  /// The closures that close nothing that was open.
  public let withoutEffect: [String]
  /// The listed provinces in the order of the layer.
  public let provinces: [Row]
  /// What lies abroad, by country, where there is exposure before or after.
  public let abroad: [Row]
  /// The crossings of the network in the order of the catalogue.
  public let crossings: [CrossingRow]
  /// Every trip, before and after.
  public let trips: [TripRow]
  /// Trips with a way before and none after, with the reason.
  public let cutOff: [CutOffSummary]
  /// Sums over all units and trips.
  public let total: Total
  /// Which table CSV holds.
  public var csvTable = Table.provinces
  let outlines: [String: [Polygon]]

  private enum CodingKeys: CodingKey {
    case manifest, scenario, description, openFraction, holdsOn, closedCrossings, closedLinkCount,
      delays, openPartOfSeason, withoutEffect, provinces, abroad, crossings, trips, cutOff, total
  }

  /// A report on a simulation.
  ///
  /// - Parameters:
  ///   - simulation: What the scenario does to the trips.
  ///   - resolved: The scenario on the network.
  ///   - reasons: Why trips are cut off, by their place among the trips, where somebody knows better than
  ///     `analysis`: a corridor's own modes, for example.
  ///   - leftWaypoints: Closed crossings that corridors have as waypoints, by corridor.
  ///   - analysis: The analysis under the scenario.
  ///   - manifest: From what the report is made.
  public init(
    _ simulation: Simulation, of resolved: ResolvedScenario,
    reasons: [Int: CutOffSummary] = [:], leftWaypoints: [String: [String]] = [:],
    analysis: Analysis, manifest: Manifest
  ) {
    self.manifest = manifest
    scenario = resolved.scenario.name
    description = resolved.scenario.description
    openFraction = resolved.scenario.openFraction
    holdsOn = resolved.scenario.season.map(\.name) ?? resolved.scenario.date?.description
    closedCrossings = resolved.closedCrossings.map(\.id)
    closedLinkCount = resolved.closedLinks.count
    delays = resolved.scenario.delays.map(DelayRow.init)
    openPartOfSeason = resolved.openPartOfSeason.map(OpenPartRow.init)
    withoutEffect = resolved.withoutEffect.map(\.name)
    let units = simulation.before.units.units
    let rows = units.indices.map { Row(simulation, unit: $0, matrix: analysis.matrix) }
    provinces = zip(units, rows).filter { !$0.0.isAbroad }.map(\.1)
    abroad = zip(units, rows).filter { $0.0.isAbroad && $0.1.isMet }.map(\.1)
    crossings = CrossingRow.rows(simulation, of: resolved, area: analysis.area)
    let cutOffTrips = Dictionary(
      simulation.cutOff.map { ($0.index, $0.mass) }, uniquingKeysWith: { first, _ in first })
    trips = simulation.trips.indices.map { index in
      TripRow(
        simulation, index: index, cutOffMass: cutOffTrips[index] ?? 0,
        leftWaypoints: leftWaypoints[simulation.trips[index].id] ?? [])
    }
    cutOff = simulation.cutOff.map { cut in
      reasons[cut.index].map { CutOffSummary($0, mass: cut.mass) }
        ?? CutOffSummary(
          id: cut.trip.id, from: cut.trip.origin, to: cut.trip.destination, mass: cut.mass,
          reason: cut.reason, analysis: analysis)
    }
    total = Total(simulation)
    outlines = analysis.outlines
  }
}

extension SimulationReport {
  /// Sums over all units and trips.
  public struct Total: Encodable, Sendable, Hashable {
    /// Metres without the scenario.
    public let lengthBeforeM: Double
    /// Metres with the scenario.
    public let lengthAfterM: Double
    /// Seconds without the scenario.
    public let travelTimeBeforeS: Double
    /// Seconds with the scenario.
    public let travelTimeAfterS: Double
    /// Cost after over cost before, over the trips still connected; see ``Simulation/detourFactor``.
    public let detourFactor: Double?
    /// The mass of the trips that still run.
    public let connectedMass: Double
    /// The mass that the scenario cuts off.
    public let cutOffMass: Double
    /// The mass that has no way: what the scenario cuts off, and what had none before.
    public let disconnectedMass: Double

    init(_ simulation: Simulation) {
      lengthBeforeM = simulation.before.totalLengthMeters
      lengthAfterM = simulation.after.totalLengthMeters
      travelTimeBeforeS = simulation.before.totalTravelTimeSeconds
      travelTimeAfterS = simulation.after.totalTravelTimeSeconds
      detourFactor = simulation.detourFactor
      connectedMass = simulation.after.connectedMass
      cutOffMass = simulation.cutOff.reduce(0) { $0 + $1.mass }
      disconnectedMass = simulation.after.disconnectedMass
    }
  }

  /// Something that the scenario makes take longer.
  public struct DelayRow: Encodable, Sendable, Hashable {
    /// In the words of `--delay`: `crossing:korday`, `border:KZ-KG`.
    public let of: [String]
    /// Hours added to each; of a distribution its mean.
    public let addedH: Double
    /// The distribution of the added hours, in words; nil for one number.
    public let addedFrom: String?
    /// What the moving time is multiplied by.
    public let factor: Double
    /// What the dwell of crossings is multiplied by.
    public let dwellFactor: Double

    init(_ delay: Scenario.Delay) {
      of =
        delay.crossings.map { "crossing:\($0)" } + delay.links.map { "link:\($0)" }
        + delay.roads.map { "road:\($0)" } + delay.borders.map { "border:\($0.name)" }
      addedH = delay.added.meanSeconds / 3600
      addedFrom = delay.added.shape
      factor = delay.factor
      dwellFactor = delay.dwellFactor
    }
  }

  /// A crossing that is open on some days of the scenario's season.
  public struct OpenPartRow: Encodable, Sendable, Hashable {
    /// The crossing's id.
    public let id: String
    /// On how many days it is open.
    public let openDays: Int
    /// The days of the season.
    public let days: Int
    /// Whether it counts as closed: open on fewer than half of the days.
    public let countsAsClosed: Bool

    init(_ part: ResolvedScenario.OpenPart) {
      (id, openDays, days) = (part.crossing.id, part.openDays, part.days)
      countsAsClosed = part.countsAsClosed
    }
  }
}
