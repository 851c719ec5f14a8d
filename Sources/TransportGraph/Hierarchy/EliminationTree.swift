/// The elimination tree of a graph under an order, and the arcs of the contraction hierarchy.
///
/// Contracting a vertex joins its later neighbours pairwise. Its parent is the first of them; all of
/// them are its ancestors. Vertices are given *positions* in depth-first order from the roots: an
/// ancestor comes before its descendants, and a subtree is a range of positions.
///
/// Source: J. W. H. Liu (1990), The role of elimination trees in sparse factorization, SIAM J. Matrix
/// Anal. Appl. 11, 134–172.
struct EliminationTree {
  /// The position of each vertex.
  private(set) var position: [UInt32]
  /// By position: the parent's position; a root is its own parent.
  private(set) var parent: [UInt32]
  /// By position: the number of proper ancestors.
  private(set) var depth: [UInt32]
  /// By position: one past the last position of the subtree.
  private(set) var subtreeEnd: [UInt32]
  /// The arcs that lead up from position `p` are `firstArc[p] ..< firstArc[p + 1]`.
  private(set) var firstArc: [UInt32] = []
  /// By arc: the position of its upper end; ascending within a row, hence by ascending depth.
  private(set) var heads: [UInt32] = []
  /// The arcs that lead up to position `p` are `lower[firstLower[p] ..< firstLower[p + 1]]`.
  private(set) var firstLower: [UInt32] = []
  /// Ascending by tail within a row.
  private(set) var lower: [LowerArc] = []

  /// - Parameter order: Each vertex once, the first to contract first.
  /// - Complexity: near O(vertices + edges + arcs).
  init(_ graph: UndirectedGraph, order: [UInt32]) throws(HierarchyError) {
    let count = order.count
    position = Array(repeating: 0, count: count)
    parent = position
    depth = position
    subtreeEnd = position
    placeVertices(order, parents: Self.parents(graph, order: order))
    try contract(graph, order: order)
    transpose()
  }

  /// The parent of each turn of the order, as a turn; a root is its own parent.
  ///
  /// The earlier neighbours of a vertex lie in subtrees whose roots so far become its children. Ways to
  /// roots are shortened as they are walked.
  private static func parents(_ graph: UndirectedGraph, order: [UInt32]) -> [UInt32] {
    var turnOf = [UInt32](repeating: 0, count: order.count)
    for (turn, vertex) in order.enumerated() { turnOf[Int(vertex)] = UInt32(turn) }
    var parents = order.indices.map { UInt32($0) }
    var shortcut = parents
    for turn in order.indices {
      let own = UInt32(turn)
      for index in graph.slots(Int(order[turn])) {
        var step = turnOf[Int(graph.neighbours[index])]
        if step >= own { continue }
        while shortcut[Int(step)] != step && shortcut[Int(step)] != own {
          let next = shortcut[Int(step)]
          shortcut[Int(step)] = own
          step = next
        }
        if shortcut[Int(step)] == step {
          shortcut[Int(step)] = own
          parents[Int(step)] = own
        }
      }
    }
    return parents
  }

  /// Numbers the vertices depth first.
  private mutating func placeVertices(_ order: [UInt32], parents: [UInt32]) {
    var sizes = [UInt32](repeating: 1, count: order.count)
    for turn in order.indices where parents[turn] != turn {
      sizes[Int(parents[turn])] += sizes[turn]
    }
    var placeOfTurn = [UInt32](repeating: 0, count: order.count)
    var nextInside = placeOfTurn
    var nextRoot: UInt32 = 0
    // Parents have later turns.
    for turn in order.indices.reversed() {
      let above = Int(parents[turn])
      let place: UInt32
      if above == turn {
        place = nextRoot
        nextRoot += sizes[turn]
        parent[Int(place)] = place
      } else {
        place = nextInside[above]
        nextInside[above] += sizes[turn]
        parent[Int(place)] = placeOfTurn[above]
        depth[Int(place)] = depth[Int(placeOfTurn[above])] + 1
      }
      placeOfTurn[turn] = place
      nextInside[turn] = place + 1
      subtreeEnd[Int(place)] = place + sizes[turn]
      position[Int(order[turn])] = place
    }
  }

  /// Finds the arcs: what leads up from a vertex are its neighbours among its ancestors and what leads
  /// up from its children, besides itself.
  private mutating func contract(
    _ graph: UndirectedGraph, order: [UInt32]
  ) throws(HierarchyError) {
    let count = order.count
    var vertexAt = [UInt32](repeating: 0, count: count)
    for (vertex, place) in position.enumerated() { vertexAt[Int(place)] = UInt32(vertex) }
    // Children first, so rows come from the last position to the first.
    var rows: [UInt32] = []
    rows.reserveCapacity(graph.neighbours.count)
    var rowEnd = [Int](repeating: 0, count: count + 1)
    var seenFrom = [UInt32](repeating: .max, count: count)
    for place in (0..<count).reversed() {
      let own = UInt32(place)
      let start = rows.count
      var child = place + 1
      while child < Int(subtreeEnd[place]) {
        // Without the last head of a child: that is its parent.
        for index in rowEnd[child + 1]..<(rowEnd[child] - 1) {
          let head = rows[index]
          if seenFrom[Int(head)] != own {
            seenFrom[Int(head)] = own
            rows.append(head)
          }
        }
        child = Int(subtreeEnd[child])
      }
      for index in graph.slots(Int(vertexAt[place])) {
        let head = position[Int(graph.neighbours[index])]
        if head < own, seenFrom[Int(head)] != own {
          seenFrom[Int(head)] = own
          rows.append(head)
        }
      }
      Self.sort(&rows, from: start)
      rowEnd[place] = rows.count
      guard rows.count < Int(UInt32.max) else { throw .tooManyArcs }
    }
    firstArc.reserveCapacity(count + 1)
    heads.reserveCapacity(rows.count)
    for place in 0..<count {
      firstArc.append(UInt32(heads.count))
      heads.append(contentsOf: rows[rowEnd[place + 1]..<rowEnd[place]])
    }
    firstArc.append(UInt32(heads.count))
  }

  /// Sorts the end of an array by insertion: it is short, or nearly sorted because most of it is the
  /// row of one child.
  private static func sort(_ rows: inout [UInt32], from start: Int) {
    for index in (start + 1)..<max(start + 1, rows.count) {
      let head = rows[index]
      var hole = index
      while hole > start, rows[hole - 1] > head {
        rows[hole] = rows[hole - 1]
        hole -= 1
      }
      rows[hole] = head
    }
  }

  /// Lists the arcs by their upper ends.
  private mutating func transpose() {
    let count = parent.count
    firstLower = Array(repeating: 0, count: count + 1)
    for head in heads { firstLower[Int(head) + 1] += 1 }
    for place in 0..<count { firstLower[place + 1] += firstLower[place] }
    var next = firstLower
    lower = Array(repeating: LowerArc(tail: 0, arc: 0), count: heads.count)
    for tail in 0..<count {
      for arc in firstArc[tail]..<firstArc[tail + 1] {
        let head = Int(heads[Int(arc)])
        lower[Int(next[head])] = LowerArc(tail: UInt32(tail), arc: arc)
        next[head] += 1
      }
    }
  }
}

/// An arc seen from its upper end.
struct LowerArc {
  /// The position of its lower end.
  var tail: UInt32
  var arc: UInt32
}
