import Geography
import Testing

@testable import TransportGraph

/// Networks for tests, written the way they are drawn.
///
/// A link is `"name: A-B 10"` (two-way) or `"name: A>B 10"` (one-way), the length in kilometres. Speed
/// is 36 km/h unless stated, so that a kilometre takes 100 s.
enum Sketch {
  static let profile = ImpedanceProfile(
    name: "test", measure: .time,
    speedsKilometersPerHour: [
      .road: ["default": 36], .rail: ["default": 36], .ferry: ["default": 36],
    ],
    transferHours: 0)

  static func graph(_ lines: [String], isolated: [String] = []) throws -> TransportGraph {
    let links = try lines.map(link)
    var ids = isolated
    var known = Set(isolated)
    for link in links {
      for id in [link.from, link.to] where known.insert(id).inserted { ids.append(id) }
    }
    let nodes = ids.enumerated().map { index, id in
      Node(id: id, coordinate: Coordinate(longitude: Double(index), latitude: 0))
    }
    return try TransportGraph(nodes: nodes, links: links)
  }

  static func view(_ lines: [String], isolated: [String] = []) throws -> GraphView {
    try GraphView(graph(lines, isolated: isolated), profile: profile)
  }

  private struct Unreadable: Error { let line: String }

  private static func link(_ line: String) throws -> Link {
    let parts = line.split(separator: " ").map(String.init)
    guard parts.count == 3, let kilometers = Double(parts[2]) else { throw Unreadable(line: line) }
    let isOneWay = parts[1].contains(">")
    let ends = parts[1].split(separator: isOneWay ? ">" : "-").map(String.init)
    guard ends.count == 2 else { throw Unreadable(line: line) }
    return Link(
      id: String(parts[0].dropLast()), from: ends[0], to: ends[1], mode: .road,
      kind: kilometers == 0 ? .transfer : .way, lengthMeters: kilometers * 1000, isOneWay: isOneWay)
  }
}

/// SplitMix64 (Steele, Lea and Flood 2014): the same numbers from the same seed everywhere.
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: Int) { state = UInt64(seed) &* 0x2545_F491_4F6C_DD1D }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

/// A small random multigraph with everything that can go wrong in one: parallel and one-way links,
/// several pieces, lengths of 0, many ties, closed links.
struct RandomNetwork: CustomStringConvertible {
  var nodes: [Node]
  var links: [Link]
  var closed: Set<String>
  let seed: Int

  init(seed: Int, maximumNodes: Int = 9, maximumLinks: Int = 24) {
    var random = SeededGenerator(seed: seed)
    self.seed = seed
    let nodeCount = Int.random(in: 2...maximumNodes, using: &random)
    nodes = (0..<nodeCount).map {
      Node(
        id: "n\($0)",
        coordinate: Coordinate(
          longitude: .random(in: 60...80, using: &random),
          latitude: .random(in: 40...50, using: &random)))
    }
    links = []
    closed = []
    for index in 0..<Int.random(in: 0...maximumLinks, using: &random) {
      let ends = nodes.indices.shuffled(using: &random)
      // Even metres, so that half a link takes half its milliseconds.
      let kilometers = Int.random(in: 0...3, using: &random) * 2
      links.append(
        Link(
          id: "l\(index)", from: nodes[ends[0]].id, to: nodes[ends[1]].id,
          mode: Bool.random(using: &random) ? .road : .rail,
          kind: kilometers == 0 ? .transfer : .way, lengthMeters: Double(kilometers) * 1000,
          isOneWay: Int.random(in: 0..<3, using: &random) == 0))
      if Int.random(in: 0..<8, using: &random) == 0 { closed.insert("l\(index)") }
    }
  }

  func view() throws -> GraphView {
    let graph = try TransportGraph(nodes: nodes, links: links)
    return try GraphView(graph, profile: Sketch.profile)
      .closing(closed.compactMap { graph.link(id: $0) })
  }

  var description: String {
    "seed \(seed): \(nodes.count) nodes; "
      + links.map {
        "\($0.id): \($0.from)\($0.isOneWay ? ">" : "-")\($0.to) \($0.lengthMeters / 1000)"
          + (closed.contains($0.id) ? " closed" : "")
      }.joined(separator: ", ")
  }
}

/// The slow, obvious way to everything, over the links themselves.
struct Oracle {
  struct OpenArc {
    let tail: String
    let head: String
    let link: String
    let cost: UInt64
  }

  let arcs: [OpenArc]
  let nodes: [String]

  init(_ view: GraphView) {
    nodes = view.graph.nodes.map(\.id)
    var arcs: [OpenArc] = []
    for (index, link) in view.graph.links.enumerated() where !view.isClosed(LinkID(index)) {
      // 100 s a kilometre (`Sketch.profile`), plus what the view added.
      let seconds = link.lengthMeters / 10 + view.times.fixedSeconds[index]
      let cost = max(1, UInt64((seconds * 1000).rounded()))
      arcs.append(OpenArc(tail: link.from, head: link.to, link: link.id, cost: cost))
      if !link.isOneWay {
        arcs.append(OpenArc(tail: link.to, head: link.from, link: link.id, cost: cost))
      }
    }
    self.arcs = arcs
  }

  /// Bellman–Ford.
  func costs(from origin: String) -> [String: UInt64] {
    var costs = [origin: UInt64(0)]
    for _ in nodes {
      var changed = false
      for arc in arcs {
        guard let before = costs[arc.tail] else { continue }
        if before + arc.cost < costs[arc.head] ?? .max {
          costs[arc.head] = before + arc.cost
          changed = true
        }
      }
      if !changed { break }
    }
    return costs
  }

  /// Every shortest route, as arcs, listed one by one.
  func shortestRoutes(from origin: String, to destination: String) -> [[OpenArc]] {
    let costs = costs(from: origin)
    guard costs[destination] != nil else { return [] }
    var found: [[OpenArc]] = []
    // Every part of a shortest route is one, so a step that costs more than it need is none.
    func extend(_ route: [OpenArc], at node: String, cost: UInt64) {
      if node == destination { found.append(route) }
      for arc in arcs where arc.tail == node && cost + arc.cost == costs[arc.head] {
        extend(route + [arc], at: arc.head, cost: cost + arc.cost)
      }
    }
    extend([], at: origin, cost: 0)
    return found
  }

  /// The rule for the one route returned, applied to the whole list: compare from the destination
  /// backwards, by the cost of each arc's tail and then the link's identifier.
  func canonicalRoute(from origin: String, to destination: String) -> [String]? {
    let costs = costs(from: origin)
    return shortestRoutes(from: origin, to: destination).min { a, b in
      for (x, y) in zip(a.reversed(), b.reversed()) {
        let left = (costs[x.tail] ?? .max, x.link)
        let right = (costs[y.tail] ?? .max, y.link)
        if left != right { return left < right }
      }
      return a.count < b.count
    }?.map(\.link)
  }
}

extension GraphView {
  func node(_ id: String) throws -> NodeID {
    try #require(graph.node(id: id))
  }

  func link(_ id: String) throws -> LinkID {
    try #require(graph.link(id: id))
  }

  func linkIDs(_ outcome: RouteOutcome) -> [String]? {
    outcome.route?.arcs.map { graph.links[$0.link.index].id }
  }

  /// Link identifiers of the route between two nodes.
  func links(_ origin: String, _ destination: String) throws -> [String]? {
    linkIDs(route(from: try node(origin), to: try node(destination)))
  }
}
