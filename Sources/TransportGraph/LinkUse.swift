/// How a unit of flow between two nodes spreads over the links, by a ``RouteChoiceModel``.
public struct LinkUse: Sendable {
  /// The share of the flow on one arc.
  public struct Entry: Hashable, Sendable {
    /// The link and the direction in which it is used.
    public let arc: Arc
    /// The expected number of times that a traveller uses the arc. Where no way uses a link twice
    /// (``LinkUse/usesLinksOnce``), the probability of using it, 0 … 1. A share below the least `Double`
    /// (about 1e-308) is 0.
    public let share: Double
  }

  /// Where the flow starts.
  public let origin: NodeID
  /// Where the flow ends.
  public let destination: NodeID
  /// Milliseconds or millimetres of the shortest routes.
  public let impedance: UInt64
  /// The arcs used, sorted by link, of one link the forward arc first. Where all routes are shortest ones
  /// no link is used in both directions.
  public let entries: [Entry]
  /// The mean length of the ways.
  public let expectedLengthMeters: Double
  /// The mean travel time of the ways, from times not rounded.
  public let expectedTravelTimeSeconds: Double

  /// What the use was computed from.
  private enum Basis: Sendable {
    /// All shortest routes, to the node at a position.
    case shortest(RouteBush, end: Int)
    /// All efficient routes, to the node at a position.
    case efficient(RouteBush, end: Int)
    /// Some routes with their probabilities.
    case alternatives(RouteShares)
    /// All walks of a recursive logit from the node of a rank; what ``decidingLinks`` tells.
    case walks(RecursiveLogitWalks, start: Int, decidingLinks: [LinkID]?)
  }
  private let basis: Basis

  init(
    _ view: GraphView, from origin: NodeID, to destination: NodeID,
    costs: UnsafeBufferPointer<UInt64>
  ) {
    let rank = view.graph.rank(of: destination)
    let routes = RouteBush(view, to: [rank], costs: costs)
    self.init(
      view, from: origin, to: destination, impedance: costs[rank], routes: routes,
      end: routes.ends[0])
  }

  /// The use of all shortest routes.
  ///
  /// - Parameters:
  ///   - routes: Those from the origin to any destinations, this one among them.
  ///   - end: The position of the destination in `routes`.
  init(
    _ view: GraphView, from origin: NodeID, to destination: NodeID, impedance: UInt64,
    routes: RouteBush, end: Int
  ) {
    self.init(
      view, from: origin, to: destination, impedance: impedance, basis: .shortest(routes, end: end),
      entries: Self.entries(routes, to: end))
  }

  /// The use of efficient routes, by a bush that ends with the destination.
  init(
    _ view: GraphView, from origin: NodeID, to destination: NodeID, impedance: UInt64,
    efficient routes: RouteBush, end: Int
  ) {
    self.init(
      view, from: origin, to: destination, impedance: impedance,
      basis: .efficient(routes, end: end), entries: Self.entries(routes, to: end))
  }

  /// The use of alternatives.
  ///
  /// - Parameters:
  ///   - view: The one that the alternatives are of.
  ///   - shares: At least one of its routes is there.
  /// - Complexity: O(links / 32 + arcs of all routes together).
  public init(_ view: GraphView, _ shares: RouteShares) {
    let entries = Self.entries(shares, linkCount: view.graph.links.count)
    let best = shares.set.best
    self.init(
      view, from: best.origin, to: best.destination, impedance: best.impedance,
      basis: .alternatives(shares), entries: entries)
  }

  /// The use of walks of a recursive logit.
  ///
  /// - Parameters:
  ///   - walks: Those from the origin, whose rank is `start`, and perhaps others.
  ///   - entries: Of those from the origin.
  init(
    _ view: GraphView, from origin: NodeID, to destination: NodeID, impedance: UInt64,
    walks: RecursiveLogitWalks, start: Int, entries: [Entry], decidingLinks: [LinkID]?
  ) {
    self.init(
      view, from: origin, to: destination, impedance: impedance,
      basis: .walks(walks, start: start, decidingLinks: decidingLinks), entries: entries)
  }

  private init(
    _ view: GraphView, from origin: NodeID, to destination: NodeID, impedance: UInt64,
    basis: Basis, entries: [Entry]
  ) {
    self.origin = origin
    self.destination = destination
    self.impedance = impedance
    self.basis = basis
    self.entries = entries
    var lengthMeters = 0.0
    var travelTimeSeconds = 0.0
    for entry in entries {
      lengthMeters += entry.share * view.graph.lengthMeters(of: entry.arc.link)
      travelTimeSeconds += entry.share * view.times.seconds(of: entry.arc.link)
    }
    expectedLengthMeters = lengthMeters
    expectedTravelTimeSeconds = travelTimeSeconds
  }

  /// The share of each arc of alternatives, summed in the order of the routes.
  private static func entries(_ shares: RouteShares, linkCount: Int) -> [Entry] {
    let wordCount = linkCount / 32 + 1
    // One bit an arc, by code; by word, how many arcs come before it.
    return withUnsafeTemporaryAllocation(of: UInt64.self, capacity: wordCount) { isUsed in
      withUnsafeTemporaryAllocation(of: Int32.self, capacity: wordCount) { countBefore in
        isUsed.initialize(repeating: 0)
        func place(_ arc: Arc) -> (word: Int, bit: UInt64) {
          let code = Int(ArcCode(link: arc.link.index, isForward: arc.isForward).rawValue)
          return (code / 64, 1 << UInt64(code % 64))
        }
        for route in shares.set.routes {
          for arc in route.arcs {
            let (word, bit) = place(arc)
            isUsed[word] |= bit
          }
        }
        var count: Int32 = 0
        for word in 0..<wordCount {
          countBefore[word] = count
          count += Int32(isUsed[word].nonzeroBitCount)
        }
        var sums = [Double](repeating: 0, count: Int(count))
        for (route, probability) in zip(shares.set.routes, shares.probabilities) {
          for arc in route.arcs {
            let (word, bit) = place(arc)
            sums[Int(countBefore[word]) + (isUsed[word] & (bit - 1)).nonzeroBitCount] += probability
          }
        }
        var entries: [Entry] = []
        entries.reserveCapacity(sums.count)
        for word in 0..<wordCount {
          var rest = isUsed[word]
          while rest != 0 {
            let code = 64 * word + rest.trailingZeroBitCount
            entries.append(
              Entry(
                arc: Arc(link: LinkID(code / 2), isForward: code & 1 == 0),
                share: sums[entries.count]))
            rest &= rest - 1
          }
        }
        return entries
      }
    }
  }

  /// The share of each arc on the way to a node.
  private static func entries(_ routes: RouteBush, to end: Int) -> [Entry] {
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
    return order.map { met[Int($0 & 0xFFFF_FFFF)] }
  }

  /// Whether no traveller uses a link twice, so that shares are probabilities.
  public var usesLinksOnce: Bool {
    switch basis {
    case .shortest, .efficient, .alternatives: true
    case .walks: false
    }
  }

  /// The alternatives with their probabilities; nil under a model that lists none.
  public var alternatives: RouteShares? {
    if case .alternatives(let shares) = basis { shares } else { nil }
  }

  /// Links of which one must change for the use to change, as long as links only become dearer or
  /// close; nil where any link may.
  ///
  /// The use then stays the same to the last bit. What changes the use of another link is told too:
  /// these are more than the links used.
  public var decidingLinks: [LinkID]? {
    switch basis {
    // Shortest routes cost what they did, and others no less.
    case .shortest: entries.map(\.arc.link)
    case .alternatives(let shares): shares.decidingLinks
    // Any link may change what is efficient.
    case .efficient: nil
    case .walks(_, _, let links): links
    }
  }

  /// The probability that a traveller uses none of the links that the predicate names.
  ///
  /// One minus it is the probability of entering a province, when the predicate names the links that
  /// touch the province. It is not the product or sum of link shares: a route may use several.
  ///
  /// - Returns: 0 … 1; 1 where origin and destination are the same.
  /// - Complexity: O(arcs of the ways among which travellers choose; of shortest routes, those to other
  ///   destinations of the same search included). Of a recursive logit that of a sparse elimination, once
  ///   for each destination and set of links.
  public func probability(ofAvoiding predicate: (LinkID) -> Bool) -> Double {
    let probability =
      switch basis {
      case .shortest(let routes, let end), .efficient(let routes, let end):
        routes.share(to: end) { !predicate($0) }
      case .walks(let walks, let start, _):
        walks.probability(from: start, ofAvoiding: predicate)
      case .alternatives(let shares):
        zip(shares.set.routes, shares.probabilities).reduce(0) { sum, choice in
          choice.0.arcs.contains { predicate($0.link) } ? sum : sum + choice.1
        }
      }
    // Rounding may leave a sum of shares a hair above 1.
    return min(1, probability)
  }
}

extension LinkUse {
  /// ``probability(ofAvoiding:)`` for groups of links, to the last bit, from one look at the ways where they
  /// are listed.
  ///
  /// - Parameters:
  ///   - groups: Those asked about.
  ///   - count: The number of all groups.
  ///   - forEachGroup: Calls its second argument with each group that holds a link.
  /// - Returns: One for each group asked about, in their order.
  public func probabilities(
    ofAvoiding groups: [Int], of count: Int, forEachGroup: (LinkID, (Int) -> Void) -> Void
  ) -> [Double] {
    guard let alternatives else {
      return groups.map { group in
        probability(ofAvoiding: { link in
          var isInGroup = false
          forEachGroup(link) { if $0 == group { isInGroup = true } }
          return isInGroup
        })
      }
    }
    var sums = [Double](repeating: 0, count: count)
    // By group, the last route that uses it.
    var last = [Int](repeating: -1, count: count)
    for (index, route) in alternatives.set.routes.enumerated() {
      for arc in route.arcs { forEachGroup(arc.link) { last[$0] = index } }
      for group in groups where last[group] != index {
        sums[group] += alternatives.probabilities[index]
      }
    }
    return groups.map { min(1, sums[$0]) }
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
  /// - Complexity: O(m log m), and O(k log k) for the k arcs on shortest routes to each destination.
  public func uses(from origin: NodeID, to destinations: [NodeID]) -> [LinkUseOutcome] {
    searchOnce(from: origin, to: destinations) { destination, costs in
      .use(LinkUse(self, from: origin, to: destination, costs: costs))
    } unreachable: {
      .unreachable($0)
    }
  }
}
