/// Weights of the children of one group.
public enum GroupWeights {
  /// The same for each, adding up to 1.
  public static func equal(_ count: Int) -> [Double] {
    Array(repeating: 1 / Double(max(count, 1)), count: count)
  }

  /// Given weights taken to a sum of 1.
  ///
  /// - Returns: nil if one is negative or not finite, or all are 0.
  public static func rescaled(_ weights: [Double]) -> [Double]? {
    let sum = weights.reduce(0, +)
    guard weights.allSatisfy({ $0 >= 0 }), sum > 0, sum.isFinite else { return nil }
    return weights.map { $0 / sum }
  }
}
