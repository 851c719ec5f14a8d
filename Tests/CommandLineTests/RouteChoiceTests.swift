import Foundation
import Testing

/// Models of route choice through the command line.
@Suite("Route choice on the command line")
struct RouteChoiceTests {
  /// What the worked example of the toy region gives by oblast, computed apart from this program.
  struct Known: Sendable, CustomTestStringConvertible {
    let arguments: [String]
    let kilometers: [String: Double]
    let hours: [String: Double]
    let entering: [String: Double]

    var testDescription: String { arguments.joined(separator: " ") }
  }

  private static let fiveShortest = [
    "--model", "psl", "--alternatives", "k-shortest", "--k", "5", "--max-overlap", "1",
  ]

  static let known = [
    Known(
      arguments: ["--model", "shortest"],
      kilometers: ["A": 120.71067811865476, "B": 0, "C": 120.71067811865476, "ABROAD": 100],
      hours: [
        "A": 3.247546895706429, "B": 0, "C": 2.5535113019775793, "ABROAD": 1.4583333333333335,
      ],
      entering: ["A": 1, "B": 0, "C": 1, "ABROAD": 1]),
    Known(
      arguments: fiveShortest + ["--beta", "0"],
      kilometers: [
        "A": 62.46080774125859, "B": 60.256396578178425, "C": 122.717204319437,
        "ABROAD": 127.16947698900208,
      ],
      hours: [
        "A": 1.7005623220098494, "B": 1.4002976272606218, "C": 2.619375119733622,
        "ABROAD": 1.9111579498167013,
      ],
      entering: ["A": 0.5603886277523644, "B": 0.564766219785975, "C": 1, "ABROAD": 1]),
    Known(
      arguments: fiveShortest,
      kilometers: [
        "A": 65.01396566234513, "B": 58.115811383579114, "C": 126.33189767326463,
        "ABROAD": 125.41531347201663,
      ],
      hours: [
        "A": 1.78265015968914, "B": 1.337987651691725, "C": 2.6649231844829195,
        "ABROAD": 1.8819218912002773,
      ],
      entering: ["A": 0.58877158967544, "B": 0.5414479825030694, "C": 1, "ABROAD": 1]),
  ]

  private let toy = ToyRegionFiles()

  private func close(_ a: Any?, _ b: Double, tolerance: Double = 1e-9) -> Bool {
    guard let a = a as? Double else { return false }
    return abs(a - b) <= tolerance * max(1, abs(b))
  }

  private func rows(_ value: Any?) throws -> [[String: Any]] {
    try #require(value as? [[String: Any]])
  }

  @Test(
    "kilometres, hours and chances of entering are those of the worked example", arguments: known)
  func workedExample(known: Known) throws {
    let json = try toy.run(
      ["exposure", "--from", "Southgate", "--to", "Northend", "--format", "json"]
        + known.arguments
    ).json()
    let rows = try rows(json["provinces"]) + rows(json["abroad"])
    #expect(rows.count == 4)
    let total = try #require(json["total"] as? [String: Any])
    for row in rows {
      let id = try #require(row["id"] as? String)
      let kilometers = try #require(known.kilometers[id])
      let hours = try #require(known.hours[id])
      let entering = try #require(known.entering[id])
      #expect(close(row["length_m"], kilometers * 1000), "\(row)")
      #expect(close(row["travel_time_s"], hours * 3600), "\(row)")
      #expect(close(row["entering_mass"], entering), "\(row)")
      #expect(close(row["entering_share"], entering), "\(row)")
      let sums = (known.kilometers.values.reduce(0, +), known.hours.values.reduce(0, +))
      #expect(close(row["length_share"], kilometers / sums.0), "\(row)")
      #expect(close(row["travel_time_share"], hours / sums.1), "\(row)")
    }
    #expect(close(total["travel_time_s"], known.hours.values.reduce(0, +) * 3600))
    #expect(json["warnings"] as? [String] == [])
  }

  @Test("crossings are passed as probably as the alternatives that pass them")
  func crossings() throws {
    // The path-size probabilities of the worked example; of the five ways the second and third lead
    // over X2, the others over X1, and all over X3.
    let probabilities = [
      0.29631123904501766, 0.2194909350704128, 0.1917374752541473, 0.1302195721785092,
      0.1622407784519131,
    ]
    let byX2 = probabilities[1] + probabilities[2]
    let json = try toy.run(
      ["exposure", "--from", "Southgate", "--to", "Northend", "--by", "crossing"]
        + Self.fiveShortest + ["--format", "json"]
    ).json()
    let expected = ["X1": 1 - byX2, "X2": byX2, "X3": 1, "X4": 0]
    let crossings = try rows(json["crossings"])
    #expect(crossings.count == expected.count)
    for row in crossings {
      let value = try #require(expected[row["id"] as? String ?? ""])
      for figure in ["use_mass", "passing_mass", "passing_share"] {
        #expect(close(row[figure], value), "\(figure) of \(row)")
      }
    }
    for row in try rows(json["sites"]) {
      #expect(close(row["passing_share"], try #require(expected[row["id"] as? String ?? ""])))
    }
  }

  @Test("the alternatives of a pair are told with the probabilities of the worked example")
  func alternatives() throws {
    let arguments = ["route", "Southgate", "Northend"] + Self.fiveShortest
    let json = try toy.run(arguments + ["--format", "json"]).json()
    let ways = try rows(json["alternatives"])
    let known: [(probability: Double, size: Double, km: Double)] = [
      (0.29631123904501766, 0.4668698884803293, 341.4213562373095),
      (0.2194909350704128, 0.4170820393249937, 361.8033988749895),
      (0.1917374752541473, 0.513281275495687, 403.224755112299),
      (0.1302195721785092, 0.5083333333333333, 400), (0.1622407784519131, 0.6333333333333333, 400),
    ]
    #expect(ways.count == known.count)
    // The last two take equally long, and either may come first.
    let order = ways.sorted { $0["path_size"] as? Double ?? 0 < $1["path_size"] as? Double ?? 0 }
    for (way, known) in zip(order, known.sorted { $0.size < $1.size }) {
      #expect(close(way["probability"], known.probability), "\(way)")
      #expect(close(way["path_size"], known.size), "\(way)")
      #expect(close(way["length_m"], known.km * 1000), "\(way)")
    }
    let map = try toy.run(arguments + ["--format", "geojson"]).json()
    #expect((map["features"] as? [[String: Any]])?.count == 5)
    let table = try toy.run(arguments)
    #expect(table.text.contains("5 alternatives"))
    #expect(table.text.split(separator: "\n").allSatisfy { $0.count <= 100 })
    let refused = try toy.run(["route", "Southgate", "Northend", "--model", "stoch"])
    #expect(refused.status == 64 && refused.errors.contains("--model stoch lists no ways"))
  }

  static let models = [
    ["--model", "shortest"], ["--model", "psl"], ["--model", "psl", "--alternatives", "via-node"],
    ["--model", "psl", "--alternatives", "k-shortest"], ["--model", "stoch"],
    ["--model", "stoch", "--stoch-passes", "two", "--theta", "0.3"],
  ]

  @Test(
    "the use of links adds up to the exposure of provinces, whatever travels", arguments: models)
  func linksAddUp(model: [String]) throws {
    let questions = [
      [], ["--corridor", "T2"], ["--od", ToyRegionFiles.folder + "/flows.csv"],
      ["--from", "Westwold", "--to", "Southgate"],
    ]
    for question in questions {
      let arguments = ["exposure", "--format", "json"] + model + question
      let provinces = try toy.run(arguments).json()
      let links = try toy.run(arguments + ["--by", "link"]).json()
      let (whole, parts) = (provinces["total"] as? [String: Any], links["total"] as? [String: Any])
      for figure in ["length_m", "travel_time_s", "connected_mass"] {
        let value = try #require(whole?[figure] as? Double)
        #expect(value > 0)
        #expect(close(parts?[figure], value), "\(figure): \(arguments)")
      }
      let rows = try rows(provinces["provinces"]) + rows(provinces["abroad"])
      for figure in ["length_share", "travel_time_share"] {
        #expect(close(rows.reduce(0) { $0 + ($1[figure] as? Double ?? 0) }, 1), "\(arguments)")
      }
    }
  }

  @Test("the number of threads changes no byte", arguments: models)
  func threads(model: [String]) throws {
    for unit in ["province", "crossing", "link"] {
      let runs = try ["1", "2", "7"].map { threads in
        try toy.run(
          ["exposure", "--od", ToyRegionFiles.folder + "/flows.csv", "--format", "json"] + model
            + ["--by", unit, "--threads", threads]
        ).output
      }
      #expect(!runs[0].isEmpty)
      #expect(Set(runs).count == 1, "\(model) \(unit)")
    }
  }

  @Test(
    "a pair is spread by a path-size logit where no model is named, a named corridor is one way")
  func standardModel() throws {
    func answer(_ words: [String]) throws -> [[String: Any]] {
      try rows(try toy.run(["exposure", "--format", "json"] + words).json()["provinces"])
    }
    func shares(_ words: [String]) throws -> [Double] {
      try answer(words).compactMap { $0["entering_share"] as? Double }
    }
    let pair = ["--from", "Southgate", "--to", "Northend"]
    let standard = try shares(pair)
    #expect(try standard == shares(pair + ["--model", "psl"]) && !standard.isEmpty)
    #expect(try standard != shares(pair + ["--model", "shortest"]))
    #expect(
      try shares(pair + ["--theta", "2"]) == shares(pair + ["--model", "psl", "--theta", "2"]))
    #expect(try shares([]) == shares(["--model", "shortest"]))
    #expect(try shares(["--beta", "0"]) == shares(["--model", "psl", "--beta", "0"]))
  }

  @Test("a range of theta is the same as one run for each, with all or nothing beside it")
  func thetaRange() throws {
    let pair = ["exposure", "--from", "Southgate", "--to", "Northend", "--format", "json"]
    let json = try toy.run(pair + ["--model", "psl", "--theta-range", "0.1:1000:5"]).json()
    let thetas = try rows(json["thetas"]).map { try #require($0["theta"] as? Double) }
    #expect(thetas.count == 5)
    for (theta, exact) in zip(thetas, [0.1, 1, 10, 100, 1000]) { #expect(close(theta, exact)) }
    for (position, theta) in thetas.enumerated() {
      let one = try toy.run(pair + ["--model", "psl", "--theta", "\(theta)"]).json()
      for (row, single) in zip(try rows(json["provinces"]), try rows(one["provinces"])) {
        let figures = try #require((row["by_theta"] as? [[String: Any]])?[position])
        for figure in ["length_m", "travel_time_s", "entering_mass", "entering_share"] {
          let value = try #require(single[figure] as? Double)
          #expect(close(figures[figure], value), "\(figure) at \(theta)")
        }
      }
    }
    let shortest = try toy.run(pair + ["--model", "shortest"]).json()
    for (row, single) in zip(try rows(json["provinces"]), try rows(shortest["provinces"])) {
      let limit = try #require(row["all_or_nothing"] as? [String: Any])
      let highest = try #require((row["by_theta"] as? [[String: Any]])?.last)
      let range = try #require(row["travel_time_range_s"] as? [String: Any])
      for figure in ["length_m", "travel_time_s", "entering_mass"] {
        let value = try #require(single[figure] as? Double)
        #expect(limit[figure] as? Double == value)
        // The next best way is 0.19 h longer: e^(−187) is nothing.
        #expect(close(highest[figure], value), "\(figure): \(row)")
      }
      let values = try #require(row["by_theta"] as? [[String: Any]]).compactMap {
        $0["travel_time_s"] as? Double
      }
      #expect(range["low"] as? Double == values.min() && range["high"] as? Double == values.max())
    }
    let table = try toy.run(
      ["exposure", "--corridor", "T2", "--model", "stoch", "--theta-range", "0.01:100:20"])
    #expect(table.status == 0)
    #expect(table.text.split(separator: "\n").allSatisfy { $0.count <= 100 }, "\(table.text)")
  }

  /// A run that is refused, and what it says.
  struct Refusal: Sendable, CustomTestStringConvertible {
    let arguments: [String]
    let says: String

    init(_ arguments: String..., says: String) {
      self.arguments = arguments
      self.says = says
    }

    var testDescription: String { arguments.joined(separator: " ") }
  }

  static let refusals = [
    Refusal("--model", "best", says: "--model"),
    Refusal("--model", "shortest", "--theta", "1", says: "--theta goes with --model psl"),
    Refusal("--model", "stoch", "--beta", "1", says: "--beta goes with --model psl;"),
    Refusal("--model", "stoch", "--k", "3", says: "--k goes with --model psl"),
    Refusal("--model", "stoch", "--alternatives", "penalty", says: "--alternatives goes with"),
    Refusal("--model", "stoch", "--max-stretch", "2", says: "--max-stretch goes with"),
    Refusal("--model", "shortest", "--max-overlap", "0.5", says: "the model is shortest"),
    Refusal(
      "--model", "psl", "--stoch-passes", "two", says: "--stoch-passes goes with --model stoch"),
    Refusal("--model", "psl", "--theta=-1", says: "--theta is -1.0; expected a number from 0"),
    Refusal("--model", "psl", "--theta", "nan", says: "--theta is nan; expected"),
    Refusal("--model", "psl", "--theta", "inf", says: "--theta is inf; expected"),
    Refusal("--model", "psl", "--theta", "one", says: "--theta"),
    Refusal("--model", "psl", "--beta=-0.5", says: "--beta is -0.5; expected a number from 0"),
    Refusal("--model", "psl", "--k", "0", says: "--k is 0; expected a whole number from 1 to 100"),
    Refusal("--model", "psl", "--k", "101", says: "--k is 101"),
    Refusal("--model", "psl", "--k", "2.5", says: "--k"),
    Refusal("--model", "psl", "--alternatives", "plateau", says: "--alternatives"),
    Refusal(
      "--model", "psl", "--penalty-factor", "1", says: "expected a number above 1, at most 10"),
    Refusal(
      "--model", "psl", "--alternatives", "via-node", "--penalty-factor", "2",
      says: "--penalty-factor goes with --alternatives penalty"),
    Refusal("--model", "psl", "--max-stretch", "0.9", says: "expected a number from 1"),
    Refusal("--model", "psl", "--max-overlap", "1.1", says: "expected a share from 0 to 1"),
    Refusal(
      "--model", "shortest", "--theta-range", "0.1:10:9", says: "--theta-range goes with --model"),
    Refusal(
      "--model", "psl", "--theta", "1", "--theta-range", "0.1:10:9", says: "exclude one another"),
    Refusal("--model", "psl", "--theta-range", "0:10:9", says: "--theta-range"),
    Refusal("--model", "psl", "--theta-range", "10:1:9", says: "--theta-range"),
    Refusal("--model", "psl", "--theta-range", "1:10:1", says: "--theta-range"),
    Refusal("--model", "psl", "--theta-range", "1:10", says: "--theta-range"),
    Refusal(
      "--model", "rl", "--theta", "1e308", says: "--theta is 1e+308; expected a number above 0"),
    Refusal("--model", "psl", "--theta", "2e9", says: "expected a number from 0 to 1e9"),
    Refusal("--model", "psl", "--theta-range", "1:2e9:3", says: "HIGH ≤ 1e9"),
    Refusal("--model", "psl", "--theta-range", "1:inf:3", says: "--theta-range"),
    Refusal(
      "--model", "psl", "--theta-range", "1:10:3", "--by", "link", says: "goes with --by province"),
    Refusal("--by", "person", says: "--by"),
  ]

  @Test("a parameter out of its range or of another model is refused", arguments: refusals)
  func refused(refusal: Refusal) throws {
    let run = try CorridorProcess(["exposure"] + refusal.arguments)
    #expect(run.status == 64, "\(run)")
    #expect(run.output.isEmpty)
    #expect(run.errors.contains(refusal.says), "\(run)")
  }

  @Test("what was asked for and what holds by default stands in the manifest")
  func manifest() throws {
    func options(_ arguments: String...) throws -> [String: String] {
      let json = try toy.run(
        ["exposure", "--from", "Southgate", "--to", "Northend", "--format", "json"] + arguments
      ).json()
      let manifest = try #require(json["manifest"] as? [String: Any])
      return try #require(manifest["options"] as? [String: String])
    }
    let psl = try options("--model", "psl", "--theta", "2", "--by", "crossing")
    let expected = [
      "model": "psl", "theta": "2.0", "beta": "1.0", "k": "10", "alternatives": "penalty",
      "penalty_factor": "1.4", "penalty_rounds": "12", "max_stretch": "1.5", "max_overlap": "0.8",
      "by": "crossing",
    ]
    for (name, value) in expected { #expect(psl[name] == value, "\(name)") }
    let stoch = try options("--model", "stoch")
    #expect(stoch["model"] == "stoch" && stoch["stoch_passes"] == "one" && stoch["beta"] == nil)
    #expect(
      try options()["model"] == "psl" && options("--model", "shortest")["model"] == "shortest")
  }

  @Test("crossings and links have a table, CSV and a map layer", arguments: ["crossing", "link"])
  func formats(unit: String) throws {
    let arguments = ["exposure", "--corridor", "T2", "--model", "psl", "--by", unit]
    let table = try toy.run(arguments)
    #expect(table.status == 0, "\(table)")
    #expect(table.text.split(separator: "\n").allSatisfy { $0.count <= 100 }, "\(table.text)")
    #expect(table.text.contains("Modelled potential, not observed trafficking."))
    #expect(table.text.contains("path-size logit, θ 1 per h"))
    let json = try toy.run(arguments + ["--format", "json"]).json()
    let rows = try rows(json[unit + "s"])
    let csv = try toy.run(arguments + ["--format", "csv"]).text.split(separator: "\n")
    #expect(csv.count == rows.count + 1)
    let map = try toy.run(arguments + ["--format", "geojson"]).json()
    let features = try #require(map["features"] as? [[String: Any]])
    #expect(features.map { $0["id"] as? String } == rows.map { $0["id"] as? String })
    #expect(
      features.map { ($0["properties"] as? [String: Any])?["use_mass"] as? Double }
        == rows.map { $0["use_mass"] as? Double })
  }
}

/// The files of the toy region, as options.
struct ToyRegionFiles {
  static let folder = Repository.folder + "/Tests/Fixtures/toy-region"

  func run(_ arguments: [String]) throws -> CorridorProcess {
    let files = SmallRegion.inputs.sorted { $0.key < $1.key }.flatMap {
      ["--\($0.key)", Self.folder + "/" + $0.value]
    }
    return try CorridorProcess(arguments + files + ["--countries", "XA", "--no-cache"])
  }
}
