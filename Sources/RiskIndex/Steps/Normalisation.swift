/// How raw values of different units are put on one scale.
///
/// The direction of the indicator is applied here: after it, a higher value always means a higher risk. What
/// differs between indicators, such as goalposts and targets, is in ``NormalisationParameters``.
///
/// Source: OECD/JRC (2008), Handbook on Constructing Composite Indicators, step 5; where COINr (Becker et al.
/// 2022, doi:10.21105/joss.04567) has the method, its definition.
public enum Normalisation: String, Sendable, Hashable, CaseIterable {
  /// (x − low) / (high − low) between fixed goalposts, with what lies beyond taken as the goalpost;
  /// scores are comparable over time. An indicator without goalposts falls back to ``minMax``, and a
  /// warning names it.
  case goalpost
  /// (x − min) / (max − min) over the units scored.
  case minMax = "min-max"
  /// (x − mean) / s, s with n − 1, over the units scored, brought to a mean and a deviation; as they stand
  /// 0.5 and 0.1 (the T score 50 + 10 z). It is not bounded, and its zero means nothing, so that it takes
  /// no geometric or harmonic aggregation.
  case z
  /// The place in ascending order, from 1. Distances between values are lost.
  case rank
  /// (rank − 1) / (n − 1) over the units that have a value.
  case percentile
  /// (x − min) / (target − min); for a decreasing indicator (max − x) / (max − target). Above 1 beyond the
  /// target, unless capped.
  case distanceToTarget = "distance-to-target"
  /// (x − min) / (reference − min), the reference being a unit's value; for a decreasing indicator
  /// (max − x) / (max − reference). Above 1 beyond the reference, unless capped.
  case distanceToReference = "distance-to-reference"
  /// 1 − (max − x) / (max − min): the same as min-max from 0 to 1, by the name that COINr has for it.
  case distanceToMaximum = "distance-to-maximum"
  /// x / max; for a decreasing indicator min / x. For values with a true zero only. (COINr divides the
  /// negated values of a decreasing indicator, which gives x / min and so turns it back.)
  case fractionOfMaximum = "fraction-of-maximum"
  /// rank − 1: how many units lie lower, after Borda.
  case borda
}

extension Normalisation {
  /// Whether the place of a value depends on the values of other units, so that one unit alone has none.
  public var comparesUnits: Bool { self != .goalpost }

  /// The bounds of the scale, or nil where it has none.
  ///
  /// - Parameters:
  ///   - unitCount: How many units have a value.
  ///   - parameters: As for ``apply(to:direction:parameters:)``.
  public func bounds(
    unitCount: Int, parameters: NormalisationParameters = NormalisationParameters()
  ) -> ClosedRange<Double>? {
    switch self {
    case .goalpost, .minMax: parameters.low...parameters.high
    case .percentile, .distanceToMaximum, .fractionOfMaximum: 0...1
    case .rank: 1...Double(max(unitCount, 1))
    case .borda: 0...Double(max(unitCount - 1, 0))
    case .distanceToTarget, .distanceToReference: parameters.isCapped ? 0...1 : nil
    case .z: nil
    }
  }
}
