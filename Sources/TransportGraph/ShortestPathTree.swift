/// Least impedances from one node to every node of a view, and the routes behind them.
public struct ShortestPathTree: Sendable {
  /// The view searched.
  public let view: GraphView
  /// Where the search started.
  public let origin: NodeID
  /// By rank.
  private let costs: [UInt64]

  init(_ view: GraphView, from origin: NodeID) {
    self.view = view
    self.origin = origin
    costs = view.graph.searchSpaces.withSpace { space in
      Dijkstra.search(view, from: view.graph.rank(of: origin), targetCount: 0, in: space)
      return Array(space.allCosts)
    }
  }

  /// Milliseconds or millimetres to a node; nil where it cannot be reached. O(1).
  public func impedance(to node: NodeID) -> UInt64? {
    let cost = costs[view.graph.rank(of: node)]
    return cost == SearchSpace.unreached ? nil : cost
  }

  /// ``impedance(to:)`` by node index.
  public var impedances: [UInt64?] {
    view.graph.nodes.indices.map { impedance(to: NodeID($0)) }
  }

  /// The same outcome as ``GraphView/route(from:to:)``. O(arcs that enter the route's nodes).
  public func route(to destination: NodeID) -> RouteOutcome {
    guard impedance(to: destination) != nil else {
      return .unreachable(view.reason(from: origin, to: destination))
    }
    return costs.withUnsafeBufferPointer {
      .route(CanonicalRoute.trace(view, from: origin, to: destination, costs: $0))
    }
  }
}
