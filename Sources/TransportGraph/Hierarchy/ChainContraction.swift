/// Contracts dead ends and chains: vertices with two neighbours at most, until none is left.
///
/// Contracting such a vertex adds at most the one edge between its neighbours, so no order of the
/// rest is made worse, and METIS has only the core of junctions to divide. Each round contracts
/// vertices that are not neighbours: a chain of k vertices then gives an elimination tree of depth
/// O(log k), where going along the chain would give k.
struct ChainContraction {
  /// Contracted vertices, in order.
  private(set) var contracted: [UInt32] = []

  /// A row's first `degree` entries are its neighbours not yet contracted. A row never grows: the
  /// edge that a contraction adds takes the place of one to the contracted vertex.
  private let first: [Int]
  private var neighbours: [UInt32]
  private var degree: [Int]
  private var isContracted: [Bool]

  /// - Complexity: O(vertices + edges), and for each contraction the degrees of its neighbours.
  init(_ graph: UndirectedGraph) {
    first = graph.first
    neighbours = graph.neighbours
    degree = (0..<graph.vertexCount).map { graph.first[$0 + 1] - graph.first[$0] }
    isContracted = Array(repeating: false, count: graph.vertexCount)
    contract()
  }

  /// Vertices not contracted, ascending: the core, where each has three neighbours or more.
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
    while !candidates.isEmpty {
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
        for (index, end) in ends.enumerated() {
          let other = ends.count == 2 ? ends[1 - index] : nil
          replace(vertex, by: other, at: end)
        }
        for end in ends {
          touchedIn[end] = round
          if degree[end] <= 2 { queue(end) }
        }
      }
      candidates = next
    }
  }

  /// Writes `other` where `vertex` stood in a row, or takes the entry out where `other` is nil or a
  /// neighbour already.
  private mutating func replace(_ vertex: Int, by other: Int?, at end: Int) {
    let slots = first[end]..<(first[end] + degree[end])
    guard let slot = slots.first(where: { neighbours[$0] == vertex }) else { return }
    if let other, !slots.contains(where: { neighbours[$0] == other }) {
      neighbours[slot] = UInt32(other)
    } else {
      degree[end] -= 1
      neighbours[slot] = neighbours[first[end] + degree[end]]
    }
  }
}
