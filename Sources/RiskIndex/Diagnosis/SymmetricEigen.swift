/// Eigenvalues and eigenvectors of a real symmetric matrix.
///
/// Cyclic Jacobi rotations: slower than what large libraries do, but exact to the last digits for matrices of
/// some dozens of rows, the same on every machine, and never without a result.
///
/// Source: Jacobi 1846; Golub, Van Loan 2013, Matrix Computations, section 8.5.
public struct SymmetricEigen: Sendable, Hashable {
  /// Descending.
  public let values: [Double]
  /// By eigenvalue: a vector of length 1 whose entry of the largest size is positive.
  public let vectors: [[Double]]

  /// - Parameter matrix: Rows of a square matrix, finite; only its symmetric part counts.
  /// - Complexity: O(n³) a sweep, about 6 to 10 sweeps.
  public init(_ matrix: [[Double]]) {
    let n = matrix.count
    precondition(matrix.allSatisfy { $0.count == n }, "a square matrix")
    var a = (0..<n).map { row in
      (0..<n).map { (matrix[row][$0] + matrix[$0][row]) / 2 }
    }
    var v = (0..<n).map { row in (0..<n).map { $0 == row ? 1.0 : 0.0 } }
    let whole = a.reduce(0) { $0 + $1.reduce(0) { $0 + $1 * $1 } }
    for _ in 0..<60 {
      var rest = 0.0
      for p in 0..<n { for q in p + 1..<max(n, p + 1) { rest += a[p][q] * a[p][q] } }
      // Twice the square of the unit roundoff: what is left cannot be told from 0.
      if rest <= whole * 0x1p-104 { break }
      for p in 0..<n {
        for q in p + 1..<max(n, p + 1) where a[p][q] != 0 {
          let theta = (a[q][q] - a[p][p]) / (2 * a[p][q])
          let t = (theta >= 0 ? 1.0 : -1.0) / (abs(theta) + (theta * theta + 1).squareRoot())
          let c = 1 / (t * t + 1).squareRoot()
          let s = t * c
          for k in 0..<n {
            let (x, y) = (a[k][p], a[k][q])
            a[k][p] = c * x - s * y
            a[k][q] = s * x + c * y
          }
          for k in 0..<n {
            let (x, y) = (a[p][k], a[q][k])
            a[p][k] = c * x - s * y
            a[q][k] = s * x + c * y
          }
          for k in 0..<n {
            let (x, y) = (v[k][p], v[k][q])
            v[k][p] = c * x - s * y
            v[k][q] = s * x + c * y
          }
        }
      }
    }
    let order = (0..<n).sorted { (-a[$0][$0], $0) < (-a[$1][$1], $1) }
    values = order.map { a[$0][$0] }
    vectors = order.map { column in
      let vector = (0..<n).map { v[$0][column] }
      let largest = vector.max { abs($0) < abs($1) } ?? 1
      return largest < 0 ? vector.map { -$0 } : vector
    }
  }
}
