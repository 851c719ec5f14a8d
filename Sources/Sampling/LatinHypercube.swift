/// Probabilities for a number of draws of some factors, each factor spread evenly over 0 … 1.
///
/// For N draws, 0 … 1 is cut into N parts of equal probability, and each factor takes a point of every part
/// once, the parts in an order of its own. Means and percentiles then vary less between seeds than those of
/// independent draws, the more so the more additive the result is in its factors.
///
/// Source: McKay, Beckman, Conover 1979, A comparison of three methods for selecting values of input
/// variables in the analysis of output from a computer code, doi:10.1080/00401706.1979.10489755.
public struct LatinHypercube: Sendable {
  /// The number of draws, 1 or more.
  public let drawCount: Int
  /// The number of factors.
  public let factorCount: Int
  /// By draw, then by factor: a draw's lie together.
  private let probabilities: [Double]

  /// - Parameters:
  ///   - drawCount: 1 or more.
  ///   - factors: The keys of the factors, each once; see ``RandomStreams/key(_:)``.
  ///   - streams: Where the numbers come from. The point in a part comes from the substream of factor and
  ///     draw; the order of the parts from that of factor and the draw `UInt64.max`, which no draw has.
  /// - Complexity: O(draws × factors) time and memory.
  public init(drawCount: Int, factors: [UInt64], streams: RandomStreams) {
    precondition(drawCount > 0, "there is a draw")
    self.drawCount = drawCount
    factorCount = factors.count
    var probabilities = [Double](repeating: 0, count: drawCount * factors.count)
    for (column, factor) in factors.enumerated() {
      var order = streams.substream(factor: factor, draw: .max)
      for (draw, part) in order.permutation(drawCount).enumerated() {
        var within = streams.substream(factor: factor, draw: UInt64(draw))
        // Rounding may carry the last point of the last part to 1.
        probabilities[draw * factors.count + column] = min(
          (Double(part) + within.uniform()) / Double(drawCount), 1 - 0x1p-53)
      }
    }
    self.probabilities = probabilities
  }

  /// The probabilities of one draw, by factor; each in [0, 1).
  public subscript(draw: Int) -> ArraySlice<Double> {
    probabilities[draw * factorCount..<(draw + 1) * factorCount]
  }
}
