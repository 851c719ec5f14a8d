import Foundation
import Testing

/// An index of one's own: a framework with a table, COINr's tables, a recipe.
@Suite("corridor index")
struct IndexCommandTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try folder.write(Self.framework, to: "framework.json")
    try folder.write(Self.values, to: "values.csv")
    try folder.write(Self.metadata, to: "iMeta.csv")
    try folder.write(Self.data, to: "iData.csv")
    try folder.write(Self.recipe, to: "recipe.yaml")
  }

  private func run(_ words: String...) throws -> CorridorProcess {
    try CorridorProcess(["index"] + words, in: folder.path)
  }

  private func own(_ words: String...) throws -> CorridorProcess {
    try CorridorProcess(
      ["index", "--framework", "framework.json", "--data", "values.csv"] + words, in: folder.path)
  }

  private func coinr(_ words: String...) throws -> CorridorProcess {
    try CorridorProcess(
      ["index", "--imeta", "iMeta.csv", "--idata", "iData.csv"] + words, in: folder.path)
  }

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
    "words that contradict one another end with 64",
    arguments: [
      [], ["--framework", "framework.json"], ["--imeta", "iMeta.csv"],
      ["--imeta", "iMeta.csv", "--idata", "iData.csv", "--data", "values.csv"],
      ["--framework", "framework.json", "--data", "values.csv", "--grouping", "region"],
      ["--framework", "framework.json", "--data", "values.csv", "--screen", "1.5"],
      ["--framework", "framework.json", "--data", "values.csv", "--aggregation", "mean"],
      ["--framework", "framework.json", "--data", "values.csv", "--minimum-coverage", "nan"],
    ])
  func contradictions(words: [String]) throws {
    let run = try CorridorProcess(["index"] + words, in: folder.path)
    #expect(run.status == 64, "\(run)")
    #expect(run.output.isEmpty)
  }

  @Test(
    "a fault in a file is told with file, line, field and value",
    arguments: [
      Fault("values.csv", "A,jobs,4", "A,jobs,four", says: ["values.csv:3", "value", "'four'"]),
      Fault("values.csv", "A,jobs,4", "A,jbos,4", says: ["values.csv:3", "'jbos'", "jobs"]),
      Fault("values.csv", "B,jobs,8", "A,jobs,8", says: ["values.csv:5", "jobs of A", "twice"]),
      Fault("framework.json", "\"+\"}", "\"up\"}", says: ["framework.json", "direction", "up"]),
      Fault(
        "framework.json", ", \"direction\": \"-\"", "",
        says: ["framework.json", "gdp", "direction", "absent"]),
      Fault(
        "framework.json", "\"weight\": 0.25},\n {\"id\": \"safe\"",
        "\"weight\": 0.35},\n {\"id\": \"safe\"", says: ["framework.json", "weight", "sum 1.1"]),
      Fault(
        "framework.json", "\"name\": \"Safety\"", "\"name\": \"Safety\", \"parent\": \"safe\"",
        says: ["framework.json", "parent", "safe in safe"]),
      Fault(
        "iMeta.csv", "1,\"gdp\",\"Product\",\"eco\",-1", "1,\"gdp\",\"Product\",\"eco\",NA",
        says: ["iMeta.csv:2", "Direction is 'NA'"]),
      Fault("iData.csv", "\"B\"", "\"A\"", says: ["iData.csv:3", "uCode is 'A'", "line 2"]),
      Fault("iData.csv", ",8,3", ",eight,3", says: ["iData.csv:3", "jobs is 'eight'", "NA"]),
      Fault("recipe.yaml", "group-mean", "group-men", says: ["recipe.yaml: line 3", "group-men"]),
      Fault("recipe.yaml", "impute", "inpute", says: ["recipe.yaml: line 3", "inpute", "impute"]),
      Fault("recipe.yaml", "region", "regions", says: ["recipe.yaml: line 3", "\"regions\""]),
      Fault("recipe.yaml", "[1, 100]", "[100, 1]", says: ["recipe.yaml: line 5", "lower end"]),
      Fault("recipe.yaml", "[1, 100]", "[1]", says: ["recipe.yaml: line 5", "two numbers"]),
      Fault(
        "recipe.yaml", "parts: [eco, safe]", "parts: [eco, saef]",
        says: ["recipe.yaml: line 8", "saef", "safe"]),
      Fault("recipe.yaml", "[1/3, 1]", "[2, 1]", says: ["recipe.yaml: line 9", "safe with eco"]),
      Fault("recipe.yaml", "[1/3, 1]", "[1/x, 1]", says: ["recipe.yaml: line 9", "1/x", "1/3"]),
      Fault("recipe.yaml", "floor: none", "floor: 2", says: ["recipe.yaml: line 10", "\"2\""]),
      Fault("recipe.yaml", "floor: none", "flor: none", says: ["recipe.yaml: line 10", "floor?"]),
      Fault(
        "recipe.yaml", "arithmetic, geometric", "mean, geometric",
        says: ["recipe.yaml: line 10", "mean", "arithmetic"]),
      Fault(
        "recipe.yaml", "minimum_coverage: 0.4", "minimum_coverage: 4",
        says: ["recipe.yaml: line 10", "minimum_coverage", "\"4\""]),
    ])
  func faults(fault: Fault) throws {
    let text = try String(contentsOfFile: folder.path(fault.file), encoding: .utf8)
    let place = try #require(text.range(of: fault.old), "\(fault.old) in \(fault.file)")
    try folder.write(text.replacingCharacters(in: place, with: fault.new), to: fault.file)
    let run =
      ["values.csv", "framework.json"].contains(fault.file)
      ? try own() : try coinr("--recipe", "recipe.yaml")
    run.expectFailure(fault.status, saying: fault.says)
  }

  @Test(
    "a recipe or an uncertainty that does not fit the framework or the units is told with file and line",
    arguments: [
      (
        "--recipe", "name: x\nsteps:\n  - weigh: {dimensions: {eco: 0.7}}\n", ["line 3", "sum 0.7"]
      ),
      (
        "--recipe", "name: x\nsteps:\n  - weigh: {compare: [{parts: [eco], matrix: [[1]]}]}\n",
        ["line 3", "eco, safe"]
      ),
      (
        "--recipe",
        "name: x\nsteps:\n  - weigh: {method: balanced, dimensions: {eco: 0.5, safe: 0.5}}\n",
        ["line 3", "balanced and given"]
      ),
      (
        "--uncertainty", "name: x\nindicators: {leave_out: [jbos], reason: r, source: s}\n",
        ["line 2", "leave_out[0]", "jbos", "jobs"]
      ),
      (
        "--uncertainty",
        "name: x\nfigures: [{indicator: jbos, relative: 0.1, reason: r, source: s}]\n",
        ["line 2", "figures[0].indicator", "jbos", "jobs"]
      ),
      (
        "--uncertainty",
        "name: x\nfigures:\n  - {unit: A, relative: 0.1, reason: r, source: s}\n"
          + "  - {unit: Beta, relative: 0.1, reason: r, source: s}\n",
        ["line 4, figures[1].unit", "unknown unit \"Beta\"", "of the data"]
      ),
      (
        "--uncertainty",
        "name: x\nnormalisation:\n  among: [min-max, {method: distance-to-reference, reference: AA}]\n"
          + "  reason: r\n  source: s\n",
        ["line 3, normalisation.among[1].reference", "unknown unit \"AA\"", "nearest: A"]
      ),
      (
        "--recipe", "name: x\nsteps:\n  - screen: {keep: [A, D]}\n",
        ["line 3, steps[0].screen.keep[1]", "unknown unit \"D\""]
      ),
      (
        "--recipe", "name: x\nsteps:\n  - screen:\n      keep: A\n      leave_out: [E]\n",
        ["line 5, steps[0].screen.leave_out[0]", "unknown unit \"E\""]
      ),
      (
        "--recipe",
        "name: x\nsteps:\n  - normalise: {method: distance-to-reference, reference: a}\n",
        ["line 3, steps[0].normalise.reference", "unknown unit \"a\"", "nearest: A"]
      ),
      (
        "--recipe", "name: x\nsteps:\n  - impute: {method: group-mean, grouping: regoin}\n",
        ["line 3, steps[0].impute.grouping", "unknown grouping \"regoin\"", "one of region"]
      ),
      (
        "--uncertainty",
        "name: x\nimputation:\n  among: [none, group-median]\n  grouping: pop\n  reason: r\n  source: s\n",
        ["line 4, imputation.grouping", "unknown grouping \"pop\"", "one of region"]
      ),
      (
        "--recipe",
        "name: x\nsteps:\n  - screen: {leave_out: [B]}\n"
          + "  - normalise: {method: distance-to-reference, reference: B}\n",
        ["line 4, steps[1].normalise.reference", "\"B\", which a step before leaves out"]
      ),
      (
        "--recipe",
        "name: x\nsteps:\n  - screen: {availability: 1}\n  - normalise:\n      method: min-max\n"
          + "      indicators: {crime: distance-to-reference}\n      reference: B\n",
        ["line 7, steps[1].normalise.reference", "\"B\", which a step before leaves out"]
      ),
    ] as [(String, String, [String])])
  func misfits(option: String, text: String, says: [String]) throws {
    try folder.write(text, to: "own.yaml")
    try coinr(option, "own.yaml").expectFailure(65, saying: ["own.yaml"] + says)
  }

  @Test(
    "what would be told without being done is refused: draws of exposure, a year of undated data")
  func refused() throws {
    try folder.write(
      """
      name: x
      weights: {spread: 0.2, reason: r, source: s}
      exposure: {draws: 10, reason: r, source: s}
      """, to: "own.yaml")
    try coinr("--uncertainty", "own.yaml", "--draws", "10")
      .expectFailure(64, saying: ["own.yaml", "exposure", "corridor risk"])
    try coinr("--year", "2020").expectFailure(65, saying: ["year", "'2020'", "Time"])
    try coinr("--report", "one", "--output", "one").expectFailure(64)
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

  @Test("an unknown province in a table is told with the nearest by name too")
  func nearestByName() throws {
    try folder.write(
      "unit,indicator,value,measure_unit,year,source,note\nAbay,internet_users,90,percent,2023,s,\n",
      to: "values.csv")
    let framework = Repository.folder + "/geodata/index/gsi-2013.json"
    for words in [
      ["index", "--framework", framework, "--data", "values.csv", "--vintage", "2024"],
      ["risk", "--indicators", "values.csv"],
    ] {
      try CorridorProcess(words, in: folder.path)
        .expectFailure(65, saying: ["values.csv:2", "'Abay'", "nearest: KZ-10 (Abay)"])
    }
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

  private static let framework = """
    {"edition": "1", "name": "Risk", "source": "made up",
     "dimensions": [{"id": "eco", "name": "Economy", "weight": 0.25},
     {"id": "safe", "name": "Safety", "weight": 0.75}],
     "indicators": [
     {"id": "gdp", "name": "Product", "dimension": "eco", "direction": "-", "weight": 0.25},
     {"id": "jobs", "name": "Jobless", "dimension": "eco", "weight": 0.75, "direction": "+"},
     {"id": "crime", "name": "Crime", "dimension": "safe", "direction": "+"}]}

    """

  private static let values = """
    unit,indicator,value,measure_unit,year,source,note
    A,gdp,100,USD,2020,s,
    A,jobs,4,%,2020,s,
    A,crime,0,n,2020,s,
    B,jobs,8,%,2020,s,
    B,crime,3,n,2020,s,
    C,gdp,300,USD,2020,s,
    C,jobs,6,%,2020,s,
    C,crime,8.5,n,2020,s,

    """

  private static let metadata = """
    "Level","iCode","iName","Parent","Direction","Weight","Type","Denominator","Unit"
    1,"gdp","Product","eco",-1,2,"Indicator","pop","USD"
    1,"jobs","Jobless","eco",1,6,"Indicator",NA,"%"
    1,"crime","Crime","safe",1,1,"Indicator",NA,"n"
    2,"eco","Economy","idx",1,1,"Aggregate",NA,NA
    2,"safe","Safety","idx",1,3,"Aggregate",NA,NA
    3,"idx","Risk",NA,1,1,"Aggregate",NA,NA
    NA,"pop","People",NA,NA,NA,"Denominator",NA,NA
    NA,"region","Region",NA,NA,NA,"Group",NA,NA

    """

  private static let data = """
    "uName","uCode","region","pop","gdp","jobs","crime"
    "Alpha","A","north",10,100,4,0
    "Beta","B","north",20,NA,8,3
    "Gamma","C","south",1e+01,300,6,8.5

    """

  private static let recipe = """
    name: Trial
    steps:
      - impute: {method: group-mean, grouping: region}
      - denominate: {per: 10}
      - normalise: {method: min-max, range: [1, 100]}
      - weigh:
          compare:
            - parts: [eco, safe]
              matrix: [[1, 3], [1/3, 1]]
      - aggregate: {levels: [arithmetic, geometric], floor: none, minimum_coverage: 0.4}

    """
}

extension CorridorProcess {
  /// Expects the status of wrong use, whatever is said.
  fileprivate func expectFailure(_ status: Int32) {
    #expect(self.status == status, "\(self)")
    #expect(output.isEmpty)
  }
}
