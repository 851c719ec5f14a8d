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
    arguments: [("2013", 16), ("2024", 20)])
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
    }
  }

  @Test("the vintage without figures says so instead of guessing")
  func noFigures() throws {
    try CorridorProcess(["risk", "--vintage", "2018"])
      .expectFailure(66, saying: ["2018", "--indicators"])
  }
}
