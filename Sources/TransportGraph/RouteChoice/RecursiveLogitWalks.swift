import Foundation

/// All walks of a recursive logit that end at one node: the values of states, and with them the use of
/// links and the chance of avoiding some.
///
/// A class with a lock, for the factors are used again and again: in place, and by several threads.
final class RecursiveLogitWalks: Sendable {
  /// Below this a pivot is not told from one of 0: the model does not exist, or next to.
  private static let leastPivot = 1e-9
  /// Expected uses below this are those of rounding, and not told.
  private static let leastUse = 1e-15

  let states: RecursiveLogitStates
  /// The rank where walks end.
  let end: Int
  /// The ranks where they begin.
  let starts: [Int]
  /// About the logarithm of z, by state; −∞ where no walk leads to the end or from a start.
  let values: [Double]
  /// I − W, row and column scaled by the exponential of ``values``, so that rows of −W sum to about 1.
  let matrix: [Double]
  /// z, scaled likewise: about 1.
  let scaled: [Double]

  private struct Solver: ~Copyable {
    var whole: SparseFactors
    var avoiding: SparseFactors
    /// For each set of avoided links what is left of z at the starts.
    var left: [[UInt64]: [Double]] = [:]
  }
  private let solver: LockedSolver

  /// `Locked` for what cannot be copied.
  private final class LockedSolver: @unchecked Sendable {
    private let lock = NSLock()
    private var solver: Solver

    init(_ solver: consuming Solver) { self.solver = solver }

    func withLock<Result>(_ body: (inout Solver) -> Result) -> Result {
      lock.lock()
      defer { lock.unlock() }
      return body(&solver)
    }
  }

  /// - Parameters:
  ///   - starts: Ranks, each with a way to the end; none is the end.
  ///   - end: A rank.
  /// - Throws: `noRecursiveLogit`.
  /// - Complexity: that of a sparse elimination; some sweeps over the pairs of states before it.
  init(
    _ states: RecursiveLogitStates, from starts: [Int], to end: Int
  ) throws(RouteChoiceError) {
    self.states = states
    self.starts = starts
    self.end = end
    let reached = states.reached(from: starts, endingAt: end)
    let order = states.nearestFirst(to: end).filter { reached[Int($0)] }
    var potentials = RecursiveLogitPotentials(states, order: order, end: end)
    var factors = SparseFactors(states.pattern)
    var matrix: [Double] = []
    while true {
      potentials.refine()
      matrix = potentials.matrix()
      let pivot = factors.factor(matrix)
      // A matrix whose entries overflowed tells nothing yet.
      if pivot < Self.leastPivot || (pivot.isNaN && potentials.isSettled) {
        throw RecursiveLogitSpectrum(states, among: order, end: end).refusal()
      }
      if potentials.isSettled { break }
    }
    var scaled = potentials.ends()
    factors.solve(&scaled)
    guard scaled.allSatisfy({ $0 < .infinity }) else {
      throw RecursiveLogitSpectrum(states, among: order, end: end).refusal()
    }
    values = potentials.values
    self.matrix = matrix
    self.scaled = scaled
    solver = LockedSolver(
      Solver(whole: factors, avoiding: SparseFactors(states.pattern)))
  }

  /// The weights of the first steps from a node, scaled, with what is scaled.
  ///
  /// - Returns: By state that leaves the node, exp(values − θ c − value of the node).
  func departures(_ start: Int) -> [(state: Int, weight: Double)] {
    let leaving = states.leaving(start).filter { values[$0] > -.infinity }
    let highest = leaving.map { values[$0] - states.tolls[$0] }.max() ?? 0
    return leaving.map { ($0, exp(values[$0] - states.tolls[$0] - highest)) }
  }

  /// The expected number of uses of each arc by a traveller from a node, and of those below 1e-15 none,
  /// in link order; the mean cost in units of θ.
  func uses(from start: Int) -> (entries: [LinkUse.Entry], cost: Double) {
    let departures = departures(start)
    var visits = [Double](repeating: 0, count: states.count)
    var value = 0.0
    for (state, weight) in departures {
      visits[state] = weight
      value += weight * scaled[state]
    }
    solver.withLock { $0.whole.solveTransposed(&visits) }
    var entries: [LinkUse.Entry] = []
    var toll = 0.0
    for state in visits.indices where values[state] > -.infinity {
      let use = visits[state] * scaled[state] / value
      toll += use * states.tolls[state]
      if use >= Self.leastUse {
        entries.append(LinkUse.Entry(arc: states.codes[state].arc, share: use))
      }
    }
    entries.sort {
      ($0.arc.link.index, $0.arc.isForward ? 0 : 1) < ($1.arc.link.index, $1.arc.isForward ? 0 : 1)
    }
    return (entries, toll / states.model.theta)
  }

  /// The probability that a traveller from a start uses none of some links: z without their arcs, over
  /// z.
  ///
  /// - Complexity: a sparse elimination for each set of links, the first time it is asked about.
  func probability(from start: Int, ofAvoiding predicate: (LinkID) -> Bool) -> Double {
    guard start != end, let place = starts.firstIndex(of: start) else { return 1 }
    // Both arcs of a link are asked about once.
    var avoided = [UInt64](repeating: 0, count: (states.view.graph.links.count + 63) / 64)
    for (state, code) in states.codes.enumerated()
    where code.isForward || states.view.graph.links[code.link].isOneWay || true {
      _ = state
      if predicate(LinkID(code.link)) { avoided[code.link / 64] |= 1 << UInt64(code.link % 64) }
    }
    return solver.withLock { solver in
      let known: [Double]
      if let left = solver.left[avoided] {
        known = left
      } else {
        known = Self.left(self, avoided, &solver.avoiding)
        solver.left[avoided] = known
      }
      return known[place]
    }
  }
}
