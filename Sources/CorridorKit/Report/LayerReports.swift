import Geography
import RiskIndex
public import TransportGraph

/// The provinces with exposure and risk together, for one map layer.
public struct ProvinceLayerReport: Report {
  /// From what the report was made.
  public let manifest: Manifest
  /// The listed provinces.
  public let exposure: [ExposureReport.Row]
  /// The scored provinces; empty where no scores were computed.
  public let risk: [RiskReport.Row]
  private let outlines: [String: [Polygon]]

  private enum CodingKeys: CodingKey { case manifest, exposure, risk }

  /// A layer of two reports on the same provinces.
  public init(_ exposure: ExposureReport, risk: RiskReport?, analysis: Analysis) {
    manifest = exposure.manifest
    self.exposure = exposure.provinces
    self.risk = risk?.provinces ?? []
    outlines = analysis.outlines
  }

  public var text: String {
    var table = TextTable([
      ("Province", .left), ("Id", .left), ("km", .right), ("hours", .right), ("entering", .right),
      ("risk", .right), ("rank", .right),
    ])
    for row in exposure {
      let risk = risk.first { $0.id == row.id }
      table.add([
        row.name.shortened(to: 24), row.id, Shown.kilometers(row.lengthM),
        Shown.hours(row.travelTimeS), Shown.fixed(row.enteringMass, 2),
        risk?.score.map { Shown.fixed($0, 1) } ?? "–", risk?.rank.map { "\($0)" } ?? "–",
      ])
    }
    return [table.text, wrapped(manifest.notice)].joined(separator: "\n\n")
  }

  public var csv: [[String]] {
    [["id", "name", "length_m", "travel_time_s", "entering_mass", "risk_score", "risk_rank"]]
      + exposure.map { row in
        let risk = risk.first { $0.id == row.id }
        return [
          row.id, row.name, "\(row.lengthM)", "\(row.travelTimeS)", "\(row.enteringMass)",
          risk?.score.map { "\($0)" } ?? "", risk?.rank.map { "\($0)" } ?? "",
        ]
      }
  }

  public var features: [ReportFeature]? {
    let scores = risk.compactMap(\.score)
    let scale = ColorScale(scores.isEmpty ? exposure.map(\.travelTimeS) : scores)
    return exposure.compactMap { row in
      outlines[row.id].map { polygons in
        let risk = risk.first { $0.id == row.id }
        let value = scores.isEmpty ? row.travelTimeS : risk?.score
        return ReportFeature(
          id: row.id, geometry: Geometry(polygons),
          properties: (risk?.properties ?? [:]).merging([
            "name": .text(row.name), "country": PropertyValue(row.country),
            "length_m": .number(row.lengthM), "travel_time_s": .number(row.travelTimeS),
            "entering_mass": .number(row.enteringMass), "transit_mass": .number(row.transitMass),
            "corridors": .texts(row.trips), "fill": .text(value.map(scale.color) ?? "#cccccc"),
            "fill-opacity": 0.7, "stroke": "#666666", "stroke-width": 1,
          ]) { $1 })
      }
    }
  }
}

/// The border crossings with the mass that uses each.
public struct CrossingLayerReport: Report {
  /// One crossing.
  public struct Row: Encodable, Sendable, Hashable {
    /// The crossing's id.
    public let id: String
    /// The name in English.
    public let name: String
    /// The two countries, ISO 3166-1 alpha-2.
    public let countries: [String]
    /// The mode that passes.
    public let mode: String
    /// Today's: `open`, `bilateral`, `seasonal` or `closed`.
    public let status: String
    /// Likely hours at the crossing, and where the figure is from.
    public let dwellH: Double
    /// A citation, or `assumed`.
    public let dwellSource: String
    /// Whether the gauges of the two railways differ.
    public let hasGaugeBreak: Bool
    /// Whether a link of the network passes it.
    public let isOnNetwork: Bool
    /// Σ mass × share of the trips that pass it.
    public let useMass: Double
    let coordinate: Coordinate

    private enum CodingKeys: CodingKey {
      case id, name, countries, mode, status, dwellH, dwellSource, hasGaugeBreak, isOnNetwork,
        useMass
    }
  }

  /// From what the report was made.
  public let manifest: Manifest
  /// In the order of the catalogue.
  public let crossings: [Row]

  private enum CodingKeys: CodingKey { case manifest, crossings }

  /// A layer of all crossings of the catalogue.
  public init(_ use: LinkUseTotals, area: StudyArea, manifest: Manifest) {
    self.manifest = manifest
    // A crossing may have a link for each direction, or for each road that passes it.
    let links = Dictionary(grouping: area.crossingLinks) {
      area.graph.links[$0.index].crossingID ?? ""
    }
    crossings = area.crossings.crossings.map { crossing in
      let own = links[crossing.id] ?? []
      return Row(
        id: crossing.id, name: crossing.name, countries: crossing.countries,
        mode: crossing.mode.rawValue, status: crossing.status.rawValue,
        dwellH: crossing.dwell.mode, dwellSource: crossing.dwellSource,
        hasGaugeBreak: crossing.hasGaugeBreak, isOnNetwork: !own.isEmpty,
        useMass: own.reduce(0) { $0 + (use.masses[$1] ?? 0) }, coordinate: crossing.coordinate)
    }
  }

  public var text: String {
    var table = TextTable([
      ("Crossing", .left), ("Name", .left), ("Border", .left), ("Mode", .left), ("Status", .left),
      ("hours", .right), ("use", .right),
    ])
    for row in crossings {
      table.add([
        row.id.shortened(to: 20), row.name.shortened(to: 24), row.countries.joined(separator: "–"),
        row.mode, row.status, Shown.fixed(row.dwellH, 1), Shown.fixed(row.useMass, 2),
      ])
    }
    return [table.text, wrapped(manifest.notice)].joined(separator: "\n\n")
  }

  public var csv: [[String]] {
    [
      [
        "id", "name", "countries", "mode", "status", "dwell_h", "dwell_source", "is_on_network",
        "use_mass", "longitude", "latitude",
      ]
    ]
      + crossings.map {
        [
          $0.id, $0.name, $0.countries.joined(separator: "-"), $0.mode, $0.status, "\($0.dwellH)",
          $0.dwellSource, "\($0.isOnNetwork)", "\($0.useMass)", "\($0.coordinate.longitude)",
          "\($0.coordinate.latitude)",
        ]
      }
  }

  public var features: [ReportFeature]? {
    crossings.map { row in
      ReportFeature(
        id: row.id, geometry: .point(row.coordinate),
        properties: [
          "name": .text(row.name), "countries": .texts(row.countries), "mode": .text(row.mode),
          "status": .text(row.status), "dwell_h": .number(row.dwellH),
          "dwell_source": .text(row.dwellSource), "is_on_network": .flag(row.isOnNetwork),
          "use_mass": .number(row.useMass),
          "marker-color": .text(row.useMass > 0 ? "#b2182b" : "#878787"),
          "marker-size": .text(row.useMass > 0 ? "medium" : "small"),
          "marker-symbol": .text(row.mode == "rail" ? "rail" : "car"),
        ])
    }
  }
}

/// The links that trips use, with the mass on each.
public struct LinkLayerReport: Report {
  /// One link.
  public struct Row: Encodable, Sendable, Hashable {
    /// The link's id.
    public let id: String
    /// `road`, `rail` or `ferry`.
    public let mode: String
    /// `way`, `crossing` or `transfer`.
    public let kind: String
    /// The crossing that it stands for, if it is one.
    public let crossing: String?
    /// Metres.
    public let lengthM: Double
    /// Σ mass × share of the trips that use it, both directions together.
    public let useMass: Double
    let line: [Coordinate]

    private enum CodingKeys: CodingKey { case id, mode, kind, crossing, lengthM, useMass }
  }

  /// From what the report was made.
  public let manifest: Manifest
  /// In the order of the network.
  public let links: [Row]

  private enum CodingKeys: CodingKey { case manifest, links }

  /// - Parameter includesUnused: Whether links of no use are told too.
  public init(
    _ use: LinkUseTotals, includesUnused: Bool = false, area: StudyArea, manifest: Manifest
  ) {
    self.manifest = manifest
    links = area.graph.links.enumerated().compactMap { index, link in
      let mass = use.masses[LinkID(index)] ?? 0
      guard mass > 0 || includesUnused else { return nil }
      return Row(
        id: link.id, mode: link.mode.rawValue, kind: link.kind.rawValue, crossing: link.crossingID,
        lengthM: link.lengthMeters, useMass: mass, line: area.network.lines[index])
    }
  }

  public var text: String {
    var table = TextTable([
      ("Link", .left), ("Mode", .left), ("Kind", .left), ("km", .right), ("use", .right),
    ])
    for row in links {
      table.add([
        row.id, row.mode, row.kind, Shown.kilometers(row.lengthM), Shown.fixed(row.useMass, 2),
      ])
    }
    return [table.text, wrapped(manifest.notice)].joined(separator: "\n\n")
  }

  public var csv: [[String]] {
    [["id", "mode", "kind", "crossing", "length_m", "use_mass"]]
      + links.map {
        [$0.id, $0.mode, $0.kind, $0.crossing ?? "", "\($0.lengthM)", "\($0.useMass)"]
      }
  }

  public var features: [ReportFeature]? {
    let scale = ColorScale(links.map(\.useMass))
    return links.map { row in
      ReportFeature(
        id: row.id, geometry: .lineString(row.line),
        properties: [
          "mode": .text(row.mode), "kind": .text(row.kind),
          "crossing": PropertyValue(row.crossing), "length_m": .number(row.lengthM),
          "use_mass": .number(row.useMass), "stroke": .text(scale.color(row.useMass)),
          "stroke-width": row.mode == "rail" ? 2 : 3,
        ])
    }
  }
}

/// The mass on every link that trips use, both directions together.
public struct LinkUseTotals: Sendable {
  /// Σ mass × share, for links that are used.
  public let masses: [LinkID: Double]

  /// Sums trips and what became of each, in the same order.
  public init(_ trips: [Trip], _ outcomes: [TripOutcome]) {
    var masses: [LinkID: Double] = [:]
    for (trip, outcome) in zip(trips, outcomes) {
      for use in outcome.exposure?.uses ?? [] {
        masses[use.link, default: 0] += trip.mass * use.share
      }
    }
    self.masses = masses
  }
}
