import Dispatch
import Synchronization

/// Computes what the arcs of a hierarchy cost from what the links cost.
///
/// Basic customisation: an arc costs the least of its links and of all ways through lower nodes, seen
/// as lower triangles. Each node collects from the arcs of its lower neighbours into a row indexed by
/// depth, so that it writes only its own arcs: subtrees are independent and run in parallel without
/// locks, and any number of threads computes the same sums.
///
/// `@unchecked Sendable`: tasks write disjoint rows and read rows that are complete.
struct Customization: @unchecked Sendable {
  let topology: HierarchyTopology
  /// What each link costs in the directions it has, infinite where closed; in the order of
  /// `topology.links`, that of use.
  let linkCosts: UnsafePointer<Double>
  let upward: UnsafeMutablePointer<Double>
  let downward: UnsafeMutablePointer<Double>

  /// Subtrees of at most this share of the nodes for each thread are one task.
  private static let tasksPerThread = 16

  /// - Complexity: O(lower triangles), divided among the threads below the top of the tree.
  func run(threadCount: Int) {
    let nodeCount = topology.nodeCount
    if threadCount == 1 {
      withScratch { ahead, behind in
        for position in (0..<nodeCount).reversed() { collect(position, ahead, behind) }
      }
      return
    }
    // Large subtrees are opened: their roots form the top, the subtrees below are tasks.
    let limit = max(1, nodeCount / (threadCount * Self.tasksPerThread))
    var tasks: [Range<Int>] = []
    var top: [Int] = []
    var position = 0
    while position < nodeCount {
      let end = Int(topology.subtreeEnd[position])
      if end - position > limit {
        top.append(position)
        position += 1
      } else {
        tasks.append(position..<end)
        position = end
      }
    }
    // The largest first, so that none is left over at the end.
    let ordered = tasks.sorted { $0.count > $1.count }
    let next = Atomic(0)
    DispatchQueue.concurrentPerform(iterations: threadCount) { _ in
      withScratch { ahead, behind in
        while true {
          let task = next.wrappingAdd(1, ordering: .relaxed).oldValue
          if task >= ordered.count { break }
          for position in ordered[task].reversed() { collect(position, ahead, behind) }
        }
      }
    }
    withScratch { ahead, behind in
      for position in top.reversed() { collect(position, ahead, behind) }
    }
  }

  /// Computes the arcs of one node; those of all nodes below must be complete.
  @inline(__always)
  func collect(
    _ position: Int, _ ahead: UnsafeMutablePointer<Double>, _ behind: UnsafeMutablePointer<Double>
  ) {
    let topology = topology
    let depths = topology.headDepths
    let row = topology.arcs(position)
    for arc in row {
      ahead[Int(depths[arc])] = .infinity
      behind[Int(depths[arc])] = .infinity
    }
    for slot in topology.linkSlots(position) {
      let entry = topology.links[slot]
      let depth = Int(depths[Int(entry.arc)])
      let (up, down) = entry.costs(linkCosts[slot])
      ahead[depth] = up < ahead[depth] ? up : ahead[depth]
      behind[depth] = down < behind[depth] ? down : behind[depth]
    }
    for slot in topology.lowerSlots(position) {
      let below = topology.lower[slot]
      // The arcs of the lower node that lead past this one come before its arc to this one.
      let first = topology.rows[Int(below.tail)].firstArc
      let rise = upward[Int(below.arc)]
      let fall = downward[Int(below.arc)]
      if below.arc &- first < HierarchyTopology.shortRow {
        for arc in Int(first)..<Int(below.arc) {
          let depth = Int(depths[arc])
          let up = fall + upward[arc]
          let down = rise + downward[arc]
          ahead[depth] = up < ahead[depth] ? up : ahead[depth]
          behind[depth] = down < behind[depth] ? down : behind[depth]
        }
        continue
      }
      var index = Int(topology.rows[Int(below.tail)].firstRun)
      var run = topology.runs[index]
      while run.firstArc < below.arc {
        index &+= 1
        let following = topology.runs[index]
        let first = Int(run.firstArc)
        let count = Int(min(following.firstArc, below.arc)) &- first
        CostRow.lower(ahead + Int(run.depth), to: fall, plus: upward + first, count: count)
        CostRow.lower(behind + Int(run.depth), to: rise, plus: downward + first, count: count)
        run = following
      }
    }
    for arc in row {
      upward[arc] = ahead[Int(depths[arc])]
      downward[arc] = behind[Int(depths[arc])]
    }
  }

  private func withScratch(
    _ body: (UnsafeMutablePointer<Double>, UnsafeMutablePointer<Double>) -> Void
  ) {
    withUnsafeTemporaryAllocation(of: Double.self, capacity: 2 * topology.height + 1) { scratch in
      guard let start = scratch.baseAddress else { return }
      body(start, start + topology.height)
    }
  }
}
