import Foundation

/// A table read from delimited text after RFC 4180: a header line, then rows of as many fields.
///
/// Fields may be quoted; a quoted field may hold the delimiter, line breaks and doubled quotation
/// marks. Lines end in LF or CR LF. A byte-order mark and wholly empty lines are skipped; nothing else
/// is tolerated or repaired. Each row keeps the number of the line it began on, for error messages.
///
/// Source: RFC 4180, https://www.rfc-editor.org/rfc/rfc4180
public struct DelimitedTable: Sendable, Hashable {
  /// One row of the table.
  public struct Row: Sendable, Hashable {
    /// The line of the file on which the row begins; the header's first line is 1.
    public let line: Int
    /// The fields as written, quotes resolved, in the order of the header.
    public let fields: [String]
  }

  /// The name of the file, as error messages show it.
  public let file: String
  /// The names of the columns, in order.
  public let header: [String]
  /// The rows, in the order of the file.
  public let rows: [Row]
  private let columnIndex: [String: Int]

  /// Reads a file.
  ///
  /// - Parameters:
  ///   - path: The file's path.
  ///   - delimiter: The ASCII character between fields, a comma by default.
  /// - Throws: Any ``DelimitedTableError`` but `missingColumn` and `invalidField`.
  /// - Complexity: O(bytes).
  public init(
    contentsOf path: String, delimiter: Unicode.Scalar = ","
  ) throws(DelimitedTableError) {
    let data: Data
    do {
      data = try Data(contentsOf: URL(fileURLWithPath: path))
    } catch {
      throw .unreadable(file: path, reason: error.localizedDescription)
    }
    try self.init(bytes: [UInt8](data), file: path, delimiter: delimiter)
  }

  /// Reads text that is already in memory.
  ///
  /// - Parameters:
  ///   - text: The whole table.
  ///   - file: What error messages call it.
  ///   - delimiter: The ASCII character between fields.
  /// - Throws: As ``init(contentsOf:delimiter:)``.
  public init(
    text: String, file: String, delimiter: Unicode.Scalar = ","
  ) throws(DelimitedTableError) {
    try self.init(bytes: [UInt8](text.utf8), file: file, delimiter: delimiter)
  }

  /// Reads bytes that should be UTF-8 text.
  ///
  /// - Parameters:
  ///   - bytes: The whole table.
  ///   - file: What error messages call it.
  ///   - delimiter: The ASCII character between fields.
  /// - Throws: As ``init(contentsOf:delimiter:)``.
  public init(
    bytes: [UInt8], file: String, delimiter: Unicode.Scalar = ","
  ) throws(DelimitedTableError) {
    precondition(delimiter.isASCII, "the delimiter is one byte in UTF-8")
    // No multi-byte sequence holds a line feed, so checking line by line checks the whole.
    for (index, line) in bytes.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated()
    where String(validating: line, as: UTF8.self) == nil {
      throw .notUTF8(file: file, line: index + 1)
    }
    var scanner = DelimitedTextScanner(
      bytes: bytes, file: file, delimiter: UInt8(ascii: delimiter))
    guard let first = try scanner.nextRow() else { throw .empty(file: file) }
    let header = first.fields.map { $0.trimmingCharacters(in: .whitespaces) }
    var columnIndex: [String: Int] = [:]
    for (index, name) in header.enumerated() {
      guard columnIndex.updateValue(index, forKey: name) == nil else {
        throw .duplicateColumn(file: file, column: name)
      }
    }
    var rows: [Row] = []
    while let row = try scanner.nextRow() {
      guard row.fields.count == header.count else {
        throw .fieldCount(
          file: file, line: row.line, found: row.fields.count, expected: header.count)
      }
      rows.append(row)
    }
    self.file = file
    self.header = header
    self.rows = rows
    self.columnIndex = columnIndex
  }

  /// Checks that the header has these columns; others may stand beside them.
  ///
  /// - Throws: `missingColumn` for the first that is absent.
  public func requireColumns(_ names: [String]) throws(DelimitedTableError) {
    for name in names where columnIndex[name] == nil {
      throw .missingColumn(file: file, column: name, header: header)
    }
  }

  /// The text of a cell without the spaces around it, or nil if nothing is left.
  ///
  /// - Throws: `missingColumn`.
  public func optionalText(
    _ column: String, in row: Row
  ) throws(DelimitedTableError) -> String? {
    guard let index = columnIndex[column] else {
      throw .missingColumn(file: file, column: column, header: header)
    }
    let text = row.fields[index].trimmingCharacters(in: .whitespaces)
    return text.isEmpty ? nil : text
  }

  /// The text of a cell that must not be empty, without the spaces around it.
  ///
  /// - Throws: `missingColumn`; `invalidField` for an empty cell.
  public func text(_ column: String, in row: Row) throws(DelimitedTableError) -> String {
    guard let text = try optionalText(column, in: row) else {
      throw invalid(column, in: row, value: "", expected: "text")
    }
    return text
  }

  /// The finite number in a cell, written in decimal with a point.
  ///
  /// - Parameters:
  ///   - column: The column's name.
  ///   - row: A row of this table.
  ///   - range: What is allowed; nil for any finite number.
  /// - Throws: `missingColumn`; `invalidField` for an empty cell, text, NaN, infinity, or a number out
  ///   of range.
  public func number(
    _ column: String, in row: Row, within range: ClosedRange<Double>? = nil
  ) throws(DelimitedTableError) -> Double {
    let expected =
      range.map { "a number from \($0.lowerBound) to \($0.upperBound)" }
      ?? "a finite number, with a point for the decimals"
    let text = try optionalText(column, in: row) ?? ""
    // `Double` would also take hexadecimal, "nan" and "inf".
    guard text.utf8.allSatisfy({ "0123456789+-.eE".utf8.contains($0) }),
      let value = Double(text), value.isFinite, range?.contains(value) ?? true
    else {
      throw invalid(column, in: row, value: text, expected: expected)
    }
    return value
  }

  /// The integer in a cell.
  ///
  /// - Throws: `missingColumn`; `invalidField` for anything but an integer in the range.
  public func integer(
    _ column: String, in row: Row, within range: ClosedRange<Int>
  ) throws(DelimitedTableError) -> Int {
    let text = try optionalText(column, in: row) ?? ""
    guard let value = Int(text), range.contains(value) else {
      throw invalid(
        column, in: row, value: text,
        expected: "an integer from \(range.lowerBound) to \(range.upperBound)")
    }
    return value
  }

  /// The error that says what is wrong with a cell; for checks that only the caller can make.
  public func invalid(
    _ column: String, in row: Row, value: String, expected: String
  ) -> DelimitedTableError {
    .invalidField(file: file, line: row.line, column: column, value: value, expected: expected)
  }
}
