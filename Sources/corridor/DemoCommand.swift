import ArgumentParser
import CorridorKit
import Foundation

struct DemoCommand: ParsableCommand, FileCommand {
  static let configuration = CommandConfiguration(
    commandName: "demo",
    abstract: "The main job: exposure of all corridors, risk, map layers, and a closure.",
    discussion: """
      Writes tables (CSV), results with their manifest (JSON) and map layers (GeoJSON) into a folder \
      and prints a summary.

      EXAMPLES
        corridor demo
        corridor demo --output results --vintage 2013 --close crossing:khorgos
      """)

  @Option(name: .shortAndLong, help: "The folder for the results.") var output = "out"
  @Option(help: "What the closure closes; see \"corridor simulate\".")
  var close: [String] = ["crossing:korday"]
  @OptionGroup var data: DataOptions
  @OptionGroup var options: AnalysisOptions

  var filesRead: [String?] { data.files }
  var filesWritten: [(option: String, path: String?)] {
    let others =
      ["map.html", "closure.geojson"]
      + ["exposure", "risk", "closure"].flatMap { ["\($0).csv", "\($0).json"] }
    return (ExportCommand.Layer.allCases.map { "\($0.rawValue).geojson" } + others).map {
      ("--output", "\(output)/\($0)")
    }
  }

  func run() throws {
    let session = try Session(data, options, command: "demo")
    let demand = try Demand(nil, session: session)
    let analysis = try session.analysis()
    let result = try demand.outcomes(analysis)
    let layers = MapLayers(
      session: session, analysis: analysis, demand: demand, result: result,
      manifest: session.manifest(demand: demand))
    var closures: [Scenario.Closure] = []
    var names: [String] = []
    for text in close {
      let closure = try Scenario.Closure(parsing: text)
      closures.append(closure)
      if case .crossing(let id) = closure {
        names += try analysis.area.crossings.resolve(id).map(\.name)
      } else {
        names.append(text)
      }
    }
    var simulator = try Simulator(demand, analysis: analysis)
    let closure = try simulator.report(
      on: Scenario(name: "\(names.joined(separator: ", ")) closed", closures: closures),
      manifest: session.manifest(
        demand: demand, settings: ["close": close.joined(separator: " ")]))
    let exposure = layers.exposure
    let risk = try layers.risk()

    // All content before the first file, so that a fault leaves nothing behind.
    var files = [
      (
        name: "map.html", content: try layers.page(risk: risk, closure: closure),
        about: "look here first: all of it as a map, in any browser"
      )
    ]
    for layer in ExportCommand.Layer.allCases {
      files.append(
        (
          "\(layer.rawValue).geojson", try layers.content(layer, format: .geojson),
          Self.about(layer)
        ))
    }
    files.append(("exposure.csv", try exposure.content(.csv), "exposure per province"))
    files.append(
      ("exposure.json", try exposure.content(.json), "the same, by corridor, with manifest"))
    if let risk {
      files.append(
        ("risk.csv", try risk.content(.csv), "risk score and rank, with and without exposure"))
      files.append(
        ("risk.json", try risk.content(.json), "the same, with what each score is made of"))
    }
    files.append(
      ("closure.csv", try closure.content(.csv), "before, after and change per province"))
    files.append(
      ("closure.json", try closure.content(.json), "the same, with displacement and detours"))
    files.append(("closure.geojson", try closure.content(.geojson), "map: change of exposure"))

    try makeFolder(output)
    try writeFiles(files.map { (path: "\(output)/\($0.name)", content: $0.content) })
    var lines = [
      DemoSummary(exposure: exposure, risk: risk, closure: closure).text, "",
      "Files in \(output)/ (open the .geojson ones in QGIS or geojson.io):",
    ]
    for file in files {
      let padding = String(repeating: " ", count: max(1, 20 - file.name.count))
      lines.append("  \(file.name)\(padding)\(file.about)")
    }
    try writeStandardOutput(Data((lines.joined(separator: "\n") + "\n").utf8))
  }

  private static func about(_ layer: ExportCommand.Layer) -> String {
    switch layer {
    case .provinces: "map: provinces with exposure and risk"
    case .corridors: "map: the named corridors"
    case .crossings: "map: border crossings and their use"
    case .links: "map: roads and railways in use"
    }
  }
}
