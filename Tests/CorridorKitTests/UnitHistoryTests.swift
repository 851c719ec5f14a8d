import CorridorKit
import Foundation
import Sampling
import Testing

@Suite("Units over time")
struct UnitHistoryTests {
  private static let sound = """
    name: N
    source: S
    vintages:
      "1": {a: [Alpha, First], b: Beta}
      "2": {a: Alpha, c: Gamma, d: Delta}
    changes:
      - {from: "1", to: "2", date: 2001-02-03, what: b was divided, source: S, parts: {b: [c, d]}}
    former:
      - {names: [Omega], until: 1999-01-01, units: [c], note: became Gamma, source: S}

    """

  private func history(_ text: String) throws -> UnitHistory {
    try UnitHistory(try inputFile(text, named: "units.yaml"))
  }

  @Test("units that are not mentioned stay under their id")
  func reading() throws {
    let history = try history(Self.sound)
    let parts = try history.correspondence(from: "1", to: "2").parts
    #expect(parts.map { "\($0.from)\($0.to)" } == ["aa", "bc", "bd"])
    let back = try history.correspondence(from: "2", to: "1").parts
    #expect(back.map { "\($0.from)\($0.to)" } == ["aa", "cb", "db"])
    #expect(try history.units(named: "first", in: "2").units.map(\.id) == ["a"])
    #expect(try history.units(named: "Omega", in: "2").isWhole)
    #expect(try !history.units(named: "Omega", in: "1").isWhole)
  }

  @Test(
    "a fault is told with line, key and expectation",
    arguments: [
      ("name: N\n", "", ["name"]), ("\"2\": {", "\"1\": {", ["line 5", "again"]),
      ("[c, d]", "[c]", ["d", "corresponds to none"]), ("[c, d]", "[c, e]", ["'e'", "nearest"]),
      ("[c, d]", "[c, d, d]", ["b to d", "twice"]), ("2001-02-03", "2001-02-30", ["a date"]),
      ("from: \"1\"", "from: \"3\"", ["line 7", "1, 2"]),
      ("to: \"2\"", "to: \"1\"", ["a later one"]), ("[Alpha, First]", "[]", ["vintages.1.a"]),
      ("units: [c]", "units: [b]", ["\"b\"", "the last vintage"]),
      ("note: became Gamma, ", "", ["note"]), ("former:", "formre:", ["formre", "former?"]),
      ("[c, d]", "[c, {unit: d, population: 3}]", ["source"]),
      ("[c, d]", "[c, {unit: d, population: -3, source: S}]", ["people from 0"]),
    ] as [(String, String, [String])])
  func faults(old: String, new: String, says: [String]) throws {
    let text = Self.sound.replacing(old, with: new)
    try #require(text != Self.sound)
    let file = try inputFile(text, named: "units.yaml")
    let message = try #require(
      fault { () throws(CorridorKitError) in _ = try UnitHistory(file) })
    #expect(message.contains("units.yaml"), "\(message)")
    for words in says { #expect(message.contains(words), "\(message)") }
  }

  @Test("a file with a random fault is read or refused with a reason, never a crash")
  func mutations() throws {
    let text = Array(Self.sound.utf8)
    let pieces = ["", "[]", "{}", "~", ":", "- ", "\"", "a", "9", "\n", "  ", "&x", "*x", "\u{0}"]
    var refused = 0
    for seed in 0..<400 as Range<UInt64> {
      var random = SplitMix64(seed: seed)
      var bytes = text
      let place = random.integer(below: bytes.count)
      let end = min(bytes.count, place + random.integer(below: 4))
      bytes.replaceSubrange(
        place..<end, with: Array(pieces[random.integer(below: pieces.count)].utf8))
      let message = fault { () throws(CorridorKitError) in
        let history = try UnitHistory(InputFile(path: "units.yaml", data: Data(bytes)))
        for from in history.vintages {
          for to in history.vintages {
            let parts = try history.correspondence(from: from.id, to: to.id).parts
            #expect(!parts.isEmpty, "seed \(seed)")
          }
        }
      }
      if let message {
        refused += 1
        #expect(!message.isEmpty && !message.contains("\n"), "seed \(seed): \(message)")
      }
    }
    #expect(refused > 100)
  }

  @Test("the shipped history has the units of the shipped layers, and their names find them")
  func shipped() throws {
    let file = try InputFile(path: Shipped.folder + "/units.yaml")
    let history = try UnitHistory(file)
    #expect(history.vintages.map(\.id) == DataSources.vintages)
    for vintage in history.vintages {
      let layer = try Shipped.area(of: vintage.id).get().provinces.provinces.filter {
        $0.country == "KZ"
      }
      #expect(Set(layer.map(\.id)) == Set(vintage.units.map(\.id)))
      for province in layer {
        #expect(vintage.units.first { $0.id == province.id }?.name == province.name)
        for name in [province.name] + Array(province.names.values) {
          let found = try history.units(named: name, in: vintage.id)
          // Russian and Kazakh call the city as its region is abbreviated; the exact name goes first.
          #expect(found.units.map(\.id) == [province.id], "\(name) in \(vintage.id)")
        }
      }
    }
  }

  @Test(
    "units of 1997 and former names resolve where one unit has their territory",
    arguments: [
      ("Taldykorgan", "2024", ["KZ-33"], true), ("Taldykorgan", "2013", ["KZ-ALM"], false),
      ("Torghai", "2024", ["KZ-11", "KZ-39"], false),
      ("Kokshetau oblast", "2018", ["KZ-AKM", "KZ-SEV"], false),
      ("Zhezkazgan", "2013", ["KZ-KAR"], false), ("Zhezkazgan", "2024", ["KZ-35", "KZ-62"], false),
      ("Semipalatinsk", "2024", ["KZ-10"], true), ("Semipalatinsk", "2018", ["KZ-VOS"], false),
      ("Nur-Sultan", "2013", ["KZ-AST"], true), ("Nur-Sultan", "2024", ["KZ-71"], true),
      ("South Kazakhstan", "2024", ["KZ-61", "KZ-79"], true),
      ("Jetisu", "2018", ["KZ-ALM"], false), ("Shymkent", "2013", ["KZ-YUZ"], false),
    ] as [(String, String, Set<String>, Bool)])
  func names(name: String, vintage: String, ids: Set<String>, isWhole: Bool) throws {
    let history = try UnitHistory(try InputFile(path: Shipped.folder + "/units.yaml"))
    let found = try history.units(named: name, in: vintage)
    #expect(Set(found.units.map(\.id)) == ids)
    #expect(found.isWhole == isWhole)
  }

  @Test("what moved on is what the outlines show: each later unit lies in its earlier one")
  func outlines() throws {
    let history = try UnitHistory(try InputFile(path: Shipped.folder + "/units.yaml"))
    let areas = try DataSources.vintages.map { vintage in
      let layer = try Shipped.area(of: vintage).get().provinces
      return Dictionary(
        uniqueKeysWithValues: layer.provinces.map { province in
          (province.id, province.polygons.reduce(0) { $0 + layer.metric.area(of: $1) })
        })
    }
    for (before, after) in [(0, 1), (1, 2), (0, 2)] {
      let vintages = DataSources.vintages
      let crosswalk = try history.correspondence(from: vintages[before], to: vintages[after])
      for unit in crosswalk.from {
        let parts = crosswalk.parts(from: unit.id).reduce(0) { $0 + (areas[after][$1.to] ?? .nan) }
        let whole = try #require(areas[before][unit.id])
        #expect(abs(parts / whole - 1) < 1e-6, "\(unit.name)")
      }
    }
  }
}
