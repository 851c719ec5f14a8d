extension IndexUncertaintyPart {
  /// Which units some draws rank and others do not; nil where there is none.
  func rankedAtTimes(_ names: [(id: String, name: String)]) -> String? {
    let told = names.compactMap { entry -> String? in
      guard let share = unit(entry.id)?.rank?.rankedShare, share < 1 else { return nil }
      return "\(entry.name) (\(Shown.fixed(share, 2)))"
    }
    guard !told.isEmpty else { return nil }
    return "Ranked in a share of the draws only, which all its figures are over: "
      + told.joined(separator: ", ") + "."
  }

  /// A table of the units, what it means, and what moves them.
  ///
  /// - Parameter names: Id, name, score and rank of each unit, in the order of the table.
  func text(_ names: [(id: String, name: String, score: Double?, rank: Int?)]) -> String {
    let hasScores = units.contains { $0.score != nil }
    var columns: [(String, TextTable.Alignment)] = [
      ("Unit", .left), ("Id", .left), ("score", .right),
    ]
    if hasScores { columns.append(("p05–p95", .right)) }
    columns += [
      ("rank", .right), ("p05–p95", .right), ("median", .right), ("top 5", .right),
      ("> next", .right),
    ]
    var table = TextTable(columns)
    for entry in names {
      let unit = unit(entry.id)
      var cells = [
        entry.name.shortened(to: 18), entry.id, entry.score.map { Shown.fixed($0, 1) } ?? "–",
      ]
      if hasScores {
        cells.append(
          unit?.score.map { "\(Shown.fixed($0.p05, 1))–\(Shown.fixed($0.p95, 1))" } ?? "–")
      }
      table.add(
        cells + [
          entry.rank.map { "\($0)" } ?? "–",
          unit?.rank.map { $0.p05 == $0.p95 ? "\($0.p05)" : "\($0.p05)–\($0.p95)" } ?? "–",
          unit?.rank.map { "\($0.p50)" } ?? "–",
          unit?.rank.map { Shown.fixed($0.topShare, 2) } ?? "–",
          unit?.aboveNext.map { Shown.fixed($0, 2) } ?? "",
        ])
    }
    let kinds = factors.map { factor in
      // The alternatives of what is left out are one indicator each.
      if factor.name == "indicators" { return "indicators (all, or all but one)" }
      return factor.alternatives.isEmpty
        ? factor.name : "\(factor.name) (\(factor.alternatives.joined(separator: ", ")))"
    }
    var parts = [
      wrapped(
        "\(draws) draws (seed \(seed)) of \(kinds.joined(separator: "; ")). Score and rank: as the "
          + "recipe has them; p05–p95 holds 90 % of the draws."),
      table.text,
      wrapped(
        "top 5: P(rank ≤ 5); > next: P(above the unit of the next rank) in the same draw. Two units "
          + "differ only where that is 0.95 or more: \(pairs.count { $0.differ }) of \(pairs.count) "
          + "pairs do. Probabilities are known to within "
          + "±\(Shown.fixed(probabilityStandardError, 3)) (one standard error)."),
    ]
    if let sometimes = rankedAtTimes(names.map { ($0.id, $0.name) }) {
      parts.append(wrapped(sometimes))
    }
    if !hasScores {
      parts.append(
        wrapped("Scores of the draws are on different scales and are not told as intervals."))
    }
    if refusedDraws > 0 {
      parts.append(
        wrapped("\(refusedDraws) draws gave a mean a value that it refuses, and count for nothing.")
      )
    }
    if let sensitivity { parts.append(sensitivity.text(names)) }
    return parts.joined(separator: "\n\n")
  }
}
