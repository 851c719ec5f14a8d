/// Arcs by which routes may not enter a node, as slots: one or two as a rule, as many as were told where
/// hundreds of links meet.
struct BannedArcs {
  /// Ascending.
  private(set) var slots: [UInt32] = []

  /// - Complexity: O(log count).
  @inline(__always)
  func contains(_ slot: UInt32) -> Bool {
    let place = slots.partitioningIndex { $0 >= slot }
    return place < slots.count && slots[place] == slot
  }

  /// These and one more.
  ///
  /// - Complexity: O(count).
  func adding(_ slot: UInt32) -> BannedArcs {
    var more = self
    more.slots.insert(slot, at: slots.partitioningIndex { $0 >= slot })
    return more
  }
}
