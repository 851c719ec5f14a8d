/// A polygon: one outer ring and the rings of its holes, each closed (its first position repeated
/// last). Nothing is checked here; `ProvinceLayer` and `GeoJSON` check rings where they can name them.
public struct Polygon: Hashable, Sendable {
  /// The outer ring, closed.
  public var exterior: [Coordinate]
  /// The rings of the holes, closed.
  public var holes: [[Coordinate]]

  /// A polygon from closed rings in either direction.
  public init(exterior: [Coordinate], holes: [[Coordinate]] = []) {
    self.exterior = exterior
    self.holes = holes
  }

  /// The outer ring followed by the holes.
  public var rings: [[Coordinate]] { [exterior] + holes }

  /// The area inside a closed ring in square units of its coordinates; positive counter-clockwise.
  /// For degrees only the sign has a meaning.
  static func planarSignedArea(ofRing ring: [Coordinate]) -> Double {
    guard let origin = ring.first else { return 0 }
    var twice = 0.0
    for (a, b) in zip(ring, ring.dropFirst()) {
      // From the first corner, so that coordinates far from zero do not cancel.
      twice +=
        (a.longitude - origin.longitude) * (b.latitude - origin.latitude)
        - (b.longitude - origin.longitude) * (a.latitude - origin.latitude)
    }
    return twice / 2
  }
}

extension LengthMetric {
  /// The area of a polygon in square metres: its outer ring less its holes, whatever their direction.
  public func area(of polygon: Polygon) -> Double {
    polygon.holes.reduce(abs(signedArea(ofRing: polygon.exterior))) {
      $0 - abs(signedArea(ofRing: $1))
    }
  }
}
