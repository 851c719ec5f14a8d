import ArgumentParser
import CorridorKit
import TransportGraph

struct ExposureCommand: ParsableCommand, FileCommand {
  /// What exposure is told by.
  enum Unit: String, CaseIterable, ExpressibleByArgument {
    case province, crossing, link
  }

  static let configuration = CommandConfiguration(
    commandName: "exposure",
    abstract: "How exposed provinces, crossings and links are to corridors or flows.",
    discussion: """
      Without FROM and TO or a table of flows, all named corridors of the permitted modes count, each \
      with a mass of 1. A table of flows is CSV with the columns from, to, mass and, optionally, layer.

      Named corridors take their one way; others spread over alternatives by a path-size logit, unless \
      --model says otherwise. With a model a named corridor still passes its waypoints in their order; \
      between two of them travellers choose by the model, on each leg independently of the others.

      EXAMPLES
        corridor exposure
        corridor exposure --corridor K4 --vintage 2013
        corridor exposure --from Osh --to Almaty --countries KZ,KG
        corridor exposure --od flows.csv --format csv --output exposure.csv
        corridor exposure --close crossing:korday --delay crossing:karasu=2h
        corridor exposure --from Bishkek --to Almaty --model psl --by crossing
        corridor exposure --model stoch --theta 2 --by link --format geojson
        corridor exposure --corridor C1 --model psl --theta-range 0.1:10:9
        corridor exposure --demand persons --model psl --draws 1000
      """)

  @OptionGroup var demand: DemandOptions
  @OptionGroup var choice: RouteChoiceOptions
  @Option(help: "What is told one by one: province, crossing or link.")
  var by: Unit = .province
  @Option(
    name: .customLong("theta-range"),
    help: ArgumentHelp(
      "The whole once for each of COUNT values of theta from LOW to HIGH, each the same factor above the one before; all or nothing beside it.",
      valueName: "low:high:count"))
  var thetaRangeText: String?
  @OptionGroup var data: DataOptions
  @OptionGroup var options: AnalysisOptions
  @OptionGroup var changes: ScenarioOptions
  @OptionGroup var uncertainty: UncertaintyOptions
  @OptionGroup var output: OutputOptions

  private var thetaRange: ThetaRange? { thetaRangeText.flatMap { ThetaRange(argument: $0) } }

  /// The model of route choice that holds for the demand.
  private var settledChoice: RouteChoiceOptions {
    choice.settled(for: demand, asksForTheta: thetaRange != nil)
  }

  var filesRead: [String?] { data.files + demand.files(data) + [uncertainty.uncertainty] }
  var filesWritten: [(option: String, path: String?)] { output.files }

  func validate() throws {
    if let thetaRangeText, thetaRange == nil {
      throw ValidationError(
        "--theta-range is \"\(thetaRangeText)\"; expected \(ThetaRange.expectation).")
    }
    guard uncertainty.draws == nil || (by == .province && thetaRange == nil) else {
      throw ValidationError("--draws goes with --by province, and without --theta-range.")
    }
    guard thetaRange != nil else { return }
    guard choice.kind != .shortest else {
      throw ValidationError("--theta-range goes with --model; all or nothing has no theta.")
    }
    guard choice.theta == nil else {
      throw ValidationError("--theta and --theta-range exclude one another.")
    }
    guard by == .province else {
      throw ValidationError("--theta-range goes with --by province.")
    }
  }

  func run() throws {
    let session = try Session(data, options, command: "exposure")
    let demand = try Demand(self.demand, session: session)
    let analysis = try session.analysis(changes)
    if let thetaRange {
      try writeSensitivity(to: thetaRange, demand, analysis, session)
      return
    }
    let model = settledChoice.model()
    if let report = try uncertainty.report(
      on: demand, analysis, by: model, session: session, threads: data.threads,
      manifest: { inputs, settings in
        session.manifest(
          changes, demand: demand, inputs: inputs,
          settings: settledChoice.settings.merging(settings) { $1 })
      })
    {
      try output.write(report)
      return
    }
    let result = try demand.outcomes(analysis, by: model, threads: data.threads)
    warn(result.warnings)
    let manifest = session.manifest(changes, demand: demand, settings: settings)
    switch by {
    case .province:
      try output.write(
        ExposureReport(
          Exposure(result.trips, result.outcomes, matrix: analysis.matrix),
          trips: result.summaries, cutOff: result.cutOff, by: model, warnings: result.warnings,
          analysis: analysis, manifest: manifest))
    case .crossing:
      let passages =
        try result.corridors?.crossingPassages
        ?? analysis.crossingPassages(of: result.trips, by: model, threads: data.threads)
      try output.write(
        CrossingUseReport(
          result.trips, passages, cutOff: result.cutOff, by: model, warnings: result.warnings,
          analysis: analysis, manifest: manifest))
    case .link:
      try output.write(
        LinkUseReport(
          result.trips, result.outcomes, cutOff: result.cutOff, by: model,
          warnings: result.warnings, analysis: analysis, manifest: manifest))
    }
  }

  private var settings: [String: String] {
    settledChoice.settings.merging(by == .province ? [:] : ["by": by.rawValue]) { $1 }
  }

  private func writeSensitivity(
    to range: ThetaRange, _ demand: Demand, _ analysis: Analysis, _ session: Session
  ) throws(CorridorKitError) {
    var warnings: [RouteChoiceWarning] = []
    var outcomes: [(theta: Double, outcome: ThetaSensitivityReport.Outcome)] = []
    for theta in range.values {
      do throws(CorridorKitError) {
        let result = try demand.outcomes(
          analysis, by: settledChoice.model(theta: theta), threads: data.threads)
        for warning in result.warnings where !warnings.contains(warning) {
          warnings.append(warning)
        }
        let exposure = Exposure(result.trips, result.outcomes, matrix: analysis.matrix)
        outcomes.append((theta, .exposure(exposure)))
      } catch {
        guard refusesModel(error) else { throw error }
        outcomes.append((theta, .refused("\(error)")))
      }
    }
    warn(warnings)
    let best = try demand.outcomes(analysis)
    var settings = settledChoice.settings
    settings["theta"] = nil
    settings["theta_range"] = range.text
    try output.write(
      ThetaSensitivityReport(
        outcomes, allOrNothing: Exposure(best.trips, best.outcomes, matrix: analysis.matrix),
        warnings: warnings, analysis: analysis,
        manifest: session.manifest(changes, demand: demand, settings: settings)))
  }
}

/// Whether a model of route choice does not exist at its parameters, whatever else is right.
private func refusesModel(_ error: CorridorKitError) -> Bool {
  switch error {
  case .routeChoice: true
  case .located(_, let cause): refusesModel(cause)
  default: false
  }
}

/// Tells what a reader should know of a model's result.
func warn(_ warnings: [RouteChoiceWarning]) {
  for warning in warnings { complain("warning: \(warning)") }
}
