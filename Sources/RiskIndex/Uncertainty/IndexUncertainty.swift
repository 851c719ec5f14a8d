/// What is uncertain about an index: the choices that someone else could have made, and the figures.
///
/// What is not named here stays as the recipe and the data have it.
public struct IndexUncertainty: Sendable, Hashable {
  /// Steps that could be taken, each equally likely; the recipe's own is among them only if it is listed.
  public struct Alternatives: Sendable, Hashable {
    /// The kind of step.
    public var kind: IndexStep.Kind
    /// The steps, all of that kind; nil for the recipe without such a step.
    public var steps: [IndexStep?]
    /// What a reader calls each.
    public var labels: [String]

    /// Alternatives from their parts; as many labels as steps.
    public init(kind: IndexStep.Kind, steps: [IndexStep?], labels: [String]) {
      precondition(steps.count == labels.count, "a label a step")
      self.kind = kind
      self.steps = steps
      self.labels = labels
    }
  }

  /// How far a published figure may be from the truth: normally distributed around it.
  public struct DataError: Sendable, Hashable {
    /// The size of an error.
    public enum Spread: Sendable, Hashable {
      /// The standard deviation as a share of the value's size, above 0.
      case relative(Double)
      /// The standard deviation in the unit that the indicator has when it is normalised, above 0; a rate's is
      /// thus that of the rate. Outliers are treated after the error.
      case absolute(Double)
    }

    /// The indicator; nil for all.
    public var indicator: String?
    /// The unit; nil for all.
    public var unit: String?
    /// The size.
    public var spread: Spread

    /// An error from its parts.
    public init(indicator: String? = nil, unit: String? = nil, spread: Spread) {
      self.indicator = indicator
      self.unit = unit
      self.spread = spread
    }
  }

  /// What a reader is told of something uncertain.
  public struct Statement: Sendable, Hashable, Encodable {
    /// What is uncertain.
    public var input: String
    /// Between what, in words.
    public var range: String
    /// What the range stands for.
    public var reason: String
    /// Who says so; `assumed` where nobody does.
    public var source: String

    /// A statement from its parts.
    public init(input: String, range: String, reason: String, source: String) {
      self.input = input
      self.range = range
      self.reason = reason
      self.source = source
    }
  }

  /// Which indicator may be missing from the framework.
  public enum LeftOut: Sendable, Hashable {
    /// None.
    case nothing
    /// None, or any one that takes part; each equally likely.
    case anyIndicator
    /// None, or any one of these; each equally likely.
    case oneOf([String])
  }

  /// What it is called.
  public var name: String
  /// What a reader must know of it.
  public var description: String?
  /// Choices of steps. Each kind at most once; screening is not among them, since it changes who is ranked.
  public var alternatives: [Alternatives]
  /// How far weights, and the share of exposure, may lie from what they are, as a share of it: 0.25 means
  /// three quarters to five quarters, evenly, those of one whole then taken to the same sum. Nil for not at
  /// all; above 0 and below 1.
  public var weightSpread: Double?
  /// Which indicator may be missing.
  public var leftOut: LeftOut
  /// How far figures may be from the truth. Of several that fit a cell the last holds.
  public var errors: [DataError]
  /// The standard deviation of imputed cells, in deviations of the values that their indicator has; nil for
  /// imputed values as certain as others.
  public var imputedSpread: Double?
  /// What readers are told of each, in any order; nothing is computed from it.
  public var statements: [Statement]

  /// An uncertainty from its parts.
  public init(
    name: String, description: String? = nil, alternatives: [Alternatives] = [],
    weightSpread: Double? = nil, leftOut: LeftOut = .nothing, errors: [DataError] = [],
    imputedSpread: Double? = nil, statements: [Statement] = []
  ) {
    self.name = name
    self.description = description
    self.alternatives = alternatives
    self.weightSpread = weightSpread
    self.leftOut = leftOut
    self.errors = errors
    self.imputedSpread = imputedSpread
    self.statements = statements
  }
}
