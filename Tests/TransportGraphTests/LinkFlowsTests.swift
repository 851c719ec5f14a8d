import Testing

@testable import TransportGraph

@Suite("Flows from one origin to many destinations")
struct LinkFlowsTests {
  /// Destinations drawn with repetition, so that some are named twice and some are the origin.
  private struct Demand {
    var destinations: [NodeID] = []
    var masses: [Double] = []

    init(_ view: GraphView, seed: Int) {
      var random = SeededGenerator(seed: seed)
      for _ in 0..<min(30, 2 * view.graph.nodes.count) {
        destinations.append(NodeID(Int.random(in: 0..<view.graph.nodes.count, using: &random)))
        masses.append(Double.random(in: 0..<50, using: &random))
      }
    }
  }

  private static let networks = hierarchyNetworks.filter { !$0.links.isEmpty }

  @Test("use of links is that of a search for each destination, bit by bit", arguments: networks)
  func uses(_ network: RandomNetwork) throws {
    let view = try network.view()
    let metric = try HierarchyMetric(ContractionHierarchy(view.graph), view: view)
    let demand = Demand(view, seed: network.seed)
    let units = view.graph.links.indices.map { $0 % 3 }
    for origin in view.graph.nodes.indices.prefix(12).map(NodeID.init) {
      let found = metric.uses(from: origin, to: demand.destinations)
      for (destination, outcome) in zip(demand.destinations, found) {
        switch (outcome, view.use(from: origin, to: destination)) {
        case (.use(let use), .use(let expected)):
          #expect(use.entries == expected.entries, "\(network)")
          #expect(use.impedance == expected.impedance, "\(network)")
          #expect(use.expectedLengthMeters == expected.expectedLengthMeters, "\(network)")
          #expect(
            use.expectedTravelTimeSeconds == expected.expectedTravelTimeSeconds, "\(network)")
          for unit in 0..<3 {
            #expect(
              use.probability { units[$0.index] == unit }
                == expected.probability { units[$0.index] == unit }, "\(network)")
          }
        case (.unreachable(let reason), .unreachable(let expected)):
          #expect(reason == expected, "\(network)")
        default: Issue.record("only one finds a way: \(network)")
        }
      }
    }
  }

  @Test(
    "use for many pairs, and why some have none, is that of a search for each",
    arguments: networks)
  func pairs(_ network: RandomNetwork) throws {
    var random = SeededGenerator(seed: network.seed &+ 2_000)
    let open = try network.view()
    let hierarchy = try ContractionHierarchy(open.graph)
    let links = open.graph.links.indices.map(LinkID.init)
    // From everything open to a piece cut to bits, with links left out besides.
    for closedPercent in [0, 10, 30, 60] {
      let view =
        open
        .excluding(links.filter { _ in Int.random(in: 0..<100, using: &random) < 5 })
        .closing(links.filter { _ in Int.random(in: 0..<100, using: &random) < closedPercent })
      let metric = try HierarchyMetric(hierarchy, view: view)
      let nodes = view.graph.nodes.indices
      let pairs = (0..<60).map { _ in
        NodePair(
          from: NodeID(Int.random(in: nodes, using: &random)),
          to: NodeID(Int.random(in: nodes, using: &random)))
      }
      var isTold = [Bool](repeating: false, count: pairs.count)
      metric.forEachUse(of: pairs) { index, outcome in
        #expect(!isTold[index], "\(network)")
        isTold[index] = true
        let pair = pairs[index]
        switch (outcome, view.use(from: pair.origin, to: pair.destination)) {
        case (.use(let use), .use(let expected)):
          #expect(use.entries == expected.entries, "\(network)")
          #expect(use.impedance == expected.impedance, "\(network)")
        case (.unreachable(let reason), .unreachable(let expected)):
          #expect(reason == expected, "\(network), \(closedPercent) %")
        default: Issue.record("only one finds a way: \(network)")
        }
      }
      #expect(!isTold.contains(false), "\(network)")
    }
  }

  @Test("closed links that are too dear for a price on each are explained by searches")
  func dearClosures() throws {
    // 19 years on each of two links: no arc can hold a price above both.
    let view = try Sketch.view(["a: A-B 1", "b: B-C 1", "c: C-D 1", "d: D-E 1"])
    let slow = try view.adding(fixedSeconds: 6e8, to: [view.link("a"), view.link("d")])
    let closed = slow.closing([try view.link("b")])
    #expect(closed.pricingClosures() == nil)
    let metric = try HierarchyMetric(ContractionHierarchy(view.graph), view: closed)
    let pairs = try ["A", "B"].flatMap { from in
      try ["C", "D", "E"].map { try NodePair(from: view.node(from), to: view.node($0)) }
    }
    let back = pairs.map { NodePair(from: $0.destination, to: $0.origin) }
    var reasons = 0
    metric.forEachUse(of: pairs + back) { _, outcome in
      if case .unreachable(let reason) = outcome,
        reason == .closed(links: [LinkID(1)])
      {
        reasons += 1
      }
    }
    #expect(reasons == pairs.count * 2)
  }

  @Test(
    "flows are the sum of mass × share over the pairs, and what is lost is told",
    arguments: networks)
  func sums(_ network: RandomNetwork) throws {
    let view = try network.view()
    let metric = try HierarchyMetric(ContractionHierarchy(view.graph), view: view)
    let demand = Demand(view, seed: network.seed &+ 1_000)
    for origin in view.graph.nodes.indices.prefix(12).map(NodeID.init) {
      var expected: [Arc: Double] = [:]
      var lost: [LinkFlows.Lost] = []
      for (index, destination) in demand.destinations.enumerated() {
        switch view.use(from: origin, to: destination) {
        case .use(let use):
          for entry in use.entries {
            expected[entry.arc, default: 0] += demand.masses[index] * entry.share
          }
        case .unreachable(let reason):
          lost.append(.init(index: index, mass: demand.masses[index], reason: reason))
        }
      }
      let flows = metric.flows(
        from: origin, to: demand.destinations, masses: demand.masses)
      #expect(flows.lost == lost, "\(network)")
      #expect(flows.entries.map(\.arc.link) == expected.keys.map(\.link).sorted(), "\(network)")
      for entry in flows.entries {
        let mass = try #require(expected[entry.arc], "\(network)")
        #expect(abs(entry.mass - mass) <= 1e-12 * max(1, mass), "\(network)")
      }
      let again = metric.flows(from: origin, to: demand.destinations, masses: demand.masses)
      #expect(again.entries == flows.entries, "\(network)")
    }
  }

  @Test("the networks have ties, parallel links in use, and pairs without a way")
  func coverage() throws {
    var (ties, parallel, lost) = (0, 0, 0)
    for network in Self.networks {
      let view = try network.view()
      let metric = try HierarchyMetric(ContractionHierarchy(view.graph), view: view)
      let nodes = view.graph.nodes.indices.map(NodeID.init)
      let flows = metric.flows(
        from: NodeID(0), to: nodes, masses: nodes.map { _ in 1 })
      lost += flows.lost.count
      let heads = flows.entries.map { view.graph.head(of: $0.arc) }
      ties += heads.count - Set(heads).count
      let ends = flows.entries.map { [view.graph.tail(of: $0.arc), view.graph.head(of: $0.arc)] }
      parallel += ends.count - Set(ends).count
    }
    #expect(ties > 100)
    #expect(parallel > 10)
    #expect(lost > 100)
  }

  @Test("two masses to one node, one to the origin and none at all")
  func edges() throws {
    let view = try Sketch.view(["a: A-B 1", "b: B-C 1", "c: A-C 2"])
    let metric = try HierarchyMetric(ContractionHierarchy(view.graph), view: view)
    let (origin, end) = (try view.node("A"), try view.node("C"))
    let flows = metric.flows(from: origin, to: [end, origin, end], masses: [3, 100, 5])
    #expect(flows.entries.map(\.mass) == [4, 4, 4])
    #expect(flows.lost.isEmpty)
    #expect(metric.flows(from: origin, to: [], masses: []).entries.isEmpty)
  }
}
