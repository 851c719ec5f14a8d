/// All loopless routes that end alike: with arcs known from the destination back to a spur node, and
/// entering that by none of some arcs.
///
/// Source: E. L. Lawler (1972), A procedure for computing the k best solutions to discrete
/// optimization problems and its application to the shortest path problem, Management Science 18,
/// 401–405.
struct RouteBundle {
  /// The route told before whose end the bundle shares, by its turn.
  var parent: Int
  /// The number of arcs shared, from the destination back.
  var sharedCount: Int
  /// Arcs by which the routes told before enter the spur node.
  var banned: BannedArcs
  /// No route of the bundle costs less. Exact once the best one is known.
  var cost: UInt64
  /// The arc by which a route of that cost may enter the spur node, the first by the rule among such;
  /// nil once a search has refuted it.
  var first: UInt32?
  /// The arcs of the best route, from the destination back; nil until known.
  var best: [UInt32]?
  /// Nodes that the next search may settle before it pauses.
  var effort = 64
}

/// Bundles by what they cost, as a binary heap.
///
/// Of equally dear ones the bundle whose known arcs come first by the rule leads. Known arcs that
/// begin another's lead it, for the bundle may hold routes that come before: so a route leads only
/// where no other bundle can hold one before it.
struct RouteBundleQueue {
  private var bundles: [RouteBundle] = []

  /// The cost of the bundle that leads.
  var leastCost: UInt64? { bundles.first?.cost }

  mutating func push(_ bundle: RouteBundle, _ precedes: (RouteBundle, RouteBundle) -> Bool) {
    var hole = bundles.count
    bundles.append(bundle)
    while hole > 0 {
      let parent = (hole - 1) / 2
      guard precedes(bundle, bundles[parent]) else { break }
      bundles.swapAt(hole, parent)
      hole = parent
    }
  }

  mutating func pop(_ precedes: (RouteBundle, RouteBundle) -> Bool) -> RouteBundle? {
    guard let last = bundles.popLast() else { return nil }
    guard let top = bundles.first else { return last }
    bundles[0] = last
    var hole = 0
    while true {
      var child = 2 * hole + 1
      guard child < bundles.count else { break }
      if child + 1 < bundles.count, precedes(bundles[child + 1], bundles[child]) { child += 1 }
      guard precedes(bundles[child], bundles[hole]) else { break }
      bundles.swapAt(hole, child)
      hole = child
    }
    return top
  }
}
