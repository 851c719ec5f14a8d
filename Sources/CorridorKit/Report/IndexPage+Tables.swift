import RiskIndex

extension IndexPage {
  /// Scores, ranks and intervals.
  static func scores(_ content: IndexPageContent) -> String {
    let hasIntervals = content.rows.contains { $0.interval != nil }
    let hasScoreIntervals = content.rows.contains { $0.interval?.score != nil }
    let hasBefore = content.scenario != nil
    var head = ["rank", content.unitTitle, "score"]
    if hasScoreIntervals { head.append("score, p05–p95") }
    if hasIntervals { head += ["rank, p05–p95", "top 5"] }
    if hasBefore { head += ["before", "rank before"] }
    if content.exposure != nil {
      head += [
        "without exposure", "rank without", "exposure, \(content.exposure?.measureUnit ?? "")",
      ]
    }
    head.append("coverage")
    let rows = content.rows.map { row -> String in
      let unit = row.unit
      var cells = [
        number(unit.rank.map { "\($0)" }),
        "<th scope=\"row\">\(unit.name.escapedForHTML) <small>\(unit.unit.escapedForHTML)</small></th>",
        number(unit.score.map { Shown.fixed($0, 1) }, isStrong: true),
      ]
      if hasScoreIntervals {
        cells.append(
          number(
            row.interval?.score.map { "\(Shown.fixed($0.p05, 1))–\(Shown.fixed($0.p95, 1))" }))
      }
      if hasIntervals {
        cells.append(
          number(
            row.interval.map {
              $0.rankP05 == $0.rankP95 ? "\($0.rankP05)" : "\($0.rankP05)–\($0.rankP95)"
            }))
        cells.append(number(row.interval.map { Shown.fixed($0.topShare * 100, 0) + " %" }))
      }
      if hasBefore {
        cells.append(number(row.before?.score.map { Shown.fixed($0, 1) }))
        cells.append(number(row.before?.rank.map { "\($0)" }))
      }
      if content.exposure != nil {
        cells.append(number(row.without?.score.map { Shown.fixed($0, 1) }))
        cells.append(number(row.without?.rank.map { "\($0)" }))
        cells.append(number(row.exposure?.cell.map { Shown.fixed($0.value, 1) }))
      }
      cells.append(number("\(unit.coverage.available)/\(unit.coverage.total)"))
      return "<tr>\(cells.joined())</tr>"
    }
    let exposure = content.exposure.map {
      "<p class=\"quiet\">Exposure: \($0.name.escapedForHTML), in \($0.measureUnit.escapedForHTML).</p>"
    }
    let unranked = content.rows.filter { $0.unit.score != nil && $0.unit.rank == nil }
    let note =
      unranked.isEmpty
      ? ""
      : "<p class=\"quiet\">Not ranked, because they lack a dimension that others have: "
        + "\(unranked.map(\.unit.name).joined(separator: ", ").escapedForHTML).</p>"
    let sometimes = content.uncertainty?.rankedAtTimes(
      content.rows.map { (id: $0.unit.unit, name: $0.unit.name) }
    ).map { "<p class=\"quiet\">\($0.escapedForHTML)</p>" }
    return """
      <section><h2>Scores</h2>
      <div class="scroll"><table class="scores">
      <thead><tr>\(head.map { "<th scope=\"col\">\($0.escapedForHTML)</th>" }.joined())</tr></thead>
      <tbody>
      \(rows.joined(separator: "\n"))
      </tbody></table></div>
      \(exposure ?? "")
      \(note)
      \(sometimes ?? "")
      </section>
      """
  }

  private static func number(_ text: String?, isStrong: Bool = false) -> String {
    guard let text else { return "<td class=\"none\">–</td>" }
    return isStrong ? "<td><strong>\(text)</strong></td>" : "<td>\(text)</td>"
  }

  /// How many indicators of each dimension have a value; empty dimensions are marked.
  static func coverage(_ content: IndexPageContent) -> String {
    let head = content.dimensions.map {
      "<th scope=\"col\">\($0.name.escapedForHTML)\($0.isEmpty ? " <em>empty</em>" : "")</th>"
    }
    let rows = content.rows.map { row -> String in
      let cells = content.dimensions.map { dimension -> String in
        guard let coverage = row.unit.dimension(dimension.id)?.coverage, coverage.total > 0 else {
          return "<td class=\"empty\">–</td>"
        }
        let text = "\(coverage.available)/\(coverage.total)"
        if coverage.available == 0 { return "<td class=\"empty\"><span>\(text)</span></td>" }
        return
          "<td><span class=\"gauge\"><i style=\"width:\(Shown.percent(coverage.share))%\"></i></span> "
          + "\(text)</td>"
      }
      return "<tr><th scope=\"row\">\(row.unit.name.escapedForHTML)</th>\(cells.joined())</tr>"
    }
    let empty = content.dimensions.filter(\.isEmpty).map(\.name)
    let text =
      empty.isEmpty
      ? "Every dimension has values."
      : "\(empty.joined(separator: ", ")): no unit has a published value. These dimensions take no part; "
        + "they are not filled, and their weight goes to the others for all units alike."
    return """
      <section><h2>Coverage</h2>
      <p>Indicators with a published value, of those that the framework asks for. \
      \(text.escapedForHTML)</p>
      <div class="scroll"><table class="coverage">
      <thead><tr><th scope="col">\(content.unitTitle)</th>\(head.joined())</tr></thead>
      <tbody>
      \(rows.joined(separator: "\n"))
      </tbody></table></div></section>
      """
  }

  /// The values that scores are made of, as they were normalised.
  static func figures(_ content: IndexPageContent) -> String {
    guard !content.columns.isEmpty else { return "" }
    guard content.columns.count <= 12 else {
      return """
        <section><h2>Figures</h2>
        <p>The figures of \(content.columns.count) indicators are wider than a page: they are in the result as \
        JSON, each with year and source.</p></section>
        """
    }
    let head = content.columns.map { column in
      let sign = column.indicator.weight > 0 ? "" : " <em>weight 0</em>"
      return "<th scope=\"col\">\(column.indicator.name.escapedForHTML) "
        + "<small>\(column.measure.escapedForHTML)</small>\(sign)</th>"
    }
    var marked = false
    let rows = content.rows.map { row -> String in
      let cells = content.columns.map { column -> String in
        guard let cell = row.unit.indicator(column.indicator.id)?.cell else {
          return "<td class=\"empty\"><span>no value</span></td>"
        }
        let isMoved = cell.isMoved
        marked = marked || isMoved
        let title = cell.note.isEmpty ? "" : " title=\"\(cell.note.escapedForHTML)\""
        return "<td\(title)>\(isMoved ? "<sup>*</sup>" : "")"
          + "\(Shown.fixed(cell.value, column.digits))</td>"
      }
      return "<tr><th scope=\"row\">\(row.unit.name.escapedForHTML)</th>\(cells.joined())</tr>"
    }
    let note =
      marked
      ? "<p class=\"quiet\">* Not observed for this unit: inherited, split, merged or imputed.</p>"
      : ""
    return """
      <section><h2>Figures</h2>
      <div class="scroll"><table class="figures">
      <thead><tr><th scope="col">\(content.unitTitle)</th>\(head.joined())</tr></thead>
      <tbody>
      \(rows.joined(separator: "\n"))
      </tbody></table></div>
      \(note)
      </section>
      """
  }
}

extension IndicatorCell {
  /// Whether the value is another unit's or nobody's: moved between vintages, or imputed.
  var isMoved: Bool {
    origin == .imputed || origin == .inherited
      || ["inherited", "split", "merged", "recomposed"].contains { note.hasPrefix($0 + ":") }
  }
}
