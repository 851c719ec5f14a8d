import CorridorKit
import Foundation
import Geography
import RiskIndex
import Testing
import TransportGraph

@Suite("What becomes of a trip")
struct OutcomeTests {
  @Test("a trip that its modes do not allow says which mode the way would need")
  func excludedModes() throws {
    let analysis = try ToyRegion.analysis(modes: [.rail])
    let trips = try analysis.trips([
      OriginDestination(origin: "Amber", destination: "Birch", mass: 7)
    ])
    guard
      case .disconnected(let reason)? =
        analysis.view.outcomes(of: trips, matrix: analysis.matrix).first
    else {
      Issue.record("there is no railway from 4 to 5")
      return
    }
    let summary = CutOffSummary(
      id: trips[0].id, from: trips[0].origin, to: trips[0].destination, mass: 7, reason: reason,
      analysis: analysis)
    #expect(
      summary.reason
        == "Birch cannot be reached from Amber by rail alone: part of the way needs road")
  }

  @Test("a trip between pieces that no link joins is told their sizes")
  func differentPieces() throws {
    let folder = try TemporaryFolder()
    var sources = ToyRegion.sources
    let text = try String(contentsOfFile: sources.network, encoding: .utf8)
    let island = NetworkText.link(
      "i", #""from":"i1","to":"i2","mode":"road""#, "[[170,20],[180,20]]")
    sources.network = try folder.write(
      text.replacing("\"features\":[", with: "\"features\":[" + island + ","), to: "network.geojson"
    )
    let analysis = try Analysis(
      StudyArea(sources, cache: nil), profile: ToyRegion.profile(), countries: ["XA"])
    let trips = try analysis.trips([OriginDestination(origin: "i1", destination: "4", mass: 1)])
    guard
      case .disconnected(let reason)? =
        analysis.view.outcomes(of: trips, matrix: analysis.matrix).first
    else {
      Issue.record("the island is joined")
      return
    }
    let summary = CutOffSummary(
      id: "x", from: trips[0].origin, to: trips[0].destination, mass: 1, reason: reason,
      analysis: analysis)
    #expect(summary.kind == "different_pieces")
    #expect(summary.closed.isEmpty)
    #expect(
      summary.reason
        == "no link joins the piece of the network in which i1 lies (2 nodes) to that of 4 "
        + "(20 nodes)")
  }

  @Test("a trip to where it begins has no length and is internal to its province")
  func sameNode() throws {
    let analysis = try ToyRegion.analysis()
    let trips = try analysis.trips([
      OriginDestination(origin: "Amber", destination: "Amber", mass: 5)
    ])
    let exposure = Exposure(
      trips, analysis.view.outcomes(of: trips, matrix: analysis.matrix), matrix: analysis.matrix)
    #expect(exposure.connectedMass == 5)
    #expect(exposure.totalLengthMeters == 0)
    #expect(exposure.rows[0].roles.internalMass == 5)
    #expect(exposure.rows.dropFirst().allSatisfy { $0.roles.touchingMass == 0 })
  }

  @Test("a way that enters by a link along a border tells both provinces, the next one last")
  func orderAlongABorder() throws {
    let analysis = try ToyRegion.analysis()
    let ends = try (
      analysis.resolver.resolve("Westwold"), analysis.resolver.resolve("Northend")
    )
    let route = try #require(analysis.view.route(from: ends.0.node, to: ends.1.node).route)
    #expect(toyNodes(of: route, in: analysis.area.graph) == [11, 12, 6, 8, 9, 10])
    #expect(analysis.provinceOrder(of: route) == ["A", "C"])
    let back = try #require(analysis.view.route(from: ends.1.node, to: ends.0.node).route)
    #expect(analysis.provinceOrder(of: back) == ["C", "A"])
  }

  @Test("a scenario's date replaces the analysis's own, and dropping the scenario restores it")
  func underAndBack() throws {
    let analysis = try ToyRegion.analysis()
    let closed = try analysis.under(Scenario(name: "x", closures: [.crossing("X1")]))
    #expect(closed.resolved?.closedLinks.count == 1)
    #expect(analysis.resolved == nil)
    #expect(try closed.under(nil).view.closedLinks == analysis.view.closedLinks)
    // A scenario takes the place of another and is not added to it.
    let other = try closed.under(Scenario(name: "y", closures: [.crossing("X2")]))
    #expect(other.resolved?.closedCrossings.map(\.id) == ["X2"])
  }

  @Test("a corridor skips the waypoint crossings that a scenario closes, and keeps the others")
  func closedWaypoint() throws {
    let definitions = try CorridorFile(InputFile(path: ToyRegion.sources.corridors)).definitions
    let closed = try ToyRegion.analysis().under(
      Scenario(name: "X2 closed", closures: [.crossing("X2")]))
    let corridors = try CorridorAnalysis(definitions, analysis: closed)
    #expect(corridors.cutOff.isEmpty)
    #expect(corridors.routes.map { $0.crossings.map(\.id) } == [["X1", "X3"], ["X1", "X3"]])
  }

  @Test(
    "each kind of fault has its exit status",
    arguments: [
      (CorridorKitError.unreadable(file: "f", reason: "r"), 66 as Int32),
      (.mismatch("m"), 65),
      (.invalidValue(file: "f", location: "l", value: "v", expected: "e"), 65),
      (.geoJSON(GeoJSONError(file: "f", expected: "e")), 65),
      (.geography(.emptyLayer), 65), (.graph(.duplicateNode(id: "n")), 65),
      (.table(.empty(file: "f")), 65),
      (.unknownName(kind: "k", name: "n", suggestions: []), 67),
      (.ambiguousName(kind: "k", name: "n", choices: []), 67),
      (.farFromNetwork(place: "p", distanceMeters: 1, limitMeters: 0), 67),
      (.contradiction("c"), 64), (.unwritable(file: "f", reason: "r"), 73),
    ])
  func exitStatus(error: CorridorKitError, status: Int32) {
    #expect(error.exitStatus.rawValue == status)
    #expect(!error.description.contains("\n"))
    // Told with its place it is the same fault.
    let located = CorridorKitError.located("flows.csv:3", error)
    #expect(located.exitStatus.rawValue == status)
    #expect(located.description == "flows.csv:3: \(error)")
  }

  @Test("the shipped folder is the one that CORRIDOR_DATA names, or geodata here or above")
  func shippedFolder() throws {
    #expect(try DataSources.shippedFolder(environment: ["CORRIDOR_DATA": "/x"]) == "/x")
    #expect(
      try DataSources.shippedFolder(
        environment: [:], currentFolder: repositoryFolder, executable: "") == "geodata")
    #expect(
      try DataSources.shippedFolder(
        environment: [:], currentFolder: repositoryFolder + "/Tests", executable: "")
        == repositoryFolder + "/geodata")
    #expect(
      try DataSources.shippedFolder(
        environment: ["CORRIDOR_DATA": ""], currentFolder: "/",
        executable: repositoryFolder + "/Sources/corridor") == repositoryFolder + "/geodata")
    #expect(
      fault { () throws(CorridorKitError) in
        _ = try DataSources.shippedFolder(environment: [:], currentFolder: "/", executable: "/")
      }
        == "geodata: cannot be read: no such folder here or above; name it with --data or CORRIDOR_DATA"
    )
  }
}
