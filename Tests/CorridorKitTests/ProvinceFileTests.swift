import CorridorKit
import Foundation
import Geography
import Testing
import TransportGraph

@Suite("Province files")
struct ProvinceFileTests {
  private func message(_ text: String) throws -> String? {
    let file = try inputFile(text, named: "provinces.geojson")
    return fault { () throws(CorridorKitError) in _ = try ProvinceLayer.read([file]) }
  }

  private func message(rings: String) throws -> String? {
    try message(
      NetworkText.collection([
        #"{"type":"Feature","id":"P","properties":{"name":"P","country":"KZ"},"geometry":"#
          + #"{"type":"Polygon","coordinates":\#(rings)}}"#
      ]))
  }

  @Test(
    "faulty properties are refused with field, value and what was expected",
    arguments: [
      (#""country":"KZ""#, "name is absent; expected a text that is not empty"),
      (#""name":"","country":"KZ""#, "name is \"\"; expected a text that is not empty"),
      (#""name":"A""#, "country is absent; expected a text that is not empty"),
      (
        #""name":"A","country":"Kazakhstan""#,
        "country is \"Kazakhstan\"; expected an ISO 3166-1 alpha-2 code"
      ),
      (#""name":"A","country":"kz""#, "country is \"kz\"; expected an ISO 3166-1 alpha-2 code"),
      (
        #""name":"A","country":"KZ","level":2"#,
        "level is 2; expected 0 (a country) or 1 (a province)"
      ),
      (
        #""name":"A","country":"KZ","valid_from":"June 2022""#,
        "valid_from is \"June 2022\"; expected a date such as 2024-06-08"
      ),
      (
        #""name":"A","country":"KZ","valid_from":"2022-06-08","valid_to":"2022-06-08""#,
        "valid_to is 2022-06-08; expected a date after 2022-06-08"
      ),
      (#""name":7,"country":"KZ""#, "properties.name is 7; expected a string"),
    ])
  func properties(properties: String, rest: String) throws {
    #expect(
      try message(NetworkText.collection([NetworkText.province("P", properties)]))
        == "provinces.geojson: feature 0 (id \"P\"): \(rest)")
  }

  @Test(
    "rings that are open, short or cross themselves are refused",
    arguments: [
      (
        "[[[73,42],[75,42],[75,44],[73,44]]]",
        "geometry.coordinates[0] is a ring from [73.0, 42.0] to [73.0, 44.0]; "
          + "expected a closed ring, its first position repeated last"
      ),
      (
        "[[[73,42],[75,42],[73,42]]]",
        "geometry.coordinates[0] is a ring of 3 positions; expected at least 4 positions"
      ),
      (
        "[[[73,42],[75,44],[75,42],[73,44],[73,42]]]",
        "geometry.coordinates is not simple (Self-intersection at [74.0, 43.0]); "
          + "expected rings that do not cross themselves or each other"
      ),
      ("[]", "geometry.coordinates is []; expected at least an outer ring"),
    ])
  func rings(rings: String, rest: String) throws {
    #expect(try message(rings: rings) == "provinces.geojson: feature 0 (id \"P\"): \(rest)")
  }

  @Test("a clockwise ring is turned, and said to have been")
  func clockwise() throws {
    let file = try inputFile(
      NetworkText.collection([
        #"{"type":"Feature","id":"P","properties":{"name":"P","country":"KZ"},"geometry":"#
          + #"{"type":"Polygon","coordinates":[[[73,42],[73,44],[75,44],[75,42],[73,42]]]}}"#
      ]), named: "provinces.geojson")
    let (layer, repairs) = try ProvinceLayer.read([file])
    #expect(
      layer.provinces[0].polygons[0].exterior.map { [$0.longitude, $0.latitude] }
        == [[73, 42], [75, 42], [75, 44], [73, 44], [73, 42]])
    #expect(repairs.count == 1)
    #expect(
      repairs[0].hasSuffix(
        "feature 0 (id \"P\"): geometry.coordinates[0] ran clockwise; turned"), "\(repairs)")
  }

  @Test("an id that two files of a layer use is refused, with both files")
  func duplicateAcrossFiles() throws {
    let a = try inputFile(NetworkText.collection([NetworkText.province()]), named: "a.geojson")
    let b = try inputFile(NetworkText.collection([NetworkText.province()]), named: "b.geojson")
    #expect(
      fault { () throws(CorridorKitError) in _ = try ProvinceLayer.read([a, b]) }
        == "b.geojson: feature 0 (id \"KZ-31\"): id is \"KZ-31\"; "
        + "expected an id that a.geojson does not use too")
  }

  @Test(
    "an id that results use for something else is refused, from a file and from code",
    arguments: ["ABROAD", "ABROAD:KG", "ABROAD:", "LOST", "NOWHERE"])
  func reserved(id: String) throws {
    let expected = "expected an id other than ABROAD, ABROAD:…, LOST and NOWHERE, which results use"
    #expect(
      try message(NetworkText.collection([NetworkText.province(id)]))
        == "provinces.geojson: feature 0 (id \"\(id)\"): id is \"\(id)\"; \(expected)")
    let (sound, _) = try ProvinceLayer.read([
      inputFile(NetworkText.collection([NetworkText.province()]), named: "provinces.geojson")
    ])
    var province = sound.provinces[0]
    province.id = id
    let layer = try ProvinceLayer(provinces: [province], metric: .wgs84)
    #expect(
      fault { () throws(CorridorKitError) in _ = try ReportingUnits(layer, countries: ["KZ"]) }
        == "province id \"\(id)\" is reserved; \(expected)")
  }

  @Test("an id that only resembles a reserved one is a province's own")
  func notReserved() throws {
    for id in ["Abroad", "ABROADER", "LOST-1"] {
      #expect(try message(NetworkText.collection([NetworkText.province(id)])) == nil)
    }
  }

  @Test("a line or point is no province, and a layer has at least one")
  func noPolygon() throws {
    #expect(
      try message(
        NetworkText.collection([
          NetworkText.node("P", #""name":"P","country":"KZ""#, "[74,43]")
        ]))
        == "provinces.geojson: feature 0 (id \"P\"): geometry is Point; "
        + "expected a Polygon or MultiPolygon")
    #expect(
      try message(NetworkText.collection([]))
        == "the layer has no provinces; expected at least one")
  }
}

@Suite("Files that do not belong together")
struct MismatchTests {
  private func message(
    network: String = NetworkText.collection(NetworkText.links),
    provinces: String = NetworkText.collection([NetworkText.province()]),
    crossings: String = NetworkText.crossings, settlements: String = NetworkText.collection([])
  ) throws -> String? {
    let folder = try TemporaryFolder()
    var sources = try Shipped.sources(vintage: "2024")
    sources.network = try folder.write(network, to: "network.geojson")
    sources.crossings = try folder.write(crossings, to: "crossings.geojson")
    sources.provinces = [try folder.write(provinces, to: "provinces.geojson")]
    sources.settlements = try folder.write(settlements, to: "settlements.geojson")
    return fault { () throws(CorridorKitError) in _ = try StudyArea(sources, cache: nil) }
  }

  @Test("a network and provinces that meet make a study area")
  func sound() throws {
    #expect(try message() == nil)
  }

  @Test("provinces that no link lies in are refused")
  func apart() throws {
    let far = NetworkText.province().replacing("42]", with: "52]").replacing("44]", with: "54]")
    #expect(
      try message(provinces: NetworkText.collection([far]))
        == "network.geojson: no link lies in any province of provinces.geojson")
  }

  @Test(
    "latitude before longitude is suspected where that would bring the network to the provinces")
  func swapped() throws {
    let swapped = NetworkText.links.map { link in
      link.replacing(#/\[(7[0-9.]+),(43[0-9.]*)\]/#) { "[\($0.output.2),\($0.output.1)]" }
    }
    #expect(swapped[0].contains("[[43.0,74.0],[43.0,74.1]]"))
    #expect(
      try message(network: NetworkText.collection(swapped))
        == "network.geojson: no link lies in any province of provinces.geojson; longitude and "
        + "latitude may be swapped (GeoJSON wants longitude first)")
  }

  @Test("a crossing may lie 20 km from its link and no farther")
  func crossingAwayFromLink() throws {
    func message(at position: String) throws -> String? {
      try self.message(crossings: NetworkText.crossings.replacing("[74.1,43.0]", with: position))
    }
    // A degree of the meridian is 111.1 km here.
    #expect(try message(at: "[74.1,43.179]") == nil)
    #expect(
      try message(at: "[74.1,43.181]")
        == "crossings.geojson: crossing pass lies 20.1 km from its link x; expected at most 20.0 km"
    )
    let swapped = try #require(try message(at: "[43.0,74.1]"))
    #expect(
      swapped.hasSuffix(
        "; expected at most 20.0 km; longitude and latitude may be swapped (longitude comes first)"),
      "\(swapped)")
  }

  @Test("a crossing away from its link is refused in code as well")
  func crossingAwayFromLinkInCode() throws {
    let area = try ToyRegion.analysis().area
    let moved = try CrossingCatalogue(
      area.crossings.crossings.map { crossing in
        var crossing = crossing
        // A unit of the plane is a kilometre.
        if crossing.id == "X2" { crossing.coordinate.latitude -= 20.5 }
        return crossing
      }, metric: area.network.metric)
    #expect(
      fault { () throws(CorridorKitError) in
        _ = try StudyArea(network: area.network, crossings: moved, provinces: area.provinces)
      }?.hasPrefix("crossing X2 lies 20.5 km from its link ") == true)
  }

  @Test("a network, provinces or settlements measured otherwise are refused")
  func metrics() throws {
    let planar = #""metric":{"type":"planar","meters_per_unit":1000},"#
    let town = NetworkText.node("t", #""name":"T","country":"KZ""#, "[74,43]")
    #expect(
      try message(provinces: NetworkText.collection([NetworkText.province()], members: planar))
        == "network.geojson and provinces.geojson: \"metric\" differs")
    #expect(
      try message(settlements: NetworkText.collection([town], members: planar))
        == "network.geojson and settlements.geojson: \"metric\" differs")
  }

  @Test("a file that is missing or a folder is named")
  func missing() throws {
    for (path, reason) in [
      ("no-such.geojson", "no such file"), (repositoryFolder, "it is a folder"),
    ] {
      var sources = try Shipped.sources(vintage: "2024")
      sources.crossings = path
      let message = fault { () throws(CorridorKitError) in
        _ = try StudyArea(sources, cache: nil)
      }
      #expect(message == "\(path): cannot be read: \(reason)")
    }
  }

  @Test("an unknown vintage names those that are shipped")
  func vintage() {
    #expect(
      fault { () throws(CorridorKitError) in _ = try DataSources(folder: "x", vintage: "2020") }
        == "vintage \"2020\" is unknown; expected 2013, 2018, 2024")
  }

  @Test("a country without a province in the layer is unknown")
  func country() throws {
    let area = try ToyRegion.analysis().area
    #expect(
      fault { () throws(CorridorKitError) in
        _ = try ReportingUnits(area.provinces, countries: ["XA", "FR"])
      } == "country \"FR\" is unknown; expected XA")
  }
}
