public import Geography

/// How exposed provinces are to a set of corridors or trips.
public struct ExposureReport: Report {
  /// One reporting unit, summed over the trips.
  public struct Row: Encodable, Sendable, Hashable {
    public let id: String
    public let name: String
    public let country: String?
    public let lengthM: Double
    public let travelTimeS: Double
    /// The mass whose way enters the unit.
    public let enteringMass: Double
    public let internalMass: Double
    public let originMass: Double
    public let destinationMass: Double
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
    public let connectedMass: Double
    public let disconnectedMass: Double
  }

  public let manifest: Manifest
  public let provinces: [Row]
  public let abroad: [Row]
  public let total: Total
  public let trips: [TripSummary]
  public let cutOff: [CutOffSummary]
  private let outlines: [String: [Polygon]]

  private enum CodingKeys: CodingKey { case manifest, provinces, abroad, total, trips, cutOff }

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
    var table = TextTable([
      ("Province", .left), ("Id", .left), ("km", .right), ("hours", .right), ("entering", .right),
      ("corridors", .left),
    ])
    let order = provinces.sorted { ($1.travelTimeS, $0.id) < ($0.travelTimeS, $1.id) }
    for row in order + abroad {
      table.add([
        row.name.shortened(to: 22), row.id, Shown.kilometers(row.lengthM),
        Shown.hours(row.travelTimeS), Shown.fixed(row.enteringMass, 2),
        row.trips.joined(separator: " ").shortened(to: 34),
      ])
    }
    table.add([
      "Total", "", Shown.kilometers(total.lengthM), Shown.hours(total.travelTimeS), "", "",
    ])
    var parts = [table.text]
    if !cutOff.isEmpty {
      parts.append(
        (["No way:"] + cutOff.map { "  \($0.id): \($0.reason)" }).joined(separator: "\n"))
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
