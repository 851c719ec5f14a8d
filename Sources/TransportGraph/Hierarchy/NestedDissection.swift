internal import CMETIS
import Foundation

/// Orders a connected graph by nested dissection: a small set of vertices that cuts it in halves
/// comes last, and each half is divided in the same way.
///
/// Source: A. George (1973), SIAM J. Numer. Anal. 10, 345–363; G. Karypis and V. Kumar (1998), SIAM J.
/// Sci. Comput. 20, 359–392 (METIS, `METIS_NodeND`).
enum NestedDissection {
  /// Fixed, so that the same graph gives the same order.
  private static let seed: Int32 = 1
  /// METIS draws from the C library's one random generator, so calls must not overlap.
  private static let metis = NSLock()
  /// METIS refuses graphs without edges and gains nothing on tiny ones.
  static let maximumTinyCount = UInt64.bitWidth

  /// The vertices from the first to the last to contract.
  static func order(_ graph: UndirectedGraph) throws(HierarchyError) -> [UInt32] {
    graph.vertexCount <= maximumTinyCount
      ? orderByMinimumDegree(graph) : try orderByMETIS(graph)
  }

  private static func orderByMETIS(
    _ graph: UndirectedGraph
  ) throws(HierarchyError) -> [UInt32] {
    guard graph.neighbours.count <= Int(Int32.max) else {
      throw .tooLargeToOrder(neighbours: graph.neighbours.count)
    }
    var count = idx_t(graph.vertexCount)
    var first = graph.first.map { idx_t($0) }
    var neighbours = graph.neighbours.map { idx_t($0) }
    var vertexAt = [idx_t](repeating: 0, count: graph.vertexCount)
    var positionOf = vertexAt
    var options = [idx_t](repeating: 0, count: Int(METIS_NOPTIONS))
    let code = metis.withLock {
      METIS_SetDefaultOptions(&options)
      options[Int(METIS_OPTION_SEED.rawValue)] = seed
      return METIS_NodeND(
        &count, &first, &neighbours, nil, &options, &vertexAt, &positionOf)
    }
    guard code == METIS_OK.rawValue else { throw .orderingFailed(code: Int(code)) }
    return vertexAt.map { UInt32($0) }
  }

  /// Always the vertex with the fewest neighbours left, of equal ones the first; rows as bits of a
  /// word. Source: W. F. Tinney and J. W. Walker (1967), Proc. IEEE 55, 1801–1809.
  private static func orderByMinimumDegree(_ graph: UndirectedGraph) -> [UInt32] {
    var rows = (0..<graph.vertexCount).map { vertex in
      graph.row(vertex).reduce(UInt64(0)) { $0 | 1 << UInt64($1) }
    }
    var remaining = Array(rows.indices)
    var order: [UInt32] = []
    while let vertex = remaining.min(by: { rows[$0].nonzeroBitCount < rows[$1].nonzeroBitCount }) {
      let clique = rows[vertex]
      remaining.removeAll { $0 == vertex }
      for neighbour in remaining where clique >> UInt64(neighbour) & 1 == 1 {
        rows[neighbour] =
          (rows[neighbour] | clique) & ~(1 << UInt64(vertex) | 1 << UInt64(neighbour))
      }
      order.append(UInt32(vertex))
    }
    return order
  }
}
