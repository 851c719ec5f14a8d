/// How certain a unit's place is, as a page shows it.
struct IndexInterval {
  let rankP05: Int
  let rankP50: Int
  let rankP95: Int
  /// The share of the draws with a rank of 5 or better.
  let topShare: Double
  /// Nil where draws have no common scale.
  let score: IndexUncertaintyPart.Interval?

  /// Nil for a unit that no draw ranks.
  init?(_ unit: IndexUncertaintyPart.Unit?) {
    guard let unit, let rank = unit.rank else { return nil }
    (rankP05, rankP50, rankP95) = (rank.p05, rank.p50, rank.p95)
    topShare = rank.topShare
    score = unit.score
  }
}
