import Testing

@testable import TransportGraph

@Suite("Many to many")
struct ManyToManyTests {
  /// Nodes in any order, some of them several times.
  private func pick(
    _ count: Int, of view: GraphView, _ random: inout SeededGenerator
  ) -> [NodeID] {
    (0..<count).map { _ in
      NodeID(Int.random(in: view.graph.nodes.indices, using: &random))
    }
  }

  private func expect(
    _ matrix: ImpedanceMatrix, is expected: [[UInt64?]], _ comment: Comment
  ) {
    #expect(matrix.originCount == expected.count, comment)
    for (row, costs) in expected.enumerated() {
      #expect((0..<matrix.destinationCount).map { matrix[row, $0] } == costs, comment)
    }
  }

  @Test(
    "every cell is what Dijkstra finds, for few and many on either side and any number of threads",
    arguments: hierarchyNetworks)
  func againstDijkstra(_ network: RandomNetwork) throws {
    let view = try network.view()
    let metric = try HierarchyMetric(ContractionHierarchy(view.graph), view: view)
    var random = SeededGenerator(seed: network.seed)
    for (rows, columns) in [(1, 30), (8, 8), (9, 9), (30, 3), (40, 50)] {
      let (origins, destinations) = (
        pick(rows, of: view, &random), pick(columns, of: view, &random)
      )
      let expected = origins.map { origin in
        let costs = view.impedances(from: origin)
        return destinations.map { costs[$0.index] }
      }
      for threads in [0, 1, 2, 5] {
        let matrix = metric.impedances(from: origins, to: destinations, threads: threads)
        #expect(matrix.destinationCount == columns)
        expect(matrix, is: expected, "\(network)")
      }
    }
  }

  @Test("more labels than fit at once are made one part after another")
  func severalTiles() throws {
    // Along a chain the tree is as high as the chain is long: 1,500 labels of 12 kB are 18 MB.
    let view = try Sketch.view((0..<1_499).map { "l\($0): n\($0)>n\($0 + 1) 1" })
    let nodes = view.graph.nodes.indices.map { NodeID($0) }
    let hierarchy = try ContractionHierarchy(view.graph, order: ContractionOrder(nodes: nodes))
    #expect(hierarchy.height * nodes.count * 8 > 1 << 24)
    let metric = try HierarchyMetric(hierarchy, view: view)
    let origins = stride(from: 0, to: 1_500, by: 100).map { NodeID($0) }
    let shuffled = stride(from: 0, to: 1_500 * 7, by: 7).map { NodeID($0 % 1_500) }
    let matrix = metric.impedances(from: origins, to: shuffled, threads: 2)
    for (row, origin) in origins.enumerated() {
      // A kilometre takes 100 s, and the links are one-way.
      #expect(
        shuffled.indices.allSatisfy { column in
          let steps = shuffled[column].index - origin.index
          return matrix[row, column] == (steps < 0 ? nil : UInt64(steps) * 100_000)
        })
    }
  }

  @Test("no origins, no destinations, nodes without links, and a closure")
  func edges() throws {
    let view = try Sketch.view(["ab: A-B 1", "bc: B-C 2"], isolated: ["D"])
    var metric = try HierarchyMetric(ContractionHierarchy(view.graph), view: view)
    let all = view.graph.nodes.indices.map { NodeID($0) }
    let none = metric.impedances(from: [], to: all)
    #expect(none.originCount == 0 && none.destinationCount == 4)
    #expect(metric.impedances(from: all, to: []).originCount == 4)
    let (a, c, d) = (try view.node("A"), try view.node("C"), try view.node("D"))
    // More than a few, so that labels are made.
    let nine = [a, c, d, a, c, d, a, c, d]
    let open = metric.impedances(from: nine, to: nine)
    #expect(open[0, 0] == 0 && open[0, 1] == 300_000 && open[7, 3] == 300_000)
    #expect(open[2, 2] == 0 && open[2, 0] == nil && open[3, 8] == nil)
    let closed = view.closing([try view.link("bc")])
    try metric.update(to: closed, changed: [try view.link("bc")])
    let after = metric.impedances(from: nine, to: nine)
    #expect(after[0, 1] == nil && after[0, 0] == 0 && after != open)
  }
}
