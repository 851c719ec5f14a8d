/// What becomes of a pair when each link of its shortest routes is closed by itself.
public struct ReplacementPaths: Sendable {
  /// A link and what is left without it.
  public struct Replacement: Hashable, Sendable {
    /// A link on a shortest route, in the direction of travel.
    public let arc: Arc
    /// The least impedance with the link closed in both directions.
    public let outcome: ImpedanceOutcome
  }

  /// The shortest route with every link as it is, by the rule of ``GraphView/route(from:to:)``.
  public let route: Route
  /// First the links of ``route`` in the order of travel. Then those of other routes as short, by link:
  /// without one of them the impedance stays what it is.
  public let replacements: [Replacement]
}

/// A least impedance, or why there is none.
public enum ImpedanceOutcome: Hashable, Sendable {
  /// Milliseconds or millimetres, by the measure of the view's profile.
  case impedance(UInt64)
  /// There is no way, and why.
  case unreachable(Unreachable)

  /// The impedance, where there is a way.
  public var impedance: UInt64? {
    if case .impedance(let impedance) = self { impedance } else { nil }
  }
}

/// What a search for replacement paths found.
public enum ReplacementOutcome: Sendable {
  /// The shortest route and what replaces it.
  case paths(ReplacementPaths)
  /// There is no route even with every link as it is, and why.
  case unreachable(Unreachable)

  /// The paths, where there is a route.
  public var paths: ReplacementPaths? {
    if case .paths(let paths) = self { paths } else { nil }
  }
}

extension HierarchyMetric {
  /// The impedance between two nodes with each link of their shortest routes closed by itself.
  ///
  /// Closes one link after another and repairs what that touches; the metric is afterwards as before.
  /// A link's replacement route is `whileClosed([link]) { $0.route(from: origin, to: destination) }`.
  ///
  /// Source: K. Malik, A. K. Mittal, S. K. Gupta (1989), Operations Research Letters 8(4), 223–227, for
  /// the problem.
  ///
  /// - Precondition: Both are nodes of the hierarchy's graph.
  /// - Complexity: for each link of the route two partial customisations and a query; none for a link
  ///   that follows another over a node at which no third link ends, as both have the same replacement.
  public mutating func replacements(
    from origin: NodeID, to destination: NodeID
  ) -> ReplacementOutcome {
    let route: Route
    switch self.route(from: origin, to: destination) {
    case .route(let found): route = found
    case .unreachable(let reason): return .unreachable(reason)
    }
    let hadClosures = view.hasReopenableClosures
    var replacements: [ReplacementPaths.Replacement] = []
    var impedance: UInt64?
    for arc in route.arcs {
      let isSameAsBefore =
        !replacements.isEmpty && view.graph.linkCount(at: view.graph.tail(of: arc)) == 2
      // A closed link alone explains itself; with others closed, another may be the cheaper to reopen.
      let outcome: ImpedanceOutcome
      if isSameAsBefore, impedance != nil || !hadClosures {
        outcome = Self.outcome(impedance) ?? .unreachable(.closed(links: [arc.link]))
      } else {
        (impedance, outcome) = whileClosed(CollectionOfOne(arc.link)) { closed in
          let impedance = closed.impedance(from: origin, to: destination)
          return (
            impedance,
            Self.outcome(impedance)
              ?? .unreachable(
                hadClosures
                  ? closed.view.reason(from: origin, to: destination)
                  : .closed(links: [arc.link]))
          )
        }
      }
      replacements.append(ReplacementPaths.Replacement(arc: arc, outcome: outcome))
    }
    let onRoute = Set(route.arcs)
    for entry in use(from: origin, to: destination).use?.entries ?? []
    where !onRoute.contains(entry.arc) {
      replacements.append(
        ReplacementPaths.Replacement(arc: entry.arc, outcome: .impedance(route.impedance)))
    }
    return .paths(ReplacementPaths(route: route, replacements: replacements))
  }

  private static func outcome(_ impedance: UInt64?) -> ImpedanceOutcome? {
    impedance.map { .impedance($0) }
  }
}

extension TransportGraph {
  /// The number of links that start or end at a node. O(degree).
  fileprivate func linkCount(at node: NodeID) -> Int {
    let rank = rank(of: node)
    return outgoing.slots(rank).count
      + incoming.codes[incoming.slots(rank)].count { links[$0.link].isOneWay }
  }
}
