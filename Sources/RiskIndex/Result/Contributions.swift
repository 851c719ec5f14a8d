/// What each part of one unit's score weighs and adds, by node.
struct Contributions {
  /// Shares of the score; 0 for what takes no part.
  var weights: [Double]
  /// Nil for what takes no part, and where a method lets nothing add up.
  var amounts: [Double?]
}

extension IndexReporting {
  /// The parts of a unit's score, from the index down; all none for a unit without a score.
  func contributions(of unit: Int) -> Contributions {
    var parts = Contributions(
      weights: Array(repeating: 0, count: tree.nodeCount),
      amounts: Array(repeating: nil, count: tree.nodeCount))
    guard outcome.values[tree.root][unit] != nil else { return parts }
    parts.weights[tree.root] = 1
    var terms: [WeightedValue] = []
    for group in tree.upward.reversed() where parts.weights[group] > 0 {
      let composition = compositions[group - tree.indicatorCount]
      guard composition.terms(of: unit, into: &terms) else { continue }
      let method = choices.aggregations[group - tree.indicatorCount]
      let amounts = amounts(of: terms, by: method, isIndex: group == tree.root)
      for (place, part) in composition.present(unit).enumerated() {
        parts.weights[part] = terms[place].weight * parts.weights[group]
        guard let amounts else { continue }
        let amount =
          group == tree.root ? amounts[place] : parts.amounts[group].map { $0 * amounts[place] }
        // ln 1 makes a zero with a sign, which means nothing.
        parts.amounts[part] = amount.map { $0 == 0 ? 0 : $0 }
      }
    }
    return parts
  }

  /// Points of the score where the index is an arithmetic mean; else shares of the whole.
  private func amounts(
    of terms: [WeightedValue], by method: Aggregation, isIndex: Bool
  ) -> [Double]? {
    let parameters = choices.aggregationParameters
    switch method {
    case .copeland: return nil
    case .arithmetic where isIndex, .owa where isIndex:
      return method.terms(terms, parameters: parameters).map { $0 * scale }
    default: return method.shares(terms, parameters: parameters)
    }
  }
}
