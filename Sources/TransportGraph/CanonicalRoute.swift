/// The one route that is returned where several are equally short.
///
/// The rule: go back from the destination; at each node take, of the arcs on shortest routes that
/// enter it, the one whose tail is nearest to the origin (the longest last step), and of equal ones
/// the link with the smallest identifier. It depends on costs and identifiers only: not on the
/// algorithm, the search order, or the order of nodes and links in a file.
enum CanonicalRoute {
  /// - Parameter costs: By rank; exact on every node of every shortest route to `destination`, and
  ///   elsewhere no less than the least cost.
  /// - Complexity: O(arcs that enter the route's nodes).
  static func trace(
    _ view: GraphView, from origin: NodeID, to destination: NodeID,
    costs: UnsafeBufferPointer<UInt64>
  ) -> Route {
    let graph = view.graph
    let start = graph.rank(of: origin)
    let end = graph.rank(of: destination)
    var arcs: [Arc] = []
    var node = end
    while node != start {
      var best: (cost: UInt64, code: ArcCode, tail: Int)?
      for slot in graph.incoming.slots(node) {
        guard let tail = view.tightTail(slot, head: node, costs: costs) else { continue }
        let code = graph.incoming.codes[slot]
        if let known = best {
          guard costs[tail] <= known.cost else { continue }
          if costs[tail] == known.cost,
            graph.links[code.link].id >= graph.links[known.code.link].id
          {
            continue
          }
        }
        best = (costs[tail], code, tail)
      }
      guard let best else { preconditionFailure("a reached node has an arc on a shortest route") }
      arcs.append(best.code.arc)
      node = best.tail
    }
    return Route(
      view: view, from: origin, to: destination, arcs: arcs.reversed(), impedance: costs[end])
  }
}

extension GraphView {
  /// The tail of an arc that enters `head`, if a shortest route from the search's origin may end with
  /// it (the arc is tight).
  @inline(__always)
  func tightTail(_ slot: Int, head: Int, costs: UnsafeBufferPointer<UInt64>) -> Int? {
    let arc = incomingArcs[slot]
    if arc == PackedArc.closed { return nil }
    let tail = Int(arc & PackedArc.rankMask)
    if costs[tail] == SearchSpace.unreached { return nil }
    return costs[tail] + arc >> PackedArc.rankBits == costs[head] ? tail : nil
  }
}
