/// A position: longitude and latitude in degrees on WGS 84, or x and y in a planar layer.
///
/// In JSON it is a position after RFC 7946 section 3.1.1, `[longitude, latitude]`; a third number
/// (altitude) is accepted and dropped. The ranges are not checked here: `GeoJSON` and
/// `ProvinceLayer` do that where a file or a province can be named.
public struct Coordinate: Hashable, Sendable {
  /// Degrees east, −180 … 180 (WGS 84), or x in the units of a planar layer.
  public var longitude: Double
  /// Degrees north, −90 … 90 (WGS 84), or y in the units of a planar layer.
  public var latitude: Double

  /// A position from degrees on WGS 84, or from planar x and y.
  public init(longitude: Double, latitude: Double) {
    self.longitude = longitude
    self.latitude = latitude
  }

  /// Whether both numbers are finite.
  var isFinite: Bool { longitude.isFinite && latitude.isFinite }

  /// The position at the given share of the way to another, straight in longitude and latitude.
  func interpolated(to other: Coordinate, share: Double) -> Coordinate {
    Coordinate(
      longitude: longitude + (other.longitude - longitude) * share,
      latitude: latitude + (other.latitude - latitude) * share)
  }
}

extension Coordinate: Codable {
  /// Reads a JSON position of two numbers, or three of which the last is dropped.
  ///
  /// - Throws: `DecodingError` when there are fewer than two numbers or one is not a number.
  public init(from decoder: any Decoder) throws {
    var numbers = try decoder.unkeyedContainer()
    longitude = try Self.number(in: &numbers, decoder)
    latitude = try Self.number(in: &numbers, decoder)
    if !numbers.isAtEnd { _ = try numbers.decode(Double.self) }
  }

  /// Writes `[longitude, latitude]`.
  public func encode(to encoder: any Encoder) throws {
    var numbers = encoder.unkeyedContainer()
    try numbers.encode(longitude)
    try numbers.encode(latitude)
  }

  private static func number(
    in numbers: inout any UnkeyedDecodingContainer, _ decoder: any Decoder
  ) throws -> Double {
    guard !numbers.isAtEnd else {
      throw DecodingError.dataCorrupted(
        .init(
          codingPath: decoder.codingPath,
          debugDescription: "expected a position of at least two numbers"))
    }
    return try numbers.decode(Double.self)
  }
}

extension Coordinate: CustomStringConvertible {
  /// The position as JSON writes it, `[76.9, 43.2]`.
  public var description: String { "[\(longitude), \(latitude)]" }
}
