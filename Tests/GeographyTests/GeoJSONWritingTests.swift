import Foundation
import Testing

@testable import Geography

@Suite("Writing GeoJSON and files")
struct GeoJSONWritingTests {
  struct Way: Codable, Equatable, Sendable {
    var name: String
    var lengthMeters: Double

    enum CodingKeys: String, CodingKey {
      case name
      case lengthMeters = "length_m"
    }
  }

  private func text<P: Encodable & Sendable>(
    _ collection: FeatureCollection<P>, box: Bool = false
  ) throws -> String {
    String(
      decoding: try GeoJSON.write(collection, includesBoundingBox: box), as: UTF8.self)
  }

  @Test("one feature a line, members sorted, seven decimals, rings turned and closed")
  func bytes() throws {
    let collection = FeatureCollection(
      features: [
        Feature(
          id: "a\"b", geometry: .lineString([at(70.123456789, -0.00000001), at(-71, 46.5)]),
          properties: Way(name: "М/36", lengthMeters: 1.5)),
        Feature(
          geometry: .polygon([[at(0, 0), at(0, 1), at(1, 1)]]),
          properties: Way(name: "", lengthMeters: 0)),
        Feature(geometry: nil, properties: Way(name: "-", lengthMeters: 2)),
      ], metric: .planar(metersPerUnit: 1000), name: "n")
    #expect(
      try text(collection, box: true) == #"""
        {"type": "FeatureCollection",
        "name": "n",
        "metric": {"type": "planar", "meters_per_unit": 1000},
        "bbox": [-71, 0, 70.1234568, 46.5],
        "features": [
        {"type": "Feature", "id": "a\"b", "properties": {"length_m":1.5,"name":"М/36"}, "geometry": {"type": "LineString", "coordinates": [[70.1234568, 0], [-71, 46.5]]}},
        {"type": "Feature", "properties": {"length_m":0,"name":""}, "geometry": {"type": "Polygon", "coordinates": [[[0, 0], [1, 1], [0, 1], [0, 0]]]}},
        {"type": "Feature", "properties": {"length_m":2,"name":"-"}, "geometry": null}
        ]}

        """#)
  }

  @Test("a line over the antimeridian is cut there, and one without extent has two positions")
  func lines() {
    let over = [
      at(178, 1), at(180, 2), at(-180, 2), at(-179, 3), at(-180, 4), at(180, 4), at(179, 4),
    ]
    #expect(
      Geometry(line: over, metric: .wgs84)
        == .multiLineString([
          [at(178, 1), at(180, 2)], [at(-180, 2), at(-179, 3), at(-180, 4)],
          [at(180, 4), at(179, 4)],
        ]))
    #expect(
      Geometry(line: over, metric: .planar(metersPerUnit: 1)) == .lineString(over),
      "a plane has no antimeridian")
    // What only touches the other side is no line there.
    #expect(
      Geometry(line: [at(179, 0), at(180, 0), at(-180, 0)], metric: .wgs84)
        == .lineString([at(179, 0), at(180, 0)]))
    #expect(
      Geometry(line: [at(180, 0), at(-180, 0)], metric: .wgs84)
        == .lineString([at(180, 0), at(180, 0)]))
    #expect(Geometry(line: [at(7, 8)], metric: .wgs84) == .lineString([at(7, 8), at(7, 8)]))
    #expect(
      Geometry(line: [at(7, 8), at(8, 8)], metric: .wgs84) == .lineString([at(7, 8), at(8, 8)]))
  }

  @Test("numbers keep seven decimals and no exponent")
  func numbers() {
    let numbers = [0.0, -0.0, 1, -1.5, 1e-7, -4e-8, 179.99999999, 12.0000003, 123456789.125, 1e18]
    #expect(
      numbers.map(GeoJSON.rounded) == [
        "0", "0", "1", "-1.5", "0.0000001", "0", "180", "12.0000003", "123456789.125", "1e+18",
      ])
  }

  @Test("what is written is read back, also geometry collections")
  func roundTrip() throws {
    let square = ring((0, 0), (1, 0), (1, 1), (0, 1))
    let collection = FeatureCollection(
      features: [
        Feature(
          id: "1", geometry: .geometryCollection([.point(at(1, 2)), .multiPoint([at(3, 4)])]),
          properties: Way(name: "x", lengthMeters: 1)),
        Feature(
          id: "2", geometry: Geometry([Polygon(exterior: square)]),
          properties: Way(name: "y", lengthMeters: 2)),
        Feature(
          id: "3",
          geometry: .multiPolygon([[square], [square.map { at($0.longitude + 5, $0.latitude) }]]),
          properties: Way(name: "z", lengthMeters: 3)),
        Feature(
          id: "4", geometry: .multiLineString([[at(0, 0), at(1, 1)]]),
          properties: Way(name: "w", lengthMeters: 4)),
      ])
    let data = try GeoJSON.write(collection)
    #expect(try GeoJSON.read(Way.self, from: data, file: "x") == collection)
    #expect(try GeoJSON.write(FeatureCollection<Way>(features: [])).count > 0)
  }

  @Test("a number that is not finite is refused with its feature and field")
  func notFinite() {
    let bad = FeatureCollection(features: [
      Feature(id: "7", geometry: nil, properties: Way(name: "", lengthMeters: .nan))
    ])
    #expect(
      throws: GeoJSONError(
        file: "output", featureIndex: 0, featureID: "7", field: "properties.length_m", value: "nan",
        expected: "an object of finite numbers, strings, booleans, arrays and objects")
    ) { try GeoJSON.write(bad) }
    let worse = FeatureCollection(features: [
      Feature(geometry: .point(at(.infinity, 0)), properties: Way(name: "", lengthMeters: 0))
    ])
    #expect(
      throws: GeoJSONError(
        file: "output", featureIndex: 0, field: "geometry", value: "at [inf, 0.0]",
        expected: "finite coordinates")
    ) { try GeoJSON.write(worse) }
    #expect(throws: GeoJSONError.self) {
      try GeoJSON.write(FeatureCollection(features: [Feature(geometry: nil, properties: 5)]))
    }
  }

  private func withFolder(_ body: (String) throws -> Void) throws {
    let folder = NSTemporaryDirectory() + "corridor-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try body(folder)
  }

  @Test("a file is replaced whole, keeps its permissions, and leaves nothing beside it")
  func atomicWriting() throws {
    try withFolder { folder in
      let path = folder + "/out.json"
      try writeAtomically(Data("one".utf8), to: path)
      try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: path)
      try writeAtomically(Data("two".utf8), to: path)
      #expect(try String(contentsOfFile: path, encoding: .utf8) == "two")
      let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions]
      #expect(mode as? Int == 0o640)
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["out.json"])
    }
  }

  @Test("a link is followed to the file it names")
  func writingThroughLink() throws {
    try withFolder { folder in
      try writeAtomically(Data("one".utf8), to: folder + "/real")
      try FileManager.default.createSymbolicLink(
        atPath: folder + "/link", withDestinationPath: folder + "/real")
      try writeAtomically(Data("two".utf8), to: folder + "/link")
      #expect(try String(contentsOfFile: folder + "/real", encoding: .utf8) == "two")
    }
  }

  @Test("a file that cannot be written is refused with its path and the system's reason")
  func unwritable() throws {
    try withFolder { folder in
      #expect(throws: FileError(path: folder, reason: "Is a directory")) {
        try writeAtomically(Data("x".utf8), to: folder)
      }
      let missing = folder + "/no/out.json"
      #expect(throws: FileError(path: missing, reason: "No such file or directory")) {
        try writeAtomically(Data("x".utf8), to: missing)
      }
      #expect(
        FileError(path: "p", reason: "Is a directory").description
          == "p: cannot be written: Is a directory")
      let left = try FileManager.default.contentsOfDirectory(atPath: folder)
      #expect(left.isEmpty)
    }
  }

  @Test("a device is written to and not replaced")
  func device() throws {
    try writeAtomically(Data("x".utf8), to: "/dev/null")
    let type = try FileManager.default.attributesOfItem(atPath: "/dev/null")[.type]
    #expect(type as? FileAttributeType == .typeCharacterSpecial)
  }
}
