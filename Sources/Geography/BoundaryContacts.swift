/// Where one straight segment meets boundaries, in distances along it from 0 to its `span`, all in
/// coordinate units: the cuts between which its relation to every polygon is constant, and the reaches
/// that run along a unit's boundary.
struct BoundaryContacts {
  struct Reach {
    let unit: Int
    var start: Double
    var end: Double
  }

  let start: Coordinate
  let end: Coordinate
  let span: Double
  private let eastward: Double
  private let northward: Double
  private let snap: Double
  private var crossings: [Double] = []
  private(set) var reaches: [Reach] = []

  /// Contacts of the segment between two different positions with what `add` will be given.
  init(from start: Coordinate, to end: Coordinate, snap: Double) {
    self.start = start
    self.end = end
    self.snap = snap
    let east = end.longitude - start.longitude
    let north = end.latitude - start.latitude
    span = (east * east + north * north).squareRoot()
    eastward = east / span
    northward = north / span
  }

  /// Whether the segment touches no boundary.
  var isEmpty: Bool { crossings.isEmpty && reaches.isEmpty }

  /// Adds the contacts with the edges of a stretch of boundary.
  mutating func add(_ stretch: PolygonIndex.Stretch, of index: PolygonIndex) {
    if passesBeside(stretch.box) { return }
    index.vertices.withUnsafeBufferPointer { vertices in
      var from = local(vertices[stretch.first])
      for next in (stretch.first + 1)...stretch.last {
        let to = local(vertices[next])
        if min(from.across, to.across) <= snap && max(from.across, to.across) >= -snap {
          addEdge(from, to, unit: stretch.unit)
        }
        from = to
      }
    }
  }

  /// The distances that cut the segment into parts of constant relation, 0 and `span` included.
  /// Call once, after the last `add`: it also joins the reaches that continue each other.
  mutating func cuts() -> [Double] {
    reaches.sort { ($0.unit, $0.start) < ($1.unit, $1.start) }
    var joined: [Reach] = []
    for reach in reaches {
      if let last = joined.last, last.unit == reach.unit, reach.start <= last.end + 2 * snap {
        joined[joined.count - 1].end = max(last.end, reach.end)
      } else {
        joined.append(reach)
      }
    }
    reaches = joined
    let inner = (crossings + joined.flatMap { [$0.start, $0.end] }).sorted()
    var cuts = [0.0]
    // Cuts that snapping cannot tell apart are one; a part between them would be smaller than it.
    for cut in inner where cut > cuts[cuts.count - 1] + 2 * snap && cut < span - 2 * snap {
      cuts.append(cut)
    }
    cuts.append(span)
    return cuts
  }

  /// The position at a distance along the segment.
  func position(at distance: Double) -> Coordinate {
    if distance == span { return end }
    return start.interpolated(to: end, share: distance / span)
  }

  /// A position as its distances along and across the segment (left is positive).
  private func local(_ position: Coordinate) -> (along: Double, across: Double) {
    let east = position.longitude - start.longitude
    let north = position.latitude - start.latitude
    return (
      east * eastward + north * northward, eastward * north - northward * east
    )
  }

  /// Whether the box lies wholly to one side of the segment's line.
  private func passesBeside(_ box: BoundingBox) -> Bool {
    let center = local(box.minimum.interpolated(to: box.maximum, share: 0.5))
    let halfWidth = (box.maximum.longitude - box.minimum.longitude) / 2
    let halfHeight = (box.maximum.latitude - box.minimum.latitude) / 2
    let reach = abs(northward) * halfWidth + abs(eastward) * halfHeight
    return abs(center.across) > reach + 2 * snap
  }

  /// An edge that comes within the snapping distance of the segment's line.
  ///
  /// The part of it that stays within that distance is a reach when it is the whole edge or long
  /// against the snapping distance; otherwise the edge crosses or touches in one place, a cut. So a
  /// line laid along an oblique border follows it, though no double lies exactly on it.
  private mutating func addEdge(
    _ from: (along: Double, across: Double), _ to: (along: Double, across: Double), unit: Int
  ) {
    let rise = to.across - from.across
    // Shares of the edge between which |across| <= snap.
    var first = 0.0
    var last = 1.0
    if abs(from.across) > snap || abs(to.across) > snap {
      let one = (-snap - from.across) / rise
      let other = (snap - from.across) / rise
      first = max(0, min(one, other))
      last = min(1, max(one, other))
    }
    let run = to.along - from.along
    let ends = (from.along + run * first, from.along + run * last)
    let near = min(ends.0, ends.1)
    let far = max(ends.0, ends.1)
    if far < -snap || near > span + snap { return }
    let wholeEdge = first == 0 && last == 1
    if far - near > 1000 * snap || wholeEdge && far - near > 2 * snap {
      let start = max(0, near)
      let end = min(span, far)
      if end - start > 2 * snap {
        reaches.append(Reach(unit: unit, start: start, end: end))
        return
      }
    }
    let crosses = (from.across < 0) != (to.across < 0)
    let share = crosses ? from.across / -rise : (abs(from.across) < abs(to.across) ? 0 : 1)
    crossings.append(min(span, max(0, from.along + run * share)))
  }
}
