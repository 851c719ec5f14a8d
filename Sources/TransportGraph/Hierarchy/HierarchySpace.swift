/// The memory of one query or repair in a hierarchy, used again and again.
///
/// `@unchecked Sendable`: it owns its memory, and the pool hands it to one caller at a time.
final class HierarchySpace: @unchecked Sendable {
  /// No cost is below 0.
  static let unknown: Double = -1

  /// Costs by depth: of the ancestors of the one node whose tree path is at hand.
  let ahead: UnsafeMutablePointer<Double>
  let behind: UnsafeMutablePointer<Double>
  /// Positions that wait for their ancestors, at most as many as the tree is high.
  let pending: UnsafeMutablePointer<UInt32>
  /// Least costs by position, `unknown` between queries.
  let costs: UnsafeMutablePointer<Double>
  /// Positions whose cost is known, `knownCount` of them.
  let known: UnsafeMutablePointer<UInt32>
  var knownCount = 0

  /// What only a repair of a metric needs.
  private(set) lazy var repair = RepairSpace(topology)

  private let topology: HierarchyTopology

  init(_ topology: HierarchyTopology) {
    self.topology = topology
    ahead = .allocate(capacity: topology.height)
    behind = .allocate(capacity: topology.height)
    pending = .allocate(capacity: topology.height)
    costs = .allocate(capacity: topology.nodeCount)
    costs.initialize(repeating: Self.unknown, count: topology.nodeCount)
    known = .allocate(capacity: topology.nodeCount)
  }

  deinit {
    ahead.deallocate()
    behind.deallocate()
    pending.deallocate()
    costs.deallocate()
    known.deallocate()
  }

  /// Makes every cost unknown again.
  func clear() {
    for index in 0..<knownCount { costs[Int(known[index])] = Self.unknown }
    knownCount = 0
  }
}

/// Which arcs of which nodes are to be computed anew. All flags are false between repairs.
final class RepairSpace {
  /// By arc.
  let isStale: UnsafeMutablePointer<Bool>
  /// By position: whether an arc of its row is stale, and whether it is in the heap.
  let hasStale: UnsafeMutablePointer<Bool>
  let isQueued: UnsafeMutablePointer<Bool>
  /// A heap of nodes, each in it once at most.
  let heapMemory: UnsafeMutablePointer<UInt64>

  init(_ topology: HierarchyTopology) {
    isStale = .allocate(capacity: topology.arcCount)
    isStale.initialize(repeating: false, count: topology.arcCount)
    hasStale = .allocate(capacity: topology.nodeCount)
    hasStale.initialize(repeating: false, count: topology.nodeCount)
    isQueued = .allocate(capacity: topology.nodeCount)
    isQueued.initialize(repeating: false, count: topology.nodeCount)
    heapMemory = .allocate(capacity: topology.nodeCount)
  }

  deinit {
    isStale.deallocate()
    hasStale.deallocate()
    isQueued.deallocate()
    heapMemory.deallocate()
  }
}

/// Spaces at rest. As many exist as were ever in use at once.
final class HierarchySpacePool: Sendable {
  private let topology: HierarchyTopology
  private let resting = Locked<[HierarchySpace]>([])

  init(_ topology: HierarchyTopology) {
    self.topology = topology
  }

  /// Lends a clear space and clears it afterwards.
  func withSpace<Result>(_ body: (HierarchySpace) -> Result) -> Result {
    let space = resting.withLock { $0.popLast() } ?? HierarchySpace(topology)
    let result = body(space)
    space.clear()
    resting.withLock { $0.append(space) }
    return result
  }
}
