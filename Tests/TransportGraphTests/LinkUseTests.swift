import Foundation
import Testing

@testable import TransportGraph

@Suite("Link use with ties shared equally")
struct LinkUseTests {
  @Test("shares equal the count over all shortest routes, listed")
  func matchesEnumeration() throws {
    for seed in 0..<250 { try matchesEnumeration(seed: seed) }
  }

  private func matchesEnumeration(seed: Int) throws {
    let network = RandomNetwork(seed: seed, maximumNodes: 8, maximumLinks: 20)
    let view = try network.view()
    let oracle = Oracle(view)
    var random = SeededGenerator(seed: seed + 10_000)
    let avoided = Set(
      network.links.map(\.id).filter { _ in Int.random(in: 0..<4, using: &random) == 0 })
    let all = view.graph.nodes.indices.map { NodeID($0) }
    for origin in all {
      let many = view.uses(from: origin, to: all)
      for destination in all {
        let routes = oracle.shortestRoutes(
          from: view.graph.nodes[origin.index].id, to: view.graph.nodes[destination.index].id)
        guard let use = view.use(from: origin, to: destination).use else {
          #expect(routes.isEmpty && many[destination.index].use == nil, "\(network)")
          continue
        }
        let share = 1 / Double(routes.count)
        var expected: [String: Double] = [:]
        for link in routes.joined() { expected[link.link, default: 0] += share }
        #expect(use.entries.count == expected.count, "\(network)")
        for entry in use.entries {
          let id = view.graph.links[entry.arc.link.index].id
          #expect(abs(entry.share - (expected[id] ?? -1)) < 1e-12, "\(network)")
        }
        #expect(use.entries == many[destination.index].use?.entries, "\(network)")
        #expect(use.entries.map(\.arc.link) == use.entries.map(\.arc.link).sorted())

        let clear = routes.filter { !$0.contains { avoided.contains($0.link) } }
        let probability = use.probability { avoided.contains(view.graph.links[$0.index].id) }
        #expect(abs(probability - Double(clear.count) * share) < 1e-12, "\(network)")

        let meters = routes.joined().reduce(0.0) { sum, arc in
          sum + share * (network.links.first { $0.id == arc.link }?.lengthMeters ?? .nan)
        }
        #expect(abs(use.expectedLengthMeters - meters) <= 1e-9 * max(1, meters), "\(network)")
        expectBalance(use, in: view, network)
      }
    }
  }

  /// What flows into a node flows out, but for the origin and the destination.
  private func expectBalance(_ use: LinkUse, in view: GraphView, _ network: RandomNetwork) {
    var balance = [Double](repeating: 0, count: view.graph.nodes.count)
    for entry in use.entries {
      balance[view.graph.tail(of: entry.arc).index] -= entry.share
      balance[view.graph.head(of: entry.arc).index] += entry.share
    }
    balance[use.origin.index] += 1
    balance[use.destination.index] -= 1
    #expect(balance.allSatisfy { abs($0) < 1e-12 }, "\(network)")
  }

  @Test("a tie is shared by the number of routes, not by the number of branches at each node")
  func sharesByRoutes() throws {
    //      ┌─ b ─ B ─ c ─┐
    //  A ──┤             D      A to D: over B two parallel links make two routes, over C one.
    //      └─ e ─ C ─ f ─┘
    let view = try Sketch.view(["b: A-B 1", "c1: B-D 1", "c2: B-D 1", "e: A-C 1", "f: C-D 1"])
    let use = try #require(view.use(from: view.node("A"), to: view.node("D")).use)
    let shares = Dictionary(
      uniqueKeysWithValues: use.entries.map { (view.graph.links[$0.arc.link.index].id, $0.share) })
    for (link, share) in ["b": 2.0 / 3, "c1": 1.0 / 3, "c2": 1.0 / 3, "e": 1.0 / 3, "f": 1.0 / 3] {
      #expect(abs((shares[link] ?? 0) - share) < 1e-15)
    }
    // Entering B or C is certain, although neither is.
    let both = Set(try ["b", "e"].map { try view.link($0) })
    #expect(use.probability { both.contains($0) } == 0)
  }

  @Test("2 to the power of 1,100 shortest routes do not overflow")
  func countsBeyondDouble() throws {
    //      t0      t1
    //    ╱    ╲  ╱    ╲
    //  n0      n1      n2 …   a chain of diamonds, two ways around each
    //    ╲    ╱  ╲    ╱
    //      u0      u1
    let diamonds = 1100
    var lines: [String] = []
    for index in 0..<diamonds {
      for side in ["t", "u"] {
        lines.append("\(side)a\(index): n\(index)-\(side)\(index) 1")
        lines.append("\(side)b\(index): \(side)\(index)-n\(index + 1) 1")
      }
    }
    let view = try Sketch.view(lines)
    let use = try #require(view.use(from: view.node("n0"), to: view.node("n\(diamonds)")).use)
    #expect(use.entries.count == diamonds * 4)
    #expect(use.entries.allSatisfy { $0.share == 0.5 })
    let firstTop = try view.link("ta0")
    let lastTop = try view.link("ta\(diamonds - 1)")
    #expect(use.probability { $0 == firstTop || $0 == lastTop } == 0.25)
    #expect(use.expectedLengthMeters == Double(diamonds) * 2000)
  }

  @Test("shares on a grid are ratios of binomial coefficients")
  func gridShares() throws {
    //  (0,0) ─ (1,0) ─ … ─ (k,0)
    //    │       │           │      all links 1 km: every staircase is a shortest route
    //  (0,1) ─ (1,1) ─ … ─ (k,1)
    let side = 40
    var lines: [String] = []
    for y in 0...side {
      for x in 0...side {
        if x < side { lines.append("h\(x),\(y): \(x),\(y)-\(x + 1),\(y) 1") }
        if y < side { lines.append("v\(x),\(y): \(x),\(y)-\(x),\(y + 1) 1") }
      }
    }
    let view = try Sketch.view(lines)
    let use = try #require(view.use(from: view.node("0,0"), to: view.node("\(side),\(side)")).use)
    func logBinomial(_ n: Int, _ k: Int) -> Double {
      lgamma(Double(n + 1)) - lgamma(Double(k + 1)) - lgamma(Double(n - k + 1))
    }
    #expect(use.entries.count == lines.count)
    for entry in use.entries {
      let link = view.graph.links[entry.arc.link.index]
      let tail = link.from.split(separator: ",").compactMap { Int($0) }
      let head = link.to.split(separator: ",").compactMap { Int($0) }
      let expected = exp(
        logBinomial(tail[0] + tail[1], tail[0])
          + logBinomial(2 * side - head[0] - head[1], side - head[0]) - logBinomial(2 * side, side))
      #expect(abs(entry.share - expected) <= 1e-11 * expected)
    }
  }
}
