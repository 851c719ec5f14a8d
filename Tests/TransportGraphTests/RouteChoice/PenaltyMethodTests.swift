import Geography
import Testing

@testable import TransportGraph

/// A sparse network as roads make one: junctions, chains between them, some of which come back to where they
/// start, parallel and one-way links, links without length, dead ends, a ring by itself.
private struct RoadNetwork {
  private(set) var nodes: [Node] = []
  private(set) var links: [Link] = []
  private var random: SeededGenerator
  /// Even metres, up to so many times two.
  private let longest: Int

  init(seed: Int) {
    random = SeededGenerator(seed: seed)
    // Many ties, hardly any, and links as long as they may be.
    longest = [4, 50_000, 24_000_000][seed % 3]
    let junctions = (0..<Int.random(in: 8...40, using: &random)).map { _ in node() }
    for (place, junction) in junctions.enumerated().dropFirst() {
      chain(junctions[Int.random(in: 0..<place, using: &random)], junction)
    }
    for _ in 0..<junctions.count { chain(any(junctions), any(junctions)) }
    let core = nodes.map(\.id)
    for _ in 0..<core.count / 3 { link(any(nodes.map(\.id)), node()) }
    let ring = (0..<Int.random(in: 2...6, using: &random)).map { _ in node() }
    for (place, from) in ring.enumerated() { link(from, ring[(place + 1) % ring.count]) }
    link(any(ring), node())
  }

  private mutating func any(_ ids: [String]) -> String { ids.randomElement(using: &random) ?? "" }

  private mutating func node() -> String {
    let id = "n\(nodes.count)"
    nodes.append(Node(id: id, coordinate: Coordinate(longitude: 70, latitude: 40)))
    return id
  }

  private mutating func chain(_ start: String, _ end: String) {
    var from = start
    // One that comes back has at least a node on the way.
    for _ in 0..<max(start == end ? 1 : 0, Int.random(in: -2...4, using: &random)) {
      let next = node()
      link(from, next)
      from = next
    }
    link(from, end)
  }

  private mutating func link(_ from: String, _ to: String) {
    for _ in 0..<([1, 1, 1, 1, 1, 1, 1, 2].randomElement(using: &random) ?? 1) {
      let isEmpty = Int.random(in: 0..<10, using: &random) == 0
      links.append(
        Link(
          // Not in the order of the file.
          id: "\(Int.random(in: 0..<1000, using: &random))-\(links.count)", from: from, to: to,
          mode: .road, kind: isEmpty ? .transfer : .way,
          lengthMeters: isEmpty ? 0 : Double(2 * Int.random(in: 1...longest, using: &random)),
          isOneWay: Int.random(in: 0..<12, using: &random) == 0))
    }
  }

  func view() throws -> GraphView {
    try GraphView(TransportGraph(nodes: nodes, links: links), profile: Sketch.profile)
  }

  /// Some links closed, others dearer.
  mutating func change(_ view: GraphView, _ links: [LinkID]) throws -> GraphView {
    let closed = links.filter { _ in Int.random(in: 0..<3, using: &random) == 0 }
    let seconds = Double(Int.random(in: 1...longest, using: &random)) / 40
    return try view.closing(closed).adding(
      fixedSeconds: seconds, to: links.filter { !closed.contains($0) })
  }

  mutating func pairs(_ view: GraphView) -> [NodePair] {
    // Three origins, so that searches share what they know.
    let origins = (0..<3).map { _ in NodeID(Int.random(in: nodes.indices, using: &random)) }
    return (0..<18).map {
      NodePair(
        from: origins[$0 % 3], to: NodeID(Int.random(in: nodes.indices, using: &random)))
    }
  }

  mutating func some(_ links: [LinkID], _ count: Int) -> [LinkID] {
    (0..<count).compactMap { _ in links.randomElement(using: &random) }
  }
}

/// The penalty method link by link, without chains, bounds or memory.
private struct PlainPenalties {
  struct Step {
    let arc: Arc
    let head: Int
  }

  let view: GraphView
  private var leaving: [[Step]]
  private var entering: [[(tail: Int, link: LinkID)]]
  /// Where ways can part.
  private var isJunction: [Bool]
  /// By node in a dead end, the next node on the way out.
  private var wayOut: [Int: Int] = [:]

  init(_ view: GraphView) {
    self.view = view
    let graph = view.graph
    let count = graph.nodes.count
    leaving = Array(repeating: [], count: count)
    entering = Array(repeating: [], count: count)
    var neighbours = [[(link: Int, node: Int)]](repeating: [], count: count)
    for (index, link) in graph.links.enumerated() {
      let (from, to) = (
        graph.tail(of: Arc(link: LinkID(index), isForward: true)).index,
        graph.head(of: Arc(link: LinkID(index), isForward: true)).index
      )
      neighbours[from].append((index, to))
      neighbours[to].append((index, from))
      if view.isClosed(LinkID(index)) { continue }
      leaving[from].append(Step(arc: Arc(link: LinkID(index), isForward: true), head: to))
      entering[to].append((from, LinkID(index)))
      if link.isOneWay { continue }
      leaving[to].append(Step(arc: Arc(link: LinkID(index), isForward: false), head: from))
      entering[from].append((to, LinkID(index)))
    }
    // Dead ends off, one node after the other.
    while let leaf = neighbours.firstIndex(where: { $0.count == 1 }) {
      let (link, next) = neighbours[leaf][0]
      wayOut[leaf] = next
      neighbours[leaf] = []
      neighbours[next].removeAll { $0.link == link }
    }
    isJunction = neighbours.map { $0.count > 2 }
    // A ring without a junction has one at the node with the smallest identifier.
    var isSeen = isJunction
    for node in 0..<count where !neighbours[node].isEmpty && !isSeen[node] {
      var piece = [node]
      isSeen[node] = true
      var next = 0
      var hasJunction = false
      while next < piece.count {
        for (_, other) in neighbours[piece[next]] {
          hasJunction = hasJunction || isJunction[other]
          if isSeen[other] { continue }
          isSeen[other] = true
          piece.append(other)
        }
        next += 1
      }
      if hasJunction { continue }
      if let first = piece.min(by: { graph.nodes[$0].id < graph.nodes[$1].id }) {
        isJunction[first] = true
      }
    }
  }

  /// Where the dead end is left that a node lies in.
  private func out(_ node: Int) -> Int { wayOut[node].map(out) ?? node }

  func routes(
    _ pair: NodePair, factor: Double, rounds: Int, limits: AlternativeLimits
  ) throws -> [Route]? {
    guard let best = view.routeByDijkstra(from: pair.origin, to: pair.destination).route else {
      return nil
    }
    let (start, end) = (out(pair.origin.index), out(pair.destination.index))
    var taken = [best]
    var costs = view.graph.links.indices.map { view.impedance(of: LinkID($0)) }
    func makeDearer(_ route: Route) {
      for arc in route.arcs {
        let share = (factor - 1) * Double(view.impedance(of: arc.link))
        costs[arc.link.index] += UInt64(share.rounded(.up))
      }
    }
    makeDearer(best)
    var fruitless = 0
    for _ in 0..<rounds where start != end && taken.count < limits.count && fruitless < 3 {
      let route = view.route(
        along: way(from: pair.origin.index, to: pair.destination.index, costs) {
          isJunction[$0] || $0 == start || $0 == end
        }, from: pair.origin)
      makeDearer(route)
      let isTaken =
        Double(route.impedance) <= limits.maximumStretch * Double(best.impedance)
        && taken.allSatisfy { other in
          let shared = Set(route.arcs).intersection(other.arcs).reduce(UInt64(0)) {
            $0 + view.impedance(of: $1.link)
          }
          return route != other
            && Double(shared) <= limits.maximumOverlap
              * Double(min(route.impedance, other.impedance))
        }
      fruitless = isTaken ? 0 : fruitless + 1
      if isTaken { taken.append(route) }
    }
    return taken.enumerated().sorted {
      ($0.element.impedance, $0.offset) < ($1.element.impedance, $1.offset)
    }.map(\.element)
  }

  /// The best way at some costs; of equally good ones the longest first step, then the one with the link of
  /// the smallest identifier.
  private func way(
    from origin: Int, to destination: Int, _ costs: [UInt64], isStop: (Int) -> Bool
  ) -> [Arc] {
    var after = [UInt64](repeating: .max, count: leaving.count)
    after[destination] = 0
    var queue = [destination]
    var next = 0
    while next < queue.count {
      let node = queue[next]
      next += 1
      for (tail, link) in entering[node] where after[node] + costs[link.index] < after[tail] {
        after[tail] = after[node] + costs[link.index]
        queue.append(tail)
      }
    }
    func isBest(_ step: Step, from node: Int) -> Bool {
      after[step.head] != .max && after[step.head] + costs[step.arc.link.index] == after[node]
    }
    var way: [Arc] = []
    var node = origin
    while node != destination {
      let steps = leaving[node].filter { isBest($0, from: node) }.map { first -> [Step] in
        var steps = [first]
        while let last = steps.last, !isStop(last.head), last.head != destination {
          // No choice: neither back nor into a dead end.
          guard let onward = leaving[last.head].first(where: { isBest($0, from: last.head) })
          else { break }
          steps.append(onward)
        }
        return steps
      }
      func key(_ steps: [Step]) -> (UInt64, String) {
        (
          after[steps.last?.head ?? 0],
          steps.map { view.graph.links[$0.arc.link.index].id }.min() ?? ""
        )
      }
      guard let best = steps.min(by: { key($0) < key($1) }) else { return [] }
      way += best.map(\.arc)
      node = best.last?.head ?? destination
    }
    return way
  }
}

@Suite("Penalty method on road networks")
struct PenaltyMethodTests {
  private static let models = [
    PathSizeLogit(),
    PathSizeLogit(
      source: .penalty(factor: 2, rounds: 30),
      limits: AlternativeLimits(count: 20, maximumStretch: 4, maximumOverlap: 0.95)),
    PathSizeLogit(
      source: .penalty(factor: 10, rounds: 100),
      limits: AlternativeLimits(count: 15, maximumStretch: 1e6, maximumOverlap: 1)),
  ]

  @Test("it finds what a search link by link finds", arguments: 1...18)
  func plain(seed: Int) throws {
    var network = RoadNetwork(seed: seed)
    var view = try network.view()
    let all = view.graph.links.indices.map { LinkID($0) }
    if seed % 2 == 0 { view = try network.change(view, network.some(all, 5)) }
    let metric = try HierarchyMetric(ContractionHierarchy(view.graph), view: view)
    let pairs = network.pairs(view)
    let plain = PlainPenalties(view)
    for model in Self.models {
      guard case .penalty(let factor, let rounds) = model.source else { continue }
      for (pair, shares) in zip(pairs, metric.routeShares(of: pairs, by: model)) {
        let expected = try plain.routes(
          pair, factor: factor, rounds: rounds, limits: model.limits)
        #expect(shares?.set.routes == expected, "seed \(seed), \(pair), \(model)")
      }
    }
  }

  @Test(
    "where links close or become dearer, what is known of the open network changes nothing",
    arguments: 1...24)
  func known(seed: Int) throws {
    var network = RoadNetwork(seed: seed)
    let view = try network.view()
    let hierarchy = try ContractionHierarchy(view.graph)
    let open = try HierarchyMetric(hierarchy, view: view)
    let bounds = LowerBounds(open)
    let pairs = network.pairs(view)
    let all = view.graph.links.indices.map { LinkID($0) }
    for model in Self.models {
      let before = open.routeShares(of: pairs, by: model)
      var (known, changed) = (before, view)
      for round in 0..<4 {
        // Most often links that some way uses, so that something changes.
        let used = known.compactMap(\.self).flatMap { $0.set.routes.flatMap(\.arcs).map(\.link) }
        changed = try network.change(
          round == 2 ? view : changed,
          network.some(used, 2) + network.some(all, round))
        let metric = try HierarchyMetric(hierarchy, view: changed)
        let whole = metric.routeShares(of: pairs, by: model)
        // A history of the open network, or of the change before, which did not close more.
        for history in round == 2 ? [before] : [before, known] {
          for (threads, bounds) in [(1, bounds), (3, bounds), (1, nil)] {
            let found = metric.routeShares(
              of: pairs, by: model,
              knowing: .histories(history.map { $0?.history }, bounds: bounds), threads: threads)
            #expect(found == whole, "seed \(seed), round \(round), \(model)")
          }
        }
        let unknown = metric.routeShares(
          of: pairs, by: model, knowing: .histories(pairs.map { _ in nil }, bounds: bounds))
        #expect(unknown == whole, "seed \(seed), round \(round), \(model)")
        known = whole
      }
    }
  }
}
