import RiskIndex

extension IndexPage {
  /// What a reader must know of the data and the method.
  static func warnings(_ content: IndexPageContent) -> String {
    guard !content.warnings.isEmpty else { return "" }
    return """
      <section><h2>What to know before comparing</h2>
      <ul class="warnings">
      \(content.warnings.map { "<li>\(sentence($0).escapedForHTML)</li>" }.joined(separator: "\n"))
      </ul></section>
      """
  }

  /// With a capital, unless it begins with an identifier, and a full stop.
  private static func sentence(_ text: String) -> String {
    let first = text.prefix { $0 != " " }
    let isName = first.contains("_") || first.contains("-")
    return (isName ? text : text.prefix(1).uppercased() + text.dropFirst())
      + (text.hasSuffix(".") ? "" : ".")
  }

  /// What was varied, and which of it moves ranks; empty where nobody asked.
  static func movers(_ content: IndexPageContent) -> String {
    guard let uncertainty = content.uncertainty else { return "" }
    let inputs = uncertainty.factors.map { factor -> String in
      let choices =
        factor.alternatives.isEmpty
        ? "" : ": " + factor.alternatives.joined(separator: ", ")
      return "<li>\(factor.name.escapedForHTML)\(choices.escapedForHTML)</li>"
    }
    let varied =
      "<p>Varied over the draws (\(uncertainty.name.escapedForHTML), seed \(uncertainty.seed)):</p>"
      + "<ul>\(inputs.joined())</ul>"
    guard let sensitivity = uncertainty.sensitivity else {
      return "<section><h2>What was varied</h2>\n\(varied)</section>"
    }
    func text(_ estimate: IndexSensitivityPart.Estimate) -> String {
      "\(Shown.fixed(estimate.value, 2)) <small>\(Shown.fixed(estimate.low, 2)) to "
        + "\(Shown.fixed(estimate.high, 2))</small>"
    }
    let rows = sensitivity.meanShift.map {
      "<tr><th scope=\"row\">\($0.factor.escapedForHTML)</th><td>\(text($0.first))</td>"
        + "<td>\(text($0.total))</td></tr>"
    }
    let sentences = content.rows.compactMap { row in
      sensitivity.units.first { $0.id == row.unit.unit && !$0.rank.isEmpty }
        .map { "<li>\($0.sentence.escapedForHTML)</li>" }
    }
    return """
      <section><h2>What moves ranks</h2>
      <p><strong>\(sensitivity.summary.escapedForHTML)</strong></p>
      \(varied)
      <div class="scroll"><table class="movers">
      <thead><tr><th scope="col">factor</th><th scope="col">S1, 95 %</th><th scope="col">ST, 95 %</th></tr></thead>
      <tbody>
      \(rows.joined(separator: "\n"))
      </tbody></table></div>
      <p class="quiet">Shares of the variance of the mean shift of ranks: S1, what would vanish if the factor \
      were settled; ST, what would remain if all others were.</p>
      <ul class="sentences">\(sentences.joined())</ul></section>
      """
  }

  /// The steps of the recipe as they ran.
  static func method(_ content: IndexPageContent) -> String {
    let steps = content.records.map { record -> String in
      let touched = Self.touches(record.touched)
      let list =
        touched.isEmpty
        ? ""
        : "<ul>" + touched.map { "<li>\($0.escapedForHTML)</li>" }.joined() + "</ul>"
      return "<li>\(record.step.description.escapedForHTML)\(list)</li>"
    }
    let exposure = content.exposure.map {
      "<p>Exposure (\($0.name.escapedForHTML)) stands beside the dimensions with a share of "
        + "\(Shown.percent($0.share)) % of the score, whatever else has data.</p>"
    }
    return """
      <section><h2>Method</h2>
      <p>The steps in the order in which they ran, with what was out of the ordinary.</p>
      <ol class="steps">
      \(steps.joined(separator: "\n"))
      </ol>
      \(exposure ?? "")
      <p>After the steps of the OECD/JRC Handbook on Constructing Composite Indicators (2008). Units are \
      compared with each other and not with an ideal unless an indicator has goalposts. A missing value \
      takes no part and is never counted as zero.</p></section>
      """
  }

  /// What a step did, what it did alike to several indicators or units told together.
  private static func touches(_ touches: [StepRecord.Touch]) -> [String] {
    var order: [String] = []
    var places: [String: [String]] = [:]
    for touch in touches {
      let change =
        touch.before == nil && touch.after == nil
        ? ""
        : " ("
          + [touch.before, touch.after].map { $0.map { Shown.amount($0) } ?? "none" }
          .joined(separator: " to ") + ")"
      if places[touch.note] == nil { order.append(touch.note) }
      let place = [touch.part, touch.unit].compactMap(\.self).joined(separator: " of ")
      places[touch.note, default: []].append(place + change)
    }
    return order.map { note in
      let all = (places[note] ?? []).filter { !$0.isEmpty }
      let count = all.count > 3 ? " (\(all.count))" : ""
      return all.isEmpty ? note : "\(note)\(count): \(all.joined(separator: ", "))"
    }
  }

  /// Whose figures these are, and of which years.
  static func sources(_ content: IndexPageContent) -> String {
    let rows = content.columns.map { column in
      "<tr><th scope=\"row\">\(column.indicator.name.escapedForHTML) "
        + "<small>\(column.indicator.id.escapedForHTML)</small></th>"
        + "<td class=\"text\">\(column.measure.escapedForHTML)</td>"
        + "<td>\(column.years.isEmpty ? "–" : column.years.map(String.init).joined(separator: ", "))</td>"
        + "<td>\(column.unitCount)</td>"
        + "<td class=\"text\">\(column.sources.joined(separator: "; ").escapedForHTML)</td></tr>"
    }
    return """
      <section><h2>Sources</h2>
      <div class="scroll"><table class="sources">
      <thead><tr><th scope="col">indicator</th><th scope="col">measured in</th><th scope="col">year</th>\
      <th scope="col">units</th><th scope="col">published by</th></tr></thead>
      <tbody>
      \(rows.joined(separator: "\n"))
      </tbody></table></div>
      <p>Framework: \(content.framework.source.escapedForHTML)</p></section>
      """
  }

  /// From what the page was made, so that it can be made again.
  static func made(_ content: IndexPageContent) -> String {
    let manifest = content.manifest
    let options = manifest.options.sorted { $0.key < $1.key }
      .map { "<li><code>\($0.key.escapedForHTML)</code> \($0.value.escapedForHTML)</li>" }
    let inputs = manifest.inputs.map { input in
      // The folder is the machine's, the name and the digest are the file's.
      let name = input.file.split(separator: "/").last.map(String.init) ?? input.file
      return "<tr><td class=\"text\">\(name.escapedForHTML)</td>"
        + "<td class=\"text\"><code>\(input.sha256)</code></td></tr>"
    }
    return """
      <footer><h2>Made from</h2>
      <p>CorridorKit \(manifest.version.escapedForHTML); boundaries: \
      \(manifest.vintage.escapedForHTML); positions: \(manifest.crs.escapedForHTML); lengths: \
      \(manifest.lengths.escapedForHTML). Maps are for looking at: no figure was measured on one, and no \
      border is a statement about its legal status.</p>
      <ul class="options">\(options.joined())</ul>
      <div class="scroll"><table class="inputs">
      <thead><tr><th scope="col">file</th><th scope="col">SHA-256</th></tr></thead>
      <tbody>
      \(inputs.joined(separator: "\n"))
      </tbody></table></div></footer>
      """
  }
}
