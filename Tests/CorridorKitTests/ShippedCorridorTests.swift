import CorridorKit
import Foundation
import Geography
import Testing
import TransportGraph

@Suite("The named corridors on the shipped network")
struct ShippedCorridorTests {
  /// The provinces of Kazakhstan and Kyrgyzstan that each corridor enters, in order, by vintage.
  ///
  /// Read off a map of the corridors over the provinces. Some corridors enter a unit again: on the
  /// western shore of Lake Balkhash the settlement of Ulken and its surroundings belong to Almaty
  /// Region though Zhambyl lies around them; the railway near Otar, the one between Karaganda and
  /// Akmola and the road into Almaty keep to a border that winds about them.
  static let orders: [String: (in2013: String, in2018: String, in2024: String)] = [
    "C1": (
      "KG-GB KG-C KZ-ZHA KZ-ALM KZ-ZHA KZ-ALM KZ-ALA",
      "KG-GB KG-C KZ-ZHA KZ-ALM KZ-ZHA KZ-ALM KZ-ALA",
      "KG-GB KG-C KZ-31 KZ-19 KZ-31 KZ-19 KZ-75"
    ),
    "C2": (
      "KZ-ALA KZ-ALM KZ-ZHA KZ-ALM KZ-ZHA KZ-ALM KZ-ZHA KZ-KAR KZ-AKM KZ-KAR KZ-AKM KZ-AST",
      "KZ-ALA KZ-ALM KZ-ZHA KZ-ALM KZ-ZHA KZ-ALM KZ-ZHA KZ-KAR KZ-AKM KZ-KAR KZ-AKM KZ-AST",
      "KZ-75 KZ-19 KZ-31 KZ-19 KZ-31 KZ-19 KZ-31 KZ-35 KZ-11 KZ-35 KZ-11 KZ-71"
    ),
    "C3": ("KZ-ALA KZ-ALM", "KZ-ALA KZ-ALM", "KZ-75 KZ-19 KZ-33"),
    "K1": ("KG-O KG-J KG-C KG-GB", "KG-O KG-J KG-C KG-GB", "KG-O KG-J KG-C KG-GB"),
    "K2-west": (
      "KG-GB KG-C KZ-ZHA KZ-ALM KZ-ALA KZ-ALM KZ-ALA",
      "KG-GB KG-C KZ-ZHA KZ-ALM KZ-ALA KZ-ALM KZ-ALA",
      "KG-GB KG-C KZ-31 KZ-19 KZ-75 KZ-19 KZ-75"
    ),
    "K2-north": (
      "KG-GB KG-C KZ-ZHA KZ-ALM KZ-ALA KZ-ALM KZ-ALA",
      "KG-GB KG-C KZ-ZHA KZ-ALM KZ-ALA KZ-ALM KZ-ALA",
      "KG-GB KG-C KZ-31 KZ-19 KZ-75 KZ-19 KZ-75"
    ),
    "K3": ("KZ-ALA KZ-ALM KZ-VOS", "KZ-ALA KZ-ALM KZ-VOS", "KZ-75 KZ-19 KZ-33 KZ-10"),
    "K4": (
      "KZ-ALA KZ-ALM KZ-ZHA KZ-ALM KZ-ZHA KZ-KAR KZ-AKM KZ-AST",
      "KZ-ALA KZ-ALM KZ-ZHA KZ-ALM KZ-ZHA KZ-KAR KZ-AKM KZ-AST",
      "KZ-75 KZ-19 KZ-31 KZ-19 KZ-31 KZ-35 KZ-11 KZ-71"
    ),
    "K5": (
      "KZ-ALA KZ-ALM KZ-ZHA KZ-ALM KZ-ZHA KZ-ALM KZ-ZHA KZ-KAR KZ-AKM KZ-KAR KZ-AKM KZ-AST KZ-AKM "
        + "KZ-SEV",
      "KZ-ALA KZ-ALM KZ-ZHA KZ-ALM KZ-ZHA KZ-ALM KZ-ZHA KZ-KAR KZ-AKM KZ-KAR KZ-AKM KZ-AST KZ-AKM "
        + "KZ-SEV",
      "KZ-75 KZ-19 KZ-31 KZ-19 KZ-31 KZ-19 KZ-31 KZ-35 KZ-11 KZ-35 KZ-11 KZ-71 KZ-11 KZ-59"
    ),
    "K6": ("KZ-ALA KZ-ALM KZ-VOS", "KZ-ALA KZ-ALM KZ-VOS", "KZ-75 KZ-19 KZ-33 KZ-10"),
    "K7-khorgos": ("KZ-ALA KZ-ALM", "KZ-ALA KZ-ALM", "KZ-75 KZ-19 KZ-33"),
    "K7-dostyk": ("KZ-ALA KZ-ALM", "KZ-ALA KZ-ALM", "KZ-75 KZ-19 KZ-33"),
  ]

  /// Road corridors for which nobody publishes a distance over the crossing that they take.
  static let unpublished: Set = ["K2-west"]

  private func corridors(_ vintage: String, countries: [String]) throws -> CorridorAnalysis {
    try CorridorAnalysis(
      CorridorFile(InputFile(path: Shipped.sources(vintage: vintage).corridors)).definitions,
      analysis: Shipped.analysis(vintage: vintage, countries: countries))
  }

  @Test("every corridor has a way", arguments: DataSources.vintages)
  func connected(vintage: String) throws {
    let corridors = try corridors(vintage, countries: ["KZ"])
    #expect(corridors.cutOff.isEmpty, "\(corridors.cutOff.map(\.reason))")
    #expect(corridors.routes.count == corridors.definitions.count)
    #expect(Set(corridors.definitions.map(\.id)) == Set(Self.orders.keys))
  }

  @Test(
    "every corridor enters its provinces in their order on the map",
    arguments: DataSources.vintages)
  func order(vintage: String) throws {
    let corridors = try corridors(vintage, countries: ["KZ", "KG"])
    #expect(!corridors.routes.isEmpty)
    for route in corridors.routes {
      let id = route.definition.id
      let orders = try #require(Self.orders[id], "\(id) is not in the table")
      let expected =
        switch vintage {
        case "2013": orders.in2013
        case "2018": orders.in2018
        default: orders.in2024
        }
      #expect(
        corridors.analysis.provinceOrder(of: route.route).joined(separator: " ") == expected,
        "\(id) in \(vintage)")
    }
  }

  @Test("every road corridor is within 5 % of a published length")
  func publishedLengths() throws {
    let roads = try corridors("2024", countries: ["KZ"]).routes
      .filter { $0.definition.modes == [.road] }
    #expect(roads.count >= 7)
    for route in roads {
      guard let published = route.definition.publishedLengthMeters else {
        #expect(Self.unpublished.contains(route.definition.id), "\(route.definition.id)")
        continue
      }
      let ratio = route.route.lengthMeters / published
      #expect(
        abs(ratio - 1) <= 0.05,
        "\(route.definition.id): \(route.route.lengthMeters / 1000) of \(published / 1000) km")
    }
  }

  @Test("a railway corridor with a published length is within 5 % of it, too")
  func publishedRailways() throws {
    var checked = 0
    for route in try corridors("2024", countries: ["KZ"]).routes {
      guard route.definition.modes == [.rail],
        let published = route.definition.publishedLengthMeters
      else { continue }
      #expect(
        abs(route.route.lengthMeters / published - 1) <= 0.05,
        "\(route.definition.id): \(route.route.lengthMeters / 1000) of \(published / 1000) km")
      checked += 1
    }
    #expect(checked > 0)
  }

  @Test("a corridor passes the crossings that it names and keeps to its modes")
  func waypoints() throws {
    for route in try corridors("2024", countries: ["KZ"]).routes {
      let passed = route.crossings.map(\.id)
      for waypoint in route.definition.via where waypoint.hasPrefix("crossing:") {
        let id = String(waypoint.dropFirst("crossing:".count))
        #expect(passed.contains(id), "\(route.definition.id): \(passed)")
      }
      let graph = try Shipped.area2024.get().graph
      let modes = Set(route.route.arcs.map { graph.links[$0.link.index].mode })
      #expect(modes.isSubset(of: route.definition.modes), "\(route.definition.id)")
    }
  }

  @Test(
    "exposure of a corridor by unit sums to its length and time", arguments: DataSources.vintages)
  func conservation(vintage: String) throws {
    for countries in [["KZ"], ["KZ", "KG"], ["KG"]] {
      let corridors = try corridors(vintage, countries: countries)
      for (route, summary) in zip(corridors.routes, corridors.summaries) {
        let rows = summary.provinces + summary.abroad
        #expect(
          isClose(rows.reduce(0) { $0 + $1.lengthM }, route.route.lengthMeters), "\(summary.id)")
        #expect(
          isClose(rows.reduce(0) { $0 + $1.travelTimeS }, route.route.travelTimeSeconds),
          "\(summary.id)")
      }
    }
  }

  @Test("routes.geojson is what the shipped data give")
  func notStale() throws {
    let corridors = try corridors("2024", countries: ["KZ"])
    let report = CorridorsReport(
      corridors.routes, cutOff: corridors.cutOff, analysis: corridors.analysis,
      manifest: Manifest(corridors.analysis.area, options: [:]))
    let kept = try Data(contentsOf: URL(fileURLWithPath: repositoryFolder + "/routes.geojson"))
    #expect(
      try report.content(.geojson) == kept, "regenerate it with \"corridor routes --write\"")
  }
}
