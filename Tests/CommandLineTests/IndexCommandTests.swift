import Foundation
import Testing

@Suite("corridor index")
struct IndexCommandTests: IndexFiles {
  let folder: TemporaryFolder

  init() throws { folder = try Self.makeFolder() }

  private func scores(_ run: CorridorProcess) throws -> [String: Double] {
    let rows = try #require(try run.json()["units"] as? [[String: Any]])
    return Dictionary(
      uniqueKeysWithValues: rows.map { ($0["id"] as? String ?? "", $0["score"] as? Double ?? -1) })
  }

  /// Economy 1/4: product − (1/4), jobless + (3/4); safety 3/4: crime +. Min-max by hand:
  /// A: (0.25 × 1 + 0.75 × 0) / 4 + 0; B has no product; C: (0 + 0.75 × 0.5) / 4 + 0.75.
  private static let expected = ["A": 6.25, "B": 100 * (0.25 + 0.75 * 3 / 8.5), "C": 84.375]

  @Test("a framework with a table and COINr's tables give the same scores, by hand too")
  func sameScores() throws {
    let own = try scores(own("--normalisation", "min-max", "--format", "json"))
    let coinr = try scores(coinr("--format", "json"))
    #expect(own.count == 3)
    for (unit, score) in Self.expected {
      #expect(abs((own[unit] ?? -1) - score) < 1e-9)
      #expect(abs((coinr[unit] ?? -1) - score) < 1e-9)
    }
  }

  @Test("table, CSV and JSON tell the same, with every dimension, contribution and step")
  func forms() throws {
    let json = try coinr("--format", "json").json()
    let rows = try #require(json["units"] as? [[String: Any]])
    let csv = try coinr("--format", "csv").text.split(separator: "\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false)
    }
    #expect(csv.count == rows.count + 1)
    for (row, line) in zip(rows, csv.dropFirst()) {
      let score = try #require(row["score"] as? Double)
      #expect(abs(try #require(Double(line[2])) - score) < 1e-12)
      let dimensions = try #require(row["dimensions"] as? [[String: Any]])
      #expect(dimensions.map { $0["id"] as? String } == ["eco", "safe"])
      let sum = dimensions.compactMap { $0["contribution"] as? Double }.reduce(0, +)
      #expect(abs(sum - score) < 1e-9)
    }
    let steps = try #require(json["steps"] as? [[String: Any]])
    #expect(steps.map { $0["kind"] as? String } == ["normalise", "weigh", "aggregate"])
    let table = try coinr()
    #expect(table.text.contains("Gamma  C    84.4     1       3/3"), "\(table.text)")
    #expect(table.text.split(separator: "\n").allSatisfy { $0.count <= 80 })
  }

  @Test("a recipe's steps are carried out in order and told with what they touched")
  func recipe() throws {
    let json = try coinr("--recipe", "recipe.yaml", "--format", "json").json()
    let steps = try #require(json["steps"] as? [[String: Any]])
    #expect(
      steps.map { $0["kind"] as? String } == [
        "impute", "denominate", "normalise", "weigh", "aggregate",
      ])
    let touched = try #require(steps[0]["touched"] as? [[String: Any]])
    #expect(touched.map { $0["unit"] as? String } == ["B"])
    #expect(touched.map { $0["after"] as? Double } == [100])
    // Economy and safety in pairs 3 : 1, geometric on 1…100. Products per head 10, 5, 30.
    let alpha = 0.25 * 80.2 + 0.75 * 1
    let found = try #require(
      (json["units"] as? [[String: Any]])?.first?["score"] as? Double)
    #expect(abs(found - pow(alpha, 0.75) * pow(1, 0.25)) < 1e-9)
  }

  @Test("an option changes one step of the recipe and leaves the others")
  func options() throws {
    let json = try coinr(
      "--recipe", "recipe.yaml", "--normalisation", "percentile", "--aggregation", "arithmetic",
      "--format", "json"
    ).json()
    let steps = try #require(json["steps"] as? [[String: Any]])
    #expect(steps.map { $0["kind"] as? String }.count == 5)
    #expect((steps[2]["description"] as? String)?.hasPrefix("normalise by percentile") == true)
    #expect((steps[4]["description"] as? String)?.contains("aggregate: arithmetic from") == true)
    #expect((steps[4]["description"] as? String)?.contains("coverage 0.4") == true)
    let other = try coinr("--impute", "mean", "--format", "json").json()
    #expect((other["steps"] as? [[String: Any]])?.first?["kind"] as? String == "impute")
  }

  @Test("one unit is taken apart by id or name, and what was imputed is marked")
  func explanation() throws {
    let byName = try coinr("--recipe", "recipe.yaml", "--explain", "Beta")
    #expect(byName.status == 0, "\(byName)")
    #expect(try coinr("--recipe", "recipe.yaml", "--explain", "B").text == byName.text)
    #expect(byName.text.contains("Beta (B): score"))
    #expect(byName.text.contains("  gdp* "))
    #expect(byName.text.contains("Economy (1/2)"))
    try coinr("--explain", "Betta").expectFailure(67, saying: ["\"Betta\"", "B"])
  }

  @Test("provinces of a layer become a map; units that are none are refused with the nearest")
  func provinces() throws {
    let shipped = Repository.folder + "/geodata/index/"
    let words = [
      "index", "--framework", shipped + "gsi-2013.json", "--data", shipped + "indicators-2024.csv",
      "--format", "geojson",
    ]
    let map = try CorridorProcess(words + ["--vintage", "2024"]).json()
    let features = try #require(map["features"] as? [[String: Any]])
    #expect(features.count == 20)
    let properties = try #require(features[0]["properties"] as? [String: Any])
    #expect(properties["name"] as? String == "Abai")
    // The same as the framework alone by corridor risk.
    let risk = try CorridorProcess(["risk", "--exposure-weight", "0", "--format", "json"]).json()
    let row = try #require((risk["provinces"] as? [[String: Any]])?.first)
    #expect(properties["score"] as? Double == row["score"] as? Double)
    try CorridorProcess(words + ["--vintage", "2013"])
      .expectFailure(65, saying: ["indicators-2024.csv:2", "KZ-10", "nearest"])
    try CorridorProcess(words).expectFailure(64, saying: ["--vintage"])
    try coinr("--vintage", "2024").expectFailure(65, saying: ["iData.csv:2", "'A'", "nearest"])
  }

  @Test("several years need a step that chooses, and say so")
  func years() throws {
    try folder.write(
      Self.values + "A,gdp,90,USD,2019,s,\n", to: "values.csv")
    try own().expectFailure(65, saying: ["values.csv:10", "gdp of A", "2020 and 2019"])
    let run = try own("--year", "2019", "--fill", "nearest", "--format", "json")
    let steps = try #require(try run.json()["steps"] as? [[String: Any]])
    #expect((steps[0]["touched"] as? [[String: Any]])?.count == 7)
    try own("--fill", "nearest").expectFailure(64)
  }

  @Test(
    "a recipe may choose the year, however it is written",
    arguments: [
      "steps:\n- year: {value: 2019, fill: nearest}\n",
      "name: x\r\nsteps:\r\n- year:\r\n    value: 2019\r\n    fill: nearest\r\n",
      "steps: [{\"year\": {value: 2019, fill: nearest}}]\n",
    ])
  func yearOfRecipe(text: String) throws {
    try folder.write(Self.values + "A,gdp,90,USD,2019,s,\n", to: "values.csv")
    try folder.write(text, to: "recipe.yaml")
    let chosen = try own("--recipe", "recipe.yaml", "--format", "csv")
    let given = try own("--year", "2019", "--fill", "nearest", "--format", "csv")
    #expect(chosen.status == 0, "\(chosen.errors)")
    #expect(chosen.output == given.output)
  }

  /// Eco has its own part deep, of jobs (3) and gdp (1); A lacks jobs.
  private func deepen() throws {
    try folder.write(
      """
      Level,iCode,iName,Parent,Direction,Weight,Type
      1,gdp,Product,work,-1,1,Indicator
      1,jobs,Jobless,work,1,3,Indicator
      1,crime,Crime,order,1,1,Indicator
      2,work,Work,eco,1,1,Aggregate
      2,order,Order,eco,1,1,Aggregate
      3,eco,Economy,idx,1,1,Aggregate
      4,idx,Risk,NA,1,1,Aggregate
      """, to: "iMeta.csv")
    try folder.write(
      "uName,uCode,gdp,jobs,crime\nAl\u{1B}[31mpha,A,1,NA,1\nBeta,B,2,3,5\nGamma,C,3,4,2\n",
      to: "iData.csv")
  }

  @Test(
    "a dimension deep in the tree that a unit has too little of is told, and not as one without data"
  )
  func tooFew() throws {
    try deepen()
    let table = try coinr()
    #expect(table.text.contains("work has too few values in A and takes no part there"), "\(table)")
    #expect(!table.text.contains("values in A, B"))
    let explained = try coinr("--explain", "A").text
    let line = try #require(explained.split(separator: "\n").first { $0.contains("Work (1/2)") })
    #expect(line.contains("too few") && !line.contains("no data"), "\(line)")
    try folder.write(
      "uName,uCode,gdp,jobs,crime\nA,A,NA,NA,1\nB,B,2,3,5\nC,C,3,4,2\n", to: "iData.csv")
    #expect(try coinr("--explain", "A").text.contains("no data"))
  }

  @Test("a page has no control characters out of names")
  func controlCharacters() throws {
    try deepen()
    let run = try coinr("--report", "page.html")
    #expect(run.status == 0, "\(run)")
    let page = try String(contentsOfFile: folder.path("page.html"), encoding: .utf8)
    #expect(page.contains("pha") && !page.contains("\u{1B}"))
  }

  @Test("every form tells years, publishers and what the figures are not")
  func honesty() throws {
    let notice = "not observed trafficking"
    try folder.write(
      Self.values.replacing("B,crime,3,n,2020,s", with: "B,crime,3,n,2018,police"),
      to: "values.csv")
    let table = try own().text
    #expect(table.contains("Source: s (gdp 2020, jobs 2020, crime 2020)"), "\(table)")
    #expect(table.contains("Source: police (crime 2018)") && table.contains(notice))
    let lines = try own("--format", "csv").text.split(separator: "\n")
    #expect(lines[0].hasSuffix(",years,sources,notice"))
    #expect(lines[2].contains(",2018–2020,s; police,") && lines[2].contains(notice), "\(lines[2])")
    let words = [
      "--framework", Repository.folder + "/geodata/index/gsi-2013.json", "--data",
      Repository.folder + "/geodata/index/indicators-2024.csv", "--format", "geojson",
    ]
    for command in [["index", "--vintage", "2024"] + words, ["risk", "--format", "geojson"]] {
      let map = try CorridorProcess(command).json()
      let features = try #require(map["features"] as? [[String: Any]])
      let properties = try #require(features[0]["properties"] as? [String: Any])
      #expect(properties["years"] as? String == "2022–2023")
      #expect((properties["sources"] as? String)?.contains("Prosecutor General") == true)
      #expect((properties["notice"] as? String)?.contains(notice) == true)
    }
  }

  @Test(
    "units that only some draws rank are named with the share, and their scores are of those draws")
  func sometimesRanked() throws {
    // Without crime, B has nothing of safety; A and C keep theirs by theft.
    try folder.write(
      Self.framework.replacing(
        "{\"id\": \"crime\"",
        with: "{\"id\": \"theft\", \"name\": \"Theft\", \"dimension\": \"safe\", "
          + "\"direction\": \"+\"}, {\"id\": \"crime\""), to: "framework.json")
    try folder.write(
      Self.values + "A,theft,4,n,2020,s,\nC,theft,2,n,2020,s,\n", to: "values.csv")
    try folder.write(
      "name: x\nindicators: {leave_out: [crime], reason: r, source: s}\n", to: "own.yaml")
    let words = ["--normalisation", "min-max", "--uncertainty", "own.yaml", "--draws", "100"]
    let run = try CorridorProcess(
      ["index", "--framework", "framework.json", "--data", "values.csv"] + words, in: folder.path)
    #expect(run.text.contains("share of the draws only"), "\(run) \(run.text)")
    #expect(run.text.contains("B (0.50)"))
    let json = try CorridorProcess(
      ["index", "--framework", "framework.json", "--data", "values.csv", "--format", "json"]
        + words,
      in: folder.path
    ).json()
    let units = try #require((json["uncertainty"] as? [String: Any])?["units"] as? [[String: Any]])
    let score = try #require(units[1]["score"] as? [String: Any])
    // The draws that rank B leave nothing open.
    #expect(score["p05"] as? Double == score["p95"] as? Double)
  }

  @Test("a constant column, one unit and z with a geometric mean are told, not computed")
  func undefined() throws {
    try folder.write(
      Self.values.replacing("B,crime,3", with: "B,crime,0").replacing(
        "C,crime,8.5", with: "C,crime,0"),
      to: "values.csv")
    for method in ["min-max", "z", "rank", "percentile", "borda"] {
      let run = try own("--normalisation", method)
      #expect(run.status == 0, "\(run)")
      #expect(run.text.contains("crime does not differ between units"), "\(method)")
      #expect(!run.text.lowercased().contains("nan"))
    }
    try own("--normalisation", "z", "--aggregation", "geometric")
      .expectFailure(65, saying: ["normalisation", "'z'", "zero"])
    try folder.write(
      Self.values.split(separator: "\n").filter { $0.hasPrefix("A") || $0.hasPrefix("unit") }
        .joined(separator: "\n") + "\n", to: "values.csv")
    try own("--normalisation", "min-max").expectFailure(65, saying: ["1 unit", "at least 2"])
  }
}
