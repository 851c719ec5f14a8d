extension IndexRecipe {
  /// Checks what can be checked without data: the order of the steps, names, and methods that exclude one
  /// another.
  ///
  /// - Throws: `invalidSpecification` or `unknownIndicator` of ``RiskIndexError``.
  func check(_ framework: IndexFramework, tree: IndexTree) throws(RiskIndexError) {
    try checkOrder()
    try checkNormalisation(framework)
    try checkAggregation(framework, tree)
  }

  private func checkOrder() throws(RiskIndexError) {
    let kinds = steps.map(\.kind)
    for kind in [IndexStep.Kind.normalise, .weigh, .aggregate] {
      let count = kinds.count { $0 == kind }
      guard count == 1 || (count == 0 && kind == .weigh) else {
        throw .invalidSpecification(
          field: "steps", value: "\(count) of \(kind.rawValue)", expected: "one")
      }
    }
    guard kinds.last == .aggregate else {
      throw .invalidSpecification(
        field: "the last step", value: kinds.last?.rawValue ?? "", expected: "aggregate")
    }
    let after = kinds.drop { $0 != .normalise }.dropFirst()
    if let step = after.first(where: { $0 != .weigh && $0 != .aggregate }) {
      throw .invalidSpecification(
        field: "step after normalise", value: step.rawValue, expected: "weigh or aggregate")
    }
  }

  private func checkNormalisation(_ framework: IndexFramework) throws(RiskIndexError) {
    let step = normalisation
    let known = (framework.indicators + framework.supplements).map(\.id)
    for id in step.indicators.keys.sorted() where !known.contains(id) {
      throw .unknownIndicator(
        place: nil, indicator: id, nearest: nearestNames(to: id, among: known))
    }
    let parameters = step.parameters
    guard parameters.low.isFinite, parameters.high.isFinite, parameters.low < parameters.high else {
      throw .invalidSpecification(
        field: "normalisation range", value: "\(parameters.low), \(parameters.high)",
        expected: "finite, low below high")
    }
    guard parameters.mean.isFinite, parameters.deviation.isFinite, parameters.deviation > 0 else {
      throw .invalidSpecification(
        field: "normalisation mean and deviation",
        value: "\(parameters.mean), \(parameters.deviation)", expected: "finite, deviation above 0")
    }
    let methods = [step.method] + step.indicators.values
    if methods.contains(.z), usedAggregations.contains(where: \.needsTrueZero) {
      throw .invalidSpecification(
        field: "normalisation", value: Normalisation.z.rawValue,
        expected: "another one with geometric or harmonic aggregation, for z has no true zero")
    }
  }

  /// The methods that some dimension may be aggregated by.
  private var usedAggregations: [Aggregation] {
    aggregation.levels + aggregation.dimensions.values
  }

  private func checkAggregation(
    _ framework: IndexFramework, _ tree: IndexTree
  ) throws(RiskIndexError) {
    let step = aggregation
    guard (1...tree.topLevel - 1).contains(step.levels.count) else {
      throw .invalidSpecification(
        field: "aggregation levels", value: "\(step.levels.count)",
        expected: "1 to \(tree.topLevel - 1), for the levels from 2 to \(tree.topLevel)")
    }
    let ids = framework.dimensions.map(\.id)
    let named = Array(step.dimensions.keys) + Array(step.minimumCoverages.keys)
    for id in named.sorted() where !ids.contains(id) {
      throw .invalidSpecification(
        field: "aggregation of", value: id, expected: "one of \(ids.joined(separator: ", "))")
    }
    for share in [step.minimumCoverage] + step.minimumCoverages.values
    where !(0...1).contains(share) {
      throw .invalidSpecification(
        field: "minimum coverage", value: "\(share)", expected: "a share from 0 to 1")
    }
    if let floor = step.parameters.floor, !(floor > 0 && floor < 1) {
      throw .invalidSpecification(
        field: "aggregation floor", value: "\(floor)", expected: "above 0 and below 1")
    }
    guard step.parameters.owaExponent.isFinite, step.parameters.owaExponent > 0 else {
      throw .invalidSpecification(
        field: "owa exponent", value: "\(step.parameters.owaExponent)",
        expected: "a number above 0")
    }
  }
}
