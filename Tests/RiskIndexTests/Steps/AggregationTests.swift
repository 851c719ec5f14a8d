import Foundation
import Testing

@testable import RiskIndex

@Suite("Aggregation of columns")
struct AggregationTests {
  private func one(
    _ method: Aggregation, _ values: [Double?], _ weights: [Double]? = nil,
    _ parameters: AggregationParameters = AggregationParameters(floor: nil)
  ) throws -> Double? {
    try method.aggregate(
      columns: values.map { [$0] }, weights: weights ?? Array(repeating: 1, count: values.count),
      parameters: parameters)[0]
  }

  /// By country, min-max of the eight indicators of the Handbook.
  private var minMax: [[Double?]] {
    TechnologyAchievement.indicators.indices.map { column in
      Normalisation.minMax.apply(
        to: TechnologyAchievement.values.map { $0[column] }, direction: .increasing,
        parameters: NormalisationParameters()
      ).values
    }
  }

  @Test("geometric means of the Handbook's example: raising a low value helps most")
  func handbookGeometric() throws {
    for (values, expected) in [
      ([21.0, 1, 1, 1], 2.1406951429280725), ([21, 2, 1, 1], 2.5457298950218306),
      ([6, 6, 6, 6], 6), ([7, 6, 6, 6], 6.23573926575247),
    ] {
      #expect(try abs(#require(try one(.geometric, values)) - expected) < 1e-12)
    }
  }

  @Test("means by hand, with weights and with a gap")
  func byHand() throws {
    #expect(try one(.arithmetic, [1, 4, nil], [1, 3, 6]) == 3.25)
    #expect(try abs(#require(try one(.geometric, [1, 16, nil], [1, 3, 6])) - 8) < 1e-12)
    #expect(try abs(#require(try one(.harmonic, [1, 4, nil], [1, 3, 6])) - 4 / 1.75) < 1e-12)
    #expect(try one(.arithmetic, [nil, nil]) == nil)
    #expect(try one(.arithmetic, [5, nil], [0, 1]) == nil)
    #expect(try one(.copeland, [nil]) == nil)
  }

  @Test(
    "harmonic is at most geometric is at most arithmetic; ordered weights lie between least and most",
    arguments: 0..<20)
  func inequality(seed: Int) throws {
    var generator = SplitMix64(seed: UInt64(seed))
    let values = (0..<6).map { _ in Double.random(in: 0.01...1, using: &generator) }
    let weights = (0..<6).map { _ in Double.random(in: 0...1, using: &generator) }
    let harmonic = try #require(try one(.harmonic, values, weights))
    let geometric = try #require(try one(.geometric, values, weights))
    let arithmetic = try #require(try one(.arithmetic, values, weights))
    #expect(harmonic <= geometric + 1e-12 && geometric <= arithmetic + 1e-12, "seed \(seed)")
    let high = try #require(try one(.owa, values, weights, .init(owaExponent: 0.5)))
    let plain = try #require(try one(.owa, values, weights, .init(owaExponent: 1)))
    let low = try #require(try one(.owa, values, weights, .init(owaExponent: 2)))
    #expect(abs(plain - arithmetic) < 1e-12)
    #expect(low <= plain && plain <= high, "seed \(seed)")
    #expect(try #require(values.min()) <= low && high <= #require(values.max()))
  }

  @Test("a floor keeps one zero from making the whole zero; without it a zero is refused")
  func floor() throws {
    let floored = try #require(try one(.geometric, [0, 1], nil, .init()))
    #expect(abs(floored - 0.1) < 1e-12)
    for method in [Aggregation.geometric, .harmonic] {
      #expect(throws: RiskIndexError.self) { try one(method, [0, 1]) }
      #expect(throws: RiskIndexError.self) { try one(method, [-1, 1]) }
    }
    // Admitted once only.
    #expect(
      try Aggregation.geometric.aggregate(columns: [[0.5]], weights: [1], areAdmitted: true)[0]
        .map { abs($0 - 0.5) < 1e-15 } == true)
  }

  @Test("ordered weights and scores of the reference, which counts the highest or the lowest most")
  func ordered() throws {
    let values = (0..<8).map { WeightedValue(weight: 1.0 / 8, value: Double(8 - $0)) }
    let half = Aggregation.orderedWeights(values, exponent: 0.5)
    for (found, expected) in zip(
      half, [0.3535533905932738, 0.1464466094067262, 0.11237243569579447])
    {
      #expect(abs(found - expected) < 1e-15)
    }
    let squared = Aggregation.orderedWeights(values, exponent: 2)
    #expect(
      zip(squared, [0.015625, 0.046875, 0.078125, 0.109375]).allSatisfy { abs($0 - $1) < 1e-15 })
    for (exponent, expected) in [
      (0.5, [0.8320960998265221, 0.7980753058286725, 0.807627780711904, 0.7132959540313791]),
      (2.0, [0.5780113731116245, 0.547716246691126, 0.5511942154853826, 0.37220725556770673]),
    ] {
      let scores = try Aggregation.owa.aggregate(
        columns: minMax, weights: Array(repeating: 1, count: 8),
        parameters: .init(owaExponent: exponent))
      for (found, wanted) in zip(scores, expected) {
        #expect(abs(try #require(found) - wanted) < 1e-12)
      }
      let last = exponent == 2 ? 0.08593856366958294 : 0.2840002123365967
      #expect(abs(try #require(scores.last ?? nil) - last) < 1e-12)
    }
  }

  @Test("arithmetic and geometric scores of the reference")
  func reference() throws {
    let weights = [Double](repeating: 1, count: 8)
    let arithmetic = try Aggregation.arithmetic.aggregate(columns: minMax, weights: weights)
    let geometric = try Aggregation.geometric.aggregate(columns: minMax, weights: weights)
    for (index, country) in TechnologyAchievement.countries.enumerated() {
      #expect(
        abs(try #require(arithmetic[index]) - TechnologyAchievement.minMaxScores[index] / 100)
          < 1e-8,
        "\(country)")
      #expect(
        abs(try #require(geometric[index]) - TechnologyAchievement.geometricScores[index] / 100)
          < 1e-8,
        "\(country)")
    }
    #expect(abs(try #require(geometric[22]) - 0.09424224408284487) < 1e-12)
  }

  @Test("the order of equal values does not matter to ordered weights")
  func orderedTies() {
    let values = [
      WeightedValue(weight: 0.2, value: 3), WeightedValue(weight: 0.5, value: 1),
      WeightedValue(weight: 0.3, value: 3),
    ]
    let weights = Aggregation.orderedWeights(values, exponent: 0.5)
    #expect(abs(weights[0] / weights[2] - 2.0 / 3) < 1e-12)
    #expect(abs(weights.reduce(0, +) - 1) < 1e-15)
    #expect(
      abs(Aggregation.owa.aggregate(values) - Aggregation.owa.aggregate(values.reversed())) < 1e-15)
  }

  /// Twenty-one votes over four candidates: 3 for a b c d in that order, 5 for a c b d, 7 for b d c a, 6 for
  /// c b d a (OECD/JRC 2008, tables 25 to 27).
  private let ballots: (columns: [[Double?]], weights: [Double]) = (
    [[4, 3, 2, 1], [4, 2, 3, 1], [1, 4, 2, 3], [1, 3, 4, 2]], [3, 5, 7, 6]
  )

  @Test("the Handbook's votes: Borda's scores, the outranking matrix, Copeland's winner")
  func votes() throws {
    let borda = ballots.columns.map {
      Normalisation.borda.apply(to: $0, direction: .increasing, parameters: .init()).values
    }
    let scores = try Aggregation.arithmetic.aggregate(columns: borda, weights: ballots.weights)
    for (found, expected) in zip(scores, [24.0, 44, 38, 20]) {
      #expect(abs(try #require(found) * 21 - expected) < 1e-12)
    }
    let matrix = OutrankingMatrix(columns: ballots.columns, weights: ballots.weights)
    let expected: [[Double?]] = [
      [nil, 8, 8, 8], [13, nil, 10, 21], [13, 11, nil, 14], [13, 0, 7, nil],
    ]
    for row in 0..<4 {
      for column in 0..<4 {
        guard let votes = expected[row][column] else {
          #expect(matrix[row, column] == nil)
          continue
        }
        #expect(abs(try #require(matrix[row, column]) * 21 - votes) < 1e-12)
      }
    }
    #expect(matrix.copelandScores(scale: .wins) == [-3, 1, 3, -1])
    for (found, expected) in zip(matrix.copelandScores(scale: .share), [0, 2.0 / 3, 1, 1.0 / 3]) {
      #expect(abs(try #require(found) - expected) < 1e-15)
    }
    #expect(matrix.dominantPairs == 1)
    #expect(
      try Aggregation.copeland.aggregate(
        columns: ballots.columns, weights: ballots.weights, parameters: .init(copelandScale: .wins))
        == [-3, 1, 3, -1])
  }

  @Test("a pair is compared on what both have, and a unit that meets nobody has no score")
  func outrankingGaps() {
    let matrix = OutrankingMatrix(
      columns: [[1, 2, nil, nil], [5, nil, 4, nil], [2, 2, nil, nil]], weights: [1, 10, 1])
    #expect(matrix[0, 1] == 0.25)
    #expect(matrix[1, 0] == 0.75)
    #expect(matrix[0, 2] == 1)
    #expect(matrix[1, 2] == nil)
    #expect(matrix.copelandScores(scale: .wins) == [0, 1, -1, nil])
  }

  @Test("shares of terms add up to 1, and terms to the aggregate", arguments: 0..<10)
  func contributions(seed: Int) {
    var generator = SplitMix64(seed: UInt64(seed))
    let weights = (0..<5).map { _ in Double.random(in: 0.1...1, using: &generator) }
    let sum = weights.reduce(0, +)
    let values = weights.map {
      WeightedValue(weight: $0 / sum, value: Double.random(in: 0.1...1, using: &generator))
    }
    for method in Aggregation.allCases where !method.comparesUnits {
      #expect(abs(method.shares(values).reduce(0, +) - 1) < 1e-12)
      let terms = method.terms(values).reduce(0, +)
      let whole = method.aggregate(values)
      switch method {
      case .geometric: #expect(abs(exp(terms) - whole) < 1e-12)
      case .harmonic: #expect(abs(1 / terms - whole) < 1e-12)
      default: #expect(abs(terms - whole) < 1e-12)
      }
    }
  }
}
