public import RiskIndex

/// How certain a unit's place is: what draws of uncertain choices and figures say of its rank and score.
public struct IndexInterval: Sendable, Hashable, Encodable {
  /// The best rank that at least 5 % of the draws reach; 1 is the highest risk.
  public var rankP05: Int
  /// The rank that half of the draws reach.
  public var rankP50: Int
  /// The rank that 95 % of the draws reach.
  public var rankP95: Int
  /// The share of the draws with a rank of 5 or better.
  public var topShare: Double
  /// The score that 5 % of the draws lie below; nil where draws have no common scale.
  public var scoreP05: Double?
  /// The median score.
  public var scoreP50: Double?
  /// The score that 95 % of the draws lie below.
  public var scoreP95: Double?

  /// An interval from its parts.
  public init(
    rankP05: Int, rankP50: Int, rankP95: Int, topShare: Double, scoreP05: Double? = nil,
    scoreP50: Double? = nil, scoreP95: Double? = nil
  ) {
    self.rankP05 = rankP05
    self.rankP50 = rankP50
    self.rankP95 = rankP95
    self.topShare = topShare
    self.scoreP05 = scoreP05
    self.scoreP50 = scoreP50
    self.scoreP95 = scoreP95
  }
}

extension IndexInterval {
  /// What draws say of each unit that they rank, by its id.
  ///
  /// - Complexity: O(units × draws log draws).
  public static func all(of draws: IndexDraws) -> [String: IndexInterval] {
    var intervals: [String: IndexInterval] = [:]
    for (place, unit) in draws.index.run.result.units.enumerated() {
      guard let ranks = draws.ranks(of: place) else { continue }
      let scores = draws.scores(of: place)
      intervals[unit.unit] = IndexInterval(
        rankP05: ranks.p05, rankP50: ranks.p50, rankP95: ranks.p95, topShare: ranks.topShare,
        scoreP05: scores?.p05, scoreP50: scores?.p50, scoreP95: scores?.p95)
    }
    return intervals
  }
}
