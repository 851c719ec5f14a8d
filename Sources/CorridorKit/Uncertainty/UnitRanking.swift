/// How units rank in many draws, highest first, and which of two lies above the other.
///
/// Units are compared within a draw: what moves all of them alike, such as slower roads everywhere, does not
/// blur who is ahead.
public struct UnitRanking: Sendable {
  /// Two units differ where one lies above the other in at least this share of the draws.
  public static let differenceThreshold = 0.95
  /// How many ranks count as the top.
  public static let topCount = 5

  /// The ranks of one unit; 1 is the highest, and ties share the better rank (1, 2, 2, 4).
  public struct Ranks: Sendable, Hashable, Encodable {
    /// The best rank that at least 5 % of the draws reach.
    public let p05: Int
    /// The best rank that at least half of the draws reach.
    public let p50: Int
    /// The best rank that at least 95 % of the draws reach.
    public let p95: Int
    /// The share of the draws in which the rank is 5 or better and the value above 0.
    public let topShare: Double
  }

  /// By unit, in the order given.
  public let ranks: [Ranks]
  private let unitCount: Int
  /// By the unit above, then the unit below.
  private let above: [Int]
  private let drawCount: Int

  /// - Parameter values: By unit, then by draw: the same number of draws, one or more, for each.
  /// - Complexity: O(draws × units²).
  public init(_ values: [[Double]]) {
    unitCount = values.count
    drawCount = values.first?.count ?? 0
    precondition(values.allSatisfy { $0.count == values[0].count }, "all units have all draws")
    var above = [Int](repeating: 0, count: values.count * values.count)
    var counts = [[Int]](
      repeating: Array(repeating: 0, count: values.count + 1), count: values.count)
    var tops = [Int](repeating: 0, count: values.count)
    for draw in 0..<drawCount {
      for (unit, own) in values.enumerated() {
        var rank = 1
        for (other, theirs) in values.enumerated() where theirs[draw] > own[draw] {
          rank += 1
          above[other * values.count + unit] += 1
        }
        counts[unit][rank] += 1
        if rank <= Self.topCount, own[draw] > 0 { tops[unit] += 1 }
      }
    }
    self.above = above
    let draws = drawCount
    ranks = zip(counts, tops).map { counts, top in
      func rank(_ share: Double) -> Int {
        var reached = 0
        for (rank, count) in counts.enumerated() {
          reached += count
          if Double(reached) >= share * Double(draws), reached > 0 { return rank }
        }
        return counts.count - 1
      }
      return Ranks(
        p05: rank(0.05), p50: rank(0.5), p95: rank(0.95), topShare: Double(top) / Double(draws))
    }
  }

  /// The share of the draws in which one unit lies strictly above another: P(A > B).
  public func share(of unit: Int, above other: Int) -> Double {
    Double(above[unit * unitCount + other]) / Double(drawCount)
  }

  /// Whether one of two units lies above the other in at least 95 % of the draws.
  public func differ(_ unit: Int, _ other: Int) -> Bool {
    max(share(of: unit, above: other), share(of: other, above: unit)) >= Self.differenceThreshold
  }
}
