import Foundation
import Testing

/// `corridor simulate` as a whole: its ways to say a scenario, its tables and its comparison.
@Suite("simulate")
struct SimulateTests {
  private let region: SmallRegion

  init() throws { region = try SmallRegion() }

  private func csv(_ run: CorridorProcess) -> [[String]] {
    #expect(run.status == 0, "\(run)")
    return run.text.split(separator: "\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
  }

  @Test("the words of the command line make the scenario that a file makes")
  func words() throws {
    try region.copy.write(
      """
      name: both
      close: {crossings: [west]}
      delay: [{crossings: [east], added_h: 2}]
      """, to: "both.yaml")
    let file = try region.run("simulate", "both.yaml", "--format", "csv")
    let quick = try region.run(
      "simulate", "--close", "crossing:west", "--delay", "crossing:east=2h", "--format", "csv")
    #expect(file.status == 0 && file.output == quick.output, "\(file)\n\(quick)")
  }

  @Test("a day alone is compared with today, beside a closure it holds in both states")
  func day() throws {
    // West Gate was closed from March 2020 to February 2021.
    func closed(_ arguments: String...) throws -> [String] {
      let json = try region.run(["simulate", "--format", "json"] + arguments).json()
      return try #require(json["closed_crossings"] as? [String])
    }
    #expect(try closed("--on", "2020-06-01") == ["west"])
    #expect(try closed("--on", "2022-06-01").isEmpty)
    #expect(try closed("--on", "2020-06-01", "--close", "crossing:east") == ["east"])
    try region.copy.write(
      "name: x\ndate: {from: 2020-03-01, to: 2020-04-01}", to: "span.yaml")
    #expect(try closed("span.yaml").contains("west"))
    let before = try region.run("exposure", "--on", "2020-06-01", "--format", "csv")
    let shut = try region.run("exposure", "--close", "crossing:west", "--format", "csv")
    #expect(before.status == 0 && before.output == shut.output)
  }

  @Test("a day or a closure that changes nothing says so in place of an empty table")
  func noChange() throws {
    let day = try region.run("simulate", "--on", "2022-06-01")
    #expect(day.status == 0, "\(day)")
    #expect(
      day.text.contains("Nothing changes with the crossing statuses of 2022-06-01:"), "\(day)")
    #expect(!day.text.contains("Province"))
    try region.copy.write(
      """
      {"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {"name": "Far"},
      "geometry": {"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1], [0, 0]]]}}]}
      """, to: "far.geojson")
    try region.copy.write("name: x\nclose: {areas: [far.geojson]}", to: "far.yaml")
    let area = try region.run("simulate", "far.yaml")
    #expect(area.text.contains("Closes nothing that was open: area Far"), "\(area)")
    #expect(area.text.contains("Nothing changes under this scenario:"), "\(area)")
    let closed = try region.run("simulate", "--close", "crossing:west")
    #expect(!closed.text.contains("Nothing changes") && closed.text.contains("Province"))
  }

  @Test(
    "each table of a CSV has a row for each of its things, and the same width in all of them",
    arguments: [
      ("provinces", "id,name,country,length_before_m"), ("crossings", "id,site,name,border,mode"),
      ("trips", "id,layer,mass"), ("displacement", "id,"), ("cut-off", "id,from,to,mass,kind"),
    ])
  func tables(table: String, header: String) throws {
    let run = try region.run(
      "simulate", "--close", "crossing:west", "--close", "crossing:east", "--format", "csv",
      "--table", table)
    #expect(run.status == 0, "\(run)")
    #expect(run.text.hasPrefix(header), "\(run.text)")
    #expect(run.text.split(separator: "\n").count > 1)
    if table == "crossings" {
      let rows = csv(run)
      #expect(rows.dropFirst().map { $0[0] }.sorted() == ["east", "west"])
      #expect(rows.dropFirst().allSatisfy { $0.count == rows[0].count && $0[8] == "true" })
    }
  }

  @Test("a comparison tells of each file what it tells alone")
  func compare() throws {
    try region.copy.write("name: East\nclose: {crossings: [east]}", to: "east.yaml")
    try region.copy.write(
      "name: Slow\ndelay: [{borders: [XA-XB], dwell_factor: 2}]", to: "slow.yaml")
    let files = ["closure.yaml", "east.yaml", "slow.yaml"]
    for table in ["provinces", "crossings", "trips"] {
      let options = ["--format", "csv", "--table", table]
      let together = try region.run(["simulate", "--compare"] + files + options)
      #expect(together.status == 0, "\(together)")
      var expected: [String] = []
      for (label, file) in zip(["A", "B", "C"], files) {
        let alone = try region.run(["simulate", file] + options)
        let rows = alone.text.split(separator: "\n").map(String.init)
        if expected.isEmpty { expected.append("label,scenario," + rows[0]) }
        let name = ["A": "West Gate closed", "B": "East", "C": "Slow"][label] ?? ""
        expected += rows.dropFirst().map { "\(label),\(name),\($0)" }
      }
      #expect(together.text.split(separator: "\n").map(String.init) == expected, "\(table)")
    }
    let text = try region.run(["simulate", "--compare"] + files)
    #expect(text.text.hasPrefix("A: West Gate closed\nB: East\nC: Slow\n"), "\(text.text)")
    let json = try region.run(
      ["simulate", files[0], "--compare"] + files.dropFirst() + ["--format", "json"]
    ).json()
    #expect((json["scenarios"] as? [[String: Any]])?.count == 3)
    let map = try region.run(["simulate", "--compare"] + files + ["--format", "geojson"]).json()
    let features = try #require(map["features"] as? [[String: Any]])
    let kinds = features.compactMap { ($0["properties"] as? [String: Any])?["kind"] as? String }
    #expect(kinds.count == features.count && Set(kinds) == ["province", "crossing"])
  }

  @Test("the dwell of a border doubled adds its dwell, and no more, to the trips that pass it")
  func doubled() throws {
    let json = try region.run(
      "simulate", "--delay", "border:XA-XB=x2", "--corridor", "C1", "--format", "json"
    ).json()
    let again = try region.run(
      "simulate", "--delay", "crossing:west=x2", "--corridor", "C1", "--format", "json"
    ).json()
    let trip = try #require((json["trips"] as? [[String: Any]])?.first)
    let other = try #require((again["trips"] as? [[String: Any]])?.first)
    let crossings = try JSONSerialization.jsonObject(with: region.data("crossings.geojson"))
    let features = try #require((crossings as? [String: Any])?["features"] as? [[String: Any]])
    let west = try #require(features.first { $0["id"] as? String == "west" })
    let dwell = try #require(
      ((west["properties"] as? [String: Any])?["dwell_h"] as? [String: Any])?["mode"] as? Double)
    let change = try #require(trip["travel_time_change_s"] as? Double)
    #expect(abs(change - 3600 * dwell) < 1e-6)
    #expect(other["travel_time_change_s"] as? Double == change)
  }

  @Test(
    "what does not go together is refused with what does",
    arguments: [
      (["simulate"], 64, ["nothing to simulate", "--on"]),
      (["simulate", "--compare", "closure.yaml"], 64, ["nothing to compare with"]),
      (
        ["simulate", "--compare", "closure.yaml", "closure.yaml", "--close", "crossing:east"], 64,
        ["--compare takes files"]
      ),
      (["simulate", "--compare", "closure.yaml", "gone.yaml"], 66, ["gone.yaml"]),
      (["simulate", "closure.yaml", "--table", "crossings"], 64, ["--table", "--format csv"]),
      (["simulate", "closure.yaml", "--format", "csv", "--table", "people"], 64, ["people"]),
      (["simulate", "closure.yaml", "--delay", "crossing:west=2h"], 64, ["exclude one another"]),
      (["simulate", "--close", "road:A3"], 65, ["road \"A3\"", "\"name\" or \"ref\""]),
      (["simulate", "--close", "road:"], 67, ["road:NAME"]),
      (["simulate", "--delay", "mode:road=x2"], 67, ["border:", "road:"]),
      (["simulate", "--on", "winter"], 64, ["winter", "2024-02-29"]),
    ] as [([String], Int32, [String])])
  func refused(arguments: [String], status: Int32, says: [String]) throws {
    let run = try region.run(arguments)
    #expect(run.status == status, "\(run)")
    #expect(run.output.isEmpty)
    for part in says { #expect(run.errors.contains(part), "\(run)") }
  }

  @Test(
    "mistakes in the newer keys of a file are told with line, key and expectation",
    arguments: [
      ("name: x\nseason: monsoon", 65, ["line 2", "season", "monsoon", "winter"]),
      ("name: x\nmonths: [0]", 65, ["line 2", "months[0]", "\"0\""]),
      ("name: x\ndate: {from: 2020-05-01, to: 2020-04-01}", 65, ["line 2", "date.to"]),
      ("name: x\ndate: [2020-05-01]", 65, ["line 2", "date", "a list"]),
      ("name: x\nclose:\n  roads: [A3]", 65, ["road \"A3\""]),
      ("name: x\nclose:\n  roads: {A3: 1}", 65, ["line 3", "close.roads", "a mapping"]),
      (
        "name: x\ndelay:\n  - crossings: [west]\n    added_h: {low: 2, mode: 1, high: 3}", 65,
        ["line 4", "added_h", "low ≤ mode ≤ high"]
      ),
      (
        "name: x\ndelay:\n  - {crossings: [west], dwell_factor: 0}", 65,
        ["line 3", "dwell_factor", "\"0\"", "from 1 to"]
      ),
      ("name: x\ndelay: [{roads: [M39], added_h: 1}]", 65, ["road \"M39\""]),
    ] as [(String, Int32, [String])])
  func mistakes(yaml: String, status: Int32, says: [String]) throws {
    try region.copy.write(yaml, to: "scenario.yaml")
    try region.run("simulate", "scenario.yaml").expectFailure(status, saying: says)
  }
}
