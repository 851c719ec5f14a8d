extension RiskReport {
  public var text: String {
    if let explained, let row = provinces.first(where: { $0.id == explained }) {
      return explanation(of: row)
    }
    let order = provinces.sorted {
      ($0.rank ?? .max, -($0.score ?? 0), $0.id) < ($1.rank ?? .max, -($1.score ?? 0), $1.id)
    }
    let measure = provinces.compactMap(\.exposure).first?.measure ?? "exposure"
    let head =
      "\(framework) (\(edition)), \(normalisation), \(withinDimensions) within and "
      + "\(acrossDimensions) across dimensions; \(measure) has a weight of "
      + "\(Shown.fixed(exposureWeight, 3)). Higher is riskier."
    return
      ([wrapped(head), ""] + (scenario.map { [wrapped("Under: \($0)"), ""] } ?? [])
      + [scenario == nil ? table(of: order) : comparison(of: order), ""]
      + (uncertainty.map { [$0.text(order.map { ($0.id, $0.name, $0.score, $0.rank) }), ""] } ?? [])
      + warnings.map { wrapped("Note: \($0)") } + FigureSources(order.flatMap(\.figures)).text
      + [wrapped(manifest.notice)]).joined(separator: "\n")
  }

  private func table(of rows: [Row]) -> String {
    var table = TextTable([
      ("Province", .left), ("Id", .left), ("score", .right), ("rank", .right),
      ("without", .right), ("rank", .right), ("exposure", .right), ("coverage", .right),
    ])
    for row in rows {
      table.add([
        row.name.shortened(to: 18), row.id, shown(row.score), row.rank.map { "\($0)" } ?? "–",
        shown(row.scoreWithoutExposure), row.rankWithoutExposure.map { "\($0)" } ?? "–",
        row.exposure?.value.map { Shown.fixed($0, 1) } ?? "–",
        "\(row.indicatorsAvailable)/\(row.indicatorsTotal)",
      ])
    }
    return table.text
  }

  /// Scores and ranks under the scenario beside those before.
  private func comparison(of rows: [Row]) -> String {
    var table = TextTable([
      ("Province", .left), ("Id", .left), ("score", .right), ("before", .right),
      ("change", .right), ("rank", .right), ("before", .right), ("exposure", .right),
      ("before", .right), ("coverage", .right),
    ])
    for row in rows {
      let ranks: [String] = [row.rank, row.before?.rank].map { rank in rank.map { "\($0)" } ?? "–" }
      table.add(
        [row.name.shortened(to: 18), row.id, shown(row.score), shown(row.before?.score)]
          + [row.scoreChange.map { Shown.signed($0, 1) } ?? "–"] + ranks
          + [shown(row.exposure?.value), shown(row.before?.exposureValue)]
          + ["\(row.indicatorsAvailable)/\(row.indicatorsTotal)"])
    }
    return table.text
  }

  private func shown(_ score: Double?) -> String { score.map { Shown.fixed($0, 1) } ?? "–" }

  private func explanation(of row: Row) -> String {
    let head =
      "\(row.name) (\(row.id)): score \(shown(row.score)), rank \(row.rank.map { "\($0)" } ?? "–"); "
      + "without exposure \(shown(row.scoreWithoutExposure)), rank "
      + "\(row.rankWithoutExposure.map { "\($0)" } ?? "–")"
    var lines = [head.escapingControlCharacters, ""]
    var table = TextTable([
      ("Part", .left), ("value", .right), ("year", .right), ("scaled", .right), ("weight", .right),
      ("adds", .right),
    ])
    for dimension in row.dimensions {
      let indent = indent(of: dimension, in: row)
      let coverage = "\(dimension.indicatorsAvailable)/\(dimension.indicatorsTotal)"
      table.add([
        "\(indent)\(dimension.name) (\(coverage))".shortened(to: 40),
        "", "",
        dimension.score.map { Shown.fixed($0, 1) }
          ?? (dimension.indicatorsAvailable == 0 ? "no data" : "too few"),
        Shown.fixed(dimension.weight, 3), dimension.contribution.map { Shown.fixed($0, 2) } ?? "–",
      ])
      for indicator in dimension.indicators {
        table.add([
          "\(indent)  \(indicator.id)".shortened(to: 40), Shown.fixed(indicator.value, 2),
          indicator.year.map { "\($0)" } ?? "",
          indicator.normalised.map { Shown.fixed($0, 1) } ?? "–",
          Shown.fixed(indicator.weight, 3),
          indicator.contribution.map { Shown.fixed($0, 2) } ?? "–",
        ])
      }
    }
    if let exposure = row.exposure {
      table.add([
        exposure.measure.shortened(to: 40), exposure.value.map { Shown.fixed($0, 2) } ?? "–", "",
        exposure.normalised.map { Shown.fixed($0, 1) } ?? "–", Shown.fixed(exposure.weight, 3),
        exposure.contribution.map { Shown.fixed($0, 2) } ?? "–",
      ])
    }
    lines.append(table.text)
    lines.append("")
    if let uncertainty {
      lines += [uncertainty.text([(row.id, row.name, row.score, row.rank)]), ""]
    }
    let sources = Set(row.dimensions.flatMap(\.indicators).map { "\($0.id): \($0.source)" })
    lines += sources.sorted().map { wrapped("Source of \($0)") }
    for indicator in row.dimensions.flatMap(\.indicators).sorted(by: { $0.id < $1.id }) {
      if let note = indicator.note { lines.append(wrapped("Note on \(indicator.id): \(note)")) }
    }
    lines.append(wrapped(manifest.notice))
    return lines.joined(separator: "\n")
  }

  /// Two blanks for each dimension that a dimension lies in.
  private func indent(of dimension: DimensionPart, in row: Row) -> String {
    var depth = 0
    var next = dimension.parent
    while let parent = next {
      depth += 1
      next = row.dimensions.first { $0.id == parent }?.parent
    }
    return String(repeating: "  ", count: depth)
  }

  public var csv: [[String]] {
    let dimensions = provinces.first?.dimensions ?? []
    return [
      [
        "id", "name", "score", "rank", "score_without_exposure", "rank_without_exposure",
        "is_complete", "indicators_available", "indicators_total", "exposure_value",
      ] + dimensions.map { "\($0.id)_score" }
        + (scenario == nil ? [] : ["score_before", "rank_before", "exposure_value_before"])
        + (uncertainty == nil ? [] : IndexUncertaintyPart.columns) + FigureSources.columns
    ]
      + provinces.map { row in
        [
          row.id, row.name, cell(row.score), row.rank.map { "\($0)" } ?? "",
          cell(row.scoreWithoutExposure), row.rankWithoutExposure.map { "\($0)" } ?? "",
          "\(row.isComplete)", "\(row.indicatorsAvailable)", "\(row.indicatorsTotal)",
          cell(row.exposure?.value),
        ] + row.dimensions.map { cell($0.score) }
          + (scenario == nil
            ? []
            : [
              cell(row.before?.score), row.before?.rank.map { "\($0)" } ?? "",
              cell(row.before?.exposureValue),
            ])
          + (uncertainty?.cells(row.id) ?? []) + row.sources.cells(notice: manifest.notice)
      }
  }

  private func cell(_ number: Double?) -> String { number.map { "\($0)" } ?? "" }
}

/// Text in lines of at most 80 columns. A line break within it is a blank like any other: names may hold one.
package func wrapped(_ text: String, width: Int = 80) -> String {
  var lines: [String] = []
  var line = ""
  for word in text.split(whereSeparator: { $0 == " " || $0.isNewline }) {
    if !line.isEmpty, line.terminalWidth + 1 + String(word).terminalWidth > width {
      lines.append(line)
      line = "  "
      line += word
    } else {
      line += line.isEmpty ? "" : " "
      line += word
    }
  }
  return (lines + [line]).joined(separator: "\n")
}
