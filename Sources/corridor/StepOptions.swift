import ArgumentParser
import CorridorKit
import RiskIndex

/// Single steps of an index on the command line, in place of those of a recipe.
struct StepOptions: ParsableArguments {
  @Option(help: "Take this year of data that have several.") var year: Int?
  @Option(
    help: ArgumentHelp(
      "What stands in for a year without a value: \(YearImputation.names).", valueName: "how"))
  var fill: YearImputation?
  @Option(
    help: ArgumentHelp(
      "Leave out units with less than this share of the indicators.", valueName: "share"))
  var screen: Double?
  @Option(help: ArgumentHelp("Fill gaps: \(Imputation.names).", valueName: "how"))
  var impute: Imputation?
  @Option(help: "The grouping of units for a mean or median of groups.") var grouping: String?
  @Flag(help: "Divide by the denominators that the framework states.") var denominate = false
  @Flag(help: "Treat outliers: winsorise, then log.") var treat = false
  @Option(
    help: ArgumentHelp(
      "How indicators are put on one scale: \(Normalisation.names). (default: goalpost)",
      valueName: "how"))
  var normalisation: Normalisation?
  @Option(
    help: ArgumentHelp(
      "Where weights come from: \(WeightStep.Method.names). (default: framework)",
      valueName: "how"))
  var weights: WeightStep.Method?
  @Option(
    help: ArgumentHelp(
      "One method for all levels or one for each, comma-separated from the lowest dimensions up: \(Aggregation.names). (default: arithmetic)",
      valueName: "how"))
  var aggregation: String?
  @Option(
    help: ArgumentHelp(
      "The share of a dimension's weight that a unit must have. (default: 0.5)",
      valueName: "share"))
  var minimumCoverage: Double?

  func validate() throws {
    for (name, share) in [("--screen", screen), ("--minimum-coverage", minimumCoverage)] {
      if let share, !(0...1).contains(share) {
        throw ValidationError("\(name) is \(share); expected a share from 0 to 1.")
      }
    }
    guard fill == nil || year != nil else { throw ValidationError("--fill goes with --year.") }
    let usesGroups = impute?.usesGroups ?? false
    guard (grouping != nil) == usesGroups else {
      throw ValidationError("--grouping goes with --impute group-mean or group-median.")
    }
    _ = try levels()
  }

  private func levels() throws -> [Aggregation]? {
    try aggregation.map { text in
      try text.split(separator: ",", omittingEmptySubsequences: false).map { name in
        guard let method = Aggregation(rawValue: String(name)) else {
          throw ValidationError("--aggregation is \"\(text)\"; expected \(Aggregation.names).")
        }
        return method
      }
    }
  }

  /// A recipe with the steps that are given in the place of its own.
  func applied(to recipe: IndexRecipe) throws -> IndexRecipe {
    var recipe = recipe
    if let year {
      recipe = recipe.replacing(.chooseYear(YearStep(year, imputation: fill ?? .none)))
    }
    if let screen {
      recipe = recipe.replacing(.screen(Screening(minimumAvailability: screen)))
    }
    if let impute {
      recipe =
        impute == .none
        ? recipe.without(.impute)
        : recipe.replacing(.impute(ImputationStep(impute, grouping: grouping)))
    }
    if denominate { recipe = recipe.replacing(.denominate(DenominationStep())) }
    if treat { recipe = recipe.replacing(.treat(TreatmentStep())) }
    if let normalisation {
      var step = recipe.normalisation
      (step.method, step.indicators) = (normalisation, [:])
      recipe = recipe.replacing(.normalise(step))
    }
    if let weights { recipe = recipe.replacing(.weigh(WeightStep(weights))) }
    var step = recipe.aggregation
    if let levels = try levels() { (step.levels, step.dimensions) = (levels, [:]) }
    if let minimumCoverage {
      (step.minimumCoverage, step.minimumCoverages) = (minimumCoverage, [:])
    }
    return recipe.replacing(.aggregate(step))
  }

  /// What was asked for, for the manifest.
  var settings: [String: String] {
    [
      "year": year.map { "\($0)" }, "fill": fill?.rawValue, "screen": screen.map { "\($0)" },
      "impute": impute?.rawValue, "grouping": grouping,
      "denominate": denominate ? "true" : nil, "treat": treat ? "true" : nil,
      "normalisation": normalisation?.rawValue, "weights": weights?.rawValue,
      "aggregation": aggregation, "minimum_coverage": minimumCoverage.map { "\($0)" },
    ].compactMapValues(\.self)
  }
}

extension RawRepresentable where RawValue == String, Self: CaseIterable {
  /// The names on the command line.
  fileprivate static var names: String { allCases.map(\.rawValue).joined(separator: ", ") }
}

extension YearImputation: ExpressibleByArgument {}
extension Imputation: ExpressibleByArgument {}
extension WeightStep.Method: ExpressibleByArgument {}
