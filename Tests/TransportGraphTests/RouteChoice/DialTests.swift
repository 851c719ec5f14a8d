import Foundation
import Geography
import Testing

@testable import TransportGraph

@Suite("Dial's STOCH")
struct DialTests {
  @Test(
    "the worked example's paths and links have the known probabilities", arguments: DialExample.all)
  func workedExample(_ example: DialExample) throws {
    let graph = try TransportGraph(
      nodes: (1...9).map {
        Node(id: "\($0)", coordinate: Coordinate(longitude: Double($0), latitude: 0))
      },
      links: DialExample.links.map { from, to, hours in
        Link(
          id: "\(from)-\(to)", from: "\(from)", to: "\(to)", mode: .road,
          lengthMeters: hours * 36_000)
      })
    let view = try GraphView(graph, profile: Sketch.profile)
    let use = try view.use("1", "9", by: .stoch(example.model))
    var flows: [String: Double] = [:]
    for entry in use.entries { flows[view.name(of: entry.arc)] = 1000 * entry.share }
    #expect(flows.count == example.flows.count)
    for (from, to, flow) in example.flows {
      #expect(abs((flows["\(from)-\(to)"] ?? .nan) - flow) < 1e-8, "\(from)-\(to)")
    }
    // From each node on, travellers choose among its links whatever came before.
    for (nodes, probability) in example.paths {
      var product = 1.0
      for (from, to) in zip(nodes, nodes.dropFirst()) {
        let leaving = flows.filter { $0.key.hasPrefix("\(from)-") }.values.reduce(0, +)
        product *= (flows["\(from)-\(to)"] ?? .nan) / leaving
      }
      #expect(abs(product - probability) < 1e-9, "\(nodes)")
    }
  }

  @Test(
    "shares are those of a logit over all efficient routes, listed", arguments: 0..<150,
    DialLogit.Passes.allCases)
  func listed(seed: Int, passes: DialLogit.Passes) throws {
    let network = RandomNetwork(seed: seed, maximumNodes: 7, maximumLinks: 18)
    let view = try network.view()
    let metric = try HierarchyMetric(ContractionHierarchy(view.graph), view: view)
    let oracle = Oracle(view)
    var random = SeededGenerator(seed: seed + 5_000)
    let avoided = Set(
      network.links.map(\.id).filter { _ in Int.random(in: 0..<4, using: &random) == 0 })
    let model = DialLogit(theta: [0, 0.5, 3][seed % 3], passes: passes)
    let nodes = view.graph.nodes.indices.map { NodeID($0) }
    let pairs = nodes.flatMap { a in nodes.map { NodePair(from: a, to: $0) } }
    let uses = try metric.uses(of: pairs, by: .stoch(model), threads: 2).outcomes
    for (pair, outcome) in zip(pairs, uses) {
      let routes = oracle.efficientRoutes(
        from: view.graph.nodes[pair.origin.index].id,
        to: view.graph.nodes[pair.destination.index].id, passes)
      guard let use = outcome.use else {
        #expect(routes.isEmpty, "\(network)")
        continue
      }
      let terms = routes.map { exp(-model.theta * $0.reduce(0) { $0 + view.hours($1.link) }) }
      let sum = terms.reduce(0, +)
      var expected: [String: Double] = [:]
      var clear = 0.0
      for (route, term) in zip(routes, terms) {
        for arc in route { expected["\(arc.link) \(arc.tail)", default: 0] += term / sum }
        if !route.contains(where: { avoided.contains($0.link) }) { clear += term / sum }
      }
      #expect(use.entries.count == expected.count, "\(network)")
      for entry in use.entries {
        let link = view.graph.links[entry.arc.link.index].id
        let tail = view.graph.nodes[view.graph.tail(of: entry.arc).index].id
        #expect(
          abs(entry.share - (expected["\(link) \(tail)"] ?? .nan)) < 1e-9,
          "\(link): \(entry.share), \(network)")
      }
      let probability = use.probability { avoided.contains(view.graph.links[$0.index].id) }
      #expect(abs(probability - clear) < 1e-9, "\(network)")
    }
  }

  @Test("more routes than a Double can count, and odds that it cannot hold, stay finite")
  func large() throws {
    // A row of 1,200 squares: 2^1200 routes at θ = 0, and odds of e^(−1200 θ) and less beside.
    var lines: [String] = []
    for square in 0..<1200 {
      lines.append("a\(square): \(square)-\(square)n 10")
      lines.append("b\(square): \(square)n-\(square + 1) 10")
      lines.append("c\(square): \(square)-\(square + 1) 21")
    }
    let view = try Sketch.view(lines)
    for theta in [0.0, 1, 1e6] {
      let use = try view.use("0", "1200", by: .stoch(DialLogit(theta: theta)))
      // 20 km, 2,000 s, against 21 km, 2,100 s.
      let short = 1 / (1 + exp(-theta * 100 / 3600))
      #expect(use.entries.allSatisfy { $0.share.isFinite })
      for entry in use.entries {
        let isShort = !view.name(of: entry.arc.link).hasPrefix("c")
        #expect(abs(entry.share - (isShort ? short : 1 - short)) < 1e-9)
      }
    }
  }
}

extension Oracle {
  /// All routes each of whose arcs leads away from the origin, and with double passes towards the
  /// destination, listed one by one.
  fileprivate func efficientRoutes(
    from origin: String, to destination: String, _ passes: DialLogit.Passes
  ) -> [[OpenArc]] {
    let ahead = costs(from: origin)
    let behind = Dictionary(
      uniqueKeysWithValues: nodes.compactMap { node in
        costs(from: node)[destination].map { (node, $0) }
      })
    var found: [[OpenArc]] = []
    func extend(_ route: [OpenArc], at node: String) {
      if node == destination { found.append(route) }
      for arc in arcs where arc.tail == node {
        guard let start = ahead[arc.tail], let end = ahead[arc.head], start < end else { continue }
        if passes == .double {
          guard let rest = behind[arc.head], let whole = behind[arc.tail], rest < whole else {
            continue
          }
        }
        if node != destination { extend(route + [arc], at: arc.head) }
      }
    }
    if ahead[destination] != nil { extend([], at: origin) }
    return found
  }
}
