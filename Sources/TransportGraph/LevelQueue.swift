/// The queue of a search whose lowest cost never falls: what costs as much as the last entry taken waits on
/// a stack, all else in a heap.
///
/// A* with good bounds meets many nodes at one cost, all along the ways that the bounds know. A stack takes
/// and gives them back in no time.
struct LevelQueue<Key: FixedWidthInteger & UnsignedInteger & Sendable> {
  private var heap: SearchHeap<Key>
  private let stack: UnsafeMutablePointer<UInt32>
  private var stackCount = 0
  /// What the entries on the stack cost.
  private var level: Key = 0

  /// - Parameters:
  ///   - heap: Empty.
  ///   - stack: Room for as many entries of one cost as there may be.
  @inline(__always)
  init(_ heap: SearchHeap<Key>, stack: UnsafeMutablePointer<UInt32>) {
    self.heap = heap
    self.stack = stack
  }

  @inline(__always)
  var isEmpty: Bool { stackCount == 0 && heap.isEmpty }

  /// The lowest cost, perhaps of a stale entry. The queue must not be empty.
  @inline(__always)
  var lowestCost: Key { stackCount > 0 ? level : heap.lowestCost }

  /// - Parameter cost: No less than that of the last entry taken.
  @inline(__always)
  mutating func push(cost: Key, rank: Int) {
    if cost == level {
      stack[stackCount] = UInt32(truncatingIfNeeded: rank)
      stackCount &+= 1
    } else {
      heap.push(cost: cost, rank: rank)
    }
  }

  /// Removes an entry of the lowest cost.
  @inline(__always)
  mutating func pop() -> (cost: Key, rank: Int) {
    if stackCount > 0 {
      stackCount &-= 1
      return (level, Int(stack[stackCount]))
    }
    let lowest = heap.pop()
    level = lowest.cost
    return lowest
  }
}
