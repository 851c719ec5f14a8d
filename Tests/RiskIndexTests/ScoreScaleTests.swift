import Testing

@testable import RiskIndex

@Suite("Scales of risk scores, and what is warned of")
struct ScoreScaleTests: WorkedExample {
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
}
