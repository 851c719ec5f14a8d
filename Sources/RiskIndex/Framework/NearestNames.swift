/// The known names most like a mistyped one, for error messages.
///
/// - Parameters:
///   - name: What was typed.
///   - known: What would have been right.
///   - limit: How many to return at most.
/// - Returns: Nearest first by Levenshtein distance without regard to case, then alphabetically.
/// - Complexity: O(known × length²).
func nearestNames(to name: String, among known: [String], limit: Int = 3) -> [String] {
  let typed = Array(name.lowercased())
  let measured = Set(known).map { candidate in
    (name: candidate, distance: editDistance(typed, Array(candidate.lowercased())))
  }
  return measured.sorted { ($0.distance, $0.name) < ($1.distance, $1.name) }
    .prefix(limit).map(\.name)
}

/// Levenshtein's distance: the least number of insertions, deletions and substitutions.
private func editDistance(_ first: [Character], _ second: [Character]) -> Int {
  var previous = Array(0...second.count)
  for (row, left) in first.enumerated() {
    var current = [row + 1]
    for (column, right) in second.enumerated() {
      let substitution = previous[column] + (left == right ? 0 : 1)
      current.append(min(substitution, previous[column + 1] + 1, current[column] + 1))
    }
    previous = current
  }
  return previous[second.count]
}
