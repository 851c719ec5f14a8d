/// How much of the weight says that one unit is above another, for every pair.
///
/// Entry (a, b) is the weight of the columns in which a is above b, and half of that of the columns in which
/// they are equal, over the weight of the columns in which both have a value; so (a, b) + (b, a) = 1.
///
/// Source: OECD/JRC (2008), step 7, non-compensatory multi-criteria approach; Munda, Nardo 2009,
/// doi:10.1080/00036840601019364; `outrankMatrix` of COINr, which does not treat missing values.
public struct OutrankingMatrix: Sendable, Hashable {
  /// The number of units.
  public let unitCount: Int
  /// By row, then by column; nil for a pair without a column in which both have a value, and on the
  /// diagonal.
  private let shares: [Double?]

  /// - Parameters:
  ///   - columns: One an indicator, higher meaning more; each with one value a unit, nil where missing.
  ///   - weights: One a column, none negative.
  /// - Complexity: O(units² × columns).
  public init(columns: [[Double?]], weights: [Double]) {
    precondition(columns.count == weights.count, "a weight a column")
    let units = columns.first?.count ?? 0
    var shares = [Double?](repeating: nil, count: units * units)
    for first in 0..<units {
      for second in first + 1..<max(units, first + 1) {
        var above = 0.0
        var both = 0.0
        for (column, weight) in zip(columns, weights) {
          guard let one = column[first], let other = column[second] else { continue }
          both += weight
          if one > other { above += weight } else if one == other { above += weight / 2 }
        }
        guard both > 0 else { continue }
        shares[first * units + second] = above / both
        shares[second * units + first] = 1 - above / both
      }
    }
    unitCount = units
    self.shares = shares
  }

  /// The share of weight that puts the first unit above the second; nil if no column has both, or for one
  /// unit with itself.
  public subscript(first: Int, second: Int) -> Double? { shares[first * unitCount + second] }

  /// Copeland's score of each unit: the units that it outranks (share above one half) less those that
  /// outrank it.
  ///
  /// Shares within 1e-9 of one half count as one half, so that rounding of weights decides nothing.
  ///
  /// - Parameter scale: What the score is told in.
  /// - Returns: One a unit; nil for a unit that cannot be compared with any. On the scale of shares,
  ///   (score / (pairs of the unit) + 1) / 2.
  /// - Complexity: O(units²).
  ///
  /// Source: Copeland 1951, as in `a_copeland` of COINr.
  public func copelandScores(scale: AggregationParameters.CopelandScale) -> [Double?] {
    (0..<unitCount).map { unit in
      var score = 0
      var pairs = 0
      for other in 0..<unitCount {
        guard let share = self[unit, other] else { continue }
        pairs += 1
        if share > 0.5 + 1e-9 { score += 1 } else if share < 0.5 - 1e-9 { score -= 1 }
      }
      guard pairs > 0 else { return nil }
      return switch scale {
      case .wins: Double(score)
      case .share: (Double(score) / Double(pairs) + 1) / 2
      }
    }
  }

  /// How many pairs agree in every column that both have.
  ///
  /// - Complexity: O(units²).
  public var dominantPairs: Int { shares.count { $0 == 1 } }
}
