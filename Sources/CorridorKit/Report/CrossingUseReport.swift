import Geography
public import TransportGraph

/// How much of what travels passes each border crossing, and each site of crossings.
public struct CrossingUseReport: Report {
  /// One crossing of the network.
  public struct Row: Encodable, Sendable, Hashable {
    /// The crossing's id.
    public let id: String
    /// The site that it belongs to: crossings of several modes at one place share one.
    public let site: String
    /// The name in English.
    public let name: String
    /// The two countries, ISO 3166-1 alpha-2.
    public let countries: [String]
    /// The mode that passes.
    public let mode: String
    /// Today's: `open`, `bilateral`, `seasonal` or `closed`.
    public let status: String
    /// Σ mass × expected number of passages, in either direction.
    public let useMass: Double
    /// Σ mass × probability of passing it at all.
    public let passingMass: Double
    /// Passing mass over the connected mass, 0 to 1: of a single trip the probability that it passes.
    /// Nil where nothing is connected.
    public let passingShare: Double?
    let coordinate: Coordinate

    private enum CodingKeys: CodingKey {
      case id, site, name, countries, mode, status, useMass, passingMass, passingShare
    }
  }

  /// The crossings of one site together.
  public struct SiteRow: Encodable, Sendable, Hashable {
    /// The site.
    public let id: String
    /// The ids of its crossings on the network.
    public let crossings: [String]
    /// Σ mass × expected number of passages by any of them.
    public let useMass: Double
    /// Σ mass × probability of passing any of them; at most the sum over the crossings.
    public let passingMass: Double
    /// Passing mass over the connected mass, 0 to 1.
    public let passingShare: Double?
  }

  /// Sums over all trips.
  public struct Total: Encodable, Sendable, Hashable {
    /// The mass of the trips that a way was found for.
    public let connectedMass: Double
    /// The mass of the others.
    public let disconnectedMass: Double
  }

  /// From what the report was made.
  public let manifest: Manifest
  /// The crossings that a link of the network passes, in the order of the catalogue.
  public let crossings: [Row]
  /// Their sites, in the order of the catalogue.
  public let sites: [SiteRow]
  /// Sums over all trips.
  public let total: Total
  /// The trips that no way was found for.
  public let cutOff: [CutOffSummary]
  /// What a reader should know of the route choice, a sentence each.
  public let warnings: [String]
  private let choice: String

  private enum CodingKeys: CodingKey {
    case manifest, crossings, sites, total, cutOff, warnings
  }

  /// A report on the crossings of an analysis.
  ///
  /// - Parameters:
  ///   - trips: What travels.
  ///   - passages: How each trip passes crossings, in the same order; nil where no way was found.
  ///   - cutOff: The trips that no way was found for.
  ///   - model: How travellers spread over the ways between two places.
  ///   - warnings: What a reader should know of the model's result.
  public init(
    _ trips: [Trip], _ passages: [CrossingPassages?], cutOff: [CutOffSummary],
    by model: RouteChoiceModel, warnings: [RouteChoiceWarning], analysis: Analysis,
    manifest: Manifest
  ) {
    var byCrossing: [String: Masses] = [:]
    var bySite: [String: Masses] = [:]
    var (connected, disconnected) = (0.0, 0.0)
    for (trip, passages) in zip(trips, passages) {
      guard let passages else {
        disconnected += trip.mass
        continue
      }
      connected += trip.mass
      for (id, passage) in passages.crossings { byCrossing[id, default: .zero].add(passage, trip) }
      for (id, passage) in passages.sites { bySite[id, default: .zero].add(passage, trip) }
    }
    self.manifest = manifest
    self.cutOff = cutOff
    self.warnings = warnings.map(\.description)
    choice = model.sentence(measure: analysis.profile.measure)
    total = Total(connectedMass: connected, disconnectedMass: disconnected)
    let onNetwork = Set(
      analysis.area.crossingLinks.compactMap { analysis.area.graph.links[$0.index].crossingID })
    let listed = analysis.area.crossings.crossings.filter { onNetwork.contains($0.id) }
    crossings = listed.map { crossing in
      let masses = byCrossing[crossing.id] ?? .zero
      return Row(
        id: crossing.id, site: crossing.site, name: crossing.name, countries: crossing.countries,
        mode: crossing.mode.rawValue, status: crossing.status.rawValue, useMass: masses.use,
        passingMass: masses.passing, passingShare: share(masses.passing, of: connected),
        coordinate: crossing.coordinate)
    }
    var seen: Set<String> = []
    sites = listed.map(\.site).filter { seen.insert($0).inserted }.map { site in
      let masses = bySite[site] ?? .zero
      return SiteRow(
        id: site, crossings: listed.filter { $0.site == site }.map(\.id), useMass: masses.use,
        passingMass: masses.passing, passingShare: share(masses.passing, of: connected))
    }
  }

  private struct Masses {
    var use: Double
    var passing: Double

    static let zero = Masses(use: 0, passing: 0)

    mutating func add(_ passage: CrossingPassages.Passage, _ trip: Trip) {
      use += trip.mass * passage.expectedUses
      passing += trip.mass * passage.probability
    }
  }

  public var text: String {
    var table = TextTable([
      ("Crossing", .left), ("Name", .left), ("Border", .left), ("Mode", .left), ("uses", .right),
      ("passing", .right), ("%", .right),
    ])
    let used = crossings.filter { $0.useMass > 0 }.sorted {
      ($1.passingMass, $0.id) < ($0.passingMass, $1.id)
    }
    for row in used {
      table.add([
        row.id.shortened(to: 20), row.name.shortened(to: 24), row.countries.joined(separator: "–"),
        row.mode, Shown.fixed(row.useMass, 3), Shown.fixed(row.passingMass, 3),
        row.passingShare.map(Shown.percent) ?? "–",
      ])
    }
    var parts = [table.text]
    let joined = sites.filter { site in
      used.count { $0.site == site.id } > 1
    }.map { site in
      wrapped(
        "\(site.id) (\(site.crossings.joined(separator: ", "))): uses "
          + "\(Shown.fixed(site.useMass, 3)), passing \(Shown.fixed(site.passingMass, 3)).")
    }
    if !joined.isEmpty { parts.append((["By site:"] + joined).joined(separator: "\n")) }
    parts.append(
      "Not passed: \(crossings.count - used.count) of \(crossings.count) crossings on the network.")
    if !cutOff.isEmpty { parts.append(noWay(cutOff)) }
    parts.append(wrapped(choice))
    parts.append(wrapped(manifest.notice))
    return parts.joined(separator: "\n\n")
  }

  public var csv: [[String]] {
    [
      [
        "id", "site", "name", "countries", "mode", "status", "use_mass", "passing_mass",
        "passing_share", "longitude", "latitude",
      ]
    ]
      + crossings.map { row in
        [
          row.id, row.site, row.name, row.countries.joined(separator: "-"), row.mode, row.status,
          "\(row.useMass)", "\(row.passingMass)", row.passingShare.map { "\($0)" } ?? "",
          "\(row.coordinate.longitude)", "\(row.coordinate.latitude)",
        ]
      }
  }

  public var features: [ReportFeature]? {
    crossings.map { row in
      ReportFeature(
        id: row.id, geometry: .point(row.coordinate),
        properties: [
          "site": .text(row.site), "name": .text(row.name), "countries": .texts(row.countries),
          "mode": .text(row.mode), "status": .text(row.status), "use_mass": .number(row.useMass),
          "passing_mass": .number(row.passingMass),
          "passing_share": PropertyValue(row.passingShare),
          "marker-color": .text(row.useMass > 0 ? "#b2182b" : "#878787"),
          "marker-size": .text(row.useMass > 0 ? "medium" : "small"),
          "marker-symbol": .text(row.mode == "rail" ? "rail" : "car"),
        ])
    }
  }
}
