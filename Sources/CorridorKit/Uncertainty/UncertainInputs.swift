public import Sampling
public import TransportGraph

/// What is not known exactly of an analysis, and how likely its values are (`docs/formats.md`,
/// "Uncertain inputs").
///
/// Every input is told relative to the run: a draw multiplies what the run would use, so that inputs
/// without width give the run itself, bit by bit. What is nil or not listed is taken as known.
public struct UncertainInputs: Sendable, Hashable {
  /// Why an input has the range that it has.
  public struct Ground: Sendable, Hashable {
    /// What the range stands for.
    public var reason: String
    /// Who says so; `assumed` where nobody does.
    public var source: String

    /// A ground; see the properties.
    public init(reason: String, source: String) {
      self.reason = reason
      self.source = source
    }
  }

  /// A number that the run's value is multiplied by.
  public struct Factor: Sendable, Hashable {
    /// Of a number without unit, above 0.
    public var distribution: Distribution
    /// Why.
    public var ground: Ground

    /// A factor; see the properties.
    public init(_ distribution: Distribution, ground: Ground) {
      self.distribution = distribution
      self.ground = ground
    }
  }

  /// The hours at border crossings, triangular between the low, likeliest and high value of each.
  public struct Dwell: Sendable, Hashable {
    /// How much of each range counts: 1 for all of it, 0 for the value that the profile chooses.
    public var spread: Double
    /// How much crossings vary together, 0 to 1: the correlation of their normal scores.
    public var correlation: Double
    /// Why.
    public var ground: Ground

    /// Dwell; see the properties.
    public init(spread: Double = 1, correlation: Double, ground: Ground) {
      self.spread = spread
      self.correlation = correlation
      self.ground = ground
    }
  }

  /// The speed of a mode's links of one class.
  public struct Speed: Sendable, Hashable {
    /// The mode.
    public var mode: Mode
    /// The class; `default` stands for every class that is not listed.
    public var roadClass: String
    /// What speeds are multiplied by, stated ones too.
    public var factor: Factor

    /// A speed; see the properties.
    public init(mode: Mode, roadClass: String, factor: Factor) {
      self.mode = mode
      self.roadClass = roadClass
      self.factor = factor
    }
  }

  /// The share of the mass that stays within a country, triangular.
  public struct DomesticShare: Sendable, Hashable {
    /// Above 0.
    public var low: Double
    /// The likeliest share, that the demand is taken to stand for.
    public var mode: Double
    /// Below 1.
    public var high: Double
    /// The layers that the share is about, all together; nil for the whole demand.
    public var layers: [String]?
    /// Why.
    public var ground: Ground

    /// A share; see the properties.
    public init(low: Double, mode: Double, high: Double, layers: [String]? = nil, ground: Ground) {
      self.low = low
      self.mode = mode
      self.high = high
      self.layers = layers
      self.ground = ground
    }
  }

  /// What a reader calls it.
  public var name: String
  /// What it stands for.
  public var description: String?
  /// Hours at crossings, each crossing apart.
  public var dwell: Dwell?
  /// Hours of a change between road and rail, one factor for all.
  public var transfer: Factor?
  /// Speeds, each class apart.
  public var speeds: [Speed]
  /// The preference for cheaper ways, where the model of route choice has one.
  public var theta: Factor?
  /// The weight of overlap, where the model of route choice has one.
  public var beta: Factor?
  /// The mass of each trip of a table of flows, each apart.
  public var pairMass: Factor?
  /// The mass of each layer of a table of flows, each apart.
  public var layerMass: Factor?
  /// The domestic share of a table of flows.
  public var domesticShare: DomesticShare?

  /// Inputs that are all known, unless said.
  public init(
    name: String, description: String? = nil, dwell: Dwell? = nil, transfer: Factor? = nil,
    speeds: [Speed] = [], theta: Factor? = nil, beta: Factor? = nil, pairMass: Factor? = nil,
    layerMass: Factor? = nil, domesticShare: DomesticShare? = nil
  ) {
    self.name = name
    self.description = description
    self.dwell = dwell
    self.transfer = transfer
    self.speeds = speeds
    self.theta = theta
    self.beta = beta
    self.pairMass = pairMass
    self.layerMass = layerMass
    self.domesticShare = domesticShare
  }
}

extension UncertainInputs {
  /// The factor of the speed of a class: its own, else that of the mode's `default`.
  func speed(of mode: Mode, _ roadClass: String) -> Speed? {
    let ofMode = speeds.filter { $0.mode == mode }
    return ofMode.first { $0.roadClass == roadClass }
      ?? ofMode.first { $0.roadClass == ImpedanceProfile.defaultClass }
  }
}

extension UncertainInputs {
  /// One uncertain input, as reports tell it.
  public struct Row: Sendable, Hashable, Encodable {
    /// The keys of the file that lead to it, such as `speed.road.default`.
    public let name: String
    /// Its distribution in words.
    public let range: String
    /// What the range stands for.
    public let reason: String
    /// Who says so.
    public let source: String

    fileprivate init(_ name: String, _ range: String, _ ground: Ground) {
      self.name = name
      self.range = range
      reason = ground.reason
      source = ground.source
    }

    fileprivate init(_ name: String, _ factor: Factor) {
      self.init(name, "× " + factor.distribution.words, factor.ground)
    }
  }

  /// What is uncertain, in the order of the file format.
  public var rows: [Row] {
    var rows: [Row] = []
    if let dwell {
      rows.append(
        Row(
          "dwell",
          "\(dwell.spread) of the range of each crossing, triangular; correlation "
            + "\(dwell.correlation)", dwell.ground))
    }
    if let transfer { rows.append(Row("transfer", transfer)) }
    rows += speeds.map { Row("speed.\($0.mode.rawValue).\($0.roadClass)", $0.factor) }
    if let theta { rows.append(Row("route_choice.theta", theta)) }
    if let beta { rows.append(Row("route_choice.beta", beta)) }
    if let pairMass { rows.append(Row("demand.pair", pairMass)) }
    if let layerMass { rows.append(Row("demand.layer", layerMass)) }
    if let share = domesticShare {
      rows.append(
        Row(
          "demand.domestic_share",
          "triangular \(share.low), \(share.mode), \(share.high)"
            + (share.layers.map { " of " + $0.joined(separator: ", ") } ?? ""), share.ground))
    }
    return rows
  }
}

extension Distribution {
  /// What people read.
  fileprivate var words: String {
    switch self {
    case .uniform(let low, let high): "uniform \(low), \(high)"
    case .triangular(let low, let mode, let high): "triangular \(low), \(mode), \(high)"
    case .logUniform(let low, let high): "log-uniform \(low), \(high)"
    case .normal(let mean, let deviation): "normal \(mean), standard deviation \(deviation)"
    case .logNormal(let median, let spread): "log-normal \(median), 90 % within × and ÷ \(spread)"
    }
  }
}
