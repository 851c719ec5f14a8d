/// The elimination tree of a graph under an order, and the arcs of the contraction hierarchy.
///
/// Contracting a node joins its later neighbours pairwise. Its parent is the first of them; all of
/// them are its ancestors. Nodes are given *positions* in depth-first order from the roots: an ancestor
/// comes before its descendants, and a subtree is a range of positions. Everything here is by turn, the
/// place of a node in the order.
///
/// Source: J. W. H. Liu (1990), The role of elimination trees in sparse factorization, SIAM J. Matrix
/// Anal. Appl. 11, 134–172.
struct EliminationTree {
  /// The parent's turn; a root is its own parent.
  private(set) var parent: [UInt32]
  private(set) var position: [UInt32]
  /// The number of proper ancestors.
  private(set) var depth: [UInt32]
  /// The number of nodes of the subtree.
  private(set) var size: [UInt32]
  /// The arcs that lead up from turn `t` are `rows.words[firstArc[t] ..< firstArc[t + 1]]`: the depths of
  /// their upper ends, descending.
  private(set) var firstArc: [UInt32]
  let rows: UpwardRows
  /// The number of longest runs of consecutive depths in the rows.
  private(set) var runCount = 0
  /// The largest number of nodes on the way from a node to its root.
  private(set) var height = 0

  var arcCount: Int { rows.count }

  /// - Throws: `tooManyArcs`.
  /// - Complexity: O(nodes + links log degree + arcs), and for each node with several children its arcs
  ///   for each of them.
  init(_ links: UpwardLinks) throws(HierarchyError) {
    let count = links.first.count - 1
    parent = (0..<count).map { UInt32($0) }
    position = Array(repeating: 0, count: count)
    depth = position
    size = Array(repeating: 1, count: count)
    firstArc = Array(repeating: 0, count: count + 1)
    rows = UpwardRows(capacity: 2 * links.upperTurn.count)
    try contract(links)
    placeNodes()
    turnHeadsIntoDepths()
  }

  /// Finds the arcs: what leads up from a node are its neighbours of later turns and what leads up from
  /// its children, besides itself.
  private mutating func contract(_ links: UpwardLinks) throws(HierarchyError) {
    let rows = rows
    var parent = parent
    var firstArc = firstArc
    let none = UInt32.max
    var firstChild = [UInt32](repeating: none, count: parent.count)
    var nextSibling = firstChild
    for turn in parent.indices {
      let start = rows.count
      let slots = Int(links.first[turn])..<Int(links.first[turn + 1])
      rows.reserve(slots.count)
      for slot in slots { rows.append(links.upperTurn[slot]) }
      rows.sort(from: start)
      var child = Int(firstChild[turn])
      while child != Int(none) {
        // Without the first: that is the node itself.
        let first = Int(firstArc[child]) + 1
        let length = Int(firstArc[child + 1]) - first
        rows.reserve(length)
        rows.merge(rows.words + first, count: length, from: start)
        child = Int(nextSibling[child])
      }
      guard rows.count < Int(UInt32.max) else { throw .tooManyArcs }
      firstArc[turn + 1] = UInt32(rows.count)
      if rows.count > start {
        let above = rows.words[start]
        parent[turn] = above
        nextSibling[turn] = firstChild[Int(above)]
        firstChild[Int(above)] = UInt32(turn)
      }
    }
    self.parent = parent
    self.firstArc = firstArc
  }

  /// Numbers the nodes depth first, of siblings the last contracted first.
  private mutating func placeNodes() {
    let parent = parent
    var size = size
    for turn in parent.indices where Int(parent[turn]) != turn {
      size[Int(parent[turn])] &+= size[turn]
    }
    var position = position
    var depth = depth
    var nextInside = position
    var nextRoot: UInt32 = 0
    var deepest = -1
    // Parents have later turns.
    for turn in parent.indices.reversed() {
      let above = Int(parent[turn])
      let place: UInt32
      if above == turn {
        place = nextRoot
        nextRoot &+= size[turn]
      } else {
        place = nextInside[above]
        nextInside[above] &+= size[turn]
        depth[turn] = depth[above] &+ 1
      }
      position[turn] = place
      nextInside[turn] = place &+ 1
      deepest = max(deepest, Int(depth[turn]))
    }
    self.size = size
    self.position = position
    self.depth = depth
    height = deepest + 1
  }

  /// A head is told by its depth alone, being an ancestor.
  private mutating func turnHeadsIntoDepths() {
    let words = rows.words
    var runs = 0
    for turn in parent.indices {
      var expected = UInt32.max
      for arc in Int(firstArc[turn])..<Int(firstArc[turn + 1]) {
        let depth = depth[Int(words[arc])]
        words[arc] = depth
        if depth != expected { runs &+= 1 }
        // Below 0 past a root, where no arc follows.
        expected = depth &- 1
      }
    }
    runCount = runs
  }
}

/// An arc seen from its upper end.
struct LowerArc {
  /// The position of its lower end.
  var tail: UInt32
  var arc: UInt32
}
