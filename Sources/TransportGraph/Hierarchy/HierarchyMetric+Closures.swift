extension HierarchyMetric {
  /// Closes links in the metric and its view, in both directions, by computing anew only what they
  /// touch.
  ///
  /// Neither view nor metric is copied, where no other copy of them exists.
  ///
  /// - Returns: Those of the links that were open before, each once. ``reopen(_:)`` of them gives the
  ///   metric as it was, bit for bit.
  /// - Complexity: O(lower and upper triangles of the arcs that change); O(arcs) more the first time
  ///   after the metric or its view was copied.
  @discardableResult
  public mutating func close(_ links: some Sequence<LinkID>) -> [LinkID] {
    let closed = view.close(links)
    repair(closed)
    return closed
  }

  /// Reopens links in the metric and its view. Links that are open, or that the view excludes, stay
  /// as they are.
  ///
  /// - Returns: Those of the links that were closed before, each once.
  /// - Complexity: as for ``close(_:)``.
  @discardableResult
  public mutating func reopen(_ links: some Sequence<LinkID>) -> [LinkID] {
    let reopened = view.reopen(links)
    repair(reopened)
    return reopened
  }

  /// Runs a body while links are closed.
  ///
  /// - Returns: What the body returns; the metric is then as it was before.
  /// - Complexity: that of ``close(_:)`` and ``reopen(_:)``, and of the body. A metric that the body
  ///   keeps is a copy, O(arcs).
  public mutating func whileClosed<Result>(
    _ links: some Sequence<LinkID>, _ body: (HierarchyMetric) -> Result
  ) -> Result {
    let closed = close(links)
    let result = body(self)
    reopen(closed)
    return result
  }

  /// Makes links what they are in another view, which the metric was checked against.
  mutating func restore(_ links: [LinkID], from other: GraphView) {
    view.restore(links, from: other)
    repair(links)
  }

  /// Brings the costs up to date with links that changed in the metric's own view.
  mutating func repair(_ changed: [LinkID]) {
    if changed.isEmpty { return }
    do {
      // The view is only read, so that handing it over copies references, no arrays.
      try update(to: view, changed: changed)
    } catch {
      preconditionFailure("no caller raises the sum of impedances past what was checked: \(error)")
    }
  }
}
