import Foundation

/// A table for a terminal: columns as wide as their content, numbers to the right.
struct TextTable {
  enum Alignment { case left, right }

  private let alignments: [Alignment]
  private var rows: [[String]]

  init(_ columns: [(title: String, alignment: Alignment)]) {
    alignments = columns.map(\.alignment)
    rows = [columns.map(\.title)]
  }

  /// Adds a row; a line break within a cell would look like another row.
  mutating func add(_ row: [String]) { rows.append(row.map(\.escapingControlCharacters)) }

  /// Header, a rule, and rows, without trailing spaces.
  var text: String {
    let widths = alignments.indices.map { column in
      rows.map { $0[column].terminalWidth }.max() ?? 0
    }
    let lines = rows.map { row in
      let cells = row.indices.map { column in
        let padding = String(repeating: " ", count: widths[column] - row[column].terminalWidth)
        return alignments[column] == .left ? row[column] + padding : padding + row[column]
      }
      return cells.joined(separator: "  ").trimmingTrailingSpaces
    }
    let rule = widths.map { String(repeating: "─", count: $0) }.joined(separator: "  ")
    return ([lines[0], rule.trimmingTrailingSpaces] + lines.dropFirst()).joined(separator: "\n")
  }
}

extension String {
  fileprivate var trimmingTrailingSpaces: String {
    var text = self
    while text.last == " " { text.removeLast() }
    return text
  }

  /// At most this many columns, the last of them an ellipsis where something was cut.
  func shortened(to width: Int) -> String {
    if terminalWidth <= width { return self }
    var room = width - 1
    return prefix { character in
      room -= character.terminalWidth
      return room >= 0
    } + "…"
  }
}

/// Numbers as tables show them, the same in every locale.
enum Shown {
  static func kilometers(_ meters: Double) -> String { fixed(meters / 1000, 1) }
  static func hours(_ seconds: Double) -> String { fixed(seconds / 3600, 2) }
  static func percent(_ share: Double) -> String { fixed(share * 100, 1) }

  static func signed(_ number: Double, _ digits: Int) -> String {
    let text = fixed(abs(number), digits)
    return isZero(text) ? text : (number < 0 ? "−" : "+") + text
  }

  /// What rounds to nothing has no sign.
  static func fixed(_ number: Double, _ digits: Int) -> String {
    let text = String(format: "%.\(digits)f", locale: Locale(identifier: "en_US_POSIX"), number)
    return text.hasPrefix("-") && isZero(text.dropFirst()) ? String(text.dropFirst()) : text
  }

  private static func isZero(_ text: some StringProtocol) -> Bool {
    text.allSatisfy { $0 == "0" || $0 == "." }
  }
}
