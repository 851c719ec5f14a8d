import ArgumentParser
import CorridorKit

struct SimulateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "simulate", abstract: "What a closure or delay does to the exposure of provinces.",
    discussion: """
      The scenario is a YAML file (docs/formats.md) or made of --close and --delay. Without a pair or \
      a table of flows it meets all named corridors.

      EXAMPLES
        corridor simulate examples/scenarios/korday-closed.yaml
        corridor simulate --close crossing:korday --close crossing:karasu
        corridor simulate --close border:KZ-KG --od flows.csv --format json
        corridor simulate korday.yaml --format geojson --output change.geojson
      """)

  @Argument(help: ArgumentHelp("A scenario (YAML).", valueName: "scenario.yaml"))
  var scenario: String?
  @OptionGroup var demand: DemandOptions
  @OptionGroup var data: DataOptions
  @OptionGroup var options: AnalysisOptions
  @OptionGroup var changes: ScenarioOptions
  @OptionGroup var output: OutputOptions

  func run() throws {
    let (scenario, file) = try readScenario()
    let session = try Session(data, options, command: "simulate")
    let demand = try Demand(self.demand, session: session)
    let analysis = try session.analysis()
    let report = try simulate(
      scenario, demand: demand, analysis: analysis,
      manifest: session.manifest(
        changes, demand: demand, inputs: file.map { [$0] } ?? [], digests: scenario.inputs))
    try output.write(report)
  }

  private func readScenario() throws(CorridorKitError) -> (Scenario, InputFile?) {
    switch (scenario, try changes.scenario()) {
    case (let path?, nil):
      let file = try InputFile(path: path)
      return (try Scenario(file), file)
    case (nil, let scenario?): return (scenario, nil)
    case (nil, nil):
      throw .contradiction("nothing to simulate: give a scenario file, --close or --delay")
    case (_?, _?):
      throw .contradiction("a scenario file and --close or --delay exclude one another")
    }
  }
}

/// Sends a demand over a network with and without a scenario.
func simulate(
  _ scenario: Scenario, demand: Demand, analysis: Analysis, manifest: Manifest
) throws(CorridorKitError) -> SimulationReport {
  if let trips = try demand.trips(analysis), Analysis.isWorthMetric(trips) {
    var whatIf = try WhatIf(analysis, trips: trips)
    let answer = try whatIf.answer(scenario)
    return SimulationReport(
      answer.simulation, of: answer.resolved, analysis: answer.analysis, manifest: manifest)
  }
  let changed = try analysis.under(scenario)
  guard let resolved = changed.resolved else {
    throw .contradiction("the scenario has no effect")
  }
  let before = try demand.outcomes(analysis)
  let after = try demand.outcomes(changed)
  let left = after.corridors?.leftWaypoints ?? [:]
  let basis = left.isEmpty ? nil : try demand.outcomes(analysis, dropping: left).outcomes
  let simulation = Simulation(
    trips: before.trips, before: before.outcomes, closed: after.outcomes, detourBasis: basis,
    measure: analysis.profile.measure, openFraction: scenario.openFraction,
    matrix: analysis.matrix)
  return SimulationReport(
    simulation, of: resolved, reasons: after.reasons, leftWaypoints: left, analysis: changed,
    manifest: manifest)
}
