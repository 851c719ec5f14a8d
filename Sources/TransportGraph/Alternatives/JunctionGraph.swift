/// The part of a network where ways can part: junctions, and the chains of links between them.
///
/// Dead ends are left aside, for a way that enters one without ending there has to come back. What is left
/// joins each node to at least two links. Where three or more meet, ways can part: a junction. Between two
/// junctions a way has no choice, so that a search may go along a chain as along one link. A ring without
/// any junction has one at its node with the smallest identifier.
///
/// Made from the topology alone, whatever links cost and whether or not they are closed: it serves every
/// view of a graph.
struct JunctionGraph: Sendable {
  /// Where a node lies.
  enum Place: Hashable, Sendable {
    case junction(Int)
    /// Inside a chain, after so many of its links.
    case inside(chain: Int, offset: Int)
    /// In a dead end, which is left by this arc.
    case deadEnd(ArcCode)
    /// In a piece without a ring, where dead ends meet.
    case root
  }

  /// A neighbour of a junction, and the chain that leads from there to the junction: `2 * chain`, one
  /// more where it is gone along from its end to its start.
  struct Neighbour: Sendable {
    let junction: UInt32
    let code: UInt32
  }

  /// By junction.
  private(set) var rankOfJunction: [UInt32] = []
  /// By rank.
  private(set) var places: [Place]
  /// The neighbours of junction i are `neighbours[first[i] ..< first[i + 1]]`; no junction is its own.
  private(set) var first: [Int] = []
  private(set) var neighbours: [Neighbour] = []
  /// By code, its place in `neighbours`; none for a chain that comes back to where it starts.
  private var placesOfCodes: [UInt32] = []
  /// The arcs of chain i, from its start to its end, are `arcs[firstArc[i] ..< firstArc[i + 1]]`.
  private(set) var firstArc: [Int] = [0]
  private(set) var arcs: [ArcCode] = []
  /// By place in `arcs`.
  private(set) var isOneWay: [Bool] = []
  /// By chain, the junctions where it starts and ends.
  private(set) var ends: [(from: Int, to: Int)] = []
  /// By link, its place in `arcs`; nil in a dead end.
  private(set) var slotOfLink: [Int32?]
  /// By place in `arcs`.
  private(set) var chainOfSlot: [Int32] = []

  /// - Complexity: O(nodes + links).
  init(_ graph: TransportGraph) {
    places = Array(repeating: .root, count: graph.nodes.count)
    slotOfLink = Array(repeating: nil, count: graph.links.count)
    var core = Core(graph)
    core.takeOffDeadEnds(&places)
    for rank in places.indices where core.degree[rank] > 2 { addJunction(rank) }
    for rank in rankOfJunction {
      for link in core.links(at: Int(rank)) where slotOfLink[link] == nil {
        addChain(core.chain(from: Int(rank), along: link) { isJunction($0) }, core)
      }
    }
    // What is left has no junction: rings.
    for rank in places.indices where core.degree[rank] == 2 && places[rank] == .root {
      guard let link = core.links(at: rank).first else { continue }
      let ring = core.chain(from: rank, along: link) { $0 == rank }
      guard
        let start = ring.lazy.map({ Int(graph.headRank(of: $0)) })
          .min(by: {
            graph.nodes[graph.node(rank: $0).index].id < graph.nodes[graph.node(rank: $1).index].id
          }),
        let next = core.links(at: start).first
      else { continue }
      addJunction(start)
      addChain(core.chain(from: start, along: next) { $0 == start }, core)
    }
    linkNeighbours()
  }

  var chainCount: Int { ends.count }

  /// The number of links of a chain.
  func length(of chain: Int) -> Int { firstArc[chain + 1] - firstArc[chain] }

  /// The place in ``neighbours`` of a chain in one of its directions; nil for one that comes back to where it
  /// starts.
  @inline(__always)
  func placeOfCode(_ code: Int) -> Int? {
    let place = placesOfCodes[code]
    return place == .max ? nil : Int(place)
  }

  private func isJunction(_ rank: Int) -> Bool {
    if case .junction = places[rank] { true } else { false }
  }

  private mutating func addJunction(_ rank: Int) {
    places[rank] = .junction(rankOfJunction.count)
    rankOfJunction.append(UInt32(rank))
  }

  private mutating func addChain(_ chain: [ArcCode], _ core: Core) {
    guard let last = chain.last,
      case .junction(let from) = places[Int(core.graph.tailRank(of: chain[0]))],
      case .junction(let to) = places[Int(core.graph.headRank(of: last))]
    else { preconditionFailure("a chain lies between junctions") }
    for (offset, arc) in chain.enumerated() {
      slotOfLink[arc.link] = Int32(arcs.count)
      arcs.append(arc)
      chainOfSlot.append(Int32(ends.count))
      isOneWay.append(core.graph.links[arc.link].isOneWay)
      if offset > 0 {
        places[Int(core.graph.tailRank(of: arc))] = .inside(chain: ends.count, offset: offset)
      }
    }
    firstArc.append(arcs.count)
    ends.append((from, to))
  }

  private mutating func linkNeighbours() {
    first = Array(repeating: 0, count: rankOfJunction.count + 1)
    for (from, to) in ends where from != to {
      first[from + 1] += 1
      first[to + 1] += 1
    }
    for junction in rankOfJunction.indices { first[junction + 1] += first[junction] }
    var next = first
    neighbours = Array(
      repeating: Neighbour(junction: 0, code: 0), count: first[rankOfJunction.count])
    placesOfCodes = Array(repeating: .max, count: 2 * ends.count)
    for (chain, (from, to)) in ends.enumerated() where from != to {
      placesOfCodes[2 * chain] = UInt32(next[to])
      placesOfCodes[2 * chain + 1] = UInt32(next[from])
      neighbours[next[to]] = Neighbour(junction: UInt32(from), code: UInt32(2 * chain))
      neighbours[next[from]] = Neighbour(junction: UInt32(to), code: UInt32(2 * chain + 1))
      next[from] += 1
      next[to] += 1
    }
  }
}

/// What is left of a network when its dead ends are taken off again and again: its 2-core.
private struct Core {
  let graph: TransportGraph
  /// By rank, how many links are left there.
  private(set) var degree: [Int]
  /// The links at each rank, taken off or not.
  private let first: [Int]
  private let rows: [UInt32]
  private var isOff: [Bool]

  init(_ graph: TransportGraph) {
    self.graph = graph
    var first = [Int](repeating: 0, count: graph.nodes.count + 1)
    for rank in graph.fromRank + graph.toRank { first[Int(rank) + 1] += 1 }
    degree = Array(first.dropFirst())
    for rank in degree.indices { first[rank + 1] += first[rank] }
    var next = first
    var rows = [UInt32](repeating: 0, count: 2 * graph.links.count)
    for link in graph.links.indices {
      for rank in [Int(graph.fromRank[link]), Int(graph.toRank[link])] {
        rows[next[rank]] = UInt32(link)
        next[rank] += 1
      }
    }
    self.first = first
    self.rows = rows
    isOff = Array(repeating: false, count: graph.links.count)
  }

  /// The links left at a node.
  func links(at rank: Int) -> [Int] {
    rows[first[rank]..<first[rank + 1]].lazy.map { Int($0) }.filter { !isOff[$0] }
  }

  mutating func takeOffDeadEnds(_ places: inout [JunctionGraph.Place]) {
    var ends = degree.indices.filter { degree[$0] == 1 }
    while let rank = ends.popLast() {
      guard degree[rank] == 1 else { continue }
      let arc = arc(from: rank, along: links(at: rank)[0])
      places[rank] = .deadEnd(arc)
      isOff[arc.link] = true
      degree[rank] = 0
      let head = Int(graph.headRank(of: arc))
      degree[head] -= 1
      if degree[head] == 1 { ends.append(head) }
    }
  }

  /// The arcs from a node along a link, up to the first node where the chain ends.
  func chain(from rank: Int, along link: Int, isEnd: (Int) -> Bool) -> [ArcCode] {
    var chain = [arc(from: rank, along: link)]
    while let last = chain.last {
      let head = Int(graph.headRank(of: last))
      guard !isEnd(head), let next = links(at: head).first(where: { $0 != last.link }) else {
        break
      }
      chain.append(arc(from: head, along: next))
    }
    return chain
  }

  private func arc(from rank: Int, along link: Int) -> ArcCode {
    ArcCode(link: link, isForward: Int(graph.fromRank[link]) == rank)
  }
}
