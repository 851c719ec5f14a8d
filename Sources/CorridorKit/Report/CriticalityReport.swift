/// What each closure does by itself, ranked.
public struct CriticalityReport: Report {
  /// What a closure changes in a unit.
  public struct Change: Encodable, Sendable, Hashable {
    /// A province's id, or `ABROAD:RU`.
    public let id: String
    /// Mass × metres, after less before.
    public let lengthChangeM: Double
    /// Mass × seconds, after less before.
    public let travelTimeChangeS: Double
    /// The mass that enters the unit, after less before.
    public let enteringMassChange: Double
    /// True for a unit that no trip entered before.
    public let isNew: Bool
  }

  /// One closure.
  public struct Row: Encodable, Sendable, Hashable {
    /// The place by ``CriticalityReport/by``, 1 for the largest; equal values share the better one.
    public let rank: Int
    /// The id of the crossing, site, link or chain.
    public let id: String
    /// What a reader calls it.
    public let name: String
    /// The ids of the links that close.
    public let links: [String]
    /// The mass that passes when it is open.
    public let passingMass: Double
    /// The mass that its closure cuts off.
    public let lostMass: Double
    /// Mass × seconds that the trips still connected take longer.
    public let extraTravelTimeS: Double
    /// Cost after over cost before, over the trips still connected.
    public let detourFactor: Double?
    /// The entering mass that moves to other units.
    public let displacedMass: Double
    /// The change of the exposure of the province asked about, in the unit of its measure.
    public let provinceChange: Double?
    /// The units whose exposure changes.
    public let changes: [Change]
  }

  /// From what the report was made.
  public let manifest: Manifest
  /// What is closed, one at a time.
  public let over: CriticalElement.Kind
  /// What the rows are ranked by.
  public let by: CriticalityMeasure
  /// The province asked about, and as what its exposure is measured.
  public let province: CriticalityFocus?
  /// The mass of the trips that have a way with everything open.
  public let connectedMass: Double
  /// One for each closure, by rank, then by id.
  public let rows: [Row]
  /// What a reader should know of the model of route choice.
  public let warnings: [String]
  private let mapped: [ReportFeature]
  private let shown: Int?

  private enum CodingKeys: CodingKey {
    case manifest, over, by, province, connectedMass, rows, warnings
  }

  /// A report on closures, one at a time.
  ///
  /// - Parameters:
  ///   - criticality: What each does.
  ///   - study: Of which they are.
  ///   - kind: What was closed.
  ///   - measure: What they are ranked by.
  ///   - shown: How many rows the table shows; nil for all.
  ///   - manifest: From what the report is made.
  public init(
    _ criticality: Criticality, of study: ClosureStudy, over kind: CriticalElement.Kind,
    by measure: CriticalityMeasure, shown: Int?, manifest: Manifest
  ) {
    self.manifest = manifest
    over = kind
    by = measure
    self.shown = shown
    province = CriticalityFocus(study)
    connectedMass = study.connectedMass
    warnings = study.warnings.map { "\($0)" }
    let units = study.analysis.matrix.units.units
    let graph = study.analysis.area.graph
    let ranked = criticality.ranked(by: measure)
    rows = ranked.map { place in
      let row = criticality.rows[place.index]
      return Row(
        rank: place.rank, id: row.element.id, name: row.element.name,
        links: row.element.links.map { graph.links[$0.index].id }, passingMass: row.passingMass,
        lostMass: row.effect.lostMass, extraTravelTimeS: row.effect.extraTimeSeconds,
        detourFactor: row.detourFactor, displacedMass: row.effect.displacedMass,
        provinceChange: study.focus.map { _ in row.effect.provinceChange },
        changes: row.changes.map {
          Change(
            id: units[$0.unit].id, lengthChangeM: $0.lengthMeters,
            travelTimeChangeS: $0.travelTimeSeconds, enteringMassChange: $0.enteringMass,
            isNew: $0.isNew)
        })
    }
    let largest = criticality.rows.map { abs($0.effect[measure]) }.max() ?? 0
    mapped = zip(ranked, rows).map { place, row in
      let (element, effect) = (
        criticality.rows[place.index].element, criticality.rows[place.index].effect
      )
      return ReportFeature(
        id: row.id, geometry: element.geometry,
        properties: [
          "rank": .integer(row.rank), "name": .text(row.name),
          "passing_mass": .number(row.passingMass), "lost_mass": .number(row.lostMass),
          "extra_travel_time_s": .number(row.extraTravelTimeS),
          "detour_factor": PropertyValue(row.detourFactor),
          "displaced_mass": .number(row.displacedMass),
          "province_change": PropertyValue(row.provinceChange),
          "new_units": .texts(row.changes.filter(\.isNew).map(\.id)),
        ].merging(element.style(effect[measure], largest: largest)) { $1 })
    }
  }

  public var text: String {
    let effective = rows.filter { $0.hasEffect }
    var lines = ["Each closed by itself: \(rows.count) \(over.rawValue), by \(by.title)", ""]
    var columns: [(title: String, alignment: TextTable.Alignment)] = [
      ("#", .right), ("Id", .left), ("passing", .right), ("lost", .right), ("hours", .right),
      ("detour", .right), ("displaced", .right),
    ]
    columns.append(province.map { ("\($0.id) \($0.unitName)", .right) } ?? ("most to", .left))
    var table = TextTable(columns)
    for row in effective.prefix(shown ?? effective.count) {
      let most = row.changes.max { ($0.enteringMassChange, $1.id) < ($1.enteringMassChange, $0.id) }
      table.add([
        "\(row.rank)", row.id.shortened(to: 24), Shown.fixed(row.passingMass, 2),
        Shown.fixed(row.lostMass, 2), Shown.signed(row.extraTravelTimeS / 3600, 2),
        row.detourFactor.map { Shown.fixed($0, 3) } ?? "–", Shown.fixed(row.displacedMass, 2),
        province.map { Shown.signed($0.shown(row.provinceChange ?? 0), 2) }
          ?? most.flatMap {
            guard $0.enteringMassChange > 0 else { return nil }
            return "\($0.id) \(Shown.signed($0.enteringMassChange, 2))" + ($0.isNew ? " new" : "")
          } ?? "",
      ])
    }
    lines += [table.text, ""]
    let hidden = effective.count - min(shown ?? effective.count, effective.count)
    if hidden > 0 {
      lines.append("\(hidden) more that change something: --top, or another --format.")
    }
    if effective.count < rows.count {
      lines.append("Without effect: \(rows.count - effective.count).")
    }
    lines += CriticalityNotes.lines(manifest, warnings: warnings)
    return lines.joined(separator: "\n")
  }

  public var csv: [[String]] {
    [
      [
        "rank", "id", "name", "passing_mass", "lost_mass", "extra_travel_time_s", "detour_factor",
        "displaced_mass", "province_change", "new_units",
      ]
    ]
      + rows.map { row in
        ["\(row.rank)", row.id, row.name]
          + [row.passingMass, row.lostMass, row.extraTravelTimeS].map { "\($0)" }
          + [
            row.detourFactor.map { "\($0)" } ?? "", "\(row.displacedMass)",
            row.provinceChange.map { "\($0)" } ?? "",
            row.changes.filter(\.isNew).map(\.id).joined(separator: " "),
          ]
      }
  }

  public var features: [ReportFeature]? { mapped }
}

extension CriticalityReport.Row {
  fileprivate var hasEffect: Bool { lostMass > 0 || extraTravelTimeS != 0 || !changes.isEmpty }
}
