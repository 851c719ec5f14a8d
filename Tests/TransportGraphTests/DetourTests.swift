import Testing

@testable import TransportGraph

extension RandomNetwork {
  /// The same with every link two-way.
  fileprivate var twoWay: RandomNetwork {
    var network = self
    network.links = links.map {
      Link(
        id: $0.id, from: $0.from, to: $0.to, mode: $0.mode, kind: $0.kind,
        lengthMeters: $0.lengthMeters)
    }
    return network
  }

  /// The same with two one-way links for each two-way one.
  fileprivate var split: RandomNetwork {
    var network = self
    network.links = twoWay.links.flatMap { link in
      [(link.id, link.from, link.to), (link.id + "r", link.to, link.from)].map {
        Link(
          id: $0.0, from: $0.1, to: $0.2, mode: link.mode, kind: link.kind,
          lengthMeters: link.lengthMeters, isOneWay: true)
      }
    }
    return network
  }
}

extension GraphView {
  /// Dijkstra with the link closed.
  fileprivate func slowDetour(_ arc: Arc) -> UInt64? {
    if isClosed(arc.link) || !arc.isForward && graph.links[arc.link.index].isOneWay { return nil }
    return closing([arc.link]).routeByDijkstra(from: graph.tail(of: arc), to: graph.head(of: arc))
      .route?.impedance
  }

  fileprivate var allArcs: [Arc] {
    graph.links.indices.flatMap {
      [Arc(link: LinkID($0), isForward: true), Arc(link: LinkID($0), isForward: false)]
    }
  }

  /// A rectangle of nodes, all steps equally long.
  static func grid(side: Int, extra: [String] = []) throws -> GraphView {
    var links = extra
    for row in 0..<side {
      for column in 0..<side {
        let here = row * side + column
        if column + 1 < side { links.append("e\(links.count): n\(here)-n\(here + 1) 1") }
        if row + 1 < side { links.append("e\(links.count): n\(here)-n\(here + side) 1") }
      }
    }
    return try Sketch.view(links)
  }
}

@Suite("The detour of every link")
struct DetourTests {
  private func check(_ view: GraphView, arcs: [Arc]? = nil, _ note: String) throws -> Int {
    let metric = try HierarchyMetric(ContractionHierarchy(view.graph), view: view)
    let table = metric.detours(threads: 1)
    var finite = 0
    for arc in arcs ?? view.allArcs {
      let expected = view.slowDetour(arc)
      #expect(table[arc] == expected, "\(view.graph.links[arc.link.index].id) of \(note)")
      finite += expected == nil ? 0 : 1
    }
    for threads in [0, 2, 5] { #expect(metric.detours(threads: threads) == table, "\(note)") }
    return finite
  }

  @Test("detours are those of Dijkstra with the link closed")
  func random() throws {
    var finite = 0
    for network in hierarchyNetworks {
      for variant in [network, network.twoWay, network.split] {
        let view = try variant.view()
        // All arcs of small networks, some of large ones.
        let step = max(1, view.graph.links.count / 40)
        let arcs = view.allArcs.enumerated().filter { $0.offset / 2 % step == 0 }.map(\.element)
        finite += try check(view, arcs: arcs, "\(variant)")
      }
    }
    #expect(finite > 5_000)
  }

  @Test("a network with every link one-way, dense enough for many detours")
  func oneWay() throws {
    var finite = 0
    for seed in 200..<230 {
      var network = RandomNetwork(seed: seed, maximumNodes: 30, maximumLinks: 150)
      network.links = network.links.map {
        Link(
          id: $0.id, from: $0.from, to: $0.to, mode: $0.mode, kind: $0.kind,
          lengthMeters: $0.lengthMeters, isOneWay: true)
      }
      finite += try check(network.view(), "\(network)")
    }
    #expect(finite > 500)
  }

  @Test("chains, rings, dead ends, bridges and parallel links")
  func shapes() throws {
    //      ╭─ r1 ─ R ─ r2 ─╮              p (5), q (7), from C to D only q1 (9)
    //   A ─┴──── B ───── C ╪══ D ── E     s: a ring at E that nothing else touches
    let view = try Sketch.view([
      "ab: A-B 1", "bc: B-C 2", "r1: A-R 3", "r2: R-C 4", "p: C-D 5", "q: D-C 7", "q1: C>D 9",
      "de: D-E 1", "s1: E-F 1", "s2: F-G 2", "s3: G-E 4", "x: X-Y 1", "y: Y>Z 1", "z: Z>X 1",
      "o1: O-P 1", "o2: P-Q 1", "o3: Q-O 2", "w: E-W 1",
    ])
    let finite = try check(view, "shapes")
    #expect(finite == 26)
    let table = try HierarchyMetric(ContractionHierarchy(view.graph), view: view).detours()
    func detour(_ id: String, isForward: Bool = true) throws -> UInt64? {
      table[Arc(link: try view.link(id), isForward: isForward)].map { $0 / 100_000 }
    }
    #expect(try detour("ab") == 9)
    #expect(try detour("r2", isForward: false) == 6)
    #expect(try detour("p") == 7)
    #expect(try detour("q1") == 5)
    #expect(try detour("q1", isForward: false) == nil)
    #expect(try detour("de") == nil)
    #expect(try detour("s3") == 3)
    #expect(try detour("x") == nil)
    #expect(try detour("x", isForward: false) == 2)
    #expect(try detour("o3") == 2)
    #expect(try detour("w") == nil)
  }

  @Test("around a long way, where local searches are given up and the hierarchy answers")
  func longWays() throws {
    // A link between opposite corners, which all the ways of the grid go around.
    let side = 50
    let corner = side * side - 1
    for extra in [["long: n0-n\(corner) 1"], ["long: n0>n\(corner) 1", "back: n\(corner)>n0 3"]] {
      let view = try GraphView.grid(side: side, extra: extra)
      let long = try view.link("long")
      let arcs = view.allArcs.filter { $0.link == long || $0.link.index % 400 == 7 }
      #expect(try check(view, arcs: arcs, "grid") > arcs.count - 2)
      let table = try HierarchyMetric(ContractionHierarchy(view.graph), view: view).detours()
      #expect(table[Arc(link: long, isForward: true)] == UInt64(2 * (side - 1)) * 100_000)
    }
  }

  @Test("impedances too large for the keys of a search are asked of the hierarchy")
  func largeImpedances() throws {
    // 2^40 ms and 24 bits of nodes and places would not fit 64 bits together.
    for isOneWay in [false, true] {
      let grid = try GraphView.grid(side: 24, extra: isOneWay ? ["o: n0>n25 1"] : [])
      let view = try grid.adding(
        fixedSeconds: 8e8, to: grid.graph.links.indices.map { LinkID($0) })
      let arcs = view.allArcs.filter { $0.link.index % 60 == 0 }
      #expect(try check(view, arcs: arcs, "large") > 10)
    }
  }

  @Test("parallels over bridges and between hubs, with ties, one-way and closed ones among them")
  func hubs() throws {
    var lines: [String] = []
    for leaf in 0..<12 {
      // One to four parallel links to each leaf of a star, of which equally short ones.
      for parallel in 0...leaf % 4 {
        let sign = (leaf + parallel) % 5 == 0 ? ">" : "-"
        lines.append("s\(leaf)\(parallel): H\(sign)L\(leaf) \(1 + (leaf * parallel) % 3)")
      }
      // K(2, n): as many ways from P to Q, pairs of them equally short.
      lines.append("p\(leaf): P-M\(leaf) \(1 + leaf / 2)")
      lines.append("q\(leaf): M\(leaf)-Q 2")
    }
    let view = try Sketch.view(lines)
    // Without the one-way links the search for symmetric costs answers.
    let twoWay = try Sketch.view(lines.map { $0.replacing(">", with: "-") })
    for view in [view, twoWay, try view.closing([view.link("s32"), view.link("q0")])] {
      #expect(try check(view, "hubs") > 50)
    }
  }

  @Test("the detours around hubs take time near linear in the links that meet there")
  func wideHubs() throws {
    // Were every pair of links at a hub compared, that would be 4 · 10^8 steps.
    let count = 20_000
    for lines in [
      (0..<count).map { "l\($0): H-L\($0) 1" },
      (0..<count / 2).flatMap {
        ["p\($0): P-M\($0) 1", "q\($0): M\($0)-Q \(1 + $0 % 9)"]
      },
    ] {
      let view = try Sketch.view(lines)
      let metric = try HierarchyMetric(ContractionHierarchy(view.graph), view: view)
      let clock = ContinuousClock()
      var table = DetourTable(costs: [])
      let duration = clock.measure { table = metric.detours(threads: 1) }
      #expect(duration < .seconds(10), "\(duration)")
      let arc = Arc(link: LinkID(0), isForward: true)
      // A leaf has none; P to M0 leads over Q: 1 + 1, then 1.
      #expect(table[arc] == (lines[0].hasPrefix("p") ? 300_000 : nil))
    }
  }

  @Test("a network without links has no detours")
  func empty() throws {
    for isolated in [[], ["A", "B"]] {
      let view = try Sketch.view([], isolated: isolated)
      let metric = try HierarchyMetric(ContractionHierarchy(view.graph), view: view)
      #expect(metric.detours() == DetourTable(costs: []))
    }
  }
}

@Suite("Chains")
struct ChainTests {
  @Test("every link is in one chain, and inner nodes have two links")
  func partition() throws {
    for network in hierarchyNetworks {
      let graph = try network.view().graph
      let chains = graph.chains
      #expect(
        chains.flatMap(\.links).sorted() == graph.links.indices.map { LinkID($0) }, "\(network)")
      let least = chains.compactMap { $0.links.min() }
      #expect(least == least.sorted())
      for chain in chains {
        #expect(chain.innerNodes.count == chain.links.count - 1)
        #expect(chain.innerNodes.allSatisfy { graph.links(at: $0).count == 2 }, "\(network)")
        var node = chain.start
        for (link, next) in zip(chain.links, chain.innerNodes + [chain.end]) {
          #expect(Set([graph.from(of: link), graph.to(of: link)]) == Set([node, next]))
          node = next
        }
        // Maximal: it could not go on at either end, unless it is a ring.
        if chain.start != chain.end {
          #expect(graph.links(at: chain.start).count != 2, "\(network)")
          #expect(graph.links(at: chain.end).count != 2, "\(network)")
        }
      }
    }
  }

  @Test("to a pair outside, the links of a chain are the same")
  func equivalence() throws {
    var longChains = 0
    for network in hierarchyNetworks.prefix(90) {
      let view = try network.view()
      for chain in view.graph.chains where chain.links.count > 1 {
        longChains += 1
        let outside = view.graph.nodes.indices.map { NodeID($0) }
          .filter { !chain.innerNodes.contains($0) }
        for origin in outside {
          let costs = chain.links.map { link in
            let closed = view.closing([link]).impedances(from: origin)
            return outside.map { closed[$0.index] }
          }
          #expect(costs.allSatisfy { $0 == costs[0] }, "\(network)")
        }
      }
    }
    #expect(longChains > 40)
  }
}
