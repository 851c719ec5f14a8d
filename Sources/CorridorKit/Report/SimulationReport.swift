import Geography

/// What a scenario does: exposure before, after and the change, detours, displacement, what is cut off.
public struct SimulationReport: Report {
  /// One reporting unit.
  public struct Row: Encodable, Sendable, Hashable {
    /// A province's id, or `ABROAD:RU`.
    public let id: String
    /// What a reader calls it.
    public let name: String
    /// ISO 3166-1 alpha-2, where known.
    public let country: String?
    /// Metres without the scenario.
    public let lengthBeforeM: Double
    /// Metres with the scenario.
    public let lengthAfterM: Double
    /// Metres with the scenario less those without.
    public let lengthChangeM: Double
    /// Seconds without the scenario.
    public let travelTimeBeforeS: Double
    /// Seconds with the scenario.
    public let travelTimeAfterS: Double
    /// Seconds with the scenario less those without.
    public let travelTimeChangeS: Double
    /// The mass that enters the unit without the scenario.
    public let enteringMassBefore: Double
    /// The mass that enters the unit with the scenario.
    public let enteringMassAfter: Double
    /// True for a unit that had no exposure before.
    public let isNew: Bool
    /// The entering mass that the unit lost, by where it went: unit ids, `NOWHERE`, `LOST`.
    public let displacedTo: [String: Double]
    let isAbroad: Bool
    let isMet: Bool

    private enum CodingKeys: CodingKey {
      case id, name, country, lengthBeforeM, lengthAfterM, lengthChangeM, travelTimeBeforeS,
        travelTimeAfterS, travelTimeChangeS, enteringMassBefore, enteringMassAfter, isNew,
        displacedTo
    }
  }

  /// One trip.
  public struct TripRow: Encodable, Sendable, Hashable {
    /// The trip's id.
    public let id: String
    /// The trip's mass.
    public let mass: Double
    /// Metres without the scenario.
    public let lengthBeforeM: Double?
    /// Metres with the scenario.
    public let lengthAfterM: Double?
    /// Seconds without the scenario.
    public let travelTimeBeforeS: Double?
    /// Seconds with the scenario.
    public let travelTimeAfterS: Double?
    /// Whether the scenario leaves no way for the traffic that it holds for.
    public let isCutOff: Bool
    /// The crossings that a corridor was defined to pass and that the scenario closes. Its way is then
    /// free to be shorter than before, for a waypoint may have been a detour.
    public let leftWaypoints: [String]
  }

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
  }

  /// From what the report was made.
  public let manifest: Manifest
  /// The name of the scenario.
  public let scenario: String
  /// What the scenario says of itself.
  public let description: String?
  /// The share of traffic that the scenario does not hold for, 0 to 1.
  public let openFraction: Double
  /// Ids of the crossings that the scenario closes.
  public let closedCrossings: [String]
  /// Links that are closed here and open without the scenario.
  public let closedLinkCount: Int
  /// The closures that close nothing that was open.
  public let withoutEffect: [String]
  /// The listed provinces in the order of the layer.
  public let provinces: [Row]
  /// What lies abroad, by country, where there is exposure before or after.
  public let abroad: [Row]
  /// Every trip, before and after.
  public let trips: [TripRow]
  /// Trips with a way before and none after, with the reason.
  public let cutOff: [CutOffSummary]
  /// Sums over all units and trips.
  public let total: Total
  private let outlines: [String: [Polygon]]

  private enum CodingKeys: CodingKey {
    case manifest, scenario, description, openFraction, closedCrossings, closedLinkCount,
      withoutEffect,
      provinces,
      abroad, trips, cutOff, total
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
    closedCrossings = resolved.closedCrossings.map(\.id)
    closedLinkCount = resolved.closedLinks.count
    withoutEffect = resolved.withoutEffect.map(\.name)
    let units = simulation.before.units.units
    let rows = units.indices.map { index in
      let (before, after) = (simulation.before.rows[index], simulation.after.rows[index])
      return Row(
        id: units[index].id, name: units[index].name, country: units[index].country,
        lengthBeforeM: before.lengthMeters, lengthAfterM: after.lengthMeters,
        lengthChangeM: after.lengthMeters - before.lengthMeters,
        travelTimeBeforeS: before.travelTimeSeconds, travelTimeAfterS: after.travelTimeSeconds,
        travelTimeChangeS: after.travelTimeSeconds - before.travelTimeSeconds,
        enteringMassBefore: before.enteringMass, enteringMassAfter: after.enteringMass,
        isNew: before.enteringMass == 0 && after.enteringMass > 0,
        displacedTo: Dictionary(
          uniqueKeysWithValues: simulation.displacement[index].map { place, mass in
            switch place {
            case .unit(let other): (units[other].id, mass)
            case .nowhere: ("NOWHERE", mass)
            case .lost: ("LOST", mass)
            }
          }),
        isAbroad: units[index].isAbroad,
        isMet: before.travelTimeSeconds > 0 || after.travelTimeSeconds > 0)
    }
    provinces = rows.filter { !$0.isAbroad }
    abroad = rows.filter { $0.isAbroad && $0.isMet }
    let cutOffTrips = Set(simulation.cutOff.map(\.trip))
    trips = simulation.trips.indices.map { index in
      let (before, after) = (
        simulation.outcomesBefore[index].exposure, simulation.outcomesAfter[index].exposure
      )
      let isCutOff = cutOffTrips.contains(simulation.trips[index])
      return TripRow(
        id: simulation.trips[index].id, mass: simulation.trips[index].mass,
        lengthBeforeM: before?.lengthMeters, lengthAfterM: isCutOff ? nil : after?.lengthMeters,
        travelTimeBeforeS: before?.travelTimeSeconds,
        travelTimeAfterS: isCutOff ? nil : after?.travelTimeSeconds, isCutOff: isCutOff,
        leftWaypoints: leftWaypoints[simulation.trips[index].id] ?? [])
    }
    cutOff = simulation.cutOff.map { cut in
      reasons[cut.index].map { CutOffSummary($0, mass: cut.mass) }
        ?? CutOffSummary(
          id: cut.trip.id, from: cut.trip.origin, to: cut.trip.destination, mass: cut.mass,
          reason: cut.reason, analysis: analysis)
    }
    total = Total(
      lengthBeforeM: simulation.before.totalLengthMeters,
      lengthAfterM: simulation.after.totalLengthMeters,
      travelTimeBeforeS: simulation.before.totalTravelTimeSeconds,
      travelTimeAfterS: simulation.after.totalTravelTimeSeconds,
      detourFactor: simulation.detourFactor, connectedMass: simulation.after.connectedMass,
      cutOffMass: simulation.cutOff.reduce(0) { $0 + $1.mass },
      disconnectedMass: simulation.after.disconnectedMass)
    outlines = analysis.outlines
  }

  public var text: String {
    var lines = ["Scenario: \(scenario)"]
    if let description { lines.append(wrapped(description)) }
    if openFraction > 0 {
      lines.append(
        "Partly open: \(Shown.percent(openFraction)) % of traffic passes as if nothing were closed."
      )
    }
    if closedLinkCount > closedCrossings.count {
      lines.append("Closed ways: \(closedLinkCount - closedCrossings.count)")
    }
    for closure in withoutEffect { lines.append("Closes nothing that was open: \(closure)") }
    if !closedCrossings.isEmpty {
      lines.append(wrapped("Closed crossings: \(closedCrossings.joined(separator: ", "))"))
    }
    lines.append("")
    var table = TextTable([
      ("Province", .left), ("Id", .left), ("h before", .right), ("h after", .right),
      ("change", .right), ("km change", .right), ("", .left),
    ])
    // A second is less than any figure here means.
    let changed = (provinces + abroad).filter {
      abs($0.travelTimeChangeS) >= 1 || abs($0.lengthChangeM) >= 1
    }.sorted { (abs($1.travelTimeChangeS), $0.id) < (abs($0.travelTimeChangeS), $1.id) }
    for row in changed {
      table.add([
        row.name.shortened(to: 22), row.id, Shown.hours(row.travelTimeBeforeS),
        Shown.hours(row.travelTimeAfterS), Shown.signed(row.travelTimeChangeS / 3600, 2),
        Shown.signed(row.lengthChangeM / 1000, 1), row.isNew ? "new" : "",
      ])
    }
    table.add([
      "Total", "", Shown.hours(total.travelTimeBeforeS), Shown.hours(total.travelTimeAfterS),
      Shown.signed((total.travelTimeAfterS - total.travelTimeBeforeS) / 3600, 2),
      Shown.signed((total.lengthAfterM - total.lengthBeforeM) / 1000, 1), "",
    ])
    lines += [table.text, ""]
    let unchanged = (provinces + abroad).count { $0.isMet } - changed.count
    if unchanged > 0 { lines.append("Unchanged: \(unchanged) of the units that trips meet.") }
    for trip in trips where !trip.leftWaypoints.isEmpty && openFraction < 1 {
      let left = trip.leftWaypoints.joined(separator: ", ")
      lines.append("\(trip.id) no longer passes its closed waypoint \(left).")
    }
    for row in provinces + abroad where !row.displacedTo.isEmpty {
      let places = row.displacedTo.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
        .map { "\(Shown.fixed($0.value, 2)) to \($0.key)" }
      lines.append(wrapped("Displaced from \(row.id): \(places.joined(separator: ", "))."))
    }
    let factor = total.detourFactor.map { Shown.fixed($0, 3) } ?? "–"
    lines.append(
      "Detour factor \(factor) over a connected mass of \(Shown.fixed(total.connectedMass, 2)); "
        + "cut off: \(Shown.fixed(total.cutOffMass, 2)).")
    if total.disconnectedMass > total.cutOffMass {
      let rest = total.disconnectedMass - total.cutOffMass
      lines.append("Without a way before as well: \(Shown.fixed(rest, 2)).")
    }
    lines += cutOff.map { wrapped("Cut off: \($0.id): \($0.reason)") }
    lines.append(manifest.notice)
    return lines.joined(separator: "\n")
  }

  public var csv: [[String]] {
    [
      [
        "id", "name", "country", "length_before_m", "length_after_m", "length_change_m",
        "travel_time_before_s", "travel_time_after_s", "travel_time_change_s",
        "entering_mass_before", "entering_mass_after", "is_new",
      ]
    ]
      + (provinces + abroad).map { row in
        [row.id, row.name, row.country ?? ""]
          + [
            row.lengthBeforeM, row.lengthAfterM, row.lengthChangeM, row.travelTimeBeforeS,
            row.travelTimeAfterS, row.travelTimeChangeS, row.enteringMassBefore,
            row.enteringMassAfter,
          ].map { "\($0)" } + ["\(row.isNew)"]
      }
  }

  public var features: [ReportFeature]? {
    let largest = provinces.map { abs($0.travelTimeChangeS) }.max() ?? 0
    return provinces.compactMap { row in
      outlines[row.id].map { polygons in
        ReportFeature(
          id: row.id, geometry: Geometry(polygons),
          properties: [
            "name": .text(row.name), "country": PropertyValue(row.country),
            "length_before_m": .number(row.lengthBeforeM),
            "length_after_m": .number(row.lengthAfterM),
            "length_change_m": .number(row.lengthChangeM),
            "travel_time_before_s": .number(row.travelTimeBeforeS),
            "travel_time_after_s": .number(row.travelTimeAfterS),
            "travel_time_change_s": .number(row.travelTimeChangeS), "is_new": .flag(row.isNew),
            "fill": .text(ColorScale.diverging(row.travelTimeChangeS, maximum: largest)),
            "fill-opacity": 0.7, "stroke": "#666666", "stroke-width": 1,
          ])
      }
    }
  }
}
