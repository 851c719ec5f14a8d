/// The principal components of the correlations of some columns: in how many directions they vary.
///
/// A diagnosis of whether indicators of a group say one thing, and no way to find weights: a weight by
/// correlation is not one by importance (OECD/JRC 2008, step 4).
public struct PrincipalComponents: Sendable, Hashable {
  /// Units with a value in every column, on which it rests.
  public let unitCount: Int
  /// Eigenvalues of the correlation matrix, descending; their sum is the number of columns.
  public let eigenvalues: [Double]
  /// The share of each component in the whole variance, 0…1.
  public var shares: [Double] { eigenvalues.map { $0 / Double(eigenvalues.count) } }
  /// By component: the entry of each column in a vector of length 1, the largest positive.
  public let components: [[Double]]
  /// By component: the correlation of each column with it.
  public var loadings: [[Double]] {
    zip(eigenvalues, components).map { value, vector in
      vector.map { $0 * max(value, 0).squareRoot() }
    }
  }
  /// How many components have an eigenvalue above 1, Kaiser's rule for how many to keep.
  public var kaiserCount: Int { eigenvalues.count { $0 > 1 } }
  /// What the first component would give as weights: the squares of its entries, which add up to 1.
  /// COINr's `get_PCA` offers the entries themselves, which may be negative.
  public var diagnosticWeights: [Double] { (components.first ?? []).map { $0 * $0 } }

  /// - Parameter columns: One an indicator, each with one value a unit. Units without a value in any of
  ///   them are left out, as in COINr.
  /// - Returns: nil for fewer than two columns, fewer than three whole units, or a constant column.
  /// - Complexity: O(units × columns² + columns³).
  public init?(columns: [[Double?]]) {
    guard columns.count >= 2, let count = columns.first?.count else { return nil }
    let whole = (0..<count).filter { unit in columns.allSatisfy { $0[unit] != nil } }
    let dense = columns.map { column in whole.compactMap { column[$0] } }
    var matrix = [[Double]](
      repeating: Array(repeating: 1, count: columns.count), count: columns.count)
    for row in columns.indices {
      for other in 0..<row {
        guard let r = SampleStatistics.correlation(dense[row], dense[other]) else { return nil }
        matrix[row][other] = r
        matrix[other][row] = r
      }
    }
    let eigen = SymmetricEigen(matrix)
    unitCount = whole.count
    eigenvalues = eigen.values
    components = eigen.vectors
  }
}
