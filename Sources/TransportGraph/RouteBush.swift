/// Many routes from one node to one or more others at once: the acyclic graph of the arcs that lie on
/// one, with the chance that a route to an arc's head ends with the arc.
///
/// Walking back from a destination by these chances draws a route. They are the same for every
/// destination, so that one graph serves many. The name is that of R. B. Dial (2006), A path-based
/// user-equilibrium traffic assignment algorithm that obviates path storage and enumeration,
/// Transportation Research B 40, 917–936, https://doi.org/10.1016/j.trb.2006.02.008.
struct RouteBush: Sendable {
  /// An arc on a route.
  struct Step: Sendable {
    /// Position of the arc's tail among the nodes.
    let tail: Int32
    let code: ArcCode
    /// The share of the routes to the head that end with this arc; 0 … 1.
    var share: Double
  }

  /// The arcs that enter each node: those of node i are `first[i] ..< first[i + 1]`. Nodes are in the
  /// order of their cost from the origin, the origin first.
  let first: [Int]
  let steps: [Step]
  /// The position of each destination among the nodes.
  let ends: [Int]

  init(first: [Int], steps: [Step], ends: [Int]) {
    self.first = first
    self.steps = steps
    self.ends = ends
  }

  /// Every shortest route, all equally probable: the chance of an arc is the number of shortest routes
  /// to its tail over the number to its head.
  ///
  /// The numbers grow beyond any integer on a grid; they are kept as a fraction and an exponent, and
  /// only their ratios are stored.
  ///
  /// - Parameters:
  ///   - destinations: Ranks of nodes that are reached.
  ///   - costs: As for ``CanonicalRoute``, for every destination.
  /// - Complexity: O(k log k) for the k nodes and arcs on shortest routes.
  init(_ view: GraphView, to destinations: [Int], costs: UnsafeBufferPointer<UInt64>) {
    let incoming = view.graph.incoming
    var first = [0]
    var steps: [Step] = []
    // The position of each node by its rank, in memory that searches use again and again.
    ends = view.graph.searchSpaces.withSpace { positions in
      var nodes: [Met] = []
      // Their tails by rank, in the order in which the heads were met.
      var met: [Step] = []
      for destination in destinations where positions.costs[destination] == SearchSpace.unreached {
        positions.reach(destination, cost: 0)
        // What was reached is the queue.
        while nodes.count < positions.touchedCount {
          let node = Int(positions.touched[nodes.count])
          let firstStep = Int32(met.count)
          for slot in incoming.slots(node) {
            guard let tail = view.tightTail(slot, head: node, costs: costs) else { continue }
            met.append(Step(tail: Int32(tail), code: incoming.codes[slot], share: 1))
            if positions.costs[tail] == SearchSpace.unreached { positions.reach(tail, cost: 0) }
          }
          nodes.append(
            Met(
              cost: costs[node], rank: Int32(node), firstStep: firstStep,
              endStep: Int32(met.count)))
        }
      }
      // Costs grow strictly along arcs, so this order is topological. What one destination added is
      // almost in falling order, which is fast to sort.
      nodes.sort { ($0.cost, $0.rank) < ($1.cost, $1.rank) }

      first.reserveCapacity(nodes.count + 1)
      steps.reserveCapacity(met.count)
      var counts: [ScaledCount] = []
      counts.reserveCapacity(nodes.count)
      for (position, node) in nodes.enumerated() {
        positions.costs[Int(node.rank)] = UInt64(position)
        let start = steps.count
        // Only the origin has no arc before it; there is one route to it, the empty one.
        var count = node.firstStep == node.endStep ? ScaledCount.one : .zero
        for index in Int(node.firstStep)..<Int(node.endStep) {
          let tail = Int(positions.costs[Int(met[index].tail)])
          steps.append(Step(tail: Int32(tail), code: met[index].code, share: 1))
          count += counts[tail]
        }
        counts.append(count)
        if steps.count > start + 1 {
          for step in start..<steps.count {
            steps[step].share = counts[Int(steps[step].tail)].ratio(to: count)
          }
        }
        first.append(steps.count)
      }
      return destinations.map { Int(positions.costs[$0]) }
    }
    self.first = first
    self.steps = steps
  }

  /// A node on a route, and where its arcs are while they are gathered.
  private struct Met {
    let cost: UInt64
    let rank: Int32
    let firstStep: Int32
    let endStep: Int32
  }

  /// Pushes masses back from the nodes where they end to the origin, over each arc its share.
  ///
  /// - Parameters:
  ///   - ends: Positions of nodes; the same one may stand there twice.
  ///   - masses: What ends at each.
  ///   - body: Takes every arc on a route to one of them, with the mass on it. The order, and with it
  ///     the order of summation, depends on costs only.
  /// - Complexity: O(arcs).
  func pushBack(
    from ends: some Sequence<Int>, masses: some Sequence<Double>, _ body: (Arc, Double) -> Void
  ) {
    guard let last = ends.max() else { return }
    withUnsafeTemporaryAllocation(of: Double.self, capacity: last + 1) { mass in
      // Not met is not the same as a mass of 0: a share may be too small for a `Double`.
      let notMet = -1.0
      mass.initialize(repeating: notMet)
      var pending = 0
      for (end, ending) in zip(ends, masses) {
        if mass[end] == notMet { pending += 1 }
        mass[end] = max(0, mass[end]) + ending
      }
      var node = last
      while true {
        var next: Int?
        pending -= 1
        for index in first[node]..<first[node + 1] {
          let step = steps[index]
          let tail = Int(step.tail)
          let share = mass[node] * step.share
          if mass[tail] == notMet {
            pending += 1
            next = tail
          }
          mass[tail] = max(0, mass[tail]) + share
          body(step.code.arc, share)
        }
        if pending == 0 { return }
        // Where all routes pass one node, it is the next.
        if pending == 1, let next {
          node = next
        } else {
          repeat { node -= 1 } while mass[node] == notMet
        }
      }
    }
  }

  /// The share of the routes to a node whose links all pass a test.
  ///
  /// - Complexity: O(arcs before the node).
  func share(to end: Int, where passes: (LinkID) -> Bool) -> Double {
    var shares: [Double] = []
    shares.reserveCapacity(end + 1)
    for node in 0...end {
      let entering = steps[first[node]..<first[node + 1]]
      let share = entering.reduce(0.0) { sum, step in
        passes(step.code.arc.link) ? sum + step.share * shares[Int(step.tail)] : sum
      }
      shares.append(entering.isEmpty ? 1 : share)
    }
    return shares[end]
  }
}

/// A count too large for a Double's exponent: fraction × 2^exponent, the fraction in 0.5 ..< 1.
///
/// Relative error below 2^-53 for each addition.
struct ScaledCount: Sendable {
  private var fraction: Double
  private var exponent: Int

  static let zero = ScaledCount(fraction: 0, exponent: 0)
  static let one = ScaledCount(fraction: 0.5, exponent: 1)

  static func += (sum: inout ScaledCount, term: ScaledCount) {
    if sum.fraction == 0 {
      sum = term
      return
    }
    let exponent = max(sum.exponent, term.exponent)
    // What is scaled below the least Double would not have changed the sum.
    var fraction =
      scaled(sum.fraction, by: sum.exponent - exponent)
      + scaled(term.fraction, by: term.exponent - exponent)
    var carry = 0
    if fraction >= 1 {
      fraction /= 2
      carry = 1
    }
    sum = ScaledCount(fraction: fraction, exponent: exponent + carry)
  }

  /// This count over a larger one; 0 where the ratio is below the least Double.
  func ratio(to whole: ScaledCount) -> Double {
    Self.scaled(fraction / whole.fraction, by: exponent - whole.exponent)
  }

  private static func scaled(_ value: Double, by exponent: Int) -> Double {
    Double(sign: .plus, exponent: exponent, significand: value)
  }
}
