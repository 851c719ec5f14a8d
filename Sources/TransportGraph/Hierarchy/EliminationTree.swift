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
  /// What is asked together of a node somewhere among the turns.
  struct Turn {
    /// The number of nodes of the subtree.
    var size: UInt32 = 1
    /// The arcs that lead up from here are `rows.words[firstArc ..< (next turn).firstArc]`: the depths of
    /// their upper ends, descending.
    var firstArc: UInt32 = 0
    /// Its links, as in ``UpwardLinks/first``.
    var firstLink: UInt32 = 0
  }

  let nodeCount: Int
  /// The parent's turn; a root is its own parent.
  let parent: UnsafeMutablePointer<UInt32>
  let position: UnsafeMutablePointer<UInt32>
  /// The reverse.
  let turnAt: UnsafeMutablePointer<UInt32>
  /// The number of proper ancestors.
  let depth: UnsafeMutablePointer<UInt32>
  /// One more ends the last.
  let turns: UnsafeMutablePointer<Turn>
  let rows: UpwardRows
  /// The number of longest runs of consecutive depths in the rows.
  private(set) var runCount = 0
  /// The largest number of nodes on the way from a node to its root.
  private(set) var height = 0

  var arcCount: Int { rows.count }

  /// The words of scratch memory that it takes: six arrays of a word by node, one of three, and the rows.
  static func wordCount(nodeCount: Int, linkCount: Int) -> Int {
    9 * nodeCount + 3 + arcsPerLink * linkCount
  }
  /// Road networks need about three.
  private static let arcsPerLink = 4

  /// - Parameter scratch: Outlives this.
  /// - Throws: `tooManyArcs`.
  /// - Complexity: O(nodes + links log degree + arcs), and for each node with several children its arcs
  ///   for each of them.
  init(_ links: UpwardLinks, in scratch: ScratchMemory) throws(HierarchyError) {
    nodeCount = links.nodeCount
    parent = scratch.array(nodeCount)
    position = scratch.array(nodeCount)
    depth = scratch.array(nodeCount)
    turns = scratch.array(nodeCount + 1)
    turnAt = scratch.array(nodeCount)
    let rowCapacity = Self.arcsPerLink * links.count
    rows = UpwardRows(lent: scratch.array(rowCapacity), capacity: rowCapacity)
    // What each step has to know besides, one step after the other.
    let (one, other): (UnsafeMutablePointer<UInt32>, UnsafeMutablePointer<UInt32>) = (
      scratch.array(nodeCount), scratch.array(nodeCount)
    )
    try contract(links, firstChild: one, nextSibling: other)
    placeNodes(nextInside: one)
    turnHeadsIntoDepths()
  }

  /// Finds the arcs: what leads up from a node are its neighbours of later turns and what leads up from
  /// its children, besides itself.
  private func contract(
    _ links: UpwardLinks, firstChild: UnsafeMutablePointer<UInt32>,
    nextSibling: UnsafeMutablePointer<UInt32>
  ) throws(HierarchyError) {
    let none = UInt32.max
    let (rows, parent, turns) = (rows, parent, turns)
    firstChild.initialize(repeating: none, count: nodeCount)
    turns[0] = Turn()
    for turn in 0..<nodeCount {
      let start = rows.count
      let slots = Int(links.first[turn])..<Int(links.first[turn &+ 1])
      rows.reserve(slots.count)
      for slot in slots { rows.append(links.entries[slot].upper) }
      rows.sort(from: start)
      var child = firstChild[turn]
      while child != none {
        // Without the first: that is the node itself.
        let first = Int(turns[Int(child)].firstArc) &+ 1
        let length = Int(turns[Int(child) &+ 1].firstArc) &- first
        rows.reserve(length)
        rows.merge(rows.words + first, count: length, from: start)
        child = nextSibling[Int(child)]
      }
      guard rows.count < Int(UInt32.max) else { throw .tooManyArcs }
      turns[turn &+ 1] = Turn(
        firstArc: UInt32(truncatingIfNeeded: rows.count),
        firstLink: UInt32(truncatingIfNeeded: slots.upperBound))
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
  ///
  /// - Parameter nextInside: Room for the next position to give away in each subtree.
  private func placeNodes(nextInside: UnsafeMutablePointer<UInt32>) {
    let (parent, position, depth, turns) = (parent, position, depth, turns)
    for turn in 0..<nodeCount where Int(parent[turn]) != turn {
      turns[Int(parent[turn])].size &+= turns[turn].size
    }
    var nextRoot: UInt32 = 0
    // Parents have later turns.
    for turn in (0..<nodeCount).reversed() {
      let above = Int(parent[turn])
      let place: UInt32
      if above == turn {
        place = nextRoot
        nextRoot &+= turns[turn].size
        depth[turn] = 0
      } else {
        place = nextInside[above]
        nextInside[above] &+= turns[turn].size
        depth[turn] = depth[above] &+ 1
      }
      position[turn] = place
      turnAt[Int(place)] = UInt32(truncatingIfNeeded: turn)
      nextInside[turn] = place &+ 1
      height = max(height, Int(depth[turn]) &+ 1)
    }
  }

  /// A head is told by its depth alone, being an ancestor.
  private func turnHeadsIntoDepths() {
    let (words, depth, turns) = (rows.words, depth, turns)
    var runs = 0
    for turn in 0..<nodeCount {
      var expected = UInt32.max
      for arc in Int(turns[turn].firstArc)..<Int(turns[turn &+ 1].firstArc) {
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
