/// The pieces of a network that no link joins: its weakly connected components.
///
/// Numbered from the largest to the smallest; of equal ones, the one that holds the earlier node
/// first.
public struct Pieces: Sendable {
  /// The piece of each node, by node index.
  public let pieceOfNode: [Int]
  /// The number of nodes in each piece, largest first.
  public let nodeCounts: [Int]

  /// The number of pieces.
  public var count: Int { nodeCounts.count }

  /// The largest piece; nil in a graph without nodes.
  public var largest: Int? { nodeCounts.isEmpty ? nil : 0 }

  /// - Complexity: near O(nodes + links), by union–find with path halving.
  init(nodeCount: Int, tails: [UInt32], heads: [UInt32]) {
    var parent = Array(0..<nodeCount)
    func root(_ node: Int) -> Int {
      var node = node
      while parent[node] != node {
        parent[node] = parent[parent[node]]
        node = parent[node]
      }
      return node
    }
    for (tail, head) in zip(tails, heads) {
      let a = root(Int(tail))
      let b = root(Int(head))
      // The smaller index stays the root, so that a root is the piece's earliest node.
      if a != b { parent[max(a, b)] = min(a, b) }
    }
    let roots = (0..<nodeCount).map(root)
    var sizes = [Int](repeating: 0, count: nodeCount)
    for root in roots { sizes[root] += 1 }
    let ordered = sizes.indices.filter { sizes[$0] > 0 }
      .sorted { (sizes[$1], $0) < (sizes[$0], $1) }
    var number = [Int](repeating: 0, count: nodeCount)
    for (piece, root) in ordered.enumerated() { number[root] = piece }
    pieceOfNode = roots.map { number[$0] }
    nodeCounts = ordered.map { sizes[$0] }
  }
}

extension TransportGraph {
  /// The pieces that some of the links join, for example those of one mode.
  ///
  /// A node without such a link is a piece of its own.
  ///
  /// - Complexity: O(n log n + m).
  public func pieces(joinedBy isJoined: (LinkID) -> Bool) -> Pieces {
    let joined = links.indices.map(LinkID.init).filter(isJoined)
    return Pieces(
      nodeCount: nodes.count, tails: joined.map { UInt32(from(of: $0).index) },
      heads: joined.map { UInt32(to(of: $0).index) })
  }
}
