import TransportGraph

/// The named corridors on one network, each by its own modes.
public struct CorridorAnalysis: Sendable {
  /// The corridors, in the order given.
  public let definitions: [CorridorDefinition]
  /// By corridor, in the order of the definitions.
  public let outcomes: [CorridorOutcome]
  /// The analysis that the corridors are seen in; each is routed by its own modes.
  public let analysis: Analysis
  private let byModes: [Set<Mode>: Analysis]

  static let crossingPrefix = "crossing:"

  /// Finds the way of every corridor.
  ///
  /// Under a scenario a corridor keeps its waypoints, except for the crossings that are closed.
  public init(_ definitions: [CorridorDefinition], analysis: Analysis) throws(CorridorKitError) {
    var byModes: [Set<Mode>: Analysis] = [analysis.modes: analysis]
    var outcomes: [CorridorOutcome] = []
    let closed = Set(analysis.resolved?.closedCrossings.map(\.id) ?? [])
    for definition in definitions {
      let own: Analysis
      if let known = byModes[definition.modes] {
        own = known
      } else {
        own = try analysis.limited(to: definition.modes)
        byModes[definition.modes] = own
      }
      outcomes.append(
        try own.area.corridor(
          definition, view: own.view, resolver: own.resolver, skipping: closed))
    }
    self.definitions = definitions
    self.outcomes = outcomes
    var left: [String: [String]] = [:]
    for definition in definitions {
      for waypoint in definition.via where waypoint.hasPrefix(Self.crossingPrefix) {
        let named = try analysis.area.crossings.resolve(
          String(waypoint.dropFirst(Self.crossingPrefix.count)))
        let own = named.filter { definition.modes.contains($0.mode) }
        if own.allSatisfy({ closed.contains($0.id) }) {
          left[definition.id, default: []] += own.map(\.id)
        }
      }
    }
    leftWaypoints = left
    self.analysis = analysis
    self.byModes = byModes
  }

  /// The crossings that a corridor has as waypoints and does not pass, for they are closed, by the
  /// corridor's id.
  public let leftWaypoints: [String: [String]]

  /// The ways that were found.
  public var routes: [CorridorRoute] {
    outcomes.compactMap { if case .route(let route) = $0 { route } else { nil } }
  }

  /// Every corridor as a trip of mass 1; a corridor that no way was found for lies between its ends.
  public var trips: [Trip] {
    zip(definitions, outcomes).map { definition, outcome in
      switch outcome {
      case .route(let route): route.trip
      case .unreachable(let from, let to, _):
        Trip(id: definition.id, origin: from, destination: to, mass: 1)
      }
    }
  }

  /// What became of each trip.
  public var tripOutcomes: [TripOutcome] {
    zip(definitions, outcomes).map { definition, outcome in
      switch outcome {
      case .route(let route):
        .connected(
          TripExposure(
            route.route, matrix: analysis.matrix, view: analysis(for: definition).view))
      case .unreachable(_, _, let reason): .disconnected(reason)
      }
    }
  }

  /// The corridors that a way was found for, as results tell them.
  public var summaries: [TripSummary] {
    routes.map { TripSummary($0, analysis: analysis(for: $0.definition)) }
  }

  /// The corridors that no way was found for.
  public var cutOff: [CutOffSummary] {
    zip(definitions, outcomes).compactMap { definition, outcome in
      guard case .unreachable(let from, let to, let reason) = outcome else { return nil }
      return CutOffSummary(
        id: definition.id, from: from, to: to, mass: 1, reason: reason,
        analysis: analysis(for: definition))
    }
  }

  private func analysis(for definition: CorridorDefinition) -> Analysis {
    byModes[definition.modes] ?? analysis
  }
}
