import Foundation

/// Points indexed for the question which of them lie nearest to a position, in metres on the ellipsoid.
///
/// A search in degrees alone goes wrong away from the equator: at 50° N a degree of longitude is two
/// thirds of one of latitude. Here it only bounds the distance; every point within the bound is then
/// measured.
public final class PointIndex: Sendable {
  /// A point found: its index among those given, and its distance.
  public struct Neighbor: Hashable, Sendable {
    /// The point's index among those the index was made of.
    public var index: Int
    /// Its distance in metres.
    public var meters: Double
  }

  /// The points, in the order given.
  public let points: [Coordinate]
  private let tree: GEOSTree

  /// Indexes some points; there may be none, and several at one place.
  ///
  /// - Throws: `GeographyError.positionOutOfRange` for the first point that is not finite.
  /// - Complexity: O(n log n).
  public init(_ points: [Coordinate]) throws(GeographyError) {
    if let vertex = points.firstIndex(where: { !$0.isFinite }) {
      throw .positionOutOfRange(line: 0, vertex: vertex, value: points[vertex].description)
    }
    self.points = points
    tree = try GEOSContext.borrow { (context) throws(GeographyError) in
      try GEOSTree(points.map { BoundingBox(minimum: $0, maximum: $0) }, in: context)
    }
  }

  /// The point nearest to a position.
  ///
  /// - Parameters:
  ///   - position: Where to look, in the points' coordinates.
  ///   - metric: How distances are measured.
  /// - Returns: The nearest point, the lowest index of several at the same distance; nil when there are
  ///   no points or the position is not finite or out of range.
  /// - Complexity: O(log n) for points that are not crowded.
  public func nearest(to position: Coordinate, metric: LengthMetric) -> Neighbor? {
    nearest(1, to: position, metric: metric).first
  }

  /// The `count` points nearest to a position, nearest first, the lower index first of several at the
  /// same distance; fewer when there are fewer. See `nearest(to:metric:)`.
  public func nearest(
    _ count: Int, to position: Coordinate, metric: LengthMetric
  ) -> [Neighbor] {
    guard count > 0, !points.isEmpty, metric.accepts(position) else { return [] }
    return GEOSContext.borrow { context in
      // GEOS fails here only when memory is exhausted; no neighbours is then the honest answer.
      guard let bound = try? firstBound(position, metric, in: context) else { return [] }
      let wanted = min(count, points.count)
      // A bound of 0 (a point at the very position) still has to grow to reach the others.
      var radius = wanted == 1 ? bound : max(bound * Double(wanted).squareRoot(), 1)
      while true {
        guard let found = try? neighbors(within: radius, of: position, metric, in: context) else {
          return []
        }
        if found.neighbors.count >= wanted || found.isEverything {
          return Array(found.neighbors.prefix(wanted))
        }
        radius *= 2
      }
    }
  }

  /// The distance to the point that is nearest in the plane of the coordinates, to begin with.
  private func firstBound(
    _ position: Coordinate, _ metric: LengthMetric, in context: GEOSContext
  ) throws(GeographyError) -> Double {
    let candidate = try tree.nearest(to: position, in: context) { [points] in
      hypot(
        points[$0].longitude - position.longitude, points[$0].latitude - position.latitude)
    }
    let meters = candidate.map { metric.distance(position, points[$0]) } ?? 0
    // A point out of range has no distance: the search grows from a metre then.
    return meters.isNaN ? 1 : meters
  }

  /// Every point within a distance, or every point when all had to be measured; nearest first.
  private func neighbors(
    within meters: Double, of position: Coordinate, _ metric: LengthMetric, in context: GEOSContext
  ) throws(GeographyError) -> (neighbors: [Neighbor], isEverything: Bool) {
    var candidates: [Int] = []
    for box in metric.boxes(within: meters, of: position) {
      try tree.query(box, in: context, into: &candidates)
    }
    // Boxes a turn apart may overlap when they span the globe.
    let measured = Set(candidates)
    let all = measured.count == points.count
    let neighbors =
      measured
      .map { Neighbor(index: $0, meters: metric.distance(position, points[$0])) }
      // Once every point is measured none can be missed. A point out of range has no distance.
      .filter { all ? !$0.meters.isNaN : $0.meters <= meters }
      .sorted { ($0.meters, $0.index) < ($1.meters, $1.index) }
    return (neighbors, all)
  }
}
