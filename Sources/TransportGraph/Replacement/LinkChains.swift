/// The links of a graph, or some of them, as maximal runs over nodes at which exactly two of them meet.
///
/// Each link is part of one chain; most chains of a dense network are one link long.
struct LinkChains: Sendable {
  struct Run: Sendable {
    /// By rank. The two are the same for a chain that comes back to where it started.
    let start: UInt32
    let end: UInt32
    /// Its links in ``LinkChains/arcs``.
    let places: Range<UInt32>
  }

  private(set) var runs: [Run] = []
  /// The links of one chain after those of another; in each one after another, in the direction from its
  /// start to its end, whether or not they may be travelled so.
  private(set) var arcs: [ArcCode] = []

  var count: Int { runs.count }

  /// The links that meet at a node.
  private struct Meeting {
    var count: UInt32 = 0
    /// The exclusive or of their numbers: of two, either tells the other.
    var links: UInt32 = 0

    @inline(__always)
    mutating func add(_ link: Int) {
      count &+= 1
      links ^= UInt32(truncatingIfNeeded: link)
    }
  }

  /// - Complexity: O(nodes + links).
  init(_ graph: TransportGraph, isIncluded: (Int) -> Bool) {
    let (fromRank, toRank) = (graph.fromRank, graph.toRank)
    let linkCount = fromRank.count
    var meetings = [Meeting](repeating: Meeting(), count: graph.nodes.count)
    // Links that are left out count as placed.
    var isPlaced = [Bool](repeating: true, count: linkCount)
    var includedCount = 0
    for link in 0..<linkCount where isIncluded(link) {
      isPlaced[link] = false
      includedCount += 1
      meetings[Int(fromRank[link])].add(link)
      meetings[Int(toRank[link])].add(link)
    }
    runs.reserveCapacity(includedCount)
    arcs.reserveCapacity(includedCount)
    for link in 0..<linkCount where !isPlaced[link] {
      let (from, to) = (fromRank[link], toRank[link])
      if meetings[Int(from)].count != 2, meetings[Int(to)].count != 2 {
        isPlaced[link] = true
        let place = UInt32(truncatingIfNeeded: arcs.count)
        arcs.append(ArcCode(link: link, isForward: true))
        runs.append(Run(start: from, end: to, places: place..<place &+ 1))
      } else {
        appendRun(through: link, graph, meetings, &isPlaced)
      }
    }
  }

  /// Adds the links of the chain that a link is part of, and its ends.
  private mutating func appendRun(
    through link: Int, _ graph: TransportGraph, _ meetings: [Meeting], _ isPlaced: inout [Bool]
  ) {
    /// The way on from a node at which only two links meet.
    func following(_ arc: ArcCode) -> ArcCode? {
      let node = graph.headRank(of: arc)
      let meeting = meetings[Int(node)]
      guard meeting.count == 2 else { return nil }
      let link = Int(meeting.links ^ UInt32(truncatingIfNeeded: arc.link))
      return ArcCode(link: link, isForward: graph.fromRank[link] == node)
    }
    // Back to the start, or once around a ring.
    var arc = ArcCode(link: link, isForward: false)
    while let before = following(arc), before.link != link { arc = before }
    let isRing = following(arc) != nil
    arc =
      isRing
      ? ArcCode(link: link, isForward: true) : ArcCode(link: arc.link, isForward: !arc.isForward)
    let start = graph.tailRank(of: arc)
    let firstPlace = UInt32(arcs.count)
    var last: UInt32 = 0
    var current: ArcCode? = arc
    while let arc = current, !isPlaced[arc.link] {
      isPlaced[arc.link] = true
      arcs.append(arc)
      last = graph.headRank(of: arc)
      current = following(arc)
    }
    runs.append(Run(start: start, end: last, places: firstPlace..<UInt32(arcs.count)))
  }

  func arcs(_ chain: Int) -> ArraySlice<ArcCode> {
    arcs[Int(runs[chain].places.lowerBound)..<Int(runs[chain].places.upperBound)]
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
    return chains.runs.indices.map { index in
      let (run, arcs) = (chains.runs[index], chains.arcs(index))
      return Chain(
        links: arcs.map(\.arc.link), start: node(rank: Int(run.start)),
        end: node(rank: Int(run.end)),
        innerNodes: arcs.dropLast().map { node(rank: Int(headRank(of: $0))) })
    }
  }
}
