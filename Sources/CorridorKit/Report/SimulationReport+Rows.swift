import Geography
import TransportGraph

extension SimulationReport {
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
    /// Entering mass with the scenario less that without.
    public let enteringMassChange: Double
    /// True for a unit that had no exposure before.
    public let isNew: Bool
    /// The entering mass that the unit lost, trip by trip; the sum of ``displacedTo``.
    public let lostMass: Double
    /// The entering mass that the unit lost, by where it went: unit ids, `NOWHERE`, `LOST`.
    public let displacedTo: [String: Double]
    /// The mass that is cut off and would begin in the unit.
    public let cutOffOriginMass: Double
    /// The mass that is cut off and would end in the unit.
    public let cutOffDestinationMass: Double
    let isMet: Bool

    private enum CodingKeys: CodingKey {
      case id, name, country, lengthBeforeM, lengthAfterM, lengthChangeM, travelTimeBeforeS,
        travelTimeAfterS, travelTimeChangeS, enteringMassBefore, enteringMassAfter,
        enteringMassChange, isNew, lostMass, displacedTo, cutOffOriginMass, cutOffDestinationMass
    }

    init(_ simulation: Simulation, unit: Int, matrix: ExposureMatrix) {
      let units = simulation.before.units.units
      let (before, after) = (simulation.before.rows[unit], simulation.after.rows[unit])
      (id, name, country) = (units[unit].id, units[unit].name, units[unit].country)
      (lengthBeforeM, lengthAfterM) = (before.lengthMeters, after.lengthMeters)
      lengthChangeM = after.lengthMeters - before.lengthMeters
      (travelTimeBeforeS, travelTimeAfterS) = (before.travelTimeSeconds, after.travelTimeSeconds)
      travelTimeChangeS = after.travelTimeSeconds - before.travelTimeSeconds
      (enteringMassBefore, enteringMassAfter) = (before.enteringMass, after.enteringMass)
      enteringMassChange = after.enteringMass - before.enteringMass
      isNew = before.enteringMass == 0 && after.enteringMass > 0
      let displaced = simulation.displacement[unit].map { place, mass in
        switch place {
        case .unit(let other): (units[other].id, mass)
        case .nowhere: (SimulationReport.nowhere, mass)
        case .lost: (SimulationReport.lost, mass)
        }
      }.sorted { $0.0 < $1.0 }
      lostMass = displaced.reduce(0) { $0 + $1.1 }
      displacedTo = Dictionary(uniqueKeysWithValues: displaced)
      func share(_ node: NodeID) -> Double {
        matrix.nodeShares[node.index].first { $0.column == Int32(unit) }?.value ?? 0
      }
      var (origin, destination) = (0.0, 0.0)
      for cut in simulation.cutOff {
        origin += cut.mass * share(cut.trip.origin.node)
        destination += cut.mass * share(cut.trip.destination.node)
      }
      (cutOffOriginMass, cutOffDestinationMass) = (origin, destination)
      isMet = before.travelTimeSeconds > 0 || after.travelTimeSeconds > 0
    }
  }

  /// Where displaced mass went that no unit met anew.
  static let nowhere = "NOWHERE"
  /// Where displaced mass went that is cut off.
  static let lost = "LOST"

  /// One crossing of the network.
  public struct CrossingRow: Encodable, Sendable, Hashable {
    /// The crossing's id.
    public let id: String
    /// The place that it shares with the crossings of other modes.
    public let site: String
    /// The name in English.
    public let name: String
    /// The two countries in alphabetical order: `KG-KZ`.
    public let border: String
    /// The mode that passes.
    public let mode: String
    /// Σ mass × expected number of uses without the scenario; a trip that passes twice counts twice.
    public let useMassBefore: Double
    /// The same with the scenario.
    public let useMassAfter: Double
    /// Use with the scenario less that without.
    public let useMassChange: Double
    /// Whether the scenario closes it.
    public let isClosed: Bool
    /// True for a crossing that nothing used before.
    public let isNew: Bool
    let coordinate: Coordinate

    private enum CodingKeys: CodingKey {
      case id, site, name, border, mode, useMassBefore, useMassAfter, useMassChange, isClosed, isNew
    }

    /// The crossings of the network in the order of the catalogue.
    static func rows(_ simulation: Simulation, of resolved: ResolvedScenario, area: StudyArea)
      -> [CrossingRow]
    {
      let before = LinkUseTotals(simulation.trips, simulation.outcomesBefore)
      let after = LinkUseTotals(simulation.trips, simulation.outcomesAfter)
      let links = Dictionary(grouping: area.crossingLinks) {
        area.graph.links[$0.index].crossingID ?? ""
      }
      let closed = Set(resolved.closedCrossings.map(\.id))
      return area.crossings.crossings.compactMap { crossing in
        guard let links = links[crossing.id] else { return nil }
        func mass(_ use: LinkUseTotals) -> Double {
          links.reduce(0) { $0 + (use.masses[$1] ?? 0) }
        }
        let use = (before: mass(before), after: mass(after))
        return CrossingRow(
          id: crossing.id, site: crossing.site, name: crossing.name,
          border: crossing.countries.sorted().joined(separator: "-"),
          mode: crossing.mode.rawValue, useMassBefore: use.before, useMassAfter: use.after,
          useMassChange: use.after - use.before, isClosed: closed.contains(crossing.id),
          isNew: use.before == 0 && use.after > 0, coordinate: crossing.coordinate)
      }
    }
  }

  /// One trip.
  public struct TripRow: Encodable, Sendable, Hashable {
    /// The trip's id.
    public let id: String
    /// The kind of flow, where the table of flows names one.
    public let layer: String?
    /// The trip's mass.
    public let mass: Double
    /// Metres without the scenario.
    public let lengthBeforeM: Double?
    /// Metres with the scenario; nil where a part is cut off.
    public let lengthAfterM: Double?
    /// Metres with the scenario less those without, where there are both.
    public let lengthChangeM: Double?
    /// Seconds without the scenario.
    public let travelTimeBeforeS: Double?
    /// Seconds with the scenario; nil where a part is cut off.
    public let travelTimeAfterS: Double?
    /// Seconds with the scenario less those without, where there are both.
    public let travelTimeChangeS: Double?
    /// Whether the scenario leaves no way for the traffic that it holds for.
    public let isCutOff: Bool
    /// The mass that it cuts off.
    public let cutOffMass: Double
    /// The crossings that a corridor was defined to pass and that the scenario closes. Its way is then
    /// free to be shorter than before, for a waypoint may have been a detour.
    public let leftWaypoints: [String]

    init(_ simulation: Simulation, index: Int, cutOffMass: Double, leftWaypoints: [String]) {
      let trip = simulation.trips[index]
      (id, layer, mass) = (trip.id, trip.layer, trip.mass)
      self.cutOffMass = cutOffMass
      isCutOff = cutOffMass > 0
      let before = simulation.outcomesBefore[index].exposure
      let after = cutOffMass > 0 ? nil : simulation.outcomesAfter[index].exposure
      (lengthBeforeM, lengthAfterM) = (before?.lengthMeters, after?.lengthMeters)
      (travelTimeBeforeS, travelTimeAfterS) = (before?.travelTimeSeconds, after?.travelTimeSeconds)
      if let before, let after {
        lengthChangeM = after.lengthMeters - before.lengthMeters
        travelTimeChangeS = after.travelTimeSeconds - before.travelTimeSeconds
      } else {
        (lengthChangeM, travelTimeChangeS) = (nil, nil)
      }
      self.leftWaypoints = leftWaypoints
    }
  }
}

extension DurationDistribution {
  /// The distribution in words, in hours; nil for one number.
  var shape: String? {
    func hours(_ seconds: Double) -> String { Shown.fixed(seconds / 3600, 2) }
    switch self {
    case .fixed: return nil
    case .triangular(let low, let mode, let high):
      return "triangular \(hours(low)), \(hours(mode)), \(hours(high)) h"
    case .quantiles(let p05, let p50, let p95):
      return "p05 \(hours(p05)), p50 \(hours(p50)), p95 \(hours(p95)) h"
    }
  }
}
