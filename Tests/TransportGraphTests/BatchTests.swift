import Dispatch
import Synchronization
import Testing

@testable import TransportGraph

/// A network, pairs and scenarios of every kind, some the same.
private struct BatchCase {
  let view: GraphView
  let metric: HierarchyMetric
  let pairs: [NodePair]
  let scenarios: [BatchScenario]
  /// Each scenario as a view made without a batch.
  let views: [GraphView]

  init(_ network: RandomNetwork, pairCount: Int, scenarioCount: Int) throws {
    let view = try network.view()
    self.view = view
    metric = try HierarchyMetric(ContractionHierarchy(view.graph), view: view)
    var random = SeededGenerator(seed: network.seed + 1_000)
    func node() -> NodeID { NodeID(Int.random(in: 0..<view.graph.nodes.count, using: &random)) }
    let origins = (0..<5).map { _ in node() }
    pairs = (0..<pairCount).map { NodePair(from: origins[$0 % 5], to: node()) }
    var scenarios: [BatchScenario] = []
    var views: [GraphView] = []
    for index in 0..<scenarioCount {
      func links() -> [LinkID] {
        network.links.isEmpty
          ? []
          : (0..<Int.random(in: 0...3, using: &random)).map { _ in
            LinkID(Int.random(in: 0..<network.links.count, using: &random))
          }
      }
      let closed = links()
      let delayed = links()
      let changed = try view.adding(fixedSeconds: 250, to: delayed).closing(closed)
      if index % 3 == 2 {
        let slowed = try changed.scalingMoving(by: 2, on: links())
        scenarios.append(BatchScenario(view: slowed))
        views.append(slowed)
      } else {
        scenarios.append(
          BatchScenario(
            closing: closed, delaying: delayed.map { BatchScenario.Delay($0, seconds: 250) }))
        views.append(changed)
      }
    }
    self.scenarios = scenarios
    self.views = views
  }

  static func large() throws -> BatchCase {
    try BatchCase(
      RandomNetwork(seed: 92, maximumNodes: 400, maximumLinks: 1_500), pairCount: 150,
      scenarioCount: 24)
  }
}

@Suite("A batch of pairs under many scenarios")
struct BatchTests {
  @Test("impedances are those of each scenario's view, the same for any number of threads")
  func impedances() throws {
    var differences = 0
    let networks = stride(from: 0, to: 90, by: 4).map { hierarchyNetworks[$0] }
    for network in networks + hierarchyNetworks.suffix(1) {
      let test = try BatchCase(network, pairCount: 90, scenarioCount: 7)
      let matrix = try Batch(
        test.metric, pairs: test.pairs, scenarios: test.scenarios, threads: 1
      ).impedances()
      for (index, view) in test.views.enumerated() {
        let costs = Dictionary(
          uniqueKeysWithValues: Set(test.pairs.map(\.origin)).map {
            ($0, view.impedances(from: $0))
          })
        for (pair, ends) in test.pairs.enumerated() {
          let expected = costs[ends.origin]?[ends.destination.index]
          #expect(matrix[scenario: index, pair: pair] == expected, "\(network)")
          if expected != test.metric.impedance(from: ends.origin, to: ends.destination) {
            differences += 1
          }
        }
      }
      for threads in [0, 2, 5] {
        let other = try Batch(
          test.metric, pairs: test.pairs, scenarios: test.scenarios, threads: threads)
        #expect(try other.impedances() == matrix, "\(network)")
      }
    }
    #expect(differences > 1_000)
  }

  @Test("routes and uses reach the caller by scenario and pair")
  func routesAndUses() throws {
    let test = try BatchCase.large()
    for threads in [1, 3] {
      let batch = try Batch(
        test.metric, pairs: test.pairs, scenarios: test.scenarios, threads: threads)
      let routes = try batch.routes { ($0, $1, $2) }
      let uses = try batch.uses { ($0, $1, $2.use?.entries) }
      #expect(routes.count == test.views.count && uses.count == test.views.count)
      for (index, view) in test.views.enumerated() {
        #expect(routes[index].count == test.pairs.count)
        for (pair, ends) in test.pairs.enumerated() {
          #expect(routes[index][pair].0 == index && routes[index][pair].1 == pair)
          #expect(uses[index][pair].0 == index && uses[index][pair].1 == pair)
          #expect(
            routes[index][pair].2 == view.route(from: ends.origin, to: ends.destination))
          #expect(
            uses[index][pair].2
              == view.use(from: ends.origin, to: ends.destination).use?.entries)
        }
      }
    }
  }

  @Test("progress rises by and by to the whole, told by one thread at a time")
  func progress() throws {
    let test = try BatchCase.large()
    let batch = try Batch(test.metric, pairs: test.pairs, scenarios: test.scenarios, threads: 4)
    let told = Mutex<[Int]>([])
    let inside = Atomic(0)
    _ = try batch.impedances { done, total in
      #expect(inside.add(1, ordering: .sequentiallyConsistent).newValue == 1)
      #expect(total == 24 * 150)
      told.withLock { $0.append(done) }
      inside.subtract(1, ordering: .sequentiallyConsistent)
    }
    let all = told.withLock { $0 }
    #expect(all.count == 24 * 3)
    #expect(zip(all, all.dropFirst()).allSatisfy { $0 < $1 })
    #expect(all.last == 24 * 150)
  }

  @Test("a cancelled batch ends with an error and no result")
  func cancellation() throws {
    let test = try BatchCase.large()
    for threads in [1, 4] {
      let batch = try Batch(
        test.metric, pairs: test.pairs, scenarios: test.scenarios, threads: threads)
      let cancellation = BatchCancellation()
      let last = Mutex(0)
      #expect(throws: BatchError.cancelled) {
        try batch.impedances(cancellation: cancellation) { done, _ in
          last.withLock { $0 = done }
          cancellation.cancel()
        }
      }
      // Threads end what they are at, and begin nothing more.
      #expect(last.withLock { $0 } <= threads * 64)
      #expect(throws: BatchError.cancelled) {
        try batch.routes(cancellation: cancellation) { _, _, _ in 0 }
      }
      // Asked by the last report, too, when all is computed.
      let late = BatchCancellation()
      #expect(throws: BatchError.cancelled) {
        try batch.impedances(cancellation: late) { if $0 == $1 { late.cancel() } }
      }
      #expect(try batch.impedances().pairCount == 150)
    }
  }

  @Test("cancelling the task cancels the batch; else a task has the same result")
  func tasks() async throws {
    let test = try BatchCase.large()
    let batch = try Batch(test.metric, pairs: test.pairs, scenarios: test.scenarios, threads: 3)
    let blocking = { () throws -> BatchImpedances in try batch.impedances() }
    let expected = try blocking()
    #expect(try await batch.impedances(progress: nil) == expected)
    let impedances = try await batch.routes(progress: nil) { $2.route?.impedance }
    #expect(impedances[3] == test.pairs.indices.map { expected[scenario: 3, pair: $0] })
    #expect(try await batch.uses(progress: nil) { $2.use?.impedance } == impedances)

    let (started, continuation) = AsyncStream<Void>.makeStream()
    let gate = DispatchSemaphore(value: 0)
    let task = Task {
      try await batch.impedances { _, _ in
        continuation.yield()
        // The batch waits here until the task was cancelled.
        gate.wait()
      }
    }
    for await _ in started { break }
    task.cancel()
    // Each thread may be about to tell of the pairs it was at.
    for _ in 0..<batch.threads { gate.signal() }
    await #expect(throws: BatchError.cancelled) { try await task.value }
  }

  @Test("a scenario at fault is named before anything is computed")
  func faults() throws {
    let view = try Sketch.view((0..<4_600).map { "l\($0): A-B 1" })
    let metric = try HierarchyMetric(ContractionHierarchy(view.graph), view: view)
    let links = view.graph.links.indices.map { LinkID($0) }
    let fine = BatchScenario(closing: [links[0]])
    func make(_ scenario: BatchScenario) throws {
      _ = try Batch(metric, pairs: [], scenarios: [fine, scenario])
    }
    #expect(throws: BatchError.badScenario(index: 1, .badDelay(seconds: -1))) {
      try make(BatchScenario(closing: [], delaying: [.init(links[3], seconds: -1)]))
    }
    #expect(
      throws: BatchError.badScenario(index: 1, .linkTooSlow(link: "l3", seconds: 2e9 + 100))
    ) {
      try make(BatchScenario(closing: [], delaying: [.init(links[3], seconds: 2e9)]))
    }
    let slow = links.map { BatchScenario.Delay($0, seconds: 1e9) }
    #expect(throws: BatchError.badMetric(index: 1, .impedanceOverflow)) {
      try make(BatchScenario(closing: [], delaying: slow))
    }
    #expect(throws: BatchError.badMetric(index: 1, .impedanceOverflow)) {
      try make(BatchScenario(view: try view.adding(fixedSeconds: 1e9, to: links)))
    }
  }

  @Test("no pairs or no scenarios give an empty result")
  func empty() throws {
    let test = try BatchCase(hierarchyNetworks[5], pairCount: 3, scenarioCount: 2)
    let noPairs = try Batch(test.metric, pairs: [], scenarios: test.scenarios)
    #expect(try noPairs.impedances().pairCount == 0)
    #expect(try noPairs.routes { _, _, _ in 0 } == [[], []])
    let noScenarios = try Batch(test.metric, pairs: test.pairs, scenarios: [])
    #expect(try noScenarios.impedances().scenarioCount == 0)
    #expect(try noScenarios.uses { _, _, _ in 0 } == [])
  }
}
