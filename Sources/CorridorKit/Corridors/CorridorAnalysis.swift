public import TransportGraph

/// The named corridors on one network, each by its own modes.
public struct CorridorAnalysis: Sendable {
  /// The corridors, in the order given.
  public let definitions: [CorridorDefinition]
  /// By corridor, in the order of the definitions.
  public let outcomes: [CorridorOutcome]
  /// The analysis that the corridors are seen in; each is routed by its own modes.
  public let analysis: Analysis
  /// How travellers spread over the ways between two waypoints.
  public let model: RouteChoiceModel
  /// What a reader should know of the model's result.
  public let warnings: [RouteChoiceWarning]
  /// By corridor; nil where no way was found, and for all under all-or-nothing, where a corridor is its
  /// one way.
  private let chosen: [RoutedCorridor?]
  private let byModes: [Set<Mode>: Analysis]

  /// The crossings that a corridor has as waypoints and does not pass, for they are closed, by the
  /// corridor's id.
  public let leftWaypoints: [String: [String]]

  static let crossingPrefix = "crossing:"

  /// Finds the way of every corridor, and what travellers choose between its waypoints.
  ///
  /// A corridor keeps its waypoints, except for the crossings that are closed. All or nothing it is one
  /// way, even where others are equally good; by another model travellers choose on each leg between two
  /// waypoints, independently of the other legs.
  ///
  /// - Parameters:
  ///   - definitions: The corridors.
  ///   - analysis: The network; each corridor uses its own modes of it.
  ///   - model: How travellers spread over the ways between two waypoints.
  ///   - threads: How many threads compute; 0 means one for each core.
  ///   - dropped: Crossings that a corridor shall not have as waypoints, by the corridor's id.
  public init(
    _ definitions: [CorridorDefinition], analysis: Analysis, by model: RouteChoiceModel = .shortest,
    threads: Int = 1, dropping dropped: [String: [String]] = [:]
  ) throws(CorridorKitError) {
    var byModes: [Set<Mode>: Analysis] = [analysis.modes: analysis]
    var outcomes: [CorridorOutcome] = []
    var chosen: [RoutedCorridor?] = []
    var left: [String: [String]] = [:]
    for definition in definitions {
      let own: Analysis
      if let known = byModes[definition.modes] {
        own = known
      } else {
        own = try analysis.limited(to: definition.modes)
        byModes[definition.modes] = own
      }
      let skipped = Set(dropped[definition.id] ?? [])
      do {
        let outcome = try own.area.corridor(
          definition, view: own.view, metric: try own.metric(), resolver: own.resolver,
          skipping: skipped)
        outcomes.append(outcome)
        if model != .shortest, case .route(let route) = outcome {
          chosen.append(try route.routed(by: model, analysis: own, threads: threads))
        } else {
          chosen.append(nil)
        }
        let closed = try own.closedWaypoints(of: definition)
        if !closed.isEmpty { left[definition.id] = closed }
      } catch {
        throw .located(
          definition.location.map { "\($0) (\(definition.id))" } ?? "corridor \(definition.id)",
          error)
      }
    }
    self.definitions = definitions
    self.outcomes = outcomes
    self.chosen = chosen
    var warnings: [RouteChoiceWarning] = []
    for warning in chosen.lazy.compactMap(\.self).flatMap(\.warnings)
    where !warnings.contains(warning) {
      warnings.append(warning)
    }
    self.warnings = warnings
    leftWaypoints = left
    self.model = model
    self.analysis = analysis
    self.byModes = byModes
  }

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
    definitions.indices.map { index in
      switch outcomes[index] {
      case .route(let route): .connected(exposure(of: index, route))
      case .unreachable(_, _, let reason): .disconnected(reason)
      }
    }
  }

  private func exposure(of index: Int, _ route: CorridorRoute) -> TripExposure {
    chosen[index]?.exposure
      ?? TripExposure(
        route.route, matrix: analysis.matrix, view: analysis(for: definitions[index]).view)
  }

  /// How each corridor passes border crossings; nil where no way was found.
  public var crossingPassages: [CrossingPassages?] {
    let index = CrossingLinks(analysis.area)
    return zip(outcomes, chosen).map { outcome, chosen in
      guard case .route(let route) = outcome else { return nil }
      return chosen?.passages ?? CrossingPassages(route.route.arcs, of: index)
    }
  }

  /// The corridors that a way was found for, as results tell them.
  public var summaries: [TripSummary] {
    definitions.indices.compactMap { index in
      guard case .route(let route) = outcomes[index] else { return nil }
      let own = analysis(for: route.definition)
      var summary =
        if let exposure = chosen[index]?.exposure {
          TripSummary(route, exposure: exposure, analysis: own)
        } else {
          TripSummary(route, analysis: own)
        }
      summary.leftWaypoints = leftWaypoints[route.definition.id] ?? []
      return summary
    }
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

extension Analysis {
  /// The crossings that a corridor has as waypoints and that are closed in this analysis.
  fileprivate func closedWaypoints(of definition: CorridorDefinition) throws(CorridorKitError)
    -> [String]
  {
    var closed: [String] = []
    for waypoint in definition.via where waypoint.hasPrefix(CorridorAnalysis.crossingPrefix) {
      let name = String(waypoint.dropFirst(CorridorAnalysis.crossingPrefix.count))
      let ids = Set(
        try area.crossings.resolve(name).filter { definition.modes.contains($0.mode) }.map(\.id))
      let links = area.links(ofCrossings: ids)
      if links.allSatisfy(view.isClosed) { closed += ids.sorted() }
    }
    return closed
  }
}
