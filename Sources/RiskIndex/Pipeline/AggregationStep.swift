/// How parts become a whole.
public struct AggregationStep: Sendable, Hashable {
  /// By level from 2, the lowest dimensions, upwards; the last holds for all levels above. At least one.
  public var levels: [Aggregation]
  /// Others for single dimensions, by identifier.
  public var dimensions: [String: Aggregation]
  /// What the methods need beside values and weights.
  public var parameters: AggregationParameters
  /// The share, in 0…1, of a dimension's weight that must have values for the unit to have that
  /// dimension. The whole is what any unit has: a part without a single value is not held against a
  /// unit. Default 0.5.
  public var minimumCoverage: Double
  /// Others for single dimensions, by identifier.
  public var minimumCoverages: [String: Double]

  /// A step from its parts.
  public init(
    _ levels: [Aggregation] = [.arithmetic], dimensions: [String: Aggregation] = [:],
    parameters: AggregationParameters = AggregationParameters(), minimumCoverage: Double = 0.5,
    minimumCoverages: [String: Double] = [:]
  ) {
    self.levels = levels
    self.dimensions = dimensions
    self.parameters = parameters
    self.minimumCoverage = minimumCoverage
    self.minimumCoverages = minimumCoverages
  }

  /// The method at a level from 2.
  public func method(at level: Int) -> Aggregation {
    levels.isEmpty ? .arithmetic : levels[min(max(level, 2) - 2, levels.count - 1)]
  }
}
