import Foundation

extension HierarchyMetric {
  /// The least impedances from each of some nodes to each of others.
  ///
  /// A node may be named several times. For one origin, ``impedances(from:to:into:)`` does the
  /// same.
  ///
  /// - Parameters:
  ///   - origins: Nodes of the hierarchy's graph, one for each row.
  ///   - destinations: The same, one for each column.
  ///   - threads: How many threads compute; 0, the default, means one for each core. The result is
  ///     the same for any number.
  /// - Precondition: All are nodes of the hierarchy's graph.
  /// - Complexity: O(arcs of the ancestors of each node named, and for each pair the number of their
  ///   common ancestors). Besides the result it allocates O(origins + destinations) and at most 16 MiB
  ///   once, nothing for a row or a pair.
  public func impedances(
    from origins: [NodeID], to destinations: [NodeID], threads: Int = 0
  ) -> ImpedanceMatrix {
    let originPositions = origins.map { hierarchy.position(of: $0) }
    let destinationPositions = destinations.map { hierarchy.position(of: $0) }
    return ImpedanceMatrix(originCount: origins.count, destinationCount: destinations.count) {
      cells in
      withCosts { upward, downward in
        ManyToMany(
          hierarchy, upward: upward, downward: downward, origins: originPositions,
          destinations: destinationPositions, into: cells
        ).run(
          threadCount: threads > 0 ? threads : ProcessInfo.processInfo.activeProcessorCount)
      }
    }
  }
}
