import Foundation
import Geography
import TransportGraph

/// Reads a damaged hierarchy file: the input says where a sound one of a fixed graph is changed, three
/// bytes a change (a place in 16 bits, its new value), after a first byte whose bits say whether the
/// checksums are made right again (1) and whether the file is cut short after the last change (2).
///
/// A file that is accepted must give the costs that Dijkstra's algorithm gives.
@Sendable func readHierarchy(_ data: Data) {
  var bytes = SoundHierarchy.shared.bytes
  let changes = [UInt8](data)
  var last = 0
  for start in stride(from: 1, to: changes.count - 2, by: 3) {
    last = (Int(changes[start]) << 8 | Int(changes[start + 1])) % bytes.count
    bytes[last] = changes[start + 2]
  }
  let flags = changes.first ?? 0
  if flags & 2 != 0 { bytes.removeSubrange(last...) }
  if flags & 1 != 0 { repairChecksums(&bytes) }
  do {
    try Data(bytes).write(to: URL(fileURLWithPath: SoundHierarchy.shared.path))
    let hierarchy = try ContractionHierarchy(
      contentsOf: SoundHierarchy.shared.path, graph: SoundHierarchy.shared.graph)
    let view = try GraphView(SoundHierarchy.shared.graph, profile: .distance)
    let metric = try HierarchyMetric(hierarchy, view: view, threads: 1)
    for origin in view.graph.nodes.indices {
      let costs = view.impedances(from: NodeID(origin))
      for destination in view.graph.nodes.indices {
        precondition(
          metric.impedance(from: NodeID(origin), to: NodeID(destination)) == costs[destination],
          "an accepted hierarchy gives another cost")
      }
    }
  } catch {
    precondition(!"\(error)".isEmpty)
  }
}

/// A graph with all that a hierarchy has sections for, and the file of its hierarchy.
private struct SoundHierarchy: Sendable {
  static let shared: SoundHierarchy = {
    do { return try SoundHierarchy() } catch { preconditionFailure("\(error)") }
  }()

  let graph: TransportGraph
  let path: String
  let bytes: [UInt8]

  /// A grid of 5 × 5 with one-way streets, a parallel link, a chain and a piece apart.
  private init() throws {
    let side = 5
    var nodes: [Node] = []
    var links: [Link] = []
    func link(_ from: Int, _ to: Int, meters: Int, isOneWay: Bool = false) {
      links.append(
        Link(
          id: "\(links.count)", from: "\(from)", to: "\(to)", mode: .road,
          lengthMeters: Double(meters), isOneWay: isOneWay))
    }
    for node in 0..<(side * side + 5) {
      nodes.append(
        Node(
          id: "\(node)",
          coordinate: Coordinate(
            longitude: Double(node % side), latitude: Double(node / side))))
    }
    for node in 0..<(side * side) {
      if node % side < side - 1 { link(node, node + 1, meters: 100 + node * 7 % 13) }
      if node / side < side - 1 {
        link(node, node + side, meters: 100 + node * 5 % 11, isOneWay: node % 3 == 0)
      }
    }
    link(6, 7, meters: 101)
    for node in (side * side - 1)..<(side * side + 2) { link(node, node + 1, meters: 50) }
    link(side * side + 3, side * side + 4, meters: 10)
    graph = try TransportGraph(nodes: nodes, links: links)
    path =
      FileManager.default.temporaryDirectory.path
      + "/corridor-fuzz-\(ProcessInfo.processInfo.processIdentifier)"
    try ContractionHierarchy(graph).write(to: path)
    bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
  }
}

/// Writes the checksums that belong to the sections and the header as they are (docs/formats.md): words
/// of 64 bits; word 3 is the header's, and from word 16 each section has four: number, place, bytes,
/// checksum. A section lasts to the next one, with the zeros after it.
private func repairChecksums(_ bytes: inout [UInt8]) {
  func word(_ index: Int) -> Int? {
    guard index >= 0, 8 * (index + 1) <= bytes.count else { return nil }
    return Int(
      truncatingIfNeeded: bytes.withUnsafeBytes {
        $0.loadUnaligned(fromByteOffset: 8 * index, as: UInt64.self)
      })
  }
  func write(_ value: UInt32, at index: Int) {
    withUnsafeBytes(of: UInt64(value)) {
      bytes.replaceSubrange(8 * index..<8 * index + 8, with: $0)
    }
  }
  guard let headerEnd = word(17), headerEnd >= 160, headerEnd <= bytes.count else { return }
  var places = stride(from: 17, to: headerEnd / 8, by: 4).compactMap(word)
  places.append(bytes.count)
  for (index, (start, end)) in zip(places, places.dropFirst()).enumerated()
  where start >= 0 && start <= end && end <= bytes.count {
    write(checksum(of: bytes[start..<end]), at: 16 + 4 * index + 3)
  }
  write(0, at: 3)
  write(checksum(of: bytes[..<headerEnd]), at: 3)
}

/// CRC-32 bit by bit (ISO/IEC 13239).
private func checksum(of bytes: ArraySlice<UInt8>) -> UInt32 {
  ~bytes.reduce(UInt32.max) { sum, byte in
    (0..<8).reduce(sum ^ UInt32(byte)) { sum, _ in
      sum >> 1 ^ (sum & 1 == 0 ? 0 : 0xEDB8_8320)
    }
  }
}
