/// The shortest cycle through each arc that leaves a node, where a way costs the same in both directions:
/// the arc's detour is the cycle without the arc.
///
/// Each node reached belongs to the first arc of its shortest way from the origin. A cycle through an arc
/// leaves the nodes of that arc by a step to those of another; the least over such steps (x, y) of
/// d(x) + c(x, y) + d(y) is the shortest cycle through either first arc. No step beyond half the longest
/// cycle sought can shorten one, so the search stays local.
///
/// Source: K. Malik, A. K. Mittal, S. K. Gupta (1989), The k most vital arcs in the shortest path problem,
/// Operations Research Letters 8(4), 223–227, for the cut; E. W. Dijkstra (1959), Numerische Mathematik
/// 1, 269–271, for the search.
struct CycleSearch: ~Copyable {
  private struct Label {
    /// The least cost from the origin so far.
    var cost: UInt64
    /// The first arc of that way, as a place in the origin's row.
    var first: UInt32
  }

  /// Nodes settled before a search gives up: then closing a link in the hierarchy is cheaper, which
  /// costs some ten microseconds wherever the detour leads.
  static let nodeLimit = 512
  private static let unreached = UInt64.max

  private let nodeBits: Int
  /// Dearer labels do not fit the heap's keys.
  private let maximumCost: UInt64
  private let first: UnsafePointer<UInt32>
  private let arcs: UnsafePointer<DetourGraph.Arc>
  private let mates: UnsafePointer<UInt32>
  private let labels: UnsafeMutablePointer<Label>
  private let touched: UnsafeMutablePointer<UInt32>
  private let heapMemory: UnsafeMutablePointer<UInt64>
  /// By place in the origin's row: the shortest cycle met.
  private let cycles: UnsafeMutablePointer<UInt64>

  /// - Parameters:
  ///   - graph: what is searched; symmetric.
  ///   - first, arcs, mates: its arrays, alive while this is.
  init(
    _ graph: DetourGraph, first: UnsafePointer<UInt32>, arcs: UnsafePointer<DetourGraph.Arc>,
    mates: UnsafePointer<UInt32>
  ) {
    nodeBits = graph.nodeBits
    maximumCost = UInt64.max >> UInt64(nodeBits)
    self.first = first
    self.arcs = arcs
    self.mates = mates
    labels = .allocate(capacity: graph.nodeCount)
    labels.initialize(repeating: Label(cost: Self.unreached, first: 0), count: graph.nodeCount)
    touched = .allocate(capacity: graph.nodeCount)
    // Each arc of a settled node pushes once at most.
    heapMemory = .allocate(capacity: graph.arcs.count + 1)
    cycles = .allocate(capacity: graph.widestRow + 1)
  }

  deinit {
    labels.deallocate()
    touched.deallocate()
    heapMemory.deallocate()
    cycles.deallocate()
  }

  /// Searches from a node.
  ///
  /// - Parameters:
  ///   - isSought: whether the arc in a slot of the origin's row has a detour to be found.
  ///   - report: receives each sought slot once, with the cost of its detour, ``DetourTable/none`` where
  ///     there is none, or nil where the search was given up before it knew.
  /// - Complexity: O(k r + m log m) for the k nodes settled, at most ``nodeLimit``, the m arcs that leave
  ///   them, and the r arcs that leave the origin.
  @inline(__always)
  mutating func search(
    from origin: Int, isSought: (Int) -> Bool, report: (Int, UInt64?) -> Void
  ) {
    let first = first
    let arcs = arcs
    let mates = mates
    let labels = labels
    let touched = touched
    let cycles = cycles
    let row = Int(first[origin])..<Int(first[origin &+ 1])
    // Cycles that are not sought start at the least, which nothing shortens.
    var longest: UInt64 = 0
    for slot in row {
      let start = isSought(slot) ? DetourTable.none : 0
      cycles[slot &- row.lowerBound] = start
      longest = max(longest, start)
    }
    if longest == 0 { return }
    var isLongestKnown = true

    var heap = SearchHeap<UInt64>(memory: heapMemory, rankBits: nodeBits)
    var touchedCount = 0
    var settledCount = 0
    /// Cycles of at most this cost have all been met.
    var horizon = DetourTable.none
    labels[origin].cost = 0
    for slot in row {
      let arc = arcs[slot]
      let head = Int(arc.head)
      let place = UInt32(truncatingIfNeeded: slot &- row.lowerBound)
      let known = labels[head].cost
      if known == Self.unreached {
        touched[touchedCount] = arc.head
        touchedCount &+= 1
      }
      // The dearer of parallel arcs is met again as a step back to the origin.
      if arc.cost >= known { continue }
      labels[head] = Label(cost: arc.cost, first: place)
      if arc.cost > maximumCost {
        horizon = maximumCost
      } else {
        heap.push(cost: arc.cost, rank: head)
      }
    }
    while !heap.isEmpty {
      let (cost, tail) = heap.pop()
      let label = labels[tail]
      if cost > label.cost { continue }
      if !isLongestKnown {
        longest = 0
        for place in 0..<row.count { longest = max(longest, cycles[place]) }
        isLongestKnown = true
      }
      // Whatever step was not looked at belongs to a cycle of twice this cost at least.
      if 2 &* cost >= longest { break }
      if settledCount == Self.nodeLimit {
        horizon = min(horizon, 2 &* cost)
        break
      }
      settledCount &+= 1
      for slot in Int(first[tail])..<Int(first[tail &+ 1]) {
        let arc = arcs[slot]
        let head = Int(arc.head)
        let candidate = cost &+ arc.cost
        let known = labels[head]
        if known.cost == Self.unreached {
          // Too far: both ends of a step that closes a shorter cycle are nearer.
          if 2 &* candidate >= longest { continue }
          touched[touchedCount] = arc.head
          touchedCount &+= 1
        } else {
          var other = Int(known.first)
          if head == origin { other = Int(mates[Int(arc.code)]) &- row.lowerBound }
          let whole = candidate &+ known.cost
          let place = Int(label.first)
          if other != place, whole < max(cycles[other], cycles[place]) {
            cycles[other] = min(cycles[other], whole)
            cycles[place] = min(cycles[place], whole)
            isLongestKnown = false
          }
          if candidate >= known.cost { continue }
        }
        labels[head] = Label(cost: candidate, first: label.first)
        if candidate > maximumCost {
          horizon = min(horizon, maximumCost)
        } else {
          heap.push(cost: candidate, rank: head)
        }
      }
    }
    labels[origin].cost = Self.unreached
    for index in 0..<touchedCount { labels[Int(touched[index])].cost = Self.unreached }
    for slot in row where isSought(slot) {
      let cycle = cycles[slot &- row.lowerBound]
      if cycle == DetourTable.none {
        report(slot, horizon == DetourTable.none ? cycle : nil)
      } else {
        report(slot, cycle <= horizon ? cycle &- arcs[slot].cost : nil)
      }
    }
  }
}
