/// Whether the indicators of a group measure one thing, by Cronbach's α.
///
/// Source: Cronbach 1951, doi:10.1007/BF02310555; OECD/JRC (2008), step 4, which takes 0.7 as acceptable.
public struct Reliability: Sendable, Hashable {
  /// α of the columns as they are: k² times the mean covariance of two columns over the sum of all
  /// covariances (`get_cronbach` of COINr, pair by pair where values are missing). Nil where the columns
  /// cancel one another out, as x and −x do.
  public let alpha: Double?
  /// α of the columns brought to one deviation: k r / (1 + (k − 1) r), r the mean correlation. Nil as
  /// above.
  public let standardisedAlpha: Double?
  /// By column: its correlation with the mean of the others after all were brought to mean 0 and deviation
  /// 1, over the units that have it and one of the others; nil where there is none.
  public let restCorrelations: [Double?]

  /// - Parameter columns: One an indicator, direction applied; each with one value a unit.
  /// - Returns: nil for fewer than two columns, or if two of them have no correlation.
  /// - Complexity: O(columns² × units).
  public init?(columns: [[Double?]]) {
    let k = columns.count
    guard k >= 2 else { return nil }
    var correlations = 0.0
    var covariances = 0.0
    for row in 0..<k {
      for other in 0..<row {
        let pairs = zip(columns[row], columns[other]).compactMap { x, y in
          x.flatMap { x in y.map { (x, $0) } }
        }
        let one = pairs.map(\.0)
        let two = pairs.map(\.1)
        guard let r = SampleStatistics.correlation(one, two),
          let covariance = SampleStatistics.covariance(one, two)
        else { return nil }
        correlations += r
        covariances += covariance
      }
    }
    var variances = 0.0
    var standardised: [[Double?]] = []
    for column in columns {
      let present = column.compactMap { $0 }
      let deviation = SampleStatistics.standardDeviation(present)
      let mean = SampleStatistics.mean(present)
      variances += deviation * deviation
      standardised.append(column.map { $0.map { ($0 - mean) / deviation } })
    }
    let pairs = Double(k * (k - 1)) / 2
    func finite(_ number: Double) -> Double? { number.isFinite ? number : nil }
    alpha = finite(Double(k * k) * (covariances / pairs) / (variances + 2 * covariances))
    let r = correlations / pairs
    standardisedAlpha = finite(Double(k) * r / (1 + Double(k - 1) * r))
    restCorrelations = columns.indices.map { place in
      let rest: [Double?] = columns[place].indices.map { unit in
        let others = standardised.indices.compactMap { $0 == place ? nil : standardised[$0][unit] }
        return others.isEmpty ? nil : SampleStatistics.mean(others)
      }
      return Correlation.pearson.coefficient(columns[place], rest)
    }
  }
}
