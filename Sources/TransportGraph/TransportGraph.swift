import Geography

/// A transport network: nodes joined by links of several modes, immutable once made.
///
/// The topology is held as compressed sparse rows over arcs, forward and backward. What a link costs
/// and whether it is closed belongs to a ``GraphView``, of which any number share one graph.
public struct TransportGraph: Sendable {
  /// Longest length accepted for one link: 50,000 km, more than once around the Earth.
  public static let maximumLengthMeters: Double = 50_000_000
  /// An arc addresses its end in 24 bits, of which the last value marks a closed arc.
  public static let maximumNodeCount = (1 << 24) - 1
  /// A link and its direction are numbered in 32 bits, a row's slots too.
  public static let maximumLinkCount = Int(Int32.max) / 2

  /// In the order given.
  public let nodes: [Node]
  /// In the order given.
  public let links: [Link]
  /// What is joined by links, whatever their direction and whether or not they are closed.
  public let pieces: Pieces

  private let nodeByID: [String: Int32]
  private let linkByID: [String: Int32]

  /// The internal position of each node, by node index.
  let rankOfNode: [UInt32]
  /// The node index at each internal position.
  let nodeOfRank: [UInt32]
  /// Ranks of `from` and `to`, by link index.
  let fromRank: [UInt32]
  let toRank: [UInt32]
  /// Arcs by the rank they leave.
  let outgoing: Adjacency
  /// Arcs by the rank they enter.
  let incoming: Adjacency
  /// Search memory that all views of this graph share.
  let searchSpaces: SearchSpacePool
  /// Where ways can part, the same for all views of this graph.
  let junctionGraph = MadeOnce<JunctionGraph>()
  /// That of every view in which nothing is closed.
  let openDetourTopology = MadeOnce<DetourTopology>()

  /// Builds a graph.
  ///
  /// - Parameters:
  ///   - nodes: Nodes with unique identifiers and finite coordinates. Nodes without links are fine.
  ///   - links: Links with unique identifiers between two different nodes of `nodes`. Whether a
  ///     crossing names a catalogued crossing, and whether a length fits its coordinates, is not
  ///     checked here.
  /// - Throws: the first fault in the order nodes, links.
  /// - Complexity: O(n log n + m).
  public init(nodes: [Node], links: [Link]) throws(TransportGraphError) {
    let nodeByID = try Self.index(nodes)
    let linkByID = try Self.index(links)
    let nodeOfRank = NodeOrder.nodesByRank(nodes.map(\.coordinate))
    var rankOfNode = [UInt32](repeating: 0, count: nodes.count)
    for (rank, node) in nodeOfRank.enumerated() { rankOfNode[Int(node)] = UInt32(rank) }

    var fromRank: [UInt32] = []
    var toRank: [UInt32] = []
    fromRank.reserveCapacity(links.count)
    toRank.reserveCapacity(links.count)
    var from: [UInt32] = []
    var to: [UInt32] = []
    for link in links {
      try Self.check(link)
      guard let start = nodeByID[link.from] else {
        throw .unknownNode(link: link.id, node: link.from)
      }
      guard let end = nodeByID[link.to] else { throw .unknownNode(link: link.id, node: link.to) }
      guard start != end else { throw .selfLoop(link: link.id, node: link.from) }
      from.append(UInt32(start))
      to.append(UInt32(end))
      fromRank.append(rankOfNode[Int(start)])
      toRank.append(rankOfNode[Int(end)])
    }

    self.nodes = nodes
    self.links = links
    self.nodeByID = nodeByID
    self.linkByID = linkByID
    self.rankOfNode = rankOfNode
    self.nodeOfRank = nodeOfRank
    self.fromRank = fromRank
    self.toRank = toRank
    pieces = Pieces(nodeCount: nodes.count, tails: from, heads: to)
    let isOneWay = links.map(\.isOneWay)
    outgoing = Adjacency(
      rowCount: nodes.count, rowOfForward: fromRank, rowOfReverse: toRank, isOneWay: isOneWay)
    incoming = Adjacency(
      rowCount: nodes.count, rowOfForward: toRank, rowOfReverse: fromRank, isOneWay: isOneWay)
    searchSpaces = SearchSpacePool(nodeCount: nodes.count, arcCount: outgoing.codes.count)
  }

  /// The node with an identifier; nil where there is none. O(1).
  public func node(id: String) -> NodeID? {
    nodeByID[id].map { NodeID(Int($0)) }
  }

  /// The link with an identifier; nil where there is none. O(1).
  public func link(id: String) -> LinkID? {
    linkByID[id].map { LinkID(Int($0)) }
  }

  /// The node where a link starts. O(1).
  public func from(of link: LinkID) -> NodeID {
    node(rank: Int(fromRank[link.index]))
  }

  /// The node where a link ends. O(1).
  public func to(of link: LinkID) -> NodeID {
    node(rank: Int(toRank[link.index]))
  }

  /// The node that an arc leaves. O(1).
  public func tail(of arc: Arc) -> NodeID {
    arc.isForward ? from(of: arc.link) : to(of: arc.link)
  }

  /// The node that an arc enters. O(1).
  public func head(of arc: Arc) -> NodeID {
    arc.isForward ? to(of: arc.link) : from(of: arc.link)
  }

  /// The links that start or end at a node, in link order. O(degree).
  public func links(at node: NodeID) -> [LinkID] {
    let rank = Int(rankOfNode[node.index])
    let out = outgoing.codes[outgoing.slots(rank)].map(\.link)
    let enteringOnly = incoming.codes[incoming.slots(rank)].map(\.link)
      .filter { links[$0].isOneWay }
    return (out + enteringOnly).sorted().map(LinkID.init)
  }

  func rank(of node: NodeID) -> Int {
    Int(rankOfNode[node.index])
  }

  func node(rank: Int) -> NodeID {
    NodeID(Int(nodeOfRank[rank]))
  }

  func tailRank(of code: ArcCode) -> UInt32 {
    code.isForward ? fromRank[code.link] : toRank[code.link]
  }

  func headRank(of code: ArcCode) -> UInt32 {
    code.isForward ? toRank[code.link] : fromRank[code.link]
  }
}
