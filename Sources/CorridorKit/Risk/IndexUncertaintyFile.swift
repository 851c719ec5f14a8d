public import RiskIndex

/// What is uncertain about a risk score, as a file says it (`docs/formats.md`, "Uncertain index").
public struct RiskUncertaintyInputs: Sendable, Hashable {
  /// The index.
  public var index: IndexUncertainty
  /// How many draws of exposure to make; nil where exposure is taken as known.
  public var exposureDraws: Int?

  /// Inputs from their parts.
  public init(index: IndexUncertainty, exposureDraws: Int? = nil) {
    self.index = index
    self.exposureDraws = exposureDraws
  }

  /// Reads them from YAML.
  ///
  /// - Parameters:
  ///   - file: The file.
  ///   - recipe: What alternatives by name stand in for; they keep its parameters.
  ///   - framework: What the index is made of.
  ///   - units: The units that are scored, by id; nil to have them checked where an index is drawn, which
  ///     cannot tell the line.
  ///   - groupings: What the data group units by; nil likewise.
  /// - Throws: ``CorridorKitError/invalidValue(file:location:value:expected:)`` with line and key. Names of
  ///   indicators and units are checked where an index is drawn.
  public init(
    _ file: InputFile, recipe: IndexRecipe, framework: IndexFramework, units: [String]? = nil,
    groupings: [String]? = nil
  ) throws(CorridorKitError) {
    let root = try YAMLReading(file)
    try root.requireKeys([
      "name", "description", "normalisation", "aggregation", "imputation", "outliers", "weighting",
      "weights", "indicators", "figures", "imputed", "exposure",
    ])
    index = IndexUncertainty(
      name: try root.required("name").string(), description: try root["description"]?.string())
    let reader = Reader(
      recipe: recipe,
      names: RecipeReader(framework: framework, units: units, groupings: groupings))
    try reader.alternatives(root, into: &index)
    try reader.numbers(root, into: &index)
    if let value = root["exposure"] {
      try value.requireKeys(["draws"] + UncertainInputs.Ground.keys)
      exposureDraws = Int(
        try value.required("draws").number(in: 2...100_000, unit: "a number of draws"))
      try reader.state(
        "exposure", "\(exposureDraws ?? 0) draws of the uncertain inputs of exposure", value,
        into: &index)
    }
    guard !index.statements.isEmpty else {
      throw root.fault(
        "without anything uncertain",
        expected: "\"normalisation\", \"aggregation\", \"weights\", \"figures\" or another")
    }
  }
}

/// Reads the parts of a file into an uncertainty.
private struct Reader {
  let recipe: IndexRecipe
  /// What indicators, dimensions and units may be called.
  let names: RecipeReader

  /// Notes what a reader is told.
  func state(
    _ input: String, _ range: String, _ value: YAMLReading, into index: inout IndexUncertainty
  ) throws(CorridorKitError) {
    index.statements.append(
      IndexUncertainty.Statement(
        input: input, range: range, reason: try value.required("reason").string(),
        source: try value.required("source").string()))
  }

  func alternatives(
    _ root: YAMLReading, into index: inout IndexUncertainty
  ) throws(CorridorKitError) {
    if let value = root["imputation"] {
      try value.requireKeys(["among", "grouping"] + UncertainInputs.Ground.keys)
      let grouping = try value["grouping"].map(names.grouping)
      try add("imputation", .impute, value, into: &index) { (item) throws(CorridorKitError) in
        .imputations([try item.choice()], grouping: grouping, of: recipe)
      }
    }
    let keys = ["among"] + UncertainInputs.Ground.keys
    if let value = root["outliers"] {
      try value.requireKeys(keys)
      try add("outliers", .treat, value, into: &index) { (item) throws(CorridorKitError) in
        let choice: OutlierChoice = try item.choice()
        return .treatments([(choice.rawValue, choice.treatment)])
      }
    }
    if let value = root["normalisation"] {
      try value.requireKeys(keys)
      try add("normalisation", .normalise, value, into: &index) { (item) throws(CorridorKitError) in
        .normalisations([try item.choice()], of: recipe)
      }
    }
    if let value = root["weighting"] {
      try value.requireKeys(keys)
      try add("weighting", .weigh, value, into: &index) { (item) throws(CorridorKitError) in
        .weightings([try item.choice()], of: recipe)
      }
    }
    if let value = root["aggregation"] {
      try value.requireKeys(keys)
      try add("aggregation", .aggregate, value, into: &index) { (item) throws(CorridorKitError) in
        var levels: [Aggregation] = []
        for level in try item.list() { levels.append(try level.choice()) }
        return .aggregations([levels], of: recipe)
      }
    }
  }

  /// Adds the alternatives of one kind: each by its name, or a step as recipes have it.
  private func add(
    _ key: String, _ kind: IndexStep.Kind, _ value: YAMLReading, into index: inout IndexUncertainty,
    named: (YAMLReading) throws(CorridorKitError) -> IndexUncertainty.Alternatives
  ) throws(CorridorKitError) {
    let among = try value.required("among")
    let items = try among.list()
    guard items.count > 1 else { throw among.fault(expected: "two or more to choose among") }
    var choice = IndexUncertainty.Alternatives(kind: kind, steps: [], labels: [])
    for item in items {
      if item.isMapping {
        let step = try names.step(kind, item)
        choice.steps.append(step)
        choice.labels.append("\(step)")
      } else {
        let one = try named(item)
        choice.steps += one.steps
        choice.labels += one.labels
      }
    }
    if let label = firstRepeated(choice.labels) {
      throw among.fault("\"\(label)\" twice", expected: "each once")
    }
    index.alternatives.append(choice)
    try state(key, choice.labels.joined(separator: ", "), value, into: &index)
  }

  private func firstRepeated(_ labels: [String]) -> String? {
    labels.indices.first { labels[..<$0].contains(labels[$0]) }.map { labels[$0] }
  }

  private func indicator(_ value: YAMLReading) throws(CorridorKitError) -> String {
    try names.name(value, "indicator", names.indicators)
  }

  func numbers(
    _ root: YAMLReading, into index: inout IndexUncertainty
  ) throws(CorridorKitError) {
    if let value = root["weights"] {
      try value.requireKeys(["spread"] + UncertainInputs.Ground.keys)
      let spread = try value.required("spread").number(in: 0.001...0.999, unit: "a share")
      index.weightSpread = spread
      try state("weights", "\(Shown.fixed(spread * 100, 1)) % either way", value, into: &index)
    }
    if let value = root["indicators"] {
      try value.requireKeys(["leave_out"] + UncertainInputs.Ground.keys)
      let names = try value.required("leave_out").strings()
      if names != ["any"] {
        for item in try value.required("leave_out").list() { _ = try indicator(item) }
      }
      index.leftOut = names == ["any"] ? .anyIndicator : .oneOf(names)
      try state(
        "indicators",
        "all, or all but one\(names == ["any"] ? "" : " of \(names.joined(separator: ", "))")",
        value,
        into: &index)
    }
    for value in try root["figures"]?.list() ?? [] {
      try value.requireKeys(
        ["indicator", "unit", "relative", "absolute"] + UncertainInputs.Ground.keys)
      let (relative, absolute) = (value["relative"], value["absolute"])
      let spread: IndexUncertainty.DataError.Spread
      let shown: String
      switch (relative, absolute) {
      case (let relative?, nil):
        let share = try relative.number(in: 0.0001...10, unit: "a share of the figure")
        spread = .relative(share)
        shown = "\(Shown.fixed(share * 100, 1)) % of the figure"
      case (nil, let absolute?):
        let size = try absolute.number(in: 1e-300...1e300, unit: "a standard deviation")
        spread = .absolute(size)
        shown = "\(size)"
      default:
        throw value.fault(
          relative == nil ? "without a standard deviation" : "with \"relative\" and \"absolute\"",
          expected: "one of \"relative\" and \"absolute\"")
      }
      let error = IndexUncertainty.DataError(
        indicator: try value["indicator"].map(indicator), unit: try value["unit"].map(names.unit),
        spread: spread)
      index.errors.append(error)
      try state(
        "figures of \(error.indicator ?? "all indicators")\(error.unit.map { " in \($0)" } ?? "")",
        "normal, standard deviation \(shown)", value, into: &index)
    }
    if let value = root["imputed"] {
      try value.requireKeys(["spread"] + UncertainInputs.Ground.keys)
      let spread = try value.required("spread").number(in: 0.001...10, unit: "a factor")
      index.imputedSpread = spread
      try state(
        "imputed cells", "normal, \(spread) standard deviations of the indicator's values", value,
        into: &index)
    }
  }
}

/// A treatment of outliers by name.
private enum OutlierChoice: String, CaseIterable {
  case none, winsorise, log
  case boxCox = "box-cox"

  var treatment: OutlierTreatment? {
    switch self {
    case .none: nil
    case .winsorise: OutlierTreatment(transformation: .none)
    case .log: OutlierTreatment()
    case .boxCox: OutlierTreatment(transformation: .boxCox(exponent: nil))
    }
  }
}
