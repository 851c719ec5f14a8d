import Testing

@testable import RiskIndex

@Suite("Sensitivity of an index")
struct IndexSensitivityTests {
  /// Two indicators between goalposts 0 and 100, and exposure between 0 and 100 with a share of 0.4: the score
  /// is 0.6 (x + y) / 2 + 0.4 z, additive in figures and exposure.
  private func linear() throws -> UncertainIndex {
    let posts = Indicator.Goalposts(low: 0, high: 100, source: "made up")
    let framework = try IndexFramework(
      edition: "1", name: "linear", source: "made up",
      dimensions: [.init(id: "d", name: "D")],
      indicators: ["x", "y"].map {
        Indicator(id: $0, name: $0, dimension: "d", direction: .increasing, goalposts: posts)
      })
    let rows = [("a", 50.0), ("b", 40.0), ("c", 20.0)].flatMap { unit, value in
      ["x", "y"].map {
        IndicatorValue(
          unit: unit, indicator: $0, value: value, measureUnit: "points", year: 2020,
          source: "made up")
      }
    }
    let run = try IndexRecipe.standard.run(
      on: IndicatorData(
        IndicatorTable(rows: rows), units: ["a", "b", "c"].map { .init(id: $0) },
        framework: framework), framework: framework,
      exposure: IndexExposure(
        name: "e", values: ["a": 50, "b": 50, "c": 50], measureUnit: "km", share: 0.4,
        goalposts: posts))
    // Exposure of 0, 1 ... 100 for the first unit: variance (101² − 1) / 12 = 850; the same for all draws for
    // the others.
    return try UncertainIndex(
      run,
      IndexUncertainty(
        name: "linear", errors: [.init(unit: "a", spread: .absolute(10))]),
      exposureDraws: (0...100).map { [Double($0), 50, 50] }, seed: 2)
  }

  @Test("an additive index has the shares of its variances, S1 as ST")
  func additive() throws {
    let index = try linear()
    #expect(index.factors.map(\.name) == ["data", "exposure"])
    let result = try IndexSensitivity(index, sampleCount: 1024, resampleCount: 100, seed: 2)
    #expect(result.runCount == 1024 * 4)
    #expect(result.refusedCount == 0)
    let indices = try #require(result.scores[0])
    // var = 0.6² (10² / 2) = 18 from figures, 0.4² × 850 = 136 from exposure.
    #expect(abs(indices.variance - 154) < 154 * 0.08)
    for (factor, expected) in zip(indices.factors, [18.0 / 154, 136.0 / 154]) {
      #expect(abs(factor.first.value - expected) < 0.06)
      #expect(abs(factor.total.value - expected) < 0.06)
      #expect(factor.first.low <= expected + 0.02 && expected - 0.02 <= factor.first.high)
    }
    // The other units have one score whatever is drawn.
    #expect(result.scores[1] == nil && result.scores[2] == nil)
    // The third never moves; the first does, and takes the second with it.
    #expect(result.ranks[0] != nil && result.ranks[1] != nil)
  }

  @Test("estimates are shown as they are, with their intervals, below 0 too")
  func negative() throws {
    let run = try UncertainSample.run(missing: 1000)
    var seen = false
    for seed in UInt64(1)...6 {
      let index = try UncertainIndex(
        run,
        IndexUncertainty(
          name: "n", alternatives: [UncertainSample.steps([.arithmetic, .geometric])],
          weightSpread: 0.05, errors: [.init(spread: .relative(0.2))]), seed: seed)
      let result = try IndexSensitivity(index, sampleCount: 64, resampleCount: 50, seed: seed)
      for indices in result.ranks.compactMap({ $0 }) {
        for factor in indices.factors {
          #expect(factor.first.low <= factor.first.high && factor.total.low <= factor.total.high)
          if factor.first.value < 0 { seen = true }
        }
      }
    }
    #expect(seen)
  }

  @Test("the result has the same bits on any number of threads")
  func threads() throws {
    let run = try UncertainSample.run(missing: 1000)
    let index = try UncertainIndex(run, .standard(for: run.recipe), seed: 1)
    func result(_ threads: Int) throws -> IndexSensitivity {
      try IndexSensitivity(index, sampleCount: 64, resampleCount: 20, seed: 1, threads: threads)
    }
    let one = try result(1)
    let many = try result(5)
    #expect(one.ranks == many.ranks && one.scores == many.scores && one.meanShift == many.meanShift)
    #expect(one.meanRanks == many.meanRanks)
    #expect(one.meanShift != nil)
  }

  @Test("a sentence says which choice moves which unit most, and from where to where")
  func sentences() throws {
    let run = try UncertainSample.run(missing: 1000)
    let index = try UncertainIndex(
      run,
      IndexUncertainty(
        name: "s", alternatives: [UncertainSample.steps([.minMax, .percentile])],
        weightSpread: 0.01), seed: 1)
    let result = try IndexSensitivity(index, sampleCount: 256, resampleCount: 50, seed: 1)
    #expect(
      result.summary.hasPrefix("Over all units, the normalisation moves ranks most (total share "))
    let moved = try #require(
      result.ranks.indices.first { result.leader(result.ranks[$0])?.rivals == [] })
    let sentence = result.sentence(unit: moved, name: "Somewhere")
    #expect(sentence.hasPrefix("Somewhere: the normalisation moves its rank most (total share "))
    #expect(sentence.contains("mean rank of") && sentence.contains("percentile"))
    // Mean ranks are those of the rows that took the alternative: of one unit they are its two ranks.
    let alternatives = ["min-max", "percentile"]
    #expect(result.index.factors[0].labels == alternatives)
    for (place, method) in [Normalisation.minMax, .percentile].enumerated() {
      let alone = try run.rerun(run.recipe.replacing(.normalise(NormalisationStep(method))))
      let mean = try #require(result.meanRanks[0][place][moved])
      #expect(abs(mean - Double(try #require(alone.result.units[moved].rank))) < 0.6)
    }
  }

  @Test("more weights than points have dimensions are refused")
  func tooMany() throws {
    let framework = try IndexFramework(
      edition: "1", name: "wide", source: "made up", dimensions: [.init(id: "d", name: "D")],
      indicators: (0..<130).map {
        Indicator(id: "i\($0)", name: "I", dimension: "d", direction: .increasing)
      })
    let rows = (0..<130).flatMap { indicator in
      (0..<3).map {
        IndicatorValue(
          unit: "u\($0)", indicator: "i\(indicator)", value: Double($0), measureUnit: "points",
          year: 2020, source: "made up")
      }
    }
    let run = try IndexRecipe.standard.run(
      on: IndicatorData(
        IndicatorTable(rows: rows), units: (0..<3).map { .init(id: "u\($0)") },
        framework: framework), framework: framework)
    let index = try UncertainIndex(run, IndexUncertainty(name: "w", weightSpread: 0.2), seed: 1)
    #expect(throws: RiskIndexError.self) {
      try IndexSensitivity(index, sampleCount: 16, seed: 1)
    }
    #expect(IndexDraws(index, count: 10, seed: 1).ranks(of: 0) != nil)
  }
}
