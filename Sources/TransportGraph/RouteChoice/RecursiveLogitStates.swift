/// The states of a recursive logit: arcs, by the node that they leave, with what follows each.
///
/// Where states are nodes (``RecursiveLogit/States/nodes``) they are arcs all the same: what can be
/// expected after an arc then depends on its head alone.
struct RecursiveLogitStates: Sendable {
  let view: GraphView
  let model: RecursiveLogit
  /// Sorted by the rank of their tail.
  let codes: [ArcCode]
  /// The rank of the head of each.
  let heads: [Int32]
  /// θ times the cost of each, a natural logarithm of odds.
  let tolls: [Double]
  /// The links of the states, ascending.
  let links: [Int]
  /// For each state those that follow it, ascending, and itself.
  let pattern: SparsePattern
  /// The states that leave the node of rank r are `firstLeaving[r] ..< firstLeaving[r + 1]`.
  private let firstLeaving: [Int32]
  /// The states that enter the node of rank r are `entering[firstEntering[r] ..< firstEntering[r + 1]]`.
  private let firstEntering: [Int32]
  private let entering: [Int32]

  var count: Int { codes.count }

  /// - Parameter arcs: Open arcs, those that walks may use, each once.
  /// - Returns: nil without arcs, or where there is no memory for so many and what follows each.
  /// - Complexity: O(nodes + arcs × degree), and the order of elimination.
  init?(_ view: GraphView, _ arcs: [ArcCode], _ model: RecursiveLogit) {
    let graph = view.graph
    self.view = view
    self.model = model
    let nodeCount = graph.nodes.count
    let (firstLeaving, order) = Self.rows(arcs.map { graph.tailRank(of: $0) }, count: nodeCount)
    let codes = order.map { arcs[Int($0)] }
    let heads = codes.map { graph.headRank(of: $0) }
    // A junction of many arcs joins each of them with each: the library counts pairs in 32 bits.
    let pairCount = heads.reduce(arcs.count) { count, head in
      count + Int(firstLeaving[Int(head) + 1] - firstLeaving[Int(head)])
    }
    guard pairCount <= Int(Int32.max) else { return nil }
    let unit = view.profile.measure.impedancePerCostUnit
    tolls = codes.map { model.theta * (view.exactImpedance(of: $0.link) / unit) }
    (firstEntering, entering) = Self.rows(heads, count: nodeCount)
    var first: [Int32] = [0]
    var columns: [Int32] = []
    first.reserveCapacity(codes.count + 1)
    for (state, head) in heads.enumerated() {
      var hasOwn = false
      for next in Int(firstLeaving[Int(head)])..<Int(firstLeaving[Int(head) + 1]) {
        if model.states == .links && codes[next].link == codes[state].link { continue }
        if next > state && !hasOwn {
          columns.append(Int32(state))
          hasOwn = true
        }
        columns.append(Int32(next))
      }
      if !hasOwn { columns.append(Int32(state)) }
      first.append(Int32(columns.count))
    }
    guard let pattern = SparsePattern(first: first, columns: columns) else { return nil }
    links = Set(codes.map(\.link)).sorted()
    self.codes = codes
    self.heads = heads.map { Int32($0) }
    self.firstLeaving = firstLeaving
    self.pattern = pattern
  }

  /// Sorts positions into rows, in their order within each.
  private static func rows(_ rowOf: [UInt32], count: Int) -> (first: [Int32], items: [Int32]) {
    var next = [Int32](repeating: 0, count: count + 1)
    for row in rowOf { next[Int(row) + 1] += 1 }
    for row in 0..<count { next[row + 1] += next[row] }
    let first = next
    var items = [Int32](repeating: 0, count: rowOf.count)
    for (item, row) in rowOf.enumerated() {
      items[Int(next[Int(row)])] = Int32(item)
      next[Int(row)] += 1
    }
    return (first, items)
  }

  /// The entries of a state in the pattern.
  @inline(__always)
  func row(_ state: Int) -> Range<Int> {
    Int(pattern.first[state])..<Int(pattern.first[state + 1])
  }

  /// The states that leave a node.
  func leaving(_ rank: Int) -> Range<Int> {
    Int(firstLeaving[rank])..<Int(firstLeaving[rank + 1])
  }

  /// The states that enter a node.
  func entering(_ rank: Int) -> ArraySlice<Int32> {
    entering[Int(firstEntering[rank])..<Int(firstEntering[rank + 1])]
  }

  /// Whether one may go on from one state to the other, given that the second leaves where the first
  /// ends.
  @inline(__always)
  func mayFollow(_ state: Int, _ next: Int) -> Bool {
    model.states == .nodes || codes[state].link != codes[next].link
  }

  /// The rank of the node that a state leaves.
  func tail(_ state: Int) -> Int { Int(view.graph.tailRank(of: codes[state])) }
}

extension RecursiveLogitStates {
  /// The states from which a node can be reached, those first from which it costs least.
  ///
  /// Dijkstra's search, state by state: all that may go on to a state are reached by the first of those
  /// that they may go on to, so that each waits in the heap once.
  ///
  /// - Parameter end: A rank; who gets there stays.
  /// - Complexity: O(s log s + e) for s states and e pairs that follow each other.
  func nearestFirst(to end: Int) -> [Int32] {
    var isMet = [Bool](repeating: false, count: count)
    var order: [Int32] = []
    order.reserveCapacity(count)
    let bits = Int.bitWidth - count.leadingZeroBitCount
    return withUnsafeTemporaryAllocation(of: UInt128.self, capacity: count) { memory in
      guard let start = memory.baseAddress else { return [] }
      var heap = SearchHeap(memory: start, rankBits: bits)
      func meet(_ state: Int, cost: UInt128) {
        isMet[state] = true
        order.append(Int32(state))
        heap.push(
          cost: cost + UInt128(view.impedance(of: LinkID(codes[state].link))), rank: state)
      }
      for state in entering(end) { meet(Int(state), cost: 0) }
      while !heap.isEmpty {
        let (cost, next) = heap.pop()
        for state in entering(tail(next)) {
          let state = Int(state)
          if !isMet[state], mayFollow(state, next) { meet(state, cost: cost) }
        }
      }
      return order
    }
  }

  /// Whether each state can be reached from one of some nodes by walks that end at a node.
  ///
  /// - Parameters:
  ///   - starts: Ranks.
  ///   - end: A rank; who gets there stays.
  func reached(from starts: [Int], endingAt end: Int) -> [Bool] {
    var isMet = [Bool](repeating: false, count: count)
    var pending: [Int] = []
    for start in starts where start != end {
      for state in leaving(start) where !isMet[state] {
        isMet[state] = true
        pending.append(state)
      }
    }
    while let state = pending.popLast() {
      if Int(heads[state]) == end { continue }
      for next in leaving(Int(heads[state])) where !isMet[next] && mayFollow(state, next) {
        isMet[next] = true
        pending.append(next)
      }
    }
    return isMet
  }
}
