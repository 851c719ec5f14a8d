import Tables

/// Why a graph file could not be read. Each case names the file and, where there is one, the line
/// (from 1), the field, its value and what was expected.
public enum GraphFileError: Error, Equatable, Sendable {
  /// The file could not be opened or read.
  case unreadable(file: String, reason: String)
  /// The file is packed.
  case compressed(file: String, format: String)
  /// The file holds nothing but blanks.
  case empty(file: String, expected: String)
  /// A header that the format requires does not stand before the data.
  case missingHeader(file: String, header: String)
  /// A header that may stand once stands again.
  case repeatedHeader(file: String, line: Int, header: String, firstLine: Int)
  /// A line of no kind that the format has here.
  case unexpectedLine(file: String, line: Int, text: String, expected: String)
  /// A line has more or fewer fields than its kind.
  case fieldCount(file: String, line: Int, found: Int, expected: Int)
  /// A field does not hold what it should.
  case invalidField(file: String, line: Int, field: String, value: String, expected: String)
  /// The file holds another number of things than its header states: it may be cut short.
  case countMismatch(file: String, things: String, found: Int, stated: Int)
  /// The file has more or fewer things than the format or another file allows.
  case wrongCount(file: String, things: String, found: Int, expected: String)
  /// An identifier that was used before.
  case duplicate(file: String, line: Int, field: String, id: String, firstLine: Int)
  /// A node of the graph that the file of coordinates does not have.
  case missingCoordinates(file: String, node: String)
  /// A unit that the file needs and neither it nor the reader states.
  case unknownUnit(file: String, quantity: String, expected: String)
  /// The file has no link that can be used.
  case noLinks(file: String, reason: String)
  /// A CSV file that is not a table, or a cell of one that is wrong.
  case table(DelimitedTableError)
}

extension GraphFileError: CustomStringConvertible {
  /// One line: file, line, field, value, expectation, as far as the case has them.
  public var description: String {
    switch self {
    case .unreadable(let file, let reason): "\(file): cannot be read: \(reason)"
    case .compressed(let file, let format):
      "\(file): is packed with \(format); expected text: unpack it first"
    case .empty(let file, let expected): "\(file): is empty; expected \(expected)"
    case .missingHeader(let file, let header): "\(file): \(header) is missing before the data"
    case .repeatedHeader(let file, let line, let header, let firstLine):
      "\(file):\(line): \(header) stands a second time; it is on line \(firstLine) already"
    case .unexpectedLine(let file, let line, let text, let expected):
      "\(file):\(line): '\(text)'; expected \(expected)"
    case .fieldCount(let file, let line, let found, let expected):
      "\(file):\(line): \(found) fields; expected \(expected)"
    case .invalidField(let file, let line, let field, let value, let expected):
      "\(file):\(line): \(field) is '\(value)'; expected \(expected)"
    case .countMismatch(let file, let things, let found, let stated):
      "\(file): \(found) \(things); expected \(stated), as the header says: the file may be cut short"
    case .wrongCount(let file, let things, let found, let expected):
      "\(file): \(found) \(things); expected \(expected)"
    case .duplicate(let file, let line, let field, let id, let firstLine):
      "\(file):\(line): \(field) is '\(id)', which line \(firstLine) has already; expected one of "
        + "its own"
    case .missingCoordinates(let file, let node):
      "\(file): node \(node) is missing; expected a position for every node of the graph"
    case .unknownUnit(let file, let quantity, let expected):
      "\(file): the unit of \(quantity) is not known; expected \(expected)"
    case .noLinks(let file, let reason): "\(file): no link: \(reason)"
    case .table(let error): error.description
    }
  }
}
