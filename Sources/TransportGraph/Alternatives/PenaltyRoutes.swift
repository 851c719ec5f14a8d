/// Candidates found by making the links of earlier ones dearer; see ``AlternativeMethod``.
struct PenaltyRoutes {
  private let metric: HierarchyMetric
  private let factor: Double
  private let rounds: Int

  /// Surcharges together stay below 1,000 times the impedance of all links, and a metric holds that
  /// below 2^52: sums fit 63 bits.
  init(metric: HierarchyMetric, factor: Double, rounds: Int) {
    precondition(factor > 1 && factor <= 10, "a factor above 1, at most 10")
    precondition((1...100).contains(rounds), "1 to 100 rounds")
    self.metric = metric
    self.factor = factor
    self.rounds = rounds
  }

  func add(to selection: inout AlternativeSelection) {
    let view = metric.view
    let shortest = selection.shortest
    // One more round for the rounding of each surcharge.
    let highestCost = UInt64(factor.rounded(.up)) * UInt64(rounds + 1) * view.totalImpedance
    var surcharges = [UInt64](repeating: 0, count: view.graph.links.count)
    surcharges.withUnsafeMutableBufferPointer { surcharges in
      OriginCosts.lazily(metric, from: shortest.origin) { costs in
        view.graph.searchSpaces.withSpace { behind in
          let search = SpurSearch(
            costs, behind: behind, surcharges: UnsafePointer(surcharges.baseAddress),
            highestCost: highestCost)
          let request = SpurSearch.Request(spur: view.graph.rank(of: shortest.destination))
          var route = shortest
          for _ in 0..<rounds where !selection.isComplete {
            for arc in route.arcs { surcharges[arc.link.index] += surcharge(of: arc.link) }
            guard case .found(_, let slots) = search.run(request) else { return }
            route = costs.route(slots, to: shortest.destination)
            selection.consider(route)
          }
        }
      }
    }
  }

  /// What one use adds to a link's impedance: a whole number, as impedances are, rounded up so that
  /// every use counts.
  private func surcharge(of link: LinkID) -> UInt64 {
    UInt64(((factor - 1) * Double(metric.view.impedance(of: link))).rounded(.up))
  }
}
