internal import CGEOS

/// A GEOS geometry that this object owns; immutable, so threads may share it.
final class GEOSShape: @unchecked Sendable {
  // Unchecked because nothing writes to the geometry after it is made.
  let pointer: OpaquePointer

  /// Takes ownership of a geometry that a GEOS function has just returned.
  init(
    taking pointer: OpaquePointer?, from function: String, in context: GEOSContext
  ) throws(GeographyError) {
    guard let pointer else { throw context.takeError(in: function) }
    self.pointer = pointer
  }

  deinit { GEOSContext.borrow { GEOSGeom_destroy_r($0.handle, pointer) } }

  /// A polygon from closed rings of at least four positions.
  convenience init(_ polygon: Polygon, in context: GEOSContext) throws(GeographyError) {
    let shell = try Self.ring(polygon.exterior, in: context)
    var holes: [OpaquePointer?] = []
    for hole in polygon.holes {
      do {
        holes.append(try Self.ring(hole, in: context))
      } catch {
        for made in holes { GEOSGeom_destroy_r(context.handle, made) }
        GEOSGeom_destroy_r(context.handle, shell)
        throw error
      }
    }
    // The polygon takes its rings over, also when it fails.
    let made = holes.withUnsafeMutableBufferPointer {
      GEOSGeom_createPolygon_r(context.handle, shell, $0.baseAddress, UInt32($0.count))
    }
    try self.init(taking: made, from: "GEOSGeom_createPolygon", in: context)
  }

  /// The polygons together as one multipolygon.
  convenience init(_ polygons: [Polygon], in context: GEOSContext) throws(GeographyError) {
    let parts = try polygons.map { (polygon) throws(GeographyError) in
      try GEOSShape(polygon, in: context)
    }
    var clones = parts.map { GEOSGeom_clone_r(context.handle, $0.pointer) }
    let made = clones.withUnsafeMutableBufferPointer {
      GEOSGeom_createCollection_r(
        context.handle, Int32(GEOS_MULTIPOLYGON.rawValue), $0.baseAddress, UInt32($0.count))
    }
    try self.init(taking: made, from: "GEOSGeom_createCollection", in: context)
  }

  private static func ring(
    _ positions: [Coordinate], in context: GEOSContext
  ) throws(GeographyError) -> OpaquePointer {
    // A Coordinate is two doubles, x before y, as GEOS's buffers are.
    let sequence = positions.withUnsafeBytes {
      GEOSCoordSeq_copyFromBuffer_r(
        context.handle, $0.bindMemory(to: Double.self).baseAddress, UInt32(positions.count), 0, 0)
    }
    guard let sequence, let ring = GEOSGeom_createLinearRing_r(context.handle, sequence) else {
      throw context.takeError(in: "GEOSGeom_createLinearRing")
    }
    return ring
  }

  /// Why the geometry is not valid and where, or nil when it is (OGC validity).
  func invalidity(
    in context: GEOSContext
  ) throws(GeographyError) -> (reason: String, at: Coordinate)? {
    var reason: UnsafeMutablePointer<CChar>?
    var location: OpaquePointer?
    let answer = GEOSisValidDetail_r(context.handle, pointer, 0, &reason, &location)
    defer {
      GEOSFree_r(context.handle, reason)
      GEOSGeom_destroy_r(context.handle, location)
    }
    if answer == 1 { return nil }
    guard answer == 0, let reason else { throw context.takeError(in: "GEOSisValidDetail") }
    var at = Coordinate(longitude: .nan, latitude: .nan)
    if let location {
      GEOSGeomGetX_r(context.handle, location, &at.longitude)
      GEOSGeomGetY_r(context.handle, location, &at.latitude)
    }
    return (String(cString: reason), at)
  }

  /// The polygons in the geometry, whether it is one, several or a mixed collection; lines and points
  /// in it are left out.
  func polygons(in context: GEOSContext) throws(GeographyError) -> [Polygon] {
    var found: [Polygon] = []
    let count = GEOSGetNumGeometries_r(context.handle, pointer)
    for index in 0..<max(0, count) {
      guard let part = GEOSGetGeometryN_r(context.handle, pointer, index),
        GEOSGeomTypeId_r(context.handle, part) == Int32(GEOS_POLYGON.rawValue),
        GEOSisEmpty_r(context.handle, part) == 0
      else { continue }
      let exterior = try Self.positions(GEOSGetExteriorRing_r(context.handle, part), in: context)
      var holes: [[Coordinate]] = []
      for hole in 0..<max(0, GEOSGetNumInteriorRings_r(context.handle, part)) {
        let ring = GEOSGetInteriorRingN_r(context.handle, part, hole)
        holes.append(try Self.positions(ring, in: context))
      }
      found.append(Polygon(exterior: exterior, holes: holes))
    }
    return found
  }

  private static func positions(
    _ ring: OpaquePointer?, in context: GEOSContext
  ) throws(GeographyError) -> [Coordinate] {
    var count: UInt32 = 0
    guard let ring, let sequence = GEOSGeom_getCoordSeq_r(context.handle, ring),
      GEOSCoordSeq_getSize_r(context.handle, sequence, &count) == 1
    else { throw context.takeError(in: "GEOSGeom_getCoordSeq") }
    var numbers = [Double](repeating: 0, count: Int(count) * 2)
    guard GEOSCoordSeq_copyToBuffer_r(context.handle, sequence, &numbers, 0, 0) == 1 else {
      throw context.takeError(in: "GEOSCoordSeq_copyToBuffer")
    }
    return (0..<Int(count)).map {
      Coordinate(longitude: numbers[2 * $0], latitude: numbers[2 * $0 + 1])
    }
  }
}
