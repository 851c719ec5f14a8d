/// The arcs that leave each node (or, for the backward search, enter it), as compressed sparse rows.
///
/// Rows are in the internal node order; the arcs of a row are in link order.
struct Adjacency: Sendable {
  /// Row `r` is `first[r] ..< first[r + 1]`.
  let first: [UInt32]
  /// The arc in each slot.
  let codes: [ArcCode]
  /// The row of the node at its other end: links lie far from the rows that are read one after another.
  let otherRows: [UInt32]

  /// - Parameters:
  ///   - rowOfForward: the row of each link's forward arc.
  ///   - rowOfReverse: the row of each link's reverse arc.
  ///   - isOneWay: links without a reverse arc.
  init(rowCount: Int, rowOfForward: [UInt32], rowOfReverse: [UInt32], isOneWay: [Bool]) {
    var next = [UInt32](repeating: 0, count: rowCount + 1)
    for link in isOneWay.indices {
      next[Int(rowOfForward[link]) + 1] += 1
      if !isOneWay[link] { next[Int(rowOfReverse[link]) + 1] += 1 }
    }
    for row in 0..<rowCount { next[row + 1] += next[row] }
    first = next
    var codes = [ArcCode](
      repeating: ArcCode(link: 0, isForward: true), count: Int(next[rowCount]))
    var otherRows = [UInt32](repeating: 0, count: codes.count)
    func place(_ code: ArcCode, row: UInt32, otherRow: UInt32) {
      let slot = Int(next[Int(row)])
      codes[slot] = code
      otherRows[slot] = otherRow
      next[Int(row)] += 1
    }
    for link in isOneWay.indices {
      let (forward, reverse) = (rowOfForward[link], rowOfReverse[link])
      place(ArcCode(link: link, isForward: true), row: forward, otherRow: reverse)
      if !isOneWay[link] {
        place(ArcCode(link: link, isForward: false), row: reverse, otherRow: forward)
      }
    }
    self.codes = codes
    self.otherRows = otherRows
  }

  /// The slots of a row.
  func slots(_ row: Int) -> Range<Int> {
    Int(first[row])..<Int(first[row + 1])
  }

  /// The slot of an arc of a row.
  ///
  /// - Complexity: O(log degree).
  @inline(__always)
  func slot(of code: ArcCode, row: Int) -> Int {
    var low = Int(first[row])
    var high = Int(first[row &+ 1]) &- 1
    while low < high {
      let middle = (low &+ high) / 2
      if codes[middle].link < code.link { low = middle &+ 1 } else { high = middle }
    }
    return low
  }
}

/// A link and a direction in four bytes.
struct ArcCode: Hashable, Sendable {
  let rawValue: UInt32

  init(link: Int, isForward: Bool) {
    rawValue = UInt32(link) << 1 | (isForward ? 0 : 1)
  }

  var link: Int { Int(rawValue >> 1) }
  var isForward: Bool { rawValue & 1 == 0 }
  var arc: Arc { Arc(link: LinkID(link), isForward: isForward) }
}
