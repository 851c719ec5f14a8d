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
/// then serves as both. Otherwise a row holds the costs of both directions side by side.
///
/// `@unchecked Sendable`: tasks write disjoint rows and read rows that are complete.
struct Customization: @unchecked Sendable {
  let topology: HierarchyTopology
  // Pointers, because a reference here would be counted in the kernels.
  let rows: UnsafePointer<HierarchyTopology.Row>
  let runs: UnsafePointer<HierarchyTopology.Run>
  let headDepths: UnsafePointer<UInt32>
  let lower: UnsafePointer<LowerArc>
  private let links: UnsafePointer<HierarchyTopology.LinkEntry>
  private let arcs: UnsafePointer<UInt64>
  let upward: UnsafeMutablePointer<Double>
  let downward: UnsafeMutablePointer<Double>
  let climb: HierarchyClimb

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

  /// - Complexity: O(lower triangles), divided among the threads below the top of the tree.
  func run(threadCount: Int) {
    let nodeCount = topology.nodeCount
    if threadCount == 1 {
      withScratch { costs in customize(0..<nodeCount, costs) }
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
          customize(ordered[task], costs)
        }
      }
    }
    withScratch { costs in
      for position in top.reversed() { customize(position..<(position + 1), costs) }
    }
  }

  /// Computes the arcs of consecutive nodes; those of all nodes below must be complete.
  private func customize(_ positions: Range<Int>, _ costs: UnsafeMutablePointer<Both>) {
    readLinks(of: positions)
    for position in positions.reversed() { collect(position, costs) }
  }

  /// Gives the arcs of some nodes the costs of their links, before those of ways through lower nodes are
  /// known.
  ///
  /// In a loop of their own, because what links cost lies elsewhere in memory, and then many are waited
  /// for at once.
  private func readLinks(of positions: Range<Int>) {
    let firstArc = Int(rows[positions.lowerBound].firstArc)
    let arcCount = Int(rows[positions.upperBound].firstArc) &- firstArc
    (upward + firstArc).update(repeating: .infinity, count: arcCount)
    if upward != downward {
      (downward + firstArc).update(repeating: .infinity, count: arcCount)
    }
    for slot in topology.linkSlots(positions) {
      let arc = Int(links[slot].arc)
      let link = links[slot].link
      upward[arc] = min(upward[arc], link.cost(arcs, isUpward: true))
      if upward != downward {
        downward[arc] = min(downward[arc], link.cost(arcs, isUpward: false))
      }
    }
  }

  @inline(__always)
  private func collect(_ position: Int, _ costs: UnsafeMutablePointer<Both>) {
    if upward == downward {
      collectOne(
        position,
        UnsafeMutableRawPointer(costs)
          .bindMemory(to: Double.self, capacity: 2 * (topology.height + 1)))
    } else {
      collectBoth(position, costs)
    }
  }

  /// - Parameter body: Takes room for the costs of both directions by depth.
  private func withScratch(_ body: (UnsafeMutablePointer<Both>) -> Void) {
    withUnsafeTemporaryAllocation(of: Both.self, capacity: topology.height + 1) { scratch in
      scratch.initialize(repeating: Both(repeating: .infinity))
      if let start = scratch.baseAddress { body(start) }
    }
  }
}
