import Testing

@testable import Tables

@Suite("Delimited tables after RFC 4180")
struct DelimitedTableTests {
  private func error(_ text: String) -> DelimitedTableError? {
    do {
      _ = try DelimitedTable(text: text, file: "t.csv")
      return nil
    } catch {
      return error
    }
  }

  @Test("quoted fields hold delimiters, doubled quotes and line breaks, and lines are counted")
  func quoting() throws {
    let text = "a,b\r\n\"x, \"\"y\"\"\",1\n\n\"two\nlines\",2\nlast,\"\""
    let table = try DelimitedTable(text: text, file: "t.csv")
    #expect(table.header == ["a", "b"])
    #expect(
      table.rows.map(\.fields) == [["x, \"y\"", "1"], ["two\nlines", "2"], ["last", ""]])
    #expect(table.rows.map(\.line) == [2, 4, 6])
  }

  @Test("a byte-order mark, another delimiter and Cyrillic are read")
  func marks() throws {
    let table = try DelimitedTable(
      text: "\u{FEFF}ключ;знач\nОш;1\n", file: "t.csv", delimiter: ";")
    #expect(table.header == ["ключ", "знач"])
    #expect(table.rows.first?.fields == ["Ош", "1"])
  }

  @Test(
    "spaces around a number or a text are not part of it; those inside quotes stay in the field")
  func spaces() throws {
    let table = try DelimitedTable(text: "n, t\n 4.5 ,\" x \"", file: "t.csv")
    let row = table.rows[0]
    #expect(try table.number("n", in: row) == 4.5)
    #expect(try table.text("t", in: row) == "x")
    #expect(row.fields == [" 4.5 ", " x "])
  }

  @Test("what is not RFC 4180 is refused with its line")
  func malformed() {
    #expect(error("") == .empty(file: "t.csv"))
    #expect(error("\n\r\n") == .empty(file: "t.csv"))
    #expect(
      error("a,b\n1,2\n3\n") == .fieldCount(file: "t.csv", line: 3, found: 1, expected: 2))
    #expect(
      error("a,b\n1,2,3") == .fieldCount(file: "t.csv", line: 2, found: 3, expected: 2))
    #expect(error("a\n\"x\ny\n") == .unterminatedQuote(file: "t.csv", line: 2))
    #expect(error("a\nx\"y\n") == .strayQuote(file: "t.csv", line: 2))
    #expect(error("a\n\"x\"y\n") == .strayQuote(file: "t.csv", line: 2))
    #expect(error("a,a\n") == .duplicateColumn(file: "t.csv", column: "a"))
  }

  @Test("bytes that are not UTF-8 are refused with their line")
  func encoding() {
    #expect(throws: DelimitedTableError.notUTF8(file: "t.csv", line: 2)) {
      try DelimitedTable(bytes: [0x61, 0x0A, 0xCF, 0x28, 0x0A], file: "t.csv")
    }
  }

  @Test("a file that is not there is unreadable")
  func absent() {
    #expect {
      try DelimitedTable(contentsOf: "/nowhere/t.csv")
    } throws: { error in
      if case DelimitedTableError.unreadable(file: "/nowhere/t.csv", _) = error {
        true
      } else {
        false
      }
    }
  }

  @Test(
    "a cell that is no number is refused",
    arguments: ["", "x", "1,5", "nan", "inf", "0x1p3", "1e999"])
  func numbers(text: String) throws {
    let table = try DelimitedTable(text: "a,b\n\"\(text)\",1", file: "t.csv")
    #expect(
      throws: DelimitedTableError.invalidField(
        file: "t.csv", line: 2, column: "a", value: text,
        expected: "a finite number, with a point for the decimals")
    ) {
      try table.number("a", in: table.rows[0])
    }
  }

  @Test("ranges, integers, empty texts and missing columns are checked")
  func typedAccess() throws {
    let table = try DelimitedTable(text: "a,b\n5,", file: "t.csv")
    let row = table.rows[0]
    #expect(try table.number("a", in: row, within: 0...5) == 5)
    #expect(try table.integer("a", in: row, within: 1...9) == 5)
    #expect(try table.optionalText("b", in: row) == nil)
    #expect(throws: DelimitedTableError.self) { try table.number("a", in: row, within: 0...4) }
    #expect(throws: DelimitedTableError.self) { try table.integer("a", in: row, within: 6...9) }
    #expect(throws: DelimitedTableError.self) { try table.text("b", in: row) }
    let missing = DelimitedTableError.missingColumn(
      file: "t.csv", column: "c", header: ["a", "b"])
    #expect(throws: missing) { try table.text("c", in: row) }
    #expect(throws: missing) { try table.requireColumns(["a", "c"]) }
  }

  @Test("an error reads as one line with file, line, column, value and expectation")
  func message() {
    let error = DelimitedTableError.invalidField(
      file: "t.csv", line: 7, column: "value", value: "x", expected: "a finite number")
    #expect("\(error)" == "t.csv:7: value is 'x'; expected a finite number")
  }
}
