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
  /// missed is missed on every leg: P = 1 − Π (1 − P_leg).
  ///
  /// - Parameter analysis: The network that the corridor was routed on.
  /// - Throws: ``CorridorKitError/routeChoice(_:)``.
  func routed(
    by model: RouteChoiceModel, analysis: Analysis, threads: Int
  ) throws(CorridorKitError) -> RoutedCorridor {
    let (view, matrix) = (analysis.view, analysis.matrix)
    let index = CrossingLinks(analysis.area)
    let metric = try analysis.metric()
    let legs = parts.compactMap { if case .leg(let pair) = $0 { pair } else { nil } }
    do throws(RouteChoiceError) {
      let (chosen, warnings) = try metric.mapUses(of: legs, by: model, threads: threads) { outcome in
        outcome.use.map {
          (TripExposure($0, matrix: matrix, view: view), CrossingPassages($0, of: index))
        }
      }
      // The best way uses every leg, so that each has one.
      var rest = chosen.compactMap(\.self)[...]
      let all = parts.compactMap { part in
        switch part {
        case .leg: rest.popFirst()
        case .crossing(let arc):
          (
            TripExposure(
              view.route(along: [arc], from: view.graph.tail(of: arc)), matrix: matrix, view: view),
            CrossingPassages([arc], of: index)
          )
        }
      }
      return RoutedCorridor(
        exposure: TripExposure(legs: all.map(\.0)), passages: CrossingPassages(legs: all.map(\.1)),
        warnings: warnings)
    } catch {
      throw .routeChoice(error)
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
