internal import CGEOS

/// A polygon with GEOS's index for point location, ready to be asked from several threads.
final class PreparedPolygon: @unchecked Sendable {
  // Unchecked because the only lazy part, the point locator, is built in `init`.
  let shape: GEOSShape
  private let prepared: OpaquePointer

  init(_ polygon: Polygon, in context: GEOSContext) throws(GeographyError) {
    shape = try GEOSShape(polygon, in: context)
    guard let prepared = GEOSPrepare_r(context.handle, shape.pointer) else {
      throw context.takeError(in: "GEOSPrepare")
    }
    self.prepared = prepared
    // The first question builds the index, which must not happen in two threads at once.
    if let corner = polygon.exterior.first { _ = try covers(corner, in: context) }
  }

  deinit { GEOSContext.borrow { GEOSPreparedGeom_destroy_r($0.handle, prepared) } }

  /// Whether the position lies inside or on the boundary. Logarithmic in the vertices.
  func covers(_ position: Coordinate, in context: GEOSContext) throws(GeographyError) -> Bool {
    let point = GEOSGeom_createPointFromXY_r(
      context.handle, position.longitude, position.latitude)
    defer { GEOSGeom_destroy_r(context.handle, point) }
    let answer = GEOSPreparedIntersects_r(context.handle, prepared, point)
    guard answer == 0 || answer == 1 else { throw context.takeError(in: "GEOSPreparedIntersects") }
    return answer == 1
  }
}
