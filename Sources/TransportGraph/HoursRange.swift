/// A duration known as a range: the lowest, most likely and highest number of hours.
///
/// The values of a triangular distribution. 0 ≤ low ≤ mode ≤ high is checked where a graph is made
/// from links, not here.
public struct HoursRange: Hashable, Sendable {
  /// Hours.
  public let low: Double
  /// The most likely number of hours.
  public let mode: Double
  /// Hours.
  public let high: Double

  /// Hours; not checked here.
  public init(low: Double, mode: Double, high: Double) {
    self.low = low
    self.mode = mode
    self.high = high
  }

  /// A duration without a range: all three values are `hours`.
  public init(fixed hours: Double) {
    self.init(low: hours, mode: hours, high: hours)
  }

  /// The hours that a choice from the range stands for.
  public func hours(_ choice: DwellChoice) -> Double {
    switch choice {
    case .low: low
    case .mode: mode
    case .high: high
    }
  }
}

/// Which value of a dwell range an impedance profile takes.
public enum DwellChoice: String, CaseIterable, Sendable {
  case low
  case mode
  case high
}
