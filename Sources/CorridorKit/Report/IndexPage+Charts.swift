import Foundation

extension IndexPage {
  /// The layout of a chart with a row for each unit: names to the left, an axis to the right.
  private struct Rows {
    static let width = 900.0
    static let left = 190.0
    static let right = 24.0
    static let top = 34.0
    static let step = 24.0

    let low: Double
    let high: Double
    let count: Int

    var height: Double { Self.top + Double(count) * Self.step + 10 }

    func x(_ value: Double) -> Double {
      let share = high > low ? (value - low) / (high - low) : 0
      return Self.left + share * (Self.width - Self.left - Self.right)
    }

    func y(_ row: Int) -> Double { Self.top + (Double(row) + 0.5) * Self.step }

    /// Light bands, names, and lines of the axis with their numbers.
    func ground(_ names: [String], ticks: [(value: Double, label: String)]) -> String {
      let bands = stride(from: 0, to: count, by: 2).map {
        "<rect class=\"band\" x=\"0\" y=\"\(Shown.fixed(y($0) - Self.step / 2, 1))\" "
          + "width=\"\(Int(Self.width))\" height=\"\(Int(Self.step))\"/>"
      }
      let lines = ticks.map { tick in
        "<path class=\"tick\" d=\"M\(Shown.fixed(x(tick.value), 1)) \(Int(Self.top))V"
          + "\(Shown.fixed(height - 10, 1))\"/><text class=\"axis\" x=\""
          + "\(Shown.fixed(x(tick.value), 1))\" y=\"\(Int(Self.top) - 10)\">\(tick.label)</text>"
      }
      let texts = names.enumerated().map {
        "<text class=\"name\" x=\"\(Int(Self.left) - 14)\" y=\"\(Shown.fixed(y($0.offset) + 5, 1))\">"
          + "\($0.element.escapedForHTML)</text>"
      }
      return (bands + lines + texts).joined(separator: "\n")
    }

    func svg(id: String, title: String, description: String, _ parts: [String]) -> String {
      """
      <svg viewBox="0 0 \(Int(Self.width)) \(Int(height))" role="img" \
      aria-labelledby="\(id)-title \(id)-desc">
      <title id="\(id)-title">\(title.escapedForHTML)</title>
      <desc id="\(id)-desc">\(description.escapedForHTML)</desc>
      \(parts.joined(separator: "\n"))
      </svg>
      """
    }
  }

  private static func name(_ row: IndexPageContent.Row) -> String {
    row.unit.name.shortened(to: 22)
  }

  /// Round numbers along an axis, at most eight, around two values.
  private static func ticks(from low: Double, to high: Double) -> [(value: Double, label: String)] {
    guard high > low, (high - low).isFinite else { return [] }
    var step = pow(10, floor(log10((high - low) / 8)))
    let factor = [1.0, 2, 5].first { (high - low) / (step * $0) <= 7 } ?? 10
    step *= factor
    let digits = max(0, Int((-log10(step)).rounded(.up)))
    // A bound that is one but for the rounding of numbers needs no step more.
    let (first, last) = ((low / step + 1e-9).rounded(.down), (high / step - 1e-9).rounded(.up))
    return stride(from: first, through: last, by: 1)
      .map { ($0 * step, Shown.fixed($0 * step, digits)) }
  }

  /// Ranks with their intervals; empty where nobody asked for them.
  static func intervals(_ content: IndexPageContent) -> String {
    let rows = content.rows.filter { $0.interval != nil }
    guard !rows.isEmpty else {
      return """
        <section><h2>How certain ranks are</h2>
        <p>Not asked for. Ranks here are those of one choice of method and of figures without error; \
        small differences between them mean nothing. Ask with <code>--draws</code>.</p></section>
        """
    }
    let last = Double(max(rows.compactMap(\.interval?.rankP95).max() ?? 1, content.rows.count))
    let chart = Rows(low: 1, high: last, count: rows.count)
    let step = last > 30 ? 10.0 : last > 12 ? 5 : 1
    var ticks = stride(from: step, through: last, by: step).map { ($0, Shown.fixed($0, 0)) }
    if step > 1 { ticks.insert((1, "1"), at: 0) }
    let marks = rows.enumerated().compactMap { index, row -> String? in
      guard let interval = row.interval else { return nil }
      let y = Shown.fixed(chart.y(index), 1)
      let (low, high) = (Double(interval.rankP05), Double(interval.rankP95))
      let text =
        "\(row.unit.name): median rank \(interval.rankP50), p05 to p95 \(interval.rankP05) to "
        + "\(interval.rankP95), top 5 in \(Shown.percent(interval.topShare)) % of the draws"
      let run = row.unit.rank.map {
        "<path class=\"run\" d=\"M\(Shown.fixed(chart.x(Double($0)), 1)) "
          + "\(Shown.fixed(chart.y(index) - 8, 1))v16\"/>"
      }
      return "<g><title>\(text.escapedForHTML)</title><path class=\"whisker\" d=\"M"
        + "\(Shown.fixed(chart.x(low), 1)) \(y)H\(Shown.fixed(chart.x(high) + 0.01, 2))\"/>"
        + "<circle class=\"median\" cx=\"\(Shown.fixed(chart.x(Double(interval.rankP50)), 1))\" "
        + "cy=\"\(y)\" r=\"5.5\"/>\(run ?? "")</g>"
    }
    let draws = content.uncertainty.map { " of \($0.draws) draws" } ?? ""
    return """
      <section><h2>How certain ranks are</h2>
      <figure>
      \(chart.svg(
        id: "ranks", title: "Ranks and their intervals",
        description: "For each unit the median rank and the span from p05 to p95\(draws). The same "
          + "figures stand in the table of scores.",
        [chart.ground(rows.map(name), ticks: ticks)] + marks))
      <figcaption><ul class="legend">
      <li><svg viewBox="0 0 40 16" aria-hidden="true"><path class="whisker" d="M2 8H38"/></svg>\
      p05 to p95\(draws)</li>
      <li><svg viewBox="0 0 16 16" aria-hidden="true"><circle class="median" cx="8" cy="8" r="5.5"/></svg>\
      median</li>
      <li><svg viewBox="0 0 16 16" aria-hidden="true"><path class="run" d="M8 0v16"/></svg>\
      rank of the method as chosen</li></ul>
      <p>1 is the highest score. Units whose spans overlap widely cannot be told apart.</p></figcaption>
      </figure></section>
      """
  }

  /// What the parts of the index add, as stacked bars.
  static func contributions(_ content: IndexPageContent) -> String {
    let rows = content.rows.filter { $0.unit.score != nil }
    let groups = content.groups.filter { group in
      rows.contains { (content.contribution(of: group, in: $0) ?? 0) > 0 }
    }
    guard !groups.isEmpty else {
      let hasParts = rows.contains { row in
        content.groups.contains { content.contribution(of: $0, in: row) != nil }
      }
      let text =
        rows.isEmpty
        ? "No unit has a score."
        : hasParts
          ? "No part adds anything to a score here."
          : "Under this method of aggregation nothing adds up: units are compared pair by pair, and no part "
            + "of a score belongs to one dimension."
      return "<section><h2>What scores are made of</h2>\n<p>\(text)</p></section>"
    }
    let factor = content.addsPoints ? 1.0 : 100.0
    let hasNegative = rows.contains { row in
      content.groups.contains { (content.contribution(of: $0, in: row) ?? 0) < 0 }
    }
    let most =
      rows.map { row in
        groups.reduce(0) { $0 + max(0, content.contribution(of: $1, in: row) ?? 0) * factor }
      }.max() ?? 1
    let ticks = ticks(from: 0, to: max(most, 1e-9))
    let chart = Rows(low: 0, high: ticks.last?.value ?? most, count: rows.count)
    let bars = rows.enumerated().map { index, row -> String in
      var start = 0.0
      return groups.enumerated().compactMap { place, group -> String? in
        let amount = max(0, content.contribution(of: group, in: row) ?? 0) * factor
        guard amount > 0 else { return nil }
        let (x, end) = (chart.x(start), chart.x(start + amount))
        start += amount
        let text =
          "\(row.unit.name), \(group.name): \(Shown.fixed(amount, 1))"
          + (content.addsPoints ? " points" : " %")
        let label =
          end - x > 34
          ? "<text class=\"amount on-\(style(group, place))\" x=\"\(Shown.fixed((x + end) / 2, 1))\" "
            + "y=\"\(Shown.fixed(chart.y(index) + 4.5, 1))\">\(Shown.fixed(amount, 1))</text>"
          : ""
        return "<g><title>\(text.escapedForHTML)</title><rect class=\"\(style(group, place))\" "
          + "x=\"\(Shown.fixed(x, 1))\" y=\"\(Shown.fixed(chart.y(index) - 9, 1))\" "
          + "width=\"\(Shown.fixed(max(end - x - 1, 0.5), 1))\" height=\"18\"/>\(label)</g>"
      }.joined()
    }
    let key = groups.enumerated().map { place, group in
      "<li><svg viewBox=\"0 0 30 16\" aria-hidden=\"true\"><rect class=\"\(style(group, place))\" "
        + "width=\"30\" height=\"16\"/></svg>\(capitalised(group.name).escapedForHTML)</li>"
    }
    let empty = content.groups.filter(\.isEmpty).map(\.name)
    let note =
      empty.isEmpty
      ? ""
      : "<p>Without data, and so without a part in any score: "
        + "\(empty.joined(separator: ", ").escapedForHTML).</p>"
    return """
      <section><h2>What scores are made of</h2>
      <figure>
      \(chart.svg(
        id: "parts", title: "Contributions of dimensions",
        description: "For each unit, from the highest score down, what each dimension adds.",
        [chart.ground(rows.map(name), ticks: ticks)] + bars))
      <figcaption><ul class="legend">\(key.joined())</ul>
      <p>\(content.addsPoints
        ? hasNegative
          ? "Points; what lowers a score below 0 is not drawn."
          : "Points; a bar is as long as the score."
        : "Percent of what pulls a score down from the top of the scale. Under this method parts do not add up "
          + "to a score: the longer a part, the more it lowers it.")</p>
      \(note)</figcaption>
      </figure></section>
      """
  }

  private static func capitalised(_ text: String) -> String {
    text.prefix(1).uppercased() + text.dropFirst()
  }

  private static func style(_ group: IndexPageContent.Group, _ place: Int) -> String {
    group.isExposure ? "gx" : "g\(place % 7 + 1)"
  }

  /// Scores with and without exposure, and under a scenario before and after.
  static func exposureEffect(_ content: IndexPageContent) -> String {
    var parts: [String] = []
    if content.scenario != nil {
      parts.append(
        dumbbell(
          content, id: "scenario", title: "What the scenario changes", from: "without the scenario",
          to: "under the scenario", changedOnly: true
        ) { $0.before?.score })
    }
    if content.hasExposure, content.rows.contains(where: { $0.without?.score != nil }) {
      parts.append(
        dumbbell(
          content, id: "exposure", title: "What exposure changes", from: "without exposure",
          to: "with exposure"
        ) { $0.without?.score })
    }
    return parts.joined(separator: "\n")
  }

  private static func dumbbell(
    _ content: IndexPageContent, id: String, title: String, from: String, to: String,
    changedOnly: Bool = false, other: (IndexPageContent.Row) -> Double?
  ) -> String {
    let rows = content.rows.filter { row in
      guard let score = row.unit.score, let other = other(row) else { return false }
      // Of a scenario, what it does not touch is of no interest.
      return !changedOnly || abs(score - other) >= 0.05
    }
    guard !rows.isEmpty else {
      return "<section><h2>\(title)</h2>\n<p>No score changes by 0.1 or more.</p></section>"
    }
    let values = rows.flatMap { [$0.unit.score, other($0)] }.compactMap(\.self)
    let ticks = ticks(from: min(0, values.min() ?? 0), to: values.max() ?? 1)
    let chart = Rows(
      low: ticks.first?.value ?? 0, high: ticks.last?.value ?? 1, count: rows.count)
    let marks = rows.enumerated().compactMap { index, row -> String? in
      guard let after = row.unit.score, let before = other(row) else { return nil }
      let y = Shown.fixed(chart.y(index), 1)
      let text =
        "\(row.unit.name): \(Shown.fixed(before, 1)) \(from), \(Shown.fixed(after, 1)) \(to)"
      return "<g><title>\(text.escapedForHTML)</title><path class=\"link\" d=\"M"
        + "\(Shown.fixed(chart.x(before), 1)) \(y)H\(Shown.fixed(chart.x(after), 1))\"/>"
        + "<circle class=\"hollow\" cx=\"\(Shown.fixed(chart.x(before), 1))\" cy=\"\(y)\" r=\"5\"/>"
        + "<circle class=\"median\" cx=\"\(Shown.fixed(chart.x(after), 1))\" cy=\"\(y)\" r=\"5.5\"/></g>"
    }
    return """
      <section><h2>\(title)</h2>
      <figure>
      \(chart.svg(
        id: id, title: title,
        description: "For each unit the score \(from) and \(to). The same figures stand in the table "
          + "of scores.",
        [chart.ground(rows.map(name), ticks: ticks)] + marks))
      <figcaption><ul class="legend">
      <li><svg viewBox="0 0 16 16" aria-hidden="true"><circle class="hollow" cx="8" cy="8" r="5"/></svg>\
      score \(from)</li>
      <li><svg viewBox="0 0 16 16" aria-hidden="true"><circle class="median" cx="8" cy="8" r="5.5"/></svg>\
      score \(to)</li></ul>\
      \(changedOnly ? "<p>All other scores change by less than 0.1.</p>" : "")</figcaption>
      </figure></section>
      """
  }
}
