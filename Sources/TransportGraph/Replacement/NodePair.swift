/// From where to where: a pair that is asked for its impedance in many views.
public struct NodePair: Hashable, Sendable {
  /// Where the way starts.
  public let origin: NodeID
  /// Where it ends.
  public let destination: NodeID

  /// - Parameters: Nodes of the graph that the pair is used with; not checked here.
  public init(from origin: NodeID, to destination: NodeID) {
    self.origin = origin
    self.destination = destination
  }
}

/// Pairs in an order in which those of one origin follow each other, so that they share its search.
struct PairsByOrigin: Sendable {
  let pairs: [NodePair]
  /// Indices into `pairs`, by origin, then as given.
  let order: [Int]

  /// - Complexity: O(n log n).
  init(_ pairs: [NodePair]) {
    self.pairs = pairs
    order = pairs.indices.sorted { (pairs[$0].origin, $0) < (pairs[$1].origin, $1) }
  }

  /// The impedances of some of the pairs.
  ///
  /// - Parameters:
  ///   - places: places in `order`, ascending.
  ///   - report: receives the index of each pair with its impedance, in the order of the places.
  func impedances(
    _ places: some RandomAccessCollection<Int>, of metric: HierarchyMetric,
    report: (Int, UInt64?) -> Void
  ) {
    var found: [UInt64?] = []
    var rest = places[...]
    while let place = rest.first {
      let origin = pairs[order[place]].origin
      let run = rest.prefix { pairs[order[$0]].origin == origin }
      rest = rest[run.endIndex...]
      if run.count == 1 {
        let pair = pairs[order[place]]
        report(order[place], metric.impedance(from: origin, to: pair.destination))
      } else {
        metric.impedances(
          from: origin, to: run.map { pairs[order[$0]].destination }, into: &found)
        for (place, impedance) in zip(run, found) { report(order[place], impedance) }
      }
    }
  }
}
