import Sampling

/// The share of walks that visit no node twice, as far as a sample tells.
struct LooplessShare: Hashable, Sendable {
  /// 0 … 1.
  let share: Double
  /// Of the share, as that of so many independent walks.
  let standardError: Double
}

extension RecursiveLogitWalks {
  /// Walks are drawn in rounds of so many, until the share is clear or enough are drawn.
  private static let walksPerRound = 100
  private static let maximumRounds = 10
  /// How many standard errors from the limit make it clear.
  private static let clearErrors = 3.0

  /// Draws walks from a start and tells how many visit no node twice.
  ///
  /// The sample is seeded: it is the same in every run and for any number of threads.
  ///
  /// - Parameter limit: Of interest is only whether the share is below it; the clearer that is, the fewer
  ///   walks are drawn, 100 to 1,000.
  /// - Complexity: O(steps), a walk being followed up to the first node that it visits twice.
  func looplessShare(from start: Int, limit: Double) -> LooplessShare {
    var random = SplitMix64(seed: 0)
    let departures = departures(from: start).map { ($0.state, $0.weight * scaled[$0.state]) }
    var visited = [Int32](repeating: 0, count: states.view.graph.nodes.count)
    var (drawn, loopless) = (0, 0)
    // Of the share as it would be at the limit: an estimate of 1 has no error of its own.
    func error(_ share: Double) -> Double { (share * (1 - share) / Double(drawn)).squareRoot() }
    for _ in 0..<Self.maximumRounds {
      for _ in 0..<Self.walksPerRound {
        drawn += 1
        if isLoopless(from: start, departures, walk: Int32(drawn), &visited, &random) {
          loopless += 1
        }
      }
      let distance = abs(Double(loopless) / Double(drawn) - limit)
      if distance > Self.clearErrors * error(limit) { break }
    }
    let share = Double(loopless) / Double(drawn)
    return LooplessShare(share: share, standardError: error(share))
  }

  /// Draws one walk.
  ///
  /// - Parameters:
  ///   - departures: The first states, each with what its probability is proportional to.
  ///   - walk: A number from 1 that no other walk has.
  ///   - visited: The last walk that visited each node.
  private func isLoopless(
    from start: Int, _ departures: [(Int, Double)], walk: Int32, _ visited: inout [Int32],
    _ random: inout SplitMix64
  ) -> Bool {
    visited[start] = walk
    var state = Self.draw(departures, &random)
    while true {
      let node = Int(states.heads[state])
      if node == end { return true }
      if visited[node] == walk { return false }
      visited[node] = walk
      let choices = states.row(state).lazy.map { entry in
        let next = Int(self.states.pattern.columns[entry])
        return (next, next == state ? 0 : -self.matrix[entry] * self.scaled[next])
      }
      state = Self.draw(choices, &random)
    }
  }

  /// One of some states, each as probable as its weight has it.
  private static func draw(
    _ choices: some Collection<(Int, Double)>, _ random: inout SplitMix64
  ) -> Int {
    let whole = choices.reduce(0) { $0 + $1.1 }
    var rest = random.uniform() * whole
    var drawn = 0
    for (state, weight) in choices where weight > 0 {
      drawn = state
      rest -= weight
      if rest < 0 { break }
    }
    return drawn
  }
}
