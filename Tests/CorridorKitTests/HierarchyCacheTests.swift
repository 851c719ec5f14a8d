import Foundation
import Testing

@testable import CorridorKit
@testable import TransportGraph

@Suite("The hierarchy of a study area")
struct HierarchyCacheTests {
  let folder: TemporaryFolder
  let cache: StudyAreaCache
  let sources = ToyRegion.sources(in: ToyRegion.folder)

  init() throws {
    folder = try TemporaryFolder()
    cache = StudyAreaCache(folder: folder.path + "/cache")
  }

  private func area() throws -> StudyArea { try StudyArea(sources, cache: cache) }

  private func path() throws -> String {
    cache.hierarchyPath(of: try InputFile(path: sources.network))
  }

  private func kept() throws -> Data { try Data(contentsOf: URL(fileURLWithPath: path())) }

  @Test("nothing is made or kept until it is asked for; then copies of the study area share it")
  func madeOnce() async throws {
    let area = try area()
    let copy = area
    #expect(!FileManager.default.fileExists(atPath: try path()))
    let topologies = try await withThrowingTaskGroup(of: HierarchyTopology.self) { group in
      for index in 0..<20 {
        group.addTask { try (index % 2 == 0 ? area : copy).hierarchy().topology }
      }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    #expect(topologies.count == 20 && topologies.allSatisfy { $0 === topologies[0] })
    #expect(try area.hierarchy().graph.nodes == area.graph.nodes)
    let fresh = try ContractionHierarchy(area.graph)
    #expect(topologies[0].block.bytes.elementsEqual(fresh.topology.block.bytes))
    #expect(FileManager.default.fileExists(atPath: try path()))
  }

  @Test("the next run uses what was kept")
  func isUsed() throws {
    let graph = try area().graph
    // Not the order that anyone would choose.
    let order = ContractionOrder(nodes: graph.nodes.indices.map { NodeID($0) })
    #expect(try ContractionOrder(graph) != order)
    try ContractionHierarchy(graph, order: order).write(to: path())
    #expect(try area().hierarchy().order == order)
  }

  @Test("a kept hierarchy that is damaged, cut short or another network's is told and mended")
  func mended() throws {
    let told = Locked<[String]>([])
    let cache = StudyAreaCache(folder: cache.folder) { reason in
      told.withLock { $0.append(reason) }
    }
    _ = try StudyArea(sources, cache: cache).hierarchy()
    #expect(told.withLock { $0 } == [])
    let whole = try kept()
    let other = try TransportGraph(nodes: [], links: [])
    try ContractionHierarchy(other).write(to: folder.path + "/other")
    var wrong = [
      Data(), Data("other".utf8), whole.dropLast(), whole + [0],
      try Data(contentsOf: URL(fileURLWithPath: folder.path + "/other")),
    ]
    for place in stride(from: 0, to: whole.count, by: 61) {
      var damaged = whole
      damaged[place] ^= 1
      wrong.append(damaged)
    }
    #expect(wrong.count > 30)
    for content in wrong {
      try content.write(to: URL(fileURLWithPath: path()))
      let hierarchy = try StudyArea(sources, cache: cache).hierarchy()
      #expect(hierarchy.topology.block.bytes.elementsEqual(whole.suffix(hierarchy.byteCount)))
      #expect(try kept() == whole)
    }
    let reasons = told.withLock { $0 }
    #expect(reasons.count == wrong.count)
    let start = try path() + ": "
    #expect(reasons.allSatisfy { $0.hasPrefix(start) })
    #expect(reasons[2] == "\(start)cut short: \(whole.count - 1) bytes; expected \(whole.count)")
    #expect(reasons[4] == "\(start)the hierarchy of another network")
    #expect(try StudyArea(sources, cache: cache).hierarchy().byteCount > 0)
    #expect(told.withLock { $0.count } == wrong.count)
  }

  @Test("a pipe where a file would be kept is neither read nor written to", .timeLimit(.minutes(1)))
  func pipe() throws {
    let fresh = try area()
    _ = try fresh.hierarchy()
    let kept = try FileManager.default.contentsOfDirectory(atPath: cache.folder)
    #expect(kept.count == 2)
    for name in kept {
      let path = "\(cache.folder)/\(name)"
      try FileManager.default.removeItem(atPath: path)
      try #require(mkfifo(path, 0o600) == 0)
    }
    let again = try area()
    #expect(again.graph.nodes == fresh.graph.nodes)
    #expect(try again.hierarchy().order == fresh.hierarchy().order)
    for name in kept {
      let attributes = try FileManager.default.attributesOfItem(atPath: "\(cache.folder)/\(name)")
      // Foundation has no name for a pipe.
      #expect(attributes[.type] as? FileAttributeType == .typeUnknown)
    }
  }

  @Test("without a cache, or with a folder that cannot be written, it is made in memory")
  func notKept() throws {
    let file = try folder.write("not a folder", to: "occupied")
    for cache in [nil, StudyAreaCache(folder: file), StudyAreaCache(folder: "/proc/corridorkit")] {
      let area = try StudyArea(sources, cache: cache)
      #expect(try area.hierarchy().order.nodes.count == area.graph.nodes.count)
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["occupied"])
  }
}
