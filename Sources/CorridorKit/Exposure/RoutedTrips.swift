public import TransportGraph

/// What became of trips by one model of route choice.
public struct RoutedTrips: Sendable {
  /// One outcome for each trip, in their order.
  public let outcomes: [TripOutcome]
  /// What a reader should know of the model's result.
  public let warnings: [RouteChoiceWarning]
  /// For each trip the links of which one must change for its outcome to change, as long as links only
  /// become dearer or close; nil where any link may, and where there is no way.
  let decidingLinks: [[LinkID]?]
  /// For each trip what a search for alternatives came by, if any did.
  let histories: [AlternativeHistory?]
}

extension HierarchyMetric {
  /// Sends every trip by a model of route choice, each on its own.
  ///
  /// - Parameter known: By trip, for a path-size logit.
  /// - Throws: ``CorridorKitError/routeChoice(_:)``.
  func routed(
    _ trips: [Trip], by model: RouteChoiceModel, knowing known: KnownAlternatives? = nil,
    threads: Int,
    matrix: ExposureMatrix
  ) throws(CorridorKitError) -> RoutedTrips {
    let pairs = trips.map { NodePair(from: $0.origin.node, to: $0.destination.node) }
    do throws(RouteChoiceError) {
      let (found, warnings) = try mapUses(
        of: pairs, by: model, knowing: known, threads: threads
      ) { use in
        (
          TripOutcome(use, matrix: matrix, view: view), use.use?.decidingLinks,
          use.use?.alternatives?.history
        )
      }
      return RoutedTrips(
        outcomes: found.map(\.0), warnings: warnings, decidingLinks: found.map(\.1),
        histories: found.map(\.2))
    } catch {
      throw .routeChoice(error)
    }
  }
}
