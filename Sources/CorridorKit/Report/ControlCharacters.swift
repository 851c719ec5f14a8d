extension String {
  /// The text with control characters, which would break a line, steer a terminal or turn the order of
  /// what follows, as Swift writes them: an escape as `\u{1B}`, a line feed as `\n`.
  ///
  /// Names out of files and arguments reach people's terminals; everything else in them is shown as it
  /// is.
  package var escapingControlCharacters: String { escapingControlCharacters { _ in false } }

  /// The same, except for the line feeds that a table or a page is made of.
  var escapingControlCharactersInLines: String { escapingControlCharacters { $0 == "\n" } }

  private func escapingControlCharacters(except isKept: (Unicode.Scalar) -> Bool) -> String {
    guard unicodeScalars.contains(where: { $0.isControl && !isKept($0) }) else { return self }
    return unicodeScalars.map { scalar in
      scalar.isControl && !isKept(scalar) ? scalar.escaped(asASCII: true) : String(scalar)
    }.joined()
  }
}

extension Unicode.Scalar {
  fileprivate var isControl: Bool {
    switch properties.generalCategory {
    case .control, .lineSeparator, .paragraphSeparator: true
    // Embeddings, overrides and isolates reach beyond the name that they stand in. Marks of direction do
    // not, and joiners are letters' own.
    default: ("\u{202A}"..."\u{202E}").contains(self) || ("\u{2066}"..."\u{2069}").contains(self)
    }
  }
}
