internal import CGEOS

extension ProvinceOverlay {
  /// The provinces that cover a position or come within a tolerance of it.
  ///
  /// - Parameters:
  ///   - point: The position.
  ///   - toleranceMeters: Metres, not negative. A boundary within 1e-9 degrees always counts.
  /// - Returns: Indices in the layer, ascending; empty when none is near.
  /// - Throws: `GeographyError.positionOutOfRange` for a position that is not finite or out of range.
  /// - Complexity: O(log v) and linear in the edges within the tolerance.
  public func provinces(
    at point: Coordinate, toleranceMeters: Double
  ) throws(GeographyError) -> [Int] {
    try check(point)
    return try GEOSContext.borrow { (context) throws(GeographyError) in
      var provinces = Set(try index.units(at: point, in: context))
      if toleranceMeters > 0 {
        for (province, meters) in try distances(
          from: point, within: toleranceMeters, excluding: provinces, in: context)
        where meters <= toleranceMeters {
          provinces.insert(province)
        }
      }
      return provinces.sorted()
    }
  }

  /// The province nearest to a position and the metres to it: 0 when it covers the position. Of several
  /// at the same distance, the first in the layer; nil for a position that is not finite or out of range.
  ///
  /// - Complexity: O(log v) and linear in the edges about as near as the nearest one.
  public func nearestProvince(to point: Coordinate) -> (index: Int, meters: Double)? {
    guard layer.metric.accepts(point) else { return nil }
    return try? GEOSContext.borrow { (context) throws(GeographyError) in
      if let covering = try index.units(at: point, in: context).first { return (covering, 0) }
      // Whatever is nearest in degrees bounds the distance from above; the nearest is no farther.
      guard let start = try index.planarNearestStretch(to: point, in: context) else { return nil }
      let bound = index.edges(of: index.stretches[start]).map {
        layer.metric.distance(from: point, toSegment: $0, $1)
      }.min()
      let near = try distances(from: point, within: bound ?? 0, excluding: [], in: context)
      return near.min { ($0.value, $0.key) < ($1.value, $1.key) }.map { ($0.key, $0.value) }
    }
  }

  /// The provinces that share area, not only border, with an area.
  ///
  /// - Parameter area: Polygons with simple closed rings, in the layer's coordinates.
  /// - Returns: Indices in the layer, ascending.
  /// - Throws: `GeographyError` for the first faulty polygon (as province `area`).
  /// - Complexity: O(v log v) in the vertices of the area and of the provinces whose boxes meet it.
  public func provinces(intersecting area: [Polygon]) throws(GeographyError) -> [Int] {
    try layer.metric.check(area, of: "area")
    return try GEOSContext.borrow { (context) throws(GeographyError) in
      let shapes = try area.map { (polygon) throws(GeographyError) in
        (BoundingBox(polygon.exterior), try GEOSShape(polygon, in: context))
      }
      var found: [Int] = []
      provinces: for (number, province) in layer.provinces.enumerated() {
        for part in province.polygons {
          guard let box = BoundingBox(part.exterior) else { continue }
          let near = shapes.filter { $0.0?.intersects(box) ?? false }
          if near.isEmpty { continue }
          let shape = try GEOSShape(part, in: context)
          for (_, other) in near where try shape.sharesArea(with: other, in: context) {
            found.append(number)
            continue provinces
          }
        }
      }
      return found
    }
  }

  /// Metres from a position to the boundary of each province that may come within a distance of it.
  private func distances(
    from point: Coordinate, within meters: Double, excluding: Set<Int>, in context: GEOSContext
  ) throws(GeographyError) -> [Int: Double] {
    var nearest: [Int: Double] = [:]
    var stretches: [Int] = []
    for box in layer.metric.boxes(within: meters, of: point) {
      try index.stretches(near: box, in: context, into: &stretches)
      for stretch in stretches {
        let stretch = index.stretches[stretch]
        if excluding.contains(stretch.unit) { continue }
        for (a, b) in index.edges(of: stretch)
        where BoundingBox(minimum: a, maximum: a).union(b).intersects(box) {
          let distance = layer.metric.distance(from: point, toSegment: a, b)
          nearest[stretch.unit] = min(nearest[stretch.unit] ?? .infinity, distance)
        }
      }
    }
    return nearest
  }

  private func check(_ point: Coordinate) throws(GeographyError) {
    guard layer.metric.accepts(point) else {
      throw .positionOutOfRange(line: 0, vertex: 0, value: point.description)
    }
  }
}

extension GEOSShape {
  /// Whether the interiors of two polygons meet.
  func sharesArea(with other: GEOSShape, in context: GEOSContext) throws(GeographyError) -> Bool {
    let answer = GEOSRelatePattern_r(context.handle, pointer, other.pointer, "2********")
    guard answer == 0 || answer == 1 else { throw context.takeError(in: "GEOSRelatePattern") }
    return answer == 1
  }
}
