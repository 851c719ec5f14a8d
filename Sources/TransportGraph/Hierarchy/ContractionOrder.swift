/// The order in which nodes are contracted, the least important first.
///
/// Any order gives a correct hierarchy; a good one gives few shortcuts and a shallow elimination
/// tree. It depends on the topology only: not on impedances, closures or directions.
public struct ContractionOrder: Hashable, Sendable {
  /// Each node of a graph once, from the first to the last contracted.
  public let nodes: [NodeID]

  /// An order from elsewhere. That it names each node of its graph once is checked where a
  /// ``ContractionHierarchy`` is made.
  public init(nodes: [NodeID]) {
    self.nodes = nodes
  }

  /// The order of a graph: dead ends and chains first, then the core of junctions of each piece by
  /// nested dissection (METIS; cores of up to 64 nodes by minimum degree).
  ///
  /// The same graph gives the same order on the same version of METIS and of the C library, whose
  /// random generator METIS seeds and uses; no other thread may draw from it meanwhile for that.
  ///
  /// - Throws: `tooLargeToOrder`, `orderingFailed`.
  /// - Complexity: O((n + m) log n) in practice; 560,000 road nodes take seconds.
  /// - Source: J. Dibbelt, B. Strasser, D. Wagner (2016), Customizable Contraction Hierarchies, ACM
  ///   J. Exp. Algorithmics 21, 1.5, https://doi.org/10.1145/2886843, section 4.
  public init(_ graph: TransportGraph) throws(HierarchyError) {
    let chains = ChainContraction(UndirectedGraph(graph))
    var ranks = chains.contracted
    ranks.reserveCapacity(graph.nodes.count)
    // The number of a rank in its piece; read for ranks of the piece at hand only.
    var number = [UInt32](repeating: 0, count: graph.nodes.count)
    for piece in Self.pieces(of: chains, rankCount: graph.nodes.count) {
      for (index, rank) in piece.enumerated() { number[Int(rank)] = UInt32(index) }
      let core = UndirectedGraph(
        rows: piece.lazy.map { rank in chains.row(rank).lazy.map { number[Int($0)] } })
      ranks += try NestedDissection.order(core).map { piece[Int($0)] }
    }
    nodes = ranks.map { graph.node(rank: Int($0)) }
  }

  /// The connected parts of the core, each in ascending order.
  private static func pieces(of chains: ChainContraction, rankCount: Int) -> [[UInt32]] {
    var isSeen = [Bool](repeating: false, count: rankCount)
    var pieces: [[UInt32]] = []
    for start in chains.core where !isSeen[Int(start)] {
      isSeen[Int(start)] = true
      var piece = [start]
      var next = 0
      while next < piece.count {
        for neighbour in chains.row(piece[next]) where !isSeen[Int(neighbour)] {
          isSeen[Int(neighbour)] = true
          piece.append(neighbour)
        }
        next += 1
      }
      pieces.append(piece.sorted())
    }
    return pieces
  }
}
