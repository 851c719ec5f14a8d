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
  private(set) var firstArc: [UInt32]
  /// By arc: the position of its upper end; ascending within a row, hence by ascending depth.
  private(set) var heads: [UInt32]
  /// The arcs that lead up to position `p` are `lower[firstLower[p] ..< firstLower[p + 1]]`.
  private(set) var firstLower: [UInt32]
  /// Ascending by tail within a row.
  private(set) var lower: [LowerArc]

  /// - Parameter order: Each vertex once, the first to contract first.
  /// - Complexity: O(vertices + arcs).
  init(_ graph: UndirectedGraph, order: [UInt32]) throws(HierarchyError) {
    let upward = try UpwardRows(graph, order: order)
    let count = order.count
    position = Array(repeating: 0, count: count)
    parent = position
    depth = position
    subtreeEnd = position

    // Positions, from the sizes of subtrees; turns run from the first contracted to the last.
    var sizes = [UInt32](repeating: 1, count: count)
    for turn in 0..<count {
      if let above = upward.parent(turn) { sizes[above] += sizes[turn] }
    }
    var positionOfTurn = [UInt32](repeating: 0, count: count)
    var nextInside = positionOfTurn
    var nextRoot: UInt32 = 0
    for turn in (0..<count).reversed() {
      let place: UInt32
      if let above = upward.parent(turn) {
        place = nextInside[above]
        nextInside[above] += sizes[turn]
        parent[Int(place)] = positionOfTurn[above]
        depth[Int(place)] = depth[Int(positionOfTurn[above])] + 1
      } else {
        place = nextRoot
        nextRoot += sizes[turn]
        parent[Int(place)] = place
      }
      positionOfTurn[turn] = place
      nextInside[turn] = place + 1
      subtreeEnd[Int(place)] = place + sizes[turn]
      position[Int(order[turn])] = place
    }

    // Transposed once, rows list their tails in ascending order; twice, their heads.
    firstArc = Array(repeating: 0, count: count + 1)
    firstLower = firstArc
    var turnAt = [UInt32](repeating: 0, count: count)
    for turn in 0..<count {
      turnAt[Int(positionOfTurn[turn])] = UInt32(turn)
      firstArc[Int(positionOfTurn[turn]) + 1] = UInt32(upward.row(turn).count)
    }
    for head in upward.heads { firstLower[Int(positionOfTurn[Int(head)]) + 1] += 1 }
    for place in 0..<count {
      firstArc[place + 1] += firstArc[place]
      firstLower[place + 1] += firstLower[place]
    }
    lower = Array(repeating: LowerArc(tail: 0, arc: 0), count: upward.heads.count)
    var next = firstLower
    for tail in 0..<count {
      for head in upward.row(Int(turnAt[tail])) {
        let place = Int(positionOfTurn[Int(head)])
        lower[Int(next[place])].tail = UInt32(tail)
        next[place] += 1
      }
    }
    heads = Array(repeating: 0, count: upward.heads.count)
    next = firstArc
    for head in 0..<count {
      for slot in Int(firstLower[head])..<Int(firstLower[head + 1]) {
        let tail = Int(lower[slot].tail)
        heads[Int(next[tail])] = UInt32(head)
        lower[slot].arc = next[tail]
        next[tail] += 1
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

/// For each vertex, in the order of contraction, the later vertices that it is then joined to.
private struct UpwardRows {
  private var first: [Int] = [0]
  private(set) var heads: [UInt32] = []
  private var parents: [UInt32] = []

  /// Symbolic factorisation: a row is the later neighbours and what the rows of its children hold
  /// besides itself.
  init(_ graph: UndirectedGraph, order: [UInt32]) throws(HierarchyError) {
    let count = order.count
    var turnOf = [UInt32](repeating: 0, count: count)
    for (turn, vertex) in order.enumerated() { turnOf[Int(vertex)] = UInt32(turn) }
    first.reserveCapacity(count + 1)
    heads.reserveCapacity(graph.neighbours.count)
    parents = Array(repeating: Self.none, count: count)
    // Children as linked lists.
    var firstChild = parents
    var nextSibling = parents
    var seenIn = [UInt32](repeating: Self.none, count: count)
    for turn in 0..<count {
      let mark = UInt32(turn)
      var parent = Self.none
      func add(_ head: UInt32) {
        if head <= mark || seenIn[Int(head)] == mark { return }
        seenIn[Int(head)] = mark
        heads.append(head)
        parent = min(parent, head)
      }
      for neighbour in graph.row(Int(order[turn])) { add(turnOf[Int(neighbour)]) }
      var child = firstChild[turn]
      while child != Self.none {
        // By index: appending while iterating over a slice of `heads` would copy it.
        for index in first[Int(child)]..<first[Int(child) + 1] { add(heads[index]) }
        child = nextSibling[Int(child)]
      }
      parents[turn] = parent
      if parent != Self.none {
        nextSibling[turn] = firstChild[Int(parent)]
        firstChild[Int(parent)] = mark
      }
      guard heads.count < Int(UInt32.max) else { throw .tooManyArcs }
      first.append(heads.count)
    }
  }

  func row(_ turn: Int) -> ArraySlice<UInt32> { heads[first[turn]..<first[turn + 1]] }

  func parent(_ turn: Int) -> Int? {
    parents[turn] == Self.none ? nil : Int(parents[turn])
  }

  /// No position: a graph has fewer nodes.
  private static let none = UInt32.max
}
