/// How strongly two columns go together, from −1 to 1.
public enum Correlation: String, Sendable, Hashable, CaseIterable {
  /// Of the values, in a straight line.
  case pearson
  /// Pearson's of the ranks, equal values at their mean rank.
  case spearman
  /// Pairs in the same order less pairs in the opposite order, τ_b, which allows for equal values.
  case kendall

  /// The correlation over the units that have a value in both columns.
  ///
  /// - Parameters:
  ///   - first: One value a unit, nil where missing.
  ///   - second: As many.
  /// - Returns: nil for fewer than three pairs or a constant side.
  /// - Complexity: O(n), O(n log n) and O(n²).
  ///
  /// Source: Kendall 1945, doi:10.1093/biomet/33.3.239.
  public func coefficient(_ first: [Double?], _ second: [Double?]) -> Double? {
    precondition(first.count == second.count, "as many values")
    var one: [Double] = []
    var other: [Double] = []
    for (x, y) in zip(first, second) {
      guard let x, let y else { continue }
      one.append(x)
      other.append(y)
    }
    switch self {
    case .pearson: return SampleStatistics.correlation(one, other)
    case .spearman:
      return SampleStatistics.correlation(
        ascendingRanks(one, ties: .average).compactMap { $0 },
        ascendingRanks(other, ties: .average).compactMap { $0 })
    case .kendall: return Self.tau(one, other)
    }
  }

  /// The correlations of all columns with one another; 1 on the diagonal, nil where there is none.
  ///
  /// - Complexity: That of ``coefficient(_:_:)`` for each pair.
  public func matrix(_ columns: [[Double?]]) -> [[Double?]] {
    var matrix = [[Double?]](
      repeating: Array(repeating: 1, count: columns.count), count: columns.count)
    for row in columns.indices {
      for other in 0..<row {
        let r = coefficient(columns[row], columns[other])
        matrix[row][other] = r
        matrix[other][row] = r
      }
    }
    return matrix
  }

  private static func tau(_ first: [Double], _ second: [Double]) -> Double? {
    guard first.count >= 3 else { return nil }
    var balance = 0
    var unequalFirst = 0
    var unequalSecond = 0
    for later in first.indices {
      for earlier in 0..<later {
        let one = first[later] == first[earlier] ? 0 : first[later] > first[earlier] ? 1 : -1
        let other = second[later] == second[earlier] ? 0 : second[later] > second[earlier] ? 1 : -1
        balance += one * other
        unequalFirst += abs(one)
        unequalSecond += abs(other)
      }
    }
    guard unequalFirst > 0, unequalSecond > 0 else { return nil }
    return Double(balance)
      / (Double(unequalFirst).squareRoot() * Double(unequalSecond).squareRoot())
  }
}
