/// An indicator of the index with its cells and their places on the common scale.
struct ScoredIndicator {
  var indicator: Indicator
  /// Within its dimension, as specified.
  var weight: Double
  /// One a unit, nil where the table has none.
  var cells: [IndicatorValue?]
  var column: NormalisedColumn

  /// Takes part in scores.
  var isActive: Bool { weight > 0 && column.usability == .usable }
}

/// A dimension of the index with its indicators.
struct ScoredDimension {
  var dimension: IndexFramework.Dimension
  /// In the index, as specified.
  var weight: Double
  var members: [ScoredIndicator]

  /// The dimensions of a specification over a table's cells, with warnings about their columns.
  static func all(
    cells: [String: [IndicatorValue?]], weights: ResolvedWeights,
    specification: RiskSpecification, warnings: inout [RiskWarning]
  ) -> [ScoredDimension] {
    let framework = specification.framework
    var withoutGoalposts: [String] = []
    let dimensions = framework.dimensions.map { dimension in
      let supplements = framework.supplements.filter { weights.indicator[$0.id, default: 0] > 0 }
      let members = (framework.indicators + supplements)
        .filter { $0.dimension == dimension.id }
        .map { indicator in
          let column = specification.normalisation.apply(
            to: cells[indicator.id]?.map { $0?.value } ?? [], direction: indicator.direction,
            goalposts: indicator.goalposts)
          return ScoredIndicator(
            indicator: indicator, weight: weights.indicator[indicator.id, default: 0],
            cells: cells[indicator.id] ?? [], column: column)
        }
      return ScoredDimension(
        dimension: dimension, weight: weights.dimension[dimension.id, default: 0],
        members: members)
    }
    for member in dimensions.filter({ $0.weight > 0 }).flatMap(\.members) where member.weight > 0 {
      if member.column.fellBack { withoutGoalposts.append(member.indicator.id) }
      warnings += member.warnings
    }
    if !withoutGoalposts.isEmpty {
      warnings.append(.noGoalposts(indicators: withoutGoalposts))
    }
    return dimensions
  }

  /// What a unit has of the dimension: the active members with a value, weighted among themselves, as
  /// the aggregation admits them; empty if that is less than the minimum coverage.
  func components(
    unit: Int, aggregation: Aggregation, minimumCoverage: Double
  ) -> [(member: Int, value: WeightedValue)] {
    let active = members.indices.filter { members[$0].isActive }
    let whole = active.reduce(0) { $0 + members[$1].weight }
    let present = active.compactMap { index in
      members[index].column.values[unit].map { (index: index, value: $0) }
    }
    let had = present.reduce(0) { $0 + members[$1.index].weight }
    // The tolerance is for sums of weights such as 1/3 + 1/3.
    guard !present.isEmpty, had / whole >= minimumCoverage - 1e-9 else { return [] }
    return present.map { entry in
      (
        member: entry.index,
        value: WeightedValue(
          weight: members[entry.index].weight / had, value: aggregation.admitted(entry.value))
      )
    }
  }

  /// How many members have a value for the unit.
  func coverage(unit: Int) -> Coverage {
    Coverage(
      available: members.count { !$0.cells.isEmpty && $0.cells[unit] != nil },
      total: members.count)
  }
}

extension ScoredIndicator {
  /// What is to be said of the indicator's values.
  fileprivate var warnings: [RiskWarning] {
    let present = cells.compactMap { $0 }
    var warnings: [RiskWarning] = []
    if column.usability == .constant {
      warnings.append(.constantIndicator(indicator: indicator.id))
    }
    if !column.clipped.isEmpty {
      warnings.append(
        .clipped(
          indicator: indicator.id, units: column.clipped.compactMap { cells[$0]?.unit }))
    }
    if let shape = SampleStatistics.shape(present.map(\.value)),
      abs(shape.skewness) >= 2, shape.excessKurtosis >= 3.5
    {
      warnings.append(
        .outliers(
          indicator: indicator.id, skewness: shape.skewness,
          excessKurtosis: shape.excessKurtosis))
    }
    let years = Set(present.map(\.year)).sorted()
    if years.count > 1 { warnings.append(.mixedYears(indicator: indicator.id, years: years)) }
    return warnings
  }
}
