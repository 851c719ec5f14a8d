/// The smallest box of longitudes and latitudes (or x and y) around some positions.
///
/// It never spans the antimeridian: RFC 7946 cuts geometries there.
public struct BoundingBox: Hashable, Sendable {
  /// The south-west (least x, least y) corner.
  public var minimum: Coordinate
  /// The north-east (greatest x, greatest y) corner.
  public var maximum: Coordinate

  /// A box from its two corners; `minimum` must not exceed `maximum` in either number.
  public init(minimum: Coordinate, maximum: Coordinate) {
    self.minimum = minimum
    self.maximum = maximum
  }

  /// The box around the positions, or nil when there are none. Linear.
  public init?(_ coordinates: some Sequence<Coordinate>) {
    var iterator = coordinates.makeIterator()
    guard let first = iterator.next() else { return nil }
    self.init(minimum: first, maximum: first)
    while let next = iterator.next() { extend(to: next) }
  }

  /// Grows the box to take in a position.
  public mutating func extend(to coordinate: Coordinate) {
    minimum.longitude = min(minimum.longitude, coordinate.longitude)
    minimum.latitude = min(minimum.latitude, coordinate.latitude)
    maximum.longitude = max(maximum.longitude, coordinate.longitude)
    maximum.latitude = max(maximum.latitude, coordinate.latitude)
  }

  /// The box grown to take in a position.
  func union(_ coordinate: Coordinate) -> BoundingBox {
    var box = self
    box.extend(to: coordinate)
    return box
  }

  /// Whether the two boxes share at least one position; touching counts.
  public func intersects(_ other: BoundingBox) -> Bool {
    minimum.longitude <= other.maximum.longitude && other.minimum.longitude <= maximum.longitude
      && minimum.latitude <= other.maximum.latitude && other.minimum.latitude <= maximum.latitude
  }

  /// Whether the position lies in the box or on its rim.
  public func contains(_ coordinate: Coordinate) -> Bool {
    intersects(BoundingBox(minimum: coordinate, maximum: coordinate))
  }

  /// The box grown by a margin (degrees or planar units) on every side.
  func expanded(by margin: Double) -> BoundingBox {
    BoundingBox(
      minimum: Coordinate(
        longitude: minimum.longitude - margin, latitude: minimum.latitude - margin),
      maximum: Coordinate(
        longitude: maximum.longitude + margin, latitude: maximum.latitude + margin))
  }
}
