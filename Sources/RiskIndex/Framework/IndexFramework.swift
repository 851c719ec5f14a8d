/// What an index is made of: a tree of dimensions with indicators as its leaves. It is data, with an
/// edition, so that a new edition is a new file and no new code.
///
/// Dimensions nest to any depth by their ``Dimension/parent``; those without one are the children of
/// the index itself, which has no entry. ``IndexTree`` is the same with places in place of names.
///
/// An indicator table may also hold two things that the framework's own count leaves out:
/// `supplements` are indicators that a specification can give a weight to (0 unless it does), and
/// `context` is what tables carry for readers and rates, such as population, and no score uses.
public struct IndexFramework: Sendable, Hashable, Codable {
  /// A group of indicators or of other dimensions that is aggregated before what it belongs to.
  public struct Dimension: Sendable, Hashable, Codable, Identifiable {
    /// The identifier that indicators use.
    public var id: String
    /// The name in English.
    public var name: String
    /// The identifier of the dimension that it is a part of; nil for one that is a part of the index
    /// itself.
    public var parent: String?
    /// Its weight within what it is a part of; nil means equal. Either all parts of one whole have a
    /// weight, with the sum 1, or none has.
    public var weight: Double?

    /// A dimension from its parts.
    public init(id: String, name: String, parent: String? = nil, weight: Double? = nil) {
      self.id = id
      self.name = name
      self.parent = parent
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
  /// The dimensions at every depth, in the order in which results list them.
  public var dimensions: [Dimension]
  /// The indicators of the framework, in the order in which results list them.
  public var indicators: [Indicator]
  /// Indicators beside the framework, with weight 0 unless a specification says otherwise.
  public var supplements: [Indicator]
  /// Quantities that no score uses.
  public var context: [ContextVariable]
  /// The dimension and indicator that hold exposure, where ``adding(_:)`` put them; never in a file.
  var exposure: String?

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
}
