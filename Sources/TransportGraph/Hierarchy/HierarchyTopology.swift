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

  /// A link seen from its lower end.
  struct LinkEntry {
    var arc: UInt32
    /// The code of `upward`, which needs 31 bits, below one bit for `isOneWay`.
    private var code: UInt32
    private static let oneWayBit: UInt32 = 1 << 31

    init(arc: UInt32, upward: ArcCode, isOneWay: Bool) {
      self.arc = arc
      code = upward.rawValue | (isOneWay ? Self.oneWayBit : 0)
    }

    /// The link, in the direction that leaves the lower end.
    @inline(__always)
    var upward: ArcCode { ArcCode(rawValue: code & ~Self.oneWayBit) }

    @inline(__always)
    var isOneWay: Bool { code & Self.oneWayBit != 0 }

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
  /// Every link once, in the row of its lower end; ascending by link in a row.
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
  convenience init(_ tree: EliminationTree, _ graph: TransportGraph, order: ContractionOrder) {
    let headDepths = tree.heads.map { tree.depth[Int($0)] }
    let runs = Self.runs(tree, headDepths: headDepths)
    let layout = HierarchyLayout(
      nodeCount: tree.parent.count, linkCount: graph.links.count, arcCount: tree.heads.count,
      runCount: runs.runs.count - 1)
    let block = HierarchyBlock(layout) { block in
      let named: UnsafeMutablePointer<UInt32> = block.array(.order)
      for (turn, node) in order.nodes.enumerated() { named[turn] = UInt32(node.index) }
      let positionOfNode: UnsafeMutablePointer<UInt32> = block.array(.positionOfNode)
      for (node, rank) in graph.rankOfNode.enumerated() {
        positionOfNode[node] = tree.position[Int(rank)]
      }
      block.write(tree.position, to: .positionOfRank)
      let rows: UnsafeMutablePointer<Row> = block.array(.rows)
      for place in 0..<layout.nodeCount {
        rows[place] = Row(
          parent: tree.parent[place], depth: tree.depth[place], firstArc: tree.firstArc[place],
          firstRun: runs.first[place])
      }
      rows[layout.nodeCount] = Row(
        parent: 0, depth: 0, firstArc: UInt32(layout.arcCount), firstRun: UInt32(layout.runCount))
      block.write(tree.subtreeEnd, to: .subtreeEnd)
      block.write(runs.runs, to: .runs)
      block.write(tree.heads, to: .heads)
      block.write(headDepths, to: .headDepths)
      block.write(tree.firstLower, to: .firstLower)
      block.write(tree.lower, to: .lower)
      Self.placeLinks(of: graph, tree, first: block.array(.firstLink), block.array(.links))
    }
    self.init(block, height: tree.depth.reduce(-1) { max($0, Int($1)) } + 1)
  }

  /// The runs of all rows with the last that ends them, and the first run of each row.
  private static func runs(
    _ tree: EliminationTree, headDepths: [UInt32]
  ) -> (runs: [Run], first: [UInt32]) {
    var runs: [Run] = []
    var first: [UInt32] = []
    first.reserveCapacity(tree.parent.count)
    for place in tree.parent.indices {
      first.append(UInt32(runs.count))
      var expected = UInt32.max
      for arc in tree.firstArc[place]..<tree.firstArc[place + 1] {
        let depth = headDepths[Int(arc)]
        if depth != expected { runs.append(Run(depth: depth, firstArc: arc)) }
        expected = depth + 1
      }
    }
    runs.append(Run(depth: 0, firstArc: UInt32(headDepths.count)))
    return (runs, first)
  }

  /// Writes every link into the row of its lower end.
  private static func placeLinks(
    of graph: TransportGraph, _ tree: EliminationTree, first: UnsafeMutablePointer<UInt32>,
    _ links: UnsafeMutablePointer<LinkEntry>
  ) {
    let nodeCount = tree.parent.count
    let linkCount = graph.links.count
    let from = graph.fromRank.map { tree.position[Int($0)] }
    let to = graph.toRank.map { tree.position[Int($0)] }
    first.initialize(repeating: 0, count: nodeCount + 1)
    for link in 0..<linkCount { first[Int(max(from[link], to[link])) + 1] += 1 }
    for place in 0..<nodeCount { first[place + 1] += first[place] }
    var next = Array(UnsafeBufferPointer(start: first, count: nodeCount))
    let isOneWay = graph.isOneWayByLink
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
