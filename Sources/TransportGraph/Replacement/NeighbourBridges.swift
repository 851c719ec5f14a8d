/// Pairs of neighbours that nothing but the links between them joins: the bridges of the graph in which
/// all open links between two nodes count as one edge, whatever their direction.
///
/// A way that visits no node twice and leads from one end of a bridge to the other is one link long.
///
/// Source: R. E. Tarjan (1974), A note on finding the bridges of a graph, Information Processing
/// Letters 2(6), 160–161, without recursion.
struct NeighbourBridges {
  /// By rank: the neighbour over a bridge that is nearer to the root of the search, if any.
  private let bridgeParent: [UInt32]
  private static let none = UInt32.max

  /// What the search knows of a node.
  private struct Visit {
    /// The order in which nodes are met, from 1; 0 before.
    var number: UInt32 = 0
    /// The earliest that the node's subtree leads back to.
    var low: UInt32 = 0
    var parent = NeighbourBridges.none
    /// The next of the arcs at the node.
    var next: UInt32 = 0
  }

  /// - Complexity: O(nodes + arcs).
  init(_ view: GraphView) {
    let count = view.graph.nodes.count
    bridgeParent = Array(unsafeUninitializedCapacity: count) { memory, initializedCount in
      memory.initialize(repeating: Self.none)
      initializedCount = count
      guard let bridgeParent = memory.baseAddress else { return }
      withUnsafeTemporaryAllocation(of: Visit.self, capacity: count) { visits in
        withUnsafeTemporaryAllocation(of: UInt32.self, capacity: count) { path in
          visits.initialize(repeating: Visit())
          guard let visits = visits.baseAddress, let path = path.baseAddress else { return }
          Self.search(view, visits, path: path, into: bridgeParent)
        }
      }
    }
  }

  /// - Parameters:
  ///   - visits: of nodes that have not been met.
  ///   - path: room for as many nodes.
  private static func search(
    _ view: GraphView, _ visits: UnsafeMutablePointer<Visit>, path: UnsafeMutablePointer<UInt32>,
    into bridgeParent: UnsafeMutablePointer<UInt32>
  ) {
    let (outgoing, incoming) = (view.graph.outgoing.first, view.graph.incoming.first)
    let (outgoingArcs, incomingArcs) = (view.outgoingArcs, view.incomingArcs)
    // What enters a node comes from where what leaves it leads to, if all links are two-way.
    let hasOneWayLinks = view.graph.hasOneWayLinks
    var met: UInt32 = 0
    for root in 0..<view.graph.nodes.count where visits[root].number == 0 {
      var length = 1
      path[0] = UInt32(truncatingIfNeeded: root)
      met &+= 1
      visits[root].number = met
      visits[root].low = met
      while length > 0 {
        let node = Int(path[length &- 1])
        let visit = visits + node
        let leaving = Int(outgoing[node])..<Int(outgoing[node &+ 1])
        var entering = 0..<0
        if hasOneWayLinks { entering = Int(incoming[node])..<Int(incoming[node &+ 1]) }
        var place = Int(visit.pointee.next)
        var below: Int?
        while place < leaving.count &+ entering.count {
          let arc =
            place < leaving.count
            ? outgoingArcs[leaving.lowerBound &+ place]
            : incomingArcs[entering.lowerBound &+ place &- leaving.count]
          place &+= 1
          if arc == PackedArc.closed { continue }
          let other = Int(arc & PackedArc.rankMask)
          let number = visits[other].number
          if number == 0 {
            below = other
            break
          }
          if other != Int(visit.pointee.parent) {
            visit.pointee.low = min(visit.pointee.low, number)
          }
        }
        visit.pointee.next = UInt32(truncatingIfNeeded: place)
        if let below {
          met &+= 1
          visits[below].number = met
          visits[below].low = met
          visits[below].parent = UInt32(truncatingIfNeeded: node)
          path[length] = UInt32(truncatingIfNeeded: below)
          length &+= 1
        } else {
          length &-= 1
          if length == 0 { break }
          let above = visits + Int(path[length &- 1])
          above.pointee.low = min(above.pointee.low, visit.pointee.low)
          if visit.pointee.low > above.pointee.number { bridgeParent[node] = path[length &- 1] }
        }
      }
    }
  }

  /// The neighbour over a bridge that is nearer to the root of the search; each bridge is told by one of
  /// its ends.
  @inline(__always)
  func parent(of rank: Int) -> Int? {
    bridgeParent[rank] == Self.none ? nil : Int(bridgeParent[rank])
  }

  /// Whether two neighbours are joined by nothing else.
  @inline(__always)
  func joins(_ a: Int, _ b: Int) -> Bool {
    bridgeParent[a] == UInt32(truncatingIfNeeded: b)
      || bridgeParent[b] == UInt32(truncatingIfNeeded: a)
  }
}
