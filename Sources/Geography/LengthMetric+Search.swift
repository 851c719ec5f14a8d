import Foundation

extension LengthMetric {
  /// Boxes that together hold every position within a distance of a centre.
  ///
  /// The bound is rigorous: a path of r metres changes the latitude by at most r over the least radius
  /// of the meridian, and the longitude by at most r over the radius of the least parallel reached. A
  /// box that passes the antimeridian is repeated a turn to either side.
  func boxes(within meters: Double, of center: Coordinate) -> [BoundingBox] {
    let east: Double
    let north: Double
    switch self {
    case .planar(let metersPerUnit):
      // One part in 1e12 and more covers the rounding of the divisions.
      east = meters / metersPerUnit * (1 + 1e-12)
      north = east
    case .wgs84:
      let leastMeridianRadius = Self.equatorialRadius * (1 - Self.eccentricitySquared)
      north = meters / leastMeridianRadius * 180 / .pi * (1 + 1e-12) + 1e-12
      let farthest = abs(center.latitude) + north
      let parallel = Self.equatorialRadius * cos(farthest * .pi / 180)
      east =
        farthest >= 90 ? 360 : min(360, meters / parallel * 180 / .pi * (1 + 1e-12) + 1e-12)
    }
    let box = BoundingBox(
      minimum: Coordinate(
        longitude: center.longitude - east, latitude: center.latitude - north),
      maximum: Coordinate(
        longitude: center.longitude + east, latitude: center.latitude + north))
    guard self == .wgs84 else { return [box] }
    if box.minimum.longitude >= -180 && box.maximum.longitude <= 180 { return [box] }
    return [-360.0, 0, 360].map { turn in
      BoundingBox(
        minimum: Coordinate(
          longitude: box.minimum.longitude + turn, latitude: box.minimum.latitude),
        maximum: Coordinate(
          longitude: box.maximum.longitude + turn, latitude: box.maximum.latitude))
    }
  }

  /// The distance in metres from a position to the nearest point of a straight line in longitude and
  /// latitude, to 0.1 mm.
  public func distance(from position: Coordinate, toSegment a: Coordinate, _ b: Coordinate)
    -> Double
  {
    foot(of: position, onSegment: a, b).meters
  }

  /// The point of a line that is nearest to a position, to 0.1 mm; of several at the same distance the
  /// first. Nil for a line without a position.
  ///
  /// - Complexity: Linear in the positions of the line.
  public func nearestPoint(to position: Coordinate, onLine line: [Coordinate]) -> Coordinate? {
    var nearest: (meters: Double, point: Coordinate)?
    for (a, b) in zip(line, line.dropFirst()) {
      let (meters, share) = foot(of: position, onSegment: a, b)
      if meters < nearest?.meters ?? .infinity {
        nearest = (meters, a.interpolated(to: b, share: share))
      }
    }
    return nearest?.point ?? line.first
  }

  /// Where a straight line in longitude and latitude is nearest to a position: the distance, and the share
  /// of the line that lies before.
  ///
  /// The distance along the line falls and then rises (the line is short against the globe), so the
  /// foot is where the geodesic meets it at a right angle; bisection finds it.
  private func foot(of position: Coordinate, onSegment a: Coordinate, _ b: Coordinate)
    -> (meters: Double, share: Double)
  {
    if a == b { return (distance(position, a), 0) }
    let start = approach(position, a, b, share: 0)
    if start.rate >= 0 { return (start.meters, 0) }
    let end = approach(position, a, b, share: 1)
    if end.rate <= 0 { return (end.meters, 1) }
    var low = 0.0
    var high = 1.0
    var best = start.meters <= end.meters ? (start.meters, 0.0) : (end.meters, 1.0)
    let span = distance(a, b)
    while (high - low) * span > 1e-4 {
      let middle = (low + high) / 2
      if middle <= low || middle >= high { break }
      let foot = approach(position, a, b, share: middle)
      if foot.meters < best.0 { best = (foot.meters, middle) }
      if foot.rate < 0 { low = middle } else { high = middle }
    }
    return best
  }

  /// The distance to the point at a share of the line, and a number with the sign of its derivative.
  private func approach(
    _ position: Coordinate, _ a: Coordinate, _ b: Coordinate, share: Double
  ) -> (meters: Double, rate: Double) {
    let foot = a.interpolated(to: b, share: share)
    let (meters, arrival) = inverse(position, foot)
    if meters == 0 { return (0, 0) }
    var north = b.latitude - a.latitude
    var east = b.longitude - a.longitude
    if self == .wgs84 {
      // Radii of the meridian and of the parallel, up to a common factor.
      let sine = sin(foot.latitude * .pi / 180)
      north *= (1 - Self.eccentricitySquared) / (1 - Self.eccentricitySquared * sine * sine)
      east *= cos(foot.latitude * .pi / 180)
    }
    return (meters, north * cos(arrival) + east * sin(arrival))
  }
}
