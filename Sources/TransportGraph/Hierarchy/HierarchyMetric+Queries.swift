extension HierarchyMetric {
  /// The least impedance between two nodes; nil where no open way leads.
  ///
  /// - Returns: Milliseconds or millimetres, by the measure of the view's profile.
  /// - Precondition: Both are nodes of the hierarchy's graph.
  /// - Complexity: O(arcs of the ancestors of both in the elimination tree); allocates nothing once a
  ///   search space is at rest.
  public func impedance(from origin: NodeID, to destination: NodeID) -> UInt64? {
    guard areInOnePiece(origin, destination) else { return nil }
    // The closure captures no metric: to count its references would take a sixth of a short query.
    let (start, end) = (hierarchy.position(of: origin), hierarchy.position(of: destination))
    let spaces = hierarchy.spaces
    let cost = withQuery { query in
      spaces.withSpace { query.cost(from: start, to: end, in: $0) }
    }
    return Self.impedance(cost)
  }

  /// The least impedances from one node to many, in their order; nil where no open way leads.
  ///
  /// - Complexity: as for ``impedances(from:to:into:)``.
  public func impedances(from origin: NodeID, to destinations: [NodeID]) -> [UInt64?] {
    var impedances: [UInt64?] = []
    self.impedances(from: origin, to: destinations, into: &impedances)
    return impedances
  }

  /// The same into an array that is used again, so that nothing is allocated.
  ///
  /// - Parameter impedances: Replaced; one value for each destination, in their order.
  /// - Complexity: O(arcs of the ancestors of all nodes named, each once).
  public func impedances(
    from origin: NodeID, to destinations: [NodeID], into impedances: inout [UInt64?]
  ) {
    impedances.removeAll(keepingCapacity: true)
    withLazyCosts(from: origin) { costs in
      for destination in destinations {
        impedances.append(
          areInOnePiece(origin, destination)
            ? Self.impedance(costs.cost(to: hierarchy.position(of: destination))) : nil)
      }
    }
  }

  /// The least impedances from one node to all.
  ///
  /// - Complexity: O(nodes + arcs).
  public func impedances(from origin: NodeID) -> ImpedanceTable {
    var table = ImpedanceTable(hierarchy)
    impedances(from: origin, into: &table)
    return table
  }

  /// The same into a table that is used again, so that nothing is allocated.
  ///
  /// - Parameter table: Replaced. One made for another hierarchy, be it one of the same graph, is made
  ///   anew.
  /// - Complexity: O(nodes + arcs).
  public func impedances(from origin: NodeID, into table: inout ImpedanceTable) {
    hierarchy.spaces.withSpace { space in
      withQuery { query in
        table.fill(for: hierarchy) {
          query.sweep(from: hierarchy.position(of: origin), into: $0, in: space)
        }
      }
    }
  }

  /// The route that ``GraphView/route(from:to:)`` returns on the view, link by link, or the reason
  /// for none.
  ///
  /// - Complexity: O(arcs of the ancestors of the nodes on shortest routes and of their neighbours).
  public func route(from origin: NodeID, to destination: NodeID) -> RouteOutcome {
    routes(from: origin, to: [destination])[0]
  }

  /// The routes from one node to many, in their order.
  ///
  /// - Complexity: that of ``route(from:to:)`` for all, what they share computed once.
  public func routes(from origin: NodeID, to destinations: [NodeID]) -> [RouteOutcome] {
    readingCosts(from: origin, to: destinations) { destination, costs in
      .route(CanonicalRoute.trace(view, from: origin, to: destination, costs: costs))
    } unreachable: {
      .unreachable($0)
    }
  }

  /// The use of links between two nodes as ``GraphView/use(from:to:)`` returns it.
  ///
  /// - Complexity: that of ``route(from:to:)`` and O(k log k) for the k arcs on shortest routes.
  public func use(from origin: NodeID, to destination: NodeID) -> LinkUseOutcome {
    readingCosts(from: origin, to: [destination]) { destination, costs in
      .use(LinkUse(view, from: origin, to: destination, costs: costs))
    } unreachable: {
      .unreachable($0)
    }[0]
  }
}

extension HierarchyMetric {
  /// Fills the costs of all nodes on shortest routes to each destination and reads them.
  private func readingCosts<Result>(
    from origin: NodeID, to destinations: [NodeID],
    reached: (NodeID, UnsafeBufferPointer<UInt64>) -> Result, unreachable: (Unreachable) -> Result
  ) -> [Result] {
    let outcomes = readingReached(from: origin, to: destinations, reached)
    // One search explains all the destinations that closures cut off.
    var reopening: ReopeningSearch?
    return zip(destinations, outcomes).map { destination, outcome in
      outcome ?? unreachable(view.reason(from: origin, to: destination, &reopening))
    }
  }

  /// The same; nil for a destination to which no open way leads.
  func readingReached<Result>(
    from origin: NodeID, to destinations: [NodeID],
    _ reached: (NodeID, UnsafeBufferPointer<UInt64>) -> Result
  ) -> [Result?] {
    withLazyCosts(from: origin) { lazy in
      destinations.map { destination in
        guard areInOnePiece(origin, destination),
          lazy.cost(to: hierarchy.position(of: destination)) < .infinity
        else { return nil }
        return view.graph.searchSpaces.withSpace { space in
          reachShortestRoutes(to: destination, lazy, in: space)
          return reached(destination, space.allCosts)
        }
      }
    }
  }

  /// Writes the cost of every node on a shortest route, going back from its end to what is written
  /// already.
  func reachShortestRoutes(to destination: NodeID, _ lazy: LazyCosts, in space: SearchSpace) {
    let graph = view.graph
    let positions = hierarchy.positionOfRank
    let end = graph.rank(of: destination)
    guard space.costs[end] == SearchSpace.unreached else { return }
    // What is reached from here on is the queue.
    var next = space.touchedCount
    space.reach(end, cost: UInt64(lazy.cost(to: Int(positions[end]))))
    while next < space.touchedCount {
      let head = Int(space.touched[next])
      let cost = space.costs[head]
      next += 1
      // Whether an arc is known that ends a shortest route, and how many more may.
      var isEndKnown = false
      var openCount = 0
      for slot in graph.incoming.slots(head) {
        guard let (tail, start) = possibleTail(slot, headCost: cost) else { continue }
        let known = space.costs[tail]
        if known == SearchSpace.unreached { openCount += 1 }
        if known == start { isEndKnown = true }
      }
      if openCount == 0 { continue }
      for slot in graph.incoming.slots(head) {
        guard let (tail, start) = possibleTail(slot, headCost: cost),
          space.costs[tail] == SearchSpace.unreached
        else { continue }
        openCount -= 1
        // Where no other arc does, the last one must: along a chain, the only one there is. None enters
        // the origin.
        if openCount == 0 && !isEndKnown || lazy.cost(to: Int(positions[tail])) == Double(start) {
          space.reach(tail, cost: start)
          isEndKnown = true
        }
      }
    }
  }

  /// The tail of an open arc that costs no more than a node which it enters, and what the tail costs if
  /// a shortest route ends with the arc.
  @inline(__always)
  private func possibleTail(_ slot: Int, headCost: UInt64) -> (tail: Int, cost: UInt64)? {
    let arc = view.incomingArcs[slot]
    let impedance = arc >> PackedArc.rankBits
    guard arc != PackedArc.closed, impedance <= headCost else { return nil }
    return (Int(arc & PackedArc.rankMask), headCost - impedance)
  }

  private func withQuery<Result>(_ body: (HierarchyQuery) -> Result) -> Result {
    withCosts { upward, downward in
      body(HierarchyQuery(topology: hierarchy.topology, upward: upward, downward: downward))
    }
  }

  func withLazyCosts<Result>(
    from origin: NodeID, _ body: (LazyCosts) -> Result
  ) -> Result {
    hierarchy.spaces.withSpace { space in
      withQuery { query in
        body(LazyCosts(query, from: hierarchy.position(of: origin), in: space))
      }
    }
  }

  func areInOnePiece(_ a: NodeID, _ b: NodeID) -> Bool {
    let pieceOfNode = hierarchy.graph.pieces.pieceOfNode
    return pieceOfNode[a.index] == pieceOfNode[b.index]
  }

  static func impedance(_ cost: Double) -> UInt64? {
    cost < .infinity ? UInt64(cost) : nil
  }
}
