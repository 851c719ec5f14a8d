import Foundation
import Testing

@testable import TransportGraph

@Suite("Known alternatives")
struct KnownAlternativesTests {
  private static let seeds = Array(700..<730)

  private func pairs(_ view: GraphView, seed: Int) -> [NodePair] {
    var random = SeededGenerator(seed: seed)
    let nodes = view.graph.nodes.indices
    return (0..<8).map { _ in
      NodePair(
        from: NodeID(nodes.randomElement(using: &random) ?? 0),
        to: NodeID(nodes.randomElement(using: &random) ?? 0))
    }
  }

  @Test(
    "a search that goes on from a history finds what a whole one finds, closure after closure",
    arguments: seeds)
  func resumed(seed: Int) throws {
    // Dense ones, and such with many chains and dead ends.
    let linkCount = seed % 2 == 0 ? 90 : 45
    let view = try RandomNetwork(seed: seed, maximumNodes: 40, maximumLinks: linkCount).view()
    var metric = try HierarchyMetric(ContractionHierarchy(view.graph), view: view)
    let open = LowerBounds(metric)
    var random = SeededGenerator(seed: seed + 1)
    let pairs = pairs(view, seed: seed)
    for source in [AlternativeMethod.penalty(), .penalty(factor: 2, rounds: 30)] {
      let model = PathSizeLogit(
        source: source, limits: AlternativeLimits(maximumStretch: 3, maximumOverlap: 0.9))
      var known = metric.routeShares(of: pairs, by: model)
      var closed: [LinkID] = []
      for _ in 0..<6 {
        // Most often a link that some route uses, so that something changes.
        let used = known.compactMap(\.self).flatMap { $0.set.routes.flatMap(\.arcs).map(\.link) }
        let link =
          used.randomElement(using: &random)
          ?? LinkID(Int.random(in: view.graph.links.indices, using: &random))
        closed += metric.close([link])
        let whole = metric.routeShares(of: pairs, by: model)
        let histories = known.map { $0?.history }
        for (threads, bounds) in [(1, nil), (3, nil), (1, open), (3, open)] {
          #expect(
            metric.routeShares(
              of: pairs, by: model, knowing: .histories(histories, bounds: bounds),
              threads: threads) == whole,
            "seed \(seed), closed \(closed.map(view.name))")
        }
        known = whole
      }
      metric.reopen(closed)
    }
  }

  @Test("a history tells all ways that were come by, and lets untouched searches end at once")
  func untouched() throws {
    let view = try RandomNetwork(seed: 733, maximumNodes: 40, maximumLinks: 90).view()
    let metric = try HierarchyMetric(ContractionHierarchy(view.graph), view: view)
    let pairs = pairs(view, seed: 1)
    let whole = metric.routeShares(of: pairs, by: PathSizeLogit())
    var wayCount = 0
    for shares in whole.compactMap(\.self) {
      wayCount += shares.history.ways.count
      #expect(shares.history.ways.isEmpty || shares.set.routes.count <= shares.history.ways.count)
    }
    #expect(wayCount > 8)
    // Costs that no way has: nothing of such a history may be taken over.
    let wrong = whole.map { shares in
      shares.map { shares in
        var history = shares.history
        history.ways = history.ways.map { .init(codes: $0.codes, impedance: $0.impedance + 1) }
        return history
      }
    }
    #expect(metric.routeShares(of: pairs, by: PathSizeLogit(), knowing: .histories(wrong)) == whole)
  }

  @Test("at the costs that they were found at, known routes change nothing", arguments: seeds)
  func sameCosts(seed: Int) throws {
    let view = try RandomNetwork(seed: seed, maximumNodes: 40, maximumLinks: 90).view()
    let metric = try HierarchyMetric(ContractionHierarchy(view.graph), view: view)
    let pairs = pairs(view, seed: seed)
    let whole = metric.routeShares(of: pairs, by: PathSizeLogit())
    let known = KnownAlternatives.routes(whole.map { $0?.set })
    for (again, shares) in zip(
      metric.routeShares(of: pairs, by: PathSizeLogit(), knowing: known), whole)
    {
      #expect(again?.set == shares?.set && again?.probabilities == shares?.probabilities)
    }
  }

  @Test(
    "at other costs the shortest way joins the known ones that keep the limits, chosen by the logit",
    arguments: seeds)
  func otherCosts(seed: Int) throws {
    let view = try RandomNetwork(seed: seed, maximumNodes: 40, maximumLinks: 90).view()
    let hierarchy = try ContractionHierarchy(view.graph)
    let pairs = pairs(view, seed: seed)
    let model = PathSizeLogit(theta: 0.7, beta: 0.8)
    let found = try HierarchyMetric(hierarchy, view: view).routeShares(of: pairs, by: model)
    var random = SeededGenerator(seed: seed + 2)
    var times = view.times
    for link in view.graph.links.indices {
      times.movingSeconds[link] *= Double.random(in: 0.3...2, using: &random)
    }
    let other = try view.taking(times)
    let shares = try HierarchyMetric(hierarchy, view: other).routeShares(
      of: pairs, by: model, knowing: .routes(found.map { $0?.set }))
    for (index, pair) in pairs.enumerated() {
      guard let set = found[index]?.set else {
        #expect(shares[index] == nil)
        continue
      }
      let best = try #require(other.route(from: pair.origin, to: pair.destination).route)
      let now = set.routes.map { other.route(along: $0.arcs, from: pair.origin) }
      var taken = [best]
      for (_, route) in now.enumerated().sorted(by: {
        ($0.element.impedance, $0.offset) < ($1.element.impedance, $1.offset)
      })
      where Double(route.impedance) <= 1.5 * Double(best.impedance) {
        let isApart = taken.allSatisfy { kept in
          let common = Set(route.arcs).intersection(kept.arcs).reduce(UInt64(0)) {
            $0 + other.impedance(of: $1.link)
          }
          return Double(common) <= 0.8 * Double(min(route.impedance, kept.impedance))
            && kept != route
        }
        if isApart { taken.append(route) }
      }
      let answer = try #require(shares[index])
      #expect(Set(answer.set.routes) == Set(taken), "seed \(seed), pair \(index)")
      // The logit by its definition.
      func size(_ route: Route) -> Double {
        if route.lengthMeters == 0 { return 1 }
        return route.arcs.reduce(0) { sum, arc in
          sum + view.graph.lengthMeters(of: arc.link)
            / Double(taken.count { $0.arcs.contains(arc) })
        } / route.lengthMeters
      }
      let weights = answer.set.routes.map {
        exp(-model.theta * ($0.travelTimeSeconds - best.travelTimeSeconds) / 3600)
          * pow(size($0), model.beta)
      }
      for (probability, weight) in zip(answer.probabilities, weights) {
        #expect(abs(probability - weight / weights.reduce(0, +)) < 1e-9)
      }
    }
  }
}
