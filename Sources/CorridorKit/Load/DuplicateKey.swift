internal import Yams

/// A key that a mapping of a YAML file has twice, with the lines of both.
///
/// Yams refuses such a file, and tells where the first of the keys stands. To find the second, the text
/// is composed again with the first under another name.
struct DuplicateKey {
  let name: String
  let firstLine: Int
  /// Nil where it cannot be told, for example behind a second fault.
  let secondLine: Int?

  /// Stands before a key that was renamed; no key begins so.
  private static let sign = "\u{E000}"
  /// A file with more duplicates is told with the first line alone.
  private static let highestCount = 100

  /// Nil where the error is another.
  init?(_ error: any Error, in text: String) {
    guard case YamlError.duplicatedKeysInMapping(let names, let context)? = error as? YamlError,
      let name = names.first
    else { return nil }
    self.name = name
    firstLine = context.mark.line
    secondLine = Self.secondLine(of: name, first: context.mark, in: text)
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

  private static func secondLine(of key: String, first: Mark, in text: String) -> Int? {
    var (name, mark, text) = (key, first, text)
    for _ in 0..<highestCount {
      guard let index = position(of: mark, in: text) else { return nil }
      let isQuoted = ["\"", "'"].contains(text.unicodeScalars[index])
      let start = isQuoted ? text.unicodeScalars.index(after: index) : index
      guard text[start...].hasPrefix(name) else { return nil }
      text.insert(contentsOf: sign, at: start)
      do {
        let root = try Yams.compose(yaml: text)
        return root.flatMap { secondLine(of: key, firstLine: first.line, in: $0) }
      } catch YamlError.duplicatedKeysInMapping(let names, let context) {
        // A third, or another key.
        guard let next = names.first else { return nil }
        (name, mark) = (next, context.mark)
      } catch {
        return nil
      }
    }
    return nil
  }

  /// The line of the key that comes next after one with the sign, of those of its mapping that are
  /// called the same but for the sign.
  private static func secondLine(
    of key: String, firstLine: Int, in node: Yams.Node
  ) -> Int? {
    switch node {
    case .sequence(let sequence):
      return sequence.lazy.compactMap { secondLine(of: key, firstLine: firstLine, in: $0) }.first
    case .mapping(let mapping):
      let keys = mapping.map { (text: $0.key.string ?? "", line: $0.key.mark?.line) }
      let same = keys.filter { $0.text.drop { "\($0)" == sign } == key }
      if same.count > 1, same[0].line == firstLine { return same[1].line }
      return mapping.lazy.compactMap {
        secondLine(of: key, firstLine: firstLine, in: $0.key)
          ?? secondLine(of: key, firstLine: firstLine, in: $0.value)
      }.first
    case .scalar, .alias: return nil
    }
  }

  /// Where a mark stands; libyaml counts lines by these breaks, and columns by scalars.
  private static func position(of mark: Mark, in text: String) -> String.Index? {
    let scalars = text.unicodeScalars
    var index = scalars.startIndex
    var line = 1
    while line < mark.line, index < scalars.endIndex {
      let scalar = scalars[index]
      index = scalars.index(after: index)
      guard ["\n", "\r", "\u{85}", "\u{2028}", "\u{2029}"].contains(scalar) else { continue }
      if scalar == "\r", index < scalars.endIndex, scalars[index] == "\n" { continue }
      line += 1
    }
    return scalars.index(index, offsetBy: mark.column - 1, limitedBy: scalars.endIndex)
      .flatMap { $0 < scalars.endIndex ? $0 : nil }
  }
}
