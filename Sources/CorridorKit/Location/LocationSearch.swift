/// Branch and bound over sets of sites, with the bound of a Lagrangian relaxation.
///
/// A client may be served once. Take that rule away and let each service of client i cost a price uᵢ ≥ 0
/// instead: a site is then worth Σᵢ max(0, wᵢⱼ − uᵢ) on its own, and the p best sites with Σᵢ uᵢ bound the
/// value of every set from above. A subgradient search makes the bound small; it then equals that of
/// linear programming, which for these problems is nearly always tight. Sites that could only be in, or
/// out, of a better set are fixed by their reduced worth; what is left is branched on.
///
/// Sources: G. Cornuéjols, M. L. Fisher, G. L. Nemhauser (1977), Management Science 23, 789–810;
/// M. Held, P. Wolfe, H. P. Crowder (1974), Validation of subgradient optimization, Mathematical
/// Programming 6, 62–88.
struct LocationSearch {
  private let problem: LocationProblem
  private let count: Int
  private let nodeLimit: Int
  private let progress: (Int) -> Void
  private var best: (sites: [Int], value: Double)
  private var nodeCount = 0
  /// The highest bound of what the node limit left unseen.
  private var unseenBound = 0.0

  private enum Status { case free, taken, excluded }

  /// What a relaxation tells.
  private struct Relaxation {
    var bound: Double
    var prices: [Double]
    /// What each site is worth at these prices.
    var worths: [Double]
  }

  init(
    _ problem: LocationProblem, count: Int, nodeLimit: Int, progress: @escaping (Int) -> Void
  ) {
    self.problem = problem
    self.progress = progress
    self.count = count
    self.nodeLimit = nodeLimit
    let start = problem.exchanging(problem.greedy(count: count).map(\.site))
    best = (start, problem.value(of: start))
  }

  mutating func run() -> LocationOptimum {
    // A site without a client changes nothing.
    let status = problem.sites.map { $0.isEmpty ? Status.excluded : .free }
    let prices = startingPrices()
    solve(status, prices: prices, rounds: 400)
    return LocationOptimum(
      sites: best.sites.sorted(), value: best.value, upperBound: max(best.value, unseenBound),
      nodeCount: nodeCount)
  }

  /// Half of what each client is worth at most: far enough from both ends to move either way.
  private func startingPrices() -> [Double] {
    problem.served(by: Array(problem.sites.indices)).map { $0 / 2 }
  }

  private var target: Double { best.value * (1 + LocationOptimum.tolerance) }

  private mutating func solve(_ status: [Status], prices: [Double], rounds: Int) {
    var status = status
    nodeCount += 1
    progress(nodeCount)
    let taken = status.indices.filter { status[$0] == .taken }
    let free = status.indices.filter { status[$0] == .free }
    let open = count - taken.count
    // All that may still be taken is taken: nothing is left to choose.
    if open <= 0 || free.count <= open {
      consider(open <= 0 ? taken : taken + free)
      return
    }
    let relaxation = relax(status, taken: taken, free: free, prices: prices, rounds: rounds)
    guard relaxation.bound > target else { return }
    guard nodeCount < nodeLimit else {
      unseenBound = max(unseenBound, relaxation.bound)
      return
    }
    // What a set that differs in this site from the relaxation's could be worth at most.
    let ranked = free.sorted { (relaxation.worths[$1], $0) < (relaxation.worths[$0], $1) }
    let (last, next) = (relaxation.worths[ranked[open - 1]], relaxation.worths[ranked[open]])
    for (place, site) in ranked.enumerated() {
      let worth = relaxation.worths[site]
      if place < open {
        if relaxation.bound - worth + next <= target { status[site] = .taken }
      } else if relaxation.bound - last + worth <= target {
        status[site] = .excluded
      }
    }
    guard let site = ranked.first(where: { status[$0] == .free }) else {
      consider(status.indices.filter { status[$0] == .taken })
      return
    }
    for choice in [Status.taken, .excluded] {
      status[site] = choice
      solve(status, prices: relaxation.prices, rounds: 60)
    }
  }

  private mutating func consider(_ sites: [Int]) {
    let value = problem.value(of: sites)
    if value > target { best = (sites, value) }
  }

  /// Lowers the bound by subgradient steps after Held, Wolfe and Crowder.
  private mutating func relax(
    _ status: [Status], taken: [Int], free: [Int], prices: [Double], rounds: Int
  ) -> Relaxation {
    let open = count - taken.count
    var prices = prices
    var lowest = Relaxation(bound: .infinity, prices: prices, worths: [])
    var worths = [Double](repeating: 0, count: status.count)
    var services = [Double](repeating: 0, count: problem.clientCount)
    var (step, roundsWithoutGain) = (1.0, 0)
    for _ in 0..<rounds {
      for site in taken + free {
        worths[site] = problem.sites[site].reduce(0) { $0 + max(0, $1.value - prices[$1.client]) }
      }
      let chosen = taken + free.sorted { (worths[$1], $0) < (worths[$0], $1) }.prefix(open)
      let bound = prices.reduce(0, +) + chosen.reduce(0) { $0 + worths[$1] }
      if bound < lowest.bound {
        lowest = Relaxation(bound: bound, prices: prices, worths: worths)
        roundsWithoutGain = 0
      } else {
        roundsWithoutGain += 1
        if roundsWithoutGain == 10 { (step, roundsWithoutGain) = (step / 2, 0) }
      }
      consider(chosen)
      guard lowest.bound > target, step > 1e-4 else { break }
      // The slope of the bound in each price: 1 less how many chosen sites serve the client.
      for client in services.indices { services[client] = 0 }
      for site in chosen {
        for worth in problem.sites[site] where worth.value > prices[worth.client] {
          services[worth.client] += 1
        }
      }
      let length = services.indices.reduce(0.0) { sum, client in
        let slope = 1 - services[client]
        return prices[client] == 0 && slope > 0 ? sum : sum + slope * slope
      }
      guard length > 0 else { break }
      let stride = step * (bound - best.value) / length
      for client in prices.indices {
        prices[client] = max(0, prices[client] - stride * (1 - services[client]))
      }
    }
    return lowest
  }
}

extension LocationProblem {
  /// The best set of at most so many sites.
  ///
  /// - Parameters:
  ///   - count: How many sites at most; 1 or more.
  ///   - nodeLimit: How many subproblems are looked at before the search ends with what it has. A number
  ///     and not a time, so that the answer is the same on every machine.
  ///   - progress: Called with the number of subproblems begun so far, at each.
  /// - Returns: The best set found and a bound; optimal unless the limit was met. Values within 1e-12
  ///   of one another count as equal.
  /// - Complexity: exponential at worst; O(entries) for each of some hundred rounds a subproblem.
  public func optimum(
    count: Int, nodeLimit: Int = 20_000, progress: @escaping (Int) -> Void = { _ in }
  ) -> LocationOptimum {
    precondition(count >= 1 && nodeLimit >= 1)
    var search = LocationSearch(self, count: count, nodeLimit: nodeLimit, progress: progress)
    return search.run()
  }
}
