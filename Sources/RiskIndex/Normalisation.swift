/// How raw values of different units are put on one scale.
///
/// All results are on a common scale on which 1 stands for the score 100, and a higher value means a
/// higher risk: the direction of the indicator is applied here. Source: OECD/JRC (2008), Handbook on
/// Constructing Composite Indicators, step 5.
public enum Normalisation: String, Sendable, Hashable, CaseIterable {
  /// (x − low) / (high − low) between fixed goalposts, with what lies beyond taken as the goalpost;
  /// scores are comparable over time. An indicator without goalposts falls back to ``minMax``, and a
  /// warning names it.
  case goalpost
  /// (x − min) / (max − min) over the units scored.
  case minMax = "min-max"
  /// (x − mean) / s, s with n − 1, over the units scored, brought to the scale as
  /// 0.5 + 0.1 z (the T score 50 + 10 z). It is not bounded by 0 and 1, and its zero means nothing, so
  /// that it takes arithmetic aggregation only.
  case z
}

/// A column of raw values on the common scale.
struct NormalisedColumn: Equatable {
  /// Whether the column can be used.
  enum Usability: Equatable {
    case usable
    /// No unit has a value.
    case empty
    /// One value for all units that have one: it has no place on a scale that the data define.
    case constant
  }

  var usability: Usability
  /// On the common scale, direction applied; nil where the raw value is missing. All nil unless the
  /// column is usable.
  var values: [Double?]
  /// The indices of values that were beyond the goalposts.
  var clipped: [Int] = []
  /// True where goalposts were asked for and the data's range stood in.
  var fellBack = false
}

extension Normalisation {
  /// Puts a column on the common scale.
  ///
  /// - Parameters:
  ///   - raw: One finite value a unit, nil where it is missing. Missing values take no part.
  ///   - direction: Which way the column points.
  ///   - goalposts: The fixed ends, if there are any; used by ``goalpost`` only.
  /// - Complexity: O(units).
  func apply(
    to raw: [Double?], direction: Indicator.Direction, goalposts: Indicator.Goalposts?
  ) -> NormalisedColumn {
    let none = [Double?](repeating: nil, count: raw.count)
    let present = raw.compactMap { $0 }
    guard let low = present.min(), let high = present.max() else {
      return NormalisedColumn(usability: .empty, values: none)
    }
    if self == .goalpost, let goalposts {
      let span = goalposts.high - goalposts.low
      return NormalisedColumn(
        usability: .usable,
        values: raw.map { value in
          value.map { direction.oriented(min(max(($0 - goalposts.low) / span, 0), 1)) }
        },
        clipped: raw.indices.filter { index in
          raw[index].map { $0 < goalposts.low || $0 > goalposts.high } ?? false
        })
    }
    // The test is on the values themselves: the deviation of equal values need not come out as 0.
    guard low < high else {
      return NormalisedColumn(usability: .constant, values: none)
    }
    var places = raw.map { $0.map { ($0 - low) / (high - low) } }
    if self == .z {
      // z is the same for the values and for their places between 0 and 1, where no square can
      // overflow or vanish.
      let present = places.compactMap { $0 }
      let mean = SampleStatistics.mean(present)
      let deviation = SampleStatistics.standardDeviation(present)
      places = places.map { $0.map { 0.5 + 0.1 * ($0 - mean) / deviation } }
    }
    return NormalisedColumn(
      usability: .usable, values: places.map { $0.map { direction.oriented($0) } },
      fellBack: self == .goalpost)
  }
}

extension Indicator.Direction {
  /// A value on the common scale, turned so that higher means riskier. Turning about the scale's middle
  /// maps 0…1 onto itself and z onto −z.
  fileprivate func oriented(_ value: Double) -> Double {
    self == .increasing ? value : 1 - value
  }
}
