/// The links of a graph, or some of them, as maximal runs over nodes at which exactly two of them meet.
///
/// Each link is part of one chain; most chains of a dense network are one link long.
struct LinkChains: Sendable {
  /// The links of chain k are `arcs[first[k]..<first[k + 1]]`, one after another, in the direction from
  /// its start to its end, whether or not they may be travelled so.
  private(set) var first: [Int] = [0]
  private(set) var arcs: [ArcCode] = []
  /// By rank. The two are the same for a chain that comes back to where it started.
  private(set) var starts: [UInt32] = []
  private(set) var ends: [UInt32] = []

  var count: Int { starts.count }

  /// - Complexity: O(nodes + links).
  init(_ graph: TransportGraph, isIncluded: (Int) -> Bool) {
    let included = graph.links.indices.filter(isIncluded)
    // The links at each node, in link order.
    var row = [UInt32](repeating: 0, count: graph.nodes.count + 1)
    for link in included {
      row[Int(graph.fromRank[link]) + 1] += 1
      row[Int(graph.toRank[link]) + 1] += 1
    }
    for node in graph.nodes.indices { row[node + 1] += row[node] }
    var next = row
    var linksAt = [UInt32](repeating: 0, count: 2 * included.count)
    for link in included {
      for end in [graph.fromRank[link], graph.toRank[link]] {
        linksAt[Int(next[Int(end)])] = UInt32(link)
        next[Int(end)] += 1
      }
    }

    /// The way on from a node at which only two links meet.
    func following(_ arc: ArcCode) -> ArcCode? {
      let node = graph.headRank(of: arc)
      let slots = Int(row[Int(node)])..<Int(row[Int(node) + 1])
      guard slots.count == 2 else { return nil }
      let pair = (linksAt[slots.lowerBound], linksAt[slots.lowerBound + 1])
      let link = Int(Int(pair.0) == arc.link ? pair.1 : pair.0)
      return ArcCode(link: link, isForward: graph.fromRank[link] == node)
    }
    var isPlaced = [Bool](repeating: false, count: graph.links.count)
    arcs.reserveCapacity(included.count)
    for link in included where !isPlaced[link] {
      // Back to the start, or once around a ring.
      var arc = ArcCode(link: link, isForward: false)
      while let before = following(arc), before.link != link { arc = before }
      let isRing = following(arc) != nil
      var current: ArcCode? =
        isRing
        ? ArcCode(link: link, isForward: true) : ArcCode(link: arc.link, isForward: !arc.isForward)
      if let current { starts.append(graph.tailRank(of: current)) }
      var last: UInt32 = 0
      while let arc = current, !isPlaced[arc.link] {
        isPlaced[arc.link] = true
        arcs.append(arc)
        last = graph.headRank(of: arc)
        current = following(arc)
      }
      ends.append(last)
      first.append(arcs.count)
    }
  }

  func arcs(_ chain: Int) -> ArraySlice<ArcCode> {
    arcs[first[chain]..<first[chain + 1]]
  }
}

/// Links one after another over nodes at which no other link ends.
///
/// Whoever passes through uses all of them: for a way between two nodes outside, closing one is the same
/// as closing any other.
public struct Chain: Hashable, Sendable {
  /// In order from `start` to `end`.
  public let links: [LinkID]
  /// A junction, a dead end or, of a ring without either, any node of it.
  public let start: NodeID
  /// The same as `start` for a chain that comes back to it.
  public let end: NodeID
  /// The nodes between the links, without the ends; one less than there are links.
  public let innerNodes: [NodeID]
}

extension TransportGraph {
  /// The chains of the network. Each link, open or closed in whatever view, is part of one; a link
  /// between two junctions is a chain of its own.
  ///
  /// - Returns: Ordered by the least link of each.
  /// - Complexity: O(nodes + links).
  public var chains: [Chain] {
    let chains = LinkChains(self) { _ in true }
    return (0..<chains.count).map { index in
      let arcs = chains.arcs(index)
      return Chain(
        links: arcs.map(\.arc.link), start: node(rank: Int(chains.starts[index])),
        end: node(rank: Int(chains.ends[index])),
        innerNodes: arcs.dropLast().map { node(rank: Int(headRank(of: $0))) })
    }
  }
}
