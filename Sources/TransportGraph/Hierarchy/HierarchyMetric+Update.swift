extension HierarchyMetric {
  /// Changes the metric to another view by computing anew only the arcs that the changed links
  /// touch: partial customisation.
  ///
  /// The result is that of customising for the view from scratch, arc by arc. To undo a closure,
  /// update back to the view before it with the same links.
  ///
  /// - Parameters:
  ///   - view: The view from now on.
  ///   - changed: Every link whose impedance or closure differs from the present view; others do no
  ///     harm. A link left out stays as it was, and answers are then those of neither view.
  /// - Throws: `impedanceOverflow`; the metric then stays as it was.
  /// - Complexity: O(lower and upper triangles of the arcs that change). In place where no copy of the
  ///   metric exists; else O(arcs) to copy first.
  public mutating func update(
    to view: GraphView, changed: some Sequence<LinkID>
  ) throws(HierarchyError) {
    try Self.check(view, hierarchy)
    self.view = view
    let topology = hierarchy.topology
    hierarchy.spaces.withSpace { space in
      view.outgoingArcs.withUnsafeBufferPointer { arcs in
        // Without links nothing can have changed.
        guard let arcs = arcs.baseAddress else { return }
        withMutableCosts { upward, downward in
          var repair = MetricRepair(
            topology: topology, arcs: arcs, upward: upward, downward: downward, space: space)
          for link in changed {
            let from = topology.positionOfRank[Int(view.graph.fromRank[link.index])]
            let to = topology.positionOfRank[Int(view.graph.toRank[link.index])]
            repair.markStale(
              topology.arc(from: Int(max(from, to)), to: min(from, to)), tail: Int(max(from, to)))
          }
          repair.run()
        }
      }
    }
  }
}
