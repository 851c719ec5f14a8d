/// Pairs of neighbours that nothing but the links between them joins: the bridges of the graph in which
/// all open links between two nodes count as one edge, whatever their direction.
///
/// A way that visits no node twice and leads from one end of a bridge to the other is one link long.
///
/// Source: R. E. Tarjan (1974), A note on finding the bridges of a graph, Information Processing
/// Letters 2(6), 160–161, without recursion.
struct NeighbourBridges {
  /// By rank: the neighbour over a bridge that is nearer to the root of the search, if any.
  private var bridgeParent: [UInt32]
  private static let none = UInt32.max

  /// - Complexity: O(nodes + arcs).
  init(_ view: GraphView) {
    let count = view.graph.nodes.count
    bridgeParent = Array(repeating: Self.none, count: count)
    /// The order in which nodes are met, from 1; the earliest that a node's subtree leads back to.
    var number = [UInt32](repeating: 0, count: count)
    var low = number
    var parent = [UInt32](repeating: Self.none, count: count)
    /// The next arc of each node, leaving it first, then (one-way ones) entering it.
    var next = number
    var met: UInt32 = 0
    var path: [Int] = []
    let outgoing = view.graph.outgoing
    let incoming = view.graph.incoming

    func meet(_ node: Int) {
      met += 1
      number[node] = met
      low[node] = met
      path.append(node)
    }
    for root in 0..<count where number[root] == 0 {
      meet(root)
      while let node = path.last {
        let leaving = outgoing.slots(node)
        let entering = incoming.slots(node)
        let place = Int(next[node])
        if place < leaving.count + entering.count {
          next[node] += 1
          let arc =
            place < leaving.count
            ? view.outgoingArcs[leaving.lowerBound + place]
            : view.incomingArcs[entering.lowerBound + place - leaving.count]
          if arc == PackedArc.closed { continue }
          let other = Int(arc & PackedArc.rankMask)
          if number[other] == 0 {
            parent[other] = UInt32(node)
            meet(other)
          } else if other != Int(parent[node]) {
            low[node] = min(low[node], number[other])
          }
        } else {
          path.removeLast()
          guard let above = path.last else { continue }
          low[above] = min(low[above], low[node])
          if low[node] > number[above] { bridgeParent[node] = UInt32(above) }
        }
      }
    }
  }

  /// Whether two neighbours are joined by nothing else.
  @inline(__always)
  func joins(_ a: Int, _ b: Int) -> Bool {
    bridgeParent[a] == UInt32(b) || bridgeParent[b] == UInt32(a)
  }
}
