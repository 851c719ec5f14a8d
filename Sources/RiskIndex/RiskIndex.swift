/// A composite index of risk after the OECD/JRC Handbook on Constructing Composite Indicators (2008).
public enum RiskIndex {
  /// Scores and ranks units.
  ///
  /// Indicators are normalised over the units given, aggregated into dimensions over the values that a
  /// unit has, and dimensions into a score; exposure, if there is any, joins as a block with its own
  /// share of the score. A missing value takes no part and is never 0. A dimension without a usable
  /// value for any unit takes no part for all, and its weight goes to the others in proportion. How
  /// units with less data are treated: ``UnitRisk/isComplete``.
  ///
  /// - Parameters:
  ///   - units: The units to score, each once.
  ///   - table: Their indicators; context variables and units that are not asked for are left aside.
  ///   - specification: What is measured and how.
  /// - Returns: One entry a unit, in the order given, with warnings.
  /// - Throws: ``RiskIndexError``: `invalidSpecification`, `invalidFramework`, `unknownIndicator`,
  ///   `tooFewUnits`, `notFinite`, or `nothingToScore` if no unit has a score.
  /// - Complexity: O(table + units × indicators + units log units).
  public static func compute(
    units: [String], table: IndicatorTable, specification: RiskSpecification
  ) throws(RiskIndexError) -> RiskResult {
    let weights = try specification.resolvedWeights()
    try checkUnits(units, specification: specification)
    var warnings: [RiskWarning] = []
    let cells = try Self.cells(
      of: table, units: units, framework: specification.framework, warnings: &warnings)
    let dimensions = ScoredDimension.all(
      cells: cells, weights: weights, specification: specification, warnings: &warnings)
    let exposure = ScoredExposure(
      units: units, specification: specification, warnings: &warnings)
    let composition = Composition(
      dimensions: dimensions, exposure: exposure, specification: specification,
      unitCount: units.count)
    warnings += composition.dimensionWarnings
    guard !composition.activeDimensions.isEmpty else {
      throw .nothingToScore(warnings: warnings)
    }
    let results = units.enumerated().map { index, unit in
      composition.risk(of: unit, index: index, warnings: &warnings)
    }
    warnings += doubleCounting(
      units: units, cells: cells, weights: weights, specification: specification)
    return RiskResult(
      specification: specification, units: ranked(results), warnings: warnings)
  }

  private static func checkUnits(
    _ units: [String], specification: RiskSpecification
  ) throws(RiskIndexError) {
    if let unit = firstRepeated(units) {
      throw .invalidSpecification(field: "units", value: unit, expected: "each unit once")
    }
    let least = specification.normalisation == .goalpost ? 1 : 2
    guard units.count >= least else {
      throw .tooFewUnits(normalisation: specification.normalisation, units: units.count)
    }
    if let exposure = specification.exposure {
      let known = Set(units)
      for unit in exposure.values.keys.sorted() where !known.contains(unit) {
        throw .unknownUnit(place: nil, unit: unit, nearest: nearestNames(to: unit, among: units))
      }
    }
  }

  /// The cells of the units, by indicator, in the order of the units.
  private static func cells(
    of table: IndicatorTable, units: [String], framework: IndexFramework,
    warnings: inout [RiskWarning]
  ) throws(RiskIndexError) -> [String: [IndicatorValue?]] {
    let known = Set(framework.tableIdentifiers)
    var unitIndex: [String: Int] = [:]
    for (index, unit) in units.enumerated() { unitIndex[unit] = index }
    var cells: [String: [IndicatorValue?]] = [:]
    var aside: Set<String> = []
    for row in table.rows {
      guard known.contains(row.indicator) else {
        throw .unknownIndicator(
          place: nil, indicator: row.indicator,
          nearest: nearestNames(to: row.indicator, among: framework.tableIdentifiers))
      }
      guard let index = unitIndex[row.unit] else {
        aside.insert(row.unit)
        continue
      }
      cells[row.indicator, default: Array(repeating: nil, count: units.count)][index] = row
    }
    if !aside.isEmpty { warnings.append(.unitsNotScored(units: aside.sorted())) }
    return cells
  }

  /// Pairs of exposure and an indicator that is observed on the same roads, both with a weight, whose
  /// values correlate above 0.7.
  private static func doubleCounting(
    units: [String], cells: [String: [IndicatorValue?]], weights: ResolvedWeights,
    specification: RiskSpecification
  ) -> [RiskWarning] {
    guard let exposure = specification.exposure, exposure.weight > 0 else { return [] }
    let framework = specification.framework
    return (framework.indicators + framework.supplements).compactMap { indicator in
      guard indicator.overlapsExposure == true,
        weights.indicator[indicator.id, default: 0] > 0,
        weights.dimension[indicator.dimension, default: 0] > 0
      else { return nil }
      let pairs = zip(units, cells[indicator.id] ?? []).compactMap { unit, cell in
        exposure.values[unit].flatMap { value in cell.map { (value, $0.value) } }
      }
      guard let r = SampleStatistics.correlation(pairs.map(\.0), pairs.map(\.1)), r > 0.7
      else { return nil }
      return .doubleCounting(exposure: exposure.name, indicator: indicator.id, correlation: r)
    }
  }

  /// The results with their ranks.
  private static func ranked(_ results: [UnitRisk]) -> [UnitRisk] {
    let ranks = competitionRanks(results.map { $0.isComplete ? $0.score : nil })
    let ranksWithout = competitionRanks(
      results.map { $0.isComplete ? $0.scoreWithoutExposure : nil })
    return results.indices.map { index in
      results[index].with(rank: ranks[index], rankWithoutExposure: ranksWithout[index])
    }
  }

  /// Standard competition ranks, the highest score first; nil where there is no score. Scores within
  /// 1e-9 of the first of their group are ties, so that rounding does not part equals.
  static func competitionRanks(_ scores: [Double?]) -> [Int?] {
    var ranks = [Int?](repeating: nil, count: scores.count)
    let order = scores.enumerated()
      .compactMap { index, score in score.map { (index: index, score: $0) } }
      .sorted { $0.score > $1.score }
    var leader: (rank: Int, score: Double)?
    for (position, entry) in order.enumerated() {
      if let leader, leader.score - entry.score <= 1e-9 {
        ranks[entry.index] = leader.rank
      } else {
        leader = (rank: position + 1, score: entry.score)
        ranks[entry.index] = position + 1
      }
    }
    return ranks
  }
}
