import Foundation
import Testing

/// `corridor posts` and `corridor shelters` as a user starts them, on the small region.
@Suite("Posts and shelters on the command line")
struct PostsTests {
  private static let table = """
    place,kind,name,since,source
    Westburg,shelter,A House,2006,invented
    South Town,ngo,,,invented

    """

  private func region() throws -> SmallRegion {
    let region = try SmallRegion()
    try region.copy.write(Self.table, to: "organisations.csv")
    return region
  }

  private static let posts = ["posts", "--count", "1", "--on", "2024-07-01"]
  private static let shelters = [
    "shelters", "--count", "1", "--organisations", "organisations.csv",
    "--min-candidate-population", "1000", "--within", "1",
  ]

  @Test("shipped help that the user's own settlements do not hold: what to give is told")
  func shippedHelp() throws {
    let region = try SmallRegion()
    try region.run("shelters", "--count", "1").expectFailure(
      67,
      saying: ["--organisations or --existing none is needed: ", "organisations.csv:", "Almaty"])
    #expect(try region.run("shelters", "--count", "1", "--existing", "none").status == 0)
  }

  @Test(
    "a wrong option ends with 64 and says what was expected",
    arguments: [
      (["posts", "--count", "0"], "--count is 0"), (["posts", "--count", "-1"], "--count"),
      (["posts", "--count", "many"], "--count"),
      (["posts", "--count", "1", "--model", "stoch"], "shortest or psl"),
      (["posts", "--count", "1", "--model", "rl"], "shortest or psl"),
      (["posts", "--count", "1", "--node-limit", "0"], "--node-limit is 0"),
      (["posts", "--count", "1", "--min-population=-1"], "--min-population is -1"),
      (["posts", "--count", "1", "--sites", "roads"], "--sites"), (["posts"], "--count"),
      (["shelters", "--count", "0"], "--count is 0"), (["shelters"], "--count"),
      (["shelters", "--count", "1", "--within=-1"], "--within is -1"),
      (["shelters", "--count", "1", "--within", "nan"], "--within is nan"),
      (["shelters", "--count", "1", "--within", "0"], "--within is 0"),
      (["shelters", "--count", "1", "--weight", "cases"], "--weight"),
      (["shelters", "--count", "1", "--existing", "some"], "--existing"),
    ])
  func usage(words: [String], says: String) throws {
    let run = try CorridorProcess(words)
    #expect(run.status == 64, "\(run)")
    #expect(run.output.isEmpty && run.errors.contains(says), "\(run)")
  }

  @Test(
    "a name that nothing answers to ends with 67 and says what does",
    arguments: [
      (["--fixed", "wets"], ["\"wets\"", "west"]), (["--exclude", "east,nsot"], ["\"nsot\""]),
      (["--sites", "settlements", "--fixed", "Westbrug"], ["Westbrug"]),
      (["--corridor", "C7"], ["corridor \"C7\"", "C1"]),
      (["--from", "Westbrug", "--to", "Eastburg"], ["Westbrug", "Westburg"]),
    ] as [([String], [String])])
  func names(options: [String], says: [String]) throws {
    try region().run(Self.posts + options).expectFailure(67, saying: says)
  }

  @Test("what contradicts itself ends with 64")
  func contradictions() throws {
    let region = try region()
    try region.run(Self.posts + ["--fixed", "west", "--exclude", "west,east"])
      .expectFailure(64, saying: ["west is both fixed and excluded"])
    try region.run(Self.shelters + ["--weight", "flow", "--from", "Isle", "--to", "Isle"])
      .expectFailure(64, saying: ["no modelled way passes a town"])
  }

  @Test(
    "organisations are checked cell by cell",
    arguments: [
      ("", 65, ["organisations.csv: is empty"]),
      ("place,kind\nWestburg,ngo\n", 65, ["organisations.csv:1", "'source' is missing"]),
      ("place,kind,source\nWestburg,charity,x\n", 65, ["organisations.csv:2: kind is 'charity'"]),
      ("place,kind,source\nWestburg,ngo,\n", 65, ["organisations.csv:2: source is ''"]),
      (
        "place,kind,source,since\nWestburg,ngo,x,1700\n", 65,
        ["organisations.csv:2: since is '1700'"]
      ),
      ("place,kind,source\nWestbrug,ngo,x\n", 67, ["organisations.csv:2", "Westburg"]),
    ] as [(String, Int32, [String])])
  func organisations(table: String, status: Int32, says: [String]) throws {
    let region = try region()
    try region.copy.write(table, to: "organisations.csv")
    try region.run(Self.shelters).expectFailure(status, saying: says)
  }

  @Test("a missing file of organisations ends with 66, an output that cannot be written with 73")
  func files() throws {
    let region = try region()
    try region.run("shelters", "--count", "1", "--organisations", "none.csv")
      .expectFailure(66, saying: ["none.csv"])
    for words in [Self.posts, Self.shelters] {
      try region.run(words + ["--format", "geojson", "--output", "no/such/folder/x.geojson"])
        .expectFailure(73, saying: ["no/such/folder/x.geojson"])
    }
  }

  @Test("one post: the west crossing meets the corridors that pass it, by hand")
  func onePost() throws {
    let region = try region()
    let json = try region.run(
      Self.posts + ["--corridor", "C1", "--corridor", "C3", "--format", "json"]
    ).json()
    // C1 has the crossing as a waypoint; the railway of C3 stays within one country.
    #expect(json["connected_mass"] as? Double == 2)
    let best = try #require(json["best"] as? [String: Any])
    #expect(best["posts"] as? [String] == ["west"])
    #expect(best["captured_share"] as? Double == 0.5)
    #expect(json["is_optimal"] as? Bool == true && json["gap"] as? Double == 0)
    let byDetour = try #require(best["captured_share_by_detour"] as? [[String: Double]])
    #expect(byDetour.compactMap { $0["detour"] } == [0, 0.1, 0.25, 0.5])
    #expect((json["notes"] as? [String])?.count == 2)
    let manifest = try #require(json["manifest"] as? [String: Any])
    #expect((manifest["options"] as? [String: String])?["count"] == "1")
  }

  @Test("a post that stands already is told apart and is no new one")
  func fixed() throws {
    let json = try region().run(
      Self.posts + ["--fixed", "west", "--from", "South Town", "--to", "Westburg"]
        + ["--model", "psl", "--format", "json"]
    ).json()
    let fixed = try #require((json["fixed"] as? [String: Any])?["captured_share"] as? Double)
    let best = try #require(json["best"] as? [String: Any])
    #expect(fixed > 0 && fixed <= (best["captured_share"] as? Double ?? 0))
    #expect((best["posts"] as? [String])?.contains("west") == false)
    let options = (json["manifest"] as? [String: Any])?["options"] as? [String: String]
    #expect(options?["model"] == "psl" && options?["fixed"] == "west")
  }

  @Test("a model does not change a named corridor, and that is said")
  func corridorModel() throws {
    let region = try region()
    let plain = try region.run(Self.posts + ["--format", "csv"])
    let run = try region.run(Self.posts + ["--format", "csv", "--model", "psl"])
    #expect(plain.status == 0 && run.status == 0 && plain.errors.isEmpty, "\(plain)\(run)")
    #expect(run.output == plain.output && run.errors.contains("a named corridor is its one way"))
  }

  @Test(
    "every format is written: table, JSON, CSV and GeoJSON",
    arguments: [
      posts, posts + ["--sites", "both", "--min-population", "1000", "--by-site"], shelters,
      shelters + ["--weight", "both", "--from", "South Town", "--to", "Westburg"],
    ])
  func formats(words: [String]) throws {
    let region = try region()
    let table = try region.run(words)
    #expect(table.status == 0, "\(table)")
    for line in table.text.split(separator: "\n") {
      #expect(line.count <= 100 && line.last != " ", "\(line)|")
    }
    let json = try region.run(words + ["--format", "json"]).json()
    let rows = try #require(json[words[0] == "posts" ? "sites" : "provinces"] as? [[String: Any]])
    let csv = try region.run(words + ["--format", "csv"]).text.split(separator: "\n")
    #expect(csv.count == rows.count + 1 && !rows.isEmpty)
    let map = try region.run(words + ["--format", "geojson"]).json()
    let features = try #require(map["features"] as? [[String: Any]])
    #expect(features.count >= rows.count)
    for feature in features { #expect(feature["geometry"] is [String: Any]) }
  }

  @Test("the help has examples that begin with the name and fits in 80 columns")
  func help() throws {
    for name in ["posts", "shelters"] {
      let run = try CorridorProcess([name, "--help"])
      #expect(run.status == 0 && run.text.contains("EXAMPLES\n  corridor \(name) "), "\(run.text)")
      for line in run.text.split(separator: "\n") { #expect(line.count <= 80, "\(line)") }
    }
  }
}
