import Foundation

/// How much walks in circles weigh in a recursive logit: the spectral radius of W.
///
/// A walk never comes back to a strongly connected component that it has left, so that the radius is
/// the greatest of those of the components.
struct RecursiveLogitSpectrum {
  private let states: RecursiveLogitStates
  /// The states that count.
  private let members: [Int32]
  private let end: Int

  /// Bounds of the radius that are so near to each other end the iteration.
  private static let tolerance = 1e-13
  private static let maximumIterations = 60
  /// A θ that would do is found to within this factor.
  private static let thetaTolerance = 1.01
  private static let maximumDoublings = 60

  /// - Parameters:
  ///   - start: The rank where walks begin.
  ///   - end: The rank where they end.
  init(_ states: RecursiveLogitStates, from start: Int, to end: Int) {
    self.states = states
    self.end = end
    let reached = states.reached(from: [start], endingAt: end)
    members = states.nearestFirst(to: end).filter { reached[Int($0)] }.sorted()
  }

  /// The error that says why there is no model.
  var refusal: RouteChoiceError {
    .noRecursiveLogit(
      destination: states.view.graph.node(rank: end), theta: states.model.theta,
      spectralRadius: radius, sufficientTheta: sufficientTheta)
  }

  /// The spectral radius of W, to about 1e-12 of it.
  ///
  /// Noda's iteration, which bounds it from both sides (Collatz, Wielandt) in each step.
  ///
  /// Source: T. Noda (1971), Note on the computation of the maximal eigenvalue of a non-negative
  /// irreducible matrix, Numer. Math. 17, 382–386; L. Elsner (1976), Linear Algebra Appl. 15, 235–242.
  ///
  /// - Complexity: a few sparse eliminations for each component with walks in circles.
  var radius: Double {
    // The greatest row sum of a component bounds its radius: most need no iteration.
    let blocks = components().compactMap { Block(states, $0, end: end) }
      .sorted { $0.greatestRowSum > $1.greatestRowSum }
    var radius = 0.0
    for block in blocks where block.greatestRowSum > radius {
      radius = max(
        radius, block.radius(tolerance: Self.tolerance, iterations: Self.maximumIterations))
    }
    return radius
  }

  /// About the least θ for which the model exists, rounded up to two digits; nil where none is: walks go in
  /// circles that cost nothing.
  ///
  /// The radius falls as θ grows, for it is that of a matrix whose entries all fall.
  ///
  /// - Complexity: some twenty sparse eliminations.
  private var sufficientTheta: Double? {
    var factors = SparseFactors(states.pattern)
    var isMember = [Bool](repeating: false, count: states.count)
    for state in members { isMember[Int(state)] = true }
    func exists(_ theta: Double) -> Bool {
      let ratio = theta / states.model.theta
      var entries = [Double](repeating: 0, count: states.pattern.columns.count)
      for state in 0..<states.count {
        for entry in states.row(state) {
          let next = Int(states.pattern.columns[entry])
          if next == state {
            entries[entry] = 1
          } else if isMember[state], isMember[next], Int(states.heads[state]) != end {
            entries[entry] = -exp(-ratio * states.tolls[next])
          }
        }
      }
      return factors.factor(entries) >= RecursiveLogitWalks.leastPivot
    }
    var high = states.model.theta
    var doublings = 0
    repeat {
      high *= 2
      doublings += 1
      if doublings > Self.maximumDoublings { return nil }
    } while !exists(high)
    var low = high / 2
    while high > low * Self.thetaTolerance {
      let middle = (low * high).squareRoot()
      if exists(middle) { high = middle } else { low = middle }
    }
    let digit = pow(10, log10(high).rounded(.down) - 1)
    return (high / digit).rounded(.up) * digit
  }

  /// The strongly connected components of more than one state, each ascending.
  ///
  /// Source: R. Tarjan (1972), Depth-first search and linear graph algorithms, SIAM J. Comput. 1,
  /// 146–160, without recursion.
  private func components() -> [[Int32]] {
    let unmet = Int32.max
    var turn = [Int32](repeating: unmet, count: states.count)
    var lowest = turn
    var isOpen = [Bool](repeating: false, count: states.count)
    var isMember = isOpen
    for state in members { isMember[Int(state)] = true }
    var open: [Int32] = []
    var path: [(state: Int, entry: Int)] = []
    var turns: Int32 = 0
    var found: [[Int32]] = []
    func enter(_ state: Int) {
      turn[state] = turns
      lowest[state] = turns
      turns += 1
      isOpen[state] = true
      open.append(Int32(state))
      path.append((state, states.row(state).lowerBound))
    }
    for root in members where turn[Int(root)] == unmet {
      enter(Int(root))
      while let (state, entry) = path.last {
        let isLast = Int(states.heads[state]) == end
        if !isLast && entry < states.row(state).upperBound {
          path[path.count - 1].entry += 1
          let next = Int(states.pattern.columns[entry])
          if next == state || !isMember[next] { continue }
          if turn[next] == unmet {
            enter(next)
          } else if isOpen[next] {
            lowest[state] = min(lowest[state], turn[next])
          }
          continue
        }
        path.removeLast()
        if let above = path.last { lowest[above.state] = min(lowest[above.state], lowest[state]) }
        guard lowest[state] == turn[state] else { continue }
        var component: [Int32] = []
        var last: Int32
        repeat {
          last = open.removeLast()
          isOpen[Int(last)] = false
          component.append(last)
        } while Int(last) != state
        if component.count > 1 { found.append(component.sorted()) }
      }
    }
    return found
  }

  /// The rows and columns of W of one component.
  private struct Block {
    private let pattern: SparsePattern
    /// By entry of the pattern; 0 on the diagonal.
    private let weights: [Double]
    let greatestRowSum: Double

    init?(_ states: RecursiveLogitStates, _ members: [Int32], end: Int) {
      var placeOf: [Int32: Int32] = [:]
      for (place, state) in members.enumerated() { placeOf[state] = Int32(place) }
      var first: [Int32] = [0]
      var columns: [Int32] = []
      var weights: [Double] = []
      var greatest = 0.0
      for state in members {
        var sum = 0.0
        for entry in states.row(Int(state)) {
          let next = states.pattern.columns[entry]
          guard let place = placeOf[next] else { continue }
          let weight = next == state ? 0 : exp(-states.tolls[Int(next)])
          columns.append(place)
          weights.append(weight)
          sum += weight
        }
        first.append(Int32(columns.count))
        greatest = max(greatest, sum)
      }
      guard let pattern = SparsePattern(first: first, columns: columns) else { return nil }
      self.pattern = pattern
      self.weights = weights
      greatestRowSum = greatest
    }

    func radius(tolerance: Double, iterations: Int) -> Double {
      var factors = SparseFactors(pattern)
      var vector = [Double](repeating: 1, count: pattern.count)
      var (lower, upper) = (0.0, greatestRowSum)
      for _ in 0..<iterations where upper - lower > tolerance * upper {
        // A hair above the bound, for at the radius itself the matrix is singular.
        let shift = upper * (1 + tolerance)
        var matrix = weights.map { -$0 }
        for row in 0..<pattern.count {
          for entry in Int(pattern.first[row])..<Int(pattern.first[row + 1])
          where Int(pattern.columns[entry]) == row { matrix[entry] = shift }
        }
        guard factors.factor(matrix) > 0 else { break }
        factors.solve(&vector)
        let scale = vector.max() ?? 0
        guard scale > 0, scale < .infinity else { break }
        for row in vector.indices { vector[row] /= scale }
        let (least, greatest) = ratios(vector)
        lower = max(lower, least)
        // Beyond what rounding allows, bounds come no nearer.
        if greatest >= upper { break }
        upper = greatest
      }
      return upper
    }

    /// The least and greatest (W x)_a / x_a.
    private func ratios(_ vector: [Double]) -> (Double, Double) {
      var (least, greatest) = (Double.infinity, 0.0)
      // What fell below the range has no ratio.
      for row in vector.indices where vector[row] > .leastNormalMagnitude * 1e20 {
        var sum = 0.0
        for entry in Int(pattern.first[row])..<Int(pattern.first[row + 1]) {
          sum += weights[entry] * vector[Int(pattern.columns[entry])]
        }
        least = min(least, sum / vector[row])
        greatest = max(greatest, sum / vector[row])
      }
      return (least, greatest)
    }
  }
}
