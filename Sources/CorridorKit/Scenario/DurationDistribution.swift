/// A duration of which one number or a distribution is known.
///
/// A run of one scenario takes ``meanSeconds``, because times add up and so do their means; a Monte
/// Carlo draws by ``quantile(_:)``.
public enum DurationDistribution: Sendable, Hashable {
  /// One number of seconds.
  case fixed(seconds: Double)
  /// A triangular distribution: the lowest, most likely and highest number of seconds.
  case triangular(low: Double, mode: Double, high: Double)
  /// Three quantiles in seconds. Each side of the median is uniform, with the width that its quantile
  /// gives it: the quantile function is a line from p05 to p50 and one from p50 to p95, both carried on
  /// to probability 0 and 1, and nothing is below 0 s.
  case quantiles(p05: Double, p50: Double, p95: Double)

  /// The expected number of seconds.
  public var meanSeconds: Double {
    switch self {
    case .fixed(let seconds): seconds
    case .triangular(let low, let mode, let high): (low + mode + high) / 3
    case .quantiles(let p05, let p50, let p95):
      // The mean of a quantile function that is linear on each half is that of its values there.
      Self.meanOfPositivePart(from: Self.end(p05, beyond: p50), to: p50) / 2
        + (p50 + Self.end(p95, beyond: p50)) / 4
    }
  }

  /// The number of seconds that the duration stays below with a probability.
  ///
  /// - Parameter probability: 0 to 1.
  /// - Returns: Seconds, 0 or more, never less for a higher probability.
  public func quantile(_ probability: Double) -> Double {
    let u = min(1, max(0, probability))
    switch self {
    case .fixed(let seconds): return seconds
    case .triangular(let low, let mode, let high):
      guard high > low else { return mode }
      let (below, above) = (mode - low, high - mode)
      // By the side of the mode on which the probability lies; the two agree at the mode.
      return u * (high - low) < below
        ? low + (u * (high - low) * below).squareRoot()
        : high - ((1 - u) * (high - low) * above).squareRoot()
    case .quantiles(let p05, let p50, let p95):
      return u < 0.5
        ? max(0, p50 + (p05 - p50) * (0.5 - u) / 0.45) : p50 + (p95 - p50) * (u - 0.5) / 0.45
    }
  }

  /// The value at probability 0 or 1 on the line through the median and a quantile 0.45 from it.
  private static func end(_ quantile: Double, beyond median: Double) -> Double {
    median + (quantile - median) * 0.5 / 0.45
  }

  /// The mean over an interval of what lies above 0.
  private static func meanOfPositivePart(from low: Double, to high: Double) -> Double {
    low >= 0 || high <= low ? (low + high) / 2 : high * high / (2 * (high - low))
  }
}
