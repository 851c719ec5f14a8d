/// A matrix that sums to its margins, and how it came to.
public struct BalancedMatrix: Sendable, Hashable {
  /// The cells by row and column.
  public private(set) var cells: [[Double]]
  /// What each row of the seed was multiplied by.
  public private(set) var rowFactors: [Double]
  /// What each column of the seed was multiplied by.
  public private(set) var columnFactors: [Double]
  /// How often rows, columns and classes were scaled.
  public internal(set) var iterations = 0
  /// Each row's sum less its margin; 0 where rows are free.
  public private(set) var rowResiduals: [Double]
  /// Each column's sum less its margin; 0 where columns are free.
  public private(set) var columnResiduals: [Double]
  /// The largest row residual as a share of its margin.
  public private(set) var largestRowResidual = 0.0
  /// The largest column residual as a share of its margin.
  public private(set) var largestColumnResidual = 0.0
  /// The largest residual of a class as a share of its margin.
  public private(set) var largestClassResidual = 0.0

  /// The largest of all residuals, as a share of its margin.
  public var largestResidual: Double {
    max(largestRowResidual, largestColumnResidual, largestClassResidual)
  }

  /// The sum of all cells.
  public var total: Double { cells.reduce(0) { $0 + $1.reduce(0, +) } }

  init(_ seed: [[Double]]) {
    cells = seed
    rowFactors = Array(repeating: 1, count: seed.count)
    columnFactors = Array(repeating: 1, count: seed[0].count)
    rowResiduals = Array(repeating: 0, count: seed.count)
    columnResiduals = Array(repeating: 0, count: seed[0].count)
  }

  private func columnSums() -> [Double] {
    var sums = [Double](repeating: 0, count: columnFactors.count)
    for row in cells {
      for (column, cell) in row.enumerated() { sums[column] += cell }
    }
    return sums
  }

  private func classSums(_ classes: MatrixBalancing.Classes) -> [Double] {
    var sums = [Double](repeating: 0, count: classes.totals.count)
    for (row, kinds) in zip(cells, classes.ofCells) {
      for (cell, kind) in zip(row, kinds) { sums[kind] += cell }
    }
    return sums
  }

  /// What a sum must be multiplied by to become its margin; nothing makes more of nothing.
  private static func factor(_ margin: Double, over sum: Double) -> Double {
    sum > 0 ? margin / sum : 1
  }

  mutating func scaleRows(to margins: [Double]) {
    for row in cells.indices {
      let factor = Self.factor(margins[row], over: cells[row].reduce(0, +))
      rowFactors[row] *= factor
      for column in cells[row].indices { cells[row][column] *= factor }
    }
  }

  mutating func scaleColumns(to margins: [Double]) {
    let factors = zip(margins, columnSums()).map { Self.factor($0, over: $1) }
    for row in cells.indices {
      for column in factors.indices { cells[row][column] *= factors[column] }
    }
    for column in factors.indices { columnFactors[column] *= factors[column] }
  }

  mutating func scaleClasses(_ classes: MatrixBalancing.Classes) {
    let factors = zip(classes.totals, classSums(classes)).map { Self.factor($0, over: $1) }
    for row in cells.indices {
      for column in cells[row].indices {
        cells[row][column] *= factors[classes.ofCells[row][column]]
      }
    }
  }

  /// Compares the sums with the margins.
  mutating func measure(
    rows: [Double]?, columns: [Double]?, classes: MatrixBalancing.Classes?
  ) {
    func share(_ residual: Double, of margin: Double) -> Double {
      margin > 0 ? abs(residual) / margin : abs(residual)
    }
    if let rows {
      rowResiduals = zip(cells, rows).map { $0.reduce(0, +) - $1 }
      largestRowResidual = zip(rowResiduals, rows).map { share($0, of: $1) }.max() ?? 0
    }
    if let columns {
      columnResiduals = zip(columnSums(), columns).map { $0 - $1 }
      largestColumnResidual = zip(columnResiduals, columns).map { share($0, of: $1) }.max() ?? 0
    }
    if let classes {
      largestClassResidual =
        zip(classSums(classes), classes.totals).map { share($0 - $1, of: $1) }.max() ?? 0
    }
  }

  func notConverged(_ tolerance: Double) -> BalancingError {
    func worst(_ residuals: [Double]) -> [Int] {
      let largest = residuals.map(abs).max() ?? 0
      return residuals.indices.filter { largest > 0 && abs(residuals[$0]) >= largest / 2 }
    }
    return .notConverged(
      iterations: iterations, rows: largestRowResidual > tolerance ? worst(rowResiduals) : [],
      columns: largestColumnResidual > tolerance ? worst(columnResiduals) : [],
      largestResidual: largestResidual)
  }
}
