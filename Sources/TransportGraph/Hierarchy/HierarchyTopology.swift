/// The arrays of a contraction hierarchy, in memory of their own that kernels read by pointer.
///
/// `@unchecked Sendable`: written once, in `init`, and read only afterwards.
final class HierarchyTopology: @unchecked Sendable {
  /// A node by position. One more row ends the last.
  struct Row {
    var parent: UInt32
    /// The number of proper ancestors.
    var depth: UInt32
    var firstArc: UInt32
    var firstRun: UInt32
  }

  /// Arcs in a row whose heads are consecutive ancestors: depth `depth`, `depth + 1`, … up to the
  /// next run's first arc. One more run ends the last.
  struct Run {
    var depth: UInt32
    var firstArc: UInt32
  }

  /// A link seen from its lower end.
  struct LinkEntry {
    var arc: UInt32
    /// The link, in the direction that leaves the lower end.
    var upward: ArcCode
    var isOneWay: Bool

    /// What the link costs from its lower end up and back down, if it costs `cost`.
    @inline(__always)
    func costs(_ cost: Double) -> (up: Double, down: Double) {
      guard isOneWay else { return (cost, cost) }
      return upward.isForward ? (cost, .infinity) : (.infinity, cost)
    }
  }

  /// Rows of fewer arcs are read arc by arc: runs of one or two arcs cost more in branches than they
  /// save.
  static let shortRow: UInt32 = 12

  let nodeCount: Int
  let arcCount: Int
  let runCount: Int
  /// The largest number of nodes on the way from a node to its root.
  let height: Int

  let rows: UnsafeMutablePointer<Row>
  /// By position: one past the last position of the subtree.
  let subtreeEnd: UnsafeMutablePointer<UInt32>
  let runs: UnsafeMutablePointer<Run>
  /// By arc: the position of the upper end; ascending in a row.
  let heads: UnsafeMutablePointer<UInt32>
  /// By arc: the depth of the upper end.
  let headDepths: UnsafeMutablePointer<UInt32>
  let firstLower: UnsafeMutablePointer<UInt32>
  /// The arcs up to a node, ascending by tail.
  let lower: UnsafeMutablePointer<LowerArc>
  let firstLink: UnsafeMutablePointer<UInt32>
  /// Every link once, in the row of its lower end.
  let links: UnsafeMutablePointer<LinkEntry>

  /// - Complexity: O(nodes + arcs + links log degree).
  init(_ tree: EliminationTree, _ graph: TransportGraph) {
    nodeCount = tree.parent.count
    arcCount = tree.heads.count
    height = tree.depth.reduce(-1) { max($0, Int($1)) } + 1

    var rows: [Row] = []
    rows.reserveCapacity(nodeCount + 1)
    var runs: [Run] = []
    let headDepths = tree.heads.map { tree.depth[Int($0)] }
    for place in 0..<nodeCount {
      rows.append(
        Row(
          parent: tree.parent[place], depth: tree.depth[place], firstArc: tree.firstArc[place],
          firstRun: UInt32(runs.count)))
      var expected = UInt32.max
      for arc in tree.firstArc[place]..<tree.firstArc[place + 1] {
        let depth = headDepths[Int(arc)]
        if depth != expected { runs.append(Run(depth: depth, firstArc: arc)) }
        expected = depth + 1
      }
    }
    runCount = runs.count
    rows.append(
      Row(parent: 0, depth: 0, firstArc: UInt32(arcCount), firstRun: UInt32(runCount)))
    runs.append(Run(depth: 0, firstArc: UInt32(arcCount)))

    var firstLink = [UInt32](repeating: 0, count: nodeCount + 1)
    let linkCount = graph.links.count
    let from = graph.fromRank.map { tree.position[Int($0)] }
    let to = graph.toRank.map { tree.position[Int($0)] }
    for link in 0..<linkCount { firstLink[Int(max(from[link], to[link])) + 1] += 1 }
    for place in 0..<nodeCount { firstLink[place + 1] += firstLink[place] }
    var isOneWay = [Bool](repeating: true, count: linkCount)
    for code in graph.outgoing.codes where !code.isForward { isOneWay[code.link] = false }
    var next = firstLink
    var links = [LinkEntry](
      repeating: LinkEntry(arc: 0, upward: ArcCode(link: 0, isForward: true), isOneWay: false),
      count: linkCount)
    tree.heads.withUnsafeBufferPointer { heads in
      for link in 0..<linkCount {
        let tail = Int(max(from[link], to[link]))
        let head = min(from[link], to[link])
        let row = heads[Int(tree.firstArc[tail])..<Int(tree.firstArc[tail + 1])]
        links[Int(next[tail])] = LinkEntry(
          arc: UInt32(row.partitioningIndex { $0 >= head }),
          upward: ArcCode(link: link, isForward: from[link] > to[link]), isOneWay: isOneWay[link])
        next[tail] += 1
      }
    }

    self.rows = Self.memory(rows)
    self.runs = Self.memory(runs)
    self.firstLink = Self.memory(firstLink)
    self.links = Self.memory(links)
    subtreeEnd = Self.memory(tree.subtreeEnd)
    heads = Self.memory(tree.heads)
    self.headDepths = Self.memory(headDepths)
    firstLower = Self.memory(tree.firstLower)
    lower = Self.memory(tree.lower)
  }

  deinit {
    rows.deallocate()
    subtreeEnd.deallocate()
    runs.deallocate()
    heads.deallocate()
    headDepths.deallocate()
    firstLower.deallocate()
    lower.deallocate()
    firstLink.deallocate()
    links.deallocate()
  }

  /// The bytes that the arrays take.
  var byteCount: Int {
    (nodeCount + 1) * (MemoryLayout<Row>.stride + 2 * MemoryLayout<UInt32>.stride)
      + nodeCount * MemoryLayout<UInt32>.stride
      + (runCount + 1) * MemoryLayout<Run>.stride
      + arcCount * (2 * MemoryLayout<UInt32>.stride + MemoryLayout<LowerArc>.stride)
      + Int(firstLink[nodeCount]) * MemoryLayout<LinkEntry>.stride
  }

  @inline(__always)
  func arcs(_ position: Int) -> Range<Int> {
    Int(rows[position].firstArc)..<Int(rows[position &+ 1].firstArc)
  }

  @inline(__always)
  func lowerSlots(_ position: Int) -> Range<Int> {
    Int(firstLower[position])..<Int(firstLower[position &+ 1])
  }

  @inline(__always)
  func linkSlots(_ position: Int) -> Range<Int> {
    Int(firstLink[position])..<Int(firstLink[position &+ 1])
  }

  /// The arc from a node up to one of its ancestors that it has an arc to.
  @inline(__always)
  func arc(from tail: Int, to head: UInt32) -> Int {
    let row = arcs(tail)
    return UnsafeBufferPointer(start: heads + row.lowerBound, count: row.count)
      .partitioningIndex { $0 >= head } + row.lowerBound
  }

  private static func memory<Element: BitwiseCopyable>(
    _ array: [Element]
  ) -> UnsafeMutablePointer<Element> {
    let memory = UnsafeMutablePointer<Element>.allocate(capacity: array.count)
    array.withUnsafeBufferPointer { source in
      if let start = source.baseAddress { memory.initialize(from: start, count: source.count) }
    }
    return memory
  }
}

extension RandomAccessCollection {
  /// The first index whose element passes a test that all later elements pass too; `endIndex` where
  /// none does. O(log count).
  @inline(__always)
  func partitioningIndex(_ passes: (Element) -> Bool) -> Index {
    var low = startIndex
    var count = self.count
    while count > 0 {
      let half = count / 2
      let middle = index(low, offsetBy: half)
      if passes(self[middle]) {
        count = half
      } else {
        low = index(after: middle)
        count -= half + 1
      }
    }
    return low
  }
}
