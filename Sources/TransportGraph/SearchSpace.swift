/// The memory of one search direction, used again and again.
///
/// Costs are "infinite" between searches. A search notes each node that it reaches, so that leaving
/// clears what it touched and no more: a short route in a large network stays cheap.
///
/// `@unchecked Sendable`: it owns its memory, and the pool hands it to one search at a time.
final class SearchSpace: @unchecked Sendable {
  static let unreached = UInt64.max

  /// Cost by rank.
  let costs: UnsafeMutablePointer<UInt64>
  var allCosts: UnsafeBufferPointer<UInt64> {
    UnsafeBufferPointer(start: costs, count: nodeCount)
  }
  /// Ranks reached, `touchedCount` of them.
  let touched: UnsafeMutablePointer<UInt32>
  var touchedCount = 0
  /// One flag a rank, false between searches. Who sets one clears it.
  let marks: UnsafeMutablePointer<Bool>

  private let nodeCount: Int
  private let heapCapacity: Int
  private var heapMemory: UnsafeMutableRawPointer?
  private var heapBytes = 0

  init(nodeCount: Int, arcCount: Int) {
    self.nodeCount = nodeCount
    // Each arc pushes once at most, the origin once.
    heapCapacity = arcCount + 1
    costs = .allocate(capacity: nodeCount)
    costs.initialize(repeating: Self.unreached, count: nodeCount)
    touched = .allocate(capacity: nodeCount)
    marks = .allocate(capacity: nodeCount)
    marks.initialize(repeating: false, count: nodeCount)
  }

  deinit {
    costs.deallocate()
    touched.deallocate()
    marks.deallocate()
    heapMemory?.deallocate()
  }

  /// An empty heap. One at a time.
  func heap<Key>(of type: Key.Type, rankBits: Int) -> SearchHeap<Key> {
    let bytes = heapCapacity * MemoryLayout<Key>.stride
    let memory: UnsafeMutableRawPointer
    if let heapMemory, heapBytes >= bytes {
      memory = heapMemory
    } else {
      heapMemory?.deallocate()
      memory = .allocate(byteCount: bytes, alignment: MemoryLayout<UInt128>.alignment)
      heapMemory = memory
      heapBytes = bytes
    }
    return SearchHeap(
      memory: memory.bindMemory(to: type, capacity: heapCapacity), rankBits: rankBits)
  }

  /// Sets a cost outside a search loop.
  func reach(_ rank: Int, cost: UInt64) {
    if costs[rank] == Self.unreached {
      touched[touchedCount] = UInt32(rank)
      touchedCount += 1
    }
    costs[rank] = cost
  }

  /// Makes every node unreached again.
  func clear() {
    for index in 0..<touchedCount { costs[Int(touched[index])] = Self.unreached }
    touchedCount = 0
  }
}

/// Search spaces at rest. As many exist as searches ever ran at once.
final class SearchSpacePool: Sendable {
  private let nodeCount: Int
  private let arcCount: Int
  private let resting = Locked<[SearchSpace]>([])

  init(nodeCount: Int, arcCount: Int) {
    self.nodeCount = nodeCount
    self.arcCount = arcCount
  }

  /// Lends a clear search space and clears it afterwards.
  func withSpace<Result>(_ body: (SearchSpace) -> Result) -> Result {
    let space =
      resting.withLock { $0.popLast() } ?? SearchSpace(nodeCount: nodeCount, arcCount: arcCount)
    let result = body(space)
    space.clear()
    resting.withLock { $0.append(space) }
    return result
  }
}
