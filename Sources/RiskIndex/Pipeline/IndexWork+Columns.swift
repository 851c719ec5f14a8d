extension IndexWork {
  mutating func impute(_ step: ImputationStep) throws(RiskIndexError) -> [StepRecord.Touch] {
    var groups: [String?] = []
    if step.method.usesGroups {
      let known = data.groupings
      guard let grouping = step.grouping, known.contains(grouping) else {
        throw .invalidSpecification(
          field: "grouping for \(step.method.rawValue)", value: step.grouping ?? "",
          expected: known.isEmpty
            ? "data with a grouping of units" : "one of \(known.joined(separator: ", "))")
      }
      groups = data.units.map { $0.groups[grouping] }
    }
    let chosen = try targets(named: step.indicators)
    var touched: [StepRecord.Touch] = []
    for target in chosen {
      var cells = try data.column(target.id)
      let filled = step.method.apply(to: cells.map { $0?.value }, groups: groups)
      guard let unit = cells.lazy.compactMap({ $0?.measureUnit }).first else { continue }
      for index in filled.imputed {
        guard let value = filled.values[index] else { continue }
        cells[index] = IndicatorCell(
          value: value, measureUnit: unit, source: "imputed", note: step.method.rawValue,
          origin: .imputed)
        touched.append(
          .init(
            part: target.id, unit: data.units[index].id, after: value, note: step.method.rawValue))
      }
      data.replace(target.id, with: cells)
    }
    return touched
  }

  private func targets(named names: [String]?) throws(RiskIndexError) -> [Indicator] {
    guard let names else { return targets }
    for name in names where !targets.contains(where: { $0.id == name }) {
      throw .unknownIndicator(
        place: nil, indicator: name, nearest: nearestNames(to: name, among: targets.map(\.id)))
    }
    return targets.filter { names.contains($0.id) }
  }

  mutating func denominate(_ step: DenominationStep) throws(RiskIndexError) -> [StepRecord.Touch] {
    _ = try targets(named: step.indicators.keys.sorted())
    guard step.scale.isFinite, step.scale > 0,
      step.indicators.values.allSatisfy({ $0.scale.isFinite && $0.scale > 0 })
    else {
      throw .invalidSpecification(
        field: "scale of a denominator", value: "\(step.scale)", expected: "a number above 0")
    }
    // All denominators as they were: an indicator may be one and be divided itself.
    let before = data
    var touched: [StepRecord.Touch] = []
    for target in targets {
      let stated = target.denominator.map { Denomination(denominator: $0, scale: step.scale) }
      guard let denomination = step.indicators[target.id] ?? stated else { continue }
      let id = denomination.denominator
      guard before.quantities.contains(id) else {
        throw .unknownIndicator(
          place: nil, indicator: id, nearest: nearestNames(to: id, among: before.quantities))
      }
      var cells = try before.column(target.id)
      let sizes = try before.column(id).map { $0?.value }
      let (values, lost) = denomination.apply(to: cells.map { $0?.value }, sizes: sizes)
      let per = denomination.scale == 1 ? "per \(id)" : "per \(denomination.scale.plain) \(id)"
      touched.append(.init(part: target.id, note: per))
      for index in lost {
        touched.append(
          .init(
            part: target.id, unit: data.units[index].id, before: cells[index]?.value,
            note: sizes[index].map { "\(id) is \($0.plain)" } ?? "no \(id)"))
      }
      let wrong = lost.filter { sizes[$0] != nil }
      if !wrong.isEmpty {
        warnings.append(
          .undivided(
            indicator: target.id, denominator: id, units: wrong.map { data.units[$0].id },
            sizes: wrong.compactMap { sizes[$0] }))
      }
      for index in cells.indices {
        guard var cell = cells[index], let value = values[index] else {
          cells[index] = nil
          continue
        }
        cell.value = value
        cell.measureUnit = Self.joined(cell.measureUnit, per, by: " ")
        if cell.origin == .given { cell.origin = .derived }
        cells[index] = cell
      }
      data.replace(target.id, with: cells)
    }
    return touched
  }

  private static func joined(_ text: String, _ more: String, by separator: String) -> String {
    text.isEmpty ? more : text + separator + more
  }

  mutating func treat(_ step: TreatmentStep) throws(RiskIndexError) -> [StepRecord.Touch] {
    _ = try targets(named: step.indicators.keys.sorted())
    var touched: [StepRecord.Touch] = []
    for target in targets {
      let treatment = step.indicators[target.id] ?? step.treatment
      var cells = try data.column(target.id)
      let treated = treatment.apply(to: cells.map { $0?.value })
      let note = treated.outcome.note + (treated.passes ? "" : ", and outliers are left")
      switch treated.outcome {
      case .untouched where treated.passes: continue
      case .untouched, .tooFewDifferentValues, .boxCoxLeft:
        touched.append(.init(part: target.id, note: note))
      case .winsorised:
        touched.append(.init(part: target.id, note: note))
        for change in treated.changes {
          touched.append(
            .init(
              part: target.id, unit: data.units[change.index].id, before: change.from,
              after: change.to, note: "winsorised"))
        }
      case .logTransformed, .boxCoxTransformed: touched.append(.init(part: target.id, note: note))
      }
      for index in cells.indices {
        guard let value = treated.values[index], let old = cells[index], old.value != value else {
          continue
        }
        cells[index]?.value = value
        cells[index]?.note = Self.joined(old.note, treated.outcome.note)
        if old.origin == .given { cells[index]?.origin = .derived }
      }
      data.replace(target.id, with: cells)
    }
    return touched
  }
}

extension Double {
  /// As a person writes it: a whole number without a point.
  var plain: String { Int(exactly: self).map { "\($0)" } ?? "\(self)" }
}

extension TreatedColumn.Outcome {
  /// What was done, in a few words.
  var note: String {
    switch self {
    case .untouched: "as it was"
    case .tooFewDifferentValues: "too few different values to treat"
    case .winsorised: "winsorised"
    case .logTransformed(let offset, let mirrored):
      mirrored ? "−ln(\(offset) − x)" : "ln(x − \(offset))"
    case .boxCoxTransformed(let exponent, let offset):
      "Box–Cox of x − \(offset) with the exponent \(exponent)"
    case .boxCoxLeft(let exponent, let offset):
      "as it was, for Box–Cox of x − \(offset) with the exponent \(exponent) does not tell its values "
        + "apart"
    }
  }
}
