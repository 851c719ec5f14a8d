/// What makes lines, rings or layers unusable, with the offending value and where it was.
public enum GeographyError: Error, Equatable, Sendable {
  /// A ring of a polygon of a province: 0 is the outer ring, 1 the first hole.
  public struct RingPlace: Equatable, Sendable {
    /// The province's identifier; `area` for a polygon that belongs to none.
    public var province: String
    /// The polygon among the province's parts, from 0.
    public var polygon: Int
    /// The ring, from 0; 0 is the outer one.
    public var ring: Int

    /// A place from the province's identifier and the indices of polygon and ring.
    public init(province: String, polygon: Int, ring: Int) {
      self.province = province
      self.polygon = polygon
      self.ring = ring
    }
  }

  /// A layer has no provinces.
  case emptyLayer
  /// Two provinces of a layer have the same identifier.
  case duplicateProvince(id: String)
  /// A province has no polygon.
  case noPolygons(province: String)
  /// A ring has fewer than four positions.
  case ringTooShort(RingPlace, count: Int)
  /// A ring's last position is not its first.
  case ringNotClosed(RingPlace, first: Coordinate, last: Coordinate)
  /// A vertex of a ring is not finite or, on WGS 84, outside ±180 and ±90.
  case vertexOutOfRange(RingPlace, vertex: Int, value: String)
  /// A polygon crosses or touches itself; GEOS's reason and where.
  case selfIntersection(province: String, polygon: Int, reason: String, at: Coordinate)
  /// A line has fewer than two positions; its index among the lines that were given.
  case lineTooShort(line: Int, count: Int)
  /// A position of a line or a point is not finite or out of range.
  case positionOutOfRange(line: Int, vertex: Int, value: String)
  /// GEOS reported an error that none of the above explains.
  case geos(String)
}

extension GeographyError: CustomStringConvertible {
  /// The error in one line.
  public var description: String {
    switch self {
    case .emptyLayer:
      "the layer has no provinces; expected at least one"
    case .duplicateProvince(let id):
      "province \(id) occurs twice; expected unique identifiers"
    case .noPolygons(let province):
      "province \(province) has no polygons; expected at least one"
    case .ringTooShort(let place, let count):
      "\(place) has \(count) positions; expected at least 4"
    case .ringNotClosed(let place, let first, let last):
      "\(place) ends at \(last); expected its first position \(first)"
    case .vertexOutOfRange(let place, let vertex, let value):
      "\(place), vertex \(vertex) is \(value); expected a finite position in range"
    case .selfIntersection(let province, let polygon, let reason, let at):
      "province \(province), polygon \(polygon): \(reason) at \(at); expected simple rings"
    case .lineTooShort(let line, let count):
      "line \(line) has \(count) positions; expected at least 2"
    case .positionOutOfRange(let line, let vertex, let value):
      "line \(line), position \(vertex) is \(value); expected a finite position in range"
    case .geos(let message):
      "GEOS: \(message)"
    }
  }
}

extension GeographyError.RingPlace: CustomStringConvertible {
  /// The place in words.
  public var description: String { "province \(province), polygon \(polygon), ring \(ring)" }
}
