import Foundation
import Geography
import Testing

@testable import TransportGraph

/// A folder of a test's own.
private final class Folder {
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
  fileprivate init(fileAt path: String) throws {
    try self.init(contentsOf: URL(fileURLWithPath: path))
  }

  /// The same with checksums that fit.
  fileprivate func resealed() throws -> Data {
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

  fileprivate func word(at offset: Int) -> UInt32 {
    withUnsafeBytes { $0.loadUnaligned(fromByteOffset: offset, as: UInt32.self) }
  }

  fileprivate mutating func set(_ word: UInt32, at offset: Int) {
    withUnsafeMutableBytes { $0.storeBytes(of: word, toByteOffset: offset, as: UInt32.self) }
  }

  /// The header's words of 64 bits changed, its own checksum made to fit.
  fileprivate func changingHeader(_ change: (inout [UInt64]) -> Void) -> Data {
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
  fileprivate static func fault(
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

@Suite("A hierarchy on disk")
struct HierarchyFileTests {
  private let folder: Folder
  /// Rows of several arcs and runs, parallel and one-way links, three pieces.
  private let view: GraphView
  private let whole: Data

  init() throws {
    folder = try Folder()
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

  private func fault(_ data: Data) throws -> HierarchyFileError.Fault? {
    ContractionHierarchy.fault(of: try folder.put(data), view.graph)
  }

  private func layout() throws -> HierarchyLayout {
    try whole.withUnsafeBytes { try HierarchyFileHeader($0).layout }
  }

  @Test("what is loaded is what was built, byte by byte and in every answer")
  func roundTrip() throws {
    let path = folder("h")
    for network in hierarchyNetworks {
      let view = try network.view()
      let built = try ContractionHierarchy(view.graph)
      try built.write(to: path)
      let loaded = try ContractionHierarchy(contentsOf: path, graph: view.graph)
      #expect(loaded.order == built.order, "\(network)")
      #expect(loaded.height == built.height && loaded.arcCount == built.arcCount, "\(network)")
      #expect(loaded.byteCount == built.byteCount, "\(network)")
      #expect(
        loaded.topology.block.bytes.elementsEqual(built.topology.block.bytes), "\(network)")
      var (one, other) = (
        try HierarchyMetric(built, view: view), try HierarchyMetric(loaded, view: view)
      )
      func expectSame() {
        #expect(one.upward == other.upward && one.downward == other.downward, "\(network)")
        let nodes = stride(from: 0, to: view.graph.nodes.count, by: 7).map { NodeID($0) }
        for origin in nodes {
          let (left, right) = (one.impedances(from: origin), other.impedances(from: origin))
          #expect(
            view.graph.nodes.indices.allSatisfy { left[NodeID($0)] == right[NodeID($0)] },
            "\(network)")
          #expect(one.routes(from: origin, to: nodes) == other.routes(from: origin, to: nodes))
          #expect(
            nodes.map { one.impedance(from: origin, to: $0) }
              == nodes.map { other.impedance(from: origin, to: $0) }, "\(network)")
        }
      }
      expectSame()
      guard !network.links.isEmpty else { continue }
      let closed = view.closing([LinkID(0)])
      try one.update(to: closed, changed: [LinkID(0)])
      try other.update(to: closed, changed: [LinkID(0)])
      expectSame()
    }
  }

  @Test("a graph without nodes and one without links come back too")
  func degenerate() throws {
    for isolated in [[], ["A", "B"]] {
      let graph = try Sketch.graph([], isolated: isolated)
      try ContractionHierarchy(graph).write(to: folder("h"))
      let loaded = try ContractionHierarchy(contentsOf: folder("h"), graph: graph)
      #expect(loaded.arcCount == 0 && loaded.order.nodes.count == isolated.count)
      let data = try Data(fileAt: folder("h"))
      #expect(throws: HierarchyFileError.self) {
        try ContractionHierarchy(contentsOf: folder.put(data.dropLast()), graph: graph)
      }
    }
  }

  @Test("the same hierarchy gives the same bytes, also from a loaded one")
  func sameBytes() throws {
    try ContractionHierarchy(view.graph).write(to: folder("again"))
    #expect(try Data(fileAt: folder("again")) == whole)
    try ContractionHierarchy(contentsOf: folder("whole"), graph: view.graph).write(to: folder("h"))
    #expect(try Data(fileAt: folder("h")) == whole)
    // Onto the very file that is mapped.
    let loaded = try ContractionHierarchy(contentsOf: folder("h"), graph: view.graph)
    try loaded.write(to: folder("h"))
    #expect(try Data(fileAt: folder("h")) == whole)
    #expect(loaded.topology.block.bytes.elementsEqual(whole.dropFirst(512)))
  }

  @Test("a wrong byte anywhere is noticed, and its section named")
  func damagedByte() throws {
    let layout = try layout()
    #expect(HierarchyFileHeader.byteCount + layout.byteCount == whole.count)
    var sections: Set<HierarchySection> = []
    for place in whole.indices {
      var damaged = whole
      damaged[place] ^= 0x10
      let fault = try fault(damaged)
      if place < 8 {
        #expect(fault == .notAHierarchyFile)
      } else if (16..<24).contains(place) {
        guard case .otherVersion(_, expected: 1) = fault else {
          Issue.record("byte \(place): \(String(describing: fault))")
          continue
        }
      } else if place < HierarchyFileHeader.byteCount {
        #expect(fault == .damagedHeader, "byte \(place)")
      } else {
        let section = try #require(
          HierarchySection.allCases.last {
            layout.offset(of: $0) <= place - HierarchyFileHeader.byteCount
              && layout.paddedByteCount(of: $0) > 0
          })
        #expect(fault == .damaged(section), "byte \(place)")
        sections.insert(section)
      }
    }
    #expect(sections == Set(HierarchySection.allCases))
  }

  @Test("a file that ends early or goes on after its end is noticed")
  func wrongLength() throws {
    for length in 0..<whole.count {
      let expected: HierarchyFileError.Fault =
        switch length {
        case ..<8: .notAHierarchyFile
        case ..<HierarchyFileHeader.byteCount:
          .truncated(byteCount: length, expected: HierarchyFileHeader.byteCount)
        default: .truncated(byteCount: length, expected: whole.count)
        }
      #expect(try fault(whole.prefix(length)) == expected)
    }
    for count in [1, 64, 100_000] {
      #expect(
        try fault(whole + Data(count: count))
          == .tooLong(byteCount: whole.count + count, expected: whole.count))
    }
  }

  @Test("another version and another byte order are told as such")
  func versions() throws {
    #expect(
      try fault(whole.changingHeader { $0[2] = 2 }) == .otherVersion(found: 2, expected: 1))
    #expect(
      try fault(whole.changingHeader { words in words = words.map(\.byteSwapped) })
        == .notAHierarchyFile)
    #expect(
      try fault(
        whole.changingHeader { words in
          for index in words.indices.dropFirst() { words[index] = words[index].byteSwapped }
        }) == .otherByteOrder)
    #expect(try fault(whole.changingHeader { _ in }) == nil)
  }

  @Test("counts and places that cannot be are refused even with a checksum that fits")
  func craftedHeader() throws {
    for word in 4..<HierarchyFileHeader.byteCount / 8 where !(10..<14).contains(word) {
      for value in [1, 1 << 24, 1 << 32, UInt64(Int.max), .max] {
        let crafted = whole.changingHeader { $0[word] = value == $0[word] ? 0 : value }
        #expect(try fault(crafted) != nil, "word \(word)")
      }
    }
    for word in 10..<14 {
      #expect(try fault(whole.changingHeader { $0[word] ^= 1 }) == .otherNetwork)
    }
  }

  @Test("any single wrong word is refused even with checksums that fit")
  func craftedWord() throws {
    let layout = try layout()
    var refused: [HierarchySection: Int] = [:]
    for section in HierarchySection.allCases {
      let start = HierarchyFileHeader.byteCount + layout.offset(of: section)
      for offset in stride(from: start, to: start + layout.byteCount(of: section), by: 4) {
        let word = whole.word(at: offset)
        let values: Set<UInt32> = [
          0, UInt32(layout.nodeCount), UInt32(layout.arcCount), word &+ 1, word ^ 1 << 31, .max,
        ]
        for value in values where value != word {
          var crafted = whole
          crafted.set(value, at: offset)
          let fault = try fault(try crafted.resealed())
          guard case .inconsistent = fault else {
            Issue.record("\(section), \(offset): \(value), \(String(describing: fault))")
            continue
          }
          refused[section, default: 0] += 1
        }
      }
    }
    #expect(HierarchySection.allCases.allSatisfy { refused[$0, default: 0] >= 100 })
  }

  @Test("several wrong words with checksums that fit are refused or change no answer")
  func craftedWords() throws {
    var random = SeededGenerator(seed: 1)
    let layout = try layout()
    let built = try HierarchyMetric(ContractionHierarchy(view.graph), view: view)
    let nodes = view.graph.nodes.indices.map { NodeID($0) }
    let expected = nodes.map { built.impedances(from: $0, to: nodes) }
    var accepted = 0
    for _ in 0..<3_000 {
      var crafted = whole
      // Words exchanged within a section or copied there look most like true ones.
      for _ in 0..<Int.random(in: 1...2, using: &random) {
        let section = HierarchySection.allCases.randomElement(using: &random) ?? .order
        let words = layout.byteCount(of: section) / 4
        let start = HierarchyFileHeader.byteCount + layout.offset(of: section)
        let (a, b) = (
          start + 4 * Int.random(in: 0..<words, using: &random),
          start + 4 * Int.random(in: 0..<words, using: &random)
        )
        let (left, right) = (crafted.word(at: a), crafted.word(at: b))
        crafted.set(right, at: a)
        if Bool.random(using: &random) { crafted.set(left, at: b) }
      }
      if crafted == whole { continue }
      let path = try folder.put(try crafted.resealed())
      guard
        let loaded = try? ContractionHierarchy(contentsOf: path, graph: view.graph)
      else { continue }
      accepted += 1
      let metric = try HierarchyMetric(loaded, view: view)
      #expect(nodes.map { metric.impedances(from: $0, to: nodes) } == expected)
    }
    // Nodes that are independent may be exchanged in the order.
    #expect(accepted > 0)
  }

  @Test("the hierarchy of another network is told as such; other costs are the same network")
  func otherNetwork() throws {
    func expect(_ fault: HierarchyFileError.Fault?, nodes: [Node], links: [Link]) throws {
      let graph = try TransportGraph(nodes: nodes, links: links)
      #expect(ContractionHierarchy.fault(of: folder("whole"), graph) == fault)
    }
    let (nodes, links) = (view.graph.nodes, view.graph.links)
    func changing(_ index: Int, _ change: (Link) -> Link) -> [Link] {
      var changed = links
      changed[index] = change(links[index])
      return changed
    }
    func link(_ link: Link, from: String, to: String, isOneWay: Bool, length: Double) -> Link {
      Link(
        id: link.id, from: from, to: to, mode: link.mode, lengthMeters: length, isOneWay: isOneWay)
    }
    try expect(nil, nodes: nodes, links: links)
    try expect(
      nil, nodes: nodes,
      links: changing(3) {
        link($0, from: $0.from, to: $0.to, isOneWay: $0.isOneWay, length: 77)
      })
    try expect(
      .otherNetwork, nodes: nodes,
      links: changing(3) {
        link($0, from: $0.from, to: $0.to, isOneWay: !$0.isOneWay, length: $0.lengthMeters)
      })
    try expect(
      .otherNetwork, nodes: nodes,
      links: changing(3) {
        link($0, from: $0.to, to: $0.from, isOneWay: $0.isOneWay, length: $0.lengthMeters)
      })
    try expect(
      .otherNetwork, nodes: nodes,
      links: changing(3) {
        link($0, from: "alone", to: $0.to, isOneWay: $0.isOneWay, length: $0.lengthMeters)
      })
    try expect(.otherNetwork, nodes: nodes, links: links.dropLast())
    try expect(.otherNetwork, nodes: nodes.reversed(), links: links)
    try expect(
      .otherNetwork,
      nodes: nodes + [Node(id: "more", coordinate: Coordinate(longitude: 99, latitude: 0))],
      links: links)
  }

  @Test("what is no hierarchy file is told as such")
  func otherFiles() throws {
    #expect(try fault(Data()) == .notAHierarchyFile)
    #expect(try fault(Data("{\"type\": \"FeatureCollection\"}".utf8)) == .notAHierarchyFile)
    for path in [folder("none"), folder.path] {
      guard case .unreadable = ContractionHierarchy.fault(of: path, view.graph) else {
        Issue.record("\(path) was read")
        continue
      }
    }
    // Nobody ever writes to the pipe.
    #expect(mkfifo(folder("pipe"), 0o600) == 0)
    #expect(
      ContractionHierarchy.fault(of: folder("pipe"), view.graph)
        == .unreadable(reason: "not a regular file"))
    let error = HierarchyFileError(path: "a/b", fault: .damaged(.headDepths))
    #expect("\(error)" == "a/b: section headDepths is damaged")
  }

  @Test("a hierarchy answers on after its file was replaced or deleted")
  func replacedWhileMapped() throws {
    let path = try folder.put(whole)
    let loaded = try ContractionHierarchy(contentsOf: path, graph: view.graph)
    let other = try Sketch.graph(["ab: A-B 1"])
    try ContractionHierarchy(other).write(to: path)
    #expect(ContractionHierarchy.fault(of: path, view.graph) == .otherNetwork)
    #expect(loaded.topology.block.bytes.elementsEqual(whole.dropFirst(512)))
    try FileManager.default.removeItem(atPath: path)
    let metric = try HierarchyMetric(loaded, view: view)
    let nodes = view.graph.nodes.indices.map { NodeID($0) }
    for origin in nodes {
      #expect(metric.impedances(from: origin, to: nodes) == view.impedances(from: origin))
    }
  }

  @Test("many may load and ask at once while the file is written again and again")
  func concurrentReaders() async throws {
    let path = try folder.put(whole)
    let view = view
    let nodes = view.graph.nodes.indices.map { NodeID($0) }
    let expected = view.impedances(from: nodes[0])
    let hierarchy = try ContractionHierarchy(view.graph)
    try await withThrowingTaskGroup(of: [UInt64?].self) { group in
      for _ in 0..<50 {
        group.addTask {
          try hierarchy.write(to: path)
          let loaded = try ContractionHierarchy(contentsOf: path, graph: view.graph)
          return try HierarchyMetric(loaded, view: view).impedances(from: nodes[0], to: nodes)
        }
      }
      for try await answer in group { #expect(answer == expected) }
    }
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() == ["h", "whole"])
  }

  @Test("a file that cannot be written leaves nothing behind")
  func unwritable() throws {
    let hierarchy = try ContractionHierarchy(view.graph)
    #expect(throws: FileError.self) { try hierarchy.write(to: folder("none/h")) }
    #expect(throws: FileError.self) { try hierarchy.write(to: folder.path) }
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["whole"])
  }
}
