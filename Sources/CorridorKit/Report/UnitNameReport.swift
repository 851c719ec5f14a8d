/// What a name of a unit means in each vintage.
public struct UnitNameReport: Report {
  /// The answer in one vintage.
  public struct Row: Encodable, Sendable, Hashable {
    /// The vintage.
    public let vintage: String
    /// What answers to the name.
    public let answering: String
    /// The ids of the units that it lies in.
    public let units: [String]
    /// What readers call them.
    public let names: [String]
    /// Whether these units together are its territory; false where it is made of parts of them.
    public let isWhole: Bool
  }

  /// From what the report was made.
  public let manifest: Manifest
  /// What was asked.
  public let name: String
  /// By vintage, in the order of time.
  public let rows: [Row]
  /// What became of it; absent for a unit that a vintage has.
  public let note: String?

  /// What a name means in vintages of a history.
  ///
  /// - Parameters:
  ///   - name: As it was typed.
  ///   - vintage: The one asked for; nil for all.
  ///   - file: The history's file.
  /// - Throws: ``CorridorKitError/unknownName(kind:name:suggestions:)`` or
  ///   ``CorridorKitError/ambiguousName(kind:name:choices:)``.
  public init(_ name: String, in vintage: String?, file: InputFile) throws(CorridorKitError) {
    let history = try UnitHistory(file)
    self.name = name
    var (rows, note) = ([Row](), String?.none)
    for known in history.vintages where vintage == nil || vintage == known.id {
      for found in try history.answers(named: name, in: known.id) {
        note = note ?? found.note
        rows.append(
          Row(
            vintage: known.id, answering: found.answering, units: found.units.map(\.id),
            names: found.units.map(\.name), isWhole: found.isWhole))
      }
    }
    if let vintage, rows.isEmpty { _ = try history.vintage(vintage) }
    self.rows = rows
    self.note = note
    manifest = Manifest(
      inputs: [InputDigest(file)], options: ["name": name], vintage: vintage ?? "all",
      remark: "Names and limits of units; see the sources in the file.")
  }

  public var text: String {
    var table = TextTable([
      ("Vintage", .left), ("Answers", .left), ("", .left), ("Units", .left),
    ])
    for row in rows {
      let relation =
        switch (row.isWhole, row.units.count) {
        case (true, 1): "is"
        case (true, _): "is together"
        case (false, 1): "is a part of"
        case (false, _): "is of parts of"
        }
      table.add([
        row.vintage, row.answering, relation,
        zip(row.names, row.units).map { "\($0) (\($1))" }.joined(separator: ", "),
      ])
    }
    return
      ([table.text, ""] + (note.map { [wrapped("Note: \($0).")] } ?? []) + [
        wrapped(manifest.notice)
      ])
      .joined(separator: "\n")
  }

  public var csv: [[String]] {
    [["vintage", "answering", "unit", "name", "is_whole"]]
      + rows.flatMap { row in
        zip(row.units, row.names).map { unit, name in
          [row.vintage, row.answering, unit, name, "\(row.isWhole)"]
        }
      }
  }

  public var features: [ReportFeature]? { nil }
}
