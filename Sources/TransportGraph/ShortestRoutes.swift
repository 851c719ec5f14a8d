/// Every shortest route between two nodes at once: the acyclic graph of the arcs that lie on one.
///
/// Routes are drawn with equal probability. Walking back from the destination, the chance of leaving
/// a node by an arc is the number of shortest routes to the arc's tail over the number to the node.
/// The numbers grow beyond any integer on a grid; they are kept as a fraction and an exponent, and
/// only their ratios are stored.
struct ShortestRoutes: Sendable {
  /// An arc on a shortest route.
  struct Step: Sendable {
    /// Position of the arc's tail among the nodes.
    let tail: Int32
    let code: ArcCode
    /// The share of the shortest routes to the head that end with this arc; 0 … 1.
    let share: Double
  }

  /// The arcs that enter each node: those of node i are `first[i] ..< first[i + 1]`. Nodes are in the
  /// order of their cost from the origin, the origin first and the destination last.
  let first: [Int]
  let steps: [Step]

  /// - Parameter costs: As for ``CanonicalRoute``.
  /// - Complexity: O(k log k) for the k nodes and arcs on shortest routes.
  init(_ view: GraphView, to destination: Int, costs: UnsafeBufferPointer<UInt64>) {
    let incoming = view.graph.incoming
    var seen: Set<Int> = [destination]
    var pending = [destination]
    while let node = pending.popLast() {
      for slot in incoming.slots(node) {
        if let tail = view.tightTail(slot, head: node, costs: costs), seen.insert(tail).inserted {
          pending.append(tail)
        }
      }
    }
    // Costs grow strictly along arcs, so this order is topological.
    let nodes = seen.sorted { (costs[$0], $0) < (costs[$1], $1) }
    let position = Dictionary(
      uniqueKeysWithValues: nodes.enumerated().map { ($1, Int32($0)) })

    var first = [0]
    var steps: [Step] = []
    var counts: [ScaledCount] = []
    for node in nodes {
      let entering = incoming.slots(node).compactMap { slot -> (tail: Int32, code: ArcCode)? in
        guard let tail = view.tightTail(slot, head: node, costs: costs),
          let position = position[tail]
        else { return nil }
        return (position, incoming.codes[slot])
      }
      var count = ScaledCount.zero
      for (tail, _) in entering { count += counts[Int(tail)] }
      // Only the origin has no arc before it; there is one route to it, the empty one.
      counts.append(entering.isEmpty ? .one : count)
      for (tail, code) in entering {
        steps.append(Step(tail: tail, code: code, share: counts[Int(tail)].ratio(to: count)))
      }
      first.append(steps.count)
    }
    self.first = first
    self.steps = steps
  }

  /// The share of the shortest routes that use each arc, in link order.
  func arcShares() -> [LinkUse.Entry] {
    let nodeCount = first.count - 1
    var visits = [Double](repeating: 0, count: nodeCount)
    visits[nodeCount - 1] = 1
    var entries: [LinkUse.Entry] = []
    entries.reserveCapacity(steps.count)
    for node in stride(from: nodeCount - 1, through: 0, by: -1) {
      for step in steps[first[node]..<first[node + 1]] {
        let share = visits[node] * step.share
        visits[Int(step.tail)] += share
        entries.append(LinkUse.Entry(arc: step.code.arc, share: share))
      }
    }
    return entries.sorted { $0.arc.link < $1.arc.link }
  }

  /// The share of the shortest routes whose links all pass a test.
  func share(where passes: (LinkID) -> Bool) -> Double {
    var shares: [Double] = []
    shares.reserveCapacity(first.count - 1)
    for node in 0..<(first.count - 1) {
      let entering = steps[first[node]..<first[node + 1]]
      let share = entering.reduce(0.0) { sum, step in
        passes(step.code.arc.link) ? sum + step.share * shares[Int(step.tail)] : sum
      }
      shares.append(entering.isEmpty ? 1 : share)
    }
    return shares.last ?? 1
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
