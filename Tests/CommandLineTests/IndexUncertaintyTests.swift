import Foundation
import Testing

/// `--draws`, `--uncertainty` and `--sensitivity` on `corridor risk` and `corridor index`.
@Suite("How sure an index is")
struct IndexUncertaintyTests {
  private let region: SmallRegion
  private let risk = ["risk", "--country", "XA", "--indicators", "indicators.csv"]

  init() throws {
    region = try SmallRegion()
    try region.copy.write(
      """
      name: Small
      normalisation: {among: [min-max, percentile], reason: r, source: s}
      aggregation: {among: [arithmetic, geometric], reason: r, source: s}
      weights: {spread: 0.25, reason: r, source: s}
      exposure: {draws: 5, reason: r, source: s}
      """, to: "unsure.yaml")
  }

  private func part(_ words: [String]) throws -> [String: Any] {
    let run = try region.run(risk + words + ["--format", "json"])
    #expect(run.status == 0, "\(run)")
    return try #require(try run.json()["uncertainty"] as? [String: Any])
  }

  @Test("the same seed prints the same for any number of threads, another seed something else")
  func seeds() throws {
    func run(_ words: String...) throws -> Data {
      let run = try region.run(
        risk + ["--uncertainty", "unsure.yaml", "--draws", "40", "--sensitivity"] + words
          + ["--format", "json"])
      #expect(run.status == 0, "\(run)")
      return run.output
    }
    let alone = try run("--threads", "1")
    #expect(try run("--threads", "3") == alone)
    #expect(try run("--seed", "1") == alone)
    #expect(try run("--seed", "2") != alone)
  }

  @Test("what a file names varies, and nothing else; scores without draws stay as they are")
  func factors() throws {
    let part = try part(["--uncertainty", "unsure.yaml", "--draws", "40"])
    let factors = try #require(part["factors"] as? [[String: Any]])
    #expect(
      factors.map { $0["name"] as? String } == [
        "normalisation", "aggregation", "weights", "exposure",
      ])
    #expect(factors[0]["alternatives"] as? [String] == ["min-max", "percentile"])
    #expect((part["inputs"] as? [[String: Any]])?.count == 4)
    #expect(part["draws"] as? Int == 40 && part["seed"] as? Int == 1)
    #expect(part["sensitivity"] == nil)
    // A score of the recipe's own does not change because draws stand beside it.
    let plain = try region.run(risk + ["--format", "json"]).json()
    let drawn = try region.run(
      risk + ["--uncertainty", "unsure.yaml", "--draws", "40", "--format", "json"]
    ).json()
    #expect(plain["uncertainty"] == nil)
    func scores(_ json: [String: Any]) -> [Double?] {
      (json["provinces"] as? [[String: Any]] ?? []).map { $0["score"] as? Double }
    }
    #expect(scores(plain) == scores(drawn) && !scores(plain).isEmpty)
    // Without a share exposure is not drawn.
    let without = try self.part(
      ["--uncertainty", "unsure.yaml", "--draws", "40", "--exposure-weight", "0"])
    #expect((without["factors"] as? [[String: Any]])?.count == 3)
  }

  @Test("each format tells the intervals", arguments: ["table", "json", "csv", "geojson"])
  func formats(format: String) throws {
    let run = try region.run(
      risk + ["--uncertainty", "unsure.yaml", "--sensitivity", "--format", format])
    #expect(run.status == 0, "\(run)")
    #expect(run.text.contains("p05") && run.text.contains("p95"))
    if format == "table" {
      #expect(run.text.contains("1000 draws (seed 1) of normalisation (min-max, percentile)"))
      #expect(run.text.contains("What moves ranks:"))
      #expect(run.text.contains("Two units differ only where that is 0.95 or more"))
      #expect(run.text.contains("Modelled potential, not observed trafficking."))
      #expect(run.text.split(separator: "\n").allSatisfy { $0.count <= 100 })
    }
    if format == "csv" {
      let rows = run.text.split(separator: "\n").map {
        // Publishers and the notice have commas and stand in quotes.
        $0.replacing(#/"[^"]*"/#, with: "").split(separator: ",", omittingEmptySubsequences: false)
          .count
      }
      #expect(Set(rows).count == 1)
    }
  }

  @Test(
    "corridor index has the same, with what is varied for any index unless a file says otherwise")
  func index() throws {
    let shipped = Repository.folder + "/geodata/index/"
    let words = [
      "index", "--framework", shipped + "gsi-2013.json", "--data", shipped + "indicators-2024.csv",
    ]
    let json = try CorridorProcess(words + ["--draws", "50", "--sensitivity", "--format", "json"])
      .json()
    let part = try #require(json["uncertainty"] as? [String: Any])
    #expect(part["name"] as? String == "standard")
    #expect((part["units"] as? [[String: Any]])?.count == 20)
    #expect((part["pairs"] as? [[String: Any]])?.count == 190)
    let sensitivity = try #require(part["sensitivity"] as? [String: Any])
    #expect(sensitivity["rows"] as? Int == 256)
    #expect(sensitivity["runs"] as? Int == 256 * 6)
    let explained = try CorridorProcess(words + ["--draws", "50", "--explain", "KZ-31"])
    #expect(explained.status == 0 && explained.text.contains("p05–p95"), "\(explained)")
  }

  @Test(
    "options and files that are wrong are refused",
    arguments: [
      (["--draws", "1"], 64, "--draws is 1; expected a whole number from 2 to 100000."),
      (["--draws", "many"], 64, "--draws"),
      (["--seed", "2"], 64, "--seed goes with --draws, --uncertainty or --sensitivity."),
      (["--uncertainty", "none.yaml"], 66, "none.yaml"),
      (["--uncertainty", "indicators.csv"], 65, "indicators.csv"),
      (["--uncertainty", "z.yaml"], 65, "normalisation z with aggregation geometric"),
      (["--uncertainty", "unknown.yaml"], 65, "unknown.yaml: line 2, figures[0].indicator"),
    ])
  func refused(words: [String], status: Int32, says: String) throws {
    try region.copy.write(
      """
      name: z
      normalisation: {among: [min-max, z], reason: r, source: s}
      aggregation: {among: [arithmetic, geometric], reason: r, source: s}
      """, to: "z.yaml")
    try region.copy.write(
      "name: u\nfigures: [{indicator: homicides, relative: 0.1, reason: r, source: s}]\n",
      to: "unknown.yaml")
    let run = try region.run(risk + words)
    #expect(run.status == status, "\(run)")
    #expect(run.output.isEmpty)
    #expect(run.errors.contains(says), "\(run)")
  }
}

/// `--diagnose` on `corridor risk` and `corridor index`.
@Suite("How an index is built")
struct DiagnosisCommandTests {
  @Test("correlations, weights, flags and profiles, as table, JSON and CSV")
  func diagnosis() throws {
    let json = try CorridorProcess(["risk", "--diagnose", "--format", "json"]).json()
    let indicators = try #require(json["indicators"] as? [[String: Any]])
    let nominal = indicators.compactMap { $0["nominal_weight"] as? Double }
    #expect(nominal.count == 5 && abs(nominal.reduce(0, +) - 1) < 1e-12)
    let groups = try #require(json["groups"] as? [[String: Any]])
    #expect((groups.first?["members"] as? [String])?.contains("state_stability") == true)
    #expect((json["profiles"] as? [[String: Any]])?.count == 20)
    let table = try CorridorProcess(["risk", "--diagnose"])
    #expect(table.text.contains("Modelled potential, not observed trafficking."))
    #expect(table.text.contains("α"))
    #expect(table.text.split(separator: "\n").allSatisfy { $0.count <= 80 })
    let csv = try CorridorProcess(["risk", "--diagnose", "--format", "csv"])
    #expect(csv.text.split(separator: "\n").count == 6)
  }

  @Test(
    "it stands alone",
    arguments: [
      ["--explain", "KZ-31"], ["--draws", "10"], ["--sensitivity"], ["--close", "crossing:korday"],
      ["--format", "geojson"],
    ])
  func alone(words: [String]) throws {
    let run = try CorridorProcess(["risk", "--diagnose"] + words)
    #expect(run.status == 64, "\(run)")
    #expect(run.output.isEmpty)
  }
}
