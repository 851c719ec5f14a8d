import Geography
public import TransportGraph

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
    /// The part of the total metres that lies in the unit, 0 to 1; nil where there are none.
    public let lengthShare: Double?
    /// The part of the total seconds that is spent in the unit, 0 to 1; nil where there are none.
    public let travelTimeShare: Double?
    /// The part of the connected mass that enters the unit: of a single trip the probability that it
    /// does. Nil where nothing is connected.
    public let enteringShare: Double?
    /// Ids of the trips that enter the unit, at most the first hundred.
    public let trips: [String]
    let isAbroad: Bool
    let isMet: Bool

    private enum CodingKeys: CodingKey {
      case id, name, country, lengthM, travelTimeS, enteringMass, internalMass, originMass,
        destinationMass, transitMass, lengthShare, travelTimeShare, enteringShare, trips
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
  /// What a reader should know of the route choice, a sentence each.
  public let warnings: [String]
  private let choice: RouteChoiceModel
  private let measure: ImpedanceProfile.Measure
  private let outlines: [String: [Polygon]]

  private enum CodingKeys: CodingKey {
    case manifest, provinces, abroad, total, trips, cutOff, warnings
  }

  /// A report on the exposure of an analysis.
  ///
  /// - Parameters:
  ///   - model: How travellers spread over the ways between two places.
  ///   - warnings: What a reader should know of the model's result.
  public init(
    _ exposure: Exposure, trips: [TripSummary], cutOff: [CutOffSummary],
    by model: RouteChoiceModel = .shortest, warnings: [RouteChoiceWarning] = [],
    analysis: Analysis, manifest: Manifest
  ) {
    self.manifest = manifest
    self.warnings = warnings.map(\.description)
    choice = model
    measure = analysis.profile.measure
    self.trips = trips
    self.cutOff = cutOff
    let total = Total(
      lengthM: exposure.totalLengthMeters, travelTimeS: exposure.totalTravelTimeSeconds,
      connectedMass: exposure.connectedMass, disconnectedMass: exposure.disconnectedMass)
    self.total = total
    let rows = zip(exposure.units.units, exposure.rows).map { unit, row in
      Row(
        id: unit.id, name: unit.name, country: unit.country, lengthM: row.lengthMeters,
        travelTimeS: row.travelTimeSeconds, enteringMass: row.enteringMass,
        internalMass: row.roles.internalMass, originMass: row.roles.originMass,
        destinationMass: row.roles.destinationMass, transitMass: row.roles.transitMass,
        lengthShare: share(row.lengthMeters, of: total.lengthM),
        travelTimeShare: share(row.travelTimeSeconds, of: total.travelTimeS),
        enteringShare: share(row.enteringMass, of: total.connectedMass),
        trips: Array(
          trips.lazy.filter { trip in
            (trip.provinces + trip.abroad).contains { $0.id == unit.id && $0.entryProbability > 0 }
          }.map(\.id).prefix(100)),
        isAbroad: unit.isAbroad, isMet: row.lengthMeters > 0 || row.travelTimeSeconds > 0)
    }
    provinces = rows.filter { !$0.isAbroad }
    abroad = rows.filter { $0.isAbroad && $0.isMet }
    outlines = analysis.outlines
  }

  public var text: String {
    var parts = [table.text]
    let unmet = provinces.count { !$0.isMet }
    if unmet > 0 { parts.append("Without exposure: \(unmet) of \(provinces.count) provinces.") }
    let left = trips.filter { !$0.leftWaypoints.isEmpty }.map {
      "\($0.id) does not pass its closed waypoint \($0.leftWaypoints.joined(separator: ", "))."
        .escapingControlCharacters
    }
    if !left.isEmpty { parts.append(left.joined(separator: "\n")) }
    if !cutOff.isEmpty { parts.append(noWay(cutOff)) }
    if choice != .shortest { parts.append(wrapped(choice.sentence(measure: measure))) }
    parts.append(wrapped(manifest.notice))
    return parts.joined(separator: "\n\n")
  }

  private var table: TextTable {
    // With masses other than 1 the sums are no longer kilometres and hours of anybody's way.
    let isWeighted = trips.contains { $0.mass != 1 }
    // What a single way meets is surely met: then the corridors tell more than shares.
    let tellsShares = choice != .shortest
    let last: [(title: String, alignment: TextTable.Alignment)] =
      tellsShares
      ? [("enter %", .right), ("km %", .right), ("h %", .right)]
      : [(trips.allSatisfy { $0.provinceOrder != nil } ? "corridors" : "trips", .left)]
    var table = TextTable(
      [
        ("Province", .left), ("Id", .left), (isWeighted ? "mass·km" : "km", .right),
        (isWeighted ? "mass·h" : "hours", .right), ("entering", .right),
      ] + last)
    let order = provinces.filter(\.isMet).sorted {
      ($1.travelTimeS, $0.id) < ($0.travelTimeS, $1.id)
    }
    for row in order + abroad {
      let shares = [row.enteringShare, row.lengthShare, row.travelTimeShare].map {
        $0.map(Shown.percent) ?? "–"
      }
      table.add(
        [
          row.name.shortened(to: 18), row.id, Shown.kilometers(row.lengthM),
          Shown.hours(row.travelTimeS), Shown.fixed(row.enteringMass, 2),
        ] + (tellsShares ? shares : [row.trips.joined(separator: " ").shortened(to: 22)]))
    }
    table.add(
      ["Total", "", Shown.kilometers(total.lengthM), Shown.hours(total.travelTimeS)]
        + Array(repeating: "", count: 1 + last.count))
    return table
  }

  public var csv: [[String]] {
    [
      [
        "id", "name", "country", "length_m", "travel_time_s", "entering_mass", "internal_mass",
        "origin_mass", "destination_mass", "transit_mass", "trips", "length_share",
        "travel_time_share", "entering_share",
      ]
    ]
      + (provinces + abroad).map { row in
        [row.id, row.name, row.country ?? ""]
          + [
            row.lengthM, row.travelTimeS, row.enteringMass, row.internalMass, row.originMass,
            row.destinationMass, row.transitMass,
          ].map { "\($0)" } + [row.trips.joined(separator: " ")]
          + [row.lengthShare, row.travelTimeShare, row.enteringShare].map {
            $0.map { "\($0)" } ?? ""
          }
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
            "entering_mass": .number(row.enteringMass),
            "entering_share": PropertyValue(row.enteringShare), "corridors": .texts(row.trips),
            "fill": .text(scale.color(row.travelTimeS)), "fill-opacity": 0.7, "stroke": "#666666",
            "stroke-width": 1,
          ])
      }
    }
  }
}

/// A part of a whole; nil where there is no whole.
func share(_ part: Double, of whole: Double) -> Double? { whole > 0 ? part / whole : nil }
