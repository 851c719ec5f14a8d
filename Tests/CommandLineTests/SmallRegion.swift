import CorridorKit
import Foundation
import Testing

/// A copy of the invented region of `Tests/Fixtures/small` that a test may spoil.
struct SmallRegion {
  static let folder = Repository.folder + "/Tests/Fixtures/small"
  /// The files that options of the same name take.
  static let inputs = [
    "network": "network.geojson", "provinces": "provinces.geojson",
    "crossings": "crossings.geojson", "settlements": "settlements.geojson",
    "corridors": "corridors.yaml", "profile": "profile.yaml",
  ]

  let copy: TemporaryFolder

  init() throws {
    copy = try TemporaryFolder()
    for name in try FileManager.default.contentsOfDirectory(atPath: Self.folder) {
      try FileManager.default.copyItem(atPath: Self.folder + "/" + name, toPath: copy.path(name))
    }
  }

  func path(_ name: String) -> String { copy.path(name) }

  func data(_ name: String) throws -> Data {
    try Data(contentsOf: URL(fileURLWithPath: path(name)))
  }

  /// Replaces the only occurrence of a text in a file.
  func replace(_ old: String, with new: String, in name: String) throws {
    let text = try String(contentsOfFile: path(name), encoding: .utf8)
    try #require(text.components(separatedBy: old).count == 2, "\(old) in \(name) occurs once")
    try copy.write(text.replacing(old, with: new), to: name)
  }

  /// The options that name the region's files, and its two countries.
  var options: [String] {
    Self.inputs.sorted { $0.key < $1.key }.flatMap { ["--\($0.key)", path($0.value)] }
      + ["--countries", "XA,XB", "--no-cache"]
  }

  func run(
    _ arguments: String..., standardOutput: String? = nil, in folder: String? = nil
  ) throws -> CorridorProcess {
    try run(arguments, standardOutput: standardOutput, in: folder)
  }

  func run(
    _ arguments: [String], standardOutput: String? = nil, in folder: String? = nil
  ) throws -> CorridorProcess {
    try CorridorProcess(
      arguments + options, in: folder ?? copy.path, standardOutput: standardOutput)
  }

  /// The region's files for use through the library.
  func sources() throws -> DataSources {
    var sources = try DataSources(folder: Repository.folder + "/geodata", vintage: "2024")
    sources.network = path("network.geojson")
    sources.crossings = path("crossings.geojson")
    sources.provinces = [path("provinces.geojson")]
    sources.settlements = path("settlements.geojson")
    return sources
  }
}
