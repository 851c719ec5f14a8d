/// Exposure, risk and the effect of a closure side by side, for a first look.
public struct DemoSummary: Sendable {
  /// A table with its legend, for a person at a terminal.
  public let text: String

  /// A summary of three reports on the same provinces.
  public init(exposure: ExposureReport, risk: RiskReport?, closure: SimulationReport) {
    var table = TextTable([
      ("Province", .left), ("Id", .left), ("km", .right), ("hours", .right), ("risk", .right),
      ("rank", .right), ("without", .right), ("if closed", .right),
    ])
    let order = exposure.provinces.sorted { ($1.travelTimeS, $0.id) < ($0.travelTimeS, $1.id) }
    for row in order {
      let risk = risk?.provinces.first { $0.id == row.id }
      let change = closure.provinces.first { $0.id == row.id }?.travelTimeChangeS ?? 0
      table.add([
        row.name.shortened(to: 18), row.id, Shown.kilometers(row.lengthM),
        Shown.hours(row.travelTimeS), risk?.score.map { Shown.fixed($0, 1) } ?? "–",
        risk?.rank.map { "\($0)" } ?? "–", risk?.rankWithoutExposure.map { "\($0)" } ?? "–",
        Shown.signed(change / 3600, 2),
      ])
    }
    var lines = [
      "Exposure of provinces (vintage \(exposure.manifest.vintage)) to \(exposure.trips.count) named "
        + "corridors", "",
      table.text, "",
      "km, hours   of all corridors within the province",
      "risk, rank  score after the Global Slavery Index 2013 with exposure in km",
      "without     rank without exposure",
      "if closed   change of hours: \(closure.scenario)",
    ]
    for row in exposure.abroad {
      lines.append(
        "\(row.name): \(Shown.kilometers(row.lengthM)) km, \(Shown.hours(row.travelTimeS)) h")
    }
    if let factor = closure.total.detourFactor {
      lines.append(
        "Detour factor \(Shown.fixed(factor, 3)); cut off: "
          + "\(Shown.fixed(closure.total.cutOffMass, 0)) of \(exposure.trips.count) corridors.")
    }
    lines.append(exposure.manifest.notice)
    text = lines.joined(separator: "\n").escapingControlCharactersInLines
  }
}
