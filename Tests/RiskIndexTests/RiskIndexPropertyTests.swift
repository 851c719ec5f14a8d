import Testing

@testable import RiskIndex

extension Aggregation {
  /// Whether contributions are points of the score rather than shares.
  fileprivate var addsUpToScore: Bool { self == .arithmetic || self == .owa }
}

/// Properties that hold for any data, on seeded random tables with gaps.
@Suite("Properties of risk scores")
struct RiskIndexPropertyTests {
  /// A method of computing: all that are allowed.
  struct Method: Sendable, CustomTestStringConvertible {
    var normalisation: Normalisation
    var within: Aggregation
    var across: Aggregation
    var testDescription: String { "\(normalisation) \(within) \(across)" }

    /// Within and across dimensions.
    private static let pairs: [(Aggregation, Aggregation)] = [
      (.arithmetic, .arithmetic), (.arithmetic, .geometric), (.geometric, .arithmetic),
      (.geometric, .geometric), (.harmonic, .owa), (.arithmetic, .harmonic), (.owa, .geometric),
      (.copeland, .arithmetic), (.arithmetic, .copeland),
    ]

    /// Those that need neither a target nor a true zero, which the sample does not have.
    private static let normalisations: [Normalisation] = [
      .goalpost, .minMax, .z, .rank, .percentile, .borda, .distanceToMaximum,
    ]

    static let all: [Method] = normalisations.flatMap { normalisation in
      pairs.map { Method(normalisation: normalisation, within: $0.0, across: $0.1) }
        .filter { normalisation != .z || !($0.within.needsTrueZero || $0.across.needsTrueZero) }
    }
  }

  private struct Case {
    var units: [String]
    var rows: [IndicatorValue]
    var exposure: [String: Double]
  }

  /// Twelve units, every indicator of the sample framework, about one cell in six missing.
  private func randomCase(seed: UInt64) -> Case {
    var generator = SplitMix64(seed: seed)
    let units = (0..<12).map { "u\($0)" }
    var values: [String: [String: Double]] = [:]
    for indicator in ["income", "work", "crime", "speech"] {
      for unit in units where Int.random(in: 0..<6, using: &generator) > 0 {
        values[indicator, default: [:]][unit] = Double.random(in: -50...200, using: &generator)
      }
    }
    let exposure = units.map { ($0, Double.random(in: 0...1000, using: &generator)) }
    return Case(
      units: units, rows: Samples.rows(values),
      exposure: Dictionary(uniqueKeysWithValues: exposure))
  }

  private func result(
    _ method: Method, _ sample: Case, units: [String]? = nil, rows: [IndicatorValue]? = nil,
    framework: IndexFramework? = nil, exposureWeight: Double? = 0.3
  ) throws -> RiskScores {
    try Samples.scores(
      units: units ?? sample.units, table: IndicatorTable(rows: rows ?? sample.rows),
      framework: try framework ?? Samples.framework(withEmptyDimension: true),
      recipe: Samples.recipe(method.normalisation, within: method.within, across: method.across),
      exposure: exposureWeight.map {
        .init(name: "exposure", values: sample.exposure, measureUnit: "km", share: $0)
      })
  }

  private func expectSame(
    _ first: RiskScores, _ second: RiskScores, _ seed: UInt64,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let (first, second) = (first.with.result, second.with.result)
    #expect(first.units.count == second.units.count, sourceLocation: sourceLocation)
    for unit in first.units {
      let other = second[unit.unit]
      #expect(unit.rank == other?.rank, "seed \(seed)", sourceLocation: sourceLocation)
      switch (unit.score, other?.score) {
      case (let left?, let right?):
        #expect(abs(left - right) < 1e-8, "seed \(seed)", sourceLocation: sourceLocation)
      case (let left, let right):
        #expect(left == right, "seed \(seed)", sourceLocation: sourceLocation)
      }
    }
  }

  @Test("measuring in another unit changes nothing", arguments: Method.all, [1, 2, 3] as [UInt64])
  func unitChange(method: Method, seed: UInt64) throws {
    let sample = randomCase(seed: seed)
    let rows = sample.rows.map { row in
      var row = row
      if row.indicator == "income" { row.value = row.value * 1.8 + 32 }
      return row
    }
    expectSame(try result(method, sample), try result(method, sample, rows: rows), seed)
  }

  @Test(
    "the order of units and rows changes nothing", arguments: Method.all, [4, 5, 6] as [UInt64])
  func permutation(method: Method, seed: UInt64) throws {
    let sample = randomCase(seed: seed)
    var generator = SplitMix64(seed: seed + 100)
    let permuted = try result(
      method, sample, units: sample.units.shuffled(using: &generator),
      rows: sample.rows.shuffled(using: &generator))
    expectSame(try result(method, sample), permuted, seed)
  }

  @Test(
    "the order of indicators and dimensions changes nothing", arguments: Method.all,
    [21, 22] as [UInt64])
  func frameworkPermutation(method: Method, seed: UInt64) throws {
    let sample = randomCase(seed: seed)
    var generator = SplitMix64(seed: seed + 100)
    var framework = try Samples.framework(withEmptyDimension: true)
    framework.indicators.shuffle(using: &generator)
    framework.dimensions.shuffle(using: &generator)
    expectSame(
      try result(method, sample), try result(method, sample, framework: framework), seed)
  }

  @Test(
    "adding a constant indicator changes nothing", arguments: Method.all, [7, 8, 9] as [UInt64])
  func constantIndicator(method: Method, seed: UInt64) throws {
    let sample = randomCase(seed: seed)
    var framework = try Samples.framework(withEmptyDimension: true)
    framework.indicators.append(
      Indicator(id: "flat", name: "Flat", dimension: "economy", direction: .increasing))
    let flat = Samples.rows([
      "flat": Dictionary(uniqueKeysWithValues: sample.units.map { ($0, 0.1) })
    ])
    let with = try result(method, sample, rows: sample.rows + flat, framework: framework)
    #expect(with.warnings.contains(.constantIndicator(indicator: "flat")))
    expectSame(try result(method, sample), with, seed)
  }

  @Test(
    "exposure with weight 0 gives exactly the result without", arguments: Method.all,
    [10, 11] as [UInt64])
  func weightZero(method: Method, seed: UInt64) throws {
    let sample = randomCase(seed: seed)
    let without = try result(method, sample, exposureWeight: nil)
    let zero = try result(method, sample, exposureWeight: 0)
    #expect(zero.warnings == without.warnings)
    for (left, right) in zip(without.with.result.units, zero.with.result.units) {
      #expect(left.score == right.score)
      #expect(left.rank == right.rank)
      #expect(left.dimensions == Array(right.dimensions.dropLast()))
    }
  }

  @Test("the score without exposure does not depend on exposure", arguments: Method.all)
  func withoutExposure(method: Method) throws {
    let sample = randomCase(seed: 12)
    let without = try result(method, sample, exposureWeight: nil)
    let with = try result(method, sample, exposureWeight: 0.6)
    #expect(with.without.result.units.map(\.score) == without.with.result.units.map(\.score))
    #expect(with.without.result.units.map(\.rank) == without.with.result.units.map(\.rank))
  }

  @Test(
    "contributions add up: to the score, or to 1 as shares", arguments: Method.all,
    [13, 14, 15] as [UInt64])
  func contributions(method: Method, seed: UInt64) throws {
    let result = try result(method, randomCase(seed: seed)).with.result
    var checked = 0
    for unit in result.units {
      guard let score = unit.score else { continue }
      let whole = method.across.addsUpToScore ? score : 1
      guard method.across != .copeland else { continue }
      let dimensions = unit.dimensions.compactMap(\.contribution).reduce(0, +)
      let indicators = unit.indicators.compactMap(\.contribution).reduce(0, +)
      let weights = unit.indicators.map(\.weight).reduce(0, +)
      #expect(abs(dimensions - whole) < 1e-9, "seed \(seed)")
      #expect(
        abs(indicators - whole) < 1e-9 || method.within == .copeland, "seed \(seed)")
      #expect(abs(weights - 1) < 1e-9, "seed \(seed)")
      checked += 1
    }
    #expect(checked > 6 || method.across == .copeland)
  }

  @Test(
    "a missing cell never acts as zero but as the mean of its dimension's other cells",
    arguments: [16, 17, 18] as [UInt64])
  func missingIsNotZero(seed: UInt64) throws {
    // Within one dimension and fixed goalposts a missing cell must act as the mean of the unit's other
    // cells, which is what leaving it out of an arithmetic mean amounts to; 0 must not.
    let sample = randomCase(seed: seed)
    var framework = try Samples.framework()
    for index in framework.indicators.indices {
      framework.indicators[index].goalposts = .init(low: -50, high: 200, source: "made up")
    }
    let method = Method(normalisation: .goalpost, within: .arithmetic, across: .arithmetic)
    let rows = sample.rows.filter { $0.indicator != "speech" }
    let unit = try #require(
      sample.units.first { name in
        rows.contains { $0.unit == name && $0.indicator == "work" }
          && rows.contains { $0.unit == name && $0.indicator == "income" }
          && rows.contains { $0.unit == name && $0.indicator == "crime" }
      })
    let gap = rows.filter { !($0.unit == unit && $0.indicator == "work") }
    let income = try #require(rows.first { $0.unit == unit && $0.indicator == "income" })
    func score(work: Double?) throws -> Double {
      var rows = gap
      if let work {
        rows += Samples.rows(["work": [unit: work]])
      }
      return try #require(
        try result(method, sample, rows: rows, framework: framework).with.result[unit]?.score)
    }
    // Income points down and work up: the work value with income's place is the mirrored one.
    let mirrored = 200 - (income.value + 50)
    #expect(abs(try score(work: nil) - score(work: mirrored)) < 1e-9)
    #expect(abs(try score(work: nil) - score(work: 0)) > 1e-3)
  }

  @Test(
    "raising a risk indicator never lowers the unit's score", arguments: Method.all,
    [19, 20] as [UInt64])
  func monotone(method: Method, seed: UInt64) throws {
    let sample = randomCase(seed: seed)
    // Ranks and outranking do not see how far one is above another.
    if [.rank, .percentile, .borda].contains(method.normalisation)
      || [method.within, method.across].contains(.copeland)
    {
      return
    }
    let before = try result(method, sample).with.result
    var checked = 0
    for (index, row) in sample.rows.enumerated() where row.indicator == "crime" {
      var rows = sample.rows
      // Within the range of the column, so that no other unit's place moves under min-max.
      let highest = rows.filter { $0.indicator == "crime" }.map(\.value).max() ?? row.value
      let lowest = rows.filter { $0.indicator == "crime" }.map(\.value).min() ?? row.value
      guard row.value > lowest, row.value < highest else { continue }
      rows[index].value = (row.value + highest) / 2
      guard let old = before[row.unit]?.score,
        let new = try result(method, sample, rows: rows).with.result[row.unit]?.score
      else { continue }
      #expect(new > old, "seed \(seed), \(row.unit)")
      checked += 1
    }
    #expect(checked > 3)
  }
}
