import Testing

@testable import RiskIndex

/// A worked example by hand. Min-max places, direction applied:
/// ```
///        income −    work +    crime +     economy   safety   score
///   a   10 → 1      4 → 0     0 → 0        0.50      0.00     25.0
///   b   20 → 0.5    8 → 1     2 → 0.25     0.75      0.25     50.0
///   c   30 → 0      6 → 0.5   8 → 1        0.25      1.00     62.5
/// ```
@Suite("Risk scores")
struct RiskIndexTests {
  private static let units = ["a", "b", "c"]
  private static let values: [String: [String: Double]] = [
    "income": ["a": 10, "b": 20, "c": 30],
    "work": ["a": 4, "b": 8, "c": 6],
    "crime": ["a": 0, "b": 2, "c": 8],
  ]

  /// What a test asks of an index; the framework's own weights unless it names others.
  private struct Question {
    var framework: IndexFramework
    var normalisation = Normalisation.minMax
    var within = Aggregation.arithmetic
    var across = Aggregation.arithmetic
    var dimensionWeights: [String: Double] = [:]
    var indicatorWeights: [String: Double] = [:]
    var minimumCoverage = 0.5
    var exposure: IndexExposure?

    var recipe: IndexRecipe {
      Samples.recipe(
        normalisation, within: within, across: across,
        weights: WeightStep(dimensions: dimensionWeights, indicators: indicatorWeights),
        minimumCoverage: minimumCoverage)
    }
  }

  private func scores(
    units: [String] = units, values: [String: [String: Double]] = values,
    withEmptyDimension: Bool = false, change: (inout Question) -> Void = { _ in }
  ) throws -> RiskScores {
    var question = Question(
      framework: try Samples.framework(withEmptyDimension: withEmptyDimension))
    change(&question)
    return try Samples.scores(
      units: units, table: Samples.table(values), framework: question.framework,
      recipe: question.recipe, exposure: question.exposure)
  }

  private func result(
    units: [String] = units, values: [String: [String: Double]] = values,
    withEmptyDimension: Bool = false, change: (inout Question) -> Void = { _ in }
  ) throws -> IndexResult {
    try scores(
      units: units, values: values, withEmptyDimension: withEmptyDimension, change: change
    ).with.result
  }

  private func exposure(_ values: [String: Double], weight: Double = 0.2) -> IndexExposure {
    IndexExposure(
      name: "corridor length", values: values, measureUnit: "km", share: weight)
  }

  private func expect(
    _ found: [Double?], _ expected: [Double?], sourceLocation: SourceLocation = #_sourceLocation
  ) {
    #expect(found.count == expected.count, sourceLocation: sourceLocation)
    for (left, right) in zip(found, expected) {
      switch (left, right) {
      case (let left?, let right?):
        #expect(abs(left - right) < 1e-9, sourceLocation: sourceLocation)
      default: #expect(left == right, sourceLocation: sourceLocation)
      }
    }
  }

  @Test("the worked example comes out: scores, ranks, dimensions, contributions")
  func workedExample() throws {
    let result = try result()
    expect(result.units.map(\.score), [25, 50, 62.5])
    #expect(result.units.map(\.rank) == [3, 2, 1])
    let b = try #require(result["b"])
    expect(b.dimensions.map(\.score), [75, 25])
    expect(b.dimensions.map(\.contribution), [37.5, 12.5])
    expect(b.indicators(of: "economy").map(\.normalised), [50, 100])
    expect(b.indicators(of: "economy").map(\.contribution), [12.5, 25])
    expect(b.indicators(of: "economy").map(\.weight), [0.25, 0.25])
    #expect(b.coverage == Coverage(available: 3, total: 3))
    #expect(b.isComplete)
    #expect(b.dimensions.map(\.rank) == [1, 2])
    #expect(b.indicators[0].cell?.source == "made up")
    #expect(result.warnings.isEmpty)
  }

  @Test("exposure takes its share of the score, and both scores and ranks are shown")
  func withExposure() throws {
    let scores = try scores { $0.exposure = exposure(["a": 100, "b": 0, "c": 50]) }
    let result = scores.with.result
    expect(result.units.map(\.score), [40, 40, 60])
    #expect(result.units.map(\.rank) == [2, 2, 1])
    expect(scores.without.result.units.map(\.score), [25, 50, 62.5])
    #expect(scores.without.result.units.map(\.rank) == [3, 2, 1])
    let a = try #require(result["a"])
    let exposed = try #require(a.indicator(IndexFramework.exposureID))
    expect([exposed.cell?.value, exposed.normalised], [100, 100])
    expect([exposed.weight, exposed.contribution], [0.2, 20])
    expect(a.dimensions.map(\.weight), [0.4, 0.4, 0.2])
    expect(a.dimensions.map(\.contribution), [20, 0, 20])
    #expect(a.coverage == Coverage(available: 3, total: 3))
  }

  @Test("ties share the better rank and the next is skipped; rounding does not part equals")
  func ties() {
    #expect(competitionRanks([5, 7, 7, 9, nil, 1]) == [4, 2, 2, 1, nil, 5])
    #expect(competitionRanks([0.1 + 0.2, 0.3]) == [1, 1])
    #expect(competitionRanks([nil, nil]) == [nil, nil])
  }

  @Test("given weights of dimensions and indicators are used")
  func givenWeights() throws {
    let result = try result {
      $0.dimensionWeights = ["economy": 0.25, "safety": 0.75]
      $0.indicatorWeights = ["income": 0.9, "work": 0.1]
    }
    expect(
      result.units.map(\.score),
      [0.25 * 90 + 0, 0.25 * 55 + 0.75 * 25, 0.25 * 5 + 75])
  }

  @Test("a supplement plays a part only with a weight, and then counts in the coverage")
  func supplements() throws {
    var values = Self.values
    values["seizures"] = ["a": 3, "b": 2, "c": 1]
    let without = try result(values: values)
    #expect(without.units == (try result()).units)
    let with = try result(values: values) {
      $0.indicatorWeights = ["crime": 0.5, "seizures": 0.5]
    }
    expect(with.units.map { $0.dimensions[1].score }, [50, 37.5, 50])
    #expect(with.units[0].coverage == Coverage(available: 4, total: 4))
  }

  @Test("geometric aggregation works on 0.01...1, once on each way up")
  func geometric() throws {
    func floored(_ value: Double) -> Double { 0.01 + 0.99 * value }
    let across = try result { $0.across = .geometric }
    expect(
      across.units.map(\.score),
      [(0.5, 0.0), (0.75, 0.25), (0.25, 1.0)].map {
        100 * (floored($0.0) * floored($0.1)).squareRoot()
      })
    let both = try result {
      $0.within = .geometric
      $0.across = .geometric
    }
    let economy = [(1.0, 0.0), (0.5, 1.0), (0.0, 0.5)].map {
      (floored($0.0) * floored($0.1)).squareRoot()
    }
    expect(both.units.map { $0.dimensions[0].score }, economy.map { $0 * 100 })
    expect(
      both.units.map(\.score),
      zip(economy, [0, 0.25, 1]).map { 100 * ($0 * floored($1)).squareRoot() })
  }

  @Test("geometric contributions are shares of the sum of w ln I and add up to 1")
  func geometricContributions() throws {
    let result = try result {
      $0.within = .geometric
      $0.across = .geometric
      $0.exposure = exposure(["a": 100, "b": 0, "c": 50])
    }
    for unit in result.units {
      let dimensions = unit.dimensions.compactMap(\.contribution)
      let indicators = unit.indicators.compactMap(\.contribution)
      #expect(dimensions.count == 3 && indicators.count == 4)
      expect([dimensions.reduce(0, +), indicators.reduce(0, +)], [1, 1])
    }
  }

  @Test("a missing value takes no part: it is neither 0 nor the mean")
  func missingValue() throws {
    var values = Self.values
    values["crime"]?["b"] = nil
    values["income"]?["b"] = nil
    let result = try result(values: values) { $0.minimumCoverage = 0 }
    let b = try #require(result["b"])
    expect(b.dimensions.map(\.score), [100, nil])
    #expect(b.coverage == Coverage(available: 1, total: 3))
    #expect(b.dimensions.map(\.coverage.available) == [1, 0])
  }

  @Test("a unit that lacks a dimension is scored on the rest and not ranked")
  func incompleteUnit() throws {
    var values = Self.values
    values["crime"]?["b"] = nil
    let result = try result(values: values)
    let b = try #require(result["b"])
    expect([b.score], [75])
    #expect(b.rank == nil)
    #expect(!b.isComplete)
    #expect(b.dimensions.map(\.weight) == [1, 0])
    #expect(result.units.map(\.rank) == [2, nil, 1])
    #expect(result.warnings == [.incompleteUnit(unit: "b", missing: ["safety"])])
  }

  @Test("less than the minimum coverage is no dimension; exactly as much is one")
  func minimumCoverage() throws {
    var values = Self.values
    values["work"]?["b"] = nil
    let half = try result(values: values) { $0.minimumCoverage = 0.5 }
    expect([half["b"]?.dimensions[0].score], [50])
    let more = try result(values: values) { $0.minimumCoverage = 0.51 }
    expect([more["b"]?.dimensions[0].score], [nil])
    #expect(more["b"]?.isComplete == false)
  }

  @Test("an indicator that nobody has is not held against a unit")
  func coverageCountsWhatIsThere() throws {
    var values = Self.values
    values["work"] = nil
    let result = try result(values: values) { $0.minimumCoverage = 1 }
    expect(result.units.map { $0.dimensions[0].score }, [100, 50, 0])
    #expect(result.units.map(\.coverage.available) == [2, 2, 2])
  }

  @Test("an empty dimension is never filled: its weight goes to the others, for all units alike")
  func emptyDimension() throws {
    let result = try result(withEmptyDimension: true)
    expect(result.units.map(\.score), [25, 50, 62.5])
    #expect(result.units.map(\.isComplete) == [true, true, true])
    let a = try #require(result["a"])
    #expect(a.dimensions[2].score == nil)
    #expect(a.dimensions[2].contribution == nil)
    #expect(a.dimensions[2].coverage == Coverage(available: 0, total: 1))
    expect(a.dimensions.map(\.weight), [0.5, 0.5, 0])
    #expect(a.coverage == Coverage(available: 3, total: 4))
    #expect(result.warnings == [.emptyDimension(dimension: "rights")])
  }

  @Test("a dimension with less than half of its weight is named with its share of the score")
  func thinDimension() throws {
    var values = Self.values
    values["work"] = nil
    let thin = try result(values: values) { $0.indicatorWeights = ["income": 0.4, "work": 0.6] }
    #expect(
      thin.warnings == [
        .thinDimension(dimension: "economy", usable: 1, total: 2, share: 0.5)
      ])
    let half = try result(values: values)
    #expect(half.warnings.isEmpty)
  }

  @Test("a unit without any data has no score and leaves the others as they were")
  func unitWithoutData() throws {
    let result = try result(units: ["a", "b", "c", "d"])
    let d = try #require(result["d"])
    #expect(d.score == nil && d.rank == nil)
    #expect(d.coverage.available == 0)
    expect(result.units.map(\.score), [25, 50, 62.5, nil])
    #expect(result.units.map(\.rank) == [3, 2, 1, nil])
    #expect(result.warnings == [.unitWithoutData(unit: "d")])
  }

  @Test("a unit without exposure has no score with it, and keeps the one without")
  func unitWithoutExposure() throws {
    let scores = try scores { $0.exposure = exposure(["a": 100, "c": 50]) }
    let result = scores.with.result
    let b = try #require(result["b"])
    #expect(b.score == nil && b.rank == nil)
    expect([scores.without.result["b"]?.score], [50])
    #expect(scores.without.result["b"]?.rank == 2)
    #expect(result.units.map(\.rank) == [2, nil, 1])
    #expect(result.warnings == [.unitWithoutExposure(unit: "b")])
  }

  @Test(
    "a constant indicator is left out under min-max and z, with a warning",
    arguments: [.minMax, .z] as [Normalisation])
  func constantIndicator(normalisation: Normalisation) throws {
    var values = Self.values
    values["work"] = ["a": 0.1, "b": 0.1, "c": 0.1]
    let constant = try result(values: values) { $0.normalisation = normalisation }
    #expect(constant.warnings == [.constantIndicator(indicator: "work")])
    values["work"] = nil
    let absent = try result(values: values) { $0.normalisation = normalisation }
    #expect(constant.units.map(\.score) == absent.units.map(\.score))
  }

  @Test("a constant indicator with goalposts has a place between them")
  func constantWithGoalposts() throws {
    var values = Self.values
    values["work"] = ["a": 5, "b": 5, "c": 5]
    let result = try result(values: values) {
      $0.normalisation = .goalpost
      $0.framework.indicators[1].goalposts = .init(low: 0, high: 20, source: "made up")
    }
    expect(result.units.map { $0.indicators[1].normalised }, [25, 25, 25])
    #expect(result.warnings == [.noGoalposts(indicators: ["income", "crime"])])
  }

  @Test("values beyond the goalposts are taken as the goalpost, with a warning")
  func clipping() throws {
    let result = try result {
      $0.normalisation = .goalpost
      $0.framework.indicators[0].goalposts = .init(low: 15, high: 25, source: "made up")
    }
    expect(result.units.map { $0.indicators[0].normalised }, [100, 50, 0])
    #expect(result.warnings.contains(.clipped(indicator: "income", units: ["a", "c"])))
  }

  @Test("goalposts score a single unit; min-max and z refuse it")
  func oneUnit() throws {
    let posts = Indicator.Goalposts(low: 0, high: 40, source: "made up")
    let one = try result(units: ["a"], values: ["income": ["a": 10]]) {
      $0.normalisation = .goalpost
      $0.framework.indicators[0].goalposts = posts
    }
    expect(one.units.map(\.score), [75])
    for normalisation in [Normalisation.minMax, .z] {
      #expect(throws: RiskIndexError.tooFewUnits(normalisation: normalisation, units: 1)) {
        try result(units: ["a"]) { $0.normalisation = normalisation }
      }
    }
    #expect(
      throws: RiskIndexError.nothingToScore(warnings: [
        .constantIndicator(indicator: "income"), .constantIndicator(indicator: "work"),
        .constantIndicator(indicator: "crime"),
        .emptyDimension(dimension: "economy"), .emptyDimension(dimension: "safety"),
      ])
    ) {
      try result(units: ["a"], values: Self.values.mapValues { ["a": $0["a"] ?? 0] }) {
        $0.normalisation = .goalpost
      }
    }
  }

  @Test(
    "very large and very small values keep their places",
    arguments: [.goalpost, .minMax, .z, .rank, .percentile, .borda, .distanceToMaximum]
      as [Normalisation], [1e-250, 1e299])
  func extremeScales(normalisation: Normalisation, scale: Double) throws {
    let plain = try result { $0.normalisation = normalisation }
    let scaled = try result(values: Self.values.mapValues { $0.mapValues { $0 / 30 * scale } }) {
      $0.normalisation = normalisation
    }
    expect(scaled.units.map(\.score), plain.units.map(\.score))
  }

  @Test("exposure that does not differ is left out, with a warning")
  func constantExposure() throws {
    let result = try result { $0.exposure = exposure(["a": 7, "b": 7, "c": 7]) }
    expect(result.units.map(\.score), [25, 50, 62.5])
    #expect(result.warnings == [.constantExposure(name: "corridor length")])
    #expect(result.units[0].indicator(IndexFramework.exposureID)?.weight == 0)
  }

  @Test("exposure that goes with weighted seizures is a double count; unweighted ones are not")
  func doubleCounting() throws {
    var values = Self.values
    values["seizures"] = ["a": 100, "b": 10, "c": 40]
    func warnings(_ seizures: Double, exposed: [String: Double]) throws -> [RiskWarning] {
      try result(values: values) {
        $0.indicatorWeights = ["crime": 1 - seizures, "seizures": seizures]
        $0.exposure = exposure(exposed)
      }.warnings
    }
    let found = try warnings(0.5, exposed: ["a": 10, "b": 1, "c": 4])
    guard case .doubleCounting("corridor length", "seizures", let r)? = found.first else {
      Issue.record("no warning of double counting: \(found)")
      return
    }
    #expect(abs(r - 1) < 1e-12)
    #expect(try warnings(0, exposed: ["a": 10, "b": 1, "c": 4]).isEmpty)
    #expect(try warnings(0.5, exposed: ["a": 1, "b": 10, "c": 4]).isEmpty)
  }

  @Test("mixed years, outliers and units that were not asked for are named")
  func otherWarnings() throws {
    var rows = Samples.rows(Self.values)
    let index = try #require(rows.firstIndex { $0.indicator == "income" && $0.unit == "c" })
    rows[index].year = 2021
    let result = try Samples.scores(
      units: ["a", "b", "c"],
      table: IndicatorTable(rows: rows + Samples.rows(["work": ["z": 1]])),
      framework: Samples.framework(), recipe: Samples.recipe(.minMax))
    #expect(
      result.warnings == [
        .unitsNotScored(units: ["z"]), .mixedYears(indicator: "income", years: [2020, 2021]),
      ])
    let many = (1...10).map { "u\($0)" }
    let skewed = Dictionary(uniqueKeysWithValues: many.map { ($0, $0 == "u10" ? 100.0 : 1.0) })
    let outlier = try self.result(units: many, values: ["income": skewed])
    // One of ten differs: G1 = sqrt(10), G2 = 10.
    guard case .outliers("income", let skewness, let kurtosis)? = outlier.warnings.first else {
      Issue.record("no warning of outliers: \(outlier.warnings)")
      return
    }
    expect([skewness, kurtosis], [Double(10).squareRoot(), 10])
  }

  @Test("specifications that contradict themselves are refused")
  func specifications() {
    let changes: [(String, (inout Question) -> Void)] = [
      ("dimension weights", { $0.dimensionWeights = ["economy": 0.5, "safety": 0.6] }),
      ("dimension weights", { $0.dimensionWeights = ["economy": 1.5, "safety": -0.5] }),
      ("dimension weights", { $0.dimensionWeights = ["economics": 1] }),
      ("indicator weights of economy", { $0.indicatorWeights = ["income": 0.5] }),
      ("indicator weights of economy", { $0.indicatorWeights = ["income": 2, "work": -1] }),
      ("indicator weights of economy", { $0.indicatorWeights = ["income": .nan, "work": 1] }),
      ("minimum coverage", { $0.minimumCoverage = 1.5 }),
      ("minimum coverage", { $0.minimumCoverage = .nan }),
      ("exposure weight", { $0.exposure = exposure(["a": 1, "b": 2, "c": 3], weight: 1) }),
      ("exposure weight", { $0.exposure = exposure(["a": 1, "b": 2, "c": 3], weight: -0.1) }),
      (
        "normalisation",
        {
          $0.normalisation = .z
          $0.within = .geometric
        }
      ),
      (
        "normalisation",
        {
          $0.normalisation = .z
          $0.across = .geometric
        }
      ),
    ]
    for (field, change) in changes {
      #expect {
        try result(change: change)
      } throws: { error in
        guard case RiskIndexError.invalidSpecification(let found, _, _) = error else {
          return false
        }
        return found == field
      }
    }
  }

  @Test("unknown names are refused with the nearest, and non-finite exposure with its unit")
  func unknownNames() {
    #expect(
      throws: RiskIndexError.unknownIndicator(
        place: nil, indicator: "incme", nearest: ["income", "crime", "work"])
    ) {
      try result(values: ["incme": ["a": 1, "b": 2]])
    }
    #expect {
      try result { $0.indicatorWeights = ["wrk": 1] }
    } throws: { error in
      guard case RiskIndexError.unknownIndicator(nil, "wrk", let nearest) = error else {
        return false
      }
      return nearest.first == "work"
    }
    #expect(
      throws: RiskIndexError.unknownUnit(place: nil, unit: "d", nearest: ["a", "b", "c"])
    ) {
      try result { $0.exposure = exposure(["a": 1, "b": 2, "c": 3, "d": 4]) }
    }
    #expect {
      try result { $0.exposure = exposure(["a": 1, "b": .infinity, "c": 3]) }
    } throws: { error in
      guard case RiskIndexError.notFinite("b", "corridor length", _) = error else { return false }
      return true
    }
    #expect(throws: RiskIndexError.self) { try result(units: ["a", "b", "a"]) }
  }

  @Test(
    "GSI-2013 over the shipped tables scores and ranks every province and shows how little it has")
  func shippedTables() throws {
    let framework = try IndexFramework(contentsOf: Samples.shipped("gsi-2013.json"))
    for (name, units, available) in [
      ("2024", Samples.units2024, 4), ("2013", Samples.units2013, 2),
    ] {
      let table = try IndicatorTable(
        contentsOf: Samples.shipped("indicators-\(name).csv"), units: units, framework: framework)
      let result = try Samples.scores(units: units, table: table, framework: framework)
        .with.result
      #expect(result.units.allSatisfy { $0.rank != nil && (0...100).contains($0.score ?? -1) })
      #expect(
        result.units.allSatisfy { $0.coverage == Coverage(available: available, total: 33) })
      #expect(
        result.warnings.contains(
          name == "2024"
            ? .thinDimension(dimension: "state_stability", usable: 1, total: 7, share: 0.5)
            : .emptyDimension(dimension: "state_stability")))
      #expect(result.warnings.contains(.emptyDimension(dimension: "slavery_policy")))
      #expect(result.warnings.contains(.emptyDimension(dimension: "human_rights")))
      #expect(result.warnings.contains(.emptyDimension(dimension: "womens_rights")))
    }
  }
}
