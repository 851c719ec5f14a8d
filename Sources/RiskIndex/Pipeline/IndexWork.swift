/// The data between two steps of a run.
struct IndexWork {
  var data: IndicatorData
  let framework: IndexFramework
  /// The indicators that steps work on: those of the framework and supplements that the recipe weighs.
  /// Exposure is modelled whole and left alone.
  let targets: [Indicator]
  /// What a reader must know of the steps that were carried out.
  var warnings: [RiskWarning] = []

  init(data: IndicatorData, framework: IndexFramework, recipe: IndexRecipe) {
    self.data = data
    self.framework = framework
    let weights = recipe.weights.indicators
    targets =
      framework.indicators + framework.supplements.filter { weights[$0.id, default: 0] > 0 }
  }

  /// Carries out a step that changes data; of steps that only choose, the choice is recorded.
  mutating func carryOut(_ step: IndexStep) throws(RiskIndexError) -> StepRecord {
    let touched: [StepRecord.Touch]
    switch step {
    case .chooseYear(let step): touched = try chooseYear(step)
    case .screen(let step): touched = try screen(step)
    case .impute(let step): touched = try impute(step)
    case .denominate(let step): touched = try denominate(step)
    case .treat(let step): touched = try treat(step)
    case .normalise, .weigh, .aggregate: touched = []
    }
    return StepRecord(step: step, units: data.units.count, touched: touched)
  }

  private mutating func chooseYear(_ step: YearStep) throws(RiskIndexError) -> [StepRecord.Touch] {
    var touched: [StepRecord.Touch] = []
    let isDated = data.quantities.contains { quantity in
      data.cells(of: quantity).contains { $0.contains { $0.year != nil } }
    }
    // Else figures of nobody knows when would be told as those of the year.
    guard isDated else {
      throw .invalidSpecification(
        field: "year", value: "\(step.year)",
        expected: "data that say their years (year in an indicator table, Time in iData)")
    }
    for quantity in data.quantities where !framework.isExposure(quantity) {
      let column = data.cells(of: quantity)
      var chosen: [IndicatorCell?] = []
      for (unit, cells) in column.enumerated() {
        // A cell whose year nobody says holds for any.
        if let undated = cells.first(where: { $0.year == nil }) {
          chosen.append(undated)
          continue
        }
        var series: [Int: Double] = [:]
        for cell in cells { if let year = cell.year { series[year] = cell.value } }
        guard
          let value = step.imputation.value(
            in: step.year, series: series, maximumDistance: step.maximumDistance),
          var cell = cells.first(where: { $0.year == value.years.first })
        else {
          chosen.append(nil)
          continue
        }
        if value.years != [step.year] {
          let years = value.years.map(String.init).joined(separator: " and ")
          cell.value = value.value
          cell.year = step.year
          cell.origin = .imputed
          cell.note = Self.joined(cell.note, "value of \(years)")
          touched.append(
            .init(
              part: quantity, unit: data.units[unit].id, after: value.value,
              note: "value of \(years)"))
        }
        chosen.append(cell)
      }
      data.replace(quantity, with: chosen)
    }
    return touched
  }

  private mutating func screen(_ step: Screening) throws(RiskIndexError) -> [StepRecord.Touch] {
    var columns: [[Double?]] = []
    for target in targets {
      let column = try data.column(target.id).map { $0?.value }
      // What nobody has is nobody's gap.
      if column.contains(where: { $0 != nil }) { columns.append(column) }
    }
    let known = data.units.map(\.id)
    for unit in step.forced.keys.sorted() where !known.contains(unit) {
      throw .unknownUnit(place: nil, unit: unit, nearest: nearestNames(to: unit, among: known))
    }
    let verdicts = step.verdicts(units: known, columns: columns)
    data = data.keeping(verdicts.indices.filter { verdicts[$0].isIncluded })
    return verdicts.filter { !$0.isIncluded || $0.isForced }.map { verdict in
      let reason = verdict.isForced ? " (by name)" : ""
      return .init(
        unit: verdict.unit,
        note: "\(verdict.isIncluded ? "kept" : "left out")\(reason): \(verdict.available) of "
          + "\(verdict.total) indicators, \(verdict.zeros) of them 0")
    }
  }

  static func joined(_ note: String, _ more: String) -> String {
    note.isEmpty ? more : "\(note); \(more)"
  }
}
