import Foundation
import Testing

/// Words on the command line, tables and scenarios that ask for what is not there.
@Suite("Bad questions")
struct BadQuestionTests {
  @Test(
    "a place that is unknown, ambiguous or far away ends with 67 and says what to try",
    arguments: [
      ("Westbrug", ["unknown place \"Westbrug\"", "Westburg"]),
      ("Qqqqqqqqqq", ["unknown place \"Qqqqqqqqqq\"; expected a settlement, a node's id or "]),
      ("", ["place \"\" is unknown; expected a name, longitude,latitude or a node's id"]),
      ("1 2,3 4", ["unknown place \"1 2,3 4\""]),
      ("Twin", ["\"Twin\" is ambiguous", "say \"Twin, XA-W\"", "say \"Twin, XA-E\""]),
      ("Twin, XB", ["Twin, XB"]),
      ("Faraway", ["Faraway is 187.0 km", "30.0 km", "--snap-km"]),
      ("0,0", ["0,0 is", "km", "--snap-km"]),
      ("43.6,71", ["43.6,71 (longitude comes first; swapped?) is", "km"]),
      ("71,143.6", ["71,143.6", "latitude"]),
      ("143.6,143.6", ["143.6,143.6", "-90…90"]),
      ("nan,43", ["nan,43", "finite"]), ("71,inf", ["71,inf", "finite"]),
      ("1e400,43", ["1e400,43", "finite"]), ("1e308,1e308", ["1e308,1e308"]),
      ("-71,43.6", ["-71,43.6 is", "km"]), ("-x", ["unknown place \"-x\""]),
      ("71;43.6", ["unknown place \"71;43.6\""]),
      ("a\nb", ["unknown place"]),
      (String(repeating: "West", count: 5000), ["unknown place"]),
    ] as [(String, [String])])
  func places(name: String, says: [String]) throws {
    let region = try SmallRegion()
    // After "--" a place may begin with a minus.
    let run = try CorridorProcess(
      ["route"] + region.options + ["--", "South Town", name], in: region.copy.path)
    run.expectFailure(67, saying: says)
  }

  @Test(
    "a number below 0 is told with what is expected, and not taken for an option",
    arguments: [
      (
        ["exposure", "--model", "psl", "--theta", "-1"], "--theta is -1.0; expected a number from 0"
      ),
      (
        ["exposure", "--model", "psl", "--beta", "-.5"], "--beta is -0.5; expected a number from 0"
      ),
      (["exposure", "--model", "psl", "--k", "-3"], "--k is -3; expected a whole number from 1"),
      (["exposure", "--theta-range", "-1:1:5"], "--theta-range is \"-1:1:5\"; expected LOW:HIGH"),
      (["exposure", "--theta-range", "1:2"], "--theta-range is \"1:2\"; expected LOW:HIGH:COUNT"),
      (["exposure", "--draws", "-5"], "--draws is -5; expected a whole number from 2"),
      (["exposure", "--model", "psl", "--theta", "-inf"], "--theta is -inf; expected a number"),
      (
        ["exposure", "--demand", "persons", "--domestic-share", "-1"],
        "--domestic-share is -1.0; expected a share from 0 to 1"
      ),
      (["exposure", "--snap-km", "-1"], "--snap-km is -1.0; expected kilometres, 0 or more"),
      (["exposure", "--threads", "-1"], "--threads is -1; expected 0 or more"),
      (["criticality", "--together", "-1"], "--together is -1; expected 2 or 3"),
      (["criticality", "--top", "-1"], "--top is -1; expected 0 or more"),
      (["posts", "--count", "-1"], "--count is -1; expected 1 or more"),
      (["shelters", "--count", "1", "--within", "-2"], "--within is -2.0"),
    ] as [([String], String)])
  func belowZero(words: [String], says: String) throws {
    let run = try SmallRegion().run(words)
    #expect(run.status == 64 && run.errors.contains(says), "\(run)")
  }

  @Test("a place west of Greenwich is a value, not an option")
  func west() throws {
    let region = try SmallRegion()
    let run = try region.run("exposure", "--from", "-71,43.6", "--to", "Westburg")
    run.expectFailure(67, saying: ["-71,43.6 is", "km"])
    let orders = [
      ["-71,43.6", "Westburg"], ["Westburg", "-71,43.6"], ["--no-cache", "-71,43.6", "Westburg"],
    ]
    for words in orders {
      try region.run(["route"] + words).expectFailure(67, saying: ["error: -71,43.6 is", "km"])
    }
    let other = try region.run("route", "-x,y", "Westburg")
    #expect(other.status == 64 && !other.errors.contains("-71"), "\(other)")
  }

  @Test("a greater --snap-km reaches the far place, and its distance is told")
  func snap() throws {
    let region = try SmallRegion()
    let run = try region.run("route", "South Town", "Faraway", "--snap-km", "200")
    #expect(run.status == 0, "\(run)")
    // The station is 2 km nearer, but a journey begins on a road where one is near enough.
    #expect(run.text.contains("Faraway lies 188.9 km from its node eastburg"))
  }

  @Test(
    "options that contradict one another end with 64",
    arguments: [
      ["exposure", "--corridor", "C1", "--od", "flows.csv"],
      ["exposure", "--corridor", "C1", "--from", "Westburg", "--to", "Eastburg"],
      ["exposure", "--from", "Westburg"], ["exposure", "--to", "Westburg"],
      ["exposure", "--layer", "work"], ["exposure", "--corridor", "C1", "--layer", "work"],
      ["simulate"], ["simulate", "closure.yaml", "--close", "crossing:west"],
      ["simulate", "closure.yaml", "--delay", "crossing:west=1h"],
      ["exposure", "--vintage", "2024"], ["network", "info", "--vintage", "2013"],
      ["exposure", "--corridor", "C1", "--corridor", "c1"],
      ["exposure", "--close", "crossing:west", "--delay", "crossing:west=1h"],
      ["risk", "--country", "XC"], ["risk", "--country", ""],
      ["risk", "--country", "XA", "--indicators", "indicators.csv", "--explain", "XB-S"],
    ])
  func contradictions(words: [String]) throws {
    try SmallRegion().run(words).expectFailure(64, saying: [])
  }

  @Test(
    "a name that nothing answers to ends with 67 and lists what does",
    arguments: [
      (["--vintage", "1999"], ["vintage \"1999\"", "2013, 2018, 2024"]),
      (["--vintage", "2024 "], ["vintage \"2024 \""]),
      (["--countries", "XC"], ["--countries: country \"XC\"", "XA, XB"]),
      (["--countries", "XA,XC"], ["country \"XC\""]),
      (["--corridor", "C7"], ["corridor \"C7\"", "C1, C2, C3"]),
      (["--close", "crossing:wets"], ["crossing \"wets\"", "west"]),
      (["--close", "link:r99"], ["link \"r99\"", "r1"]),
      (["--close", "border:XA-XC"], ["border \"XA-XC\"", "XA-XB"]),
      (["--close", "province:XA-N"], ["province \"XA-N\"", "XA-W"]),
      (["--close", "mode:air"], ["mode \"air\"", "rail"]),
      (["--close", "west"], ["closure \"west\"", "crossing:ID"]),
      (["--close", "crossing:"], ["closure \"crossing:\""]),
      (["--delay", "crossing:west"], ["delay \"crossing:west\"", "=2h"]),
      (["--delay", "crossing:west=2"], ["delay \"crossing:west=2\"", "=2h"]),
      (["--delay", "crossing:west=-2h"], ["delay \"crossing:west=-2h\""]),
      (["--delay", "crossing:west=nanh"], ["delay \"crossing:west=nanh\""]),
      (["--delay", "crossing:west=infh"], ["delay \"crossing:west=infh\""]),
      (["--delay", "mode:rail=1h"], ["delay \"mode:rail=1h\"", "crossing:"]),
      (["--od", "flows.csv", "--layer", "wrk"], ["layer \"wrk\"", "rest, work"]),
    ] as [([String], [String])])
  func names(options: [String], says: [String]) throws {
    let region = try SmallRegion()
    // The region's own countries come after the tested ones would, so they are put first.
    let run = try CorridorProcess(
      ["exposure"] + region.options + options, in: region.copy.path)
    run.expectFailure(67, saying: says)
  }

  @Test("a corridor without a line says why")
  func unmapped() throws {
    try SmallRegion().run("exposure", "--corridor", "C9")
      .expectFailure(65, saying: ["C9", "by air", "does not touch the ground"])
  }

  @Test("a delay too long to compute with is refused")
  func hugeDelay() throws {
    try SmallRegion().run("exposure", "--delay", "crossing:west=1e300h")
      .expectFailure(67, saying: ["crossing:west=1e300h", "at most 10000h"])
  }

  @Test(
    "a table of flows is checked cell by cell",
    arguments: [
      ("", ["flows.csv: is empty"]), ("from,to,mass\n", ["flows.csv: has no row"]),
      ("from,to\nA,B\n", ["flows.csv:1", "'mass' is missing"]),
      ("from,to,mass,mass\nA,B,1,1\n", ["flows.csv:1", "'mass' appears twice"]),
      ("from,to,mass\nSouth Town,Westburg\n", ["flows.csv:2: 2 fields", "3"]),
      ("from,to,mass\nSouth Town,Westburg,x\n", ["flows.csv:2: mass is 'x'", "number"]),
      ("from,to,mass\nSouth Town,Westburg,\n", ["flows.csv:2: mass is ''"]),
      ("from,to,mass\nSouth Town,Westburg,nan\n", ["flows.csv:2: mass is 'nan'"]),
      ("from,to,mass\nSouth Town,Westburg,inf\n", ["flows.csv:2: mass is 'inf'"]),
      ("from,to,mass\nSouth Town,Westburg,1e999\n", ["flows.csv:2: mass is '1e999'"]),
      ("from,to,mass\nSouth Town,Westburg,-1\n", ["flows.csv:2: mass is '-1", "> 0"]),
      ("from,to,mass\nSouth Town,Westburg,0\n", ["flows.csv:2: mass is '0", "> 0"]),
      ("from,to,mass\nSouth Town,Westburg,\"1,5\"\n", ["flows.csv:2: mass is '1,5'"]),
      ("from,to,mass\n,Westburg,1\n", ["flows.csv:2: from is ''"]),
      ("from,to,mass\n\"South Town,Westburg,1\n", ["flows.csv:2", "never ends"]),
      ("from,to,mass\nSouth \"Town\",Westburg,1\n", ["flows.csv:2", "quotation mark"]),
    ] as [(String, [String])])
  func flows(table: String, says: [String]) throws {
    let region = try SmallRegion()
    try region.copy.write(table, to: "flows.csv")
    try region.run("exposure", "--od", "flows.csv").expectFailure(65, saying: says)
  }

  @Test("a table of flows that is not UTF-8 is told with the line")
  func flowsEncoding() throws {
    let region = try SmallRegion()
    try region.copy.write(
      Data("from,to,mass\nS\u{FC}d,".utf8.map { $0 } + [0xE9, 0x0A]), to: "flows.csv")
    try region.run("exposure", "--od", "flows.csv")
      .expectFailure(65, saying: ["flows.csv:2", "UTF-8"])
  }

  @Test(
    "an unknown place in a table of flows is told with line and column",
    arguments: [
      ("South Town,Westbrug,1\n", "flows.csv:2: to: unknown place \"Westbrug\"; nearest: Westburg"),
      ("South Town,Westburg,1\n\"1,1\",Westburg,1\n", "flows.csv:3: from: 1,1 is"),
    ])
  func flowsPlace(rows: String, says: String) throws {
    let region = try SmallRegion()
    try region.copy.write("from,to,mass\n" + rows, to: "flows.csv")
    try region.run("exposure", "--od", "flows.csv").expectFailure(67, saying: [says])
  }

  @Test("an unknown place or crossing of a corridor is told with file, line and corridor")
  func corridorPlace() throws {
    for (old, new, says) in [
      (
        "to: Eastburg, source", "to: Qqqqqqqqqq, source",
        "line 3, corridors[1] (C2): unknown place "
      ),
      ("crossing:west", "crossing:wets", "line 2, corridors[0] (C1): unknown crossing \"wets\""),
    ] {
      let region = try SmallRegion()
      let text = try String(contentsOfFile: region.path("corridors.yaml"), encoding: .utf8)
      let range = try #require(text.range(of: old))
      try region.copy.write(text.replacingCharacters(in: range, with: new), to: "corridors.yaml")
      try region.run("exposure").expectFailure(
        67, saying: ["\(region.path("corridors.yaml")): \(says)"])
    }
  }

  @Test(
    "masses too large to add up are refused, not written as infinity",
    arguments: ["table", "json", "csv"])
  func hugeMass(format: String) throws {
    let region = try SmallRegion()
    try region.copy.write("from,to,mass\nSouth Town,Westburg,1e308\n", to: "flows.csv")
    let run = try region.run("exposure", "--od", "flows.csv", "--format", format)
    #expect(run.status == 65, "\(run)\n\(run.text)")
    #expect(!run.text.contains("inf"), "\(run.text)")
  }

  @Test("a country is meant in any case, and with spaces around it")
  func countryCase() throws {
    let region = try SmallRegion()
    let risk = ["risk", "--indicators", "indicators.csv", "--format", "csv", "--country"]
    let score = try region.run(risk + ["XA"])
    #expect(score.status == 0 && !score.output.isEmpty, "\(score)")
    #expect(try region.run(risk + ["xa"]).output == score.output)
    func network(_ countries: String) throws -> CorridorProcess {
      try CorridorProcess(
        ["network", "info", "--format", "csv"] + region.options + ["--countries", countries],
        in: region.copy.path)
    }
    let rows = try network("XA,XB")
    #expect(rows.status == 0 && rows.text.contains("\nXB,road,"), "\(rows)")
    #expect(try network("xa, xb").output == rows.output)
  }

  @Test("an indicator table is checked cell by cell")
  func indicators() throws {
    let region = try SmallRegion()
    let words = ["risk", "--country", "XA", "--indicators", "indicators.csv"]
    let score = try region.run(words)
    #expect(score.status == 0, "\(score)")
    try region.replace(
      "XA-E,internet_users,60", with: "XA-E,internet_users,nan", in: "indicators.csv")
    try region.run(words).expectFailure(65, saying: ["indicators.csv:3", "value", "'nan'"])
    try region.replace(
      "XA-E,internet_users,nan", with: "XA-N,internet_users,60", in: "indicators.csv")
    try region.run(words).expectFailure(65, saying: ["indicators.csv", "XA-N"])
    try region.copy.write(Data([0x75, 0xFF, 0x0A]), to: "indicators.csv")
    try region.run(words).expectFailure(65, saying: ["indicators.csv", "UTF-8"])
    try region.copy.write("", to: "indicators.csv")
    try region.run(words).expectFailure(65, saying: ["indicators.csv", "empty"])
    try FileManager.default.removeItem(atPath: region.path("indicators.csv"))
    try region.run(words).expectFailure(66, saying: ["indicators.csv", "no such file"])
  }

  @Test("a device or a pipe in place of a file neither hangs nor fills the memory")
  func devices() throws {
    let region = try SmallRegion()
    for device in ["/dev/zero", "/dev/null"] {
      let run = try region.run(["exposure", "--od", device])
      #expect(run.status == 66 || run.status == 65, "\(run)")
      run.expectOneLine(saying: [device])
    }
  }

  @Test(
    "a scenario is checked key by key",
    arguments: [
      ("", 65, ["scenario.yaml", "empty"]), ("[1, 2]", 65, ["scenario.yaml", "a mapping"]),
      ("name: x", 65, ["without effect", "close"]),
      ("close: {crossings: [west]}", 65, ["without \"name\""]),
      ("name: x\nclose: {crosings: [west]}", 65, ["line 2", "crosings", "crossings?"]),
      (
        "name: x\nclose:\n  crossings:\n    - east\n    - wset", 67,
        ["scenario.yaml: line 5, close.crossings[1]:", "crossing \"wset\"", "west"]
      ),
      (
        "name: x\nclose: {links: [r77]}", 67,
        ["scenario.yaml: line 2, close.links[0]: unknown link \"r77\""]
      ),
      (
        "name: x\nclose: {borders: [XA-XC]}", 67,
        ["scenario.yaml: line 2, close.borders[0]:", "border \"XA-XC\"", "XA-XB"]
      ),
      (
        "name: x\nclose: {roads: [A9]}", 65, ["scenario.yaml: line 2, close.roads[0]: road \"A9\""]
      ),
      (
        "name: x\ndelay:\n  - {crossings: [west], added_h: 1}\n  - {links: [r77], factor: 2}", 67,
        ["scenario.yaml: line 4, delay[1]: unknown link \"r77\""]
      ),
      (
        "name: x\nclose: {crossings: [west]}\ndelay: [{crossings: [west], added_h: 1}]", 65,
        ["scenario.yaml: line 3, delay[0]: west: both closed and delayed"]
      ),
      (
        "name: x\ndelay:\n  - {links: [r1], factor: 2}\nclose: {modes: [road, rail, ferry]}", 65,
        ["scenario.yaml: line 3, delay[0]: r1: both closed and delayed"]
      ),
      (
        "name: x\nclose: {areas: [none.geojson]}", 65,
        ["none.geojson: the list of features is empty", "Polygon"]
      ),
      ("name: x\nmonths: [13]", 65, ["expected a month from 1 to 12"]),
      ("name: x\nclose: {borders: [XA]}", 65, ["line 2", "\"XA\"", "KZ-KG"]),
      ("name: x\nclose: {modes: [air]}", 65, ["line 2", "\"air\"", "rail"]),
      (
        "name: x\nclose: {provinces: [XA-N]}", 67,
        ["scenario.yaml: line 2, close.provinces[0]:", "province \"XA-N\""]
      ),
      (
        "name: x\nclose: {areas: [missing.geojson]}", 66,
        ["scenario.yaml: line 2, close.areas[0]: ", "missing.geojson", "no such file"]
      ),
      (
        "name: x\nclose: {areas: [crossings.geojson]}", 65,
        ["scenario.yaml: line 2, close.areas[0]: ", "crossings.geojson", "Point", "Polygon"]
      ),
      ("name: x\ndate: 2024-02-30", 65, ["line 2", "\"2024-02-30\""]),
      ("name: x\nopen_fraction: 1.5\nclose: {crossings: [west]}", 65, ["line 2", "\"1.5\""]),
      ("name: x\nopen_fraction: .nan\nclose: {crossings: [west]}", 65, ["line 2", "\".nan\""]),
      ("name: x\ndelay: [{crossings: [west]}]", 65, ["line 2", "added_h"]),
      ("name: x\ndelay: [{added_h: 2}]", 65, ["line 2", "crossings"]),
      ("name: x\ndelay: [{crossings: [west], added_h: -2}]", 65, ["line 2", "\"-2\""]),
      ("name: x\ndelay: [{crossings: [west], factor: 0.5}]", 65, ["line 2", "\"0.5\""]),
      ("name: x\ndelay: [{crossings: [west], added_h: 1e999}]", 65, ["line 2", "\"1e999\""]),
      (
        "name: x\nclose: {crossings: [west]", 65,
        ["scenario.yaml: line 2, at its end, is not YAML (", "one YAML document"]
      ),
      (
        "name: x\nclose:\n  crossings: [west]\n bad: y\n", 65,
        ["scenario.yaml: line 4, column 2, is not YAML (", "did not find expected key"]
      ),
      (
        "name: x\nclose:\n\tcrossings: [west]\n", 65,
        ["scenario.yaml: line 3, column 1, is not YAML (", "cannot start any token"]
      ),
      (
        "name: x\nclose: {modes: [rail]}\n---\nname: y\n", 65,
        ["scenario.yaml: line 3, column 1, is not YAML (expected a single document"]
      ),
      ("name: x\ndescription: a\u{7}\n", 65, ["scenario.yaml: line 2 is not YAML (control"]),
      (
        "name: x\nname: y\nclose: {crossings: [west]}", 65,
        ["scenario.yaml: line 2 is the key \"name\" again, after line 1"]
      ),
      ("&a [*a]", 65, ["scenario.yaml"]),
    ] as [(String, Int32, [String])])
  func scenario(yaml: String, status: Int32, says: [String]) throws {
    let region = try SmallRegion()
    try region.copy.write(yaml, to: "scenario.yaml")
    try region.copy.write(
      #"{"type": "FeatureCollection", "features": []}"#, to: "none.geojson")
    try region.run("simulate", "scenario.yaml").expectFailure(status, saying: says)
  }

  @Test("a scenario that is not UTF-8 is told")
  func scenarioEncoding() throws {
    let region = try SmallRegion()
    try region.copy.write(Data([0x6E, 0xFF, 0xFE]), to: "scenario.yaml")
    try region.run("simulate", "scenario.yaml").expectFailure(
      65, saying: ["scenario.yaml", "UTF-8"])
  }

  @Test("a data folder that is not there is told")
  func dataFolder() throws {
    let run = try CorridorProcess(["exposure", "--data", "nowhere"])
    run.expectFailure(66, saying: ["nowhere/", "no such file"])
  }
}
