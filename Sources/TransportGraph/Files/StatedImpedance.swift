/// A link's length and speed from what a file states, such that the measure that routes minimise comes
/// out of a ``GraphView`` as exactly the stated number of milliseconds or millimetres.
///
/// A link holds metres and km/h, not seconds. A time t and a length d give the speed d/t; where that
/// lies outside 1 … 400 km/h, the range of a ``Link``, the side that is not minimised gives way. The
/// error of the few roundings is below 2^-48 of a value of at most 2^40, far from half a unit.
struct StatedImpedance {
  let lengthMeters: Double
  let speedKilometersPerHour: Double?
  /// Whether the side that is not minimised was assumed or moved.
  let isAdjusted: Bool

  /// The longest link in millimetres.
  static let maximumMillimeters = UInt64(TransportGraph.maximumLengthMeters) * 1000
  /// The longest time such that a link at 1 km/h is not too long, in milliseconds (5.7 years).
  static let maximumMilliseconds = UInt64(
    TransportGraph.maximumLengthMeters * 3600
      / ImpedanceProfile.speedRangeKilometersPerHour.lowerBound)
  /// A link whose length is what routes minimise.
  ///
  /// - Parameters:
  ///   - millimeters: 1 … ``maximumMillimeters``.
  ///   - seconds: The time it takes; nil or 0 if the file states none.
  init(millimeters: UInt64, seconds: Double?) {
    lengthMeters = Double(millimeters) / 1000
    guard let seconds, seconds > 0 else {
      speedKilometersPerHour = nil
      isAdjusted = false
      return
    }
    let stated = lengthMeters / seconds * 3.6
    let speed = Self.permitted(stated)
    speedKilometersPerHour = speed
    isAdjusted = speed != stated
  }

  /// A link whose time is what routes minimise.
  ///
  /// - Parameters:
  ///   - milliseconds: 1 … ``maximumMilliseconds``.
  ///   - meters: Its length; nil or 0 if neither file nor positions give one.
  init(milliseconds: UInt64, meters: Double?) {
    let seconds = Double(milliseconds) / 1000
    let known = meters.flatMap { $0 > 0 ? min($0, TransportGraph.maximumLengthMeters) : nil }
    let stated = known.map { $0 / seconds * 3.6 }
    // Without any length the slowest speed, so that no time makes a link too long.
    let speed = Self.permitted(stated ?? 0)
    speedKilometersPerHour = speed
    isAdjusted = speed != stated || known != meters
    lengthMeters =
      speed == stated
      ? known ?? 0 : min(speed / 3.6 * seconds, TransportGraph.maximumLengthMeters)
  }

  private static func permitted(_ speed: Double) -> Double {
    let range = ImpedanceProfile.speedRangeKilometersPerHour
    return min(max(speed, range.lowerBound), range.upperBound)
  }

  /// A quantity in whole thousandths of its unit, 1 at least; nil above the maximum.
  static func thousandths(_ quantity: Double, maximum: UInt64) -> (value: UInt64, isRaised: Bool)? {
    let value = (quantity * 1000).rounded(.toNearestOrAwayFromZero)
    guard value <= Double(maximum) else { return nil }
    return value < 1 ? (1, true) : (UInt64(value), false)
  }
}
