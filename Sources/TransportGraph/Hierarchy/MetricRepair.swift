/// Brings the arcs of a metric up to date after some links changed.
///
/// A stale arc is computed anew from its links and lower triangles. Where it changed, each upper
/// triangle over it is looked at: the third arc is stale if the way through the triangle was the least
/// before (it may have risen) or is less now (it falls). The stale arcs leave ancestors of a changed
/// link's lower end: these tree paths are climbed at once, the lowest node first, so that all an arc
/// depends on is done before it, until no arc is stale.
struct MetricRepair {
  private let topology: HierarchyTopology
  private let arcs: UnsafePointer<UInt64>
  private let upward: UnsafeMutablePointer<Double>
  private let downward: UnsafeMutablePointer<Double>
  /// What the arcs of the node at hand cost before, by their place in its row.
  private let upwardBefore: UnsafeMutablePointer<Double>
  private let downwardBefore: UnsafeMutablePointer<Double>
  /// The places in that row of the arcs that changed.
  private let changed: UnsafeMutablePointer<UInt32>
  private let space: RepairSpace
  /// The node that each climb has come to, the lowest in the hierarchy first.
  private var queue: SearchHeap<UInt64>
  /// The number of nodes with stale arcs.
  private var staleCount = 0

  init(
    topology: HierarchyTopology, arcs: UnsafePointer<UInt64>,
    upward: UnsafeMutablePointer<Double>, downward: UnsafeMutablePointer<Double>,
    space: HierarchySpace
  ) {
    self.topology = topology
    self.arcs = arcs
    self.upward = upward
    self.downward = downward
    upwardBefore = space.ahead
    downwardBefore = space.behind
    changed = space.pending
    self.space = space.repair
    queue = SearchHeap(memory: space.repair.heapMemory, rankBits: UInt64.bitWidth / 2)
  }

  /// To be called for every arc with a changed link.
  mutating func start(at arc: Int, tail: Int) {
    markStale(arc, tail: tail)
    wait(at: tail)
  }

  private mutating func markStale(_ arc: Int, tail: Int) {
    space.isStale[arc] = true
    if space.hasStale[tail] { return }
    space.hasStale[tail] = true
    staleCount += 1
  }

  private mutating func wait(at node: Int) {
    if space.isQueued[node] { return }
    space.isQueued[node] = true
    // Positions grow downwards in the hierarchy.
    queue.push(cost: UInt64(topology.nodeCount - node), rank: node)
  }

  mutating func run() {
    while !queue.isEmpty {
      let node = queue.pop().rank
      space.isQueued[node] = false
      if staleCount == 0 { continue }
      if space.hasStale[node] {
        space.hasStale[node] = false
        staleCount -= 1
        let row = topology.arcs(node)
        let count = recomputeStale(row, tail: node)
        for index in 0..<count { spread(row.lowerBound + Int(changed[index]), in: row) }
      }
      if topology.rows[node].depth > 0 { wait(at: Int(topology.rows[node].parent)) }
    }
  }

  /// Computes the stale arcs of a node and notes which of them changed.
  ///
  /// - Returns: How many did.
  private func recomputeStale(_ row: Range<Int>, tail: Int) -> Int {
    var count = 0
    for arc in row {
      let place = arc - row.lowerBound
      upwardBefore[place] = upward[arc]
      downwardBefore[place] = downward[arc]
      guard space.isStale[arc] else { continue }
      space.isStale[arc] = false
      recompute(arc, tail: tail)
      if hasChanged(arc, row) {
        changed[count] = UInt32(place)
        count += 1
      }
    }
    return count
  }

  /// The least of an arc's links and lower triangles.
  private func recompute(_ arc: Int, tail: Int) {
    var up = Double.infinity
    var down = Double.infinity
    for slot in topology.linkSlots(tail) where topology.links[slot].arc == arc {
      let link = topology.links[slot].link
      up = min(up, link.cost(arcs, isUpward: true))
      down = min(down, link.cost(arcs, isUpward: false))
    }
    // Nodes with an arc to both ends: those with one to the tail, met in order with the part of the
    // tail's subtree that has one to the head.
    var toTail = topology.lowerSlots(tail)
    let head = Int(topology.heads[arc])
    let toHead = topology.lowerSlots(head)
    let lower = topology.lower
    var slot =
      UnsafeBufferPointer(start: lower + toHead.lowerBound, count: toHead.count)
      .partitioningIndex { $0.tail > tail } + toHead.lowerBound
    while !toTail.isEmpty, slot < toHead.upperBound {
      let left = lower[toTail.lowerBound]
      let right = lower[slot]
      if left.tail < right.tail {
        toTail = (toTail.lowerBound &+ 1)..<toTail.upperBound
      } else if left.tail > right.tail {
        slot &+= 1
      } else {
        up = min(up, downward[Int(left.arc)] + upward[Int(right.arc)])
        down = min(down, downward[Int(right.arc)] + upward[Int(left.arc)])
        toTail = (toTail.lowerBound &+ 1)..<toTail.upperBound
        slot &+= 1
      }
    }
    upward[arc] = up
    downward[arc] = down
  }

  /// Marks what a changed arc may change above it: the third sides of its triangles with the other arcs
  /// of its row. A third side leads from the lower of the two heads to the higher.
  private mutating func spread(_ arc: Int, in row: Range<Int>) {
    let heads = topology.heads
    let tail = Int(heads[arc])
    // All heads above are in the row of the lower one.
    var third = topology.arcs(tail).lowerBound
    for high in row.lowerBound..<arc {
      while heads[third] != heads[high] { third += 1 }
      markIfAffected(third, tail: tail, low: arc, high: high, row)
    }
    // Where both changed, the lower one sees to it.
    for low in (arc + 1)..<max(arc + 1, row.upperBound) where !hasChanged(low, row) {
      let tail = Int(heads[low])
      markIfAffected(
        topology.arc(from: tail, to: heads[arc]), tail: tail, low: low, high: arc, row)
    }
  }

  @inline(__always)
  private mutating func markIfAffected(
    _ third: Int, tail: Int, low: Int, high: Int, _ row: Range<Int>
  ) {
    if space.isStale[third] { return }
    let (lowPlace, highPlace) = (low - row.lowerBound, high - row.lowerBound)
    if isAffected(
      upward[third], before: downwardBefore[lowPlace] + upwardBefore[highPlace],
      now: downward[low] + upward[high])
      || upward != downward
        && isAffected(
          downward[third], before: downwardBefore[highPlace] + upwardBefore[lowPlace],
          now: downward[high] + upward[low])
    {
      markStale(third, tail: tail)
    }
  }

  private func hasChanged(_ arc: Int, _ row: Range<Int>) -> Bool {
    upward[arc] != upwardBefore[arc - row.lowerBound]
      || downward[arc] != downwardBefore[arc - row.lowerBound]
  }

  /// Whether a cost was that of a way that costs more now, or is more than the way costs now.
  private func isAffected(_ cost: Double, before: Double, now: Double) -> Bool {
    before == now ? false : before == cost || now < cost
  }
}
