import Foundation
import Geography
import Testing

@testable import TransportGraph

/// The worked replacement cases: networks whose replacement costs were computed twice elsewhere, by
/// closing one link after another and by the formula of the cut (K. Malik, A. K. Mittal, S. K. Gupta 1989,
/// Operations Research Letters 8(4), 223–227). All four are here: two-way, with bridges, random with 40
/// nodes, directed. Numbers are costs; one is 10 m here, so that all are whole millimetres.
@Suite("The worked replacement cases")
struct WorkedReplacementTests {
  ///       4       3        2       4
  ///   S ───── d ───── b ───── e ───── T ──5── u ──1── v
  ///    ╲2 1.5╱     2╱  ╲1          3╱
  ///      ╲ ╱  ╭────╯    ╰── c ────╯
  ///       a ──╯
  static let small = """
    S-a:2 a-b:2 b-c:1 c-T:3 S-d:4 d-b:3 b-e:2 e-T:4 a-d:1.5
    """
  static let random = """
    0-24:28.5189 0-28:14.1102 0-36:24.0301 1-16:8.1835 1-25:23.649 1-29:7.5986
    2-13:9.5662 2-18:16.658 2-27:16.4338 3-7:10.7661 3-13:20.4899 3-35:17.4362
    4-10:18.8807 4-31:8.9998 4-32:15.5376 5-24:7.7603 5-30:28.2726 5-37:4.7327
    5-38:9.8816 6-12:20.8023 6-14:16.7009 6-16:29.6127 6-26:14.9668 7-13:14.0429
    7-23:18.0439 7-35:11.0032 8-26:26.3889 8-30:20.4291 8-36:27.7787 9-11:5.1054
    9-17:15.2823 9-19:13.3586 9-22:35.409 9-39:8.7143 10-23:7.7852 10-31:21.0812
    10-35:15.4969 11-17:12.1036 11-39:10.0474 12-14:7.2161 12-33:18.9496 13-18:10.6023
    14-21:24.3851 14-26:21.8604 15-18:9.3304 15-34:3.5292 15-39:11.9654 16-29:9.7862
    17-22:26.14 17-39:24.9067 18-27:15.9745 18-34:11.2378 19-20:26.9321 19-27:10.8919
    19-39:8.3965 20-22:26.7942 20-27:23.3933 21-26:12.5192 21-33:4.9031 23-35:10.2649
    24-28:36.7742 24-37:13.831 24-38:13.4423 25-29:18.2264 25-36:25.0122 26-33:17.3956
    28-36:8.9798 30-32:24.1266 31-32:7.3676 32-37:19.9549 34-39:10.0007 37-38:6.9053
    """

  private func entries(_ text: String) throws -> [(a: String, b: String, cost: Double?)] {
    try text.split(whereSeparator: \.isWhitespace).map { entry in
      let parts = entry.split(whereSeparator: { "-:".contains($0) }).map(String.init)
      try #require(parts.count == 3)
      return (parts[0], parts[1], Double(parts[2]))
    }
  }

  /// - Parameter isDirected: the way back of each link is a link of its own and costs 1.1 times as much.
  private func metric(_ text: String, isDirected: Bool = false) throws -> HierarchyMetric {
    var links: [Link] = []
    func add(_ a: String, _ b: String, _ cost: Double) {
      links.append(
        Link(
          id: "\(a)-\(b)", from: a, to: b, mode: .road, lengthMeters: cost * 10,
          isOneWay: isDirected))
    }
    for (a, b, cost) in try entries(text) {
      let cost = try #require(cost)
      add(a, b, cost)
      if isDirected { add(b, a, (1.1 * cost * 10_000).rounded() / 10_000) }
    }
    let ids = Set(links.flatMap { [$0.from, $0.to] }).sorted()
    let nodes = ids.enumerated().map {
      Node(id: $1, coordinate: Coordinate(longitude: Double($0), latitude: 0))
    }
    var profile = Sketch.profile
    profile.measure = .distance
    let view = try GraphView(TransportGraph(nodes: nodes, links: links), profile: profile)
    return try HierarchyMetric(ContractionHierarchy(view.graph), view: view)
  }

  private func check(
    _ metric: HierarchyMetric, from origin: String, to destination: String, cost: Double,
    replacements text: String, last: String
  ) throws {
    var metric = metric
    let graph = metric.view.graph
    let ends = (try metric.view.node(origin), try metric.view.node(destination))
    func units(_ cost: Double) -> UInt64 { UInt64((cost * 10_000).rounded()) }
    let paths = try #require(metric.replacements(from: ends.0, to: ends.1).paths)
    let expected = try entries(text)
    #expect(paths.route.impedance == units(cost))
    try #require(paths.replacements.count == expected.count)
    for (found, expected) in zip(paths.replacements, expected) {
      #expect(graph.nodes[graph.tail(of: found.arc).index].id == expected.a)
      #expect(graph.nodes[graph.head(of: found.arc).index].id == expected.b)
      if let cost = expected.cost {
        #expect(found.outcome == .impedance(units(cost)), "\(expected)")
      } else {
        #expect(found.outcome == .unreachable(.closed(links: [found.arc.link])), "\(expected)")
      }
    }
    let closable = try #require(paths.replacements.last { $0.outcome.impedance != nil })
    let route = metric.whileClosed([closable.arc.link]) { $0.route(from: ends.0, to: ends.1) }
    #expect(
      route.route?.nodes(in: graph).map { graph.nodes[$0.index].id }.joined(separator: "-") == last)
  }

  @Test("a small two-way network")
  func undirected() throws {
    try check(
      metric(Self.small), from: "S", to: "T", cost: 8,
      replacements: "S-a:11 a-b:10.5 b-c:10 c-T:10", last: "S-a-b-e-T")
  }

  @Test("bridges leave no way, and say which link is closed")
  func bridges() throws {
    try check(
      metric(Self.small + " T-u:5 u-v:1"), from: "S", to: "v", cost: 14,
      replacements: "S-a:17 a-b:16.5 b-c:16 c-T:16 T-u:none u-v:none", last: "S-a-b-e-T-u-v")
  }

  @Test("a random two-way network of 40 nodes")
  func random40() throws {
    try check(
      metric(Self.random), from: "1", to: "22", cost: 265.2805,
      replacements: """
        1-25:267.4565 25-36:267.9925 36-8:267.9925 8-30:271.148 30-32:271.148 32-31:271.25
        31-10:271.25 10-23:265.9515 23-7:265.9515 7-13:278.8315 13-18:265.5039 18-34:265.3378
        34-39:265.3378 39-9:265.5039 9-22:265.5039
        """,
      last: "1-25-36-8-30-32-31-10-23-7-13-2-27-20-22")
  }

  @Test("the same with links of their own for each direction, at different costs")
  func directed40() throws {
    try check(
      metric(Self.random, isDirected: true), from: "1", to: "22", cost: 273.546,
      replacements: """
        1-25:277.5446 25-36:279.0803 36-8:279.0803 8-30:283.9825 30-32:283.9825 32-31:278.2244
        31-10:278.2244 10-35:273.5791 35-7:273.5791 7-13:287.0693 13-18:276.1939 18-34:274.5363
        34-39:274.5363 39-9:275.8141 9-22:275.8141
        """,
      last: "1-25-36-8-30-32-31-10-35-7-13-18-27-20-22")
  }
}
