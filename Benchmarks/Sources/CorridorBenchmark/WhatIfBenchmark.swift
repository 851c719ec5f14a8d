import ArgumentParser
import CorridorKit
import TransportGraph

/// What-if questions under the shipped demand: single scenarios, N-1, pairs, Shapley values, draws.
struct WhatIfBenchmark: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "whatif", abstract: "Closures and draws under the shipped demand.")

  @OptionGroup var demand: ShippedDemand
  @Option(help: "Worker threads of all but single scenarios; 0 is one a core.") var threads = 0
  @Option(help: "So many Monte Carlo draws; 0 to leave them out.") var draws = 0
  @Option(help: "Pairs of so many crossings, the busiest; 0 to leave them out.") var paired = 0
  @Option(help: "Shapley values of so many crossings, the busiest; 0 to leave them out.")
  var players = 0

  /// Every crossing closed by itself.
  private struct Closures: Encodable {
    /// The hierarchy, and all trips with everything open.
    var preparation: Measurement
    var closing: Measurement
    /// By crossing.
    var rows: [Row]
  }

  private struct Row: Encodable {
    var id: String
    var passingMass: Double
    var lostMass: Double
    var extraSeconds: Double
  }

  private struct Many: Encodable {
    var time: Measurement
    /// Draws, pairs or crossings.
    var count: Int
  }

  private struct Result: Encodable {
    var trips: [TripRecord]
    var scenario: ShortTimes.Summary
    /// Of those that change a trip.
    var touching: ShortTimes.Summary
    var worstSeconds: Double
    var pathSizeLogit: Closures
    var shortest: Closures
    var draws: Many?
    var pairs: Many?
    var shapley: Many?
  }

  private struct Mismatch: Error, CustomStringConvertible {
    var description: String
  }

  func run() throws {
    let (analysis, trips) = try demand.load()
    let model = RouteChoiceModel.pathSizeLogit(PathSizeLogit())
    let (study, byChoice) = try closures(analysis, trips, model)
    let byShortest = try closures(analysis, trips, .shortest).closures
    let single = try scenarios(analysis, trips, model, byChoice)
    let busiest = study.elements(.crossings).enumerated()
      .sorted {
        (-byChoice.rows[$0.offset].passingMass, $0.offset)
          < (-byChoice.rows[$1.offset].passingMass, $1.offset)
      }.map(\.element)
    var drawn: Many?
    if draws > 0 {
      let carlo = try MonteCarlo(
        analysis, travel: .flows(trips), by: model, inputs: try demand.uncertainInputs())
      let (_, time) = try Measurement.of { try carlo.run(draws, threads: threads) }
      drawn = Many(time: time, count: draws)
    }
    var pairs: Many?
    if paired > 0 {
      let (sets, time) = try Measurement.of {
        try study.closingSets(of: 2, Array(busiest.prefix(paired)))
      }
      pairs = Many(time: time, count: sets.setCount)
    }
    var shapley: Many?
    if players > 0 {
      let (values, time) = try Measurement.of {
        try study.shapleyValues(
          of: .hours, Array(busiest.prefix(players)), method: .automatic(seed: 1, orders: 200))
      }
      guard values.sampledOrders == nil else {
        throw Mismatch(description: "Shapley values are sampled, not exact")
      }
      shapley = Many(time: time, count: values.rows.count)
    }
    try writeJSON(
      Result(
        trips: trips.map { TripRecord($0, analysis.area.graph) }, scenario: single.all.summary,
        touching: single.touching.summary, worstSeconds: single.all.worstSeconds,
        pathSizeLogit: byChoice, shortest: byShortest, draws: drawn, pairs: pairs,
        shapley: shapley))
  }

  private func closures(
    _ analysis: Analysis, _ trips: [Trip], _ model: RouteChoiceModel
  ) throws -> (study: ClosureStudy, closures: Closures) {
    let (study, preparation) = try Measurement.of {
      try ClosureStudy(analysis, trips: trips, by: model, threads: threads)
    }
    let (found, closing) = try Measurement.of {
      try study.closingEach(study.elements(.crossings))
    }
    let rows = found.rows.map {
      Row(
        id: $0.element.id, passingMass: $0.passingMass, lostMass: $0.effect.lostMass,
        extraSeconds: $0.effect.extraTimeSeconds)
    }
    return (study, Closures(preparation: preparation, closing: closing, rows: rows))
  }

  /// Every crossing closed by a scenario, on one thread, whose lost mass must be that of the study.
  private func scenarios(
    _ analysis: Analysis, _ trips: [Trip], _ model: RouteChoiceModel, _ study: Closures
  ) throws -> (all: ShortTimes, touching: ShortTimes) {
    var whatIf = try WhatIf(analysis, trips: trips, by: model)
    var all = ShortTimes(count: study.rows.count)
    var touching = ShortTimes(count: study.rows.count)
    for row in study.rows {
      let answer = try all.measure {
        try whatIf.answer(Scenario(name: row.id, closures: [.crossing(row.id)]))
      }
      if answer.reroutedCount > 0 { touching.addLast(of: all) }
      var (lost, extra) = (0.0, 0.0)
      for (index, trip) in trips.enumerated() {
        guard let before = whatIf.outcomes[index].exposure else { continue }
        if let after = answer.simulation.outcomesAfter[index].exposure {
          extra += trip.mass * (after.travelTimeSeconds - before.travelTimeSeconds)
        } else {
          lost += trip.mass
        }
      }
      guard abs(lost - row.lostMass) <= 1e-9 * (1 + lost),
        abs(extra - row.extraSeconds) <= 1e-6 * (1 + abs(extra))
      else { throw Mismatch(description: "\(row.id): the scenario and N-1 differ") }
    }
    return (all, touching)
  }
}
