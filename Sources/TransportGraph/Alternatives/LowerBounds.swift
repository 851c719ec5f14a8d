/// Least costs in one view as lower bounds in every view of which no link costs less: with something closed,
/// say.
///
/// Those from an origin are computed where they are first asked for, and kept for all closures.
public final class LowerBounds: Sendable {
  /// What is kept takes no more than this.
  private static let mostBytes = 1 << 28

  private let metric: HierarchyMetric
  private let costsFrom = Locked<[NodeID: [UInt64]]>([:])

  /// - Parameter metric: That of the view.
  public init(_ metric: HierarchyMetric) {
    self.metric = metric
  }

  /// Nil under a model that looks for no alternatives by penalties, which nothing else asks for bounds.
  public convenience init?(_ metric: HierarchyMetric, for model: RouteChoiceModel) {
    guard case .pathSizeLogit(let model) = model, case .penalty = model.source else { return nil }
    self.init(metric)
  }

  /// Whether no link costs less in a view of the same graph. O(links).
  func hold(in other: GraphView) -> Bool {
    let view = metric.view
    return view.graph.searchSpaces === other.graph.searchSpaces
      && zip(view.outgoingArcs, other.outgoingArcs).allSatisfy { $0 <= $1 }
  }

  /// By rank, `SearchSpace.unreached` where no open way leads; nil where too much is kept already.
  ///
  /// - Complexity: O(nodes + arcs of the hierarchy) for an origin asked for the first time.
  func costs(from origin: NodeID) -> [UInt64]? {
    let graph = metric.view.graph
    let (known, count) = costsFrom.withLock { ($0[origin], $0.count) }
    if let known { return known }
    guard (count + 1) * graph.nodes.count * MemoryLayout<UInt64>.stride <= Self.mostBytes else {
      return nil
    }
    let table = metric.impedances(from: origin)
    let costs = graph.nodeOfRank.map { table[NodeID(Int($0))] ?? SearchSpace.unreached }
    // Another thread may have come by the same.
    costsFrom.withLock { $0[origin] = costs }
    return costs
  }
}
