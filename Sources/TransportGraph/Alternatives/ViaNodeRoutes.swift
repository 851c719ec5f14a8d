/// Candidates that are shortest to some node and from it; see ``AlternativeMethod``.
///
/// A route by a node is a way in the tree of shortest routes from the origin and one in the tree of
/// those to the destination. What it shares with another route is summed up along the trees, for all
/// nodes at once: so most candidates are told apart without being traced.
struct ViaNodeRoutes {
  private let metric: HierarchyMetric
  let graph: TransportGraph
  private let limits: AlternativeLimits
  private let shortest: Route
  /// The ranks of the nodes of the shortest route.
  private let shortestNodes: [Int]
  /// Least costs from the origin and to the destination, by rank.
  let ahead: [UInt64]
  let behind: [UInt64]
  /// The ranks of the nodes by which a route within the cost limit leads. With a node, the trees'
  /// ways to it and from it are near.
  let near: [Int]
  /// The arcs by which the trees enter and leave near nodes, by rank.
  private(set) var entering: [ArcCode?]
  private(set) var leaving: [ArcCode?]

  /// The route by the nodes of one plateau.
  private struct Candidate {
    /// The ranks of the plateau's first and last node.
    var first: Int
    var last: Int
    /// The arc that leads to the first.
    var entering: ArcCode
    var cost: UInt64
    /// The cost of what it shares with the shortest route.
    var shared: UInt64
    var plateau: UInt64

    /// The order in which routes are tried, least first.
    var objective: UInt64 { 2 * cost + shared - plateau }
  }

  init(metric: HierarchyMetric, shortest: Route, limits: AlternativeLimits) {
    self.metric = metric
    self.limits = limits
    self.shortest = shortest
    graph = metric.view.graph
    shortestNodes = shortest.nodes(in: graph).map { [graph] in graph.rank(of: $0) }
    let from = metric.impedances(from: shortest.origin)
    let to = metric.impedances(to: shortest.destination)
    let ahead = graph.nodeOfRank.map { from[NodeID(Int($0))] ?? SearchSpace.unreached }
    let behind = graph.nodeOfRank.map { to[NodeID(Int($0))] ?? SearchSpace.unreached }
    let limit = limits.costLimit(shortest.impedance)
    // What a tree does not reach is near under no limit, not even an infinite one.
    near = ahead.indices.filter {
      ahead[$0] != SearchSpace.unreached && behind[$0] != SearchSpace.unreached
        && ahead[$0] + behind[$0] <= limit
    }
    self.ahead = ahead
    self.behind = behind
    entering = Array(repeating: nil, count: ahead.count)
    leaving = entering
    growTrees()
  }

  /// Considers the routes one by one until the selection is complete.
  ///
  /// - Parameter localOptimality: 0 … 1; see ``AlternativeMethod``.
  func add(to selection: inout AlternativeSelection, localOptimality: Double) {
    precondition((0...1).contains(localOptimality), "a share of the shortest route")
    let optimal = UInt64(localOptimality * Double(shortest.impedance))
    let sharedWithShortest = Shared(self, shortest)
    var others: [Shared] = []
    for candidate in candidates(sharedWithShortest) {
      let isApart = others.allSatisfy {
        limits.allow(
          shared: $0.cost(by: candidate.first), of: min(candidate.cost, $0.route.impedance))
      }
      guard isApart, isLocallyOptimal(candidate, upTo: optimal), let route = route(by: candidate),
        selection.consider(route)
      else { continue }
      if selection.isComplete { return }
      others.append(Shared(self, route))
    }
  }

  /// Finds the arcs of both trees. Of equally short ways the rule of ``CanonicalRoute`` takes one,
  /// in the other direction its mirror image; where that leaves the shortest route, the route itself.
  private mutating func growTrees() {
    let links = graph.links
    func better(
      _ known: (cost: UInt64, code: ArcCode)?, _ cost: UInt64, _ code: ArcCode
    ) -> (cost: UInt64, code: ArcCode) {
      guard let known else { return (cost, code) }
      if cost != known.cost { return cost < known.cost ? (cost, code) : known }
      return links[code.link].id < links[known.code.link].id ? (cost, code) : known
    }
    func arc(
      of node: Int, _ adjacency: Adjacency, _ arcs: [UInt64], _ costs: [UInt64]
    ) -> ArcCode? {
      var best: (cost: UInt64, code: ArcCode)?
      for slot in adjacency.slots(node) where arcs[slot] != PackedArc.closed {
        let cost = costs[Int(arcs[slot] & PackedArc.rankMask)]
        if cost < costs[node], cost + arcs[slot] >> PackedArc.rankBits == costs[node] {
          best = better(best, cost, adjacency.codes[slot])
        }
      }
      return best?.code
    }
    let view = metric.view
    for node in near {
      entering[node] = arc(of: node, graph.incoming, view.incomingArcs, ahead)
      leaving[node] = arc(of: node, graph.outgoing, view.outgoingArcs, behind)
    }
    for (node, arc) in zip(shortestNodes, shortest.arcs) {
      leaving[node] = ArcCode(link: arc.link.index, isForward: arc.isForward)
    }
  }

  /// One for each plateau besides the shortest route, where it differs enough from that, in order.
  private func candidates(_ sharedWithShortest: Shared) -> [Candidate] {
    var isShortest = [Bool](repeating: false, count: ahead.count)
    for node in shortestNodes { isShortest[node] = true }
    var candidates: [Candidate] = []
    for node in near where !isShortest[node] {
      guard let arc = entering[node], leaving[Int(graph.tailRank(of: arc))] != arc else { continue }
      let shared = sharedWithShortest.cost(by: node)
      guard limits.allow(shared: shared, of: shortest.impedance) else { continue }
      var last = node
      var next = leaving[last]
      while let onPlateau = next, entering[Int(graph.headRank(of: onPlateau))] == onPlateau {
        last = Int(graph.headRank(of: onPlateau))
        next = leaving[last]
      }
      // There and back again, as to all places beside a road: no loopless route.
      if let next, graph.headRank(of: next) == graph.tailRank(of: arc) { continue }
      candidates.append(
        Candidate(
          first: node, last: last, entering: arc, cost: ahead[node] + behind[node],
          shared: shared, plateau: ahead[last] - ahead[node]))
    }
    return candidates.sorted { a, b in
      let (x, y) = (a.objective, b.objective)
      if x != y { return x < y }
      if a.cost != b.cost { return a.cost < b.cost }
      if a.shared != b.shared { return a.shared < b.shared }
      if a.entering.link != b.entering.link {
        return graph.links[a.entering.link].id < graph.links[b.entering.link].id
      }
      return a.entering.isForward && !b.entering.isForward
    }
  }

  /// Whether every part of the route that costs at most `cost` is a shortest route.
  ///
  /// What ends on the plateau or starts there is part of a tree's way and thus shortest. Of the parts
  /// that reach beyond both its ends, the longest from each node decide: parts of a shortest route are
  /// shortest.
  private func isLocallyOptimal(_ candidate: Candidate, upTo cost: UInt64) -> Bool {
    guard candidate.plateau < cost else { return true }
    let beyond = cost - candidate.plateau
    func costBefore(_ node: Int) -> UInt64 { ahead[candidate.first] - ahead[node] }
    func costAfter(_ node: Int) -> UInt64 { behind[candidate.last] - behind[node] }

    var ends: [Int] = []
    var end = candidate.last
    while let arc = leaving[end] {
      end = Int(graph.headRank(of: arc))
      if costAfter(end) > beyond { break }
      ends.append(end)
    }
    var start = candidate.first
    while let arc = entering[start] {
      start = Int(graph.tailRank(of: arc))
      while let end = ends.last, costBefore(start) + costAfter(end) > beyond { ends.removeLast() }
      guard let end = ends.last else { return true }
      let along = costBefore(start) + candidate.plateau + costAfter(end)
      guard metric.impedance(from: graph.node(rank: start), to: graph.node(rank: end)) == along
      else { return false }
    }
    return true
  }

  /// The route by a plateau; nil where it visits a node twice.
  private func route(by candidate: Candidate) -> Route? {
    var arcs: [Arc] = []
    var visited: Set<Int> = [candidate.first]
    var node = candidate.first
    while let arc = entering[node] {
      node = Int(graph.tailRank(of: arc))
      visited.insert(node)
      arcs.append(arc.arc)
    }
    arcs.reverse()
    node = candidate.first
    while let arc = leaving[node] {
      node = Int(graph.headRank(of: arc))
      guard visited.insert(node).inserted else { return nil }
      arcs.append(arc.arc)
    }
    return metric.view.route(along: arcs, from: shortest.origin)
  }
}
