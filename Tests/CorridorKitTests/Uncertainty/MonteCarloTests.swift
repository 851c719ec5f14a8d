import Geography
import Sampling
import Synchronization
import Testing
import TransportGraph

@testable import CorridorKit

@Suite("Monte Carlo over uncertain inputs")
struct MonteCarloTests: MonteCarloSample {
  static let seeds = UInt64(1)...12

  private func delayed(_ analysis: Analysis, fraction: Double = 0) -> Scenario {
    let links = analysis.area.graph.links.map(\.id)
    return Scenario(
      name: "delayed", closures: [.link(links[0])],
      delays: [
        .init(
          links: [links[2]], added: .triangular(low: 600, mode: 3600, high: 30_000), factor: 1)
      ], openFraction: fraction)
  }

  /// All that draws tell, in one row.
  private func numbers(_ draws: ExposureDraws) -> [Double] {
    let states: [ExposureDraws.State] =
      draws.comparesScenario ? ExposureDraws.State.allCases : [.before]
    return states.flatMap { state in
      draws.disconnectedMass(state)
        + ExposureDraws.Measure.allCases.flatMap { measure in
          (0..<draws.units.count).flatMap { draws.values(measure, of: $0, state) }
        }
    }
  }

  @Test("without width every draw is the run itself, bit by bit", arguments: seeds, models)
  func certainty(seed: UInt64, model: RouteChoiceModel) throws {
    let (analysis, trips) = try question(seed)
    let expected = Exposure(
      trips, try analysis.routed(trips, by: model).outcomes, matrix: analysis.matrix)
    let study = try MonteCarlo(analysis, travel: .flows(trips), by: model, inputs: Self.certain)
    let draws = try (study.run(3, threads: 2))
    for (unit, row) in expected.rows.enumerated() {
      #expect(draws.plain(.length, of: unit) == row.lengthMeters)
      #expect(draws.values(.length, of: unit) == Array(repeating: row.lengthMeters, count: 3))
      #expect(draws.values(.time, of: unit) == Array(repeating: row.travelTimeSeconds, count: 3))
      #expect(draws.values(.entering, of: unit) == Array(repeating: row.enteringMass, count: 3))
    }
    #expect(draws.disconnectedMass() == Array(repeating: expected.disconnectedMass, count: 3))
  }

  @Test(
    "without width the change under a scenario is that of one run, bit by bit", arguments: seeds)
  func certainChange(seed: UInt64) throws {
    let (analysis, trips) = try question(seed)
    for fraction in [0, 0.3] {
      for model in Self.models {
        var scenario = delayed(analysis, fraction: fraction)
        scenario.delays[0].added = .fixed(seconds: 5000)
        var whatIf = try WhatIf(analysis, trips: trips, by: model)
        let expected = try whatIf.answer(scenario).simulation
        let study = try MonteCarlo(
          analysis, travel: .flows(trips), by: model, inputs: Self.certain, comparing: scenario)
        let draws = try (study.run(2, threads: 1))
        for unit in expected.after.rows.indices {
          let (before, after) = (expected.before.rows[unit], expected.after.rows[unit])
          #expect(draws.values(.time, of: unit, .before)[1] == before.travelTimeSeconds)
          #expect(draws.values(.time, of: unit, .after)[1] == after.travelTimeSeconds)
          #expect(draws.values(.entering, of: unit, .after)[0] == after.enteringMass)
          #expect(
            draws.values(.length, of: unit, .change)[0] == after.lengthMeters - before.lengthMeters)
        }
        #expect(draws.disconnectedMass(.after)[0] == expected.after.disconnectedMass)
      }
    }
  }

  @Test("results are the same for any number of threads, and differ between seeds")
  func threads() throws {
    let (analysis, trips) = try question(4)
    for model in Self.models {
      let study = try MonteCarlo(
        analysis, travel: .flows(trips), by: model, inputs: Self.wide,
        comparing: delayed(analysis))
      let alone = numbers(try (study.run(40, seed: 9, threads: 1)))
      for threads in [2, 4] {
        #expect(numbers(try (study.run(40, seed: 9, threads: threads))) == alone)
      }
      #expect(numbers(try (study.run(40, seed: 10, threads: 2))) != alone)
    }
  }

  @Test("what a draw multiplies the masses by has the distribution that was asked for")
  func massQuantiles() throws {
    let (analysis, all) = try question(2)
    let reached = try #require(
      zip(all, try analysis.outcomes(of: all)).first { $1.exposure?.cells.isEmpty == false })
    let unit = try #require(reached.1.exposure?.cells.first { $0.lengthMeters > 0 }?.unit)
    let inputs = UncertainInputs(
      name: "mass", pairMass: Self.factor(.uniform(low: 0.5, high: 1.5)))
    let study = try MonteCarlo(analysis, travel: .flows([reached.0]), inputs: inputs)
    let draws = try (study.run(1000))
    let summary = DrawSummary(draws.values(.length, of: unit), plain: 0)
    let plain = draws.plain(.length, of: unit)
    // Within a part of the hypercube, a thousandth, and the interpolation between two.
    #expect(abs(summary.p05 / plain - 0.55) < 0.002)
    #expect(abs(summary.p50 / plain - 1) < 0.002)
    #expect(abs(summary.p95 / plain - 1.45) < 0.002)
    #expect(abs(summary.mean / plain - 1) < 0.001)
    #expect(abs(summary.standardDeviation / plain - 1 / 12.0.squareRoot()) < 0.001)
  }

  @Test("closures cost no less in any draw, and cut off what they cut off in the run")
  func closures() throws {
    var compared = 0
    for seed in Self.seeds {
      let (analysis, trips) = try question(seed)
      let study = try MonteCarlo(
        analysis, travel: .flows(trips), inputs: Self.wide,
        comparing: Scenario(
          name: "closed", closures: [.link(analysis.area.graph.links[1].id)]))
      let draws = try (study.run(20, seed: seed))
      func total(_ state: ExposureDraws.State, _ draw: Int) -> Double {
        (0..<draws.units.count).reduce(0) { $0 + draws.values(.time, of: $1, state)[draw] }
      }
      for draw in 0..<20 {
        let (before, after) = (
          draws.disconnectedMass(.before)[draw], draws.disconnectedMass(.after)[draw]
        )
        #expect(after >= before)
        if after == before {
          // Costs are whole milliseconds; a mass here is at most 20 × 8.
          #expect(total(.after, draw) >= total(.before, draw) * (1 - 1e-6))
          compared += 1
        }
      }
    }
    #expect(compared > 20)
  }

  @Test("a delay of uncertain length is drawn, and one number stays as it is")
  func delays() throws {
    let (analysis, trips) = try question(6)
    let sure = UncertainInputs(name: "none", pairMass: Self.factor(.uniform(low: 1, high: 1)))
    // A link around which no way costs less than the longest delay.
    func times(_ seconds: Double, _ link: LinkID) throws -> [Double] {
      try analysis.view.adding(fixedSeconds: seconds, to: [link])
        .outcomes(of: trips, matrix: analysis.matrix).compactMap(\.exposure?.travelTimeSeconds)
    }
    let link = try #require(
      try analysis.area.graph.links.indices.map { LinkID($0) }.first {
        try times(3600, $0) != times(1800, $0)
      })
    let scenario = Scenario(
      name: "later",
      delays: [
        .init(
          links: [analysis.area.graph.links[link.index].id],
          added: .triangular(low: 0, mode: 60, high: 3600), factor: 1)
      ])
    let study = try MonteCarlo(
      analysis, travel: .flows(trips), inputs: sure, comparing: scenario)
    #expect(study.factors.contains("delay:0"))
    let draws = try (study.run(50))
    let totals = (0..<50).map { draw in
      (0..<draws.units.count).reduce(0) { $0 + draws.values(.time, of: $1, .change)[draw] }
    }
    #expect(Set(totals).count > 10)
    #expect(totals.allSatisfy { $0 >= -1e-6 })
    var fixed = scenario
    fixed.delays[0].added = .fixed(seconds: 60)
    #expect(
      try MonteCarlo(analysis, travel: .flows(trips), inputs: sure, comparing: fixed).factors
        .contains { $0.hasPrefix("delay") } == false)
  }

  @Test("dwell has each crossing's triangular hours, and crossings go together as much as is said")
  func dwell() throws {
    let area = try Shipped.area2024.get()
    let analysis = try Shipped.analysis()
    let graph = area.graph
    let crossings = graph.links.indices.filter { graph.links[$0].kind == .crossing }
    let count = 2000
    func drawn(_ correlation: Double) -> [[Double]] {
      let inputs = UncertainInputs(
        name: "dwell", dwell: .init(correlation: correlation, ground: Self.ground))
      let draws = InputDraws(
        inputs, analysis: analysis, trips: [], model: .shortest, scenario: nil)
      let cube = LatinHypercube(
        drawCount: count, factors: draws.names.map(RandomStreams.key),
        streams: RandomStreams(seed: 3))
      let base = LinkTimes(
        movingSeconds: analysis.view.times.movingSeconds,
        fixedSeconds: analysis.view.times.fixedSeconds)
      let times = (0..<count).map { draws.times(cube[$0], from: base).fixedSeconds }
      return crossings.map { link in times.map { $0[link] / 3600 } }
    }
    let half = drawn(0.5)
    for (crossing, hours) in zip(crossings, half) {
      let range = try #require(graph.links[crossing].dwell)
      let expected = Distribution.triangular(low: range.low, mode: range.mode, high: range.high)
      let sorted = hours.sorted()
      for probability in [0.05, 0.5, 0.95] {
        let found = try #require(quantile(probability, ofSorted: sorted))
        // Five standard errors of a share, told in the distribution's own quantiles.
        let slack = 5 * (probability * (1 - probability) / Double(count)).squareRoot()
        #expect(
          found >= expected.quantile(max(0, probability - slack))
            && found <= expected.quantile(min(1, probability + slack)),
          "\(graph.links[crossing].id) at \(probability)")
      }
    }
    func meanCorrelation(_ hours: [[Double]]) -> Double {
      let pairs = zip(hours, hours.dropFirst()).map(correlation)
      return pairs.reduce(0, +) / Double(pairs.count)
    }
    #expect(abs(meanCorrelation(drawn(0))) < 0.03)
    #expect(abs(meanCorrelation(half) - 0.48) < 0.05)
    #expect(meanCorrelation(drawn(1)) > 0.9)
  }

  private func correlation(_ a: [Double], _ b: [Double]) -> Double {
    let (meanA, meanB) = (a.reduce(0, +) / Double(a.count), b.reduce(0, +) / Double(b.count))
    let products = zip(a, b).map { (($0 - meanA) * ($1 - meanB), $0 - meanA, $1 - meanB) }
    let both = products.reduce(0) { $0 + $1.0 }
    let squares = products.reduce((0.0, 0.0)) { ($0.0 + $1.1 * $1.1, $0.1 + $1.2 * $1.2) }
    return both / (squares.0 * squares.1).squareRoot()
  }

  @Test("an area is closed in every draw as its links are")
  func areas() throws {
    let (analysis, trips) = try question(7)
    let square = [(0.0, 0.0), (60, 0), (60, 60), (0, 60), (0, 0)].map {
      Coordinate(longitude: $0.0, latitude: $0.1)
    }
    let scenario = Scenario(
      name: "area",
      closures: [
        .area([Polygon(exterior: square)], name: "square", metric: RandomRegion.metric)
      ])
    let study = try MonteCarlo(
      analysis, travel: .flows(trips), inputs: Self.certain, comparing: scenario)
    let draws = try (study.run(2))
    var whatIf = try WhatIf(analysis, trips: trips)
    let expected = try whatIf.answer(scenario)
    #expect(expected.resolved.closedLinks.count > 1)
    for (unit, row) in expected.simulation.after.rows.enumerated() {
      #expect(
        draws.values(.time, of: unit, .after) == [row.travelTimeSeconds, row.travelTimeSeconds])
    }
  }

  @Test("work that is cancelled gives no result, and progress counts every draw")
  func cancellation() throws {
    let (analysis, trips) = try question(1)
    let study = try MonteCarlo(analysis, travel: .flows(trips), inputs: Self.wide)
    let highest = Mutex(0)
    _ = try study.run(25, threads: 2) { done in highest.withLock { $0 = max($0, done) } }
    #expect(highest.withLock { $0 } == 25)
    let cancellation = BatchCancellation()
    let result = try study.run(
      1000, threads: 2,
      progress: { done in
        if done == 5 { cancellation.cancel() }
      }, cancellation: cancellation)
    #expect(result == nil)
  }

  @Test("the first draw that fails is named, whatever thread came to it")
  func failure() throws {
    let (analysis, trips) = try question(1)
    let inputs = UncertainInputs(
      name: "crawl",
      speeds: [
        .init(
          mode: .road, roadClass: "default",
          factor: Self.factor(.logUniform(low: 1e-12, high: 1)))
      ])
    let study = try MonteCarlo(analysis, travel: .flows(trips), inputs: inputs)
    func message(_ threads: Int) -> String? {
      fault { () throws(CorridorKitError) in _ = try study.run(30, threads: threads) }
    }
    let alone = try #require(message(1))
    #expect(alone.hasPrefix("draw "))
    #expect(message(4) == alone)
  }
}
