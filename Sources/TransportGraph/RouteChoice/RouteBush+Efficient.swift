import Foundation

extension RouteBush {
  /// Least impedances by rank, as efficiency is judged on them; `SearchSpace.unreached` where no way leads.
  struct Potentials {
    /// From the origin.
    let ahead: [UInt64]
    /// To the destination; nil where only the origin counts.
    let behind: [UInt64]?

    /// Whether an arc is efficient.
    @inline(__always)
    func allow(_ tail: Int, _ head: Int) -> Bool {
      guard ahead[tail] < ahead[head] else { return false }
      guard let behind else { return true }
      return behind[tail] > behind[head]
    }
  }

  /// Every efficient route to a node, each as probable as a logit has it; see ``DialLogit``.
  ///
  /// Weights are kept as logarithms: on a large network the number of routes, and the odds between
  /// them, leave the range of a `Double`.
  ///
  /// - Parameters:
  ///   - origin: A rank.
  ///   - destination: A rank that an open way leads to from the origin.
  ///   - potentials: From that origin, and to that destination.
  ///   - theta: Per unit of cost.
  /// - Complexity: O(k log k) for the k nodes and arcs from which efficient links lead to the
  ///   destination.
  init(
    efficient view: GraphView, from origin: Int, to destination: Int, _ potentials: Potentials,
    theta: Double
  ) {
    let incoming = view.graph.incoming
    let unit = view.profile.measure.impedancePerCostUnit
    var first = [0]
    var steps: [Step] = []
    // By position: the logarithm of the sum of exp(θ (r − c)) over the routes to the node.
    var weights: [Double] = []
    view.graph.searchSpaces.withSpace { positions in
      var nodes: [(cost: UInt64, rank: Int)] = []
      positions.reach(destination, cost: 0)
      // What was reached is the queue.
      while nodes.count < positions.touchedCount {
        let head = Int(positions.touched[nodes.count])
        nodes.append((potentials.ahead[head], head))
        for slot in incoming.slots(head) {
          guard let tail = view.efficientTail(slot, head: head, potentials) else { continue }
          if positions.costs[tail] == SearchSpace.unreached { positions.reach(tail, cost: 0) }
        }
      }
      nodes.sort { ($0.cost, $0.rank) < ($1.cost, $1.rank) }
      for (cost, rank) in nodes {
        let start = steps.count
        for slot in incoming.slots(rank) {
          guard let tail = view.efficientTail(slot, head: rank, potentials) else { continue }
          let position = positions.costs[tail]
          // Where both ends count, links that lead away from neither need not begin at the origin.
          guard position != Self.isolated else { continue }
          let code = incoming.codes[slot]
          let slack =
            (Double(cost - potentials.ahead[tail]) - view.exactImpedance(of: code.link)) / unit
          // The weight of what comes by the arc, for now.
          let weight = weights[Int(position)] + theta * slack
          steps.append(Step(tail: Int32(position), code: code, share: weight))
        }
        if steps.count == start, rank != origin {
          positions.costs[rank] = Self.isolated
          continue
        }
        positions.costs[rank] = UInt64(weights.count)
        weights.append(Self.normalize(&steps[start...]))
        first.append(steps.count)
      }
    }
    self.init(first: first, steps: steps, ends: [weights.count - 1])
  }

  /// The position of a node that no efficient way leads to.
  private static let isolated = SearchSpace.unreached - 1

  /// Turns the weights of the arcs that enter a node into their shares; returns the weight of the node.
  private static func normalize(_ entering: inout ArraySlice<Step>) -> Double {
    if entering.isEmpty { return 0 }
    let highest = entering.reduce(-Double.infinity) { max($0, $1.share) }
    var sum = 0.0
    for index in entering.indices {
      entering[index].share = exp(entering[index].share - highest)
      sum += entering[index].share
    }
    for index in entering.indices { entering[index].share /= sum }
    return highest + log(sum)
  }
}

extension GraphView {
  /// The tail of an open arc that enters `head`, if the arc is efficient.
  @inline(__always)
  fileprivate func efficientTail(
    _ slot: Int, head: Int, _ potentials: RouteBush.Potentials
  ) -> Int? {
    let arc = incomingArcs[slot]
    if arc == PackedArc.closed { return nil }
    let tail = Int(arc & PackedArc.rankMask)
    return potentials.allow(tail, head) ? tail : nil
  }
}
