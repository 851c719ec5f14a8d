/// What a dimension or the index is made up of in one run: its active parts and their weights.
struct GroupComposition {
  /// The active parts, in the tree's order.
  let parts: [Int]
  /// The weights of the active parts that have no fixed share, added up.
  let wholeWeight: Double
  private let weights: [Double]
  private let isFixed: [Bool]
  private let isAdmitted: [Bool]
  private let columns: [[Double?]]
  private let minimumCoverage: Double
  private let method: Aggregation
  private let parameters: AggregationParameters

  init(
    of group: Int, _ tree: IndexTree, _ outcome: IndexRunner.Outcome,
    _ choices: IndexRunner.Choices
  ) {
    parts = tree.parts(of: group).filter { outcome.isActive[$0] }
    isFixed = parts.map { choices.shares[$0] != nil }
    weights = parts.map { choices.shares[$0] ?? choices.weights[$0] }
    wholeWeight = zip(weights, isFixed).reduce(0) { $1.1 ? $0 : $0 + $1.0 }
    isAdmitted = parts.map { Self.isAdmitted($0, tree, choices) }
    columns = parts.map { outcome.values[$0] }
    minimumCoverage = choices.minimumCoverages[group - tree.indicatorCount]
    method = choices.aggregations[group - tree.indicatorCount]
    parameters = choices.aggregationParameters
  }

  /// Whether what a node comes to lies above the floor of a geometric mean already.
  private static func isAdmitted(
    _ node: Int, _ tree: IndexTree, _ choices: IndexRunner.Choices
  ) -> Bool {
    guard node >= tree.indicatorCount else { return false }
    let method = choices.aggregations[node - tree.indicatorCount]
    if method.needsTrueZero { return true }
    return !method.comparesUnits
      && tree.parts(of: node).allSatisfy { isAdmitted($0, tree, choices) }
  }

  /// What a unit has of the group, weighted so that the weights add up to 1.
  ///
  /// - Parameter terms: Is filled with one entry for each part that the unit has, in order.
  /// - Returns: False where that is too little.
  func terms(of unit: Int, into terms: inout [WeightedValue]) -> Bool {
    terms.removeAll(keepingCapacity: true)
    var had = 0.0
    var fixed = 0.0
    for index in parts.indices {
      guard columns[index][unit] != nil else {
        // What has a fixed share cannot be made up for by the rest.
        if isFixed[index] { return false }
        continue
      }
      if isFixed[index] { fixed += weights[index] } else { had += weights[index] }
    }
    // The tolerance is for sums of weights such as 1/3 + 1/3.
    guard had > 0, had / wholeWeight >= minimumCoverage - 1e-9 else { return false }
    for index in parts.indices {
      guard let value = columns[index][unit] else { continue }
      var weight = weights[index]
      if !isFixed[index] { weight = fixed > 0 ? weight / had * (1 - fixed) : weight / had }
      terms.append(
        WeightedValue(
          weight: weight,
          value: isAdmitted[index] ? value : method.admitted(value, parameters: parameters)))
    }
    return true
  }

  /// The parts that a unit has, in the order of ``terms(of:into:)``.
  func present(_ unit: Int) -> [Int] {
    parts.indices.filter { columns[$0][unit] != nil }.map { parts[$0] }
  }

  /// The aggregate by Copeland's method, which compares units.
  func outranking(unitCount: Int) -> [Double?] {
    let fixed = zip(weights, isFixed).reduce(0) { $1.1 ? $0 + $1.0 : $0 }
    let whole = zip(weights, isFixed).map { weight, isFixed in
      isFixed ? weight : weight / wholeWeight * (1 - fixed)
    }
    var terms: [WeightedValue] = []
    let isIn = (0..<unitCount).map { self.terms(of: $0, into: &terms) }
    // Who has too little is compared with nobody.
    let masked = columns.map { column in
      column.indices.map { isIn[$0] ? column[$0] : nil }
    }
    return OutrankingMatrix(columns: masked, weights: whole)
      .copelandScores(scale: parameters.copelandScale)
  }
}
