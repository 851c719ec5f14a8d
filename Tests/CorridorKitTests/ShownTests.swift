import Testing

@testable import CorridorKit

@Suite("Numbers, names and columns as tables show them")
struct ShownTests {
  @Test(
    "what rounds to nothing has no sign, and everything else keeps its own",
    arguments: [
      (-0.0, 2, "0.00"), (-1e-17, 2, "0.00"), (-0.004, 2, "0.00"), (-0.006, 2, "-0.01"),
      (-0.4, 0, "0"), (-0.6, 0, "-1"), (-10, 1, "-10.0"), (0, 0, "0"),
      (1e15, 0, "1000000000000000"),
    ])
  func signs(number: Double, digits: Int, shown: String) {
    #expect(Shown.fixed(number, digits) == shown)
    #expect(Shown.signed(number, digits).contains { $0 == "−" } == (shown.first == "-"))
  }

  @Test(
    "the width of a text is in columns: Han twice, accents and joiners nothing",
    arguments: [
      ("Almaty", 6), ("Қызылорда", 9), ("Ы\u{301}\u{308}ғ", 2), ("霍尔果斯", 8), ("서울", 4),
      ("ｱﾗﾀｳ", 4), ("Ａ", 2), ("a\u{200B}b", 2), ("\u{301}a", 1), ("", 0), ("🏔", 2),
    ])
  func widths(text: String, columns: Int) {
    #expect(text.terminalWidth == columns)
  }

  @Test("a shortened text takes no more columns than it may, and is cut between characters")
  func shortening() {
    #expect("霍尔果斯口岸".shortened(to: 12) == "霍尔果斯口岸")
    #expect("霍尔果斯口岸".shortened(to: 11) == "霍尔果斯口…")
    #expect("霍尔果斯口岸".shortened(to: 10) == "霍尔果斯…")
    #expect("Кы\u{301}рг".shortened(to: 3) == "Кы\u{301}…")
    for width in 1...14 {
      #expect("Хоргос 霍尔果斯".shortened(to: width).terminalWidth <= width)
    }
  }

  @Test("columns stay columns beside names of wide characters")
  func table() {
    var table = TextTable([("Name", .left), ("km", .right)])
    table.add(["霍尔果斯", "1"])
    table.add(["Ы\u{301}ғ", "22"])
    #expect(
      table.text == """
        Name      km
        ────────  ──
        霍尔果斯   1
        Ы\u{301}ғ        22
        """)
  }

  @Test("a paragraph has the line breaks that its width asks for, and none of a name's")
  func wrapping() {
    #expect(
      wrapped("Cut off: A\nB\r\nTotal 0: no\u{2028}way", width: 80)
        == "Cut off: A B Total 0: no way")
    #expect(wrapped("霍尔 果斯 口岸", width: 9) == "霍尔 果斯\n  口岸")
    #expect(wrapped("", width: 9) == "")
  }

  @Test("what turns the order of the rest of a line, or breaks it, is shown and not sent")
  func directions() {
    #expect(
      "a\u{202E}b\u{2066}c\u{2028}d".escapingControlCharacters == #"a\u{202E}b\u{2066}c\u{2028}d"#)
    // Letters of the right, their marks of direction and joiners are names' own.
    for name in ["עמק\u{200F}", "می\u{200C}خواهم", "\u{61C}١"] {
      #expect(name.escapingControlCharacters == name)
    }
  }
}
