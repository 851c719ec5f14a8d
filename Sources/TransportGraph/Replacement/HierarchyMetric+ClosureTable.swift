extension HierarchyMetric {
  /// The impedances of pairs under each of many closures by itself (N-1).
  ///
  /// A pair whose shortest route uses no closed link keeps its impedance, for that route is still there.
  /// The others are asked of the metric with the closure, which is repaired and not made anew; where
  /// another route is as short, the answer is the impedance as before and no change is told.
  ///
  /// - Parameters:
  ///   - closures: links that close together: one link, the links of a crossing, a chain. Links that the
  ///     view has closed already change nothing.
  ///   - pairs: nodes of the hierarchy's graph.
  ///   - threads: How many threads compute; 0, the default, means one for each core. The result is the
  ///     same for any number.
  /// - Returns: One row for each closure, in their order.
  /// - Complexity: a route for each pair; for each closure that a route uses two partial customisations
  ///   and a query for each such pair. Memory for a copy of the metric a thread and for the links of all
  ///   routes.
  public func closing(
    each closures: [[LinkID]], for pairs: [NodePair], threads: Int = 0
  ) -> ClosureTable {
    let routes = PairRoutes(self, pairs: pairs, threads: threads)
    return routes.table(rowCount: closures.count, items: closures.count, threads: threads) {
      metric, closure, rows in
      let places = Set(closures[closure].flatMap(routes.places(using:))).sorted()
      rows[closure] = routes.changes(of: places, closing: closures[closure], in: &metric)
    }
  }

  /// The impedances of pairs under the closure of each link by itself: ``closing(each:for:threads:)``
  /// with every link of the network, whose index is that of the row.
  ///
  /// The links of a chain are the same to a pair with both ends outside its inner nodes; they are closed
  /// once for all those.
  ///
  /// - Complexity: as for ``closing(each:for:threads:)``, with chains in place of closures.
  public func closingEachLink(for pairs: [NodePair], threads: Int = 0) -> ClosureTable {
    let routes = PairRoutes(self, pairs: pairs, threads: threads)
    let graph = view.graph
    let chains = LinkChains(graph) { _ in true }
    var chainAround = [Int32](repeating: -1, count: graph.nodes.count)
    for chain in 0..<chains.count {
      for arc in chains.arcs(chain).dropLast() {
        chainAround[Int(graph.headRank(of: arc))] = Int32(chain)
      }
    }
    let endsInside = chainAround
    return routes.table(rowCount: graph.links.count, items: chains.count, threads: threads) {
      metric, chain, rows in
      var outside: [ClosureTable.Change]?
      for arc in chains.arcs(chain) {
        let places = routes.places(using: arc.arc.link)
        if places.isEmpty { continue }
        let inside = places.filter { place in
          let pair = routes.pair(at: place)
          return endsInside[graph.rank(of: pair.origin)] == Int32(chain)
            || endsInside[graph.rank(of: pair.destination)] == Int32(chain)
        }
        // Routes from outside to outside use the chain from end to end.
        let common: [ClosureTable.Change]
        if let outside {
          common = outside
        } else {
          let insideSet = Set(inside)
          common = routes.changes(
            of: places.filter { !insideSet.contains($0) }, closing: [arc.arc.link], in: &metric)
          outside = common
        }
        rows[arc.link] =
          inside.isEmpty
          ? common
          : (common + routes.changes(of: inside, closing: [arc.arc.link], in: &metric))
            .sorted { $0.pair < $1.pair }
      }
    }
  }
}

/// The shortest route of each pair, by the links that it uses.
private struct PairRoutes: Sendable {
  private let metric: HierarchyMetric
  private let byOrigin: PairsByOrigin
  private let impedances: [UInt64?]
  /// The places of the pairs whose route uses link l are `places[first[l]..<first[l + 1]]`, ascending.
  private let first: [Int]
  private let places: [Int32]

  /// Pairs that a thread takes at a time.
  private static let block = 64

  init(_ metric: HierarchyMetric, pairs: [NodePair], threads: Int) {
    let byOrigin = PairsByOrigin(pairs)
    let blockCount = (pairs.count + Self.block - 1) / Self.block
    var impedances = [UInt64?](repeating: nil, count: pairs.count)
    /// By place.
    var routes = [[Int32]](repeating: [], count: pairs.count)
    impedances.withUnsafeMutableBufferPointer { impedances in
      routes.withUnsafeMutableBufferPointer { routes in
        // Each pair is in one block.
        nonisolated(unsafe) let (impedances, routes) = (impedances, routes)
        ParallelItems.forEach(blockCount, threads: threads) {
        } _: { _, block in
          let start = block * Self.block
          let range = start..<min(pairs.count, start + Self.block)
          byOrigin.impedances(range, of: metric) { impedances[$0] = $1 }
          // Only where there is a route, as the reason for none takes a search.
          var rest = range.filter { impedances[byOrigin.order[$0]] != nil }[...]
          while let place = rest.first {
            let origin = pairs[byOrigin.order[place]].origin
            let run = rest.prefix { pairs[byOrigin.order[$0]].origin == origin }
            rest = rest[run.endIndex...]
            let outcomes = metric.routes(
              from: origin, to: run.map { pairs[byOrigin.order[$0]].destination })
            for (place, outcome) in zip(run, outcomes) {
              routes[place] = outcome.route?.arcs.map { Int32($0.link.index) } ?? []
            }
          }
        }
      }
    }
    var first = [Int](repeating: 0, count: metric.view.graph.links.count + 1)
    for route in routes {
      for link in route { first[Int(link) + 1] += 1 }
    }
    for link in 0..<(first.count - 1) { first[link + 1] += first[link] }
    var next = first
    var places = [Int32](repeating: 0, count: first[first.count - 1])
    for (place, route) in routes.enumerated() {
      for link in route {
        places[next[Int(link)]] = Int32(place)
        next[Int(link)] += 1
      }
    }
    self.metric = metric
    self.byOrigin = byOrigin
    self.impedances = impedances
    self.first = first
    self.places = places
  }

  func places(using link: LinkID) -> [Int] {
    places[first[link.index]..<first[link.index + 1]].map { Int($0) }
  }

  func pair(at place: Int) -> NodePair {
    byOrigin.pairs[byOrigin.order[place]]
  }

  /// What a closure changes for some pairs, by pair.
  func changes(
    of places: [Int], closing links: [LinkID], in metric: inout HierarchyMetric
  ) -> [ClosureTable.Change] {
    if places.isEmpty { return [] }
    return metric.whileClosed(links) { closed in
      var changes: [ClosureTable.Change] = []
      byOrigin.impedances(places, of: closed) { pair, impedance in
        if impedance != impedances[pair] {
          changes.append(ClosureTable.Change(pair: pair, impedance: impedance))
        }
      }
      return changes.sorted { $0.pair < $1.pair }
    }
  }

  /// Fills rows from independent items, each thread with a metric of its own.
  func table(
    rowCount: Int, items: Int, threads: Int,
    _ body:
      @Sendable (
        inout HierarchyMetric, Int, UnsafeMutableBufferPointer<[ClosureTable.Change]>
      ) -> Void
  ) -> ClosureTable {
    var changes = [[ClosureTable.Change]](repeating: [], count: rowCount)
    changes.withUnsafeMutableBufferPointer { changes in
      // Each row is written for one item.
      nonisolated(unsafe) let changes = changes
      ParallelItems.forEach(items, threads: threads) {
        metric
      } _: { metric, item in
        body(&metric, item, changes)
      }
    }
    return ClosureTable(pairs: byOrigin.pairs, impedances: impedances, changes: changes)
  }
}
