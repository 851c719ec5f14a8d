import Synchronization

/// Scores and ranks of re-runs of an index.
struct IndexRuns {
  /// By run, then unit; NaN for none.
  let scores: [Double]
  /// By run, then unit; 0 for none.
  let ranks: [Int32]
  /// Runs in which the methods refused the values.
  let refusedCount: Int

  /// - Parameters:
  ///   - row: The row of a run, from any thread.
  init(
    _ index: UncertainIndex, count: Int, threads: Int, row: @Sendable (Int) -> [Double]
  ) {
    let width = index.run.result.units.count
    var scores = [Double](repeating: .nan, count: count * width)
    var ranks = [Int32](repeating: 0, count: count * width)
    let refused = Atomic(0)
    scores.withUnsafeMutableBufferPointer { scores in
      let scoreSlots = RunSlots(values: scores)
      ranks.withUnsafeMutableBufferPointer { ranks in
        let rankSlots = RunSlots(values: ranks)
        runParallel(count, threads: threads) { run in
          guard let outcome = index.outcome(row(run)) else {
            refused.wrappingAdd(1, ordering: .relaxed)
            return
          }
          for unit in 0..<width {
            scoreSlots.write(outcome.scores[unit] ?? .nan, at: run * width + unit)
            rankSlots.write(Int32(outcome.ranks[unit] ?? 0), at: run * width + unit)
          }
        }
      }
    }
    self.scores = scores
    self.ranks = ranks
    refusedCount = refused.load(ordering: .relaxed)
  }
}
