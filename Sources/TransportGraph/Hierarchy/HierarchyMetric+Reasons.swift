extension HierarchyMetric {
  /// A search explains all destinations of one origin in about the time in which a hierarchy is
  /// customised (the shipped network: 2 ms and 1.2 ms); from so many origins on, customising is worth it.
  private static let originsPerMetric = 3

  /// Why no open way leads from one node to another, for many pairs, each told as a search would.
  ///
  /// - Parameters:
  ///   - unreached: Indices of pairs without a way, those of one origin next to each other.
  ///   - body: Takes each index and its reason.
  func forEachReason(
    of unreached: [Int], among pairs: [NodePair], _ body: (Int, Unreachable) -> Void
  ) {
    var origins: Set<NodeID> = []
    for index in unreached where areInOnePiece(pairs[index].origin, pairs[index].destination) {
      origins.insert(pairs[index].origin)
    }
    let reopened = origins.count < Self.originsPerMetric ? nil : reopened()
    var rest = unreached[...]
    while let first = rest.first {
      let origin = pairs[first].origin
      let run = rest.prefix { pairs[$0].origin == origin }
      rest = rest[run.endIndex...]
      let links = reopened?.reopenedLinks(from: origin, to: run.map { pairs[$0].destination })
      var search: ReopeningSearch?
      for (place, index) in run.enumerated() {
        if let links = links?[place] {
          body(index, .closed(links: links))
        } else {
          body(index, view.reason(from: origin, to: pairs[index].destination, &search))
        }
      }
    }
  }

  /// The metric with every closed link open, at a price above that of any way, so that the cheapest way
  /// is one with the fewest of them; nil where there is none to open or costs would be too high.
  private func reopened() -> HierarchyMetric? {
    guard view.hasReopenableClosures, let priced = view.pricingClosures() else { return nil }
    return try? HierarchyMetric(hierarchy, view: priced)
  }

  /// The closed links on the best way to each destination, in the order of travel; nil where no way leads
  /// even so.
  private func reopenedLinks(from origin: NodeID, to destinations: [NodeID]) -> [[LinkID]?] {
    readingReached(from: origin, to: destinations) { destination, costs in
      CanonicalRoute.trace(view, from: origin, to: destination, costs: costs).arcs.lazy
        .map(\.link).filter(view.isClosed)
    }
  }
}
