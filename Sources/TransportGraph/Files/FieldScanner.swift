/// The lines of a text and their fields, which blanks or tabs part: no `String` is made on the way.
///
/// Lines end in LF or CR LF; a byte-order mark is stepped over.
struct FieldScanner {
  /// UTF-8's, RFC 3629 section 6.
  static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

  private let bytes: [UInt8]
  /// The number of the present line, from 1; 0 before the first.
  private(set) var line = 0
  private var next: Int
  private var position = 0
  private var end = 0
  private var start = 0

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    next = bytes.starts(with: Self.byteOrderMark) ? 3 : 0
  }

  static func isBlank(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x09 || byte == 0x0D
  }

  /// Goes to the next line; false at the end of the text.
  mutating func nextLine() -> Bool {
    guard next < bytes.count else { return false }
    start = next
    end = next
    while end < bytes.count, bytes[end] != 0x0A { end += 1 }
    next = end + 1
    if end > start, bytes[end - 1] == 0x0D { end -= 1 }
    position = start
    line += 1
    return true
  }

  /// The next field of the line; nil at its end.
  mutating func nextField() -> Range<Int>? {
    while position < end, Self.isBlank(bytes[position]) { position += 1 }
    guard position < end else { return nil }
    let first = position
    while position < end, !Self.isBlank(bytes[position]) { position += 1 }
    return first..<position
  }

  /// What is left of the line, without the blanks around it.
  var rest: Range<Int> {
    var from = position
    var to = end
    while from < to, Self.isBlank(bytes[from]) { from += 1 }
    while to > from, Self.isBlank(bytes[to - 1]) { to -= 1 }
    return from..<to
  }

  /// Ends the line at the first such byte that is left of it; false if there is none.
  mutating func cut(at byte: UInt8) -> Bool {
    guard let place = bytes[position..<end].firstIndex(of: byte) else { return false }
    end = place
    return true
  }

  /// Starts the line's fields anew.
  mutating func rewind() { position = start }

  func byte(_ index: Int) -> UInt8 { bytes[index] }

  /// A field as text; what is not UTF-8 is shown as U+FFFD.
  func text(_ field: Range<Int>) -> String {
    String(decoding: bytes[field], as: UTF8.self)
  }

  /// A field for an error message, 60 characters at most.
  func excerpt(_ field: Range<Int>) -> String {
    let text = text(field.prefix(240))
    return text.count <= 60 ? text : text.prefix(57) + "..."
  }

  /// The whole line for an error message.
  var lineExcerpt: String { excerpt(start..<end) }

  /// A field of digits alone; nil for anything else and for what 64 bits do not hold.
  func wholeNumber(_ field: Range<Int>) -> UInt64? {
    guard !field.isEmpty else { return nil }
    var value: UInt64 = 0
    for index in field {
      let digit = bytes[index] &- 0x30
      guard digit <= 9 else { return nil }
      let (tens, overflow) = value.multipliedReportingOverflow(by: 10)
      let (sum, carry) = tens.addingReportingOverflow(UInt64(digit))
      guard !overflow, !carry else { return nil }
      value = sum
    }
    return value
  }

  /// A finite number in decimal; nil for anything else, also for hexadecimal, "nan" and "inf".
  func number(_ field: Range<Int>) -> Double? {
    // Fifteen digits are a double exactly; most numbers of most files are of this kind.
    let isNegative = !field.isEmpty && bytes[field.lowerBound] == UInt8(ascii: "-")
    let digits = isNegative ? field.lowerBound + 1..<field.upperBound : field
    if !digits.isEmpty, digits.count <= 15, let value = wholeNumber(digits) {
      return isNegative ? -Double(value) : Double(value)
    }
    for index in field {
      switch bytes[index] {
      case 0x30...0x39, UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "e"),
        UInt8(ascii: "E"):
        continue
      default: return nil
      }
    }
    guard let value = Double(text(field)), value.isFinite else { return nil }
    return value
  }
}

extension FieldScanner {
  /// The error for a field of the present line.
  func invalid(
    _ name: String, _ field: Range<Int>, _ expected: String, in file: String
  ) -> GraphFileError {
    .invalidField(file: file, line: line, field: name, value: excerpt(field), expected: expected)
  }

  /// The error for a line that has not so many fields.
  func fieldCount(_ expected: Int, in file: String) -> GraphFileError {
    var copy = self
    copy.rewind()
    var found = 0
    while copy.nextField() != nil { found += 1 }
    return .fieldCount(file: file, line: line, found: found, expected: expected)
  }

  /// The rest of a line as so many whole numbers and nothing else.
  ///
  /// - Parameter fields: How many fields the line has in all, for the message.
  mutating func wholeNumbers(
    _ names: [String], maxima: [Int], fields: Int, file: String
  ) throws(GraphFileError) -> [Int] {
    var values: [Int] = []
    for (name, maximum) in zip(names, maxima) {
      guard let field = nextField() else { throw fieldCount(fields, in: file) }
      guard let value = wholeNumber(field), value <= UInt64(maximum) else {
        throw invalid(name, field, "a whole number from 0 to \(maximum)", in: file)
      }
      values.append(Int(value))
    }
    guard nextField() == nil else { throw fieldCount(fields, in: file) }
    return values
  }
}

extension Range<Int> {
  /// The first so many.
  fileprivate func prefix(_ count: Int) -> Range<Int> {
    lowerBound..<Swift.min(upperBound, lowerBound + count)
  }
}
