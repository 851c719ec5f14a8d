/// How a unit of flow between two nodes spreads over the links when it is shared equally among all
/// shortest routes (all-or-nothing assignment without an arbitrary choice at ties).
public struct LinkUse: Sendable {
  /// The share of the flow on one arc.
  public struct Entry: Hashable, Sendable {
    /// The link and the direction in which it is used.
    public let arc: Arc
    /// The probability that a traveller uses the arc; 0 … 1. A share below the least `Double`
    /// (about 1e-308) is 0.
    public let share: Double
  }

  /// Where the flow starts.
  public let origin: NodeID
  /// Where the flow ends.
  public let destination: NodeID
  /// Milliseconds or millimetres, the same on every shortest route.
  public let impedance: UInt64
  /// The arcs on shortest routes, sorted by link. No link is used in both directions.
  public let entries: [Entry]
  /// The mean length of the shortest routes.
  public let expectedLengthMeters: Double
  /// The mean travel time of the shortest routes, from times not rounded.
  public let expectedTravelTimeSeconds: Double

  private let routes: ShortestRoutes
  /// The position of the destination in `routes`.
  private let end: Int

  init(
    _ view: GraphView, from origin: NodeID, to destination: NodeID,
    costs: UnsafeBufferPointer<UInt64>
  ) {
    let rank = view.graph.rank(of: destination)
    let routes = ShortestRoutes(view, to: [rank], costs: costs)
    self.init(
      view, from: origin, to: destination, impedance: costs[rank], routes: routes,
      end: routes.ends[0])
  }

  /// - Parameters:
  ///   - routes: Those from the origin to any destinations, this one among them.
  ///   - end: The position of the destination in `routes`.
  init(
    _ view: GraphView, from origin: NodeID, to destination: NodeID, impedance: UInt64,
    routes: ShortestRoutes, end: Int
  ) {
    self.origin = origin
    self.destination = destination
    self.impedance = impedance
    self.routes = routes
    self.end = end
    var met: [Entry] = []
    // The link above the place in `met`: one word sorts faster than an entry.
    var order: [UInt64] = []
    met.reserveCapacity(routes.first[end + 1])
    order.reserveCapacity(routes.first[end + 1])
    routes.pushBack(from: CollectionOfOne(end), masses: CollectionOfOne(1)) { arc, share in
      order.append(UInt64(arc.link.index) << 32 | UInt64(met.count))
      met.append(Entry(arc: arc, share: share))
    }
    order.sort()
    var lengthMeters = 0.0
    var travelTimeSeconds = 0.0
    entries = order.map { key in
      let entry = met[Int(key & 0xFFFF_FFFF)]
      let link = entry.arc.link
      lengthMeters += entry.share * view.graph.links[link.index].lengthMeters
      travelTimeSeconds += entry.share * view.times.seconds(of: link)
      return entry
    }
    expectedLengthMeters = lengthMeters
    expectedTravelTimeSeconds = travelTimeSeconds
  }

  /// The probability that a traveller uses none of the links that the predicate names.
  ///
  /// One minus it is the probability of entering a province, when the predicate names the links that
  /// touch the province. It is not the product or sum of link shares: a route may use several.
  ///
  /// - Returns: 0 … 1; 1 where origin and destination are the same.
  /// - Complexity: O(arcs on shortest routes, those to other destinations of the same search included).
  public func probability(ofAvoiding predicate: (LinkID) -> Bool) -> Double {
    // Rounding may leave a sum of shares a hair above 1.
    min(1, routes.share(to: end) { !predicate($0) })
  }
}

/// What a search for link use found.
public enum LinkUseOutcome: Sendable {
  /// The use of links.
  case use(LinkUse)
  /// There is no route, and why.
  case unreachable(Unreachable)

  /// The use, where there is a route.
  public var use: LinkUse? {
    if case .use(let use) = self { use } else { nil }
  }
}

extension GraphView {
  /// The use of links between two nodes, shared equally among all shortest routes.
  ///
  /// - Complexity: that of ``route(from:to:)`` and O(k log k) for the k arcs on shortest routes.
  public func use(from origin: NodeID, to destination: NodeID) -> LinkUseOutcome {
    withCosts(from: origin, to: destination) { costs in
      LinkUse(self, from: origin, to: destination, costs: costs)
    }.map { .use($0) } ?? .unreachable(reason(from: origin, to: destination))
  }

  /// The use of links from one node to each of many, from one search.
  ///
  /// - Returns: One outcome for each destination, in their order.
  public func uses(from origin: NodeID, to destinations: [NodeID]) -> [LinkUseOutcome] {
    searchOnce(from: origin, to: destinations) { destination, costs in
      .use(LinkUse(self, from: origin, to: destination, costs: costs))
    } unreachable: {
      .unreachable($0)
    }
  }
}
