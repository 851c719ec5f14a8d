extension SimulationReport {
  /// More rows than this are left to JSON and CSV.
  private static let rowLimit = 20
  /// The least mass that two digits show.
  private static let leastShown = 0.005

  public var text: String {
    var lines = ["Scenario: \(scenario)".escapingControlCharacters]
    if let description { lines.append(wrapped(description)) }
    lines += conditions
    let unchanged = (provinces + abroad).count { $0.isMet && !$0.isChanged }
    let details = crossingText + tripText
    let changesNothing = details.isEmpty && !(provinces + abroad).contains(where: \.isChanged)
    lines += changesNothing ? ["", noChange] : ["", provinceText]
    var notes: [String] = []
    if unchanged > 0, !changesNothing {
      notes.append("Unchanged: \(unchanged) of the units that trips meet.")
    }
    let entered = (provinces + abroad).filter(\.isNew)
    if !entered.isEmpty {
      notes.append(wrapped("Entered anew: \(entered.map(\.id).joined(separator: ", "))"))
    }
    if !notes.isEmpty { lines += [""] + notes }
    lines += details
    if !details.isEmpty || notes.isEmpty { lines.append("") }
    for trip in trips where !trip.leftWaypoints.isEmpty && !trip.isCutOff && openFraction < 1 {
      let left = trip.leftWaypoints.joined(separator: ", ")
      lines.append(
        "\(trip.id) no longer passes its closed waypoint \(left).".escapingControlCharacters)
    }
    lines += (provinces + abroad).compactMap(Self.displacementText)
    lines += totalText
    lines.append(wrapped(manifest.notice))
    return lines.joined(separator: "\n")
  }

  /// What stands in place of a table in which nothing would be told.
  private var noChange: String {
    let subject = holdsOn.map { "with the crossing statuses of \($0)" } ?? "under this scenario"
    return wrapped(
      "Nothing changes \(subject): no trip takes another way, another time or another crossing. "
        + "With and without it: \(Shown.hours(total.travelTimeBeforeS)) h, "
        + "\(Shown.kilometers(total.lengthBeforeM)) km.")
  }

  /// What the scenario is, beyond its name.
  private var conditions: [String] {
    var lines: [String] = []
    if openFraction > 0 {
      lines.append(
        "Partly open: \(Shown.percent(openFraction)) % of traffic passes as if nothing were closed."
      )
    }
    if let holdsOn { lines.append(wrapped("Crossing statuses of: \(holdsOn)")) }
    if closedLinkCount > closedCrossings.count {
      lines.append("Closed ways: \(closedLinkCount - closedCrossings.count)")
    }
    for closure in withoutEffect {
      lines.append(wrapped("Closes nothing that was open: \(closure)"))
    }
    if !closedCrossings.isEmpty {
      lines.append(wrapped("Closed crossings: \(closedCrossings.joined(separator: ", "))"))
    }
    for delay in delays { lines.append(wrapped("Later: \(delay.text)")) }
    if !openPartOfSeason.isEmpty {
      let parts = openPartOfSeason.map {
        "\($0.id) (\($0.openDays) of \($0.days) days, taken as "
          + ($0.countsAsClosed ? "closed)" : "open)")
      }
      lines.append(wrapped("Open for a part of it: \(parts.joined(separator: ", "))"))
    }
    return lines
  }

  private var provinceText: String {
    var table = TextTable([
      ("Province", .left), ("Id", .left), ("h before", .right), ("h after", .right),
      ("change", .right), ("km change", .right), ("", .left),
    ])
    let changed = (provinces + abroad).filter(\.isChanged)
      .sorted { (abs($1.travelTimeChangeS), $0.id) < (abs($0.travelTimeChangeS), $1.id) }
    for row in changed {
      table.add([
        row.name.shortened(to: 22), row.id, Shown.hours(row.travelTimeBeforeS),
        Shown.hours(row.travelTimeAfterS), Shown.signed(row.changeHours, 2),
        Shown.signed(row.lengthChangeM / 1000, 1), row.isNew ? "new" : "",
      ])
    }
    table.add([
      "Total", "", Shown.hours(total.travelTimeBeforeS), Shown.hours(total.travelTimeAfterS),
      Shown.signed((total.travelTimeAfterS - total.travelTimeBeforeS) / 3600, 2),
      Shown.signed((total.lengthAfterM - total.lengthBeforeM) / 1000, 1), "",
    ])
    return table.text
  }

  /// The crossings whose use changes, the largest change first.
  private var crossingText: [String] {
    let changed = crossings.filter { abs($0.useMassChange) > Self.use }
      .sorted { (abs($1.useMassChange), $0.id) < (abs($0.useMassChange), $1.id) }
    guard !changed.isEmpty else { return [] }
    var table = TextTable([
      ("Crossing", .left), ("Border", .left), ("Mode", .left), ("use before", .right),
      ("use after", .right), ("change", .right), ("", .left),
    ])
    // A model that spreads trips moves traces over nearly every crossing, which would all show as 0.00.
    let shown = changed.filter { abs($0.useMassChange) >= Self.leastShown }
    for row in shown.prefix(Self.rowLimit) {
      table.add([
        row.id.shortened(to: 24), row.border, row.mode, Shown.fixed(row.useMassBefore, 2),
        Shown.fixed(row.useMassAfter, 2), Shown.signed(row.useMassChange, 2),
        row.isClosed ? "closed" : row.isNew ? "new" : "",
      ])
    }
    let traces = changed.count - shown.count
    return ["", shown.isEmpty ? "Use of crossings changes by traces:" : table.text]
      + Self.rest(of: shown.count, "crossings")
      + (traces > 0 ? ["and \(traces) more by less than 0.01 each."] : [])
  }

  /// The trips that change or are cut off, those that lose most first.
  private var tripText: [String] {
    let changed = trips.filter { trip in
      trip.isCutOff || abs(trip.travelTimeChangeS ?? 0) >= 1 || abs(trip.lengthChangeM ?? 0) >= 1
    }.sorted { (loss($1), $0.id) < (loss($0), $1.id) }
    guard !changed.isEmpty else { return [] }
    var table = TextTable([
      ("Trip", .left), ("mass", .right), ("h before", .right), ("h after", .right),
      ("change", .right), ("km change", .right),
    ])
    for trip in changed.prefix(Self.rowLimit) {
      table.add([
        trip.id.shortened(to: 40), Shown.fixed(trip.mass, 2),
        trip.travelTimeBeforeS.map(Shown.hours) ?? "–",
        trip.isCutOff ? "cut off" : trip.travelTimeAfterS.map(Shown.hours) ?? "–",
        trip.travelTimeChangeS.map { Shown.signed($0 / 3600, 2) } ?? "–",
        trip.lengthChangeM.map { Shown.signed($0 / 1000, 1) } ?? "–",
      ])
    }
    return ["", table.text] + Self.rest(of: changed.count, "trips")
  }

  /// Where a unit's mass went, the most first; nil where it is too little to be shown.
  ///
  /// A model that spreads trips over many ways displaces traces to nearly every unit: what would
  /// be shown as 0.00 is told as one sum.
  private static func displacementText(_ row: Row) -> String? {
    let sorted = row.displacedTo.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
    let shown = sorted.filter { $0.value >= leastShown }
    guard !shown.isEmpty else { return nil }
    var places = shown.map { "\(Shown.fixed($0.value, 2)) to \($0.key)" }
    if shown.count < sorted.count {
      let rest = sorted.dropFirst(shown.count)
      let mass = Shown.fixed(rest.reduce(0) { $0 + $1.value }, 2)
      places.append("\(mass) in parts below 0.01 to \(rest.count) more")
    }
    let sum = places.count > 1 ? " (\(Shown.fixed(row.lostMass, 2)))" : ""
    return wrapped("Displaced from \(row.id)\(sum): \(places.joined(separator: ", ")).")
  }

  /// By what the trips are ordered: those cut off, then mass × change.
  private func loss(_ trip: TripRow) -> Double {
    trip.isCutOff ? .infinity : trip.mass * abs(trip.travelTimeChangeS ?? 0)
  }

  private static func rest(of count: Int, _ what: String) -> [String] {
    count > rowLimit ? ["and \(count - rowLimit) more \(what): --format csv or json."] : []
  }

  private var totalText: [String] {
    let factor = total.detourFactor.map { Shown.fixed($0, 3) } ?? "–"
    var lines = [
      "Detour factor \(factor) over a connected mass of \(Shown.fixed(total.connectedMass, 2)); "
        + "cut off: \(Shown.fixed(total.cutOffMass, 2))."
    ]
    if total.disconnectedMass > total.cutOffMass {
      let rest = total.disconnectedMass - total.cutOffMass
      lines.append("Without a way before as well: \(Shown.fixed(rest, 2)).")
    }
    let largest = cutOff.sorted { ($1.mass, $0.id) < ($0.mass, $1.id) }.prefix(Self.rowLimit)
    lines += largest.map { wrapped("Cut off: \($0.id): \($0.reason)") }
    return lines + Self.rest(of: cutOff.count, "cut off")
  }
}

extension SimulationReport.Row {
  /// Whether anything changes that a table shows. A second is less than any figure here means.
  var isChanged: Bool { abs(travelTimeChangeS) >= 1 || abs(lengthChangeM) >= 1 }
}

extension SimulationReport.DelayRow {
  /// For example `border:KG-KZ by 3.00 h, dwell × 2.00`.
  var text: String {
    var parts: [String] = []
    if addedH > 0 {
      parts.append(
        "by \(Shown.fixed(addedH, 2)) h" + (addedFrom.map { " (mean of \($0))" } ?? ""))
    }
    if factor > 1 { parts.append("moving time × \(Shown.fixed(factor, 2))") }
    if dwellFactor > 1 { parts.append("dwell × \(Shown.fixed(dwellFactor, 2))") }
    return of.joined(separator: ", ") + " " + parts.joined(separator: ", ")
  }
}
