/// Which closed links must reopen for a node to be reached: the fewest, and among those the ones on
/// the cheapest way.
///
/// Dijkstra's algorithm with pairs as costs: links to reopen first, impedance second. It runs only
/// once a route is known not to exist.
struct ReopeningSearch {
  /// A pair packed so that it compares as one: the links to reopen (at most 24 bits, as many as
  /// nodes) above the impedance (62 bits). With a rank of 24 bits it fits the heap's 128.
  private typealias Cost = UInt128

  private let view: GraphView
  private let origin: Int
  /// Whether excluded links may reopen, too.
  private let includesExcluded: Bool
  /// Least cost by rank; `unreached` where one-way links allow no path even with every link open.
  private var costs: [Cost]
  private static let unreached = Cost.max

  /// - Complexity: O(arcs log arcs).
  init(_ view: GraphView, from origin: NodeID, includingExcluded includesExcluded: Bool = false) {
    let graph = view.graph
    self.view = view
    self.includesExcluded = includesExcluded
    self.origin = graph.rank(of: origin)
    costs = Array(repeating: Self.unreached, count: graph.nodes.count)
    costs[self.origin] = 0
    let arcs = view.outgoingArcs
    graph.searchSpaces.withSpace { space in
      var heap = space.heap(of: Cost.self, rankBits: view.rankBits)
      heap.push(cost: 0, rank: self.origin)
      while !heap.isEmpty {
        let (cost, tail) = heap.pop()
        guard cost == costs[tail] else { continue }
        for slot in graph.outgoing.slots(tail) {
          let head: Int
          let candidate: Cost
          if arcs[slot] == PackedArc.closed {
            let code = graph.outgoing.codes[slot]
            guard mayUse(code) else { continue }
            head = Int(graph.headRank(of: code))
            candidate = cost + step(code)
          } else {
            head = Int(arcs[slot] & PackedArc.rankMask)
            candidate = cost + Cost(arcs[slot] >> PackedArc.rankBits)
          }
          if costs[head] <= candidate { continue }
          costs[head] = candidate
          heap.push(cost: candidate, rank: head)
        }
      }
    }
  }

  /// The closed links on the best way to a node, in the order of travel; nil where there is no way
  /// even with every link open. Ties are broken as in ``CanonicalRoute``.
  func links(to destination: NodeID) -> [LinkID]? {
    let graph = view.graph
    var node = graph.rank(of: destination)
    guard costs[node] != Self.unreached else { return nil }
    var links: [LinkID] = []
    while node != origin {
      let entering = graph.incoming.slots(node).map { graph.incoming.codes[$0] }
      let tight = entering.filter { code in
        let cost = costs[Int(graph.tailRank(of: code))]
        return mayUse(code) && cost != Self.unreached && cost + step(code) == costs[node]
      }
      let best = tight.min { a, b in
        (costs[Int(graph.tailRank(of: a))], graph.links[a.link].id)
          < (costs[Int(graph.tailRank(of: b))], graph.links[b.link].id)
      }
      guard let best else { preconditionFailure("a reached node has an arc on a best way") }
      if view.isClosed(best.arc.link) { links.append(best.arc.link) }
      node = Int(graph.tailRank(of: best))
    }
    return links.reversed()
  }

  private func mayUse(_ code: ArcCode) -> Bool {
    includesExcluded || !view.isExcluded(code.arc.link)
  }

  private func step(_ code: ArcCode) -> Cost {
    let link = code.arc.link
    let impedance = Cost(view.impedance(of: link))
    return view.isClosed(link) ? 1 << 62 | impedance : impedance
  }
}
