import ArgumentParser
import CorridorKit
import Foundation
import Geography
import TransportGraph

/// Which files and which vintage a command reads.
struct DataOptions: ParsableArguments {
  @Option(
    help:
      "Boundary vintage of the shipped provinces: \(DataSources.vintages.joined(separator: ", ")); the last unless said."
  )
  var vintage: String?

  private static let latestVintage = "2024"

  @Option(help: ArgumentHelp("Your own network (GeoJSON; docs/formats.md).", valueName: "file"))
  var network: String?

  @Option(
    help: ArgumentHelp(
      "Your own provinces (GeoJSON); repeat for several files of one layer.", valueName: "file"))
  var provinces: [String] = []

  @Option(help: ArgumentHelp("Your own border crossings (GeoJSON).", valueName: "file"))
  var crossings: String?

  @Option(help: ArgumentHelp("Your own settlements (GeoJSON).", valueName: "file"))
  var settlements: String?

  @Option(help: ArgumentHelp("Your own corridors (YAML).", valueName: "file"))
  var corridors: String?

  @Option(help: ArgumentHelp("Speeds, dwell and transfers (YAML).", valueName: "file"))
  var profile: String?

  @Option(help: ArgumentHelp("The folder of shipped data.", valueName: "folder"))
  var data: String?

  @Option(help: "Worker threads; 0 is one a core. Results do not depend on it.")
  var threads = 0

  @Flag(help: "Compute the overlay anew instead of reading it from the cache.")
  var noCache = false

  func validate() throws {
    guard threads >= 0 else {
      throw ValidationError("--threads is \(threads); expected 0 or more.")
    }
  }

  func sources() throws(CorridorKitError) -> DataSources {
    let folder: String
    if let data { folder = data } else { folder = try DataSources.shippedFolder() }
    var sources = try DataSources(folder: folder, vintage: vintage ?? Self.latestVintage)
    if let network { sources.network = network }
    if !provinces.isEmpty {
      guard vintage == nil else {
        throw .contradiction("--vintage and --provinces exclude one another")
      }
      sources.provinces = provinces
      sources.vintage = "unstated"
    }
    if let crossings { sources.crossings = crossings }
    if let settlements { sources.settlements = settlements }
    if let corridors { sources.corridors = corridors }
    if let profile { sources.profile = profile }
    return sources
  }

  /// The shipped files and those that stand in for them; none where the run will tell what is wrong.
  var files: [String?] { (try? sources())?.files ?? [] }

  func load(_ sources: DataSources) throws(CorridorKitError) -> StudyArea {
    let cache = StudyAreaCache.standard { complain("warning: \($0); made anew") }
    return try StudyArea(sources, cache: noCache ? nil : cache, threads: threads)
  }
}

/// What is told one by one, and which ways are open.
struct AnalysisOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Countries whose provinces are listed one by one, comma-separated; the rest is ABROAD.",
      valueName: "codes"))
  var countries = "KZ"

  @Option(help: "Permitted modes: road, rail, or any.")
  var mode = "any"

  @Option(
    help: ArgumentHelp(
      "A day whose crossing statuses hold; default: today's, every season open.",
      valueName: "YYYY-MM-DD"))
  var on: String?

  @Option(help: "How far from the network a place may lie, in kilometres.")
  var snapKm = PlaceResolver.defaultSnapLimitMeters / 1000

  func validate() throws {
    guard snapKm.isFinite, snapKm >= 0 else {
      throw ValidationError("--snap-km is \(snapKm); expected kilometres, 0 or more.")
    }
    if let on, CalendarDate(on) == nil {
      throw ValidationError("--on is \"\(on)\"; expected a day such as 2024-02-29.")
    }
    try requireCountry(in: countries)
    guard mode == "any" || Mode(rawValue: mode) != nil else {
      throw ValidationError("--mode is \"\(mode)\"; expected road, rail, ferry or any.")
    }
  }

  var modes: Set<Mode> { Mode(rawValue: mode).map { [$0] } ?? Set(Mode.allCases) }
  var date: CalendarDate? { on.flatMap { CalendarDate($0) } }
  var countryCodes: [String] { corridor.countryCodes(countries) }

  func analysis(_ area: StudyArea, profile: ImpedanceProfile) throws(CorridorKitError) -> Analysis {
    try requireUnits(of: countryCodes, in: area)
    return try Analysis(
      area, profile: profile, modes: modes, countries: countryCodes, on: date,
      snapLimitMeters: snapKm * 1000)
  }
}

/// The ISO 3166-1 alpha-2 codes of an option such as `KZ, kg`.
func countryCodes(_ text: String) -> [String] {
  text.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces).uppercased() }
    .filter { !$0.isEmpty }
}

/// Refuses an option that lists no country at all.
func requireCountry(in countries: String) throws {
  guard !countryCodes(countries).isEmpty else {
    throw ValidationError("--countries is \"\(countries)\"; expected codes such as KZ,KG.")
  }
}

/// In what form and where a result is written.
struct OutputOptions: ParsableArguments {
  @Option(help: "table, json, geojson or csv.")
  var format: ReportFormat = .table

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("Write to a file, whole or not at all.", valueName: "file"))
  var output: String?

  func validate() throws {
    guard output != "" else { throw ValidationError("--output is \"\"; expected a file's name.") }
  }

  /// The file, as ``FileCommand/filesWritten`` has it.
  var files: [(option: String, path: String?)] { [("--output", output)] }

  func write(_ report: some Report) throws(CorridorKitError) {
    let content = try report.content(format)
    guard let output else {
      try writeStandardOutput(content)
      return
    }
    try writeFile(content, to: output)
  }
}

extension ReportFormat: ExpressibleByArgument {}

/// Writes a file whole or not at all.
func writeFile(_ content: Data, to path: String) throws(CorridorKitError) {
  do {
    try writeAtomically(content, to: path)
  } catch {
    throw .unwritable(file: error.path, reason: error.reason)
  }
}

/// Writes to the standard output, which may be a full disk or closed.
func writeStandardOutput(_ content: Data) throws(CorridorKitError) {
  do {
    try FileHandle.standardOutput.write(contentsOf: content)
  } catch {
    let system = (error as NSError).userInfo[NSUnderlyingErrorKey] as? NSError
    let reason = system.map { String(cString: strerror(Int32($0.code))) }
    throw .unwritable(file: "standard output", reason: reason ?? error.localizedDescription)
  }
}

/// Refuses countries that the provinces are not of; who gives only provinces of their own meets the default.
func requireUnits(of countries: [String], in area: StudyArea) throws(CorridorKitError) {
  do {
    _ = try ReportingUnits(area.provinces, countries: countries)
  } catch {
    throw .located("--countries", error)
  }
}
