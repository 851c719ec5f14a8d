import Foundation
import Sampling
import Synchronization
public import TransportGraph

/// The exposure of provinces under many draws of the uncertain inputs.
///
/// A draw gives every link other times, the model other parameters, the trips other masses and the
/// scenario's delays other lengths; it routes everything anew and sums the exposure by unit. Topology,
/// closures and the overlay stay, so that a draw costs little more than its routes. A path-size logit of
/// flows and trips chooses in each draw among the alternatives of the run itself and the draw's own shortest
/// way, within the model's limits. Draws form a Latin
/// hypercube (``LatinHypercube``), and their numbers are found by factor and draw: results are the same
/// for any number of threads.
public struct MonteCarlo: Sendable {
  /// What travels.
  public enum Travel: Sendable {
    /// Flows whose masses are estimates: those of a table, or layers of demand.
    case flows([Trip])
    /// Trips whose masses are what they are, such as a single pair.
    case trips([Trip])
    /// Named corridors, each with a mass of 1 in every draw.
    case corridors([CorridorDefinition])
  }

  /// The seed of a study that names none.
  public static let defaultSeed: UInt64 = 1

  /// The network; under a scenario, that of every draw.
  public let analysis: Analysis
  /// What travels.
  public let travel: Travel
  /// How travellers spread over the ways between two places.
  public let model: RouteChoiceModel
  /// Whether a path-size logit finds its alternatives anew in each draw, at many times the work.
  public let findsAlternativesAnew: Bool
  /// What is uncertain.
  public let inputs: UncertainInputs
  /// Draws tell what this scenario changes; nil where they tell the exposure alone.
  public let scenario: Scenario?
  /// The names of the factors that vary, each a dimension of the hypercube.
  public var factors: [String] { draws.names }

  /// The analysis without a scenario.
  private let base: Analysis
  /// The scenario in force in every draw, with its areas as links: these need not be found in each.
  private let resolved: Scenario?
  private let draws: InputDraws

  /// - Parameters:
  ///   - analysis: The network.
  ///   - travel: What travels.
  ///   - model: How travellers spread over the ways between two places.
  ///   - inputs: What is uncertain.
  ///   - findsAlternativesAnew: Whether a path-size logit finds its alternatives anew in each draw.
  ///   - scenario: What is compared with the network without it; nil to compare nothing. Any scenario
  ///     that the analysis is under is then left aside.
  /// - Throws: what ``Analysis/under(_:)`` throws.
  public init(
    _ analysis: Analysis, travel: Travel, by model: RouteChoiceModel = .shortest,
    inputs: UncertainInputs, findsAlternativesAnew: Bool = false,
    comparing scenario: Scenario? = nil
  ) throws(CorridorKitError) {
    self.analysis = analysis
    self.travel = travel
    self.model = model
    self.inputs = inputs
    self.findsAlternativesAnew = findsAlternativesAnew
    self.scenario = scenario
    let base = try analysis.under(nil)
    self.base = base
    let inForce = scenario ?? analysis.resolved?.scenario
    resolved = try inForce.map { scenario throws(CorridorKitError) in
      try base.namingLinks(of: scenario)
    }
    let flows: [Trip]
    if case .flows(let estimates) = travel { flows = estimates } else { flows = [] }
    draws = InputDraws(inputs, analysis: base, trips: flows, model: model, scenario: inForce)
  }

  /// Computes draws.
  ///
  /// - Parameters:
  ///   - count: The number of draws, 1 or more: 1,000 to look, 5,000 to publish.
  ///   - seed: The same seed gives the same result, to the last bit.
  ///   - threads: Worker threads; 0 for one a core. Results do not depend on it.
  ///   - progress: Takes how many draws are done, from any thread.
  /// - Throws: the error of the run, else of the first draw that failed, with its number.
  /// - Complexity: a customisation and all routes for each draw, of a path-size logit the shortest ones;
  ///   O(draws × (units + factors)) memory.
  public func run(
    _ count: Int, seed: UInt64 = defaultSeed, threads: Int = 0,
    progress: (@Sendable (Int) -> Void)? = nil
  ) throws(CorridorKitError) -> ExposureDraws {
    try compute(count, seed: seed, threads: threads, progress: progress, cancellation: nil)
  }

  /// As ``run(_:seed:threads:progress:)``, for work that may be ended before its next draw.
  ///
  /// - Returns: nil where it was cancelled.
  public func run(
    _ count: Int, seed: UInt64 = defaultSeed, threads: Int = 0,
    progress: (@Sendable (Int) -> Void)? = nil, cancellation: BatchCancellation
  ) throws(CorridorKitError) -> ExposureDraws? {
    let draws = try compute(
      count, seed: seed, threads: threads, progress: progress, cancellation: cancellation)
    return cancellation.isCancelled ? nil : draws
  }

  private func compute(
    _ count: Int, seed: UInt64, threads: Int, progress: (@Sendable (Int) -> Void)?,
    cancellation: BatchCancellation?
  ) throws(CorridorKitError) -> ExposureDraws {
    precondition(count > 0, "there is a draw")
    let plain = try exposure(of: nil, among: nil)
    let alternatives = try alternatives(threads: threads)
    let cube = LatinHypercube(
      drawCount: count, factors: draws.names.map(RandomStreams.key),
      streams: RandomStreams(seed: seed))
    var result = ExposureDraws(plain: plain, drawCount: count)
    let done = Atomic(0)
    let failure = Locked<(draw: Int, error: CorridorKitError)?>(nil)
    result.withSlots { slots in
      ParallelItems.forEach(count, threads: threads, makeState: {}) { _, draw in
        // What comes after a draw that failed cannot be the first one.
        let failed = failure.withLock { $0?.draw } ?? .max
        guard !(cancellation?.isCancelled ?? false), draw < failed else { return }
        do throws(CorridorKitError) {
          slots.write(try exposure(of: cube[draw], among: alternatives), at: draw)
        } catch {
          failure.withLock { if draw < $0?.draw ?? .max { $0 = (draw, error) } }
        }
        progress?(done.add(1, ordering: .relaxed).newValue)
      }
    }
    if let (draw, error) = failure.withLock({ $0 }) { throw .located("draw \(draw + 1)", error) }
    return result
  }

  /// By trip, the alternatives that draws choose among.
  private struct Alternatives {
    /// In the network that exposure is told of, where a scenario is compared the one without it.
    var before: KnownAlternatives
    /// With the scenario that is compared; nil where none is.
    var after: KnownAlternatives?
  }

  /// The alternatives of the run itself; nil where draws choose among others.
  private func alternatives(threads: Int) throws(CorridorKitError) -> Alternatives? {
    guard case .pathSizeLogit(let model) = model, !findsAlternativesAnew else { return nil }
    let trips: [Trip]
    switch travel {
    case .flows(let all), .trips(let all): trips = all
    // Waypoints decide which legs there are; there are few of them.
    case .corridors: return nil
    }
    let pairs = trips.map { NodePair(from: $0.origin.node, to: $0.destination.node) }
    func found(_ analysis: Analysis) throws(CorridorKitError) -> KnownAlternatives {
      .routes(
        try analysis.metric().routeShares(of: pairs, by: model, threads: threads).map { $0?.set })
    }
    let changed = try base.under(resolved)
    guard scenario != nil else { return Alternatives(before: try found(changed)) }
    return Alternatives(before: try found(base), after: try found(changed))
  }

  /// The exposure in one draw, or, without probabilities, in the run itself.
  private func exposure(
    of probabilities: ArraySlice<Double>?, among alternatives: Alternatives?
  ) throws(CorridorKitError) -> ExposureDraws.Draw {
    var (analysis, model, scenario) = (base, model, resolved)
    if let probabilities {
      analysis = try base.taking(draws.times(probabilities, from: base.view.times))
      model = draws.model(probabilities, from: model)
      scenario = resolved.map { draws.scenario(probabilities, from: $0) }
    }
    let changed = try scenario.map { scenario throws(CorridorKitError) in
      try analysis.under(scenario)
    }
    switch travel {
    case .flows(let all), .trips(let all):
      let trips = probabilities.map { draws.trips($0, from: all) } ?? all
      guard let changed, self.scenario != nil else {
        let outcomes = try outcomes(
          of: trips, changed ?? analysis, by: model, knowing: alternatives?.before)
        return (Exposure(trips, outcomes, matrix: analysis.matrix), nil)
      }
      if let alternatives {
        let before = try outcomes(of: trips, analysis, by: model, knowing: alternatives.before)
        let after = try outcomes(of: trips, changed, by: model, knowing: alternatives.after)
        return (
          Exposure(trips, before, matrix: analysis.matrix),
          exposure(trips, before: before, closed: after, under: changed.resolved?.scenario)
        )
      }
      var whatIf = try WhatIf(analysis, trips: trips, by: model)
      guard let resolved = changed.resolved else { return (whatIf.exposure, whatIf.exposure) }
      let closed = try whatIf.outcomes(under: resolved).outcomes
      return (
        whatIf.exposure,
        exposure(trips, before: whatIf.outcomes, closed: closed, under: resolved.scenario)
      )
    case .corridors(let definitions):
      let open = try CorridorAnalysis(
        definitions, analysis: self.scenario == nil ? changed ?? analysis : analysis, by: model)
      let before = Exposure(open.trips, open.tripOutcomes, matrix: analysis.matrix)
      guard let changed, self.scenario != nil else { return (before, nil) }
      let closed = try CorridorAnalysis(definitions, analysis: changed, by: model)
      return (
        before,
        exposure(
          open.trips, before: open.tripOutcomes, closed: closed.tripOutcomes,
          under: changed.resolved?.scenario)
      )
    }
  }

  private func outcomes(
    of trips: [Trip], _ analysis: Analysis, by model: RouteChoiceModel,
    knowing known: KnownAlternatives?
  ) throws(CorridorKitError) -> [TripOutcome] {
    try analysis.metric().routed(
      trips, by: model, knowing: known, threads: 1, matrix: analysis.matrix
    ).outcomes
  }

  /// Exposure under a scenario, mixed where some traffic passes all the same.
  private func exposure(
    _ trips: [Trip], before: [TripOutcome], closed: [TripOutcome], under scenario: Scenario?
  ) -> Exposure {
    guard let scenario, scenario.openFraction > 0 else {
      return Exposure(trips, closed, matrix: base.matrix)
    }
    return Simulation(
      trips: trips, before: before, closed: closed, measure: base.profile.measure,
      openFraction: scenario.openFraction, matrix: base.matrix
    ).after
  }
}
