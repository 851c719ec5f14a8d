extension IndexFramework {
  /// Checks identifiers, the tree, goalposts and weights.
  ///
  /// - Parameter file: What the error calls the framework.
  /// - Throws: ``RiskIndexError/invalidFramework(file:indicator:field:value:expected:)`` for the first
  ///   fault.
  func validate(file: String) throws(RiskIndexError) {
    func fault(
      _ indicator: String?, _ field: String, _ value: String, _ expected: String
    ) -> RiskIndexError {
      .invalidFramework(
        file: file, indicator: indicator, field: field, value: value, expected: expected)
    }
    guard !dimensions.isEmpty else { throw fault(nil, "dimensions", "[]", "at least one") }
    guard !indicators.isEmpty else { throw fault(nil, "indicators", "[]", "at least one") }
    let dimensionIDs = dimensions.map(\.id)
    if let id = firstRepeated(dimensionIDs) {
      throw fault(nil, "dimensions", id, "each identifier once")
    }
    if let id = firstRepeated(tableIdentifiers) {
      throw fault(id, "id", id, "each identifier once")
    }
    var parents: [String: String] = [:]
    for dimension in dimensions { parents[dimension.id] = dimension.parent }
    for dimension in dimensions {
      if let parent = dimension.parent, !dimensionIDs.contains(parent) {
        throw fault(
          dimension.id, "parent", parent, "one of \(dimensionIDs.joined(separator: ", "))")
      }
      if let circle = Self.circle(from: dimension.id, parents) {
        throw fault(
          dimension.id, "parent", circle.joined(separator: " in "), "a tree without circles")
      }
    }
    for indicator in indicators + supplements {
      guard dimensionIDs.contains(indicator.dimension) else {
        throw fault(
          indicator.id, "dimension", indicator.dimension,
          "one of \(dimensionIDs.joined(separator: ", "))")
      }
      if let posts = indicator.goalposts,
        !(posts.low.isUsable && posts.high.isUsable && posts.low < posts.high)
      {
        throw fault(
          indicator.id, "goalposts", "\(posts.low), \(posts.high)", "finite, low below high")
      }
      if let target = indicator.target, !target.isUsable {
        throw fault(indicator.id, "target", "\(target)", "a finite number")
      }
      if let denominator = indicator.denominator, !tableIdentifiers.contains(denominator) {
        let near = nearestNames(to: denominator, among: tableIdentifiers)
        throw fault(
          indicator.id, "denominator", denominator,
          "an indicator or context variable; nearest: \(near.joined(separator: ", "))")
      }
    }
    for supplement in supplements {
      if let weight = supplement.weight, weight != 0 {
        throw fault(
          supplement.id, "weight", "\(weight)", "none: only a recipe weighs a supplement")
      }
    }
    if let problem = weightProblem(dimensions.filter { $0.parent == nil }.map(\.weight)) {
      throw fault(nil, "dimensions' weight", problem, weightRule)
    }
    for dimension in dimensions {
      let parts = dimensions.filter { $0.parent == dimension.id }
      let members = indicators.filter { $0.dimension == dimension.id }
      guard let first = members.first?.id ?? parts.first?.id else {
        throw fault(
          nil, "dimension", dimension.id, "at least one indicator or dimension in it")
      }
      if let problem = weightProblem(parts.map(\.weight) + members.map(\.weight)) {
        throw fault(first, "weight in \(dimension.id)", problem, weightRule)
      }
    }
  }

  /// The dimensions that lead from one back to itself, or nil where the way up ends at the index.
  private static func circle(from dimension: String, _ parents: [String: String]) -> [String]? {
    var way = [dimension]
    var next = parents[dimension]
    while let parent = next {
      way.append(parent)
      if parent == dimension { return way }
      // A circle further up is told by a dimension that lies on it.
      guard way.count <= parents.count else { return nil }
      next = parents[parent]
    }
    return nil
  }
}

private let weightRule = "weights for all or none, none negative, with the sum 1"

/// What is wrong with the stated weights of one group, or nil.
private func weightProblem(_ weights: [Double?]) -> String? {
  let stated = weights.compactMap { $0 }
  if stated.isEmpty { return nil }
  guard stated.count == weights.count else { return "\(stated.count) of \(weights.count) stated" }
  return weightSumProblem(stated)
}

/// What is wrong with weights that should be non-negative with the sum 1 (to 1e-6), or nil.
func weightSumProblem(_ weights: [Double]) -> String? {
  if let bad = weights.first(where: { !($0.isFinite && $0 >= 0) }) { return "\(bad)" }
  let sum = weights.reduce(0, +)
  return abs(sum - 1) <= 1e-6 ? nil : "sum \(sum)"
}

/// The first element that stands in the list a second time, or nil.
func firstRepeated(_ names: [String]) -> String? {
  var seen: Set<String> = []
  return names.first { !seen.insert($0).inserted }
}
