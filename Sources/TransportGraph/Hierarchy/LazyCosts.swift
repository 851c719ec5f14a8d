/// Least costs from one node to whichever nodes are asked for, each computed once (lazy RPHAST).
///
/// A node's cost follows from those of its ancestors; what was computed for one destination serves
/// the next.
///
/// Source: D. Delling, A. V. Goldberg, R. F. Werneck (2011), Faster batched shortest paths in road
/// networks, ATMOS, 52–63; B. Strasser and T. Zeitz (2021), A fast and tight heuristic for A* in road
/// networks, SEA, 6:1–6:16.
struct LazyCosts {
  private let query: HierarchyQuery
  private let space: HierarchySpace

  /// - Complexity: O(arcs of the origin's ancestors).
  init(_ query: HierarchyQuery, from origin: Int, in space: HierarchySpace) {
    self.query = query
    self.space = space
    query.climbToRoot(from: origin, space.ahead)
    // The origin's ancestors may also be reached from above.
    var path = 0
    var node = origin
    while true {
      space.pending[path] = UInt32(node)
      path += 1
      if query.topology.rows[node].depth == 0 { break }
      node = Int(query.topology.rows[node].parent)
    }
    while path > 0 {
      path -= 1
      let node = Int(space.pending[path])
      note(node, start: space.ahead[Int(query.topology.rows[node].depth)])
    }
  }

  /// The least cost to a node of the origin's tree; infinite where no open way leads.
  ///
  /// - Complexity: O(arcs of the ancestors whose costs are not known yet).
  func cost(to node: Int) -> Double {
    let rows = query.topology.rows
    var node = node
    var path = 0
    while space.costs[node] == HierarchySpace.unknown {
      space.pending[path] = UInt32(node)
      path &+= 1
      node = Int(rows[node].parent)
    }
    while path > 0 {
      path &-= 1
      node = Int(space.pending[path])
      note(node, start: .infinity)
    }
    return space.costs[node]
  }

  @inline(__always)
  private func note(_ node: Int, start: Double) {
    let topology = query.topology
    var least = start
    for arc in topology.arcs(node) {
      let cost = space.costs[Int(topology.heads[arc])] + query.downward[arc]
      least = cost < least ? cost : least
    }
    space.costs[node] = least
    space.known[space.knownCount] = UInt32(node)
    space.knownCount &+= 1
  }
}
