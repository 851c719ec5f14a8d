import Testing

@testable import TransportGraph

@Suite("What must not matter, and what must only grow")
struct InvariantTests {
  @Test("the order of nodes and links changes no cost, route or use")
  func permutation() throws {
    for seed in 0..<80 {
      let network = RandomNetwork(seed: seed)
      var random = SeededGenerator(seed: seed + 1)
      var shuffled = network
      shuffled.nodes.shuffle(using: &random)
      shuffled.links.shuffle(using: &random)
      let a = try network.view()
      let b = try shuffled.view()
      for origin in network.nodes {
        for destination in network.nodes {
          let here = (try a.node(origin.id), try a.node(destination.id))
          let there = (try b.node(origin.id), try b.node(destination.id))
          let outcome = a.route(from: here.0, to: here.1)
          let other = b.route(from: there.0, to: there.1)
          #expect(outcome.route?.impedance == other.route?.impedance, "\(network)")
          #expect(a.linkIDs(outcome) == b.linkIDs(other), "\(network)")
          let use = shares(a, a.use(from: here.0, to: here.1))
          let otherUse = shares(b, b.use(from: there.0, to: there.1))
          #expect(Set(use.keys) == Set(otherUse.keys), "\(network)")
          for (link, share) in use {
            #expect(abs(share - (otherUse[link] ?? -1)) < 1e-12, "\(network)")
          }
          if case .unreachable(.closed(let links)) = outcome,
            case .unreachable(.closed(let otherLinks)) = other
          {
            #expect(
              links.map { a.graph.links[$0.index].id }
                == otherLinks.map { b.graph.links[$0.index].id }, "\(network)")
          }
        }
      }
    }
  }

  private func shares(_ view: GraphView, _ outcome: LinkUseOutcome) -> [String: Double] {
    Dictionary(
      uniqueKeysWithValues: (outcome.use?.entries ?? []).map {
        (view.graph.links[$0.arc.link.index].id, $0.share)
      })
  }

  @Test("splitting a link at a new node changes no cost and no use")
  func splitting() throws {
    for seed in 0..<80 {
      let network = RandomNetwork(seed: seed)
      guard let whole = network.links.first(where: { $0.kind == .way }) else { continue }
      var split = network
      split.nodes.append(Node(id: "middle", coordinate: network.nodes[0].coordinate))
      split.links.removeAll { $0.id == whole.id }
      for (suffix, from, to) in [("", whole.from, "middle"), ("-2", "middle", whole.to)] {
        split.links.append(
          Link(
            id: whole.id + suffix, from: from, to: to, mode: whole.mode,
            lengthMeters: whole.lengthMeters / 2, isOneWay: whole.isOneWay))
      }
      let a = try network.view()
      let b = try split.view()
      for origin in network.nodes {
        for destination in network.nodes {
          let use = a.use(from: try a.node(origin.id), to: try a.node(destination.id))
          let other = b.use(from: try b.node(origin.id), to: try b.node(destination.id))
          #expect(use.use?.impedance == other.use?.impedance, "\(network)")
          let after = shares(b, other)
          for (link, share) in shares(a, use) {
            #expect(abs(share - (after[link] ?? -1)) < 1e-12, "\(network)")
          }
        }
      }
    }
  }

  @Test("a closure, a delay or a slower link never lowers a cost, and the old view stays")
  func changesOnlyRaise() throws {
    for seed in 0..<80 {
      let network = RandomNetwork(seed: seed)
      let view = try network.view()
      let all = view.graph.nodes.indices.map { NodeID($0) }
      let before = all.map { view.impedances(from: $0) }
      let link = view.graph.links.indices.first.map { LinkID($0) }
      let changed = [
        view.closing(link.map { [$0] } ?? []),
        try view.adding(fixedSeconds: 50, to: link.map { [$0] } ?? []),
        try view.scalingMoving(by: 1.5, on: link.map { [$0] } ?? []),
      ]
      for other in changed {
        for origin in all {
          for (cost, base) in zip(other.impedances(from: origin), before[origin.index]) {
            #expect(cost ?? .max >= base ?? .max, "\(network)")
          }
        }
      }
      #expect(all.map { view.impedances(from: $0) } == before, "\(network)")
    }
  }

  @Test("a changed view equals one built with the change from the start")
  func viewsCompose() throws {
    for seed in 0..<80 {
      let network = RandomNetwork(seed: seed)
      let base = try network.view()
      guard let link = network.links.last, let id = base.graph.link(id: link.id) else { continue }
      let slowed = try base.scalingMoving(by: 2, on: [id])
        .adding(fixedSeconds: 30, to: [id, id])
      var longer = network
      longer.links[network.links.count - 1] = Link(
        id: link.id, from: link.from, to: link.to, mode: link.mode, kind: .transfer,
        lengthMeters: link.lengthMeters * 2, dwell: HoursRange(fixed: 60.0 / 3600),
        isOneWay: link.isOneWay)
      let rebuilt = try longer.view()
      for origin in base.graph.nodes.indices {
        #expect(
          slowed.impedances(from: NodeID(origin)) == rebuilt.impedances(from: NodeID(origin)),
          "\(network)")
      }
      #expect(slowed.totalImpedance == rebuilt.totalImpedance)
      #expect(Set(slowed.closedLinks) == Set(base.closedLinks))
    }
  }

  @Test("a delay on a closed link counts once it reopens in another view")
  func delayOnClosedLink() throws {
    let view = try Sketch.view(["a: A-B 1", "b: A-B 5"])
    let link = try view.link("a")
    let closed = try view.closing([link]).adding(fixedSeconds: 60, to: [link])
    #expect(closed.isClosed(link))
    #expect(closed.impedance(of: link) == 160_000)
    #expect(try closed.links("A", "B") == ["b"])
  }

  @Test("a profile that measures distance counts millimetres and ignores delays")
  func distance() throws {
    // A ── 10 km, delayed ── B, or 11 km without delay.
    let graph = try Sketch.graph(["short: A-B 10", "long: A-B 11"])
    let view = try GraphView(graph, profile: .distance)
      .adding(fixedSeconds: 36_000, to: [LinkID(0)])
    let route = try #require(view.route(from: view.node("A"), to: view.node("B")).route)
    #expect(route.impedance == 10_000_000)
    #expect(abs(route.travelTimeSeconds - (36_000 + 10_000 / (70 / 3.6))) < 1e-9)
  }

  @Test("a link of no length and no dwell costs one unit, so that shortest routes have no cycle")
  func zeroLength() throws {
    // A ─0─ B ─0─ C
    let view = try Sketch.view(["a: A-B 0", "b: B-C 0", "c: B-C 0"])
    let use = try #require(view.use(from: view.node("A"), to: view.node("C")).use)
    #expect(use.impedance == 2)
    #expect(use.entries.map(\.share) == [1, 0.5, 0.5])
  }
}
