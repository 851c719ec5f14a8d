import Foundation
import Testing

@testable import TransportGraph

@Suite("Path-size logit")
struct PathSizeLogitTests {
  static let sources: [AlternativeMethod] = [.kShortest, .penalty(), .viaNode()]

  @Test("two ways that share a stretch share the trip as worked out by hand")
  func byHand() throws {
    //  A ─ 10 ─ B ══ 20, 22 ══ C     and A ─ 36 ─ C
    let view = try Sketch.view(["ab: A-B 10", "b1: B-C 20", "b2: B-C 22", "ac: A-C 36"])
    let metric = try HierarchyMetric(ContractionHierarchy(view.graph), view: view)
    let pair = NodePair(from: try view.node("A"), to: try view.node("C"))
    for source in [AlternativeMethod.kShortest, .penalty()] {
      let model = PathSizeLogit(theta: 2, beta: 1, source: source)
      let shares = try #require(metric.routeShares(of: [pair], by: model)[0])
      #expect(shares.set.linkIDs(in: view) == [["ab", "b1"], ["ab", "b2"], ["ac"]])
      // A–B is shared by two: half of it counts.
      let sizes = [(5.0 + 20) / 30, (5.0 + 22) / 32, 1]
      let hours = [3000.0 / 3600, 3200.0 / 3600, 3600.0 / 3600]
      let terms = zip(sizes, hours).map { $0 * exp(-2 * $1) }
      let sum = terms.reduce(0, +)
      for (index, term) in terms.enumerated() {
        #expect(abs(shares.pathSizes[index] - sizes[index]) < 1e-12)
        #expect(abs(shares.probabilities[index] - term / sum) < 1e-12)
      }
      let use = try view.use("A", "C", by: .pathSizeLogit(model))
      let first = (terms[0] + terms[1]) / sum
      let byLink = Dictionary(
        uniqueKeysWithValues: use.entries.map { (view.name(of: $0.arc.link), $0.share) })
      #expect(abs((byLink["ab"] ?? .nan) - first) < 1e-12)
      #expect(abs((byLink["ac"] ?? .nan) - (1 - first)) < 1e-12)
      let avoiding = use.probability { ["b1", "ac"].contains(view.name(of: $0)) }
      #expect(abs(avoiding - terms[1] / sum) < 1e-12)
    }
  }

  @Test("a limit of one route, or θ without bound, is the shortest way")
  func allOrNothing() throws {
    let view = try Sketch.view(["ab: A-B 10", "b1: B-C 20", "b2: B-C 22", "ac: A-C 36"])
    let one = PathSizeLogit(limits: AlternativeLimits(count: 1))
    let sharp = PathSizeLogit(theta: 1e9)
    for model in [one, sharp] {
      let use = try view.use("A", "C", by: .pathSizeLogit(model))
      for entry in use.entries {
        let isShortest = ["ab", "b1"].contains(view.name(of: entry.arc.link))
        let expected: Double = isShortest ? 1 : 0
        #expect(entry.share == expected)
      }
    }
  }

  @Test("without a preference and without path size, all alternatives are as probable")
  func indifferent() throws {
    let view = try Sketch.view(["ab: A-B 10", "b1: B-C 20", "b2: B-C 22", "ac: A-C 36"])
    let metric = try HierarchyMetric(ContractionHierarchy(view.graph), view: view)
    let pair = NodePair(from: try view.node("A"), to: try view.node("C"))
    let model = PathSizeLogit(theta: 0, beta: 0)
    let shares = try #require(metric.routeShares(of: [pair], by: model)[0])
    #expect(shares.probabilities == Array(repeating: 1.0 / 3, count: 3))
  }

  @Test("under a profile that measures distance, θ is per 100 km")
  func distance() throws {
    let graph = try Sketch.graph(["a: A-B 100", "b: A-B 130"])
    var profile = Sketch.profile
    profile.measure = .distance
    let view = try GraphView(graph, profile: profile)
    let use = try view.use("A", "B", by: .pathSizeLogit(PathSizeLogit(theta: 2)))
    #expect(abs(use.entries[0].share - 1 / (1 + exp(-0.6))) < 1e-12)
    let stoch = try view.use("A", "B", by: .stoch(DialLogit(theta: 2)))
    #expect(abs(stoch.entries[0].share - 1 / (1 + exp(-0.6))) < 1e-12)
  }

  @Test("alternatives over links without length have a path size all the same")
  func noLength() throws {
    let view = try Sketch.view(["a: A-B 0", "b: A-B 0"])
    let model = PathSizeLogit(source: .kShortest, limits: AlternativeLimits(maximumOverlap: 1))
    let use = try view.use("A", "B", by: .pathSizeLogit(model))
    #expect(use.entries.map(\.share) == [0.5, 0.5])
    #expect(use.expectedLengthMeters == 0)
  }

  @Test("parameters out of range are refused")
  func refused() throws {
    let view = try Sketch.view(["a: A-B 1"])
    let metric = try HierarchyMetric(ContractionHierarchy(view.graph), view: view)
    let models: [RouteChoiceModel] = [
      .pathSizeLogit(PathSizeLogit(theta: -1)), .pathSizeLogit(PathSizeLogit(theta: .infinity)),
      .pathSizeLogit(PathSizeLogit(beta: .nan)),
      .pathSizeLogit(PathSizeLogit(source: .penalty(factor: 1, rounds: 5))),
      .pathSizeLogit(PathSizeLogit(source: .penalty(factor: 1.4, rounds: 0))),
      .pathSizeLogit(PathSizeLogit(source: .viaNode(localOptimality: 1.5))),
      .stoch(DialLogit(theta: -0.5)),
    ]
    for model in models {
      #expect(throws: RouteChoiceError.self) { try metric.uses(of: [], by: model) }
    }
    #expect(
      RouteChoiceError.badParameter("theta", value: -1, expected: "a number from 0").description
        == "route choice: theta is -1.0; expected a number from 0")
  }
}
