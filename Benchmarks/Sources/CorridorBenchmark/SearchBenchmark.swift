import ArgumentParser
import CorridorKit
import Foundation
import TransportGraph

/// Loads a large network and answers searches from single nodes to all others.
struct SearchBenchmark: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "search", abstract: "One-to-all searches on a large network.",
    discussion: """
      The network is GeoJSON after docs/formats.md, read and checked as any user's file, or the arrays \
      that world_highways.py writes beside it, which leave only the graph itself to be built.
      """)

  @Argument(help: "The network: .geojson, or .bin as world_highways.py writes it.")
  var network: String
  @Option(name: .customLong("origin"), help: "Indices of the nodes to search from.")
  var origins: [Int]

  private struct Result: Encodable {
    var nodes: Int
    var links: Int
    var load: Measurement
    var searches: [Measurement]
    /// By search: nodes reached, and the sum of their least impedances in millimetres.
    var reached: [Int]
    var sumMillimeters: [UInt64]
  }

  func run() throws {
    let (view, load) = try Measurement.of {
      let graph =
        try network.hasSuffix(".bin")
        ? TransportGraph(arrays: network, mode: .road) : graphFromGeoJSON()
      return try GraphView(graph, profile: .distance)
    }
    let graph = view.graph
    var result = Result(
      nodes: graph.nodes.count, links: graph.links.count, load: load, searches: [], reached: [],
      sumMillimeters: [])
    for number in origins {
      guard let origin = graph.node(id: "\(number)") else {
        throw ValidationError("\(network): no node \(number)")
      }
      let (tree, time) = Measurement.of { view.tree(from: origin) }
      result.searches.append(time)
      let reached = tree.impedances.compactMap(\.self)
      result.reached.append(reached.count)
      result.sumMillimeters.append(reached.reduce(0, +))
    }
    try writeJSON(result)
  }

  private func graphFromGeoJSON() throws -> TransportGraph {
    let folder = URL(fileURLWithPath: network).deletingLastPathComponent().path
    let crossings = try CrossingCatalogue(InputFile(path: folder + "/crossings.geojson"))
    return try TransportNetwork(InputFile(path: network), crossings: crossings).graph
  }
}
