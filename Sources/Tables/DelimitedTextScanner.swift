/// Splits validated UTF-8 into the rows of RFC 4180, one at a time.
struct DelimitedTextScanner {
  private let bytes: [UInt8]
  private let file: String
  private let delimiter: UInt8
  private var position: Int
  private var line = 1

  private static let quote = UInt8(ascii: "\"")
  private static let lineFeed = UInt8(ascii: "\n")
  private static let carriageReturn = UInt8(ascii: "\r")

  init(bytes: [UInt8], file: String, delimiter: UInt8) {
    self.bytes = bytes
    self.file = file
    self.delimiter = delimiter
    position = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
  }

  /// The next row that is not wholly empty, or nil at the end.
  mutating func nextRow() throws(DelimitedTableError) -> DelimitedTable.Row? {
    while position < bytes.count, consumeLineEnd() {}
    guard position < bytes.count else { return nil }
    let start = line
    var fields: [String] = []
    while true {
      fields.append(try nextField())
      if position < bytes.count, bytes[position] == delimiter {
        position += 1
        continue
      }
      _ = consumeLineEnd()
      return DelimitedTable.Row(line: start, fields: fields)
    }
  }

  /// Reads one field and stops at the delimiter, the line's end or the end of the text.
  private mutating func nextField() throws(DelimitedTableError) -> String {
    guard position < bytes.count, bytes[position] == Self.quote else {
      let start = position
      while position < bytes.count, bytes[position] != delimiter, !isLineEnd {
        if bytes[position] == Self.quote { throw .strayQuote(file: file, line: line) }
        position += 1
      }
      return String(decoding: bytes[start..<position], as: UTF8.self)
    }
    let startLine = line
    position += 1
    var content: [UInt8] = []
    while position < bytes.count {
      let byte = bytes[position]
      position += 1
      if byte == Self.quote {
        guard position < bytes.count, bytes[position] == Self.quote else {
          guard position == bytes.count || bytes[position] == delimiter || isLineEnd else {
            throw .strayQuote(file: file, line: line)
          }
          return String(decoding: content, as: UTF8.self)
        }
        position += 1
      } else if byte == Self.lineFeed {
        line += 1
      }
      content.append(byte)
    }
    throw .unterminatedQuote(file: file, line: startLine)
  }

  private var isLineEnd: Bool {
    bytes[position] == Self.lineFeed
      || (bytes[position] == Self.carriageReturn && position + 1 < bytes.count
        && bytes[position + 1] == Self.lineFeed)
  }

  /// Steps over a line end if one stands here.
  private mutating func consumeLineEnd() -> Bool {
    guard position < bytes.count, isLineEnd else { return false }
    position += bytes[position] == Self.carriageReturn ? 2 : 1
    line += 1
    return true
  }
}
