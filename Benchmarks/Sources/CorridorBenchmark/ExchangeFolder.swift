import ArgumentParser
import Foundation
import TransportGraph

/// What CorridorKit and its peers are asked and what they answer, as plain little-endian arrays in a
/// folder: `NAME.u32` holds 32-bit numbers, `NAME.u64` and `NAME.f32` accordingly.
struct ExchangeFolder {
  /// Where no way leads, in arrays of answers.
  static let unreachable = UInt64.max

  let url: URL

  init(path: String) throws {
    url = URL(fileURLWithPath: path, isDirectory: true)
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  func write<Element: BitwiseCopyable>(_ values: [Element], _ name: String) throws {
    try values.withUnsafeBytes { try Data($0).write(to: url.appendingPathComponent(name)) }
  }

  func nodes(_ name: String) throws -> [NodeID] {
    try numbers(name).map { NodeID(Int($0)) }
  }

  func links(_ name: String) throws -> [LinkID] {
    try numbers(name).map { LinkID(Int($0)) }
  }

  func pairs() throws -> [(origin: NodeID, destination: NodeID)] {
    let pairs = zip(try nodes("sources.u32"), try nodes("targets.u32"))
    return pairs.map { (origin: $0, destination: $1) }
  }

  private func numbers(_ name: String) throws -> [UInt32] {
    let data = try Data(contentsOf: url.appendingPathComponent(name))
    return data.withUnsafeBytes { bytes in
      stride(from: 0, to: bytes.count, by: 4).map {
        bytes.loadUnaligned(fromByteOffset: $0, as: UInt32.self)
      }
    }
  }
}
