import Foundation

/// How likely the values of an uncertain number are, given by the value at each probability.
///
/// A distribution without width gives its one value, exactly and at every probability.
public enum Distribution: Sendable, Hashable {
  /// Every value from low to high equally likely.
  case uniform(low: Double, high: Double)
  /// Rising in a straight line from low to mode and falling to high.
  case triangular(low: Double, mode: Double, high: Double)
  /// The logarithm uniform: doubling equally likely everywhere; `low` is above 0.
  case logUniform(low: Double, high: Double)
  /// The Gaussian bell, without bounds.
  case normal(mean: Double, standardDeviation: Double)
  /// The logarithm normal: `median` is above 0, and 90 % of the values lie between `median / spread90` and
  /// `median × spread90`; `spread90` is 1 or more.
  case logNormal(median: Double, spread90: Double)

  /// The value that the number falls below with a probability.
  ///
  /// Monotone in the probability.
  ///
  /// - Parameter probability: 0 … 1. A distribution without bounds takes 0 and 1 for 2^−54 from them,
  ///   8.2 standard deviations out.
  /// - Complexity: O(1).
  public func quantile(_ probability: Double) -> Double {
    precondition((0...1).contains(probability), "a probability is from 0 to 1")
    switch self {
    case .uniform(let low, let high):
      return Self.between(low, high, at: probability)
    case .triangular(let low, let mode, let high):
      guard high > low else { return low }
      let (rising, falling) = (mode - low, high - mode)
      let value =
        probability * (high - low) < rising
        ? low + (probability * (high - low) * rising).squareRoot()
        : high - ((1 - probability) * (high - low) * falling).squareRoot()
      return min(max(value, low), high)
    case .logUniform(let low, let high):
      guard high > low else { return low }
      return min(max(low * exp(probability * log(high / low)), low), high)
    case .normal(let mean, let standardDeviation):
      guard standardDeviation > 0 else { return mean }
      return mean + standardDeviation * Self.deviate(probability)
    case .logNormal(let median, let spread90):
      guard spread90 > 1 else { return median }
      return median * exp(log(spread90) / normalQuantile(0.95) * Self.deviate(probability))
    }
  }

  /// Whether it has one value only.
  public var isCertain: Bool { quantile(0) == quantile(1) }

  private static func between(_ low: Double, _ high: Double, at share: Double) -> Double {
    guard high > low else { return low }
    return min(low + (high - low) * share, high)
  }

  private static func deviate(_ probability: Double) -> Double {
    normalQuantile(min(max(probability, 0x1p-54), 1 - 0x1p-53))
  }
}
