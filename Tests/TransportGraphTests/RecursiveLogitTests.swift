import Foundation
import Testing

@testable import TransportGraph

@Suite("Recursive logit")
struct RecursiveLogitTests {
  /// Most random networks have a model at this θ: a link of 2 km takes 200 s.
  private let theta = 40.0

  @Test("uses and chances of avoiding are those of the series of all walks, with and without turns")
  func matchesSeries() throws {
    var compared = 0
    for seed in 0..<30 {
      let network = RandomNetwork(seed: seed, maximumNodes: 7, maximumLinks: 14)
      let view = try network.view()
      let metric = try HierarchyMetric(ContractionHierarchy(view.graph), view: view, threads: 1)
      var random = SeededGenerator(seed: seed + 5_000)
      let avoided = Set(network.links.map(\.id).filter { _ in Bool.random(using: &random) })
      for states in RecursiveLogit.States.allCases {
        let model = RecursiveLogit(theta: theta, states: states)
        for destination in view.graph.nodes.indices {
          let end = view.graph.nodes[destination].id
          let oracle = WalkOracle(view, theta: theta, to: end, allowsTurns: states == .nodes)
          for origin in view.graph.nodes.indices where origin != destination {
            let pair = NodePair(from: NodeID(origin), to: NodeID(destination))
            let start = view.graph.nodes[origin].id
            guard view.route(from: pair.origin, to: pair.destination).route != nil else { continue }
            guard let expected = oracle.flows(from: start, terms: 600) else { continue }
            let use = try #require(
              try metric.uses(of: [pair], by: .recursiveLogit(model)).outcomes[0].use)
            let shares = view.shares(use)
            for (state, share) in expected.uses {
              let found = shares["\(state.link)/\(state.tail)"] ?? 0
              #expect(abs(found - share) <= 1e-10 * max(1, share), "\(network) \(start)–\(end)")
            }
            #expect(shares.count <= expected.uses.count)
            let left = oracle.flows(from: start, avoiding: avoided, terms: 600)?.weight ?? .nan
            let probability = use.probability { avoided.contains(view.graph.links[$0.index].id) }
            #expect(abs(probability - left / expected.weight) < 1e-10, "\(network) \(start)–\(end)")
            compared += 1
          }
        }
      }
    }
    // Where the series has no end the model may not exist: that is for other tests.
    #expect(compared > 200)
  }

  @Test("what flows into a node flows out, and the mean time is that of the uses")
  func balance() throws {
    for seed in 0..<60 {
      let network = RandomNetwork(seed: seed, maximumNodes: 9, maximumLinks: 24)
      let view = try network.view()
      let metric = try HierarchyMetric(ContractionHierarchy(view.graph), view: view, threads: 1)
      let end = NodeID(0)
      for origin in view.graph.nodes.indices.dropFirst() {
        let pair = NodePair(from: NodeID(origin), to: end)
        guard
          let use = try? metric.uses(
            of: [pair], by: .recursiveLogit(RecursiveLogit(theta: theta))
          ).outcomes[0].use
        else { continue }
        var balance = [Double](repeating: 0, count: view.graph.nodes.count)
        var seconds = 0.0
        for entry in use.entries {
          balance[view.graph.tail(of: entry.arc).index] -= entry.share
          balance[view.graph.head(of: entry.arc).index] += entry.share
          seconds += entry.share * view.times.seconds(of: entry.arc.link)
        }
        balance[origin] += 1
        balance[0] -= 1
        #expect(balance.allSatisfy { abs($0) < 1e-9 }, "\(network)")
        #expect(abs(use.expectedTravelTimeSeconds - seconds) <= 1e-9 * max(1, seconds))
        #expect(!use.usesLinksOnce)
      }
    }
  }

  @Test("on links that lead one way only it is the logit over all ways")
  func acyclicNetwork() throws {
    //   A ─▶ B ─▶ D ─▶ E     from D to E two links, and a link from B down to C
    //   └──▶ C ───┘
    let view = try Sketch.view([
      "ab: A>B 1", "bd: B>D 1", "de: D>E 1", "ac: A>C 2", "cd: C>D 2", "bc: B>C 1", "long: D>E 3",
    ])
    let use = try #require(view.walks("A", "E", RecursiveLogit(theta: 20)).outcomes[0].use)
    struct Way {
      let links: Set<String>
      let weight: Double

      init(_ links: Set<String>, kilometers: Double) {
        self.links = links
        weight = exp(-20 * kilometers / 36)
      }
    }
    let ways = [
      Way(["ab", "bd", "de"], kilometers: 3), Way(["ab", "bd", "long"], kilometers: 5),
      Way(["ac", "cd", "de"], kilometers: 5), Way(["ac", "cd", "long"], kilometers: 7),
      Way(["ab", "bc", "cd", "de"], kilometers: 5), Way(["ab", "bc", "cd", "long"], kilometers: 7),
    ]
    let sum = ways.reduce(0) { $0 + $1.weight }
    func share(_ isMeant: (Way) -> Bool) -> Double {
      ways.filter(isMeant).reduce(0) { $0 + $1.weight } / sum
    }
    let shares = view.shares(use)
    for link in view.graph.links {
      let expected = share { $0.links.contains(link.id) }
      #expect(abs((shares["\(link.id)/\(link.from)"] ?? 0) - expected) < 1e-14)
    }
    let viaC = Set(try ["ac", "bc"].map { try view.link($0) })
    let avoiding = share { $0.links.isDisjoint(with: ["ac", "bc"]) }
    #expect(abs(use.probability { viaC.contains($0) } - avoiding) < 1e-14)
  }

  @Test("nobody turns round: a dead end and the way back along a link are not used")
  func noTurns() throws {
    //  dead ─ A ─ B ─ C ─ D ─ dead2
    let view = try Sketch.view(["x: A-X 1", "ab: A-B 1", "bc: B-C 1", "cd: C-D 1", "y: D-Y 1"])
    let use = try #require(view.walks("A", "D", RecursiveLogit(theta: 1)).outcomes[0].use)
    #expect(view.shares(use) == ["ab/A": 1, "bc/B": 1, "cd/C": 1])
    let byNodes = try #require(
      view.walks("A", "D", RecursiveLogit(theta: 30, states: .nodes)).outcomes[0].use)
    #expect((view.shares(byNodes)["x/A"] ?? 0) > 0)
  }

  @Test("a link that is cut in two changes nothing, on networks with parallel and one-way links")
  func splitLinks() throws {
    for seed in 0..<80 {
      let network = RandomNetwork(seed: seed, maximumNodes: 6, maximumLinks: 12)
      let view = try network.view()
      var links: [Link] = []
      var nodes = network.nodes
      for link in network.links {
        // A link without length is one millisecond at least, in searches only: its halves cost nothing.
        guard link.lengthMeters > 0 else {
          links.append(link)
          continue
        }
        let middle = Node(id: "m-\(link.id)", coordinate: nodes[0].coordinate)
        nodes.append(middle)
        for (part, (from, to)) in [(link.from, middle.id), (middle.id, link.to)].enumerated() {
          links.append(
            Link(
              id: "\(link.id)-\(part)", from: from, to: to, mode: link.mode,
              lengthMeters: link.lengthMeters / 2, isOneWay: link.isOneWay))
        }
      }
      let graph = try TransportGraph(nodes: nodes, links: links)
      let split = try GraphView(graph, profile: Sketch.profile).closing(
        network.closed.flatMap { id in
          ["\(id)-0", "\(id)-1", id].compactMap { graph.link(id: $0) }
        })
      let ends = view.graph.nodes.map(\.id)
      for (origin, destination) in [(0, 1), (1, 0)] {
        let model = RecursiveLogit(theta: theta)
        let whole = try? view.walks(ends[origin], ends[destination], model).outcomes[0].use
        let cut = try? split.walks(ends[origin], ends[destination], model).outcomes[0].use
        #expect((whole == nil) == (cut == nil), "\(network)")
        guard let whole, let cut else { continue }
        let (before, after) = (view.shares(whole), split.shares(cut))
        for link in network.links where link.lengthMeters > 0 {
          let there = before["\(link.id)/\(link.from)"] ?? 0
          let back = before["\(link.id)/\(link.to)"] ?? 0
          #expect(abs(there - (after["\(link.id)-0/\(link.from)"] ?? 0)) < 1e-10, "\(network)")
          #expect(abs(there - (after["\(link.id)-1/m-\(link.id)"] ?? 0)) < 1e-10, "\(network)")
          #expect(abs(back - (after["\(link.id)-1/\(link.to)"] ?? 0)) < 1e-10, "\(network)")
        }
        #expect(
          abs(whole.expectedLengthMeters - cut.expectedLengthMeters)
            <= 1e-9 * whole.expectedLengthMeters)
      }
    }
  }

  @Test("a great θ takes the shortest ways, ties shared")
  func greatTheta() throws {
    for seed in 0..<60 {
      // No links without length: two ways that differ by them only are equal under any θ.
      var network = RandomNetwork(seed: seed, maximumNodes: 8, maximumLinks: 18)
      network.links.removeAll { $0.lengthMeters == 0 }
      let view = try network.view()
      for destination in view.graph.nodes.indices.dropFirst() {
        guard let use = view.use(from: NodeID(0), to: NodeID(destination)).use else { continue }
        let walks = try #require(
          view.walks(
            view.graph.nodes[0].id, view.graph.nodes[destination].id, RecursiveLogit(theta: 3_000)
          ).outcomes[0].use)
        #expect(walks.entries.filter { $0.share > 1e-9 }.count == use.entries.count, "\(network)")
        let shares = view.shares(walks)
        for (arc, share) in view.shares(use) {
          #expect(abs((shares[arc] ?? 0) - share) < 1e-9, "\(network)")
        }
      }
    }
  }

  @Test("twice the costs with half of θ change no probability, nor does the order of a file")
  func invariance() throws {
    for seed in 0..<60 {
      let network = RandomNetwork(seed: seed, maximumNodes: 8, maximumLinks: 18)
      let view = try network.view()
      let slow = try view.scalingMoving(by: 2, on: view.graph.links.indices.map { LinkID($0) })
      var random = SeededGenerator(seed: seed + 900)
      var shuffled = network
      shuffled.nodes.shuffle(using: &random)
      shuffled.links.shuffle(using: &random)
      let permuted = try shuffled.view()
      let (origin, destination) = (network.nodes[0].id, network.nodes[1].id)
      let model = RecursiveLogit(theta: theta)
      let use = try? view.walks(origin, destination, model).outcomes[0].use
      let half = RecursiveLogit(theta: theta / 2)
      let slowUse = try? slow.walks(origin, destination, half).outcomes[0].use
      let permutedUse = try? permuted.walks(origin, destination, model).outcomes[0].use
      #expect((use == nil) == (slowUse == nil) && (use == nil) == (permutedUse == nil))
      guard let use, let slowUse, let permutedUse else { continue }
      for (arc, share) in view.shares(use) where share > 1e-12 {
        #expect(abs((slow.shares(slowUse)[arc] ?? 0) - share) < 1e-11, "\(network)")
        #expect(abs((permuted.shares(permutedUse)[arc] ?? 0) - share) < 1e-11, "\(network)")
      }
    }
  }

  @Test("any number of threads, and any other pairs, leave the same bits")
  func sameBits() throws {
    for seed in 0..<30 {
      let network = RandomNetwork(seed: seed, maximumNodes: 9, maximumLinks: 24)
      let view = try network.view()
      let metric = try HierarchyMetric(ContractionHierarchy(view.graph), view: view, threads: 1)
      let nodes = view.graph.nodes.indices.map { NodeID($0) }
      let pairs = nodes.flatMap { origin in nodes.map { NodePair(from: origin, to: $0) } }
      let model = RouteChoiceModel.recursiveLogit(RecursiveLogit(theta: 120))
      guard let all = try? metric.uses(of: pairs, by: model, threads: 1) else { continue }
      let threaded = try metric.uses(of: pairs, by: model, threads: 4)
      #expect(all.warnings == threaded.warnings)
      for (index, pair) in pairs.enumerated() {
        let alone = try metric.uses(of: [pair], by: model).outcomes[0].use
        #expect(all.outcomes[index].use?.entries == threaded.outcomes[index].use?.entries)
        #expect(all.outcomes[index].use?.entries == alone?.entries)
        let even = all.outcomes[index].use?.probability { $0.index % 2 == 0 }
        #expect(even == alone?.probability { $0.index % 2 == 0 })
        if pair.origin == pair.destination {
          #expect(alone?.entries == [] && even == 1)
        }
      }
    }
  }
}
