import Sampling

/// Which of the things that are uncertain about an index moves its ranks and scores.
///
/// Shares of variance after Sobol', by factor: S1, what would vanish if the factor were settled; ST, what would
/// remain if all others were. See ``SobolIndices``. Estimates are shown as they are, below 0 too, with their
/// intervals.
///
/// Sources: Saisana, Saltelli, Tarantola 2005, Uncertainty and sensitivity analysis techniques as tools for the
/// quality assessment of composite indicators, doi:10.1111/j.1467-985X.2005.00350.x; those of ``SobolDesign``
/// and ``SobolIndices``.
public struct IndexSensitivity: Sendable {
  /// The index that was run.
  public let index: UncertainIndex
  /// N: the rows of A and of B.
  public let sampleCount: Int
  /// N (k + 2) runs for k factors.
  public let runCount: Int
  /// Runs in which the methods refused the values; with any, what they touch has no indices.
  public let refusedCount: Int
  /// By unit: of its rank; nil if it is not ranked in every run, or never moves.
  public let ranks: [SobolIndices?]
  /// By unit: of its score; nil as for ranks, and where runs are on different scales.
  public let scores: [SobolIndices?]
  /// Of the mean distance between the rank of a unit and its rank as the recipe has it, over the units ranked in
  /// both (the measure of COINr's `get_sensitivity`).
  public let meanShift: SobolIndices?
  /// By factor, then by its alternatives, then by unit: the mean rank over the rows of A and B; nil for none. No
  /// alternatives for what is a number and no choice.
  public let meanRanks: [[[Double?]]]

  /// Runs the design.
  ///
  /// - Parameters:
  ///   - index: What is run.
  ///   - sampleCount: N, 2 or more; a power of two: 1,024 to look, 4,096 for two digits.
  ///   - resampleCount: How often rows are drawn again for intervals. Default 500.
  ///   - seed: The same seed gives the same result.
  ///   - threads: 0 for one a core. Results do not depend on it.
  /// - Throws: ``RiskIndexError/invalidSpecification(field:value:expected:)`` for more weights than points have
  ///   dimensions.
  /// - Complexity: N (k + 2) re-runs, and O(resamples × N × k × units).
  public init(
    _ index: UncertainIndex, sampleCount: Int, resampleCount: Int = 500, seed: UInt64,
    threads: Int = 0
  ) throws(RiskIndexError) {
    guard index.columnCount <= SobolDesign.largestColumnCount else {
      throw .invalidSpecification(
        field: "uncertainty", value: "\(index.columnCount) numbers to draw",
        expected: "at most \(SobolDesign.largestColumnCount) for a sensitivity")
    }
    let streams = RandomStreams(seed: seed)
    let design = SobolDesign(
      sampleCount: sampleCount, factorWidths: index.factors.map(\.width), streams: streams)
    let runs = IndexRuns(index, count: design.runCount, threads: threads) { Array(design[$0]) }
    let units = index.run.result.units
    let width = units.count
    let bootstrap = SobolIndices.Bootstrap(resampleCount: resampleCount, streams: streams)

    let nominal = units.map { $0.rank ?? 0 }
    let ranks = runs.ranks
    let scores = runs.scores
    let wantsScores = index.scoresAreComparable
    let outputCount = 2 * width + 1
    var found = [SobolIndices?](repeating: nil, count: outputCount)
    found.withUnsafeMutableBufferPointer { buffer in
      let slots = RunSlots(values: buffer)
      runParallel(outputCount, threads: threads, block: 1) { output in
        let values: [Double]
        if output < width {
          values = (0..<design.runCount).map {
            let rank = ranks[$0 * width + output]
            return rank == 0 ? .nan : Double(rank)
          }
        } else if output < 2 * width {
          guard wantsScores else { return }
          values = (0..<design.runCount).map { scores[$0 * width + output - width] }
        } else {
          values = (0..<design.runCount).map { run in
            var sum = 0
            var count = 0
            for unit in 0..<width {
              let rank = Int(ranks[run * width + unit])
              guard rank > 0, nominal[unit] > 0 else { continue }
              sum += abs(rank - nominal[unit])
              count += 1
            }
            return count == 0 ? .nan : Double(sum) / Double(count)
          }
        }
        slots.write(
          SobolIndices(of: values, design: design, bootstrap: bootstrap), at: output)
      }
    }
    self.index = index
    self.sampleCount = sampleCount
    runCount = design.runCount
    refusedCount = runs.refusedCount
    self.ranks = Array(found[0..<width])
    self.scores = Array(found[width..<2 * width])
    meanShift = found[2 * width]
    meanRanks = index.factors.map { factor in
      var sums = [[Double]](
        repeating: Array(repeating: 0, count: width), count: factor.labels.count)
      var counts = sums
      if !factor.labels.isEmpty {
        for run in 0..<2 * sampleCount {
          let alternative = factor.alternative(Array(design[run]))
          for unit in 0..<width where ranks[run * width + unit] > 0 {
            sums[alternative][unit] += Double(ranks[run * width + unit])
            counts[alternative][unit] += 1
          }
        }
      }
      return zip(sums, counts).map { sums, counts in
        zip(sums, counts).map { $1 > 0 ? $0 / $1 : nil }
      }
    }
  }
}
