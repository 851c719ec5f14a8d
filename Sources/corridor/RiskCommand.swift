import ArgumentParser
import CorridorKit
import Foundation
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
    let session = try Session(
      data, options, command: "risk",
      settings: [
        "normalisation": normalisation.rawValue, "within": within.rawValue,
        "across": across.rawValue, "exposure_weight": "\(exposureWeight)",
        "exposure_measure": exposureMeasure.rawValue,
      ])
    let country = self.country.trimmingCharacters(in: .whitespaces).uppercased()
    guard options.countryCodes.contains(country) else {
      throw CorridorKitError.contradiction(
        "--country \(country) is not among --countries \(options.countries)")
    }
    let explained = try explain.map { try session.area.province(named: $0) }
    if let explained, explained.country != country {
      throw CorridorKitError.contradiction(
        "--explain \(explained.id) lies in \(explained.country), and --country is \(country)")
    }
    let demand = try Demand(self.demand, session: session)
    let analysis = try session.analysis()
    let inputs = try RiskInputs(
      framework: framework, indicators: indicators, sources: session.sources, analysis: analysis)
    let question = try ScenarioQuestion(file: scenario, changes: changes)
    let asked =
      uncertainty.isAsked
      ? try uncertainty.study(
        shipped: framework == nil ? session.sources.indexUncertainty : nil, recipe: recipe,
        framework: inputs.framework,
        units: analysis.matrix.units.provinces(of: country).map(\.id), groupings: []) : nil
    let ranges =
      asked?.study.inputs.exposureDraws == nil
      ? nil : try InputFile(path: session.sources.uncertainty)
    func manifest(_ more: [InputFile] = []) -> Manifest {
      session.manifest(
        changes, demand: demand,
        inputs: inputs.files + more + (asked?.files ?? []) + (ranges.map { [$0] } ?? []),
        digests: question?.digests ?? [],
        settings: settledChoice.settings.merging(uncertainty.settings) { $1 })
    }
    /// How sure scores are under what is in force in an analysis.
    func sure(
      _ scores: RiskScores, _ analysis: Analysis
    ) throws(CorridorKitError) -> IndexUncertaintyPart? {
      guard var study = asked?.study else { return nil }
      // What has no weight is not drawn, and not told as drawn.
      if exposureWeight == 0 { study.inputs.index.statements.removeAll { $0.input == "exposure" } }
      var drawn: [[Double?]] = []
      if let count = study.inputs.exposureDraws, let ranges, exposureWeight > 0 {
        let exposures = try MonteCarlo(
          analysis, travel: try demand.travel(analysis), by: settledChoice.model(),
          inputs: try UncertainInputs(ranges))
        let progress = TerminalProgress("draws of exposure", total: count)
        defer { progress.finish() }
        drawn = try exposures.run(count, seed: study.seed, threads: data.threads) {
          progress.update($0)
        }.table(exposureMeasure, ids: scores.with.result.units.map(\.unit))
      }
      return try study.part(of: scores.with, exposureDraws: drawn, threads: data.threads)
    }
    func scores(
      _ exposure: Exposure, comparedWith before: RiskScores? = nil
    ) throws(CorridorKitError) -> RiskScores {
      try RiskScores(
        country: country, exposure: exposure, measure: exposureMeasure, weight: exposureWeight,
        inputs: inputs, recipe: recipe, comparedWith: before)
    }
    guard let question else {
      let result = try demand.outcomes(
        analysis, by: settledChoice.model(), threads: data.threads)
      warn(result.warnings)
      let scores = try scores(Exposure(result.trips, result.outcomes, matrix: analysis.matrix))
      let part = try sure(scores, analysis)
      try writePage(scores, uncertainty: part, analysis: analysis, manifest: manifest())
      if diagnose {
        try output.write(DiagnosisReport(scores.with, manifest: manifest()))
        return
      }
      try output.write(
        RiskReport(
          scores, explaining: explained?.id, uncertainty: part, analysis: analysis,
          manifest: manifest()))
      return
    }
    var simulator = try Simulator(
      demand, analysis: analysis, by: settledChoice.model(), threads: data.threads)
    let simulation = try simulator.effect(of: question.scenario).simulation
    warn(simulator.warnings)
    let before = try scores(simulation.before)
    let after = try scores(simulation.after, comparedWith: before)
    let part = try sure(after, try analysis.under(question.scenario))
    try writePage(
      after, before: before, scenario: question.scenario.name, uncertainty: part,
      analysis: analysis, manifest: manifest(question.files))
    try output.write(
      RiskReport(
        after, before: before, scenario: question.scenario.name, explaining: explained?.id,
        uncertainty: part, analysis: analysis,
        manifest: manifest(question.files)))
  }

  /// Writes the page that `--report` asks for.
  private func writePage(
    _ scores: RiskScores, before: RiskScores? = nil, scenario: String? = nil,
    uncertainty: IndexUncertaintyPart?, analysis: Analysis, manifest: Manifest
  ) throws(CorridorKitError) {
    guard let report else { return }
    let page = IndexPage(
      scores.with, without: scores.without, before: before?.with, scenario: scenario,
      uncertainty: uncertainty, layer: analysis.area.provinces, meaning: "Higher is riskier.",
      manifest: manifest)
    try writeFile(Data(page.html.utf8), to: report)
  }

  /// The model of route choice that holds for the demand.
  private var settledChoice: RouteChoiceOptions { choice.settled(for: demand) }

  private var recipe: IndexRecipe {
    IndexRecipe.standard.replacing(.normalise(NormalisationStep(normalisation)))
      .replacing(.aggregate(AggregationStep([within, across])))
  }
}

/// A scenario that a command asks about, from a file or from the command line.
struct ScenarioQuestion {
  let scenario: Scenario
  /// The file that it was read from, if it was.
  let files: [InputFile]
  /// The files that it names.
  var digests: [InputDigest] { scenario.inputs }

  /// Nil where nothing is asked.
  ///
  /// - Throws: ``CorridorKitError/contradiction(_:)`` where both are given.
  init?(file: String?, changes: ScenarioOptions) throws(CorridorKitError) {
    guard let file else {
      guard let scenario = try changes.scenario() else { return nil }
      self.scenario = scenario
      files = []
      return
    }
    guard changes.isEmpty else {
      throw .contradiction("--scenario and --close or --delay exclude one another")
    }
    let input = try InputFile(path: file)
    scenario = try Scenario(input)
    files = [input]
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
