/// Which rank equal values have.
public enum RankTies: String, Sendable, Hashable, CaseIterable {
  /// The lowest of those that they take up (1, 2, 2, 4): standard competition ranks, COINr's choice.
  case lowest
  /// The mean of those that they take up (1, 2.5, 2.5, 4): what Spearman's correlation needs.
  case average
  /// The highest of those that they take up (1, 3, 3, 4).
  case highest
}

/// The places of values in ascending order, from 1.
///
/// - Parameters:
///   - column: Values, nil where missing; equal means equal to the last bit.
///   - ties: Which rank equal values have.
/// - Returns: A rank for every value, nil where there is none.
/// - Complexity: O(n log n).
public func ascendingRanks(_ column: [Double?], ties: RankTies) -> [Double?] {
  let order = column.enumerated()
    .compactMap { index, value in value.map { (index: index, value: $0) } }
    .sorted { $0.value < $1.value }
  var ranks = [Double?](repeating: nil, count: column.count)
  var first = 0
  while first < order.count {
    var last = first
    while last + 1 < order.count, order[last + 1].value == order[first].value { last += 1 }
    let rank =
      switch ties {
      case .lowest: Double(first + 1)
      case .average: Double(first + last + 2) / 2
      case .highest: Double(last + 1)
      }
    for place in first...last { ranks[order[place].index] = rank }
    first = last + 1
  }
  return ranks
}
