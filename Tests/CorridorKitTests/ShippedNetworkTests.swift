import CorridorKit
import Foundation
import Geography
import Testing
import TransportGraph

@Suite("The shipped network")
struct ShippedNetworkTests {
  @Test("the metres of every link by province sum to its length", arguments: DataSources.vintages)
  func conservation(vintage: String) throws {
    let area = try Shipped.area(of: vintage).get()
    #expect(area.graph.links.count > 20_000)
    var (total, shared) = (0.0, 0.0)
    for (index, link) in area.graph.links.enumerated() {
      let sum = area.overlay.lengths(of: LinkID(index)).reduce(0) { $0 + $1.value }
      #expect(abs(sum - link.lengthMeters) <= 1e-9 * link.lengthMeters, "\(link.id)")
      total += link.lengthMeters
      shared += sum
    }
    #expect(isClose(total, shared))
  }

  @Test("nothing is repaired on reading the shipped files", arguments: DataSources.vintages)
  func repairs(vintage: String) throws {
    #expect(try Shipped.area(of: vintage).get().repairs.isEmpty)
  }

  @Test(
    "the crossings that studies and agencies name are catalogued and lie on the network",
    arguments: [
      "Korday", "Ak-Jol", "Karasu", "Ak-Tilek", "Ken-Bulun", "Sartobe", "Sypatay Batyr",
      "Aisha-Bibi", "Chon-Kapka", "Karkyra", "khorgos-road", "khorgos-rail", "dostyk-road",
      "dostyk-rail", "Alashankou", "Bakhty", "Maykapchagay", "Kalzhat", "Zhibek Zholy", "Yallama",
      "Konysbaev", "saryagash-rail", "Torugart", "Irkeshtam", "Bor-Dobo",
    ])
  func crossings(name: String) throws {
    let area = try Shipped.area2024.get()
    let found = try area.crossings.resolve(name)
    let onNetwork = Set(area.graph.links.compactMap(\.crossingID))
    for crossing in found {
      #expect(onNetwork.contains(crossing.id), "no link passes \(crossing.id)")
    }
  }

  @Test("a crossing stands where its two countries meet, with ways to both sides")
  func crossingsAtTheBorder() throws {
    let area = try Shipped.area2024.get()
    let overlay = try ProvinceOverlay(area.provinces)
    var checked = 0
    for (index, link) in area.graph.links.enumerated() {
      guard let crossing = link.crossingID.flatMap({ area.crossings[$0] }) else { continue }
      let line = area.network.lines[index]
      let near = Set(
        try overlay.provinces(at: line[0], toleranceMeters: 1000).map {
          area.provinces.provinces[$0].country
        })
      #expect(near.isSuperset(of: crossing.countries), "\(crossing.id) lies at \(near)")
      for end in [area.graph.from(of: LinkID(index)), area.graph.to(of: LinkID(index))] {
        #expect(
          area.graph.links(at: end).contains { area.graph.links[$0.index].kind != .crossing },
          "\(crossing.id) leads nowhere")
      }
      checked += 1
    }
    #expect(checked >= 60, "only \(checked) crossings lie on the network")
  }

  @Test(
    "railways join the cities that trains join, over the length of the line",
    arguments: [
      // Kilometres of the line where published: Bishkek–Almaty 575 (OpenStreetMap's own geometry).
      ("Bishkek", "Almaty", 575.0), ("Almaty", "Semey", nil), ("Almaty", "Khorgos", nil),
      ("Almaty", "Dostyk", nil), ("Almaty", "Astana", nil), ("Astana", "Petropavl", nil),
    ])
  func railways(from: String, to: String, kilometers: Double?) throws {
    let analysis = try Shipped.analysis(modes: [.rail])
    let ends = (try analysis.resolver.resolve(from), try analysis.resolver.resolve(to))
    let route = try #require(
      analysis.view.route(from: ends.0.node, to: ends.1.node).route, "no railway \(from)–\(to)")
    if let kilometers {
      #expect(
        abs(route.lengthMeters / 1000 / kilometers - 1) < 0.05, "\(route.lengthMeters / 1000) km")
    }
  }

  @Test("between all towns over 50,000 the hierarchy finds the impedances and routes of Dijkstra")
  func hierarchy() async throws {
    let analysis = try Shipped.analysis()
    // Some lie abroad, far from any way that the network has.
    let towns = analysis.area.gazetteer.settlements.filter { $0.population > 50_000 }
      .compactMap { try? analysis.resolver.snap($0.coordinate, label: $0.name).node }
    #expect(towns.count > 200)
    let metric = try analysis.metric()
    // Origins side by side: the searches take their time.
    let routes = await withTaskGroup(of: Int.self) { group in
      for origin in towns {
        group.addTask {
          let tree = analysis.view.tree(from: origin)
          #expect(
            metric.impedances(from: origin, to: towns) == towns.map(tree.impedance),
            "from \(origin)")
          // Link by link.
          #expect(metric.routes(from: origin, to: towns) == towns.map(tree.route), "from \(origin)")
          return towns.count
        }
      }
      return await group.reduce(0, +)
    }
    #expect(routes == towns.count * towns.count)
  }

  @Test("with Korday closed the way from Bishkek to Almaty is longer and takes another crossing")
  func kordayClosed() throws {
    let analysis = try Shipped.analysis(modes: [.road])
    let closed = try analysis.under(
      Scenario(name: "Korday closed", closures: [.crossing("korday")]))
    let trips = try analysis.trips([
      OriginDestination(origin: "Bishkek", destination: "Almaty", mass: 100)
    ])
    let simulation = Simulation(
      trips: trips, before: analysis.view.outcomes(of: trips, matrix: analysis.matrix),
      closed: closed.view.outcomes(of: trips, matrix: closed.matrix), openFraction: 0,
      matrix: analysis.matrix)
    func crossings(_ outcome: TripOutcome) -> [String] {
      (outcome.exposure?.uses ?? []).compactMap {
        analysis.area.graph.links[$0.link.index].crossingID
      }
    }
    #expect(crossings(simulation.outcomesBefore[0]) == ["korday"])
    let other = crossings(simulation.outcomesAfter[0])
    #expect(other.count == 1 && other != ["korday"], "\(other)")
    #expect(try #require(simulation.detourFactor) > 1)
    #expect(simulation.cutOff.isEmpty)
    #expect(closed.resolved?.closedCrossings.map(\.id) == ["korday"])
  }

  @Test(
    "with every crossing between the two closed, Bishkek is cut off from Almaty, and why is said")
  func borderClosed() throws {
    let analysis = try Shipped.analysis()
    let closed = try analysis.under(
      Scenario(
        name: "Kyrgyzstan closed off",
        closures: ["KZ", "UZ", "TJ", "CN"].map { .border(.init("KG", $0)) }))
    let trips = try closed.trips([
      OriginDestination(origin: "Bishkek", destination: "Almaty", mass: 1)
    ])
    guard
      case .disconnected(let reason)? = closed.view.outcomes(of: trips, matrix: closed.matrix).first
    else {
      let ways = closed.view.route(from: trips[0].origin.node, to: trips[0].destination.node).route
      Issue.record("a way is left: \(ways?.lengthMeters ?? 0) m")
      return
    }
    let summary = CutOffSummary(
      id: "x", from: trips[0].origin, to: trips[0].destination, mass: 1, reason: reason,
      analysis: closed)
    #expect(summary.kind == "closed")
    #expect(summary.closed.count == 1)
    #expect(try analysis.area.crossings.resolve(summary.closed[0])[0].countries.contains("KG"))
  }
}
