/// Weights from judgements of how much more one element matters than another (the analytic hierarchy process).
///
/// Entry (a, b) says how many times as important a is as b, from 1/9 to 9 by custom; (b, a) is its reciprocal.
/// The weights are the principal eigenvector. How far judgements contradict one another is told by the
/// consistency ratio, and above 0.1 they are refused, as Saaty advises.
///
/// Source: Saaty 1980, The Analytic Hierarchy Process; OECD/JRC (2008), step 6.
public struct PairwiseComparison: Sendable, Hashable {
  /// What was compared.
  public let elements: [String]
  /// By element, adding up to 1.
  public let weights: [Double]
  /// λ of the principal eigenvector; the number of elements if nothing is contradicted.
  public let principalEigenvalue: Double
  /// (λ − n) / (n − 1); 0 for one element.
  public let consistencyIndex: Double
  /// The consistency index over that of random judgements; 0 for one or two elements, which cannot
  /// contradict one another.
  public let consistencyRatio: Double

  /// The ratio above which judgements are refused.
  public static let largestConsistencyRatio = 0.1

  /// - Parameters:
  ///   - elements: What is compared, each once.
  ///   - matrix: Rows of judgements, in the order of the elements. A reciprocal may be rounded to within
  ///     2 % (0.33 for 1/3).
  /// - Throws: ``PairwiseComparisonError``.
  /// - Complexity: O(n²) an iteration, some dozens of iterations.
  public init(elements: [String], matrix: [[Double]]) throws(PairwiseComparisonError) {
    try Self.check(elements: elements, matrix: matrix)
    let n = elements.count
    var vector = [Double](repeating: 1 / Double(n), count: n)
    var eigenvalue = Double(n)
    for _ in 0..<1_000 {
      let image = matrix.map { row in zip(row, vector).reduce(0) { $0 + $1.0 * $1.1 } }
      let sum = image.reduce(0, +)
      let next = image.map { $0 / sum }
      let change = zip(next, vector).reduce(0) { max($0, abs($1.0 - $1.1)) }
      vector = next
      eigenvalue = sum
      if change < 1e-15 { break }
    }
    self.elements = elements
    weights = vector
    principalEigenvalue = eigenvalue
    consistencyIndex = n > 1 ? (eigenvalue - Double(n)) / Double(n - 1) : 0
    consistencyRatio = n > 2 ? consistencyIndex / Self.randomIndex(n) : 0
    guard consistencyRatio <= Self.largestConsistencyRatio else {
      throw .inconsistent(ratio: consistencyRatio, worst: Self.worst(elements, matrix, vector))
    }
  }

  /// The mean consistency index of random judgements of n elements.
  ///
  /// Source: Saaty 1980 up to 15; beyond, the straight line of Alonso, Lamata 2006,
  /// doi:10.1142/S0218488506004114.
  static func randomIndex(_ n: Int) -> Double {
    let table = [
      0, 0, 0, 0.58, 0.90, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49, 1.51, 1.48, 1.56, 1.57, 1.59,
    ]
    return n < table.count
      ? table[n] : (2.7699 * Double(n) - 4.3513 - Double(n)) / Double(n - 1)
  }

  private static func check(
    elements: [String], matrix: [[Double]]
  ) throws(PairwiseComparisonError) {
    guard !elements.isEmpty, matrix.count == elements.count else {
      throw .wrongSize(row: nil, found: matrix.count, expected: max(elements.count, 1))
    }
    for (row, values) in zip(elements, matrix) where values.count != elements.count {
      throw .wrongSize(row: row, found: values.count, expected: elements.count)
    }
    for (row, first) in elements.enumerated() {
      for (column, second) in elements.enumerated() {
        let value = matrix[row][column]
        guard value.isFinite, value > 0 else {
          throw .invalidCell(
            row: first, column: second, value: value, expected: "a number above 0")
        }
        if row == column, value != 1 {
          throw .invalidCell(row: first, column: second, value: value, expected: "1")
        }
        if column < row, abs(value * matrix[column][row] - 1) > 0.02 {
          throw .invalidCell(
            row: first, column: second, value: value,
            expected: "1 / \(matrix[column][row]), as \(second) against \(first) says")
        }
      }
    }
  }

  /// The judgement that differs most from the ratio of the weights.
  private static func worst(
    _ elements: [String], _ matrix: [[Double]], _ weights: [Double]
  ) -> PairwiseComparisonError.Judgement {
    var worst = PairwiseComparisonError.Judgement(
      row: elements[0], column: elements[0], value: 1, implied: 1)
    var largest = 1.0
    for row in elements.indices {
      for column in row + 1..<max(elements.count, row + 1) {
        let implied = weights[row] / weights[column]
        let factor = max(matrix[row][column] / implied, implied / matrix[row][column])
        if factor > largest {
          largest = factor
          worst = PairwiseComparisonError.Judgement(
            row: elements[row], column: elements[column], value: matrix[row][column],
            implied: implied)
        }
      }
    }
    return worst
  }
}
