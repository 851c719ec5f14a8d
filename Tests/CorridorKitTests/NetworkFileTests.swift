import Foundation
import Geography
import Testing
import TransportGraph

@testable import CorridorKit

@Suite("Network files")
struct NetworkFileTests {
  private func read(_ text: String) throws -> TransportNetwork {
    let catalogue = try CrossingCatalogue(
      inputFile(NetworkText.crossings, named: "crossings.geojson"))
    return try TransportNetwork(inputFile(text, named: "network.geojson"), crossings: catalogue)
  }

  private func message(_ data: Data) throws -> String? {
    let catalogue = try CrossingCatalogue(
      inputFile(NetworkText.crossings, named: "crossings.geojson"))
    let file = try inputFile(data, named: "network.geojson")
    return fault { () throws(CorridorKitError) in
      _ = try TransportNetwork(file, crossings: catalogue)
    }
  }

  private func message(_ text: String) throws -> String? { try message(Data(text.utf8)) }

  @Test("a sound network is read with the lengths, modes and defaults that the format gives")
  func sound() throws {
    let named = NetworkText.node("p", #""kind":"node","name":"Pole""#, "[74.0,43.0]")
    let rail = NetworkText.link(
      "t",
      #""from":"s","to":"p","mode":"rail","class":"main","length_m":20000,"speed_kmh":60,"oneway":true,"ref":"R1""#,
      "[[74.2,43.0],[74.0,43.0]]")
    let network = try read(NetworkText.collection(NetworkText.links + [rail, named]))
    let graph = network.graph
    #expect(graph.nodes.map(\.id) == ["p", "q", "r", "s"])
    #expect(graph.nodes.map(\.name) == ["Pole", nil, nil, nil])
    #expect(graph.links.map(\.id) == ["a", "x", "b", "t"])
    #expect(graph.links.map(\.kind) == [.way, .crossing, .way, .way])
    #expect(graph.links.map(\.roadClass) == ["default", "default", "default", "main"])
    #expect(graph.links[1].crossingID == "pass")
    #expect(graph.links[1].dwell == HoursRange(low: 0, mode: 1, high: 2))
    #expect(graph.links[1].lengthMeters == 0)
    #expect(graph.links[3].lengthMeters == 20_000)
    #expect(graph.links[3].speedKilometersPerHour == 60)
    #expect(graph.links.map(\.isOneWay) == [false, false, false, true])
    #expect(graph.links[3].name == "R1")
    // A tenth of a degree along 43° N: 0.1° × π/180 × N cos φ with N = a / √(1 − e² sin² φ).
    let sine = sin(43 * Double.pi / 180)
    let normal = 6_378_137 / (1 - 0.006_694_379_990_141 * sine * sine).squareRoot()
    let parallel = 0.1 * Double.pi / 180 * normal * cos(43 * Double.pi / 180)
    #expect(abs(graph.links[0].lengthMeters - parallel) < 0.01)
  }

  @Test("a line over the antimeridian is refused unless it is cut there")
  func antimeridian() throws {
    func network(_ line: String) -> String {
      NetworkText.collection([
        NetworkText.link("a", #""from":"p","to":"q","mode":"road","length_m":90000"#, line)
      ])
    }
    for (line, index, from, to) in [
      ("[[179,66],[-179,66]]", 1, "[179.0, 66.0]", "[-179.0, 66.0]"),
      ("[[-179.5,66],[-180,66],[179,66]]", 2, "[-180.0, 66.0]", "[179.0, 66.0]"),
    ] {
      let told = try #require(try message(network(line)))
      #expect(
        told.contains(
          "geometry.coordinates[\(index)] is \(to); expected at most 180 degrees of longitude from "
            + from), "\(told)")
    }
    let cut = try read(network("[[179,66],[180,66]]"))
    #expect(cut.graph.links[0].lengthMeters == 90_000)
    // In the plane there is no antimeridian.
    let planar = network("[[-200,0],[200,0]]").replacing(
      #""features""#, with: #""metric":{"type":"planar","meters_per_unit":100},"features""#)
    #expect(
      fault { () throws(CorridorKitError) in
        _ = try TransportNetwork(
          InputFile(path: "network.geojson", data: Data(planar.utf8)),
          crossings: CrossingCatalogue([]))
      } == nil)
  }

  @Test(
    "a faulty link is refused with feature, field, value and what was expected",
    arguments: [
      (
        #""from":"p","to":"q","mode":"bike""#,
        #"properties.mode"#, #""bike"; expected one of road, rail, ferry"#
      ),
      (#""from":"p","to":"q""#, "mode", "absent; expected one of road, rail, ferry"),
      (#""to":"q","mode":"road""#, "from", "absent; expected a text that is not empty"),
      (
        #""from":"p","to":"","mode":"road""#, "to", #"""; expected a text that is not empty"#
      ),
      (
        #""from":"q","to":"q","mode":"road""#, "to", #""q"; expected a node other than "from""#
      ),
      (
        #""from":"p","to":"q","mode":"road","kind":"ghost""#, "kind",
        #""ghost"; expected one of way, crossing, transfer"#
      ),
      (
        #""from":"p","to":"q","mode":"road","kind":"crossing""#, "crossing",
        "absent; expected a text that is not empty"
      ),
      (
        #""from":"p","to":"q","mode":"road","kind":"crossing","crossing":"past""#, "crossing",
        #""past"; expected an id of the crossings file, such as pass"#
      ),
      (
        #""from":"p","to":"q","mode":"rail","kind":"crossing","crossing":"pass""#, "mode",
        #""rail"; expected road, the mode of crossing pass"#
      ),
      (
        #""from":"p","to":"q","mode":"road","crossing":"pass""#, "crossing",
        #""pass"; expected no crossing on a link of kind way"#
      ),
      (
        #""from":"p","to":"q","mode":"road","length_m":0"#, "length_m",
        "0.0; expected metres > 0"
      ),
      (
        #""from":"p","to":"q","mode":"road","length_m":-5"#, "length_m",
        "-5.0; expected metres > 0"
      ),
      (
        #""from":"p","to":"q","mode":"road","length_m":8000"#, "length_m",
        "8000.0; expected at least the 8154.1 m between the link's ends, less 1 %"
      ),
      (
        #""from":"p","to":"q","mode":"road","length_m":30000000"#, "length_m",
        "30000000.0; expected at most 20040000.0 m"
      ),
      (
        #""from":"p","to":"q","mode":"road","length_m":30000000,"schematic":true"#, "length_m",
        "30000000.0; expected at most 20040000.0 m"
      ),
      (
        #""from":"p","to":"q","mode":"road","schematic":true"#, "schematic",
        #"true; expected "length_m" beside it: the line tells no length"#
      ),
      (
        #""from":"p","to":"q","mode":"road","length_m":183200"#, "length_m",
        "183200.0; expected at most 183081.9 m, 20 times the drawn line and 20 km"
      ),
      (
        #""from":"p","to":"q","mode":"road","kind":"crossing","crossing":"pass","length_m":183200"#,
        "length_m",
        "183200.0; expected at most 183081.9 m, 20 times the drawn line and 20 km"
      ),
      (
        #""from":"p","to":"q","mode":"road","kind":"transfer","length_m":183200"#, "length_m",
        "183200.0; expected at most 183081.9 m, 20 times the drawn line and 20 km"
      ),
      (
        #""from":"p","to":"q","mode":"road","length_m":"8200""#, "properties.length_m",
        #""8200"; expected a number"#
      ),
      (
        #""from":"p","to":"q","mode":"road","speed_kmh":0"#, "speed_kmh",
        "0.0; expected a number from 1.0 to 400.0"
      ),
      (
        #""from":"p","to":"q","mode":"road","speed_kmh":-30"#, "speed_kmh",
        "-30.0; expected a number from 1.0 to 400.0"
      ),
      (
        #""from":"p","to":"q","mode":"road","speed_kmh":1000"#, "speed_kmh",
        "1000.0; expected a number from 1.0 to 400.0"
      ),
      (
        #""from":"p","to":"q","mode":"road","fixed_h":1"#, "fixed_h",
        "1.0; expected no fixed_h on a link of kind way"
      ),
      (
        #""from":"p","to":"q","mode":"road","kind":"transfer","fixed_h":-1"#, "fixed_h",
        "-1.0; expected hours ≥ 0"
      ),
      (
        #""from":"p","to":"q","mode":"road","oneway":"yes""#, "properties.oneway",
        #""yes"; expected true or false"#
      ),
      (#""from":4,"to":"q","mode":"road""#, "properties.from", "4; expected a string"),
    ])
  func faultyLink(properties: String, field: String, rest: String) throws {
    let faulty = NetworkText.link("a", properties, "[[74.0,43.0],[74.1,43.0]]")
    let name = field.hasPrefix("properties.mode") ? "mode" : field
    #expect(
      try message(NetworkText.collection([faulty] + NetworkText.links.dropFirst()))
        == "network.geojson: feature 0 (id \"a\"): \(name) is \(rest)")
  }

  @Test(
    "a stated length just below 20 times the drawn line and 20 km is taken",
    arguments: [
      #""mode":"road""#, #""mode":"road","kind":"crossing","crossing":"pass""#,
      #""mode":"road","kind":"transfer""#,
    ])
  func longButPossible(properties: String) throws {
    let long = NetworkText.link(
      "a", #""from":"p","to":"q","length_m":183000,"# + properties, "[[74.0,43.0],[74.1,43.0]]")
    let network = try read(NetworkText.collection([long] + NetworkText.links.dropFirst()))
    #expect(network.graph.links[0].lengthMeters == 183_000)
  }

  @Test(
    "a faulty line is refused with the position at fault",
    arguments: [
      (
        "[[74.0,43.0]]",
        "geometry.coordinates is [[74.0, 43.0]]; expected a line of at least 2 positions"
      ),
      (
        "[[43.0,174.0],[43.0,174.1]]",
        "geometry.coordinates[0] is [43.0, 174.0]; expected a latitude within ±90 where 174.0 "
          + "stands (longitude and latitude may be swapped)"
      ),
      (
        "[[74.0,43.0],[74.1,91]]",
        "geometry.coordinates[1] is [74.1, 91.0]; expected a latitude within ±90 where 91.0 "
          + "stands (longitude and latitude may be swapped)"
      ),
      (
        "[[74.0,43.0],[74.1,\"north\"]]",
        "geometry.coordinates[1][1] is \"north\"; expected a number"
      ),
      (
        "[[74.0,43.0],[74.1]]",
        "geometry.coordinates[1] is [74.1]; expected a position of at least two numbers"
      ),
      ("7", "geometry.coordinates is 7; expected an array"),
    ])
  func faultyLine(positions: String, rest: String) throws {
    let faulty = NetworkText.link("a", #""from":"p","to":"q","mode":"road""#, positions)
    #expect(
      try message(NetworkText.collection([faulty]))
        == "network.geojson: feature 0 (id \"a\"): \(rest)")
  }

  @Test("a link that puts a node elsewhere than another link does is refused")
  func nodeElsewhere() throws {
    let links = [
      NetworkText.links[0],
      NetworkText.link("c", #""from":"q","to":"z","mode":"road""#, "[[74.11,43.0],[74.3,43.0]]"),
    ]
    #expect(
      try message(NetworkText.collection(links))
        == "network.geojson: feature 1 (id \"c\"): from is \"q\" at 74.11, 43.0; "
        + "expected the node's position 74.1, 43.0 to 1 m")
    // Half a metre apart is one place.
    let near = NetworkText.link(
      "c", #""from":"q","to":"z","mode":"road""#, "[[74.100006,43.0],[74.3,43.0]]")
    #expect(try message(NetworkText.collection([links[0], near])) == nil)
  }

  @Test("a node's point names its kind, and a feature is a line or a point")
  func otherFeatures() throws {
    #expect(
      try message(
        NetworkText.collection(
          NetworkText.links + [NetworkText.node("p", #""name":"Pole""#, "[74.0,43.0]")]))
        == "network.geojson: feature 3 (id \"p\"): kind is absent; expected \"node\" for a Point")
    let polygon = NetworkText.province()
    #expect(
      try message(NetworkText.collection(NetworkText.links + [polygon]))
        == "network.geojson: feature 3 (id \"KZ-31\"): geometry is Polygon; "
        + "expected a LineString, or a Point (node)")
    let unlocated =
      #"{"type":"Feature","id":"n","properties":{"from":"p","to":"q","mode":"road"},"geometry":null}"#
    #expect(
      try message(NetworkText.collection([unlocated]))
        == "network.geojson: feature 0 (id \"n\"): geometry is null; "
        + "expected a LineString, or a Point (node)")
  }

  @Test("features need an id of their own")
  func ids() throws {
    #expect(
      try message(NetworkText.collection(NetworkText.links + [NetworkText.links[0]]))
        == "network.geojson: feature 3 (id \"a\"): id is \"a\"; "
        + "expected an identifier of its own; feature 0 has this one")
    let anonymous = NetworkText.links[0].replacing(#""id":"a","#, with: "")
    #expect(
      try message(NetworkText.collection([anonymous]))
        == "network.geojson: feature 0: id is missing; expected a feature id that is not empty")
  }

  @Test("a file that is empty, cut short or not UTF-8 is refused whole")
  func wholeFile() throws {
    let sound = NetworkText.collection(NetworkText.links)
    #expect(
      try message("") == "network.geojson: is empty; expected a GeoJSON FeatureCollection")
    #expect(
      try message(" \n") == "network.geojson: is empty; expected a GeoJSON FeatureCollection")
    for length in [1, sound.count / 3, sound.count / 2, sound.count - 1] {
      let line = try #require(try message(String(sound.prefix(length))), "\(length) characters")
      #expect(line.hasPrefix("network.geojson: is not valid JSON"), "\(line)")
      #expect(line.hasSuffix("expected a complete GeoJSON FeatureCollection"), "\(line)")
      #expect(!line.contains("\n"))
    }
    var latin = Data(sound.utf8)
    latin.append(0xE9)
    #expect(try message(latin) == "network.geojson: is not UTF-8; expected UTF-8 text")
    #expect(
      try message(NetworkText.collection([]))
        == "network.geojson: no link; expected LineString features")
    #expect(
      try message("[1,2]") == "network.geojson: holds [1,2]; expected a GeoJSON FeatureCollection")
    for number in ["NaN", "Infinity", "1e999"] {
      let text = sound.replacing("74.2", with: number)
      let line = try #require(try message(text), "\(number)")
      #expect(line.hasPrefix("network.geojson: "), "\(line)")
      #expect(!line.contains("\n"), "\(line)")
    }
  }

  @Test("a network measured otherwise than the crossings is refused")
  func otherMetric() throws {
    let planar = NetworkText.collection(
      NetworkText.links, members: #""metric":{"type":"planar","meters_per_unit":1000},"#)
    #expect(
      try message(planar) == "network.geojson: \"metric\" differs from that of the crossings")
  }
}
