public import Geography
public import TransportGraph

/// Where a route begins, ends or passes: a node of the network, with what was asked for.
public struct Place: Sendable, Hashable {
  /// What a person reads.
  public var label: String
  /// The position that was asked for.
  public var coordinate: Coordinate
  /// The node that stands for it.
  public var node: NodeID
  /// Metres between the place and its node; they are not part of any route.
  public var snapMeters: Double
}

/// Finds the node of the network that a place stands for.
public struct PlaceResolver: Sendable {
  /// Far enough for a town whose centre lies off the road, too near to hide a wrong coordinate.
  public static let defaultSnapLimitMeters = 30_000.0

  private let area: StudyArea
  private let candidates: [Candidates]
  private let limitMeters: Double

  /// Nodes that a place may snap to, with their index.
  private struct Candidates {
    let nodes: [NodeID]
    let index: PointIndex

    /// The nodes at the ends of ways of some modes.
    init(_ graph: TransportGraph, modes: Set<Mode>) throws(GeographyError) {
      var isUsable = [Bool](repeating: false, count: graph.nodes.count)
      for (index, link) in graph.links.enumerated()
      where link.kind == .way && modes.contains(link.mode) {
        isUsable[graph.from(of: LinkID(index)).index] = true
        isUsable[graph.to(of: LinkID(index)).index] = true
      }
      nodes = isUsable.indices.filter { isUsable[$0] }.map { NodeID($0) }
      index = try PointIndex(nodes.map { graph.nodes[$0.index].coordinate })
    }
  }

  /// - Parameters:
  ///   - area: The network and the names.
  ///   - modes: A place snaps to a node that has a way of one of these modes; to one on a road, where
  ///     roads are permitted and near enough, for that is where a journey begins.
  ///   - snapLimitMeters: How far from the network a place may lie.
  public init(
    _ area: StudyArea, modes: Set<Mode>, snapLimitMeters: Double = defaultSnapLimitMeters
  ) throws(CorridorKitError) {
    do throws(GeographyError) {
      let graph = area.graph
      candidates =
        modes.contains(.road) && modes.count > 1
        ? [try Candidates(graph, modes: [.road]), try Candidates(graph, modes: modes)]
        : [try Candidates(graph, modes: modes)]
    } catch {
      throw .geography(error)
    }
    self.area = area
    limitMeters = snapLimitMeters
  }

  /// The place that a text names: the id of a node, `longitude,latitude`, a settlement, or a node of
  /// the permitted modes by its name (a station).
  ///
  /// - Throws: ``CorridorKitError`` for an unknown, ambiguous or far-off place.
  public func resolve(_ text: String) throws(CorridorKitError) -> Place {
    if let node = area.graph.node(id: text) {
      let known = area.graph.nodes[node.index]
      return Place(
        label: known.name ?? known.id, coordinate: known.coordinate, node: node, snapMeters: 0)
    }
    if let coordinate = try coordinate(text) {
      return try snap(coordinate, label: text)
    }
    do {
      let settlement = try area.gazetteer.resolve(text)
      return try snap(settlement.coordinate, label: settlement.name)
    } catch .unknownName(let kind, let name, let suggestions) {
      guard let node = node(named: text) else {
        throw .unknownName(kind: kind, name: name, suggestions: suggestions)
      }
      let known = area.graph.nodes[node.index]
      return Place(
        label: known.name ?? known.id, coordinate: known.coordinate, node: node, snapMeters: 0)
    }
  }

  /// The only usable node that bears a name.
  private func node(named name: String) -> NodeID? {
    let key = NameKey(name)
    let found = Set(candidates.flatMap(\.nodes)).filter {
      area.graph.nodes[$0.index].name.map { NameKey($0) == key } ?? false
    }
    return found.count == 1 ? found.first : nil
  }

  /// The node nearest to a position.
  public func snap(_ coordinate: Coordinate, label: String) throws(CorridorKitError) -> Place {
    var distance = Double.infinity
    for candidates in candidates {
      guard
        let nearest = candidates.index.nearest(to: coordinate, metric: area.network.metric)
      else { continue }
      if nearest.meters <= limitMeters {
        return Place(
          label: label, coordinate: coordinate, node: candidates.nodes[nearest.index],
          snapMeters: nearest.meters)
      }
      distance = min(distance, nearest.meters)
    }
    throw .farFromNetwork(place: label, distanceMeters: distance, limitMeters: limitMeters)
  }

  /// The position that a text such as `74.59,42.87` states; nil when it is not two numbers.
  private func coordinate(_ text: String) throws(CorridorKitError) -> Coordinate? {
    let parts = text.split(separator: ",", omittingEmptySubsequences: false).map {
      $0.filter { $0 != " " }
    }
    guard parts.count == 2, let longitude = Double(parts[0]), let latitude = Double(parts[1]) else {
      return nil
    }
    guard longitude.isFinite, latitude.isFinite else {
      throw .unknownName(
        kind: "place", name: text, suggestions: ["longitude,latitude in degrees, both finite"])
    }
    if area.network.metric == .wgs84, abs(latitude) > 90 || abs(longitude) > 180 {
      let hint = abs(longitude) <= 90 && abs(latitude) <= 180 ? " (they may be swapped)" : ""
      throw .unknownName(
        kind: "place", name: text,
        suggestions: ["longitude,latitude with latitude in -90…90\(hint)"])
    }
    return Coordinate(longitude: longitude, latitude: latitude)
  }
}
