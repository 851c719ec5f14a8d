/// One operation of an index, with its parameters. It is a value: a recipe can be run again with another
/// in its place.
public enum IndexStep: Sendable, Hashable {
  /// Puts indicators on one scale.
  case normalise(NormalisationStep)
  /// Says what each part counts for.
  case weigh(WeightStep)
  /// Makes one value of several, from the indicators up.
  case aggregate(AggregationStep)

  /// The kinds of step, in the order in which a recipe usually has them.
  public enum Kind: String, Sendable, Hashable, CaseIterable {
    case normalise, weigh, aggregate
  }

  /// Which kind of step it is.
  public var kind: Kind {
    switch self {
    case .normalise: .normalise
    case .weigh: .weigh
    case .aggregate: .aggregate
    }
  }
}

/// How raw values are put on one scale.
public struct NormalisationStep: Sendable, Hashable {
  /// The method for indicators that ``indicators`` does not name.
  public var method: Normalisation
  /// The parameters of ``method``; goalposts and targets are those of the framework's indicators.
  public var parameters: NormalisationParameters
  /// Other methods for single indicators, by identifier.
  public var indicators: [String: Normalisation]

  /// A step from its parts.
  public init(
    _ method: Normalisation = .goalpost,
    parameters: NormalisationParameters = NormalisationParameters(),
    indicators: [String: Normalisation] = [:]
  ) {
    self.method = method
    self.parameters = parameters
    self.indicators = indicators
  }
}

/// What each part counts for in what it is a part of.
public struct WeightStep: Sendable, Hashable {
  /// Where weights come from.
  public enum Method: String, Sendable, Hashable, CaseIterable {
    /// Those of the framework, equal where it states none.
    case framework
    /// Equal among the parts of one whole, whatever the framework states.
    case equal
  }

  /// Where the weights come from that the step does not give.
  public var method: Method
  /// Weights of dimensions by identifier. Those of one whole have the sum 1, together with
  /// ``indicators`` of the same whole, and what is not named in such a whole has weight 0. A whole of
  /// which nothing is named follows ``method``.
  public var dimensions: [String: Double]
  /// Weights of indicators and supplements by identifier, as ``dimensions``.
  public var indicators: [String: Double]

  /// A step from its parts.
  public init(
    _ method: Method = .framework, dimensions: [String: Double] = [:],
    indicators: [String: Double] = [:]
  ) {
    self.method = method
    self.dimensions = dimensions
    self.indicators = indicators
  }
}

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
