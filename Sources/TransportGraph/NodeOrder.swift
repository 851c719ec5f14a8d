import Geography

/// The internal order of nodes: along a Hilbert curve, so that what lies near on the map lies near
/// in memory.
///
/// A search over nodes in random order waits for memory most of its time. `NodeID` stays the
/// caller's order; only the search arrays use ranks.
///
/// Source: D. Hilbert (1891), Math. Ann. 38, 459–460; the usual rotation of quadrants.
enum NodeOrder {
  /// Cells per side of the curve: 2^16.
  private static let bits = 16

  /// The input index of each rank. Coordinates must be finite.
  ///
  /// - Complexity: O(n log n).
  static func nodesByRank(_ coordinates: [Coordinate]) -> [UInt32] {
    guard let start = coordinates.first else { return [] }
    var low = start
    var high = start
    for point in coordinates {
      low = Coordinate(
        longitude: min(low.longitude, point.longitude), latitude: min(low.latitude, point.latitude))
      high = Coordinate(
        longitude: max(high.longitude, point.longitude),
        latitude: max(high.latitude, point.latitude))
    }
    // Position along the curve above, input index below: sorting is stable by construction.
    let keys = coordinates.enumerated().map { index, point in
      let x = cell(point.longitude, low.longitude, high.longitude)
      let y = cell(point.latitude, low.latitude, high.latitude)
      return position(x: x, y: y) << 32 | UInt64(index)
    }
    return keys.sorted().map { UInt32(truncatingIfNeeded: $0) }
  }

  private static func cell(_ value: Double, _ low: Double, _ high: Double) -> UInt64 {
    let cells = Double(1 << bits)
    // Halved first: the difference of two finite numbers may overflow.
    let width = high / 2 - low / 2
    guard width > 0 else { return 0 }
    return UInt64(min((value / 2 - low / 2) / width * cells, cells - 1))
  }

  private static func position(x: UInt64, y: UInt64) -> UInt64 {
    var x = x
    var y = y
    var position: UInt64 = 0
    let last = UInt64(1 << bits) - 1
    var side = UInt64(1 << (bits - 1))
    while side > 0 {
      let right: UInt64 = x & side > 0 ? 1 : 0
      let upper: UInt64 = y & side > 0 ? 1 : 0
      position += side * side * ((3 * right) ^ upper)
      if upper == 0 {
        if right == 1 {
          x = last - x
          y = last - y
        }
        swap(&x, &y)
      }
      side /= 2
    }
    return position
  }
}
