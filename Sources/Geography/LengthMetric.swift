internal import CPROJ
import Foundation

/// How lengths and areas are measured: geodesics on WGS 84, or straight lines in a plane.
///
/// A line between two positions is straight in longitude and latitude, as RFC 7946 defines it; its
/// length is the sum of the geodesics between points at most 1 km apart on it, so that the parts of a
/// line add up to the whole whatever it is cut at.
public enum LengthMetric: Hashable, Sendable {
  /// Positions are degrees on WGS 84 (a = 6 378 137 m, f = 1/298.257223563).
  case wgs84
  /// Positions are x and y in units of so many metres (a finite number above zero).
  case planar(metersPerUnit: Double)

  /// The greatest spacing of the points that a line is measured between.
  static let stepMeters = 1000.0
  static let equatorialRadius = 6_378_137.0
  private static let flattening = 1 / 298.257223563
  static let eccentricitySquared = flattening * (2 - flattening)
  private static let radiansPerDegree = Double.pi / 180
  /// The greatest radius of curvature of the ellipsoid, the meridian's at the poles.
  private static let greatestRadius = equatorialRadius / (1 - eccentricitySquared).squareRoot()
  private static let geodesic: geod_geodesic = {
    var geodesic = geod_geodesic()
    geod_init(&geodesic, equatorialRadius, flattening)
    return geodesic
  }()

  /// The shortest distance between two positions in metres.
  ///
  /// On WGS 84 it is the geodesic of C. F. F. Karney, "Algorithms for geodesics", J. Geodesy 87
  /// (2013), doi:10.1007/s00190-012-0578-z, computed by PROJ's `geod_inverse` to about 15 nm. Not a
  /// number when a coordinate is not finite or a latitude lies outside ±90.
  public func distance(_ a: Coordinate, _ b: Coordinate) -> Double {
    inverse(a, b).meters
  }

  /// The length in metres of the line through the positions, straight in longitude and latitude
  /// between them; 0 for fewer than two. Linear in the positions and in the kilometres.
  ///
  /// - Precondition: All coordinates are finite.
  public func length(of line: some Collection<Coordinate>) -> Double {
    var total = 0.0
    for (a, b) in zip(line, line.dropFirst()) { total += straightLength(a, b) }
    return total
  }

  /// The first stretch of a line that spans more than half a turn: straight in longitude and latitude it
  /// would lead around the Earth, where a short way over the antimeridian was meant.
  package func antimeridianStretch(of line: [Coordinate]) -> Int? {
    guard self == .wgs84 else { return nil }
    return zip(line, line.dropFirst()).enumerated().first {
      abs($0.element.0.longitude - $0.element.1.longitude) > 180
    }?.offset
  }

  /// Distance in metres and the azimuth (radians clockwise from north) at which the geodesic from
  /// `a` arrives at `b`.
  func inverse(_ a: Coordinate, _ b: Coordinate) -> (meters: Double, arrival: Double) {
    switch self {
    case .planar(let metersPerUnit):
      let x = b.longitude - a.longitude
      let y = b.latitude - a.latitude
      return (hypot(x, y) * metersPerUnit, atan2(x, y))
    case .wgs84:
      var meters = 0.0
      var arrival = 0.0
      withUnsafePointer(to: Self.geodesic) {
        geod_inverse(
          $0, a.latitude, a.longitude, b.latitude, b.longitude, &meters, nil, &arrival)
      }
      return (meters, arrival * Self.radiansPerDegree)
    }
  }

  /// The number of equal parts that leaves none of a straight line longer than `stepMeters`.
  func stepCount(_ a: Coordinate, _ b: Coordinate) -> Int {
    guard case .wgs84 = self else { return 1 }
    let north = (b.latitude - a.latitude) * Self.radiansPerDegree
    let east = (b.longitude - a.longitude) * Self.radiansPerDegree
    let nearestToEquator =
      a.latitude * b.latitude <= 0 ? 0 : min(abs(a.latitude), abs(b.latitude))
    let bound =
      Self.greatestRadius * hypot(north, east * cos(nearestToEquator * Self.radiansPerDegree))
    return max(1, Int((bound / Self.stepMeters).rounded(.up)))
  }

  /// The length in metres of the straight line in longitude and latitude between two finite positions.
  ///
  /// Each step is at most 1 km, where the geodesic follows from the chord c through the ellipsoid as
  /// c + c³ / 24R² with R the Gaussian mean radius. The next term and the choice of R leave less than
  /// 1e-11 of the length against `geod_inverse` on the same steps, which takes ten times as long.
  func straightLength(_ a: Coordinate, _ b: Coordinate) -> Double {
    guard case .wgs84 = self else { return distance(a, b) }
    if a == b { return 0 }
    let steps = stepCount(a, b)
    let sinHalfEast =
      sin((b.longitude - a.longitude) / Double(steps) * Self.radiansPerDegree / 2)
    var from = Self.meridianPoint(latitude: a.latitude)
    var total = 0.0
    for step in 1...steps {
      let share = Double(step) / Double(steps)
      let latitude = step == steps ? b.latitude : a.interpolated(to: b, share: share).latitude
      let to = Self.meridianPoint(latitude: latitude)
      let outward = to.axis - from.axis
      let up = to.height - from.height
      let chordSquared =
        outward * outward + up * up + 4 * from.axis * to.axis * sinHalfEast * sinHalfEast
      let chord = chordSquared.squareRoot()
      total += chord * (1 + chordSquared / (24 * from.radiusSquared))
      from = to
    }
    return total
  }

  /// A point of the meridian ellipse: metres from the axis, metres from the equator's plane, and the
  /// square of the Gaussian mean radius of curvature there.
  private static func meridianPoint(
    latitude: Double
  ) -> (axis: Double, height: Double, radiusSquared: Double) {
    let sine = sin(latitude * radiansPerDegree)
    let cosine = cos(latitude * radiansPerDegree)
    let wSquared = 1 - eccentricitySquared * sine * sine
    let normal = equatorialRadius / wSquared.squareRoot()
    let meridianOverNormal = (1 - eccentricitySquared) / wSquared
    return (
      normal * cosine, normal * (1 - eccentricitySquared) * sine,
      normal * normal * meridianOverNormal
    )
  }

  /// The area in square metres inside a closed ring whose edges are straight in longitude and
  /// latitude; positive when the ring runs counter-clockwise. On WGS 84 the edges are cut to 1 km and
  /// summed by PROJ's `geod_polygon_compute`.
  func signedArea(ofRing ring: [Coordinate]) -> Double {
    switch self {
    case .planar(let metersPerUnit):
      return Polygon.planarSignedArea(ofRing: ring) * metersPerUnit * metersPerUnit
    case .wgs84:
      var polygon = geod_polygon()
      geod_polygon_init(&polygon, 0)
      return withUnsafePointer(to: Self.geodesic) { geodesic in
        for (a, b) in zip(ring, ring.dropFirst()) {
          let steps = stepCount(a, b)
          for step in 0..<steps {
            let point = a.interpolated(to: b, share: Double(step) / Double(steps))
            geod_polygon_addpoint(geodesic, &polygon, point.latitude, point.longitude)
          }
        }
        var area = 0.0
        _ = geod_polygon_compute(geodesic, &polygon, 0, 1, &area, nil)
        return area
      }
    }
  }
}
