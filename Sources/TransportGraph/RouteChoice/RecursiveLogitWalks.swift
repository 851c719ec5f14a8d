import Foundation

/// All walks of a recursive logit that end at one node: the values of states, and with them the use of
/// arcs and the chance of avoiding some.
///
/// `@unchecked Sendable`: the factors, which are used in place, are so under the lock only.
final class RecursiveLogitWalks: @unchecked Sendable {
  let states: RecursiveLogitStates
  /// The rank where walks end.
  let end: Int
  /// The ranks where they begin.
  let starts: [Int]
  /// About the logarithm of z, by state; −∞ where no walk leads to the end.
  let values: [Double]
  /// I − W by entry of the pattern, row and column scaled by the exponential of ``values``.
  let matrix: [Double]
  /// z, scaled likewise: about 1.
  let scaled: [Double]

  /// 1 for states that reach the end.
  private let ends: [Double]
  private let lock = NSLock()
  private var whole: SparseFactors
  /// Of the matrix without some links.
  private var reduced: SparseFactors
  /// For each set of avoided links the probability that a traveller from each start avoids it.
  private var avoiding: [[UInt64]: [Double]] = [:]

  /// Below this a pivot is not told from 0: the model does not exist, or as good as.
  static let leastPivot = 1e-9
  /// Expected uses below this are not told from those of rounding.
  private static let leastUse = 1e-15

  /// - Parameters:
  ///   - starts: Ranks, each with a way to the end; none is the end.
  ///   - end: A rank.
  ///   - reachedOnly: Whether states that cannot be reached from a start are left out.
  /// - Returns: nil where the model does not exist.
  /// - Complexity: that of a sparse elimination, and some sweeps over the pairs of states before it.
  init?(
    _ states: RecursiveLogitStates, from starts: [Int], to end: Int, reachedOnly: Bool = false
  ) {
    var order = states.nearestFirst(to: end)
    if reachedOnly {
      let reached = states.reached(from: starts, endingAt: end)
      order.removeAll { !reached[Int($0)] }
    }
    var potentials = RecursiveLogitPotentials(states, order: order, end: end)
    var whole = SparseFactors(states.pattern)
    var matrix: [Double] = []
    var pivot = Double.nan
    repeat {
      potentials.refine()
      matrix = potentials.matrix()
      pivot = whole.factor(matrix)
      // Scaling leaves pivots as they are; only where entries left the range they tell nothing yet.
    } while !potentials.isSettled && (pivot.isNaN || pivot >= Self.leastPivot)
    guard pivot >= Self.leastPivot else { return nil }
    let ends = potentials.ends()
    var scaled = ends
    whole.solve(&scaled)
    guard scaled.allSatisfy({ $0 < .infinity }) else { return nil }
    self.states = states
    self.starts = starts
    self.end = end
    values = potentials.values
    self.matrix = matrix
    self.scaled = scaled
    self.ends = ends
    self.whole = whole
    reduced = SparseFactors(states.pattern)
  }

  /// The first states of walks from a node, with the scaled weight of each: exp(value − θ c).
  func departures(from start: Int) -> [(state: Int, weight: Double)] {
    let leaving = states.leaving(start).filter { values[$0] > -.infinity }
    let highest = leaving.map { values[$0] - states.tolls[$0] }.max() ?? 0
    return leaving.map { ($0, exp(values[$0] - states.tolls[$0] - highest)) }
  }

  /// The expected number of uses of each arc by a traveller from a start, in link order, those below
  /// 1e-15 left out; and what the traveller's walk costs on average, in units of θ.
  func uses(from start: Int) -> (entries: [LinkUse.Entry], cost: Double) {
    var visits = [Double](repeating: 0, count: states.count)
    var value = 0.0
    for (state, weight) in departures(from: start) {
      visits[state] = weight
      value += weight * scaled[state]
    }
    lock.withLock { whole.solveTransposed(&visits) }
    var entries: [(code: ArcCode, use: Double)] = []
    var toll = 0.0
    for state in visits.indices where values[state] > -.infinity {
      let use = visits[state] * scaled[state] / value
      toll += use * states.tolls[state]
      if use >= Self.leastUse { entries.append((states.codes[state], use)) }
    }
    entries.sort { $0.code.rawValue < $1.code.rawValue }
    return (
      entries.map { LinkUse.Entry(arc: $0.code.arc, share: $0.use) }, toll / states.model.theta
    )
  }

  /// The probability that a traveller from a start uses none of some links: z without their arcs, over
  /// z.
  ///
  /// - Returns: 1 from a node that is no start.
  /// - Complexity: a sparse elimination, for each set of links the first time that it is asked about.
  func probability(from start: Int, ofAvoiding predicate: (LinkID) -> Bool) -> Double {
    guard let place = starts.firstIndex(of: start) else { return 1 }
    var avoided = [UInt64](repeating: 0, count: (states.view.graph.links.count + 63) / 64)
    for link in states.links where predicate(LinkID(link)) {
      avoided[link / 64] |= 1 << UInt64(link % 64)
    }
    return lock.withLock {
      if let known = avoiding[avoided] { return known[place] }
      let found = probabilities { avoided[$0 / 64] >> UInt64($0 % 64) & 1 == 1 }
      avoiding[avoided] = found
      return found[place]
    }
  }

  /// - Returns: For each start.
  private func probabilities(ofAvoiding isAvoided: (Int) -> Bool) -> [Double] {
    let isAvoided = states.codes.map { isAvoided($0.link) }
    var matrix = matrix
    for state in 0..<states.count {
      for entry in states.row(state) where isAvoided[Int(states.pattern.columns[entry])] {
        if Int(states.pattern.columns[entry]) != state { matrix[entry] = 0 }
      }
    }
    // Without some of its states the matrix is all the more an M-matrix.
    _ = reduced.factor(matrix)
    var left = ends
    reduced.solve(&left)
    return starts.map { start in
      var (all, avoiding) = (0.0, 0.0)
      for (state, weight) in departures(from: start) {
        all += weight * scaled[state]
        if !isAvoided[state] { avoiding += weight * left[state] }
      }
      return avoiding / all
    }
  }
}
