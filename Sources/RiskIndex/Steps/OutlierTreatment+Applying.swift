import Foundation

extension OutlierTreatment {
  /// Treats a column where it needs it.
  ///
  /// - Parameter column: Finite values, nil where missing. Missing values take no part and stay missing.
  /// - Returns: The column with a report of what was touched.
  /// - Complexity: O(units × allowance), and about 100 × units for a Box–Cox exponent.
  public func apply(to column: [Double?]) -> TreatedColumn {
    let present = column.compactMap { $0 }
    let before = SampleStatistics.shape(present)
    func report(
      _ values: [Double?], _ outcome: TreatedColumn.Outcome, changes: [TreatedColumn.Change] = []
    ) -> TreatedColumn {
      let now = values.compactMap { $0 }
      return TreatedColumn(
        values: values, outcome: outcome, changes: changes, passes: passes(now),
        shapeBefore: before, shapeAfter: SampleStatistics.shape(now))
    }
    if passes(present) { return report(column, .untouched) }
    guard Set(present).count >= 3 else { return report(column, .tooFewDifferentValues) }
    let winsorised = winsorised(column)
    let changes = column.indices.compactMap { index -> TreatedColumn.Change? in
      guard let from = column[index], let to = winsorised[index], from != to else { return nil }
      return TreatedColumn.Change(index: index, from: from, to: to)
    }
    if passes(winsorised.compactMap { $0 }) {
      return report(winsorised, .winsorised, changes: changes)
    }
    let isSkewedDown = (before?.skewness ?? 0) < 0
    switch transformation {
    case .none:
      return report(
        winsorised, changes.isEmpty ? .untouched : .winsorised, changes: changes)
    case .log, .logTowardsSkew:
      let isMirrored = isSkewedDown && transformation == .logTowardsSkew
      let (values, offset) = Self.logTransformed(column, mirrored: isMirrored)
      return report(values, .logTransformed(offset: offset, mirrored: isMirrored))
    case .boxCox(let given):
      let offset = Self.boxCoxOffset(present)
      let exponent = given ?? Self.boxCoxExponent(of: present.map { $0 - offset }) ?? 1
      let values = column.map { $0.map { Self.boxCox($0 - offset, exponent: exponent) } }
      // A power may leave the range of numbers, or bring different values to one.
      let results = values.compactMap { $0 }
      guard results.allSatisfy(\.isUsable), Set(results).count == Set(present).count else {
        return report(column, .boxCoxLeft(exponent: exponent, offset: offset))
      }
      return report(values, .boxCoxTransformed(exponent: exponent, offset: offset))
    }
  }

  /// Moves the most extreme value, on the side to which the column is skewed, to the next, until the column
  /// passes or the allowance is used up. Never leaves fewer than two different values.
  func winsorised(_ column: [Double?]) -> [Double?] {
    var values = column
    let present = column.compactMap { $0 }
    let allowance = allowance(count: present.count)
    var touched = 0
    while touched < allowance {
      let now = values.compactMap { $0 }
      guard !passes(now), let shape = SampleStatistics.shape(now) else { return values }
      let sign = shape.skewness >= 0 ? 1.0 : -1.0
      let extreme = now.map { sign * $0 }.max().map { sign * $0 }
      guard let extreme,
        let next = now.filter({ $0 != extreme }).map({ sign * $0 }).max().map({ sign * $0 }),
        now.contains(where: { $0 != extreme && $0 != next })
      else { return values }
      for index in values.indices where values[index] == extreme { values[index] = next }
      // Values that were moved before are among those that moved now.
      touched = column.indices.count { column[$0] != values[$0] }
    }
    return values
  }

  /// A shifted logarithm that starts at one hundredth of the range, with what it subtracts from (or, mirrored,
  /// is subtracted from).
  static func logTransformed(
    _ column: [Double?], mirrored: Bool
  ) -> (values: [Double?], offset: Double) {
    let present = column.compactMap { $0 }
    guard let least = present.min(), let most = present.max(), least < most else {
      return (column, 0)
    }
    let margin = 0.01 * (most - least)
    return mirrored
      ? (column.map { $0.map { -log(most - $0 + margin) } }, most + margin)
      : (column.map { $0.map { log($0 - least + margin) } }, least - margin)
  }

  /// What is taken from values before a Box–Cox transformation: nothing if all are above 0, else what leaves
  /// the least at one hundredth of the range.
  static func boxCoxOffset(_ values: [Double]) -> Double {
    guard let least = values.min(), let most = values.max(), least <= 0 else { return 0 }
    return least - max(0.01 * (most - least), .leastNormalMagnitude)
  }

  /// (x^λ − 1) / λ, or ln x for λ = 0. Increasing in x for every λ.
  ///
  /// Source: Box, Cox 1964, doi:10.1111/j.2517-6161.1964.tb00553.x.
  static func boxCox(_ value: Double, exponent: Double) -> Double {
    exponent == 0 ? log(value) : expm1(exponent * log(value)) / exponent
  }

  /// The exponent λ of a Box–Cox transformation under which values are most likely a normal sample.
  ///
  /// Maximises the profile log-likelihood −n/2 ln s²(λ) + (λ − 1) Σ ln x, s² with n, over −10 … 10: the best of
  /// 101 even steps, then a golden-section search between its neighbours to 1e-10.
  ///
  /// - Parameter values: Above 0.
  /// - Returns: nil for fewer than three values, a constant, or a value that is not above 0.
  /// - Complexity: About 150 × values.
  public static func boxCoxExponent(of values: [Double]) -> Double? {
    guard values.count >= 3, let least = values.min(), let most = values.max(), least > 0,
      least < most
    else { return nil }
    let logarithms = values.map { log($0) }
    // Over values divided by their geometric mean the second term vanishes and powers stay moderate.
    let centre = SampleStatistics.mean(logarithms)
    let centred = logarithms.map { $0 - centre }
    func spread(_ exponent: Double) -> Double {
      let transformed =
        exponent == 0 ? centred : centred.map { expm1(exponent * $0) / exponent }
      let mean = SampleStatistics.mean(transformed)
      return transformed.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    }
    let grid = (0...100).map { Double($0 - 50) / 5 }
    let best = grid.indices.min { spread(grid[$0]) < spread(grid[$1]) } ?? 50
    var low = grid[max(best - 1, 0)]
    var high = grid[min(best + 1, 100)]
    let ratio = (5.0.squareRoot() - 1) / 2
    while high - low > 1e-10 {
      let first = high - ratio * (high - low)
      let second = low + ratio * (high - low)
      if spread(first) <= spread(second) { high = second } else { low = first }
    }
    return (low + high) / 2
  }
}
