import Geography

/// The flows of a gravity model, with what the balancing took and which pairs are zero by rule.
public struct GravityReport: Report {
  /// A place.
  public struct Zone: Encodable, Sendable, Hashable {
    /// A province's or settlement's id, or the text that named it.
    public let id: String
    /// What a reader calls it.
    public let name: String
    /// ISO 3166-1 alpha-2, where known.
    public let country: String?
    /// What the formula says; nil where flows do not begin there.
    public let push: Double?
    /// What the formula says; nil where flows do not end there.
    public let pull: Double?
    /// The mass that begins and ends there, by the table.
    public let originMass: Double
    public let destinationMass: Double
    let coordinate: Coordinate
  }

  /// A pair with a flow; the way back, where flows go both ways, is a pair of its own.
  public struct Flow: Encodable, Sendable, Hashable {
    /// As the table of flows names them.
    public let from: String
    public let to: String
    /// How much.
    public let mass: Double
    /// Hours (or 100 km under a profile that measures distance) on the network.
    public let cost: Double
  }

  /// How the margins were met.
  public struct Balancing: Encodable, Sendable, Hashable {
    /// `doubly`, `origin`, `destination` or `none`.
    public let constraint: String
    /// How often the margins were scaled.
    public let iterations: Int
    /// The largest residuals as shares of their margins.
    public let largestRowResidual: Double
    public let largestColumnResidual: Double
    /// Always true: what does not converge is an error.
    public let isConverged: Bool
  }

  /// A pair without a way.
  public struct Unreached: Encodable, Sendable, Hashable {
    public let from: String
    public let to: String
    /// Why, in one sentence.
    public let reason: String
  }

  /// From what the report was made.
  public let manifest: Manifest
  /// What the model is called.
  public let name: String
  /// The layer of the flows.
  public let layer: String?
  /// `h`, or `100 km` under a profile that measures distance.
  public let costUnit: String
  /// The sum of the flows.
  public let total: Double
  /// Σ mass × cost / Σ mass.
  public let meanCost: Double
  /// The mass that stays within a country, as a share of the total.
  public let domesticShare: Double
  /// How the margins were met.
  public let balancing: Balancing
  /// How many pairs have no flow, by reason.
  public let structuralZeros: [String: Int]
  /// The pairs without a way.
  public let unreachable: [Unreached]
  /// Places of the selections that lie off the network, or whose nearest node lies abroad.
  public let leftOut: [String]
  /// Of each variable of the model's file, the places that values are for and that are no zone.
  public let unusedValues: [String: [String]]
  /// All places, each once.
  public let zones: [Zone]
  /// The table of flows.
  public let flows: [Flow]

  /// A report on the flows of a model.
  public init(_ demand: GravityDemand, analysis: Analysis, manifest: Manifest) {
    self.manifest = manifest
    name = demand.specification.name
    layer = demand.specification.layer
    costUnit = analysis.profile.measure == .time ? "h" : "100 km"
    let balanced = demand.flows.balanced
    total = balanced.total
    meanCost = demand.flows.meanCost ?? 0
    domesticShare = demand.domesticMass / (demand.domesticMass + demand.crossBorderMass)
    balancing = Balancing(
      constraint: demand.specification.constraint.rawValue, iterations: balanced.iterations,
      largestRowResidual: balanced.largestRowResidual,
      largestColumnResidual: balanced.largestColumnResidual, isConverged: true)
    structuralZeros = Dictionary(
      uniqueKeysWithValues: demand.structuralZeros.map { ($0.key.rawValue, $0.value) })
    unreachable = demand.unreachable.map { pair in
      let (from, to) = (demand.origins[pair.origin], demand.destinations[pair.destination])
      let summary = CutOffSummary(
        id: "", from: from.place, to: to.place, mass: 0, reason: pair.reason, analysis: analysis)
      return Unreached(from: from.text, to: to.text, reason: summary.reason)
    }
    leftOut = demand.leftOut
    unusedValues = demand.unusedValues
    var costs: [[String]: Double] = [:]
    for pair in demand.pairs {
      let ends = [demand.origins[pair.origin].text, demand.destinations[pair.destination].text]
      costs[ends] = pair.cost
      // The way back is told with the cost of the way there.
      if demand.specification.goesBothWays, costs[ends.reversed()] == nil {
        costs[ends.reversed()] = pair.cost
      }
    }
    let table = demand.table
    flows = table.map {
      Flow(
        from: $0.origin, to: $0.destination, mass: $0.mass,
        cost: costs[[$0.origin, $0.destination]] ?? 0)
    }
    var (begins, ends): ([String: Double], [String: Double]) = ([:], [:])
    for flow in table {
      begins[flow.origin, default: 0] += flow.mass
      ends[flow.destination, default: 0] += flow.mass
    }
    var zones: [Zone] = []
    for zone in demand.origins + demand.destinations
    where !zones.contains(where: { $0.id == zone.id }) {
      zones.append(
        Zone(
          id: zone.id, name: zone.name, country: zone.country,
          push: demand.origins.firstIndex { $0.id == zone.id }.map { demand.push[$0] },
          pull: demand.destinations.firstIndex { $0.id == zone.id }.map { demand.pull[$0] },
          originMass: begins[zone.text] ?? 0, destinationMass: ends[zone.text] ?? 0,
          coordinate: zone.place.coordinate))
    }
    self.zones = zones
  }

  private static let shownCount = 25

  public var text: String {
    var table = TextTable([
      ("From", .left), ("To", .left), ("mass", .right), (costUnit, .right),
    ])
    let order = flows.sorted { ($1.mass, $0.from, $0.to) < ($0.mass, $1.from, $1.to) }
    for flow in order.prefix(Self.shownCount) {
      table.add([
        flow.from.shortened(to: 30), flow.to.shortened(to: 30), Shown.fixed(flow.mass, 3),
        Shown.fixed(flow.cost, 2),
      ])
    }
    var lines = [
      "\(name): \(flows.count) flows, mass \(Shown.fixed(total, 3)), mean cost "
        + "\(Shown.fixed(meanCost, 2)) \(costUnit), within a country "
        + "\(Shown.percent(domesticShare)) %",
      wrapped(
        "Constraint \(balancing.constraint): converged after \(balancing.iterations) iteration"
          + (balancing.iterations == 1 ? "" : "s")
          + "; largest residual of a row \(Self.residual(balancing.largestRowResidual)), of a "
          + "column " + Self.residual(balancing.largestColumnResidual)),
    ]
    if !structuralZeros.isEmpty {
      let zeros = structuralZeros.sorted { $0.key < $1.key }.map {
        "\($0.key.replacing("_", with: " ")) \($0.value)"
      }
      lines.append(wrapped("No flow by rule: " + zeros.joined(separator: ", ")))
    }
    for pair in unreachable.prefix(3) {
      lines.append(wrapped("No way \(pair.from)–\(pair.to): \(pair.reason)"))
    }
    if !leftOut.isEmpty {
      lines.append(
        wrapped(
          "Left out, off the network or nearest to a node abroad: "
            + leftOut.prefix(8).joined(separator: ", ")
            + (leftOut.count > 8 ? " and \(leftOut.count - 8) more" : "")))
    }
    if !unusedValues.isEmpty {
      let values = unusedValues.sorted { $0.key < $1.key }.flatMap { variable, places in
        places.map { "\(variable) of \($0)" }
      }
      lines.append(
        wrapped(
          "Values for no place of the model: " + values.prefix(8).joined(separator: ", ")
            + (values.count > 8 ? " and \(values.count - 8) more" : "")))
    }
    var parts = [lines.joined(separator: "\n"), table.text]
    if flows.count > Self.shownCount {
      parts.append(
        "\(flows.count - Self.shownCount) smaller flows; --format csv has the whole table.")
    }
    parts.append(wrapped(manifest.notice))
    return parts.joined(separator: "\n\n")
  }

  private static func residual(_ share: Double) -> String {
    share == 0 ? "0" : String(format: "%.1e", share)
  }

  /// A table of flows, for `--od`.
  public var csv: [[String]] {
    [["from", "to", "mass", "layer"]]
      + flows.map { [$0.from, $0.to, "\($0.mass)", layer ?? ""] }
  }

  /// The places, with what begins and ends in each.
  public var features: [ReportFeature]? {
    zones.map { zone in
      ReportFeature(
        id: zone.id, geometry: .point(zone.coordinate),
        properties: [
          "name": .text(zone.name), "country": PropertyValue(zone.country),
          "push": PropertyValue(zone.push), "pull": PropertyValue(zone.pull),
          "origin_mass": .number(zone.originMass),
          "destination_mass": .number(zone.destinationMass),
        ])
    }
  }
}
