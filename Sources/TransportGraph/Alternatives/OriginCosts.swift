/// Least costs from one origin to whichever nodes are asked for, and the arcs that enter nodes in
/// one view.
///
/// Costs are filled beforehand by a search, or each where it is first asked for by a hierarchy. Arcs
/// are named by their slot among the entering arcs of the graph.
struct OriginCosts {
  let view: GraphView
  /// The rank of the origin.
  let origin: Int
  private let first: UnsafeBufferPointer<UInt32>
  private let arcs: UnsafeBufferPointer<UInt64>
  private let codes: UnsafeBufferPointer<ArcCode>
  private let space: SearchSpace
  /// Answers for nodes whose cost `space` does not hold yet; nil where it holds all of them.
  private let lazy: LazyCosts?
  /// By rank, the positions that `lazy` counts in.
  private let positions: UnsafeBufferPointer<UInt32>

  /// One flag a rank, false between searches, for nodes that a route may not enter.
  var isBlocked: UnsafeMutablePointer<Bool> { space.marks }

  /// Lends the costs of a search over the whole view.
  static func searched<Result>(
    _ view: GraphView, from origin: NodeID, _ body: (OriginCosts) -> Result
  ) -> Result {
    let noPositions = UnsafeBufferPointer<UInt32>(start: nil, count: 0)
    return lend(view, from: origin, lazy: nil, positions: noPositions) { costs in
      Dijkstra.search(view, from: costs.origin, targetCount: 0, in: costs.space)
      return body(costs)
    }
  }

  /// Lends costs that a hierarchy computes where they are asked for.
  ///
  /// Only nodes in the origin's piece of the network may be asked for.
  static func lazily<Result>(
    _ metric: HierarchyMetric, from origin: NodeID, _ body: (OriginCosts) -> Result
  ) -> Result {
    let hierarchy = metric.hierarchy
    return hierarchy.spaces.withSpace { space in
      metric.withCosts { upward, downward in
        let query = HierarchyQuery(
          topology: hierarchy.topology, upward: upward, downward: downward)
        return lend(
          metric.view, from: origin,
          lazy: LazyCosts(query, from: hierarchy.position(of: origin), in: space),
          positions: UnsafeBufferPointer(
            start: hierarchy.positionOfRank, count: hierarchy.graph.nodes.count), body)
      }
    }
  }

  private static func lend<Result>(
    _ view: GraphView, from origin: NodeID, lazy: LazyCosts?,
    positions: UnsafeBufferPointer<UInt32>,
    _ body: (OriginCosts) -> Result
  ) -> Result {
    let graph = view.graph
    return graph.searchSpaces.withSpace { space in
      graph.incoming.first.withUnsafeBufferPointer { first in
        view.incomingArcs.withUnsafeBufferPointer { arcs in
          graph.incoming.codes.withUnsafeBufferPointer { codes in
            body(
              OriginCosts(
                view: view, origin: graph.rank(of: origin), first: first, arcs: arcs,
                codes: codes, space: space, lazy: lazy, positions: positions))
          }
        }
      }
    }
  }

  /// The least cost to a node, `SearchSpace.unreached` where no open way leads.
  @inline(__always)
  func cost(to rank: Int) -> UInt64 {
    let known = space.costs[rank]
    if known != SearchSpace.unreached { return known }
    return computedCost(to: rank)
  }

  private func computedCost(to rank: Int) -> UInt64 {
    guard let lazy else { return SearchSpace.unreached }
    let cost = lazy.cost(to: Int(positions[rank]))
    guard cost < .infinity else { return SearchSpace.unreached }
    space.reach(rank, cost: UInt64(cost))
    return UInt64(cost)
  }

  /// The slots of the arcs that enter a node, closed ones too.
  @inline(__always)
  func slots(enter rank: Int) -> Range<Int> {
    Int(first[rank])..<Int(first[rank &+ 1])
  }

  /// Where an arc starts and what it costs; nil where it is closed.
  @inline(__always)
  func openArc(_ slot: Int) -> (tail: Int, impedance: UInt64)? {
    let arc = arcs[slot]
    guard arc != PackedArc.closed else { return nil }
    return (Int(truncatingIfNeeded: arc & PackedArc.rankMask), arc &>> PackedArc.rankBits)
  }

  /// The rank of the node that an open arc leaves.
  func tail(_ slot: UInt32) -> Int {
    Int(arcs[Int(slot)] & PackedArc.rankMask)
  }

  func impedance(_ slot: UInt32) -> UInt64 {
    arcs[Int(slot)] >> PackedArc.rankBits
  }

  @inline(__always)
  func code(_ slot: Int) -> ArcCode {
    codes[slot]
  }

  /// Whether the rule for equally short routes takes one arc rather than another that enters the
  /// same node: by the cost of its tail, then by its link's identifier.
  func precedes(_ slot: UInt32, _ other: UInt32) -> Bool {
    let (start, otherStart) = (cost(to: tail(slot)), cost(to: tail(other)))
    if start != otherStart { return start < otherStart }
    let links = view.graph.links
    return links[codes[Int(slot)].link].id < links[codes[Int(other)].link].id
  }

  /// The last arc of the one shortest route to a node; see ``CanonicalRoute``.
  ///
  /// - Precondition: The node can be reached and is not the origin.
  func lastSlot(to rank: Int) -> UInt32 {
    let least = cost(to: rank)
    var best: UInt32?
    for slot in slots(enter: rank) {
      guard let arc = openArc(slot) else { continue }
      let start = cost(to: arc.tail)
      guard start != SearchSpace.unreached, start + arc.impedance == least else { continue }
      let candidate = UInt32(slot)
      if let known = best, !precedes(candidate, known) { continue }
      best = candidate
    }
    guard let best else { preconditionFailure("a reached node has an arc on a shortest route") }
    return best
  }

  /// Appends the one shortest route to a node, from the node back to the origin.
  ///
  /// - Complexity: O(arcs that enter the route's nodes).
  func appendShortestRoute(to rank: Int, to slots: inout [UInt32]) {
    var node = rank
    while node != origin {
      let slot = lastSlot(to: node)
      slots.append(slot)
      node = tail(slot)
    }
  }

  /// The route along arcs listed from the destination back.
  func route(_ slots: [UInt32], to destination: NodeID) -> Route {
    Route(
      view: view, from: view.graph.node(rank: origin), to: destination,
      arcs: slots.reversed().map { codes[Int($0)].arc },
      impedance: slots.reduce(0) { $0 + impedance($1) })
  }
}
