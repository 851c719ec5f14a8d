/// How the masses that leave one origin for many destinations load the links, each shared equally among
/// its shortest routes (all-or-nothing assignment without an arbitrary choice at ties).
public struct LinkFlows: Sendable {
  /// The mass on one arc.
  public struct Entry: Hashable, Sendable {
    /// The link and the direction in which it is used.
    public let arc: Arc
    /// What travels over it, in the unit of the masses.
    public let mass: Double
  }

  /// A destination without a way.
  public struct Lost: Hashable, Sendable {
    /// Its place among the destinations.
    public let index: Int
    /// What does not arrive.
    public let mass: Double
    /// Why there is no way.
    public let reason: Unreachable
  }

  /// Where everything starts.
  public let origin: NodeID
  /// The arcs on shortest routes, sorted by link. Nothing from one origin uses a link in both
  /// directions.
  public let entries: [Entry]
  /// What has no way, in the order of the destinations.
  public let lost: [Lost]
}

extension HierarchyMetric {
  /// The use of links from one node to each of many, as ``GraphView/uses(from:to:)`` returns it.
  ///
  /// - Returns: One outcome for each destination, in their order.
  /// - Complexity: that of ``routes(from:to:)``, and O(k log k) for the k arcs on shortest routes
  ///   together and O(k) for each destination.
  public func uses(from origin: NodeID, to destinations: [NodeID]) -> [LinkUseOutcome] {
    // One search explains all the destinations that closures cut off.
    var reopening: ReopeningSearch?
    return zip(destinations, reachedUses(from: origin, to: destinations)).map { destination, use in
      use.map { .use($0) }
        ?? .unreachable(view.reason(from: origin, to: destination, &reopening))
    }
  }

  /// The use of links for many pairs, each told as ``uses(from:to:)`` returns it.
  ///
  /// Where closures cut off destinations of several origins, what would have to reopen is read from the
  /// hierarchy, too, in place of a search for each origin.
  ///
  /// - Parameters:
  ///   - pairs: Any pairs of nodes, in any order.
  ///   - body: Takes the index of each pair, once, and its outcome: pairs with a way by origin, then
  ///     the others.
  /// - Complexity: that of ``uses(from:to:)`` for each origin; where closures cut off pairs of several
  ///   origins, one customisation and ``routes(from:to:)`` in place of a search each.
  public func forEachUse(of pairs: [NodePair], _ body: (Int, LinkUseOutcome) -> Void) {
    let order = PairsByOrigin(pairs).order
    var unreached: [Int] = []
    var rest = order[...]
    while let first = rest.first {
      let origin = pairs[first].origin
      let run = rest.prefix { pairs[$0].origin == origin }
      rest = rest[run.endIndex...]
      let uses = reachedUses(from: origin, to: run.map { pairs[$0].destination })
      for (index, use) in zip(run, uses) {
        if let use { body(index, .use(use)) } else { unreached.append(index) }
      }
    }
    forEachReason(of: unreached, among: pairs) { body($0, .unreachable($1)) }
  }

  /// The use of links from one node to each of many; nil where no open way leads.
  func reachedUses(from origin: NodeID, to destinations: [NodeID]) -> [LinkUse?] {
    withShortestRoutes(from: origin, to: destinations) { routes, impedances in
      var ends = routes.ends.makeIterator()
      return zip(destinations, impedances).map { destination, impedance -> LinkUse? in
        guard let impedance, let end = ends.next() else { return nil }
        return LinkUse(
          view, from: origin, to: destination, impedance: impedance, routes: routes, end: end)
      }
    }
  }

  /// The expected load of every link when a mass travels from one node to each of many.
  ///
  /// The share of an arc among the routes to its head does not depend on the destination, so all
  /// masses are pushed back together, in the order of falling cost (Dial's second pass).
  ///
  /// - Parameters:
  ///   - destinations: Nodes; one may be named twice, or be the origin.
  ///   - masses: What travels to each, in their order; 0 or more, in any unit.
  /// - Returns: The sum of mass × share of ``uses(from:to:)`` over the destinations; the same bits in
  ///   every run. What has no way is told apart.
  /// - Complexity: that of ``routes(from:to:)``, and O(k log k) for the k arcs on shortest routes.
  /// - Source: R. B. Dial (1971), A probabilistic multipath traffic assignment model which obviates path
  ///   enumeration, Transportation Research 5, 83–111.
  public func flows(
    from origin: NodeID, to destinations: [NodeID], masses: [Double]
  ) -> LinkFlows {
    precondition(destinations.count == masses.count, "each destination has a mass")
    var entries: [LinkFlows.Entry] = []
    let isLost = withShortestRoutes(from: origin, to: destinations) { routes, impedances in
      routes.pushBack(
        from: routes.ends, masses: zip(masses, impedances).lazy.filter { $1 != nil }.map { $0.0 }
      ) { arc, mass in
        entries.append(LinkFlows.Entry(arc: arc, mass: mass))
      }
      return impedances.map { $0 == nil }
    }
    entries.sort { $0.arc.link < $1.arc.link }
    var reopening: ReopeningSearch?
    let lost = destinations.indices.filter { isLost[$0] }.map { index in
      LinkFlows.Lost(
        index: index, mass: masses[index],
        reason: view.reason(from: origin, to: destinations[index], &reopening))
    }
    return LinkFlows(origin: origin, entries: entries, lost: lost)
  }
}

extension HierarchyMetric {
  /// Reads the routes from one node to those of many that it reaches.
  ///
  /// - Parameter body: Takes the routes, whose ends are the destinations reached in their order, and the
  ///   least impedance to each destination; nil where no open way leads.
  private func withShortestRoutes<Result>(
    from origin: NodeID, to destinations: [NodeID],
    _ body: (RouteBush, [UInt64?]) -> Result
  ) -> Result {
    withLazyCosts(from: origin) { lazy in
      view.graph.searchSpaces.withSpace { space in
        let impedances = destinations.map { destination -> UInt64? in
          guard areInOnePiece(origin, destination) else { return nil }
          let cost = lazy.cost(to: hierarchy.position(of: destination))
          guard cost < .infinity else { return nil }
          reachShortestRoutes(to: destination, lazy, in: space)
          return UInt64(cost)
        }
        let reached = zip(destinations, impedances).filter { $1 != nil }
        let routes = RouteBush(
          view, to: reached.map { view.graph.rank(of: $0.0) }, costs: space.allCosts)
        return body(routes, impedances)
      }
    }
  }
}
