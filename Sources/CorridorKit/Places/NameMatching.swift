import Foundation

/// A name as it is compared: without case, diacritics, and the marks that spellings differ by.
struct NameKey: Hashable {
  let text: String

  init(_ name: String) {
    // Most names are ASCII or Cyrillic, where folding is lower-casing; Foundation's folding is 20 times
    // slower.
    let folded =
      name.unicodeScalars.allSatisfy { $0.value < 0x80 || (0x400...0x52F).contains($0.value) }
      ? name.lowercased()
      : name.folding(
        options: [.caseInsensitive, .diacriticInsensitive, .widthInsensitive], locale: nil)
    var key = ""
    var pendingSpace = false
    for character in folded {
      if character.isLetter || character.isNumber {
        if pendingSpace, !key.isEmpty { key.append(" ") }
        pendingSpace = false
        key.append(character == "ё" ? "е" : character)
      } else if character == "'" || character == "’" || character == "ʼ" || character == "`" {
        continue
      } else {
        pendingSpace = true
      }
    }
    text = key
  }
}

/// The names most like a misspelt one, best first.
///
/// - Parameters:
///   - name: What was typed.
///   - candidates: Spellings, each with the answer that it stands for.
///   - count: How many answers at most.
/// - Returns: Different answers within an edit distance of a third of the name's length (at least 2),
///   by distance, then by name.
/// - Complexity: O(candidates × length²).
func nearestNames(
  to name: String, among candidates: [(name: String, answer: String)], count: Int = 3
) -> [String] {
  let wanted = Array(NameKey(name).text.unicodeScalars)
  let limit = max(2, wanted.count / 3)
  var best: [String: Int] = [:]
  for candidate in candidates {
    let spelling = Array(NameKey(candidate.name).text.unicodeScalars)
    guard abs(spelling.count - wanted.count) <= limit else { continue }
    let distance = editDistance(wanted, spelling)
    guard distance <= limit else { continue }
    best[candidate.answer] = min(distance, best[candidate.answer] ?? .max)
  }
  return best.sorted { ($0.value, $0.key) < ($1.value, $1.key) }.prefix(count).map(\.key)
}

/// Levenshtein's distance: insertions, deletions and substitutions that turn one text into another.
private func editDistance(_ a: [Unicode.Scalar], _ b: [Unicode.Scalar]) -> Int {
  var row = Array(0...b.count)
  for (i, x) in a.enumerated() {
    var diagonal = row[0]
    row[0] = i + 1
    for (j, y) in b.enumerated() {
      let substituted = diagonal + (x == y ? 0 : 1)
      diagonal = row[j + 1]
      row[j + 1] = min(substituted, row[j] + 1, diagonal + 1)
    }
  }
  return row[b.count]
}
