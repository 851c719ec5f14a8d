/// Who is joined to whom by at least one link, whatever its direction and however many there are.
///
/// Vertices are ranks of a ``TransportGraph``, or a subset of them numbered anew.
struct UndirectedGraph {
  /// The neighbours of vertex `v` are `neighbours[first[v] ..< first[v + 1]]`, each once.
  private(set) var first: [Int]
  private(set) var neighbours: [UInt32]

  var vertexCount: Int { first.count - 1 }

  /// - Complexity: O(nodes + links).
  init(_ graph: TransportGraph) {
    let count = graph.nodes.count
    var next = [Int](repeating: 0, count: count + 1)
    for link in graph.links.indices {
      next[Int(graph.fromRank[link]) + 1] += 1
      next[Int(graph.toRank[link]) + 1] += 1
    }
    for vertex in 0..<count { next[vertex + 1] += next[vertex] }
    let rows = next
    var ends = [UInt32](repeating: 0, count: 2 * graph.links.count)
    for link in graph.links.indices {
      let (from, to) = (graph.fromRank[link], graph.toRank[link])
      ends[next[Int(from)]] = to
      next[Int(from)] += 1
      ends[next[Int(to)]] = from
      next[Int(to)] += 1
    }
    // Parallel links join the same two vertices once.
    first = [0]
    first.reserveCapacity(count + 1)
    neighbours = []
    neighbours.reserveCapacity(ends.count)
    var lastSeenFrom = [UInt32](repeating: .max, count: count)
    for vertex in 0..<count {
      for end in ends[rows[vertex]..<rows[vertex + 1]] where lastSeenFrom[Int(end)] != vertex {
        lastSeenFrom[Int(end)] = UInt32(vertex)
        neighbours.append(end)
      }
      first.append(neighbours.count)
    }
  }

  /// - Parameter rows: The neighbours of each vertex; symmetric, without repetitions.
  init(rows: some Sequence<some Sequence<UInt32>>) {
    first = [0]
    neighbours = []
    for row in rows {
      neighbours.append(contentsOf: row)
      first.append(neighbours.count)
    }
  }

  func slots(_ vertex: Int) -> Range<Int> {
    first[vertex]..<first[vertex + 1]
  }

  func row(_ vertex: Int) -> ArraySlice<UInt32> {
    neighbours[slots(vertex)]
  }
}
