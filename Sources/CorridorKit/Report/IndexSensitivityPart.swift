public import RiskIndex
import Sampling

/// Which of the things that are varied moves which ranks and scores.
public struct IndexSensitivityPart: Encodable, Sendable {
  /// An estimate with its interval of 95 %. Estimates of S1 may lie below 0 where a factor does nothing.
  public struct Estimate: Encodable, Sendable, Hashable {
    /// From all runs.
    public let value: Double
    /// The lower end.
    public let low: Double
    /// The upper end.
    public let high: Double

    init(_ estimate: SobolIndices.Estimate) {
      value = estimate.value
      low = estimate.low
      high = estimate.high
    }
  }

  /// What a factor does to one output.
  public struct Share: Encodable, Sendable, Hashable {
    /// The factor.
    public let factor: String
    /// The share of variance that would vanish if it were settled.
    public let first: Estimate
    /// The share that would remain if all others were.
    public let total: Estimate
  }

  /// One unit.
  public struct Unit: Encodable, Sendable, Hashable {
    /// The unit's id.
    public let id: String
    /// What moves its rank, in a sentence.
    public let sentence: String
    /// Of its rank; empty if it never moves or is not ranked in every run.
    public let rank: [Share]
    /// Of its score; empty as for its rank, and where runs are on different scales.
    public let score: [Share]
    /// Its mean rank by alternative of each factor that is a choice.
    public let meanRanks: [String: [String: Double]]
  }

  /// N, the rows of each of the two matrices of the design.
  public let rows: Int
  /// How often the index was run.
  public let runs: Int
  /// Runs in which a mean refused the values; what they touch has no shares.
  public let refusedRuns: Int
  /// What moves ranks most, in a sentence.
  public let summary: String
  /// Of the mean distance of ranks from those of the recipe.
  public let meanShift: [Share]
  /// In the order of the report's units.
  public let units: [Unit]

  /// What a sensitivity says.
  public init(_ sensitivity: IndexSensitivity) {
    rows = sensitivity.sampleCount
    runs = sensitivity.runCount
    refusedRuns = sensitivity.refusedCount
    summary = sensitivity.summary
    let factors = sensitivity.index.factors
    func shares(_ indices: SobolIndices?) -> [Share] {
      zip(factors, indices?.factors ?? []).map {
        Share(factor: $0.name, first: Estimate($1.first), total: Estimate($1.total))
      }
    }
    meanShift = shares(sensitivity.meanShift)
    units = sensitivity.index.run.result.units.enumerated().map { place, unit in
      var means: [String: [String: Double]] = [:]
      for (factor, alternatives) in zip(factors, sensitivity.meanRanks) {
        for (label, ranks) in zip(factor.labels, alternatives) {
          if let rank = ranks[place] { means[factor.name, default: [:]][label] = rank }
        }
      }
      return Unit(
        id: unit.unit, sentence: sensitivity.sentence(unit: place, name: unit.name),
        rank: shares(sensitivity.ranks[place]), score: shares(sensitivity.scores[place]),
        meanRanks: means)
    }
  }

  /// What moves ranks, for a person at a terminal.
  ///
  /// - Parameter names: The units, in the order of the table.
  func text(_ names: [(id: String, name: String, score: Double?, rank: Int?)]) -> String {
    var table = TextTable([
      ("Factor", .left), ("S1", .right), ("interval", .right), ("ST", .right),
      ("interval", .right),
    ])
    for share in meanShift {
      table.add([share.factor] + Self.cells(share.first) + Self.cells(share.total))
    }
    let sentences = names.compactMap { entry in
      units.first { $0.id == entry.id && !$0.rank.isEmpty }.map { wrapped($0.sentence) }
    }
    let still = names.count - sentences.count
    return
      ([
        wrapped(
          "What moves ranks: \(runs) runs, \(rows) rows. S1: the share of the variance of the mean shift "
            + "of ranks that would vanish if the factor were settled; ST: what would remain if all "
            + "others were; with intervals of 95 %."),
        table.text, wrapped(summary),
      ] + (sentences.isEmpty ? [] : [sentences.joined(separator: "\n")])
      + (still == 0
        ? []
        : [wrapped("\(still) units keep their rank, or are not ranked in every run.")]))
      .joined(separator: "\n\n")
  }

  private static func cells(_ estimate: Estimate) -> [String] {
    [
      Shown.fixed(estimate.value, 2),
      "\(Shown.fixed(estimate.low, 2)) to \(Shown.fixed(estimate.high, 2))",
    ]
  }
}
