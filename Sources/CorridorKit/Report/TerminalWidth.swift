extension String {
  /// How many columns of a terminal the text takes.
  var terminalWidth: Int { reduce(0) { $0 + $1.terminalWidth } }
}

extension Character {
  /// 2 for the wide characters of East Asia (Unicode Standard Annex 11, classes W and F) and for emoji, 0 for
  /// a mark or sign that shows nothing by itself, else 1. Accents on a letter take no room of their own.
  var terminalWidth: Int {
    guard let first = unicodeScalars.first, !first.isASCII else { return 1 }
    if Self.wide.contains(where: { $0.contains(first.value) }) { return 2 }
    return switch first.properties.generalCategory {
    case .format, .nonspacingMark, .enclosingMark: 0
    default: 1
    }
  }

  /// Hangul, Han with its radicals, signs and the scripts beside it, fullwidth forms, emoji.
  private static let wide: [ClosedRange<UInt32>] = [
    0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xA960...0xA97F, 0xAC00...0xD7A3,
    0xF900...0xFAFF, 0xFE10...0xFE19, 0xFE30...0xFE6F, 0xFF01...0xFF60, 0xFFE0...0xFFE6,
    0x1F300...0x1F64F, 0x1F680...0x1F6FF, 0x1F900...0x1F9FF, 0x20000...0x3FFFD,
  ]
}
