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
    /// The values that errors are added to, one a unit: before outliers are treated.
    var values: [Double?]
    /// How outliers are then treated; nil for not at all.
    var treatment: OutlierTreatment?
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
        bases.append(try UncertainBase(try run.rerun(recipe), uncertainty))
      } catch {
        throw .invalidSpecification(
          field: "uncertainty", value: labels.joined(separator: " with "),
          expected: "alternatives that go together, for \(error)")
      }
    }
    return bases
  }

  private init(_ run: IndexRun, _ uncertainty: IndexUncertainty) throws(RiskIndexError) {
    choices = run.choices
    normalised = run.outcome.normalised
    scale = run.choices.shownScale(run.tree)
    errors = []
    guard !uncertainty.errors.isEmpty || uncertainty.imputedSpread != nil else { return }
    let treatment = try Self.treatment(run.recipe)
    // An error belongs to the figure, not to its logarithm.
    let source = treatment == nil ? run : try run.rerun(run.recipe.without(.treat))
    let leaves = run.framework.indicators + run.framework.supplements
    for (node, leaf) in leaves.enumerated() where !run.framework.isExposure(leaf.id) {
      let cells = uncertainty.errors(of: leaf.id, source.cells[node], in: run)
      guard !cells.isEmpty else { continue }
      let values = source.choices.columns[node]
      let isTreated =
        node < run.framework.indicators.count
        || run.recipe.weights.indicators[leaf.id, default: 0] > 0
      errors.append(
        ColumnErrors(
          node: node, isNeverNegative: values.allSatisfy { ($0 ?? 0) >= 0 }, values: values,
          treatment: isTreated ? treatment.map { $0.indicators[leaf.id] ?? $0.treatment } : nil,
          cells: cells))
    }
  }

  /// The step that treats outliers, if there is one.
  ///
  /// - Throws: ``RiskIndexError/invalidSpecification(field:value:expected:)`` where other steps on data follow.
  private static func treatment(_ recipe: IndexRecipe) throws(RiskIndexError) -> TreatmentStep? {
    let steps = recipe.steps.filter { ![.normalise, .weigh, .aggregate].contains($0.kind) }
    for (place, step) in steps.enumerated() {
      guard case .treat(let treatment) = step else { continue }
      guard place == steps.count - 1 else {
        throw .invalidSpecification(
          field: "uncertainty", value: "errors of figures",
          expected: "a recipe in which no other step on data follows the treatment of outliers")
      }
      return treatment
    }
    return nil
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

extension IndexUncertainty {
  /// The errors of the cells of an indicator that have any.
  fileprivate func errors(
    of indicator: String, _ cells: [IndicatorCell?], in run: IndexRun
  ) -> [UncertainBase.ColumnErrors.Cell] {
    let observed = cells.compactMap { $0?.origin == .imputed ? nil : $0?.value }
    return zip(run.result.units, cells).enumerated().compactMap { place, entry in
      let (unit, cell) = (entry.0.unit, entry.1)
      guard let cell else { return nil }
      var deviation = 0.0
      if cell.origin == .imputed, let spread = imputedSpread {
        deviation = observed.count > 1 ? spread * SampleStatistics.standardDeviation(observed) : 0
      } else if let error = errors.last(where: {
        ($0.indicator ?? indicator) == indicator && ($0.unit ?? unit) == unit
      }) {
        switch error.spread {
        case .relative(let share): deviation = share * abs(cell.value)
        case .absolute(let size): deviation = size
        }
      }
      guard deviation > 0 else { return nil }
      return UncertainBase.ColumnErrors.Cell(
        unit: place, deviation: deviation,
        key: RandomStreams.key("index:error:\(indicator):\(unit)"))
    }
  }
}
