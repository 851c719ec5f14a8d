import Sampling
import Testing

@testable import RiskIndex

@Suite("Monte Carlo over an index")
struct IndexDrawsTests {
  private let everything = IndexUncertainty(
    name: "everything",
    alternatives: [
      UncertainSample.steps([.goalpost, .minMax, .percentile]),
      UncertainSample.steps([.arithmetic, .geometric, .harmonic]),
    ], weightSpread: 0.25, leftOut: .anyIndicator,
    errors: [
      .init(spread: .relative(0.1)), .init(indicator: "i3", spread: .absolute(5)),
      .init(indicator: "i3", unit: "u2", spread: .absolute(20)),
    ])

  private var exposure: IndexExposure {
    IndexExposure(
      name: "length",
      values: Dictionary(
        uniqueKeysWithValues: UncertainSample.units.enumerated().map { ($1, Double($0 * 10)) }),
      measureUnit: "km", share: 0.2)
  }

  private func exposureDraws(_ count: Int) -> [[Double?]] {
    func value(_ unit: Int, _ draw: Int) -> Double? {
      if unit == 7 && draw % 2 == 0 { return nil }
      return Double((unit * 37 + draw * 11) % 97)
    }
    return (0..<count).map { draw in (0..<10).map { value($0, draw) } }
  }

  @Test("the same seed gives the same bits on any number of threads, another seed others")
  func threads() throws {
    let run = try UncertainSample.run(exposure: exposure)
    let index = try UncertainIndex(run, everything, exposureDraws: exposureDraws(7), seed: 3)
    func bits(seed: UInt64, threads: Int) throws -> [UInt64] {
      let draws = IndexDraws(
        try UncertainIndex(run, everything, exposureDraws: exposureDraws(7), seed: seed),
        count: 203, seed: seed, threads: threads)
      return (0..<203).flatMap { draw in
        (0..<10).flatMap { unit in
          [
            draws.score(of: unit, draw: draw)?.bitPattern ?? 0,
            UInt64(draws.rank(of: unit, draw: draw) ?? 0),
          ]
        }
      }
    }
    #expect(
      index.factors.map(\.name) == [
        "normalisation", "aggregation", "weights", "indicators", "data", "exposure",
      ])
    let one = try bits(seed: 3, threads: 1)
    #expect(try bits(seed: 3, threads: 4) == one)
    #expect(try bits(seed: 3, threads: 13) == one)
    #expect(try bits(seed: 4, threads: 1) != one)
  }

  /// What a re-run must come to, by a documented run of another recipe on other data.
  private func slow(_ index: UncertainIndex, _ row: [Double]) throws -> [Double?] {
    let run = index.run
    let leaves = run.framework.indicators + run.framework.supplements
    let ids = leaves.map(\.id) + run.framework.dimensions.map(\.id)
    var recipe = run.recipe
    var exposure = run.exposure
    var weights = run.choices.weights
    var left: String?
    var drawnValues: [Double?] = []
    var errorDraw: UInt64?
    for factor in index.factors {
      switch factor.kind {
      case .step(let kind, let labels):
        let place = min(Int(row[factor.firstColumn] * Double(labels.count)), labels.count - 1)
        if kind == .normalise {
          recipe = recipe.replacing(
            .normalise(NormalisationStep(try #require(Normalisation(rawValue: labels[place])))))
        } else {
          recipe = recipe.replacing(
            .aggregate(AggregationStep([try #require(Aggregation(rawValue: labels[place]))])))
        }
      case .weights:
        // Every dimension, every indicator and exposure's share has siblings here.
        var column = factor.firstColumn
        for node in 0..<run.tree.root
        where ids[node] != IndexFramework.exposureID || node >= leaves.count {
          let change = 0.75 + 0.5 * row[column]
          column += 1
          if ids[node] == IndexFramework.exposureID {
            exposure?.share *= change
          } else {
            weights[node] *= change
          }
        }
        #expect(column == factor.firstColumn + factor.width)
      case .leftOut(let labels):
        let place = min(Int(row[factor.firstColumn] * Double(labels.count)), labels.count - 1)
        left = place == 0 ? nil : labels[place]
      case .data: errorDraw = row[factor.firstColumn].bitPattern
      case .exposure:
        drawnValues =
          index.exposureDraws[Int(row[factor.firstColumn] * Double(index.exposureDraws.count))]
      }
    }
    // Errors, cell by cell.
    var rows: [IndicatorValue] = []
    for leaf in run.framework.indicators where leaf.id != left {
      for (place, unit) in UncertainSample.units.enumerated() {
        guard var value = try run.data.column(leaf.id)[place]?.value else { continue }
        if let errorDraw {
          let deviation =
            leaf.id == "i3" ? (unit == "u2" ? 20 : 5) : 0.1 * abs(value)
          var random = RandomStreams(seed: 3).substream(
            factor: RandomStreams.key("index:error:\(leaf.id):\(unit)"), draw: errorDraw)
          value = max(value + deviation * normalQuantile(random.uniform()), 0)
        }
        rows.append(
          IndicatorValue(
            unit: unit, indicator: leaf.id, value: value, measureUnit: "points", year: 2020,
            source: "made up"))
      }
    }
    // Weights given to a recipe add up to 1 within each whole.
    var step = WeightStep()
    for whole in run.tree.indicatorCount..<run.tree.nodeCount {
      let parts = run.tree.parts(of: whole).filter { ids[$0] != IndexFramework.exposureID }
      let sum = parts.reduce(0) { $0 + weights[$1] }
      for part in parts {
        if part < leaves.count {
          step.indicators[ids[part]] = weights[part] / sum
        } else {
          step.dimensions[ids[part]] = weights[part] / sum
        }
      }
    }
    if !drawnValues.isEmpty {
      exposure?.values = [:]
      for (unit, value) in zip(UncertainSample.units, drawnValues) {
        exposure?.values[unit] = value
      }
    }
    let result = try recipe.replacing(.weigh(step)).run(
      on: IndicatorData(
        IndicatorTable(rows: rows), units: UncertainSample.units.map { .init(id: $0) },
        framework: UncertainSample.framework()),
      framework: UncertainSample.framework(), exposure: exposure
    ).result
    return result.units.map(\.score)
  }

  @Test(
    "a re-run over arrays is a documented run of the recipe and data that were drawn",
    arguments: [false, true], [false, true])
  func fastAgainstSlow(hasExposure: Bool, isTreated: Bool) throws {
    // So low that most columns are touched, and some transformed.
    let treatment = OutlierTreatment(
      skewness: 0.3, excessKurtosis: -1, maximumWinsorised: 1)
    let recipe =
      isTreated
      ? IndexRecipe.standard.replacing(.treat(TreatmentStep(treatment))) : .standard
    for seed in UInt64(1)...2 {
      let run = try UncertainSample.run(
        seed: seed, recipe: recipe, exposure: hasExposure ? exposure : nil)
      let index = try UncertainIndex(
        run, everything, exposureDraws: hasExposure ? exposureDraws(5) : [], seed: 3)
      let draws = IndexDraws(index, count: 60, seed: 3)
      #expect(draws.refusedCount == 0)
      let cube = LatinHypercube(
        drawCount: 60, factors: index.factors.flatMap(\.keys), streams: RandomStreams(seed: 3))
      for draw in 0..<60 {
        let expected = try slow(index, Array(cube[draw]))
        for unit in 0..<10 {
          let found = draws.score(of: unit, draw: draw)
          #expect(
            (found == nil) == (expected[unit] == nil), "seed \(seed) draw \(draw) unit \(unit)")
          if let found, let wanted = expected[unit] {
            #expect(abs(found - wanted) < 1e-9, "seed \(seed) draw \(draw) unit \(unit)")
          }
        }
      }
    }
  }

  @Test("intervals, shares and comparisons are those of counting draws")
  func counting() throws {
    let run = try UncertainSample.run(missing: 1000)
    let draws = IndexDraws(try UncertainIndex(run, everything, seed: 5), count: 500, seed: 5)
    for unit in 0..<10 {
      let ranks = (0..<500).compactMap { draws.rank(of: unit, draw: $0) }.sorted()
      let interval = try #require(draws.ranks(of: unit))
      // The least rank that at least a share of the draws reach: ceil of the share.
      #expect(interval.p05 == ranks[24] && interval.p50 == ranks[249] && interval.p95 == ranks[474])
      #expect(interval.topShare == Double(ranks.count { $0 <= 5 }) / 500)
      #expect(interval.rankedShare == 1)
      let scores = (0..<500).compactMap { draws.score(of: unit, draw: $0) }.sorted()
      let score = try #require(draws.scores(of: unit))
      #expect(score.p05 == quantile(0.05, ofSorted: scores))
      #expect(score.p95 == quantile(0.95, ofSorted: scores))
      for other in 0..<10 where other != unit {
        let above = (0..<500).count { draw in
          guard let one = draws.rank(of: unit, draw: draw),
            let two = draws.rank(of: other, draw: draw)
          else { return false }
          return one < two
        }
        #expect(draws.share(of: unit, above: other) == Double(above) / 500)
        let most = max(
          try #require(draws.share(of: unit, above: other)),
          try #require(draws.share(of: other, above: unit)))
        #expect(draws.differ(unit, other) == (most >= 0.95))
      }
    }
  }

  @Test("equal units never differ, however many draws there are")
  func equals() throws {
    let framework = try UncertainSample.framework()
    let rows = (0..<9).flatMap { indicator in
      ["a", "b", "c"].map { unit in
        IndicatorValue(
          unit: unit, indicator: "i\(indicator)",
          value: unit == "c" ? (indicator % 2 == 0 ? 90 : 10) : 50, measureUnit: "points",
          year: 2020, source: "made up")
      }
    }
    let run = try IndexRecipe.standard.run(
      on: IndicatorData(
        IndicatorTable(rows: rows), units: ["a", "b", "c"].map { .init(id: $0) },
        framework: framework), framework: framework)
    let index = try UncertainIndex(
      run, IndexUncertainty(name: "w", weightSpread: 0.5, leftOut: .anyIndicator), seed: 1)
    let draws = IndexDraws(index, count: 400, seed: 1)
    #expect(draws.share(of: 0, above: 1) == 0 && draws.share(of: 1, above: 0) == 0)
    #expect(!draws.differ(0, 1))
    #expect(draws.differ(2, 0) && draws.differ(0, 2))
    let interval = try #require(draws.ranks(of: 0))
    #expect([interval.p05, interval.p50, interval.p95] == [2, 2, 2])
  }

  @Test("scores on different scales are not told as intervals, ranks are")
  func scales() throws {
    let run = try UncertainSample.run(missing: 1000)
    let mixed = IndexUncertainty(
      name: "mixed", alternatives: [UncertainSample.steps([.minMax, .rank, .z])])
    let index = try UncertainIndex(run, mixed, seed: 1)
    #expect(!index.scoresAreComparable)
    let draws = IndexDraws(index, count: 30, seed: 1)
    #expect(draws.scores(of: 0) == nil)
    #expect(draws.ranks(of: 0) != nil)
    let like = IndexUncertainty(
      name: "like", alternatives: [UncertainSample.steps([.minMax, .percentile, .goalpost])])
    #expect(try UncertainIndex(run, like, seed: 1).scoresAreComparable)
  }

  @Test("a unit that lacks a dimension is ranked in no draw")
  func incomplete() throws {
    let framework = try UncertainSample.framework()
    var rows: [IndicatorValue] = []
    for indicator in 0..<9 {
      for unit in 0..<4 where unit > 0 || indicator < 6 {
        rows.append(
          IndicatorValue(
            unit: "u\(unit)", indicator: "i\(indicator)",
            value: Double((unit * 7 + indicator * 13) % 50),
            measureUnit: "points", year: 2020, source: "made up"))
      }
    }
    let run = try IndexRecipe.standard.run(
      on: IndicatorData(
        IndicatorTable(rows: rows), units: (0..<4).map { .init(id: "u\($0)") },
        framework: framework), framework: framework)
    let draws = IndexDraws(
      try UncertainIndex(run, IndexUncertainty(name: "w", weightSpread: 0.25), seed: 1), count: 50,
      seed: 1)
    #expect(draws.ranks(of: 0) == nil)
    #expect(draws.scores(of: 0) != nil)
    #expect(draws.share(of: 0, above: 1) == nil)
    #expect(!draws.differ(0, 1))
  }

  @Test("draws in which a mean refuses its values are counted and have no scores")
  func refused() throws {
    var step = AggregationStep([.geometric])
    step.parameters.floor = nil
    let recipe = IndexRecipe.standard.replacing(.aggregate(step))
    let run = try UncertainSample.run(recipe: recipe, missing: 1000)
    let index = try UncertainIndex(
      run, IndexUncertainty(name: "e", errors: [.init(spread: .relative(0.5))]), seed: 1)
    let draws = IndexDraws(index, count: 100, seed: 1)
    #expect(draws.refusedCount > 0 && draws.refusedCount < 100)
    let without = (0..<100).count { draws.score(of: 0, draw: $0) == nil }
    #expect(without == draws.refusedCount)
  }
}
