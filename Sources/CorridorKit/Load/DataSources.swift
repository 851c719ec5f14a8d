public import Foundation

/// Which files an analysis reads.
public struct DataSources: Sendable, Hashable {
  /// The Kazakh boundary vintages that are shipped.
  public static let vintages = ["2013", "2018", "2024"]

  /// The network (GeoJSON).
  public var network: String
  /// The border crossings (GeoJSON).
  public var crossings: String
  /// The files of one layer of provinces (GeoJSON).
  public var provinces: [String]
  /// The settlements (GeoJSON).
  public var settlements: String
  /// The named corridors (YAML).
  public var corridors: String
  /// The folder of the layers of demand (YAML).
  public var demand: String
  /// The uncertain inputs (YAML).
  public var uncertainty: String
  /// The impedance profile (YAML).
  public var profile: String
  /// The framework of the risk index (JSON).
  public var framework: String
  /// The indicator values (CSV).
  public var indicators: String
  /// The history of the provinces (YAML).
  public var units: String
  /// What is uncertain about the risk index (YAML).
  public var indexUncertainty: String
  /// The shelters and NGOs (CSV).
  public var organisations: String
  /// The boundary vintage that the provinces belong to.
  public var vintage: String

  /// The shipped files of one vintage.
  ///
  /// - Throws: ``CorridorKitError/notExpected(kind:text:expected:)`` for a vintage that is not
  ///   shipped.
  public init(folder: String, vintage: String) throws(CorridorKitError) {
    guard Self.vintages.contains(vintage) else {
      throw .notExpected(kind: "vintage", text: vintage, expected: Self.vintages)
    }
    self.vintage = vintage
    network = folder + "/network.geojson"
    crossings = folder + "/crossings.geojson"
    provinces = [
      folder + "/provinces/kazakhstan-\(vintage).geojson", folder + "/provinces/neighbours.geojson",
    ]
    settlements = folder + "/settlements.geojson"
    corridors = folder + "/corridors.yaml"
    demand = folder + "/demand"
    uncertainty = folder + "/uncertainty.yaml"
    profile = folder + "/profiles/time.yaml"
    organisations = folder + "/organisations.csv"
    units = folder + "/units.yaml"
    framework = folder + "/index/gsi-2013.json"
    indexUncertainty = folder + "/index/uncertainty.yaml"
    indicators = folder + "/index/indicators-\(vintage).csv"
  }

  /// All files that are named, and the layers of demand.
  public var files: [String] {
    let layers = (try? FileManager.default.contentsOfDirectory(atPath: demand)) ?? []
    return provinces + layers.sorted().map { demand + "/" + $0 } + [
      network, crossings, settlements, corridors, uncertainty, profile, framework, indicators,
      units, indexUncertainty, organisations,
    ]
  }

  /// The folder of shipped data: `CORRIDOR_DATA`, else `geodata` in the current folder or in one that
  /// encloses it or the executable.
  ///
  /// - Throws: ``CorridorKitError/unreadable(file:reason:)`` when there is none.
  public static func shippedFolder(
    environment: [String: String] = ProcessInfo.processInfo.environment,
    currentFolder: String = FileManager.default.currentDirectoryPath,
    executable: String = Bundle.main.executablePath ?? ""
  ) throws(CorridorKitError) -> String {
    if let folder = environment["CORRIDOR_DATA"], !folder.isEmpty { return folder }
    for start in [currentFolder, URL(fileURLWithPath: executable).resolvingSymlinksInPath().path] {
      var folder = URL(fileURLWithPath: start)
      while folder.path != "/" {
        let candidate = folder.appendingPathComponent("geodata")
        if FileManager.default.fileExists(
          atPath: candidate.appendingPathComponent("network.geojson").path)
        {
          let isHere = folder.path == URL(fileURLWithPath: currentFolder).path
          return isHere ? "geodata" : candidate.path
        }
        folder.deleteLastPathComponent()
      }
    }
    throw .unreadable(
      file: "geodata", reason: "no such folder here or above; name it with --data or CORRIDOR_DATA")
  }
}
