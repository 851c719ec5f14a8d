import Geography

/// What elements do when they close together, beyond what each does alone.
public struct JointClosuresReport: Report {
  /// Figures of a set of closures.
  public struct Figures: Encodable, Sendable, Hashable {
    /// The mass that is cut off.
    public let lostMass: Double
    /// Mass × seconds that the trips still connected take longer.
    public let extraTravelTimeS: Double
    /// The entering mass that moves to other units.
    public let displacedMass: Double
    /// The change of the exposure of the province asked about, in the unit of its measure.
    public let provinceChange: Double?

    init(_ effect: ClosureEffect, _ focus: CriticalityFocus?) {
      lostMass = effect.lostMass
      extraTravelTimeS = effect.extraTimeSeconds
      displacedMass = effect.displacedMass
      provinceChange = focus.map { _ in effect.provinceChange }
    }
  }

  /// A set.
  public struct Row: Encodable, Sendable, Hashable {
    /// The place by what the set does together, 1 for the largest; equal values share the better one.
    public let rank: Int
    /// The place by how much that is beyond the parts.
    public let synergyRank: Int
    /// The ids of what closes.
    public let ids: [String]
    /// What closing all does.
    public let joint: Figures
    /// Cost after over cost before, over the trips still connected.
    public let detourFactor: Double?
    /// The joint figures less the sums of those of each alone.
    public let synergy: Figures
  }

  /// From what the report was made.
  public let manifest: Manifest
  /// What is closed.
  public let over: CriticalElement.Kind
  /// How many close together.
  public let together: Int
  /// What the rows are ranked by.
  public let by: CriticalityMeasure
  /// The province asked about, and as what its exposure is measured.
  public let province: CriticalityFocus?
  /// The mass of the trips that have a way with everything open.
  public let connectedMass: Double
  /// How many sets there are; all of them were answered.
  public let setCount: Int
  /// The sets of which each member counts, by rank, then by ids.
  public let rows: [Row]
  /// What a reader should know of the model of route choice.
  public let warnings: [String]
  private let shown: Int?
  private let geometries: [Geometry]

  private enum CodingKeys: CodingKey {
    case manifest, over, together, by, province, connectedMass, setCount, rows, warnings
  }

  /// A report on closures of several at once.
  ///
  /// - Parameters:
  ///   - sets: What they do.
  ///   - study: Of which they are.
  ///   - kind: What was closed.
  ///   - measure: What they are ranked by.
  ///   - shown: How many rows a table shows; nil for all.
  ///   - manifest: From what the report is made.
  public init(
    _ sets: JointClosures, of study: ClosureStudy, over kind: CriticalElement.Kind,
    by measure: CriticalityMeasure, shown: Int?, manifest: Manifest
  ) {
    self.manifest = manifest
    over = kind
    together = sets.size
    by = measure
    self.shown = shown
    connectedMass = study.connectedMass
    setCount = sets.setCount
    warnings = study.warnings.map { "\($0)" }
    let focus = CriticalityFocus(study)
    province = focus
    let ranked = sets.ranked(by: measure, of: \.joint)
    var synergyRanks = [Int](repeating: 0, count: sets.rows.count)
    for place in sets.ranked(by: measure, of: \.synergy) { synergyRanks[place.index] = place.rank }
    rows = ranked.map { place in
      let row = sets.rows[place.index]
      return Row(
        rank: place.rank, synergyRank: synergyRanks[place.index], ids: sets.ids(row),
        joint: Figures(row.joint, focus), detourFactor: row.detourFactor,
        synergy: Figures(row.synergy, focus))
    }
    geometries = ranked.map { place in
      .geometryCollection(sets.rows[place.index].members.map { sets.elements[$0].geometry })
    }
  }

  private func value(_ figures: Figures) -> Double {
    switch by {
    case .lost: figures.lostMass
    case .hours: figures.extraTravelTimeS
    case .displaced: figures.displacedMass
    case .province: figures.provinceChange ?? 0
    }
  }

  private func table(_ rows: [Row]) -> String {
    var table = TextTable([
      ("joint #", .right), ("beyond #", .right), ("Closed together", .left), ("joint", .right),
      ("beyond the parts", .right), ("detour", .right),
    ])
    // Three ids of the longest kind still fit a line.
    let width = 44 / together
    for row in rows {
      table.add([
        "\(row.rank)", "\(row.synergyRank)",
        row.ids.map { $0.shortened(to: width) }.joined(separator: " + "),
        Shown.signed(by.shown(value(row.joint), province), 2),
        Shown.signed(by.shown(value(row.synergy), province), 2),
        row.detourFactor.map { Shown.fixed($0, 3) } ?? "–",
      ])
    }
    return table.text
  }

  public var text: String {
    let count = min(shown ?? rows.count, rows.count)
    let bySynergy = rows.sorted { $0.synergyRank < $1.synergyRank }
      .filter { value($0.synergy) > 0 }
    var lines = [
      "\(setCount) sets of \(together) \(over.rawValue), closed together; each member counts in "
        + "\(rows.count)",
      "", "By \(by.title)", "", table(Array(rows.prefix(count))), "",
      "By what is beyond the parts: each looks more harmless alone", "",
    ]
    lines.append(
      bySynergy.isEmpty ? "None does more than its parts." : table(Array(bySynergy.prefix(count))))
    lines.append("")
    if rows.count > count {
      lines.append("\(rows.count - count) more: --top, or another --format.")
    }
    lines += CriticalityNotes.lines(manifest, warnings: warnings)
    return lines.joined(separator: "\n")
  }

  private static let figures: [(name: String, value: @Sendable (Figures) -> Double?)] = [
    ("lost_mass", { $0.lostMass }), ("extra_travel_time_s", { $0.extraTravelTimeS }),
    ("displaced_mass", { $0.displacedMass }), ("province_change", { $0.provinceChange }),
  ]

  public var csv: [[String]] {
    [
      ["rank", "synergy_rank", "ids"] + Self.figures.map { "joint_\($0.name)" } + ["detour_factor"]
        + Self.figures.map { "synergy_\($0.name)" }
    ]
      + rows.map { row in
        func texts(_ figures: Figures) -> [String] {
          Self.figures.map { $0.value(figures).map { "\($0)" } ?? "" }
        }
        return ["\(row.rank)", "\(row.synergyRank)", row.ids.joined(separator: " ")]
          + texts(row.joint) + [row.detourFactor.map { "\($0)" } ?? ""] + texts(row.synergy)
      }
  }

  public var features: [ReportFeature]? {
    zip(rows, geometries).map { row, geometry in
      var properties: [String: PropertyValue] = [
        "rank": .integer(row.rank), "synergy_rank": .integer(row.synergyRank),
        "ids": .texts(row.ids), "detour_factor": PropertyValue(row.detourFactor),
      ]
      for figure in Self.figures {
        properties["joint_\(figure.name)"] = PropertyValue(figure.value(row.joint))
        properties["synergy_\(figure.name)"] = PropertyValue(figure.value(row.synergy))
      }
      return ReportFeature(
        id: row.ids.joined(separator: " + "), geometry: geometry, properties: properties)
    }
  }
}
