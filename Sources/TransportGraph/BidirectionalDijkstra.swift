/// The least cost between two nodes, searched from both ends at once.
///
/// Source: I. Pohl (1971), Bi-directional search, Machine Intelligence 6, 127–140; it ends when the
/// two lowest costs together reach the best meeting. Here it also finds every shortest route, not
/// only one: each has an arc over which the searches met at the best cost.
enum BidirectionalDijkstra {
  /// Fills `forward.costs` so that they are exact on every node of every shortest route.
  ///
  /// - Returns: false where no open path leads from `origin` to `destination`.
  static func search(
    _ view: GraphView, from origin: Int, to destination: Int, forward: SearchSpace,
    backward: SearchSpace
  ) -> Bool {
    view.graph.outgoing.first.withUnsafeBufferPointer { outFirst in
      view.outgoingArcs.withUnsafeBufferPointer { outArcs in
        view.graph.incoming.first.withUnsafeBufferPointer { inFirst in
          view.incomingArcs.withUnsafeBufferPointer { inArcs in
            let out = Rows(first: outFirst, arcs: outArcs)
            let into = Rows(first: inFirst, arcs: inArcs)
            let meeting =
              view.fitsNarrowKeys
              ? meet(
                UInt64.self, out, into, origin, destination, forward, backward, view.rankBits)
              : meet(
                UInt128.self, out, into, origin, destination, forward, backward, view.rankBits)
            guard let meeting else { return false }
            carryForward(meeting, out, forward: forward, backward: backward)
            return true
          }
        }
      }
    }
  }

  private struct Rows {
    let first: UnsafeBufferPointer<UInt32>
    let arcs: UnsafeBufferPointer<UInt64>
  }

  /// The least cost and the heads of the arcs over which the two searches met at it.
  private struct Meeting {
    var cost = SearchSpace.unreached
    var heads: [UInt32] = []

    @inline(__always)
    mutating func consider(_ candidate: UInt64, head: Int) {
      if candidate > cost { return }
      if candidate < cost {
        cost = candidate
        heads.removeAll(keepingCapacity: true)
      }
      heads.append(UInt32(truncatingIfNeeded: head))
    }
  }

  /// One of the two searches, its memory in locals while the loop runs.
  private struct Side<Key: FixedWidthInteger & UnsignedInteger & Sendable> {
    let rows: Rows
    let costs: UnsafeMutablePointer<UInt64>
    let touched: UnsafeMutablePointer<UInt32>
    var touchedCount: Int
    var heap: SearchHeap<Key>

    init(_ rows: Rows, _ space: SearchSpace, rankBits: Int, start: Int) {
      self.rows = rows
      space.reach(start, cost: 0)
      costs = space.costs
      touched = space.touched
      touchedCount = space.touchedCount
      heap = space.heap(of: Key.self, rankBits: rankBits)
      heap.push(cost: 0, rank: start)
    }

    /// Takes one entry off the heap and relaxes its arcs.
    ///
    /// - Parameters:
    ///   - other: The costs of the opposite search.
    ///   - headIsNear: Whether the node settled is the head of the arcs (backward search).
    @inline(__always)
    mutating func settle(
      other: UnsafeMutablePointer<UInt64>, _ meeting: inout Meeting, headIsNear: Bool
    ) {
      let (key, near) = heap.pop()
      let cost = UInt64(truncatingIfNeeded: key)
      if cost > costs[near] { return }
      for slot in Int(rows.first[near])..<Int(rows.first[near &+ 1]) {
        let arc = rows.arcs[slot]
        if arc == PackedArc.closed { continue }
        let far = Int(truncatingIfNeeded: arc & PackedArc.rankMask)
        let candidate = cost &+ arc &>> PackedArc.rankBits
        let known = costs[far]
        if candidate < known {
          if known == SearchSpace.unreached {
            touched[touchedCount] = UInt32(truncatingIfNeeded: far)
            touchedCount &+= 1
          }
          costs[far] = candidate
          heap.push(cost: Key(truncatingIfNeeded: candidate), rank: far)
        }
        let rest = other[far]
        if rest != SearchSpace.unreached {
          meeting.consider(candidate &+ rest, head: headIsNear ? near : far)
        }
      }
    }
  }

  private static func meet<Key: FixedWidthInteger & UnsignedInteger & Sendable>(
    _ keyType: Key.Type, _ out: Rows, _ into: Rows, _ origin: Int, _ destination: Int,
    _ forward: SearchSpace, _ backward: SearchSpace, _ rankBits: Int
  ) -> Meeting? {
    var ahead = Side<Key>(out, forward, rankBits: rankBits, start: origin)
    var behind = Side<Key>(into, backward, rankBits: rankBits, start: destination)
    var meeting = Meeting()
    meeting.heads.reserveCapacity(64)
    if origin == destination { meeting.consider(0, head: origin) }
    while !ahead.heap.isEmpty, !behind.heap.isEmpty {
      let fromOrigin = UInt64(truncatingIfNeeded: ahead.heap.lowestCost)
      let toDestination = UInt64(truncatingIfNeeded: behind.heap.lowestCost)
      if fromOrigin &+ toDestination >= meeting.cost { break }
      // The side with the shorter frontier: a dense region is left to the other end.
      if ahead.heap.count <= behind.heap.count {
        ahead.settle(other: behind.costs, &meeting, headIsNear: false)
      } else {
        behind.settle(other: ahead.costs, &meeting, headIsNear: true)
      }
    }
    forward.touchedCount = ahead.touchedCount
    backward.touchedCount = behind.touchedCount
    return meeting.cost == SearchSpace.unreached ? nil : meeting
  }

  /// Writes the forward cost of every node that a shortest route visits after a meeting arc.
  ///
  /// Why that is all of them. Let the searches end with lowest costs a and b (infinite for an empty
  /// heap), a + b ≥ D, and take any shortest route. Let u be its last node with forward cost below a,
  /// thus settled, and v the next; v's backward cost is at most D − a ≤ b. Below b, v is settled too,
  /// and whichever of u and v was settled later saw the other's final cost: (u, v) met at D. At b, v
  /// was at least labelled exactly by the next node w, and (u, v) or (v, w) met at D for the same
  /// reason. Where u is the destination, or a is still 0 and v the origin, the same holds of the
  /// route's last or first arc, because both searches start with their first cost in place.
  /// A cost that takes part in a meeting at D is exact: it belongs to a path, and none is shorter.
  private static func carryForward(
    _ meeting: Meeting, _ out: Rows, forward: SearchSpace, backward: SearchSpace
  ) {
    var visited: [UInt32] = []
    var pending = meeting.heads
    while let rank = pending.popLast() {
      let node = Int(rank)
      if backward.marks[node] { continue }
      backward.marks[node] = true
      visited.append(rank)
      let rest = backward.costs[node]
      forward.reach(node, cost: meeting.cost - rest)
      for slot in Int(out.first[node])..<Int(out.first[node + 1]) {
        let arc = out.arcs[slot]
        if arc == PackedArc.closed { continue }
        let head = Int(truncatingIfNeeded: arc & PackedArc.rankMask)
        let after = backward.costs[head]
        if after != SearchSpace.unreached, after + arc >> PackedArc.rankBits == rest {
          pending.append(UInt32(head))
        }
      }
    }
    for rank in visited { backward.marks[Int(rank)] = false }
  }
}
