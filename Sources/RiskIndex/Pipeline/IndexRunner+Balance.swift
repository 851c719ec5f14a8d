extension IndexRunner {
  /// Makes the parts of the index weigh so that each correlates with the index alike.
  ///
  /// - Parameters:
  ///   - choices: Their weights are replaced.
  ///   - outcome: What the choices come to as they are.
  ///   - names: Of the dimensions.
  /// - Returns: The weights before and after, with the correlations.
  /// - Throws: ``RiskIndexError/invalidSpecification(field:value:expected:)`` where a part has no
  ///   correlation with the index, and what ``outcome(_:)`` throws.
  func balance(
    _ choices: inout Choices, _ outcome: Outcome, names: [String]
  ) throws(RiskIndexError) -> [StepRecord.Touch] {
    let parts = tree.parts(of: tree.root).filter {
      outcome.isActive[$0] && choices.shares[$0] == nil
    }
    // Exposure has its share in any case and is left out of the balance.
    var trial = choices
    for node in trial.shares.keys { trial.shares[node] = 0 }
    let found = try BalancedWeights.find(elements: parts.map { outcome.values[$0] }) {
      (weights: [Double]) throws(RiskIndexError) -> [Double?] in
      for (part, weight) in zip(parts, weights) { trial.weights[part] = weight }
      return try self.outcome(trial, normalised: outcome.normalised).values[tree.root]
    }
    guard let found else {
      throw .invalidSpecification(
        field: "weights", value: WeightStep.Method.balanced.rawValue,
        expected: "dimensions that correlate with the index over three units or more")
    }
    var touched: [StepRecord.Touch] = []
    for (place, part) in parts.enumerated() {
      touched.append(
        .init(
          part: names[part - tree.indicatorCount], before: choices.weights[part],
          after: found.weights[place],
          note: "correlation \(found.correlations[place])"
            + (found.isBalanced ? "" : ", as near to balance as it comes")))
      choices.weights[part] = found.weights[place]
    }
    return touched
  }
}
