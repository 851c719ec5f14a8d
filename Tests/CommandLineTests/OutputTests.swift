import Foundation
import Testing

@Suite("Outputs that cannot be written")
struct OutputTests {
  private static let words = ["route", "South Town", "Westburg", "--format", "json"]

  @Test(
    "a path that cannot be written ends with 73 and names it",
    arguments: [
      (".", "Is a directory"), ("missing/result.json", "No such file or directory"),
      ("network.geojson/result.json", "Not a directory"), ("/dev/full", "No space left on device"),
      ("/proc/result.json", "/proc/result.json"),
      (String(repeating: "n", count: 300), "File name too long"),
    ])
  func unwritable(path: String, reason: String) throws {
    let region = try SmallRegion()
    let before = try region.copy.files
    let run = try region.run(Self.words + ["--output", path])
    run.expectFailure(73, saying: ["\(path): cannot be written", reason])
    #expect(try region.copy.files == before, "nothing is left behind")
  }

  @Test("a full device behind the standard output ends with 73")
  func fullStandardOutput() throws {
    let run = try SmallRegion().run(Self.words, standardOutput: "/dev/full")
    #expect(run.status == 73, "\(run)")
    run.expectOneLine(saying: ["standard output", "No space left on device"])
  }

  @Test("a full device behind the standard output of an export ends with 73")
  func fullStandardOutputOfExport() throws {
    let run = try SmallRegion().run(["export", "links"], standardOutput: "/dev/full")
    #expect(run.status == 73, "\(run)")
  }

  @Test("a full disk under a folder of layers names the layer, and no file is left or replaced")
  func fullFolder() throws {
    let region = try SmallRegion()
    let folder = region.path("layers")
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
    try region.copy.write("old", to: "layers/provinces.geojson")
    try FileManager.default.createSymbolicLink(
      atPath: folder + "/crossings.geojson.part", withDestinationPath: "/dev/full")
    try region.run("export", "--folder", "layers").expectFailure(
      73, saying: ["layers/crossings.geojson: cannot be written: No space left on device"])
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["provinces.geojson"])
    #expect(try region.data("layers/provinces.geojson") == Data("old".utf8))
  }

  @Test("a file that exists is replaced whole and keeps its permissions")
  func replaced() throws {
    let region = try SmallRegion()
    try region.copy.write(String(repeating: "old ", count: 10_000), to: "result")
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o640], ofItemAtPath: region.path("result"))
    let run = try region.run(Self.words + ["--output", "result"])
    #expect(run.status == 0, "\(run)")
    #expect(try JSONSerialization.jsonObject(with: region.data("result")) is [String: Any])
    let attributes = try FileManager.default.attributesOfItem(atPath: region.path("result"))
    #expect(attributes[.posixPermissions] as? Int == 0o640)
  }

  @Test("routes --write that cannot write ends with 73 and prints nothing")
  func routesWrite() throws {
    let region = try SmallRegion()
    try FileManager.default.createDirectory(
      atPath: region.path("routes.geojson"), withIntermediateDirectories: false)
    try region.run("routes", "--write").expectFailure(73, saying: ["routes.geojson"])
  }

  @Test("with no way the reason is told, and a JSON result says the same")
  func unreachable() throws {
    let region = try SmallRegion()
    let words = ["route", "Westburg", "Isle"]
    let plain = try region.run(words)
    plain.expectFailure(69, saying: ["no way", "Westburg", "Isle", "piece"])
    let json = try region.run(words + ["--format", "json"])
    #expect(json.status == 69)
    let object = try #require(
      try JSONSerialization.jsonObject(with: json.output) as? [String: Any])
    let unreachable = try #require(object["unreachable"] as? [String: Any])
    #expect(unreachable["kind"] as? String == "different_pieces")
    let reason = try #require(unreachable["reason"] as? String)
    #expect(plain.errors == "corridor: no way: \(reason)\n")
    #expect(unreachable["length_m"] == nil, "no way has no length")
  }

  @Test("a one-way road is no way back, and another mode's way is named")
  func oneWay() throws {
    let region = try SmallRegion()
    #expect(try region.run("route", "Westburg", "Lookout").status == 0)
    try region.run("route", "Lookout", "Westburg")
      .expectFailure(69, saying: ["one-way", "Lookout", "Westburg"])
    try region.run(
      "route", "South Town", "Westburg", "--close", "crossing:west", "--close", "crossing:east"
    ).expectFailure(69, saying: ["crossing west (West Gate)"])
  }
}
