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

/// The known units most like a mistyped one, by identifier or by name, for error messages.
///
/// - Parameters:
///   - unit: What was typed.
///   - known: The identifiers.
///   - names: What units are called, by identifier; those without an entry are known by it alone.
/// - Returns: Nearest first: the identifier, with the name in brackets where the name is nearer.
/// - Complexity: O(names × length²).
func nearestUnits(
  to unit: String, among known: [String], names: [String: [String]], limit: Int = 3
) -> [String] {
  let typed = Array(unit.lowercased())
  let measured = Set(known).map { id in
    let own = (shown: id, distance: editDistance(typed, Array(id.lowercased())))
    let named = (names[id] ?? []).map { name in
      (shown: "\(id) (\(name))", distance: editDistance(typed, Array(name.lowercased())))
    }
    return named.reduce(own) { $1.distance < $0.distance ? $1 : $0 }
  }
  return measured.sorted { ($0.distance, $0.shown) < ($1.distance, $1.shown) }
    .prefix(limit).map(\.shown)
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
