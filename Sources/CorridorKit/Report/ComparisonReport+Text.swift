extension ComparisonReport {
  /// So many scenarios stand side by side within 100 columns; more go below.
  private static let columnLimit = 5

  public var text: String {
    var lines = scenarios.map { wrapped("\($0.label): \($0.name)") }
    lines += ["", totalText]
    let groups = stride(from: 0, to: scenarios.count, by: Self.columnLimit).map {
      Array(scenarios[$0..<min($0 + Self.columnLimit, scenarios.count)])
    }
    for group in groups { lines += ["", "Change of hours by province", provinceText(group)] }
    for group in groups {
      let table = crossingText(group)
      if !table.isEmpty { lines += ["", "Change of use by crossing"] + table }
    }
    lines.append("")
    for (scenario, report) in zip(scenarios, reports) where report.openFraction < 1 {
      let left = report.trips.filter { !$0.leftWaypoints.isEmpty && !$0.isCutOff }.map(\.id)
      guard !left.isEmpty else { continue }
      lines.append(
        wrapped(
          "\(scenario.label): no longer past a closed waypoint, and perhaps shorter for it: "
            + left.joined(separator: ", ")))
    }
    for scenario in scenarios where !scenario.enteredAnew.isEmpty {
      lines.append(
        wrapped(
          "\(scenario.label): entered anew: \(scenario.enteredAnew.joined(separator: ", "))"))
    }
    lines.append(wrapped(manifest.notice))
    return lines.joined(separator: "\n")
  }

  private var totalText: String {
    var table = TextTable([
      ("", .left), ("h before", .right), ("h change", .right), ("km change", .right),
      ("detour factor", .right), ("connected", .right), ("cut off", .right),
      ("entered anew", .right),
    ])
    for row in scenarios {
      let total = row.total
      table.add([
        row.label, Shown.hours(total.travelTimeBeforeS),
        Shown.signed((total.travelTimeAfterS - total.travelTimeBeforeS) / 3600, 2),
        Shown.signed((total.lengthAfterM - total.lengthBeforeM) / 1000, 1),
        total.detourFactor.map { Shown.fixed($0, 3) } ?? "–", Shown.fixed(total.connectedMass, 2),
        Shown.fixed(total.cutOffMass, 2), "\(row.enteredAnew.count)",
      ])
    }
    return table.text
  }

  /// The units that change under any of some scenarios, the largest change first.
  private func provinceText(_ group: [ScenarioRow]) -> String {
    var table = TextTable(
      [("Province", .left), ("Id", .left), ("h before", .right)]
        + group.map { ($0.label, .right) })
    func changes(_ row: Row) -> [Double] {
      group.map { row.changes[$0.label]?.travelTimeChangeS ?? 0 }
    }
    func largest(_ row: Row) -> Double { changes(row).map(abs).max() ?? 0 }
    for row in (provinces + abroad).filter({ largest($0) >= 1 })
      .sorted(by: { (largest($1), $0.id) < (largest($0), $1.id) })
    {
      table.add(
        [row.name.shortened(to: 18), row.id, Shown.hours(row.travelTimeBeforeS)]
          + changes(row).map { Shown.signed($0 / 3600, 2) })
    }
    return table.text
  }

  private func crossingText(_ group: [ScenarioRow]) -> [String] {
    func changes(_ row: CrossingRow) -> [Double] {
      group.map { row.useMassChanges[$0.label] ?? 0 }
    }
    func largest(_ row: CrossingRow) -> Double { changes(row).map(abs).max() ?? 0 }
    let changed = crossings.filter { largest($0) > SimulationReport.use }
      .sorted { (largest($1), $0.id) < (largest($0), $1.id) }
    guard !changed.isEmpty else { return [] }
    var table = TextTable(
      [("Crossing", .left), ("Border", .left), ("use before", .right)]
        + group.map { ($0.label, .right) })
    for row in changed {
      table.add(
        [row.id.shortened(to: 18), row.border, Shown.fixed(row.useMassBefore, 2)]
          + changes(row).map { Shown.signed($0, 2) })
    }
    return [table.text]
  }
}
