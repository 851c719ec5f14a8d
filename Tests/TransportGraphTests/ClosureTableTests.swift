import Testing

@testable import TransportGraph

extension GraphView {
  fileprivate func randomPairs(_ count: Int, seed: Int) -> [NodePair] {
    var random = SeededGenerator(seed: seed)
    let origins = (0..<max(1, count / 4)).map { _ in
      NodeID(Int.random(in: 0..<graph.nodes.count, using: &random))
    }
    return (0..<count).map { index in
      NodePair(
        from: origins[index % origins.count],
        to: NodeID(Int.random(in: 0..<graph.nodes.count, using: &random)))
    }
  }

  /// Dijkstra for each pair.
  fileprivate func slowImpedances(_ pairs: [NodePair]) -> [UInt64?] {
    var trees: [NodeID: [UInt64?]] = [:]
    return pairs.map { pair in
      let costs = trees[pair.origin] ?? impedances(from: pair.origin)
      trees[pair.origin] = costs
      return costs[pair.destination.index]
    }
  }
}

@Suite("N-1: pairs under each closure by itself")
struct ClosureTableTests {
  private func check(
    _ table: ClosureTable, _ view: GraphView, _ closures: [[LinkID]], _ note: String
  )
    -> Int
  {
    let base = view.slowImpedances(table.pairs)
    #expect(table.impedances == base, "\(note)")
    #expect(table.changes.count == closures.count)
    var changeCount = 0
    for (index, links) in closures.enumerated() {
      let expected = view.closing(links).slowImpedances(table.pairs)
      let changed = table.pairs.indices.filter { expected[$0] != base[$0] }
      #expect(table.changes[index].map(\.pair) == changed, "closure \(links) of \(note)")
      #expect(table.changes[index].map(\.impedance) == changed.map { expected[$0] }, "\(note)")
      #expect(
        table.pairs.indices.map { table.impedance(of: $0, under: index) } == expected, "\(note)")
      changeCount += changed.count
    }
    return changeCount
  }

  @Test("sets of links: the impedances of Dijkstra, and only what changes is told")
  func closures() throws {
    var changeCount = 0
    for network in hierarchyNetworks {
      let view = try network.view()
      var random = SeededGenerator(seed: network.seed)
      let metric = try HierarchyMetric(ContractionHierarchy(view.graph), view: view)
      let pairs = view.randomPairs(40, seed: network.seed)
      let closures: [[LinkID]] =
        [[]]
        + (0..<12).map { size in
          network.links.isEmpty
            ? []
            : (0...size / 2).map { _ in
              LinkID(Int.random(in: 0..<network.links.count, using: &random))
            }
        }
      let table = metric.closing(each: closures, for: pairs, threads: 1)
      changeCount += check(table, view, closures, "\(network)")
      for threads in [0, 3] {
        #expect(metric.closing(each: closures, for: pairs, threads: threads) == table)
      }
    }
    #expect(changeCount > 1_000)
  }

  @Test("each link by itself, with chains closed once: the impedances of Dijkstra")
  func links() throws {
    var changeCount = 0
    for network in hierarchyNetworks.prefix(90) {
      let view = try network.view()
      let metric = try HierarchyMetric(ContractionHierarchy(view.graph), view: view)
      let nodes = view.graph.nodes.indices.map { NodeID($0) }
      let pairs =
        nodes.count < 10
        ? nodes.flatMap { a in nodes.map { NodePair(from: a, to: $0) } }
        : view.randomPairs(60, seed: network.seed)
      let closures = view.graph.links.indices.map { [LinkID($0)] }
      let table = metric.closingEachLink(for: pairs, threads: 1)
      changeCount += check(table, view, closures, "\(network)")
      #expect(metric.closingEachLink(for: pairs, threads: 2) == table)
    }
    #expect(changeCount > 5_000)
  }

  @Test("a tie keeps the impedance; a chain's inner nodes tell its links apart")
  func sketch() throws {
    //   A ─ab─ B ─bc─ C          c1, c2 and a1, a2 are as short
    //    ╲a1─ M ─a2╱ ╲cd─ I ─id─ D
    let view = try Sketch.view([
      "ab: A-B 1", "bc: B-C 1", "a1: A-M 1", "a2: M-C 1", "ci: C-I 1", "id: I-D 1",
    ])
    let metric = try HierarchyMetric(ContractionHierarchy(view.graph), view: view)
    func pair(_ a: String, _ b: String) throws -> NodePair {
      NodePair(from: try view.node(a), to: try view.node(b))
    }
    let pairs = [try pair("A", "C"), try pair("A", "I"), try pair("A", "D"), try pair("A", "B")]
    let table = metric.closingEachLink(for: pairs)
    func changes(_ id: String) throws -> [ClosureTable.Change] {
      table.changes[try view.link(id).index]
    }
    typealias Change = ClosureTable.Change
    #expect(try changes("bc") == [])
    #expect(try changes("a1") == [])
    #expect(try changes("ab") == [Change(pair: 3, impedance: 300_000)])
    #expect(
      try changes("ci") == [Change(pair: 1, impedance: nil), Change(pair: 2, impedance: nil)])
    #expect(try changes("id") == [Change(pair: 2, impedance: nil)])
    #expect(table.impedances == [200_000, 300_000, 400_000, 100_000])
  }

  @Test("no pairs, no closures, no links")
  func empty() throws {
    let view = try Sketch.view([], isolated: ["A", "B"])
    let metric = try HierarchyMetric(ContractionHierarchy(view.graph), view: view)
    let pair = NodePair(from: try view.node("A"), to: try view.node("B"))
    #expect(metric.closingEachLink(for: [pair]).impedances == [nil])
    #expect(metric.closingEachLink(for: []).changes.isEmpty)
    #expect(metric.closing(each: [], for: [pair]).changes.isEmpty)
    #expect(metric.closing(each: [[]], for: []).changes == [[]])
  }
}

@Suite("Replacement paths against Dijkstra")
struct ReplacementTests {
  @Test("every link of every shortest route, with the reason where no way is left")
  func random() throws {
    var unreachable = 0
    var tied = 0
    for network in hierarchyNetworks.prefix(91) {
      for isOpen in [false, true] {
        let view =
          isOpen
          ? try GraphView(network.view().graph, profile: Sketch.profile) : try network.view()
        let original = try HierarchyMetric(ContractionHierarchy(view.graph), view: view)
        var metric = original
        for pair in view.randomPairs(12, seed: network.seed) {
          let (origin, destination) = (pair.origin, pair.destination)
          switch (
            metric.replacements(from: origin, to: destination),
            view.route(from: origin, to: destination)
          ) {
          case (.unreachable(let found), .unreachable(let expected)):
            #expect(found == expected, "\(network)")
          case (.paths(let paths), .route(let route)):
            #expect(paths.route == route)
            let arcs = paths.replacements.map(\.arc)
            #expect(Array(arcs.prefix(route.arcs.count)) == route.arcs)
            let used = view.use(from: origin, to: destination).use?.entries.map(\.arc) ?? []
            #expect(arcs.count == used.count && Set(arcs) == Set(used), "\(network)")
            tied += used.count - route.arcs.count
            for replacement in paths.replacements {
              let expected: ImpedanceOutcome =
                switch view.closing([replacement.arc.link]).route(from: origin, to: destination) {
                case .route(let route): .impedance(route.impedance)
                case .unreachable(let reason): .unreachable(reason)
                }
              if expected.impedance == nil { unreachable += 1 }
              #expect(replacement.outcome == expected, "\(network)")
            }
          default: Issue.record("one has a route, the other has none: \(network)")
          }
        }
        #expect(metric.upward == original.upward && metric.downward == original.downward)
        #expect(metric.view.closedLinks == view.closedLinks)
      }
    }
    #expect(unreachable > 200)
    #expect(tied > 200)
  }

  @Test("the route with a link closed is that of the closed view")
  func routes() throws {
    let view = try RandomNetwork(seed: 92, maximumNodes: 400, maximumLinks: 1_500).view()
    var metric = try HierarchyMetric(ContractionHierarchy(view.graph), view: view)
    for pair in view.randomPairs(8, seed: 4) {
      guard let route = metric.route(from: pair.origin, to: pair.destination).route else {
        continue
      }
      for arc in route.arcs {
        let found = metric.whileClosed([arc.link]) {
          $0.route(from: pair.origin, to: pair.destination)
        }
        #expect(
          found == view.closing([arc.link]).route(from: pair.origin, to: pair.destination))
      }
    }
  }
}
