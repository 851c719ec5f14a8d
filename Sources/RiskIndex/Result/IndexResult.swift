/// The scores of a set of units, with what they are made of.
public struct IndexResult: Sendable, Hashable {
  /// One entry a unit, in the order of the data.
  public let units: [UnitScore]
  /// What a reader must know of the data and the method.
  public let warnings: [RiskWarning]

  /// The entry of a unit, or nil if it was not scored. O(units).
  public subscript(unit: String) -> UnitScore? { units.first { $0.unit == unit } }
}

/// How many of the indicators have a value.
public struct Coverage: Sendable, Hashable {
  /// Indicators with a value.
  public let available: Int
  /// Indicators of the framework, and supplements that have a weight; exposure is beside them.
  public let total: Int
  /// `available / total`, 0…1.
  public var share: Double { Double(available) / Double(total) }

  /// A coverage from its parts.
  public init(available: Int, total: Int) {
    self.available = available
    self.total = total
  }
}

/// The score of one unit.
///
/// Scores and normalised values are on 0…100 where the method has bounds (geometric aggregation keeps
/// within 1…100), T scores, 50 + 10 z, without bounds under z, and plain numbers under ranks, Borda and
/// Copeland's wins. Higher is riskier. Scores can be compared within one result only.
public struct UnitScore: Sendable, Hashable {
  /// The unit's identifier.
  public let unit: String
  /// What a reader calls it.
  public let name: String
  /// The score. Nil if no dimension has data, or exposure has a share and the unit has none.
  public let score: Double?
  /// The place of `score` among the units that can be compared, 1 = highest risk; ties share the better
  /// place and the next place is skipped (1, 2, 2, 4). Scores closer than 1e-9 are ties. Nil if there is
  /// no score or ``isComplete`` is false.
  public let rank: Int?
  /// True if the unit has every part of the index that any unit has. Others are scored on what they have
  /// and are not ranked, because their scores are about something else.
  public let isComplete: Bool
  /// Indicators with a value, over the whole framework.
  public let coverage: Coverage
  /// All dimensions of the framework, in its order, those without data too; exposure last, if there is
  /// any.
  public let dimensions: [DimensionScore]
  /// All indicators in the framework's order, then supplements that have a weight; exposure last, if
  /// there is any.
  public let indicators: [IndicatorScore]

  /// The entry of a dimension, or nil if there is none. O(dimensions).
  public func dimension(_ id: String) -> DimensionScore? { dimensions.first { $0.id == id } }

  /// The entry of an indicator, or nil if there is none. O(indicators).
  public func indicator(_ id: String) -> IndicatorScore? { indicators.first { $0.id == id } }

  /// The entries of the indicators that are direct parts of a dimension.
  public func indicators(of dimension: String) -> [IndicatorScore] {
    indicators.filter { $0.dimension == dimension }
  }
}

/// One dimension of a unit's score.
public struct DimensionScore: Sendable, Hashable {
  /// The dimension's identifier.
  public let id: String
  /// The dimension's name.
  public let name: String
  /// The dimension that it is a part of; nil for a part of the index itself.
  public let parent: String?
  /// 2 for a dimension of indicators alone, else one more than that of its highest part.
  public let level: Int
  /// The score of the dimension, or nil if the unit has too little of it.
  public let score: Double?
  /// The place of `score` among all units that have one, as ``UnitScore/rank``.
  public let rank: Int?
  /// The share of the dimension in the unit's score; 0 if it takes no part.
  public let weight: Double
  /// What the dimension adds: points of the unit's score (arithmetic aggregation of the index; the
  /// contributions of its parts add up to the score), or its share of Σ w ln I (geometric; they add up to
  /// 1, and the larger a share, the more it pulls the score down from 100), or of the like sum of another
  /// method. Those of the parts of one dimension add up to the dimension's. Nil if it takes no part, and
  /// under Copeland's method, where nothing adds up.
  public let contribution: Double?
  /// Indicators with a value, in this dimension at any depth.
  public let coverage: Coverage
}

/// One indicator of a unit's score.
public struct IndicatorScore: Sendable, Hashable {
  /// The indicator's identifier.
  public let id: String
  /// The indicator's name.
  public let name: String
  /// The dimension that it is a part of.
  public let dimension: String
  /// The cell, with unit of measure, year and source, as it was normalised; nil if there is none.
  public let cell: IndicatorCell?
  /// The value on the common scale, direction applied; nil if there is none or it cannot be used.
  public let normalised: Double?
  /// The share of the indicator in the unit's score; 0 if it takes no part.
  public let weight: Double
  /// What the indicator adds, as ``DimensionScore/contribution``.
  public let contribution: Double?
}
