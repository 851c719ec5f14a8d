import Foundation

@testable import TransportGraph

/// The slow, obvious recursive logit: the series Σ Wᵏ added up term by term over the links themselves.
struct WalkOracle {
  struct State: Hashable {
    let link: String
    let tail: String
    let head: String
  }

  let states: [State]
  private let weights: [Double]
  private let followers: [[Int]]
  private let destination: String

  /// - Parameter allowsTurns: Whether one may go straight back along a link.
  init(_ view: GraphView, theta: Double, to destination: String, allowsTurns: Bool) {
    self.destination = destination
    var states: [State] = []
    var weights: [Double] = []
    for (index, link) in view.graph.links.enumerated() where !view.isClosed(LinkID(index)) {
      let hours = view.times.seconds(of: LinkID(index)) / 3600
      states.append(State(link: link.id, tail: link.from, head: link.to))
      weights.append(exp(-theta * hours))
      if !link.isOneWay {
        states.append(State(link: link.id, tail: link.to, head: link.from))
        weights.append(exp(-theta * hours))
      }
    }
    self.states = states
    self.weights = weights
    followers = states.map { state in
      guard state.head != destination else { return [] }
      return states.indices.filter {
        states[$0].tail == state.head && (allowsTurns || states[$0].link != state.link)
      }
    }
  }

  /// The expected use of each state by a traveller from a node, and the weight of all walks.
  ///
  /// - Parameter avoided: Links that walks must not use.
  /// - Returns: nil where the series has not come to an end after so many terms.
  func flows(
    from origin: String, avoiding avoided: Set<String> = [], terms: Int = 20_000
  ) -> (uses: [State: Double], weight: Double)? {
    func isOpen(_ state: Int) -> Bool { !avoided.contains(states[state].link) }
    var onward = states.indices.map { states[$0].head == destination && isOpen($0) ? 1.0 : 0 }
    var reaching = states.indices.map { states[$0].tail == origin && isOpen($0) ? weights[$0] : 0 }
    var (z, visits) = (onward, reaching)
    for _ in 0..<terms {
      onward = states.indices.map { state in
        isOpen(state)
          ? followers[state].reduce(0) { $0 + (isOpen($1) ? weights[$1] * onward[$1] : 0) } : 0
      }
      var next = [Double](repeating: 0, count: states.count)
      for state in states.indices where reaching[state] > 0 {
        for follower in followers[state] where isOpen(follower) {
          next[follower] += reaching[state] * weights[follower]
        }
      }
      reaching = next
      for state in states.indices {
        z[state] += onward[state]
        visits[state] += reaching[state]
      }
      if onward.allSatisfy({ $0 < 1e-30 }) && reaching.allSatisfy({ $0 < 1e-30 }) {
        let weight = states.indices.filter { states[$0].tail == origin && isOpen($0) }.reduce(0.0) {
          $0 + weights[$1] * z[$1]
        }
        let uses = states.indices.map { (states[$0], visits[$0] * z[$0] / weight) }
        return (Dictionary(uniqueKeysWithValues: uses), weight)
      }
    }
    return nil
  }

  /// The weight of the walks that visit no node twice, listed one by one.
  func looplessWeight(from origin: String) -> Double {
    func extend(_ state: Int, _ visited: Set<String>, _ weight: Double) -> Double {
      let head = states[state].head
      if head == destination { return weight }
      guard !visited.contains(head) else { return 0 }
      return followers[state].reduce(0) {
        $0 + extend($1, visited.union([head]), weight * weights[$1])
      }
    }
    return states.indices.filter { states[$0].tail == origin }.reduce(0) {
      $0 + extend($1, [origin], weights[$1])
    }
  }
}

extension GraphView {
  /// Uses by a recursive logit between two nodes named by their identifiers.
  func walks(_ origin: String, _ destination: String, _ model: RecursiveLogit) throws
    -> RouteChoiceUses
  {
    let metric = try HierarchyMetric(ContractionHierarchy(graph), view: self, threads: 1)
    return try metric.uses(
      of: [NodePair(from: node(origin), to: node(destination))], by: .recursiveLogit(model))
  }

  /// Expected uses by link and tail, such as `b/A`.
  func shares(_ use: LinkUse) -> [String: Double] {
    Dictionary(
      uniqueKeysWithValues: use.entries.map {
        (
          graph.links[$0.arc.link.index].id + "/" + graph.nodes[graph.tail(of: $0.arc).index].id,
          $0.share
        )
      })
  }
}
