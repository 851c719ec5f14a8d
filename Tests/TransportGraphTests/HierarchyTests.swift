import Geography
import Testing

@testable import TransportGraph

/// Networks small enough to compare every pair, and some with a core that METIS divides.
let hierarchyNetworks: [RandomNetwork] =
  (0..<60).map { RandomNetwork(seed: $0) }
  + (60..<90).map { RandomNetwork(seed: $0, maximumNodes: 40, maximumLinks: 120) }
  + (90..<94).map { RandomNetwork(seed: $0, maximumNodes: 400, maximumLinks: 1_500) }

extension RandomNetwork {
  /// The same network with every link open in both directions or in none.
  fileprivate var twoWay: RandomNetwork {
    var network = self
    network.links = links.map {
      Link(
        id: $0.id, from: $0.from, to: $0.to, mode: $0.mode, kind: $0.kind,
        lengthMeters: $0.lengthMeters)
    }
    return network
  }
}

extension GraphView {
  /// All nodes, or as many of a large network as a test has time for.
  fileprivate var someNodes: [NodeID] {
    let step = max(1, graph.nodes.count / 40)
    return stride(from: 0, to: graph.nodes.count, by: step).map { NodeID($0) }
  }

  /// An order without any thought: from the first node to the last, or shuffled.
  fileprivate func order(seed: Int?) -> ContractionOrder {
    var nodes = graph.nodes.indices.map { NodeID($0) }
    if let seed {
      var random = SeededGenerator(seed: seed)
      nodes.shuffle(using: &random)
    }
    return ContractionOrder(nodes: nodes)
  }
}

@Suite("Contraction hierarchy against Dijkstra")
struct HierarchyQueryTests {
  @Test("some of the networks have a core large enough for METIS")
  func coresAreLarge() throws {
    let cores = try hierarchyNetworks.map { network in
      ChainContraction(UndirectedGraph(try network.view().graph)).core.count
    }
    #expect(cores.filter { $0 > NestedDissection.maximumTinyCount }.count >= 2)
    #expect(cores.filter { (1...NestedDissection.maximumTinyCount).contains($0) }.count >= 10)
  }

  @Test("distance, one-to-many and one-to-all are those of Dijkstra", arguments: hierarchyNetworks)
  func impedances(_ network: RandomNetwork) throws {
    let view = try network.view()
    let metric = try HierarchyMetric(ContractionHierarchy(view.graph), view: view)
    let all = view.graph.nodes.indices.map { NodeID($0) }
    var table = ImpedanceTable(metric.hierarchy)
    var many: [UInt64?] = []
    for origin in view.someNodes {
      let expected = view.impedances(from: origin)
      metric.impedances(from: origin, into: &table)
      metric.impedances(from: origin, to: all, into: &many)
      #expect(all.map { table[$0] } == expected, "\(network)")
      #expect(many == expected, "\(network)")
      #expect(
        all.map { metric.impedance(from: origin, to: $0) } == expected, "\(network)")
    }
  }

  @Test("a table of another hierarchy, larger, smaller or of another order, is made anew")
  func tableOfAnotherHierarchy() throws {
    let views = try hierarchyNetworks.prefix(6).map { try $0.view() }
    var metrics: [HierarchyMetric] = []
    for view in views {
      let nodes = view.graph.nodes.indices.map { NodeID($0) }
      for order in [try ContractionOrder(view.graph), ContractionOrder(nodes: nodes)] {
        metrics.append(
          try HierarchyMetric(ContractionHierarchy(view.graph, order: order), view: view))
      }
    }
    for metric in metrics {
      let all = metric.view.graph.nodes.indices.map { NodeID($0) }
      let origin = all[all.count / 2]
      for other in metrics {
        var table = ImpedanceTable(other.hierarchy)
        metric.impedances(from: origin, into: &table)
        #expect(all.map { table[$0] } == metric.view.impedances(from: origin))
        table = ImpedanceTable(other.hierarchy)
        metric.impedances(to: origin, into: &table)
        #expect(
          all.map { table[$0] } == all.map { metric.impedance(from: $0, to: origin) })
      }
    }
  }

  @Test("routes and link use are those of the view, link by link", arguments: hierarchyNetworks)
  func routes(_ network: RandomNetwork) throws {
    let view = try network.view()
    let metric = try HierarchyMetric(ContractionHierarchy(view.graph), view: view)
    let nodes = view.someNodes
    for origin in nodes {
      let expected = view.routes(from: origin, to: nodes)
      #expect(metric.routes(from: origin, to: nodes) == expected, "\(network)")
      for (destination, outcome) in zip(nodes, expected) {
        #expect(metric.route(from: origin, to: destination) == outcome, "\(network)")
        let use = metric.use(from: origin, to: destination).use
        let other = view.use(from: origin, to: destination).use
        #expect(use?.entries == other?.entries, "\(network)")
        #expect(use?.impedance == other?.impedance, "\(network)")
      }
    }
  }

  @Test("any order gives the same answers", arguments: hierarchyNetworks.prefix(90))
  func orders(_ network: RandomNetwork) throws {
    let view = try network.view()
    for seed in [nil, 1, 2] {
      let hierarchy = try ContractionHierarchy(view.graph, order: view.order(seed: seed))
      let metric = try HierarchyMetric(hierarchy, view: view)
      for origin in view.someNodes {
        let table = metric.impedances(from: origin)
        let found = view.graph.nodes.indices.map { table[NodeID($0)] }
        #expect(found == view.impedances(from: origin), "\(network)")
      }
    }
  }

  @Test("any number of threads computes the same costs, bit by bit", arguments: hierarchyNetworks)
  func threads(_ network: RandomNetwork) throws {
    let view = try network.view()
    let hierarchy = try ContractionHierarchy(view.graph)
    let one = try HierarchyMetric(hierarchy, view: view, threads: 1)
    for threads in [0, 2, 3, 8] {
      let several = try HierarchyMetric(hierarchy, view: view, threads: threads)
      #expect(several.upward.map(\.bitPattern) == one.upward.map(\.bitPattern), "\(network)")
      #expect(several.downward.map(\.bitPattern) == one.downward.map(\.bitPattern), "\(network)")
    }
  }

  @Test("one array of costs serves both directions where no link is one-way")
  func symmetry() throws {
    for network in hierarchyNetworks {
      let view = try network.twoWay.view()
      let hierarchy = try ContractionHierarchy(view.graph)
      let metric = try HierarchyMetric(hierarchy, view: view)
      #expect(metric.byteCount == (hierarchy.arcCount + 1) * MemoryLayout<Double>.stride)
      #expect(metric.downward == metric.upward)
      for origin in view.someNodes {
        let table = metric.impedances(from: origin)
        let expected = view.impedances(from: origin)
        #expect(view.graph.nodes.indices.map { table[NodeID($0)] } == expected, "\(network)")
        #expect(
          view.graph.nodes.indices.map { metric.impedance(from: origin, to: NodeID($0)) }
            == expected, "\(network)")
      }
    }
  }

  @Test("many threads may ask one metric at once")
  func concurrentQueries() async throws {
    let view = try RandomNetwork(seed: 91, maximumNodes: 400, maximumLinks: 1_500).view()
    let metric = try HierarchyMetric(ContractionHierarchy(view.graph), view: view)
    let nodes = view.someNodes
    let answers = await withTaskGroup(of: (Int, [UInt64?]).self) { group in
      for (index, origin) in nodes.enumerated() {
        group.addTask {
          (index, nodes.map { metric.impedance(from: origin, to: $0) })
        }
      }
      return await group.reduce(into: [Int: [UInt64?]]()) { $0[$1.0] = $1.1 }
    }
    for (index, origin) in nodes.enumerated() {
      let costs = view.impedances(from: origin)
      #expect(answers[index] == nodes.map { costs[$0.index] })
    }
  }
}

@Suite("Partial customisation")
struct HierarchyUpdateTests {
  @Test("closing, reopening and delaying links one after another gives the metric of each view")
  func updates() throws {
    var changedArcs = 0
    // Every other network without one-way links, whose metrics keep costs in another way.
    let networks = hierarchyNetworks.map { $0.seed % 2 == 0 ? $0 : $0.twoWay }
    for network in networks where !network.links.isEmpty {
      var random = SeededGenerator(seed: network.seed)
      var view = try network.view()
      let open = try GraphView(view.graph, profile: Sketch.profile)
      let hierarchy = try ContractionHierarchy(view.graph)
      var metric = try HierarchyMetric(hierarchy, view: view)
      for step in 0..<12 {
        let links = (0..<Int.random(in: 1...3, using: &random)).map { _ in
          LinkID(Int.random(in: 0..<network.links.count, using: &random))
        }
        let next: GraphView
        var changed = links
        switch step % 4 {
        case 0: next = view.closing(links)
        case 1: next = try view.adding(fixedSeconds: 70, to: links)
        case 2: next = try view.scalingMoving(by: 1.5, on: links).closing(links.prefix(1))
        default:
          // Everything that was closed or delayed is taken back at once.
          changed = view.graph.links.indices.map(LinkID.init).filter {
            view.isClosed($0) || view.impedance(of: $0) != open.impedance(of: $0)
          }
          next = open
        }
        let before = metric
        try metric.update(to: next, changed: changed)
        let full = try HierarchyMetric(hierarchy, view: next, threads: 1)
        #expect(metric.upward == full.upward, "step \(step) of \(network)")
        #expect(metric.downward == full.downward, "step \(step) of \(network)")
        changedArcs += zip(before.upward, metric.upward).filter { $0 != $1 }.count
        view = next
      }
    }
    #expect(changedArcs > 1_000)
  }

  @Test("customising again in place gives the metric of the new view, for any number of threads")
  func inPlace() throws {
    let network = hierarchyNetworks[92]
    let view = try network.view()
    let hierarchy = try ContractionHierarchy(view.graph)
    var metric = try HierarchyMetric(hierarchy, view: view)
    let next = try view.adding(
      fixedSeconds: 60, to: view.graph.links.indices.filter { $0 % 7 == 0 }.map(LinkID.init))
    for threads in [1, 3] {
      try metric.update(to: next, threads: threads)
      let fresh = try HierarchyMetric(hierarchy, view: next, threads: 1)
      #expect(metric.upward == fresh.upward && metric.downward == fresh.downward, "\(network)")
      #expect(metric.view.times == next.times)
      try metric.update(to: view, threads: threads)
      #expect(metric.upward != fresh.upward)
    }
  }

  @Test("an updated copy answers as the new view, the original as the old one")
  func copies() throws {
    //   A --10-- B --10-- D        by C: 30
    //    \---- C ----/
    let view = try Sketch.view(["ab: A-B 10", "bd: B-D 10", "ac: A-C 15", "cd: C-D 15"])
    let metric = try HierarchyMetric(ContractionHierarchy(view.graph), view: view)
    let (a, d) = (try view.node("A"), try view.node("D"))
    let closed = view.closing([try view.link("ab")])
    var changed = metric
    try changed.update(to: closed, changed: [try view.link("ab")])
    #expect(view.linkIDs(changed.route(from: a, to: d)) == ["ac", "cd"])
    #expect(changed.impedance(from: a, to: d) == 3_000_000)
    #expect(view.linkIDs(metric.route(from: a, to: d)) == ["ab", "bd"])
    #expect(metric.impedance(from: a, to: d) == 2_000_000)
    try changed.update(to: view, changed: [try view.link("ab")])
    #expect(changed.impedance(from: a, to: d) == 2_000_000)
  }

  @Test("links that did not change do no harm, and no links change nothing")
  func unchangedLinks() throws {
    let view = try RandomNetwork(seed: 92, maximumNodes: 400, maximumLinks: 1_500).view()
    let metric = try HierarchyMetric(ContractionHierarchy(view.graph), view: view)
    var updated = metric
    try updated.update(to: view, changed: [])
    try updated.update(to: view, changed: view.graph.links.indices.map(LinkID.init))
    #expect(updated.upward == metric.upward)
    #expect(updated.downward == metric.downward)
  }
}
