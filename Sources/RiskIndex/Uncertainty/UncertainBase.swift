import Sampling

/// One combination of steps, run once: what re-runs by it start from.
struct UncertainBase: Sendable {
  /// The errors of the figures of one indicator.
  struct ColumnErrors: Sendable {
    struct Cell: Sendable {
      var unit: Int
      var deviation: Double
      var key: UInt64
    }
    var node: Int
    /// Whether no value of the column is negative, so that none becomes so.
    var isNeverNegative: Bool
    var cells: [Cell]
  }

  var choices: IndexRunner.Choices
  var normalised: [NormalisedColumn]
  /// What a value on the common scale is shown as.
  var scale: Double
  var errors: [ColumnErrors]

  /// All combinations, the last kind of step varying fastest.
  ///
  /// - Throws: ``RiskIndexError/invalidSpecification(field:value:expected:)`` naming a combination that cannot
  ///   be run, and why.
  static func all(
    _ run: IndexRun, _ uncertainty: IndexUncertainty
  ) throws(RiskIndexError) -> [UncertainBase] {
    var combinations: [(recipe: IndexRecipe, labels: [String])] = [(run.recipe, [])]
    for choice in uncertainty.alternatives {
      combinations = combinations.flatMap { before in
        zip(choice.steps, choice.labels).map { step, label in
          (
            step.map { before.recipe.replacing($0) } ?? before.recipe.without(choice.kind),
            before.labels + ["\(choice.kind.noun) \(label)"]
          )
        }
      }
      guard combinations.count <= UncertainIndex.largestCombinationCount else {
        throw .invalidSpecification(
          field: "uncertainty", value: "\(combinations.count) combinations of steps",
          expected: "at most \(UncertainIndex.largestCombinationCount)")
      }
    }
    var bases: [UncertainBase] = []
    for (recipe, labels) in combinations {
      do {
        bases.append(UncertainBase(try run.rerun(recipe), uncertainty))
      } catch {
        throw .invalidSpecification(
          field: "uncertainty", value: labels.joined(separator: " with "),
          expected: "alternatives that go together, for \(error)")
      }
    }
    return bases
  }

  private init(_ run: IndexRun, _ uncertainty: IndexUncertainty) {
    choices = run.choices
    normalised = run.outcome.normalised
    scale = run.choices.shownScale(run.tree)
    let leaves = run.framework.indicators + run.framework.supplements
    let units = run.result.units.map(\.unit)
    errors = []
    for (node, leaf) in leaves.enumerated() where !run.framework.isExposure(leaf.id) {
      let values = run.choices.columns[node]
      let observed = run.cells[node].compactMap { $0?.origin == .imputed ? nil : $0?.value }
      var cells: [ColumnErrors.Cell] = []
      for (place, unit) in units.enumerated() {
        guard let value = values[place] else { continue }
        var deviation = 0.0
        if run.cells[node][place]?.origin == .imputed, let spread = uncertainty.imputedSpread {
          deviation = observed.count > 1 ? spread * SampleStatistics.standardDeviation(observed) : 0
        } else if let error = uncertainty.errors.last(where: {
          ($0.indicator == nil || $0.indicator == leaf.id) && ($0.unit == nil || $0.unit == unit)
        }) {
          deviation =
            switch error.spread {
            case .relative(let share): share * abs(value)
            case .absolute(let size): size
            }
        }
        guard deviation > 0 else { continue }
        cells.append(
          ColumnErrors.Cell(
            unit: place, deviation: deviation,
            key: RandomStreams.key("index:error:\(leaf.id):\(unit)")))
      }
      guard !cells.isEmpty else { continue }
      errors.append(
        ColumnErrors(
          node: node, isNeverNegative: values.allSatisfy { ($0 ?? 0) >= 0 }, cells: cells))
    }
  }

  /// The nodes whose weights, or shares, matter: active in some combination, and not alone in their whole.
  static func weightNodes(_ bases: [UncertainBase], tree: IndexTree) -> [Int] {
    (0..<tree.root).filter { node in
      bases.contains { base in
        guard base.choices.weighs(node) else { return false }
        let siblings = tree.parts(of: tree.parents[node])
        return siblings.contains { $0 != node && base.choices.weighs($0) }
      }
    }
  }

  /// Whether the scores of all combinations are on one scale: all normalise alike, or all onto the same bounds.
  static func areComparable(_ bases: [UncertainBase], tree: IndexTree) -> Bool {
    func scale(_ base: UncertainBase) -> [ClosedRange<Double>?] {
      (0..<tree.indicatorCount).filter { base.choices.weights[$0] > 0 }.map { node in
        base.choices.normalisations[node].bounds(
          unitCount: base.choices.columns[node].count { $0 != nil },
          parameters: base.choices.normalisationParameters[node])
      }
    }
    guard let first = bases.first else { return true }
    let bounds = scale(first)
    return bases.dropFirst().allSatisfy { base in
      guard base.scale == first.scale else { return false }
      if base.choices.normalisations == first.choices.normalisations { return true }
      return !bounds.contains(nil) && scale(base) == bounds
    }
  }
}

extension IndexRunner.Choices {
  /// What a value on the common scale is shown as: points of 100, but places and wins as they are.
  func shownScale(_ tree: IndexTree) -> Double {
    let top = aggregations[tree.root - tree.indicatorCount]
    if top == .copeland { return aggregationParameters.copelandScale == .share ? 100 : 1 }
    return Set(normalisations).isSubset(of: [.rank, .borda]) ? 1 : 100
  }
}
