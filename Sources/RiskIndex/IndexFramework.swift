/// What an index is made of: dimensions, and the indicators of each. It is data, with an edition, so
/// that a new edition is a new file and no new code.
///
/// An indicator table may also hold two things that the framework's own count leaves out:
/// `supplements` are indicators that a specification can give a weight to (0 unless it does), and
/// `context` is what tables carry for readers and rates, such as population, and no score uses.
public struct IndexFramework: Sendable, Hashable, Codable {
  /// A group of indicators that is aggregated first.
  public struct Dimension: Sendable, Hashable, Codable, Identifiable {
    /// The identifier that indicators use.
    public var id: String
    /// The name in English.
    public var name: String
    /// Its weight in the index; nil means equal. Either all dimensions have one, with the sum 1, or
    /// none has.
    public var weight: Double?

    /// A dimension from its parts.
    public init(id: String, name: String, weight: Double? = nil) {
      self.id = id
      self.name = name
      self.weight = weight
    }
  }

  /// A quantity that tables carry and no score uses.
  public struct ContextVariable: Sendable, Hashable, Codable, Identifiable {
    /// The identifier that tables use.
    public var id: String
    /// The name in English.
    public var name: String
    /// Whether its values add up over units; nil where nobody says.
    public var kind: Indicator.Kind?

    /// A context variable from its parts.
    public init(id: String, name: String, kind: Indicator.Kind? = nil) {
      self.id = id
      self.name = name
      self.kind = kind
    }
  }

  /// Which edition this is, such as "2013".
  public var edition: String
  /// The framework's name.
  public var name: String
  /// Where the list of indicators comes from.
  public var source: String
  /// The dimensions, in the order in which results list them.
  public var dimensions: [Dimension]
  /// The indicators of the framework, in the order in which results list them.
  public var indicators: [Indicator]
  /// Indicators beside the framework, with weight 0 unless a specification says otherwise.
  public var supplements: [Indicator]
  /// Quantities that no score uses.
  public var context: [ContextVariable]

  enum CodingKeys: String, CodingKey {
    case edition, name, source, dimensions, indicators, supplements, context
  }

  /// A framework from its parts, checked as one read from a file is.
  ///
  /// - Throws: ``RiskIndexError/invalidFramework(file:indicator:field:value:expected:)``.
  public init(
    edition: String, name: String, source: String, dimensions: [Dimension],
    indicators: [Indicator], supplements: [Indicator] = [], context: [ContextVariable] = []
  ) throws(RiskIndexError) {
    self.edition = edition
    self.name = name
    self.source = source
    self.dimensions = dimensions
    self.indicators = indicators
    self.supplements = supplements
    self.context = context
    try validate(file: name)
  }

  /// The identifiers that an indicator table may use: indicators, supplements, context.
  public var tableIdentifiers: [String] {
    indicators.map(\.id) + supplements.map(\.id) + context.map(\.id)
  }

  /// Checks identifiers, references, goalposts and weights.
  ///
  /// - Parameter file: What the error calls the framework.
  /// - Throws: ``RiskIndexError/invalidFramework(file:indicator:field:value:expected:)`` for the first
  ///   fault.
  func validate(file: String) throws(RiskIndexError) {
    func fault(
      _ indicator: String?, _ field: String, _ value: String, _ expected: String
    ) -> RiskIndexError {
      .invalidFramework(
        file: file, indicator: indicator, field: field, value: value, expected: expected)
    }
    guard !dimensions.isEmpty else { throw fault(nil, "dimensions", "[]", "at least one") }
    guard !indicators.isEmpty else { throw fault(nil, "indicators", "[]", "at least one") }
    let dimensionIDs = dimensions.map(\.id)
    if let id = firstRepeated(dimensionIDs) {
      throw fault(nil, "dimensions", id, "each identifier once")
    }
    if let id = firstRepeated(tableIdentifiers) {
      throw fault(id, "id", id, "each identifier once")
    }
    for indicator in indicators + supplements {
      guard dimensionIDs.contains(indicator.dimension) else {
        throw fault(
          indicator.id, "dimension", indicator.dimension,
          "one of \(dimensionIDs.joined(separator: ", "))")
      }
      if let posts = indicator.goalposts,
        !(posts.low.isUsable && posts.high.isUsable && posts.low < posts.high)
      {
        throw fault(
          indicator.id, "goalposts", "\(posts.low), \(posts.high)", "finite, low below high")
      }
    }
    for supplement in supplements {
      if let weight = supplement.weight, weight != 0 {
        throw fault(
          supplement.id, "weight", "\(weight)", "none: only a specification weighs a supplement")
      }
    }
    if let problem = weightProblem(dimensions.map(\.weight)) {
      throw fault(nil, "dimensions' weight", problem, weightRule)
    }
    for dimension in dimensions {
      let members = indicators.filter { $0.dimension == dimension.id }
      guard !members.isEmpty else {
        throw fault(nil, "dimension", dimension.id, "at least one indicator in it")
      }
      if let problem = weightProblem(members.map(\.weight)) {
        throw fault(members[0].id, "weight in \(dimension.id)", problem, weightRule)
      }
    }
  }
}

private let weightRule = "weights for all or none, none negative, with the sum 1"

/// What is wrong with the stated weights of one group, or nil.
private func weightProblem(_ weights: [Double?]) -> String? {
  let stated = weights.compactMap { $0 }
  if stated.isEmpty { return nil }
  guard stated.count == weights.count else { return "\(stated.count) of \(weights.count) stated" }
  return weightSumProblem(stated)
}

/// What is wrong with weights that should be non-negative with the sum 1 (to 1e-6), or nil.
func weightSumProblem(_ weights: [Double]) -> String? {
  if let bad = weights.first(where: { !($0.isFinite && $0 >= 0) }) { return "\(bad)" }
  let sum = weights.reduce(0, +)
  return abs(sum - 1) <= 1e-6 ? nil : "sum \(sum)"
}

/// The first element that stands in the list a second time, or nil.
func firstRepeated(_ names: [String]) -> String? {
  var seen: Set<String> = []
  return names.first { !seen.insert($0).inserted }
}
