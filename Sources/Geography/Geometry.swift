/// A geometry of RFC 7946. Rings of polygons come outer first, then holes.
public enum Geometry: Hashable, Sendable {
  /// One position.
  case point(Coordinate)
  /// Any number of positions.
  case multiPoint([Coordinate])
  /// Two or more positions.
  case lineString([Coordinate])
  /// Any number of lines.
  case multiLineString([[Coordinate]])
  /// Closed rings: the outer one, then the holes.
  case polygon([[Coordinate]])
  /// Any number of polygons, each as its rings.
  case multiPolygon([[[Coordinate]]])
  /// Geometries of any kinds.
  case geometryCollection([Geometry])

  /// A polygon or multipolygon from parts: `polygon` for one part, else `multiPolygon`.
  public init(_ polygons: [Polygon]) {
    self = polygons.count == 1 ? .polygon(polygons[0].rings) : .multiPolygon(polygons.map(\.rings))
  }

  /// A line as RFC 7946 has it: cut where it leads over the antimeridian (section 3.1.9), and of two positions
  /// at least, the same twice where it has no extent.
  ///
  /// - Parameter line: One position or more; those on both sides of the antimeridian follow one another.
  public init(line: [Coordinate], metric: LengthMetric) {
    var parts: [[Coordinate]] = []
    var rest = line
    while let start = metric.antimeridianStretch(of: rest) {
      parts.append(Array(rest[...start]))
      rest.removeFirst(start + 1)
    }
    parts.append(rest)
    let lines = parts.filter { $0.count > 1 }
    switch lines.count {
    case 0: self = .lineString(Array(line.prefix(1) + line.prefix(1)))
    case 1: self = .lineString(lines[0])
    default: self = .multiLineString(lines)
    }
  }

  /// The name of the kind in GeoJSON, for example `LineString`.
  public var typeName: String { kind.rawValue }

  /// The polygons of a `polygon` or `multiPolygon`; nil for every other kind.
  public var polygons: [Polygon]? {
    switch self {
    case .polygon(let rings): [rings].compactMap(Self.polygon)
    case .multiPolygon(let parts): parts.compactMap(Self.polygon)
    default: nil
    }
  }

  /// Every position, in the order written.
  public var positions: [Coordinate] {
    switch self {
    case .point(let position): [position]
    case .multiPoint(let line), .lineString(let line): line
    case .multiLineString(let lines), .polygon(let lines): lines.flatMap { $0 }
    case .multiPolygon(let parts): parts.flatMap { $0.flatMap { $0 } }
    case .geometryCollection(let geometries): geometries.flatMap(\.positions)
    }
  }

  private static func polygon(_ rings: [[Coordinate]]) -> Polygon? {
    rings.first.map { Polygon(exterior: $0, holes: Array(rings.dropFirst())) }
  }

  private enum Kind: String, CaseIterable {
    case point = "Point"
    case multiPoint = "MultiPoint"
    case lineString = "LineString"
    case multiLineString = "MultiLineString"
    case polygon = "Polygon"
    case multiPolygon = "MultiPolygon"
    case geometryCollection = "GeometryCollection"
  }

  private var kind: Kind {
    switch self {
    case .point: .point
    case .multiPoint: .multiPoint
    case .lineString: .lineString
    case .multiLineString: .multiLineString
    case .polygon: .polygon
    case .multiPolygon: .multiPolygon
    case .geometryCollection: .geometryCollection
    }
  }
}

extension Geometry: Codable {
  private enum CodingKeys: String, CodingKey {
    case type, coordinates, geometries
  }

  /// Reads a geometry object. Only its form is checked; `GeoJSON` checks lines, rings and ranges.
  ///
  /// - Throws: `DecodingError` with the path of the member at fault.
  public init(from decoder: any Decoder) throws {
    let object = try decoder.container(keyedBy: CodingKeys.self)
    let name = try object.decode(String.self, forKey: .type)
    guard let kind = Kind(rawValue: name) else {
      let kinds = Kind.allCases.map(\.rawValue).joined(separator: ", ")
      throw DecodingError.dataCorruptedError(
        forKey: .type, in: object, debugDescription: "expected one of \(kinds)")
    }
    func coordinates<Value: Decodable>() throws -> Value {
      try object.decode(Value.self, forKey: .coordinates)
    }
    switch kind {
    case .point: self = .point(try coordinates())
    case .multiPoint: self = .multiPoint(try coordinates())
    case .lineString: self = .lineString(try coordinates())
    case .multiLineString: self = .multiLineString(try coordinates())
    case .polygon: self = .polygon(try coordinates())
    case .multiPolygon: self = .multiPolygon(try coordinates())
    case .geometryCollection:
      self = .geometryCollection(try object.decode([Geometry].self, forKey: .geometries))
    }
  }

  /// Writes the geometry object with its numbers as they are; `GeoJSON` rounds and orders rings.
  public func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: CodingKeys.self)
    try object.encode(typeName, forKey: .type)
    switch self {
    case .point(let position): try object.encode(position, forKey: .coordinates)
    case .multiPoint(let line), .lineString(let line):
      try object.encode(line, forKey: .coordinates)
    case .multiLineString(let lines), .polygon(let lines):
      try object.encode(lines, forKey: .coordinates)
    case .multiPolygon(let parts): try object.encode(parts, forKey: .coordinates)
    case .geometryCollection(let geometries): try object.encode(geometries, forKey: .geometries)
    }
  }
}
