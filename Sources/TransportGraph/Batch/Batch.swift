import Foundation

/// Many pairs under many scenarios, on all cores.
///
/// Each thread has a copy of the metric and brings it from scenario to scenario by partial
/// customisation; pairs of one origin share its search. Results are the same bit for bit for any number
/// of threads, and memory is that of the results and of one metric a thread.
public struct Batch: Sendable {
  /// The base: what the scenarios differ from.
  public let metric: HierarchyMetric
  /// The pairs asked for.
  public let pairs: [NodePair]
  /// The scenarios, each by itself.
  public let scenarios: [BatchScenario]
  /// How many threads compute; 0 means one for each core.
  public let threads: Int

  private let byOrigin: PairsByOrigin

  /// Told how many of all scenario–pair combinations are done: from one thread at a time, with numbers
  /// that rise. Threads wait for it, so it should return soon.
  public typealias Progress = @Sendable (_ done: Int, _ total: Int) -> Void

  /// Pairs that a thread takes at a time.
  private static let block = 64
  private var blockCount: Int { (pairs.count + Self.block - 1) / Self.block }

  /// Prepares a batch and checks its scenarios.
  ///
  /// - Parameters:
  ///   - metric: Of the base view.
  ///   - pairs: Nodes of its graph.
  ///   - scenarios: Changes of its view, or views of the very same graph.
  ///   - threads: 0, the default, means one for each core.
  /// - Throws: `badScenario`, `badMetric` for the first scenario at fault.
  /// - Precondition: Pairs, closures and delays name nodes and links of the metric's graph, and views are
  ///   of that very graph; checked here, not on the threads that compute.
  /// - Complexity: O(n log n) for the pairs, O(changes) for the scenarios.
  public init(
    _ metric: HierarchyMetric, pairs: [NodePair], scenarios: [BatchScenario], threads: Int = 0
  ) throws(BatchError) {
    self.metric = metric
    self.pairs = pairs
    self.scenarios = scenarios
    self.threads = threads
    byOrigin = PairsByOrigin(pairs)
    let nodes = metric.view.graph.nodes.indices
    precondition(
      pairs.allSatisfy { nodes.contains($0.origin.index) && nodes.contains($0.destination.index) },
      "pairs are of nodes of the metric's graph")
    var view = metric.view
    for (index, scenario) in scenarios.enumerated() {
      try view.check(scenario, at: index, from: metric.view, metric.hierarchy)
    }
  }

  /// The least impedance of every pair under every scenario.
  ///
  /// - Throws: `cancelled`; also where that was asked for when all was done, as by the last progress.
  /// - Complexity: for each scenario a partial customisation on each thread, and a query for each pair.
  ///   Memory: 8 bytes a scenario and pair.
  public func impedances(
    cancellation: BatchCancellation = BatchCancellation(), progress: Progress? = nil
  ) throws(BatchError) -> BatchImpedances {
    var values = [UInt64](
      repeating: BatchImpedances.none, count: scenarios.count * pairs.count)
    try values.withUnsafeMutableBufferPointer { values throws(BatchError) in
      // Each value is written for one item.
      nonisolated(unsafe) let values = values
      try run(cancellation, progress) { metric, scenario, places in
        byOrigin.impedances(places, of: metric) { pair, impedance in
          values[scenario * pairs.count + pair] = impedance ?? BatchImpedances.none
        }
      }
    }
    return BatchImpedances(
      scenarioCount: scenarios.count, pairCount: pairs.count, values: values)
  }

  /// What a caller makes of the route of every pair under every scenario.
  ///
  /// - Parameter read: Receives scenario, pair and outcome; runs on several threads at once and in no
  ///   particular order.
  /// - Returns: By scenario, then by pair. Sums over it in that order are the same for any number of
  ///   threads.
  /// - Throws: `cancelled`; also where that was asked for when all was done, as by the last progress.
  /// - Complexity: for each scenario a partial customisation on each thread, and a route for each pair.
  public func routes<Value: Sendable>(
    cancellation: BatchCancellation = BatchCancellation(), progress: Progress? = nil,
    _ read: @Sendable (_ scenario: Int, _ pair: Int, RouteOutcome) -> Value
  ) throws(BatchError) -> [[Value]] {
    try values(cancellation, progress, read) { $0.routes(from: $1, to: $2) }
  }

  /// What a caller makes of the use of links of every pair under every scenario, shared equally among
  /// all shortest routes; otherwise as ``routes(cancellation:progress:_:)``, with the cost of
  /// ``HierarchyMetric/uses(from:to:)`` in place of a route's.
  public func uses<Value: Sendable>(
    cancellation: BatchCancellation = BatchCancellation(), progress: Progress? = nil,
    _ read: @Sendable (_ scenario: Int, _ pair: Int, LinkUseOutcome) -> Value
  ) throws(BatchError) -> [[Value]] {
    try values(cancellation, progress, read) { $0.uses(from: $1, to: $2) }
  }

  /// Asks for the outcomes of each run of pairs with one origin, reads them, and puts what is read in the
  /// order of the pairs.
  private func values<Outcome, Value: Sendable>(
    _ cancellation: BatchCancellation, _ progress: Progress?,
    _ read: @Sendable (Int, Int, Outcome) -> Value,
    asking ask: @Sendable (HierarchyMetric, NodeID, [NodeID]) -> [Outcome]
  ) throws(BatchError) -> [[Value]] {
    var blocks = [[Value]](repeating: [], count: scenarios.count * blockCount)
    try blocks.withUnsafeMutableBufferPointer { blocks throws(BatchError) in
      // Each block is written for one item.
      nonisolated(unsafe) let blocks = blocks
      try run(cancellation, progress) { metric, scenario, places in
        var values: [Value] = []
        var rest = places
        while let place = rest.first {
          let origin = pairs[byOrigin.order[place]].origin
          let run = rest.prefix { pairs[byOrigin.order[$0]].origin == origin }
          rest = rest[run.endIndex...]
          let outcomes = ask(metric, origin, run.map { pairs[byOrigin.order[$0]].destination })
          for (place, outcome) in zip(run, outcomes) {
            values.append(read(scenario, byOrigin.order[place], outcome))
          }
        }
        blocks[scenario * blockCount + places.lowerBound / Self.block] = values
      }
    }
    var placeOfPair = byOrigin.order
    for (place, pair) in byOrigin.order.enumerated() { placeOfPair[pair] = place }
    return scenarios.indices.map { scenario in
      placeOfPair.map { place in
        blocks[scenario * blockCount + place / Self.block][place % Self.block]
      }
    }
  }

  /// Runs a body over every scenario and block of places, each thread with a worker of its own.
  private func run(
    _ cancellation: BatchCancellation, _ progress: Progress?,
    _ body: @Sendable (HierarchyMetric, Int, Range<Int>) -> Void
  ) throws(BatchError) {
    let counter = progress.map { BatchCounter(total: scenarios.count * pairs.count, tell: $0) }
    ParallelItems.forEach(scenarios.count * blockCount, threads: threads) {
      BatchWorker(metric)
    } _: { worker, item in
      if cancellation.isCancelled { return }
      let scenario = item / blockCount
      let start = item % blockCount * Self.block
      let places = start..<min(pairs.count, start + Self.block)
      worker.enter(scenarios[scenario], index: scenario)
      body(worker.metric, scenario, places)
      counter?.add(places.count)
    }
    if cancellation.isCancelled { throw .cancelled }
  }
}

/// Counts what is done and tells of it, one thread at a time.
private struct BatchCounter: Sendable {
  private let done = Locked(0)
  private let total: Int
  private let tell: Batch.Progress

  init(total: Int, tell: @escaping Batch.Progress) {
    self.total = total
    self.tell = tell
  }

  func add(_ count: Int) {
    done.withLock { done in
      done += count
      tell(done, total)
    }
  }
}
