public import Geography
public import RiskIndex

/// The scores of an index as one page to read or print: map, intervals, contributions, coverage, tables, and
/// from what they were made.
///
/// The page is a single HTML file without scripts and without references to anything outside it. All
/// drawings are SVG with a title and a description, and every figure in them stands in a table too. The same
/// result gives the same bytes.
public struct IndexPage: Sendable {
  /// The page, UTF-8.
  public let html: String

  /// Draws the page.
  ///
  /// - Parameters:
  ///   - run: The index.
  ///   - without: The same without exposure; nil for an index that has none.
  ///   - before: The same without the scenario that `run` holds under; nil for none.
  ///   - scenario: What readers call the scenario.
  ///   - uncertainty: How certain the place of each unit is; nil where nobody asked.
  ///   - layer: The outlines of the units, and of those around them; without it the page has no map.
  ///   - meaning: What a high score means, as a sentence; nil for an index whose framework says so.
  ///   - manifest: From what it is made.
  /// - Complexity: O(v) for v positions of the layer, and O(units × indicators).
  public init(
    _ run: IndexRun, without: IndexRun? = nil, before: IndexRun? = nil, scenario: String? = nil,
    uncertainty: IndexUncertaintyPart? = nil, layer: ProvinceLayer? = nil, meaning: String? = nil,
    manifest: Manifest
  ) {
    let content = IndexPageContent(
      run, without: without, before: before, scenario: scenario, uncertainty: uncertainty,
      unitTitle: layer == nil ? "unit" : "province", manifest: manifest)
    let map = layer.flatMap { IndexMap(content, layer: $0) }
    html =
      Self.document(
        title: "\(content.framework.name): scores",
        body: [
          Self.heading(content, meaning: meaning), map?.figure ?? "", Self.scores(content),
          Self.intervals(content), Self.movers(content),
          Self.contributions(content), Self.exposureEffect(content), Self.coverage(content),
          Self.figures(content), Self.warnings(content), Self.method(content),
          Self.sources(content), Self.made(content),
        ].filter { !$0.isEmpty }.joined(separator: "\n")
      ).escapingControlCharactersInLines
  }

  private static func document(title: String, body: String) -> String {
    """
    <!DOCTYPE html>
    <html lang="en">
    <head>
    <meta charset="utf-8"/>
    <meta name="viewport" content="width=device-width, initial-scale=1"/>
    <title>\(title.escapedForHTML)</title>
    <style>
    \(styleSheet)
    </style>
    </head>
    <body>
    <svg width="0" height="0" class="definitions" aria-hidden="true"><defs>
    <pattern id="hatch" width="8" height="8" patternUnits="userSpaceOnUse" \
    patternTransform="rotate(45)"><rect class="hatch-ground" width="8" height="8"/>\
    <path class="hatch-line" d="M0 0v8"/></pattern>
    </defs></svg>
    <main>
    \(body)
    </main>
    </body>
    </html>

    """
  }

  private static func heading(_ content: IndexPageContent, meaning: String?) -> String {
    let scored = content.rows.count { $0.unit.score != nil }
    let ranked = content.rows.count { $0.unit.rank != nil }
    let coverages = content.rows.map(\.unit.coverage.available)
    let total = content.rows.map(\.unit.coverage.total).max() ?? 0
    let (least, most) = (coverages.min() ?? 0, coverages.max() ?? 0)
    let empty = content.groups.filter(\.isEmpty).count
    var facts = [
      (
        "\(scored)",
        scored == ranked
          ? "\(content.unitTitle)s scored and ranked"
          : "\(content.unitTitle)s scored, \(ranked) ranked"
      ),
      (
        least == most ? "\(most) of \(total)" : "\(least) to \(most) of \(total)",
        "indicators have a published value"
      ),
    ]
    if empty > 0 {
      let all = content.groups.count { !$0.isExposure }
      facts.append(("\(empty) of \(all)", "dimensions are empty and take no part"))
    }
    if let exposure = content.exposure {
      facts.append((Shown.percent(exposure.share) + " %", "of the score is exposure"))
    }
    let cards = facts.map {
      "<li><strong>\($0.0.escapedForHTML)</strong> <span>\($0.1.escapedForHTML)</span></li>"
    }
    let kicker =
      (content.framework.edition.isEmpty ? [] : ["Edition \(content.framework.edition)"])
      + (content.manifest.vintage == "unstated"
        ? [] : ["Boundaries of \(content.manifest.vintage)"])
    let scenario = content.scenario.map {
      "<p class=\"scenario\">Under the scenario <strong>\($0.escapedForHTML)</strong>; the state "
        + "without it is told beside.</p>"
    }
    return """
      <header>
      <p class="kicker">\(kicker.joined(separator: " · ").escapedForHTML)</p>
      <h1>\(content.framework.name.escapedForHTML)</h1>
      \(scenario ?? "")
      <p class="notice"><strong>\(content.manifest.notice.escapedForHTML)</strong>\
      \(meaning.map { " \($0.escapedForHTML)" } ?? "") A score says how a unit compares with the others on what has been published, and no more.</p>
      <ul class="facts">\(cards.joined())</ul>
      </header>
      """
  }
}
