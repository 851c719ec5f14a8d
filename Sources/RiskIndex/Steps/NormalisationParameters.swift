/// What a normalisation needs beside the values; each method reads what it knows.
public struct NormalisationParameters: Sendable, Hashable {
  /// Fixed ends of the indicator's scale, in its own unit; for ``Normalisation/goalpost``.
  public var goalposts: Indicator.Goalposts?
  /// What the lower end becomes; for goalposts and min-max. Default 0.
  public var low: Double
  /// What the upper end becomes; above ``low``. Default 1.
  public var high: Double
  /// What z = 0 becomes. Default 0.5; COINr's is 0.
  public var mean: Double
  /// What a standard deviation becomes; above 0. Default 0.1; COINr's is 1.
  public var deviation: Double
  /// Which rank equal values have; for ranks, percentiles and Borda. Default the lowest, as in COINr.
  public var ties: RankTies
  /// The value to reach, in the indicator's own unit; for ``Normalisation/distanceToTarget``.
  public var target: Double?
  /// The place of the reference among the units; for ``Normalisation/distanceToReference``.
  public var reference: Int?
  /// Whether what lies beyond a target or reference counts as 1. Default false, as in COINr.
  public var isCapped: Bool

  /// Parameters from their parts. Nothing is checked here.
  public init(
    goalposts: Indicator.Goalposts? = nil, low: Double = 0, high: Double = 1, mean: Double = 0.5,
    deviation: Double = 0.1, ties: RankTies = .lowest, target: Double? = nil, reference: Int? = nil,
    isCapped: Bool = false
  ) {
    self.goalposts = goalposts
    self.low = low
    self.high = high
    self.mean = mean
    self.deviation = deviation
    self.ties = ties
    self.target = target
    self.reference = reference
    self.isCapped = isCapped
  }
}

/// A column of raw values on the common scale.
public struct NormalisedColumn: Sendable, Hashable {
  /// Whether the column can be used.
  public enum Usability: Sendable, Hashable {
    /// Every value has a place.
    case usable
    /// No unit has a value.
    case empty
    /// One value for all units that have one: it has no place on a scale that the data define.
    case constant
    /// The method does not apply to this column; why, in words.
    case undefined(reason: String)
  }

  /// Whether the column can be used.
  public var usability: Usability
  /// On the common scale, direction applied; nil where the raw value is missing. All nil unless the
  /// column is usable.
  public var values: [Double?]
  /// The indices of values that were beyond the goalposts, or beyond a target or reference that caps.
  public var clipped: [Int] = []
  /// True where goalposts were asked for and the data's range stood in.
  public var fellBack = false

  static func without(_ usability: Usability, count: Int) -> NormalisedColumn {
    NormalisedColumn(usability: usability, values: Array(repeating: nil, count: count))
  }
}
