extension WeightStep {
  /// The weight of each node but the index, with the sum 1 among the parts of one whole; exposure, which
  /// has a share and no weight, has 0.
  ///
  /// - Throws: `invalidSpecification` or `unknownIndicator` of ``RiskIndexError``.
  func resolved(_ framework: IndexFramework, tree: IndexTree) throws(RiskIndexError) -> [Double] {
    let leaves = framework.indicators + framework.supplements
    try checkNames(framework, leaves: leaves.map(\.id))
    let ids = leaves.map(\.id) + framework.dimensions.map(\.id)
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

  private static func isSupplement(
    _ node: Int, _ framework: IndexFramework, _ tree: IndexTree
  ) -> Bool {
    (framework.indicators.count..<tree.indicatorCount).contains(node)
  }

  private func stated(_ node: Int, _ framework: IndexFramework, _ tree: IndexTree) -> Double? {
    guard method == .framework else { return nil }
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
  }
}
