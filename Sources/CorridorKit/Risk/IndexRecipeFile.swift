public import RiskIndex

extension IndexRecipe {
  /// Reads a recipe (`docs/formats.md`, "Recipes"). Steps that it does not name are those of
  /// ``IndexRecipe/standard``, at their usual places.
  ///
  /// - Parameters:
  ///   - file: YAML.
  ///   - framework: What the names of indicators and dimensions belong to.
  ///   - data: Whose units and groupings of units it may name; nil to have them checked when the recipe is
  ///     run, which cannot tell the line.
  /// - Throws: ``CorridorKitError/invalidValue(file:location:value:expected:)`` with line and key.
  public init(
    _ file: InputFile, framework: IndexFramework, data: IndicatorData? = nil
  ) throws(CorridorKitError) {
    let root = try YAMLReading(file)
    try root.requireKeys(["name", "description", "steps"])
    let reader = RecipeReader(
      framework: framework, units: data?.units.map(\.id), groupings: data?.groupings)
    var recipe = IndexRecipe([])
    for entry in try root.required("steps").list() {
      let pairs = try entry.pairs()
      guard let (key, value) = pairs.first, pairs.count == 1 else {
        throw entry.fault(expected: "one step, such as \"normalise: {method: z}\"")
      }
      let kinds = IndexStep.Kind.allCases.map(\.rawValue)
      guard let kind = IndexStep.Kind(rawValue: key) else {
        throw entry.fault(
          "an unknown step \"\(key)\"", expected: "one of \(kinds.joined(separator: ", "))")
      }
      let step = try reader.step(kind, value)
      if let last = recipe.steps.last?.kind, Self.isLate(last) && !Self.isLate(kind) {
        throw entry.fault(key, expected: "a step before \(last.rawValue)")
      }
      if Self.isLate(kind), recipe.steps.contains(where: { $0.kind == kind }) {
        throw entry.fault("a second \(key)", expected: "one")
      }
      recipe.steps.append(step)
    }
    for step in IndexRecipe.standard.steps
    where !recipe.steps.contains(where: { $0.kind == step.kind }) {
      recipe = recipe.replacing(step)
    }
    guard recipe.steps.last?.kind == .aggregate else {
      throw try root.required("steps").fault(
        "\(recipe.steps.last?.kind.rawValue ?? "") at the end", expected: "aggregate")
    }
    self = recipe
  }

  /// What is wrong with a recipe whose reference an earlier step has left out, which shows when it is run;
  /// nil where the file names no such reference.
  static func fault(ofReference unit: String, leftOutIn file: InputFile) -> CorridorKitError? {
    let steps = try? YAMLReading(file)["steps"]?.list()
    let reference = steps?.lazy.compactMap { $0["normalise"]?["reference"] }.first
    guard let reference, (try? reference.string()) == unit else { return nil }
    return reference.fault(
      "\"\(unit)\", which a step before leaves out", expected: "a unit that is still there")
  }

  /// Whether a step of a recipe chooses a year. The rest of it can be read only once the framework is
  /// known.
  ///
  /// - Throws: ``CorridorKitError/invalidValue(file:location:value:expected:)`` for what is no list of
  ///   steps.
  package static func choosesYear(_ file: InputFile) throws(CorridorKitError) -> Bool {
    for step in try YAMLReading(file).required("steps").list() {
      if try step.pairs().contains(where: { $0.key == IndexStep.Kind.chooseYear.rawValue }) {
        return true
      }
    }
    return false
  }

  /// Whether steps of a kind come after all steps that change data, and once.
  private static func isLate(_ kind: IndexStep.Kind) -> Bool {
    [.normalise, .weigh, .aggregate].contains(kind)
  }
}

/// Reads the steps of a recipe.
struct RecipeReader {
  let framework: IndexFramework
  /// The units of the data; nil where they are not known yet.
  let units: [String]?
  /// The groupings of the units, likewise.
  var groupings: [String]?

  var indicators: [String] { (framework.indicators + framework.supplements).map(\.id) }
  var dimensions: [String] { framework.dimensions.map(\.id) }

  func step(_ kind: IndexStep.Kind, _ value: YAMLReading) throws(CorridorKitError) -> IndexStep {
    switch kind {
    case .chooseYear: .chooseYear(try year(value))
    case .screen: .screen(try screening(value))
    case .impute: .impute(try imputation(value))
    case .denominate: .denominate(try denomination(value))
    case .treat: .treat(try treatment(value))
    case .normalise: .normalise(try normalisation(value))
    case .weigh: .weigh(try weights(value))
    case .aggregate: .aggregate(try aggregation(value))
    }
  }

  /// The pairs of a mapping whose keys are names of one kind.
  func named(
    _ value: YAMLReading?, _ kind: String, _ known: [String]
  ) throws(CorridorKitError) -> [(key: String, value: YAMLReading)] {
    guard let value else { return [] }
    let pairs = try value.pairs()
    for (key, entry) in pairs where !known.contains(key) {
      throw fault(entry, kind, key, known)
    }
    return pairs
  }

  /// A name of one kind.
  func name(
    _ value: YAMLReading, _ kind: String, _ known: [String]
  ) throws(CorridorKitError) -> String {
    let name = try value.string()
    guard known.contains(name) else { throw fault(value, kind, name, known) }
    return name
  }

  /// The id of a unit.
  func unit(_ value: YAMLReading) throws(CorridorKitError) -> String {
    let name = try value.string()
    if let units, !units.contains(name) {
      throw fault(value, "unit", name, units, of: "the data")
    }
    return name
  }

  /// The name of a grouping of units.
  func grouping(_ value: YAMLReading) throws(CorridorKitError) -> String {
    let name = try value.string()
    if let groupings, !groupings.contains(name) {
      throw value.fault(
        "an unknown grouping \"\(name)\"",
        expected: groupings.isEmpty
          ? "none, for the data have none" : "one of \(groupings.joined(separator: ", "))")
    }
    return name
  }

  private func fault(
    _ value: YAMLReading, _ kind: String, _ name: String, _ known: [String],
    of whole: String = "the framework"
  ) -> CorridorKitError {
    let near = nearestNames(to: name, among: known.map { (name: $0, answer: $0) })
    return value.fault(
      "an unknown \(kind) \"\(name)\"",
      expected: "one of \(whole)"
        + (near.isEmpty ? "" : "; nearest: \(near.joined(separator: ", "))"))
  }

  func share(_ value: YAMLReading) throws(CorridorKitError) -> Double {
    try value.number(in: 0...1, unit: "a share")
  }

  func finite(_ value: YAMLReading) throws(CorridorKitError) -> Double {
    try value.number(in: -1e300...1e300, unit: "a number")
  }

  func positive(_ value: YAMLReading) throws(CorridorKitError) -> Double {
    try value.number(in: 1e-300...1e300, unit: "a number")
  }
}
