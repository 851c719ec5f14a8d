import Geography
import Testing

@testable import TransportGraph

extension RandomNetwork {
  /// Seven by seven towns with roads of random length between neighbours, a few of them one-way, some
  /// missing and some with a railway beside. No two routes are equally dear but by a rare accident.
  fileprivate static func towns(seed: Int) -> RandomNetwork {
    var network = RandomNetwork(seed: seed)
    var random = SeededGenerator(seed: seed)
    network.closed = []
    network.links = []
    network.nodes = (0..<49).map {
      Node(
        id: "n\($0)", coordinate: Coordinate(longitude: Double($0 % 7), latitude: Double($0 / 7)))
    }
    func join(_ from: Int, _ to: Int) {
      let ways = [0, 1, 1, 1, 1, 1, 1, 2].randomElement(using: &random) ?? 1
      for mode in [Mode.road, .rail].prefix(ways) {
        network.links.append(
          Link(
            id: "\(mode.rawValue)\(from)-\(to)", from: "n\(from)", to: "n\(to)", mode: mode,
            lengthMeters: Double(Int.random(in: 50_000...150_000, using: &random)),
            isOneWay: Int.random(in: 0..<10, using: &random) == 0))
      }
    }
    for town in 0..<49 {
      if town % 7 < 6 { join(town, town + 1) }
      if town < 42 { join(town, town + 7) }
    }
    return network
  }

  /// The same with a third of the links missing: dead ends, chains, rings, several pieces.
  fileprivate func thinned() -> RandomNetwork {
    var random = SeededGenerator(seed: seed + 5_000)
    var network = self
    network.links = network.links.filter { _ in Int.random(in: 0..<3, using: &random) > 0 }
    return network
  }

  /// The same as another file would list it.
  fileprivate func shuffled() -> RandomNetwork {
    var random = SeededGenerator(seed: seed + 2_000)
    var network = self
    network.nodes.shuffle(using: &random)
    network.links.shuffle(using: &random)
    return network
  }
}

/// Some with many ties, some with long routes.
private let networks: [RandomNetwork] =
  (200..<216).map { RandomNetwork(seed: $0, maximumNodes: 40, maximumLinks: 90) }
  + (216..<228).map(RandomNetwork.towns)

private let methods: [AlternativeMethod] = [
  .penalty(), .penalty(factor: 2, rounds: 8), .viaNode(), .viaNode(localOptimality: 0),
  .viaNode(localOptimality: 0.6),
]

@Suite("Alternatives")
struct AlternativesTests {
  private func metric(_ network: RandomNetwork) throws -> HierarchyMetric {
    let view = try network.view()
    return try HierarchyMetric(ContractionHierarchy(view.graph), view: view)
  }

  /// Six pairs of a network.
  private func pairs(_ network: RandomNetwork) -> [(String, String)] {
    var random = SeededGenerator(seed: network.seed)
    return (0..<6).map { _ in
      let ends = network.nodes.shuffled(using: &random)
      return (ends[0].id, ends[1].id)
    }
  }

  @Test("impedances to a node are those that Dijkstra finds from each node", arguments: networks)
  func backward(_ network: RandomNetwork) throws {
    let metric = try metric(network)
    let all = network.nodes.indices.map { NodeID($0) }
    let costs = all.map { metric.view.impedances(from: $0) }
    var table = ImpedanceTable(metric.hierarchy)
    for destination in all {
      metric.impedances(to: destination, into: &table)
      #expect(all.map { table[$0] } == costs.map { $0[destination.index] }, "\(network)")
    }
    #expect(metric.impedances(to: all[1])[all[0]] == costs[0][1])
  }

  @Test("alternatives keep every limit, whatever the method", arguments: methods)
  func limits(_ method: AlternativeMethod) throws {
    var found = 0
    for network in networks {
      let metric = try metric(network)
      let view = metric.view
      for limits in [
        AlternativeLimits(), AlternativeLimits(count: 3, maximumStretch: 3, maximumOverlap: 0.5),
        AlternativeLimits(maximumStretch: 1, maximumOverlap: 1),
      ] {
        for (from, to) in pairs(network) {
          let (origin, destination) = (try view.node(from), try view.node(to))
          let outcome = metric.alternatives(
            from: origin, to: destination, method: method, limits: limits)
          guard let set = outcome.set else {
            let route = view.route(from: origin, to: destination)
            #expect(outcome.reason == route.reason && route.reason != nil, "\(network)")
            continue
          }
          #expect(view.route(from: origin, to: destination) == .route(set.best), "\(network)")
          #expect(set.routes.count <= limits.count)
          #expect(Set(set.routes).count == set.routes.count, "\(network)")
          for (index, route) in set.routes.enumerated() {
            #expect(view.route(along: route.arcs, from: origin) == route, "\(network)")
            #expect(route.destination == destination)
            #expect(Set(route.nodes(in: view.graph)).count == route.arcs.count + 1, "\(network)")
            #expect(route.arcs.allSatisfy { !view.isClosed($0.link) }, "\(network)")
            #expect((1...limits.maximumStretch).contains(set.stretch(of: index)), "\(network)")
            for other in 0..<index {
              #expect(set.routes[other].impedance <= route.impedance, "\(network)")
              #expect(set.overlap(other, index) <= limits.maximumOverlap, "\(network)")
              #expect(set.overlap(other, index) == set.overlap(index, other), "\(network)")
            }
          }
          found += set.routes.count - 1
        }
      }
    }
    #expect(found > 200)
  }

  @Test(
    "without a limit to their cost, alternatives pass no node that cannot be reached",
    arguments: methods, [.infinity, 1e30])
  func unlimitedStretch(_ method: AlternativeMethod, maximumStretch: Double) throws {
    let view = try Sketch.view(
      ["a: n0-n1 1", "b: n0-n1 7", "c: n2>n0 1", "d: n1>n3 1"], isolated: ["n4"])
    let metric = try HierarchyMetric(ContractionHierarchy(view.graph), view: view)
    let set = try #require(
      metric.alternatives(
        from: view.node("n0"), to: view.node("n1"), method: method,
        limits: AlternativeLimits(maximumStretch: maximumStretch)
      ).set)
    #expect(set.linkIDs(in: view).first == ["a"])
    #expect(set.linkIDs(in: view).allSatisfy { $0 == ["a"] || $0 == ["b"] })
    let all = try #require(
      metric.kShortestRoutes(
        from: view.node("n0"), to: view.node("n1"), count: 9, maximumStretch: maximumStretch
      ).set)
    #expect(all.linkIDs(in: view) == [["a"], ["b"]])
  }

  @Test("neither the order of a file nor a second run changes the alternatives", arguments: methods)
  func orderOfFile(_ method: AlternativeMethod) throws {
    for network in networks {
      let metric = try metric(network)
      let other = try self.metric(network.shuffled())
      for (from, to) in pairs(network) {
        func routes(_ metric: HierarchyMetric) throws -> [[String]]? {
          try metric.alternatives(
            from: metric.view.node(from), to: metric.view.node(to), method: method,
            limits: AlternativeLimits(maximumStretch: 2)
          ).set?.linkIDs(in: metric.view)
        }
        let first = try routes(metric)
        #expect(try routes(metric) == first, "\(network)")
        #expect(try routes(other) == first, "\(network)")
      }
    }
  }

  @Test("every part of a via-node route within the T-test is a shortest route", arguments: networks)
  func localOptimality(_ network: RandomNetwork) throws {
    let metric = try metric(network)
    let view = metric.view
    let costs = network.nodes.indices.map { view.impedances(from: NodeID($0)) }
    for share in [0.2, 0.5, 1] {
      for (from, to) in pairs(network) {
        guard
          let set = try metric.alternatives(
            from: view.node(from), to: view.node(to), method: .viaNode(localOptimality: share),
            limits: AlternativeLimits(maximumStretch: 3, maximumOverlap: 1)
          ).set
        else { continue }
        for route in set.routes {
          let nodes = route.nodes(in: view.graph)
          for start in nodes.indices {
            var cost: UInt64 = 0
            for end in start..<route.arcs.count {
              cost += view.impedance(of: route.arcs[end].link)
              guard Double(cost) <= share * Double(set.best.impedance) else { break }
              #expect(costs[nodes[start].index][nodes[end + 1].index] == cost, "\(network)")
            }
          }
        }
      }
    }
  }

  @Test("without further limits the via-node routes are those by each node in turn")
  func viaEveryNode() throws {
    var count = 0
    for network in networks.suffix(12) {
      let metric = try metric(network)
      let view = metric.view
      for (from, to) in pairs(network) {
        let (origin, destination) = (try view.node(from), try view.node(to))
        guard let shortest = view.route(from: origin, to: destination).route else { continue }
        let limits = AlternativeLimits(count: .max, maximumStretch: 2, maximumOverlap: 1)
        var expected: Set<Route> = []
        for node in view.graph.nodes.indices.map({ NodeID($0) }) {
          guard let first = view.routeByDijkstra(from: origin, to: node).route,
            let second = view.routeByDijkstra(from: node, to: destination).route
          else { continue }
          let route = view.route(along: first.arcs + second.arcs, from: origin)
          if route.impedance <= 2 * shortest.impedance,
            Set(route.nodes(in: view.graph)).count == route.arcs.count + 1
          {
            expected.insert(route)
          }
        }
        let found = metric.alternatives(
          from: origin, to: destination, method: .viaNode(localOptimality: 0), limits: limits)
        #expect(Set(found.set?.routes ?? []) == expected, "\(network)")
        count += expected.count
      }
    }
    #expect(count > 500)
  }

  @Test("without further limits the penalty finds what Dijkstra finds on the dearer links")
  func penalisedDijkstra() throws {
    var (count, fruitless) = (0, 0)
    for network in networks.suffix(12) + networks.suffix(12).map({ $0.thinned() }) {
      let metric = try metric(network)
      let view = metric.view
      for (from, to) in pairs(network) {
        let (origin, destination) = (try view.node(from), try view.node(to))
        guard var route = view.route(from: origin, to: destination).route else { continue }
        var uses = [Int](repeating: 0, count: network.links.count)
        var expected: Set<Route> = [route]
        var knownInARow = 0
        for _ in 0..<9 {
          for arc in route.arcs { uses[arc.link.index] += 1 }
          // 100 s a kilometre, and half of it for each use: whole milliseconds.
          var dearer = view
          for link in uses.indices where uses[link] > 0 {
            dearer = try dearer.adding(
              fixedSeconds: network.links[link].lengthMeters / 20 * Double(uses[link]),
              to: [LinkID(link)])
          }
          route = view.route(
            along: try #require(dearer.routeByDijkstra(from: origin, to: destination).route).arcs,
            from: origin)
          knownInARow = expected.insert(route).inserted ? 0 : knownInARow + 1
          if knownInARow == 3 { break }
        }
        let found = metric.alternatives(
          from: origin, to: destination, method: .penalty(factor: 1.5, rounds: 9),
          limits: AlternativeLimits(count: .max, maximumStretch: 1_000, maximumOverlap: 1))
        #expect(Set(found.set?.routes ?? []) == expected, "\(network)")
        count += expected.count
        if knownInARow == 3 { fruitless += 1 }
      }
    }
    #expect(count > 500 && fruitless > 20, "\(count) routes, \(fruitless) ended early")
  }

  @Test("a second road is an alternative, a detour off the first is not")
  func drawn() throws {
    //        ┌── 12 ─ N ─ 12 ──┐
    //   A ─ 5 ─ B ─ 10 ─ C ─ 10 ─ D ─ 5 ─ E        A–B–C–D–E 30, by N 34
    //            \ 4 ─ X ─ 7 /                     by X 31
    let view = try Sketch.view([
      "ab: A-B 5", "bc: B-C 10", "cd: C-D 10", "de: D-E 5", "bn: B-N 12", "nd: N-D 12",
      "bx: B-X 4", "xc: X-C 7",
    ])
    let metric = try HierarchyMetric(ContractionHierarchy(view.graph), view: view)
    func ways(_ method: AlternativeMethod, _ limits: AlternativeLimits) throws -> RouteSet {
      try #require(
        metric.alternatives(
          from: view.node("A"), to: view.node("E"), method: method, limits: limits
        ).set)
    }
    let wide = AlternativeLimits(maximumStretch: 1.2, maximumOverlap: 0.7)
    for method in [AlternativeMethod.penalty(), .viaNode(localOptimality: 0)] {
      let set = try ways(method, wide)
      #expect(
        set.linkIDs(in: view) == [
          ["ab", "bc", "cd", "de"], ["ab", "bx", "xc", "cd", "de"], ["ab", "bn", "nd", "de"],
        ])
      #expect(set.stretch(of: 2) == 34.0 / 30)
      // a–b, c–d and d–e of 30; a–b and d–e of 30.
      #expect(set.overlap(0, 1) == 20.0 / 30 && set.overlap(0, 2) == 10.0 / 30)
      let narrow = AlternativeLimits(maximumStretch: 1.2, maximumOverlap: 0.5)
      #expect(
        try ways(method, narrow).linkIDs(in: view) == [
          ["ab", "bc", "cd", "de"], ["ab", "bn", "nd", "de"],
        ])
      let cheap = AlternativeLimits(maximumStretch: 1.1, maximumOverlap: 0.7)
      #expect(try ways(method, cheap).routes.map(\.impedance) == [3_000_000, 3_100_000])
      #expect(try ways(method, AlternativeLimits(count: 1)).routes.count == 1)
    }
    // B–X–C costs 11 where 10 would do, B–N–D 24 where 20 would do: parts of a third and more, and of
    // four fifths and more, of 30.
    #expect(try ways(.viaNode(localOptimality: 0.35), wide).routes.count == 3)
    #expect(
      try ways(.viaNode(localOptimality: 0.5), wide).linkIDs(in: view).dropFirst()
        == [["ab", "bn", "nd", "de"]])
    #expect(try ways(.viaNode(localOptimality: 0.9), wide).routes.count == 1)
  }

  @Test("from a node to itself the empty route is the only one", arguments: methods)
  func sameNode(_ method: AlternativeMethod) throws {
    let view = try Sketch.view(["a: A-B 1", "b: B>A 1"])
    let metric = try HierarchyMetric(ContractionHierarchy(view.graph), view: view)
    let outcome = metric.alternatives(from: NodeID(0), to: NodeID(0), method: method)
    #expect(outcome.set?.routes.map(\.arcs) == [[]])
  }
}

extension RouteSetOutcome {
  fileprivate var reason: Unreachable? {
    if case .unreachable(let reason) = self { reason } else { nil }
  }
}

extension RouteOutcome {
  fileprivate var reason: Unreachable? {
    if case .unreachable(let reason) = self { reason } else { nil }
  }
}
