import Testing

@testable import RiskIndex

@Suite("Recipes")
struct IndexRecipeTests {
  private let values: [String: [String: Double]] = [
    "income": ["a": 10, "b": 20, "c": 30, "d": 25], "work": ["a": 4, "b": 8, "c": 6],
    "crime": ["a": 0, "b": 2, "c": 8, "d": 5],
  ]

  private func data(_ values: [String: [String: Double]]? = nil) throws -> IndicatorData {
    try IndicatorData(
      Samples.table(values ?? self.values), units: ["a", "b", "c", "d"].map { .init(id: $0) },
      framework: Samples.framework())
  }

  private func run(_ steps: [IndexStep], _ values: [String: [String: Double]]? = nil) throws
    -> IndexRun
  {
    try IndexRecipe(steps).run(on: data(values), framework: Samples.framework())
  }

  private let minMax = IndexStep.normalise(.init(.minMax))

  @Test("a run records each step in its order and can be made again with one step changed")
  func rerun() throws {
    let first = try run([minMax, .aggregate(.init())])
    #expect(first.records.map(\.step) == first.recipe.steps)
    let again = try first.rerun(first.recipe)
    #expect(again.result == first.result)
    let other = try first.rerun(first.recipe.replacing(.aggregate(.init([.geometric]))))
    #expect(other.recipe.steps.map(\.kind) == [.normalise, .aggregate])
    #expect(other.result != first.result)
    let weighed = first.recipe.replacing(.weigh(.init(.equal)))
    #expect(weighed.steps.map(\.kind) == [.normalise, .weigh, .aggregate])
    #expect(weighed.without(.weigh) == first.recipe)
    let screened = weighed.replacing(.screen(.init()))
    #expect(screened.steps.map(\.kind) == [.screen, .normalise, .weigh, .aggregate])
  }

  @Test("the runner gives what the run gives, to the last bit, and takes replaced columns")
  func runner() throws {
    let run = try run([minMax, .aggregate(.init())])
    let scores = try run.runner.scores(run.choices)
    #expect(scores.map { $0.map { $0 * 100 } } == run.result.units.map(\.score))
    var choices = run.choices
    choices.leftOut = [1]
    let without = try self.run(
      [minMax, .aggregate(.init())], values.filter { $0.key != "work" })
    #expect(
      try run.runner.scores(choices).map { $0.map { $0 * 100 } }
        == without.result.units.map(\.score))
    choices = run.choices
    choices.columns[2] = [8, 2, 0, 5]
    var swapped = values
    swapped["crime"] = ["a": 8, "b": 2, "c": 0, "d": 5]
    #expect(
      try run.runner.scores(choices).map { $0.map { $0 * 100 } }
        == self.run([minMax, .aggregate(.init())], swapped).result.units.map(\.score))
  }

  @Test("screening leaves units out, says which, and ranks the rest among themselves")
  func screening() throws {
    let run = try run([
      .screen(.init(minimumAvailability: 0.9)), minMax, .aggregate(.init()),
    ])
    #expect(run.result.units.map(\.unit) == ["a", "b", "c"])
    #expect(run.records[0].units == 3)
    #expect(run.records[0].touched.map(\.unit) == ["d"])
    #expect(run.records[0].touched[0].note == "left out: 2 of 3 indicators, 0 of them 0")
    let kept = try self.run([
      .screen(.init(minimumAvailability: 0.9, forced: ["d": true])), minMax, .aggregate(.init()),
    ])
    #expect(kept.result.units.count == 4)
    #expect(kept.records[0].touched[0].note.hasPrefix("kept (by name)"))
    #expect(throws: RiskIndexError.self) {
      try self.run([.screen(.init(forced: ["e": true])), minMax, .aggregate(.init())])
    }
  }

  @Test("imputed cells say so, and coverage does not count them")
  func imputation() throws {
    let run = try run([.impute(.init(.mean)), minMax, .aggregate(.init())])
    let d = try #require(run.result["d"])
    #expect(d.indicator("work")?.cell?.value == 6)
    #expect(d.indicator("work")?.cell?.origin == .imputed)
    #expect(d.coverage == Coverage(available: 2, total: 3))
    #expect(
      run.records[0].touched == [.init(part: "work", unit: "d", after: 6, note: "mean")])
    // An empty column stays empty.
    let empty = try self.run(
      [.impute(.init(.mean)), minMax, .aggregate(.init())], values.filter { $0.key != "crime" })
    #expect(empty.result.units.allSatisfy { $0.dimension("safety")?.score == nil })
    #expect(throws: RiskIndexError.self) {
      try self.run([.impute(.init(.groupMean)), minMax, .aggregate(.init())])
    }
  }

  @Test("an indicator is divided by a quantity that no score uses; what has none is lost and named")
  func denomination() throws {
    var values = values
    values["population"] = ["a": 10, "b": 40, "c": 20]
    let run = try run(
      [
        .denominate(.init(["crime": .init(denominator: "population", scale: 10)])), minMax,
        .aggregate(.init()),
      ], values)
    #expect(run.cells[2].map { $0?.value } == [0, 0.5, 4, nil])
    #expect(run.cells[2][1]?.measureUnit == "points per 10 population")
    #expect(run.records[0].touched.map(\.unit) == [nil, "d"])
    #expect(run.data.cells(of: "crime")[1].first?.value == 2)
    #expect(!run.result.warnings.contains { "\($0)".contains("population") }, "a gap is no fault")
  }

  @Test("a denominator of 0, below 0 or next to 0 makes a gap, and a warning tells unit and value")
  func denominatorNotAboveZero() throws {
    var values = values
    values["population"] = ["a": 0, "b": -40, "c": 20, "d": 5]
    values["income"] = ["a": 1, "b": 2, "c": 2024 * .leastNonzeroMagnitude, "d": 4]
    let run = try run(
      [
        .denominate(
          .init([
            "crime": .init(denominator: "population"), "work": .init(denominator: "income"),
          ])), minMax, .aggregate(.init()),
      ], values)
    #expect(run.cells[2].prefix(2).allSatisfy { $0 == nil })
    #expect(run.cells.joined().allSatisfy { $0?.value.isFinite ?? true })
    #expect(
      run.records[0].touched.filter { $0.part == "crime" }.map(\.note)
        == ["per population", "population is 0", "population is -40"])
    let told = run.result.warnings.map(\.description)
    #expect(
      told.contains(
        "crime cannot be told per population and is missing in a (population is 0), "
          + "b (population is -40)"), "\(told)")
    #expect(told.contains("work cannot be told per income and is missing in c (income is 1e-320)"))
  }

  @Test("outliers are treated, each changed value is told, and the warning of them is gone")
  func treatment() throws {
    let units = (1...16).map { "u\($0)" }
    var work = Dictionary(uniqueKeysWithValues: units.enumerated().map { ($1, Double($0)) })
    work["u16"] = 500
    let data = try IndicatorData(
      Samples.table(["work": work]), units: units.map { .init(id: $0) },
      framework: Samples.framework())
    let plain = IndexRecipe([minMax, .aggregate(.init())])
    let before = try plain.run(on: data, framework: Samples.framework())
    #expect(before.result.warnings.contains { if case .outliers = $0 { true } else { false } })
    let after = try before.rerun(plain.replacing(.treat(.init())))
    #expect(!after.result.warnings.contains { if case .outliers = $0 { true } else { false } })
    #expect(
      after.records[0].touched == [
        .init(part: "work", note: "winsorised"),
        .init(part: "work", unit: "u16", before: 500, after: 14, note: "winsorised"),
      ])
    #expect(after.cells[1].last??.value == 14)
    #expect(after.result["u16"]?.dimension("economy")?.score == 100)
  }

  @Test("judgements stand in for weights, of the index and of a dimension")
  func judgements() throws {
    let index = try PairwiseComparison(
      elements: ["economy", "safety"], matrix: [[1, 3], [1.0 / 3, 1]])
    let economy = try PairwiseComparison(
      elements: ["work", "income"], matrix: [[1, 4], [0.25, 1]])
    let step = WeightStep(judgements: [.init(of: nil, index), .init(of: "economy", economy)])
    let judged = try run([minMax, .weigh(step), .aggregate(.init())])
    let given = try run([
      minMax,
      .weigh(
        .init(
          dimensions: ["economy": 0.75, "safety": 0.25], indicators: ["work": 0.8, "income": 0.2])
      ), .aggregate(.init()),
    ])
    for (left, right) in zip(judged.result.units, given.result.units) {
      #expect(abs((left.score ?? .nan) - (right.score ?? .nan)) < 1e-9)
    }
    for wrong in [
      WeightStep.Judgements(of: "health", economy), .init(of: nil, economy),
      .init(of: "safety", economy),
    ] {
      #expect(throws: RiskIndexError.self) {
        try run([minMax, .weigh(.init(judgements: [wrong])), .aggregate(.init())])
      }
    }
  }

  @Test("balanced dimensions correlate with the index alike, and exposure keeps its share")
  func balanced() throws {
    var complete = values
    complete["work"]?["d"] = 9
    complete["income"] = ["a": 30, "b": 22, "c": 10, "d": 28]
    let exposure = IndexExposure(
      name: "exposure", values: ["a": 3, "b": 1, "c": 2, "d": 0], measureUnit: "km", share: 0.3)
    let run = try IndexRecipe([minMax, .weigh(.init(.balanced)), .aggregate(.init())]).run(
      on: data(complete), framework: Samples.framework(), exposure: exposure)
    let plain = try run.rerun(exposureShare: 0)
    let index = plain.result.units.map(\.score)
    let correlations = ["economy", "safety"].map { id in
      Correlation.pearson.coefficient(
        plain.result.units.map { $0.dimension(id)?.score }, index) ?? .nan
    }
    #expect(abs(correlations[0] - correlations[1]) < 1e-6)
    #expect(run.result.units[0].dimension(IndexFramework.exposureID)?.weight == 0.3)
    #expect(run.records[1].touched.map(\.part) == ["economy", "safety"])
    #expect(run.choices.weights == plain.choices.weights)
  }

  @Test("exposure on the scale of another state may lie beyond it, and nothing else moves")
  func exposureScale() throws {
    func run(_ values: [String: Double], scale: ClosedRange<Double>? = nil) throws -> IndexResult {
      try IndexRecipe([minMax, .aggregate(.init())]).run(
        on: data(), framework: Samples.framework(),
        exposure: IndexExposure(
          name: "exposure", values: values, measureUnit: "km", share: 0.2, scale: scale)
      ).result
    }
    let before = try run(["a": 0, "b": 10, "c": 20, "d": 5])
    let after = try run(["a": 0, "b": 10, "c": 30, "d": 5], scale: 0...20)
    for unit in ["a", "b", "d"] { #expect(after[unit]?.score == before[unit]?.score) }
    #expect(after["c"]?.indicator(IndexFramework.exposureID)?.normalised == 150)
    #expect(abs((after["c"]?.score ?? 0) - (before["c"]?.score ?? 0) - 10) < 1e-9)
  }

  @Test(
    "steps in a wrong order, missing or doubled are refused",
    arguments: [
      [], [.aggregate(.init())], [.normalise(.init())],
      [.aggregate(.init()), .normalise(.init())],
      [.normalise(.init()), .impute(.init(.mean)), .aggregate(.init())],
      [.normalise(.init()), .normalise(.init()), .aggregate(.init())],
      [.normalise(.init()), .weigh(.init()), .weigh(.init()), .aggregate(.init())],
      [.normalise(.init()), .aggregate(.init([.arithmetic, .arithmetic, .arithmetic]))],
      [.normalise(.init()), .aggregate(.init([]))],
      [.normalise(.init()), .aggregate(.init(dimensions: ["wealth": .owa]))],
      [.normalise(.init(indicators: ["wealth": .z])), .aggregate(.init())],
      [
        .normalise(.init(parameters: NormalisationParameters(low: 1, high: 0))),
        .aggregate(.init()),
      ],
      [
        .normalise(.init()),
        .aggregate(.init(parameters: AggregationParameters(owaExponent: 0))),
      ],
    ] as [[IndexStep]])
  func wrongOrder(steps: [IndexStep]) {
    #expect(throws: RiskIndexError.self) { try run(steps) }
  }
}
