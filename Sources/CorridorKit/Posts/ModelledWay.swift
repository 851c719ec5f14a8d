public import TransportGraph

/// One way of one trip, with the mass that a model of route choice sends over it.
public struct ModelledWay: Sendable, Hashable {
  /// The trip's place among the trips.
  public var trip: Int
  /// The mass on the way, in the unit of the trip's.
  public var mass: Double
  /// The links, in the order of the way.
  public var links: [LinkID]
  /// Milliseconds or millimetres, as the profile measures.
  public var impedance: UInt64

  /// - Parameter share: The part of the trip that takes the route.
  init(_ trip: Trip, at index: Int, by route: Route, share: Double) {
    self.trip = index
    mass = trip.mass * share
    links = route.arcs.map(\.link)
    impedance = route.impedance
  }
}

extension Analysis {
  /// The ways of trips by a model of route choice that lists them.
  ///
  /// - Parameters:
  ///   - trips: What travels.
  ///   - model: `shortest`, where each trip takes its one shortest way (the first by the fixed rule among
  ///     equals), or a path-size logit, where it takes each alternative with its probability.
  ///   - threads: 0 is one a core; the answer does not depend on it.
  /// - Returns: The ways in the order of the trips; none for a trip without one.
  /// - Throws: ``CorridorKitError/contradiction(_:)`` for a model that spreads over links without listing
  ///   ways; ``CorridorKitError/routeChoice(_:)`` for parameters out of range; what ``metric()`` throws.
  public func modelledWays(
    of trips: [Trip], by model: RouteChoiceModel, threads: Int = 1
  ) throws(CorridorKitError) -> [ModelledWay] {
    do {
      try model.validate()
    } catch {
      throw .routeChoice(error)
    }
    let metric = try metric()
    let pairs = trips.map { NodePair(from: $0.origin.node, to: $0.destination.node) }
    switch model {
    case .shortest:
      return pairs.enumerated().compactMap { index, pair in
        metric.route(from: pair.origin, to: pair.destination).route.map {
          ModelledWay(trips[index], at: index, by: $0, share: 1)
        }
      }
    case .pathSizeLogit(let logit):
      let shares = metric.routeShares(of: pairs, by: logit, threads: threads)
      return shares.enumerated().flatMap { index, shares in
        shares.map {
          zip($0.set.routes, $0.probabilities).map {
            ModelledWay(trips[index], at: index, by: $0, share: $1)
          }
        } ?? []
      }
    default:
      throw .contradiction(
        "this needs a model that lists ways: --model shortest or psl; the others spread over links")
    }
  }
}

extension CorridorAnalysis {
  /// The one way of each corridor through its waypoints, whatever the model; by the place of the
  /// corridor among ``trips``.
  public var modelledWays: [ModelledWay] {
    outcomes.enumerated().compactMap { index, outcome in
      guard case .route(let corridor) = outcome else { return nil }
      return ModelledWay(corridor.trip, at: index, by: corridor.route, share: 1)
    }
  }
}
