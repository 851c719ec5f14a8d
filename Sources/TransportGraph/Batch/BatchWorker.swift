/// A metric that one thread brings from scenario to scenario.
///
/// What a scenario changes is repaired and afterwards taken back, so that a worker costs one copy of the
/// metric however many scenarios it sees.
struct BatchWorker {
  private(set) var metric: HierarchyMetric
  private let base: GraphView
  /// The scenario that the metric speaks for and what it changed; nil for the base.
  private var current: (index: Int, changed: [LinkID], isPrepared: Bool)?

  init(_ metric: HierarchyMetric) {
    self.metric = metric
    base = metric.view
  }

  /// Brings the metric to a scenario that ``check(_:at:)`` accepts.
  ///
  /// - Complexity: that of partial customisation for what the last scenario and this one change; for a
  ///   prepared view O(arcs) more.
  mutating func enter(_ scenario: BatchScenario, index: Int) {
    if current?.index == index { return }
    leave()
    do {
      switch scenario.content {
      case .changes(let closed, let delays):
        let changed = Set(closed + delays.map(\.link)).sorted()
        current = (index, changed, false)
        try metric.view.apply(closed: closed, delays: delays)
        try metric.update(to: metric.view, changed: changed)
      case .view(let view):
        let changed = view.changedLinks(from: base)
        current = (index, changed, true)
        try metric.update(to: view, changed: changed)
      }
    } catch {
      preconditionFailure("a batch checks its scenarios before it runs: \(error)")
    }
  }

  private mutating func leave() {
    guard let (_, changed, isPrepared) = current else { return }
    current = nil
    if isPrepared {
      do {
        try metric.update(to: base, changed: changed)
      } catch {
        preconditionFailure("the base view has been customised before: \(error)")
      }
    } else {
      metric.restore(changed, from: base)
    }
  }
}

extension GraphView {
  fileprivate mutating func apply(
    closed: [LinkID], delays: [BatchScenario.Delay]
  ) throws(TransportGraphError) {
    for delay in delays { try add(fixedSeconds: delay.seconds, to: CollectionOfOne(delay.link)) }
    close(closed)
  }

  /// Whether a scenario can be made of this view, which is afterwards as before.
  mutating func check(
    _ scenario: BatchScenario, at index: Int, from base: GraphView,
    _ hierarchy: ContractionHierarchy
  ) throws(BatchError) {
    switch scenario.content {
    case .changes(let closed, let delays):
      precondition(
        (closed + delays.map(\.link)).allSatisfy { graph.links.indices.contains($0.index) },
        "a scenario closes and delays links of the metric's graph")
      do throws(TransportGraphError) {
        try apply(closed: [], delays: delays)
      } catch {
        throw .badScenario(index: index, error)
      }
      try Self.check(self, at: index, hierarchy)
      restore(delays.map(\.link), from: base)
    case .view(let view):
      try Self.check(view, at: index, hierarchy)
    }
  }

  private static func check(
    _ view: GraphView, at index: Int, _ hierarchy: ContractionHierarchy
  ) throws(BatchError) {
    do throws(HierarchyError) {
      try HierarchyMetric.check(view, hierarchy)
    } catch {
      throw .badMetric(index: index, error)
    }
  }
}
