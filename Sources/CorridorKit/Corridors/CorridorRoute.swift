public import Geography
public import TransportGraph

/// A named corridor as a way on a network.
public struct CorridorRoute: Sendable {
  /// What the corridor is meant to be.
  public let definition: CorridorDefinition
  /// Where the way begins.
  public let origin: Place
  /// Where the way ends.
  public let destination: Place
  /// The way, as links of the network.
  public let route: Route
  /// The crossings on the way, in order.
  public let crossings: [BorderCrossing]
  /// What the waypoints make of the way, in order.
  let parts: [Part]

  /// A part of the way.
  enum Part: Hashable, Sendable {
    /// Between two waypoints; the best way.
    case leg(Route)
    /// A crossing that is a waypoint, in the direction of the best way.
    case crossing(Arc)
  }
}

/// What became of a corridor on a network.
public enum CorridorOutcome: Sendable {
  case route(CorridorRoute)
  /// No way leads through the waypoints; the leg that fails, and why.
  case unreachable(from: Place, to: Place, Unreachable)
}

extension StudyArea {
  /// The best way of a corridor through its waypoints in their order.
  ///
  /// At a waypoint that is a place the way passes the place's node. At one that is a crossing it passes
  /// the crossing, in the direction that makes the whole way shortest.
  ///
  /// - Parameters:
  ///   - definition: The corridor.
  ///   - view: The network, with the corridor's modes open.
  ///   - metric: The hierarchy's metric of the view, where there is one: it has the same routes without
  ///     a search.
  ///   - resolver: Finds the places, for the corridor's modes.
  ///   - skipped: Ids of crossings that are passed over as waypoints. So are those that are closed in
  ///     the view.
  /// - Throws: ``CorridorKitError`` for a place or crossing that is not there.
  /// - Complexity: Two routes a waypoint at most four times over.
  public func corridor(
    _ definition: CorridorDefinition, view: GraphView, metric: HierarchyMetric? = nil,
    resolver: PlaceResolver, skipping skipped: Set<String> = []
  ) throws(CorridorKitError) -> CorridorOutcome {
    let origin = try resolver.resolve(definition.origin)
    let destination = try resolver.resolve(definition.destination)
    var stages: [Stage] = []
    for waypoint in definition.via {
      if let stage = try stage(
        waypoint, modes: definition.modes, view: view, resolver: resolver, skipping: skipped)
      {
        stages.append(stage)
      }
    }
    stages.append(Stage(place: destination, passages: [Passage(node: destination.node)]))

    // The best way so far to each passage of the last stage.
    var fronts: [Front?] = [Front()]
    var exits = [origin.node]
    var last = origin
    for stage in stages {
      var next: [Front?] = []
      var failure: Unreachable?
      for passage in stage.passages {
        var best: Front?
        for (front, exit) in zip(fronts, exits) {
          guard let front else { continue }
          let leg =
            metric?.route(from: exit, to: passage.entry)
            ?? view.route(from: exit, to: passage.entry)
          switch leg {
          case .unreachable(let reason): failure = failure ?? reason
          case .route(let leg):
            let longer = front.adding(leg, passage, view: view)
            if best.map({ longer.impedance < $0.impedance }) ?? true { best = longer }
          }
        }
        next.append(best)
      }
      if let failure, next.allSatisfy({ $0 == nil }) {
        return .unreachable(from: last, to: stage.place, failure)
      }
      fronts = next
      exits = stage.passages.map(\.exit)
      last = stage.place
    }
    let best = fronts.compactMap(\.self).first ?? Front()
    return .route(
      CorridorRoute(
        definition: definition, origin: origin, destination: destination,
        route: view.route(along: best.arcs, from: origin.node),
        crossings: best.arcs.compactMap {
          graph.links[$0.link.index].crossingID.flatMap { crossings[$0] }
        }, parts: best.parts))
  }

  /// The best way so far.
  private struct Front {
    var arcs: [Arc] = []
    var parts: [CorridorRoute.Part] = []
    var impedance: UInt64 = 0

    func adding(_ leg: Route, _ passage: Passage, view: GraphView) -> Front {
      var longer = self
      longer.arcs += leg.arcs
      longer.parts.append(.leg(leg))
      longer.impedance += leg.impedance
      if let arc = passage.arc {
        longer.arcs.append(arc)
        longer.parts.append(.crossing(arc))
        longer.impedance += view.impedance(of: arc.link)
      }
      return longer
    }
  }

  /// One way to pass a waypoint.
  private struct Passage {
    var entry: NodeID
    var exit: NodeID
    /// The crossing's arc, between entry and exit.
    var arc: Arc?

    init(node: NodeID) { (entry, exit, arc) = (node, node, nil) }

    init(entry: NodeID, exit: NodeID, arc: Arc) {
      (self.entry, self.exit, self.arc) = (entry, exit, arc)
    }
  }

  private struct Stage {
    var place: Place
    var passages: [Passage]
  }

  private func stage(
    _ waypoint: String, modes: Set<Mode>, view: GraphView, resolver: PlaceResolver,
    skipping skipped: Set<String>
  ) throws(CorridorKitError) -> Stage? {
    guard waypoint.hasPrefix(CorridorAnalysis.crossingPrefix) else {
      let place = try resolver.resolve(waypoint)
      return Stage(place: place, passages: [Passage(node: place.node)])
    }
    let name = String(waypoint.dropFirst(CorridorAnalysis.crossingPrefix.count))
    let wanted = try crossings.resolve(name).filter { modes.contains($0.mode) }
    guard let crossing = wanted.first else {
      throw .mismatch("crossing \"\(name)\" is not by \(modeName(modes))")
    }
    let ids = Set(wanted.map(\.id)).subtracting(skipped)
    if ids.isEmpty { return nil }
    var passages: [Passage] = []
    var first: NodeID?
    for id in links(ofCrossings: ids) {
      let ends = (from: graph.from(of: id), to: graph.to(of: id))
      first = first ?? ends.from
      guard !view.isClosed(id) else { continue }
      passages.append(
        Passage(entry: ends.from, exit: ends.to, arc: Arc(link: id, isForward: true)))
      if !graph.links[id.index].isOneWay {
        passages.append(
          Passage(entry: ends.to, exit: ends.from, arc: Arc(link: id, isForward: false)))
      }
    }
    guard let first else {
      throw .mismatch(
        "crossing \"\(name)\" is in the catalogue, but no link of the network passes it")
    }
    if passages.isEmpty { return nil }
    return Stage(
      place: Place(
        label: crossing.name, coordinate: crossing.coordinate, node: first, snapMeters: 0),
      passages: passages)
  }
}

extension TransportNetwork {
  /// The line of a route, from its origin to its destination, without repeated positions: the origin's alone
  /// where it leads nowhere.
  public func line(of route: Route) -> [Coordinate] {
    var line = route.arcs.isEmpty ? [graph.nodes[route.origin.index].coordinate] : []
    for arc in route.arcs {
      let link = lines[arc.link.index]
      for position in arc.isForward ? link : link.reversed() where position != line.last {
        line.append(position)
      }
    }
    return line
  }
}
