import Geography
public import TransportGraph

/// A trip as results tell it.
public struct TripSummary: Encodable, Sendable, Hashable {
  /// The trip's id.
  public let id: String
  /// What a reader calls it.
  public let name: String
  /// `road`, `rail`, several joined by `+`, or `any`.
  public let mode: String
  /// The kind of flow, where the table of flows names one.
  public let layer: String?
  /// Where it begins.
  public let origin: PlaceSummary
  /// Where it ends.
  public let destination: PlaceSummary
  /// How much travels; 1 for a corridor or a single pair.
  public let mass: Double
  /// Expected metres, not multiplied by the mass.
  public let lengthM: Double
  /// Expected seconds, not multiplied by the mass.
  public let travelTimeS: Double
  /// Ids of the crossings on the way; in the order of the way where it is a single one.
  public let crossings: [String]
  /// Ids of the crossings that the corridor has as waypoints and does not pass, for they are closed.
  public var leftWaypoints: [String] = []
  /// Ids of the listed provinces in the order in which a single way enters them.
  public let provinceOrder: [String]?
  /// The listed provinces that it meets, in the order of the layer.
  public let provinces: [UnitRow]
  /// What it meets abroad, by country.
  public let abroad: [UnitRow]

  /// The trip of a named corridor or of a single pair, by one way.
  public init(_ corridor: CorridorRoute, analysis: Analysis) {
    let exposure = TripExposure(corridor.route, matrix: analysis.matrix, view: analysis.view)
    self.init(
      corridor.trip, name: corridor.definition.name, mode: corridor.definition.modeName,
      exposure: exposure, order: analysis.unitOrder(of: corridor.route), analysis: analysis)
  }

  /// The trip of a named corridor by several ways.
  init(_ corridor: CorridorRoute, exposure: TripExposure, analysis: Analysis) {
    self.init(
      corridor.trip, name: corridor.definition.name, mode: corridor.definition.modeName,
      exposure: exposure, order: nil, analysis: analysis)
  }

  /// A trip of a table of flows, by all ways that travellers choose.
  public init(_ trip: Trip, exposure: TripExposure, analysis: Analysis) {
    self.init(
      trip, name: "\(trip.origin.label)–\(trip.destination.label)", mode: modeName(analysis.modes),
      exposure: exposure, order: nil, analysis: analysis)
  }

  private init(
    _ trip: Trip, name: String, mode: String, exposure: TripExposure, order: [Int]?,
    analysis: Analysis
  ) {
    id = trip.id
    self.name = name
    self.mode = mode
    layer = trip.layer
    origin = PlaceSummary(trip.origin, graph: analysis.area.graph)
    destination = PlaceSummary(trip.destination, graph: analysis.area.graph)
    mass = trip.mass
    lengthM = exposure.lengthMeters
    travelTimeS = exposure.travelTimeSeconds
    let passed = exposure.uses.compactMap { analysis.area.graph.links[$0.link.index].crossingID }
    // A single way tells a crossing as often as it passes it.
    var seen: Set<String> = []
    crossings = order == nil ? passed.filter { seen.insert($0).inserted } : passed
    provinceOrder = order.map { analysis.provinceIDs($0) }
    // A single way tells its units as it meets them.
    let places = Dictionary(
      (order ?? []).enumerated().map { ($0.element, $0.offset) }, uniquingKeysWith: { a, _ in a })
    let rows = exposure.cells.sorted {
      (places[$0.unit] ?? 0, $0.unit) < (places[$1.unit] ?? 0, $1.unit)
    }.map { UnitRow($0, of: analysis.matrix.units) }
    provinces = rows.filter { !$0.isAbroad }
    abroad = rows.filter(\.isAbroad)
  }
}

/// `road`, `rail`, or several joined by `+`; `any` for all.
func modeName(_ modes: Set<Mode>) -> String {
  modes.count == Mode.allCases.count ? "any" : modes.map(\.rawValue).sorted().joined(separator: "+")
}

extension CorridorRoute {
  /// The corridor as a trip of mass 1.
  public var trip: Trip {
    Trip(id: definition.id, origin: origin, destination: destination, mass: 1)
  }
}

/// A place as results tell it.
public struct PlaceSummary: Encodable, Sendable, Hashable {
  /// What a reader calls it.
  public let label: String
  /// Degrees east (WGS 84), or planar x.
  public let longitude: Double
  /// Degrees north (WGS 84), or planar y.
  public let latitude: Double
  /// The id of the node that stands for it.
  public let node: String
  /// Metres between the two; they are not part of any length.
  public let snapM: Double

  init(_ place: Place, graph: TransportGraph) {
    label = place.label
    longitude = place.coordinate.longitude
    latitude = place.coordinate.latitude
    node = graph.nodes[place.node.index].id
    snapM = place.snapMeters
  }
}

/// One reporting unit on the way of a trip.
public struct UnitRow: Encodable, Sendable, Hashable {
  /// A province's id, or `ABROAD:RU`.
  public let id: String
  /// What a reader calls it.
  public let name: String
  /// ISO 3166-1 alpha-2, where known.
  public let country: String?
  /// Expected metres of the trip in the unit.
  public let lengthM: Double
  /// Expected seconds of the trip in the unit, dwell included.
  public let travelTimeS: Double
  /// The probability that the trip enters the unit, 0 to 1.
  public let entryProbability: Double
  let isAbroad: Bool

  private enum CodingKeys: CodingKey {
    case id, name, country, lengthM, travelTimeS, entryProbability
  }

  init(_ cell: TripExposure.Cell, of units: ReportingUnits) {
    let unit = units.units[cell.unit]
    id = unit.id
    name = unit.name
    country = unit.country
    lengthM = cell.lengthMeters
    travelTimeS = cell.travelTimeSeconds
    entryProbability = cell.entryProbability
    isAbroad = unit.isAbroad
  }
}

/// A trip that no way was found for, and why.
public struct CutOffSummary: Encodable, Sendable, Hashable {
  /// The trip's id.
  public let id: String
  /// Where it would begin.
  public let origin: String
  /// Where it would end.
  public let destination: String
  /// The mass that is cut off.
  public let mass: Double
  /// `different_pieces`, `closed`, `other_mode` or `one_way`.
  public let kind: String
  /// The crossings, or else links, that closures took away; reopening them reconnects the trip.
  public let closed: [String]
  /// Why, in one sentence.
  public let reason: String

  /// A summary in the words of the network: crossings by name.
  public init(
    id: String, from origin: Place, to destination: Place, mass: Double, reason: Unreachable,
    analysis: Analysis
  ) {
    self.id = id
    self.origin = origin.label
    self.destination = destination.label
    self.mass = mass
    let graph = analysis.area.graph
    switch reason {
    case .differentPieces: (kind, closed) = ("different_pieces", [])
    case .oneWay: (kind, closed) = ("one_way", [])
    case .closed(let links):
      kind = "closed"
      closed = links.map { graph.links[$0.index].crossingID ?? graph.links[$0.index].id }
    case .excluded(let links):
      (kind, closed) = ("other_mode", [])
      let needed = Set(links.map { graph.links[$0.index].mode }).subtracting(analysis.modes)
      self.reason =
        "\(destination.label) cannot be reached from \(origin.label) by "
        + "\(modeName(analysis.modes)) alone: part of the way needs "
        + needed.map(\.rawValue).sorted().joined(separator: " and ")
      return
    }
    self.reason = reason.description(origin: origin.label, destination: destination.label) { link in
      let id = graph.links[link.index].crossingID
      return id.flatMap { analysis.area.crossings[$0] }.map { "crossing \($0.id) (\($0.name))" }
        ?? "link \(graph.links[link.index].id)"
    }
  }
}

extension CutOffSummary {
  /// The same trip and reason with another mass.
  init(_ other: CutOffSummary, mass: Double) {
    self.init(
      id: other.id, origin: other.origin, destination: other.destination, mass: mass,
      kind: other.kind, closed: other.closed, reason: other.reason)
  }

  private init(
    id: String, origin: String, destination: String, mass: Double, kind: String, closed: [String],
    reason: String
  ) {
    self.id = id
    self.origin = origin
    self.destination = destination
    self.mass = mass
    self.kind = kind
    self.closed = closed
    self.reason = reason
  }
}
