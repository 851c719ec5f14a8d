import Testing

@testable import TransportGraph

@Suite("Searches")
struct SearchTests {
  @Test("every search agrees with Bellman–Ford on random networks")
  func agreesWithBellmanFord() throws {
    for seed in 0..<300 { try agreesWithBellmanFord(seed: seed) }
  }

  private func agreesWithBellmanFord(seed: Int) throws {
    let network = RandomNetwork(seed: seed)
    let view = try network.view()
    let oracle = Oracle(view)
    let all = view.graph.nodes.indices.map { NodeID($0) }
    for origin in all {
      let expected = oracle.costs(from: view.graph.nodes[origin.index].id)
      let impedances = view.impedances(from: origin)
      let many = view.routes(from: origin, to: all + all)
      for destination in all {
        let cost = expected[view.graph.nodes[destination.index].id]
        let outcome = view.route(from: origin, to: destination)
        #expect(impedances[destination.index] == cost, "\(network)")
        #expect(outcome.route?.impedance == cost, "\(network)")
        #expect(view.routeByDijkstra(from: origin, to: destination) == outcome, "\(network)")
        #expect(many[destination.index] == outcome, "\(network)")
        #expect(many[all.count + destination.index] == outcome, "\(network)")
        #expect(view.tree(from: origin).route(to: destination) == outcome, "\(network)")
        if let route = outcome.route { try expectTravels(route, in: view, network) }
      }
    }
  }

  /// The links of a route join, are open, run in their direction and add up.
  private func expectTravels(
    _ route: Route, in view: GraphView, _ network: RandomNetwork
  ) throws {
    var node = route.origin
    var impedance: UInt64 = 0
    var meters = 0.0
    for arc in route.arcs {
      let link = view.graph.links[arc.link.index]
      #expect(!view.isClosed(arc.link), "\(network)")
      #expect(arc.isForward || !link.isOneWay, "\(network)")
      #expect(view.graph.tail(of: arc) == node, "\(network)")
      node = view.graph.head(of: arc)
      impedance += view.impedance(of: arc.link)
      meters += link.lengthMeters
    }
    #expect(node == route.destination, "\(network)")
    #expect(impedance == route.impedance, "\(network)")
    #expect(meters == route.lengthMeters, "\(network)")
    #expect(route.nodes(in: view.graph).count == route.arcs.count + 1)
  }

  @Test("the one route returned is the first of all shortest ones by the rule")
  func canonicalRoute() throws {
    for seed in 0..<150 { try canonicalRoute(seed: seed) }
  }

  private func canonicalRoute(seed: Int) throws {
    let network = RandomNetwork(seed: seed, maximumNodes: 7, maximumLinks: 16)
    let view = try network.view()
    let oracle = Oracle(view)
    for origin in network.nodes {
      for destination in network.nodes {
        #expect(
          try view.links(origin.id, destination.id)
            == oracle.canonicalRoute(from: origin.id, to: destination.id), "\(network)")
      }
    }
  }

  @Test("costs too large to share 64 bits with a node are searched with wider keys")
  func wideKeys() throws {
    var network = RandomNetwork(seed: 7, maximumNodes: 40, maximumLinks: 700)
    while network.links.count < 600 {
      network = RandomNetwork(seed: network.seed + 1, maximumNodes: 40, maximumLinks: 700)
    }
    let used = network.nodes
    // Nodes without links make ranks longer.
    network.nodes += (0..<20_000).map {
      Node(id: "far\($0)", coordinate: network.nodes[0].coordinate)
    }
    let narrow = try network.view()
    let wide = try narrow.adding(
      fixedSeconds: 1e9, to: narrow.graph.links.indices.map { LinkID($0) })
    #expect(narrow.fitsNarrowKeys)
    #expect(!wide.fitsNarrowKeys)
    let oracle = Oracle(wide)
    for origin in used.prefix(6) {
      let expected = oracle.costs(from: origin.id)
      let start = try wide.node(origin.id)
      for destination in used {
        let end = try wide.node(destination.id)
        let outcome = wide.route(from: start, to: end)
        #expect(outcome.route?.impedance == expected[destination.id])
        #expect(wide.routeByDijkstra(from: start, to: end) == outcome)
      }
    }
  }

  @Test("a route that costs more than narrow keys can hold keeps its exact cost")
  func routeBeyondNarrowKeys() throws {
    // n0 ─ n1 ─ … ─ n700, 31 years each: 7e14 ms, where 15 bits of rank leave room for 5.6e14.
    let chain = try Sketch.view(
      (0..<700).map { "l\($0): n\($0)-n\($0 + 1) 1" }, isolated: (0..<17_000).map { "far\($0)" })
    let view = try chain.adding(
      fixedSeconds: 1e9, to: chain.graph.links.indices.map { LinkID($0) })
    let ends = (try view.node("n0"), try view.node("n700"))
    let outcome = view.route(from: ends.0, to: ends.1)
    #expect(outcome.route?.impedance == 700 * 1_000_000_100_000)
    #expect(outcome.route?.arcs.count == 700)
    #expect(view.routeByDijkstra(from: ends.0, to: ends.1) == outcome)
  }

  @Test("a route from a node to itself is empty and costs nothing")
  func sameNode() throws {
    let view = try Sketch.view(["a: A-B 1", "b: B>A 1"])
    let node = try view.node("A")
    let route = try #require(view.route(from: node, to: node).route)
    #expect(route.arcs.isEmpty && route.impedance == 0 && route.travelTimeSeconds == 0)
    #expect(view.routeByDijkstra(from: node, to: node) == .route(route))
    let use = try #require(view.use(from: node, to: node).use)
    #expect(use.entries.isEmpty && use.probability { _ in true } == 1)
  }

  @Test("a graph without nodes or links is made and viewed")
  func emptyGraph() throws {
    let graph = try TransportGraph(nodes: [], links: [])
    let view = try GraphView(graph, profile: .time)
    #expect(view.closing([LinkID]()).closedLinks.isEmpty)
    #expect(graph.pieces.count == 0 && graph.pieces.largest == nil)
    #expect(graph.node(id: "A") == nil && graph.link(id: "a") == nil)

    let alone = try Sketch.view([], isolated: ["A"])
    #expect(alone.impedances(from: NodeID(0)) == [0])
    #expect(alone.routes(from: NodeID(0), to: []).isEmpty)
  }

  @Test("parallel road and rail stay apart, and the slower one takes over when the other closes")
  func parallelLinks() throws {
    // A ══ B: a road of 10 km and a railway of 12 km.
    let view = try Sketch.view(["road: A-B 10", "rail: A-B 12"])
    #expect(try view.links("A", "B") == ["road"])
    #expect(try view.closing([view.link("road")]).links("A", "B") == ["rail"])
    #expect(try view.links("A", "B") == ["road"], "the first view is as it was")
    #expect(try view.graph.links(at: view.node("A")).count == 2)
  }

  @Test("searches on several threads give the answers of one")
  func concurrentSearches() async throws {
    let network = RandomNetwork(seed: 3, maximumNodes: 60, maximumLinks: 200)
    let view = try network.view()
    let all = view.graph.nodes.indices.map { NodeID($0) }
    let alone = all.map { view.routes(from: $0, to: all) }
    let together = await withTaskGroup(of: (Int, [RouteOutcome]).self) { group in
      for origin in all {
        group.addTask { (origin.index, all.map { view.route(from: origin, to: $0) }) }
      }
      return await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
    }
    for origin in all { #expect(together[origin.index] == alone[origin.index]) }
  }
}
