import Testing

@testable import TransportGraph

@Suite("Fields of graph files")
struct FieldScannerTests {
  private func fields(_ text: String) -> [[String]] {
    var scanner = FieldScanner([UInt8](text.utf8))
    var lines: [[String]] = []
    while scanner.nextLine() {
      var fields: [String] = []
      while let field = scanner.nextField() { fields.append(scanner.text(field)) }
      lines.append(fields)
    }
    return lines
  }

  @Test("blanks and tabs part fields, LF and CR LF end lines, with or without the last one")
  func lines() {
    #expect(fields("") == [])
    #expect(fields("\n") == [[]])
    #expect(fields(" a\t b\r\n\r\nc") == [["a", "b"], [], ["c"]])
    #expect(fields("\u{FEFF}a\n") == [["a"]])
    #expect(fields("\u{FEFF}") == [])
  }

  @Test("numbers are those that Double reads, but for hexadecimal, nan and infinities")
  func numbers() {
    let texts = [
      "0", "-0", "7", "-7", "+7", "007", "1.5", "-1.5e3", "1E-2", ".5", "5.", "123456789012345",
      "1234567890123456789", "0.1", "-", "+", "", "e", "1e", "--1", "1-", "1 2", "nan", "inf",
      "-inf", "0x10", "1e999", "١", "1,5", "\0",
    ]
    for text in texts {
      let scanner = FieldScanner([UInt8](text.utf8))
      let isOther = ["nan", "inf", "-inf", "0x10", "1e999"].contains(text)
      let expected = isOther ? nil : Double(text)
      #expect(scanner.number(0..<text.utf8.count) == expected, "\(text)")
      #expect(
        scanner.number(0..<text.utf8.count)?.sign == expected?.sign, "the sign of 0 too: \(text)")
      let digits = !text.isEmpty && text.utf8.allSatisfy { (0x30...0x39).contains($0) }
      #expect(scanner.wholeNumber(0..<text.utf8.count) == (digits ? UInt64(text) : nil), "\(text)")
    }
    let scanner = FieldScanner([UInt8]("18446744073709551616".utf8))
    #expect(scanner.wholeNumber(0..<19) == 1_844_674_407_370_955_161)
    #expect(scanner.wholeNumber(0..<20) == nil)
  }
}
