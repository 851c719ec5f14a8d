public import RiskIndex

/// Which measure of exposure enters a risk score.
public enum ExposureMeasure: String, Sendable, CaseIterable {
  /// Kilometres travelled in the province: the default, for it rests on the fewest assumptions.
  case length
  /// Hours spent in the province, dwell included. Much of the dwell is that of lorries and goods
  /// trains, for which figures are published.
  case time
  /// The mass of trips that enter the province.
  case entering

  /// What readers call it.
  public var name: String {
    switch self {
    case .time: "corridor exposure (hours in the province)"
    case .length: "corridor exposure (kilometres in the province)"
    case .entering: "corridor exposure (mass of trips that enter)"
    }
  }

  /// The unit of the measure.
  public var unit: String {
    switch self {
    case .time: "h"
    case .length: "km"
    case .entering: "mass"
    }
  }
}

extension Exposure {
  /// A measure by the id of each listed province.
  public func values(_ measure: ExposureMeasure) -> [String: Double] {
    Dictionary(
      uniqueKeysWithValues: zip(units.units, rows).filter { !$0.0.isAbroad }.map { unit, row in
        let value =
          switch measure {
          case .time: row.travelTimeSeconds / 3600
          case .length: row.lengthMeters / 1000
          case .entering: row.enteringMass
          }
        return (unit.id, value)
      })
  }
}

extension RiskScores {
  /// Scores the provinces of one country, with exposure as a dimension beside the framework's.
  ///
  /// - Parameters:
  ///   - country: The country whose provinces are scored; they are listed one by one in `exposure`.
  ///   - exposure: How exposed the provinces are.
  ///   - measure: Which measure of exposure counts.
  ///   - weight: The share of exposure in the score, from 0 to below 1.
  ///   - inputs: What is measured, and the values.
  ///   - recipe: How scores are made of them.
  ///   - before: The state that this one is to be compared with, on whose scale its exposure is told; nil
  ///     for none.
  /// - Throws: ``CorridorKitError/risk(_:)``.
  public init(
    country: String, exposure: Exposure, measure: ExposureMeasure, weight: Double,
    inputs: RiskInputs, recipe: IndexRecipe = .standard, comparedWith before: RiskScores? = nil
  ) throws(CorridorKitError) {
    let units = exposure.units.provinces(of: country)
    let ids = Set(units.map(\.id))
    let values = exposure.values(measure).filter { ids.contains($0.key) }
    do throws(RiskIndexError) {
      try self.init(
        recipe,
        on: IndicatorData(
          inputs.table, units: units.map { IndicatorData.Unit(id: $0.id, name: $0.name) },
          framework: inputs.framework),
        framework: inputs.framework,
        exposure: IndexExposure(
          name: measure.name, values: values, measureUnit: measure.unit, share: weight,
          scale: before?.exposureRange))
    } catch {
      throw .risk(error)
    }
  }

  /// The smallest and the largest exposure; nil where there is none.
  private var exposureRange: ClosedRange<Double>? {
    guard let values = with.exposure?.values.values, let least = values.min(),
      let most = values.max()
    else { return nil }
    return least...most
  }
}
