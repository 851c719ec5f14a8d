import Geography

/// How exposed provinces are to a set of corridors or trips.
public struct ExposureReport: Report {
  /// One reporting unit, summed over the trips.
  public struct Row: Encodable, Sendable, Hashable {
    /// A province's id, or `ABROAD:RU`.
    public let id: String
    /// What a reader calls it.
    public let name: String
    /// ISO 3166-1 alpha-2, where known.
    public let country: String?
    /// Σ mass × metres in the unit.
    public let lengthM: Double
    /// Σ mass × seconds in the unit, dwell at its crossings included.
    public let travelTimeS: Double
    /// The mass whose way enters the unit.
    public let enteringMass: Double
    /// The mass that begins and ends in the unit.
    public let internalMass: Double
    /// The mass that begins in the unit and ends elsewhere.
    public let originMass: Double
    /// The mass that ends in the unit and begins elsewhere.
    public let destinationMass: Double
    /// The mass that passes through the unit.
    public let transitMass: Double
    /// Ids of the trips that enter the unit, at most the first hundred.
    public let trips: [String]
    let isAbroad: Bool
    let isMet: Bool

    private enum CodingKeys: CodingKey {
      case id, name, country, lengthM, travelTimeS, enteringMass, internalMass, originMass,
        destinationMass, transitMass, trips
    }
  }

  /// Sums over all units.
  public struct Total: Encodable, Sendable, Hashable {
    /// Σ mass × metres.
    public let lengthM: Double
    /// Σ mass × seconds.
    public let travelTimeS: Double
    /// The mass of the trips that a way was found for.
    public let connectedMass: Double
    /// The mass of the others.
    public let disconnectedMass: Double
  }

  /// From what the report was made.
  public let manifest: Manifest
  /// The listed provinces in the order of the layer, those without exposure too.
  public let provinces: [Row]
  /// What lies abroad, by country, where there is exposure.
  public let abroad: [Row]
  /// Sums over provinces and abroad.
  public let total: Total
  /// The trips that a way was found for.
  public let trips: [TripSummary]
  /// The trips that no way was found for.
  public let cutOff: [CutOffSummary]
  private let outlines: [String: [Polygon]]

  private enum CodingKeys: CodingKey { case manifest, provinces, abroad, total, trips, cutOff }

  /// A report on the exposure of an analysis.
  public init(
    _ exposure: Exposure, trips: [TripSummary], cutOff: [CutOffSummary], analysis: Analysis,
    manifest: Manifest
  ) {
    self.manifest = manifest
    self.trips = trips
    self.cutOff = cutOff
    let rows = zip(exposure.units.units, exposure.rows).map { unit, row in
      Row(
        id: unit.id, name: unit.name, country: unit.country, lengthM: row.lengthMeters,
        travelTimeS: row.travelTimeSeconds, enteringMass: row.enteringMass,
        internalMass: row.internalMass, originMass: row.originMass,
        destinationMass: row.destinationMass, transitMass: row.transitMass,
        trips: Array(
          trips.lazy.filter { trip in
            (trip.provinces + trip.abroad).contains { $0.id == unit.id && $0.entryProbability > 0 }
          }.map(\.id).prefix(100)),
        isAbroad: unit.isAbroad, isMet: row.lengthMeters > 0 || row.travelTimeSeconds > 0)
    }
    provinces = rows.filter { !$0.isAbroad }
    abroad = rows.filter { $0.isAbroad && $0.isMet }
    total = Total(
      lengthM: exposure.totalLengthMeters, travelTimeS: exposure.totalTravelTimeSeconds,
      connectedMass: exposure.connectedMass, disconnectedMass: exposure.disconnectedMass)
    outlines = analysis.outlines
  }

  public var text: String {
    // With masses other than 1 the sums are no longer kilometres and hours of anybody's way.
    let isWeighted = trips.contains { $0.mass != 1 }
    var table = TextTable([
      ("Province", .left), ("Id", .left), (isWeighted ? "mass·km" : "km", .right),
      (isWeighted ? "mass·h" : "hours", .right), ("entering", .right),
      (trips.allSatisfy { $0.provinceOrder != nil } ? "corridors" : "trips", .left),
    ])
    let order = provinces.filter(\.isMet).sorted {
      ($1.travelTimeS, $0.id) < ($0.travelTimeS, $1.id)
    }
    for row in order + abroad {
      table.add([
        row.name.shortened(to: 18), row.id, Shown.kilometers(row.lengthM),
        Shown.hours(row.travelTimeS), Shown.fixed(row.enteringMass, 2),
        row.trips.joined(separator: " ").shortened(to: 22),
      ])
    }
    table.add([
      "Total", "", Shown.kilometers(total.lengthM), Shown.hours(total.travelTimeS), "", "",
    ])
    var parts = [table.text]
    let unmet = provinces.count { !$0.isMet }
    if unmet > 0 { parts.append("Without exposure: \(unmet) of \(provinces.count) provinces.") }
    let left = trips.filter { !$0.leftWaypoints.isEmpty }.map {
      "\($0.id) does not pass its closed waypoint \($0.leftWaypoints.joined(separator: ", "))."
    }
    if !left.isEmpty { parts.append(left.joined(separator: "\n")) }
    if !cutOff.isEmpty {
      parts.append(
        (["No way:"] + cutOff.map { wrapped("\($0.id): \($0.reason)") }).joined(separator: "\n"))
    }
    parts.append(manifest.notice)
    return parts.joined(separator: "\n\n")
  }

  public var csv: [[String]] {
    [
      [
        "id", "name", "country", "length_m", "travel_time_s", "entering_mass", "internal_mass",
        "origin_mass", "destination_mass", "transit_mass", "trips",
      ]
    ]
      + (provinces + abroad).map { row in
        [row.id, row.name, row.country ?? ""]
          + [
            row.lengthM, row.travelTimeS, row.enteringMass, row.internalMass, row.originMass,
            row.destinationMass, row.transitMass,
          ].map { "\($0)" } + [row.trips.joined(separator: " ")]
      }
  }

  public var features: [ReportFeature]? {
    let scale = ColorScale(provinces.map(\.travelTimeS))
    return provinces.compactMap { row in
      outlines[row.id].map { polygons in
        ReportFeature(
          id: row.id, geometry: Geometry(polygons),
          properties: [
            "name": .text(row.name), "country": PropertyValue(row.country),
            "length_m": .number(row.lengthM), "travel_time_s": .number(row.travelTimeS),
            "entering_mass": .number(row.enteringMass), "corridors": .texts(row.trips),
            "fill": .text(scale.color(row.travelTimeS)), "fill-opacity": 0.7, "stroke": "#666666",
            "stroke-width": 1,
          ])
      }
    }
  }
}
