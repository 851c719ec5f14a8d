/// How much of the variance of a model's output each uncertain factor answers for.
///
/// **S1**, of first order, is the share that would vanish if the factor were known, the others staying as
/// uncertain as they are; **ST**, total, is the share that would remain if all the others were known: the
/// factor alone and in all its interactions. An additive model has S1 = ST, adding up to 1.
///
/// Jansen's estimators, over rows j of a ``SobolDesign`` with V the variance of the output over A and B:
/// S1 = 1 − Σ (f(B)_j − f(AB)_j)² / 2NV and ST = Σ (f(A)_j − f(AB)_j)² / 2NV. An estimate of S1 for a factor
/// that does nothing strays around 0, and below it: it is given as it is, since cutting it off would hide how
/// far the number of runs carries.
///
/// Intervals are percentiles of estimates over rows drawn again with replacement, the same rows for every
/// factor and output.
///
/// Sources: Jansen 1999, doi:10.1016/S0010-4655(98)00154-4; Saltelli et al. 2010,
/// doi:10.1016/j.cpc.2009.09.018; Archer, Saltelli, Sobol' 1997 (bootstrap), doi:10.1080/00949659708811825.
public struct SobolIndices: Sendable, Equatable {
  /// An estimate with its interval.
  public struct Estimate: Sendable, Equatable {
    /// From all rows.
    public let value: Double
    /// The lower end of the interval.
    public let low: Double
    /// The upper end of the interval.
    public let high: Double
  }

  /// The indices of one factor.
  public struct Factor: Sendable, Equatable {
    /// Of first order.
    public let first: Estimate
    /// Total.
    public let total: Estimate
  }

  /// How intervals are found.
  public struct Bootstrap: Sendable, Hashable {
    /// How often rows are drawn again, 1 or more.
    public let resampleCount: Int
    /// The probability that an interval is made for, above 0 and below 1.
    public let confidence: Double
    /// Where the draws come from: the substream of the resample under the factor `sobol-bootstrap`.
    public let streams: RandomStreams

    /// - Parameters:
    ///   - resampleCount: 1 or more.
    ///   - confidence: Above 0 and below 1.
    ///   - streams: Where the draws come from.
    public init(resampleCount: Int = 1000, confidence: Double = 0.95, streams: RandomStreams) {
      precondition(resampleCount > 0, "there is a resample")
      precondition(confidence > 0 && confidence < 1, "a confidence is between 0 and 1")
      self.resampleCount = resampleCount
      self.confidence = confidence
      self.streams = streams
    }
  }

  /// The mean of the output over A and B.
  public let mean: Double
  /// The variance of the output over A and B, divided by their number.
  public let variance: Double
  /// By factor, in the design's order.
  public let factors: [Factor]

  /// The indices of many outputs of the same runs.
  ///
  /// - Parameters:
  ///   - outputs: By run in the design's order, then by output.
  ///   - outputCount: 1 or more.
  ///   - design: What the model was run with.
  ///   - bootstrap: How intervals are found.
  /// - Returns: By output; nil where it does not vary, or is not a finite number in some run.
  /// - Complexity: O(resamples × N × factors × outputs) time, O(N × factors + resamples × factors) memory
  ///   beside the outputs.
  public static func estimates(
    of outputs: [Double], outputCount: Int, design: SobolDesign, bootstrap: Bootstrap
  ) -> [SobolIndices?] {
    precondition(outputCount > 0, "there is an output")
    precondition(outputs.count == design.runCount * outputCount, "every run has all outputs")
    return (0..<outputCount).map { output in
      SobolIndices(
        of: stride(from: output, to: outputs.count, by: outputCount).map { outputs[$0] },
        design: design, bootstrap: bootstrap)
    }
  }

  /// The indices of one output; outputs are independent of one another, so that any thread may take any.
  ///
  /// - Parameters:
  ///   - output: By run in the design's order.
  ///   - design: What the model was run with.
  ///   - bootstrap: How intervals are found.
  /// - Returns: nil if the output does not vary, or is not a finite number in some run.
  /// - Complexity: O(resamples × N × factors).
  public init?(of output: [Double], design: SobolDesign, bootstrap: Bootstrap) {
    precondition(output.count == design.runCount, "every run has an output")
    guard output.allSatisfy(\.isFinite) else { return nil }
    let rows = SobolRows(output: output, design: design)
    guard let whole = rows.indices(ofRows: nil) else { return nil }
    let factorCount = design.factorCount

    var resampled = [[Double]](repeating: [], count: 2 * factorCount)
    let key = RandomStreams.key("sobol-bootstrap")
    for resample in 0..<bootstrap.resampleCount {
      var random = bootstrap.streams.substream(factor: key, draw: UInt64(resample))
      let drawn = (0..<rows.count).map { _ in random.integer(below: rows.count) }
      // Rows that all give the same output have no indices; they leave the interval to the others.
      guard let indices = rows.indices(ofRows: drawn) else { continue }
      for (column, value) in indices.shares.enumerated() { resampled[column].append(value) }
    }
    let estimates = whole.shares.enumerated().map { column, value in
      let sorted = resampled[column].sorted()
      let tail = (1 - bootstrap.confidence) / 2
      return Estimate(
        value: value, low: quantile(tail, ofSorted: sorted) ?? value,
        high: quantile(1 - tail, ofSorted: sorted) ?? value)
    }
    mean = whole.mean
    variance = whole.variance
    factors = (0..<factorCount).map {
      Factor(first: estimates[$0], total: estimates[factorCount + $0])
    }
  }
}
