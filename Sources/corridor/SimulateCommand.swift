import ArgumentParser
import CorridorKit
import TransportGraph

struct SimulateCommand: ParsableCommand, RouteChoosing, FileCommand {
  static let configuration = CommandConfiguration(
    commandName: "simulate", abstract: "What a closure or delay does to the exposure of provinces.",
    discussion: """
      The scenario is a YAML file (docs/formats.md) or made of --close and --delay. Several files stand \
      side by side with --compare. --on is the day that holds with and without the scenario; alone it is \
      the scenario itself, compared with today. Without a pair or a table of flows the scenario meets all \
      named corridors. Those take their one way; others spread over alternatives by a path-size logit, \
      unless --model says otherwise.

      EXAMPLES
        corridor simulate examples/scenarios/korday-closed.yaml
        corridor simulate --close crossing:korday --close crossing:karasu
        corridor simulate --delay border:KZ-KG=x2
        corridor simulate --on 2020-04-01
        corridor simulate --close border:KZ-KG --od flows.csv --format json
        corridor simulate korday.yaml --from Bishkek --to Almaty --model psl
        corridor simulate korday.yaml --format csv --table displacement
        corridor simulate korday.yaml --demand persons --draws 1000
        corridor simulate --compare korday.yaml border.yaml --format geojson \\
          --output change.geojson
      """)

  @Argument(help: ArgumentHelp("A scenario (YAML).", valueName: "scenario.yaml"))
  var scenario: String?
  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp("Scenarios (YAML) side by side, two or more.", valueName: "scenario.yaml"))
  var compare: [String] = []
  @Option(
    help: """
      What --format csv holds: \
      \(SimulationReport.Table.allCases.map(\.rawValue).joined(separator: ", ")).
      """)
  var table: SimulationReport.Table = .provinces
  @OptionGroup var demand: DemandOptions
  @OptionGroup var choice: RouteChoiceOptions
  @OptionGroup var data: DataOptions
  @OptionGroup var options: AnalysisOptions
  @OptionGroup var changes: ScenarioOptions
  @OptionGroup var uncertainty: UncertaintyOptions
  @OptionGroup var output: OutputOptions

  private var scenarioPaths: [String] { [scenario].compactMap(\.self) + compare }

  var filesRead: [String?] {
    data.files + demand.files(data) + [uncertainty.uncertainty]
      + scenarioPaths.flatMap(corridor.scenarioFiles)
  }
  var filesWritten: [(option: String, path: String?)] { output.files }

  func validate() throws {
    guard table == .provinces || output.format == .csv else {
      throw ValidationError("--table goes with --format csv; JSON has all tables.")
    }
    guard uncertainty.draws == nil || (compare.isEmpty && table == .provinces) else {
      throw ValidationError("--draws goes without --compare and --table.")
    }
  }

  func run() throws {
    let files = try scenarioFiles()
    var scenarios: [Scenario] = []
    for file in files { scenarios.append(try Scenario(file)) }
    // A day alone is what is asked about, and not what holds in both states.
    var options = options
    if scenarios.isEmpty, changes.isEmpty, let date = options.date {
      scenarios = [Scenario(name: "As on \(date)", date: date)]
      options.on = nil
    } else if let quick = try changes.scenario() {
      scenarios = [quick]
    }
    let session = try Session(data, options, command: "simulate")
    let demand = try Demand(self.demand, session: session)
    func manifest(_ inputs: [InputFile] = [], _ settings: [String: String] = [:]) -> Manifest {
      let own = settledChoice.settings.merging(self.options.on.map { ["on": $0] } ?? [:]) { $1 }
      return session.manifest(
        changes, demand: demand, inputs: files + inputs, digests: scenarios.flatMap(\.inputs),
        settings: own.merging(settings) { $1 })
    }
    if let report = try uncertainty.report(
      on: demand, try session.analysis(), by: settledChoice.model(), comparing: scenarios.first,
      session: session, threads: data.threads, manifest: { manifest($0, $1) })
    {
      try output.write(report)
      return
    }
    var simulator = try Simulator(
      demand, analysis: try session.analysis(), by: settledChoice.model(), threads: data.threads)
    var reports: [SimulationReport] = []
    for scenario in scenarios {
      var report = try simulator.report(on: scenario, manifest: manifest())
      report.csvTable = table
      reports.append(report)
    }
    warn(simulator.warnings)
    if compare.isEmpty {
      for report in reports { try output.write(report) }
    } else {
      try output.write(try ComparisonReport(reports, manifest: manifest()))
    }
  }

  private func scenarioFiles() throws(CorridorKitError) -> [InputFile] {
    let paths = scenarioPaths
    if compare.isEmpty {
      guard scenario == nil || changes.isEmpty else {
        throw .contradiction("a scenario file and --close or --delay exclude one another")
      }
      guard scenario != nil || !changes.isEmpty || options.on != nil else {
        throw .contradiction("nothing to simulate: give a scenario file, --close, --delay or --on")
      }
    } else {
      guard changes.isEmpty else {
        throw .contradiction("--compare takes files: write --close and --delay into one of them")
      }
      guard paths.count > 1 else {
        throw .contradiction("nothing to compare with: give --compare two scenario files or more")
      }
    }
    var files: [InputFile] = []
    for path in paths { files.append(try InputFile(path: path)) }
    return files
  }
}

extension SimulationReport.Table: ExpressibleByArgument {}

/// Sends a demand over a network with and without scenarios, one after another.
struct Simulator {
  private let demand: Demand
  private let analysis: Analysis
  private let model: RouteChoiceModel
  private let threads: Int
  /// For many flows, which are sent anew only where a scenario touches them.
  private var whatIf: WhatIf?
  /// What becomes of the demand without a scenario, once it has been asked.
  private var before: Demand.Result?
  /// What a reader should know of the model's results, each once.
  private(set) var warnings: [RouteChoiceWarning] = []

  /// - Parameters:
  ///   - demand: What travels.
  ///   - analysis: The network without a scenario.
  ///   - model: How travellers spread over the ways between two places.
  ///   - threads: How many threads compute; 0 means one for each core.
  init(
    _ demand: Demand, analysis: Analysis, by model: RouteChoiceModel = .shortest, threads: Int = 1
  ) throws(CorridorKitError) {
    self.demand = demand
    self.analysis = analysis
    self.model = model
    self.threads = threads
    if let trips = try demand.trips(analysis), model != .shortest || Analysis.isWorthMetric(trips) {
      let whatIf = try WhatIf(analysis, trips: trips, by: model, threads: threads)
      add(whatIf.warnings)
      self.whatIf = whatIf
    }
  }

  /// What a scenario does to the demand.
  struct Effect {
    var simulation: Simulation
    var resolved: ResolvedScenario
    /// The analysis under the scenario.
    var analysis: Analysis
    /// Why trips have no way, by their place among the trips, where that is known beforehand.
    var reasons: [Int: CutOffSummary] = [:]
    /// Waypoints that corridors do without, by their id.
    var leftWaypoints: [String: [String]] = [:]
  }

  mutating func report(
    on scenario: Scenario, manifest: Manifest
  ) throws(CorridorKitError) -> SimulationReport {
    let effect = try effect(of: scenario)
    return SimulationReport(
      effect.simulation, of: effect.resolved, reasons: effect.reasons,
      leftWaypoints: effect.leftWaypoints, analysis: effect.analysis, manifest: manifest)
  }

  mutating func effect(of scenario: Scenario) throws(CorridorKitError) -> Effect {
    if let answer = try whatIf?.answer(scenario) {
      add(answer.warnings)
      return Effect(
        simulation: answer.simulation, resolved: answer.resolved, analysis: answer.analysis)
    }
    let changed = try analysis.under(scenario)
    guard let resolved = changed.resolved else {
      throw .contradiction("the scenario has no effect")
    }
    let before: Demand.Result
    if let known = self.before {
      before = known
    } else {
      before = try demand.outcomes(analysis, by: model, threads: threads)
      self.before = before
    }
    let after = try demand.outcomes(changed, by: model, threads: threads)
    let left = after.corridors?.leftWaypoints ?? [:]
    let basis =
      left.isEmpty
      ? nil : try demand.outcomes(analysis, by: model, threads: threads, dropping: left).outcomes
    add(before.warnings + after.warnings)
    return Effect(
      simulation: Simulation(
        trips: before.trips, before: before.outcomes, closed: after.outcomes, detourBasis: basis,
        measure: analysis.profile.measure, openFraction: scenario.openFraction,
        matrix: analysis.matrix),
      resolved: resolved, analysis: changed, reasons: after.reasons, leftWaypoints: left)
  }

  private mutating func add(_ more: [RouteChoiceWarning]) {
    for warning in more where !warnings.contains(warning) { warnings.append(warning) }
  }
}
