import Geography
public import TransportGraph

/// The expected use of every link that trips may take.
public struct LinkUseReport: Report {
  /// One link, both directions together.
  public struct Row: Encodable, Sendable, Hashable {
    /// The link's id.
    public let id: String
    /// What a map calls the link.
    public let name: String?
    /// The number or numbers of its road.
    public let ref: String?
    /// `road`, `rail` or `ferry`.
    public let mode: String
    /// `way`, `crossing` or `transfer`.
    public let kind: String
    /// The crossing that it stands for, if it is one.
    public let crossing: String?
    /// Metres.
    public let lengthM: Double
    /// Seconds to pass it once, dwell included.
    public let travelTimeS: Double
    /// Σ mass × expected number of uses.
    public let useMass: Double
    /// Σ mass × expected number of uses × metres.
    public let useLengthM: Double
    /// Σ mass × expected number of uses × seconds.
    public let useTravelTimeS: Double
    let line: [Coordinate]

    private enum CodingKeys: CodingKey {
      case id, name, ref, mode, kind, crossing, lengthM, travelTimeS, useMass, useLengthM,
        useTravelTimeS
    }
  }

  /// Sums over all links.
  public struct Total: Encodable, Sendable, Hashable {
    /// The mass of the trips that a way was found for.
    public let connectedMass: Double
    /// The mass of the others.
    public let disconnectedMass: Double
    /// Σ mass × metres.
    public let lengthM: Double
    /// Σ mass × seconds.
    public let travelTimeS: Double
  }

  /// From what the report was made.
  public let manifest: Manifest
  /// The links in use, in the order of the network.
  public let links: [Row]
  /// Sums over all links.
  public let total: Total
  /// The trips that no way was found for.
  public let cutOff: [CutOffSummary]
  /// What a reader should know of the route choice, a sentence each.
  public let warnings: [String]
  private let choice: String

  private enum CodingKeys: CodingKey { case manifest, links, total, cutOff, warnings }

  /// The table for a terminal tells so many links; the other formats tell all.
  private static let shownCount = 30

  /// A report on the links of an analysis.
  ///
  /// - Parameters:
  ///   - trips: What travels.
  ///   - outcomes: What became of each, in the same order.
  ///   - cutOff: The trips that no way was found for.
  ///   - model: How travellers spread over the ways between two places.
  ///   - warnings: What a reader should know of the model's result.
  public init(
    _ trips: [Trip], _ outcomes: [TripOutcome], cutOff: [CutOffSummary],
    by model: RouteChoiceModel, warnings: [RouteChoiceWarning], analysis: Analysis,
    manifest: Manifest
  ) {
    self.manifest = manifest
    self.cutOff = cutOff
    self.warnings = warnings.map(\.description)
    choice = model.sentence(measure: analysis.profile.measure)
    let use = LinkUseTotals(trips, outcomes)
    links = use.masses.filter { $0.value > 0 }.sorted { $0.key < $1.key }.map { id, mass in
      let link = analysis.area.graph.links[id.index]
      let seconds = analysis.view.times.seconds(of: id)
      return Row(
        id: link.id, name: link.name, ref: link.ref, mode: link.mode.rawValue,
        kind: link.kind.rawValue, crossing: link.crossingID, lengthM: link.lengthMeters,
        travelTimeS: seconds, useMass: mass, useLengthM: mass * link.lengthMeters,
        useTravelTimeS: mass * seconds, line: analysis.area.network.lines[id.index])
    }
    var (connected, disconnected) = (0.0, 0.0)
    for (trip, outcome) in zip(trips, outcomes) {
      if outcome.exposure == nil { disconnected += trip.mass } else { connected += trip.mass }
    }
    total = Total(
      connectedMass: connected, disconnectedMass: disconnected,
      lengthM: links.reduce(0) { $0 + $1.useLengthM },
      travelTimeS: links.reduce(0) { $0 + $1.useTravelTimeS })
  }

  public var text: String {
    var table = TextTable([
      ("Link", .left), ("Name", .left), ("Road", .left), ("Mode", .left), ("km", .right),
      ("hours", .right), ("use", .right), ("use·h", .right),
    ])
    let order = links.sorted { ($1.useMass, $0.id) < ($0.useMass, $1.id) }
    for row in order.prefix(Self.shownCount) {
      table.add([
        row.id.shortened(to: 18), (row.crossing ?? row.name ?? "").shortened(to: 20),
        (row.ref ?? "").shortened(to: 10), row.mode, Shown.kilometers(row.lengthM),
        Shown.hours(row.travelTimeS), Shown.fixed(row.useMass, 3), Shown.hours(row.useTravelTimeS),
      ])
    }
    var parts = [table.text]
    let rest = order.count - Self.shownCount
    if rest > 0 {
      parts.append("\(rest) more links: --format csv, json or geojson tells all.")
    }
    parts.append(
      "All \(links.count) links: \(Shown.kilometers(total.lengthM)) mass·km, "
        + "\(Shown.hours(total.travelTimeS)) mass·h.")
    if !cutOff.isEmpty { parts.append(noWay(cutOff)) }
    parts.append(wrapped(choice))
    parts.append(wrapped(manifest.notice))
    return parts.joined(separator: "\n\n")
  }

  public var csv: [[String]] {
    [
      [
        "id", "name", "ref", "mode", "kind", "crossing", "length_m", "travel_time_s", "use_mass",
        "use_length_m", "use_travel_time_s",
      ]
    ]
      + links.map { row in
        [
          row.id, row.name ?? "", row.ref ?? "", row.mode, row.kind, row.crossing ?? "",
          "\(row.lengthM)", "\(row.travelTimeS)", "\(row.useMass)", "\(row.useLengthM)",
          "\(row.useTravelTimeS)",
        ]
      }
  }

  public var features: [ReportFeature]? {
    let scale = ColorScale(links.map(\.useMass))
    return links.map { row in
      ReportFeature(
        id: row.id, geometry: .lineString(row.line),
        properties: [
          "name": PropertyValue(row.name), "ref": PropertyValue(row.ref), "mode": .text(row.mode),
          "kind": .text(row.kind), "crossing": PropertyValue(row.crossing),
          "length_m": .number(row.lengthM), "travel_time_s": .number(row.travelTimeS),
          "use_mass": .number(row.useMass), "use_length_m": .number(row.useLengthM),
          "use_travel_time_s": .number(row.useTravelTimeS),
          "stroke": .text(scale.color(row.useMass)), "stroke-width": row.mode == "rail" ? 2 : 3,
        ])
    }
  }
}
