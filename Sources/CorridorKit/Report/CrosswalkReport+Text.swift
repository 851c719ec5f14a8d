import RiskIndex

extension CrosswalkReport {
  public var text: String {
    var lines = [
      "Indicators of the units of \(from), moved to those of \(to).", "",
      totalsTable.text, "",
    ]
    if let parts = partsTable {
      lines += ["Divided and merged units, and what decided:", "", parts.text, ""]
      let sources = sizes.reduce(into: [String]()) {
        if !$0.contains($1.source) { $0.append($1.source) }
      }
      lines += sources.map { wrapped("Source: \($0)") } + [""]
    }
    if let moved = valuesTable { lines += [moved.text, ""] }
    lines += changes.map { change in
      wrapped("\(change.date): \(change.what.joined(separator: ". ")). Source: \(change.source).")
    }
    lines += gaps.map { wrapped("Note: \($0)") }
    lines +=
      FigureSources(
        values.map { .init(indicator: $0.indicator, year: $0.year, source: $0.source) }
      ).text
    lines.append(wrapped(manifest.notice))
    return lines.joined(separator: "\n")
  }

  private var totalsTable: TextTable {
    var table = TextTable([
      ("Indicator", .left), ("kind", .left), ("units", .right), ("now", .right),
      ("total", .right), ("now", .right), ("what was done", .left),
    ])
    for total in totals {
      let done = MovedValue.Treatment.allCases.compactMap { treatment in
        total.treatments[treatment.rawValue].map { "\($0) \(treatment.rawValue)" }
      }
      table.add([
        total.indicator.shortened(to: 26), total.kind, "\(total.unitsBefore)",
        "\(total.unitsAfter)", total.before.map { Shown.amount($0) } ?? "–",
        total.after.map { Shown.amount($0) } ?? "–", done.joined(separator: ", "),
      ])
    }
    return table
  }

  private var partsTable: TextTable? {
    if sizes.isEmpty { return nil }
    var table = TextTable([
      ("Unit of \(from)", .left), ("Unit of \(to)", .left), ("by", .left), ("size", .right),
    ])
    for part in sizes {
      table.add([
        (unitNames.from[part.from] ?? part.from).shortened(to: 24),
        (unitNames.to[part.to] ?? part.to).shortened(to: 24), part.basis, Shown.amount(part.size),
      ])
    }
    return table
  }

  /// What is not as it was; the rest is in the other formats.
  private var valuesTable: TextTable? {
    let changed = values.filter { $0.treatment != MovedValue.Treatment.unchanged.rawValue }
    if changed.isEmpty { return nil }
    var table = TextTable([
      ("Unit of \(to)", .left), ("Indicator", .left), ("value", .right), ("year", .right),
      ("", .left), ("of", .left),
    ])
    for row in changed {
      table.add([
        row.name.shortened(to: 18), row.indicator.shortened(to: 26), Shown.amount(row.value),
        "\(row.year)", row.treatment, row.origins.map(\.name).joined(separator: ", "),
      ])
    }
    return table
  }
}

extension Shown {
  /// A quantity of any size: whole from a thousand on, else with three decimals and no more than it has.
  static func amount(_ number: Double) -> String {
    let text = fixed(number, abs(number) >= 1000 ? 0 : 3)
    guard text.contains(".") else { return text }
    return String(text.reversed().drop { $0 == "0" }.drop { $0 == "." }.reversed())
  }
}
