import Foundation
import Geography
import Testing
import TransportGraph

@testable import CorridorKit

@Suite("The cache of a study area")
struct CacheTests {
  let folder: TemporaryFolder
  let cache: StudyAreaCache
  let sources: DataSources
  let fresh: StudyArea

  /// A copy of the toy region, so that a test may change its files.
  init() throws {
    folder = try TemporaryFolder()
    for name in try FileManager.default.contentsOfDirectory(atPath: ToyRegion.folder) {
      try FileManager.default.copyItem(
        atPath: ToyRegion.folder + "/" + name, toPath: folder.path + "/" + name)
    }
    cache = StudyAreaCache(folder: folder.path + "/cache")
    sources = ToyRegion.sources(in: folder.path)
    fresh = try StudyArea(sources, cache: nil)
  }

  private func files() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: cache.folder).sorted()
      .map { cache.folder + "/" + $0 }
  }

  private func kept() throws -> (path: String, data: Data) {
    let files = try files()
    let path = try #require(files.first)
    #expect(files.count == 1, "\(files)")
    return (path, try Data(contentsOf: URL(fileURLWithPath: path)))
  }

  private func expectSame(
    _ area: StudyArea, as other: StudyArea, _ comment: Comment? = nil,
    location: SourceLocation = #_sourceLocation
  ) {
    #expect(area.graph.nodes == other.graph.nodes, comment, sourceLocation: location)
    #expect(area.graph.links == other.graph.links, comment, sourceLocation: location)
    #expect(area.network.lines == other.network.lines, comment, sourceLocation: location)
    #expect(area.network.metric == other.network.metric, comment, sourceLocation: location)
    #expect(
      area.provinces.provinces == other.provinces.provinces, comment, sourceLocation: location)
    #expect(area.provinces.metric == other.provinces.metric, comment, sourceLocation: location)
    #expect(
      area.gazetteer.settlements == other.gazetteer.settlements, comment, sourceLocation: location)
    #expect(area.overlay == other.overlay, comment, sourceLocation: location)
    #expect(area.repairs == other.repairs, comment, sourceLocation: location)
    #expect(area.inputs == other.inputs, comment, sourceLocation: location)
  }

  @Test("the second reading gives what the first did, and the file is the same byte for byte")
  func sameTwice() throws {
    expectSame(try StudyArea(sources, cache: cache), as: fresh)
    let first = try kept()
    expectSame(try StudyArea(sources, cache: cache), as: fresh)
    #expect(try kept().data == first.data)
    try FileManager.default.removeItem(atPath: first.path)
    expectSame(try StudyArea(sources, cache: cache, threads: 2), as: fresh)
    #expect(try kept().data == first.data)
  }

  @Test("what is kept is used: without its provinces' geometry the answer comes from the cache")
  func isUsed() throws {
    _ = try StudyArea(sources, cache: cache)
    // The province file keeps its content and so its digest, but the overlay is not computed again.
    let (path, data) = try kept()
    var content = try #require(
      cache.content(of: inputs()), "the cache does not know its own inputs")
    content.settlements[0].name = "Only in the cache"
    cache.keep(content, of: try inputs())
    #expect(try kept().data != data)
    #expect(try kept().path == path)
    #expect(
      try StudyArea(sources, cache: cache).gazetteer.settlements[0].name == "Only in the cache")
  }

  private func inputs() throws -> [InputFile] {
    var files = [try InputFile(path: sources.network), try InputFile(path: sources.crossings)]
    for path in sources.provinces { files.append(try InputFile(path: path)) }
    return files + [try InputFile(path: sources.settlements)]
  }

  @Test("a file with a wrong byte anywhere is read anew and mended")
  func damagedByte() throws {
    _ = try StudyArea(sources, cache: cache)
    let (path, whole) = try kept()
    #expect(whole.count > 4000)
    // Every byte of the header and of the first counts, then a few hundred places to the last byte.
    let places =
      Array(0..<64) + Array(stride(from: 64, to: whole.count, by: 97)) + [whole.count - 1]
    for place in places {
      var damaged = whole
      damaged[place] ^= 0x10
      try damaged.write(to: URL(fileURLWithPath: path))
      expectSame(try StudyArea(sources, cache: cache), as: fresh, "byte \(place)")
      #expect(try kept().data == whole, "byte \(place)")
    }
  }

  @Test("a file that is cut short or empty is told, read anew and mended")
  func truncated() throws {
    let told = Locked<[String]>([])
    let cache = StudyAreaCache(folder: cache.folder) { reason in
      told.withLock { $0.append(reason) }
    }
    _ = try StudyArea(sources, cache: cache)
    #expect(told.withLock { $0 } == [])
    let (path, whole) = try kept()
    let lengths = [0, 1, 23, 24, 25, 32] + Array(stride(from: 40, to: whole.count, by: 211))
    for length in lengths {
      try whole.prefix(length).write(to: URL(fileURLWithPath: path))
      expectSame(try StudyArea(sources, cache: cache), as: fresh, "\(length) bytes")
      #expect(try kept().data == whole, "\(length) bytes")
    }
    try (whole + Data([0])).write(to: URL(fileURLWithPath: path))
    expectSame(try StudyArea(sources, cache: cache), as: fresh, "a byte too many")
    let reasons = Array(repeating: "\(path): damaged or cut short", count: lengths.count + 1)
    #expect(told.withLock { $0 } == reasons)
  }

  @Test("content that ends early is refused even when its checksum fits")
  func shortContent() throws {
    _ = try StudyArea(sources, cache: cache)
    let (path, whole) = try kept()
    let header = 24
    for length in stride(from: header + 8, to: whole.count, by: 61) {
      var cut = whole.prefix(length)
      let sum = cut.dropFirst(header).withUnsafeBytes { checksum(of: $0) }
      withUnsafeBytes(of: sum.littleEndian) { cut.replaceSubrange(16..<24, with: $0) }
      try cut.write(to: URL(fileURLWithPath: path))
      #expect(cache.content(of: try inputs()) == nil, "\(length) bytes")
    }
  }

  @Test("a count of provinces or people too large for any machine is refused")
  func hugeCounts() throws {
    var content = StudyAreaContent(
      network: fresh.network, layer: fresh.provinces, repairs: [],
      settlements: fresh.gazetteer.settlements, overlay: fresh.overlay)
    content.settlements[0].population = 0x1234_5678
    func isRead(_ data: Data) -> Bool {
      data.withUnsafeBytes { bytes in
        var reader = ByteReader(bytes)
        return (try? StudyAreaContent(&reader)) != nil
      }
    }
    var writer = ByteWriter()
    content.write(to: &writer)
    #expect(isRead(writer.data))
    // The number of provinces stands alone before the overlay: a count of one, then the number.
    func bytes(_ words: UInt64...) -> Data {
      words.reduce(into: Data()) { data, word in
        withUnsafeBytes(of: word.littleEndian) { data.append(contentsOf: $0) }
      }
    }
    for (old, new) in [
      (bytes(1, UInt64(fresh.provinces.provinces.count)), bytes(1, .max)),
      (bytes(1, UInt64(fresh.provinces.provinces.count)), bytes(1, UInt64(Int.max))),
      (bytes(0x1234_5678), bytes(.max)),
    ] {
      let place = try #require(writer.data.range(of: old))
      #expect(writer.data[place.upperBound...].range(of: old) == nil, "it occurs once")
      var spoilt = writer.data
      spoilt.replaceSubrange(place, with: new)
      #expect(!isRead(spoilt))
    }
  }

  @Test(
    "a changed input is not answered from what was kept before",
    arguments: [
      ("network.geojson", "\"speed_kmh\":100", "\"speed_kmh\":90"),
      ("crossings.geojson", "\"mode\":1.0", "\"mode\":1.5"),
      ("provinces.geojson", "[100.0,100.0]", "[100.0,90.0]"),
      ("settlements.geojson", "Westwold", "Eastwold"),
    ])
  func changedInput(name: String, old: String, new: String) throws {
    _ = try StudyArea(sources, cache: cache)
    let path = folder.path + "/" + name
    let text = try String(contentsOfFile: path, encoding: .utf8)
    #expect(text.contains(old))
    try folder.write(text.replacing(old, with: new), to: name)
    let changed = try StudyArea(sources, cache: cache)
    expectSame(changed, as: try StudyArea(sources, cache: nil))
    #expect(changed.inputs != fresh.inputs)
    #expect(try files().count == 2)
    try folder.write(text, to: name)
    expectSame(try StudyArea(sources, cache: cache), as: fresh, "back to the old input")
  }

  @Test("a cache folder that cannot be written or is a file is no error")
  func unwritable() throws {
    let file = try folder.write("not a folder", to: "occupied")
    for path in [file, file + "/inside", "/proc/corridorkit"] {
      expectSame(try StudyArea(sources, cache: StudyAreaCache(folder: path)), as: fresh)
    }
    #expect(try String(contentsOfFile: file, encoding: .utf8) == "not a folder")
  }

  @Test("a folder in the place of the file is no error")
  func folderInPlaceOfFile() throws {
    let path = cache.path(try inputs())
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    expectSame(try StudyArea(sources, cache: cache), as: fresh)
  }

  @Test("a faulty input is refused each time, and nothing is kept of it")
  func faultyInput() throws {
    let text = try String(contentsOfFile: sources.network, encoding: .utf8)
    try folder.write(
      text.replacing("\"class\":\"fast\"", with: "\"class\":7"), to: "network.geojson")
    for _ in 0..<2 {
      #expect(throws: CorridorKitError.self) { try StudyArea(sources, cache: cache) }
    }
    #expect(!FileManager.default.fileExists(atPath: cache.folder))
  }

  @Test(
    "the standard folder is CORRIDOR_CACHE, else within XDG_CACHE_HOME, else within the home",
    arguments: [
      (["CORRIDOR_CACHE": "/a", "XDG_CACHE_HOME": "/b", "HOME": "/c"], "/a"),
      (["CORRIDOR_CACHE": "", "XDG_CACHE_HOME": "/b", "HOME": "/c"], "/b/corridorkit"),
      (["XDG_CACHE_HOME": "", "HOME": "/c"], "/c/.cache/corridorkit"),
    ])
  func standardFolder(environment: [String: String], expected: String) {
    #expect(StudyAreaCache.standard(environment: environment).folder == expected)
  }
}
