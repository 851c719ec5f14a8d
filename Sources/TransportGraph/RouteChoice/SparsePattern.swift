internal import CKLU

/// Where a square sparse matrix has entries, with an order in which to eliminate its rows.
///
/// The order keeps the diagonal in place, so that the pivots of an elimination in it are those of a
/// principal submatrix each: of a matrix without positive entries off the diagonal, all are positive if
/// and only if it is a nonsingular M-matrix (Berman and Plemmons 1994, theorem 6.2.3).
///
/// Source: T. A. Davis, E. Palamadai Natarajan (2010), Algorithm 907: KLU, a direct sparse solver for
/// circuit simulation problems, ACM Trans. Math. Softw. 37, 36,
/// https://doi.org/10.1145/1824801.1824814; the order is AMD's (Amestoy, Davis, Duff 1996).
///
/// `@unchecked Sendable`: what it points at is not written to once it is made.
final class SparsePattern: @unchecked Sendable {
  /// Row r is `first[r] ..< first[r + 1]`.
  let first: [Int32]
  /// The column of each entry, ascending in a row; each row has its diagonal.
  let columns: [Int32]
  /// What the library computed; it takes rows for columns and is asked about the transpose.
  fileprivate let analysis: UnsafeMutablePointer<klu_symbolic>

  /// The number of rows.
  var count: Int { first.count - 1 }

  /// - Returns: nil without rows, or where the library finds no memory.
  init?(first: [Int32], columns: [Int32]) {
    self.first = first
    self.columns = columns
    var common = Self.common()
    var starts = first
    var indices = columns
    guard first.count > 1,
      let analysis = klu_analyze(Int32(first.count - 1), &starts, &indices, &common)
    else { return nil }
    self.analysis = analysis
  }

  deinit {
    var common = Self.common()
    var analysis: UnsafeMutablePointer<klu_symbolic>? = analysis
    klu_free_symbolic(&analysis, &common)
  }

  fileprivate static func common() -> klu_common {
    var common = klu_common()
    klu_defaults(&common)
    // Pivots stay on the diagonal: no blocks, no scaling, no threshold below which another is taken.
    common.btf = 0
    common.scale = 0
    common.tol = 0
    return common
  }
}

/// The triangular factors of a sparse matrix.
struct SparseFactors: ~Copyable {
  private let pattern: SparsePattern
  private var factors: UnsafeMutablePointer<klu_numeric>?
  private var common: klu_common

  init(_ pattern: SparsePattern) {
    self.pattern = pattern
    common = SparsePattern.common()
  }

  deinit {
    var common = common
    var factors = factors
    klu_free_numeric(&factors, &common)
  }

  /// Factors a matrix.
  ///
  /// - Parameter values: By entry of the pattern.
  /// - Returns: The least pivot; NaN where one is not a number, or where one of 0 ended it.
  /// - Complexity: that of a sparse elimination; after the first time without looking for its structure.
  mutating func factor(_ values: [Double]) -> Double {
    precondition(values.count == pattern.columns.count, "an entry for each place")
    var starts = pattern.first
    var indices = pattern.columns
    var values = values
    if factors != nil {
      klu_refactor(&starts, &indices, &values, pattern.analysis, factors, &common)
    } else {
      factors = klu_factor(&starts, &indices, &values, pattern.analysis, &common)
    }
    guard let factors, common.status == KLU_OK, common.noffdiag == 0 else { return .nan }
    let pivots = factors.pointee.Udiag.assumingMemoryBound(to: Double.self)
    var least = Double.infinity
    for row in 0..<pattern.count {
      guard pivots[row] < .infinity else { return .nan }
      least = min(least, pivots[row])
    }
    return least
  }

  /// Solves A x = b in place; only after ``factor(_:)``.
  mutating func solve(_ right: inout [Double]) {
    // The library's columns are our rows.
    klu_tsolve(pattern.analysis, factors, Int32(pattern.count), 1, &right, &common)
  }

  /// Solves Aᵀ x = b in place; only after ``factor(_:)``.
  mutating func solveTransposed(_ right: inout [Double]) {
    klu_solve(pattern.analysis, factors, Int32(pattern.count), 1, &right, &common)
  }
}
