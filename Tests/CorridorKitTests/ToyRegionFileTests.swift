import CorridorKit
import Foundation
import Geography
import Testing
import TransportGraph

/// The toy region as a user has it: GeoJSON, YAML and CSV files.
@Suite("The toy region, through files")
struct ToyRegionFileTests {
  let expected: ToyExpectations
  let analysis: Analysis

  init() throws {
    expected = try .read()
    analysis = try ToyRegion.analysis()
  }

  private func flows() throws -> [Trip] {
    try analysis.trips(
      OriginDestination.read(InputFile(path: ToyRegion.folder + "/flows.csv")))
  }

  @Test("every link lies in the oblasts with the kilometres that were computed by hand")
  func overlay() throws {
    #expect(expected.overlay.count == 16)
    for (id, link) in expected.overlay {
      let index = try #require(analysis.area.graph.link(id: id))
      #expect(isClose(analysis.area.graph.links[index.index].lengthMeters / 1000, link.lengthKm))
      for (unit, name) in analysis.matrix.units.units.map(\.id).enumerated() {
        let km = analysis.matrix.meters(of: index, in: unit) / 1000
        #expect(isClose(km, link.km[name] ?? 0), "\(id) in \(name): \(km)")
      }
    }
  }

  @Test("the way from 1 to 10 has the known oblasts, kilometres, hours and chances of entry")
  func deterministic() throws {
    let corridor = try CorridorFile(InputFile(path: ToyRegion.sources.corridors)).definition("t1")
    let outcome = try analysis.area.corridor(
      corridor, view: analysis.view, resolver: analysis.resolver)
    guard case .route(let found) = outcome else {
      Issue.record("no way: \(outcome)")
      return
    }
    let known = expected.deterministic
    #expect(toyNodes(of: found.route, in: analysis.area.graph) == known.path)
    #expect(isClose(found.route.travelTimeSeconds / 3600, known.totalHours))
    #expect(found.crossings.map(\.id) == ["X1", "X3"])
    #expect(analysis.provinceOrder(of: found.route) == ["A", "C"])
    let exposure = TripExposure(found.route, matrix: analysis.matrix, view: analysis.view)
    for (unit, name) in analysis.matrix.units.units.map(\.id).enumerated() {
      let cell = exposure.cells.first { $0.unit == unit }
      #expect(isClose((cell?.lengthMeters ?? 0) / 1000, known.km[name] ?? .nan), "km in \(name)")
      #expect(
        isClose((cell?.travelTimeSeconds ?? 0) / 3600, known.hours[name] ?? .nan),
        "hours in \(name)")
      #expect(cell?.entryProbability ?? 0 == known.entryProb[name], "entry of \(name)")
    }
  }

  @Test("a corridor with a crossing as its waypoint passes it, though another way is shorter")
  func waypoint() throws {
    let corridor = try CorridorFile(InputFile(path: ToyRegion.sources.corridors)).definition("T2")
    let outcome = try analysis.area.corridor(
      corridor, view: analysis.view, resolver: analysis.resolver)
    guard case .route(let found) = outcome else {
      Issue.record("no way: \(outcome)")
      return
    }
    #expect(toyNodes(of: found.route, in: analysis.area.graph) == expected.byX2.nodes)
    #expect(isClose(found.route.travelTimeSeconds / 3600, expected.byX2.hours))
    #expect(isClose(found.route.lengthMeters / 1000, try #require(expected.byX2.km)))
    #expect(found.crossings.map(\.id) == ["X2", "X3"])
    #expect(analysis.provinceOrder(of: found.route) == ["B", "C"])
  }

  @Test("a table of flows gives the known flow by oblast, cost and roles")
  func flowsByOblast() throws {
    let trips = try flows()
    #expect(trips.map(\.mass) == [100, 40, 30, 20, 10])
    let exposure = Exposure(
      trips, analysis.view.outcomes(of: trips, matrix: analysis.matrix), matrix: analysis.matrix)
    expected.expectBase(exposure)
    #expect(exposure.connectedMass == 200)
  }

  @Test("the roles of ABROAD are those of what begins, ends and passes outside every oblast")
  func rolesOfAbroad() throws {
    let trips = try flows()
    let exposure = Exposure(
      trips, analysis.view.outcomes(of: trips, matrix: analysis.matrix), matrix: analysis.matrix)
    let row = try #require(exposure.rows.last)
    // 1–10 and 11–10 begin and end outside, 1–8 begins there, nothing passes from oblast to oblast.
    #expect(row.roles.internalMass == 130)
    #expect(row.roles.originMass == 40)
    #expect(row.roles.destinationMass == 0)
    #expect(row.roles.transitMass == 0)
    #expect(row.enteringMass == 170)
  }

  @Test(
    "a scenario file changes the exposure as it is known to",
    arguments: [
      "close-x1", "close-x1-x2", "close-rail", "close-e13", "close-area-b", "delay-x2", "delay-x1",
    ])
  func scenario(name: String) throws {
    #expect(expected.scenarios.count == 7)
    let scenario = try Scenario(InputFile(path: "\(ToyRegion.folder)/scenarios/\(name).yaml"))
    let changed = try analysis.under(scenario)
    let trips = try flows()
    let simulation = Simulation(
      trips: trips, before: analysis.view.outcomes(of: trips, matrix: analysis.matrix),
      closed: changed.view.outcomes(of: trips, matrix: changed.matrix),
      openFraction: scenario.openFraction, matrix: analysis.matrix)
    try expected.expect(simulation, scenario: name)

    let after = try #require(expected.scenarios[name]).after
    let numbers = ["Southgate": 1, "Northend": 10, "Citron": 8, "Westwold": 11, "Amber": 4]
    for trip in trips {
      let pair = [trip.origin.label, trip.destination.label].map {
        numbers[$0] ?? ($0 == "Birch" ? 5 : 7)
      }
      let way = changed.view.route(from: trip.origin.node, to: trip.destination.node).route
      let known = try #require(after.paths["\(pair[0])-\(pair[1])"], "\(pair) is not known")
      #expect(way.map { toyNodes(of: $0, in: analysis.area.graph) } == known?.nodes)
      if let way, let known { #expect(isClose(way.travelTimeSeconds / 3600, known.hours)) }
    }
  }

  @Test(
    "an oblast, all its crossings or a mode closed by name close the same links as their list",
    arguments: [
      (Scenario.Closure.province("B"), "close-area-b"),
      (.mode(.rail), "close-rail"),
      (.border(.init("XB", "XA")), "close-x1-x2"),
    ])
  func closuresByName(closure: Scenario.Closure, same: String) throws {
    let changed = try analysis.under(Scenario(name: "by name", closures: [closure]))
    let trips = try flows()
    let simulation = Simulation(
      trips: trips, before: analysis.view.outcomes(of: trips, matrix: analysis.matrix),
      closed: changed.view.outcomes(of: trips, matrix: changed.matrix), openFraction: 0,
      matrix: analysis.matrix)
    try expected.expect(simulation, scenario: same)
  }

  @Test("what a closure cuts off names the crossings whose reopening would reconnect it")
  func reasonForDisconnection() throws {
    let changed = try analysis.under(
      Scenario(name: "X1 and X2", closures: [.crossing("X1"), .crossing("X2")]))
    #expect(changed.resolved?.closedCrossings.map(\.id) == ["X1", "X2"])
    let trips = try flows()
    guard
      case .disconnected(let reason)? = changed.view.outcomes(of: trips, matrix: changed.matrix)
        .first
    else {
      Issue.record("1–10 is still connected")
      return
    }
    let summary = CutOffSummary(
      id: trips[0].id, from: trips[0].origin, to: trips[0].destination, mass: 100, reason: reason,
      analysis: changed)
    #expect(summary.kind == "closed")
    #expect(summary.closed == ["X1"])
    #expect(
      summary.reason
        == "Northend cannot be reached from Southgate while crossing X1 (Post X1) is closed")
  }

  @Test("the same files give the same report, byte for byte, as table, JSON, CSV and GeoJSON")
  func deterministicReports() throws {
    func report() throws -> ExposureReport {
      let analysis = try ToyRegion.analysis()
      let trips = try analysis.trips(
        OriginDestination.read(InputFile(path: ToyRegion.folder + "/flows.csv")))
      let outcomes = analysis.view.outcomes(of: trips, matrix: analysis.matrix)
      let summaries = zip(trips, outcomes).compactMap { trip, outcome in
        outcome.exposure.map { TripSummary(trip, exposure: $0, analysis: analysis) }
      }
      return ExposureReport(
        Exposure(trips, outcomes, matrix: analysis.matrix), trips: summaries, cutOff: [],
        analysis: analysis, manifest: Manifest(analysis.area, options: ["command": "exposure"]))
    }
    let (a, b) = (try report(), try report())
    for format in ReportFormat.allCases {
      #expect(try a.content(format) == b.content(format), "\(format)")
    }
  }
}
