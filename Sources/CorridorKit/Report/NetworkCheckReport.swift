import Geography
import TransportGraph

/// What deserves a look in a network, its crossings and its provinces. A finding is not an error: the
/// data can be used, and the reader knows its limits.
public struct NetworkCheckReport: Report {
  /// The kinds of finding, in the order in which they are told.
  public enum Kind: String, Encodable, Sendable, CaseIterable {
    /// A way of which parts lie in two countries, without a catalogued crossing.
    case uncataloguedCrossing = "uncatalogued_crossing"
    /// A crossing of the catalogue that no link passes.
    case crossingNotOnNetwork = "crossing_not_on_network"
    /// A crossing that lies away from the border of its two countries.
    case crossingOffBorder = "crossing_off_border"
    /// A way drawn as one straight line for more than 60 km.
    case longChord = "long_chord"
    /// A stated length of more than twice the line's own.
    case lengthRatio = "length_ratio"
    /// A town of more than 20,000 people farther than 10 km from any way.
    case settlementOffNetwork = "settlement_off_network"
    /// Ways of one mode that no way of that mode joins to the largest piece.
    case separatePiece = "separate_piece"
    /// Two provinces that overlap, or a gap between provinces.
    case coverage
    /// Something that was repaired on reading.
    case repair

    var title: String {
      switch self {
      case .uncataloguedCrossing: "Uncatalogued border crossings"
      case .crossingNotOnNetwork: "Catalogued crossings that no link passes"
      case .crossingOffBorder: "Crossings away from their border"
      case .longChord: "Ways drawn as one line over 60 km"
      case .lengthRatio: "Stated lengths over twice the line"
      case .settlementOffNetwork: "Towns over 20,000 farther than 10 km from a way"
      case .separatePiece: "Separate pieces"
      case .coverage: "Provinces that overlap or leave gaps"
      case .repair: "Repaired on reading"
      }
    }
  }

  /// Something that deserves a look.
  public struct Finding: Encodable, Sendable, Hashable {
    /// What it is.
    public let kind: Kind
    /// The id of what the finding is about.
    public let subject: String
    /// What was found, for a reader.
    public let message: String
    /// Degrees east (WGS 84), or planar x; nil for a finding without a place.
    public let longitude: Double?
    /// Degrees north (WGS 84), or planar y; nil for a finding without a place.
    public let latitude: Double?
  }

  /// From what the report was made.
  public let manifest: Manifest
  /// By kind, then by subject.
  public let findings: [Finding]
  /// The number of findings by kind, those without any too.
  public let counts: [String: Int]

  /// - Parameter countries: The countries whose borders and towns are checked.
  public init(_ area: StudyArea, countries: [String], manifest: Manifest)
    throws(CorridorKitError)
  {
    self.manifest = manifest
    var findings = NetworkCheck(area: area, countries: Set(countries))
    try findings.run()
    self.findings = findings.findings.sorted {
      let order = Kind.allCases
      return (order.firstIndex(of: $0.kind) ?? 0, $0.subject)
        < (order.firstIndex(of: $1.kind) ?? 0, $1.subject)
    }
    counts = Dictionary(
      uniqueKeysWithValues: Kind.allCases.map { kind in
        (kind.rawValue, findings.findings.count { $0.kind == kind })
      })
  }

  /// How many findings of a kind the table shows; the JSON has all.
  private static let shownOfAKind = 40

  public var text: String {
    var lines: [String] = []
    for kind in Kind.allCases {
      let found = findings.filter { $0.kind == kind }
      lines.append("\(kind.title): \(found.count)")
      lines += found.prefix(Self.shownOfAKind).map {
        "  \($0.subject): \($0.message)".escapingControlCharacters
      }
      if found.count > Self.shownOfAKind {
        lines.append("  … and \(found.count - Self.shownOfAKind) more (--format json)")
      }
    }
    return lines.joined(separator: "\n")
  }

  public var csv: [[String]] {
    [["kind", "subject", "message", "longitude", "latitude"]]
      + findings.map {
        [
          $0.kind.rawValue, $0.subject, $0.message, $0.longitude.map { "\($0)" } ?? "",
          $0.latitude.map { "\($0)" } ?? "",
        ]
      }
  }

  public var features: [ReportFeature]? {
    findings.enumerated().compactMap { index, finding in
      guard let longitude = finding.longitude, let latitude = finding.latitude else { return nil }
      return ReportFeature(
        id: "finding-\(index)",
        geometry: .point(Coordinate(longitude: longitude, latitude: latitude)),
        properties: [
          "kind": .text(finding.kind.rawValue), "subject": .text(finding.subject),
          "message": .text(finding.message),
        ])
    }
  }
}

/// The checks, one function each.
private struct NetworkCheck {
  typealias Finding = NetworkCheckReport.Finding

  let area: StudyArea
  let countries: Set<String>
  var findings: [Finding] = []

  private static let longChordMeters = 60_000.0
  private static let lengthRatio = 2.0
  private static let townPopulation = 20_000
  private static let townReachMeters = 10_000.0

  init(area: StudyArea, countries: Set<String>) {
    self.area = area
    self.countries = countries
  }

  mutating func run() throws(CorridorKitError) {
    checkBorders()
    checkCatalogue()
    checkLines()
    try checkSettlements()
    checkPieces()
    try checkCoverage()
    for repair in area.repairs { add(.repair, "provinces", repair, at: nil) }
  }

  private mutating func add(
    _ kind: NetworkCheckReport.Kind, _ subject: String, _ message: String, at place: Coordinate?
  ) {
    findings.append(
      Finding(
        kind: kind, subject: subject, message: message, longitude: place?.longitude,
        latitude: place?.latitude))
  }

  private func country(_ column: Int32) -> String? {
    column == area.overlay.outside ? nil : area.provinces.provinces[Int(column)].country
  }

  private mutating func checkBorders() {
    for (index, link) in area.graph.links.enumerated() {
      let met = area.countriesCrossed(by: LinkID(index)).sorted()
      guard !met.isEmpty, !countries.isDisjoint(with: met) else { continue }
      let line = area.network.lines[index]
      add(
        .uncataloguedCrossing, link.id,
        "\(link.mode.rawValue) between \(met.joined(separator: " and ")) near "
          + "\(shown(line[line.count / 2]))",
        at: line[line.count / 2])
    }
  }

  private func shown(_ place: Coordinate) -> String {
    "\(Shown.fixed(place.longitude, 3)), \(Shown.fixed(place.latitude, 3))"
  }

  private mutating func checkCatalogue() {
    var linkOfCrossing: [String: LinkID] = [:]
    for (index, link) in area.graph.links.enumerated() {
      if let id = link.crossingID { linkOfCrossing[id] = LinkID(index) }
    }
    for crossing in area.crossings.crossings {
      guard let link = linkOfCrossing[crossing.id] else {
        add(
          .crossingNotOnNetwork, crossing.id,
          "\(crossing.name), \(crossing.mode.rawValue), status \(crossing.status.rawValue)",
          at: crossing.coordinate)
        continue
      }
      let sides = Set(area.overlay.dwellShares(of: link).compactMap { country($0.column) })
      let missing = Set(crossing.countries).subtracting(sides).sorted()
      guard !missing.isEmpty else { continue }
      add(
        .crossingOffBorder, crossing.id,
        "no province of \(missing.joined(separator: " or ")) within 5 km",
        at: crossing.coordinate)
    }
  }

  private mutating func checkLines() {
    for (index, link) in area.graph.links.enumerated() where link.kind == .way {
      let line = area.network.lines[index]
      let drawn = area.network.metric.length(of: line)
      if line.count == 2, drawn > Self.longChordMeters, touchesCountries(LinkID(index)) {
        add(
          .longChord, link.id,
          "\(link.mode.rawValue), \(Shown.kilometers(drawn)) km as one line",
          at: line[0])
      }
      if link.lengthMeters > Self.lengthRatio * drawn, link.lengthMeters - drawn > 10_000,
        touchesCountries(LinkID(index))
      {
        add(
          .lengthRatio, link.id,
          "\(link.mode.rawValue), stated \(Shown.kilometers(link.lengthMeters)) km, line "
            + "\(Shown.kilometers(drawn)) km", at: line[0])
      }
    }
  }

  private func touchesCountries(_ link: LinkID) -> Bool {
    area.overlay.lengths(of: link).contains { country($0.column).map(countries.contains) ?? false }
  }

  private mutating func checkSettlements() throws(CorridorKitError) {
    let resolver = PlaceResolver(
      area, modes: Set(Mode.allCases), snapLimitMeters: .infinity)
    for settlement in area.gazetteer.settlements
    where settlement.population > Self.townPopulation && countries.contains(settlement.country) {
      let place = try resolver.snap(settlement.coordinate, label: settlement.name)
      guard place.snapMeters > Self.townReachMeters else { continue }
      add(
        .settlementOffNetwork, settlement.id,
        "\(settlement.name), \(settlement.population) people, "
          + "\(Shown.kilometers(place.snapMeters)) km from node "
          + area.graph.nodes[place.node.index].id,
        at: settlement.coordinate)
    }
  }

  private mutating func checkPieces() {
    for mode in Mode.allCases {
      let pieces = area.graph.pieces { link in
        area.graph.links[link.index].mode == mode && area.graph.links[link.index].kind != .transfer
      }
      // Nodes of other modes are pieces of one node.
      for piece in pieces.nodeCounts.indices.dropFirst() where pieces.nodeCounts[piece] > 1 {
        guard let node = pieces.pieceOfNode.firstIndex(of: piece) else { continue }
        let place = area.graph.nodes[node]
        let inside = pieces.pieceOfNode.indices.contains {
          pieces.pieceOfNode[$0] == piece
            && area.graph.links(at: NodeID($0)).contains(where: touchesCountries)
        }
        guard inside else { continue }
        add(
          .separatePiece, place.id,
          "\(mode.rawValue), \(pieces.nodeCounts[piece]) nodes near \(shown(place.coordinate))",
          at: place.coordinate)
      }
    }
  }

  private mutating func checkCoverage() throws(CorridorKitError) {
    do {
      let report = try area.provinces.coverage()
      for overlap in report.overlaps {
        add(
          .coverage, "\(overlap.first), \(overlap.second)",
          "overlap of \(Shown.fixed(overlap.squareKilometers, 6)) km²", at: nil)
      }
      for gap in report.gaps {
        add(
          .coverage, "gap", "\(Shown.fixed(gap.squareKilometers, 6)) km² that no province covers",
          at: gap.at)
      }
    } catch {
      throw .geography(error)
    }
  }
}
