/// The links of a graph by their lower ends: the ends that an order contracts first.
struct UpwardLinks {
  let nodeCount: Int
  /// The number of links.
  let count: Int
  /// The links of turn `t` are `first[t] ..< first[t + 1]`.
  let first: UnsafeMutablePointer<UInt32>
  /// By slot of `first`. In a row first those of arcs that leave the lower end, then the others; both in
  /// link order.
  let entries: UnsafeMutablePointer<Entry>

  struct Entry {
    /// The turn of the upper end.
    var upper: UInt32
    var arc: LinkArc
  }

  /// The words of scratch memory that it takes.
  static func wordCount(nodeCount: Int, linkCount: Int) -> Int { nodeCount + 1 + 2 * linkCount }

  /// - Parameters:
  ///   - rankOfTurn: Which node is contracted when.
  ///   - turnOfRank: The reverse.
  ///   - scratch: Outlives this.
  /// - Throws: `tooManyArcs`.
  /// - Complexity: O(nodes + links), and O(log degree of the upper end) for each one-way link down.
  init(
    _ graph: TransportGraph, rankOfTurn: [UInt32], turnOfRank: [UInt32], in scratch: ScratchMemory
  ) throws(HierarchyError) {
    guard graph.outgoing.codes.count <= LinkArc.maximumCount else { throw .tooManyArcs }
    nodeCount = rankOfTurn.count
    count = graph.links.count
    first = scratch.array(nodeCount + 1)
    entries = scratch.array(count)
    let isOneWay = graph.hasOneWayLinks ? graph.isOneWayByLink : []
    let (outgoing, incoming) = (graph.outgoing, graph.incoming)
    var next = 0
    first[0] = 0
    for turn in 0..<nodeCount {
      let rank = Int(rankOfTurn[turn])
      for slot in outgoing.slots(rank) {
        let upper = turnOfRank[Int(outgoing.otherRows[slot])]
        if upper < turn { continue }
        let isTwoWay = isOneWay.isEmpty || !isOneWay[outgoing.codes[slot].link]
        entries[next] = Entry(
          upper: upper, arc: LinkArc(slot: slot, kind: isTwoWay ? .twoWay : .up))
        next &+= 1
      }
      if !isOneWay.isEmpty {
        for slot in incoming.slots(rank) where isOneWay[incoming.codes[slot].link] {
          let code = incoming.codes[slot]
          let upperRank = Int(incoming.otherRows[slot])
          if turnOfRank[upperRank] < turn { continue }
          entries[next] = Entry(
            upper: turnOfRank[upperRank],
            arc: LinkArc(slot: outgoing.slot(of: code, row: upperRank), kind: .down))
          next &+= 1
        }
      }
      first[turn &+ 1] = UInt32(truncatingIfNeeded: next)
    }
  }
}

/// A link as a hierarchy reads what it costs: the slot of one of its arcs among those that leave the
/// nodes of the graph, and the directions it has between its lower and its upper end.
struct LinkArc: Equatable {
  enum Kind: UInt32 {
    case twoWay, up, down
  }

  private let word: UInt32

  /// Two bits are the kind's.
  static let maximumCount = 1 << 30

  init(slot: Int, kind: Kind) {
    word = UInt32(slot) << 2 | kind.rawValue
  }

  /// Of two-way links, the arc that leaves the lower end.
  @inline(__always)
  var slot: Int { Int(word >> 2) }

  /// Nil if the word comes from a damaged file.
  var kind: Kind? { Kind(rawValue: word & 3) }

  @inline(__always)
  var isUp: Bool { word & 3 != Kind.down.rawValue }

  @inline(__always)
  var isDown: Bool { word & 3 != Kind.up.rawValue }

  /// What the link costs from its lower end up or from its upper end down; infinite where closed and
  /// against a one-way link.
  ///
  /// - Parameter arcs: ``PackedArc`` by slot.
  @inline(__always)
  func cost(_ arcs: UnsafePointer<UInt64>, isUpward: Bool) -> Double {
    let arc = arcs[slot]
    guard arc != PackedArc.closed, isUpward ? isUp : isDown else { return .infinity }
    return Double(Int(truncatingIfNeeded: arc >> PackedArc.rankBits))
  }
}
