import Foundation
import Testing

/// The risk score of the shipped provinces: what it is made of, and how it is shown.
@Suite("Risk of the shipped provinces")
struct RiskDataTests {
  private func provinces(_ words: [String]) throws -> [[String: Any]] {
    let json = try CorridorProcess(["risk"] + words + ["--format", "json"]).json()
    return try #require(json["provinces"] as? [[String: Any]])
  }

  @Test(
    "the parts of a score add up to it, and empty dimensions add nothing",
    arguments: [("2013", 16), ("2018", 17), ("2024", 20)])
  func contributions(vintage: String, count: Int) throws {
    let rows = try provinces(["--vintage", vintage])
    #expect(rows.count == count)
    for row in rows {
      let dimensions = try #require(row["dimensions"] as? [[String: Any]])
      #expect(dimensions.count == 5)
      var sum = try #require((row["exposure"] as? [String: Any])?["contribution"] as? Double)
      for dimension in dimensions {
        let available = try #require(dimension["indicators_available"] as? Int)
        #expect((dimension["score"] as? Double == nil) == (available == 0))
        sum += dimension["contribution"] as? Double ?? 0
      }
      let score = try #require(row["score"] as? Double)
      #expect(abs(sum - score) < 1e-9, "\(row["id"] ?? "")")
    }
  }

  @Test("without a weight exposure changes neither score nor rank")
  func noWeight() throws {
    for row in try provinces(["--exposure-weight", "0"]) {
      #expect(row["score"] as? Double == row["score_without_exposure"] as? Double)
      #expect(row["rank"] as? Int == row["rank_without_exposure"] as? Int)
    }
  }

  @Test("one province is taken apart by id or name, with the source of every figure")
  func explanation() throws {
    let byID = try CorridorProcess(["risk", "--explain", "KZ-31"])
    let byName = try CorridorProcess(["risk", "--explain", "Жамбылская область"])
    #expect(byID.status == 0 && byID.text == byName.text)
    for words in [
      "Zhambyl (KZ-31): score", "Slavery policy (0/7)", "no data", "homicide", "Source of",
    ] {
      #expect(byID.text.contains(words), "\(words) in \(byID.text)")
    }
    #expect(byID.text.split(separator: "\n").allSatisfy { $0.count <= 80 })
  }

  @Test("notes on figures, what exposure is measured in and, under a scenario, coverage are told")
  func told() throws {
    let abai = try CorridorProcess(["risk", "--explain", "KZ-10"]).text
    #expect(abai.contains("Note on homicide: inherited: rate of Abai"), "\(abai)")
    let table = try CorridorProcess(["risk", "--close", "crossing:korday"]).text
    #expect(table.contains("(kilometres in the province) has a weight of"), "\(table)")
    #expect(table.contains("4/33") && table.split(separator: "\n").allSatisfy { $0.count <= 100 })
    let draws = try CorridorProcess([
      "risk", "--exposure-weight", "0", "--draws", "10", "--format", "json",
    ]).json()
    let inputs = try #require(
      (draws["uncertainty"] as? [String: Any])?["inputs"] as? [[String: Any]])
    #expect(!inputs.isEmpty && !inputs.contains { $0["input"] as? String == "exposure" })
    let index = try CorridorProcess([
      "index", "--framework", Repository.folder + "/geodata/index/gsi-2013.json", "--data",
      Repository.folder + "/geodata/index/indicators-2024.csv", "--format", "json",
    ]).json()
    let unit = try #require((index["units"] as? [[String: Any]])?.first)
    let origins = (unit["indicators"] as? [[String: Any]])?.filter {
      $0["id"] as? String == "homicide"
    }
    #expect(origins?.first?["origin"] as? String == "inherited")
    #expect(
      (index["warnings"] as? [String])?.contains { $0.contains("without exposure") } == false)
  }

  @Test("table, CSV and map tell the same scores")
  func forms() throws {
    let rows = try provinces([])
    let csv = try CorridorProcess(["risk", "--format", "csv"]).text.split(separator: "\n")
    #expect(csv.count == rows.count + 1)
    let map = try CorridorProcess(["risk", "--format", "geojson"]).json()
    let features = try #require(map["features"] as? [[String: Any]])
    for (row, (line, feature)) in zip(rows, zip(csv.dropFirst(), features)) {
      let score = try #require(row["score"] as? Double)
      // Foundation reads a decimal to within one unit in its last place.
      let told = Double(line.split(separator: ",", omittingEmptySubsequences: false)[2])
      #expect(abs(try #require(told) - score) < 1e-12)
      let properties = try #require(feature["properties"] as? [String: Any])
      #expect(feature["id"] as? String == row["id"] as? String)
      #expect(properties["risk_score"] as? Double == score)
      // The parts of the score are on the map too, and empty dimensions show as empty.
      let dimensions = try #require(row["dimensions"] as? [[String: Any]])
      var sum = try #require(properties["exposure_contribution"] as? Double)
      for dimension in dimensions {
        let id = try #require(dimension["id"] as? String)
        sum += properties["\(id)_contribution"] as? Double ?? 0
        #expect(
          properties["\(id)_available"] as? Int == dimension["indicators_available"] as? Int)
        #expect(
          (properties["\(id)_score"] is NSNull) == (properties["\(id)_available"] as? Int == 0))
      }
      #expect(abs(sum - score) < 1e-9)
    }
  }

  @Test("--report writes the page beside the table, whole or not at all")
  func page() throws {
    let folder = try TemporaryFolder()
    let plain = try CorridorProcess(["risk"])
    let run = try CorridorProcess(["risk", "--report", folder.path("risk.html")])
    #expect(run.status == 0 && run.text == plain.text, "\(run)")
    let page = try String(contentsOfFile: folder.path("risk.html"), encoding: .utf8)
    #expect(page.hasPrefix("<!DOCTYPE html>") && page.hasSuffix("</html>\n"))
    for words in [
      "Modelled potential, not observed trafficking.", "Higher is riskier.", "Zhambyl",
      "Slavery policy <em>empty</em>", "What exposure changes", "indicators-2024.csv",
    ] {
      #expect(page.contains(words), "\(words)")
    }
    let closed = try CorridorProcess([
      "risk", "--close", "crossing:korday", "--report", folder.path("closed.html"),
    ])
    #expect(closed.status == 0, "\(closed)")
    let other = try String(contentsOfFile: folder.path("closed.html"), encoding: .utf8)
    #expect(other.contains("What the scenario changes"))
    try CorridorProcess(["risk", "--report", folder.path("no/such.html")])
      .expectFailure(73, saying: ["such.html"])
    let empty = try CorridorProcess(["risk", "--report", ""])
    #expect(empty.status == 64 && empty.errors.contains("--report"), "\(empty)")
    #expect(try folder.files == ["closed.html", "risk.html"])
  }

  @Test("a folder of data without figures for a vintage says so instead of guessing")
  func noFigures() throws {
    let folder = try TemporaryFolder()
    for name in try FileManager.default.contentsOfDirectory(
      atPath: Repository.folder + "/geodata")
    where name != "index" {
      try FileManager.default.createSymbolicLink(
        atPath: folder.path(name), withDestinationPath: Repository.folder + "/geodata/" + name)
    }
    try FileManager.default.createDirectory(
      atPath: folder.path("index"), withIntermediateDirectories: false)
    try FileManager.default.copyItem(
      atPath: Repository.folder + "/geodata/index/gsi-2013.json",
      toPath: folder.path("index/gsi-2013.json"))
    try CorridorProcess(["risk", "--vintage", "2018", "--data", folder.path])
      .expectFailure(66, saying: ["2018", "--indicators"])
  }

  @Test("the table of 2018 is that of 2024 merged, with the population published for 2018")
  func of2018() throws {
    let moved = try CorridorProcess([
      "crosswalk", "--from", "2024", "--to", "2018", "--format", "csv",
    ])
    .text.split(separator: "\n").filter { !$0.contains(",population,") }
    let shipped = try String(
      contentsOfFile: Repository.folder + "/geodata/index/indicators-2018.csv", encoding: .utf8
    ).split(separator: "\n").filter { !$0.contains(",population,") }
    #expect(moved == shipped)
    #expect(moved.count == 1 + 7 * 17)
  }
}
