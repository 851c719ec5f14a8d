import Sampling

/// What many draws say of one number.
public struct DrawSummary: Sendable, Hashable, Encodable {
  /// The number in the run itself, with every input as it is.
  public let plain: Double
  /// The mean of the draws.
  public let mean: Double
  /// The standard deviation of the draws, over n − 1; 0 for one draw.
  public let standardDeviation: Double
  /// The 5 % quantile; quantiles are of type 7 (``quantile(_:ofSorted:)``).
  public let p05: Double
  /// The median.
  public let p50: Double
  /// The 95 % quantile.
  public let p95: Double
  /// How much the median would vary between seeds: half the distance of the quantiles at
  /// 0.5 ± 0.5 / √n, which for independent draws is one standard error (Woodruff 1952,
  /// doi:10.1080/01621459.1952.10483443). Draws of a Latin hypercube vary no more in the long run. Nil
  /// for fewer than 10 draws.
  public let medianStandardError: Double?

  /// - Parameters:
  ///   - draws: One or more.
  ///   - plain: The number in the run itself.
  /// - Complexity: O(n log n).
  public init(_ draws: [Double], plain: Double) {
    self.plain = plain
    let sorted = draws.sorted()
    func at(_ probability: Double) -> Double { quantile(probability, ofSorted: sorted) ?? .nan }
    p05 = at(0.05)
    p50 = at(0.5)
    p95 = at(0.95)
    let count = Double(draws.count)
    let offset = 0.5 / count.squareRoot()
    medianStandardError = draws.count < 10 ? nil : (at(0.5 + offset) - at(0.5 - offset)) / 2
    // About the first draw, so that draws that are all the same have their own value as the mean.
    let origin = draws.first ?? 0
    let offsets = draws.reduce(0) { $0 + ($1 - origin) } / count
    mean = origin + offsets
    let squares = draws.reduce(0) { $0 + ($1 - origin - offsets) * ($1 - origin - offsets) }
    standardDeviation = (squares / max(1, count - 1)).squareRoot()
  }
}
