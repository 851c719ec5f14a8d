import ArgumentParser
import CorridorKit
import RiskIndex
import Sampling

/// A composite index run again and again with its choices and weights drawn anew.
struct IndexBenchmark: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "index", abstract: "Draw what is uncertain about a composite index.")

  @Argument(help: "A folder with iMeta.csv, iData.csv, recipe.yaml and uncertainty.yaml.")
  var folder: String
  @Option(help: "So many draws.") var draws = 10_000
  @Option(help: "So many rows of the design of a sensitivity, a power of two.") var rows = 4_096
  @Option(help: "How often all draws are made.") var repeats = 3
  @Option(help: "The same seed gives the same draws.") var seed: UInt64 = 1

  private struct Unit: Encodable {
    var id: String
    var meanRank: Double
    var rankDeviation: Double
  }

  private struct Factor: Encodable {
    struct Estimate: Encodable {
      var value: Double
      var low: Double
      var high: Double

      init(_ estimate: SobolIndices.Estimate) {
        (value, low, high) = (estimate.value, estimate.low, estimate.high)
      }
    }

    var name: String
    var first: Estimate
    var total: Estimate
  }

  private struct Result: Encodable {
    var draws: Int
    var refused: Int
    /// One documented run for each combination of steps, before the first draw.
    var preparation: [Measurement]
    var oneThread: [Measurement]
    var twoThreads: [Measurement]
    /// Errors of all figures beside, so that every indicator is normalised anew in each draw; two threads.
    var withErrors: [Measurement]
    /// Whether one and two threads have the same scores and ranks, to the last bit.
    var isSame: Bool
    /// Of the bits of all scores and of all ranks.
    var checksum: String
    var units: [Unit]
    /// N (k + 2) runs on two threads, and the intervals of all indices.
    var sensitivity: Measurement
    var rows: Int
    var runs: Int
    /// Of the mean distance of ranks from those of the recipe.
    var factors: [Factor]
  }

  func run() throws {
    func file(_ name: String) throws -> InputFile { try InputFile(path: folder + "/" + name) }
    let inputs = try IndexInputs(metadata: file("iMeta.csv"), values: file("iData.csv"))
    let recipe = try IndexRecipe(file("recipe.yaml"), framework: inputs.framework)
    let uncertainty = try RiskUncertaintyInputs(
      file("uncertainty.yaml"), recipe: recipe, framework: inputs.framework)
    let run = try inputs.run(recipe)
    let index = try UncertainIndex(run, uncertainty.index, seed: seed)
    let preparation = try Measurement.repeated(repeats) {
      _ = try UncertainIndex(run, uncertainty.index, seed: seed)
    }
    func drawn(threads: Int) -> IndexDraws {
      IndexDraws(index, count: draws, seed: seed, threads: threads)
    }
    var times: (one: [Measurement], two: [Measurement]) = ([], [])
    // In turn, so that other work on the machine slows both alike.
    for _ in 0..<repeats {
      times.one.append(Measurement.of { drawn(threads: 1) }.time)
      times.two.append(Measurement.of { drawn(threads: 2) }.time)
    }
    var figures = uncertainty.index
    figures.errors = [IndexUncertainty.DataError(spread: .relative(0.05))]
    let uncertainFigures = try UncertainIndex(run, figures, seed: seed)
    let withErrors = Measurement.repeated(repeats) {
      _ = IndexDraws(uncertainFigures, count: draws, seed: seed, threads: 2)
    }
    let (one, two) = (drawn(threads: 1), drawn(threads: 2))
    let (sensitivity, time) = try Measurement.of {
      try IndexSensitivity(index, sampleCount: rows, seed: seed, threads: 2)
    }
    let checksum = checksum(one)
    try writeJSON(
      Result(
        draws: draws, refused: one.refusedCount, preparation: preparation, oneThread: times.one,
        twoThreads: times.two, withErrors: withErrors,
        isSame: checksum == self.checksum(two),
        checksum: String(checksum, radix: 16), units: units(one), sensitivity: time, rows: rows,
        runs: sensitivity.runCount,
        factors: zip(index.factors, sensitivity.meanShift?.factors ?? []).map { factor, found in
          Factor(name: factor.name, first: .init(found.first), total: .init(found.total))
        }))
  }

  /// FNV-1a, by words of 64 bits.
  private func checksum(_ drawn: IndexDraws) -> UInt64 {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for draw in 0..<draws {
      for unit in drawn.index.run.result.units.indices {
        let score = drawn.score(of: unit, draw: draw) ?? .nan
        let rank = UInt64(drawn.rank(of: unit, draw: draw) ?? 0)
        for word in [score.bitPattern, rank] { hash = (hash ^ word) &* 0x100_0000_01b3 }
      }
    }
    return hash
  }

  /// Mean and standard deviation of the rank of each unit, over the draws that rank it.
  private func units(_ drawn: IndexDraws) -> [Unit] {
    drawn.index.run.result.units.enumerated().map { place, unit in
      let ranks = (0..<draws).compactMap { drawn.rank(of: place, draw: $0).map(Double.init) }
      let mean = ranks.reduce(0, +) / Double(ranks.count)
      let variance =
        ranks.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(max(ranks.count - 1, 1))
      return Unit(id: unit.unit, meanRank: mean, rankDeviation: variance.squareRoot())
    }
  }
}
