/// Why a matrix cannot be balanced. Rows and columns count from 0, in messages from 1.
public enum BalancingError: Error, Equatable, Sendable {
  /// Margins, classes and matrix that do not have the same numbers of rows and columns.
  case shape(String)
  /// A number that is negative or not finite; `place` says where.
  case invalid(place: String, value: Double)
  /// Margins that do not add up to the same.
  case unequalSums(rows: Double, columns: Double)
  /// What some rows have to send, more than all the columns can take that they may send to.
  case infeasible(rows: [Int], mass: Double, columns: [Int], capacity: Double)
  /// Classes of cells that are to hold something and have no cell that may.
  case emptyClass(Int, total: Double)
  /// Margins that are still missed after all iterations; the rows and columns that miss theirs by most.
  case notConverged(iterations: Int, rows: [Int], columns: [Int], largestResidual: Double)
}

extension BalancingError: CustomStringConvertible {
  public var description: String { description(row: { "\($0 + 1)" }, column: { "\($0 + 1)" }) }

  /// The error with the names of rows and columns.
  public func description(row: (Int) -> String, column: (Int) -> String) -> String {
    switch self {
    case .shape(let text): return text
    case .invalid(let place, let value):
      return "\(place) is \(value); expected a finite number ≥ 0"
    case .unequalSums(let rows, let columns):
      return "the rows' margins sum to \(rows) and the columns' to \(columns); expected the same"
    case .infeasible(let rows, let mass, let columns, let capacity):
      let from = Self.list(rows, row)
      return columns.isEmpty
        ? "infeasible: rows \(from) hold \(mass), and no cell of theirs may be other than 0"
        : "infeasible: rows \(from) hold \(mass) and may only send it to columns "
          + "\(Self.list(columns, column)), which hold \(capacity)"
    case .emptyClass(let number, let total):
      return "class \(number + 1) is to hold \(total), and all its cells are 0"
    case .notConverged(let iterations, let rows, let columns, let residual):
      let places = [
        rows.isEmpty ? nil : "rows \(Self.list(rows, row))",
        columns.isEmpty ? nil : "columns \(Self.list(columns, column))",
      ].compactMap { $0 }.joined(separator: " and ")
      return "not converged after \(iterations) iterations: \(places) still miss their margins, by "
        + "up to \(Shown.fixed(residual * 100, 6)) %"
    }
  }

  private static let namedCount = 8

  private static func list(_ indices: [Int], _ name: (Int) -> String) -> String {
    let more = indices.count - namedCount
    return indices.prefix(namedCount).map(name).joined(separator: ", ")
      + (more > 0 ? " and \(more) more" : "")
  }
}
