/// The kernels of queries: what leads up from a node, and what comes down to one.
///
/// Costs are by depth along the tree path of a node: all nodes that its arcs lead to are its
/// ancestors.
struct HierarchyQuery {
  let topology: HierarchyTopology
  let upward: UnsafePointer<Double>
  let downward: UnsafePointer<Double>
  private let climb: HierarchyClimb

  init(
    topology: HierarchyTopology, upward: UnsafePointer<Double>, downward: UnsafePointer<Double>
  ) {
    self.topology = topology
    self.upward = upward
    self.downward = downward
    climb = HierarchyClimb(topology)
  }

  /// The least cost between two nodes of one tree; infinite where no open way leads.
  ///
  /// Each tree path is climbed to the lowest common ancestor. From there up every node may be the
  /// highest of the way, and nodes whose cost with the least that the other side can add does not
  /// beat the best way so far are passed by: arcs only add to the costs there are.
  ///
  /// - Complexity: O(arcs of the ancestors of both).
  func cost(from origin: Int, to destination: Int, in space: HierarchySpace) -> Double {
    let ahead = space.ahead
    let behind = space.behind
    start(ahead, at: origin)
    start(behind, at: destination)
    // In depth-first order the first ancestor of the later node that is not after the earlier one has
    // both below it.
    let meeting: Int
    if origin > destination {
      meeting = climb.run(from: origin, through: destination, ahead, upward)
      _ = climb.run(from: destination, through: meeting, behind, downward)
    } else {
      meeting = climb.run(from: destination, through: origin, behind, downward)
      _ = climb.run(from: origin, through: meeting, ahead, upward)
    }
    let count = Int(topology.rows[meeting].depth) &+ 1
    var best = CostRow.least(.infinity, ahead, plus: behind, count: count)
    let leastAhead = CostRow.least(ahead, count: count)
    let leastBehind = CostRow.least(behind, count: count)
    var node = meeting
    while true {
      if climb.isNested(node, above: -1) {
        let up = climb.settle(node, ahead, upward)
        let down = climb.settle(node, behind, downward)
        best = up.least(best, plus: down)
        if up.least + leastBehind < best { climb.relax(node, ahead, upward, costs: up) }
        if down.least + leastAhead < best { climb.relax(node, behind, downward, costs: down) }
        node &-= 3
      } else {
        let depth = Int(topology.rows[node].depth)
        let (up, down) = (ahead[depth], behind[depth])
        best = min(best, up + down)
        if up + leastBehind < best { climb.relax(node, ahead, upward, cost: up) }
        if down + leastAhead < best { climb.relax(node, behind, downward, cost: down) }
      }
      let row = topology.rows[node]
      if row.depth == 0 { return best }
      node = Int(row.parent)
    }
  }

  /// Fills `costs` by depth with the least cost from a node up to each of its ancestors, through
  /// lower nodes only.
  ///
  /// - Complexity: O(arcs of the ancestors).
  func climbToRoot(from origin: Int, _ costs: UnsafeMutablePointer<Double>) {
    start(costs, at: origin)
    // Positions are above the root's in its tree; no arc leads up from the root.
    var node = origin
    while topology.rows[node].depth > 0 { node = climb.step(from: node, above: -1, costs, upward) }
  }

  @inline(__always)
  private func start(_ costs: UnsafeMutablePointer<Double>, at node: Int) {
    let depth = Int(topology.rows[node].depth)
    costs.update(repeating: .infinity, count: depth)
    costs[depth] = 0
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
