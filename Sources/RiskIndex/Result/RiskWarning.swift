/// Something a reader of a risk result must know; none of it stops the computation.
public enum RiskWarning: Sendable, Hashable {
  /// The dimension has no usable value for any unit; its weight went to the others.
  case emptyDimension(dimension: String)
  /// Indicators with less than half of the dimension's weight have a usable value: a few speak for the
  /// whole dimension. `share` is what the dimension has of the score without exposure.
  case thinDimension(
    dimension: String, usable: Int, total: Int, share: Double, besideExposure: Bool = false)
  /// The indicator has one value for all units (or for one unit only), so that it cannot be placed on
  /// a scale; it is left out.
  case constantIndicator(indicator: String)
  /// The normalisation does not apply to the indicator; it is left out. Why, in words.
  case undefinedIndicator(indicator: String, reason: String)
  /// The exposure is the same for all units; it is left out.
  case constantExposure(name: String)
  /// Goalposts were asked for, and these indicators have none; their own smallest and largest value
  /// stand in, so that their scores hold for this table only.
  case noGoalposts(indicators: [String])
  /// Values beyond the goalposts were taken as the goalpost.
  case clipped(indicator: String, units: [String])
  /// Units whose denominator is 0, negative or next to 0: nothing can be told per head of nobody, and the
  /// value is missing. One size a unit.
  case undivided(indicator: String, denominator: String, units: [String], sizes: [Double])
  /// A few extreme values stretch the scale (|skewness| ≥ 2 and excess kurtosis ≥ 3.5) and press the
  /// other units together; nothing was done about it.
  case outliers(indicator: String, skewness: Double, excessKurtosis: Double)
  /// The values of one indicator are of several years.
  case mixedYears(indicator: String, years: [Int])
  /// Units that lack a dimension below the parts of the index; its weight goes to what stands beside it.
  case thinUnits(dimension: String, units: [String])
  /// The table has no usable value at all for the unit; it has no score.
  case unitWithoutData(unit: String)
  /// The unit lacks dimensions that other units have; it is scored on the rest and not ranked.
  case incompleteUnit(unit: String, missing: [String])
  /// The unit has no exposure; it has no score with exposure.
  case unitWithoutExposure(unit: String)
  /// The table has values for units that were not asked for; they play no part.
  case unitsNotScored(units: [String])
  /// Exposure and an indicator that is observed on the same roads both weigh and go together: one
  /// thing may be counted twice. `correlation` is Pearson's r, above 0.7.
  case doubleCounting(exposure: String, indicator: String, correlation: Double)
}

extension RiskWarning: CustomStringConvertible {
  /// One sentence.
  public var description: String {
    switch self {
    case .emptyDimension(let dimension):
      "dimension \(dimension) has no usable value and takes no part"
    case .thinDimension(let dimension, let usable, let total, let share, let besideExposure):
      "dimension \(dimension) rests on \(usable) of \(total) indicators "
        + "and has \(Int((share * 100).rounded())) % of the score"
        + (besideExposure ? " without exposure" : "")
    case .thinUnits(let dimension, let units):
      "dimension \(dimension) has too few values in \(list(units)) and takes no part there"
    case .constantIndicator(let indicator):
      "indicator \(indicator) does not differ between units and takes no part"
    case .undefinedIndicator(let indicator, let reason):
      "indicator \(indicator) cannot be put on the scale and takes no part: \(reason)"
    case .constantExposure(let name):
      "\(name) does not differ between units and takes no part"
    case .noGoalposts(let indicators):
      "no goalposts for \(list(indicators)): the smallest and largest value stand in"
    case .clipped(let indicator, let units):
      "\(indicator) lies beyond its goalposts in \(list(units)) and was taken as the goalpost"
    case .undivided(let indicator, let denominator, let units, let sizes):
      "\(indicator) cannot be told per \(denominator) and is missing in "
        + list(zip(units, sizes).map { "\($0) (\(denominator) is \($1.plain))" })
    case .outliers(let indicator, let skewness, let kurtosis):
      "\(indicator) has outliers (skewness \(rounded(skewness)), "
        + "excess kurtosis \(rounded(kurtosis))), left as they are"
    case .mixedYears(let indicator, let years):
      "\(indicator) mixes the years \(list(years.map(String.init)))"
    case .unitWithoutData(let unit):
      "\(unit) has no data and no score"
    case .incompleteUnit(let unit, let missing):
      "\(unit) lacks \(list(missing)): scored on the rest, not ranked"
    case .unitWithoutExposure(let unit):
      "\(unit) has no exposure: no score with exposure"
    case .unitsNotScored(let units):
      "values for units that are not scored: \(list(units))"
    case .doubleCounting(let exposure, let indicator, let correlation):
      "\(exposure) and \(indicator) go together (r = \(rounded(correlation))) and both weigh: "
        + "the same roads may be counted twice"
    }
  }

  private func list(_ names: [String]) -> String { names.joined(separator: ", ") }

  private func rounded(_ value: Double) -> String { "\((value * 100).rounded() / 100)" }
}
