/// What ranks closures.
public enum CriticalityMeasure: String, Sendable, CaseIterable {
  /// The mass that is cut off.
  case lost
  /// The hours that trips which still have a way take longer, times their masses.
  case hours
  /// The entering mass that moves to other units (the balloon effect).
  case displaced
  /// The change of one province's exposure.
  case province
}

/// What a closure does to trips, summed over them.
///
/// Every figure is a sum over trips, so that effects of parts and wholes can be compared and the values of
/// a game over closures are sums of the games of single trips.
public struct ClosureEffect: Sendable, Hashable {
  /// Σ mass of the trips with a way before and none after.
  public var lostMass = 0.0
  /// Σ mass × seconds by which trips that still have a way take longer. Below 0 where travellers are
  /// spread over slower ways as well, one of which closes.
  public var extraTimeSeconds = 0.0
  /// Σ mass × probability of entering that left a unit and came to units entered more than before: the
  /// rows of ``Simulation/displacement`` without what went nowhere or was lost.
  public var displacedMass = 0.0
  /// The change of the exposure of the province asked about, in mass × metres, mass × seconds or mass; 0
  /// where none is asked about.
  public var provinceChange = 0.0
  /// Σ mass × cost before, of the trips that were connected less those that still are; costs are what the
  /// profile minimises, seconds or metres.
  var lostCost = 0.0
  /// Σ mass × cost after less before, of the trips that are connected in both.
  var extraCost = 0.0

  init() {}

  /// One figure: in mass, mass × seconds, mass, and the unit of the province's exposure.
  public subscript(measure: CriticalityMeasure) -> Double {
    switch measure {
    case .lost: lostMass
    case .hours: extraTimeSeconds
    case .displaced: displacedMass
    case .province: provinceChange
    }
  }

  /// Cost after over cost before, over the trips that are connected in both; nil if there is none.
  ///
  /// - Parameter costBefore: Σ mass × cost of all trips that are connected before.
  func detourFactor(costBefore: Double) -> Double? {
    let basis = costBefore - lostCost
    // What is left of a difference of equal sums is rounding.
    guard basis > costBefore * 1e-12 else { return nil }
    return (basis + extraCost) / basis
  }

  static func + (a: Self, b: Self) -> Self {
    var sum = a
    sum += b
    return sum
  }

  static func += (a: inout Self, b: Self) {
    a.lostMass += b.lostMass
    a.extraTimeSeconds += b.extraTimeSeconds
    a.displacedMass += b.displacedMass
    a.provinceChange += b.provinceChange
    a.lostCost += b.lostCost
    a.extraCost += b.extraCost
  }

  static func - (a: Self, b: Self) -> Self {
    var difference = ClosureEffect()
    difference.lostMass = a.lostMass - b.lostMass
    difference.extraTimeSeconds = a.extraTimeSeconds - b.extraTimeSeconds
    difference.displacedMass = a.displacedMass - b.displacedMass
    difference.provinceChange = a.provinceChange - b.provinceChange
    difference.lostCost = a.lostCost - b.lostCost
    difference.extraCost = a.extraCost - b.extraCost
    return difference
  }

  static func * (a: Self, factor: Double) -> Self {
    var product = ClosureEffect()
    product.lostMass = a.lostMass * factor
    product.extraTimeSeconds = a.extraTimeSeconds * factor
    product.displacedMass = a.displacedMass * factor
    product.provinceChange = a.provinceChange * factor
    product.lostCost = a.lostCost * factor
    product.extraCost = a.extraCost * factor
    return product
  }
}

/// The province whose exposure is watched, and as what.
public struct ProvinceFocus: Sendable, Hashable {
  /// The index in ``ReportingUnits/units``.
  public let unit: Int
  /// Length, time or entering mass.
  public let measure: ExposureMeasure

  /// A province by id or name.
  ///
  /// - Throws: ``CorridorKitError/unknownName(kind:name:suggestions:)``, or
  ///   ``CorridorKitError/contradiction(_:)`` for a province that is not told one by one.
  public init(
    _ name: String, measure: ExposureMeasure, in analysis: Analysis
  ) throws(CorridorKitError) {
    let province = try analysis.area.province(named: name)
    guard let unit = analysis.matrix.units.index(of: province.id) else {
      throw .contradiction(
        "province \(province.id) is not told one by one: add \(province.country) to --countries")
    }
    self.unit = unit
    self.measure = measure
  }

  func value(_ cell: TripExposure.Cell) -> Double {
    switch measure {
    case .length: cell.lengthMeters
    case .time: cell.travelTimeSeconds
    case .entering: cell.entryProbability
    }
  }
}
