import Geography
import Testing

@testable import TransportGraph

@Suite("Bad input is refused with its name")
struct BadInputTests {
  private let nodes = ["A", "B"].map {
    Node(id: $0, coordinate: Coordinate(longitude: 70, latitude: 45))
  }

  private func link(
    _ id: String = "a", from: String = "A", to: String = "B", kind: LinkKind = .way,
    meters: Double = 1000, speed: Double? = nil, dwell: HoursRange? = nil, mode: Mode = .road
  ) -> Link {
    Link(
      id: id, from: from, to: to, mode: mode, kind: kind, lengthMeters: meters,
      speedKilometersPerHour: speed, dwell: dwell)
  }

  private func refusal(nodes: [Node]? = nil, _ links: Link...) -> TransportGraphError? {
    do throws(TransportGraphError) {
      _ = try TransportGraph(nodes: nodes ?? self.nodes, links: links)
      return nil
    } catch {
      return error
    }
  }

  @Test("identifiers that occur twice, and nodes that do not exist")
  func identifiers() {
    #expect(refusal(nodes: nodes + [nodes[0]]) == .duplicateNode(id: "A"))
    #expect(refusal(link(), link()) == .duplicateLink(id: "a"))
    #expect(refusal(link(to: "C")) == .unknownNode(link: "a", node: "C"))
    #expect(refusal(link(from: "C")) == .unknownNode(link: "a", node: "C"))
    #expect(refusal(link(to: "A")) == .selfLoop(link: "a", node: "A"))
    #expect(refusal(link()) == nil)
  }

  @Test("coordinates that are not numbers", arguments: [Double.nan, .infinity])
  func coordinates(value: Double) {
    let bad = Node(id: "C", coordinate: Coordinate(longitude: value, latitude: 0))
    #expect(refusal(nodes: [bad]) == .nonFiniteCoordinate(node: "C"))
  }

  @Test("lengths that are not above 0 or beyond the Earth", arguments: [0, -1, 5.1e7, .infinity])
  func lengths(meters: Double) {
    #expect(refusal(link(meters: meters)) == .badLength(link: "a", meters: meters))
    let crossing = refusal(link(kind: .crossing, meters: meters))
    #expect(crossing == (meters == 0 ? nil : .badLength(link: "a", meters: meters)))
  }

  @Test("a length, speed or dwell that is NaN")
  func notANumber() {
    let nan = HoursRange(low: 0, mode: .nan, high: 1)
    #expect(refusal(link(meters: .nan))?.description.contains("length nan m") == true)
    #expect(refusal(link(speed: .nan))?.description.contains("speed nan km/h") == true)
    #expect(refusal(link(kind: .crossing, dwell: nan))?.description.contains("mode nan") == true)
  }

  @Test("speeds outside 1 to 400 km/h", arguments: [0, -50, 0.9, 401, .infinity])
  func speeds(speed: Double) {
    #expect(refusal(link(speed: speed)) == .badSpeed(link: "a", kilometersPerHour: speed))
  }

  @Test(
    "dwell out of order, negative or longer than a year",
    arguments: [(2, 1, 3), (1, 3, 2), (-1, 0, 1), (0, 0, 9000), (0, 1, .infinity)])
  func dwell(low: Double, mode: Double, high: Double) {
    let dwell = HoursRange(low: low, mode: mode, high: high)
    #expect(
      refusal(link(kind: .crossing, dwell: dwell)) == .badDwell(link: "a", dwell: dwell))
    #expect(refusal(link(kind: .way, dwell: dwell)) == .dwellOnWay(link: "a"))
  }

  @Test("a profile without a speed for a mode that the network uses")
  func missingSpeed() throws {
    let roads = ImpedanceProfile(
      name: "roads", measure: .time, speedsKilometersPerHour: [.road: ["default": 70]])
    let graph = try TransportGraph(nodes: nodes, links: [link(mode: .rail)])
    #expect(throws: TransportGraphError.missingSpeed(link: "a", mode: .rail)) {
      try GraphView(graph, profile: roads)
    }
    let stated = try TransportGraph(nodes: nodes, links: [link(speed: 40, mode: .rail)])
    #expect(try GraphView(stated, profile: roads).impedance(of: LinkID(0)) == 90_000)
  }

  @Test("delays below 0, factors below 1, and times beyond what an arc holds")
  func changes() throws {
    let graph = try TransportGraph(nodes: nodes, links: [link()])
    let view = try GraphView(graph, profile: .time)
    let all = [LinkID(0)]
    for seconds in [-1, Double.infinity] {
      #expect(throws: TransportGraphError.badDelay(seconds: seconds)) {
        try view.adding(fixedSeconds: seconds, to: all)
      }
    }
    for factor in [0.5, Double.infinity] {
      #expect(throws: TransportGraphError.badFactor(factor)) {
        try view.scalingMoving(by: factor, on: all)
      }
    }
    #expect(
      "\(TransportGraphError.linkTooSlow(link: "a", seconds: 2e9))"
        == "link a: 2000000000.0 s; expected at most 1099511627.774 s (34.8 years)")
    #expect(throws: TransportGraphError.linkTooSlow(link: "a", seconds: 2e9 + 1000 / (70 / 3.6))) {
      try view.adding(fixedSeconds: 2e9, to: all)
    }
    #expect(throws: TransportGraphError.self) { try view.scalingMoving(by: 1e300, on: all) }
  }
}
