import Foundation
import Testing

@testable import TransportGraph

/// A folder of a test's own.
final class HierarchyFolder {
  let path: String

  init() throws {
    path = NSTemporaryDirectory() + "hierarchy-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func callAsFunction(_ name: String) -> String { path + "/" + name }

  func put(_ data: Data, _ name: String = "h") throws -> String {
    try data.write(to: URL(fileURLWithPath: self(name)))
    return self(name)
  }
}

extension Data {
  init(fileAt path: String) throws {
    try self.init(contentsOf: URL(fileURLWithPath: path))
  }

  /// The same with checksums that fit.
  func resealed() throws -> Data {
    try withUnsafeBytes { bytes in
      var header = try HierarchyFileHeader(bytes)
      header.checksums = HierarchySection.allCases.map { section in
        HierarchyFileHeader.checksum(
          of: UnsafeRawBufferPointer(
            rebasing: bytes[
              (HierarchyFileHeader.byteCount + header.layout.offset(of: section))...
            ].prefix(header.layout.paddedByteCount(of: section))))
      }
      return header.bytes + dropFirst(HierarchyFileHeader.byteCount)
    }
  }

  func word(at offset: Int) -> UInt32 {
    withUnsafeBytes { $0.loadUnaligned(fromByteOffset: offset, as: UInt32.self) }
  }

  mutating func set(_ word: UInt32, at offset: Int) {
    withUnsafeMutableBytes { $0.storeBytes(of: word, toByteOffset: offset, as: UInt32.self) }
  }

  /// The header's words of 64 bits changed, its own checksum made to fit.
  func changingHeader(_ change: (inout [UInt64]) -> Void) -> Data {
    var words = withUnsafeBytes { bytes in
      (0..<HierarchyFileHeader.byteCount / 8).map {
        bytes.loadUnaligned(fromByteOffset: 8 * $0, as: UInt64.self)
      }
    }
    change(&words)
    words[3] = 0
    words[3] = UInt64(words.withUnsafeBytes { HierarchyFileHeader.checksum(of: $0) })
    return words.withUnsafeBytes { Data($0) } + dropFirst(HierarchyFileHeader.byteCount)
  }
}

extension ContractionHierarchy {
  /// Why a file is refused; nil where it is not.
  static func fault(
    of path: String, _ graph: TransportGraph
  ) -> HierarchyFileError.Fault? {
    do throws(HierarchyFileError) {
      _ = try ContractionHierarchy(contentsOf: path, graph: graph)
      return nil
    } catch {
      #expect(error.path == path)
      return error.fault
    }
  }
}

/// A hierarchy in a file of a folder of its own.
struct HierarchyFileSample {
  let folder: HierarchyFolder
  /// Rows of several arcs and runs, parallel and one-way links, three pieces.
  let view: GraphView
  let whole: Data

  init() throws {
    folder = try HierarchyFolder()
    var links: [String] = []
    for row in 0..<4 {
      for column in 0..<4 {
        if column < 3 { links.append("e\(row)\(column): n\(row)\(column)-n\(row)\(column + 1) 2") }
        if row < 3 { links.append("s\(row)\(column): n\(row)\(column)>n\(row + 1)\(column) 1") }
      }
    }
    links += ["p: n00-n01 3", "q: n13>n03 1", "xy: x-y 1", "yz: z>y 1"]
    view = try Sketch.view(links, isolated: ["alone"])
    let path = folder("whole")
    try ContractionHierarchy(view.graph).write(to: path)
    whole = try Data(fileAt: path)
  }

  /// Why some content is refused; nil where it is not.
  func fault(_ data: Data) throws -> HierarchyFileError.Fault? {
    ContractionHierarchy.fault(of: try folder.put(data), view.graph)
  }

  /// Where the sections of ``whole`` lie.
  func layout() throws -> HierarchyLayout {
    try whole.withUnsafeBytes { try HierarchyFileHeader($0).layout }
  }
}
