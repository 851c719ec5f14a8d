import CorridorKit
import Foundation
import RiskIndex
import TransportGraph

/// One run of `corridor risk`: what it has read, and the scores that it makes of it.
struct RiskRun {
  private let command: RiskCommand
  private let session: Session
  private let country: String
  /// The province whose score is taken apart.
  private let explained: String?
  private let demand: Demand
  private let analysis: Analysis
  private let inputs: RiskInputs
  private let question: ScenarioQuestion?
  private let uncertainty: (study: RiskUncertainty, files: [InputFile])?
  /// What is uncertain about exposure, where that is drawn.
  private let exposureRanges: InputFile?

  /// Reads what the command asks about.
  init(_ command: RiskCommand) throws(CorridorKitError) {
    self.command = command
    session = try Session(
      command.data, command.options, command: "risk",
      settings: [
        "normalisation": command.normalisation.rawValue, "within": command.within.rawValue,
        "across": command.across.rawValue, "exposure_weight": "\(command.exposureWeight)",
        "exposure_measure": command.exposureMeasure.rawValue,
      ])
    let country = command.country.trimmingCharacters(in: .whitespaces).uppercased()
    guard command.options.countryCodes.contains(country) else {
      throw .contradiction(
        "--country \(country) is not among --countries \(command.options.countries)")
    }
    self.country = country
    if let name = command.explain {
      let province = try session.area.province(named: name)
      guard province.country == country else {
        throw .contradiction(
          "--explain \(province.id) lies in \(province.country), and --country is \(country)")
      }
      explained = province.id
    } else {
      explained = nil
    }
    demand = try Demand(command.demand, session: session)
    analysis = try session.analysis()
    inputs = try RiskInputs(
      framework: command.framework, indicators: command.indicators, sources: session.sources,
      analysis: analysis)
    question = try ScenarioQuestion(file: command.scenario, changes: command.changes)
    uncertainty =
      command.uncertainty.isAsked
      ? try command.uncertainty.study(
        shipped: command.framework == nil ? session.sources.indexUncertainty : nil,
        recipe: command.recipe, framework: inputs.framework,
        units: analysis.matrix.units.provinces(of: country).map(\.id), groupings: []) : nil
    exposureRanges =
      uncertainty?.study.inputs.exposureDraws == nil
      ? nil : try InputFile(path: session.sources.uncertainty)
  }

  /// Makes the scores and writes them.
  func write() throws {
    if let question { try write(question) } else { try writePresent() }
  }

  /// Without a scenario.
  private func writePresent() throws {
    let result = try demand.outcomes(analysis, by: model, threads: command.data.threads)
    warn(result.warnings)
    let scores = try scores(Exposure(result.trips, result.outcomes, matrix: analysis.matrix))
    let part = try part(of: scores, under: analysis)
    let manifest = manifest()
    try writePage(scores, uncertainty: part, manifest: manifest)
    if command.diagnose {
      try command.output.write(DiagnosisReport(scores.with, manifest: manifest))
      return
    }
    try command.output.write(
      RiskReport(
        scores, explaining: explained, uncertainty: part, analysis: analysis, manifest: manifest))
  }

  /// Under a scenario, beside the scores without it.
  private func write(_ question: ScenarioQuestion) throws {
    let scenario = question.scenario
    var simulator = try Simulator(
      demand, analysis: analysis, by: model, threads: command.data.threads)
    let simulation = try simulator.effect(of: scenario).simulation
    warn(simulator.warnings)
    let before = try scores(simulation.before)
    let after = try scores(simulation.after, comparedWith: before)
    let part = try part(of: after, under: try analysis.under(scenario))
    let manifest = manifest(question.files)
    try writePage(
      after, before: before, scenario: scenario.name, uncertainty: part, manifest: manifest)
    try command.output.write(
      RiskReport(
        after, before: before, scenario: scenario.name, explaining: explained, uncertainty: part,
        analysis: analysis, manifest: manifest))
  }

  private var model: RouteChoiceModel { command.settledChoice.model() }

  private func scores(
    _ exposure: Exposure, comparedWith before: RiskScores? = nil
  ) throws(CorridorKitError) -> RiskScores {
    try RiskScores(
      country: country, exposure: exposure, measure: command.exposureMeasure,
      weight: command.exposureWeight, inputs: inputs, recipe: command.recipe,
      comparedWith: before)
  }

  /// How sure scores are under what is in force in an analysis; nil where that is not asked.
  private func part(
    of scores: RiskScores, under analysis: Analysis
  ) throws(CorridorKitError) -> IndexUncertaintyPart? {
    guard var study = uncertainty?.study else { return nil }
    // What has no weight is not drawn, and not told as drawn.
    if command.exposureWeight == 0 {
      study.inputs.index.statements.removeAll { $0.input == "exposure" }
    }
    var drawn: [[Double?]] = []
    if let count = study.inputs.exposureDraws, let exposureRanges, command.exposureWeight > 0 {
      let exposures = try MonteCarlo(
        analysis, travel: try demand.travel(analysis), by: model,
        inputs: try UncertainInputs(exposureRanges))
      let progress = TerminalProgress("draws of exposure", total: count)
      defer { progress.finish() }
      drawn = try exposures.run(count, seed: study.seed, threads: command.data.threads) {
        progress.update($0)
      }.table(command.exposureMeasure, ids: scores.with.result.units.map(\.unit))
    }
    return try study.part(
      of: scores.with, exposureDraws: drawn, threads: command.data.threads)
  }

  private func manifest(_ scenario: [InputFile] = []) -> Manifest {
    session.manifest(
      command.changes, demand: demand,
      inputs: inputs.files + scenario + (uncertainty?.files ?? [])
        + (exposureRanges.map { [$0] } ?? []),
      digests: question?.digests ?? [],
      settings: command.settledChoice.settings.merging(command.uncertainty.settings) { $1 })
  }

  /// Writes the page that `--report` asks for.
  private func writePage(
    _ scores: RiskScores, before: RiskScores? = nil, scenario: String? = nil,
    uncertainty: IndexUncertaintyPart?, manifest: Manifest
  ) throws(CorridorKitError) {
    guard let report = command.report else { return }
    let page = IndexPage(
      scores.with, without: scores.without, before: before?.with, scenario: scenario,
      uncertainty: uncertainty, layer: analysis.area.provinces, meaning: "Higher is riskier.",
      manifest: manifest)
    try writeFile(Data(page.html.utf8), to: report)
  }
}
