internal import Yams

/// A key that a mapping of a YAML file has twice, with the lines of both.
///
/// Yams refuses such a file, and tells where the first of the keys stands. To find the second, the text is
/// composed once more with a number of its own in every key.
struct DuplicateKey {
  let name: String
  let firstLine: Int
  /// Nil where it cannot be told, for example behind a second fault.
  let secondLine: Int?

  /// Stands before and after the number in a key; no key has it by itself.
  private static let sign: Unicode.Scalar = "\u{E000}"

  /// Nil where the error is another.
  ///
  /// - Complexity: That of composing the text.
  init?(_ error: any Error, in text: String) {
    guard case YamlError.duplicatedKeysInMapping(let names, let context)? = error as? YamlError,
      let name = names.first
    else { return nil }
    self.name = name
    firstLine = context.mark.line
    let root = try? Yams.compose(yaml: Self.numberingKeys(of: text))
    secondLine = root.flatMap { [firstLine] in
      Self.secondLine(of: name, firstLine: firstLine, in: $0)
    }
  }

  /// What is wrong with the file.
  func fault(in file: String) -> CorridorKitError {
    let value =
      secondLine == nil
      ? "the key \"\(name)\", which is given again"
      : "the key \"\(name)\" again, after line \(firstLine)"
    return .invalidValue(
      file: file, location: "line \(secondLine ?? firstLine)", value: value,
      expected: "each key once in a mapping")
  }

  /// The text with a number before each colon that may end a key, inside the quotation marks of a quoted
  /// one. A colon in a value or a comment may get one too: only keys are looked at.
  private static func numberingKeys(of text: String) -> String {
    let scalars = Array(text.unicodeScalars)
    var numbered: [Unicode.Scalar] = []
    numbered.reserveCapacity(scalars.count)
    var count = 0
    for (place, scalar) in scalars.enumerated() {
      if scalar == ":", endsKey(scalars, at: place) {
        var end = numbered.endIndex
        while end > 0, numbered[end - 1].isBlank { end -= 1 }
        while end > 0, ["\"", "'", "\\"].contains(numbered[end - 1]) { end -= 1 }
        // Without a text before it there is no key, or one that is a list or a mapping.
        if end > 0, !numbered[end - 1].isBreak, !"{[,]}".unicodeScalars.contains(numbered[end - 1])
        {
          count += 1
          numbered.insert(contentsOf: "\(sign)\(count)\(sign)".unicodeScalars, at: end)
        }
      }
      numbered.append(scalar)
    }
    return String(String.UnicodeScalarView(numbered))
  }

  /// Whether a colon may end a key: it stands before a blank or a bracket, or after a quotation mark.
  private static func endsKey(_ scalars: [Unicode.Scalar], at place: Int) -> Bool {
    if place > 0, ["\"", "'"].contains(scalars[place - 1]) { return true }
    guard place + 1 < scalars.count else { return true }
    let next = scalars[place + 1]
    return next.isBlank || next.isBreak || ",]}".unicodeScalars.contains(next)
  }

  /// The line of the key that comes next after the first one, of those of its mapping that are called the
  /// same but for the number.
  private static func secondLine(
    of key: String, firstLine: Int, in node: Yams.Node
  ) -> Int? {
    switch node {
    case .sequence(let sequence):
      return sequence.lazy.compactMap { secondLine(of: key, firstLine: firstLine, in: $0) }.first
    case .mapping(let mapping):
      let same = mapping.map(\.key).filter { withoutNumber($0.string ?? "") == key }
        .map { $0.mark?.line }
      if same.count > 1, same[0] == firstLine { return same[1] }
      return mapping.lazy.compactMap {
        secondLine(of: key, firstLine: firstLine, in: $0.key)
          ?? secondLine(of: key, firstLine: firstLine, in: $0.value)
      }.first
    case .scalar, .alias: return nil
    }
  }

  private static func withoutNumber(_ key: String) -> String {
    let parts = key.unicodeScalars.split(separator: sign, omittingEmptySubsequences: false)
    return parts.count == 3 ? String(parts[0]) + String(parts[2]) : key
  }
}

extension Unicode.Scalar {
  fileprivate var isBlank: Bool { self == " " || self == "\t" }

  /// One of libyaml's line breaks.
  fileprivate var isBreak: Bool { ["\n", "\r", "\u{85}", "\u{2028}", "\u{2029}"].contains(self) }
}
