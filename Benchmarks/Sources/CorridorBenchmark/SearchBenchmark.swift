import ArgumentParser
import CorridorKit
import Foundation
import Geography
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
      let graph = try network.hasSuffix(".bin") ? graphFromArrays() : graphFromGeoJSON()
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

  /// Little-endian: the counts of nodes and links (UInt64), longitude and latitude of each node
  /// (Double), the two ends of each link (UInt32), then each link's metres (Double).
  private func graphFromArrays() throws -> TransportGraph {
    let data = try Data(contentsOf: URL(fileURLWithPath: network), options: .alwaysMapped)
    return try data.withUnsafeBytes { bytes in
      guard bytes.count >= 16 else { throw ValidationError("\(network): truncated") }
      let nodeCount = Int(bytes.loadUnaligned(as: UInt64.self))
      let linkCount = Int(bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
      guard bytes.count == 16 + 16 * nodeCount + 16 * linkCount else {
        throw ValidationError("\(network): truncated")
      }
      let ends = 16 + 16 * nodeCount
      let lengths = ends + 8 * linkCount
      func double(_ offset: Int) -> Double {
        bytes.loadUnaligned(fromByteOffset: offset, as: Double.self)
      }
      func node(_ offset: Int) -> String {
        "\(bytes.loadUnaligned(fromByteOffset: offset, as: UInt32.self))"
      }
      let nodes = (0..<nodeCount).map {
        Node(
          id: "\($0)",
          coordinate: Coordinate(longitude: double(16 + 16 * $0), latitude: double(24 + 16 * $0)))
      }
      let links = (0..<linkCount).map {
        Link(
          id: "\($0)", from: node(ends + 8 * $0), to: node(ends + 8 * $0 + 4), mode: .road,
          lengthMeters: double(lengths + 8 * $0))
      }
      return try TransportGraph(nodes: nodes, links: links)
    }
  }
}
