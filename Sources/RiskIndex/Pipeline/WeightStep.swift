/// What each part counts for in what it is a part of.
public struct WeightStep: Sendable, Hashable {
  /// Where weights come from.
  public enum Method: String, Sendable, Hashable, CaseIterable {
    /// Those of the framework, equal where it states none.
    case framework
    /// Equal among the parts of one whole, whatever the framework states.
    case equal
    /// Those of the framework, but the parts of the index itself weigh so that each correlates with the
    /// index alike; see ``BalancedWeights``.
    case balanced
  }

  /// Judgements of how much more each part of one whole counts than each other part.
  public struct Judgements: Sendable, Hashable {
    /// The identifier of the dimension whose parts are compared; nil for the index itself.
    public var whole: String?
    /// The comparison, of which the elements are identifiers of all parts of the whole.
    public var comparison: PairwiseComparison

    /// Judgements from their parts.
    public init(of whole: String?, _ comparison: PairwiseComparison) {
      self.whole = whole
      self.comparison = comparison
    }
  }

  /// Where the weights come from that the step does not give.
  public var method: Method
  /// Weights of dimensions by identifier. Those of one whole have the sum 1, together with
  /// ``indicators`` of the same whole, and what is not named in such a whole has weight 0. A whole of
  /// which nothing is named follows ``method``.
  public var dimensions: [String: Double]
  /// Weights of indicators and supplements by identifier, as ``dimensions``.
  public var indicators: [String: Double]
  /// Judgements that stand in for weights of the parts of a whole (the analytic hierarchy process).
  public var judgements: [Judgements]

  /// A step from its parts.
  public init(
    _ method: Method = .framework, dimensions: [String: Double] = [:],
    indicators: [String: Double] = [:], judgements: [Judgements] = []
  ) {
    self.method = method
    self.dimensions = dimensions
    self.indicators = indicators
    self.judgements = judgements
  }
}
