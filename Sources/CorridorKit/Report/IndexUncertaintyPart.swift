public import RiskIndex
import Sampling

/// How sure the scores and ranks of an index are: a part of the reports on it.
public struct IndexUncertaintyPart: Encodable, Sendable {
  /// Three percentiles.
  public struct Interval: Encodable, Sendable, Hashable {
    /// 5 % of the draws lie below.
    public let p05: Double
    /// The median.
    public let p50: Double
    /// 95 % of the draws lie below.
    public let p95: Double
  }

  /// The ranks of a unit; 1 is the highest risk.
  public struct Ranks: Encodable, Sendable, Hashable {
    /// The best rank that at least 5 % of the draws reach.
    public let p05: Int
    /// The same of half of the draws.
    public let p50: Int
    /// The same of 95 % of the draws.
    public let p95: Int
    /// The share of the draws in which the rank is 5 or better.
    public let topShare: Double
    /// The share of all draws in which the unit is ranked.
    public let rankedShare: Double
  }

  /// One unit.
  public struct Unit: Encodable, Sendable, Hashable {
    /// The unit's id.
    public let id: String
    /// Its scores; nil where it has none, or draws are on different scales.
    public let score: Interval?
    /// Its ranks; nil where it is not ranked.
    public let rank: Ranks?
    /// The share of the draws in which it lies above the unit that has the next lower rank; nil for the last,
    /// and for one that is not ranked.
    public let aboveNext: Double?
  }

  /// Two units, the first of them the one that more often lies above.
  public struct Pair: Encodable, Sendable, Hashable {
    /// The id of the first.
    public let a: String
    /// The id of the second.
    public let b: String
    /// P(A > B) over the draws that rank both.
    public let above: Double
    /// P(B > A).
    public let below: Double
    /// Whether one of the two is 0.95 or more.
    public let differ: Bool
  }

  /// Something that is varied.
  public struct Factor: Encodable, Sendable, Hashable {
    /// What it is.
    public let name: String
    /// What is chosen among; empty for numbers.
    public let alternatives: [String]
  }

  /// What the uncertain inputs are called.
  public let name: String
  /// What they stand for.
  public let description: String?
  /// How many draws there are.
  public let draws: Int
  /// Their seed.
  public let seed: UInt64
  /// Draws in which a mean refused the values; they count for nothing.
  public let refusedDraws: Int
  /// What is uncertain, why, and who says so.
  public let inputs: [IndexUncertainty.Statement]
  /// What the draws vary.
  public let factors: [Factor]
  /// In the order of the report's units.
  public let units: [Unit]
  /// Every pair of units that some draw ranks.
  public let pairs: [Pair]
  /// One standard error of a probability of 0.5; others have less.
  public let probabilityStandardError: Double
  /// Which factor moves what; nil where nobody asked.
  public let sensitivity: IndexSensitivityPart?

  /// What draws, and a sensitivity if there is one, say of an index.
  ///
  /// - Parameter seed: With which they were made.
  /// - Complexity: O(draws × units²).
  public init(_ draws: IndexDraws, sensitivity: IndexSensitivity? = nil, seed: UInt64) {
    let uncertainty = draws.index.uncertainty
    name = uncertainty.name
    description = uncertainty.description
    self.draws = draws.drawCount
    self.seed = seed
    refusedDraws = draws.refusedCount
    inputs = uncertainty.statements
    factors = draws.index.factors.map { Factor(name: $0.name, alternatives: $0.labels) }
    probabilityStandardError = 0.5 / Double(draws.drawCount).squareRoot()
    let scores = draws.index.run.result.units
    let order = scores.indices.filter { scores[$0].rank != nil }
      .sorted { (scores[$0].rank ?? 0, $0) < (scores[$1].rank ?? 0, $1) }
    var next: [Int: Int] = [:]
    for (above, below) in zip(order, order.dropFirst()) { next[above] = below }
    units = scores.indices.map { unit in
      Unit(
        id: scores[unit].unit,
        score: draws.scores(of: unit).map { Interval(p05: $0.p05, p50: $0.p50, p95: $0.p95) },
        rank: draws.ranks(of: unit).map {
          Ranks(
            p05: $0.p05, p50: $0.p50, p95: $0.p95, topShare: $0.topShare,
            rankedShare: $0.rankedShare)
        }, aboveNext: next[unit].flatMap { draws.share(of: unit, above: $0) })
    }
    pairs = scores.indices.flatMap { first in
      (first + 1..<max(scores.count, first + 1)).compactMap { second -> Pair? in
        guard let one = draws.share(of: first, above: second),
          let other = draws.share(of: second, above: first)
        else { return nil }
        let (a, b) = one >= other ? (first, second) : (second, first)
        return Pair(
          a: scores[a].unit, b: scores[b].unit, above: max(one, other), below: min(one, other),
          differ: draws.differ(first, second))
      }
    }
    self.sensitivity = sensitivity.map { IndexSensitivityPart($0) }
  }

  /// A unit by its id; nil where there is none.
  public func unit(_ id: String) -> Unit? { units.first { $0.id == id } }
}

extension IndexUncertaintyPart {
  /// The columns of a table of units.
  static let columns = [
    "score_p05", "score_p50", "score_p95", "rank_p05", "rank_p50", "rank_p95", "top_share",
    "above_next", "ranked_share",
  ]

  /// What a table says of a unit, in the order of ``columns``.
  func cells(_ id: String) -> [String] {
    let unit = unit(id)
    func shown(_ number: Double?) -> String { number.map { "\($0)" } ?? "" }
    func shown(_ number: Int?) -> String { number.map { "\($0)" } ?? "" }
    return [
      shown(unit?.score?.p05), shown(unit?.score?.p50), shown(unit?.score?.p95),
      shown(unit?.rank?.p05), shown(unit?.rank?.p50), shown(unit?.rank?.p95),
      shown(unit?.rank?.topShare), shown(unit?.aboveNext), shown(unit?.rank?.rankedShare),
    ]
  }

  /// What a map shows of a unit.
  func properties(_ id: String) -> [String: PropertyValue] {
    let unit = unit(id)
    return [
      "risk_score_p05": PropertyValue(unit?.score?.p05),
      "risk_score_p50": PropertyValue(unit?.score?.p50),
      "risk_score_p95": PropertyValue(unit?.score?.p95),
      "risk_rank_p05": PropertyValue(unit?.rank?.p05),
      "risk_rank_p50": PropertyValue(unit?.rank?.p50),
      "risk_rank_p95": PropertyValue(unit?.rank?.p95),
      "risk_top_share": PropertyValue(unit?.rank?.topShare),
      "risk_ranked_share": PropertyValue(unit?.rank?.rankedShare),
    ]
  }
}
