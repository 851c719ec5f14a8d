/// Checks that the arrays of a topology are those of a contraction hierarchy of a graph.
///
/// Nothing is read out of bounds whatever they hold. What passes gives right answers: the tree is one
/// in depth-first order, the arcs are closed under contraction in the stated order, and every link
/// stands once where it belongs. Only shortcuts that no link needs would not be noticed; they cost time.
struct HierarchyCheck {
  private typealias Fault = HierarchyFileError.Fault

  private let topology: HierarchyTopology
  private let layout: HierarchyLayout
  private let graph: TransportGraph

  /// - Parameter topology: With the node and link counts of the graph.
  init(_ topology: HierarchyTopology, _ graph: TransportGraph) {
    self.topology = topology
    self.graph = graph
    layout = topology.block.layout
  }

  /// - Throws: `inconsistent` with the first section found to be so.
  /// - Complexity: O(nodes + links + arcs log height).
  func run() throws(HierarchyFileError.Fault) {
    try checkTree()
    try checkArcs()
    try checkLower()
    try checkOrder()
    try checkLinks()
  }

  private func require(
    _ holds: Bool, _ section: HierarchySection
  ) throws(HierarchyFileError.Fault) {
    guard holds else { throw .inconsistent(section) }
  }

  /// Lends memory for the tree path at hand, by depth.
  private func withStack(
    _ body: (UnsafeMutableBufferPointer<UInt32>) throws(HierarchyFileError.Fault) -> Void
  ) throws(HierarchyFileError.Fault) {
    let stack = UnsafeMutableBufferPointer<UInt32>.allocate(capacity: topology.height)
    stack.initialize(repeating: 0)
    defer { stack.deallocate() }
    try body(stack)
  }

  /// Rows and subtrees: each position follows in depth-first order on the one before it.
  private func checkTree() throws(HierarchyFileError.Fault) {
    let rows = topology.rows
    let count = topology.nodeCount
    let last = rows[count]
    try require(
      rows[0].firstArc == 0 && rows[0].firstRun == 0 && last.parent == 0 && last.depth == 0
        && Int(last.firstArc) == layout.arcCount && Int(last.firstRun) == layout.runCount, .rows)
    try withStack { stack throws(HierarchyFileError.Fault) in
      // The number of positions whose subtrees are open, from a root down.
      var open = 0
      var height = 0
      for position in 0..<count {
        let row = rows[position]
        let next = rows[position + 1]
        let depth = Int(row.depth)
        try require(
          row.firstArc <= next.firstArc && row.firstRun <= next.firstRun && depth <= open
            && depth < stack.count
            && row.parent == (depth == 0 ? UInt32(position) : stack[depth - 1]), .rows)
        for closed in depth..<open {
          try require(Int(topology.subtreeEnd[Int(stack[closed])]) == position, .subtreeEnd)
        }
        stack[depth] = UInt32(position)
        open = depth + 1
        height = max(height, open)
      }
      for closed in 0..<open {
        try require(Int(topology.subtreeEnd[Int(stack[closed])]) == count, .subtreeEnd)
      }
      try require(height == topology.height, .rows)
    }
  }

  /// Heads, their depths and runs: arcs lead to ancestors, the last to the parent, and contraction
  /// joins the parent to all the others.
  private func checkArcs() throws(HierarchyFileError.Fault) {
    let (rows, heads, depths, runs) = (
      topology.rows, topology.heads, topology.headDepths, topology.runs
    )
    try withStack { stack throws(HierarchyFileError.Fault) in
      var run = 0
      for position in 0..<topology.nodeCount {
        let row = rows[position]
        let arcs = topology.arcs(position)
        stack[Int(row.depth)] = UInt32(position)
        try require(Int(row.firstRun) == run, .rows)
        // One more than any depth.
        var expected = UInt32.max
        for arc in arcs {
          let depth = depths[arc]
          try require(
            depth < row.depth && (arc == arcs.lowerBound || depth >= expected), .headDepths)
          try require(heads[arc] == stack[Int(depth)], .heads)
          if depth != expected {
            try require(
              run < layout.runCount && runs[run].depth == depth && Int(runs[run].firstArc) == arc,
              .runs)
            run += 1
          }
          expected = depth + 1
        }
        guard let last = arcs.last else {
          try require(row.depth == 0, .rows)
          continue
        }
        try require(depths[last] + 1 == row.depth, .heads)
        // Both rows ascend by depth; mostly the next above is the one that is looked for.
        var above = topology.arcs(Int(row.parent))
        for arc in arcs.dropLast() {
          if let next = above.first, depths[next] == depths[arc] {
            above = (next + 1)..<above.upperBound
            continue
          }
          let found = above.partitioningIndex { depths[$0] >= depths[arc] }
          try require(found < above.upperBound && depths[found] == depths[arc], .heads)
          above = (found + 1)..<above.upperBound
        }
      }
      try require(
        run == layout.runCount && runs[run].depth == 0
          && Int(runs[run].firstArc) == layout.arcCount, .runs)
    }
  }

  /// The arcs by their upper ends: as many as there are, each in the row of its upper end, by tail.
  private func checkLower() throws(HierarchyFileError.Fault) {
    let first = topology.firstLower
    try checkOffsets(first, total: layout.arcCount, .firstLower)
    for position in 0..<topology.nodeCount {
      var previous = -1
      for slot in topology.lowerSlots(position) {
        let tail = Int(topology.lower[slot].tail)
        let arc = Int(topology.lower[slot].arc)
        try require(
          tail > previous && tail < topology.nodeCount && topology.arcs(tail).contains(arc)
            && Int(topology.heads[arc]) == position, .lower)
        previous = tail
      }
    }
  }

  /// Order and positions: each node once, none after its parent.
  private func checkOrder() throws(HierarchyFileError.Fault) {
    let count = topology.nodeCount
    var isContracted = [Bool](repeating: false, count: count)
    for turn in 0..<count {
      let node = Int(topology.order[turn])
      try require(node < count, .order)
      let position = Int(topology.positionOfNode[node])
      try require(position < count, .positionOfNode)
      let parent = Int(topology.rows[position].parent)
      try require(!isContracted[position] && (parent == position || !isContracted[parent]), .order)
      isContracted[position] = true
      try require(
        Int(topology.positionOfRank[Int(graph.rankOfNode[node])]) == position, .positionOfRank)
    }
  }

  /// Links: each once, in the row of its lower end, with the arc between its ends.
  private func checkLinks() throws(HierarchyFileError.Fault) {
    try checkOffsets(topology.firstLink, total: layout.linkCount, .firstLink)
    let codes = graph.outgoing.codes
    let isOneWay = graph.isOneWayByLink
    for position in 0..<topology.nodeCount {
      // First the links with an arc that leaves the lower end, then the others, both in link order.
      var previous = (isDown: false, link: -1)
      for slot in topology.linkSlots(position) {
        let link = topology.links[slot].link
        if link.kind == .down, !previous.isDown { previous = (true, -1) }
        let arc = Int(topology.links[slot].arc)
        try require(
          link.slot < codes.count && (link.kind == .down) == previous.isDown
            && topology.arcs(position).contains(arc), .links)
        let code = codes[link.slot]
        try require(code.link > previous.link, .links)
        previous.link = code.link
        let upper = Int(topology.heads[arc])
        let tail = Int(topology.positionOfRank[Int(graph.tailRank(of: code))])
        let head = Int(topology.positionOfRank[Int(graph.headRank(of: code))])
        // A two-way link has but one arc that leaves its lower end, so none can stand twice.
        switch link.kind {
        case .twoWay:
          try require(tail == position && head == upper && !isOneWay[code.link], .links)
        case .up: try require(tail == position && head == upper && isOneWay[code.link], .links)
        case .down: try require(head == position && tail == upper && isOneWay[code.link], .links)
        case nil: throw .inconsistent(.links)
        }
      }
    }
  }

  /// Offsets from 0 to a total, never falling.
  private func checkOffsets(
    _ offsets: UnsafePointer<UInt32>, total: Int, _ section: HierarchySection
  ) throws(HierarchyFileError.Fault) {
    let count = topology.nodeCount
    try require(offsets[0] == 0 && Int(offsets[count]) == total, section)
    for position in 0..<count { try require(offsets[position] <= offsets[position + 1], section) }
  }
}
