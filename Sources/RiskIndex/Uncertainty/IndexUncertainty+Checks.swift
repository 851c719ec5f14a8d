extension IndexUncertainty {
  /// Checks names and sizes against an index.
  ///
  /// - Throws: `invalidSpecification`, `unknownIndicator` or `unknownUnit` of ``RiskIndexError``.
  func check(_ run: IndexRun) throws(RiskIndexError) {
    var kinds: Set<IndexStep.Kind> = []
    for choice in alternatives {
      guard !choice.steps.isEmpty,
        choice.steps.allSatisfy({ $0.map { $0.kind == choice.kind } ?? true })
      else {
        throw .invalidSpecification(
          field: "alternatives of \(choice.kind.noun)", value: "\(choice.steps.count)",
          expected: "at least one step, all of that kind")
      }
      guard kinds.insert(choice.kind).inserted else {
        throw .invalidSpecification(
          field: "alternatives", value: choice.kind.noun, expected: "each kind once")
      }
      guard choice.kind.mayVary else {
        throw .invalidSpecification(
          field: "alternatives", value: choice.kind.noun,
          expected: "steps that leave the same units to be ranked")
      }
    }
    if let spread = weightSpread, !(spread > 0 && spread < 1) {
      throw .invalidSpecification(
        field: "spread of weights", value: "\(spread)", expected: "a share above 0 and below 1")
    }
    if let spread = imputedSpread, !(spread > 0 && spread.isFinite) {
      throw .invalidSpecification(
        field: "spread of imputed cells", value: "\(spread)", expected: "a number above 0")
    }
    let indicators = (run.framework.indicators + run.framework.supplements).map(\.id)
      .filter { !run.framework.isExposure($0) }
    let units = run.result.units.map(\.unit)
    for error in errors {
      let size: Double
      switch error.spread {
      case .relative(let share): size = share
      case .absolute(let deviation): size = deviation
      }
      guard size > 0, size.isFinite else {
        throw .invalidSpecification(
          field: "data error of \(error.indicator ?? "all indicators")", value: "\(size)",
          expected: "a number above 0")
      }
      if let indicator = error.indicator, !indicators.contains(indicator) {
        throw .unknownIndicator(
          place: nil, indicator: indicator, nearest: nearestNames(to: indicator, among: indicators))
      }
      if let unit = error.unit, !units.contains(unit) {
        throw .unknownUnit(place: nil, unit: unit, nearest: nearestNames(to: unit, among: units))
      }
    }
    if case .oneOf(let names) = leftOut {
      for name in names where !indicators.contains(name) {
        throw .unknownIndicator(
          place: nil, indicator: name, nearest: nearestNames(to: name, among: indicators))
      }
    }
  }

  /// The indicators that may be left out: those asked for that take part.
  func leftOutNodes(_ run: IndexRun) -> [Int] {
    let leaves = run.framework.indicators + run.framework.supplements
    return leaves.indices.filter { node in
      guard run.outcome.isActive[node], !run.framework.isExposure(leaves[node].id) else {
        return false
      }
      return switch leftOut {
      case .nothing: false
      case .anyIndicator: true
      case .oneOf(let names): names.contains(leaves[node].id)
      }
    }
  }
}

extension IndexStep.Kind {
  /// Whether another step of the kind leaves the same units to be ranked.
  var mayVary: Bool { self != .screen }
}
