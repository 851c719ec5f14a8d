import Foundation

/// About the logarithm of z for every state of a recursive logit, found by sweeps.
///
/// On a long way z is far below the least `Double`, and where a great many ways are about as good far
/// above the greatest. Scaled by these potentials both z and the sums of the rows of W are about 1:
/// neither of them leaves the range, and what is then solved is well conditioned.
struct RecursiveLogitPotentials {
  /// By state; −∞ where no walk leads to the end, or from a start.
  private(set) var values: [Double]

  private let states: RecursiveLogitStates
  private let order: [Int32]
  private let end: Int
  private var sweepCount = 0
  private var change = Double.infinity

  private static let firstSweeps = 4
  private static let maximumSweeps = 512
  /// Potentials need not be exact, they only scale.
  private static let tolerance = 0.01

  /// - Parameters:
  ///   - order: The states that count, those nearest to the end first.
  ///   - end: The rank where walks end.
  init(_ states: RecursiveLogitStates, order: [Int32], end: Int) {
    self.states = states
    self.order = order
    self.end = end
    values = Array(repeating: -.infinity, count: states.count)
    for state in order where Int(states.heads[Int(state)]) == end { values[Int(state)] = 0 }
  }

  /// Whether more sweeps would change little, or have been given up.
  var isSettled: Bool { change < Self.tolerance || sweepCount >= Self.maximumSweeps }

  /// Sweeps as often as in all calls before; ends early where little changes.
  ///
  /// - Complexity: O(pairs of states that follow each other) a sweep. The first has the values of all
  ///   walks that come nearer to the end with each step.
  mutating func refine() {
    let target = max(Self.firstSweeps, 2 * sweepCount)
    while sweepCount < target && change >= Self.tolerance { sweep() }
  }

  /// Gauss–Seidel over log z_a = log Σ_b W_ab z_b: it only grows towards the least solution.
  private mutating func sweep() {
    sweepCount += 1
    change = 0
    states.pattern.first.withUnsafeBufferPointer { first in
      states.pattern.columns.withUnsafeBufferPointer { columns in
        for state in order {
          let state = Int(state)
          if Int(states.heads[state]) == end { continue }
          let row = Int(first[state])..<Int(first[state + 1])
          var highest = -Double.infinity
          for entry in row where Int(columns[entry]) != state {
            let next = Int(columns[entry])
            highest = max(highest, values[next] - states.tolls[next])
          }
          guard highest > -.infinity else { continue }
          var sum = 0.0
          for entry in row where Int(columns[entry]) != state {
            let next = Int(columns[entry])
            sum += exp(values[next] - states.tolls[next] - highest)
          }
          let value = highest + log(sum)
          change = max(change, value - values[state])
          values[state] = value
        }
      }
    }
  }

  /// The entries of I − W, scaled, by entry of the pattern; rows of states that do not count are those
  /// of I.
  func matrix() -> [Double] {
    var entries: [Double] = []
    entries.reserveCapacity(states.pattern.columns.count)
    for state in 0..<states.count {
      let isLast = Int(states.heads[state]) == end
      for entry in states.row(state) {
        let next = Int(states.pattern.columns[entry])
        if next == state {
          entries.append(1)
        } else if isLast || values[state] == -.infinity || values[next] == -.infinity {
          entries.append(0)
        } else {
          entries.append(-exp(values[next] - states.tolls[next] - values[state]))
        }
      }
    }
    return entries
  }

  /// 1 for states that reach the end, else 0: the right-hand side of the equations for z.
  func ends() -> [Double] {
    (0..<states.count).map {
      Int(states.heads[$0]) == end && values[$0] > -.infinity ? 1 : 0
    }
  }
}
