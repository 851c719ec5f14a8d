import Geography
import TransportGraph

/// The results of a study as one page to look at: a map, the table behind it, and from what it was made.
///
/// The page is a single HTML file without references to anything outside it, so that it opens from a
/// disk without a network. Map, legend and layers work without scripts; a script adds details under
/// the pointer and sorts the table. Figures are those of the reports, in kilometres and hours.
/// The same reports give the same bytes.
public struct MapPage: Sendable {
  /// The page, UTF-8.
  public let html: String

  /// Draws the page.
  ///
  /// - Parameters:
  ///   - exposure: The provinces that are coloured, one by one; the rest of the layer is drawn pale.
  ///   - risk: Their scores; without it the page has no map of risk.
  ///   - closure: What a scenario changes; without it the page has no map of change.
  ///   - corridors: The lines that are drawn and listed.
  ///   - crossings: The symbols at borders, with their use.
  ///   - links: The ways in use; their width tells by how many trips.
  ///   - analysis: The study area that the reports come from.
  /// - Complexity: O(v + t a) for v positions of the layer and t names placed in rasters of a cells.
  public init(
    exposure: ExposureReport, risk: RiskReport?, closure: SimulationReport?,
    corridors: CorridorsReport, crossings: CrossingLayerReport, links: LinkLayerReport,
    analysis: Analysis
  ) {
    let listed = Set(exposure.provinces.map(\.id))
    let layer = analysis.area.provinces
    let shown =
      layer.provinces.filter { listed.contains($0.id) }.flatMap { $0.polygons.flatMap(\.exterior) }
      + links.links.filter { $0.useMass > 0 }.flatMap(\.line)
      + corridors.corridors.flatMap(\.line)
    let drawing = MapFrame(
      around: shown, projection: MapProjection(layer.metric)
    ).map { frame in
      MapDrawing(
        frame: frame,
        measures: Self.measures(exposure: exposure, risk: risk, closure: closure),
        exposure: exposure, risk: risk, closure: closure, corridors: corridors.corridors,
        crossings: crossings.crossings, links: links.links, layer: layer,
        settlements: analysis.area.gazetteer.settlements)
    }
    html =
      Self.document(
        title: "Corridors and provinces, vintage \(exposure.manifest.vintage)",
        body: [
          Self.heading(exposure, closure: closure), drawing.map(Self.figure) ?? "",
          "<div class=\"columns\">", Self.table(exposure, risk: risk, closure: closure),
          "<div>", Self.scenario(closure, exposure: exposure, crossings: crossings),
          Self.list(corridors), "</div></div>", Self.notes(exposure, risk: risk),
        ].joined(separator: "\n")
      ).escapingControlCharactersInLines
  }

  /// What the provinces can be coloured by.
  private static func measures(
    exposure: ExposureReport, risk: RiskReport?, closure: SimulationReport?
  ) -> [MapMeasure] {
    var measures = [
      MapMeasure(
        id: "exposure", title: "Exposure",
        definition: "Hours that all corridors together spend in the province",
        amounts: Dictionary(
          uniqueKeysWithValues: exposure.provinces.map { ($0.id, $0.travelTimeS / 3600) }),
        none: "no corridor")
    ]
    if let risk {
      measures.append(
        MapMeasure(
          id: "risk", title: "Risk score",
          definition: "\(risk.framework), with exposure; higher is riskier",
          amounts: Dictionary(uniqueKeysWithValues: risk.provinces.map { ($0.id, $0.score) }),
          none: nil))
      measures.append(
        MapMeasure(
          id: "difference", title: "What exposure adds",
          definition: "Risk score with exposure less the score without it, points",
          changes: Dictionary(
            uniqueKeysWithValues: risk.provinces.map { row in
              (row.id, row.score.flatMap { score in row.scoreWithoutExposure.map { score - $0 } })
            }),
          smallest: 0.05))
    }
    if let closure {
      measures.append(
        MapMeasure(
          id: "closure", title: "Effect of the closure",
          definition: "Change of hours: \(closure.scenario)",
          changes: Dictionary(
            uniqueKeysWithValues: closure.provinces.map { ($0.id, $0.travelTimeChangeS / 3600) }),
          smallest: 0.005))
    }
    return measures
  }

  private static func document(title: String, body: String) -> String {
    """
    <!DOCTYPE html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <title>\(title.escapedForHTML)</title>
    <style>
    \(styleSheet)
    </style>
    </head>
    <body>
    \(body)
    <div id="tip" role="status" hidden></div>
    <script>
    \(script)
    </script>
    </body>
    </html>

    """
  }

  private static func heading(_ exposure: ExposureReport, closure: SimulationReport?) -> String {
    let corridors = exposure.trips.count
    return """
      <header>
      <h1>Exposure of provinces to \(corridors) transport corridors</h1>
      <p>\(Shown.kilometers(exposure.total.lengthM)) km and \(Shown.hours(exposure.total.travelTimeS)) h \
      of way in all; boundaries: \(exposure.manifest.vintage.escapedForHTML).\
      \(closure.map { " Scenario: \($0.scenario.escapedForHTML)." } ?? "")</p>
      <p class="notice"><strong>\(exposure.manifest.notice.escapedForHTML)</strong> \
      The figures say where ways lead, not who travels on them.</p>
      </header>
      """
  }

  /// The large map with its switches and legend.
  private static func figure(_ drawing: MapDrawing) -> String {
    let measures = drawing.measures
    let switches = measures.enumerated().map { index, measure in
      """
      <label class="small-map"><input type="radio" name="measure" id="show-\(measure.id)"\
      \(index == 0 ? " checked" : "")>
      <svg \(drawing.viewBox) aria-hidden="true"><rect class="land" width="100%" height="100%"/>\
      <use href="#land"/><use href="#m-\(measure.id)"/>\
      <use href="#borders"/></svg>
      <span class="name">\(measure.title.escapedForHTML)</span>
      <span class="definition">\(measure.definition.escapedForHTML)</span>
      \(legend(measure))</label>
      """
    }
    let shown = measures.map { "<use href=\"#m-\($0.id)\" class=\"measure \($0.id)\"/>" }
    let captions = measures.map {
      "<div class=\"measure \($0.id)\"><p>\($0.definition.escapedForHTML)</p>\(legend($0))</div>"
    }
    return """
      <svg width="0" height="0" class="definitions" aria-hidden="true"><defs>
      <pattern id="hatch" width="20" height="20" patternUnits="userSpaceOnUse" \
      patternTransform="rotate(45)"><rect class="unknown" width="20" height="20"/>\
      <path class="hatch" d="M0 0v20"/></pattern>
      \(drawing.definitions)
      </defs></svg>
      <fieldset class="measures"><legend>Colour the provinces by</legend>
      \(switches.joined(separator: "\n"))
      </fieldset>
      <figure>
      <svg id="map" \(drawing.viewBox) role="img" aria-labelledby="map-title map-desc">
      <title id="map-title">Map of the provinces and the corridors</title>
      <desc id="map-desc">Provinces coloured by the chosen measure, with roads and railways in use, \
      border crossings and towns. The table below holds the same figures.</desc>
      <rect class="land" width="100%" height="100%"/>
      <use href="#land"/>
      \(shown.joined())
      <use href="#borders"/>
      \(drawing.provinceTargets)
      \(drawing.useLines)
      \(drawing.corridorLines)
      <g class="marks">\(drawing.crossingMarks)</g>
      <g class="labels wide">\(drawing.labels(isNarrow: false).svg)</g>
      <g class="labels narrow">\(drawing.labels(isNarrow: true).svg)</g>
      </svg>
      <figcaption>
      \(captions.joined(separator: "\n"))
      \(layers(drawing))
      </figcaption>
      </figure>
      """
  }

  private static func legend(_ measure: MapMeasure) -> String {
    let entries = measure.legend.map {
      "<li><svg viewBox=\"0 0 72 48\" aria-hidden=\"true\"><rect class=\"\($0.style)\" width=\"72\" "
        + "height=\"48\"/></svg>\($0.label.escapedForHTML)</li>"
    }
    return "<ul class=\"legend\">\(entries.joined())</ul>"
  }
}
