import Foundation
import Testing
import TransportGraph

@testable import CorridorKit

@Suite("Shipped demand")
struct ShippedDemandTests {
  static let layers = Result { () throws(CorridorKitError) in
    try DemandLayer.shipped(
      in: Shipped.folder + "/demand", indicators: Shipped.sources(vintage: "2024").indicators)
  }
  static let analysis = Result { () throws(CorridorKitError) in
    try Shipped.analysis().forDemand()
  }

  static func flows(_ id: String) throws -> [OriginDestination] {
    let layer = try #require(try layers.get().first { $0.id == id })
    return try layer.flows(on: analysis.get())
  }

  @Test("four layers of two kinds hold 1,000 each in 300 to 600 pairs together")
  func layers() throws {
    let layers = try Self.layers.get()
    #expect(
      layers.map(\.id) == [
        "opiates-north", "opiates-xinjiang", "persons-abroad", "persons-domestic",
      ])
    #expect(layers.map(\.kind) == [.drugs, .drugs, .persons, .persons])
    var pairs = 0
    for layer in layers {
      let flows = try layer.flows(on: Self.analysis.get())
      #expect(isClose(flows.reduce(0) { $0 + $1.mass }, 1000), "\(layer.id)")
      #expect(flows.allSatisfy { $0.layer == layer.id && $0.mass > 0 })
      #expect(Set(flows.map { [$0.origin, $0.destination] }).count == flows.count, "\(layer.id)")
      #expect(!layer.assumptions.isEmpty)
      pairs += flows.count
    }
    #expect((300...600).contains(pairs), "\(pairs)")
  }

  @Test("every pair has a way", arguments: DataSources.vintages)
  func connected(vintage: String) throws {
    let analysis = try Shipped.analysis(vintage: vintage)
    for layer in try Self.layers.get() {
      let trips = try analysis.trips(layer.flows(on: analysis.forDemand()))
      for (trip, outcome) in zip(trips, try analysis.outcomes(of: trips)) {
        #expect(outcome.exposure != nil, "\(layer.id): \(trip.id)")
      }
    }
  }

  @Test("persons from abroad cross a border, those within the country do not")
  func countries() throws {
    let analysis = try Self.analysis.get()
    let abroad = try analysis.trips(Self.flows("persons-abroad"))
    let domestic = try analysis.trips(Self.flows("persons-domestic"))
    #expect(abroad.allSatisfy { analysis.isDomestic($0) == false })
    #expect(domestic.allSatisfy { analysis.isDomestic($0) == true })
    let kazakh = abroad.filter { analysis.area.country(of: $0.destination) == "KZ" }
    #expect(isClose(kazakh.reduce(0) { $0 + $1.mass }, 500))
  }

  @Test(
    "the domestic share of both layers of persons is what is asked for", arguments: [0.3, 0.62])
  func share(share: Double) throws {
    let analysis = try Self.analysis.get()
    let flows = try Self.flows("persons-abroad") + Self.flows("persons-domestic")
    let scaled = try analysis.scaled(flows, toDomesticShare: share)
    let trips = try analysis.trips(scaled)
    let total = trips.reduce(0) { $0 + $1.mass }
    let domestic = trips.reduce(0) { $0 + (analysis.isDomestic($1) == true ? $1.mass : 0) }
    #expect(isClose(total, 2000))
    #expect(isClose(domestic / total, share))
    #expect(throws: CorridorKitError.self) {
      try analysis.scaled(Self.flows("persons-domestic"), toDomesticShare: share)
    }
  }

  @Test("what goes from village to town comes back")
  func bothWays() throws {
    let flows = try Self.flows("persons-domestic")
    let masses = Dictionary(
      uniqueKeysWithValues: flows.map { ([$0.origin, $0.destination], $0.mass) })
    for (pair, mass) in masses { #expect(masses[[pair[1], pair[0]]] == mass) }
  }

  @Test("the legs of the opiate corridor carry the same mass")
  func legs() throws {
    let flows = try Self.flows("opiates-north")
    func mass(_ isOnLeg: (OriginDestination) -> Bool) -> Double {
      flows.filter(isOnLeg).reduce(0) { $0 + $1.mass }
    }
    #expect(isClose(mass { $0.destination == "Osh" }, 1000.0 / 3))
    #expect(isClose(mass { $0.origin == "Osh" }, 1000.0 / 3))
    #expect(isClose(mass { $0.origin == "Bishkek" }, 1000.0 / 3))
  }

  @Test("closing and forbidding change no demand")
  func independence() throws {
    let layer = try #require(try Self.layers.get().first { $0.id == "persons-abroad" })
    let closed = try Shipped.analysis(modes: [.road]).under(
      Scenario(name: "closed", closures: [.crossing("korday")]))
    #expect(try layer.flows(on: closed.forDemand()) == Self.flows("persons-abroad"))
  }

  @Test("layers are the same for any number of threads")
  func threads() throws {
    for layer in try Self.layers.get() {
      let analysis = try Self.analysis.get()
      #expect(try layer.flows(on: analysis, threads: 1) == layer.flows(on: analysis, threads: 3))
    }
  }

  @Test("each origin sends in proportion to its people and the gap of incomes")
  func push() throws {
    let analysis = try Self.analysis.get()
    let flows = try Self.flows("persons-abroad")
    func sent(from name: String) -> Double {
      flows.filter { $0.origin == name }.reduce(0) { $0 + $1.mass }
    }
    func people(_ province: String) -> Double {
      analysis.area.gazetteer.settlements.filter { $0.province == province }
        .reduce(0) { $0 + Double($1.population) }
    }
    let expected = people("KG-GB") / 1263 / (people("UZ-TK") / 1878)
    #expect(isClose(sent(from: "Bishkek") / sent(from: "Tashkent"), expected))
  }

  static let mistakes: [(text: String, says: String)] = [
    ("id: Bad Id\n", "id, is \"Bad Id\"; expected small letters"),
    ("id: all\n", "id, is \"all\""),
    ("id: a\nname: n\nkind: goods\n", "kind, is \"goods\"; expected one of persons, drugs"),
    ("id: a\nname: n\nkind: drugs\n", "without \"description\""),
    ("id: a\nname: n\nkind: drugs\ndescription: d\n", "without \"assumptions\""),
    (
      "id: a\nname: n\nkind: drugs\ndescription: d\nassumptions: [{text: t}]\n",
      "line 5, assumptions[0], is without \"source\""
    ),
    (head + "parts: []\n", "line 6, parts, is an empty list"),
    (head + "parts: [{name: p}]\n", "expected either \"flows\" or \"gravity\""),
    (head + "parts: [{name: p, flows: []}]\n", "expected one flow or more"),
    (
      head + "parts: [{name: p, flows: [{from: a, to: b, mass: 0}]}]\n",
      "parts[0].flows[0].mass, is \"0\""
    ),
    (head + "parts: [{name: p, weight: -1, flows: []}]\n", "weight, is \"-1\""),
    (
      head + "parts: [{name: p, gravity: {zones: {countries: [KZ]}, total: 5}}]\n",
      "expected no total: the layer has its own"
    ),
    (
      head + "parts: [{name: p, gravity: {zones: {countries: [KZ]}, push: 1 +}}]\n",
      "gravity.push, is \"1 +\""
    ),
  ]
  static let head =
    "id: a\nname: n\nkind: drugs\ndescription: d\nassumptions: [{text: t, source: s}]\n"

  @Test("a mistake in a layer is told with line and key", arguments: mistakes)
  func mistake(text: String, says: String) {
    let found = fault { () throws(CorridorKitError) in
      _ = try DemandLayer(InputFile(path: "layer.yaml", data: Data(text.utf8)))
    }
    #expect(found?.contains(says) == true, "\(found ?? "read"): \(text)")
  }
}
