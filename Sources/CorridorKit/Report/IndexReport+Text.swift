extension IndexReport {
  public var text: String {
    if let explained, let row = units.first(where: { $0.id == explained }) {
      return explanation(of: row)
    }
    let edition = edition.isEmpty ? "" : " (\(edition))"
    let lines = steps.enumerated().map { place, step in
      let count = step.touched.isEmpty ? "" : " [touched: \(step.touched.count)]"
      return wrapped("Step \(place + 1): \(step.description)\(count)")
    }
    return
      ([wrapped("\(framework)\(edition). Rank 1 has the highest score."), "", table, ""]
      + sureness(of: ordered) + lines
      + warnings.map { wrapped("Note: \($0)") } + FigureSources(ordered.flatMap(\.figures)).text
      + [wrapped(manifest.notice)]).joined(separator: "\n")
  }

  /// Scores, ranks, coverage, and as many parts of the index as a line has room for.
  private var table: String {
    let order = ordered
    let isNamed = units.contains { $0.name != $0.id }
    let idWidth = min(max(units.map(\.id.count).max() ?? 2, 2), 16)
    var room = 80 - idWidth - (isNamed ? 20 : 0) - 27
    let known = (units.first?.dimensions ?? []).filter { part in
      part.parent == nil
        && units.contains { row in row.dimensions.contains { $0.id == part.id && $0.score != nil } }
    }
    let parts = known.prefix { part in
      room -= max(part.id.shortened(to: 12).count, 5) + 2
      return room >= 0
    }
    var table = TextTable(
      (isNamed ? [("Unit", .left)] : []) + [("Id", .left), ("score", .right), ("rank", .right)]
        + [("coverage", .right)] + parts.map { ($0.id.shortened(to: 12), .right) })
    for row in order {
      let scores = parts.map { part in
        shown(row.dimensions.first { $0.id == part.id }?.score)
      }
      table.add(
        (isNamed ? [row.name.shortened(to: 18)] : [])
          + [row.id.shortened(to: 16), shown(row.score), row.rank.map { "\($0)" } ?? "–"]
          + ["\(row.indicatorsAvailable)/\(row.indicatorsTotal)"] + scores)
    }
    return table.text
  }

  private var ordered: [Row] {
    units.sorted {
      ($0.rank ?? .max, -($0.score ?? 0), $0.id) < ($1.rank ?? .max, -($1.score ?? 0), $1.id)
    }
  }

  /// What is told of how sure scores are, with an empty line; nothing where nobody asked.
  private func sureness(of rows: [Row]) -> [String] {
    uncertainty.map { [$0.text(rows.map { ($0.id, $0.name, $0.score, $0.rank) }), ""] } ?? []
  }

  private func shown(_ number: Double?, _ digits: Int = 1) -> String {
    number.map { Shown.fixed($0, digits) } ?? "–"
  }

  private func explanation(of row: Row) -> String {
    var table = TextTable([
      ("Part", .left), ("value", .right), ("year", .right), ("scaled", .right), ("weight", .right),
      ("adds", .right),
    ])
    add(partsOf: nil, of: row, indent: "", to: &table)
    let sources = Set(row.indicators.compactMap { part in part.source.map { "\(part.id): \($0)" } })
    let notes = row.indicators.compactMap { part in part.note.map { "\(part.id): \($0)" } }
    let name = row.name == row.id ? row.id : "\(row.name) (\(row.id))"
    let head = "\(name): score \(shown(row.score)), rank \(row.rank.map { "\($0)" } ?? "–")"
      .escapingControlCharacters
    return
      ([head, "", table.text, ""] + sureness(of: [row])
      + (row.indicators.contains { $0.origin == "imputed" } ? ["* filled in, not given"] : [])
      + sources.sorted().map { wrapped("Source of \($0)") } + notes.map { wrapped("Note on \($0)") }
      + [wrapped(manifest.notice)]).joined(separator: "\n")
  }

  private func add(
    partsOf parent: String?, of row: Row, indent: String, to table: inout TextTable
  ) {
    for part in row.dimensions where part.parent == parent {
      let coverage = "\(part.indicatorsAvailable)/\(part.indicatorsTotal)"
      table.add([
        "\(indent)\(part.name) (\(coverage))".shortened(to: 40), "", "",
        part.score.map { Shown.fixed($0, 1) }
          ?? (part.indicatorsAvailable == 0 ? "no data" : "too few"), Shown.fixed(part.weight, 3),
        shown(part.contribution, 2),
      ])
      add(partsOf: part.id, of: row, indent: indent + "  ", to: &table)
    }
    for part in row.indicators where part.dimension == parent && part.value != nil {
      let mark = part.origin == "imputed" ? "*" : ""
      table.add([
        "\(indent)\(part.id)\(mark)".shortened(to: 40), shown(part.value, 2),
        part.year.map { "\($0)" } ?? "", shown(part.normalised), Shown.fixed(part.weight, 3),
        shown(part.contribution, 2),
      ])
    }
  }

  public var csv: [[String]] {
    func cell(_ number: Double?) -> String { number.map { "\($0)" } ?? "" }
    let head = [
      "id", "name", "score", "rank", "is_complete", "indicators_available", "indicators_total",
    ]
    let dimensions = units.first?.dimensions ?? []
    let indicators = units.first?.indicators ?? []
    return [
      head + dimensions.flatMap { ["\($0.id)_score", "\($0.id)_contribution"] }
        + indicators.flatMap { ["\($0.id)_normalised", "\($0.id)_contribution"] }
        + (uncertainty == nil ? [] : IndexUncertaintyPart.columns) + FigureSources.columns
    ]
      + units.map { row in
        let own = [row.id, row.name, cell(row.score), row.rank.map { "\($0)" } ?? ""]
        let coverage = [
          "\(row.isComplete)", "\(row.indicatorsAvailable)", "\(row.indicatorsTotal)",
        ]
        return own + coverage
          + row.dimensions.flatMap { [cell($0.score), cell($0.contribution)] }
          + row.indicators.flatMap { [cell($0.normalised), cell($0.contribution)] }
          + (uncertainty?.cells(row.id) ?? []) + row.sources.cells(notice: manifest.notice)
      }
  }
}
