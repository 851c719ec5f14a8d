/// One shortest way between two nodes, as the links travelled.
public struct Route: Hashable, Sendable {
  /// Where the route starts.
  public let origin: NodeID
  /// Where the route ends.
  public let destination: NodeID
  /// In the order of travel; empty where origin and destination are the same.
  public let arcs: [Arc]
  /// Milliseconds or millimetres, by the measure of the view's profile.
  public let impedance: UInt64
  /// The sum of the links' lengths.
  public let lengthMeters: Double
  /// The sum of the links' times, not rounded.
  public let travelTimeSeconds: Double

  init(view: GraphView, from origin: NodeID, to destination: NodeID, arcs: [Arc], impedance: UInt64)
  {
    self.origin = origin
    self.destination = destination
    self.arcs = arcs
    self.impedance = impedance
    lengthMeters = arcs.reduce(0) { $0 + view.graph.links[$1.link.index].lengthMeters }
    travelTimeSeconds = arcs.reduce(0) { $0 + view.times.seconds(of: $1.link) }
  }

  /// The nodes visited, origin and destination included. O(arcs).
  public func nodes(in graph: TransportGraph) -> [NodeID] {
    [origin] + arcs.map { graph.head(of: $0) }
  }
}

/// What a search for a route found.
public enum RouteOutcome: Hashable, Sendable {
  /// The shortest route.
  case route(Route)
  /// There is none, and why.
  case unreachable(Unreachable)

  /// The route, where there is one.
  public var route: Route? {
    if case .route(let route) = self { route } else { nil }
  }
}

extension GraphView {
  /// The way along arcs that the caller has chosen, with its cost in this view.
  ///
  /// - Precondition: Every arc leaves the node that the one before it enters. Whether it is open, or
  ///   leads against a one-way link, is not checked.
  /// - Complexity: O(arcs).
  public func route(along arcs: [Arc], from origin: NodeID) -> Route {
    var node = origin
    for arc in arcs {
      precondition(graph.tail(of: arc) == node, "the arcs of a route follow one another")
      node = graph.head(of: arc)
    }
    return Route(
      view: self, from: origin, to: node, arcs: arcs,
      impedance: arcs.reduce(0) { $0 + impedance(of: $1.link) })
  }
}
