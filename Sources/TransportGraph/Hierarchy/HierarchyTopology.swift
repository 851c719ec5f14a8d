/// The arrays of a contraction hierarchy, sections of one block that kernels read by pointer.
///
/// `@unchecked Sendable`: the block keeps what the pointers lead to, and nobody writes there.
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

  /// A link in the row of its lower end.
  struct LinkEntry {
    var arc: UInt32
    var link: LinkArc
  }

  /// Rows of fewer arcs are read arc by arc: runs of one or two arcs cost more in branches than they
  /// save.
  static let shortRow: UInt32 = 12

  let nodeCount: Int
  let arcCount: Int
  /// The largest number of nodes on the way from a node to its root.
  let height: Int

  /// By turn: the node contracted then.
  let order: UnsafePointer<UInt32>
  /// By node index.
  let positionOfNode: UnsafePointer<UInt32>
  /// By rank.
  let positionOfRank: UnsafePointer<UInt32>
  let rows: UnsafePointer<Row>
  /// By position: one past the last position of the subtree.
  let subtreeEnd: UnsafePointer<UInt32>
  let runs: UnsafePointer<Run>
  /// By arc: the position of the upper end; ascending in a row.
  let heads: UnsafePointer<UInt32>
  /// By arc: the depth of the upper end.
  let headDepths: UnsafePointer<UInt32>
  let firstLower: UnsafePointer<UInt32>
  /// The arcs up to a node, ascending by tail.
  let lower: UnsafePointer<LowerArc>
  let firstLink: UnsafePointer<UInt32>
  /// Every link once, in the row of its lower end. In a row first those of arcs that leave the lower end,
  /// then those that only lead down; both ascending by link.
  let links: UnsafePointer<LinkEntry>

  /// Holds all of these.
  let block: HierarchyBlock

  /// - Parameter height: That of the tree in the block.
  init(_ block: HierarchyBlock, height: Int) {
    self.block = block
    self.height = height
    nodeCount = block.layout.nodeCount
    arcCount = block.layout.arcCount
    order = block.array(.order)
    positionOfNode = block.array(.positionOfNode)
    positionOfRank = block.array(.positionOfRank)
    rows = block.array(.rows)
    subtreeEnd = block.array(.subtreeEnd)
    runs = block.array(.runs)
    heads = block.array(.heads)
    headDepths = block.array(.headDepths)
    firstLower = block.array(.firstLower)
    lower = block.array(.lower)
    firstLink = block.array(.firstLink)
    links = block.array(.links)
  }

  /// - Complexity: O(nodes + arcs + links log degree).
  convenience init(
    _ tree: EliminationTree, _ links: UpwardLinks, _ graph: TransportGraph, rankOfTurn: [UInt32],
    turnOfRank: [UInt32]
  ) {
    let layout = HierarchyLayout(
      nodeCount: rankOfTurn.count, linkCount: graph.links.count, arcCount: tree.arcCount,
      runCount: tree.runCount)
    let block = HierarchyBlock(layout) { block in
      let order: UnsafeMutablePointer<UInt32> = block.array(.order)
      for (turn, rank) in rankOfTurn.enumerated() { order[turn] = graph.nodeOfRank[Int(rank)] }
      let positionOfRank: UnsafeMutablePointer<UInt32> = block.array(.positionOfRank)
      for (rank, turn) in turnOfRank.enumerated() {
        positionOfRank[rank] = tree.position[Int(turn)]
      }
      let positionOfNode: UnsafeMutablePointer<UInt32> = block.array(.positionOfNode)
      for (node, rank) in graph.rankOfNode.enumerated() {
        positionOfNode[node] = positionOfRank[Int(rank)]
      }
      Self.write(tree, links, to: block)
      Self.writeLower(to: block)
    }
    self.init(block, height: tree.height)
  }

  /// Writes what is above each node: its row, and the links in it.
  private static func write(
    _ tree: EliminationTree, _ links: UpwardLinks, to block: HierarchyBlock.Writer
  ) {
    let rows: UnsafeMutablePointer<Row> = block.array(.rows)
    let subtreeEnd: UnsafeMutablePointer<UInt32> = block.array(.subtreeEnd)
    let runs: UnsafeMutablePointer<Run> = block.array(.runs)
    let heads: UnsafeMutablePointer<UInt32> = block.array(.heads)
    let headDepths: UnsafeMutablePointer<UInt32> = block.array(.headDepths)
    let firstLink: UnsafeMutablePointer<UInt32> = block.array(.firstLink)
    let linkEntries: UnsafeMutablePointer<LinkEntry> = block.array(.links)
    let (depths, turns, words) = (tree.depth, tree.turns, tree.rows.words)
    let upwardLinks = links.entries
    let nodeCount = tree.nodeCount
    // The positions of the ancestors of the node at hand, by depth.
    let path = UnsafeMutablePointer<UInt32>.allocate(capacity: tree.height)
    defer { path.deallocate() }
    var arc = 0
    var run = 0
    var entry = 0
    for position in 0..<nodeCount {
      let turn = Int(tree.turnAt[position])
      let depth = depths[turn]
      let (here, next) = (turns[turn], turns[turn &+ 1])
      path[Int(depth)] = UInt32(position)
      rows[position] = Row(
        parent: depth == 0 ? UInt32(position) : path[Int(depth) - 1], depth: depth,
        firstArc: UInt32(arc), firstRun: UInt32(run))
      subtreeEnd[position] = UInt32(position) + here.size
      let first = arc
      var expected = UInt32.max
      var word = Int(next.firstArc)
      while word > Int(here.firstArc) {
        word &-= 1
        let headDepth = words[word]
        headDepths[arc] = headDepth
        heads[arc] = path[Int(headDepth)]
        if headDepth != expected {
          runs[run] = Run(depth: headDepth, firstArc: UInt32(arc))
          run &+= 1
        }
        expected = headDepth &+ 1
        arc &+= 1
      }
      firstLink[position] = UInt32(entry)
      let row = UnsafeBufferPointer(start: headDepths + first, count: arc &- first)
      for slot in Int(here.firstLink)..<Int(next.firstLink) {
        let headDepth = depths[Int(upwardLinks[slot].upper)]
        linkEntries[entry] = LinkEntry(
          arc: UInt32(first &+ row.partitioningIndex { $0 >= headDepth }),
          link: upwardLinks[slot].arc)
        entry &+= 1
      }
    }
    rows[nodeCount] = Row(
      parent: 0, depth: 0, firstArc: UInt32(arc), firstRun: UInt32(run))
    runs[run] = Run(depth: 0, firstArc: UInt32(arc))
    firstLink[nodeCount] = UInt32(entry)
  }

  /// Lists the arcs by their upper ends.
  private static func writeLower(to block: HierarchyBlock.Writer) {
    let rows: UnsafeMutablePointer<Row> = block.array(.rows)
    let heads: UnsafeMutablePointer<UInt32> = block.array(.heads)
    let first: UnsafeMutablePointer<UInt32> = block.array(.firstLower)
    let lower: UnsafeMutablePointer<LowerArc> = block.array(.lower)
    let nodeCount = block.layout.nodeCount
    first.initialize(repeating: 0, count: nodeCount + 1)
    for arc in 0..<block.layout.arcCount { first[Int(heads[arc]) &+ 1] &+= 1 }
    for position in 0..<nodeCount { first[position &+ 1] &+= first[position] }
    // Counted back, so that a row's first slot is where it ends up.
    for tail in (0..<nodeCount).reversed() {
      for arc in Int(rows[tail].firstArc)..<Int(rows[tail &+ 1].firstArc) {
        let head = Int(heads[arc]) &+ 1
        first[head] &-= 1
        lower[Int(first[head])] = LowerArc(tail: UInt32(tail), arc: UInt32(arc))
      }
    }
    // What has become of a row's end is its first slot.
    first.update(from: first + 1, count: nodeCount)
    first[nodeCount] = UInt32(block.layout.arcCount)
  }

  /// The bytes that the arrays take.
  var byteCount: Int { block.layout.byteCount }

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

  /// Those of consecutive positions.
  @inline(__always)
  func linkSlots(_ positions: Range<Int>) -> Range<Int> {
    Int(firstLink[positions.lowerBound])..<Int(firstLink[positions.upperBound])
  }

  /// The arc from a node up to one of its ancestors that it has an arc to.
  @inline(__always)
  func arc(from tail: Int, to head: UInt32) -> Int {
    let row = arcs(tail)
    return UnsafeBufferPointer(start: heads + row.lowerBound, count: row.count)
      .partitioningIndex { $0 >= head } + row.lowerBound
  }
}

extension TransportGraph {
  /// Whether each link has one direction only, from the arcs: a link itself is large to read.
  var isOneWayByLink: [Bool] {
    var isOneWay = [Bool](repeating: true, count: links.count)
    for code in outgoing.codes where !code.isForward { isOneWay[code.link] = false }
    return isOneWay
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
