/// The links of a graph by their lower ends: the ends that an order contracts first.
struct UpwardLinks {
  /// The links of turn `t` are `first[t] ..< first[t + 1]`.
  private(set) var first: [UInt32]
  /// By slot of `first`: the turn of the upper end.
  private(set) var upperTurn: [UInt32]
  /// By slot of `first`, ascending by arc in a row.
  private(set) var arcs: [LinkArc]

  /// - Parameter turnOfRank: When each node is contracted.
  /// - Throws: `tooManyArcs`.
  /// - Complexity: O(nodes + links).
  init(_ graph: TransportGraph, turnOfRank: [UInt32]) throws(HierarchyError) {
    guard graph.outgoing.codes.count <= LinkArc.maximumCount else { throw .tooManyArcs }
    let isOneWay = graph.hasOneWayLinks ? graph.isOneWayByLink : []
    var next = [UInt32](repeating: 0, count: turnOfRank.count + 1)
    Self.forEach(graph, turnOfRank, isOneWay) { lower, _, _ in next[Int(lower) &+ 1] &+= 1 }
    for turn in turnOfRank.indices { next[turn &+ 1] &+= next[turn] }
    first = next
    var upperTurn = [UInt32](repeating: 0, count: graph.links.count)
    var arcs = [LinkArc](repeating: LinkArc(slot: 0, kind: .twoWay), count: graph.links.count)
    Self.forEach(graph, turnOfRank, isOneWay) { lower, upper, arc in
      let slot = Int(next[Int(lower)])
      next[Int(lower)] &+= 1
      upperTurn[slot] = upper
      arcs[slot] = arc
    }
    self.upperTurn = upperTurn
    self.arcs = arcs
  }

  /// Every link once, as the arc that leaves its lower end or the only one it has.
  ///
  /// In the order of the graph's arcs: neighbours are near each other in memory.
  @inline(__always)
  private static func forEach(
    _ graph: TransportGraph, _ turnOfRank: [UInt32], _ isOneWay: [Bool],
    _ body: (_ lower: UInt32, _ upper: UInt32, LinkArc) -> Void
  ) {
    let codes = graph.outgoing.codes
    for rank in turnOfRank.indices {
      let tail = turnOfRank[rank]
      for slot in graph.outgoing.slots(rank) {
        let code = codes[slot]
        let head = turnOfRank[Int(graph.headRank(of: code))]
        if tail < head {
          let kind = isOneWay.isEmpty || !isOneWay[code.link] ? LinkArc.Kind.twoWay : .up
          body(tail, head, LinkArc(slot: slot, kind: kind))
        } else if !isOneWay.isEmpty, isOneWay[code.link] {
          body(head, tail, LinkArc(slot: slot, kind: .down))
        }
      }
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
