import Testing

@testable import TransportGraph

@Suite("The shape of a hierarchy")
struct HierarchyTopologyTests {
  @Test("an order names each node once and is the same every time", arguments: hierarchyNetworks)
  func orderIsPermutation(_ network: RandomNetwork) throws {
    let graph = try network.view().graph
    let order = try ContractionOrder(graph)
    #expect(order.nodes.map(\.index).sorted() == Array(graph.nodes.indices), "\(network)")
    #expect(try ContractionOrder(graph) == order, "\(network)")
  }

  @Test("arcs lead to ancestors, join what they should, and rows are closed under contraction")
  func arcs() throws {
    for network in hierarchyNetworks {
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
            let entry = topology.links[slot]
            #expect(topology.arcs(position).contains(Int(entry.arc)))
            let arc = graph.outgoing.codes[entry.link.slot].arc
            let ends = [graph.tail(of: arc), graph.head(of: arc)].map {
              Int(topology.positionOfNode[$0.index])
            }
            let upper = Int(topology.heads[Int(entry.arc)])
            #expect(ends == (entry.link.kind == .down ? [upper, position] : [position, upper]))
            #expect((entry.link.kind != .twoWay) == graph.links[arc.link.index].isOneWay)
            linkCount += 1
          }
        }
        #expect(linkCount == graph.links.count)
      }
    }
  }

  @Test("a closure is told to spread over its own arc and the shortcut above it, and no further")
  func spread() throws {
    // b goes first, so that a–c stands for the way over b, until that is closed.
    let view = try Sketch.view(["ab: a-b 1", "bc: b-c 1", "ac: a-c 5", "cd: c-d 1"])
    let graph = view.graph
    let nodes = try ["b", "d", "a", "c"].map { try #require(graph.node(id: $0)) }
    let hierarchy = try ContractionHierarchy(graph, order: ContractionOrder(nodes: nodes))
    let open = try HierarchyMetric(hierarchy, view: view)
    var closed = open
    closed.close([try #require(graph.link(id: "ab"))])
    let arcs = closed.arcs(differingFrom: open).map { arc in
      [arc.lower, arc.upper].map { graph.nodes[$0.index].id }.joined()
    }
    #expect(arcs.sorted() == ["ac", "ba"])
    #expect(open.arcs(differingFrom: open).isEmpty)
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

  @Test(
    "of ladders, whose corners alone are chains, the tree is no higher than what chains and METIS take",
    arguments: [(1, 500), (1, 4_000), (3, 1_000)])
  func ladder(_ count: Int, _ rungCount: Int) throws {
    var lines: [String] = []
    for ladder in 0..<count {
      for rung in 0..<rungCount {
        let (left, right) = ("l\(ladder)x\(rung)", "r\(ladder)x\(rung)")
        lines.append("\(left)\(right): \(left)-\(right) 1")
        guard rung + 1 < rungCount else { continue }
        for side in ["l", "r"] {
          let (here, next) = ("\(side)\(ladder)x\(rung)", "\(side)\(ladder)x\(rung + 1)")
          lines.append("\(here)\(next): \(here)-\(next) 1")
        }
      }
    }
    let graph = try Sketch.graph(lines)
    let hierarchy = try ContractionHierarchy(graph)
    #expect(hierarchy.height <= ChainContraction.maximumRounds + 64)
    #expect(hierarchy.arcCount < 3 * graph.links.count)
    let view = try GraphView(graph, profile: .time)
    let metric = try HierarchyMetric(hierarchy, view: view)
    let (start, end) = (NodeID(0), NodeID(graph.nodes.count / count - 1))
    #expect(metric.route(from: start, to: end) == view.route(from: start, to: end))
  }

  @Test("a hub with 100,000 leaves is contracted whole")
  func hub() throws {
    let count: UInt32 = 100_000
    // Each contraction of a leaf must not look through what is left of the hub's row.
    let hubFirst = UndirectedGraph(
      rows: [Array(1...count)] + Array(repeating: [0], count: Int(count)))
    let hubLast = UndirectedGraph(
      rows: Array(repeating: [count], count: Int(count)) + [Array((0..<count).reversed())])
    for graph in [hubFirst, hubLast] {
      let chains = ChainContraction(graph)
      #expect(chains.core.isEmpty)
      #expect(chains.contracted.sorted() == Array(0...count))
    }
  }

  @Test("contracting chains leaves the core that taking out vertices one by one does")
  func core() throws {
    for network in hierarchyNetworks {
      let graph = UndirectedGraph(try network.view().graph)
      let chains = ChainContraction(graph)
      // The obvious way: sets of neighbours.
      var rows = (0..<graph.vertexCount).map { Set(graph.row($0)) }
      for vertex in chains.contracted {
        let ends = rows[Int(vertex)]
        #expect(ends.count <= 2, "\(network)")
        for end in ends {
          rows[Int(end)].remove(vertex)
          rows[Int(end)].formUnion(ends.subtracting([end]))
        }
        rows[Int(vertex)] = []
      }
      for vertex in chains.core {
        #expect(Set(chains.row(vertex)) == rows[Int(vertex)], "\(network)")
        #expect(chains.row(vertex).count == rows[Int(vertex)].count && rows[Int(vertex)].count > 2)
      }
      #expect(chains.core.count + chains.contracted.count == graph.vertexCount)
    }
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
