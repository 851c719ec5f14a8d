import Geography
import Testing
import TransportGraph

@testable import CorridorKit

@Suite("The names that people type")
struct GazetteerTests {
  private func gazetteer() throws -> Gazetteer { try Shipped.area2024.get().gazetteer }

  @Test(
    "present, former and other spellings in any script resolve to one settlement",
    arguments: [
      ("geonames:1526384", ["Almaty", "Алматы", "Алма-Ата", "Alma-Ata", "alma ata", "ALMATY"]),
      ("geonames:1526273", ["Astana", "Nur-Sultan", "Нур-Султан", "Астана", "nursultan"]),
      (
        "geonames:1520316",
        ["Oskemen", "Öskemen", "Өскемен", "Ust-Kamenogorsk", "Усть-Каменогорск", "ust kamenogorsk"]
      ),
      ("geonames:1524245", ["Kalbatau", "Калбатау", "Georgievka, KZ-10", "Георгиевка, KZ-10"]),
      ("geonames:1524243", ["Korday", "Кордай", "Georgievka, KZ-31"]),
    ])
  func spellings(id: String, names: [String]) throws {
    let gazetteer = try gazetteer()
    for name in names { #expect(try gazetteer.resolve(name).id == id, "\(name)") }
  }

  @Test("every settlement that the studies' corridors and organisations name is found")
  func namedPlaces() throws {
    let gazetteer = try gazetteer()
    let places = [
      "Osh": "KG", "Bishkek": "KG", "Taldykorgan": "KZ", "Balkhash": "KZ", "Petropavl": "KZ",
      "Petropavlovsk": "KZ", "Semey": "KZ", "Khorgos": "KZ", "Dostyk": "KZ", "Yining": "CN",
      "Urumqi": "CN", "Aktobe": "KZ", "Aktau, KZ-47": "KZ", "Zhezkazgan": "KZ", "Karaganda": "KZ",
      "Kokshetau": "KZ", "Kostanay": "KZ", "Kyzylorda": "KZ", "Shymkent": "KZ", "Taraz": "KZ",
      "Tashkent": "UZ", "Dushanbe": "TJ", "Barnaul": "RU", "Omsk": "RU",
    ]
    for (name, country) in places {
      #expect(try gazetteer.resolve(name).country == country, "\(name)")
    }
  }

  @Test("Georgievka asks which of its bearers is meant and says how to tell")
  func ambiguous() throws {
    let gazetteer = try gazetteer()
    for name in ["Georgievka", "Георгиевка", "Georgievka, KZ"] {
      do throws(CorridorKitError) {
        let found = try gazetteer.resolve(name)
        Issue.record("\(name) was taken for \(found.name)")
      } catch {
        guard case .ambiguousName("place", name, let choices) = error else {
          Issue.record("\(name): \(error)")
          continue
        }
        #expect(choices.contains { $0.hasPrefix("Kalbatau (KZ-10, ") }, "\(choices)")
        #expect(choices.contains { $0.hasPrefix("Korday (KZ-31, ") }, "\(choices)")
        // What a choice tells one to say resolves to that choice.
        for choice in choices {
          let id = try #require(choice.split(separator: "\"").last.map(String.init))
          let settlement = try gazetteer.resolve(id)
          #expect(choice.hasPrefix(settlement.name))
        }
      }
    }
  }

  @Test(
    "an unknown name gives the nearest names",
    arguments: [
      ("Almati Ata Q", nil), ("Bishkeck", "Bishkek"), ("Taldykurgn", "Taldykorgan"),
      ("Бишкекк", "Bishkek"),
    ] as [(String, String?)])
  func nearest(name: String, expected: String?) throws {
    let gazetteer = try gazetteer()
    do throws(CorridorKitError) {
      _ = try gazetteer.resolve(name)
      Issue.record("\(name) resolves")
    } catch {
      guard case .unknownName("place", name, let suggestions) = error else {
        Issue.record("\(error)")
        return
      }
      #expect(suggestions.count <= 3)
      if let expected { #expect(suggestions.first == expected, "\(suggestions)") }
    }
  }

  @Test(
    "a settlement's people and country are checked",
    arguments: [
      (#""country":"KZ","population":10.5"#, "properties.population is 10.5; expected an integer"),
      (#""country":"KZ","population":-1"#, "population is -1; expected a number of people ≥ 0"),
      (
        #""country":"Kazakhstan""#, #"country is "Kazakhstan"; expected an ISO 3166-1 alpha-2 code"#
      ),
    ])
  func settlementFaults(members: String, says: String) throws {
    let file = try inputFile(
      """
      {"type":"FeatureCollection","features":[
      {"type":"Feature","id":"a","properties":{"name":"Ford",\(members)},
       "geometry":{"type":"Point","coordinates":[70,45]}}]}
      """, named: "settlements.geojson")
    #expect(
      fault { () throws(CorridorKitError) in _ = try Settlement.read(file) }
        == #"settlements.geojson: feature 0 (id "a"): "# + says)
  }

  @Test("the larger of two namesakes is meant only where it has ten times the people")
  func obviousNamesake() throws {
    func gazetteer(_ population: Int) throws -> Gazetteer {
      let file =
        try inputFile(
          """
          {"type":"FeatureCollection","features":[
          {"type":"Feature","id":"a","properties":{"name":"Ford","country":"KZ","population":100},
           "geometry":{"type":"Point","coordinates":[70,45]}},
          {"type":"Feature","id":"b","properties":{"name":"Ford","country":"KG",
           "population":\(population)},"geometry":{"type":"Point","coordinates":[74,42]}}]}
          """, named: "settlements.geojson")
      return Gazetteer(try Settlement.read(file).settlements)
    }
    #expect(try gazetteer(1000).resolve("ford").id == "b")
    let close = try gazetteer(999)
    #expect(
      fault { () throws(CorridorKitError) in _ = try close.resolve("Ford") }
        == "place \"Ford\" is ambiguous: Ford (KG, 999 people): say \"Ford, KG\"; or "
        + "Ford (KZ, 100 people): say \"Ford, KZ\"")
    #expect(try close.resolve("Ford, KZ").id == "a")
  }
}

@Suite("Places on the network")
struct PlaceResolverTests {
  @Test("a node's id, a coordinate and a name of one place give the same node")
  func sameNode() throws {
    let analysis = try ToyRegion.analysis()
    let named = try analysis.resolver.resolve("Amber")
    #expect(named.label == "Amber")
    #expect(named.snapMeters == 0)
    for text in ["4", "50,50", "50.0, 50.0", "50.4,50.3"] {
      #expect(try analysis.resolver.resolve(text).node == named.node, "\(text)")
    }
    #expect(isClose(try analysis.resolver.resolve("50.4,50.3").snapMeters, 500))
  }

  @Test("for a railway alone a place snaps to a station's platform")
  func railOnly() throws {
    let analysis = try ToyRegion.analysis(modes: [.rail])
    let place = try analysis.resolver.resolve("Amber")
    #expect(analysis.area.graph.nodes[place.node.index].id == "4r")
  }

  @Test("a place beyond the limit says how far it lies and what the limit is")
  func farAway() throws {
    let analysis = try ToyRegion.analysis()
    #expect(
      fault { () throws(CorridorKitError) in _ = try analysis.resolver.resolve("150,281") }
        == "150,281 is 31.0 km from the nearest node of a permitted way; the limit is 30.0 km "
        + "(--snap-km)")
    let wider = PlaceResolver(
      analysis.area, modes: Set(Mode.allCases), snapLimitMeters: 31_000)
    #expect(isClose(try wider.resolve("150,281").snapMeters, 31_000))
  }

  @Test(
    "a coordinate that cannot be one is refused",
    arguments: [
      (
        "43.2,176.9",
        "place \"43.2,176.9\" is unknown; expected longitude,latitude in -180…180 and -90…90 "
          + "(they may be swapped)"
      ),
      (
        "200,43",
        "place \"200,43\" is unknown; expected longitude,latitude in -180…180 and -90…90"
      ),
      (
        "nan,43", "place \"nan,43\" is unknown; expected longitude,latitude in degrees, both finite"
      ),
      (
        "76,inf", "place \"76,inf\" is unknown; expected longitude,latitude in degrees, both finite"
      ),
    ])
  func badCoordinate(text: String, message: String) throws {
    let resolver = try Shipped.analysis().resolver
    #expect(fault { () throws(CorridorKitError) in _ = try resolver.resolve(text) } == message)
  }

  @Test(
    "spaces may stand around the two numbers of a coordinate, not within them",
    arguments: ["5 0,50", "50,5 0", "1 2,3 4"])
  func spaces(text: String) throws {
    let resolver = try ToyRegion.analysis().resolver
    #expect(
      fault { () throws(CorridorKitError) in _ = try resolver.resolve(text) }?
        .hasPrefix("unknown place \"\(text)\"") == true)
    #expect(
      try resolver.resolve(" 50 , 50 ").node == resolver.resolve("50,50").node)
  }

  @Test("an empty place says what a place may be", arguments: ["", "  "])
  func empty(text: String) throws {
    let resolver = try ToyRegion.analysis().resolver
    #expect(
      fault { () throws(CorridorKitError) in _ = try resolver.resolve(text) }
        == "place \"\(text)\" is unknown; expected a name, longitude,latitude or a node's id")
  }

  @Test("a station's name that several nodes bear asks which one is meant, by their ids")
  func namesakeStations() throws {
    let stations = ["p", "s"].map {
      NetworkText.node(
        $0, #""kind":"node","name":"Junction""#, $0 == "p" ? "[74.0,43.0]" : "[74.2,43.0]")
    }
    let catalogue = try CrossingCatalogue(
      inputFile(NetworkText.crossings, named: "crossings.geojson"))
    let area = try StudyArea(
      network: TransportNetwork(
        inputFile(NetworkText.collection(stations + NetworkText.links), named: "network.geojson"),
        crossings: catalogue), crossings: catalogue,
      provinces: ProvinceLayer.read([
        inputFile(NetworkText.collection([NetworkText.province()]), named: "provinces.geojson")
      ]).layer)
    let resolver = PlaceResolver(area, modes: [.road])
    #expect(
      fault { () throws(CorridorKitError) in _ = try resolver.resolve("junction") }
        == "place \"junction\" is ambiguous: say \"p\"; or say \"s\"")
    #expect(try resolver.resolve("p").label == "Junction")
  }

  @Test("a hexadecimal number is no coordinate")
  func hexadecimal() throws {
    let resolver = try Shipped.analysis().resolver
    let message = fault { () throws(CorridorKitError) in _ = try resolver.resolve("0x4C,0x2B") }
    #expect(message?.hasPrefix("unknown place \"0x4C,0x2B\"") == true, "\(message ?? "resolved")")
  }

  @Test("latitude before longitude is far from the network, with the distance")
  func swapped() throws {
    let resolver = try Shipped.analysis().resolver
    let message = fault { () throws(CorridorKitError) in _ = try resolver.resolve("43.25,76.9") }
    #expect(
      message?.hasPrefix("43.25,76.9 (longitude comes first; swapped?) is ") ?? false,
      "\(message ?? "no fault")")
    #expect(message?.contains("km from the nearest node of a permitted way") ?? false)
  }
}
