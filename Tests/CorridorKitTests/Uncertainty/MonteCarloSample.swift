import Sampling
import TransportGraph

@testable import CorridorKit

/// Random regions whose inputs are uncertain, for suites of draws.
protocol MonteCarloSample {}

extension MonteCarloSample {
  static var models: [RouteChoiceModel] {
    [.shortest, .pathSizeLogit(PathSizeLogit()), .stoch(DialLogit())]
  }

  static var ground: UncertainInputs.Ground { .init(reason: "a test", source: "assumed") }

  static func factor(_ distribution: Distribution) -> UncertainInputs.Factor {
    .init(distribution, ground: ground)
  }

  /// Every input with the same distribution.
  static func inputs(_ distribution: Distribution, spread: Double, share: ClosedRange<Double>)
    -> UncertainInputs
  {
    UncertainInputs(
      name: "all", dwell: .init(spread: spread, correlation: 0.4, ground: ground),
      transfer: factor(distribution),
      speeds: [
        .init(mode: .road, roadClass: "default", factor: factor(distribution)),
        .init(mode: .road, roadClass: "slow", factor: factor(distribution)),
        .init(mode: .rail, roadClass: "default", factor: factor(distribution)),
      ], theta: factor(distribution), beta: factor(distribution), pairMass: factor(distribution),
      layerMass: factor(distribution),
      domesticShare: .init(
        low: share.lowerBound, mode: 0.6, high: share.upperBound, ground: ground))
  }

  static var wide: UncertainInputs {
    inputs(.triangular(low: 0.5, mode: 1, high: 2), spread: 1, share: 0.2...0.9)
  }
  static var certain: UncertainInputs {
    inputs(.uniform(low: 1, high: 1), spread: 0, share: 0.6...0.6)
  }

  /// A random region's analysis with its trips, in two layers.
  func question(_ seed: UInt64) throws -> (analysis: Analysis, trips: [Trip]) {
    let region = RandomRegion(seed: seed)
    let area = try StudyArea(
      network: region.network,
      crossings: CrossingCatalogue(region.crossings, metric: RandomRegion.metric),
      provinces: region.layer, threads: 1)
    let analysis = try Analysis(area, profile: region.profile, countries: ["XA"])
    let trips = try region.prepared().trips.enumerated().map { index, trip in
      var trip = trip
      trip.layer = index % 2 == 0 ? "even" : "odd"
      return trip
    }
    return (analysis, trips)
  }
}
