/// Contracts dead ends and chains: vertices with two neighbours at most, until none is left or
/// contracting them would make the elimination tree too high.
///
/// Contracting such a vertex adds at most the one edge between its neighbours, so no order of the
/// rest is made worse, and METIS has only the core of junctions to divide. Each round contracts
/// vertices that are not neighbours: a chain of k vertices then gives an elimination tree of depth
/// O(log k), where going along the chain would give k.
///
/// Of a ladder (two tracks with links between them) the four corners alone have two neighbours, and
/// without them those beside them: every round takes a rung, and the tree would be as high as the ladder
/// is long. So rounds end, and METIS cuts what is left in halves.
struct ChainContraction {
  /// More rounds than dead ends and chains need, of which each takes a share: the world's highways have
  /// 55, their last ones for such a ladder.
  static let maximumRounds = 64

  /// Contracted vertices, in order.
  private(set) var contracted: [UInt32] = []

  /// A row's first `degree` entries are its neighbours not yet contracted. A row never grows: the
  /// edge that a contraction adds takes the place of one to the contracted vertex.
  private let first: [Int]
  private var neighbours: [UInt32]
  /// Where each entry's edge stands in the row of its other end, so that no row need be searched for it.
  private var twin: [UInt32]
  private var degree: [Int]
  private var isContracted: [Bool]

  /// - Complexity: O(vertices + edges), and for each vertex contracted between two neighbours the smaller
  ///   of their degrees.
  init(_ graph: UndirectedGraph) {
    first = graph.first
    neighbours = graph.neighbours
    twin = Self.twins(graph)
    degree = (0..<graph.vertexCount).map { graph.first[$0 + 1] - graph.first[$0] }
    isContracted = Array(repeating: false, count: graph.vertexCount)
    contract()
  }

  private static func twins(_ graph: UndirectedGraph) -> [UInt32] {
    // The entries of other rows that lead to a vertex, in the place of its own row.
    var entering = [UInt32](repeating: 0, count: graph.neighbours.count)
    var next = graph.first
    for (entry, head) in graph.neighbours.enumerated() {
      entering[next[Int(head)]] = UInt32(entry)
      next[Int(head)] += 1
    }
    var twins = entering
    // By tail: its entry that leads to the vertex at hand.
    var entryFrom = [UInt32](repeating: 0, count: graph.vertexCount)
    var tail = 0
    var tails = [UInt32](repeating: 0, count: graph.neighbours.count)
    for entry in tails.indices {
      while entry >= graph.first[tail + 1] { tail += 1 }
      tails[entry] = UInt32(tail)
    }
    for vertex in 0..<graph.vertexCount {
      for slot in graph.slots(vertex) {
        entryFrom[Int(tails[Int(entering[slot])])] = entering[slot]
      }
      for slot in graph.slots(vertex) { twins[slot] = entryFrom[Int(graph.neighbours[slot])] }
    }
    return twins
  }

  /// Vertices not contracted, ascending: the core, where each has three neighbours or more unless rounds
  /// ended before.
  var core: [UInt32] {
    isContracted.indices.filter { !isContracted[$0] }.map { UInt32($0) }
  }

  /// The neighbours in the core of a vertex of the core.
  func row(_ vertex: UInt32) -> ArraySlice<UInt32> {
    let start = first[Int(vertex)]
    return neighbours[start..<(start + degree[Int(vertex)])]
  }

  private mutating func contract() {
    var round = 0
    // The last round in which a neighbour was contracted, and the last for which it was queued.
    var touchedIn = [Int](repeating: 0, count: degree.count)
    var queuedFor = [Int](repeating: 0, count: degree.count)
    var candidates = degree.indices.filter { degree[$0] <= 2 }
    while !candidates.isEmpty, round < Self.maximumRounds {
      round += 1
      var next: [Int] = []
      func queue(_ vertex: Int) {
        if queuedFor[vertex] == round { return }
        queuedFor[vertex] = round
        next.append(vertex)
      }
      for vertex in candidates where !isContracted[vertex] {
        if touchedIn[vertex] == round {
          queue(vertex)
          continue
        }
        let ends = row(UInt32(vertex)).map { Int($0) }
        isContracted[vertex] = true
        contracted.append(UInt32(vertex))
        let entries = (first[vertex]..<(first[vertex] + ends.count)).map { Int(twin[$0]) }
        if ends.count == 2, !areNeighbours(ends[0], ends[1]) {
          join(ends[0], at: entries[0], ends[1], at: entries[1])
        } else {
          for (end, entry) in zip(ends, entries) { remove(entry, of: end) }
        }
        for end in ends {
          touchedIn[end] = round
          if degree[end] <= 2 { queue(end) }
        }
      }
      candidates = next
    }
  }

  private func areNeighbours(_ a: Int, _ b: Int) -> Bool {
    degree[a] <= degree[b]
      ? row(UInt32(a)).contains(UInt32(b)) : row(UInt32(b)).contains(UInt32(a))
  }

  /// Writes the edge between two vertices over one entry of each.
  private mutating func join(_ a: Int, at entry: Int, _ b: Int, at otherEntry: Int) {
    neighbours[entry] = UInt32(b)
    neighbours[otherEntry] = UInt32(a)
    twin[entry] = UInt32(otherEntry)
    twin[otherEntry] = UInt32(entry)
  }

  /// Takes an entry out of a row; the last of the row takes its place.
  private mutating func remove(_ entry: Int, of vertex: Int) {
    degree[vertex] -= 1
    let last = first[vertex] + degree[vertex]
    neighbours[entry] = neighbours[last]
    twin[entry] = twin[last]
    twin[Int(twin[entry])] = UInt32(entry)
  }
}
