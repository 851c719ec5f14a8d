import Foundation
public import Geography

extension ContractionHierarchy {
  /// Writes the topology to a file that ``init(contentsOf:graph:)`` reads: whole or not at all, so
  /// that a process that has mapped the file before keeps what it had.
  ///
  /// Costs are no part of it. The same hierarchy gives the same bytes; docs/formats.md tells them.
  ///
  /// - Parameter path: Where to; the folder must exist.
  /// - Throws: `FileError` with the system's reason; nothing is left behind then.
  /// - Complexity: O(nodes + links + arcs); holds the file's content in memory once more.
  public func write(to path: String) throws(FileError) {
    var data = HierarchyFileHeader(topology, network: GraphFingerprint(graph)).bytes
    data.append(contentsOf: topology.block.bytes)
    try writeAtomically(data, to: path)
  }

  /// The hierarchy that ``write(to:)`` wrote of the same graph, in much less time than ordering and
  /// building take.
  ///
  /// The file is mapped, not copied: pages are shared with other processes and read when needed. It
  /// may be deleted or replaced meanwhile, but not changed in place.
  ///
  /// Nothing in the file is believed. Checksums tell damage; then everything is checked against the
  /// graph, so that whatever file is accepted, crafted ones too, gives the answers that a hierarchy
  /// built anew would give.
  ///
  /// - Parameters:
  ///   - path: A regular file.
  ///   - graph: The graph of which the hierarchy was built, or another with the same nodes in the same
  ///     order at the same places, the same ends of links, and the same one-way links.
  /// - Throws: `HierarchyFileError`; see ``HierarchyFileError/Fault``.
  /// - Complexity: O(nodes + links + arcs log height).
  public init(contentsOf path: String, graph: TransportGraph) throws(HierarchyFileError) {
    do throws(HierarchyFileError.Fault) {
      let file = try MappedFile(path: path)
      let header = try HierarchyFileHeader(file.bytes)
      guard header.layout.nodeCount == graph.nodes.count,
        header.layout.linkCount == graph.links.count, header.network == GraphFingerprint(graph)
      else { throw .otherNetwork }
      guard let start = file.bytes.baseAddress else {
        throw .notAHierarchyFile
      }
      let block = HierarchyBlock(
        header.layout, at: start + HierarchyFileHeader.byteCount, in: file)
      for (section, checksum) in zip(HierarchySection.allCases, header.checksums)
      where block.checksum(of: section) != checksum {
        throw .damaged(section)
      }
      let topology = HierarchyTopology(block, height: header.height)
      try HierarchyCheck(topology, graph).run()
      self.init(graph, topology)
    } catch {
      throw HierarchyFileError(path: path, fault: error)
    }
  }
}
