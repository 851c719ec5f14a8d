/// Provinces that belong together: one vintage of one or more countries. Checked once, immutable.
public struct ProvinceLayer: Sendable {
  /// The provinces in the order given; every index elsewhere counts in it.
  public let provinces: [Province]
  /// How lengths and areas are measured.
  public let metric: LengthMetric
  private let indices: [String: Int]

  /// A layer of provinces that are each sound. Whether they overlap or leave gaps is for
  /// `coverage(ignoringBelow:)` to report.
  ///
  /// - Parameters:
  ///   - provinces: At least one, with unique identifiers and simple closed rings.
  ///   - metric: WGS 84 for longitude and latitude, planar for x and y.
  /// - Throws: `GeographyError` for the first fault, with the province, polygon, ring and vertex.
  /// - Complexity: O(v log v) in the vertices, for GEOS's check of validity (OGC).
  public init(provinces: [Province], metric: LengthMetric) throws(GeographyError) {
    if provinces.isEmpty { throw .emptyLayer }
    var indices: [String: Int] = [:]
    for (index, province) in provinces.enumerated() {
      guard indices.updateValue(index, forKey: province.id) == nil else {
        throw .duplicateProvince(id: province.id)
      }
      if province.polygons.isEmpty { throw .noPolygons(province: province.id) }
      try metric.check(province.polygons, of: province.id)
    }
    self.provinces = provinces
    self.metric = metric
    self.indices = indices
  }

  /// The index of the province with an identifier, or nil.
  public func index(of id: String) -> Int? { indices[id] }
}

extension LengthMetric {
  /// Whether a position is finite and, on WGS 84, within ±180 and ±90 degrees.
  func accepts(_ position: Coordinate) -> Bool {
    guard position.isFinite else { return false }
    return self != .wgs84 || abs(position.longitude) <= 180 && abs(position.latitude) <= 90
  }

  /// Throws for the first fault of some polygons: numbers, closure, then simplicity.
  func check(_ polygons: [Polygon], of province: String) throws(GeographyError) {
    for (index, polygon) in polygons.enumerated() {
      for (number, ring) in polygon.rings.enumerated() {
        let place = GeographyError.RingPlace(province: province, polygon: index, ring: number)
        if let vertex = ring.firstIndex(where: { !accepts($0) }) {
          throw .vertexOutOfRange(place, vertex: vertex, value: ring[vertex].description)
        }
        if ring.count < 4 { throw .ringTooShort(place, count: ring.count) }
        if ring[0] != ring[ring.count - 1] {
          throw .ringNotClosed(place, first: ring[0], last: ring[ring.count - 1])
        }
      }
    }
    try GEOSContext.borrow { (context) throws(GeographyError) in
      for (index, polygon) in polygons.enumerated() {
        if let (reason, at) = try GEOSShape(polygon, in: context).invalidity(in: context) {
          throw .selfIntersection(province: province, polygon: index, reason: reason, at: at)
        }
      }
    }
  }

  /// Throws for a line with fewer than two positions or one out of range; `number` names the line.
  func check(line: [Coordinate], number: Int) throws(GeographyError) {
    if line.count < 2 { throw .lineTooShort(line: number, count: line.count) }
    if let vertex = line.firstIndex(where: { !accepts($0) }) {
      throw .positionOutOfRange(line: number, vertex: vertex, value: line[vertex].description)
    }
  }
}
