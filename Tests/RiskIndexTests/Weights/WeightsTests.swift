import Sampling
import Testing

@testable import RiskIndex

@Suite("Weights")
struct WeightsTests {
  private let judgements: [[Double]] = [
    [1, 2, 3, 2, 5, 5, 1, 3], [1.0 / 2, 1, 2, 1.0 / 2, 4, 4, 1.0 / 2, 3],
    [1.0 / 3, 1.0 / 2, 1, 1.0 / 4, 2, 2, 1.0 / 5, 1.0 / 2],
    [1.0 / 2, 2, 4, 1, 4, 4, 1.0 / 2, 3],
    [1.0 / 5, 1.0 / 4, 1.0 / 2, 1.0 / 4, 1, 1, 1.0 / 5, 1.0 / 2],
    [1.0 / 5, 1.0 / 4, 1.0 / 2, 1.0 / 4, 1, 1, 1.0 / 5, 1.0 / 2],
    [1, 2, 5, 2, 5, 5, 1, 4], [1.0 / 3, 1.0 / 3, 2, 1.0 / 3, 2, 2, 1.0 / 4, 1],
  ]

  @Test("pairwise comparisons of the Handbook: weights, eigenvalue, consistency")
  func comparison() throws {
    let result = try PairwiseComparison(
      elements: TechnologyAchievement.indicators, matrix: judgements)
    let expected = [
      0.22906330769259273, 0.13457100405180836, 0.05936172809627971, 0.1761449453590684,
      0.03854229879351344, 0.03854229879351344, 0.25223481197694436, 0.07153960523627947,
    ]
    for (found, wanted) in zip(result.weights, expected) { #expect(abs(found - wanted) < 1e-12) }
    #expect(abs(result.principalEigenvalue - 8.211079397090737) < 1e-10)
    #expect(abs(result.consistencyIndex - 0.030154199584390997) < 1e-11)
    #expect(abs(result.consistencyRatio - 0.021385957152050352) < 1e-11)
  }

  @Test(
    "judgements that contradict one another are refused with the ratio and the one that fits least")
  func inconsistent() throws {
    let error = #expect(throws: PairwiseComparisonError.self) {
      try PairwiseComparison(
        elements: ["a", "b", "c"], matrix: [[1, 9, 1.0 / 9], [1.0 / 9, 1, 9], [9, 1.0 / 9, 1]])
    }
    guard case .inconsistent(let ratio, let worst) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    // A circle: λ = 1 + 9 + 1/9, CI = (λ - 3) / 2, over 0.58.
    let expected = (10 + 1.0 / 9 - 3) / 2 / 0.58
    #expect(abs(ratio - expected) < 1e-9)
    #expect(abs(worst.implied - 1) < 1e-9)
    #expect(error?.description.contains("ratio 6.13") == true)
  }

  @Test("bad matrices are named by row and column")
  func badMatrices() {
    func error(_ matrix: [[Double]]) -> PairwiseComparisonError? {
      do {
        _ = try PairwiseComparison(elements: ["a", "b"], matrix: matrix)
        return nil
      } catch { return error }
    }
    #expect(error([[1, 2]]) == .wrongSize(row: nil, found: 1, expected: 2))
    #expect(error([[1, 2], [0.5]]) == .wrongSize(row: "b", found: 1, expected: 2))
    #expect(
      error([[1, -2], [0.5, 1]])
        == .invalidCell(row: "a", column: "b", value: -2, expected: "a number above 0"))
    #expect(
      error([[2, 2], [0.5, 1]]) == .invalidCell(row: "a", column: "a", value: 2, expected: "1"))
    #expect(
      error([[1, 2], [2, 1]])
        == .invalidCell(row: "b", column: "a", value: 2, expected: "1 / 2.0, as a against b says"))
    #expect(error([[1, 3], [0.33, 1]]) == nil)
    #expect(throws: PairwiseComparisonError.self) {
      try PairwiseComparison(elements: [], matrix: [])
    }
  }

  @Test(
    "judgements that are ratios of weights give those weights back, with nothing contradicted",
    arguments: 1..<18)
  func consistent(count: Int) throws {
    var generator = SplitMix64(seed: UInt64(count))
    let weights = (0..<count).map { _ in Double.random(in: 0.1...1, using: &generator) }
    let sum = weights.reduce(0, +)
    let result = try PairwiseComparison(
      elements: (0..<count).map { "e\($0)" },
      matrix: weights.map { row in weights.map { row / $0 } })
    for (found, wanted) in zip(result.weights, weights) {
      #expect(abs(found - wanted / sum) < 1e-12)
    }
    #expect(abs(result.principalEigenvalue - Double(count)) < 1e-9)
    #expect(abs(result.consistencyRatio) < 1e-9)
  }

  /// The four pairs of the Handbook's indicators, min-max, in equal parts.
  private var pairs: [[Double?]] {
    let columns = TechnologyAchievement.indicators.indices.map { column in
      Normalisation.minMax.apply(
        to: TechnologyAchievement.values.map { $0[column] }, direction: .increasing,
        parameters: .init()
      ).values
    }
    return (0..<4).compactMap {
      try? Aggregation.arithmetic.aggregate(
        columns: [columns[2 * $0], columns[2 * $0 + 1]], weights: [1, 1])
    }
  }

  @Test(
    "balanced weights make all correlations with the index equal, as solving the equations does")
  func balanced() throws {
    let elements = pairs
    #expect(elements.count == 4)
    let result = try #require(
      try BalancedWeights.find(elements: elements) { weights throws(RiskIndexError) in
        try Aggregation.arithmetic.aggregate(columns: elements, weights: weights)
      })
    // From numpy: the solution of R u = 1, over the deviations.
    for (found, wanted) in zip(result.weights, [0.3053411, 0.19873304, 0.15261303, 0.34331283]) {
      #expect(abs(found - wanted) < 1e-6)
    }
    for r in result.correlations { #expect(abs(r - 0.7876812379456993) < 1e-6) }
    #expect(result.isBalanced)
  }

  @Test(
    "elements that oppose one another are balanced where weights exist that do", arguments: 0..<40)
  func opposed(seed: UInt64) throws {
    var generator = Xoshiro256StarStar(seed: seed)
    let first = (0..<12).map { _ in generator.uniform() }
    // r from about −0.9 to 0.3; the second varies up to three times as much as the first.
    let pull = 1.5 * generator.uniform() - 0.3
    let spread = 0.5 + 2.5 * generator.uniform()
    let second = first.map { spread * (generator.uniform() - pull * $0) }
    let elements: [[Double?]] = [first, second]
    let result = try #require(
      try BalancedWeights.find(elements: elements) { weights throws(RiskIndexError) in
        try Aggregation.arithmetic.aggregate(columns: elements, weights: weights)
      }, "seed \(seed)")
    // Of two elements the weights go as 1 over the deviations, whatever their correlation.
    let deviations = [first, second].map(SampleStatistics.standardDeviation)
    #expect(result.isBalanced, "seed \(seed)")
    #expect(
      abs(result.weights[0] - deviations[1] / (deviations[0] + deviations[1])) < 1e-5,
      "seed \(seed)")
  }

  @Test("balanced weights to given proportions, under a geometric mean too")
  func proportions() throws {
    let elements = pairs
    let wanted = [1.0, 1.04, 0.98, 1]
    for method in [Aggregation.arithmetic, .geometric] {
      let result = try #require(
        try BalancedWeights.find(elements: elements, wanted: wanted) {
          weights throws(RiskIndexError) in
          try method.aggregate(columns: elements, weights: weights)
        })
      #expect(result.isBalanced, "\(method)")
      for (r, target) in zip(result.correlations, wanted) {
        #expect(abs(r / result.correlations[0] - target / wanted[0]) < 1e-4)
      }
    }
  }

  @Test("where no weights balance, the best met is told as not balanced")
  func unbalanced() throws {
    // The second is the first turned about: one of them always goes against the index.
    let elements: [[Double?]] = [[1, 2, 3, 5], [5, 4, 3, 1]]
    let result = try BalancedWeights.find(elements: elements, limit: 200) {
      weights throws(RiskIndexError) in
      try Aggregation.arithmetic.aggregate(columns: elements, weights: weights)
    }
    #expect(result?.isBalanced != true)
  }
}
