import Foundation
import Testing

@testable import Geography

@Suite("Reading GeoJSON")
struct GeoJSONReadingTests {
  struct Way: Codable, Equatable, Sendable {
    var lengthMeters: Double
    var name: String?
    var oneway: Bool?
    var months: [Int]?

    enum CodingKeys: String, CodingKey {
      case name, oneway, months
      case lengthMeters = "length_m"
    }
  }

  struct Nothing: Codable, Equatable, Sendable {}

  private func line(_ text: String) -> String {
    do throws(GeoJSONError) {
      _ = try GeoJSON.read(Way.self, from: Data(text.utf8), file: "w.geojson")
      return "read"
    } catch {
      return error.description
    }
  }

  private func collection(_ features: String, metric: String = "") -> String {
    #"{"type":"FeatureCollection",\#(metric)"features":[\#(features)]}"#
  }

  /// A feature with the given geometry, or properties, or id.
  private func feature(
    _ geometry: String = #"{"type":"Point","coordinates":[70,45]}"#,
    id: String = #""a""#, properties: String = #"{"length_m":1}"#
  ) -> String {
    #"{"type":"Feature","id":\#(id),"geometry":\#(geometry),"properties":\#(properties)}"#
  }

  private func geometry(_ type: String, _ coordinates: String) -> String {
    line(collection(feature(#"{"type":"\#(type)","coordinates":\#(coordinates)}"#)))
  }

  @Test("every kind of geometry is read, altitudes dropped, unknown members ignored")
  func geometries() throws {
    let text = collection(
      [
        #"{"type":"Point","coordinates":[70,45,812.5]}"#,
        #"{"type":"MultiPoint","coordinates":[[70,45]]}"#,
        #"{"type":"LineString","coordinates":[[70,45],[71,46]],"crs":1}"#,
        #"{"type":"MultiLineString","coordinates":[[[70,45],[71,46]]]}"#,
        #"{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1],[0,0]]]}"#,
        #"{"type":"MultiPolygon","coordinates":[[[[0,0],[1,0],[1,1],[0,0]]]]}"#,
        #"{"type":"GeometryCollection","geometries":[{"type":"Point","coordinates":[1,2]}]}"#,
        "null",
      ].enumerated().map { feature($1, id: "\($0)") }.joined(separator: ","))
    let read = try GeoJSON.read(
      Way.self, from: Data([0xEF, 0xBB, 0xBF] + Array(text.utf8)), file: "x")
    let triangle = ring((0, 0), (1, 0), (1, 1))
    #expect(
      read.features.map(\.geometry) == [
        .point(at(70, 45)), .multiPoint([at(70, 45)]), .lineString([at(70, 45), at(71, 46)]),
        .multiLineString([[at(70, 45), at(71, 46)]]), .polygon([triangle]),
        .multiPolygon([[triangle]]), .geometryCollection([.point(at(1, 2))]), nil,
      ])
    #expect(read.features.map(\.id) == (0..<8).map { "\($0)" })
    #expect(read.metric == .wgs84 && read.repairs.isEmpty)
  }

  @Test("a reference system is accepted where it is WGS 84, and refused where it is another")
  func referenceSystem() throws {
    func file(_ name: String) -> String {
      #"{"type":"FeatureCollection","crs":{"type":"name","properties":{"name":"\#(name)"}},"features":[]}"#
    }
    for name in ["urn:ogc:def:crs:OGC:1.3:CRS84", "EPSG:4326", "urn:ogc:def:crs:EPSG::4326"] {
      #expect(throws: Never.self) {
        try GeoJSON.read(Way.self, from: Data(file(name).utf8), file: "x")
      }
    }
    let message = line(file("urn:ogc:def:crs:EPSG::32643"))
    #expect(message.hasPrefix("w.geojson: crs is"), "\(message)")
    #expect(message.contains("WGS 84 (RFC 7946)"), "\(message)")
  }

  @Test("absent and null properties are read as an empty object")
  func noProperties() throws {
    let text = collection(
      #"{"type":"Feature","geometry":null},{"type":"Feature","geometry":null,"properties":null}"#)
    let read = try GeoJSON.read(Nothing.self, from: Data(text.utf8), file: "x")
    #expect(read.features.count == 2)
    #expect(
      line(text) == "w.geojson: feature 0: properties is missing; expected an object with length_m")
  }

  @Test("the foreign member metric makes a file planar, and frees its coordinates' range")
  func planar() throws {
    let text = collection(
      feature(#"{"type":"Point","coordinates":[700,450]}"#),
      metric: #""metric":{"type":"planar","meters_per_unit":1000},"name":"toy","#)
    let read = try GeoJSON.read(Way.self, from: Data(text.utf8), file: "x")
    #expect(read.metric == .planar(metersPerUnit: 1000))
    #expect(read.name == "toy")
    for unit in ["0", "-1", "0.0009", "1000000001", "1e300"] {
      let fault = line(
        collection("", metric: #""metric":{"type":"planar","meters_per_unit":\#(unit)},"#))
      #expect(fault.hasPrefix("w.geojson: metric.meters_per_unit is "), "\(unit)")
      #expect(fault.hasSuffix("; expected a number from 0.001 to 1000000000"), "\(unit)")
    }
    for (unit, meters) in [("0.001", 0.001), ("1e9", 1e9)] {
      let text = collection("", metric: #""metric":{"type":"planar","meters_per_unit":\#(unit)},"#)
      #expect(
        try GeoJSON.read(Way.self, from: Data(text.utf8), file: "x").metric
          == .planar(metersPerUnit: meters))
    }
    #expect(
      line(collection("", metric: #""metric":{"type":"polar"},"#))
        == #"w.geojson: metric.type is "polar"; expected "wgs84" or "planar""#)
  }

  @Test("what is no text, no JSON or no collection is told apart")
  func wholeFiles() throws {
    let expected = "; expected a GeoJSON FeatureCollection"
    #expect(line("") == "w.geojson: is empty" + expected)
    #expect(line(" \n\t") == "w.geojson: is empty" + expected)
    #expect(line("[1]") == "w.geojson: holds [1]" + expected)
    #expect(line("12") == "w.geojson: holds 12" + expected)
    #expect(line("{}") == "w.geojson: type is missing; expected a value")
    #expect(
      line(#"{"type":"Feature"}"#)
        == #"w.geojson: type is "Feature"; expected "FeatureCollection""#)
    #expect(
      line(#"{"type":"FeatureCollection"}"#) == "w.geojson: features is missing; expected a value")
    #expect(
      line(#"{"type":"FeatureCollection","features":{}}"#)
        == "w.geojson: features is {}; expected an array")
    #expect(
      throws: GeoJSONError(file: "b", value: "is not UTF-8", expected: "UTF-8 text")
    ) { try GeoJSON.read(Way.self, from: Data([0x7B, 0xFF, 0xFE]), file: "b") }
    #expect(
      throws: GeoJSONError(
        file: "/no/such", value: "cannot be read (No such file or directory)",
        expected: "a readable file")
    ) { try GeoJSON.readCollection(Way.self, contentsOf: "/no/such") }
    #expect(
      throws: GeoJSONError(
        file: "/", value: "cannot be read (Is a directory)", expected: "a readable file")
    ) { try GeoJSON.readCollection(Way.self, contentsOf: "/") }
  }

  @Test("text cut short, and numbers beyond a double, are invalid JSON with Foundation's position")
  func invalidJSON() {
    let start = "w.geojson: is not valid JSON ("
    let end = "; expected a complete GeoJSON FeatureCollection"
    let whole = collection(feature())
    for text in [String(whole.prefix(60)), String(whole.dropLast()), whole + "x"] {
      #expect(line(text).hasPrefix(start) && line(text).hasSuffix(end), "\(line(text))")
    }
    for number in ["1e400", "NaN", "Infinity", "-1e999"] {
      let text = geometry("Point", "[\(number),45]")
      #expect(text.hasPrefix(start) && text.hasSuffix(end), "\(text)")
    }
    #expect(geometry("Point", "[1e400,45]").contains("1e400"))
  }

  @Test("a member of the wrong type is named with feature, field and value")
  func wrongTypes() {
    let place = #"w.geojson: feature 1 (id "h12"): "#
    let properties = { [self] (json: String) in
      line(collection(feature() + "," + feature(id: #""h12""#, properties: json)))
    }
    #expect(
      properties(#"{"length_m":"abc"}"#)
        == place + #"properties.length_m is "abc"; expected a number"#)
    #expect(properties("{}") == place + "properties.length_m is missing; expected a value")
    #expect(
      properties(#"{"length_m":null}"#) == place + "properties.length_m is null; expected a number")
    #expect(
      properties(#"{"length_m":1,"name":7}"#) == place + "properties.name is 7; expected a string")
    #expect(
      properties(#"{"length_m":1,"oneway":"yes"}"#)
        == place + #"properties.oneway is "yes"; expected true or false"#)
    #expect(
      properties(#"{"length_m":1,"months":[1,"May"]}"#)
        == place + #"properties.months[1] is "May"; expected an integer"#)
    #expect(
      properties(#"{"length_m":1,"months":5}"#) == place
        + "properties.months is 5; expected an array"
    )
    // The decoder does not tell where a number stands that is no integer.
    for number in ["1.5", "1e30", "123456789012345678901234567890"] {
      let told = properties(#"{"length_m":1,"months":[2,\#(number)],"name":"a"}"#)
      #expect(told.hasPrefix(place + "properties.months is [2,"), "\(told)")
      #expect(told.hasSuffix("]; expected an integer"), "\(told)")
    }
    #expect(properties("[]") == place + "properties is []; expected an object")
    #expect(line(collection("5")) == "w.geojson: feature 0: feature is 5; expected an object")
    #expect(
      line(collection(feature(id: "1.5")))
        == #"w.geojson: feature 0 (id "1.5"): id is 1.5; expected a string or an integer"#)
    #expect(
      line(collection(#"{"type":"Feature","id":7,"properties":{"length_m":1}}"#))
        == #"w.geojson: feature 0 (id "7"): geometry is missing; expected a value"#)
    #expect(
      line(collection(#"{"type":"Way"}"#))
        == #"w.geojson: feature 0: type is "Way"; expected "Feature""#)
  }

  @Test("positions are checked for form and range, with a hint when they may be swapped")
  func positions() {
    let place = #"w.geojson: feature 0 (id "a"): geometry"#
    #expect(
      geometry("Point", "[1]")
        == place + ".coordinates is [1]; expected a position of at least two numbers")
    #expect(
      geometry("LineString", "[[70,45],[]]")
        == place + ".coordinates[1] is []; expected a position of at least two numbers")
    #expect(
      geometry("Point", #"["70",45]"#) == place + #".coordinates[0] is "70"; expected a number"#)
    #expect(geometry("LineString", "[70,45]") == place + ".coordinates[0] is 70; expected an array")
    #expect(
      geometry("LineString", "[[70,45],[45.1,171.2]]")
        == place
        + ".coordinates[1] is [45.1, 171.2]; expected a latitude within ±90 where 171.2 stands"
        + " (longitude and latitude may be swapped)")
    #expect(
      geometry("Point", "[170,171.2]")
        == place
        + ".coordinates is [170.0, 171.2]; expected a latitude within ±90 where 171.2 stands")
    #expect(
      geometry("Point", "[190,45]")
        == place
        + ".coordinates is [190.0, 45.0]; expected a longitude within ±180 where 190.0 stands")
    #expect(
      geometry("Circle", "[1,2]")
        == place + #".type is "Circle"; expected one of Point, MultiPoint, LineString, "#
        + "MultiLineString, Polygon, MultiPolygon, GeometryCollection")
  }

  @Test("lines and rings that are too short, open or crossing are refused where they are")
  func rings() {
    let place = #"w.geojson: feature 0 (id "a"): geometry.coordinates"#
    #expect(
      geometry("LineString", "[[70,45]]")
        == place + " is [[70.0, 45.0]]; expected a line of at least 2 positions")
    #expect(geometry("Polygon", "[]") == place + " is []; expected at least an outer ring")
    #expect(
      geometry("Polygon", "[[[0,0],[1,0],[0,0]]]")
        == place + "[0] is a ring of 3 positions; expected at least 4 positions")
    #expect(
      geometry("MultiPolygon", "[[[[0,0],[1,0],[1,1],[0,1]]]]")
        == place + "[0][0] is a ring from [0.0, 0.0] to [0.0, 1.0]; "
        + "expected a closed ring, its first position repeated last")
    #expect(
      geometry("Polygon", "[[[0,0],[1,1],[1,0],[0,1],[0,0]]]")
        == place + " is not simple (Self-intersection at [0.5, 0.5]); "
        + "expected rings that do not cross themselves or each other")
  }

  @Test("rings that run the wrong way round are turned and reported")
  func clockwise() throws {
    let outer = "[[0,0],[0,9],[9,9],[9,0],[0,0]]"
    let hole = "[[1,1],[2,1],[2,2],[1,2],[1,1]]"
    let text = collection(feature(#"{"type":"Polygon","coordinates":[\#(outer),\#(hole)]}"#))
    let read = try GeoJSON.read(Way.self, from: Data(text.utf8), file: "w.geojson")
    let rings = try #require(read.features[0].geometry?.polygons?.first?.rings)
    #expect(rings[0] == ring((0, 0), (9, 0), (9, 9), (0, 9)))
    #expect(rings[1] == ring((1, 1), (1, 2), (2, 2), (2, 1)))
    #expect(
      read.repairs == [
        #"w.geojson: feature 0 (id "a"): geometry.coordinates[0] ran clockwise; turned"#,
        #"w.geojson: feature 0 (id "a"): geometry.coordinates[1] ran counter-clockwise though a hole;"#
          + " turned",
      ])
  }

  @Test("an identifier used twice is refused with its first use")
  func duplicates() {
    #expect(
      line(collection([feature(), feature(id: "7"), feature(id: #""7""#)].joined(separator: ",")))
        == #"w.geojson: feature 2 (id "7"): id is "7"; expected an identifier of its own; "#
        + "feature 1 has this one")
  }

  @Test("nested brackets without end are refused, not a crash")
  func deepNesting() {
    let text = geometry("Point", String(repeating: "[", count: 100_000))
    #expect(text.hasPrefix("w.geojson: is not valid JSON"))
  }
}
