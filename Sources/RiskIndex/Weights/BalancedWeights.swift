import Foundation

/// Weights under which elements go together with the index as strongly as wanted, by default all equally.
///
/// Equal weights do not give equal influence where some elements go together and others do not. Here weights
/// are changed until the correlations of the elements with the index stand in the proportions wanted.
/// Multiplicative steps, w ← w × (wanted / found)^s, keep weights above 0 and always take the same way. Whole
/// steps (s = 1) swing to and fro where elements oppose one another, as w ← w × (wanted / found) overshoots;
/// then they begin anew from the best weights met, each time half as long. COINr's `get_opt_weights` has the same aim with
/// a general optimiser.
///
/// Source: Becker, Saisana, Paruolo, Vandecasteele 2017, doi:10.1016/j.ecolind.2017.03.056.
public struct BalancedWeights: Sendable, Hashable {
  /// By element, adding up to 1.
  public var weights: [Double]
  /// The correlation of each element with the index under these weights.
  public var correlations: [Double]
  /// Whether the proportions wanted were reached to within 1e-6.
  public var isBalanced: Bool
  /// How many times the index was computed.
  public var iterations: Int

  /// Finds balanced weights.
  ///
  /// - Parameters:
  ///   - elements: Columns of values by unit, direction applied.
  ///   - wanted: Above 0; the proportions of their correlations with the index. Nil for all equal.
  ///   - limit: The most times to compute the index. Default 10,000.
  ///   - index: The index's score by unit under weights that add up to 1.
  /// - Returns: The best weights met; nil where an element has no correlation with the index, or a negative
  ///   one that no weight mends, for then there is no balance to find.
  /// - Complexity: One index and as many correlations as there are elements an iteration.
  public static func find<Failure: Error>(
    elements: [[Double?]], wanted: [Double]? = nil, limit: Int = 10_000,
    index: ([Double]) throws(Failure) -> [Double?]
  ) throws(Failure) -> BalancedWeights? {
    let count = elements.count
    guard count > 0 else { return nil }
    let targets = wanted ?? Array(repeating: 1, count: count)
    precondition(targets.count == count && targets.allSatisfy { $0 > 0 }, "a target an element")
    let targetSum = targets.reduce(0, +)
    var weights = targets.map { $0 / targetSum }
    var best: BalancedWeights?
    var smallest = Double.infinity
    // Steps of 1, 1/2, 1/4, 1/8 and 1/16, each for a fifth of the iterations.
    let stage = max(limit / 5, 1)
    for iteration in 1...max(limit, 1) {
      let length = 1 / Double(1 << min((iteration - 1) / stage, 4))
      if iteration > 1, (iteration - 1) % stage == 0, let best { weights = best.weights }
      let score = try index(weights)
      let found = elements.map { Correlation.pearson.coefficient($0, score) }
      let correlations = found.compactMap { $0 }
      guard correlations.count == count else { return best }
      let sum = correlations.reduce(0, +)
      guard sum > 0 else { return best }
      var gap = 0.0
      for place in 0..<count {
        gap = max(gap, abs(correlations[place] / sum - targets[place] / targetSum))
      }
      if gap < smallest {
        smallest = gap
        best = BalancedWeights(
          weights: weights, correlations: correlations, isBalanced: gap <= 1e-6,
          iterations: iteration)
      }
      if gap <= 1e-10 { break }
      for place in 0..<count {
        let ratio = targets[place] / targetSum / max(correlations[place] / sum, 1e-3)
        // A step is at most a doubling, so that one weak element does not overshoot.
        weights[place] *= pow(min(max(ratio, 0.5), 2), length)
      }
      let whole = weights.reduce(0, +)
      weights = weights.map { $0 / whole }
    }
    return best
  }
}
