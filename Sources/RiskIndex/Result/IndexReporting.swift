/// Puts names to what a runner came to.
struct IndexReporting {
  let framework: IndexFramework
  let tree: IndexTree
  let units: [IndicatorData.Unit]
  /// By node, before normalisation.
  let cells: [[IndicatorCell?]]
  let choices: IndexRunner.Choices
  let outcome: IndexRunner.Outcome
  let exposure: IndexExposure?
  /// Indicators and supplements, by node.
  let leaves: [Indicator]
  /// What each dimension and the index is made up of, by node less the number of indicators.
  let compositions: [GroupComposition]
  /// The indicators at any depth of each dimension and of the index that coverage counts, by node less
  /// the number of indicators.
  private let counted: [[Int]]

  init(
    framework: IndexFramework, tree: IndexTree, units: [IndicatorData.Unit],
    cells: [[IndicatorCell?]], choices: IndexRunner.Choices, outcome: IndexRunner.Outcome,
    exposure: IndexExposure?
  ) {
    self.framework = framework
    self.tree = tree
    self.units = units
    self.cells = cells
    self.choices = choices
    self.outcome = outcome
    self.exposure = exposure
    leaves = framework.indicators + framework.supplements
    compositions = (tree.indicatorCount..<tree.nodeCount).map {
      GroupComposition(of: $0, tree, outcome, choices)
    }
    var counted = [[Int]](repeating: [], count: tree.groupCount + 1)
    for (leaf, indicator) in leaves.enumerated() {
      let isListed = leaf < framework.indicators.count || choices.weights[leaf] > 0
      guard isListed, !framework.isExposure(indicator.id) else { continue }
      var next = tree.parents[leaf]
      while next >= 0 {
        counted[next - tree.indicatorCount].append(leaf)
        next = tree.parents[next]
      }
    }
    self.counted = counted
  }

  /// The indicators that results list: those of the framework, and supplements and exposure that weigh
  /// or are asked for.
  func isListed(_ leaf: Int) -> Bool {
    leaf < framework.indicators.count || choices.weights[leaf] > 0
  }

  /// What a value on the common scale is shown as: points of 100, but places and wins as they are.
  var scale: Double { choices.shownScale(tree) }

  /// The result with ranks and warnings.
  ///
  /// - Parameter ofSteps: What is to be said of the steps before normalisation.
  /// - Throws: ``RiskIndexError/nothingToScore(warnings:)``.
  func result(
    unitsLeftAside: [String], ofSteps: [RiskWarning], isTreated: Bool, runner: IndexRunner
  ) throws(RiskIndexError) -> IndexResult {
    var warnings: [RiskWarning] = []
    if !unitsLeftAside.isEmpty { warnings.append(.unitsNotScored(units: unitsLeftAside)) }
    warnings +=
      ofSteps + columnWarnings(isTreated: isTreated) + exposureWarnings + dimensionWarnings
    let parts = tree.parts(of: tree.root)
    let hasDimensions = parts.contains { outcome.isActive[$0] && choices.shares[$0] == nil }
    guard hasDimensions else { throw .nothingToScore(warnings: warnings) }
    let isComplete = units.indices.map { runner.isComplete(outcome, unit: $0) }
    warnings += units.indices.compactMap { unitWarning($0, isComplete: isComplete[$0]) }
    warnings += thinUnitWarnings + doubleCounting
    let scores = outcome.values[tree.root].map { $0.map { $0 * scale } }
    let ranks = competitionRanks(units.indices.map { isComplete[$0] ? scores[$0] : nil })
    let dimensionRanks = framework.dimensions.indices.map { index in
      competitionRanks(
        outcome.values[tree.indicatorCount + index].map { $0.map { $0 * scale } })
    }
    return IndexResult(
      units: units.indices.map { unit in
        let parts = contributions(of: unit)
        return UnitScore(
          unit: units[unit].id, name: units[unit].name, score: scores[unit], rank: ranks[unit],
          isComplete: isComplete[unit], coverage: coverage(of: tree.root, unit: unit),
          dimensions: framework.dimensions.indices.map { index in
            dimensionScore(index, unit: unit, parts: parts, rank: dimensionRanks[index][unit])
          },
          indicators: leaves.indices.filter(isListed).map {
            indicatorScore($0, unit: unit, parts: parts)
          })
      }, warnings: warnings)
  }

  private func dimensionScore(
    _ index: Int, unit: Int, parts: Contributions, rank: Int?
  ) -> DimensionScore {
    let (node, dimension) = (tree.indicatorCount + index, framework.dimensions[index])
    return DimensionScore(
      id: dimension.id, name: dimension.name, parent: dimension.parent, level: tree.levels[node],
      score: outcome.values[node][unit].map { $0 * scale }, rank: rank, weight: parts.weights[node],
      contribution: parts.amounts[node], coverage: coverage(of: node, unit: unit))
  }

  private func indicatorScore(_ leaf: Int, unit: Int, parts: Contributions) -> IndicatorScore {
    let indicator = leaves[leaf]
    return IndicatorScore(
      id: indicator.id, name: indicator.name, dimension: indicator.dimension,
      cell: cells[leaf][unit], normalised: outcome.normalised[leaf].values[unit].map { $0 * scale },
      weight: parts.weights[leaf], contribution: parts.amounts[leaf])
  }

  /// Whether a cell has a value that was not put in where there was none.
  private func isKnown(_ cell: IndicatorCell?) -> Bool {
    cell.map { $0.origin != .imputed } ?? false
  }

  /// How many of the counted indicators at any depth have a value of their own.
  private func coverage(of node: Int, unit: Int) -> Coverage {
    let leaves = counted[node - tree.indicatorCount]
    return Coverage(
      available: leaves.count { isKnown(cells[$0][unit]) }, total: leaves.count)
  }
}
