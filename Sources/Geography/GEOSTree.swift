internal import CGEOS

/// A static spatial index (sort-tile-recursive tree, Leutenegger et al. 1997) over boxes numbered
/// from 0. Queries may run from several threads.
final class GEOSTree: @unchecked Sendable {
  // Unchecked because the tree is built by a first query in `init` and only read afterwards.
  private let pointer: OpaquePointer
  private let boxes: [BoundingBox]

  init(_ boxes: [BoundingBox], in context: GEOSContext) throws(GeographyError) {
    guard let pointer = GEOSSTRtree_create_r(context.handle, 10) else {
      throw context.takeError(in: "GEOSSTRtree_create")
    }
    self.pointer = pointer
    self.boxes = boxes
    for (index, box) in boxes.enumerated() {
      // The tree copies the envelope and keeps only the number, carried in the bits of a pointer.
      let envelope = try Self.envelope(of: box, in: context)
      GEOSSTRtree_insert_r(context.handle, pointer, envelope, Self.item(index))
      GEOSGeom_destroy_r(context.handle, envelope)
    }
    var first: [Int] = []
    if let box = boxes.first { try query(box, in: context, into: &first) }
  }

  deinit { GEOSContext.borrow { GEOSSTRtree_destroy_r($0.handle, pointer) } }

  /// Appends the numbers of the boxes that meet the given one, in no particular order.
  func query(
    _ box: BoundingBox, in context: GEOSContext, into found: inout [Int]
  ) throws(GeographyError) {
    if boxes.isEmpty { return }
    let envelope = try Self.envelope(of: box, in: context)
    defer { GEOSGeom_destroy_r(context.handle, envelope) }
    withUnsafeMutablePointer(to: &found) {
      GEOSSTRtree_query_r(
        context.handle, pointer, envelope,
        { item, found in
          found?.assumingMemoryBound(to: [Int].self).pointee.append(Int(bitPattern: item) - 1)
        }, $0)
    }
  }

  /// The box that is nearest to the position in the plane of the coordinates, by the given distance
  /// to the numbered thing in it (not less than the distance to its box); nil when there is none.
  func nearest(
    to position: Coordinate, in context: GEOSContext, distance: (Int) -> Double
  ) throws(GeographyError) -> Int? {
    if boxes.isEmpty { return nil }
    let here = BoundingBox(minimum: position, maximum: position)
    let envelope = try Self.envelope(of: here, in: context)
    defer { GEOSGeom_destroy_r(context.handle, envelope) }
    return try withoutActuallyEscaping(distance) { (distance) throws(GeographyError) in
      var measure = distance
      let nearest = withUnsafeMutablePointer(to: &measure) {
        // The position's item is an address, which no box's number equals.
        GEOSSTRtree_nearest_generic_r(
          context.handle, pointer, UnsafeRawPointer($0), envelope,
          { first, second, meters, measure in
            guard let meters, let measure else { return 0 }
            let ask = measure.assumingMemoryBound(to: ((Int) -> Double).self)
            let item = first == UnsafeRawPointer(measure) ? second : first
            meters.pointee = ask.pointee(Int(bitPattern: item) - 1)
            return 1
          }, UnsafeMutableRawPointer($0))
      }
      guard let nearest else { throw context.takeError(in: "GEOSSTRtree_nearest_generic") }
      return Int(bitPattern: nearest) - 1
    }
  }

  private static func item(_ index: Int) -> UnsafeMutableRawPointer? {
    UnsafeMutableRawPointer(bitPattern: index + 1)
  }

  private static func envelope(
    of box: BoundingBox, in context: GEOSContext
  ) throws(GeographyError) -> OpaquePointer {
    // A line from corner to corner has the box as its envelope, and is cheaper than a rectangle.
    let corners = [box.minimum, box.maximum]
    let sequence = corners.withUnsafeBytes {
      GEOSCoordSeq_copyFromBuffer_r(
        context.handle, $0.bindMemory(to: Double.self).baseAddress, 2, 0, 0)
    }
    guard let sequence, let line = GEOSGeom_createLineString_r(context.handle, sequence) else {
      throw context.takeError(in: "GEOSGeom_createLineString")
    }
    return line
  }
}
