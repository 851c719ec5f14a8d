import Foundation
import Testing

@Suite("Bad input")
struct BadInputTests {
  /// A route to a file that already exists: it must be as it was after a failure.
  private func expectFailure(
    _ region: SmallRegion, _ words: [String] = ["route", "South Town", "Westburg"], status: Int32,
    says: [String], sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    try region.copy.write("before", to: "result")
    let files = try region.copy.files
    let run = try region.run(words + ["--format", "json", "--output", "result"])
    run.expectFailure(status, saying: says, sourceLocation: sourceLocation)
    #expect(
      try region.data("result") == Data("before".utf8), "the old output stays",
      sourceLocation: sourceLocation)
    #expect(
      try region.copy.files == files, "nothing is left behind", sourceLocation: sourceLocation)
  }

  @Test(
    "a fault in a file is told with file, feature, field, value and expectation",
    arguments: Fault.network + Fault.provinces + Fault.crossings + Fault.others)
  func fault(_ fault: Fault) throws {
    let region = try SmallRegion()
    try region.replace(fault.old, with: fault.new, in: fault.file)
    try expectFailure(region, status: fault.status, says: fault.says)
  }

  static let geoJSONFiles = [
    "network.geojson", "provinces.geojson", "crossings.geojson", "settlements.geojson",
  ]

  @Test("an empty file is told", arguments: geoJSONFiles, ["", " \n", "\u{FEFF}"])
  func empty(file: String, content: String) throws {
    let region = try SmallRegion()
    try region.copy.write(content, to: file)
    try expectFailure(region, status: 65, says: ["\(file): is empty", "FeatureCollection"])
  }

  @Test("text that is not UTF-8 is told", arguments: geoJSONFiles)
  func notUTF8(file: String) throws {
    let region = try SmallRegion()
    var data = try region.data(file)
    data.insert(0xFF, at: data.count / 2)
    try region.copy.write(data, to: file)
    try expectFailure(region, status: 65, says: ["\(file): is not UTF-8"])
    // The same text in the encoding that Windows calls Unicode.
    let text = try String(contentsOfFile: SmallRegion.folder + "/" + file, encoding: .utf8)
    try region.copy.write(try #require(text.data(using: .utf16)), to: file)
    try expectFailure(region, status: 65, says: ["\(file): "])
  }

  @Test(
    "JSON that is no FeatureCollection is told", arguments: geoJSONFiles,
    ["[]", "7", "null", "{}", "\"x\""])
  func otherJSON(file: String, content: String) throws {
    let region = try SmallRegion()
    try region.copy.write(content, to: file)
    try expectFailure(region, status: 65, says: ["\(file): "])
  }

  @Test(
    "a collection without features is told", arguments: ["network.geojson", "provinces.geojson"])
  func noFeatures(file: String) throws {
    let region = try SmallRegion()
    try region.copy.write("{\"type\":\"FeatureCollection\",\"features\":[]}", to: file)
    try expectFailure(region, status: 65, says: [])
  }

  @Test("deeply nested JSON is refused, not followed")
  func nesting() throws {
    let region = try SmallRegion()
    try region.copy.write(
      String(repeating: "[", count: 100_000) + String(repeating: "]", count: 100_000),
      to: "network.geojson")
    try expectFailure(region, status: 65, says: ["network.geojson: "])
  }

  @Test(
    "a file that is missing or a folder ends with 66", arguments: SmallRegion.inputs.keys.sorted())
  func missing(option: String) throws {
    // Corridors are read by the commands that need them.
    let words = option == "corridors" ? ["exposure"] : ["route", "South Town", "Westburg"]
    let region = try SmallRegion()
    let name = try #require(SmallRegion.inputs[option])
    try FileManager.default.removeItem(atPath: region.path(name))
    try expectFailure(region, words, status: 66, says: [region.path(name), "no such file"])
    try FileManager.default.createDirectory(
      atPath: region.path(name), withIntermediateDirectories: false)
    try expectFailure(region, words, status: 66, says: [region.path(name), "folder"])
  }

  @Test("a clockwise ring is turned, and network check reports it")
  func clockwise() throws {
    let region = try SmallRegion()
    let before = try region.run("exposure", "--format", "csv").output
    try region.replace(
      "[[70,43],[71,43],[72,43],[72,44],[70,44],[70,43]]",
      with: "[[70,43],[70,44],[72,44],[72,43],[71,43],[70,43]]", in: "provinces.geojson")
    #expect(try region.run("exposure", "--format", "csv").output == before)
    let check = try region.run("network", "check", "--format", "json").json()
    let findings = try #require(check["findings"] as? [[String: Any]])
    let repairs = findings.filter { $0["kind"] as? String == "repair" }
    #expect(repairs.count == 1)
    let message = try #require(repairs.first?["message"] as? String)
    #expect(message.contains("XA-W") && message.contains("clockwise"))
  }

  @Test("longitude and latitude swapped within range: nothing meets, and the message says why")
  func swapped() throws {
    let region = try SmallRegion()
    for file in ["network.geojson", "crossings.geojson"] {
      let text = try String(contentsOfFile: region.path(file), encoding: .utf8)
      let turned = text.replacing(#/\[([0-9.]+),([0-9.]+)\]/#) { "[\($0.output.2),\($0.output.1)]" }
      try #require(turned != text)
      try region.copy.write(turned, to: file)
    }
    try expectFailure(
      region, status: 65, says: ["network.geojson", "provinces.geojson", "swapped"])
  }

  @Test("provinces elsewhere do not meet the network")
  func elsewhere() throws {
    let region = try SmallRegion()
    let text = try String(contentsOfFile: region.path("provinces.geojson"), encoding: .utf8)
    try region.copy.write(
      text.replacing(#/\[7([0-9]),/#) { "[1\($0.output.1)," }, to: "provinces.geojson")
    let run = try region.run("route", "South Town", "Westburg")
    run.expectFailure(
      65, saying: ["network.geojson", "provinces.geojson", "no link lies in any province"])
    #expect(!run.errors.contains("swapped"))
  }

  @Test("one id in two files of a province layer is told with both names")
  func acrossFiles() throws {
    let region = try SmallRegion()
    try FileManager.default.copyItem(
      atPath: region.path("provinces.geojson"), toPath: region.path("again.geojson"))
    try expectFailure(
      region, ["exposure", "--provinces", region.path("again.geojson")], status: 65,
      says: ["XA-W", "again.geojson", "/provinces.geojson"])
  }

  @Test("control characters of a file do not reach the terminal")
  func controlCharacters() throws {
    let region = try SmallRegion()
    try region.replace("\"id\":\"r1\"", with: "\"id\":\"r1\\n\\u001b[31m\"", in: "network.geojson")
    try region.replace(
      "\"from\":\"south\",\"to\":\"west/XB\"", with: "\"from\":\"south\"", in: "network.geojson")
    let run = try region.run("exposure")
    run.expectFailure(65, saying: ["feature 3", "to is absent"])
    #expect(!run.errors.unicodeScalars.contains { $0.value < 32 && $0 != "\n" }, "\(run)")
  }

  @Test("control characters of a file do not reach the terminal through a table")
  func controlCharactersInTable() throws {
    let region = try SmallRegion()
    let lines = try region.run("exposure").text.split(separator: "\n").count
    try region.replace(
      "\"name\":\"Western Province\"", with: "\"name\":\"W\\n\\u001b[31m\"", in: "provinces.geojson"
    )
    let run = try region.run("exposure")
    #expect(run.status == 0, "\(run)")
    #expect(run.text.contains(#"W\n\u{1B}[31m"#), "\(run.text)")
    #expect(!run.text.unicodeScalars.contains { $0.value < 32 && $0 != "\n" })
    #expect(run.text.split(separator: "\n").count == lines)
  }
}
