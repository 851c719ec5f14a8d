/// Skewness and excess kurtosis of a sample.
public struct SampleShape: Sendable, Hashable {
  /// The bias-corrected skewness G₁.
  public var skewness: Double
  /// The bias-corrected excess kurtosis G₂; 0 for a normal distribution.
  public var excessKurtosis: Double
}

/// Moments of a sample, as the OECD/JRC Handbook and COINr use them.
public enum SampleStatistics {
  /// The mean; for at least one value.
  public static func mean(_ values: [Double]) -> Double {
    values.reduce(0, +) / Double(values.count)
  }

  /// The median, the mean of the two in the middle for an even number; for at least one value.
  public static func median(_ values: [Double]) -> Double {
    let sorted = values.sorted()
    let middle = sorted.count / 2
    return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
  }

  /// The standard deviation with n − 1; for at least two values.
  public static func standardDeviation(_ values: [Double]) -> Double {
    let center = mean(values)
    let squares = values.reduce(0) { $0 + ($1 - center) * ($1 - center) }
    return (squares / Double(values.count - 1)).squareRoot()
  }

  /// The covariance with n − 1; nil for fewer than two pairs.
  public static func covariance(_ first: [Double], _ second: [Double]) -> Double? {
    guard first.count == second.count, first.count >= 2 else { return nil }
    let firstMean = mean(first)
    let secondMean = mean(second)
    var products = 0.0
    for (x, y) in zip(first, second) { products += (x - firstMean) * (y - secondMean) }
    return products / Double(first.count - 1)
  }

  /// Pearson's correlation coefficient, or nil for fewer than three pairs, a constant side, or values so
  /// far apart or so near one another that their squares are no usable numbers.
  public static func correlation(_ first: [Double], _ second: [Double]) -> Double? {
    guard first.count == second.count, first.count >= 3 else { return nil }
    let firstMean = mean(first)
    let secondMean = mean(second)
    var products = 0.0
    var firstSquares = 0.0
    var secondSquares = 0.0
    for (x, y) in zip(first, second) {
      products += (x - firstMean) * (y - secondMean)
      firstSquares += (x - firstMean) * (x - firstMean)
      secondSquares += (y - secondMean) * (y - secondMean)
    }
    let squares = firstSquares * secondSquares
    return squares.isNormal ? products / squares.squareRoot() : nil
  }

  /// The bias-corrected sample skewness G₁ and excess kurtosis G₂ (Joanes and Gill 1998,
  /// doi:10.1111/1467-9884.00122), or nil for fewer than four values or a constant sample.
  public static func shape(_ values: [Double]) -> SampleShape? {
    let n = Double(values.count)
    guard values.count >= 4 else { return nil }
    let center = mean(values)
    var second = 0.0
    var third = 0.0
    var fourth = 0.0
    for value in values {
      let deviation = value - center
      second += deviation * deviation / n
      third += deviation * deviation * deviation / n
      fourth += deviation * deviation * deviation * deviation / n
    }
    guard second > 0 else { return nil }
    let populationSkewness = third / (second * second.squareRoot())
    let populationKurtosis = fourth / (second * second) - 3
    return SampleShape(
      skewness: populationSkewness * (n * (n - 1)).squareRoot() / (n - 2),
      excessKurtosis: ((n + 1) * populationKurtosis + 6) * (n - 1) / ((n - 2) * (n - 3)))
  }
}
