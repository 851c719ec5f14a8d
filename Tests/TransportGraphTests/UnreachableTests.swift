import Testing

@testable import TransportGraph

@Suite("Unreachable, and why")
struct UnreachableTests {
  private func reason(_ view: GraphView, _ origin: String, _ destination: String) throws
    -> Unreachable?
  {
    let ends = (try view.node(origin), try view.node(destination))
    let outcome = view.route(from: ends.0, to: ends.1)
    #expect(view.routeByDijkstra(from: ends.0, to: ends.1) == outcome)
    #expect(view.tree(from: ends.0).route(to: ends.1) == outcome)
    guard case .unreachable(let reason) = outcome else { return nil }
    if case .unreachable(let other) = view.use(from: ends.0, to: ends.1) {
      #expect(other == reason)
    } else {
      Issue.record("use finds a route where route finds none")
    }
    return reason
  }

  @Test("two pieces of the network, with their sizes")
  func differentPieces() throws {
    // A ─ B ─ C     D ─ E     F
    let view = try Sketch.view(["a: D-E 1", "b: A-B 1", "c: B-C 1"], isolated: ["F"])
    #expect(view.graph.pieces.nodeCounts == [3, 2, 1])
    #expect(view.graph.pieces.largest == 0)
    #expect(
      try reason(view, "A", "E")
        == .differentPieces(
          origin: .init(index: 0, nodeCount: 3), destination: .init(index: 1, nodeCount: 2)))
    let text = try reason(view, "A", "F")?.description(origin: "A", destination: "F") { _ in "" }
    #expect(
      text == "no link joins the piece of the network in which A lies (3 nodes) to that of F "
        + "(1 node)")
  }

  @Test("closed links: the fewest to reopen, then those on the cheapest way")
  func closed() throws {
    //  A ─ a ─ B ─ b ─ C      a and b closed: two to reopen, though short
    //  └────── far ────┘      far closed: one to reopen
    let open = try Sketch.view(["a: A-B 1", "b: B-C 1", "far: A-C 50", "farther: A-C 60"])
    let view = open.closing(open.graph.links.indices.map { LinkID($0) })
    #expect(try reason(view, "A", "C") == .closed(links: [view.link("far")]))
    #expect(try reason(view, "C", "A") == .closed(links: [view.link("far")]))

    let bothOnly = try Sketch.view(["a: A-B 1", "b: B-C 1"])
    let cut = try bothOnly.closing([bothOnly.link("a"), bothOnly.link("b")])
    let both = try reason(cut, "C", "A")
    #expect(both == .closed(links: [try cut.link("b"), try cut.link("a")]))
    let text = both?.description(origin: "C", destination: "A") { cut.graph.links[$0.index].id }
    #expect(text == "A cannot be reached from C while b, a are closed")
  }

  @Test("one-way links that allow no way back, closed or not")
  func oneWay() throws {
    // A → B ─ C
    let view = try Sketch.view(["a: A>B 1", "b: B-C 1"])
    #expect(try reason(view, "C", "A") == .oneWay)
    #expect(try reason(view.closing([view.link("b")]), "C", "A") == .oneWay)
    #expect(try view.links("A", "C") == ["a", "b"])
    let text = Unreachable.oneWay.description(origin: "C", destination: "A") { _ in "" }
    #expect(text == "one-way links allow no path from C to A")
  }

  @Test("many destinations, each with its own outcome, in their order")
  func manyDestinations() throws {
    //  A ─ B ─x─ C     D → A     E
    let open = try Sketch.view(["a: A-B 1", "x: B-C 1", "d: D>A 1"], isolated: ["E"])
    let view = try open.closing([open.link("x")])
    let destinations = try ["C", "E", "D", "B", "A", "C"].map { try view.node($0) }
    let outcomes = view.routes(from: try view.node("A"), to: destinations)
    let closed = RouteOutcome.unreachable(.closed(links: [try view.link("x")]))
    #expect(outcomes[0] == closed && outcomes[5] == closed)
    #expect(outcomes[2] == .unreachable(.oneWay))
    #expect(view.linkIDs(outcomes[3]) == ["a"] && outcomes[4].route?.arcs.isEmpty == true)
    for (destination, outcome) in zip(destinations, outcomes) {
      #expect(view.route(from: try view.node("A"), to: destination) == outcome)
    }
  }

  @Test("reopening the links named reconnects, and reopening any fewer does not")
  func reopeningReconnects() throws {
    var cut = 0
    for seed in 0..<200 {
      var network = RandomNetwork(seed: seed, maximumNodes: 7, maximumLinks: 12)
      var random = SeededGenerator(seed: seed)
      for link in network.links where Bool.random(using: &random) { network.closed.insert(link.id) }
      let view = try network.view()
      for origin in network.nodes {
        for destination in network.nodes {
          guard case .closed(let links)? = try reason(view, origin.id, destination.id) else {
            continue
          }
          cut += 1
          let named = Set(links.map { view.graph.links[$0.index].id })
          #expect(try connects(network, reopening: named, origin.id, destination.id), "\(network)")
          // No smaller set of closed links would do: try all of the size below.
          for smaller in subsets(of: network.closed.sorted(), count: named.count - 1) {
            #expect(
              try !connects(network, reopening: Set(smaller), origin.id, destination.id),
              "\(network)")
          }
        }
      }
    }
    #expect(cut > 500)
  }

  private func connects(
    _ network: RandomNetwork, reopening links: Set<String>, _ origin: String, _ destination: String
  ) throws -> Bool {
    let open = network.links.filter { !network.closed.contains($0.id) || links.contains($0.id) }
    var reached: Set<String> = [origin]
    for _ in network.nodes {
      for link in open {
        if reached.contains(link.from) { reached.insert(link.to) }
        if !link.isOneWay, reached.contains(link.to) { reached.insert(link.from) }
      }
    }
    return reached.contains(destination)
  }

  private func subsets(of items: [String], count: Int) -> [[String]] {
    guard count > 0 else { return [[]] }
    return items.indices.flatMap { index in
      subsets(of: Array(items[(index + 1)...]), count: count - 1).map { [items[index]] + $0 }
    }
  }
}
