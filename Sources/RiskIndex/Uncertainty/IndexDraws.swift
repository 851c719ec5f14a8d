import Sampling

/// The scores and ranks of units in many draws of what is uncertain about an index.
public struct IndexDraws: Sendable {
  /// Two units differ where one lies above the other in at least this share of the draws.
  public static let differenceThreshold = 0.95
  /// How many ranks count as the top.
  public static let topCount = 5

  /// The ranks of one unit; 1 is the highest risk, and ties share the better rank.
  public struct RankInterval: Sendable, Hashable {
    /// The best rank that at least 5 % of the draws in which the unit is ranked reach.
    public let p05: Int
    /// The same of half of the draws: the median.
    public let p50: Int
    /// The same of 95 % of the draws.
    public let p95: Int
    /// The share of those draws in which the rank is 5 or better.
    public let topShare: Double
    /// The share of all draws in which the unit is ranked.
    public let rankedShare: Double
  }

  /// The scores of one unit, as shown.
  public struct ScoreInterval: Sendable, Hashable {
    /// 5 % of the draws lie below.
    public let p05: Double
    /// The median.
    public let p50: Double
    /// 95 % of the draws lie below.
    public let p95: Double
  }

  /// The index that was drawn.
  public let index: UncertainIndex
  /// How many draws there are.
  public let drawCount: Int
  /// Draws in which the methods refused the values; they have no scores.
  public let refusedCount: Int
  private let unitCount: Int
  /// By draw, then unit; NaN for none.
  private let scores: [Double]
  /// By draw, then unit; 0 for none.
  private let ranks: [Int32]

  /// Draws an index.
  ///
  /// Choices, weights and exposure form a Latin hypercube; errors of figures are independent of one another.
  /// The numbers of a draw are found by what they are for and by the draw, so that results are the same for
  /// any number of threads.
  ///
  /// - Parameters:
  ///   - index: What is drawn.
  ///   - count: 1 or more: 1,000 to look, 5,000 to publish.
  ///   - seed: The same seed gives the same draws.
  ///   - threads: 0 for one a core. Results do not depend on it.
  /// - Complexity: A re-run of the index a draw; O(draws × units) memory.
  public init(_ index: UncertainIndex, count: Int, seed: UInt64, threads: Int = 0) {
    precondition(count > 0, "there is a draw")
    let cube = LatinHypercube(
      drawCount: count, factors: index.factors.flatMap(\.keys), streams: RandomStreams(seed: seed))
    let runs = IndexRuns(index, count: count, threads: threads) { Array(cube[$0]) }
    self.index = index
    drawCount = count
    unitCount = index.run.result.units.count
    refusedCount = runs.refusedCount
    scores = runs.scores
    ranks = runs.ranks
  }

  /// The ranks of a unit; nil if it is ranked in no draw.
  ///
  /// - Complexity: O(draws).
  public func ranks(of unit: Int) -> RankInterval? {
    var counts = [Int](repeating: 0, count: unitCount + 1)
    for draw in 0..<drawCount { counts[Int(ranks[draw * unitCount + unit])] += 1 }
    let ranked = drawCount - counts[0]
    guard ranked > 0 else { return nil }
    func rank(_ share: Double) -> Int {
      var reached = 0
      for rank in 1...unitCount {
        reached += counts[rank]
        if reached > 0, Double(reached) >= share * Double(ranked) { return rank }
      }
      return unitCount
    }
    let top = counts[1...min(Self.topCount, unitCount)].reduce(0, +)
    return RankInterval(
      p05: rank(0.05), p50: rank(0.5), p95: rank(0.95),
      topShare: Double(top) / Double(ranked), rankedShare: Double(ranked) / Double(drawCount))
  }

  /// The scores of a unit, as its ranks over the draws that rank it: in the others its score is about less.
  /// Over all where none ranks it; nil if it has no score in any draw, or if draws are on different scales.
  ///
  /// - Complexity: O(draws log draws).
  public func scores(of unit: Int) -> ScoreInterval? {
    guard index.scoresAreComparable else { return nil }
    let ranking = (0..<drawCount).filter { ranks[$0 * unitCount + unit] > 0 }
    let counted = ranking.isEmpty ? Array(0..<drawCount) : ranking
    let sorted = counted.map { scores[$0 * unitCount + unit] }.filter { !$0.isNaN }.sorted()
    guard let p05 = quantile(0.05, ofSorted: sorted), let p50 = quantile(0.5, ofSorted: sorted),
      let p95 = quantile(0.95, ofSorted: sorted)
    else { return nil }
    return ScoreInterval(p05: p05, p50: p50, p95: p95)
  }

  /// The score of a unit in one draw, as shown; nil for none.
  public func score(of unit: Int, draw: Int) -> Double? {
    let score = scores[draw * unitCount + unit]
    return score.isNaN ? nil : score
  }

  /// The rank of a unit in one draw; nil for none.
  public func rank(of unit: Int, draw: Int) -> Int? {
    let rank = ranks[draw * unitCount + unit]
    return rank == 0 ? nil : Int(rank)
  }

  /// P(A > B): the share of the draws that rank both in which one has the strictly better rank; nil where no
  /// draw ranks both.
  ///
  /// Units are compared within a draw, so that what moves all alike does not blur who is ahead.
  ///
  /// - Complexity: O(draws).
  public func share(of unit: Int, above other: Int) -> Double? {
    var both = 0
    var above = 0
    for draw in 0..<drawCount {
      let one = ranks[draw * unitCount + unit]
      let two = ranks[draw * unitCount + other]
      guard one > 0, two > 0 else { continue }
      both += 1
      if one < two { above += 1 }
    }
    return both == 0 ? nil : Double(above) / Double(both)
  }

  /// Whether one of two units lies above the other in at least 95 % of the draws that rank both.
  public func differ(_ unit: Int, _ other: Int) -> Bool {
    guard let one = share(of: unit, above: other), let two = share(of: other, above: unit) else {
      return false
    }
    return max(one, two) >= Self.differenceThreshold
  }
}
