/// Everything that a risk score depends on besides the indicator values: from a specification, a table
/// and a list of units, the same result is computed again.
public struct RiskSpecification: Sendable, Hashable {
  /// The block of transport exposure, beside the framework's dimensions.
  public struct Exposure: Sendable, Hashable {
    /// What the measure is, for readers.
    public var name: String
    /// The measure for each unit, in `measureUnit`; a higher value is a higher risk. A unit that no
    /// corridor touches has the value 0; a unit without a value has no score with exposure.
    public var values: [String: Double]
    /// What the measure is measured in.
    public var measureUnit: String
    /// The share of the whole score that is exposure's, in 0 ..< 1, whatever the number of dimensions
    /// that have data. 0 gives exactly the result without exposure.
    public var weight: Double
    /// The ends of its scale, if they are fixed; else the range of the values.
    public var goalposts: Indicator.Goalposts?

    /// A block from its parts. The default weight, 1/6, is that of one among six equal blocks.
    public init(
      name: String, values: [String: Double], measureUnit: String, weight: Double = 1.0 / 6,
      goalposts: Indicator.Goalposts? = nil
    ) {
      self.name = name
      self.values = values
      self.measureUnit = measureUnit
      self.weight = weight
      self.goalposts = goalposts
    }
  }

  /// What is measured.
  public var framework: IndexFramework
  /// How indicators, and exposure, are put on one scale.
  public var normalisation: Normalisation
  /// How indicators become a dimension.
  public var withinDimensions: Aggregation
  /// How dimensions and exposure become a score.
  public var acrossDimensions: Aggregation
  /// Weights of dimensions by identifier, with the sum 1; a dimension that is not named has weight 0.
  /// Nil means the framework's weights, equal unless it states others.
  public var dimensionWeights: [String: Double]?
  /// Weights of indicators and supplements by identifier. Those of one dimension have the sum 1, and
  /// what is not named in such a dimension has weight 0. A dimension of which nothing is named keeps
  /// the framework's weights, equal unless it states others.
  public var indicatorWeights: [String: Double]
  /// The share, in 0…1, of a dimension's weight that must have values for the unit to have that
  /// dimension. The whole is what any unit has: an indicator without a single value is not held
  /// against a unit. Default 0.5.
  public var minimumCoverage: Double
  /// Exposure as a block of its own; nil for none.
  public var exposure: Exposure?

  /// A specification from its parts. It is checked where an index is computed.
  public init(
    framework: IndexFramework, normalisation: Normalisation = .goalpost,
    withinDimensions: Aggregation = .arithmetic, acrossDimensions: Aggregation = .arithmetic,
    dimensionWeights: [String: Double]? = nil, indicatorWeights: [String: Double] = [:],
    minimumCoverage: Double = 0.5, exposure: Exposure? = nil
  ) {
    self.framework = framework
    self.normalisation = normalisation
    self.withinDimensions = withinDimensions
    self.acrossDimensions = acrossDimensions
    self.dimensionWeights = dimensionWeights
    self.indicatorWeights = indicatorWeights
    self.minimumCoverage = minimumCoverage
    self.exposure = exposure
  }
}
