import Foundation
import Testing

/// Risk under a scenario, and with exposure by other models than the best way.
@Suite("Risk by scenario and by model")
struct RiskScenarioTests {
  private let risk = ["risk", "--country", "XA", "--indicators", "indicators.csv"]

  private func provinces(_ run: CorridorProcess) throws -> [String: [String: Any]] {
    let rows = try #require(try run.json()["provinces"] as? [[String: Any]])
    return Dictionary(uniqueKeysWithValues: rows.map { ($0["id"] as? String ?? "", $0) })
  }

  @Test("the state before is that of the plain command; what changes is exposure alone")
  func beforeAndAfter() throws {
    let region = try SmallRegion()
    let plain = try provinces(region.run(risk + ["--format", "json"]))
    let run = try region.run(risk + ["--close", "crossing:west", "--format", "json"])
    #expect(try run.json()["scenario"] as? String == "crossing:west closed")
    var changed = 0
    for (id, row) in try provinces(run) {
      let before = try #require(row["before"] as? [String: Any])
      let other = try #require(plain[id])
      #expect(before["score"] as? Double == other["score"] as? Double)
      #expect(before["rank"] as? Int == other["rank"] as? Int)
      #expect(
        row["score_without_exposure"] as? Double == other["score_without_exposure"] as? Double)
      #expect(other["before"] == nil)
      let exposure = try #require((row["exposure"] as? [String: Any])?["value"] as? Double)
      let score = try #require(row["score"] as? Double)
      let scoreBefore = try #require(before["score"] as? Double)
      let exposureBefore = try #require(before["exposure_value"] as? Double)
      // The scale is that of the state before, so that more exposure is always a higher score.
      if exposure == exposureBefore {
        #expect(score == scoreBefore)
      } else {
        #expect((exposure > exposureBefore) == (score > scoreBefore), "\(id)")
        changed += 1
      }
    }
    #expect(changed > 0)
    #expect(!plain.isEmpty)
  }

  @Test("a page says what it does not draw of a score, and tells bounds below 0 without a dash")
  func belowZero() throws {
    let region = try SmallRegion()
    func page(_ closures: [String]) throws -> String {
      #expect(try region.run(risk + closures + ["--report", "page.html"]).status == 0)
      return String(decoding: try region.data("page.html"), as: UTF8.self)
    }
    let plain = try page([])
    #expect(plain.contains("a bar is as long as the score"))
    // Exposure falls below its least value without the scenario, which is 0 on the scale.
    let closed = try page(["--close", "mode:road", "--close", "mode:rail"])
    #expect(closed.contains("what lowers a score below 0 is not drawn"))
    let legend = try #require(closed.split(separator: "<ul class=\"legend\">").dropFirst().first)
    #expect(legend.prefix(400).contains(#/>−[0-9.]+ to −[0-9.]+</#), "\(legend.prefix(400))")
  }

  @Test("a scenario from a file and from the command line give the same; both at once are refused")
  func file() throws {
    let region = try SmallRegion()
    try region.copy.write("name: crossing:west closed\nclose: {crossings: [west]}\n", to: "s.yaml")
    let words = risk + ["--format", "csv"]
    let file = try region.run(words + ["--scenario", "s.yaml"])
    #expect(file.status == 0 && file.text.contains("score_before"), "\(file)")
    #expect(try region.run(words + ["--close", "crossing:west"]).output == file.output)
    try region.run(words + ["--scenario", "s.yaml", "--close", "crossing:west"])
      .expectFailure(64, saying: ["--scenario", "--close"])
    try region.run(words + ["--scenario", "missing.yaml"])
      .expectFailure(66, saying: ["missing.yaml"])
  }

  @Test(
    "exposure is that of corridor exposure with the same words",
    arguments: [
      [], ["--from", "South Town", "--to", "Eastburg"],
      ["--from", "South Town", "--to", "Eastburg", "--model", "shortest"],
      ["--od", "flows.csv", "--model", "stoch", "--theta", "0.5"], ["--model", "psl"],
    ])
  func model(words: [String]) throws {
    let region = try SmallRegion()
    let rows = try provinces(
      region.run(risk + words + ["--exposure-measure", "length", "--format", "json"]))
    let json = try region.run(["exposure"] + words + ["--format", "json"]).json()
    let exposure = try #require(json["provinces"] as? [[String: Any]])
    var compared = 0
    for row in exposure {
      guard let id = row["id"] as? String, let own = rows[id] else { continue }
      let value = try #require((own["exposure"] as? [String: Any])?["value"] as? Double)
      let length = try #require(row["length_m"] as? Double)
      #expect(abs(value - length / 1000) <= 1e-9 * max(1, value), "\(id)")
      compared += 1
    }
    #expect(compared == rows.count && compared > 0)
  }
}
