/// Relaxes the arcs from nodes up to their ancestors, in costs by depth.
///
/// Most arcs leave chains of nodes, each the parent of the next, whose rows are nested: what leads up
/// from a node is its parent and what leads up from that. (They are the separators of nested
/// dissection; *supernodes* of a sparse factorisation.) Nodes of a chain share their heads above it, so
/// four of them are taken together, and a cost there is read and written once for all four.
///
/// Source: J. W. H. Liu, E. G. Ng, B. W. Peyton (1993), On finding supernodes for sparse matrix
/// computations, SIAM J. Matrix Anal. Appl. 14, 242–252.
struct HierarchyClimb {
  // Pointers, because a reference here would be counted in the kernels.
  private let rows: UnsafePointer<HierarchyTopology.Row>
  private let runs: UnsafePointer<HierarchyTopology.Run>
  private let headDepths: UnsafePointer<UInt32>

  init(_ topology: HierarchyTopology) {
    rows = topology.rows
    runs = topology.runs
    headDepths = topology.headDepths
  }

  /// The costs of four nodes, the lowest first.
  struct Four {
    var a: Double
    var b: Double
    var c: Double
    var d: Double

    @inline(__always)
    var least: Double { min(min(a, b), min(c, d)) }

    /// The least of `start` and the sums with the costs of the same nodes from the other side.
    @inline(__always)
    func least(_ start: Double, plus other: Four) -> Double {
      min(start, min(min(a + other.a, b + other.b), min(c + other.c, d + other.d)))
    }
  }

  /// Relaxes the arcs of a node and its ancestors up to the first whose position is at most `last`,
  /// which is returned.
  func run(
    from node: Int, through last: Int, _ costs: UnsafeMutablePointer<Double>,
    _ arcCosts: UnsafePointer<Double>
  ) -> Int {
    var node = node
    while node > last { node = step(from: node, above: last, costs, arcCosts) }
    return node
  }

  /// Relaxes the arcs of a node, or of four if it is the lowest of four nested ones with positions above
  /// `last`.
  ///
  /// - Returns: The parent of the last.
  @inline(__always)
  func step(
    from node: Int, above last: Int, _ costs: UnsafeMutablePointer<Double>,
    _ arcCosts: UnsafePointer<Double>
  ) -> Int {
    if isNested(node, above: last) {
      relax(node, costs, arcCosts, costs: settle(node, costs, arcCosts))
      return Int(rows[node &- 3].parent)
    }
    relax(node, costs, arcCosts, cost: costs[Int(rows[node].depth)])
    return Int(rows[node].parent)
  }

  /// Whether a node and the three before it are nested, all with positions above `last`, and their rows
  /// are worth it.
  @inline(__always)
  func isNested(_ node: Int, above last: Int) -> Bool {
    let row = rows + node
    let arcCount = row[1].firstArc &- row[0].firstArc
    // In depth-first order the depth rises by one at most, from a parent to its first child. A parent's
    // row is the child's without the parent, or longer.
    return arcCount >= HierarchyTopology.shortRow && node &- 3 > last
      && row[-3].depth &+ 3 == row[0].depth
      && row[1].firstArc &- row[-3].firstArc == 4 &* arcCount &- 6
  }

  /// Relaxes the arcs among four nested nodes.
  ///
  /// - Returns: Their costs from then on.
  @inline(__always)
  func settle(
    _ node: Int, _ costs: UnsafeMutablePointer<Double>, _ arcCosts: UnsafePointer<Double>
  ) -> Four {
    let row = rows + node
    // The last arcs of a row lead to the parent, the one before to its parent.
    let fromA = arcCosts + (Int(row[1].firstArc) &- 1)
    let fromB = arcCosts + (Int(row[0].firstArc) &- 1)
    let fromC = arcCosts + (Int(row[-1].firstArc) &- 1)
    let own = costs + Int(row[0].depth)
    let a = own[0]
    let b = min(own[-1], a + fromA[0])
    let c = min(min(own[-2], a + fromA[-1]), b + fromB[0])
    let d = min(min(own[-3], a + fromA[-2]), min(b + fromB[-1], c + fromC[0]))
    own[-1] = b
    own[-2] = c
    own[-3] = d
    return Four(a: a, b: b, c: c, d: d)
  }

  /// Relaxes the arcs that leave four nested nodes.
  @inline(__always)
  func relax(
    _ node: Int, _ costs: UnsafeMutablePointer<Double>, _ arcCosts: UnsafePointer<Double>,
    costs settled: Four
  ) {
    let row = rows + node
    let topArc = Int(row[-3].firstArc)
    // The others' arcs to the same heads are further on, each by the length of a row.
    let toC = Int(row[-2].firstArc) &- topArc
    let toB = Int(row[-1].firstArc) &- topArc
    let toA = Int(row[0].firstArc) &- topArc
    var run = runs + Int(row[-3].firstRun)
    let end = runs + Int(row[-2].firstRun)
    var firstArc = topArc
    while run < end {
      let target = costs + Int(run[0].depth)
      run += 1
      // The next run belongs to the next row where this is the last.
      let endArc = Int(run[0].firstArc)
      let from = arcCosts + firstArc
      CostRow.lower(
        target, to: settled, plus: from + toA, from + toB, from + toC, from,
        count: endArc &- firstArc)
      firstArc = endArc
    }
  }

  /// Relaxes the arcs of one node that costs `cost`.
  @inline(__always)
  func relax(
    _ node: Int, _ costs: UnsafeMutablePointer<Double>, _ arcCosts: UnsafePointer<Double>,
    cost: Double
  ) {
    let row = rows + node
    var arc = Int(row[0].firstArc)
    let endArc = Int(row[1].firstArc)
    if endArc &- arc < Int(HierarchyTopology.shortRow) {
      while arc < endArc {
        let depth = Int(headDepths[arc])
        costs[depth] = min(costs[depth], cost + arcCosts[arc])
        arc &+= 1
      }
      return
    }
    var run = runs + Int(row[0].firstRun)
    while arc < endArc {
      let target = costs + Int(run[0].depth)
      run += 1
      let next = Int(run[0].firstArc)
      CostRow.lower(target, to: cost, plus: arcCosts + arc, count: next &- arc)
      arc = next
    }
  }
}
