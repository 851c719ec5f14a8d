import TransportGraph

/// A corridor by a model of route choice.
struct RoutedCorridor: Sendable {
  let exposure: TripExposure
  let passages: CrossingPassages
  let warnings: [RouteChoiceWarning]
}

extension CorridorRoute {
  /// The corridor by a model of route choice.
  ///
  /// Waypoints are passed in their order, each at the node of the best way; a crossing that is a waypoint
  /// is surely passed, in the direction of the best way. Between two of them travellers choose by the model,
  /// on each leg independently of the others. So lengths, times and uses of the legs add up, and what is
  /// missed is missed on every leg: P = 1 − Π (1 − P_leg). Nobody passes a crossing to turn around and pass
  /// it as the waypoint that it is: the legs beside it do without it, unless their best way has it.
  ///
  /// - Parameter analysis: The network that the corridor was routed on.
  /// - Throws: ``CorridorKitError/routeChoice(_:)``, or what ``Analysis/metric()`` throws.
  func routed(
    by model: RouteChoiceModel, analysis: Analysis, threads: Int
  ) throws(CorridorKitError) -> RoutedCorridor {
    let (view, matrix) = (analysis.view, analysis.matrix)
    let index = CrossingLinks(analysis.area)
    var metric = try analysis.metric()
    var exposures: [TripExposure] = []
    var passages: [CrossingPassages] = []
    var warnings: [RouteChoiceWarning] = []
    for (position, part) in parts.enumerated() {
      switch part {
      case .crossing(let arc):
        let route = view.route(along: [arc], from: view.graph.tail(of: arc))
        exposures.append(TripExposure(route, matrix: matrix, view: view))
        passages.append(CrossingPassages([arc], of: index))
      case .leg(let best):
        let closed = crossings(beside: position).filter { link in
          !best.arcs.contains { $0.link == link }
        }
        if !closed.isEmpty { try metric.update(to: view.closing(closed), changing: closed) }
        let uses: RouteChoiceUses
        do throws(RouteChoiceError) {
          let pair = NodePair(from: best.origin, to: best.destination)
          uses = try metric.uses(of: [pair], by: model, threads: threads)
        } catch {
          throw .routeChoice(error)
        }
        if !closed.isEmpty { try metric.update(to: view, changing: closed) }
        warnings += uses.warnings
        // The best way is open, so that there is a use.
        for use in uses.outcomes.compactMap(\.use) {
          exposures.append(TripExposure(use, matrix: matrix, view: view))
          passages.append(CrossingPassages(use, of: index))
        }
      }
    }
    return RoutedCorridor(
      exposure: TripExposure(legs: exposures), passages: CrossingPassages(legs: passages),
      warnings: warnings)
  }

  /// The links of crossings that are the waypoints before and after a leg.
  private func crossings(beside position: Int) -> [LinkID] {
    [position - 1, position + 1].filter(parts.indices.contains).compactMap {
      if case .crossing(let arc) = parts[$0] { arc.link } else { nil }
    }
  }
}

extension TripExposure {
  /// The exposure of legs that travellers choose independently of one another.
  init(legs: [TripExposure]) {
    var cells: [Int: Cell] = [:]
    for cell in legs.lazy.flatMap(\.cells) {
      guard var sum = cells[cell.unit] else {
        cells[cell.unit] = cell
        continue
      }
      sum.lengthMeters += cell.lengthMeters
      sum.travelTimeSeconds += cell.travelTimeSeconds
      sum.entryProbability = 1 - (1 - sum.entryProbability) * (1 - cell.entryProbability)
      cells[cell.unit] = sum
    }
    self.init(
      cells: cells.values.sorted { $0.unit < $1.unit }, uses: legs.flatMap(\.uses),
      lengthMeters: legs.reduce(0) { $0 + $1.lengthMeters },
      travelTimeSeconds: legs.reduce(0) { $0 + $1.travelTimeSeconds })
  }
}
