import Foundation
public import Geography
public import TransportGraph

/// Finds the node of the network that a place stands for.
public struct PlaceResolver: Sendable {
  /// Far enough for a town whose centre lies off the road, too near to hide a wrong coordinate.
  public static let defaultSnapLimitMeters = 30_000.0

  private let area: StudyArea
  /// In the order in which they are tried.
  private let candidates: [SnapCandidates]
  private let limitMeters: Double
  /// The usable nodes that bear each name.
  private let nodesByName = MadeOnce<[NameKey: [NodeID]]>()

  /// - Parameters:
  ///   - area: The network and the names.
  ///   - modes: A place snaps to a node that has a way of one of these modes; to one on a road, where
  ///     roads are permitted and near enough, for that is where a journey begins.
  ///   - snapLimitMeters: How far from the network a place may lie.
  public init(
    _ area: StudyArea, modes: Set<Mode>, snapLimitMeters: Double = defaultSnapLimitMeters
  ) {
    let startsOnRoad = modes.contains(.road) && modes.count > 1
    candidates = (startsOnRoad ? [[.road], modes] : [modes]).map {
      SnapCandidates(area.graph, modes: $0)
    }
    self.area = area
    limitMeters = snapLimitMeters
  }

  /// The place that a text names: the id of a node, `longitude,latitude`, a settlement, or a node of
  /// the permitted modes by its name (a station).
  ///
  /// - Throws: ``CorridorKitError`` for an unknown, ambiguous or far-off place.
  public func resolve(_ text: String) throws(CorridorKitError) -> Place {
    guard !text.trimmingCharacters(in: .whitespaces).isEmpty else {
      throw .notExpected(
        kind: "place", text: text,
        expected: ["a name, longitude,latitude or a node's id"])
    }
    if let node = area.graph.node(id: text) { return place(at: node) }
    if let coordinate = try coordinate(text) {
      return try snap(coordinate, label: text.trimmingCharacters(in: .whitespaces))
    }
    if let settlement = try area.gazetteer.find(text) {
      return try snap(settlement.coordinate, label: settlement.name)
    }
    guard let node = try node(named: text) else { throw area.gazetteer.unknown(text) }
    return place(at: node)
  }

  private func place(at node: NodeID) -> Place {
    let known = area.graph.nodes[node.index]
    return Place(
      label: known.name ?? known.id, coordinate: known.coordinate, node: node, snapMeters: 0)
  }

  /// The usable node that bears a name; nil if none does.
  ///
  /// - Throws: ``CorridorKitError/ambiguousName(kind:name:choices:)`` where several do.
  private func node(named name: String) throws(CorridorKitError) -> NodeID? {
    let nodes = nodesByName.value {
      var named: [NameKey: [NodeID]] = [:]
      for node in Set(candidates.flatMap(\.nodes)) {
        if let own = area.graph.nodes[node.index].name {
          named[NameKey(own), default: []].append(node)
        }
      }
      return named
    }
    let found = nodes[NameKey(name)] ?? []
    guard found.count > 1 else { return found.first }
    throw .ambiguousName(
      kind: "place", name: name,
      choices: found.map { "say \"\(area.graph.nodes[$0.index].id)\"" }.sorted())
  }

  /// The node nearest to a position.
  ///
  /// - Throws: ``CorridorKitError/farFromNetwork(place:distanceMeters:limitMeters:)``, which also says
  ///   when the position with longitude and latitude exchanged would be near enough.
  public func snap(_ coordinate: Coordinate, label: String) throws(CorridorKitError) -> Place {
    let (found, distance) = try nearest(to: coordinate)
    if let found {
      return Place(label: label, coordinate: coordinate, node: found, snapMeters: distance)
    }
    let swapped = Coordinate(longitude: coordinate.latitude, latitude: coordinate.longitude)
    var isSwapped = false
    if area.network.metric == .wgs84, abs(swapped.latitude) <= 90 {
      isSwapped = try nearest(to: swapped).node != nil
    }
    throw .farFromNetwork(
      place: isSwapped ? "\(label) (longitude comes first; swapped?)" : label,
      distanceMeters: distance, limitMeters: limitMeters)
  }

  /// The nearest node to a settlement that lies in its own country, where one is near enough; else the
  /// nearest of all.
  ///
  /// Of a town beside a border the nearest node may lie beyond it, hours away from where its people are.
  ///
  /// - Throws: as ``snap(_:label:)``.
  func snapAtHome(_ settlement: Settlement) throws(CorridorKitError) -> Place {
    let nearest = try snap(settlement.coordinate, label: settlement.name)
    func isAtHome(_ node: NodeID) -> Bool { area.country(of: node) == settlement.country }
    guard !isAtHome(nearest.node) else { return nearest }
    for candidates in candidates {
      let found = try candidates.nearest(
        to: settlement.coordinate, metric: area.network.metric, within: limitMeters,
        where: isAtHome)
      if let found {
        return Place(
          label: settlement.name, coordinate: settlement.coordinate, node: found.node,
          snapMeters: found.meters)
      }
    }
    return nearest
  }

  /// The nearest node within the limit, and how far it or, failing that, the nearest of all is.
  private func nearest(to coordinate: Coordinate)
    throws(CorridorKitError) -> (node: NodeID?, meters: Double)
  {
    var distance = Double.infinity
    for candidates in candidates {
      guard let nearest = try candidates.nearest(to: coordinate, metric: area.network.metric)
      else { continue }
      if nearest.meters <= limitMeters { return (nearest.node, nearest.meters) }
      distance = min(distance, nearest.meters)
    }
    return (nil, distance)
  }

  /// The position that a text such as `74.59,42.87` states; nil when it is not two numbers.
  private func coordinate(_ text: String) throws(CorridorKitError) -> Coordinate? {
    let parts = text.split(separator: ",", omittingEmptySubsequences: false).map {
      $0.trimmingCharacters(in: .whitespaces)
    }
    // `Double` would also take hexadecimal.
    guard parts.count == 2, !text.lowercased().contains("x"), let longitude = Double(parts[0]),
      let latitude = Double(parts[1])
    else { return nil }
    guard longitude.isFinite, latitude.isFinite else {
      throw .notExpected(
        kind: "place", text: text, expected: ["longitude,latitude in degrees, both finite"])
    }
    if area.network.metric == .wgs84, abs(latitude) > 90 || abs(longitude) > 180 {
      let hint = abs(longitude) <= 90 && abs(latitude) <= 180 ? " (they may be swapped)" : ""
      throw .notExpected(
        kind: "place", text: text,
        expected: ["longitude,latitude in -180…180 and -90…90\(hint)"])
    }
    return Coordinate(longitude: longitude, latitude: latitude)
  }
}
