/// Least impedances by scenario and pair.
public struct BatchImpedances: Sendable, Equatable {
  /// The number of scenarios.
  public let scenarioCount: Int
  /// The number of pairs.
  public let pairCount: Int
  /// Row by row.
  private let values: [UInt64]

  /// Where no way leads.
  static let none = UInt64.max

  init(scenarioCount: Int, pairCount: Int, values: [UInt64]) {
    self.scenarioCount = scenarioCount
    self.pairCount = pairCount
    self.values = values
  }

  /// Milliseconds or millimetres, by the measure of the view's profile; nil where no open way leads.
  /// O(1).
  public subscript(scenario scenario: Int, pair pair: Int) -> UInt64? {
    precondition((0..<pairCount).contains(pair), "the pair is one of the matrix")
    let value = values[scenario * pairCount + pair]
    return value == Self.none ? nil : value
  }
}
