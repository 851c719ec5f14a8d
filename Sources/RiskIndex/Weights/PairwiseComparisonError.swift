/// Why judgements give no weights.
public enum PairwiseComparisonError: Error, Equatable, Sendable {
  /// A judgement with what all others together make of it.
  public struct Judgement: Sendable, Hashable {
    /// The element judged.
    public var row: String
    /// What it is judged against.
    public var column: String
    /// The judgement.
    public var value: Double
    /// The ratio of the weights that the whole matrix gives.
    public var implied: Double
  }

  /// The matrix, or one row of it, has the wrong number of entries.
  case wrongSize(row: String?, found: Int, expected: Int)
  /// A cell does not hold what it should.
  case invalidCell(row: String, column: String, value: Double, expected: String)
  /// The judgements contradict one another; `worst` is the one that fits the others least.
  case inconsistent(ratio: Double, worst: Judgement)
}

extension PairwiseComparisonError: CustomStringConvertible {
  /// One line: where, what, what was expected.
  public var description: String {
    switch self {
    case .wrongSize(let row, let found, let expected):
      "comparison\(row.map { " of \($0)" } ?? "") has \(found) \(row == nil ? "rows" : "entries"); "
        + "expected \(expected)"
    case .invalidCell(let row, let column, let value, let expected):
      "comparison of \(row) with \(column) is \(value); expected \(expected)"
    case .inconsistent(let ratio, let worst):
      "comparisons contradict one another: consistency ratio \(rounded(ratio)); expected at most 0.1; "
        + "the one that fits least: \(worst.row) with \(worst.column) is \(rounded(worst.value)), "
        + "where the others make it about \(rounded(worst.implied))"
    }
  }

  private func rounded(_ value: Double) -> String { "\((value * 1000).rounded() / 1000)" }
}
