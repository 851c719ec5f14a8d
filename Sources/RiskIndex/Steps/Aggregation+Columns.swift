extension Aggregation {
  /// Aggregates columns of normalised values, unit by unit.
  ///
  /// A missing value takes no part: the weights of what a unit has are taken to 1. A unit without any value
  /// with a weight has no aggregate.
  ///
  /// - Parameters:
  ///   - columns: One an indicator or group, each with one value a unit.
  ///   - weights: One a column, none negative; they need not add up to 1.
  ///   - parameters: What the method needs beside.
  ///   - areAdmitted: True where values came out of a mean with the same floor and are not to be moved again.
  /// - Returns: One aggregate a unit.
  /// - Throws: ``RiskIndexError/invalidSpecification(field:value:expected:)`` where a geometric or harmonic
  ///   mean meets a value that is not above 0.
  /// - Complexity: O(units × columns); O(units² × columns) for ``copeland``.
  public func aggregate(
    columns: [[Double?]], weights: [Double],
    parameters: AggregationParameters = AggregationParameters(), areAdmitted: Bool = false
  ) throws(RiskIndexError) -> [Double?] {
    precondition(columns.count == weights.count, "a weight a column")
    precondition(weights.allSatisfy { $0 >= 0 }, "weights are not negative")
    if self == .copeland {
      return OutrankingMatrix(columns: columns, weights: weights)
        .copelandScores(scale: parameters.copelandScale)
    }
    var result: [Double?] = []
    result.reserveCapacity(columns.first?.count ?? 0)
    for unit in 0..<(columns.first?.count ?? 0) {
      var values: [WeightedValue] = []
      for (column, weight) in zip(columns, weights) where weight > 0 {
        guard let value = column[unit] else { continue }
        let taken = areAdmitted ? value : admitted(value, parameters: parameters)
        guard !needsTrueZero || taken > 0 else {
          throw .invalidSpecification(
            field: "aggregation", value: rawValue,
            expected: "values above 0 for it; found \(taken)")
        }
        values.append(WeightedValue(weight: weight, value: taken))
      }
      let sum = values.reduce(0) { $0 + $1.weight }
      guard sum > 0 else {
        result.append(nil)
        continue
      }
      for index in values.indices { values[index].weight /= sum }
      result.append(aggregate(values, parameters: parameters))
    }
    return result
  }
}
