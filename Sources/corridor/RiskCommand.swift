import ArgumentParser
import CorridorKit
import RiskIndex

struct RiskCommand: ParsableCommand, FileCommand {
  static let configuration = CommandConfiguration(
    commandName: "risk", abstract: "The provincial risk score, with and without exposure.",
    discussion: """
      Built after the Global Slavery Index 2013. Indicators without a source are absent and shown as \
      missing coverage; nothing is filled in. Exposure is that of all named corridors, of --demand, \
      --od, or --from and --to, by the model of route choice that "corridor exposure" has for them, and \
      has a weight of its own; 0 gives the index without it.

      With --scenario, --close or --delay the scores hold under the scenario and stand beside those \
      without it. Exposure is then told on the scale of the state without the scenario, and may lie \
      beyond 100.

      With --draws, scores and ranks come with intervals over what is uncertain: choices of method, \
      weights, figures and exposure; --sensitivity tells which of them moves which rank.

      EXAMPLES
        corridor risk
        corridor risk --vintage 2013 --format csv
        corridor risk --explain KZ-31
        corridor risk --exposure-weight 0.3 --across geometric
        corridor risk --draws 1000 --sensitivity
        corridor risk --diagnose
        corridor risk --demand persons --model stoch --exposure-measure entering
        corridor risk --scenario examples/scenarios/korday-closed.yaml
        corridor risk --close crossing:korday --format geojson --output risk.geojson
        corridor risk --report risk.html
      """)

  @Option(help: "The country whose provinces are scored.") var country = "KZ"
  @Option(help: ArgumentHelp("Your own indicators (CSV; docs/formats.md).", valueName: "file"))
  var indicators: String?
  @Option(help: ArgumentHelp("Your own framework (JSON).", valueName: "file"))
  var framework: String?
  @Option(help: "How indicators are put on one scale: \(Normalisation.names).")
  var normalisation: Normalisation = .goalpost
  @Option(help: "Within dimensions: \(Aggregation.names).") var within: Aggregation = .arithmetic
  @Option(help: "Across dimensions, as --within.") var across: Aggregation = .arithmetic
  @Option(help: "The share of exposure in the score, from 0 to below 1.")
  var exposureWeight = 1.0 / 6
  @Option(help: "length (kilometres), time (hours) or entering (trips).")
  var exposureMeasure: ExposureMeasure = .length
  @Option(help: ArgumentHelp("Take one province's score apart.", valueName: "province"))
  var explain: String?
  @Option(help: ArgumentHelp("A scenario (YAML).", valueName: "scenario.yaml"))
  var scenario: String?
  @Option(
    help: ArgumentHelp(
      "Write a page with map, charts and tables as well (HTML).", valueName: "file"))
  var report: String?
  @OptionGroup var demand: DemandOptions
  @OptionGroup var choice: RouteChoiceOptions
  @OptionGroup var data: DataOptions
  @OptionGroup var options: AnalysisOptions
  @OptionGroup var changes: ScenarioOptions
  @Flag(
    help:
      "Tell how the index is built: correlations, what each indicator really weighs, what stands out."
  )
  var diagnose = false
  @OptionGroup var uncertainty: IndexUncertaintyOptions
  @OptionGroup var output: OutputOptions

  var filesRead: [String?] {
    data.files + demand.files(data) + [indicators, framework, uncertainty.uncertainty]
      + (scenario.map(scenarioFiles) ?? [])
  }
  var filesWritten: [(option: String, path: String?)] { [("--report", report)] + output.files }

  func validate() throws {
    guard exposureWeight >= 0, exposureWeight < 1 else {
      throw ValidationError("--exposure-weight is a share from 0 to below 1.")
    }
    guard report != "" else { throw ValidationError("--report is \"\"; expected a file's name.") }
    guard
      !diagnose || (explain == nil && !uncertainty.isAsked && scenario == nil && changes.isEmpty)
    else {
      throw ValidationError(
        "--diagnose goes without --explain, --draws, --uncertainty, --sensitivity and a scenario.")
    }
  }

  func run() throws {
    try RiskRun(self).write()
  }

  /// The model of route choice that holds for the demand.
  var settledChoice: RouteChoiceOptions { choice.settled(for: demand) }

  /// How scores are made.
  var recipe: IndexRecipe {
    IndexRecipe.standard.replacing(.normalise(NormalisationStep(normalisation)))
      .replacing(.aggregate(AggregationStep([within, across])))
  }
}

extension Normalisation {
  /// The names on the command line.
  static var names: String { allCases.map(\.rawValue).joined(separator: ", ") }
}

extension Aggregation {
  /// The names on the command line.
  static var names: String { allCases.map(\.rawValue).joined(separator: ", ") }
}

extension Normalisation: ExpressibleByArgument {}
extension Aggregation: ExpressibleByArgument {}
extension ExposureMeasure: ExpressibleByArgument {}
