/// The kernels of queries: what leads up from a node, and what comes down to one.
///
/// Costs are by depth along the tree path of a node: all nodes that its arcs lead to are its
/// ancestors.
struct HierarchyQuery {
  let topology: HierarchyTopology
  let upward: UnsafePointer<Double>
  let downward: UnsafePointer<Double>

  /// The least cost between two nodes of one tree; infinite where no open way leads.
  ///
  /// Both tree paths are climbed at once. Above the lowest common ancestor every node may be the
  /// highest of the way.
  ///
  /// - Complexity: O(arcs of the ancestors of both).
  func cost(from origin: Int, to destination: Int, in space: HierarchySpace) -> Double {
    let ahead = space.ahead
    let behind = space.behind
    start(ahead, at: origin)
    start(behind, at: destination)
    var tail = origin
    var head = destination
    // Of two nodes the one further on in depth-first order is no ancestor of the other.
    while tail != head {
      if tail > head {
        climb(tail, ahead, upward, bound: .infinity)
        tail = Int(topology.rows[tail].parent)
      } else {
        climb(head, behind, downward, bound: .infinity)
        head = Int(topology.rows[head].parent)
      }
    }
    var best = Double.infinity
    var node = tail
    var depth = Int(topology.rows[node].depth)
    while true {
      let through = ahead[depth] + behind[depth]
      best = through < best ? through : best
      if depth == 0 { return best }
      climb(node, ahead, upward, bound: best)
      climb(node, behind, downward, bound: best)
      node = Int(topology.rows[node].parent)
      depth &-= 1
    }
  }

  /// Fills `costs` by depth with the least cost from a node up to each of its ancestors, through
  /// lower nodes only.
  ///
  /// - Complexity: O(arcs of the ancestors).
  func climbToRoot(from origin: Int, _ costs: UnsafeMutablePointer<Double>) {
    start(costs, at: origin)
    var node = origin
    while topology.rows[node].depth > 0 {
      climb(node, costs, upward, bound: .infinity)
      node = Int(topology.rows[node].parent)
    }
  }

  @inline(__always)
  private func start(_ costs: UnsafeMutablePointer<Double>, at node: Int) {
    let depth = Int(topology.rows[node].depth)
    costs.update(repeating: .infinity, count: depth)
    costs[depth] = 0
  }

  /// Relaxes the arcs from a node to its ancestors; none where the node costs `bound` or more.
  @inline(__always)
  private func climb(
    _ node: Int, _ costs: UnsafeMutablePointer<Double>, _ arcCosts: UnsafePointer<Double>,
    bound: Double
  ) {
    let row = topology.rows[node]
    let cost = costs[Int(row.depth)]
    // Infinity is not below infinity, so what was not reached is passed by.
    guard cost < bound else { return }
    let next = topology.rows[node &+ 1]
    if next.firstArc &- row.firstArc < HierarchyTopology.shortRow {
      for arc in Int(row.firstArc)..<Int(next.firstArc) {
        let depth = Int(topology.headDepths[arc])
        let candidate = cost + arcCosts[arc]
        costs[depth] = candidate < costs[depth] ? candidate : costs[depth]
      }
      return
    }
    var index = Int(row.firstRun)
    let last = Int(next.firstRun)
    while index < last {
      let run = topology.runs[index]
      index &+= 1
      let first = Int(run.firstArc)
      CostRow.lower(
        costs + Int(run.depth), to: cost, plus: arcCosts + first,
        count: Int(topology.runs[index].firstArc) &- first)
    }
  }

  /// The least cost of coming down to a node from its ancestors, or `start` if that is less.
  ///
  /// - Parameter costs: Least costs of the node's ancestors, by depth.
  @inline(__always)
  func descend(
    to node: Int, from costs: UnsafePointer<Double>, start: Double
  ) -> Double {
    var least = start
    let row = topology.rows[node]
    let next = topology.rows[node &+ 1]
    if next.firstArc &- row.firstArc < HierarchyTopology.shortRow {
      for arc in Int(row.firstArc)..<Int(next.firstArc) {
        let candidate = costs[Int(topology.headDepths[arc])] + downward[arc]
        least = candidate < least ? candidate : least
      }
      return least
    }
    var index = Int(row.firstRun)
    let last = Int(next.firstRun)
    while index < last {
      let run = topology.runs[index]
      index &+= 1
      let first = Int(run.firstArc)
      least = CostRow.least(
        least, costs + Int(run.depth), plus: downward + first,
        count: Int(topology.runs[index].firstArc) &- first)
    }
    return least
  }

  /// Writes the least costs from a node to every node of its tree, in one sweep downwards (PHAST).
  ///
  /// Positions are in depth-first order, so the costs of the ancestors of the node at hand are a
  /// stack indexed by depth, small enough to stay in the nearest cache.
  ///
  /// Source: D. Delling, A. V. Goldberg, A. Nowatzyk, R. F. Werneck (2013), PHAST, J. Parallel
  /// Distrib. Comput. 73, 940–952.
  ///
  /// - Parameter costs: By position; infinite.
  /// - Complexity: O(arcs of the tree).
  func sweep(
    from origin: Int, into costs: UnsafeMutablePointer<Double>, in space: HierarchySpace
  ) {
    climbToRoot(from: origin, space.ahead)
    var node = origin
    while true {
      let row = topology.rows[node]
      costs[node] = space.ahead[Int(row.depth)]
      if row.depth == 0 { break }
      node = Int(row.parent)
    }
    let stack = space.behind
    for position in node..<Int(topology.subtreeEnd[node]) {
      let cost = descend(to: position, from: stack, start: costs[position])
      stack[Int(topology.rows[position].depth)] = cost
      costs[position] = cost
    }
  }
}
