import Foundation

/// What a gravity model's file asks for (`docs/formats.md`, "Gravity models"), before it meets a network.
public struct GravitySpecification: Sendable {
  /// A value by place that formulas may use.
  struct Variable: Sendable {
    /// By name or id of a place, id of a province, or code of a country.
    var values: [String: Double] = [:]
    /// For places that no value is for.
    var standIn: Double?
    /// Whether the values stand in the model's own file, not in a table that is made for more.
    var isStated = false
  }

  /// A formula with where it is written.
  struct PlacedFormula: Sendable {
    var formula: Formula
    var location: String
  }

  /// Which pairs are of interest.
  enum PairKind: String, Sendable, CaseIterable {
    case all, domestic
    case crossBorder = "cross_border"
  }

  /// What the model is called.
  public let name: String
  /// The layer of the flows in a table.
  public let layer: String?
  /// The files besides the model's own that were read.
  public let inputs: [InputFile]
  let origins: ZoneSelection
  let destinations: ZoneSelection
  let variables: [String: Variable]
  let push: PlacedFormula
  let pull: PlacedFormula
  let pairs: PairKind
  /// The longest trip, in the unit of the costs.
  let costLimit: Double?
  /// How many destinations, the nearest first, an origin sends to.
  let nearest: Int?
  let goesBothWays: Bool
  let location: String
  /// How attraction falls with cost; β per hour, or per 100 km under a profile that measures distance.
  public var deterrence: Deterrence
  /// Which sums are given.
  public var constraint: GravityModel.Constraint
  /// The sum of all flows; nil for the sums of push or pull as they stand.
  public var total: Double?
  /// The share of the total that stays within a country; nil for no rule.
  public var domesticShare: Double?
  /// The largest residual that is accepted, as a share of its margin.
  let tolerance: Double
  let maximumIterations: Int

  /// What formulas may use without saying so.
  static let population = "population"

  /// Reads a model.
  ///
  /// - Parameters:
  ///   - file: YAML.
  ///   - indicators: The table of an `indicator` that names no file; nil where there is none.
  /// - Throws: ``CorridorKitError/invalidValue(file:location:value:expected:)`` with line and key, or
  ///   what reading a table of indicators throws.
  public init(_ file: InputFile, indicators: String? = nil) throws(CorridorKitError) {
    try self.init(
      YAMLReading(file), folder: (file.path as NSString).deletingLastPathComponent,
      indicators: indicators)
  }

  private static let keys = [
    "name", "description", "layer", "zones", "origins", "destinations", "variables", "push", "pull",
    "constraint", "deterrence", "pairs", "max_h", "nearest", "both_ways", "total", "domestic_share",
    "tolerance", "iterations",
  ]

  init(
    _ root: YAMLReading, folder: String, indicators: String?, isNamed: Bool = true
  ) throws(CorridorKitError) {
    try root.requireKeys(Self.keys)
    name = isNamed ? try root.required("name").string() : try root["name"]?.string() ?? ""
    _ = try root["description"]?.string()
    layer = try root["layer"]?.string()
    if let both = root["zones"] {
      if let other = root["origins"] ?? root["destinations"] {
        throw other.fault("beside \"zones\"", expected: "either zones, or origins and destinations")
      }
      origins = try ZoneSelection(both)
      destinations = origins
    } else {
      guard root["origins"] != nil || root["destinations"] != nil else {
        throw root.fault("without \"zones\"", expected: "zones, or origins and destinations")
      }
      origins = try ZoneSelection(root.required("origins"))
      destinations = try ZoneSelection(root.required("destinations"))
    }
    var variables: [String: Variable] = [:]
    var inputs: [InputFile] = []
    for (name, value) in try root["variables"]?.pairs() ?? [] {
      guard name.wholeMatch(of: /[A-Za-z_][A-Za-z0-9_]*/) != nil else {
        throw value.fault("called \"\(name)\"", expected: "a name of letters, digits and _")
      }
      let taken = [Self.population] + Formula.Function.allCases.map(\.rawValue)
      guard !taken.contains(name) else {
        throw value.fault(
          "called \"\(name)\"", expected: "a name other than \(taken.joined(separator: ", "))")
      }
      variables[name] = try Variable(value, folder: folder, indicators: indicators, inputs: &inputs)
    }
    self.variables = variables
    self.inputs = inputs
    let known = Set(variables.keys).union([Self.population]).sorted()
    func formula(_ key: String) throws(CorridorKitError) -> PlacedFormula {
      guard let value = root[key] else {
        return PlacedFormula(
          formula: try root.formula(Self.population, variables: known), location: root.location)
      }
      return PlacedFormula(
        formula: try value.formula(try value.string(), variables: known), location: value.location)
    }
    push = try formula("push")
    pull = try formula("pull")
    constraint = try root["constraint"]?.choice() ?? .doubly
    deterrence =
      try root["deterrence"].map(Deterrence.init(reading:))
      ?? .exponential(beta: Deterrence.defaultBetaPerHour)
    pairs = try root["pairs"]?.choice() ?? .all
    costLimit = try root["max_h"]?.number(in: 0.001...100_000, unit: "hours")
    nearest = try root["nearest"]?.count(in: 1...10_000)
    goesBothWays = try root["both_ways"]?.flag() ?? false
    total = try root["total"]?.number(in: 1e-9...OriginDestination.maximumMass, unit: "a mass")
    domesticShare = try root["domestic_share"]?.number(in: 0...1, unit: "a share")
    if let share = root["domestic_share"], pairs != .all {
      throw share.fault("beside \"pairs: \(pairs.rawValue)\"", expected: "pairs of both kinds")
    }
    tolerance = try root["tolerance"]?.number(in: 1e-14...0.1, unit: "a share") ?? 1e-12
    maximumIterations = try root["iterations"]?.count(in: 1...1_000_000) ?? 20_000
    location = root.location
  }
}

extension GravitySpecification.Variable {
  fileprivate init(
    _ value: YAMLReading, folder: String, indicators: String?, inputs: inout [InputFile]
  ) throws(CorridorKitError) {
    try value.requireKeys(["values", "indicator", "year", "file", "default", "source"])
    _ = try value["source"]?.string()
    let any = -Double.greatestFiniteMagnitude...Double.greatestFiniteMagnitude
    standIn = try value["default"]?.number(in: any, unit: "a number")
    switch (value["values"], value["indicator"]) {
    case (let stated?, nil):
      for key in ["year", "file"] {
        if let other = value[key] { throw other.fault(expected: "no \(key) beside \"values\"") }
      }
      isStated = true
      for (place, number) in try stated.pairs() {
        values[place] = try number.number(in: any, unit: "a number")
      }
    case (nil, let indicator?):
      let name = try value["file"]?.string()
      guard
        let path = name.map({ $0.hasPrefix("/") || folder.isEmpty ? $0 : folder + "/" + $0 })
          ?? indicators
      else { throw value.fault("without \"file\"", expected: "a table of indicators") }
      let file = try InputFile(path: path)
      if !inputs.contains(where: { $0.path == path }) { inputs.append(file) }
      values = try IndicatorColumn.values(
        of: indicator,
        year: try value["year"].map { year throws(CorridorKitError) in
          try year.count(in: 1900...2100)
        }, in: file)
    default:
      throw value.fault("not one value by place", expected: "either \"values\" or \"indicator\"")
    }
  }
}

extension Deterrence {
  fileprivate init(reading value: YAMLReading) throws(CorridorKitError) {
    enum Form: String, CaseIterable { case exponential, power, tanner }
    try value.requireKeys(["form", "beta_per_h", "exponent"])
    let form: Form = try value["form"]?.choice() ?? .exponential
    let beta = try value["beta_per_h"]?.number(in: 0...1000, unit: "β per hour")
    if form == .power, let beta = value["beta_per_h"] {
      throw beta.fault(expected: "no beta_per_h with form: power")
    }
    if form == .exponential, let exponent = value["exponent"] {
      throw exponent.fault(expected: "no exponent with form: exponential")
    }
    func exponent(_ range: ClosedRange<Double>) throws(CorridorKitError) -> Double {
      try value.required("exponent").number(in: range, unit: "a power")
    }
    switch form {
    case .exponential: self = .exponential(beta: beta ?? Self.defaultBetaPerHour)
    case .power: self = .power(exponent: try exponent(0...20))
    case .tanner:
      self = .tanner(exponent: try exponent(-20...20), beta: beta ?? Self.defaultBetaPerHour)
    }
  }
}
