/// What each row of a ``SobolDesign`` adds to the sums that ``SobolIndices`` are made of.
struct SobolRows {
  /// The number of rows.
  let count: Int
  private let factorCount: Int
  /// What is subtracted from every output before it is squared, so that no digits are lost far from 0.
  private let centre: Double
  /// By row: the sum and the sum of squares of the output in A and B, then by factor (f(B) − f(AB))², then by
  /// factor (f(A) − f(AB))².
  private let terms: [Double]

  /// - Parameters:
  ///   - output: By run, finite.
  ///   - design: What the model was run with.
  init(output: [Double], design: SobolDesign) {
    count = design.sampleCount
    factorCount = design.factorCount
    let count = count
    centre = output[0..<2 * count].reduce(0) { $0 + $1 / Double(2 * count) }
    var terms: [Double] = []
    terms.reserveCapacity(count * (2 + 2 * factorCount))
    for row in 0..<count {
      let (a, b) = (output[row] - centre, output[count + row] - centre)
      terms.append(a + b)
      terms.append(a * a + b * b)
      for (minuend) in [b, a] {
        for factor in 0..<factorCount {
          let exchanged = output[(2 + factor) * count + row] - centre
          terms.append((minuend - exchanged) * (minuend - exchanged))
        }
      }
    }
    self.terms = terms
  }

  /// Mean, variance and the shares: S1 by factor, then ST by factor.
  ///
  /// - Parameter rows: Which rows, each as often as it is named; nil for all once.
  /// - Returns: nil if the output does not vary over A and B.
  func indices(ofRows rows: [Int]?) -> (mean: Double, variance: Double, shares: [Double])? {
    let width = 2 + 2 * factorCount
    var sums = [Double](repeating: 0, count: width)
    for place in 0..<count {
      let start = (rows?[place] ?? place) * width
      for column in 0..<width { sums[column] += terms[start + column] }
    }
    let size = Double(2 * count)
    let offset = sums[0] / size
    let variance = sums[1] / size - offset * offset
    // Below rounding of the outputs themselves, nothing varies.
    guard variance > (abs(centre) + abs(offset)) * (abs(centre) + abs(offset)) * 0x1p-90 else {
      return nil
    }
    let shares = (0..<2 * factorCount).map { column in
      let share = sums[2 + column] / (size * variance)
      return column < factorCount ? 1 - share : share
    }
    return (centre + offset, variance, shares)
  }
}
