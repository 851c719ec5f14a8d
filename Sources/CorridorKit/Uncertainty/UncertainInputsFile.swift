import Sampling
import TransportGraph

extension UncertainInputs {
  /// Reads uncertain inputs (`docs/formats.md`, "Uncertain inputs").
  ///
  /// - Throws: ``CorridorKitError/invalidValue(file:location:value:expected:)`` with line and key.
  public init(_ file: InputFile) throws(CorridorKitError) {
    let root = try YAMLReading(file)
    try root.requireKeys([
      "name", "description", "dwell", "transfer", "speed", "route_choice", "demand",
    ])
    let choice = root["route_choice"]
    try choice?.requireKeys(["theta", "beta"])
    let demand = root["demand"]
    try demand?.requireKeys(["pair", "layer", "domestic_share"])
    self.init(
      name: try root.required("name").string(), description: try root["description"]?.string(),
      dwell: try root["dwell"].map(Dwell.init), transfer: try root["transfer"].map(Factor.init),
      speeds: try root["speed"].map(Self.speeds) ?? [],
      theta: try choice?["theta"].map(Factor.init), beta: try choice?["beta"].map(Factor.init),
      pairMass: try demand?["pair"].map(Factor.init),
      layerMass: try demand?["layer"].map(Factor.init),
      domesticShare: try demand?["domestic_share"].map(DomesticShare.init))
    let isEmpty =
      dwell == nil && transfer == nil && speeds.isEmpty && theta == nil && beta == nil
      && pairMass == nil && layerMass == nil && domesticShare == nil
    guard !isEmpty else {
      throw root.fault(
        "without anything uncertain",
        expected: "\"dwell\", \"transfer\", \"speed\", \"route_choice\" or \"demand\"")
    }
  }

  private static func speeds(_ value: YAMLReading) throws(CorridorKitError) -> [Speed] {
    var speeds: [Speed] = []
    for (name, classes) in try value.pairs() {
      guard let mode = Mode(rawValue: name) else {
        throw classes.fault(
          "under an unknown mode \"\(name)\"",
          expected: "one of \(Mode.allCases.map(\.rawValue).joined(separator: ", "))")
      }
      for (roadClass, factor) in try classes.pairs() {
        speeds.append(Speed(mode: mode, roadClass: roadClass, factor: try Factor(factor)))
      }
    }
    return speeds
  }
}

extension UncertainInputs.Ground {
  static let keys = ["reason", "source"]

  fileprivate init(_ value: YAMLReading) throws(CorridorKitError) {
    self.init(
      reason: try value.required("reason").string(), source: try value.required("source").string())
  }
}

extension UncertainInputs.Dwell {
  fileprivate init(_ value: YAMLReading) throws(CorridorKitError) {
    try value.requireKeys(["spread", "correlation"] + UncertainInputs.Ground.keys)
    self.init(
      spread: try value["spread"]?.number(in: 0...1, unit: "a share of the range") ?? 1,
      correlation: try value.required("correlation").number(in: 0...1, unit: "a correlation"),
      ground: try UncertainInputs.Ground(value))
  }
}

extension UncertainInputs.Factor {
  fileprivate init(_ value: YAMLReading) throws(CorridorKitError) {
    try value.requireKeys(Distribution.keys + UncertainInputs.Ground.keys)
    self.init(try Distribution(value), ground: try UncertainInputs.Ground(value))
  }
}

extension UncertainInputs.DomesticShare {
  fileprivate init(_ value: YAMLReading) throws(CorridorKitError) {
    try value.requireKeys(["triangular", "layers"] + UncertainInputs.Ground.keys)
    let ends = try value.required("triangular").ascending(
      ["low", "mode", "high"], in: 0.001...0.999, unit: "a share")
    let layers = try value["layers"]?.strings()
    if let layers, layers.isEmpty { throw value.fault("for no layer", expected: "a layer") }
    self.init(
      low: ends[0], mode: ends[1], high: ends[2], layers: layers,
      ground: try UncertainInputs.Ground(value))
  }
}

extension Distribution {
  /// The kinds that a factor may have.
  fileprivate static let keys = ["uniform", "triangular", "log_uniform", "log_normal"]
  /// What a factor may be: more would be another input, not a range of this one.
  private static let factorRange = 0.01...100.0

  /// The distribution of a factor.
  fileprivate init(_ value: YAMLReading) throws(CorridorKitError) {
    let kinds = Self.keys.filter { value[$0] != nil }
    guard kinds.count == 1, let kind = kinds.first, let content = value[kind] else {
      throw value.fault(
        kinds.isEmpty ? "without a distribution" : "with \(kinds.joined(separator: " and "))",
        expected: "one of \(Self.keys.joined(separator: ", "))")
    }
    func numbers(_ names: [String]) throws(CorridorKitError) -> [Double] {
      try content.ascending(names, in: Self.factorRange, unit: "a factor")
    }
    switch kind {
    case "uniform":
      let ends = try numbers(["low", "high"])
      self = .uniform(low: ends[0], high: ends[1])
    case "log_uniform":
      let ends = try numbers(["low", "high"])
      self = .logUniform(low: ends[0], high: ends[1])
    case "triangular":
      let ends = try numbers(["low", "mode", "high"])
      self = .triangular(low: ends[0], mode: ends[1], high: ends[2])
    default:
      try content.requireKeys(["median", "spread90"])
      self = .logNormal(
        median: try content["median"]?.number(in: Self.factorRange, unit: "a factor") ?? 1,
        spread90: try content.required("spread90").number(in: 1...10, unit: "a factor"))
    }
  }
}

extension YAMLReading {
  /// A list of as many numbers as there are names, none below the one before it.
  fileprivate func ascending(
    _ names: [String], in range: ClosedRange<Double>, unit: String
  ) throws(CorridorKitError) -> [Double] {
    let items = try list()
    guard items.count == names.count else {
      throw fault(
        "a list of \(items.count)", expected: "[\(names.joined(separator: ", "))]")
    }
    var numbers: [Double] = []
    for item in items {
      let number = try item.number(in: range, unit: unit)
      guard number >= numbers.last ?? number else {
        throw item.fault(expected: "[\(names.joined(separator: ", "))] in ascending order")
      }
      numbers.append(number)
    }
    return numbers
  }
}
