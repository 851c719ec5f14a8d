import Geography
import Testing

@testable import TransportGraph

/// A planar region of three provinces, published with this project's definitions as a worked example.
///
///                     (10)
///                      │ e14, crossing 0.75 h
///                     (9)
///                      │ e13
///            (7)─e12──(8)          e8 and e9 are rail and stand for a transfer of 0.25 h
///             ║ ╲e10╱e11 ║
///  (11)═e15═(12)──(6)    ║         e15 is a crossing of 0.5 h, e16 joins 12 and 6
///            e8║ ╱e6╲e7  ║e9
///            (4)──e5──(5)
///    crossing │ e3     │ e4 crossing
///            (2)      (3)
///           e1 ╲     ╱ e2
///                (1)
@Suite("The toy region")
struct ToyRegionTests {
  func view() throws -> GraphView {
    let positions: [(String, Double, Double)] = [
      ("1", 50, -50), ("2", 50, 0), ("3", 150, 0), ("4", 50, 50), ("5", 150, 50), ("6", 100, 100),
      ("7", 50, 150), ("8", 150, 150), ("9", 150, 200), ("10", 150, 250), ("11", -50, 100),
      ("12", 0, 100),
    ]
    let nodes = positions.map {
      Node(id: $0.0, coordinate: Coordinate(longitude: $0.1, latitude: $0.2))
    }
    let diagonal = 5000 * 200.0.squareRoot()
    func road(
      _ id: String, _ from: String, _ to: String, _ meters: Double, _ speed: Double
    ) -> Link {
      Link(
        id: id, from: from, to: to, mode: .road, lengthMeters: meters,
        speedKilometersPerHour: speed)
    }
    func stop(
      _ id: String, _ from: String, _ to: String, _ kind: LinkKind, _ meters: Double,
      _ speed: Double, hours: Double
    ) -> Link {
      Link(
        id: id, from: from, to: to, mode: kind == .transfer ? .rail : .road, kind: kind,
        lengthMeters: meters, speedKilometersPerHour: speed, dwell: HoursRange(fixed: hours),
        crossingID: kind == .crossing ? id : nil)
    }
    let links = [
      road("e1", "1", "2", 50_000, 60),
      road("e2", "1", "3", 111_803.39887498948, 60),
      stop("e3", "2", "4", .crossing, 50_000, 60, hours: 1),
      stop("e4", "3", "5", .crossing, 50_000, 60, hours: 0.5),
      road("e5", "4", "5", 100_000, 80),
      road("e6", "4", "6", diagonal, 50),
      road("e7", "5", "6", diagonal, 50),
      stop("e8", "4", "7", .transfer, 100_000, 50, hours: 0.25),
      stop("e9", "5", "8", .transfer, 100_000, 50, hours: 0.25),
      road("e10", "6", "7", diagonal, 50),
      road("e11", "6", "8", diagonal, 60),
      road("e12", "7", "8", 100_000, 80),
      road("e13", "8", "9", 50_000, 80),
      stop("e14", "9", "10", .crossing, 50_000, 80, hours: 0.75),
      stop("e15", "11", "12", .crossing, 50_000, 60, hours: 0.5),
      road("e16", "12", "6", 100_000, 100),
    ]
    return try GraphView(TransportGraph(nodes: nodes, links: links), profile: .time)
  }

  private func expect(
    _ view: GraphView, _ nodes: [String], hours: Double,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let route = try #require(
      view.route(from: view.node(nodes[0]), to: view.node(nodes[nodes.count - 1])).route,
      sourceLocation: sourceLocation)
    #expect(
      route.nodes(in: view.graph).map { view.graph.nodes[$0.index].id } == nodes,
      sourceLocation: sourceLocation)
    #expect(abs(route.travelTimeSeconds / 3600 - hours) < 1e-9, sourceLocation: sourceLocation)
  }

  @Test("every pair of the worked example takes its path and hours")
  func openRegion() throws {
    let view = try view()
    try expect(view, ["1", "2", "4", "6", "8", "9", "10"], hours: 7.259391531017341)
    try expect(view, ["1", "2", "4", "6", "8"], hours: 5.259391531017341)
    try expect(view, ["11", "12", "6", "8", "9", "10"], hours: 5.511844635310913)
    try expect(view, ["4", "6", "8"], hours: 2.592724864350674)
    try expect(view, ["5", "6", "7"], hours: 2.8284271247461903)
    let route = try #require(view.route(from: view.node("1"), to: view.node("10")).route)
    #expect(abs(route.lengthMeters - 341_421.3562373095) < 1e-6)
  }

  @Test("closing crossing e3 sends the flow over e4")
  func closedCrossing() throws {
    let open = try view()
    let view = try open.closing([open.link("e3")])
    try expect(view, ["1", "3", "5", "8", "9", "10"], hours: 7.446723314583158)
    try expect(view, ["1", "3", "5", "8"], hours: 5.446723314583158)
    try expect(view, ["11", "12", "6", "8", "9", "10"], hours: 5.511844635310913)
    try expect(view, ["5", "6", "7"], hours: 2.8284271247461903)
  }

  @Test("closing both southern crossings cuts node 1 off and names one crossing to reopen")
  func bothCrossingsClosed() throws {
    let open = try view()
    let view = try open.closing([open.link("e3"), open.link("e4")])
    // e3 alone reconnects; it lies on the shorter way.
    #expect(
      try view.route(from: view.node("1"), to: view.node("10"))
        == .unreachable(.closed(links: [view.link("e3")])))
    try expect(view, ["4", "6", "8"], hours: 2.592724864350674)
  }

  @Test("closing the railway changes no route of the worked example")
  func closedRailway() throws {
    let open = try view()
    let view = try open.closing([open.link("e8"), open.link("e9")])
    try expect(view, ["1", "2", "4", "6", "8", "9", "10"], hours: 7.259391531017341)
    try expect(view, ["5", "6", "7"], hours: 2.8284271247461903)
  }

  @Test("with the diagonals closed the railway carries the trip")
  func railwayCarries() throws {
    let open = try view()
    let view = try open.closing(["e4", "e5", "e6"].map { try open.link($0) })
    #expect(try view.links("1", "8") == ["e1", "e3", "e8", "e12"])
  }
}
