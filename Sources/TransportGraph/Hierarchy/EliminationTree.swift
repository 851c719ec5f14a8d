/// The elimination tree of a graph under an order, and the arcs of the contraction hierarchy.
///
/// Contracting a node joins its later neighbours pairwise. Its parent is the first of them; all of
/// them are its ancestors. Nodes are given *positions* in depth-first order from the roots: an ancestor
/// comes before its descendants, and a subtree is a range of positions. Everything here is by turn, the
/// place of a node in the order.
///
/// Source: J. W. H. Liu (1990), The role of elimination trees in sparse factorization, SIAM J. Matrix
/// Anal. Appl. 11, 134–172.
final class EliminationTree {
  let nodeCount: Int
  /// The parent's turn; a root is its own parent.
  let parent: UnsafeMutablePointer<UInt32>
  let position: UnsafeMutablePointer<UInt32>
  /// The number of proper ancestors.
  let depth: UnsafeMutablePointer<UInt32>
  /// The number of nodes of the subtree.
  let size: UnsafeMutablePointer<UInt32>
  /// The arcs that lead up from turn `t` are `rows.words[firstArc[t] ..< firstArc[t + 1]]`: the depths of
  /// their upper ends, descending.
  let firstArc: UnsafeMutablePointer<UInt32>
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
    nodeCount = links.nodeCount
    parent = HugePages.allocate(capacity: nodeCount)
    position = HugePages.allocate(capacity: nodeCount)
    depth = HugePages.allocate(capacity: nodeCount)
    size = HugePages.allocate(capacity: nodeCount)
    firstArc = HugePages.allocate(capacity: nodeCount + 1)
    // Road networks need about three arcs a link.
    rows = UpwardRows(capacity: 4 * links.count)
    try contract(links)
    placeNodes()
    turnHeadsIntoDepths()
  }

  deinit {
    parent.deallocate()
    position.deallocate()
    depth.deallocate()
    size.deallocate()
    firstArc.deallocate()
  }

  /// Finds the arcs: what leads up from a node are its neighbours of later turns and what leads up from
  /// its children, besides itself.
  private func contract(_ links: UpwardLinks) throws(HierarchyError) {
    let none = UInt32.max
    let (rows, parent, firstArc) = (rows, parent, firstArc)
    let firstChild = UnsafeMutablePointer<UInt32>.allocate(capacity: nodeCount)
    let nextSibling = UnsafeMutablePointer<UInt32>.allocate(capacity: nodeCount)
    defer {
      firstChild.deallocate()
      nextSibling.deallocate()
    }
    firstChild.initialize(repeating: none, count: nodeCount)
    firstArc[0] = 0
    for turn in 0..<nodeCount {
      let start = rows.count
      let slots = Int(links.first[turn])..<Int(links.first[turn &+ 1])
      rows.reserve(slots.count)
      for slot in slots { rows.append(links.upperTurn[slot]) }
      rows.sort(from: start)
      var child = firstChild[turn]
      while child != none {
        // Without the first: that is the node itself.
        let first = Int(firstArc[Int(child)]) &+ 1
        let length = Int(firstArc[Int(child) &+ 1]) &- first
        rows.reserve(length)
        rows.merge(rows.words + first, count: length, from: start)
        child = nextSibling[Int(child)]
      }
      guard rows.count < Int(UInt32.max) else { throw .tooManyArcs }
      firstArc[turn &+ 1] = UInt32(truncatingIfNeeded: rows.count)
      if rows.count == start {
        parent[turn] = UInt32(truncatingIfNeeded: turn)
      } else {
        let above = rows.words[start]
        parent[turn] = above
        nextSibling[turn] = firstChild[Int(above)]
        firstChild[Int(above)] = UInt32(truncatingIfNeeded: turn)
      }
    }
  }

  /// Numbers the nodes depth first, of siblings the last contracted first.
  private func placeNodes() {
    let (parent, position, depth, size) = (parent, position, depth, size)
    size.initialize(repeating: 1, count: nodeCount)
    for turn in 0..<nodeCount where Int(parent[turn]) != turn {
      size[Int(parent[turn])] &+= size[turn]
    }
    // The next position to give away in each subtree.
    let nextInside = UnsafeMutablePointer<UInt32>.allocate(capacity: nodeCount)
    defer { nextInside.deallocate() }
    var nextRoot: UInt32 = 0
    // Parents have later turns.
    for turn in (0..<nodeCount).reversed() {
      let above = Int(parent[turn])
      let place: UInt32
      if above == turn {
        place = nextRoot
        nextRoot &+= size[turn]
        depth[turn] = 0
      } else {
        place = nextInside[above]
        nextInside[above] &+= size[turn]
        depth[turn] = depth[above] &+ 1
      }
      position[turn] = place
      nextInside[turn] = place &+ 1
      height = max(height, Int(depth[turn]) &+ 1)
    }
  }

  /// A head is told by its depth alone, being an ancestor.
  private func turnHeadsIntoDepths() {
    let (words, depth) = (rows.words, depth)
    var runs = 0
    for turn in 0..<nodeCount {
      var expected = UInt32.max
      for arc in Int(firstArc[turn])..<Int(firstArc[turn &+ 1]) {
        let headDepth = depth[Int(words[arc])]
        words[arc] = headDepth
        if headDepth != expected { runs &+= 1 }
        // Below 0 past a root, where no arc follows.
        expected = headDepth &- 1
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
