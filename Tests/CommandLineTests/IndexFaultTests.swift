import Foundation
import Testing

/// What is wrong with the files or the words is told, and nothing else.
@Suite("corridor index on faulty files and words")
struct IndexFaultTests: IndexFiles {
  let folder: TemporaryFolder

  init() throws { folder = try Self.makeFolder() }

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
}
