import Foundation
import Geography

/// The content of a graph file with the name that errors call it by.
public struct GraphFile: Hashable, Sendable {
  /// The file's name or path.
  public let name: String
  /// The whole content.
  public let bytes: [UInt8]

  /// A file that is already in memory.
  public init(name: String, bytes: [UInt8]) {
    self.name = name
    self.bytes = bytes
  }

  /// Reads a whole file.
  ///
  /// - Throws: ``GraphFileError/unreadable(file:reason:)`` with the system's reason.
  /// - Complexity: O(bytes).
  public init(contentsOf path: String) throws(GraphFileError) {
    do {
      bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
    } catch {
      throw .unreadable(file: path, reason: SystemReason.notReading(path, error))
    }
    name = path
  }

  /// What the first bytes of a packed file are, after the formats' own documents (RFC 1952 for gzip).
  private static let magicNumbers: [(bytes: [UInt8], name: String)] = [
    ([0x1F, 0x8B], "gzip"), ([0x42, 0x5A, 0x68], "bzip2"), ([0xFD, 0x37, 0x7A, 0x58, 0x5A], "xz"),
    ([0x50, 0x4B, 0x03, 0x04], "zip"),
  ]

  /// Refuses a file that holds nothing, or that is still packed.
  ///
  /// - Parameter expected: What the file should begin with, for the message.
  func checkContent(expected: String) throws(GraphFileError) {
    if let packed = Self.magicNumbers.first(where: { bytes.starts(with: $0.bytes) }) {
      throw .compressed(file: name, format: packed.name)
    }
    let start = bytes.starts(with: FieldScanner.byteOrderMark) ? 3 : 0
    guard bytes.dropFirst(start).contains(where: { !FieldScanner.isBlank($0) && $0 != 0x0A }) else {
      throw .empty(file: name, expected: expected)
    }
  }
}
