extension GraphView {
  /// The shortest route between two nodes, by bidirectional Dijkstra.
  ///
  /// Of equally short routes it returns one by a rule that depends on costs and link identifiers
  /// only: going back from the destination, take at each node the arc whose tail is nearest to the
  /// origin, then the link with the smallest identifier.
  ///
  /// - Returns: The route (empty where the two are the same node), or why there is none.
  /// - Precondition: Both are nodes of this graph.
  /// - Complexity: O(m log m) at worst over the part of the network between the two; memory is
  ///   reused from search to search.
  public func route(from origin: NodeID, to destination: NodeID) -> RouteOutcome {
    withCosts(from: origin, to: destination) { costs in
      CanonicalRoute.trace(self, from: origin, to: destination, costs: costs)
    }.map { .route($0) } ?? .unreachable(reason(from: origin, to: destination))
  }

  /// The same as ``route(from:to:)``, link by link, by plain Dijkstra. O(m log m).
  ///
  /// Source: E. W. Dijkstra (1959), A note on two problems in connexion with graphs, Numerische Mathematik
  /// 1, 269–271.
  public func routeByDijkstra(from origin: NodeID, to destination: NodeID) -> RouteOutcome {
    outcomes(from: origin, to: [destination])[0]
  }

  /// The shortest routes from one node to many, from one search that ends at the farthest.
  ///
  /// - Returns: One outcome for each destination, in their order; each is what ``route(from:to:)``
  ///   returns for it.
  /// - Complexity: O(m log m) together.
  public func routes(from origin: NodeID, to destinations: [NodeID]) -> [RouteOutcome] {
    outcomes(from: origin, to: destinations)
  }

  /// Least impedances from one node to all.
  ///
  /// - Complexity: O(m log m).
  public func tree(from origin: NodeID) -> ShortestPathTree {
    ShortestPathTree(self, from: origin)
  }

  /// Least impedances from one node, milliseconds or millimetres by node index; nil where no open way
  /// leads.
  ///
  /// - Complexity: O(m log m).
  public func impedances(from origin: NodeID) -> [UInt64?] {
    tree(from: origin).impedances
  }

  private func outcomes(from origin: NodeID, to destinations: [NodeID]) -> [RouteOutcome] {
    searchOnce(from: origin, to: destinations) { destination, costs in
      .route(CanonicalRoute.trace(self, from: origin, to: destination, costs: costs))
    } unreachable: {
      .unreachable($0)
    }
  }
}

extension GraphView {
  /// Runs the bidirectional search and reads its costs, by rank; nil where there is no path.
  func withCosts<Result>(
    from origin: NodeID, to destination: NodeID, _ read: (UnsafeBufferPointer<UInt64>) -> Result
  ) -> Result? {
    // The search would have to exhaust one of the pieces to find that out.
    guard graph.pieces.pieceOfNode[origin.index] == graph.pieces.pieceOfNode[destination.index]
    else { return nil }
    return graph.searchSpaces.withSpace { forward in
      graph.searchSpaces.withSpace { backward in
        let found = BidirectionalDijkstra.search(
          self, from: graph.rank(of: origin), to: graph.rank(of: destination), forward: forward,
          backward: backward)
        return found ? read(forward.allCosts) : nil
      }
    }
  }

  /// Runs one search towards many destinations and reads its costs for each.
  func searchOnce<Result>(
    from origin: NodeID, to destinations: [NodeID],
    reached: (NodeID, UnsafeBufferPointer<UInt64>) -> Result, unreachable: (Unreachable) -> Result
  ) -> [Result] {
    let pieceOfNode = graph.pieces.pieceOfNode
    let outcomes = graph.searchSpaces.withSpace { space -> [Result?] in
      var marked: [Int] = []
      for destination in destinations
      where pieceOfNode[destination.index] == pieceOfNode[origin.index] {
        let rank = graph.rank(of: destination)
        if !space.marks[rank] {
          space.marks[rank] = true
          marked.append(rank)
        }
      }
      if !marked.isEmpty {
        Dijkstra.search(
          self, from: graph.rank(of: origin), targetCount: marked.count, in: space)
      }
      for rank in marked { space.marks[rank] = false }
      return destinations.map { destination in
        space.costs[graph.rank(of: destination)] == SearchSpace.unreached
          ? nil : reached(destination, space.allCosts)
      }
    }
    // One search explains all the destinations that closures cut off.
    var reopening: ReopeningSearch?
    return zip(destinations, outcomes).map { destination, outcome in
      outcome ?? unreachable(reason(from: origin, to: destination, &reopening))
    }
  }

  /// Why a destination that no search reached cannot be reached.
  func reason(from origin: NodeID, to destination: NodeID) -> Unreachable {
    var reopening: ReopeningSearch?
    return reason(from: origin, to: destination, &reopening)
  }

  /// The same for many destinations of one origin.
  ///
  /// - Parameter reopening: The search from the origin that explains what closures cut off; made when
  ///   it is first needed.
  func reason(
    from origin: NodeID, to destination: NodeID, _ reopening: inout ReopeningSearch?
  ) -> Unreachable {
    let start = piece(of: origin)
    let end = piece(of: destination)
    guard start == end else { return .differentPieces(origin: start, destination: end) }
    guard hasClosures else { return .oneWay }
    let search = reopening ?? ReopeningSearch(self, from: origin)
    reopening = search
    if let links = search.links(to: destination) { return .closed(links: links) }
    guard hasExclusions else { return .oneWay }
    // Rare: a search of its own for every such pair.
    return ReopeningSearch(self, from: origin, includingExcluded: true).links(to: destination)
      .map { .excluded(links: $0) } ?? .oneWay
  }

  private func piece(of node: NodeID) -> Unreachable.Piece {
    let index = graph.pieces.pieceOfNode[node.index]
    return Unreachable.Piece(index: index, nodeCount: graph.pieces.nodeCounts[index])
  }
}
