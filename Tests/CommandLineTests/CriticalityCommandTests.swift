import Foundation
import Testing

@testable import corridor

@Suite("corridor criticality")
struct CriticalityCommandTests {
  @Test("each crossing closed by itself, as JSON, CSV and points on a map")
  func formats() throws {
    let region = try SmallRegion()
    let json = try region.run("criticality", "--od", "flows.csv", "--format", "json").json()
    let rows = try #require(json["rows"] as? [[String: Any]])
    #expect(Set(rows.compactMap { $0["id"] as? String }).isSubset(of: ["west", "east"]))
    #expect(!rows.isEmpty)
    #expect(json["over"] as? String == "crossings")
    #expect(json["by"] as? String == "hours")
    let ranks = rows.compactMap { $0["rank"] as? Int }
    #expect(ranks == ranks.sorted() && ranks.first == 1)
    let csv = try region.run("criticality", "--od", "flows.csv", "--format", "csv")
    #expect(csv.text.hasPrefix("rank,id,name,passing_mass,lost_mass,"))
    #expect(csv.text.split(separator: "\n").count == rows.count + 1)
    let map = try region.run("criticality", "--od", "flows.csv", "--format", "geojson").json()
    let features = try #require(map["features"] as? [[String: Any]])
    #expect(features.count == rows.count)
    #expect(
      features.allSatisfy { ($0["geometry"] as? [String: Any])?["type"] as? String == "Point" })
    let lines = try region.run(
      "criticality", "--od", "flows.csv", "--over", "links", "--format", "geojson"
    ).json()
    let links = try #require(lines["features"] as? [[String: Any]])
    #expect(
      links.allSatisfy { ($0["geometry"] as? [String: Any])?["type"] as? String == "LineString" })
  }

  @Test(
    "the table says what it is not, and fits 100 columns",
    arguments: [
      [], ["--together", "2"], ["--shapley"], ["--over", "chains"], ["--over", "sites"],
      ["--province", "XA-W", "--by", "province"], ["--model", "psl"],
    ])
  func table(words: [String]) throws {
    let region = try SmallRegion()
    let run = try region.run(["criticality", "--od", "flows.csv"] + words)
    #expect(run.status == 0, "\(run)")
    let text = run.text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    #expect(text.contains("not where controls are weak"), "\(run.text)")
    #expect(text.contains("Modelled potential, not observed trafficking."))
    #expect(run.text.split(separator: "\n").allSatisfy { $0.count <= 100 })
  }

  @Test(
    "Shapley values count crossings that stand in for others, though nobody passes them now",
    arguments: [[], ["--among", "all"], ["--among", "X1,X2,X3,X4"]])
  func shapleyOfAll(words: [String]) throws {
    let toy = Repository.folder + "/Tests/Fixtures/toy-region/"
    let files = ["network", "provinces", "crossings", "settlements"].flatMap {
      ["--\($0)", toy + $0 + ".geojson"]
    }
    let run = try CorridorProcess(
      [
        "criticality", "--shapley", "--model", "shortest", "--od", toy + "flows.csv", "--profile",
        toy + "profile.yaml", "--format", "json", "--no-cache", "--countries", "XA",
      ] + files + words)
    let rows = try #require(run.json()["rows"] as? [[String: Any]])
    let values = Dictionary(
      uniqueKeysWithValues: rows.map { ($0["id"] as? String ?? "", $0["value"] as? Double ?? 0) })
    let expected = ["X1": 110.0 / 3, "X2": 110.0 / 3, "X3": 245.0 / 3, "X4": 15]
    #expect(values.keys.sorted() == expected.keys.sorted())
    for (id, value) in expected { #expect(abs((values[id] ?? 0) - value) < 1e-9, "\(id)") }
  }

  @Test("of more crossings than exact values are for, the table says which are left out")
  func shapleyOfMany() throws {
    let words = [
      "criticality", "--from", "Bishkek", "--to", "Almaty", "--model", "shortest", "--shapley",
    ]
    let run = try CorridorProcess(words)
    let text = run.text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    #expect(text.contains("crossings that no trip passes now stay open here; --among"), "\(run)")
    let some = try CorridorProcess(words + ["--among", "korday,karasu"])
    #expect(!some.text.contains("stay open here"), "\(some)")
  }

  @Test("named corridors are closed to as well")
  func corridors() throws {
    let region = try SmallRegion()
    let run = try region.run("criticality", "--format", "json")
    #expect(try !#require(run.json()["rows"] as? [Any]).isEmpty)
  }

  @Test(
    "a wrong command line ends with 64",
    arguments: [
      ["--together", "0"], ["--together", "4"], ["--by", "best"], ["--by", "province"],
      ["--over", "people"], ["--shapley", "--together", "2"], ["--samples", "10"],
      ["--shapley", "--samples", "1"], ["--top=-1"], ["--exposure-measure", "time"],
      ["--over", "links", "--together", "2"], ["--over", "links", "--among", "west"],
      ["--among", " , "], ["--model", "shortest", "--theta", "2"], ["--seed", "3"],
    ])
  func usage(words: [String]) throws {
    let region = try SmallRegion()
    let run = try region.run(["criticality", "--od", "flows.csv"] + words)
    #expect(run.status == 64, "\(run)")
    #expect(run.output.isEmpty)
  }

  @Test(
    "a name that nothing answers to ends with 67 and says what to try",
    arguments: [
      (["--among", "wets"], ["unknown crossing \"wets\"", "west"]),
      (["--among", "XA-XC"], ["border \"XA-XC\" is unknown", "XA-XB"]),
      (["--province", "XA-Q"], ["unknown province \"XA-Q\""]),
      (["--close", "crossing:nowhere"], ["unknown crossing \"nowhere\""]),
      (["--close", "everything"], ["closure \"everything\""]),
    ])
  func names(words: [String], says: [String]) throws {
    let region = try SmallRegion()
    try region.run(["criticality", "--od", "flows.csv"] + words).expectFailure(67, saying: says)
  }

  @Test("a crossing that is closed already cannot be closed")
  func closedAlready() throws {
    let region = try SmallRegion()
    try region.run(
      "criticality", "--od", "flows.csv", "--close", "crossing:west", "--among", "west"
    ).expectFailure(65, saying: ["\"west\"", "open"])
  }

  @Test("any number of threads writes the same bytes")
  func threads() throws {
    let region = try SmallRegion()
    for words in [["--together", "2"], ["--shapley", "--samples", "20"], ["--over", "links"]] {
      let runs = try ["1", "3"].map {
        try region.run(
          ["criticality", "--od", "flows.csv", "--format", "json", "--threads", $0] + words)
      }
      #expect(runs[0].status == 0 && runs[0].output == runs[1].output, "\(words)")
    }
  }
}

@Suite("Progress on a terminal")
struct TerminalProgressTests {
  private final class Sink: @unchecked Sendable {
    private let lock = NSLock()
    private var parts: [String] = []
    func add(_ text: String) { lock.withLock { parts.append(text) } }
    var all: [String] { lock.withLock { parts } }
  }

  @Test("nothing in the first two seconds, then how much is left; the line is wiped at the end")
  func line() {
    let sink = Sink()
    let progress = TerminalProgress("closures", total: 200, isTerminal: true) { sink.add($0) }
    let start = ContinuousClock.now
    progress.update(10, of: nil, at: start + .seconds(1))
    #expect(sink.all.isEmpty)
    progress.update(50, of: nil, at: start + .seconds(10))
    #expect(sink.all.count == 1)
    #expect(sink.all[0].hasPrefix("\r\u{1B}[2Kclosures: 50 of 200 (25 %), 0:"))
    #expect(sink.all[0].hasSuffix(" left"))
    // Too soon after the last, and a late report of less.
    progress.update(51, of: nil, at: start + .seconds(10))
    #expect(sink.all.count == 1)
    progress.update(40, of: 400, at: start + .seconds(20))
    #expect(sink.all.last?.contains("51 of 400 (12 %)") == true)
    progress.finish()
    #expect(sink.all.last == "\r\u{1B}[2K")
    progress.update(200, of: nil, at: start + .seconds(30))
    #expect(sink.all.count == 3)
  }

  @Test("nothing at all where the standard error is no terminal")
  func noTerminal() {
    let sink = Sink()
    let progress = TerminalProgress("closures", total: 2, isTerminal: false) { sink.add($0) }
    progress.update(1, of: nil, at: .now + .seconds(60))
    progress.finish()
    #expect(sink.all.isEmpty)
  }
}
