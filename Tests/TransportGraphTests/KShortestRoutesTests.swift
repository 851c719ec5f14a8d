import Testing

@testable import TransportGraph

extension Oracle {
  /// Every loopless route, listed one by one, in the order of cost; equally dear ones as they compare
  /// from the destination backwards, by the cost of each arc's tail and then the link's identifier.
  func looplessRoutes(
    from origin: String, to destination: String
  ) -> [(cost: UInt64, links: [String])] {
    var found: [[OpenArc]] = []
    func extend(_ route: [OpenArc], at node: String, visited: Set<String>) {
      if node == destination {
        found.append(route)
        return
      }
      for arc in arcs where arc.tail == node && !visited.contains(arc.head) {
        extend(route + [arc], at: arc.head, visited: visited.union([arc.head]))
      }
    }
    extend([], at: origin, visited: [origin])
    let costs = costs(from: origin)
    func cost(_ route: [OpenArc]) -> UInt64 { route.reduce(0) { $0 + $1.cost } }
    return found.map { (cost($0), $0) }.sorted { a, b in
      if a.0 != b.0 { return a.0 < b.0 }
      for (x, y) in zip(a.1.reversed(), b.1.reversed()) where x.link != y.link {
        return (costs[x.tail] ?? .max, x.link) < (costs[y.tail] ?? .max, y.link)
      }
      return false
    }.map { ($0.0, $0.1.map(\.link)) }
  }
}

extension RouteSet {
  func linkIDs(in view: GraphView) -> [[String]] {
    routes.map { $0.arcs.map { view.graph.links[$0.link.index].id } }
  }
}

@Suite("k shortest loopless routes")
struct KShortestRoutesTests {
  @Test("hundreds of parallel links are hundreds of routes, by cost, then by identifier")
  func manyParallelLinks() throws {
    let count = 400
    var links = (0..<count).map { "p\($0): A-B \($0 * 7 % 31 + 1)" }
    links += ["bc: B-C 1", "r0: B-C 1", "ac: A-C 900"]
    let view = try Sketch.view(links)
    let metric = try HierarchyMetric(ContractionHierarchy(view.graph), view: view)
    let expected = Oracle(view).looplessRoutes(from: "A", to: "C").map(\.links)
    #expect(expected.count == 2 * count + 1)
    let (a, c) = (try view.node("A"), try view.node("C"))
    for most in [expected.count + 5, expected.count, count / 3] {
      let set = metric.kShortestRoutes(from: a, to: c, count: most).set
      #expect(set?.linkIDs(in: view) == Array(expected.prefix(most)))
    }
  }

  @Test("all loopless routes are found, in the order of the rule, as enumeration lists them")
  func enumeration() throws {
    var routeCount = 0
    var tieCount = 0
    var unreachableCount = 0
    for seed in 0..<120 {
      // Few nodes with many parallel links, and more nodes with fewer.
      let network =
        seed % 2 == 0
        ? RandomNetwork(seed: seed, maximumNodes: 6, maximumLinks: 18)
        : RandomNetwork(seed: seed, maximumNodes: 9, maximumLinks: 16)
      let view = try network.view()
      let metric = try HierarchyMetric(ContractionHierarchy(view.graph), view: view)
      let oracle = Oracle(view)
      for origin in view.graph.nodes.indices.map({ NodeID($0) }) {
        for destination in view.graph.nodes.indices.map({ NodeID($0) }) {
          let expected = oracle.looplessRoutes(
            from: view.graph.nodes[origin.index].id, to: view.graph.nodes[destination.index].id)
          let outcome = metric.kShortestRoutes(
            from: origin, to: destination, count: expected.count + 1)
          #expect(
            view.kShortestRoutes(from: origin, to: destination, count: expected.count + 1)
              == outcome, "\(network)")
          guard let set = outcome.set else {
            #expect(expected.isEmpty, "\(network)")
            #expect(
              view.route(from: origin, to: destination)
                == outcome.unreachable.map { .unreachable($0) })
            unreachableCount += 1
            continue
          }
          #expect(set.linkIDs(in: view) == expected.map(\.links), "\(network)")
          #expect(set.routes.map(\.impedance) == expected.map(\.cost), "\(network)")
          #expect(view.route(from: origin, to: destination) == .route(set.best), "\(network)")
          routeCount += expected.count
          tieCount += zip(expected, expected.dropFirst()).filter { $0.cost == $1.cost }.count
        }
      }
    }
    #expect(routeCount > 8_000 && tieCount > 3_000 && unreachableCount > 1_000)
  }

  @Test("fewer routes, or those within a stretch, are the first of all", arguments: 0..<30)
  func prefixes(seed: Int) throws {
    let network = RandomNetwork(seed: seed, maximumNodes: 8, maximumLinks: 18)
    let view = try network.view()
    let metric = try HierarchyMetric(ContractionHierarchy(view.graph), view: view)
    for destination in view.graph.nodes.indices.dropFirst().map({ NodeID($0) }) {
      guard
        let all = metric.kShortestRoutes(from: NodeID(0), to: destination, count: .max).set
      else { continue }
      for count in [1, 2, 5] {
        let few = metric.kShortestRoutes(from: NodeID(0), to: destination, count: count)
        #expect(few.set?.routes == Array(all.routes.prefix(count)), "\(network)")
      }
      for stretch in [1, 1.25, 1.5, 3] {
        let within = all.routes.filter {
          Double($0.impedance) <= stretch * Double(all.best.impedance)
        }
        let found = metric.kShortestRoutes(
          from: NodeID(0), to: destination, count: .max, maximumStretch: stretch)
        #expect(found.set?.routes == within, "\(network)")
      }
    }
  }

  @Test("on larger networks routes cost what Yen's algorithm finds by the book", arguments: 0..<12)
  func againstYen(seed: Int) throws {
    let network = RandomNetwork(seed: seed, maximumNodes: 400, maximumLinks: 900)
    let view = try network.view()
    let metric = try HierarchyMetric(ContractionHierarchy(view.graph), view: view)
    var random = SeededGenerator(seed: seed)
    for _ in 0..<6 {
      let origin = NodeID(.random(in: 0..<network.nodes.count, using: &random))
      let destination = NodeID(.random(in: 0..<network.nodes.count, using: &random))
      let outcome = metric.kShortestRoutes(from: origin, to: destination, count: 12)
      #expect(
        outcome.set?.routes.map(\.impedance) ?? []
          == yenImpedances(view, from: origin, to: destination, count: 12), "\(network)")
      #expect(view.kShortestRoutes(from: origin, to: destination, count: 12) == outcome)
      for route in outcome.set?.routes ?? [] {
        #expect(Set(route.nodes(in: view.graph)).count == route.arcs.count + 1, "\(network)")
        #expect(view.route(along: route.arcs, from: origin) == route, "\(network)")
      }
      #expect(Set(outcome.set?.routes ?? []).count == outcome.set?.routes.count ?? 0)
    }
  }

  /// Yen (1971) by the book: plain Dijkstra for each spur node of each route, from the origin on.
  private func yenImpedances(
    _ view: GraphView, from origin: NodeID, to destination: NodeID, count: Int
  ) -> [UInt64] {
    guard let first = view.routeByDijkstra(from: origin, to: destination).route else { return [] }
    var found = [first]
    var candidates: Set<Route> = []
    while found.count < count {
      let last = found[found.count - 1]
      let nodes = last.nodes(in: view.graph)
      for index in last.arcs.indices {
        let root = last.arcs.prefix(index)
        // Links at visited nodes, and of this node those that known routes take after the same root.
        var closed = nodes.prefix(index).flatMap { view.graph.links(at: $0) }
        for route in found where route.arcs.starts(with: root) {
          closed.append(route.arcs[index].link)
        }
        let around = view.closing(closed)
        if let spur = around.routeByDijkstra(from: nodes[index], to: destination).route {
          candidates.insert(view.route(along: root + spur.arcs, from: origin))
        }
      }
      guard let next = candidates.min(by: { $0.impedance < $1.impedance }) else { break }
      candidates.remove(next)
      found.append(next)
    }
    return found.map(\.impedance)
  }

  /// The network that J. Y. Yen's algorithm is mostly shown on, from C to H; its routes were also listed
  /// by enumeration.
  @Test("the worked case of Yen's example: seven loopless routes")
  func yen() throws {
    let view = try Sketch.view([
      "1: C>D 3", "2: C>E 2", "3: D>F 4", "4: E>D 1", "5: E>F 2", "6: E>G 3", "7: F>G 2",
      "8: F>H 1", "9: G>H 2",
    ])
    let metric = try HierarchyMetric(ContractionHierarchy(view.graph), view: view)
    let set = try #require(
      metric.kShortestRoutes(from: view.node("C"), to: view.node("H"), count: 20).set)
    let ways = set.routes.map {
      $0.nodes(in: view.graph).map { view.graph.nodes[$0.index].id }.joined()
    }
    // 100 s a kilometre.
    #expect(set.routes.map { $0.impedance / 100_000 } == [5, 7, 8, 8, 8, 11, 11])
    #expect(Set(ways) == ["CEFH", "CEGH", "CDFH", "CEDFH", "CEFGH", "CDFGH", "CEDFGH"])
    #expect(ways.prefix(2) == ["CEFH", "CEGH"])
  }

  /// The costs were computed twice elsewhere, by enumeration and by another implementation.
  @Test(
    "the worked case of the 4 × 4 grid: 184 loopless routes, the first twenty at the costs of enumeration"
  )
  func grid() throws {
    //  0 ─10.0─ 1 ─11.0─ 2 ─12.0─ 3      east: 10 + column + 0.1 row
    //  │11.0    │11.3    │11.6    │11.9  south: 11 + row + 0.3 column
    //  4 ─10.1─ 5 …
    var lines: [String] = []
    for row in 0..<4 {
      for column in 0..<4 {
        let node = 4 * row + column
        if column < 3 {
          lines.append("e\(node): \(node)-\(node + 1) \(10 * (10 + column) + row)")
        }
        if row < 3 {
          lines.append("s\(node): \(node)-\(node + 4) \(10 * (11 + row) + 3 * column)")
        }
      }
    }
    let view = try Sketch.view(lines)
    let metric = try HierarchyMetric(ContractionHierarchy(view.graph), view: view)
    let set = try #require(
      metric.kShortestRoutes(from: view.node("0"), to: view.node("15"), count: 1_000).set)
    #expect(set.routes.count == 184)
    // Tenths, as drawn, at 100 s each.
    #expect(
      set.routes.prefix(20).map { $0.impedance / 100_000 } == [
        699, 701, 703, 703, 705, 705, 705, 707, 707, 707, 709, 709, 709, 711, 711, 711, 713, 713,
        715, 717,
      ])
  }

  @Test("parallel road and rail make different routes")
  func parallelLinks() throws {
    //   A ══ B ══ C   road 10 and rail 12, twice
    let view = try Sketch.view([
      "road1: A-B 10", "rail1: A-B 12", "road2: B-C 10", "rail2: B-C 12",
    ])
    let set = try #require(
      view.kShortestRoutes(from: view.node("A"), to: view.node("C"), count: 9).set)
    // B is equally far by either: the links into C decide between the mixed ones.
    #expect(
      set.linkIDs(in: view) == [
        ["road1", "road2"], ["road1", "rail2"], ["rail1", "road2"], ["rail1", "rail2"],
      ])
    #expect(set.stretch(of: 3) == 1.2)
    #expect(set.overlap(0, 1) == 0.5 && set.overlap(0, 3) == 0)
    #expect(set.sharedImpedance(1, 3) == 1_200_000)
  }

  @Test("closed links carry no route, and where none is left the reason is told")
  func closures() throws {
    //  A --10-- B --10-- C          D apart
    //   \------ 30 ------/
    let open = try Sketch.view(["ab: A-B 10", "bc: B-C 10", "ac: A-C 30"], isolated: ["D"])
    let hierarchy = try ContractionHierarchy(open.graph)
    let (a, c, d) = (try open.node("A"), try open.node("C"), try open.node("D"))
    let one = try open.closing([open.link("bc")])
    let metric = try HierarchyMetric(hierarchy, view: one)
    #expect(metric.kShortestRoutes(from: a, to: c, count: 5).set?.linkIDs(in: one) == [["ac"]])
    let all = try one.closing([open.link("ac")])
    #expect(
      try HierarchyMetric(hierarchy, view: all).kShortestRoutes(from: a, to: c, count: 5)
        == .unreachable(.closed(links: [open.link("bc")])))
    #expect(metric.kShortestRoutes(from: a, to: d, count: 5).set == nil)
    #expect(
      one.kShortestRoutes(from: a, to: d, count: 5)
        == metric.kShortestRoutes(from: a, to: d, count: 5))
  }

  @Test("from a node to itself leads the empty route alone")
  func sameNode() throws {
    let view = try Sketch.view(["a: A-B 1", "b: B>A 1"])
    let metric = try HierarchyMetric(ContractionHierarchy(view.graph), view: view)
    let set = try #require(metric.kShortestRoutes(from: NodeID(0), to: NodeID(0), count: 5).set)
    #expect(set.routes.count == 1 && set.best.arcs.isEmpty)
    #expect(set.stretch(of: 0) == 1 && set.overlap(0, 0) == 1)
  }

  @Test("routes are told one by one until the caller has seen enough")
  func oneByOne() throws {
    let view = try RandomNetwork(seed: 92, maximumNodes: 400, maximumLinks: 1_500).view()
    let metric = try HierarchyMetric(ContractionHierarchy(view.graph), view: view)
    var seen: [Route] = []
    let reason = metric.forEachShortestRoute(from: NodeID(0), to: NodeID(40)) {
      // A question within the question takes memory of its own.
      let shortest = metric.route(from: NodeID(0), to: NodeID(40)).route
      #expect(shortest?.impedance ?? .max <= $0.impedance)
      seen.append($0)
      return seen.count < 25
    }
    #expect(reason == nil && seen.count == 25)
    #expect(metric.kShortestRoutes(from: NodeID(0), to: NodeID(40), count: 25).set?.routes == seen)
  }

  @Test("costs too large to share 64 bits with a node are searched with wider keys")
  func wideKeys() throws {
    var network = RandomNetwork(seed: 11, maximumNodes: 40, maximumLinks: 700)
    while network.links.count < 500 {
      network = RandomNetwork(seed: network.seed + 1, maximumNodes: 40, maximumLinks: 700)
    }
    let used = network.nodes.prefix(4)
    network.nodes += (0..<20_000).map {
      Node(id: "far\($0)", coordinate: network.nodes[0].coordinate)
    }
    let narrow = try network.view()
    let wide = try narrow.adding(
      fixedSeconds: 1e9, to: narrow.graph.links.indices.map { LinkID($0) })
    #expect(!wide.fitsNarrowKeys)
    for origin in used {
      for destination in used {
        let ends = (try wide.node(origin.id), try wide.node(destination.id))
        #expect(
          wide.kShortestRoutes(from: ends.0, to: ends.1, count: 6).set?.routes.map(\.impedance)
            ?? [] == yenImpedances(wide, from: ends.0, to: ends.1, count: 6))
      }
    }
  }
}

extension RouteSetOutcome {
  fileprivate var unreachable: Unreachable? {
    if case .unreachable(let reason) = self { reason } else { nil }
  }
}
