import CorridorKit
import Foundation
import Geography
import Testing
import TransportGraph

/// Boundaries that somebody else drew, in the folder that `CORRIDOR_TEST_DATA` names.
enum OutsideData {
  static let folder = ProcessInfo.processInfo.environment["CORRIDOR_TEST_DATA"].map {
    $0 + "/boundaries"
  }
  static var isThere: Bool { folder.map(FileManager.default.fileExists(atPath:)) ?? false }
}

@Suite(
  "Outside boundaries (CORRIDOR_TEST_DATA)",
  .enabled(if: OutsideData.isThere, "CORRIDOR_TEST_DATA names no folder with boundaries"))
struct OutsideDataTests {
  private struct Unit: Decodable, Sendable {
    let name: String
    enum CodingKeys: String, CodingKey { case name = "ADM1_EN" }
  }

  private func units(_ file: String) throws -> FeatureCollection<Unit> {
    let folder = try #require(OutsideData.folder)
    return try GeoJSON.readCollection(Unit.self, contentsOf: "\(folder)/\(file)")
  }

  @Test("an invalid district of a real file is refused with its place, not repaired in silence")
  func invalidDistrict() throws {
    let error = #expect(throws: GeoJSONError.self) { try units("kaz_adm2_2024.geojson") }
    let message = try #require(error).description
    #expect(message.contains("kaz_adm2_2024.geojson: feature "), "\(message)")
    #expect(message.contains("geometry"), "\(message)")
  }

  @Test("the roads and railways of an oblast are as long within other boundaries, to 3 %")
  func otherBoundaries() throws {
    let outside = try units("kaz_adm1_2018.geojson").features
    let layer = try ProvinceLayer(
      provinces: outside.enumerated().map { index, feature in
        Province(
          id: "\(index)", name: feature.properties.name, names: [:], aliases: [], country: "KZ",
          level: 1, validFrom: nil, validTo: nil, polygons: feature.geometry?.polygons ?? [])
      }, metric: .wgs84)
    let overlay = try ProvinceOverlay(layer)

    let shipped = try ShippedRoads.load(vintage: "2018")
    var ours: [String: Double] = [:]
    var theirs: [String: Double] = [:]
    let known = [
      "Akmola": "KZ-AKM", "Karaganda": "KZ-KAR", "Zhambyl": "KZ-ZHA", "Almaty": "KZ-ALM",
      "East Kazakhstan": "KZ-VOS", "Pavlodar": "KZ-PAV", "Kostanay": "KZ-KUS",
      "Kyzylorda": "KZ-KZY", "Aktobe": "KZ-AKT", "Mangystau": "KZ-MAN",
    ]
    for (index, line) in shipped.network.lines.enumerated() {
      for entry in shipped.overlay.lengths(of: LinkID(index))
      where entry.column != shipped.overlay.outside {
        ours[shipped.provinces.provinces[Int(entry.column)].id, default: 0] += entry.value
      }
      let pieces = try overlay.lengths(along: line)
      let total = pieces.reduce(0) { $0 + $1.meters }
      for piece in pieces where total > 0 {
        guard let province = piece.province else { continue }
        theirs[layer.provinces[province].name, default: 0] +=
          piece.meters / total * shipped.graph.links[index].lengthMeters
      }
    }
    var compared = 0
    for (name, id) in known {
      guard let a = theirs[name], let b = ours[id] else { continue }
      compared += 1
      #expect(abs(a - b) / b < 0.03, "\(name): \(a) m against \(b) m")
    }
    #expect(compared >= 8, "names of the outside file: \(theirs.keys.sorted())")
  }
}

/// The shipped data of one vintage, without a cache.
private enum ShippedRoads {
  static func load(vintage: String) throws -> StudyArea {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    return try StudyArea(
      try DataSources(folder: root.appendingPathComponent("geodata").path, vintage: vintage),
      cache: nil)
  }
}
