/// What travellers minimise and how long each link takes them: speeds, dwell and transfer times.
public struct ImpedanceProfile: Hashable, Sendable {
  /// What a route minimises.
  public enum Measure: String, CaseIterable, Sendable {
    /// Travel time, in whole milliseconds.
    case time
    /// Length, in whole millimetres. Dwell and delays do not count.
    case distance
  }

  /// Speeds outside this range are taken for mistakes: below a walk, above any train.
  public static let speedRangeKilometersPerHour: ClosedRange<Double> = 1...400
  /// The hours of a leap year: a longer dwell is taken for a mistake.
  public static let maximumDwellHours: Double = 8784
  /// The class whose speed stands for every class that has none of its own.
  public static let defaultClass = "default"

  /// What the profile is called.
  public var name: String
  /// What a route minimises under the profile.
  public var measure: Measure
  /// Kilometres per hour by mode and class. A mode that is used needs the class `default`.
  public var speedsKilometersPerHour: [Mode: [String: Double]]
  /// Which value of each dwell range counts.
  public var dwell: DwellChoice
  /// Hours of a transfer that states none of its own.
  public var transferHours: Double

  /// Makes a profile; ``validate()`` checks its values.
  public init(
    name: String, measure: Measure, speedsKilometersPerHour: [Mode: [String: Double]],
    dwell: DwellChoice = .mode, transferHours: Double = 2
  ) {
    self.name = name
    self.measure = measure
    self.speedsKilometersPerHour = speedsKilometersPerHour
    self.dwell = dwell
    self.transferHours = transferHours
  }

  /// Shortest travel time at 70 km/h by road, 50 km/h by rail and 20 km/h by ferry, the likeliest
  /// dwell, 2 h a transfer.
  ///
  /// Assumed speeds of long passenger trips, not measurements. For comparison, freight on the CAREC
  /// corridors moved at 42.0 km/h by road and 53.9 km/h by rail in 2022, delays not counted (CAREC
  /// Corridor Performance Measurement and Monitoring, Annual Report 2022, key results).
  public static let time = ImpedanceProfile(
    name: "time", measure: .time,
    speedsKilometersPerHour: [
      .road: [defaultClass: 70], .rail: [defaultClass: 50], .ferry: [defaultClass: 20],
    ])

  /// Shortest length; travel times are reported as in ``time``.
  public static let distance = ImpedanceProfile(
    name: "distance", measure: .distance, speedsKilometersPerHour: time.speedsKilometersPerHour)

  /// Checks every value of the profile. That each mode a graph uses has a speed is checked where the
  /// two meet, in ``TransportGraph/times(_:)``.
  public func validate() throws(ImpedanceProfileError) {
    // Sorted, so that the same mistake is reported however the dictionaries are laid out.
    for (mode, classes) in speedsKilometersPerHour.sorted(by: { $0.key.rawValue < $1.key.rawValue })
    {
      guard classes[Self.defaultClass] != nil else { throw .missingDefaultClass(mode: mode) }
      for (roadClass, speed) in classes.sorted(by: { $0.key < $1.key })
      where !Self.speedRangeKilometersPerHour.contains(speed) {
        throw .badSpeed(mode: mode, roadClass: roadClass, kilometersPerHour: speed)
      }
    }
    guard transferHours >= 0, transferHours <= Self.maximumDwellHours else {
      throw .badTransfer(hours: transferHours)
    }
  }

  /// The speed of a link by its own statement, else its class, else its mode's default; km/h.
  func speed(of link: Link) throws(TransportGraphError) -> Double {
    if let stated = link.speedKilometersPerHour { return stated }
    let classes = speedsKilometersPerHour[link.mode]
    guard let speed = classes?[link.roadClass] ?? classes?[Self.defaultClass] else {
      throw .missingSpeed(link: link.id, mode: link.mode)
    }
    return speed
  }
}

/// Why an impedance profile is refused.
public enum ImpedanceProfileError: Error, Equatable, Sendable, CustomStringConvertible {
  /// Outside ``ImpedanceProfile/speedRangeKilometersPerHour``, or not a number.
  case badSpeed(mode: Mode, roadClass: String, kilometersPerHour: Double)
  case missingDefaultClass(mode: Mode)
  /// Negative, above ``ImpedanceProfile/maximumDwellHours``, or not a number.
  case badTransfer(hours: Double)

  public var description: String {
    switch self {
    case .badSpeed(let mode, let roadClass, let speed):
      "speeds_kmh.\(mode.rawValue).\(roadClass): \(speed); expected 1 to 400"
    case .missingDefaultClass(let mode):
      "speeds_kmh.\(mode.rawValue): the class default is missing"
    case .badTransfer(let hours):
      "transfer_h: \(hours); expected 0 to \(ImpedanceProfile.maximumDwellHours)"
    }
  }
}
