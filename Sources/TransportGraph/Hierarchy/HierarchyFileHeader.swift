internal import CZLIB
import Foundation

/// What a hierarchy file begins with: who it is, how large its arrays are, where they lie and what
/// they sum up to.
///
/// Words of 64 bits in the byte order of the machine; docs/formats.md tells each.
struct HierarchyFileHeader: Equatable {
  /// Changes whenever the same bytes would mean something else.
  static let version: UInt64 = 1
  /// In any byte order the file begins with these bytes.
  static let magic = Array("CORRIDCH".utf8)
  static let byteOrderMark: UInt64 = 0x0102_0304_0506_0708
  private static let fixedWords = 16
  private static let wordsPerSection = 4
  private static let wordCount = fixedWords + wordsPerSection * HierarchySection.allCases.count
  private static let checksumIndex = 3
  /// A multiple of the layout's alignment, so that sections are aligned in a file too.
  static let byteCount = wordCount * MemoryLayout<UInt64>.stride

  var layout: HierarchyLayout
  var height: Int
  var network: GraphFingerprint
  /// Of each section with the zeros after it, in the order of sections.
  var checksums: [UInt32]

  var fileByteCount: Int { Self.byteCount + layout.byteCount }

  /// The header as it stands in a file.
  var bytes: Data {
    var words = [UInt64](repeating: 0, count: Self.wordCount)
    words[0] = Self.magic.withUnsafeBytes { $0.loadUnaligned(as: UInt64.self) }
    words[1] = Self.byteOrderMark
    words[2] = Self.version
    words[4] = UInt64(fileByteCount)
    let counts = [
      layout.nodeCount, layout.linkCount, layout.arcCount, layout.runCount, height,
    ]
    for (index, count) in counts.enumerated() { words[5 + index] = UInt64(count) }
    for (index, sum) in network.sums.enumerated() { words[10 + index] = UInt64(sum) }
    for (index, section) in HierarchySection.allCases.enumerated() {
      let first = Self.fixedWords + index * Self.wordsPerSection
      words[first] = UInt64(section.rawValue)
      words[first + 1] = UInt64(Self.byteCount + layout.offset(of: section))
      words[first + 2] = UInt64(layout.byteCount(of: section))
      words[first + 3] = UInt64(checksums[index])
    }
    words[Self.checksumIndex] = UInt64(words.withUnsafeBytes { Self.checksum(of: $0) })
    return words.withUnsafeBytes { Data($0) }
  }

  /// Reads the header of a file and compares its length.
  ///
  /// - Throws: `notAHierarchyFile`, `truncated`, `otherByteOrder`, `otherVersion`, `damagedHeader`,
  ///   `tooLong`.
  init(_ file: UnsafeRawBufferPointer) throws(HierarchyFileError.Fault) {
    guard file.starts(with: Self.magic) else { throw .notAHierarchyFile }
    guard file.count >= Self.byteCount else {
      throw .truncated(byteCount: file.count, expected: Self.byteCount)
    }
    var words = (0..<Self.wordCount).map {
      file.loadUnaligned(
        fromByteOffset: $0 * MemoryLayout<UInt64>.stride, as: UInt64.self)
    }
    guard words[1] != Self.byteOrderMark.byteSwapped else { throw .otherByteOrder }
    guard words[1] == Self.byteOrderMark else { throw .damagedHeader }
    guard words[2] == Self.version else {
      throw .otherVersion(found: words[2], expected: Self.version)
    }
    let stated = words[Self.checksumIndex]
    words[Self.checksumIndex] = 0
    guard stated == UInt64(words.withUnsafeBytes({ Self.checksum(of: $0) })),
      words[5] <= UInt64(TransportGraph.maximumNodeCount),
      words[6] <= UInt64(TransportGraph.maximumLinkCount), words[7] < UInt64(UInt32.max),
      words[8] <= words[7], words[9] <= words[5]
    else { throw .damagedHeader }
    layout = HierarchyLayout(
      nodeCount: Int(words[5]), linkCount: Int(words[6]), arcCount: Int(words[7]),
      runCount: Int(words[8]))
    height = Int(words[9])
    network = GraphFingerprint(sums: words[10..<14].map { UInt32(truncatingIfNeeded: $0) })
    checksums = HierarchySection.allCases.indices.map {
      UInt32(truncatingIfNeeded: words[Self.fixedWords + $0 * Self.wordsPerSection + 3])
    }
    // All else follows from what was read.
    guard bytes.elementsEqual(file.prefix(Self.byteCount)) else { throw .damagedHeader }
    guard file.count >= fileByteCount else {
      throw .truncated(byteCount: file.count, expected: fileByteCount)
    }
    guard file.count == fileByteCount else {
      throw .tooLong(byteCount: file.count, expected: fileByteCount)
    }
  }

  init(_ topology: HierarchyTopology, network: GraphFingerprint) {
    layout = topology.block.layout
    height = topology.height
    self.network = network
    checksums = HierarchySection.allCases.map { topology.block.checksum(of: $0) }
  }

  /// CRC-32 (ISO/IEC 13239, as in gzip and PNG), by zlib: tells damage, not malice.
  static func checksum(of bytes: UnsafeRawBufferPointer) -> UInt32 {
    UInt32(
      truncatingIfNeeded: crc32_z(
        crc32_z(0, nil, 0), bytes.bindMemory(to: UInt8.self).baseAddress, bytes.count))
  }
}

extension HierarchyBlock {
  /// The checksum of a section and the zeros after it.
  func checksum(of section: HierarchySection) -> UInt32 {
    HierarchyFileHeader.checksum(
      of: UnsafeRawBufferPointer(
        rebasing: bytes[layout.offset(of: section)...].prefix(
          layout.paddedByteCount(of: section))))
  }
}

/// What tells the topology of one graph from that of another: the internal order of its nodes, the
/// ends of its links, and which are one-way. Costs play no part.
///
/// That a hierarchy belongs to a graph is checked node by node and link by link afterwards; this gives
/// a clear reason before.
struct GraphFingerprint: Equatable {
  /// Four checksums.
  let sums: [UInt32]

  init(sums: [UInt32]) { self.sums = sums }

  /// - Complexity: O(nodes + links).
  init(_ graph: TransportGraph) {
    sums = [
      graph.rankOfNode.withUnsafeBytes { HierarchyFileHeader.checksum(of: $0) },
      graph.fromRank.withUnsafeBytes { HierarchyFileHeader.checksum(of: $0) },
      graph.toRank.withUnsafeBytes { HierarchyFileHeader.checksum(of: $0) },
      // A one-way link has one arc here, others two.
      graph.outgoing.codes.withUnsafeBytes { HierarchyFileHeader.checksum(of: $0) },
    ]
  }
}
