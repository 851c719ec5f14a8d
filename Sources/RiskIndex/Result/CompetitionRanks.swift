/// Standard competition ranks, the highest score first; nil where there is no score. Scores within 1e-9
/// of the first of their group are ties, so that rounding does not part equals.
///
/// - Complexity: O(n log n).
public func competitionRanks(_ scores: [Double?]) -> [Int?] {
  var ranks = [Int?](repeating: nil, count: scores.count)
  let order = scores.enumerated()
    .compactMap { index, score in score.map { (index: index, score: $0) } }
    .sorted { $0.score > $1.score }
  var leader: (rank: Int, score: Double)?
  for (position, entry) in order.enumerated() {
    if let leader, leader.score - entry.score <= 1e-9 {
      ranks[entry.index] = leader.rank
    } else {
      leader = (rank: position + 1, score: entry.score)
      ranks[entry.index] = position + 1
    }
  }
  return ranks
}
