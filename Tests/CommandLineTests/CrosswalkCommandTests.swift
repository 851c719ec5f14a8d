import Foundation
import Testing

/// `corridor crosswalk` as a user starts it.
@Suite("Crosswalk on the command line")
struct CrosswalkCommandTests {
  private static let header = "unit,indicator,value,measure_unit,year,source,note\n"

  private func run(_ table: String, _ words: [String]) throws -> CorridorProcess {
    let folder = try TemporaryFolder()
    try folder.write(Self.header + table, to: "own.csv")
    return try CorridorProcess(
      ["crosswalk", "--indicators", "own.csv"] + words, in: folder.path)
  }

  @Test(
    "shipped tables move both ways between all vintages, totals stay, and CSV is an indicator table",
    arguments: ["2013", "2018", "2024"], ["2013", "2018", "2024"])
  func shipped(from: String, to: String) throws {
    let units = ["2013": 16, "2018": 17, "2024": 20]
    let words = ["crosswalk", "--from", from, "--to", to]
    let json = try CorridorProcess(words + ["--format", "json"]).json()
    #expect((json["gaps"] as? [Any])?.isEmpty == true)
    let totals = try #require(json["totals"] as? [[String: Any]])
    for total in totals {
      #expect(total["units_after"] as? Int == units[to])
      let (before, after) = (total["before"] as? Double, total["after"] as? Double)
      #expect((before == nil) == (total["kind"] as? String == "intensive"))
      if let before, let after { #expect(abs(before - after) < 1e-6) }
    }
    let values = try #require(json["values"] as? [[String: Any]])
    let treatments = Set(values.compactMap { $0["treatment"] as? String })
    let isForward = from < to
    #expect(
      treatments
        == (from == to
          ? ["unchanged"]
          : isForward ? ["unchanged", "split", "inherited"] : ["unchanged", "merged"]))
    for value in values where value["treatment"] as? String == "inherited" {
      #expect((value["note"] as? String)?.hasPrefix("inherited: value of ") == true)
    }
    let csv = try CorridorProcess(words + ["--format", "csv"])
    let folder = try TemporaryFolder()
    try folder.write(csv.output, to: "moved.csv")
    let risk = try CorridorProcess([
      "risk", "--vintage", to, "--indicators", folder.path("moved.csv"), "--format", "csv",
    ])
    #expect(risk.status == 0, "\(risk)")
    #expect(risk.text.split(separator: "\n").count == (units[to] ?? 0) + 1)
  }

  @Test(
    "a kind of an indicator that the table lacks and a mistyped former name are told with the nearest"
  )
  func nearest() throws {
    try CorridorProcess([
      "crosswalk", "--from", "2013", "--to", "2024", "--kind", "povrty=intensive",
    ])
    .expectFailure(67, saying: ["\"povrty\"", "poverty"])
    try CorridorProcess(["crosswalk", "--name", "Semipalatnsk"])
      .expectFailure(67, saying: ["\"Semipalatnsk\"", "Semipalatinsk Region"])
    let told = try CorridorProcess(["crosswalk", "--name", "Zhezkazgan"]).text
    #expect(told.hasSuffix("trafficking.\n"), "\(told)")
    #expect(told.split(separator: "\n").allSatisfy { $0.count <= 100 })
  }

  @Test("there and back through files gives the divided values again")
  func thereAndBack() throws {
    let folder = try TemporaryFolder()
    for (from, to) in [("2013", "2024"), ("2024", "2013")] {
      let words = from == "2013" ? [] : ["--indicators", folder.path("2024.csv")]
      let run = try CorridorProcess(
        ["crosswalk", "--from", from, "--to", to, "--format", "csv"] + words)
      #expect(run.status == 0, "\(run)")
      try folder.write(run.output, to: "\(to).csv")
    }
    func numbers(_ text: String) -> [String: Double] {
      var numbers: [String: Double] = [:]
      for line in text.split(separator: "\n").dropFirst() {
        let fields = line.split(separator: ",")
        numbers["\(fields[0]) \(fields[1])"] = Double(fields[2])
      }
      return numbers
    }
    let before = numbers(
      try String(
        contentsOfFile: Repository.folder + "/geodata/index/indicators-2013.csv", encoding: .utf8))
    let after = numbers(try String(contentsOfFile: folder.path("2013.csv"), encoding: .utf8))
    #expect(before.count == 96 && after.count == 96)
    for (cell, value) in before {
      #expect(abs((after[cell] ?? .nan) - value) <= 1e-9 * abs(value), "\(cell)")
    }
  }

  @Test("units go by names of any time, where what they name is one unit")
  func names() throws {
    let table = """
      Nur-Sultan,gini,1,index,2020,S,
      Карагандинская область,gini,2,index,2020,S,
      Semipalatinsk Region,gini,3,index,2020,S,
      almaty oblast,gini,4,index,2020,S,
      Almaty,gini,5,index,2020,S,

      """
    let json = try run(table, ["--from", "2024", "--to", "2024", "--format", "json"]).json()
    let values = try #require(json["values"] as? [[String: Any]])
    let found = Dictionary(
      uniqueKeysWithValues: values.map { ($0["unit"] as? String ?? "", $0["value"] as? Double) })
    #expect(found == ["KZ-71": 1, "KZ-35": 2, "KZ-10": 3, "KZ-19": 4, "KZ-75": 5])
  }

  @Test(
    "a unit that the vintage does not have is told with the nearest or with the choices",
    arguments: [
      ("Karagnda", "2013", 67, ["own.csv", "\"Karagnda\"", "Karaganda (KZ-KAR)"]),
      ("South Kazakhstan", "2024", 67, ["ambiguous", "Turkistan (KZ-61)", "Shymkent (KZ-79)"]),
      ("KZ-YUZ", "2024", 67, ["ambiguous", "units of 2018", "units of 2013"]),
      ("Torghai", "2013", 67, ["ambiguous", "Kostanay (KZ-KUS)", "Akmola (KZ-AKM)"]),
      ("Zhezkazgan oblast", "2024", 67, ["Karaganda (KZ-35)", "Ulytau (KZ-62)"]),
      ("Semey Region", "2013", 65, ["own.csv", "a part of East Kazakhstan (KZ-VOS)"]),
      ("Ulytau", "2018", 65, ["a part of Karaganda (KZ-KAR)"]),
    ] as [(String, String, Int32, [String])])
  func unknownUnits(unit: String, vintage: String, status: Int32, says: [String]) throws {
    try run("\(unit),gini,0.3,index,2020,S,\n", ["--from", vintage, "--to", "2018"])
      .expectFailure(status, saying: says)
  }

  @Test(
    "what cannot be moved is refused, and the message says what would do",
    arguments: [
      ("KZ-KAR,financial_services,1,percent,2013,S,\n", [], ["financial_services", "--kind"]),
      ("KZ-KAR,cases,1,persons,2013,S,\n", [], ["cases", "\"kind\"", "--kind cases=intensive"]),
      ("KZ-KAR,gini,1,index,2013,S,\n", ["--kind", "gini=extensive"], ["gini", "both"]),
      (
        "KZ-KAR,a,1,index,2013,S,\n", ["--kind", "a=extensive", "--kind", "a=intensive"],
        ["a is called both"]
      ),
      ("KZ-KAR,gini,many,index,2013,S,\n", [], ["own.csv:2", "many"]),
      ("KZ-KAR,gini,1,index,2013,S,\nKaraganda,gini,2,index,2013,S,\n", [], ["gini", "twice"]),
      ("KZ-KAR,gini,1,index,2013,S,\nKaraganda,gini,2,index,2012,S,\n", [], ["2013 and 2012"]),
    ] as [(String, [String], [String])])
  func refused(table: String, options: [String], says: [String]) throws {
    try run(table, ["--from", "2013", "--to", "2024"] + options).expectFailure(65, saying: says)
  }

  @Test(
    "a wrong option ends with 64, an unknown vintage with 67, a missing file with 66",
    arguments: [
      (["--from", "2013"], 64, "--to"), (["--to", "2024"], 64, "--from"), ([], 64, "--name"),
      (["--from", "2013", "--to", "2024", "--kind", "x"], 64, "--kind is"),
      (["--from", "2013", "--to", "2024", "--kind", "x=odd"], 64, "x=extensive"),
      (["--from", "2013", "--to", "2024", "--by", "weight"], 64, "--by"),
      (["--from", "2013", "--to", "2024", "--population", "f.csv"], 64, "--population"),
      (["--from", "2013", "--to", "2024", "--population", "2018=f.csv"], 64, "2018"),
      (["--name", "Abai", "--from", "2013"], 64, "--name"),
      (["--from", "2012", "--to", "2024"], 67, "2013, 2018, 2024"),
      (["--name", "Abai", "--to", "2020"], 67, "2013, 2018, 2024"),
      (["--from", "2013", "--to", "2024", "--indicators", "no.csv"], 66, "no.csv"),
      (
        ["--from", "2013", "--to", "2024", "--units", "no.yaml", "--indicators", "a"], 66, "no.yaml"
      ),
      (["--from", "2013", "--to", "2024", "--format", "geojson"], 64, "geometry"),
    ] as [([String], Int32, String)])
  func options(words: [String], status: Int32, says: String) throws {
    let run = try CorridorProcess(["crosswalk"] + words)
    #expect(run.status == status, "\(run)")
    #expect(run.output.isEmpty && run.errors.contains(says), "\(run)")
  }

  @Test("areas of the outlines divide where they are asked for or no population is known")
  func areas() throws {
    let table = "South Kazakhstan,drug_seizures,100,kg,2013,S,\n"
    let asked = try run(
      table, ["--from", "2013", "--to", "2018", "--by", "area", "--format", "json"]
    ).json()
    let values = try #require(asked["values"] as? [[String: Any]])
    #expect(values.count == 2)
    #expect(values.allSatisfy { ($0["note"] as? String)?.hasSuffix("by area") == true })
    let shymkent = try #require(
      values.first { $0["name"] as? String == "Shymkent" }?["value"] as? Double)
    // 1,170 km² are published for the city, 117,300 km² for the region around it; outlines are simplified.
    #expect((0.7...1.3).contains(shymkent), "\(shymkent)")
    let sizes = try #require(asked["sizes"] as? [[String: Any]])
    #expect(sizes.allSatisfy { $0["basis"] as? String == "area" } && sizes.count == 2)
  }

  @Test("a history of one's own needs a table and says of what size parts are")
  func ownUnits() throws {
    let folder = try TemporaryFolder()
    try folder.write(
      """
      name: Two districts
      source: invented
      vintages:
        old: {A: [Alpha], B: Beta}
        new: {C: Gamma, D: Delta}
      changes:
        - from: old
          to: new
          date: 2001-02-03
          what: The border moved.
          source: invented
          parts:
            A: [C]
            B:
              - {unit: C, population: 30, source: census}
              - {unit: D, population: 70, source: census}

      """, to: "units.yaml")
    try folder.write(
      Self.header + "Alpha,gini,1,i,2000,S,\nB,gini,2,i,2000,S,\n"
        + "Alpha,cases,10,n,2000,S,\nB,cases,10,n,2000,S,\n", to: "own.csv")
    let words = [
      "crosswalk", "--units", "units.yaml", "--from", "old", "--to", "new", "--kind",
      "cases=extensive", "--format", "json",
    ]
    try CorridorProcess(words, in: folder.path).expectFailure(64, saying: ["--indicators"])
    func values(_ more: [String]) throws -> [String: Double] {
      let json = try CorridorProcess(
        words + ["--indicators", "own.csv"] + more, in: folder.path
      ).json()
      let rows = try #require(json["values"] as? [[String: Any]])
      return Dictionary(
        uniqueKeysWithValues: rows.map {
          ("\($0["name"] ?? "") \($0["indicator"] ?? "")", $0["value"] as? Double ?? .nan)
        })
    }
    // The mean over Gamma needs Alpha's population, which nobody gave.
    #expect(try values([]) == ["Gamma cases": 13, "Delta cases": 7, "Delta gini": 2])
    try folder.write(
      Self.header + "Alpha,population,90,n,2000,S,\n", to: "people.csv")
    let moved = try values(["--population", "old=people.csv"])
    #expect(abs((moved["Gamma gini"] ?? 0) - (90 * 1 + 30 * 2) / 120) < 1e-12)
  }

  @Test("a name is told over time")
  func asked() throws {
    let run = try CorridorProcess(["crosswalk", "--name", "Кокчетавская область"])
    #expect(run.status == 0, "\(run)")
    for words in ["Kokshetau Region (until 1997-05-03)", "Akmola (KZ-11)", "is of parts of"] {
      #expect(run.text.contains(words), "\(words) in \(run.text)")
    }
    try CorridorProcess(["crosswalk", "--name", "Taldykurgan"])
      .expectFailure(67, saying: ["Taldykurgan", "Taldykorgan Region"])
  }
}
