import Geography

/// The layers of demand, or one of them: what they hold and what they assume.
public struct DemandLayerReport: Report {
  /// One layer.
  public struct Layer: Encodable, Sendable, Hashable {
    /// For `--demand`.
    public let id: String
    /// What a reader calls it.
    public let name: String
    /// `persons` or `drugs`.
    public let kind: String
    /// What it is about.
    public let description: String
    /// The number of pairs.
    public let pairs: Int
    /// The sum of its masses, a convention.
    public let mass: Double
    /// The mass that stays within a country.
    public let domesticMass: Double
    /// What it takes for granted.
    public let assumptions: [DemandLayer.Assumption]
    /// Its pairs with their masses.
    public let flows: [Flow]
  }

  /// One pair.
  public struct Flow: Encodable, Sendable, Hashable {
    /// As a table of flows names them.
    public let from: String
    public let to: String
    /// How much, relative to the layer's sum.
    public let mass: Double
  }

  /// From what the report was made.
  public let manifest: Manifest
  /// In the order asked for.
  public let layers: [Layer]
  private let isDetailed: Bool

  private enum CodingKeys: CodingKey { case manifest, layers }

  /// A report on layers.
  ///
  /// - Parameters:
  ///   - layers: The layers.
  ///   - analysis: As ``Analysis/forDemand()`` makes it.
  ///   - isDetailed: Whether the text tells assumptions and flows too.
  public init(
    _ layers: [DemandLayer], analysis: Analysis, isDetailed: Bool, manifest: Manifest
  ) throws(CorridorKitError) {
    self.manifest = manifest
    self.isDetailed = isDetailed
    var told: [Layer] = []
    for layer in layers {
      let flows = try layer.flows(on: analysis)
      let trips = try analysis.trips(flows)
      told.append(
        Layer(
          id: layer.id, name: layer.name, kind: layer.kind.rawValue,
          description: layer.description, pairs: flows.count,
          mass: flows.reduce(0) { $0 + $1.mass },
          domesticMass: trips.reduce(0) { $0 + (analysis.isDomestic($1) == true ? $1.mass : 0) },
          assumptions: layer.assumptions,
          flows: flows.map { Flow(from: $0.origin, to: $0.destination, mass: $0.mass) }))
    }
    self.layers = told
  }

  private static let shownCount = 20
  private static let share =
    "Masses are relative: no counts are published. Across layers of persons \(DomesticShare.reported.value) "
    + "of the mass stays within its country (range \(DomesticShare.reported.range.lowerBound)–"
    + "\(DomesticShare.reported.range.upperBound)): \(DomesticShare.reported.source)."

  public var text: String {
    guard isDetailed else {
      var table = TextTable([
        ("Layer", .left), ("Kind", .left), ("pairs", .right), ("mass", .right),
        ("Name", .left),
      ])
      for layer in layers {
        table.add([
          layer.id, layer.kind, "\(layer.pairs)", Shown.fixed(layer.mass, 0),
          layer.name.shortened(to: 56),
        ])
      }
      return [
        table.text, wrapped(Self.share),
        wrapped(
          "Persons and drugs are never added up unasked. \"corridor demand show LAYER\" tells what a "
            + "layer assumes, with sources."), wrapped(manifest.notice),
      ].joined(separator: "\n\n")
    }
    return (layers.map(detail) + [wrapped(Self.share), wrapped(manifest.notice)]).joined(
      separator: "\n\n")
  }

  private func detail(_ layer: Layer) -> String {
    var table = TextTable([("From", .left), ("To", .left), ("mass", .right)])
    let order = layer.flows.sorted { ($1.mass, $0.from, $0.to) < ($0.mass, $1.from, $1.to) }
    for flow in order.prefix(Self.shownCount) {
      table.add([
        flow.from.shortened(to: 36), flow.to.shortened(to: 36), Shown.fixed(flow.mass, 2),
      ])
    }
    var parts = [
      "\(layer.id) (\(layer.kind)): \(layer.name)\n" + wrapped(layer.description),
      (["Assumptions"]
        + layer.assumptions.map { wrapped("- \($0.text) [\($0.source)]") }).joined(separator: "\n"),
      "\(layer.pairs) pairs, mass \(Shown.fixed(layer.mass, 0)), of which within a country "
        + Shown.fixed(layer.domesticMass, 0),
      table.text,
    ]
    if order.count > Self.shownCount {
      parts.append("\(order.count - Self.shownCount) smaller flows; --format csv has them all.")
    }
    return parts.joined(separator: "\n\n")
  }

  /// Of several layers in short a row each; of one a table of flows, for `--od`.
  public var csv: [[String]] {
    guard isDetailed else {
      return [["id", "kind", "pairs", "mass", "domestic_mass", "name"]]
        + layers.map {
          [$0.id, $0.kind, "\($0.pairs)", "\($0.mass)", "\($0.domesticMass)", $0.name]
        }
    }
    return [["from", "to", "mass", "layer"]]
      + layers.flatMap { layer in
        layer.flows.map { [$0.from, $0.to, "\($0.mass)", layer.id] }
      }
  }

  public var features: [ReportFeature]? { nil }
}
