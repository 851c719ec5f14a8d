import ArgumentParser
import CorridorKit
import TransportGraph

/// Which network is measured, under the library's own profile of travel times, every link open.
struct NetworkOptions: ParsableArguments {
  static let roadLikePrefix = "road-like:"

  @Argument(
    help: """
      The network: a .bin that world_network.py writes, the folder of shipped data, or \
      \(NetworkOptions.roadLikePrefix)N for a made-up one of about N nodes.
      """)
  var network: String
  @Flag(help: "The made-up network has no one-way streets.") var twoWay = false
  @Flag(help: "The links of a .bin are railways, not roads.") var rail = false

  func view() throws -> GraphView {
    try GraphView(graph(), profile: .time)
  }

  private func graph() throws -> TransportGraph {
    if network.hasSuffix(".bin") {
      return try TransportGraph(arrays: network, mode: rail ? .rail : .road)
    }
    if network.hasPrefix(Self.roadLikePrefix) {
      guard let count = Int(network.dropFirst(Self.roadLikePrefix.count)), count > 0 else {
        throw ValidationError("\(network): expected a number of nodes")
      }
      let made = RoadLikeNetwork(nodeCount: count, hasOneWayStreets: !twoWay)
      return try TransportGraph(nodes: made.nodes, links: made.links)
    }
    let sources = try DataSources(folder: network, vintage: "2024")
    let crossings = try CrossingCatalogue(InputFile(path: sources.crossings))
    return try TransportNetwork(InputFile(path: sources.network), crossings: crossings).graph
  }
}
