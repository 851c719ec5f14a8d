import Testing

@testable import RiskIndex

/// The OECD/JRC Handbook's worked example, through the public interface.
@Suite("The Technology Achievement Index of the OECD/JRC Handbook")
struct TechnologyAchievementTests {
  private func result(
    normalisation: Normalisation, within: Aggregation = .arithmetic, pairs: Bool = false,
    weights: [Double]? = nil
  ) throws -> IndexResult {
    let sum = weights?.reduce(0, +) ?? 1
    let given = weights.map {
      Dictionary(uniqueKeysWithValues: zip(TechnologyAchievement.indicators, $0.map { $0 / sum }))
    }
    return try Samples.scores(
      units: TechnologyAchievement.countries, table: TechnologyAchievement.table(),
      framework: TechnologyAchievement.framework(pairs: pairs),
      recipe: Samples.recipe(
        normalisation, within: within, weights: WeightStep(indicators: given ?? [:]))
    ).with.result
  }

  private func expectScores(
    _ result: IndexResult, _ expected: [Double], within tolerance: Double,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    #expect(expected.count == 23)
    for (unit, score) in zip(result.units, expected) {
      let found = try #require(unit.score)
      #expect(abs(found - score) <= tolerance, "\(unit.unit)", sourceLocation: sourceLocation)
    }
  }

  @Test("min-max with equal weights gives the reference scores")
  func minMax() throws {
    try expectScores(
      result(normalisation: .minMax), TechnologyAchievement.minMaxScores, within: 1e-8)
  }

  @Test("z with n - 1 and equal weights gives the reference ranks")
  func z() throws {
    #expect(
      try result(normalisation: .z).units.map(\.rank)
        == TechnologyAchievement.zRanks.map(Optional.some))
  }

  @Test("a z score is 50 + 10 z: schooling in Finland, the United States and Sweden")
  func schoolingZ() throws {
    let units = try result(normalisation: .z).units
    let expected = [0.2564099188574532, 1.5246740336362534, 1.1441947992026136]
    for (unit, z) in zip(units, expected) {
      let schooling = try #require(unit.indicator("schooling"))
      #expect(abs(try #require(schooling.normalised) - (50 + 10 * z)) < 1e-10)
    }
  }

  @Test("the geometric mean over 0.01...1 gives the reference scores")
  func geometric() throws {
    try expectScores(
      result(normalisation: .minMax, within: .geometric), TechnologyAchievement.geometricScores,
      within: 1e-8)
  }

  @Test("goalposts and four pairs give the scores of the Human Development Report")
  func report() throws {
    let result = try result(normalisation: .goalpost, pairs: true)
    try expectScores(result, TechnologyAchievement.reportScores, within: 1e-8)
    // Logarithms in the table are rounded to two decimals. The report counted Singapore's missing
    // royalties as 0; the Handbook imputed them, and so the two differ there.
    for (unit, printed) in zip(result.units, TechnologyAchievement.printedScores)
    where unit.unit != "Singapore" {
      #expect(abs(try #require(unit.score) / 100 - printed) <= 0.0025, "\(unit.unit)")
    }
    #expect(result.warnings.contains { if case .clipped = $0 { true } else { false } })
  }

  @Test(
    "goalposts give the ranks of table 23",
    arguments: [("EW", 0), ("BAP", 0), ("FA", 1), ("AHP", 2)])
  func table23(scheme: String, tolerance: Int) throws {
    let weights = try #require(TechnologyAchievement.weights[scheme])
    let expected = try #require(TechnologyAchievement.table23Ranks[scheme])
    #expect(expected.count == 23)
    let result = try result(normalisation: .goalpost, weights: weights)
    for (country, rank) in zip(TechnologyAchievement.table23Order, expected) {
      let found = try #require(result[country]?.rank)
      #expect(abs(found - rank) <= tolerance, "\(country) under \(scheme)")
    }
  }
}
