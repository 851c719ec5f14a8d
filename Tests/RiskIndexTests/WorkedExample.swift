import Testing

@testable import RiskIndex

/// What a test asks of an index; the framework's own weights unless it names others.
struct IndexQuestion {
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

/// A worked example by hand. Min-max places, direction applied:
/// ```
///        income −    work +    crime +     economy   safety   score
///   a   10 → 1      4 → 0     0 → 0        0.50      0.00     25.0
///   b   20 → 0.5    8 → 1     2 → 0.25     0.75      0.25     50.0
///   c   30 → 0      6 → 0.5   8 → 1        0.25      1.00     62.5
/// ```
protocol WorkedExample {}

extension WorkedExample {
  static var units: [String] { ["a", "b", "c"] }

  static var values: [String: [String: Double]] {
    [
      "income": ["a": 10, "b": 20, "c": 30],
      "work": ["a": 4, "b": 8, "c": 6],
      "crime": ["a": 0, "b": 2, "c": 8],
    ]
  }

  func scores(
    units: [String] = Self.units, values: [String: [String: Double]] = Self.values,
    withEmptyDimension: Bool = false, change: (inout IndexQuestion) -> Void = { _ in }
  ) throws -> RiskScores {
    var question = IndexQuestion(
      framework: try Samples.framework(withEmptyDimension: withEmptyDimension))
    change(&question)
    return try Samples.scores(
      units: units, table: Samples.table(values), framework: question.framework,
      recipe: question.recipe, exposure: question.exposure)
  }

  func result(
    units: [String] = Self.units, values: [String: [String: Double]] = Self.values,
    withEmptyDimension: Bool = false, change: (inout IndexQuestion) -> Void = { _ in }
  ) throws -> IndexResult {
    try scores(
      units: units, values: values, withEmptyDimension: withEmptyDimension, change: change
    ).with.result
  }

  func exposure(_ values: [String: Double], weight: Double = 0.2) -> IndexExposure {
    IndexExposure(
      name: "corridor length", values: values, measureUnit: "km", share: weight)
  }

  func expect(
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
}
