import CorridorKit
import Foundation
import TransportGraph

/// The small region of the tests, which what was read is used on.
struct SmallRegion: Sendable {
  static let shared: SmallRegion = {
    do { return try SmallRegion() } catch { preconditionFailure("\(error)") }
  }()

  let analysis: Analysis
  let trips: [Trip]

  private init() throws(CorridorKitError) {
    let folder =
      URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().path + "/Tests/Fixtures/small"
    var sources = try DataSources(folder: folder, vintage: "2024")
    sources.provinces = [folder + "/provinces.geojson"]
    let area = try StudyArea(sources, cache: nil, threads: 1)
    let profile = try ImpedanceProfile(InputFile(path: folder + "/profile.yaml"))
    analysis = try Analysis(area, profile: profile, countries: ["XA"])
    trips = try analysis.trips(OriginDestination.read(InputFile(path: folder + "/flows.csv")))
  }
}

/// A folder for the files that others name.
struct FilesBeside: Sendable {
  static let shared: FilesBeside = {
    do { return try FilesBeside() } catch { preconditionFailure("\(error)") }
  }()

  private let path: String

  private init() throws {
    path =
      FileManager.default.temporaryDirectory.path
      + "/corridor-fuzz-files-\(ProcessInfo.processInfo.processIdentifier)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  /// The path of a file of this name.
  func path(_ name: String) -> String { path + "/" + name }

  /// Writes a part of an input as a file, and returns its path; nil for a part that is not there.
  func write(_ parts: [[UInt8]], _ index: Int, as name: String) -> String? {
    guard index < parts.count else { return nil }
    do { try Data(parts[index]).write(to: URL(fileURLWithPath: path(name))) } catch {
      preconditionFailure("\(error)")
    }
    return path(name)
  }
}
