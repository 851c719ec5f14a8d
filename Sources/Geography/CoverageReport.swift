internal import CGEOS

/// How the provinces of a layer lie to each other: their areas, where they overlap, and the holes
/// between them.
public struct CoverageReport: Hashable, Sendable {
  /// Two provinces that cover the same ground.
  public struct Overlap: Hashable, Sendable {
    /// The identifier of the province that comes first in the layer.
    public var first: String
    /// The identifier of the other.
    public var second: String
    /// What both cover, in square kilometres.
    public var squareKilometers: Double
  }

  /// Ground that provinces enclose and none covers. It may be a fault, a lake or a country that the
  /// layer leaves out; the caller knows.
  public struct Gap: Hashable, Sendable {
    /// Its area in square kilometres.
    public var squareKilometers: Double
    /// A corner of it.
    public var at: Coordinate
  }

  /// The area of each province in square kilometres, in the layer's order.
  public var areas: [Double]
  /// By the provinces' order.
  public var overlaps: [Overlap]
  /// Largest first.
  public var gaps: [Gap]
}

extension ProvinceLayer {
  /// Measures the provinces, their overlaps and the gaps that they enclose. A gap that is open to the
  /// outside of the layer is not seen.
  ///
  /// - Parameter minimumSquareKilometers: Overlaps and gaps smaller than this are left out; the default,
  ///   1 m², passes over what rounding leaves along shared borders.
  /// - Throws: `GeographyError.geos` when GEOS fails.
  /// - Complexity: O(v log v) in the vertices for the union, and one intersection for each two parts
  ///   whose boxes meet.
  public func coverage(
    ignoringBelow minimumSquareKilometers: Double = 1e-6
  ) throws(GeographyError) -> CoverageReport {
    let squareKilometers = { (polygons: [Polygon]) in
      polygons.reduce(0) { $0 + metric.area(of: $1) } / 1e6
    }
    return try GEOSContext.borrow { (context) throws(GeographyError) in
      let shapes = try provinces.map { (province) throws(GeographyError) in
        try GEOSShape(province.polygons, in: context)
      }
      let boxes = provinces.map { BoundingBox($0.polygons.flatMap(\.exterior)) }
      var overlaps: [CoverageReport.Overlap] = []
      for first in provinces.indices {
        for second in provinces.indices.dropFirst(first + 1) {
          guard let one = boxes[first], let other = boxes[second], one.intersects(other) else {
            continue
          }
          let common = try shapes[first].intersection(with: shapes[second], in: context)
          let area = squareKilometers(try common.polygons(in: context))
          if area >= minimumSquareKilometers {
            overlaps.append(
              .init(
                first: provinces[first].id, second: provinces[second].id, squareKilometers: area))
          }
        }
      }
      let union = try GEOSShape(provinces.flatMap(\.polygons), in: context).union(in: context)
      var gaps: [CoverageReport.Gap] = []
      for polygon in try union.polygons(in: context) {
        for hole in polygon.holes {
          let area = abs(metric.signedArea(ofRing: hole)) / 1e6
          if area >= minimumSquareKilometers {
            gaps.append(.init(squareKilometers: area, at: hole[0]))
          }
        }
      }
      gaps.sort { $0.squareKilometers > $1.squareKilometers }
      return CoverageReport(
        areas: provinces.map { squareKilometers($0.polygons) }, overlaps: overlaps, gaps: gaps)
    }
  }
}

extension GEOSShape {
  /// What both shapes cover.
  func intersection(with other: GEOSShape, in context: GEOSContext) throws(GeographyError)
    -> GEOSShape
  {
    try GEOSShape(
      taking: GEOSIntersection_r(context.handle, pointer, other.pointer), from: "GEOSIntersection",
      in: context)
  }

  /// The parts of the shape as one, without the borders between them.
  func union(in context: GEOSContext) throws(GeographyError) -> GEOSShape {
    try GEOSShape(
      taking: GEOSUnaryUnion_r(context.handle, pointer), from: "GEOSUnaryUnion", in: context)
  }
}
