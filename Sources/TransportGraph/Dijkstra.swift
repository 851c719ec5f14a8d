/// Least costs from one node over the open arcs.
///
/// Source: E. W. Dijkstra (1959), Numerische Mathematik 1, 269–271, with a lazy heap.
///
/// Static functions over unsafe buffers: the same loop over array properties of a class was measured
/// four times slower.
enum Dijkstra {
  /// Fills `space.costs` from `origin`.
  ///
  /// Afterwards every node no dearer than the dearest target has its least cost; other costs are
  /// those of some path, or unreached.
  ///
  /// - Parameters:
  ///   - targetCount: Nodes whose mark is set in `space`. The search ends when all are settled; with
  ///     0 it covers all that can be reached.
  static func search(_ view: GraphView, from origin: Int, targetCount: Int, in space: SearchSpace) {
    view.graph.outgoing.first.withUnsafeBufferPointer { first in
      view.outgoingArcs.withUnsafeBufferPointer { arcs in
        if view.fitsNarrowKeys {
          search(
            UInt64.self, first, arcs, from: origin, targetCount: targetCount, in: space,
            rankBits: view.rankBits)
        } else {
          search(
            UInt128.self, first, arcs, from: origin, targetCount: targetCount, in: space,
            rankBits: view.rankBits)
        }
      }
    }
  }

  private static func search<Key: FixedWidthInteger & UnsignedInteger & Sendable>(
    _ keyType: Key.Type, _ first: UnsafeBufferPointer<UInt32>, _ arcs: UnsafeBufferPointer<UInt64>,
    from origin: Int, targetCount: Int, in space: SearchSpace, rankBits: Int
  ) {
    let costs = space.costs
    let touched = space.touched
    let marks = space.marks
    var touchedCount = space.touchedCount
    var remaining = targetCount
    var heap = space.heap(of: keyType, rankBits: rankBits)

    costs[origin] = 0
    touched[touchedCount] = UInt32(origin)
    touchedCount &+= 1
    heap.push(cost: 0, rank: origin)
    while !heap.isEmpty {
      let (key, tail) = heap.pop()
      let cost = UInt64(truncatingIfNeeded: key)
      if cost > costs[tail] { continue }
      if targetCount > 0 && marks[tail] {
        remaining &-= 1
        if remaining == 0 { break }
      }
      for slot in Int(first[tail])..<Int(first[tail &+ 1]) {
        let arc = arcs[slot]
        if arc == PackedArc.closed { continue }
        let head = Int(truncatingIfNeeded: arc & PackedArc.rankMask)
        let candidate = cost &+ arc &>> PackedArc.rankBits
        let known = costs[head]
        if candidate < known {
          if known == SearchSpace.unreached {
            touched[touchedCount] = UInt32(truncatingIfNeeded: head)
            touchedCount &+= 1
          }
          costs[head] = candidate
          heap.push(cost: Key(truncatingIfNeeded: candidate), rank: head)
        }
      }
    }
    space.touchedCount = touchedCount
  }
}

extension GraphView {
  /// Bits that hold every rank.
  var rankBits: Int {
    let last = UInt64(max(1, graph.nodes.count - 1))
    return UInt64.bitWidth - last.leadingZeroBitCount
  }

  /// Whether every cost that can enter a heap leaves room for a rank in 64 bits: a heap holds costs
  /// of simple paths, which use each link once at most.
  var fitsNarrowKeys: Bool {
    totalImpedance >> UInt64(UInt64.bitWidth - rankBits) == 0
  }
}
