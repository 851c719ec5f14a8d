/// Rows of ascending words, one after another in memory that grows.
///
/// A row is made at the end, from parts of earlier rows.
final class UpwardRows {
  private(set) var words: UnsafeMutablePointer<UInt32>
  private(set) var count = 0
  private var capacity: Int
  /// Where the words are once what was lent for them is full.
  private var grown: UnsafeMutablePointer<UInt32>?

  /// - Parameter lent: Outlives this.
  init(lent: UnsafeMutablePointer<UInt32>, capacity: Int) {
    words = lent
    self.capacity = capacity
  }

  deinit { grown?.deallocate() }

  /// Makes room at the end.
  @inline(__always)
  func reserve(_ additional: Int) {
    if count &+ additional > capacity { grow(additional) }
  }

  private func grow(_ additional: Int) {
    capacity = max(2 * capacity, count + additional)
    let larger = UnsafeMutablePointer<UInt32>.allocate(capacity: capacity)
    larger.update(from: words, count: count)
    grown?.deallocate()
    grown = larger
    words = larger
  }

  /// Adds a word at the end. There must be room.
  @inline(__always)
  func append(_ word: UInt32) {
    words[count] = word
    count &+= 1
  }

  /// Sorts the row that starts at `start` and ends at the end, and leaves out repetitions.
  @inline(__always)
  func sort(from start: Int) {
    let row = words + start
    let length = count &- start
    if length < 2 { return }
    if length > 16 {
      var long = UnsafeMutableBufferPointer(start: row, count: length)
      long.sort()
    } else {
      for index in 1..<length {
        let word = row[index]
        var hole = index
        while hole > 0, row[hole &- 1] > word {
          row[hole] = row[hole &- 1]
          hole &-= 1
        }
        row[hole] = word
      }
    }
    var kept = 1
    for index in 1..<length where row[index] != row[kept &- 1] {
      row[kept] = row[index]
      kept &+= 1
    }
    count = start &+ kept
  }

  /// Merges ascending words into the row that starts at `start` and ends at the end; words it has
  /// already are left out. There must be room.
  ///
  /// - Complexity: O(length of both).
  @inline(__always)
  func merge(_ other: UnsafePointer<UInt32>, count otherCount: Int, from start: Int) {
    let row = words + start
    let length = count &- start
    if length == 0 {
      row.update(from: other, count: otherCount)
      count &+= otherCount
      return
    }
    // Most often the words are there already.
    var missing = 0
    var here = 0
    for index in 0..<otherCount {
      let word = other[index]
      while here < length, row[here] < word { here &+= 1 }
      if here == length || row[here] != word { missing &+= 1 }
    }
    count &+= missing
    // From the end, so that nothing is written over before it is read.
    var last = length &- 1
    var otherLast = otherCount &- 1
    while missing > 0 {
      let word = other[otherLast]
      if last >= 0, row[last] >= word {
        if row[last] == word { otherLast &-= 1 }
        row[last &+ missing] = row[last]
        last &-= 1
      } else {
        row[last &+ missing] = word
        missing &-= 1
        otherLast &-= 1
      }
    }
  }
}
