import Foundation
import Testing

/// `--draws` on `corridor exposure` and `corridor simulate`.
@Suite("Draws of uncertain inputs")
struct UncertaintyTests {
  private let region: SmallRegion

  init() throws { region = try SmallRegion() }

  @Test("the same seed prints the same for any number of threads, another seed something else")
  func seeds() throws {
    func run(_ arguments: String...) throws -> Data {
      let run = try region.run(
        ["exposure", "--draws", "20", "--format", "json"] + arguments)
      #expect(run.status == 0, "\(run)")
      return run.output
    }
    let alone = try run("--threads", "1")
    #expect(try run("--threads", "2") == alone)
    #expect(try run("--threads", "4", "--seed", "1") == alone)
    #expect(try run("--seed", "2") != alone)
  }

  @Test("with ranges that have no width, every quantile is the run's own number")
  func certain() throws {
    try region.copy.write(
      """
      name: known
      transfer: {uniform: [1, 1], reason: r, source: s}
      speed: {road: {default: {uniform: [1, 1], reason: r, source: s}}}
      """, to: "known.yaml")
    let plain = try region.run("exposure", "--format", "json").json()
    let drawn = try region.run(
      "exposure", "--draws", "3", "--uncertainty", "known.yaml", "--format", "json"
    ).json()
    let rows = try #require(plain["provinces"] as? [[String: Any]])
    let ranges = try #require(drawn["provinces"] as? [[String: Any]])
    #expect(rows.count == ranges.count && !rows.isEmpty)
    for (row, range) in zip(rows, ranges) {
      let exposure = try #require(range["exposure"] as? [String: [String: Double]])
      for key in ["length_m", "travel_time_s", "entering_mass"] {
        let expected = try #require(row[key] as? Double)
        for field in ["plain", "mean", "p05", "p50", "p95"] {
          #expect(exposure[key]?[field] == expected, "\(key) \(field)")
        }
      }
    }
  }

  @Test("each format tells the ranges", arguments: ["table", "json", "csv", "geojson"])
  func formats(format: String) throws {
    for command in [["exposure"], ["simulate", "--close", "crossing:west"]] {
      let run = try region.run(command + ["--draws", "10", "--format", format])
      #expect(run.status == 0, "\(run)")
      #expect(run.text.contains("p05") && run.text.contains("p95"))
      if format == "table" {
        #expect(run.text.contains("Modelled potential, not observed trafficking."))
        #expect(run.text.split(separator: "\n").allSatisfy { $0.count <= 100 })
      }
    }
  }

  @Test(
    "options that are wrong or go with others are refused",
    arguments: [
      (
        ["exposure", "--draws", "1"], 64, "--draws is 1; expected a whole number from 2 to 100000."
      ),
      (["exposure", "--draws", "many"], 64, "--draws"),
      (["exposure", "--draws", "5", "--seed", "-1"], 64, "--seed"),
      (["exposure", "--seed", "1"], 64, "--seed goes with --draws."),
      (["exposure", "--rank-by", "time"], 64, "--rank-by goes with --draws."),
      (["exposure", "--uncertainty", "x.yaml"], 64, "--uncertainty goes with --draws."),
      (["exposure", "--draws", "5", "--rank-by", "speed"], 64, "--rank-by"),
      (["exposure", "--draws", "5", "--by", "link"], 64, "--draws goes with --by province"),
      (["exposure", "--draws", "5", "--uncertainty", "none.yaml"], 66, "none.yaml"),
      (
        [
          "simulate", "--close", "crossing:west", "--draws", "5", "--format", "csv", "--table",
          "trips",
        ],
        64, "--draws goes without --compare and --table."
      ),
    ] as [([String], Int32, String)])
  func refusals(arguments: [String], status: Int32, message: String) throws {
    let run = try region.run(arguments)
    #expect(run.status == status, "\(run)")
    #expect(run.errors.contains(message), "\(run)")
    #expect(run.output.isEmpty)
  }

  @Test("what the run warns of the route choice is told under draws too")
  func warnings() throws {
    let toy = ToyRegionFiles()
    let flows = ToyRegionFiles.folder + "/flows.csv"
    try region.copy.write(
      "name: known\ntransfer: {uniform: [1, 1], reason: r, source: s}\n", to: "known.yaml")
    let words = ["exposure", "--od", flows, "--model", "rl", "--theta", "0.8"]
    let plain = try toy.run(words)
    let drawn = try toy.run(
      words + ["--draws", "3", "--uncertainty", region.path("known.yaml"), "--format", "json"])
    #expect(plain.status == 0 && plain.errors.contains("theta is low"), "\(plain)")
    #expect(drawn.status == 0 && drawn.errors == plain.errors, "\(drawn)")
    let warnings = try #require(try drawn.json()["warnings"] as? [String])
    #expect(!warnings.isEmpty && warnings.allSatisfy { $0.contains("theta is low") })
    let calm = try toy.run(["exposure", "--od", flows, "--draws", "3", "--format", "json"])
    #expect((try calm.json()["warnings"] as? [String])?.isEmpty == true && calm.errors.isEmpty)
  }

  @Test("a file with a mistake is refused with its line")
  func badFile() throws {
    try region.copy.write(
      "name: x\ntransfer:\n  uniform: [2, 1]\n  reason: r\n  source: s\n", to: "bad.yaml")
    let run = try region.run("exposure", "--draws", "5", "--uncertainty", "bad.yaml")
    #expect(run.status == 65, "\(run)")
    #expect(
      run.errors.contains(
        "bad.yaml: line 3, transfer.uniform[1], is \"1\"; expected [low, high] in ascending order"),
      "\(run)")
  }
}
