import ArgumentParser
import CorridorKit
import Foundation
import TransportGraph

extension NetworkCommand {
  struct Convert: ParsableCommand, FileCommand {
    static let configuration = CommandConfiguration(
      abstract: "A standard graph file as a network of this program.",
      usage: "corridor network convert <input> --output <file> [<options>]",
      discussion: """
        Reads DIMACS graphs (.gr, with .co beside them), TNTP networks (_net.tntp, with _node.tntp) \
        and GMNS tables (a folder, or its link.csv), and writes a network that --network takes. \
        Tells what was left out and what was assumed.

        EXAMPLES
          corridor network convert NY.gr --length-unit 0.1 --output ny.geojson
          corridor network convert NY-t.gr --coordinates NY.co --measure time \\
            --time-unit 0.004 --output ny.geojson
          corridor network convert Anaheim_net.tntp --length-unit ft --output a.geojson
          corridor network convert gmns/ --output city.geojson
        """)

    @Argument(help: "A .gr file, a .tntp file, a folder of GMNS tables or its link.csv.")
    var input: String
    @Option(
      name: .shortAndLong,
      help: ArgumentHelp("The network to write, whole or not at all.", valueName: "file"))
    var output: String
    @Option(
      help: ArgumentHelp("Positions (.co, _node.tntp); default: beside INPUT.", valueName: "file"))
    var coordinates: String?
    @Option(help: "What impedances are to be exact: distance or time.")
    var measure: ImpedanceProfile.Measure?
    @Option(
      help: ArgumentHelp("Of the file's lengths: m, km, ft, mi or metres.", valueName: "unit"))
    var lengthUnit: UnitOfLength?
    @Option(help: ArgumentHelp("Of the file's times: s, min, h or seconds.", valueName: "unit"))
    var timeUnit: UnitOfTime?
    @Option(help: ArgumentHelp("Of GMNS speeds: kmh, mph or km/h.", valueName: "unit"))
    var speedUnit: UnitOfSpeed?
    @Option(
      help: ArgumentHelp(
        "Positions are planar, of so many metres a unit; default: degrees.", valueName: "metres"))
    var planar: Double?
    @Option(help: "The links' mode: road, rail or ferry; default: road.")
    var mode: Mode?

    var filesRead: [String?] { StandardNetwork.files(of: input, coordinates: coordinates) }
    var filesWritten: [(option: String, path: String?)] { [("--output", output)] }

    func validate() throws {
      guard output != "" else { throw ValidationError("--output is \"\"; expected a file's name.") }
      // The range of a planar file's meters_per_unit.
      if let planar, !(planar >= 0.001 && planar <= 1e9) {
        throw ValidationError("--planar is \(planar); expected metres from 0.001 to 1000000000.")
      }
    }

    func run() throws {
      var settings = StandardNetwork.Settings()
      settings.measure = measure
      settings.metersPerLengthUnit = lengthUnit?.meters
      settings.secondsPerTimeUnit = timeUnit?.seconds
      settings.kilometersPerHourPerSpeedUnit = speedUnit?.kilometersPerHour
      settings.planarMetersPerUnit = planar
      settings.coordinates = coordinates
      settings.mode = mode
      let standard = try StandardNetwork(path: input, settings: settings)
      try writeFile(try standard.geoJSON(), to: output)
      let network = standard.network
      let schematic = try standard.schematicLinkCount()
      let made =
        "\(output): \(network.nodes.count) nodes and \(network.links.count) links of \(input) "
        + "(\(standard.format.rawValue))"
      let notes =
        network.notes.lines
        + (schematic > 0
          ? [
            "links whose length contradicts their line, kept and marked schematic; a unit or the "
              + "positions may be wrong if they are many: \(schematic)"
          ] : []) + standard.assumptions.map { "assumed: \($0)" }
      // A path is not broken, wherever it has blanks.
      let lines =
        [made.escapingControlCharacters]
        + notes.map { wrapped($0.escapingControlCharacters) }
      try writeStandardOutput(Data(lines.map { $0 + "\n" }.joined().utf8))
    }
  }
}

extension ImpedanceProfile.Measure: ExpressibleByArgument {}
extension Mode: ExpressibleByArgument {}

/// A unit by its name, or the number of base units in it.
protocol NamedUnit: ExpressibleByArgument {
  static var named: [String: Double] { get }
  init(size: Double)
}

extension NamedUnit {
  init?(argument: String) {
    if let size = Self.named[argument] {
      self.init(size: size)
    } else if let size = Double(argument), size >= 1e-6, size <= 1e9 {
      self.init(size: size)
    } else {
      return nil
    }
  }
}

/// A unit of length in metres. The foot and the mile are the international ones.
struct UnitOfLength: NamedUnit {
  static let named = ["m": 1, "km": 1000, "ft": 0.3048, "mi": 1609.344]
  let meters: Double
  init(size: Double) { meters = size }
}

/// A unit of time in seconds.
struct UnitOfTime: NamedUnit {
  static let named: [String: Double] = ["s": 1, "min": 60, "h": 3600]
  let seconds: Double
  init(size: Double) { seconds = size }
}

/// A unit of speed in kilometres per hour.
struct UnitOfSpeed: NamedUnit {
  static let named = ["kmh": 1, "mph": 1.609344]
  let kilometersPerHour: Double
  init(size: Double) { kilometersPerHour = size }
}
