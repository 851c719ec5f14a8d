import ArgumentParser
import CorridorKit

struct RoutesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "routes", abstract: "The named corridors on the network; writes routes.geojson.",
    discussion: """
      EXAMPLES
        corridor routes
        corridor routes --format geojson --output corridors.geojson
        corridor routes --write            regenerate routes.geojson from the shipped data
      """)

  @OptionGroup var data: DataOptions
  @OptionGroup var options: AnalysisOptions
  @OptionGroup var output: OutputOptions
  @Flag(help: "Write the corridors to routes.geojson in the current folder.")
  var write = false

  func run() throws {
    let session = try Session(data, options, command: "routes")
    let file = try InputFile(path: session.sources.corridors)
    let corridors = try CorridorAnalysis(
      try CorridorFile(file).definitions.filter { $0.modes.isSubset(of: options.modes) },
      analysis: try session.analysis())
    let report = CorridorsReport(
      corridors.routes, cutOff: corridors.cutOff, analysis: corridors.analysis,
      manifest: session.manifest(inputs: [file]))
    if write {
      try writeFile(try report.content(.geojson), to: "routes.geojson")
    }
    try output.write(report)
  }
}
