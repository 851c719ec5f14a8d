import Foundation
import Geography
import Testing

@testable import TransportGraph

@Suite("A hierarchy on disk")
struct HierarchyFileTests {
  private let sample: HierarchyFileSample
  private var folder: HierarchyFolder { sample.folder }
  private var view: GraphView { sample.view }
  private var whole: Data { sample.whole }

  init() throws { sample = try HierarchyFileSample() }

  private func fault(_ data: Data) throws -> HierarchyFileError.Fault? { try sample.fault(data) }

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
