import Testing
import TransportGraph

@testable import CorridorKit

/// What scenarios make of a network that is small enough to know by heart.
@Suite("Scenarios on a small network")
struct ScenarioResolvingTests {
  private func resolved(_ scenario: Scenario) throws -> (ResolvedScenario, Analysis) {
    let analysis = try ScenarioRegion().analysis()
    return (try #require(try analysis.under(scenario).resolved), analysis)
  }

  private func closed(_ closure: Scenario.Closure) throws -> [String] {
    let (resolved, analysis) = try resolved(Scenario(name: "x", closures: [closure]))
    return resolved.closedLinks.map { analysis.area.graph.links[$0.index].id }
  }

  @Test(
    "a road is found by its name or number, in any case and with Cyrillic letters",
    arguments: [
      ("A3", ["n1", "n2", "s"]), ("a-3", ["n1", "n2", "s"]), ("А3", ["n1", "n2", "s"]),
      ("M39", ["n2"]), ("М-39", ["n2"]), ("north road", ["n2"]), ("Bishkek - Osh", ["s"]),
    ])
  func roads(name: String, links: [String]) throws {
    #expect(try closed(.road(name)) == links)
  }

  @Test("a road that is not there is told with the nearest names")
  func unknownRoads() throws {
    let named = try ScenarioRegion().analysis()
    #expect(
      fault { () throws(CorridorKitError) in
        _ = try named.under(Scenario(name: "x", closures: [.road("Nord Road")]))
      } == "unknown road \"Nord Road\"; nearest: North Road")
    var region = ScenarioRegion()
    region.names = [:]
    let analysis = try region.analysis()
    #expect(
      fault { () throws(CorridorKitError) in
        _ = try analysis.under(Scenario(name: "x", closures: [.road("A3")]))
      } == "road \"A3\": no link of the network has a \"name\" or \"ref\"; "
        + "name its links, an area or a province instead")
  }

  @Test("factors multiply what the profile says, and added hours come on top in any order")
  func delays() throws {
    let added = Scenario.Delay(
      crossings: ["west"], added: .triangular(low: 3600, mode: 7200, high: 18_000))
    let doubled = Scenario.Delay(borders: [.init("XA", "XB")], dwellFactor: 2)
    let slow = Scenario.Delay(roads: ["M39"], added: .fixed(seconds: 60), factor: 3)
    for delays in [[added, doubled, slow], [slow, doubled, added], [doubled, added, slow]] {
      let (resolved, analysis) = try resolved(Scenario(name: "x", delays: delays))
      func seconds(_ id: String) throws -> Double {
        let link = try #require(analysis.area.graph.link(id: id))
        return resolved.view.times.seconds(of: link)
      }
      #expect(try seconds("x:west") == 2 * 3600 + 9600)
      #expect(try seconds("x:east") == 2 * 7200)
      #expect(try isClose(seconds("n2"), 3 * 3600 + 60))
      #expect(try isClose(seconds("n1"), 3600))
      #expect(resolved.changedLinks.count == 3 && resolved.closedLinks.isEmpty)
    }
  }

  @Test("two dwell factors of one crossing multiply")
  func twice() throws {
    let (resolved, analysis) = try resolved(
      Scenario(
        name: "x",
        delays: [
          .init(crossings: ["west"], dwellFactor: 2),
          .init(borders: [.init("XA", "XB")], dwellFactor: 1.5),
        ]))
    let west = try #require(analysis.area.graph.link(id: "x:west"))
    #expect(resolved.view.times.seconds(of: west) == 3 * 3600)
  }

  @Test("a report tells each delay, its distribution and the part of a season")
  func told() throws {
    let analysis = try ScenarioRegion().analysis()
    let scenario = Scenario(
      name: "x", closures: [.crossing("west")],
      delays: [
        .init(crossings: ["east"], added: .quantiles(p05: 3600, p50: 7200, p95: 10_800))
      ], season: Season(months: [3, 4, 5]))
    let trips = try analysis.trips([
      OriginDestination(origin: "w0", destination: "w1", mass: 10),
      OriginDestination(origin: "w0", destination: "e0", mass: 4),
    ])
    var whatIf = try WhatIf(analysis, trips: trips)
    let answer = try whatIf.answer(scenario)
    let report = SimulationReport(
      answer.simulation, of: answer.resolved, analysis: answer.analysis,
      manifest: Manifest(analysis.area, options: [:]))
    // Both gates are closed: one by name, one by its months.
    #expect(report.closedCrossings == ["west", "east"])
    #expect(report.holdsOn == "spring")
    #expect(report.delays.map(\.of) == [["crossing:east"]])
    #expect(report.delays.map(\.addedH) == [2])
    #expect(report.delays.map(\.addedFrom) == ["p05 1.00, p50 2.00, p95 3.00 h"])
    #expect(report.openPartOfSeason.map(\.id) == ["east"])
    #expect(report.total.cutOffMass == 10 && report.total.connectedMass == 4)
    #expect(report.crossings.map(\.useMassBefore) == [10, 0])
    #expect(report.crossings.map(\.useMassAfter) == [0, 0])
    #expect(report.crossings.map(\.border) == ["XA-XB", "XA-XB"])
    // The way to w1 ends at the gate: nothing of it lies in the north but its end.
    #expect(report.provinces.map(\.lostMass) == [0, 10])
    #expect(report.provinces.map(\.cutOffOriginMass) == [0, 10])
    #expect(report.provinces.map(\.cutOffDestinationMass) == [10, 0])
    #expect(report.trips.map(\.isCutOff) == [true, false])
    #expect(report.cutOff.map(\.kind) == ["closed"])
    for line in report.text.split(separator: "\n") { #expect(line.count <= 100, "\(line)") }
    #expect(report.text.contains("by 2.00 h (mean of p05 1.00, p50 2.00, p95 3.00 h)"))
    #expect(report.text.contains("east (31 of 92 days, taken as closed)"))
  }
}
