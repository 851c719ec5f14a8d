/// The exposure of each reporting unit in every draw of a Monte Carlo.
public struct ExposureDraws: Sendable {
  /// What is told of a unit.
  public enum Measure: String, Sendable, CaseIterable {
    /// Σ mass × metres in the unit.
    case length
    /// Σ mass × seconds in the unit.
    case time
    /// The mass that enters the unit.
    case entering
    /// The entering mass over the mass of all trips that have a way: the probability that one of them enters.
    case share
  }

  /// In which state of the network.
  public enum State: Sendable, CaseIterable {
    /// Without the scenario that is compared.
    case before
    /// With it.
    case after
    /// With it less without it, in the same draw.
    case change
  }

  /// Exposure without and, where one is compared, with a scenario.
  typealias Draw = (before: Exposure, after: Exposure?)

  /// What the columns stand for.
  public let units: ReportingUnits
  /// The number of draws.
  public let drawCount: Int
  /// Whether a scenario is compared; without one there is only ``State/before``.
  public let comparesScenario: Bool
  /// By draw, then state, then measure, then unit; the run itself comes first. After the units of each state
  /// stand the mass with a way and that without.
  private var values: [Double]

  private static let stored: [Measure] = [.length, .time, .entering]
  private var stateWidth: Int { units.count * Self.stored.count + 2 }
  private var width: Int { stateWidth * (comparesScenario ? 2 : 1) }

  /// - Parameter plain: The run itself.
  init(plain: Draw, drawCount: Int) {
    units = plain.before.units
    self.drawCount = drawCount
    comparesScenario = plain.after != nil
    values = []
    values = Array(repeating: 0, count: width * (drawCount + 1))
    withSlots { $0.write(plain, at: -1) }
  }

  /// Where draws are written: each in a place of its own, so that threads may write side by side.
  struct Slots: @unchecked Sendable {
    fileprivate let values: UnsafeMutableBufferPointer<Double>
    fileprivate let width: Int

    /// Writes a draw; −1 is the run itself.
    func write(_ draw: Draw, at index: Int) {
      var place = (index + 1) * width
      func put(_ value: Double) {
        values[place] = value
        place += 1
      }
      for exposure in [draw.before, draw.after].compactMap({ $0 }) {
        for row in exposure.rows { put(row.lengthMeters) }
        for row in exposure.rows { put(row.travelTimeSeconds) }
        for row in exposure.rows { put(row.enteringMass) }
        put(exposure.connectedMass)
        put(exposure.disconnectedMass)
      }
    }
  }

  mutating func withSlots(_ body: (Slots) -> Void) {
    let width = width
    values.withUnsafeMutableBufferPointer { body(Slots(values: $0, width: width)) }
  }

  /// A measure of one unit in every draw.
  ///
  /// - Parameters:
  ///   - unit: The index in ``units``.
  ///   - state: One that there is; see ``comparesScenario``.
  /// - Complexity: O(draws).
  public func values(_ measure: Measure, of unit: Int, _ state: State = .before) -> [Double] {
    (0..<drawCount).map { value(measure, of: unit, state, at: $0) }
  }

  /// A measure of one unit in the run itself, with every input as it is.
  public func plain(_ measure: Measure, of unit: Int, _ state: State = .before) -> Double {
    value(measure, of: unit, state, at: -1)
  }

  /// The mass of the trips without a way in every draw.
  public func disconnectedMass(_ state: State = .before) -> [Double] {
    (0..<drawCount).map { disconnectedMass(state, at: $0) }
  }

  /// The mass of the trips without a way in the run itself.
  public func plainDisconnectedMass(_ state: State = .before) -> Double {
    disconnectedMass(state, at: -1)
  }

  private func disconnectedMass(_ state: State, at draw: Int) -> Double {
    read(state, at: draw) { values[$0 + stateWidth - 1] }
  }

  private func value(_ measure: Measure, of unit: Int, _ state: State, at draw: Int) -> Double {
    read(state, at: draw) { first in
      switch measure {
      case .length: values[first + unit]
      case .time: values[first + units.count + unit]
      case .entering: values[first + 2 * units.count + unit]
      case .share:
        values[first + stateWidth - 2] > 0
          ? values[first + 2 * units.count + unit] / values[first + stateWidth - 2] : 0
      }
    }
  }

  /// Reads a number, given where the state of a draw begins.
  private func read(_ state: State, at draw: Int, _ number: (Int) -> Double) -> Double {
    precondition(state == .before || comparesScenario, "a scenario is compared")
    let first = (draw + 1) * width
    return switch state {
    case .before: number(first)
    case .after: number(first + stateWidth)
    case .change: number(first + stateWidth) - number(first)
    }
  }
}
