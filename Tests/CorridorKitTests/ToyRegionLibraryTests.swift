import Geography
import Testing
import TransportGraph

@testable import CorridorKit

/// The toy region as a programmer has it: nodes, links, polygons and trips made in code.
@Suite("The toy region, through the library")
struct ToyRegionLibraryTests {
  let expected: ToyExpectations
  let graph: TransportGraph
  let matrix: ExposureMatrix
  let view: GraphView

  private static let positions: [String: (x: Double, y: Double)] = [
    "1": (50, -50), "2": (50, 0), "3": (150, 0), "4": (50, 50), "5": (150, 50), "6": (100, 100),
    "7": (50, 150), "8": (150, 150), "9": (150, 200), "10": (150, 250), "11": (-50, 100),
    "12": (0, 100),
  ]

  private static func position(_ node: String) -> Coordinate {
    let (x, y) = positions[node.filter(\.isNumber)] ?? (.nan, .nan)
    return Coordinate(longitude: x, latitude: y)
  }

  init() throws {
    expected = try .read()
    let metric = LengthMetric.planar(metersPerUnit: 1000)
    func way(
      _ id: String, _ from: String, _ to: String, _ speed: Double, _ mode: Mode = .road
    ) -> Link {
      Link(
        id: id, from: from, to: to, mode: mode,
        lengthMeters: metric.distance(Self.position(from), Self.position(to)),
        speedKilometersPerHour: speed)
    }
    func fixed(
      _ id: String, _ from: String, _ to: String, _ kind: LinkKind, hours: Double,
      crossing: String? = nil
    ) -> Link {
      Link(
        id: id, from: from, to: to, mode: kind == .crossing ? .road : .rail, kind: kind,
        lengthMeters: 0, dwell: HoursRange(fixed: hours), crossingID: crossing)
    }
    let links = [
      way("e1", "1", "2", 60), way("e2", "1", "3", 60), way("e3", "2in", "4", 60),
      way("e4", "3in", "5", 60), way("e5", "4", "5", 80), way("e6", "4", "6", 50),
      way("e7", "5", "6", 50), way("e8", "4rail", "7rail", 50, .rail),
      way("e9", "5rail", "8rail", 50, .rail), way("e10", "6", "7", 50), way("e11", "6", "8", 60),
      way("e12", "7", "8", 80), way("e13", "8", "9", 80), way("e14", "9out", "10", 80),
      way("e15", "11", "12out", 60), way("e16", "12", "6", 100),
      fixed("X1", "2", "2in", .crossing, hours: 1, crossing: "X1"),
      fixed("X2", "3", "3in", .crossing, hours: 0.5, crossing: "X2"),
      fixed("X3", "9", "9out", .crossing, hours: 0.75, crossing: "X3"),
      fixed("X4", "12out", "12", .crossing, hours: 0.5, crossing: "X4"),
      fixed("t4", "4", "4rail", .transfer, hours: 0.25),
      fixed("t5", "5", "5rail", .transfer, hours: 0.25),
      fixed("t7", "7", "7rail", .transfer, hours: 0),
      fixed("t8", "8", "8rail", .transfer, hours: 0),
    ]
    let ids = Set(links.flatMap { [$0.from, $0.to] }).sorted()
    graph = try TransportGraph(
      nodes: ids.map { Node(id: $0, coordinate: Self.position($0)) }, links: links)
    let network = try TransportNetwork(
      graph: graph, lines: links.map { [Self.position($0.from), Self.position($0.to)] },
      metric: metric)
    let crossings = try CrossingCatalogue(
      [("X1", "2"), ("X2", "3"), ("X3", "9"), ("X4", "12")].map { id, node in
        BorderCrossing(
          id: id, site: id, name: id, names: [:], aliases: [], countries: ["XA", "XB"], mode: .road,
          coordinate: Self.position(node), status: .open, history: [], openMonths: [],
          hasGaugeBreak: false, dwell: HoursRange(fixed: 0), dwellSource: "assumed")
      }, metric: metric)
    func oblast(_ id: String, _ x: ClosedRange<Double>, _ y: ClosedRange<Double>) -> Province {
      let corners = [
        (x.lowerBound, y.lowerBound), (x.upperBound, y.lowerBound), (x.upperBound, y.upperBound),
        (x.lowerBound, y.upperBound), (x.lowerBound, y.lowerBound),
      ]
      return Province(
        id: id, name: id, country: "XA",
        polygons: [
          Polygon(exterior: corners.map { Coordinate(longitude: $0.0, latitude: $0.1) }, holes: [])
        ])
    }
    let layer = try ProvinceLayer(
      provinces: [
        oblast("A", 0...100, 0...100), oblast("B", 100...200, 0...100),
        oblast("C", 0...200, 100...200),
      ], metric: metric)
    matrix = ExposureMatrix(
      try OverlayMatrix(network: network, crossings: crossings, provinces: layer, threads: 1),
      units: try ReportingUnits(layer, countries: ["XA"]))
    view = try GraphView(graph, profile: .time)
  }

  private func trips() throws -> [Trip] {
    func place(_ node: String) throws -> Place {
      Place(
        label: node, coordinate: Self.position(node), node: try #require(graph.node(id: node)),
        snapMeters: 0)
    }
    return try [
      ("1", "10", 100.0), ("1", "8", 40), ("11", "10", 30), ("4", "8", 20), ("5", "7", 10),
    ]
    .map { from, to, mass in
      Trip(id: "\(from)-\(to)", origin: try place(from), destination: try place(to), mass: mass)
    }
  }

  private func links(_ ids: [String]) throws -> [LinkID] {
    try ids.map { try #require(graph.link(id: $0), "no link \($0)") }
  }

  private func simulation(_ changed: GraphView, openFraction: Double = 0) throws -> Simulation {
    let trips = try trips()
    return Simulation(
      trips: trips, before: view.outcomes(of: trips, matrix: matrix),
      closed: changed.outcomes(of: trips, matrix: matrix), openFraction: openFraction,
      matrix: matrix)
  }

  @Test("flows give the known flow by oblast, cost and roles")
  func base() throws {
    let trips = try trips()
    expected.expectBase(
      Exposure(trips, view.outcomes(of: trips, matrix: matrix), matrix: matrix))
  }

  @Test("every link spends the known hours in each oblast")
  func hoursOfLinks() throws {
    // A crossing's and a station's hours are part of the example's link.
    let parts = [
      "e3": ["X1"], "e4": ["X2"], "e14": ["X3"], "e15": ["X4"], "e8": ["t4", "t7"],
      "e9": ["t5", "t8"],
    ]
    for (id, link) in expected.overlay {
      var hours = [Double](repeating: 0, count: matrix.units.count)
      for part in try links([id] + (parts[id] ?? [])) {
        matrix.forEach(
          part, times: view.times, lengthOfLink: graph.links[part.index].lengthMeters
        ) { unit, _, seconds in hours[unit] += seconds / 3600 }
      }
      for (unit, name) in matrix.units.units.map(\.id).enumerated() {
        #expect(isClose(hours[unit], link.hours[name] ?? 0), "\(id) in \(name): \(hours[unit])")
      }
    }
  }

  @Test(
    "closing links changes the exposure as it is known to",
    arguments: [
      ("close-x1", ["X1"]), ("close-x1-x2", ["X1", "X2"]), ("close-rail", ["e8", "e9"]),
      ("close-e13", ["e13"]), ("close-area-b", ["e4", "e5", "e7", "e9"]),
    ])
  func closing(name: String, closed: [String]) throws {
    try expected.expect(simulation(view.closing(links(closed))), scenario: name)
  }

  @Test(
    "delaying a crossing changes the exposure as it is known to",
    arguments: [("delay-x2", "X2", 2.0), ("delay-x1", "X1", 1.0)])
  func delaying(name: String, crossing: String, hours: Double) throws {
    try expected.expect(
      simulation(view.adding(fixedSeconds: hours * 3600, to: links([crossing]))), scenario: name)
  }

  @Test("with a quarter of the traffic let through, exposure is a quarter open and the rest closed")
  func partlyOpen() throws {
    let changed = view.closing(try links(["X1", "X2"]))
    let mixed = try simulation(changed, openFraction: 0.25)
    let after = try #require(expected.scenarios["close-x1-x2"]).after
    for (unit, row) in zip(matrix.units.units.map(\.id), mixed.after.rows) {
      let km = 0.25 * (expected.base.flowKm[unit] ?? .nan) + 0.75 * (after.flowKm[unit] ?? .nan)
      #expect(isClose(row.lengthMeters / 1000, km), "km in \(unit)")
    }
    #expect(mixed.after.connectedMass == 200 - 0.75 * 140)
    #expect(mixed.after.disconnectedMass == 0.75 * 140)
    #expect(mixed.cutOff.map(\.mass) == [75, 30])
    // A loses 140 of 190 entering, three quarters of the time, and nothing takes its place.
    #expect(mixed.displacement[0] == [.lost: 105])
  }
}
