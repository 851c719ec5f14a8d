import Tables

/// A table of a GMNS network: columns that may be absent, and `NaN` as another way to leave a cell empty.
struct GMNSTable {
  let file: String
  private let table: DelimitedTable
  private let columns: Set<String>

  var rows: [DelimitedTable.Row] { table.rows }

  /// - Parameter columns: Those that must be there.
  init(_ file: GraphFile, columns: [String]) throws(GraphFileError) {
    try file.checkContent(expected: "a table with the columns \(columns.joined(separator: ", "))")
    self.file = file.name
    do {
      table = try DelimitedTable(bytes: file.bytes, file: file.name)
      try table.requireColumns(columns)
    } catch {
      throw .table(error)
    }
    self.columns = Set(table.header)
  }

  func has(_ column: String) -> Bool { columns.contains(column) }

  /// A cell's text; nil for an empty one and where there is no such column.
  func optional(_ column: String, _ row: DelimitedTable.Row) -> String? {
    guard has(column), let text = try? table.optionalText(column, in: row), text != "NaN" else {
      return nil
    }
    return text
  }

  /// A cell's text, which must not be empty.
  func text(_ column: String, _ row: DelimitedTable.Row) throws(GraphFileError) -> String {
    guard let text = optional(column, row) else { throw invalid(column, row, "an identifier") }
    return text
  }

  /// A cell's finite number.
  func number(_ column: String, _ row: DelimitedTable.Row) throws(GraphFileError) -> Double {
    do { return try table.number(column, in: row) } catch { throw .table(error) }
  }

  /// The error for a cell.
  func invalid(
    _ column: String, _ row: DelimitedTable.Row, _ expected: String
  ) -> GraphFileError {
    .invalidField(
      file: file, line: row.line, field: column,
      value: String((optional(column, row) ?? "").prefix(60)), expected: expected)
  }
}
