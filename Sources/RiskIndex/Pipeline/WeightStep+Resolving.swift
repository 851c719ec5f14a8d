extension WeightStep {
  /// Whether the step fits a framework: names that it has, parts that are compared whole, sums of 1.
  ///
  /// - Throws: `invalidSpecification` or `unknownIndicator` of ``RiskIndexError``.
  public func validate(_ framework: IndexFramework) throws(RiskIndexError) {
    _ = try resolved(framework, tree: IndexTree(framework))
  }

  /// The weight of each node but the index, with the sum 1 among the parts of one whole; exposure, which
  /// has a share and no weight, has 0.
  ///
  /// - Throws: `invalidSpecification` or `unknownIndicator` of ``RiskIndexError``.
  func resolved(_ framework: IndexFramework, tree: IndexTree) throws(RiskIndexError) -> [Double] {
    let leaves = framework.indicators + framework.supplements
    try checkNames(framework, leaves: leaves.map(\.id))
    let ids = leaves.map(\.id) + framework.dimensions.map(\.id)
    for judgement in judgements {
      return try giving(judgement, framework, tree, ids: ids).resolved(framework, tree: tree)
    }
    var weights = [Double](repeating: 0, count: tree.root)
    for whole in tree.indicatorCount..<tree.nodeCount {
      let name = whole == tree.root ? nil : ids[whole]
      // Exposure stands outside; a supplement counts for nothing unless it is named.
      let parts = tree.parts(of: whole).filter { !framework.isExposure(ids[$0]) }
      let given = parts.map { part in
        part < tree.indicatorCount ? indicators[ids[part]] : dimensions[ids[part]]
      }
      if given.allSatisfy({ $0 == nil }) {
        let members = parts.filter { !Self.isSupplement($0, framework, tree) }
        for part in members {
          weights[part] = stated(part, framework, tree) ?? 1 / Double(members.count)
        }
      } else if let problem = weightSumProblem(given.compactMap { $0 }) {
        let isOfDimensions = parts.first.map { $0 >= tree.indicatorCount } ?? true
        throw .invalidSpecification(
          field: name.map { "\(isOfDimensions ? "" : "indicator ")weights of \($0)" }
            ?? "dimension weights",
          value: problem, expected: "none negative, with the sum 1")
      } else {
        for (part, weight) in zip(parts, given) { weights[part] = weight ?? 0 }
      }
    }
    // The one part of exposure's dimension is all of it.
    for part in leaves.indices where framework.isExposure(ids[part]) { weights[part] = 1 }
    return weights
  }

  /// The same with the weights that judgements come to in their place.
  private func giving(
    _ judgement: Judgements, _ framework: IndexFramework, _ tree: IndexTree, ids: [String]
  ) throws(RiskIndexError) -> WeightStep {
    let place = judgement.whole.flatMap { ids.dropFirst(tree.indicatorCount).firstIndex(of: $0) }
    let name = judgement.whole ?? "the index"
    guard judgement.whole == nil || place != nil else {
      throw .invalidSpecification(
        field: "comparison of the parts of", value: name,
        expected: "one of \(framework.dimensions.map(\.id).joined(separator: ", "))")
    }
    var step = self
    step.judgements.removeAll { $0.whole == judgement.whole }
    let parts = tree.parts(of: place ?? tree.root).filter { !framework.isExposure(ids[$0]) }
    let named = Set(judgement.comparison.elements)
    let required = parts.filter { !Self.isSupplement($0, framework, tree) }.map { ids[$0] }
    guard named.isSubset(of: parts.map { ids[$0] }), named.isSuperset(of: required),
      named.count == judgement.comparison.elements.count
    else {
      throw .invalidSpecification(
        field: "comparison of the parts of \(name)",
        value: judgement.comparison.elements.joined(separator: ", "),
        expected: "its parts: \(required.joined(separator: ", "))")
    }
    for (id, weight) in zip(judgement.comparison.elements, judgement.comparison.weights) {
      if parts.contains(where: { $0 < tree.indicatorCount && ids[$0] == id }) {
        step.indicators[id] = weight
      } else {
        step.dimensions[id] = weight
      }
    }
    return step
  }

  private static func isSupplement(
    _ node: Int, _ framework: IndexFramework, _ tree: IndexTree
  ) -> Bool {
    (framework.indicators.count..<tree.indicatorCount).contains(node)
  }

  private func stated(_ node: Int, _ framework: IndexFramework, _ tree: IndexTree) -> Double? {
    guard method != .equal else { return nil }
    return node < tree.indicatorCount
      ? framework.indicators[node].weight
      : framework.dimensions[node - tree.indicatorCount].weight
  }

  private func checkNames(
    _ framework: IndexFramework, leaves: [String]
  ) throws(RiskIndexError) {
    for id in indicators.keys.sorted() where !leaves.contains(id) || framework.isExposure(id) {
      throw .unknownIndicator(
        place: nil, indicator: id, nearest: nearestNames(to: id, among: leaves))
    }
    let known = framework.dimensions.map(\.id)
    for id in dimensions.keys.sorted() where !known.contains(id) || framework.isExposure(id) {
      throw .invalidSpecification(
        field: "dimension weights", value: id, expected: "one of \(known.joined(separator: ", "))")
    }
    let top = framework.dimensions.filter { $0.parent == nil }.map(\.id)
    if method == .balanced,
      judgements.contains(where: { $0.whole == nil })
        || top.contains(where: { dimensions[$0] != nil })
    {
      throw .invalidSpecification(
        field: "weights of the parts of the index", value: "balanced and given as well",
        expected: "one of the two")
    }
  }
}
