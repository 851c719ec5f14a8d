/// The weights that a specification comes to.
struct ResolvedWeights {
  /// By dimension, with the sum 1.
  var dimension: [String: Double] = [:]
  /// By indicator or supplement, with the sum 1 in each dimension.
  var indicator: [String: Double] = [:]
}

extension RiskSpecification {
  /// Checks the specification and spells out its weights.
  ///
  /// - Throws: `invalidSpecification` or `invalidFramework` of ``RiskIndexError``.
  func resolvedWeights() throws(RiskIndexError) -> ResolvedWeights {
    try framework.validate(file: framework.name)
    for aggregation in [withinDimensions, acrossDimensions]
    where ![.arithmetic, .geometric].contains(aggregation) {
      throw .invalidSpecification(
        field: "aggregation", value: aggregation.rawValue, expected: "arithmetic or geometric")
    }
    guard [.goalpost, .minMax, .z].contains(normalisation) else {
      throw .invalidSpecification(
        field: "normalisation", value: normalisation.rawValue, expected: "goalpost, min-max or z")
    }
    if normalisation == .z && (withinDimensions == .geometric || acrossDimensions == .geometric) {
      throw .invalidSpecification(
        field: "normalisation", value: normalisation.rawValue,
        expected: "goalpost or min-max with geometric aggregation, for z has no true zero")
    }
    guard (0...1).contains(minimumCoverage) else {
      throw .invalidSpecification(
        field: "minimum coverage", value: "\(minimumCoverage)", expected: "a share from 0 to 1")
    }
    try checkExposure()
    var resolved = ResolvedWeights()
    resolved.dimension = try resolvedDimensionWeights()
    let known = (framework.indicators + framework.supplements).map(\.id)
    for id in indicatorWeights.keys.sorted() where !known.contains(id) {
      throw .unknownIndicator(
        place: nil, indicator: id, nearest: nearestNames(to: id, among: known))
    }
    for dimension in framework.dimensions {
      let members = framework.indicators.filter { $0.dimension == dimension.id }
      let supplements = framework.supplements.filter { $0.dimension == dimension.id }
      let given = (members + supplements).compactMap { indicatorWeights[$0.id] }
      if given.isEmpty {
        for member in members {
          resolved.indicator[member.id] = member.weight ?? 1 / Double(members.count)
        }
      } else if let problem = weightSumProblem(given) {
        throw .invalidSpecification(
          field: "indicator weights of \(dimension.id)", value: problem,
          expected: "none negative, with the sum 1")
      } else {
        for member in members + supplements {
          resolved.indicator[member.id] = indicatorWeights[member.id] ?? 0
        }
      }
    }
    return resolved
  }

  private func resolvedDimensionWeights() throws(RiskIndexError) -> [String: Double] {
    let ids = framework.dimensions.map(\.id)
    guard let dimensionWeights else {
      let equal = 1 / Double(ids.count)
      return Dictionary(
        uniqueKeysWithValues: framework.dimensions.map { ($0.id, $0.weight ?? equal) })
    }
    for id in dimensionWeights.keys.sorted() where !ids.contains(id) {
      throw .invalidSpecification(
        field: "dimension weights", value: id, expected: "one of \(ids.joined(separator: ", "))")
    }
    if let problem = weightSumProblem(ids.compactMap { dimensionWeights[$0] }) {
      throw .invalidSpecification(
        field: "dimension weights", value: problem, expected: "none negative, with the sum 1")
    }
    return dimensionWeights
  }

  private func checkExposure() throws(RiskIndexError) {
    guard let exposure else { return }
    guard exposure.weight >= 0, exposure.weight < 1 else {
      throw .invalidSpecification(
        field: "exposure weight", value: "\(exposure.weight)",
        expected: "a share of the score, at least 0 and below 1")
    }
    for (unit, value) in exposure.values.sorted(by: { $0.key < $1.key }) where !value.isUsable {
      throw .notFinite(unit: unit, indicator: exposure.name, value: value)
    }
    if let posts = exposure.goalposts,
      !(posts.low.isUsable && posts.high.isUsable && posts.low < posts.high)
    {
      throw .invalidSpecification(
        field: "exposure goalposts", value: "\(posts.low), \(posts.high)",
        expected: "finite, low below high")
    }
  }
}
