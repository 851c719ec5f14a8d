import ArgumentParser
import CorridorKit

struct NetworkCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "network", abstract: "What the network consists of, and what deserves a look.",
    discussion: """
      EXAMPLES
        corridor network info
        corridor network info --countries KZ,KG,UZ --format json
        corridor network check --format geojson --output findings.geojson
        corridor network convert NY.gr --output ny.geojson
      """,
    subcommands: [Info.self, Check.self, Convert.self])

  struct Info: ParsableCommand, FileCommand {
    static let configuration = CommandConfiguration(
      abstract: "Counts and lengths by mode and country.",
      discussion: """
        EXAMPLES
          corridor network info
          corridor network info --countries KZ,KG,UZ --format json
          corridor network info --format geojson --output density.geojson
        """)

    @OptionGroup var options: NetworkOptions

    var filesRead: [String?] { options.data.files }
    var filesWritten: [(option: String, path: String?)] { options.output.files }

    func run() throws {
      let (area, countries, manifest) = try options.load()
      try options.output.write(NetworkInfoReport(area, countries: countries, manifest: manifest))
    }
  }

  struct Check: ParsableCommand, FileCommand {
    static let configuration = CommandConfiguration(
      abstract: "Uncatalogued crossings, long chords, towns off the network, gaps and overlaps.",
      discussion: """
        A finding is no error: the data can be used, and you know where it is weak.

        EXAMPLES
          corridor network check
          corridor network check --format geojson --output findings.geojson
        """)

    @OptionGroup var options: NetworkOptions

    var filesRead: [String?] { options.data.files }
    var filesWritten: [(option: String, path: String?)] { options.output.files }

    func run() throws {
      let (area, countries, manifest) = try options.load()
      try options.output.write(
        try NetworkCheckReport(area, countries: countries, manifest: manifest))
    }
  }
}

/// What the network's commands read and write.
struct NetworkOptions: ParsableArguments {
  @OptionGroup var data: DataOptions
  @OptionGroup var output: OutputOptions
  @Option(
    help: ArgumentHelp(
      "Countries that are told or checked, comma-separated.", valueName: "codes"))
  var countries = "KZ,KG"

  func validate() throws { try requireCountry(in: countries) }

  /// The data, the countries, each known to the layer, and what a result says of both.
  func load() throws(CorridorKitError) -> (StudyArea, countries: [String], manifest: Manifest) {
    let area = try data.load(try data.sources())
    let codes = countryCodes(countries)
    try requireUnits(of: codes, in: area)
    return (area, codes, Manifest(area, options: ["countries": codes.joined(separator: ",")]))
  }
}
