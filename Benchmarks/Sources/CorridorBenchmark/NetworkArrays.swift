import ArgumentParser
import Foundation
import Geography
import TransportGraph

extension TransportGraph {
  /// Reads a network from the plain arrays that world_network.py writes; nodes and links are named by
  /// their numbers.
  ///
  /// Little-endian: the counts of nodes and links (UInt64), longitude and latitude of each node
  /// (Double), the two ends of each link (UInt32), then each link's metres (Double).
  init(arrays path: String, mode: Mode) throws {
    let data = try Data(contentsOf: URL(fileURLWithPath: path), options: .alwaysMapped)
    self = try data.withUnsafeBytes { bytes in
      guard bytes.count >= 16 else { throw ValidationError("\(path): truncated") }
      let nodeCount = Int(bytes.loadUnaligned(as: UInt64.self))
      let linkCount = Int(bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
      guard bytes.count == 16 + 16 * nodeCount + 16 * linkCount else {
        throw ValidationError("\(path): truncated")
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
          id: "\($0)", from: node(ends + 8 * $0), to: node(ends + 8 * $0 + 4), mode: mode,
          lengthMeters: double(lengths + 8 * $0))
      }
      return try TransportGraph(nodes: nodes, links: links)
    }
  }
}
