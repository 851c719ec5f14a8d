import Geography
import Testing

@testable import TransportGraph

/// Seeds of networks small enough to compare every pair, and of some with a core that METIS divides.
private let networks: [RandomNetwork] =
  (0..<60).map { RandomNetwork(seed: $0) }
  + (60..<90).map { RandomNetwork(seed: $0, maximumNodes: 40, maximumLinks: 120) }
  + (90..<94).map { RandomNetwork(seed: $0, maximumNodes: 400, maximumLinks: 1_500) }

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
    let cores = try networks.map { network in
      ChainContraction(UndirectedGraph(try network.view().graph)).core.count
    }
    #expect(cores.filter { $0 > NestedDissection.maximumTinyCount }.count >= 2)
    #expect(cores.filter { (1...NestedDissection.maximumTinyCount).contains($0) }.count >= 10)
  }

  @Test("distance, one-to-many and one-to-all are those of Dijkstra", arguments: networks)
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

  @Test("routes and link use are those of the view, link by link", arguments: networks)
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

  @Test("any order gives the same answers", arguments: networks.prefix(90))
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

  @Test("any number of threads computes the same costs, bit by bit", arguments: networks)
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

@Suite("The shape of a hierarchy")
struct HierarchyTopologyTests {
  @Test("an order names each node once and is the same every time", arguments: networks)
  func orderIsPermutation(_ network: RandomNetwork) throws {
    let graph = try network.view().graph
    let order = try ContractionOrder(graph)
    #expect(order.nodes.map(\.index).sorted() == Array(graph.nodes.indices), "\(network)")
    #expect(try ContractionOrder(graph) == order, "\(network)")
  }

  @Test("arcs lead to ancestors, join what they should, and rows are closed under contraction")
  func arcs() throws {
    for network in networks {
      let graph = try network.view().graph
      for order in [
        try ContractionOrder(graph), ContractionOrder(nodes: graph.nodes.indices.map(NodeID.init)),
      ] {
        let topology = try ContractionHierarchy(graph, order: order).topology
        var linkCount = 0
        for position in 0..<topology.nodeCount {
          let heads = topology.arcs(position).map { Int(topology.heads[$0]) }
          #expect(heads == heads.sorted() && heads.allSatisfy { $0 < position })
          let parent = Int(topology.rows[position].parent)
          // The last head is the lowest, and contracting joins it to all the others.
          #expect(parent == heads.last ?? position)
          let above = topology.arcs(parent).map { Int(topology.heads[$0]) }
          #expect(Set(heads.dropLast()).isSubset(of: above))
          for slot in topology.lowerSlots(position) {
            let below = topology.lower[slot]
            #expect(topology.arcs(Int(below.tail)).contains(Int(below.arc)))
            #expect(Int(topology.heads[Int(below.arc)]) == position)
          }
          for slot in topology.linkSlots(position) {
            #expect(topology.arcs(position).contains(Int(topology.links[slot].arc)))
            linkCount += 1
          }
        }
        #expect(linkCount == graph.links.count)
      }
    }
  }

  @Test("a chain of 1,000 nodes has a tree of logarithmic height and one arc a shortcut")
  func chain() throws {
    let graph = try Sketch.graph((0..<999).map { "l\($0): n\($0)-n\($0 + 1) 1" })
    let hierarchy = try ContractionHierarchy(graph)
    #expect(hierarchy.height <= 20)
    #expect(hierarchy.arcCount < 2 * 1_000)
    // Along the chain it would be as high as the chain is long.
    let along = ContractionOrder(nodes: graph.nodes.indices.map(NodeID.init))
    #expect(try ContractionHierarchy(graph, order: along).height == 1_000)
  }

  @Test("nested dissection needs fewer arcs on a grid than rows one after another")
  func grid() throws {
    let side = 30
    var links: [String] = []
    for row in 0..<side {
      for column in 0..<side {
        let here = "n\(row * side + column)"
        if column + 1 < side {
          links.append("e\(links.count): \(here)-n\(row * side + column + 1) 1")
        }
        if row + 1 < side {
          links.append("e\(links.count): \(here)-n\((row + 1) * side + column) 1")
        }
      }
    }
    let graph = try Sketch.graph(links)
    let divided = try ContractionHierarchy(graph)
    let rows = (0..<graph.nodes.count).compactMap { graph.node(id: "n\($0)") }
    let byRow = try ContractionHierarchy(graph, order: ContractionOrder(nodes: rows))
    #expect(2 * divided.arcCount < byRow.arcCount)
    #expect(4 * divided.height < byRow.height)
  }
}

@Suite("The edges of what a hierarchy accepts")
struct HierarchyBoundaryTests {
  @Test("a graph without nodes, one node, and nodes without links")
  func degenerate() throws {
    let empty = try Sketch.view([])
    let none = try HierarchyMetric(ContractionHierarchy(empty.graph), view: empty)
    #expect(none.hierarchy.arcCount == 0 && none.hierarchy.height == 0)

    let view = try Sketch.view([], isolated: ["A", "B"])
    var metric = try HierarchyMetric(ContractionHierarchy(view.graph), view: view)
    let (a, b) = (try view.node("A"), try view.node("B"))
    #expect(metric.impedance(from: a, to: a) == 0)
    #expect(metric.impedance(from: a, to: b) == nil)
    #expect(metric.route(from: a, to: a) == view.route(from: a, to: a))
    #expect(metric.route(from: a, to: b) == view.route(from: a, to: b))
    #expect(metric.impedances(from: b)[a] == nil)
    #expect(metric.impedances(from: b)[b] == 0)
    #expect(metric.impedances(from: a, to: []).isEmpty)
    try metric.update(to: view, changed: [])
    #expect(metric.impedance(from: b, to: b) == 0)
  }

  @Test("a pair that closures cut apart gets the reason that the view gives")
  func reasons() throws {
    let view = try Sketch.view(["ab: A-B 1", "bc: B>C 1", "de: D-E 1"])
    let closed = view.closing([try view.link("ab")])
    let metric = try HierarchyMetric(ContractionHierarchy(view.graph), view: closed)
    let (a, c, d) = (try view.node("A"), try view.node("C"), try view.node("D"))
    #expect(
      metric.route(from: a, to: c) == .unreachable(.closed(links: [try view.link("ab")])))
    #expect(metric.route(from: c, to: a) == .unreachable(.oneWay))
    #expect(metric.route(from: a, to: d) == closed.route(from: a, to: d))
    #expect(metric.impedance(from: a, to: c) == nil)
  }

  @Test("an order that is none of this graph is refused")
  func badOrders() throws {
    let graph = try Sketch.graph(["ab: A-B 1", "bc: B-C 1"])
    func make(_ indices: [Int]) throws {
      _ = try ContractionHierarchy(
        graph, order: ContractionOrder(nodes: indices.map { NodeID($0) }))
    }
    #expect(throws: HierarchyError.orderOfAnotherGraph(count: 2, nodeCount: 3)) {
      try make([0, 1])
    }
    #expect(throws: HierarchyError.unknownNode(index: 3)) { try make([0, 1, 3]) }
    #expect(throws: HierarchyError.unknownNode(index: -1)) { try make([0, -1, 2]) }
    #expect(throws: HierarchyError.repeatedNode(index: 1)) { try make([0, 1, 1]) }
  }

  @Test("impedances whose sums would not be exact are refused, and the metric stays as it was")
  func overflow() throws {
    let view = try Sketch.view((0..<4_600).map { "l\($0): A-B 1" })
    let links = view.graph.links.indices.map(LinkID.init)
    let slow = try view.adding(fixedSeconds: 1e9, to: links)
    let hierarchy = try ContractionHierarchy(view.graph)
    #expect(throws: HierarchyError.impedanceOverflow) {
      try HierarchyMetric(hierarchy, view: slow)
    }
    var metric = try HierarchyMetric(hierarchy, view: view)
    #expect(throws: HierarchyError.impedanceOverflow) {
      try metric.update(to: slow, changed: links)
    }
    let (a, b) = (try view.node("A"), try view.node("B"))
    #expect(metric.impedance(from: a, to: b) == view.route(from: a, to: b).route?.impedance)
    // Just below the limit, sums are still exact.
    let nearly = try view.adding(fixedSeconds: 9e8, to: links)
    try metric.update(to: nearly, changed: links)
    #expect(metric.impedance(from: a, to: b) == nearly.route(from: a, to: b).route?.impedance)
  }
}
