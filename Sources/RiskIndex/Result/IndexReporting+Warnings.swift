extension IndexReporting {
  /// The indicators that count for something on every level up, exposure apart.
  private func weighs(_ node: Int) -> Bool {
    var next = node
    while next != tree.root {
      guard choices.weighs(next) else { return false }
      next = tree.parents[next]
    }
    return true
  }

  /// What is to be said of the values of indicators that weigh.
  ///
  /// - Parameter isTreated: Whether outliers were treated, which the record of that step tells.
  func columnWarnings(isTreated: Bool) -> [RiskWarning] {
    var warnings: [RiskWarning] = []
    var withoutGoalposts: [String] = []
    for group in tree.indicatorCount..<tree.root {
      for leaf in tree.parts(of: group) where leaf < tree.indicatorCount && weighs(leaf) {
        guard !framework.isExposure(leaves[leaf].id) else { continue }
        if outcome.normalised[leaf].fellBack { withoutGoalposts.append(leaves[leaf].id) }
        warnings += self.warnings(of: leaf, isTreated: isTreated)
      }
    }
    if !withoutGoalposts.isEmpty {
      warnings.append(.noGoalposts(indicators: withoutGoalposts))
    }
    return warnings
  }

  private func warnings(of leaf: Int, isTreated: Bool) -> [RiskWarning] {
    let (id, column) = (leaves[leaf].id, outcome.normalised[leaf])
    let present = cells[leaf].compactMap { $0 }
    var warnings: [RiskWarning] = []
    switch column.usability {
    case .constant: warnings.append(.constantIndicator(indicator: id))
    case .undefined(let reason): warnings.append(.undefinedIndicator(indicator: id, reason: reason))
    case .usable, .empty: break
    }
    if !column.clipped.isEmpty {
      warnings.append(.clipped(indicator: id, units: column.clipped.map { units[$0].id }))
    }
    if !isTreated, let shape = SampleStatistics.shape(present.map(\.value)),
      abs(shape.skewness) >= 2,
      shape.excessKurtosis >= 3.5
    {
      warnings.append(
        .outliers(
          indicator: id, skewness: shape.skewness, excessKurtosis: shape.excessKurtosis))
    }
    let years = Set(present.compactMap(\.year)).sorted()
    if years.count > 1 { warnings.append(.mixedYears(indicator: id, years: years)) }
    return warnings
  }

  /// What is to be said of exposure, if it has a share.
  var exposureWarnings: [RiskWarning] {
    guard let exposure, exposure.share > 0,
      let leaf = leaves.indices.first(where: { framework.isExposure(leaves[$0].id) })
    else { return [] }
    let column = outcome.normalised[leaf]
    var warnings: [RiskWarning] = []
    if column.usability == .constant { warnings.append(.constantExposure(name: exposure.name)) }
    if column.fellBack { warnings.append(.noGoalposts(indicators: [exposure.name])) }
    if !column.clipped.isEmpty {
      warnings.append(
        .clipped(indicator: exposure.name, units: column.clipped.map { units[$0].id }))
    }
    for (unit, cell) in zip(units, cells[leaf]) where cell == nil {
      warnings.append(.unitWithoutExposure(unit: unit.id))
    }
    return warnings
  }

  /// What is to be said of dimensions with little or nothing in them.
  var dimensionWarnings: [RiskWarning] {
    (tree.indicatorCount..<tree.root).compactMap { node in
      let id = framework.dimensions[node - tree.indicatorCount].id
      guard weighs(node), !framework.isExposure(id) else { return nil }
      guard outcome.isActive[node] else {
        // What an empty dimension is made of is empty too and needs no line of its own.
        let parent = tree.parents[node]
        return parent == tree.root || outcome.isActive[parent]
          ? .emptyDimension(dimension: id) : nil
      }
      let members = tree.parts(of: node).filter { $0 >= tree.indicatorCount || isListed($0) }
      let usable = members.filter { outcome.isActive[$0] }
      // The tolerance is for sums of weights such as 3 × 1/6.
      guard usable.reduce(0, { $0 + choices.weights[$1] }) < 0.5 - 1e-9 else { return nil }
      return .thinDimension(
        dimension: id, usable: usable.count, total: members.count, share: share(of: node),
        besideExposure: exposure != nil)
    }
  }

  /// Which units lack a dimension within a whole that they have: they are ranked, and only here is it told
  /// that their score rests on less.
  var thinUnitWarnings: [RiskWarning] {
    (tree.indicatorCount..<tree.root).compactMap { node in
      let parent = tree.parents[node]
      guard outcome.isActive[node], parent != tree.root else { return nil }
      let lacking = units.indices.filter {
        outcome.values[node][$0] == nil && outcome.values[parent][$0] != nil
      }
      guard !lacking.isEmpty else { return nil }
      return .thinUnits(
        dimension: framework.dimensions[node - tree.indicatorCount].id,
        units: lacking.map { units[$0].id })
    }
  }

  /// What a dimension has of the score of a unit that lacks nothing, exposure apart.
  private func share(of node: Int) -> Double {
    var share = 1.0
    var next = node
    while next != tree.root {
      let parent = tree.parents[next]
      let whole = tree.parts(of: parent)
        .filter { outcome.isActive[$0] && choices.shares[$0] == nil }
        .reduce(0) { $0 + choices.weights[$1] }
      share *= choices.weights[next] / whole
      next = parent
    }
    return share
  }

  /// What is to be said of a unit that lacks something.
  func unitWarning(_ unit: Int, isComplete: Bool) -> RiskWarning? {
    let parts = tree.parts(of: tree.root).filter {
      outcome.isActive[$0] && choices.shares[$0] == nil
    }
    let missing = parts.filter { outcome.values[$0][unit] == nil }
    if missing.isEmpty { return nil }
    if missing.count == parts.count { return .unitWithoutData(unit: units[unit].id) }
    return .incompleteUnit(
      unit: units[unit].id,
      missing: missing.map { framework.dimensions[$0 - tree.indicatorCount].id })
  }

  /// Pairs of exposure and an indicator that is observed on the same roads, both with a weight, whose
  /// values correlate above 0.7.
  var doubleCounting: [RiskWarning] {
    guard let exposure, exposure.share > 0 else { return [] }
    return leaves.indices.compactMap { leaf in
      guard leaves[leaf].overlapsExposure == true, weighs(leaf) else { return nil }
      let pairs = zip(units, cells[leaf]).compactMap { unit, cell in
        exposure.values[unit.id].flatMap { value in cell.map { (value, $0.value) } }
      }
      guard let r = SampleStatistics.correlation(pairs.map(\.0), pairs.map(\.1)), r > 0.7
      else { return nil }
      return .doubleCounting(exposure: exposure.name, indicator: leaves[leaf].id, correlation: r)
    }
  }

  /// A record with what normalisation and aggregation found out of the ordinary.
  ///
  /// - Parameter balance: What balancing made of weights.
  func completed(_ record: StepRecord, balance: [StepRecord.Touch]) -> StepRecord {
    if record.step.kind == .weigh {
      return StepRecord(step: record.step, units: record.units, touched: record.touched + balance)
    }
    guard record.step.kind == .normalise else { return record }
    var touched: [StepRecord.Touch] = []
    for leaf in leaves.indices where isListed(leaf) {
      let (id, column) = (leaves[leaf].id, outcome.normalised[leaf])
      switch column.usability {
      case .usable, .empty: break
      case .constant: touched.append(.init(part: id, note: "constant: takes no part"))
      case .undefined(let reason): touched.append(.init(part: id, note: "\(reason): takes no part"))
      }
      if column.fellBack { touched.append(.init(part: id, note: "no goalposts: min-max")) }
      for unit in column.clipped {
        touched.append(
          .init(
            part: id, unit: units[unit].id, before: cells[leaf][unit]?.value,
            after: column.values[unit].map { $0 * scale }, note: "beyond the goalposts"))
      }
    }
    return StepRecord(step: record.step, units: record.units, touched: touched)
  }
}
