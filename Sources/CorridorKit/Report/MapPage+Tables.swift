extension MapPage {
  /// The figures of the map: the rows of the demo's summary.
  static func table(
    _ exposure: ExposureReport, risk: RiskReport?, closure: SimulationReport?
  ) -> String {
    var titles = [("Province", "text"), ("Id", "text"), ("km", ""), ("hours", "")]
    if risk != nil {
      titles += [("risk", ""), ("rank", ""), ("without", ""), ("indicators", "")]
    }
    if closure != nil { titles.append(("if closed", "")) }
    let head = titles.map { title, style in
      "<th scope=\"col\"\(style.isEmpty ? "" : " class=\"\(style)\"")>\(title)</th>"
    }
    let rows = exposure.provinces.enumerated()
      .sorted { ($1.element.travelTimeS, $0.element.id) < ($0.element.travelTimeS, $1.element.id) }
      .map { index, row in
        var cells = [
          "<th scope=\"row\" class=\"text\">\(row.name.escapedForHTML)</th>",
          "<td class=\"text\">\(row.id.escapedForHTML)</td>",
          cell(row.lengthM, Shown.kilometers(row.lengthM)),
          cell(row.travelTimeS, Shown.hours(row.travelTimeS)),
        ]
        if let risk {
          let score = risk.provinces.first { $0.id == row.id }
          cells += [
            cell(score?.score, score?.score.map { Shown.fixed($0, 1) }),
            cell(score?.rank.map(Double.init), score?.rank.map(String.init)),
            cell(
              score?.rankWithoutExposure.map(Double.init),
              score?.rankWithoutExposure.map(String.init)),
            cell(
              score.map { Double($0.indicatorsAvailable) },
              score.map { "\($0.indicatorsAvailable)/\($0.indicatorsTotal)" }),
          ]
        }
        if let closure {
          let change = closure.provinces.first { $0.id == row.id }?.travelTimeChangeS
          cells.append(cell(change, change.map { Shown.signed($0 / 3600, 2) }))
        }
        return "<tr data-row=\"\(index)\">\(cells.joined())</tr>"
      }
    return """
      <section class="figures"><h2>Provinces</h2>
      <div class="scroll"><table>
      <caption>km, hours: of all corridors within the province.\
      \(risk == nil ? "" : riskNote)\
      \(closure.map { " if closed: change of hours, \($0.scenario.escapedForHTML)." } ?? "")</caption>
      <thead><tr>\(head.joined())</tr></thead>
      <tbody>
      \(rows.joined(separator: "\n"))
      </tbody>
      \(foot(exposure, closure: closure, columns: titles.count))
      </table></div></section>
      """
  }

  private static let riskNote =
    " risk, rank: with exposure; rank 1 is the riskiest. without: rank without exposure. indicators: "
    + "with a value, of those in the framework."

  /// What lies abroad, and the sum.
  private static func foot(
    _ exposure: ExposureReport, closure: SimulationReport?, columns: Int
  ) -> String {
    func row(_ name: String, _ length: Double, _ time: Double, change: Double?) -> String {
      let filling = String(repeating: "<td></td>", count: columns - 4 - (closure == nil ? 0 : 1))
      return "<tr><th scope=\"row\" colspan=\"2\" class=\"text\">\(name.escapedForHTML)</th>"
        + cell(length, Shown.kilometers(length)) + cell(time, Shown.hours(time)) + filling
        + (closure == nil ? "" : cell(change, change.map { Shown.signed($0 / 3600, 2) })) + "</tr>"
    }
    let rows = exposure.abroad.map { unit in
      row(
        unit.country.map { "Abroad: \(CountryName.english($0))" } ?? unit.name, unit.lengthM,
        unit.travelTimeS,
        change: closure?.abroad.first { $0.id == unit.id }?.travelTimeChangeS)
    }
    let total = closure?.total
    let all = row(
      "Total", exposure.total.lengthM, exposure.total.travelTimeS,
      change: total.map { $0.travelTimeAfterS - $0.travelTimeBeforeS })
    return "<tfoot>\((rows + [all]).joined(separator: "\n"))</tfoot>"
  }

  private static func cell(_ value: Double?, _ shown: String?) -> String {
    guard let value, let shown else { return "<td>–</td>" }
    return "<td data-value=\"\(value)\">\(shown)</td>"
  }

  /// What the scenario closes and what comes of it.
  static func scenario(
    _ closure: SimulationReport?, exposure: ExposureReport, crossings: CrossingLayerReport
  ) -> String {
    guard let closure else { return "" }
    var lines: [String] = []
    if let description = closure.description { lines.append(description) }
    let closed = closure.closedCrossings.map { id in
      crossings.crossings.first { $0.id == id }.map { "\($0.name) (\($0.mode))" } ?? id
    }
    if !closed.isEmpty { lines.append("Closed crossings: \(closed.joined(separator: ", ")).") }
    if closure.openFraction > 0 {
      lines.append(
        "Partly open: \(Shown.percent(closure.openFraction)) % of traffic passes as if nothing were "
          + "closed.")
    }
    let (before, after) = (closure.total.travelTimeBeforeS, closure.total.travelTimeAfterS)
    lines.append(
      "All corridors: \(Shown.hours(before)) h before, \(Shown.hours(after)) h after "
        + "(\(Shown.signed((after - before) / 3600, 2)) h).")
    if let factor = closure.total.detourFactor {
      lines.append(
        "Detour factor \(Shown.fixed(factor, 3)) over the corridors still connected; cut off: "
          + "\(Shown.fixed(closure.total.cutOffMass, 0)) of \(exposure.trips.count).")
    }
    lines += closure.cutOff.map { "Cut off: \($0.id): \($0.reason)." }
    let entered = closure.provinces.filter(\.isNew).map(\.name)
    if !entered.isEmpty {
      lines.append("Provinces with exposure only under it: \(entered.joined(separator: ", ")).")
    }
    return "<section><h2>Scenario: \(closure.scenario.escapedForHTML)</h2>"
      + lines.map { "<p>\($0.escapedForHTML)</p>" }.joined(separator: "\n") + "</section>"
  }

  /// The corridors with their lengths.
  static func list(_ corridors: CorridorsReport) -> String {
    let rows = corridors.corridors.enumerated().map { index, row in
      return """
        <tr data-corridor="\(index)"><td class="text"><svg class="key" viewBox="0 0 26 12" \
        aria-hidden="true"><path class="corridor\(row.modes == [.rail] ? " rail" : "")" \
        stroke="\(row.drawnColor)" stroke-width="4" d="M0 6h26"/></svg></td>\
        <th scope="row" class="text">\(row.id.escapedForHTML)</th>\
        <td class="text">\(row.name.escapedForHTML)<small>\(row.mode)\
        \(row.publishedLengthM.map { "; published \(Shown.fixed($0 / 1000, 0)) km" } ?? "")\
        </small></td>\
        <td>\(Shown.kilometers(row.lengthM))</td><td>\(Shown.hours(row.travelTimeS))</td></tr>
        """
    }
    let gone = corridors.cutOff.map {
      "<p>No way for \($0.id.escapedForHTML): \($0.reason.escapedForHTML)</p>"
    }
    return """
      <section><h2>Corridors</h2>
      <table class="corridors"><thead><tr><td></td><th scope="col" class="text">Id</th>\
      <th scope="col" class="text">Corridor</th><th scope="col">km</th><th scope="col">hours</th>\
      </tr></thead><tbody>
      \(rows.joined(separator: "\n"))
      </tbody></table>
      \(gone.joined(separator: "\n"))
      \(published(corridors))
      </section>
      """
  }

  /// Who published the lengths that the corridors are compared with.
  private static func published(_ corridors: CorridorsReport) -> String {
    let sources = corridors.corridors.compactMap { row in
      row.publishedSource.map { "<li>\(row.id.escapedForHTML): \($0.escapedForHTML)</li>" }
    }
    guard !sources.isEmpty else { return "" }
    return "<details><summary>Sources of the published lengths</summary>"
      + "<ul>\(sources.joined())</ul></details>"
  }
}
