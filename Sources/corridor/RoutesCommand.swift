import ArgumentParser
import CorridorKit

struct RoutesCommand: ParsableCommand, FileCommand {
  static let configuration = CommandConfiguration(
    commandName: "routes", abstract: "The named corridors on the network; writes routes.geojson.",
    discussion: """
      EXAMPLES
        corridor routes
        corridor routes --format geojson --output corridors.geojson
        corridor routes --write    renew routes.geojson from the shipped data
      """)

  @OptionGroup var data: DataOptions
  @OptionGroup var options: AnalysisOptions
  @OptionGroup var output: OutputOptions
  @Flag(help: "Write the corridors to routes.geojson in the current folder.")
  var write = false

  private static let file = "routes.geojson"

  var filesRead: [String?] { data.files }
  var filesWritten: [(option: String, path: String?)] {
    [("--write", write ? Self.file : nil)] + output.files
  }

  func run() throws {
    let session = try Session(data, options, command: "routes")
    let demand = try Demand(nil, session: session)
    let analysis = try session.analysis()
    let layers = MapLayers(
      session: session, analysis: analysis, demand: demand, result: try demand.outcomes(analysis),
      manifest: session.manifest(demand: demand))
    let report = try layers.corridors()
    if write {
      try writeFile(try report.content(.geojson), to: Self.file)
    }
    try output.write(report)
  }
}
