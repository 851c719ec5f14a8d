public import Geography
public import TransportGraph

/// A transport graph together with the lines of its links.
public struct TransportNetwork: Sendable {
  /// Nodes and links.
  public let graph: TransportGraph
  /// The line of each link, from its `from` node to its `to` node, by `LinkID`.
  public let lines: [[Coordinate]]
  /// How lengths are measured.
  public let metric: LengthMetric

  /// A network from its parts.
  ///
  /// - Parameters:
  ///   - graph: Nodes and links.
  ///   - lines: The line of each link from its `from` node to its `to` node, in the order of the links;
  ///     two positions or more each.
  ///   - metric: How lengths are measured.
  /// - Throws: ``CorridorKitError/mismatch(_:)`` unless there is a line for every link.
  public init(graph: TransportGraph, lines: [[Coordinate]], metric: LengthMetric = .wgs84)
    throws(CorridorKitError)
  {
    guard lines.count == graph.links.count else {
      throw .mismatch("\(lines.count) lines for \(graph.links.count) links")
    }
    if let short = lines.firstIndex(where: { $0.count < 2 }) {
      throw .mismatch("the line of link \(graph.links[short].id) has fewer than two positions")
    }
    self.graph = graph
    self.lines = lines
    self.metric = metric
  }
}

extension TransportNetwork {
  /// Reads a network (`docs/formats.md`, "Network").
  ///
  /// - Parameters:
  ///   - file: The network.
  ///   - crossings: The catalogue in which the network's crossing links are looked up.
  /// - Throws: ``CorridorKitError/geoJSON(_:)`` with the feature and field at fault;
  ///   ``CorridorKitError/graph(_:)``.
  public init(_ file: InputFile, crossings: CrossingCatalogue) throws(CorridorKitError) {
    let (features, metric, _) = try file.features(LinkProperties.self)
    guard metric == crossings.metric || crossings.crossings.isEmpty else {
      throw .mismatch("\(file.path): \"metric\" differs from that of the crossings")
    }
    var builder = Builder(metric: metric, crossings: crossings)
    builder.links.reserveCapacity(features.count)
    builder.lines.reserveCapacity(features.count)
    // Named nodes first, so that links meet their positions whatever the order of the file.
    for feature in features {
      if case .point = feature.feature.geometry { try builder.addNode(feature) }
    }
    for feature in features {
      if case .point = feature.feature.geometry { continue }
      try builder.addLink(feature)
    }
    guard !builder.links.isEmpty else {
      throw .mismatch("\(file.path): no link; expected LineString features")
    }
    do {
      graph = try TransportGraph(nodes: builder.nodes, links: builder.links)
    } catch {
      throw .graph(error)
    }
    lines = builder.lines
    self.metric = metric
  }
}

struct LinkProperties: Codable, Sendable {
  var from, to, mode, kind, crossing, roadClass, name, ref: String?
  var lengthMeters, speedKilometersPerHour, fixedHours: Double?
  var isOneWay: Bool?
  /// The line is a sketch: the stated length is not compared with it.
  var isSchematic: Bool?

  enum CodingKeys: String, CodingKey {
    case from, to, mode, kind, crossing, name, ref
    case roadClass = "class"
    case lengthMeters = "length_m"
    case speedKilometersPerHour = "speed_kmh"
    case fixedHours = "fixed_h"
    case isOneWay = "oneway"
    case isSchematic = "schematic"
  }
}

/// Collects nodes and links, checking each against the format.
private struct Builder {
  let metric: LengthMetric
  let crossings: CrossingCatalogue
  var nodes: [Node] = []
  var links: [Link] = []
  var lines: [[Coordinate]] = []
  private var nodeIndex: [String: Int] = [:]

  /// How far apart two statements of one node's position may lie.
  private static let nodeToleranceMeters = 1.0

  init(metric: LengthMetric, crossings: CrossingCatalogue) {
    self.metric = metric
    self.crossings = crossings
  }

  mutating func addNode(_ feature: FeatureReading<LinkProperties>) throws(CorridorKitError) {
    let id = try feature.id()
    guard feature.properties.kind == "node" else {
      throw feature.fault(
        "kind", feature.properties.kind.map { "\"\($0)\"" } ?? "absent", "\"node\" for a Point")
    }
    nodeIndex[id] = nodes.count
    nodes.append(
      Node(id: id, coordinate: try feature.point(), name: feature.properties.name))
  }

  mutating func addLink(_ feature: FeatureReading<LinkProperties>) throws(CorridorKitError) {
    let id = try feature.id()
    let properties = feature.properties
    guard case .lineString(let line) = feature.feature.geometry, let first = line.first,
      let last = line.last
    else {
      throw feature.fault(
        "geometry", feature.feature.geometry?.typeName ?? "null", "a LineString, or a Point (node)")
    }
    if let start = metric.antimeridianStretch(of: line) {
      throw feature.fault(
        "geometry.coordinates[\(start + 1)]", line[start + 1],
        "at most 180 degrees of longitude from \(line[start]): a line over the antimeridian ends "
          + "there, and another begins on the other side")
    }
    let from = try feature.required("from", properties.from)
    let to = try feature.required("to", properties.to)
    guard from != to else {
      throw feature.fault("to", "\"\(to)\"", "a node other than \"from\"")
    }
    let mode: Mode = try feature.choice("mode", properties.mode)
    let kind: LinkKind = try feature.choice("kind", properties.kind, default: .way)
    try meet(from, at: first, "from", feature)
    try meet(to, at: last, "to", feature)
    let crossing = try crossing(feature, kind: kind, mode: mode)
    links.append(
      Link(
        id: id, from: from, to: to, mode: mode, kind: kind,
        roadClass: properties.roadClass ?? "default",
        lengthMeters: try length(feature, line: line, kind: kind),
        speedKilometersPerHour: try number(
          feature, "speed_kmh", properties.speedKilometersPerHour, in: 1...400),
        dwell: try dwell(feature, kind: kind, crossing: crossing),
        isOneWay: properties.isOneWay ?? false, crossingID: crossing?.id,
        name: properties.name ?? properties.ref, ref: properties.ref))
    lines.append(line)
  }

  /// Registers a node at a link's end, or checks that the link agrees with what is known of it.
  private mutating func meet(
    _ id: String, at position: Coordinate, _ field: String,
    _ feature: FeatureReading<LinkProperties>
  ) throws(CorridorKitError) {
    guard let index = nodeIndex[id] else {
      nodeIndex[id] = nodes.count
      nodes.append(Node(id: id, coordinate: position, name: nil))
      return
    }
    let known = nodes[index].coordinate
    guard known != position else { return }
    let distance = metric.distance(known, position)
    guard distance <= Self.nodeToleranceMeters else {
      throw feature.fault(
        field, "\"\(id)\" at \(position.longitude), \(position.latitude)",
        "the node's position \(known.longitude), \(known.latitude) to 1 m")
    }
  }

  private func crossing(
    _ feature: FeatureReading<LinkProperties>, kind: LinkKind, mode: Mode
  ) throws(CorridorKitError) -> BorderCrossing? {
    guard kind == .crossing else {
      if let id = feature.properties.crossing {
        throw feature.fault("crossing", "\"\(id)\"", "no crossing on a link of kind \(kind)")
      }
      return nil
    }
    let id = try feature.required("crossing", feature.properties.crossing)
    guard let crossing = crossings[id] else {
      let near = nearestNames(
        to: id, among: crossings.crossings.map { (name: $0.id, answer: $0.id) })
      throw feature.fault(
        "crossing", "\"\(id)\"",
        "an id of the crossings file" + (near.isEmpty ? "" : ", such as \(near[0])"))
    }
    guard crossing.mode == mode else {
      throw feature.fault(
        "mode", "\"\(mode.rawValue)\"", "\(crossing.mode.rawValue), the mode of crossing \(id)")
    }
    return crossing
  }

  private func length(
    _ feature: FeatureReading<LinkProperties>, line: [Coordinate], kind: LinkKind
  ) throws(CorridorKitError) -> Double {
    let isSchematic = feature.properties.isSchematic ?? false
    guard let stated = feature.properties.lengthMeters else {
      guard !isSchematic else {
        throw feature.fault("schematic", "true", "\"length_m\" beside it: the line tells no length")
      }
      return metric.length(of: line)
    }
    var expected = StatedLength.expectation(stated, kind: kind)
    if expected == nil, !isSchematic {
      expected = StatedLength.expectation(stated, kind: kind, beside: line, metric: metric)
    }
    if let expected { throw feature.fault("length_m", stated, expected) }
    return stated
  }

  private func dwell(
    _ feature: FeatureReading<LinkProperties>, kind: LinkKind, crossing: BorderCrossing?
  ) throws(CorridorKitError) -> HoursRange? {
    guard let hours = feature.properties.fixedHours else { return crossing?.dwell }
    guard kind == .transfer else {
      throw feature.fault("fixed_h", hours, "no fixed_h on a link of kind \(kind)")
    }
    guard hours.isFinite, hours >= 0 else {
      throw feature.fault("fixed_h", hours, "hours ≥ 0")
    }
    return HoursRange(low: hours, mode: hours, high: hours)
  }

  private func number(
    _ feature: FeatureReading<LinkProperties>, _ field: String, _ value: Double?,
    in range: ClosedRange<Double>
  ) throws(CorridorKitError) -> Double? {
    guard let value else { return nil }
    guard value.isFinite, range.contains(value) else {
      throw feature.fault(field, value, "a number from \(range.lowerBound) to \(range.upperBound)")
    }
    return value
  }
}
