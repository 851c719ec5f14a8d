/// The queue of a search whose lowest cost never falls.
///
/// An entry waits in the bucket that the highest bit tells in which its cost differs from the last one taken:
/// those of the same cost in the first, which is a stack. Once that is empty, the next bucket that is not
/// becomes the lowest cost, and its entries move to buckets before it. A* with good bounds meets many nodes
/// at one cost, all along the ways that the bounds know.
///
/// Source: R. K. Ahuja, K. Mehlhorn, J. B. Orlin, R. E. Tarjan (1990), Faster algorithms for the shortest path
/// problem, Journal of the ACM 37(2), 213–223.
struct RadixHeap {
  struct Entry {
    var cost: UInt64
    var rank: UInt32
    /// The next in the bucket, or among those that are free.
    var next: UInt32
  }

  private static let none = UInt32.max
  /// One for no difference, and one for each bit that may be the highest.
  static let bucketCount = UInt64.bitWidth

  private let entries: UnsafeMutablePointer<Entry>
  /// By bucket, its first entry.
  private let buckets: UnsafeMutablePointer<UInt32>
  /// One bit for each bucket but the first: whether it has entries.
  private var used: UInt64 = 0
  private var firstFree = Self.none
  private var entryCount = 0
  /// The cost of the entries in the first bucket.
  private var level: UInt64 = 0

  /// - Parameters:
  ///   - entries: Room for as many as there may be at a time.
  ///   - buckets: Room for ``bucketCount``.
  init(entries: UnsafeMutablePointer<Entry>, buckets: UnsafeMutablePointer<UInt32>) {
    self.entries = entries
    self.buckets = buckets
    buckets.initialize(repeating: Self.none, count: Self.bucketCount)
  }

  /// - Parameter cost: No less than that of the last entry taken, and below 2^63.
  @inline(__always)
  mutating func push(cost: UInt64, rank: Int) {
    assert(cost >= level, "costs do not fall")
    var place = firstFree
    if place == Self.none {
      place = UInt32(truncatingIfNeeded: entryCount)
      entryCount &+= 1
    } else {
      firstFree = entries[Int(place)].next
    }
    entries[Int(place)].cost = cost
    entries[Int(place)].rank = UInt32(truncatingIfNeeded: rank)
    put(Int(place), cost: cost)
  }

  /// Removes an entry of the lowest cost; nil where that is above a limit, and where there is none.
  @inline(__always)
  mutating func pop(atMost limit: UInt64) -> (cost: UInt64, rank: Int)? {
    if buckets[0] == Self.none { raiseLevel() }
    let first = buckets[0]
    if first == Self.none || level > limit { return nil }
    let entry = entries[Int(first)]
    buckets[0] = entry.next
    entries[Int(first)].next = firstFree
    firstFree = first
    return (level, Int(entry.rank))
  }

  @inline(__always)
  private mutating func put(_ place: Int, cost: UInt64) {
    let bucket = UInt64.bitWidth &- (cost ^ level).leadingZeroBitCount
    entries[place].next = buckets[bucket]
    buckets[bucket] = UInt32(truncatingIfNeeded: place)
    used |= (1 &<< UInt64(truncatingIfNeeded: bucket)) &>> 1
  }

  /// Makes the lowest cost of all the level, where there are entries.
  private mutating func raiseLevel() {
    if used == 0 { return }
    let bucket = used.trailingZeroBitCount &+ 1
    used &= used &- 1
    let first = buckets[bucket]
    buckets[bucket] = Self.none
    var lowest = UInt64.max
    var place = first
    while place != Self.none {
      lowest = min(lowest, entries[Int(place)].cost)
      place = entries[Int(place)].next
    }
    level = lowest
    place = first
    while place != Self.none {
      let next = entries[Int(place)].next
      put(Int(place), cost: entries[Int(place)].cost)
      place = next
    }
  }
}
