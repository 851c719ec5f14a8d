/// A four-ary minimum heap of keys with the cost above and the rank below, in memory it borrows.
///
/// Lazy: a node is pushed each time its cost falls, and stale entries are skipped when popped. That
/// beats an indexed heap with decrease-key on road networks, where a node is seldom improved.
/// A search pushes each arc once at most, so the memory is sized once and `push` needs no check.
///
/// Generic over the key: `UInt64` where the sum of all impedances provably leaves room for the rank,
/// else `UInt128`.
struct SearchHeap<Key: FixedWidthInteger & UnsignedInteger & Sendable> {
  private let keys: UnsafeMutablePointer<Key>
  private(set) var count = 0
  private let rankBits: Key
  private let rankMask: Key

  /// - Parameters:
  ///   - memory: Room for every push of the search.
  ///   - rankBits: Bits that hold every rank of the graph.
  @inline(__always)
  init(memory: UnsafeMutablePointer<Key>, rankBits: Int) {
    keys = memory
    self.rankBits = Key(truncatingIfNeeded: rankBits)
    rankMask = (1 &<< self.rankBits) &- 1
  }

  @inline(__always)
  var isEmpty: Bool { count == 0 }

  /// The lowest cost, perhaps of a stale entry. The heap must not be empty.
  @inline(__always)
  var lowestCost: Key { keys[0] &>> rankBits }

  @inline(__always)
  mutating func push(cost: Key, rank: Int) {
    let key = cost &<< rankBits | Key(truncatingIfNeeded: rank)
    var hole = count
    count &+= 1
    while hole > 0 {
      let parent = (hole &- 1) &>> 2
      let above = keys[parent]
      if above <= key { break }
      keys[hole] = above
      hole = parent
    }
    keys[hole] = key
  }

  /// Removes the entry of the lowest cost, of equal ones that of the lowest rank.
  @inline(__always)
  mutating func pop() -> (cost: Key, rank: Int) {
    let top = keys[0]
    count &-= 1
    if count > 0 { sink(keys[count]) }
    return (top &>> rankBits, Int(truncatingIfNeeded: top & rankMask))
  }

  @inline(__always)
  private mutating func sink(_ key: Key) {
    var hole = 0
    while true {
      let firstChild = hole &* 4 &+ 1
      if firstChild >= count { break }
      let end = min(firstChild &+ 4, count)
      var child = firstChild
      var least = keys[firstChild]
      var candidate = firstChild &+ 1
      while candidate < end {
        let other = keys[candidate]
        if other < least {
          least = other
          child = candidate
        }
        candidate &+= 1
      }
      if least >= key { break }
      keys[hole] = least
      hole = child
    }
    keys[hole] = key
  }
}
