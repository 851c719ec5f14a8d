extension HierarchyMetric {
  /// The least impedances from all nodes to one.
  ///
  /// The same sweep as ``impedances(from:)`` over arcs turned round: what leads up is read as leading
  /// down.
  ///
  /// - Complexity: O(nodes + arcs).
  public func impedances(to destination: NodeID) -> ImpedanceTable {
    var table = ImpedanceTable(hierarchy)
    impedances(to: destination, into: &table)
    return table
  }

  /// The same into a table that is used again, so that nothing is allocated.
  ///
  /// - Parameter table: As for ``impedances(from:into:)``.
  /// - Complexity: O(nodes + arcs).
  public func impedances(to destination: NodeID, into table: inout ImpedanceTable) {
    hierarchy.spaces.withSpace { space in
      withCosts { upward, downward in
        let reversed = HierarchyQuery(
          topology: hierarchy.topology, upward: downward, downward: upward)
        table.fill(for: hierarchy) {
          reversed.sweep(from: hierarchy.position(of: destination), into: $0, in: space)
        }
      }
    }
  }
}
