/// The risk scores of a set of units, with what they are made of.
public struct RiskResult: Sendable, Hashable {
  /// The specification that the scores follow.
  public let specification: RiskSpecification
  /// One entry a unit, in the order in which the units were asked for.
  public let units: [UnitRisk]
  /// What a reader must know of the data and the method.
  public let warnings: [RiskWarning]

  /// The entry of a unit, or nil if it was not asked for. O(units).
  public subscript(unit: String) -> UnitRisk? {
    units.first { $0.unit == unit }
  }
}

/// How many of the indicators have a value.
public struct Coverage: Sendable, Hashable {
  /// Indicators with a value.
  public let available: Int
  /// Indicators of the framework, and supplements that have a weight.
  public let total: Int
  /// `available / total`, 0…1.
  public var share: Double { Double(available) / Double(total) }
}

/// The risk score of one unit.
///
/// Scores and normalised values are on 0…100 (goalpost and min-max; geometric aggregation keeps within
/// 1…100) or are T scores, 50 + 10 z, without bounds (z). Higher is riskier. Scores can be compared
/// within one result only.
public struct UnitRisk: Sendable, Hashable {
  /// The unit's identifier.
  public let unit: String
  /// The score with exposure (the same as without where the specification has no exposure). Nil if no
  /// dimension has data, or exposure is asked for and the unit has none.
  public let score: Double?
  /// The place of `score` among the units that can be compared, 1 = highest risk; ties share the
  /// better place and the next place is skipped (1, 2, 2, 4). Scores closer than 1e-9 are ties. Nil
  /// if there is no score or ``isComplete`` is false.
  public let rank: Int?
  /// The score of the framework alone. Nil if no dimension has data.
  public let scoreWithoutExposure: Double?
  /// The place of `scoreWithoutExposure`, as ``rank``.
  public let rankWithoutExposure: Int?
  /// True if the unit has every dimension that any unit has. Others are scored on what they have and
  /// are not ranked, because their scores are about something else.
  public let isComplete: Bool
  /// Indicators with a value, over the whole framework.
  public let coverage: Coverage
  /// All dimensions of the framework, in its order, those without data too.
  public let dimensions: [DimensionRisk]
  /// Exposure, if the specification has it.
  public let exposure: ExposureRisk?
}

/// One dimension of a unit's score.
public struct DimensionRisk: Sendable, Hashable {
  /// The dimension's identifier.
  public let id: String
  /// The dimension's name.
  public let name: String
  /// The score of the dimension, or nil if the unit has too little of it.
  public let score: Double?
  /// The share of the dimension in the unit's score; 0 if it takes no part.
  public let weight: Double
  /// What the dimension adds: points of `UnitRisk.score` (arithmetic across dimensions; all
  /// contributions add up to the score), or its share of Σ w ln I (geometric; all add up to 1, and
  /// the larger a share, the more it pulls the score down from 100). If the unit has no score with
  /// exposure, of the score without. Nil if the dimension takes no part.
  public let contribution: Double?
  /// Indicators with a value, in this dimension.
  public let coverage: Coverage
  /// The indicators of the dimension, in the framework's order, then supplements that have a weight.
  public let indicators: [IndicatorRisk]
}

/// One indicator of a unit's score.
public struct IndicatorRisk: Sendable, Hashable {
  /// The indicator's identifier.
  public let id: String
  /// The cell of the table, with unit of measure, year and source; nil if there is none.
  public let value: IndicatorValue?
  /// The value on the common scale, direction applied; nil if there is none or it cannot be used.
  public let normalised: Double?
  /// The share of the indicator in the unit's score; 0 if it takes no part.
  public let weight: Double
  /// What the indicator adds, as ``DimensionRisk/contribution``; those of a dimension add up to the
  /// dimension's.
  public let contribution: Double?
}

/// Exposure in a unit's score.
public struct ExposureRisk: Sendable, Hashable {
  /// The measure's name.
  public let name: String
  /// The raw value, in the specification's unit; nil if the unit has none.
  public let value: Double?
  /// The value on the common scale; nil if there is none or it cannot be used.
  public let normalised: Double?
  /// The share of exposure in the unit's score; 0 if it takes no part.
  public let weight: Double
  /// What exposure adds, as ``DimensionRisk/contribution``.
  public let contribution: Double?
}
