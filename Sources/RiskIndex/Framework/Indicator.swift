/// One measured quantity of an index framework: what it is, where it belongs, and which way it points.
public struct Indicator: Sendable, Hashable, Codable, Identifiable {
  /// Whether a higher raw value means a higher or a lower risk.
  public enum Direction: String, Sendable, Hashable, Codable, CaseIterable {
    /// A higher raw value means a higher risk.
    case increasing = "+"
    /// A higher raw value means a lower risk.
    case decreasing = "-"
  }

  /// Whether the indicator exists for provinces, in the judgement of the framework's author.
  public enum Availability: String, Sendable, Hashable, Codable, CaseIterable {
    /// Published for provinces.
    case available = "A"
    /// To be had from an authority by request.
    case onRequest = "R"
    /// Only as a qualitative judgement.
    case qualitative = "Q"
    /// Exists for the country only.
    case national = "N"
    /// Hard to obtain or to define for provinces.
    case hard = "H"
    /// National or hard; the author does not say which.
    case nationalOrHard = "N/H"
  }

  /// Fixed ends of the scale of an indicator, in its own unit. They keep scores comparable over time,
  /// because they do not move with the data.
  public struct Goalposts: Sendable, Hashable, Codable {
    /// The raw value at the lower end; less is taken as this.
    public var low: Double
    /// The raw value at the upper end; more is taken as this.
    public var high: Double
    /// Where the two come from.
    public var source: String

    /// Goalposts from their ends, `low` < `high`, and their source. The order is checked where an
    /// index is computed.
    public init(low: Double, high: Double, source: String) {
      self.low = low
      self.high = high
      self.source = source
    }
  }

  /// The identifier that indicator tables use.
  public var id: String
  /// The name in English.
  public var name: String
  /// The identifier of the dimension it belongs to.
  public var dimension: String
  /// Which way it points.
  public var direction: Direction
  /// Whether it exists for provinces; nil where nobody judged.
  public var availability: Availability?
  /// The ends of its scale, if they are fixed.
  public var goalposts: Goalposts?
  /// Its weight within its dimension; nil means equal. Either all parts of a dimension have one, with
  /// the sum 1, or none has.
  public var weight: Double?
  /// True for what is observed on the same roads as exposure (seizures, say): weighing both counts one
  /// thing twice.
  public var overlapsExposure: Bool?
  /// What the raw values are measured in, where the framework says so.
  public var unit: String?
  /// The value to be reached, in the indicator's own unit, for normalisation by the distance to it.
  public var target: Double?
  /// The identifier of the quantity that the values are to be divided by, for denomination.
  public var denominator: String?
  /// What a reader must know of it, such as what stands in for it.
  public var note: String?
  /// Whether its values add up over units; nil where nobody says. Only moving values between vintages asks.
  public var kind: Kind?

  enum CodingKeys: String, CodingKey {
    case id, name, dimension, direction, availability, goalposts, weight, unit, target,
      denominator, note
    case overlapsExposure = "overlaps_exposure"
    case kind
  }

  /// An indicator from its parts. Nothing is checked here; see ``IndexFramework``.
  public init(
    id: String, name: String, dimension: String, direction: Direction,
    availability: Availability? = nil, goalposts: Goalposts? = nil, weight: Double? = nil,
    overlapsExposure: Bool? = nil, unit: String? = nil, target: Double? = nil,
    denominator: String? = nil, note: String? = nil, kind: Kind? = nil
  ) {
    self.id = id
    self.name = name
    self.dimension = dimension
    self.direction = direction
    self.availability = availability
    self.goalposts = goalposts
    self.weight = weight
    self.overlapsExposure = overlapsExposure
    self.unit = unit
    self.target = target
    self.denominator = denominator
    self.note = note
    self.kind = kind
  }
}
