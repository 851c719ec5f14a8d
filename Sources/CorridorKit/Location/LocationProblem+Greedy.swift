extension LocationProblem {
  /// Sites taken one after another, each that which adds most to those before.
  ///
  /// Of equal ones the first in the list is taken. The value after p sites is at least 1 − 1/e, about
  /// 63 %, of the best that any p sites have.
  ///
  /// - Parameter count: How many sites; fewer are taken where no other adds anything.
  /// - Returns: The sites in the order taken, with what each added.
  /// - Complexity: O(count × entries) at worst. A site whose gain was too small before is not looked at
  ///   again, for gains never grow.
  ///
  /// Sources: G. L. Nemhauser, L. A. Wolsey, M. L. Fisher (1978), An analysis of approximations for
  /// maximizing submodular set functions I, Mathematical Programming 14, 265–294; M. Minoux (1978),
  /// Accelerated greedy algorithms for maximizing submodular set functions, LNCIS 7, 234–243.
  public func greedy(count: Int) -> [(site: Int, gain: Double)] {
    var taken: [(site: Int, gain: Double)] = []
    var served = [Double](repeating: 0, count: clientCount)
    // No site gains more than this any more.
    var bounds = sites.indices.map { gain(of: $0, beyond: served) }
    while taken.count < count {
      var best: (site: Int, gain: Double)?
      for site in sites.indices where bounds[site] > (best?.gain ?? 0) {
        bounds[site] = gain(of: site, beyond: served)
        if bounds[site] > best?.gain ?? 0 { best = (site, bounds[site]) }
      }
      guard let best else { break }
      taken.append(best)
      bounds[best.site] = 0
      for worth in sites[best.site] {
        served[worth.client] = max(served[worth.client], worth.value)
      }
    }
    return taken
  }

  /// Exchanges a chosen site for another as long as that raises the value.
  ///
  /// Source: M. B. Teitz, P. Bart (1968), Heuristic methods for estimating the generalized vertex median
  /// of a weighted graph, Operations Research 16, 955–961.
  ///
  /// - Complexity: O(chosen × entries) a round; rounds end, for each raises the value.
  func exchanging(_ chosen: [Int]) -> [Int] {
    var chosen = chosen
    var value = value(of: chosen)
    var hasImproved = true
    while hasImproved {
      hasImproved = false
      for position in chosen.indices {
        let rest = served(by: chosen.enumerated().filter { $0.offset != position }.map(\.element))
        let without = rest.reduce(0, +)
        for site in sites.indices where !chosen.contains(site) {
          let exchanged = without + gain(of: site, beyond: rest)
          // Sums that differ by rounding alone are equal.
          if exchanged > value * (1 + LocationOptimum.tolerance) {
            chosen[position] = site
            value = exchanged
            hasImproved = true
          }
        }
      }
    }
    return chosen.sorted()
  }
}
