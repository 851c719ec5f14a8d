/// A matrix that is to be scaled until its rows, its columns and classes of its cells sum to given
/// margins: iterative proportional fitting, in transport planning the Furness method.
///
/// The answer is T_ij = a_i b_j g_c(ij) s_ij, of all matrices with these margins the one with the least
/// relative entropy to the seed s. A cell that is 0 stays 0 (a structural zero).
///
/// Sources: Deming and Stephan 1940, doi:10.1214/aoms/1177731829; Furness 1965, Traffic Engineering and
/// Control 7, 458–460; convergence: Csiszár 1975, doi:10.1214/aop/1176996454.
public struct MatrixBalancing: Sendable, Hashable {
  /// Cells whose sum is a margin of its own, such as all that stays within a country.
  public struct Classes: Sendable, Hashable {
    /// The class of each cell, by row and column: 0 … totals.count − 1.
    public var ofCells: [[Int]]
    /// The sum of each class.
    public var totals: [Double]

    /// Classes; see the properties.
    public init(ofCells: [[Int]], totals: [Double]) {
      self.ofCells = ofCells
      self.totals = totals
    }
  }

  /// The seed by row and column, each cell finite and at least 0.
  public var seed: [[Double]]
  /// The sum of each row; nil leaves rows free.
  public var rows: [Double]?
  /// The sum of each column; nil leaves columns free.
  public var columns: [Double]?
  /// Sums of classes of cells; nil for none.
  public var classes: Classes?
  /// The largest residual that is accepted, as a share of the margin.
  public var tolerance = 1e-12
  /// How often rows, columns and classes are scaled at most.
  public var maximumIterations = 20_000

  /// A matrix with its margins.
  public init(
    seed: [[Double]], rows: [Double]?, columns: [Double]?, classes: Classes? = nil
  ) {
    self.seed = seed
    self.rows = rows
    self.columns = columns
    self.classes = classes
  }

  /// Iterations after which it is asked whether the margins can be met at all.
  private static let patience = 100

  /// Scales rows, then columns, then classes, until all margins are met.
  ///
  /// - Returns: The balanced matrix; for margins of 0, rows and columns of 0.
  /// - Throws: ``BalancingError``: wrong input; margins that no matrix with these zeros has, with the rows
  ///   at fault; or no convergence.
  /// - Complexity: O(cells) an iteration; the number of iterations depends on the seed.
  public func balanced() throws(BalancingError) -> BalancedMatrix {
    try check()
    var state = BalancedMatrix(seed)
    var iteration = 0
    while true {
      iteration += 1
      if let rows { state.scaleRows(to: rows) }
      if let columns { state.scaleColumns(to: columns) }
      if let classes { state.scaleClasses(classes) }
      state.iterations = iteration
      state.measure(rows: rows, columns: columns, classes: classes)
      if state.largestResidual <= tolerance { return state }
      if iteration == min(Self.patience, maximumIterations), let rows, let columns {
        try MarginFeasibility(seed, rows: rows, columns: columns).check()
      }
      if iteration >= maximumIterations { throw state.notConverged(tolerance) }
    }
  }

  private func check() throws(BalancingError) {
    let width = seed.first?.count ?? 0
    guard width > 0, seed.allSatisfy({ $0.count == width }) else {
      throw .shape("the matrix has no cells or rows of different lengths")
    }
    if let rows, rows.count != seed.count {
      throw .shape("\(rows.count) margins for \(seed.count) rows")
    }
    if let columns, columns.count != width {
      throw .shape("\(columns.count) margins for \(width) columns")
    }
    for (row, cells) in seed.enumerated() {
      for (column, value) in cells.enumerated() where !(value.isFinite && value >= 0) {
        throw .invalid(place: "the cell of row \(row + 1) and column \(column + 1)", value: value)
      }
    }
    for (kind, margins) in [("row", rows), ("column", columns), ("class", classes?.totals)] {
      for (index, value) in (margins ?? []).enumerated() where !(value.isFinite && value >= 0) {
        throw .invalid(place: "the margin of \(kind) \(index + 1)", value: value)
      }
    }
    if let rows, let columns {
      let (a, b) = (rows.reduce(0, +), columns.reduce(0, +))
      // The sums of many margins round; that is far below what any table is known to.
      guard abs(a - b) <= 1e-9 * max(a, b) else { throw .unequalSums(rows: a, columns: b) }
    }
    if let rows { try checkRows(rows) }
    if let columns { try checkColumns(columns) }
    if let classes { try check(classes) }
  }

  private func checkRows(_ rows: [Double]) throws(BalancingError) {
    let empty = seed.indices.filter { rows[$0] > 0 && seed[$0].allSatisfy { $0 == 0 } }
    guard empty.isEmpty else {
      throw .infeasible(
        rows: empty, mass: empty.reduce(0) { $0 + rows[$1] }, columns: [], capacity: 0)
    }
  }

  /// Columns that nothing reaches are the rows' fault too: what they should hold has no other place.
  private func checkColumns(_ columns: [Double]) throws(BalancingError) {
    let reached = columns.indices.filter { column in seed.contains { $0[column] > 0 } }
    let unreached = columns.indices.filter { columns[$0] > 0 && !reached.contains($0) }
    guard !unreached.isEmpty else { return }
    throw .infeasible(
      rows: Array(seed.indices), mass: columns.reduce(0, +), columns: reached,
      capacity: reached.reduce(0) { $0 + columns[$1] })
  }

  private func check(_ classes: Classes) throws(BalancingError) {
    guard classes.ofCells.count == seed.count,
      zip(classes.ofCells, seed).allSatisfy({ $0.count == $1.count }),
      classes.ofCells.joined().allSatisfy(classes.totals.indices.contains)
    else { throw .shape("classes that are not those of the matrix's cells") }
    for (number, total) in classes.totals.enumerated() where total > 0 {
      let holds = zip(seed, classes.ofCells).contains { row, kinds in
        zip(row, kinds).contains { $0 > 0 && $1 == number }
      }
      guard holds else { throw .emptyClass(number, total: total) }
    }
    if let sum = (rows ?? columns)?.reduce(0, +) {
      let total = classes.totals.reduce(0, +)
      guard abs(sum - total) <= 1e-9 * max(sum, total) else {
        throw .shape("the margins sum to \(sum) and the classes to \(total); expected the same")
      }
    }
  }
}
