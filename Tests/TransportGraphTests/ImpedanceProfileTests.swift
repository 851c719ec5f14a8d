import Testing

@testable import TransportGraph

@Suite("Impedance profiles")
struct ImpedanceProfileTests {
  @Test("speeds, defaults and transfers are checked, and a view checks them too")
  func validation() throws {
    var profile = ImpedanceProfile.time
    try profile.validate()
    for speed in [0, -1, 401, Double.infinity] {
      profile.speedsKilometersPerHour[.rail] = ["default": 50, "fast": speed]
      let error = ImpedanceProfileError.badSpeed(
        mode: .rail, roadClass: "fast", kilometersPerHour: speed)
      #expect(throws: error) { try profile.validate() }
      let graph = try TransportGraph(nodes: [], links: [])
      #expect(throws: TransportGraphError.badProfile(error)) {
        try GraphView(graph, profile: profile)
      }
    }
    profile.speedsKilometersPerHour[.rail] = ["fast": 50]
    #expect(throws: ImpedanceProfileError.missingDefaultClass(mode: .rail)) {
      try profile.validate()
    }
    profile = .time
    profile.transferHours = -1
    #expect(throws: ImpedanceProfileError.badTransfer(hours: -1)) { try profile.validate() }
    profile.transferHours = .nan
    #expect(throws: ImpedanceProfileError.self) { try profile.validate() }
  }

  @Test("a link's own speed comes before its class, its class before the default")
  func speeds() throws {
    let profile = ImpedanceProfile(
      name: "classes", measure: .time,
      speedsKilometersPerHour: [.road: ["default": 36, "trunk": 72]])
    func link(_ id: String, _ roadClass: String, _ speed: Double?) -> Link {
      Link(
        id: id, from: "A", to: "B", mode: .road, roadClass: roadClass, lengthMeters: 1000,
        speedKilometersPerHour: speed)
    }
    let nodes = ["A", "B"].map { Node(id: $0, coordinate: .init(longitude: 0, latitude: 0)) }
    let graph = try TransportGraph(
      nodes: nodes,
      links: [
        link("plain", "default", nil), link("trunk", "trunk", nil), link("own", "trunk", 18),
        link("unlisted", "track", nil),
      ])
    #expect(try graph.times(profile).movingSeconds == [100, 50, 200, 100])
  }

  @Test("dwell follows the profile's choice, a transfer without one takes the profile's hours")
  func dwell() throws {
    let dwell = HoursRange(low: 1, mode: 2, high: 4)
    let kinds: [(LinkKind, HoursRange?)] = [
      (.crossing, dwell), (.crossing, nil), (.transfer, dwell), (.transfer, nil),
    ]
    let links = kinds.enumerated().map { index, kind in
      Link(
        id: "\(index)", from: "A", to: "B", mode: .rail, kind: kind.0, lengthMeters: 0,
        dwell: kind.1)
    }
    let nodes = ["A", "B"].map { Node(id: $0, coordinate: .init(longitude: 0, latitude: 0)) }
    let graph = try TransportGraph(nodes: nodes, links: links)
    for (choice, hours) in [(DwellChoice.low, 1.0), (.mode, 2), (.high, 4)] {
      var profile = ImpedanceProfile.time
      profile.dwell = choice
      profile.transferHours = 3
      #expect(
        try graph.times(profile).fixedSeconds == [hours * 3600, 0, hours * 3600, 3 * 3600])
    }
  }
}
