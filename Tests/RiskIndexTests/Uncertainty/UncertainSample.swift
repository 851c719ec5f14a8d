import Sampling

@testable import RiskIndex

/// A random index for tests of uncertainty: three dimensions of three indicators, ten units, one cell in ten
/// missing, goalposts 0 and 100.
enum UncertainSample {
  static let units = (0..<10).map { "u\($0)" }

  static func framework() throws -> IndexFramework {
    try IndexFramework(
      edition: "1", name: "uncertain", source: "made up",
      dimensions: (0..<3).map { .init(id: "d\($0)", name: "D\($0)") },
      indicators: (0..<9).map {
        Indicator(
          id: "i\($0)", name: "I\($0)", dimension: "d\($0 / 3)",
          direction: $0 % 2 == 0 ? .increasing : .decreasing,
          goalposts: .init(low: 0, high: 100, source: "made up"))
      })
  }

  static func data(seed: UInt64, missing: Int = 10) throws -> IndicatorData {
    var generator = Xoshiro256StarStar(seed: seed)
    var rows: [IndicatorValue] = []
    for indicator in 0..<9 {
      for unit in units where generator.integer(below: missing) > 0 {
        rows.append(
          IndicatorValue(
            unit: unit, indicator: "i\(indicator)", value: 10 + 80 * generator.uniform(),
            measureUnit: "points", year: 2020, source: "made up"))
      }
    }
    return try IndicatorData(
      IndicatorTable(rows: rows), units: units.map { IndicatorData.Unit(id: $0) },
      framework: framework())
  }

  static func run(
    seed: UInt64 = 1, recipe: IndexRecipe = .standard, exposure: IndexExposure? = nil,
    missing: Int = 10
  ) throws -> IndexRun {
    try recipe.run(
      on: data(seed: seed, missing: missing), framework: framework(), exposure: exposure)
  }

  static func steps(_ methods: [Normalisation]) -> IndexUncertainty.Alternatives {
    IndexUncertainty.Alternatives(
      kind: .normalise, steps: methods.map { .normalise(NormalisationStep($0)) },
      labels: methods.map(\.rawValue))
  }

  static func steps(_ methods: [Aggregation]) -> IndexUncertainty.Alternatives {
    IndexUncertainty.Alternatives(
      kind: .aggregate, steps: methods.map { .aggregate(AggregationStep([$0])) },
      labels: methods.map(\.rawValue))
  }
}
