import CorridorKit
import Foundation
import Geography
import TransportGraph

/// Three oblasts in a plane, whose every number is known from an independent computation.
///
///              10          north of oblast C: abroad
///               |
///     +------ 9:X3 ----+
///     |   7----8    C  |   7–8 fast, 6–7 slow, 6–8
///     |   :\  /:       |   4:7 and 5:8 are railways with a quarter of an hour at 4 and at 5
///  11-12:X4-6  :       |   12–6 runs along the border of A and C
///     |   :/ \ :       |
///     |   4----5       |   4–5 fast, 4–6 and 5–6 slow
///     | A |    |  B    |
///     +--2:X1-3:X2-----+
///          \  /            south: abroad
///           1
enum ToyRegion {
  static let folder = fixture("toy-region")

  static var sources: DataSources { sources(in: folder) }

  /// The region's files, in its own folder or in a copy of it.
  static func sources(in folder: String) -> DataSources {
    // The vintage is a label only: every path is replaced.
    var sources = DataSources(unchecked: folder)
    sources.network = folder + "/network.geojson"
    sources.crossings = folder + "/crossings.geojson"
    sources.provinces = [folder + "/provinces.geojson"]
    sources.settlements = folder + "/settlements.geojson"
    sources.corridors = folder + "/corridors.yaml"
    sources.profile = folder + "/profile.yaml"
    return sources
  }

  static func profile() throws -> ImpedanceProfile {
    try ImpedanceProfile(InputFile(path: sources.profile))
  }

  static func analysis(modes: Set<Mode> = Set(Mode.allCases)) throws -> Analysis {
    try Analysis(
      StudyArea(sources, cache: nil), profile: profile(), modes: modes, countries: ["XA"])
  }
}

extension DataSources {
  fileprivate init(unchecked folder: String) {
    do {
      try self.init(folder: folder, vintage: "2024")
    } catch {
      preconditionFailure("2024 is a shipped vintage: \(error)")
    }
  }
}

/// `expected.json`: kilometres and hours by oblast.
struct ToyExpectations: Decodable, Sendable {
  struct Path: Decodable, Sendable {
    var nodes: [Int]
    var hours: Double
    var km: Double?
  }

  struct Roles: Decodable, Sendable {
    var origin: Double
    var destination: Double
    var transit: Double
    var `internal`: Double
  }

  struct Flows: Decodable, Sendable {
    var flowKm: [String: Double]
    var flowHours: [String: Double]
    var totalCostHours: Double
    var disconnected: Double
    var roles: [String: Roles]
    /// By pair of nodes, `1-10`; null where no way is left.
    var paths: [String: Path?]
  }

  struct ScenarioOutcome: Decodable, Sendable {
    var after: Flows
    var changeKm: [String: Double]?
    var changeHours: [String: Double]
    var detourFactor: Double?
    var displacement: [String: [String: Double]]
  }

  struct Deterministic: Decodable, Sendable {
    var path: [Int]
    var totalHours: Double
    var km: [String: Double]
    var hours: [String: Double]
    var entryProb: [String: Double]
  }

  struct LinkOverlay: Decodable, Sendable {
    var km: [String: Double]
    var hours: [String: Double]
    var lengthKm: Double
  }

  var deterministic: Deterministic
  var byX2: Path
  var base: Flows
  var scenarios: [String: ScenarioOutcome]
  var overlay: [String: LinkOverlay]

  static func read() throws -> ToyExpectations {
    let data = try Data(contentsOf: URL(fileURLWithPath: ToyRegion.folder + "/expected.json"))
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    return try decoder.decode(ToyExpectations.self, from: data)
  }
}
