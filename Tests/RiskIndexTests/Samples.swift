import Foundation
import RiskIndex

/// Small frameworks and tables for the tests, and the shipped files.
enum Samples {
  /// ```
  /// economy  (1/2): income −, work +
  /// safety   (1/2): crime +
  /// rights   (1/2): speech −          only with `withEmptyDimension`
  /// ```
  static func framework(withEmptyDimension: Bool = false) throws -> IndexFramework {
    var dimensions: [IndexFramework.Dimension] = [
      .init(id: "economy", name: "Economy"), .init(id: "safety", name: "Safety"),
    ]
    var indicators = [
      Indicator(id: "income", name: "Income", dimension: "economy", direction: .decreasing),
      Indicator(id: "work", name: "Unemployment", dimension: "economy", direction: .increasing),
      Indicator(id: "crime", name: "Crime", dimension: "safety", direction: .increasing),
    ]
    if withEmptyDimension {
      dimensions.append(.init(id: "rights", name: "Rights"))
      indicators.append(
        Indicator(id: "speech", name: "Speech", dimension: "rights", direction: .decreasing))
    }
    return try IndexFramework(
      edition: "1", name: "sample", source: "made up", dimensions: dimensions,
      indicators: indicators,
      supplements: [
        Indicator(
          id: "seizures", name: "Seizures", dimension: "safety", direction: .increasing,
          overlapsExposure: true)
      ],
      context: [.init(id: "population", name: "Population")])
  }

  /// Values by indicator and unit; what is left out is missing.
  static func table(_ values: [String: [String: Double]]) throws -> IndicatorTable {
    try IndicatorTable(rows: rows(values))
  }

  static func rows(_ values: [String: [String: Double]]) -> [IndicatorValue] {
    values.sorted { $0.key < $1.key }.flatMap { indicator, cells in
      cells.sorted { $0.key < $1.key }.map { unit, value in
        IndicatorValue(
          unit: unit, indicator: indicator, value: value, measureUnit: "points", year: 2020,
          source: "made up")
      }
    }
  }

  /// Both runs of a recipe over a table, as `corridor risk` makes them.
  static func scores(
    units: [String], table: IndicatorTable, framework: IndexFramework,
    recipe: IndexRecipe = .standard, exposure: IndexExposure? = nil
  ) throws -> RiskScores {
    try RiskScores(
      recipe,
      on: IndicatorData(
        table, units: units.map { IndicatorData.Unit(id: $0) }, framework: framework),
      framework: framework, exposure: exposure)
  }

  /// A recipe with one method for each thing to choose.
  static func recipe(
    _ normalisation: Normalisation = .goalpost, within: Aggregation = .arithmetic,
    across: Aggregation = .arithmetic, weights: WeightStep = WeightStep(),
    minimumCoverage: Double = 0.5
  ) -> IndexRecipe {
    IndexRecipe([
      .normalise(NormalisationStep(normalisation)), .weigh(weights),
      .aggregate(AggregationStep([within, across], minimumCoverage: minimumCoverage)),
    ])
  }

  /// A file shipped under `geodata/index/`.
  static func shipped(_ name: String) -> String {
    URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("geodata/index/\(name)").path
  }

  static let units2024 = [
    "KZ-10", "KZ-11", "KZ-15", "KZ-19", "KZ-23", "KZ-27", "KZ-31", "KZ-33", "KZ-35", "KZ-39",
    "KZ-43", "KZ-47", "KZ-55", "KZ-59", "KZ-61", "KZ-62", "KZ-63", "KZ-71", "KZ-75", "KZ-79",
  ]

  static let units2013 = [
    "KZ-AKM", "KZ-AKT", "KZ-ALA", "KZ-ALM", "KZ-AST", "KZ-ATY", "KZ-KAR", "KZ-KUS", "KZ-KZY",
    "KZ-MAN", "KZ-PAV", "KZ-SEV", "KZ-VOS", "KZ-YUZ", "KZ-ZAP", "KZ-ZHA",
  ]
}

/// Vigna's SplitMix64, so that random cases are the same on every machine.
struct SplitMix64: RandomNumberGenerator {
  var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
