import Foundation
import Testing

@testable import TransportGraph

private let models: [RouteChoiceModel] = [
  .shortest, .pathSizeLogit(PathSizeLogit()),
  .pathSizeLogit(PathSizeLogit(theta: 0.3, beta: 2, source: .kShortest)),
  .pathSizeLogit(PathSizeLogit(source: .viaNode(localOptimality: 0))), .stoch(DialLogit()),
  .stoch(DialLogit(theta: 0.2, passes: .double)),
]

/// What holds for every network and every model of route choice; the argument is the seed.
@Suite("Route choice on random networks")
struct RouteChoiceInvariantTests {
  static let seeds = 300..<325

  /// A network of up to 20 nodes in which no two ways are equally dear but by a rare accident.
  private func network(_ seed: Int) -> RandomNetwork {
    var network = RandomNetwork(seed: seed, maximumNodes: 20, maximumLinks: 50)
    var random = SeededGenerator(seed: seed + 7_000)
    network.links = network.links.map { link in
      link.with(lengthMeters: Double(Int.random(in: 100...9_999, using: &random) * 20))
    }
    return network
  }

  private func uses(
    _ network: RandomNetwork, _ model: RouteChoiceModel, profile: ImpedanceProfile? = nil,
    threads: Int = 1
  ) throws -> (view: GraphView, pairs: [NodePair], outcomes: [LinkUseOutcome]) {
    let graph = try TransportGraph(nodes: network.nodes, links: network.links)
    let view = try GraphView(graph, profile: profile ?? Sketch.profile).closing(
      network.closed.compactMap { graph.link(id: $0) })
    let metric = try HierarchyMetric(ContractionHierarchy(graph), view: view)
    let ids = network.nodes.map(\.id).sorted()
    let pairs = try ids.prefix(6).flatMap { a in
      try ids.suffix(6).map { NodePair(from: try view.node(a), to: try view.node($0)) }
    }
    return (view, pairs, try metric.uses(of: pairs, by: model, threads: threads).outcomes)
  }

  /// The share of each arc by names.
  private func shares(_ view: GraphView, _ outcome: LinkUseOutcome) -> [String: Double]? {
    outcome.use.map { use in
      Dictionary(
        uniqueKeysWithValues: use.entries.map {
          (view.name(of: $0.arc.link) + " " + view.name(of: $0.arc), $0.share)
        })
    }
  }

  @Test(
    "the chances of avoiding several groups of links at once are those of each by itself",
    arguments: seeds)
  func avoidingGroups(seed: Int) throws {
    for model in models {
      let (view, _, outcomes) = try uses(network(seed), model)
      // A link is in up to two of five groups, or in none.
      func forEachGroup(_ link: LinkID, _ body: (Int) -> Void) {
        if link.index % 4 != 0 { body(link.index % 3) }
        if link.index % 7 == 0 { body(4) }
      }
      for use in outcomes.compactMap(\.use) {
        let groups = [4, 1, 0, 3]
        let together = use.probabilities(ofAvoiding: groups, of: 5, forEachGroup: forEachGroup)
        let apart = groups.map { group in
          use.probability(ofAvoiding: { link in
            link.index % 4 != 0 && link.index % 3 == group || link.index % 7 == 0 && group == 4
          })
        }
        #expect(together == apart, "seed \(seed), \(model), \(view.graph.links.count) links")
      }
    }
  }

  private func expectSame(
    _ a: [String: Double]?, _ b: [String: Double]?, _ comment: String,
    location: SourceLocation = #_sourceLocation
  ) {
    guard let a, let b else {
      #expect((a == nil) == (b == nil), "\(comment)", sourceLocation: location)
      return
    }
    for key in Set(a.keys).union(b.keys) {
      #expect(
        abs((a[key] ?? 0) - (b[key] ?? 0)) < 1e-9, "\(key): \(comment)", sourceLocation: location)
    }
  }

  @Test("what flows into a node flows out, and the shares lie between 0 and 1", arguments: seeds)
  func balance(seed: Int) throws {
    let network = network(seed)
    for model in models {
      let (view, pairs, outcomes) = try uses(network, model)
      for (pair, outcome) in zip(pairs, outcomes) {
        guard let use = outcome.use else { continue }
        var balance = [Double](repeating: 0, count: view.graph.nodes.count)
        balance[pair.origin.index] += 1
        balance[pair.destination.index] -= 1
        var (meters, seconds) = (0.0, 0.0)
        for entry in use.entries {
          balance[view.graph.tail(of: entry.arc).index] -= entry.share
          balance[view.graph.head(of: entry.arc).index] += entry.share
          #expect((0...(1 + 1e-12)).contains(entry.share), "\(network)")
          #expect(!view.isClosed(entry.arc.link), "\(network)")
          meters += entry.share * view.graph.lengthMeters(of: entry.arc.link)
          seconds += entry.share * view.times.seconds(of: entry.arc.link)
        }
        #expect(balance.allSatisfy { abs($0) < 1e-9 }, "\(model), \(network)")
        #expect(abs(use.expectedLengthMeters - meters) <= 1e-9 * max(1, meters))
        #expect(abs(use.expectedTravelTimeSeconds - seconds) <= 1e-9 * max(1, seconds))
        #expect(use.probability { _ in false } > 1 - 1e-12)
        #expect(use.probability { _ in true } == (use.entries.isEmpty ? 1 : 0))
        // No way is shorter than the shortest.
        // No way is shorter than the shortest; each of its links is rounded by half a millisecond.
        let milliseconds = use.expectedTravelTimeSeconds * 1000
        #expect(
          milliseconds >= Double(use.impedance) * (1 - 1e-12) - Double(use.entries.count),
          "\(model), \(network)")
      }
    }
  }

  @Test("the order of nodes and links in a file changes nothing", arguments: seeds)
  func order(seed: Int) throws {
    let network = network(seed)
    var other = network
    var random = SeededGenerator(seed: seed + 3_000)
    other.nodes.shuffle(using: &random)
    other.links.shuffle(using: &random)
    for model in models {
      let (first, second) = (try uses(network, model), try uses(other, model))
      for (a, b) in zip(first.outcomes, second.outcomes) {
        expectSame(shares(first.view, a), shares(second.view, b), "\(model), \(network)")
      }
    }
  }

  @Test("costs times s with θ / s leave the shares as they are", arguments: seeds)
  func scale(seed: Int) throws {
    let network = network(seed)
    // A quarter of the speed: four times the hours.
    var slow = Sketch.profile
    slow.speedsKilometersPerHour = slow.speedsKilometersPerHour.mapValues {
      $0.mapValues { $0 / 4 }
    }
    for model in models {
      let scaled: RouteChoiceModel =
        switch model {
        case .shortest: .shortest
        case .pathSizeLogit(var logit):
          {
            logit.theta /= 4
            return .pathSizeLogit(logit)
          }()
        case .stoch(var logit):
          {
            logit.theta /= 4
            return .stoch(logit)
          }()
        case .recursiveLogit(var logit):
          {
            logit.theta /= 4
            return .recursiveLogit(logit)
          }()
        }
      let (first, second) = (
        try uses(network, model), try uses(network, scaled, profile: slow)
      )
      for (a, b) in zip(first.outcomes, second.outcomes) {
        expectSame(shares(first.view, a), shares(second.view, b), "\(model), \(network)")
      }
    }
  }

  // A node in the middle of a link is one more for a way to go by, so that sources by nodes may change.
  @Test("splitting links changes nothing, by shortest ways and penalties", arguments: seeds)
  func splitting(seed: Int) throws {
    let network = network(seed)
    var split = network
    for (index, link) in network.links.enumerated() where index % 3 == 0 {
      let middle = Node(id: "m\(index)", coordinate: network.nodes[0].coordinate)
      split.nodes.append(middle)
      split.links[index] = link.with(
        id: link.id, from: link.from, to: middle.id, lengthMeters: link.lengthMeters / 2)
      split.links.append(
        link.with(
          id: link.id + "'", from: middle.id, to: link.to, lengthMeters: link.lengthMeters / 2))
      if network.closed.contains(link.id) { split.closed.insert(link.id + "'") }
    }
    for model in models {
      switch model {
      case .shortest: break
      case .pathSizeLogit(let logit):
        if case .viaNode = logit.source { continue }
      case .stoch, .recursiveLogit: continue
      }
      let first = try uses(network, model)
      let graph = try TransportGraph(nodes: split.nodes, links: split.links)
      let view = try GraphView(graph, profile: Sketch.profile).closing(
        split.closed.compactMap { graph.link(id: $0) })
      let metric = try HierarchyMetric(ContractionHierarchy(graph), view: view)
      let pairs = try first.pairs.map { pair in
        NodePair(
          from: try view.node(first.view.graph.nodes[pair.origin.index].id),
          to: try view.node(first.view.graph.nodes[pair.destination.index].id))
      }
      for (a, b) in zip(first.outcomes, try metric.uses(of: pairs, by: model).outcomes) {
        guard let a = a.use, let b = b.use else {
          #expect((a.use == nil) == (b.use == nil), "\(network)")
          continue
        }
        func byLink(_ use: LinkUse, _ view: GraphView) -> [String: Double] {
          Dictionary(
            use.entries.map {
              (view.name(of: $0.arc.link) + ($0.arc.isForward ? ">" : "<"), $0.share)
            }, uniquingKeysWith: +)
        }
        let (whole, parts) = (byLink(a, first.view), byLink(b, view))
        expectSame(
          whole, parts.filter { !$0.key.contains("'") }, "\(model), \(network)")
        #expect(
          abs(a.expectedLengthMeters - b.expectedLengthMeters)
            < 1e-9 * max(1, a.expectedLengthMeters), "\(model), \(network)")
      }
    }
  }

  @Test("as θ grows, what is not shortest vanishes", arguments: seeds)
  func sharp(seed: Int) throws {
    let network = network(seed)
    let shortest = try uses(network, .shortest)
    for model: RouteChoiceModel in [
      .pathSizeLogit(PathSizeLogit(theta: 1e7)),
      .pathSizeLogit(PathSizeLogit(theta: 1e7, source: .kShortest)),
      .stoch(DialLogit(theta: 1e7)), .stoch(DialLogit(theta: 1e7, passes: .double)),
    ] {
      let sharp = try uses(network, model)
      for (a, b) in zip(shortest.outcomes, sharp.outcomes) {
        expectSame(shares(shortest.view, a), shares(sharp.view, b), "\(model), \(network)")
      }
    }
  }

  @Test("the number of threads changes no bit", arguments: seeds)
  func threads(seed: Int) throws {
    let network = network(seed)
    for model in models {
      let one = try uses(network, model)
      for threads in [2, 5] {
        let many = try uses(network, model, threads: threads)
        #expect(
          one.outcomes.map { $0.use?.entries } == many.outcomes.map { $0.use?.entries },
          "\(model), \(network)")
      }
    }
  }

  @Test("unless a deciding link changes, dearer and closed links change no bit")
  func decidingLinks() throws {
    let kept = try Self.seeds.reduce(0) { try $0 + keptByDecidingLinks(seed: $1) }
    #expect(kept > 1_000, "\(kept)")
  }

  /// How many outcomes the deciding links say to stay; checks that they do.
  private func keptByDecidingLinks(seed: Int) throws -> Int {
    // With many ties, where it is most likely to go wrong.
    let network = RandomNetwork(seed: seed, maximumNodes: 20, maximumLinks: 60)
    var random = SeededGenerator(seed: seed + 4_000)
    var kept = 0
    for model in models {
      let (view, pairs, before) = try uses(network, model)
      for _ in 0..<12 {
        let changed = Set(
          (0..<Int.random(in: 1...3, using: &random)).compactMap { _ in
            view.graph.links.indices.randomElement(using: &random).map { LinkID($0) }
          })
        let isClosing = Bool.random(using: &random)
        let dearer =
          isClosing
          ? view.closing(changed) : try view.adding(fixedSeconds: 150, to: changed)
        let metric = try HierarchyMetric(ContractionHierarchy(view.graph), view: dearer)
        let after = try metric.uses(of: pairs, by: model).outcomes
        for (a, b) in zip(before, after) {
          guard let use = a.use, let deciding = use.decidingLinks else { continue }
          if !changed.isDisjoint(with: deciding) { continue }
          kept += 1
          #expect(b.use?.entries == use.entries, "\(model), \(changed), \(network)")
        }
      }
    }
    return kept
  }
}

extension Link {
  fileprivate func with(
    id: String? = nil, from: String? = nil, to: String? = nil, lengthMeters: Double
  ) -> Link {
    Link(
      id: id ?? self.id, from: from ?? self.from, to: to ?? self.to, mode: mode, kind: .way,
      lengthMeters: lengthMeters, isOneWay: isOneWay)
  }
}
