import Foundation
import Geography
import Testing

@testable import TransportGraph

@Suite("Where a recursive logit exists, and how good it is")
struct RecursiveLogitExistenceTests {
  /// All pairs of four nodes joined: three links at each node, 1 km or 100 s each.
  private let complete = [
    "ab: A-B 1", "ac: A-C 1", "ad: A-D 1", "bc: B-C 1", "bd: B-D 1", "cd: C-D 1",
  ]

  @Test("walks in circles that outweigh the rest are refused, with the radius and a sufficient θ")
  func refusal() throws {
    // Behind the four nodes the destination, so that none of them ends walks: two links go on from each
    // link among them, and the radius is nearly 2 exp(−θ c), less what leaves for E.
    let view = try Sketch.view(complete + ["de: D-E 1"])
    func error(_ theta: Double) -> RouteChoiceError? {
      do {
        _ = try view.walks("A", "E", RecursiveLogit(theta: theta))
        return nil
      } catch {
        return error as? RouteChoiceError
      }
    }
    guard
      case .noRecursiveLogit(let destination, 1, let radius, let sufficient) =
        try #require(error(1))
    else {
      Issue.record("another error")
      return
    }
    #expect(try destination == view.node("E"))
    #expect(abs(radius - 2 * exp(-1.0 / 36)) < 1e-12)
    // Two digits, rounded up.
    let least = 36 * log(2.0)
    let found = try #require(sufficient)
    #expect(found >= least && found <= least * 1.05)
    #expect(error(found) == nil)
    #expect(error(least * 0.999) != nil)
    #expect(error(least * 1.001) == nil)
    #expect(error(0) == .badParameter("theta", value: 0, expected: "a number above 0"))
    #expect(error(.nan) != nil && error(-1) != nil && error(.infinity) != nil)
  }

  @Test("where turning round costs nothing no θ is enough; without turns there is a model")
  func freeCircle() throws {
    let view = try Sketch.view(["ab: A-B 1", "free: B-C 0", "cd: C-D 1"])
    do {
      _ = try view.walks("A", "D", RecursiveLogit(theta: 5, states: .nodes))
      Issue.record("not refused")
    } catch let error as RouteChoiceError {
      guard case .noRecursiveLogit(_, 5, let radius, nil) = error else {
        Issue.record("\(error)")
        return
      }
      #expect(radius >= 1)
      #expect(error.description.contains("no theta is enough"))
    }
    let use = try #require(view.walks("A", "D", RecursiveLogit(theta: 5)).outcomes[0].use)
    #expect(view.shares(use) == ["ab/A": 1, "free/B": 1, "cd/C": 1])
  }

  @Test("a junction of more links than pairs of them can be counted is refused")
  func tooManyPairs() throws {
    let count = 46_400
    let nodes = (0...count).map {
      Node(id: "\($0)", coordinate: Coordinate(longitude: 0, latitude: 0))
    }
    let links = (1...count).map {
      Link(id: "\($0)", from: "0", to: "\($0)", mode: .road, lengthMeters: 1000)
    }
    let graph = try TransportGraph(nodes: nodes, links: links)
    let view = try GraphView(graph, profile: Sketch.profile)
    let metric = try HierarchyMetric(ContractionHierarchy(graph), view: view)
    let pair = NodePair(from: NodeID(1), to: NodeID(2))
    #expect(throws: RouteChoiceError.tooManyStates(2 * count)) {
      try metric.uses(of: [pair], by: .recursiveLogit(RecursiveLogit()))
    }
  }

  @Test("circles beyond the reach of a pair do not refuse it")
  func circlesElsewhere() throws {
    // From the four nodes one may leave for X, but not come back.
    let view = try Sketch.view(complete + ["dx: D>X 1", "xy: X-Y 1", "xz: X-Z 1", "zy: Z-Y 1"])
    let metric = try HierarchyMetric(ContractionHierarchy(view.graph), view: view, threads: 1)
    let (x, y, a) = try (view.node("X"), view.node("Y"), view.node("A"))
    let model = RouteChoiceModel.recursiveLogit(RecursiveLogit(theta: 1))
    let uses = try metric.uses(of: [NodePair(from: x, to: y)], by: model)
    let use = try #require(uses.outcomes[0].use)
    let direct = 1 / (1 + exp(-1.0 / 36))
    #expect(abs((view.shares(use)["xy/X"] ?? 0) - direct) < 1e-14)
    #expect(throws: RouteChoiceError.self) {
      try metric.uses(of: [NodePair(from: x, to: y), NodePair(from: a, to: y)], by: model)
    }
  }

  @Test("the radius is that of a dense eigenvalue iteration on random networks")
  func radius() throws {
    var checked = 0
    for seed in 0..<60 {
      let network = RandomNetwork(seed: seed, maximumNodes: 7, maximumLinks: 18)
      let view = try network.view()
      let (start, end) = (0, 1)
      let model = RecursiveLogit(theta: 20)
      let codes = view.graph.outgoing.codes.filter { !view.isClosed(LinkID($0.link)) }
      guard
        view.route(from: view.graph.node(rank: start), to: view.graph.node(rank: end)).route != nil,
        let states = RecursiveLogitStates(view, codes, model)
      else { continue }
      let radius = RecursiveLogitSpectrum(states, from: start, to: end).radius
      // Gelfand: the root of the norm of a power, by squaring, with the scale kept apart.
      let reached = states.reached(from: [start], endingAt: end)
      let near = Set(states.nearestFirst(to: end))
      var power = (0..<states.count).map { row in
        (0..<states.count).map { column -> Double in
          guard reached[row], reached[column], near.contains(Int32(row)),
            near.contains(Int32(column)), Int(states.heads[row]) != end,
            Int(states.heads[row]) == states.tail(column), states.mayFollow(row, column)
          else { return 0 }
          return exp(-states.tolls[column])
        }
      }
      var logarithm = 0.0
      var exponent = 1.0
      for _ in 0..<40 {
        let norm = power.map { $0.reduce(0, +) }.max() ?? 0
        if norm == 0 { break }
        logarithm += log(norm) / exponent
        let scaled = power.map { $0.map { $0 / norm } }
        power = scaled.map { row in
          (0..<states.count).map { column in
            row.indices.reduce(0) { $0 + row[$1] * scaled[$1][column] }
          }
        }
        exponent *= 2
      }
      let isNilpotent = power.allSatisfy { $0.allSatisfy { $0 == 0 } }
      let expected = isNilpotent ? 0 : exp(logarithm)
      #expect(abs(radius - expected) < 1e-9, "\(network)")
      let exists = RecursiveLogitWalks(states, from: [start], to: end, reachedOnly: true) != nil
      if abs(expected - 1) > 1e-6 { #expect(exists == (expected < 1), "\(network)") }
      checked += expected > 0 ? 1 : 0
    }
    #expect(checked > 10)
  }

  @Test("a sample of walks tells how many visit no node twice")
  func looplessShare() throws {
    var sampled = 0
    for seed in 0..<150 {
      let network = RandomNetwork(seed: seed, maximumNodes: 6, maximumLinks: 12)
      let view = try network.view()
      let model = RecursiveLogit(theta: 25)
      let codes = view.graph.outgoing.codes.filter { !view.isClosed(LinkID($0.link)) }
      let (start, end) = (0, 1)
      guard let states = RecursiveLogitStates(view, codes, model),
        view.route(from: view.graph.node(rank: start), to: view.graph.node(rank: end)).route != nil,
        let walks = RecursiveLogitWalks(states, from: [start], to: end, reachedOnly: true)
      else { continue }
      let ids = [start, end].map { view.graph.nodes[view.graph.node(rank: $0).index].id }
      let oracle = WalkOracle(view, theta: 25, to: ids[1], allowsTurns: false)
      guard let all = oracle.flows(from: ids[0])?.weight else { continue }
      let expected = oracle.looplessWeight(from: ids[0]) / all
      // As clear as it gets: all rounds are drawn.
      let found = walks.looplessShare(from: start, limit: expected)
      #expect(abs(found.share - expected) <= 4.5 * max(found.standardError, 0.002), "\(network)")
      #expect(found == walks.looplessShare(from: start, limit: expected))
      sampled += 1
    }
    #expect(sampled > 30)
  }

  @Test("low θ is warned of: walks that loop, and walks that are long")
  func warnings() throws {
    let view = try Sketch.view(complete + ["de: D-E 1"])
    let high = try view.walks("A", "E", RecursiveLogit(theta: 200))
    #expect(high.warnings == [])
    let low = try view.walks("A", "E", RecursiveLogit(theta: 27))
    let pair = NodePair(from: try view.node("A"), to: try view.node("E"))
    #expect(low.warnings.count == 2)
    let oracle = WalkOracle(view, theta: 27, to: "E", allowsTurns: false)
    let flows = try #require(oracle.flows(from: "A"))
    let loopless = oracle.looplessWeight(from: "A") / flows.weight
    for warning in low.warnings {
      switch warning {
      case .walksLoop(1, pair, let share, let error): #expect(abs(share - loopless) < 4 * error)
      case .walksAreLong(1, pair, let ratio):
        // The shortest way takes two links of equal cost.
        #expect(abs(ratio - flows.uses.values.reduce(0, +) / 2) < 1e-9)
      default: Issue.record("\(warning)")
      }
    }
  }

  @Test("neither 2 to the power of 1,100 ways nor costs beyond the range of a Double refuse it")
  func range() throws {
    var lines: [String] = []
    for index in 0..<1_100 {
      for side in ["t", "u"] {
        lines.append("\(side)a\(index): n\(index)>\(side)\(index) 1")
        lines.append("\(side)b\(index): \(side)\(index)>n\(index + 1) 1")
      }
    }
    let diamonds = try Sketch.view(lines)
    let use = try #require(
      diamonds.walks("n0", "n1100", RecursiveLogit(theta: 0.001)).outcomes[0].use)
    #expect(use.entries.count == 4_400)
    #expect(use.entries.allSatisfy { abs($0.share - 0.5) < 1e-12 })
    let top = try diamonds.link("ta0")
    #expect(abs(use.probability { $0 == top } - 0.5) < 1e-12)

    // 10,000 km of 1,000,000 s: exp(−2,778) at θ = 10, and a way back of as much behind the origin.
    let chain = (0..<100).map { "l\($0): c\($0)-c\($0 + 1) 100" }
    let view = try Sketch.view(chain + ["x: c0-c100 50000", "w: c0-d 9000", "v: d-c50 9000"])
    let far = try #require(view.walks("c0", "c100", RecursiveLogit(theta: 10)).outcomes[0].use)
    let shares = view.shares(far)
    #expect((0..<100).allSatisfy { abs((shares["l\($0)/c\($0)"] ?? 0) - 1) < 1e-12 })
    #expect(abs(far.expectedTravelTimeSeconds - 1_000_000) < 1e-3)
  }
}

@Suite("Recursive logit over alternatives")
struct RecursiveLogitAlternativesTests {
  @Test("on ways that do not meet it is the logit over them, and nothing else is used")
  func separateWays() throws {
    // Three ways of 4, 5 and 5.5 km from A to D, and one of 9 beyond the limit of 1.5.
    let view = try Sketch.view([
      "a1: A-B 2", "a2: B-D 2", "b1: A-C 2.5", "b2: C-D 2.5", "c1: A-E 2.5", "c2: E-D 3",
      "d1: A-F 4", "d2: F-D 5",
    ])
    let limits = AlternativeLimits()
    let model = RecursiveLogit(theta: 10, network: .alternatives(.kShortest, limits))
    let use = try #require(view.walks("A", "D", model).outcomes[0].use)
    let kilometers = ["a1/A": 4.0, "b1/A": 5, "c1/A": 5.5]
    let sum = kilometers.values.reduce(0) { $0 + exp(-10 * $1 / 36) }
    let shares = view.shares(use)
    for (arc, length) in kilometers {
      #expect(abs((shares[arc] ?? 0) - exp(-10 * length / 36) / sum) < 1e-14)
    }
    #expect(shares.count == 6)
  }

  @Test("walks change from one alternative to another where they meet, and circles are not needed")
  func meetingWays() throws {
    //   A ═ B ═ C : two ways from A to B and two from B to C; 36 km is one hour
    let view = try Sketch.view([
      "p: A-B 36", "q: A-B 43.2", "r: B-C 36", "s: B-C 43.2", "back: C-A 360",
    ])
    let model = RecursiveLogit(
      theta: 1, network: .alternatives(.kShortest, AlternativeLimits(count: 4, maximumOverlap: 1)))
    let use = try #require(view.walks("A", "C", model).outcomes[0].use)
    let share = 1 / (1 + exp(-0.2))
    let shares = view.shares(use)
    #expect(abs((shares["p/A"] ?? 0) - share) < 1e-14)
    #expect(abs((shares["r/B"] ?? 0) - share) < 1e-14)
    let quick = try [view.link("p"), view.link("r")]
    #expect(abs(use.probability { quick.contains($0) } - (1 - share) * (1 - share)) < 1e-14)
    #expect(throws: RouteChoiceError.self) {
      try view.walks(
        "A", "C", RecursiveLogit(network: .alternatives(.penalty(factor: 1, rounds: 3), .init())))
    }
  }
}
