import CorridorKit
import Foundation
import Testing

/// A command that makes a report.
struct ReportingCommand: CustomTestStringConvertible, Sendable {
  let words: [String]
  /// The key of its rows in JSON.
  let rows: String

  init(_ words: String..., rows: String) {
    self.words = words
    self.rows = rows
  }

  var testDescription: String { words.joined(separator: " ") }

  static let all = [
    ReportingCommand("network", "info", rows: "rows"),
    ReportingCommand("network", "check", rows: "findings"),
    ReportingCommand("route", "South Town", "Eastburg", rows: "route.provinces"),
    ReportingCommand("routes", rows: "corridors"),
    ReportingCommand("exposure", rows: "provinces"),
    ReportingCommand("exposure", "--from", "Westburg", "--to", "Eastburg", rows: "provinces"),
    ReportingCommand("simulate", "--close", "crossing:west", rows: "provinces"),
    ReportingCommand(
      "risk", "--country", "XA", "--indicators", "indicators.csv", rows: "provinces"),
    ReportingCommand("export", "provinces", rows: "exposure"),
    ReportingCommand("export", "corridors", rows: "corridors"),
    ReportingCommand("export", "crossings", rows: "crossings"),
    ReportingCommand("export", "links", rows: "links"),
  ]
}

@Suite("Formats")
struct FormatTests {
  private func value(_ json: [String: Any], _ path: String) -> Any? {
    path.split(separator: ".").reduce(json as Any?) { node, key in
      (node as? [String: Any])?[String(key)]
    }
  }

  @Test(
    "JSON tells version, vintage, options, the digest of every file, and units in its keys",
    arguments: ReportingCommand.all)
  func json(command: ReportingCommand) throws {
    let region = try SmallRegion()
    let json = try region.run(command.words + ["--format", "json"]).json()
    expectUnits(json)
    let manifest = try #require(json["manifest"] as? [String: Any])
    #expect(manifest["version"] as? String == corridorKitVersion)
    // The region brings its own provinces and names no vintage.
    #expect(manifest["vintage"] as? String == "unstated")
    let options = try #require(manifest["options"] as? [String: String])
    #expect(options["countries"] == "XA,XB")
    let inputs = try #require(manifest["inputs"] as? [[String: String]])
    let names = inputs.compactMap { $0["file"] }
    for name in ["network.geojson", "crossings.geojson", "provinces.geojson"] {
      #expect(names.contains(region.path(name)))
    }
    for input in inputs {
      let name = try #require(input["file"])
      let file = try InputFile(path: name.hasPrefix("/") ? name : region.path(name))
      #expect(input["sha256"] == file.sha256)
      #expect(file.sha256.count == 64)
    }
  }

  @Test("a changed input changes its digest")
  func digest() throws {
    let region = try SmallRegion()
    func digest() throws -> String? {
      let json = try region.run("exposure", "--format", "json").json()
      let inputs = (json["manifest"] as? [String: Any])?["inputs"] as? [[String: String]]
      return inputs?.first { $0["file"] == region.path("network.geojson") }?["sha256"]
    }
    let before = try digest()
    try region.replace(
      "\"name\":\"South Town\"", with: "\"name\":\"Southtown\"", in: "network.geojson")
    let after = try digest()
    #expect(before != nil && after != nil && before != after)
  }

  /// Every quantity names its unit in its key.
  private func expectUnits(_ json: [String: Any]) {
    // Numbers without a unit: shares, factors, probabilities, masses in the table's own unit, counts,
    // and degrees, which these names imply.
    let bare = [
      "mass", "count", "factor", "probability", "fraction", "longitude", "latitude", "score",
      "rank", "weight", "available", "total", "contribution", "normalised", "year", "share",
    ]
    func visit(_ node: Any, _ path: String) {
      switch node {
      case let object as [String: Any]:
        for (key, value) in object {
          if value is NSNumber, !(value is Bool), !path.hasSuffix(".counts"),
            !path.hasSuffix(".province_count"), !path.hasSuffix(".displaced_to")
          {
            // A value whose unit stands in the member beside it.
            if key == "value", object["unit"] is String || object["measure"] is String { continue }
            let named =
              ["_m", "_s", "_h"].contains { key.hasSuffix($0) }
              || bare.contains { key.contains($0) }
            #expect(named, "\(path).\(key)")
          }
          visit(value, "\(path).\(key)")
        }
      case let array as [Any]: for value in array { visit(value, path) }
      default: break
      }
    }
    visit(json, "")
  }

  @Test(
    "every table says what its figures are not; the network's own are no potential",
    arguments: ReportingCommand.all.filter { $0.words[0] != "network" })
  func notice(command: ReportingCommand) throws {
    let run = try SmallRegion().run(command.words + ["--format", "table"])
    #expect(
      run.text.contains("\n\n")
        && run.text.hasSuffix("Modelled potential, not observed trafficking.\n"),
      "\(run.text)")
  }

  @Test("CSV has one header and rows as wide, as many as JSON", arguments: ReportingCommand.all)
  func csv(command: ReportingCommand) throws {
    let region = try SmallRegion()
    let csv = try region.run(command.words + ["--format", "csv"])
    #expect(csv.status == 0, "\(csv)")
    // Publishers of figures hold commas within quotation marks.
    let rows = csv.text.replacing(#/"[^"\n]*"/#, with: "").split(separator: "\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false)
    }
    let json = try region.run(command.words + ["--format", "json"]).json()
    let expected = try #require(value(json, command.rows) as? [[String: Any]])
    #expect(rows.count == expected.count + 1)
    // Messages of findings hold commas within quotation marks.
    if command.rows != "findings" && command.rows != "corridors" {
      #expect(rows.allSatisfy { $0.count == rows[0].count })
    }
    if let column = rows[0].firstIndex(of: "length_m"), command.rows != "corridors" {
      for (row, object) in zip(rows.dropFirst(), expected) {
        // JSONSerialization is off by a unit in the last place now and then.
        let (a, b) = try (#require(Double(row[column])), #require(object["length_m"] as? Double))
        #expect(abs(a - b) <= a.ulp)
      }
    }
  }

  @Test(
    "GeoJSON is a FeatureCollection, with an id, a geometry and properties on every feature",
    arguments: ReportingCommand.all)
  func geoJSON(command: ReportingCommand) throws {
    let region = try SmallRegion()
    let run = try region.run(command.words + ["--format", "geojson"])
    let json = try run.json()
    #expect(json["type"] as? String == "FeatureCollection")
    let features = try #require(json["features"] as? [[String: Any]])
    #expect(!features.isEmpty)
    for feature in features {
      #expect(feature["id"] is String)
      #expect(feature["geometry"] is [String: Any])
      #expect((feature["properties"] as? [String: Any])?.isEmpty == false)
    }
    #expect(json["crs"] == nil, "RFC 7946 has no crs")
  }

  @Test("tables fit in 80 columns and have no trailing spaces", arguments: ReportingCommand.all)
  func table(command: ReportingCommand) throws {
    let run = try SmallRegion().run(command.words + ["--format", "table"])
    #expect(run.status == 0, "\(run)")
    for line in run.text.split(separator: "\n") {
      #expect(line.count <= 80, "\(line)")
      #expect(line.last != " ", "\(line)|")
    }
  }

  /// The cells of a table's row that begins with a name.
  private func cells(_ name: String, in text: String) throws -> [String] {
    let line = try #require(text.split(separator: "\n").first { $0.hasPrefix(name + "  ") })
    return line.replacing(#/ {2,}/#, with: "\t").split(separator: "\t").map(String.init)
  }

  @Test("the table shows the rounded numbers of the JSON", arguments: ["route", "exposure"])
  func sameNumbers(command: String) throws {
    let region = try SmallRegion()
    let words = command == "route" ? ["route", "South Town", "Eastburg"] : ["exposure"]
    let text = try region.run(words).text
    let json = try region.run(words + ["--format", "json"]).json()
    let result = try #require(command == "route" ? json["route"] as? [String: Any] : json)
    let rows = try #require(result["provinces"] as? [[String: Any]])
    #expect(rows.count >= 2)
    func expectSame(_ name: String, _ object: [String: Any], kilometersAt column: Int) throws {
      let cells = try cells(name, in: text)
      let length = try #require(object["length_m"] as? Double)
      let time = try #require(object["travel_time_s"] as? Double)
      #expect(cells[column] == String(format: "%.1f", length / 1000))
      #expect(cells[column + 1] == String(format: "%.2f", time / 3600))
    }
    for row in rows {
      try expectSame(try #require(row["name"] as? String), row, kilometersAt: 2)
    }
    let total = command == "route" ? result : try #require(json["total"] as? [String: Any])
    try expectSame("Total", total, kilometersAt: 1)
  }

  @Test(
    "--output holds what the standard output would", arguments: ["table", "json", "csv", "geojson"])
  func outputFile(format: String) throws {
    let region = try SmallRegion()
    let words = ["exposure", "--format", format]
    let direct = try region.run(words)
    let toFile = try region.run(words + ["--output", "result"])
    #expect(toFile.status == 0, "\(toFile)")
    #expect(toFile.output.isEmpty)
    #expect(try region.data("result") == direct.output)
  }
}
