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

extension RiskResult {
  /// Scores the provinces of one country, with exposure as a block beside the framework's dimensions.
  ///
  /// - Parameters:
  ///   - country: The country whose provinces are scored; they are listed one by one in `exposure`.
  ///   - exposure: How exposed the provinces are.
  ///   - measure: Which measure of exposure counts.
  ///   - weight: The share of exposure in the score, from 0 to below 1.
  ///   - table: Indicator values of the provinces.
  ///   - specification: Framework and method; its own exposure block is replaced.
  /// - Throws: ``CorridorKitError/risk(_:)``.
  public static func scoring(
    country: String, exposure: Exposure, measure: ExposureMeasure, weight: Double,
    table: IndicatorTable, specification: RiskSpecification
  ) throws(CorridorKitError) -> RiskResult {
    let units = exposure.units.units.filter { !$0.isAbroad && $0.country == country }.map(\.id)
    var specification = specification
    specification.exposure = RiskSpecification.Exposure(
      name: measure.name, values: exposure.values(measure).filter { units.contains($0.key) },
      measureUnit: measure.unit, weight: weight)
    do {
      return try RiskIndex.compute(units: units, table: table, specification: specification)
    } catch {
      throw .risk(error)
    }
  }
}
