import Foundation
import Testing

/// A few questions to the shipped data. Exact numbers are held by the examples, which are rewritten
/// when the data is; these tests hold what must not change with it.
@Suite("Shipped data")
struct ShippedDataTests {
  private func route(_ words: [String]) throws -> [String: Any] {
    let json = try CorridorProcess(["route"] + words + ["--format", "json"]).json()
    return try #require(json["route"] as? [String: Any])
  }

  @Test(
    "Almaty has many names",
    arguments: ["Almaty", "Алматы", "Алма-Ата", "Alma-Ata", "almaty", "76.95,43.25"])
  func almaty(name: String) throws {
    let route = try route(["Bishkek", name])
    #expect((route["crossings"] as? [String])?.contains("korday") == true)
    let length = try #require(route["length_m"] as? Double)
    // The road from Bishkek to Almaty is told as 235 to 240 km.
    #expect((215_000...265_000).contains(length), "\(length)")
  }

  @Test(
    "a layer's remark breaks into lines as all text does",
    arguments: [
      ["simulate", "--close", "crossing:korday"], ["posts", "--count", "1"],
      ["shelters", "--count", "1", "--weight", "flow"], ["demand", "passages"],
      ["demand", "roles"],
      ["exposure", "--draws", "2"],
    ])
  func widths(words: [String]) throws {
    let run = try CorridorProcess(words + ["--demand", "persons", "--model", "shortest"])
    #expect(run.status == 0 && run.text.contains("masses are relative"), "\(run)")
    for line in run.text.split(separator: "\n") { #expect(line.count <= 100, "\(line)") }
  }

  @Test("crossings whose use changes by traces are counted, not listed as 0.00")
  func traces() throws {
    let run = try CorridorProcess(
      ["simulate", "--close", "crossing:khorgos-road", "--demand", "persons-abroad"])
    #expect(run.status == 0, "\(run)")
    let start = try #require(run.text.range(of: "\nCrossing  "))
    let lines = run.text[start.upperBound...].split(
      separator: "\n", omittingEmptySubsequences: false
    ).prefix { !$0.isEmpty }
    #expect(lines.contains { $0.hasPrefix("and ") && $0.hasSuffix("by less than 0.01 each.") })
    // The first two are the header and the rule.
    for line in lines.dropFirst(2) where !line.hasPrefix("and ") {
      #expect(!line.hasSuffix(" 0.00"), "\(line)")
    }
  }

  @Test("Georgievka asks which one is meant")
  func ambiguous() throws {
    try CorridorProcess(["route", "Georgievka", "Almaty"])
      .expectFailure(67, saying: ["Georgievka", "ambiguous", "KZ-10", "KZ-31"])
  }

  @Test("the vintages differ in their provinces, not in the way")
  func vintages() throws {
    var totals: [Double] = []
    var provinces: [[String]] = []
    for vintage in ["2013", "2018", "2024"] {
      let route = try route(["Almaty", "Kalbatau", "--vintage", vintage])
      totals.append(try #require(route["length_m"] as? Double))
      provinces.append(try #require(route["province_order"] as? [String]))
    }
    #expect(totals[0] == totals[1] && totals[1] == totals[2])
    // Jetisu (KZ-33) and Abai (KZ-10) were made in 2022.
    #expect(provinces[2].contains("KZ-33") && provinces[2].contains("KZ-10"))
    #expect(provinces[0] == provinces[1] && provinces[0] != provinces[2])
  }

  @Test("closing Korday makes the way longer, and closing the border cuts it off")
  func closures() throws {
    let open = try route(["Bishkek", "Almaty"])
    let closed = try route(["Bishkek", "Almaty", "--close", "crossing:korday"])
    #expect((closed["crossings"] as? [String])?.contains("korday") == false)
    let before = try #require(open["travel_time_s"] as? Double)
    let after = try #require(closed["travel_time_s"] as? Double)
    #expect(after >= before)
  }

  @Test("every shipped scenario runs and changes something")
  func scenarios() throws {
    let folder = Repository.folder + "/examples/scenarios"
    let files = try FileManager.default.contentsOfDirectory(atPath: folder)
      .filter { $0.hasSuffix(".yaml") }
    #expect(files.count >= 8)
    for file in files {
      let json = try CorridorProcess(["simulate", folder + "/" + file, "--format", "json"]).json()
      #expect((json["without_effect"] as? [String])?.isEmpty == true, "\(file)")
      let closed = try #require(json["closed_link_count"] as? Int)
      let total = try #require(json["total"] as? [String: Any])
      let before = try #require(total["travel_time_before_s"] as? Double)
      let after = try #require(total["travel_time_after_s"] as? Double)
      #expect(closed > 0 || after > before, "\(file) closes nothing and delays nobody")
      // The day of 2020 closes crossings that no named corridor passes.
      #expect(after != before || file == "2020-closure.yaml", "\(file)")
    }
    let all = files.sorted().map { folder + "/" + $0 }
    let together = try CorridorProcess(["simulate", "--compare"] + all)
    #expect(together.status == 0, "\(together)")
    #expect(together.text.split(separator: "\n").allSatisfy { $0.count <= 100 })
  }
}
