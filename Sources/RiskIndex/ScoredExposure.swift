/// The exposure block over the units.
struct ScoredExposure {
  var block: RiskSpecification.Exposure
  /// One a unit.
  var raw: [Double?]
  var column: NormalisedColumn

  /// The share of the score that exposure takes: none if the block cannot be used.
  var weight: Double { column.usability == .usable ? block.weight : 0 }

  init?(units: [String], specification: RiskSpecification, warnings: inout [RiskWarning]) {
    guard let block = specification.exposure else { return nil }
    self.block = block
    raw = units.map { block.values[$0] }
    column = specification.normalisation.apply(
      to: raw, direction: .increasing, goalposts: block.goalposts)
    guard block.weight > 0 else { return }
    if column.usability == .constant { warnings.append(.constantExposure(name: block.name)) }
    if column.fellBack { warnings.append(.noGoalposts(indicators: [block.name])) }
    if !column.clipped.isEmpty {
      warnings.append(
        .clipped(indicator: block.name, units: column.clipped.map { units[$0] }))
    }
    for (unit, value) in zip(units, raw) where value == nil {
      warnings.append(.unitWithoutExposure(unit: unit))
    }
  }
}
