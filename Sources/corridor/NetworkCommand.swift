import ArgumentParser
import CorridorKit

struct NetworkCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "network", abstract: "What the network consists of, and what deserves a look.",
    subcommands: [Info.self, Check.self])

  struct Info: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Counts and lengths by mode and country.",
      discussion: """
        EXAMPLES
          corridor network info
          corridor network info --countries KZ,KG,UZ --format json
        """)

    @OptionGroup var data: DataOptions
    @OptionGroup var output: OutputOptions
    @Option(help: "Countries with rows of their own, comma-separated.")
    var countries = "KZ,KG"

    func run() throws {
      let area = try data.load(try data.sources())
      let codes = countries.split(separator: ",").map { $0.uppercased() }
      _ = try ReportingUnits(area.provinces, countries: codes)
      try output.write(
        NetworkInfoReport(
          area, countries: codes,
          manifest: Manifest(area, options: ["countries": codes.joined(separator: ",")])))
    }
  }

  struct Check: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Uncatalogued crossings, long chords, towns off the network, gaps and overlaps.",
      discussion: """
        A finding is no error: the data can be used, and you know where it is weak.

        EXAMPLES
          corridor network check
          corridor network check --format geojson --output findings.geojson
        """)

    @OptionGroup var data: DataOptions
    @OptionGroup var output: OutputOptions
    @Option(help: "Countries whose borders, ways and towns are checked, comma-separated.")
    var countries = "KZ,KG"

    func run() throws {
      let area = try data.load(try data.sources())
      let codes = countries.split(separator: ",").map { $0.uppercased() }
      _ = try ReportingUnits(area.provinces, countries: codes)
      try output.write(
        try NetworkCheckReport(
          area, countries: codes,
          manifest: Manifest(area, options: ["countries": codes.joined(separator: ",")])))
    }
  }
}
