import ArgumentParser
import CAllocation
import TransportGraph

/// The memory of a contraction hierarchy, its metric and its queries, as the allocator and the system
/// count it. In a process of its own: what was freed before may be used again and would not show.
struct MemoryBenchmark: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "memory", abstract: "Count the bytes that a contraction hierarchy takes.")

  @OptionGroup var options: NetworkOptions
  @Argument(help: "The folder that exchange has written.") var folder: String

  private struct Result: Encodable {
    var arcs: Int
    var links: Int
    /// Without the topology and what follows: the network, its view, the order.
    var network: Bytes
    var topology: Bytes
    var metric: Bytes
    /// The spaces of one thread for every kind of query and for partial customisation, and a table of
    /// the costs to all nodes.
    var queries: Bytes
  }

  private struct Bytes: Encodable {
    /// What the process holds from the allocator.
    var allocated: Int64
    /// What lies in physical memory.
    var resident: Int64

    static var now: Bytes {
      // In this order: counting resident memory gives back what is free.
      let resident = Int64(resident_bytes())
      return Bytes(allocated: Int64(allocated_bytes()), resident: resident)
    }

    static func - (after: Bytes, before: Bytes) -> Bytes {
      Bytes(
        allocated: after.allocated - before.allocated, resident: after.resident - before.resident)
    }
  }

  func run() throws {
    let exchange = try ExchangeFolder(path: folder)
    let empty = Bytes.now
    let view = try options.view()
    let order = ContractionOrder(nodes: try exchange.nodes("order.u32"))
    let pairs = try exchange.pairs()
    let links = try exchange.links("closed_links.u32")
    // A route also needs the graph's own search space, which every search on it shares.
    let first = pairs[0]
    _ = view.route(from: first.origin, to: first.destination)
    let atNetwork = Bytes.now
    let hierarchy = try ContractionHierarchy(view.graph, order: order)
    let atTopology = Bytes.now
    var metric = try HierarchyMetric(hierarchy, view: view, threads: 1)
    let atMetric = Bytes.now

    var table = ImpedanceTable(hierarchy)
    metric.impedances(from: first.origin, into: &table)
    for pair in pairs.prefix(100) {
      _ = metric.route(from: pair.origin, to: pair.destination)
    }
    try metric.update(to: view, changed: links)
    _ = metric.impedances(from: first.origin, to: pairs.map(\.destination))
    let atQueries = Bytes.now
    // Alive until here, so that nothing above is freed early.
    withExtendedLifetime((view, order, hierarchy, metric, table)) {}
    try writeJSON(
      Result(
        arcs: hierarchy.arcCount, links: view.graph.links.count, network: atNetwork - empty,
        topology: atTopology - atNetwork, metric: atMetric - atTopology,
        queries: atQueries - atMetric))
  }
}
