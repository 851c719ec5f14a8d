import ArgumentParser
import CorridorKit

struct ExposureCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "exposure", abstract: "How exposed each province is to corridors or flows.",
    discussion: """
      Without FROM and TO or a table of flows, all named corridors of the permitted modes count, each \
      with a mass of 1. A table of flows is CSV with the columns from, to, mass and, optionally, layer.

      EXAMPLES
        corridor exposure
        corridor exposure --corridor K4 --vintage 2013
        corridor exposure --from Osh --to Almaty --countries KZ,KG
        corridor exposure --od flows.csv --format csv --output exposure.csv
        corridor exposure --close crossing:korday --delay crossing:karasu=2h
      """)

  @OptionGroup var demand: DemandOptions
  @OptionGroup var choice: RouteChoiceOptions
  @OptionGroup var data: DataOptions
  @OptionGroup var options: AnalysisOptions
  @OptionGroup var changes: ScenarioOptions
  @OptionGroup var output: OutputOptions

  func run() throws {
    let session = try Session(data, options, command: "exposure")
    let demand = try Demand(self.demand, session: session)
    let analysis = try session.analysis(changes)
    let result = try demand.outcomes(analysis)
    let exposure = Exposure(result.trips, result.outcomes, matrix: analysis.matrix)
    try output.write(
      ExposureReport(
        exposure, trips: result.summaries, cutOff: result.cutOff, analysis: analysis,
        manifest: session.manifest(changes, demand: demand)))
  }
}
