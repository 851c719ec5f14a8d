import ArgumentParser
import CAllocation
import Foundation
import TransportGraph

/// The contraction hierarchy of one network: what making it and asking it takes.
struct HierarchyBenchmark: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "hierarchy", abstract: "Build, customise and query a contraction hierarchy.")

  @OptionGroup var options: NetworkOptions
  @Argument(help: "The folder that exchange has written; answers go there too.") var folder: String
  @Option(help: "How often each step is timed.") var repeats = 5
  @Option(help: "How often the order is computed and timed.") var orders = 0
  @Option(help: "The order to build from, a file of the folder.") var order = "order.u32"
  @Option(help: "How many of the pairs are routed link by link.") var routes = 1000
  @Option(help: "How many destinations a one-to-many search has.") var many = 1000

  /// Pairs and closures that are also answered without a hierarchy, or with one made anew.
  private static let checked = 10
  private static let oneToAllRepeats = 4

  private struct Result: Encodable {
    var arcs = 0
    var height = 0
    var order: [Measurement] = []
    var build: [Measurement] = []
    /// From the file that `write` made, which the system holds in memory.
    var load: [Measurement] = []
    var fileBytes = 0
    var customizeOneThread: [Measurement] = []
    var customizeTwoThreads: [Measurement] = []
    var query = ShortTimes.Summary()
    var route = ShortTimes.Summary()
    var oneToMany = ShortTimes.Summary()
    var manyToMany: [Measurement] = []
    var oneToAll = ShortTimes.Summary()
    /// One link closed, and one opened again.
    var partial = ShortTimes.Summary()
    var allocations = Allocations()
  }

  /// Requests for memory while a search space is at rest.
  private struct Allocations: Encodable {
    var queries: UInt64 = 0
    var oneToMany: UInt64 = 0
    var oneToAll: UInt64 = 0
  }

  private struct Mismatch: Error, CustomStringConvertible {
    var description: String
  }

  func run() throws {
    let exchange = try ExchangeFolder(path: folder)
    let view = try options.view()
    var result = Result()
    result.order = try Measurement.repeated(orders) { _ = try ContractionOrder(view.graph) }
    let order = ContractionOrder(nodes: try exchange.nodes(order))
    var hierarchy = try ContractionHierarchy(view.graph, order: order)
    result.build = try Measurement.repeated(repeats) {
      hierarchy = try ContractionHierarchy(view.graph, order: order)
    }
    let file = exchange.url.appendingPathComponent("hierarchy.bin")
    try hierarchy.write(to: file.path)
    result.fileBytes = try Data(contentsOf: file).count
    result.load = try Measurement.repeated(repeats) {
      hierarchy = try ContractionHierarchy(contentsOf: file.path, graph: view.graph)
    }
    result.arcs = hierarchy.arcCount
    result.height = hierarchy.height
    var metric = try HierarchyMetric(hierarchy, view: view)
    result.customizeOneThread = try Measurement.repeated(repeats) {
      try metric.update(to: view, threads: 1)
    }
    result.customizeTwoThreads = try Measurement.repeated(repeats) {
      try metric.update(to: view, threads: 2)
    }
    try query(metric, exchange, &result)
    try search(metric, exchange, &result)
    try close(&metric, exchange, &result)
    try writeJSON(result)
  }

  private func query(
    _ metric: HierarchyMetric, _ exchange: ExchangeFolder, _ result: inout Result
  ) throws {
    let pairs = try exchange.pairs()
    var answers = [UInt64](repeating: 0, count: pairs.count)
    // The first round makes the search space and brings the arcs into the caches.
    for round in 0..<2 {
      var times = ShortTimes(count: pairs.count)
      let before = allocation_count()
      for (index, pair) in pairs.enumerated() {
        let answer = times.measure {
          metric.impedance(from: pair.origin, to: pair.destination)
        }
        answers[index] = answer ?? ExchangeFolder.unreachable
      }
      guard round > 0 else { continue }
      result.allocations.queries = allocation_count() - before
      result.query = times.summary
    }
    try exchange.write(answers, "pairs.ours.u64")

    var times = ShortTimes(count: routes)
    for (index, pair) in pairs.prefix(routes).enumerated() {
      let outcome = times.measure { metric.route(from: pair.origin, to: pair.destination) }
      guard (outcome.route?.impedance ?? ExchangeFolder.unreachable) == answers[index] else {
        throw Mismatch(description: "route and impedance of pair \(index) differ")
      }
      if index < Self.checked,
        metric.view.routeByDijkstra(from: pair.origin, to: pair.destination) != outcome
      {
        throw Mismatch(description: "Dijkstra finds another route for pair \(index)")
      }
    }
    result.route = times.summary
  }

  private func search(
    _ metric: HierarchyMetric, _ exchange: ExchangeFolder, _ result: inout Result
  ) throws {
    let origins = try exchange.nodes("origins.u32")
    let destinations = Array(try exchange.nodes("targets.u32").prefix(many))
    var found: [UInt64?] = []
    var manyTimes = ShortTimes(count: Self.oneToAllRepeats * origins.count)
    var allTimes = ShortTimes(count: Self.oneToAllRepeats * origins.count)
    var table = ImpedanceTable(metric.hierarchy)
    metric.impedances(from: origins[0], to: destinations, into: &found)
    metric.impedances(from: origins[0], into: &table)
    let atStart = allocation_count()
    for _ in 0..<Self.oneToAllRepeats {
      for origin in origins {
        manyTimes.measure { metric.impedances(from: origin, to: destinations, into: &found) }
      }
    }
    let between = allocation_count()
    for _ in 0..<Self.oneToAllRepeats {
      for origin in origins { allTimes.measure { metric.impedances(from: origin, into: &table) } }
    }
    result.allocations.oneToMany = between - atStart
    result.allocations.oneToAll = allocation_count() - between
    result.oneToMany = manyTimes.summary
    result.oneToAll = allTimes.summary

    let sources = Array(try exchange.nodes("sources.u32").prefix(many))
    var matrix = metric.impedances(from: [], to: [])
    result.manyToMany = Measurement.repeated(repeats) {
      matrix = metric.impedances(from: sources, to: destinations, threads: 1)
    }
    try exchange.write(
      sources.indices.flatMap { origin in
        destinations.indices.map { matrix[origin, $0] ?? ExchangeFolder.unreachable }
      }, "matrix.ours.u64")

    var answers: [UInt64] = []
    for origin in origins {
      metric.impedances(from: origin, into: &table)
      metric.impedances(from: origin, to: destinations, into: &found)
      guard destinations.map({ table[$0] }) == found else {
        throw Mismatch(description: "one to many and one to all differ from \(origin.index)")
      }
      answers += metric.view.graph.nodes.indices.map {
        table[NodeID($0)] ?? ExchangeFolder.unreachable
      }
    }
    try exchange.write(answers, "trees.ours.u64")
  }

  private func close(
    _ metric: inout HierarchyMetric, _ exchange: ExchangeFolder, _ result: inout Result
  ) throws {
    let pairs = try exchange.pairs()
    let links = try exchange.links("closed_links.u32")
    // The first repair makes its space.
    metric.reopen(metric.close(links.prefix(1)))
    var times = ShortTimes(count: 2 * links.count)
    var answers: [UInt64] = []
    for (index, (link, pair)) in zip(links, pairs).enumerated() {
      let changed = CollectionOfOne(link)
      times.measure { _ = metric.close(changed) }
      answers.append(
        metric.impedance(from: pair.origin, to: pair.destination) ?? ExchangeFolder.unreachable)
      if index < Self.checked {
        let anew = try HierarchyMetric(metric.hierarchy, view: metric.view)
        for (origin, destination) in pairs.prefix(routes)
        where metric.impedance(from: origin, to: destination)
          != anew.impedance(from: origin, to: destination)
        {
          throw Mismatch(description: "partial and full customisation differ for closure \(index)")
        }
      }
      times.measure { _ = metric.reopen(changed) }
    }
    result.partial = times.summary
    try exchange.write(answers, "closures.ours.u64")
  }
}
