import Foundation
import Sampling
import Synchronization
public import TransportGraph

/// The exposure of provinces under many draws of the uncertain inputs.
///
/// A draw gives every link other times, the model other parameters, the trips other masses and the
/// scenario's delays other lengths; it routes everything anew and sums the exposure by unit. Topology,
/// closures and the overlay stay, so that a draw costs little more than its routes. Draws form a Latin
/// hypercube (``LatinHypercube``), and their numbers are found by factor and draw: results are the same
/// for any number of threads.
public struct MonteCarlo: Sendable {
  /// What travels.
  public enum Travel: Sendable {
    /// The flows of a table or a pair, whose masses are estimates.
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
  ///   - scenario: What is compared with the network without it; nil to compare nothing. Any scenario
  ///     that the analysis is under is then left aside.
  /// - Throws: what ``Analysis/under(_:)`` throws; ``CorridorKitError/unknownName(kind:name:suggestions:)``
  ///   for a layer of the domestic share that the trips do not have.
  public init(
    _ analysis: Analysis, travel: Travel, by model: RouteChoiceModel = .shortest,
    inputs: UncertainInputs, comparing scenario: Scenario? = nil
  ) throws(CorridorKitError) {
    self.analysis = analysis
    self.travel = travel
    self.model = model
    self.inputs = inputs
    self.scenario = scenario
    let base = try analysis.under(nil)
    self.base = base
    let inForce = scenario ?? analysis.resolved?.scenario
    resolved = try inForce.map { scenario throws(CorridorKitError) in
      try base.namingLinks(of: scenario)
    }
    let flows: [Trip]
    if case .trips(let trips) = travel { flows = trips } else { flows = [] }
    draws = InputDraws(inputs, analysis: base, trips: flows, model: model, scenario: inForce)
  }

  /// Computes draws.
  ///
  /// - Parameters:
  ///   - count: The number of draws, 1 or more: 1,000 to look, 5,000 to publish.
  ///   - seed: The same seed gives the same result, to the last bit.
  ///   - threads: Worker threads; 0 for one a core. Results do not depend on it.
  ///   - cancellation: Ends the work before its next draw.
  ///   - progress: Takes how many draws are done, from any thread.
  /// - Returns: nil where it was cancelled.
  /// - Throws: the error of the run, else of the first draw that failed, with its number.
  /// - Complexity: a customisation and all routes for each draw; O(draws × (units + factors)) memory.
  public func run(
    _ count: Int, seed: UInt64 = defaultSeed, threads: Int = 0,
    cancellation: BatchCancellation? = nil, progress: (@Sendable (Int) -> Void)? = nil
  ) throws(CorridorKitError) -> ExposureDraws? {
    precondition(count > 0, "there is a draw")
    let plain = try exposure(of: nil)
    let cube = LatinHypercube(
      drawCount: count, factors: draws.names.map(RandomStreams.key),
      streams: RandomStreams(seed: seed))
    var result = ExposureDraws(plain: plain, drawCount: count)
    let done = Atomic(0)
    let failure = Mutex<(draw: Int, error: CorridorKitError)?>(nil)
    result.withSlots { slots in
      ParallelItems.forEach(count, threads: threads, makeState: {}) { _, draw in
        // What comes after a draw that failed cannot be the first one.
        let failed = failure.withLock { $0?.draw } ?? .max
        guard !(cancellation?.isCancelled ?? false), draw < failed else { return }
        do throws(CorridorKitError) {
          slots.write(try exposure(of: cube[draw]), at: draw)
        } catch {
          failure.withLock { if draw < $0?.draw ?? .max { $0 = (draw, error) } }
        }
        progress?(done.add(1, ordering: .relaxed).newValue)
      }
    }
    if cancellation?.isCancelled ?? false { return nil }
    if let (draw, error) = failure.withLock({ $0 }) { throw .located("draw \(draw + 1)", error) }
    return result
  }

  /// The exposure in one draw, or, without probabilities, in the run itself.
  private func exposure(
    of probabilities: ArraySlice<Double>?
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
    case .trips(let all):
      let trips = probabilities.map { draws.trips($0, from: all) } ?? all
      guard let changed, self.scenario != nil else {
        let routed = try (changed ?? analysis).routed(trips, by: model)
        return (Exposure(trips, routed.outcomes, matrix: analysis.matrix), nil)
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
        definitions, analysis: self.scenario == nil ? changed ?? analysis : analysis)
      let before = Exposure(open.trips, open.tripOutcomes, matrix: analysis.matrix)
      guard let changed, self.scenario != nil else { return (before, nil) }
      let closed = try CorridorAnalysis(definitions, analysis: changed)
      return (
        before,
        exposure(
          open.trips, before: open.tripOutcomes, closed: closed.tripOutcomes,
          under: changed.resolved?.scenario)
      )
    }
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
