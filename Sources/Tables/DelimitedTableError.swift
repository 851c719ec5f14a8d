/// Why a delimited text file could not be read as a table.
///
/// Every case names the file and, where there is one, the line (1 = the header's line), so that the
/// message alone is enough to find and mend the cell.
public enum DelimitedTableError: Error, Equatable, Sendable {
  /// The file could not be opened or read.
  case unreadable(file: String, reason: String)
  /// The file holds no header line.
  case empty(file: String)
  /// The file holds a header line and no row, where one is needed.
  case noRows(file: String)
  /// The bytes of this line are not UTF-8.
  case notUTF8(file: String, line: Int)
  /// A quoted field that begins on this line never ends.
  case unterminatedQuote(file: String, line: Int)
  /// A quotation mark inside an unquoted field, or text after the closing mark of a quoted one.
  case strayQuote(file: String, line: Int)
  /// A row has more or fewer fields than the header.
  case fieldCount(file: String, line: Int, found: Int, expected: Int)
  /// The header names one column twice.
  case duplicateColumn(file: String, column: String)
  /// The header lacks a column that the reader needs.
  case missingColumn(file: String, column: String, header: [String])
  /// A cell does not hold what its column promises.
  case invalidField(file: String, line: Int, column: String, value: String, expected: String)
}

extension DelimitedTableError: CustomStringConvertible {
  /// One line: file, line, column, value, expectation, as far as the case has them.
  public var description: String {
    switch self {
    case .unreadable(let file, let reason):
      "\(file): cannot be read: \(reason)"
    case .empty(let file):
      "\(file): is empty; expected a header line"
    case .noRows(let file):
      "\(file): has no row below its header; expected one or more"
    case .notUTF8(let file, let line):
      "\(file):\(line): is not UTF-8 text"
    case .unterminatedQuote(let file, let line):
      "\(file):\(line): a quoted field begins here and never ends"
    case .strayQuote(let file, let line):
      "\(file):\(line): a quotation mark stands inside a field; expected the whole field in quotes,"
        + " with inner marks doubled"
    case .fieldCount(let file, let line, let found, let expected):
      "\(file):\(line): \(found) fields; expected \(expected), as in the header"
    case .duplicateColumn(let file, let column):
      "\(file):1: column '\(column)' appears twice; expected each name once"
    case .missingColumn(let file, let column, let header):
      "\(file):1: column '\(column)' is missing; found \(header.joined(separator: ", "))"
    case .invalidField(let file, let line, let column, let value, let expected):
      "\(file):\(line): \(column) is '\(value)'; expected \(expected)"
    }
  }
}
