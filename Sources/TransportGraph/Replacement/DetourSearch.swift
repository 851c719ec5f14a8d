/// The ways from one node to its neighbours without the direct arc, all of them at once.
///
/// A way that visits no node twice uses an arc of its origin as its first step or not at all. So one
/// search that keeps at each node the best two costs by different first arcs tells, for each arc, the
/// least cost to its head by another first arc: the detour. It ends once no label can improve one.
///
/// For directed networks; where costs are symmetric, ``CycleSearch`` goes half as far.
///
/// Sources: E. W. Dijkstra (1959), Numerische Mathematik 1, 269–271, with two labels a node as in J. W.
/// Suurballe and R. E. Tarjan (1984), Networks 14, 325–336, who tell ways apart by their first step.
struct DetourSearch: ~Copyable {
  /// What has been settled at a node.
  private struct Label {
    /// The first arc of the shortest way, as a place in the origin's row.
    var first: UInt32
    /// Whether a second way, by another first arc, is settled as well.
    var isComplete: Bool
  }

  /// Labels settled before a search gives up: then closing a link in the hierarchy is cheaper, which
  /// costs some ten microseconds wherever the detour leads.
  static let labelLimit = 512
  private static let unsettled = UInt32.max

  private let placeBits: Int
  private let nodeBits: Int
  /// Dearer labels do not fit the heap's keys.
  private let maximumCost: UInt64
  private let first: UnsafePointer<UInt32>
  private let arcs: UnsafePointer<DetourGraph.Arc>
  private let labels: UnsafeMutablePointer<Label>
  private let touched: UnsafeMutablePointer<UInt32>
  private let heapMemory: UnsafeMutablePointer<UInt64>
  /// By place in the origin's row: the least detour met.
  private let detours: UnsafeMutablePointer<UInt64>
  /// Whether a node is the head of an arc whose detour is sought.
  private let isTarget: UnsafeMutablePointer<Bool>

  /// - Parameters:
  ///   - graph: what is searched; not empty.
  ///   - first, arcs: its rows, alive while this is.
  init(
    _ graph: DetourGraph, first: UnsafePointer<UInt32>, arcs: UnsafePointer<DetourGraph.Arc>
  ) {
    let count = graph.nodeCount
    let widest = graph.widestRow
    placeBits = UInt64.bitWidth - UInt64(max(1, widest)).leadingZeroBitCount
    nodeBits = graph.nodeBits
    maximumCost = UInt64.max >> UInt64(nodeBits + placeBits)
    self.first = first
    self.arcs = arcs
    labels = .allocate(capacity: count)
    labels.initialize(
      repeating: Label(first: Self.unsettled, isComplete: false), count: count)
    touched = .allocate(capacity: Self.labelLimit)
    // Each label settled pushes the arcs of its node once.
    heapMemory = .allocate(
      capacity: widest + min(2 * graph.arcs.count, Self.labelLimit * widest) + 1)
    detours = .allocate(capacity: widest + 1)
    isTarget = .allocate(capacity: count)
    isTarget.initialize(repeating: false, count: count)
  }

  deinit {
    labels.deallocate()
    touched.deallocate()
    heapMemory.deallocate()
    detours.deallocate()
    isTarget.deallocate()
  }

  /// Searches from a node.
  ///
  /// - Parameters:
  ///   - isSought: whether the arc in a slot of the origin's row has a detour to be found.
  ///   - report: receives each sought slot once, with the cost of its detour, ``DetourTable/none`` where
  ///     there is none, or nil where the search was given up before it knew.
  /// - Complexity: O(m (r + log m)) for the r arcs that leave the origin and the m arcs that leave the
  ///   nodes of the labels settled, at most ``labelLimit`` of these.
  @inline(__always)
  mutating func search(
    from origin: Int, isSought: (Int) -> Bool, report: (Int, UInt64?) -> Void
  ) {
    let first = first
    let arcs = arcs
    let labels = labels
    let detours = detours
    let isTarget = isTarget
    let placeBits = placeBits
    let row = Int(first[origin])..<Int(first[origin &+ 1])
    // Sought arcs start above all costs, others at the least, which nothing improves.
    var isAnySought = false
    for slot in row {
      let place = slot &- row.lowerBound
      detours[place] = 0
      if !isSought(slot) { continue }
      detours[place] = DetourTable.none
      isTarget[Int(arcs[slot].head)] = true
      isAnySought = true
    }
    if !isAnySought { return }

    var heap = SearchHeap<UInt64>(memory: heapMemory, rankBits: nodeBits &+ placeBits)
    var touchedCount = 0
    var settledCount = 0
    /// Ways below this cost have all been looked at.
    var horizon = DetourTable.none
    /// The dearest detour so far.
    var bound = DetourTable.none

    /// Notes a way to a target.
    @inline(__always)
    func improve(_ head: UInt32, cost: UInt64, by place: Int) {
      var greatest: UInt64 = 0
      for slot in row {
        let other = slot &- row.lowerBound
        if other != place, cost < detours[other], arcs[slot].head == head { detours[other] = cost }
        greatest = max(greatest, detours[other])
      }
      bound = greatest
    }

    /// Looks at one arc of a way by the first arc at `place`.
    @inline(__always)
    func look(_ arc: DetourGraph.Arc, cost: UInt64, by place: Int) {
      if isTarget[Int(arc.head)] { improve(arc.head, cost: cost, by: place) }
      if cost >= bound { return }
      let known = labels[Int(arc.head)]
      if known.isComplete || known.first == UInt32(truncatingIfNeeded: place) { return }
      if cost > maximumCost {
        horizon = min(horizon, maximumCost)
        return
      }
      heap.push(cost: cost, rank: Int(arc.head) &<< placeBits | place)
    }

    for slot in row { look(arcs[slot], cost: arcs[slot].cost, by: slot &- row.lowerBound) }
    while !heap.isEmpty {
      let (cost, packed) = heap.pop()
      if cost >= bound { break }
      let tail = packed &>> placeBits
      let place = packed & ((1 &<< placeBits) &- 1)
      let known = labels[tail]
      if known.isComplete || known.first == UInt32(truncatingIfNeeded: place) { continue }
      if settledCount == Self.labelLimit {
        horizon = cost
        break
      }
      settledCount &+= 1
      if known.first == Self.unsettled {
        labels[tail] = Label(first: UInt32(truncatingIfNeeded: place), isComplete: false)
        touched[touchedCount] = UInt32(truncatingIfNeeded: tail)
        touchedCount &+= 1
      } else {
        labels[tail].isComplete = true
      }
      for slot in Int(first[tail])..<Int(first[tail &+ 1]) {
        let arc = arcs[slot]
        if Int(arc.head) == origin { continue }
        look(arc, cost: cost &+ arc.cost, by: place)
      }
    }
    for index in 0..<touchedCount {
      labels[Int(touched[index])] = Label(first: Self.unsettled, isComplete: false)
    }
    for slot in row { isTarget[Int(arcs[slot].head)] = false }
    for slot in row where isSought(slot) {
      let cost = detours[slot &- row.lowerBound]
      report(slot, horizon == DetourTable.none || cost <= horizon ? cost : nil)
    }
  }
}
