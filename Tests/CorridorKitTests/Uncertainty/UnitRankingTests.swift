import Sampling
import Testing

@testable import CorridorKit

@Suite("Summaries and ranks of draws")
struct UnitRankingTests {
  /// numpy 2.x: `mean`, `std(ddof=1)`, `quantile`.
  @Test("a summary agrees with numpy's")
  func summary() throws {
    let draws = (0..<37).map { Double(($0 * 17 + 5) % 37) * 0.75 - 4.5 }
    let summary = DrawSummary(draws, plain: 3)
    #expect(summary.plain == 3)
    #expect(abs(summary.mean - 9) < 1e-12)
    #expect(abs(summary.standardDeviation - 8.118_266_440_564_758) < 1e-12)
    #expect(abs(summary.p05 - -3.15) < 1e-12)
    #expect(summary.p50 == 9)
    #expect(abs(summary.p95 - 21.15) < 1e-12)
    // 0.75 × 36 × 0.5 / √37: the sample is an arithmetic series.
    let error = try #require(summary.medianStandardError)
    #expect(abs(error - 0.75 * 36 * 0.5 / 37.0.squareRoot()) < 1e-12)
  }

  @Test("a number that never varies is its own mean, to the bit, and so are its quantiles")
  func constant() {
    let value = 0.1 + 0.2
    let summary = DrawSummary(Array(repeating: value, count: 7), plain: value)
    #expect(summary.mean == value)
    #expect([summary.p05, summary.p50, summary.p95] == [value, value, value])
    #expect(summary.standardDeviation == 0)
    #expect(summary.medianStandardError == nil, "seven draws tell nothing of it")
  }

  @Test("ranks share the better place, and the top five have something above 0")
  func ranks() {
    // By unit, four draws each.
    let ranking = UnitRanking([
      [5, 5, 5, 1], [4, 5, 6, 0], [4, 1, 2, 0], [0, 0, 0, 0],
    ])
    // Unit 0: 1, 1, 2, 1; unit 1: 2, 1, 1, 2; unit 2: 2, 3, 3, 2; unit 3: 4, 4, 4, 2.
    #expect(ranking.ranks.map(\.p05) == [1, 1, 2, 2])
    #expect(ranking.ranks.map(\.p50) == [1, 1, 2, 4])
    #expect(ranking.ranks.map(\.p95) == [2, 2, 3, 4])
    #expect(ranking.ranks.map(\.topShare) == [1, 0.75, 0.75, 0])
    #expect(ranking.share(of: 0, above: 1) == 0.5)
    #expect(ranking.share(of: 1, above: 0) == 0.25)
    #expect(ranking.share(of: 0, above: 2) == 1)
    #expect(ranking.differ(0, 2) && ranking.differ(2, 0))
    #expect(!ranking.differ(0, 1) && !ranking.differ(0, 0))
  }

  @Test("units are compared within a draw: what moves all alike does not blur who is ahead")
  func paired() {
    let together = (0..<100).map { Double($0) }
    let ranking = UnitRanking([together.map { $0 + 0.5 }, together])
    #expect(ranking.share(of: 0, above: 1) == 1)
    let apart = UnitRanking([together.map { $0 + 0.5 }, together.reversed()])
    #expect(apart.share(of: 0, above: 1) == 0.5)
  }

  @Test("ranks and shares agree with counting, on random draws")
  func counting() {
    var random = SplitMix64(seed: 5)
    for _ in 0..<20 {
      let values = (0..<6).map { _ in (0..<40).map { _ in Double(random.integer(below: 8)) } }
      let ranking = UnitRanking(values)
      for unit in values.indices {
        let ranks = (0..<40).map { draw in
          1 + values.count { $0[draw] > values[unit][draw] }
        }.sorted()
        // The best rank that k draws reach is the k-th best.
        #expect(ranking.ranks[unit].p05 == ranks[1])
        #expect(ranking.ranks[unit].p50 == ranks[19])
        #expect(ranking.ranks[unit].p95 == ranks[37])
        for other in values.indices {
          let above = zip(values[unit], values[other]).count { $0 > $1 }
          #expect(ranking.share(of: unit, above: other) == Double(above) / 40)
        }
      }
    }
  }
}
