import Geography
import TransportGraph

/// The nodes that a place may snap to, with an index that is built when it is first asked.
final class SnapCandidates: Sendable {
  let nodes: [NodeID]
  private let points: [Coordinate]
  private let index = MadeOnce<PointIndex>()

  /// The nodes at the ends of ways of some modes.
  ///
  /// The two sides of a border crossing stand at one point, so that a place could be put on either:
  /// they are left out, unless there is nothing else.
  init(_ graph: TransportGraph, modes: Set<Mode>) {
    var hasWay = [Bool](repeating: false, count: graph.nodes.count)
    var isCrossingSide = hasWay
    for (index, link) in graph.links.enumerated() where modes.contains(link.mode) {
      let ends = [graph.from(of: LinkID(index)).index, graph.to(of: LinkID(index)).index]
      switch link.kind {
      case .way: for end in ends { hasWay[end] = true }
      case .crossing: for end in ends { isCrossingSide[end] = true }
      case .transfer: break
      }
    }
    let onWays = hasWay.indices.filter { hasWay[$0] }
    let inland = onWays.filter { !isCrossingSide[$0] }
    nodes = (inland.isEmpty ? onWays : inland).map { NodeID($0) }
    points = nodes.map { graph.nodes[$0.index].coordinate }
  }

  /// The nearest node; nil if there is none at all.
  func nearest(to coordinate: Coordinate, metric: LengthMetric)
    throws(CorridorKitError) -> (node: NodeID, meters: Double)?
  {
    try nearest(1, to: coordinate, metric: metric).first
  }

  /// The nearest node within a distance that something holds of; nil if there is none.
  func nearest(
    to coordinate: Coordinate, metric: LengthMetric, within meters: Double,
    where isMeant: (NodeID) -> Bool
  ) throws(CorridorKitError) -> (node: NodeID, meters: Double)? {
    var count = 8
    while true {
      let found = try nearest(count, to: coordinate, metric: metric)
      let near = found.prefix { $0.meters <= meters }
      if let first = near.first(where: { isMeant($0.node) }) { return first }
      guard near.count == count else { return nil }
      count *= 4
    }
  }

  /// So many nodes, nearest first; fewer when there are fewer.
  private func nearest(
    _ count: Int, to coordinate: Coordinate, metric: LengthMetric
  ) throws(CorridorKitError) -> [(node: NodeID, meters: Double)] {
    let built: PointIndex
    do throws(GeographyError) {
      built = try index.value { () throws(GeographyError) in try PointIndex(points) }
    } catch {
      throw .geography(error)
    }
    return built.nearest(count, to: coordinate, metric: metric).map {
      (nodes[$0.index], $0.meters)
    }
  }
}
