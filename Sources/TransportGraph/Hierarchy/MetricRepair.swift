/// Brings the arcs of a metric up to date after some links changed.
///
/// A stale arc is computed anew from its links and lower triangles. Where it changed, each upper
/// triangle over it is looked at: the third arc is stale if the way through the triangle was the least
/// before (it may have risen) or is less now (it falls). Nodes are taken from the lowest to the
/// highest, so that all an arc depends on is done before it.
struct MetricRepair {
  private let topology: HierarchyTopology
  private let arcs: UnsafePointer<UInt64>
  private let upward: UnsafeMutablePointer<Double>
  private let downward: UnsafeMutablePointer<Double>
  /// What the arcs of the node at hand cost before, by their place in its row.
  private let upwardBefore: UnsafeMutablePointer<Double>
  private let downwardBefore: UnsafeMutablePointer<Double>
  private let isStale: UnsafeMutablePointer<Bool>
  private let isQueued: UnsafeMutablePointer<Bool>
  /// The nodes with stale arcs, the lowest in the hierarchy first.
  private var queue: SearchHeap<UInt64>

  init(
    topology: HierarchyTopology, arcs: UnsafePointer<UInt64>,
    upward: UnsafeMutablePointer<Double>, downward: UnsafeMutablePointer<Double>, space: HierarchySpace
  ) {
    self.topology = topology
    self.arcs = arcs
    self.upward = upward
    self.downward = downward
    upwardBefore = space.ahead
    downwardBefore = space.behind
    isStale = space.repair.isStale
    isQueued = space.repair.isQueued
    queue = SearchHeap(memory: space.repair.heapMemory, rankBits: UInt64.bitWidth / 2)
  }

  mutating func markStale(_ arc: Int, tail: Int) {
    isStale[arc] = true
    if isQueued[tail] { return }
    isQueued[tail] = true
    // Positions grow downwards in the hierarchy.
    queue.push(cost: UInt64(topology.nodeCount - tail), rank: tail)
  }

  mutating func run() {
    while !queue.isEmpty {
      let node = queue.pop().rank
      isQueued[node] = false
      let row = topology.arcs(node)
      var isAnyChanged = false
      for arc in row {
        let place = arc - row.lowerBound
        upwardBefore[place] = upward[arc]
        downwardBefore[place] = downward[arc]
        if isStale[arc] {
          isStale[arc] = false
          recompute(arc, tail: node)
          if upward[arc] != upwardBefore[place] || downward[arc] != downwardBefore[place] {
            isAnyChanged = true
          }
        }
      }
      if isAnyChanged { spread(from: row) }
    }
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

  /// Marks what the changed arcs of a node may change above it.
  private mutating func spread(from row: Range<Int>) {
    for high in row {
      for low in (high + 1)..<max(high + 1, row.upperBound) {
        guard hasChanged(high, row) || hasChanged(low, row) else { continue }
        // The third side leads from the lower of the two heads to the higher.
        let tail = Int(topology.heads[low])
        let third = topology.arc(from: tail, to: topology.heads[high])
        if isStale[third] { continue }
        if isAffected(
          upward[third],
          before: downwardBefore[low - row.lowerBound]
            + upwardBefore[high - row.lowerBound], now: downward[low] + upward[high])
          || isAffected(
            downward[third],
            before: downwardBefore[high - row.lowerBound]
              + upwardBefore[low - row.lowerBound], now: downward[high] + upward[low])
        {
          markStale(third, tail: tail)
        }
      }
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
