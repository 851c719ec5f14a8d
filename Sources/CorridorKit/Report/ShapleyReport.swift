/// The Shapley values of closures.
public struct ShapleyReport: Report {
  /// One element.
  public struct Row: Encodable, Sendable, Hashable {
    /// The place by value, 1 for the largest; equal values share the better one.
    public let rank: Int
    /// The id of the crossing, site, link or chain.
    public let id: String
    /// What a reader calls it.
    public let name: String
    /// The Shapley value: mass, mass × seconds, or the unit of the province's exposure.
    public let value: Double
    /// The standard error of a sampled value; absent where it is exact.
    public let standardError: Double?
    /// What closing it alone does, in the same unit.
    public let alone: Double
  }

  /// From what the report was made.
  public let manifest: Manifest
  /// What is closed.
  public let over: CriticalElement.Kind
  /// What a set's closure is judged by.
  public let by: CriticalityMeasure
  /// The province asked about, and as what its exposure is measured.
  public let province: CriticalityFocus?
  /// The mass of the trips that have a way with everything open.
  public let connectedMass: Double
  /// What closing all of them does; the values sum to it.
  public let total: Double
  /// How many orders of closing were sampled; absent where the values are exact.
  public let sampledOrders: Int?
  /// By rank, then by id.
  public let rows: [Row]
  /// What a reader should know of the model of route choice.
  public let warnings: [String]
  private let shown: Int?
  private let leftOut: Int
  private let elements: [CriticalElement]

  private enum CodingKeys: CodingKey {
    case manifest, over, by, province, connectedMass, total, sampledOrders, rows, warnings
  }

  /// A report on Shapley values.
  ///
  /// - Parameters:
  ///   - values: The values.
  ///   - study: Of which they are.
  ///   - kind: What closes.
  ///   - leftOut: How many of that kind stay open because no trip passes them now.
  ///   - shown: How many rows the table shows; nil for all.
  ///   - manifest: From what the report is made.
  public init(
    _ values: ShapleyValues, of study: ClosureStudy, over kind: CriticalElement.Kind,
    leftOut: Int = 0, shown: Int?, manifest: Manifest
  ) {
    self.manifest = manifest
    over = kind
    by = values.measure
    province = CriticalityFocus(study)
    connectedMass = study.connectedMass
    total = values.total
    sampledOrders = values.sampledOrders
    warnings = study.warnings.map { "\($0)" }
    self.shown = shown
    self.leftOut = leftOut
    let ranked = values.ranked
    rows = ranked.map { place in
      let row = values.rows[place.index]
      return Row(
        rank: place.rank, id: row.element.id, name: row.element.name, value: row.value,
        standardError: row.standardError, alone: row.alone)
    }
    elements = ranked.map { values.rows[$0.index].element }
  }

  public var text: String {
    let count = min(shown ?? rows.count, rows.count)
    var lines = [
      "Shapley values of \(rows.count) \(over.rawValue), by \(by.title)",
      sampledOrders.map { "Sampled from \($0) orders of closing; ± is one standard error." }
        ?? "Exact.", "",
    ]
    var table = TextTable([
      ("#", .right), ("Name", .left), ("Id", .left), ("value", .right),
      (sampledOrders == nil ? "" : "±", .right), ("share %", .right), ("alone", .right),
    ])
    func amount(_ value: Double) -> String { Shown.signed(by.shown(value, province), 2) }
    for row in rows.prefix(count) {
      table.add([
        "\(row.rank)", row.name.shortened(to: 28), row.id.shortened(to: 24), amount(row.value),
        row.standardError.map { Shown.fixed(by.shown($0, province), 2) } ?? "",
        total == 0 ? "–" : Shown.fixed(100 * row.value / total, 1), amount(row.alone),
      ])
    }
    table.add(["", "Closing all of them", "", amount(total), "", "", ""])
    lines += [table.text, ""]
    if rows.count > count {
      lines.append("\(rows.count - count) more: --top, or another --format.")
    }
    if leftOut > 0 {
      lines.append(
        wrapped(
          "\(leftOut) \(over.rawValue) that no trip passes now stay open here; --among all counts them, "
            + "too, and takes longer."))
    }
    if total == 0 {
      lines.append(
        wrapped(
          "Closing all of them does nothing here: what stays open replaces them. Add what does, for "
            + "example by --among with a border such as KZ-KG, or all."))
    }
    lines += CriticalityNotes.lines(manifest, warnings: warnings)
    return lines.joined(separator: "\n")
  }

  public var csv: [[String]] {
    [["rank", "id", "name", "value", "standard_error", "alone"]]
      + rows.map { row in
        [
          "\(row.rank)", row.id, row.name, "\(row.value)",
          row.standardError.map { "\($0)" } ?? "", "\(row.alone)",
        ]
      }
  }

  public var features: [ReportFeature]? {
    let largest = rows.map { abs($0.value) }.max() ?? 0
    return zip(rows, elements).map { row, element in
      ReportFeature(
        id: row.id, geometry: element.geometry,
        properties: [
          "rank": .integer(row.rank), "name": .text(row.name), "value": .number(row.value),
          "standard_error": PropertyValue(row.standardError), "alone": .number(row.alone),
        ].merging(element.style(row.value, largest: largest)) { $1 })
    }
  }
}
