import ArgumentParser
import CorridorKit
import Foundation
import Geography
import RiskIndex

struct ExportCommand: ParsableCommand, RouteChoosing, FileCommand {
  /// What is exported.
  enum Layer: String, CaseIterable, ExpressibleByArgument {
    case provinces, corridors, crossings, links
  }

  static let configuration = CommandConfiguration(
    commandName: "export", abstract: "Map layers: provinces, corridors, crossings, links in use.",
    discussion: """
      GeoJSON after RFC 7946 with simplestyle colours, for QGIS, geojson.io and the like. Flows spread \
      over ways by --model, as in exposure.

      EXAMPLES
        corridor export --folder layers
        corridor export provinces --vintage 2013 --output provinces.geojson
        corridor export links --od flows.csv --all-links --output links.geojson
        corridor export links --demand persons --model stoch --output links.geojson
        corridor export crossings --format csv
      """)

  @Argument(help: "provinces, corridors, crossings, links; none for all, with --folder.")
  var layer: Layer?
  @Option(help: ArgumentHelp("Write LAYER.geojson of every layer there.", valueName: "folder"))
  var folder: String?
  @Flag(help: "Links that nothing uses, too.") var allLinks = false
  @Option(help: "table, json, geojson or csv.") var format: ReportFormat = .geojson
  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("Write to a file, whole or not at all.", valueName: "file"))
  var output: String?
  @OptionGroup var demand: DemandOptions
  @OptionGroup var choice: RouteChoiceOptions
  @OptionGroup var data: DataOptions
  @OptionGroup var options: AnalysisOptions
  @OptionGroup var changes: ScenarioOptions

  var filesRead: [String?] { data.files + demand.files(data) }
  var filesWritten: [(option: String, path: String?)] {
    [("--output", output)]
      + (folder.map { folder in Layer.allCases.map { ("--folder", path(of: $0, in: folder)) } }
        ?? [])
  }

  private func path(of layer: Layer, in folder: String) -> String {
    "\(folder)/\(layer.rawValue).\(format == .table ? "txt" : format.rawValue)"
  }

  func validate() throws {
    guard (layer == nil) != (folder == nil) else {
      throw ValidationError("Name one layer, or --folder for all of them.")
    }
    guard folder == nil || output == nil else {
      throw ValidationError("--folder and --output exclude one another.")
    }
  }

  func run() throws {
    let session = try Session(data, options, command: "export")
    let demand = try Demand(self.demand, session: session)
    let analysis = try session.analysis(changes)
    let result = try demand.outcomes(
      analysis, by: settledChoice.model(), threads: data.threads)
    warn(result.warnings)
    let layers = MapLayers(
      session: session, analysis: analysis, demand: demand, result: result,
      manifest: session.manifest(changes, demand: demand, settings: settledChoice.settings),
      includesUnusedLinks: allLinks)
    if let layer {
      let content = try layers.content(layer, format: format)
      guard let output else {
        try writeStandardOutput(content)
        return
      }
      try writeFile(content, to: output)
    } else if let folder {
      var files: [(path: String, content: Data)] = []
      for layer in Layer.allCases where layer != .corridors || layers.result.corridors != nil {
        files.append((path(of: layer, in: folder), try layers.content(layer, format: format)))
      }
      try makeFolder(folder)
      try writeFiles(files)
      try writeStandardOutput(Data(files.map { $0.path + "\n" }.joined().utf8))
    }
  }
}

/// The map layers of one analysis.
struct MapLayers {
  let session: Session
  let analysis: Analysis
  let demand: Demand
  let result: Demand.Result
  let manifest: Manifest
  var includesUnusedLinks = false

  func content(_ layer: ExportCommand.Layer, format: ReportFormat) throws(CorridorKitError) -> Data
  {
    let use = LinkUseTotals(result.trips, result.outcomes)
    switch layer {
    case .provinces:
      return try ProvinceLayerReport(exposure, risk: try risk(), analysis: analysis).content(format)
    case .corridors:
      return try corridors().content(format)
    case .crossings:
      return try CrossingLayerReport(use, area: analysis.area, manifest: manifest).content(format)
    case .links:
      return try LinkLayerReport(
        use, includesUnused: includesUnusedLinks, area: analysis.area, manifest: manifest
      ).content(format)
    }
  }

  /// The named corridors of the demand.
  ///
  /// - Throws: ``CorridorKitError/contradiction(_:)`` where the demand is a pair or a table of flows.
  func corridors() throws(CorridorKitError) -> CorridorsReport {
    guard let corridors = result.corridors else {
      throw .contradiction("a pair or a table of flows has no corridors: export links instead")
    }
    return CorridorsReport(
      corridors.routes, cutOff: corridors.cutOff, analysis: analysis, manifest: manifest)
  }

  /// All layers as a page to look at.
  func page(risk: RiskReport?, closure: SimulationReport) throws(CorridorKitError) -> Data {
    let use = LinkUseTotals(result.trips, result.outcomes)
    let page = MapPage(
      exposure: exposure, risk: risk, closure: closure, corridors: try corridors(),
      crossings: CrossingLayerReport(use, area: analysis.area, manifest: manifest),
      links: LinkLayerReport(use, area: analysis.area, manifest: manifest), analysis: analysis)
    return Data(page.html.utf8)
  }

  var exposure: ExposureReport {
    ExposureReport(
      Exposure(result.trips, result.outcomes, matrix: analysis.matrix), trips: result.summaries,
      cutOff: result.cutOff, analysis: analysis, manifest: manifest)
  }

  /// The risk scores by the defaults of `corridor risk`; nil where the shipped indicators do not know
  /// the provinces.
  func risk() throws(CorridorKitError) -> RiskReport? {
    guard analysis.matrix.units.units.contains(where: { $0.country == "KZ" && !$0.isAbroad }),
      FileManager.default.fileExists(atPath: session.sources.indicators)
    else { return nil }
    let inputs: RiskInputs
    do {
      inputs = try RiskInputs(
        framework: nil, indicators: nil, sources: session.sources, analysis: analysis)
    } catch .risk(.unknownUnit) {
      return nil
    }
    let (measure, weight) = (ExposureMeasure.length, 1.0 / 6)
    let scores = try RiskScores(
      country: "KZ", exposure: Exposure(result.trips, result.outcomes, matrix: analysis.matrix),
      measure: measure, weight: weight, inputs: inputs)
    return RiskReport(
      scores, analysis: analysis,
      manifest: session.manifest(
        demand: demand, inputs: inputs.files,
        settings: ["exposure_measure": measure.rawValue, "exposure_weight": "\(weight)"]))
  }
}

/// Makes a folder and those that enclose it.
func makeFolder(_ path: String) throws(CorridorKitError) {
  do {
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  } catch {
    throw .unwritable(file: path, reason: (error as NSError).localizedDescription)
  }
}

/// Writes several files, all of them or none: each is complete under another name before the first
/// takes its own.
func writeFiles(_ files: [(path: String, content: Data)]) throws(CorridorKitError) {
  func draft(_ path: String) -> String { path + ".part" }
  func discard(_ files: some Sequence<(path: String, content: Data)>) {
    for file in files { try? FileManager.default.removeItem(atPath: draft(file.path)) }
  }
  for (index, file) in files.enumerated() {
    var isFolder: ObjCBool = false
    do throws(CorridorKitError) {
      if FileManager.default.fileExists(atPath: file.path, isDirectory: &isFolder),
        isFolder.boolValue
      {
        throw .unwritable(file: file.path, reason: "it is a folder")
      }
      do {
        try writeAtomically(file.content, to: draft(file.path))
      } catch {
        // The name that was asked for; the draft's is gone already.
        throw .unwritable(file: file.path, reason: error.reason)
      }
    } catch {
      discard(files.prefix(index + 1))
      throw error
    }
  }
  for file in files {
    guard rename(draft(file.path), file.path) == 0 else {
      let reason = String(cString: strerror(errno))
      discard(files)
      throw .unwritable(file: file.path, reason: reason)
    }
  }
}
