/// Polygons that belong to numbered units, indexed for two questions: which units cover a position,
/// and which stretches of their boundaries lie near a box.
final class PolygonIndex: Sendable {
  /// A few consecutive edges of one ring: `vertices[first]` to `vertices[last]`.
  struct Stretch {
    let unit: Int
    let first: Int
    let last: Int
    let box: BoundingBox
  }

  /// Edges in a stretch: fewer make the tree larger, more make each visit longer.
  private static let edgesPerStretch = 16

  /// Positions nearer than this to a boundary, in coordinate units, lie on it: 1e-9 degrees (0.1 mm),
  /// far above the rounding of a position and far below the accuracy of any map.
  let snap: Double
  let vertices: [Coordinate]
  let stretches: [Stretch]
  private let polygons: [PreparedPolygon]
  private let unitOfPolygon: [Int]
  private let polygonTree: GEOSTree
  private let stretchTree: GEOSTree

  /// - Parameter units: The polygons of each unit; already checked.
  init(
    _ units: [[Polygon]], metric: LengthMetric, in context: GEOSContext
  ) throws(GeographyError) {
    var vertices: [Coordinate] = []
    var stretches: [Stretch] = []
    var polygons: [PreparedPolygon] = []
    var unitOfPolygon: [Int] = []
    var polygonBoxes: [BoundingBox] = []
    var extent = 0.0
    for (unit, parts) in units.enumerated() {
      for polygon in parts {
        guard let box = BoundingBox(polygon.exterior) else { continue }
        polygons.append(try PreparedPolygon(polygon, in: context))
        polygonBoxes.append(box)
        unitOfPolygon.append(unit)
        for number in [box.minimum, box.maximum].flatMap({ [$0.longitude, $0.latitude] }) {
          extent = max(extent, abs(number))
        }
        for ring in polygon.rings {
          let start = vertices.count
          vertices += ring
          for first in stride(from: 0, to: ring.count - 1, by: Self.edgesPerStretch) {
            let last = min(first + Self.edgesPerStretch, ring.count - 1)
            guard let box = BoundingBox(ring[first...last]) else { continue }
            stretches.append(
              Stretch(unit: unit, first: start + first, last: start + last, box: box))
          }
        }
      }
    }
    self.vertices = vertices
    self.stretches = stretches
    self.polygons = polygons
    self.unitOfPolygon = unitOfPolygon
    // Planar coordinates may be far from zero (metres of a grid), where doubles are coarser.
    snap = metric == .wgs84 ? 1e-9 : max(1e-9, extent * 1e-11)
    polygonTree = try GEOSTree(polygonBoxes, in: context)
    stretchTree = try GEOSTree(stretches.map(\.box), in: context)
  }

  /// The units with a polygon that covers the position, boundary included as far as rounding lets GEOS
  /// see it; ascending.
  func units(covering position: Coordinate, in context: GEOSContext) throws(GeographyError) -> [Int]
  {
    var candidates: [Int] = []
    let here = BoundingBox(minimum: position, maximum: position)
    try polygonTree.query(here, in: context, into: &candidates)
    var units: [Int] = []
    for polygon in candidates where !units.contains(unitOfPolygon[polygon]) {
      if try polygons[polygon].covers(position, in: context) {
        units.append(unitOfPolygon[polygon])
      }
    }
    units.sort()
    return units
  }

  /// Replaces `found` by the stretches whose box comes within the snapping distance of the given one.
  func stretches(
    near box: BoundingBox, in context: GEOSContext, into found: inout [Int]
  ) throws(GeographyError) {
    found.removeAll(keepingCapacity: true)
    try stretchTree.query(box.expanded(by: snap), in: context, into: &found)
  }

  /// The stretch that comes nearest to the position in the plane of the coordinates.
  func planarNearestStretch(
    to position: Coordinate, in context: GEOSContext
  ) throws(GeographyError) -> Int? {
    try stretchTree.nearest(to: position, in: context) { [self] stretch in
      edges(of: stretches[stretch]).map {
        LengthMetric.planar(metersPerUnit: 1).distance(from: position, toSegment: $0, $1)
      }.min() ?? .infinity
    }
  }

  /// The edges of a stretch, each as its two ends.
  func edges(of stretch: Stretch) -> some Collection<(Coordinate, Coordinate)> {
    (stretch.first..<stretch.last).lazy.map { [vertices] in (vertices[$0], vertices[$0 + 1]) }
  }
}
