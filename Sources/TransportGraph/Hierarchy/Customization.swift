import Dispatch
import Synchronization

/// Computes what the arcs of a hierarchy cost from what the links cost.
///
/// Basic customisation: an arc costs the least of its links and of all ways through lower nodes, seen
/// as lower triangles. Each node collects from the arcs of its lower neighbours into a row indexed by
/// depth, so that it writes only its own arcs: subtrees are independent and run in parallel without
/// locks, and any number of threads computes the same sums.
///
/// Where all links are open in both directions or in none, so are all arcs, at equal costs: one array
/// then serves as both.
///
/// `@unchecked Sendable`: tasks write disjoint rows and read rows that are complete.
struct Customization: @unchecked Sendable {
  private let topology: HierarchyTopology
  // Pointers, because a reference here would be counted in the kernels.
  private let rows: UnsafePointer<HierarchyTopology.Row>
  private let runs: UnsafePointer<HierarchyTopology.Run>
  private let headDepths: UnsafePointer<UInt32>
  private let lower: UnsafePointer<LowerArc>
  private let links: UnsafePointer<HierarchyTopology.LinkEntry>
  private let arcs: UnsafePointer<UInt64>
  private let upward: UnsafeMutablePointer<Double>
  private let downward: UnsafeMutablePointer<Double>
  private let climb: HierarchyClimb

  /// - Parameters:
  ///   - arcs: ``PackedArc`` by slot of the arcs that leave nodes.
  ///   - upward: By arc: what it will cost from its lower end to its upper end.
  ///   - downward: The same from the upper end; the same memory where no link is one-way.
  init(
    _ topology: HierarchyTopology, arcs: UnsafePointer<UInt64>,
    upward: UnsafeMutablePointer<Double>, downward: UnsafeMutablePointer<Double>
  ) {
    self.topology = topology
    rows = topology.rows
    runs = topology.runs
    headDepths = topology.headDepths
    lower = topology.lower
    links = topology.links
    climb = HierarchyClimb(topology)
    self.arcs = arcs
    self.upward = upward
    self.downward = downward
  }

  /// Subtrees of at most this share of the nodes for each thread are one task.
  private static let tasksPerThread = 16

  /// Four nested rows are taken together where at least this many of their arcs lead past a node.
  private static let fewestForFour = 4

  /// - Complexity: O(lower triangles), divided among the threads below the top of the tree.
  func run(threadCount: Int) {
    let nodeCount = topology.nodeCount
    if threadCount == 1 {
      withScratch { costs in
        readLinks(of: 0..<nodeCount)
        for position in (0..<nodeCount).reversed() { collect(position, costs) }
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
      withScratch { costs in
        while true {
          let task = next.wrappingAdd(1, ordering: .relaxed).oldValue
          if task >= ordered.count { break }
          readLinks(of: ordered[task])
          for position in ordered[task].reversed() { collect(position, costs) }
        }
      }
    }
    withScratch { costs in
      for position in top.reversed() {
        readLinks(of: position..<(position + 1))
        collect(position, costs)
      }
    }
  }

  /// Gives the arcs of some nodes the costs of their links, before those of ways through lower nodes are
  /// known.
  ///
  /// In a loop of their own, because what links cost lies elsewhere in memory, and then many are waited
  /// for at once.
  private func readLinks(of positions: Range<Int>) {
    let firstArc = Int(rows[positions.lowerBound].firstArc)
    let arcCount = Int(rows[positions.upperBound].firstArc) &- firstArc
    let slots = topology.linkSlots(positions)
    for (result, isUpward) in [(upward, true), (downward, false)] {
      (result + firstArc).update(repeating: .infinity, count: arcCount)
      for slot in slots {
        let entry = links[slot]
        let arc = Int(entry.arc)
        result[arc] = min(result[arc], entry.link.cost(arcs, isUpward: isUpward))
      }
      if upward == downward { return }
    }
  }

  /// Computes the arcs of one node; those of all nodes below must be complete.
  @inline(__always)
  private func collect(_ position: Int, _ costs: UnsafeMutablePointer<Double>) {
    collect(position, costs, isUpward: true)
    if upward != downward { collect(position, costs, isUpward: false) }
  }

  /// - Parameter costs: Room for a cost by depth.
  @inline(__always)
  private func collect(_ position: Int, _ costs: UnsafeMutablePointer<Double>, isUpward: Bool) {
    // A way through a lower node leads down to it and up again.
    let toLower = UnsafePointer(isUpward ? downward : upward)
    let result = isUpward ? upward : downward
    let fromLower = UnsafePointer(result)
    let firstArc = Int(rows[position].firstArc)
    let endArc = Int(rows[position &+ 1].firstArc)
    for arc in firstArc..<endArc { costs[Int(headDepths[arc])] = result[arc] }
    let slots = topology.lowerSlots(position)
    var slot = slots.lowerBound
    while slot < slots.upperBound {
      let below = lower[slot]
      let tail = Int(below.tail)
      // The arcs of the lower node that lead past this one come before its arc to this one.
      var arc = Int(rows[tail].firstArc)
      let end = Int(below.arc)
      let cost = toLower[end]
      if end &- arc >= Self.fewestForFour, slot &+ 3 < slots.upperBound,
        lower[slot &+ 3].tail == below.tail &+ 3, climb.isNested(tail &+ 3, above: -1)
      {
        let four = HierarchyClimb.Four(
          a: cost, b: toLower[Int(lower[slot &+ 1].arc)], c: toLower[Int(lower[slot &+ 2].arc)],
          d: toLower[Int(lower[slot &+ 3].arc)])
        let second = fromLower + (Int(rows[tail &+ 1].firstArc) &- arc)
        let third = fromLower + (Int(rows[tail &+ 2].firstArc) &- arc)
        let fourth = fromLower + (Int(rows[tail &+ 3].firstArc) &- arc)
        slot &+= 4
        var run = runs + Int(rows[tail].firstRun)
        while arc < end {
          let target = costs + Int(run[0].depth)
          run += 1
          let next = min(Int(run[0].firstArc), end)
          CostRow.lower(
            target, to: four, plus: fromLower + arc, second + arc, third + arc, fourth + arc,
            count: next &- arc)
          arc = next
        }
        continue
      }
      slot &+= 1
      if end &- arc < Int(HierarchyTopology.shortRow) {
        while arc < end {
          let depth = Int(headDepths[arc])
          costs[depth] = min(costs[depth], cost + fromLower[arc])
          arc &+= 1
        }
        continue
      }
      var run = runs + Int(rows[tail].firstRun)
      while arc < end {
        let target = costs + Int(run[0].depth)
        run += 1
        let next = min(Int(run[0].firstArc), end)
        CostRow.lower(target, to: cost, plus: fromLower + arc, count: next &- arc)
        arc = next
      }
    }
    for arc in firstArc..<endArc { result[arc] = costs[Int(headDepths[arc])] }
  }

  private func withScratch(_ body: (UnsafeMutablePointer<Double>) -> Void) {
    withUnsafeTemporaryAllocation(of: Double.self, capacity: topology.height + 1) { scratch in
      if let start = scratch.baseAddress { body(start) }
    }
  }
}
