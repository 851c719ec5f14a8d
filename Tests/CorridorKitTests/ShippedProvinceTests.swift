import CorridorKit
import Foundation
import Geography
import Testing
import TransportGraph

@Suite("The shipped provinces")
struct ShippedProvinceTests {
  /// The Kazakh units by vintage, cities of republican rank marked.
  static let unitNames = [
    "2013": [
      "Astana (city)", "Almaty (city)", "Akmola", "Aktobe", "Almaty", "Atyrau", "East Kazakhstan",
      "Zhambyl", "West Kazakhstan", "Karaganda", "Kostanay", "Kyzylorda", "Mangystau",
      "South Kazakhstan", "Pavlodar", "North Kazakhstan",
    ],
    "2018": [
      "Astana (city)", "Almaty (city)", "Akmola", "Aktobe", "Almaty", "Atyrau", "East Kazakhstan",
      "Zhambyl", "West Kazakhstan", "Karaganda", "Kostanay", "Kyzylorda", "Mangystau", "Pavlodar",
      "North Kazakhstan", "Turkistan", "Shymkent (city)",
    ],
    "2024": [
      "Astana (city)", "Almaty (city)", "Akmola", "Aktobe", "Almaty", "Atyrau", "East Kazakhstan",
      "Zhambyl", "West Kazakhstan", "Karaganda", "Kostanay", "Kyzylorda", "Mangystau", "Pavlodar",
      "North Kazakhstan", "Turkistan", "Shymkent (city)", "Abai", "Jetisu", "Ulytau",
    ],
  ]

  /// What a unit is called in the lists above.
  private static func listName(_ province: Province) -> String {
    switch province.name {
    case "Astana", "Shymkent": province.name + " (city)"
    case "Almaty": "Almaty (city)"
    case "Almaty Region": "Almaty"
    default: province.name
    }
  }

  private func units(_ vintage: String) throws -> [Province] {
    try Shipped.area(of: vintage).get().provinces.provinces.filter { $0.country == "KZ" }
  }

  @Test(
    "a vintage has the units of its time, each with an id of its own",
    arguments: [("2013", 16), ("2018", 17), ("2024", 20)])
  func units(vintage: String, count: Int) throws {
    let kazakh = try units(vintage)
    #expect(kazakh.count == count)
    #expect(Set(kazakh.map(Self.listName)) == Set(try #require(Self.unitNames[vintage])))
    let all = try Shipped.area(of: vintage).get().provinces.provinces
    #expect(Set(all.map(\.id)).count == all.count)
    #expect(all.allSatisfy { $0.id.hasPrefix($0.country + "-") || $0.level == 0 })
    for unit in kazakh {
      #expect(unit.names["kk"] != nil && unit.names["ru"] != nil, "\(unit.id)")
    }
  }

  @Test(
    "the towns with an organisation against trafficking lie in the units of their time",
    arguments: [
      ("Astana", ["Astana (city)", "Astana (city)", "Astana (city)"]),
      ("Aktobe", ["Aktobe", "Aktobe", "Aktobe"]),
      ("Aktau, KZ-47", ["Mangystau", "Mangystau", "Mangystau"]),
      ("Almaty", ["Almaty (city)", "Almaty (city)", "Almaty (city)"]),
      ("Zhezkazgan", ["Karaganda", "Karaganda", "Ulytau"]),
      ("Karaganda", ["Karaganda", "Karaganda", "Karaganda"]),
      ("Kokshetau", ["Akmola", "Akmola", "Akmola"]),
      ("Kostanay", ["Kostanay", "Kostanay", "Kostanay"]),
      ("Kyzylorda", ["Kyzylorda", "Kyzylorda", "Kyzylorda"]),
      ("Petropavlovsk", ["North Kazakhstan", "North Kazakhstan", "North Kazakhstan"]),
      ("Taldykorgan", ["Almaty", "Almaty", "Jetisu"]),
      ("Ust-Kamenogorsk", ["East Kazakhstan", "East Kazakhstan", "East Kazakhstan"]),
      ("Shymkent", ["South Kazakhstan", "Shymkent (city)", "Shymkent (city)"]),
      ("Taraz", ["Zhambyl", "Zhambyl", "Zhambyl"]),
      // Not of that list: what the change of 2022 moved.
      ("Khorgos", ["Almaty", "Almaty", "Jetisu"]), ("Dostyk", ["Almaty", "Almaty", "Jetisu"]),
      ("Semey", ["East Kazakhstan", "East Kazakhstan", "Abai"]),
      ("Kalbatau", ["East Kazakhstan", "East Kazakhstan", "Abai"]),
      ("Konaev", ["Almaty", "Almaty", "Almaty"]),
      ("Turkistan", ["South Kazakhstan", "Turkistan", "Turkistan"]),
      ("Korday", ["Zhambyl", "Zhambyl", "Zhambyl"]),
      // Leased to Russia, within Kyzylorda.
      ("Baikonur", ["Kyzylorda", "Kyzylorda", "Kyzylorda"]),
    ])
  func towns(name: String, expected: [String]) throws {
    for (vintage, unit) in zip(["2013", "2018", "2024"], expected) {
      let area = try Shipped.area(of: vintage).get()
      let town = try area.gazetteer.resolve(name)
      let covering = try ProvinceOverlay(area.provinces)
        .provinces(at: town.coordinate, toleranceMeters: 0)
        .map { Self.listName(area.provinces.provinces[$0]) }
      #expect(covering == [unit], "\(name) in \(vintage)")
    }
  }

  @Test(
    "the units without such a town are those that are known to have none",
    arguments: [
      ("2013", 13, ["Atyrau", "Pavlodar", "West Kazakhstan"]),
      ("2018", 13, ["Atyrau", "Pavlodar", "Turkistan", "West Kazakhstan"]),
      (
        "2024", 14, ["Abai", "Almaty", "Atyrau", "Pavlodar", "Turkistan", "West Kazakhstan"]
      ),
    ])
  func coverageByTowns(vintage: String, covered: Int, uncovered: [String]) throws {
    let towns = [
      "Astana", "Aktobe", "Aktau, KZ-47", "Almaty", "Zhezkazgan", "Karaganda", "Kokshetau",
      "Kostanay", "Kyzylorda", "Petropavlovsk", "Taldykorgan", "Ust-Kamenogorsk", "Shymkent",
      "Taraz",
    ]
    let area = try Shipped.area(of: vintage).get()
    let overlay = try ProvinceOverlay(area.provinces)
    var met: Set<String> = []
    for town in towns {
      let position = try area.gazetteer.resolve(town).coordinate
      for index in try overlay.provinces(at: position, toleranceMeters: 0) {
        met.insert(Self.listName(area.provinces.provinces[index]))
      }
    }
    #expect(met.count == covered)
    #expect(Set(try units(vintage).map(Self.listName)).subtracting(met).sorted() == uncovered)
  }

  @Test("a settlement's stated province is the one that its position lies in")
  func statedProvince() throws {
    let area = try Shipped.area2024.get()
    let overlay = try ProvinceOverlay(area.provinces)
    var checked = 0
    for settlement in area.gazetteer.settlements where settlement.country == "KZ" {
      let stated = try #require(settlement.province, "\(settlement.id)")
      let near = try overlay.provinces(at: settlement.coordinate, toleranceMeters: 2000)
        .map { area.provinces.provinces[$0].id }
      #expect(near.contains(stated), "\(settlement.name) lies in \(near), not \(stated)")
      checked += 1
    }
    #expect(checked > 300, "only \(checked) Kazakh settlements have a province")
  }

  @Test("Kazakh provinces do not overlap one another or their neighbours")
  func overlaps() throws {
    let report = try Shipped.area2024.get().provinces.coverage()
    #expect(report.overlaps.isEmpty, "\(report.overlaps)")
    // Kazakhstan has 2,724,902 km² (Committee of Statistics); borders here are simplified.
    let kazakh = zip(try Shipped.area2024.get().provinces.provinces, report.areas)
      .filter { $0.0.country == "KZ" }.reduce(0) { $0 + $1.1 }
    #expect(abs(kazakh / 2_724_902 - 1) < 0.01, "\(kazakh) km²")
  }

  @Test(
    "what an older unit held, its successors hold together, link by link",
    arguments: [
      ("2013", "South Kazakhstan", "2018", ["Turkistan", "Shymkent (city)"]),
      ("2018", "East Kazakhstan", "2024", ["East Kazakhstan", "Abai"]),
      ("2018", "Almaty", "2024", ["Almaty", "Jetisu"]),
      ("2018", "Karaganda", "2024", ["Karaganda", "Ulytau"]),
      ("2013", "Zhambyl", "2024", ["Zhambyl"]),
    ])
  func successors(older: String, unit: String, newer: String, parts: [String]) throws {
    let (before, after) = (
      try Shipped.area(of: older).get(), try Shipped.area(of: newer).get()
    )
    func columns(_ area: StudyArea, _ names: [String]) -> Set<Int32> {
      Set(
        area.provinces.provinces.indices.filter {
          let province = area.provinces.provinces[$0]
          return province.country == "KZ" && names.contains(Self.listName(province))
        }.map { Int32($0) })
    }
    let (whole, split) = (columns(before, [unit]), columns(after, parts))
    #expect(whole.count == 1 && split.count == parts.count)
    var total = 0.0
    for index in before.graph.links.indices {
      let link = LinkID(index)
      let old = before.overlay.lengths(of: link).filter { whole.contains($0.column) }
        .reduce(0) { $0 + $1.value }
      let new = after.overlay.lengths(of: link).filter { split.contains($0.column) }
        .reduce(0) { $0 + $1.value }
      // Pieces under a metre go to their longer neighbour, which may lie across another border.
      #expect(abs(old - new) < 3, "\(before.graph.links[index].id): \(old) m, \(new) m")
      total += old
    }
    #expect(total > 1_000_000, "only \(total) m of ways lie in \(unit)")
  }

  @Test("a way through Shymkent exposes Turkistan and the city as it did South Kazakhstan")
  func shymkent() throws {
    func exposure(_ vintage: String) throws -> [String: Exposure.Row] {
      let analysis = try Shipped.analysis(vintage: vintage, modes: [.road])
      let trips = try analysis.trips([
        OriginDestination(origin: "Taraz", destination: "Kyzylorda", mass: 10),
        OriginDestination(origin: "Shymkent", destination: "Tashkent", mass: 3),
      ])
      let exposure = Exposure(
        trips, analysis.view.outcomes(of: trips, matrix: analysis.matrix), matrix: analysis.matrix)
      #expect(exposure.connectedMass == 13)
      return Dictionary(
        uniqueKeysWithValues: zip(exposure.units.units.map(\.name), exposure.rows))
    }
    let (before, after) = (try exposure("2013"), try exposure("2018"))
    let south = try #require(before["South Kazakhstan"])
    let (turkistan, city) = (try #require(after["Turkistan"]), try #require(after["Shymkent"]))
    #expect(south.lengthMeters > 1_000_000)
    #expect(abs(south.lengthMeters - turkistan.lengthMeters - city.lengthMeters) < 100)
    #expect(
      abs(south.travelTimeSeconds - turkistan.travelTimeSeconds - city.travelTimeSeconds) < 10)
    #expect(city.lengthMeters > 0)
    // What begins in the city begins in South Kazakhstan and, from 2018, not in Turkistan.
    #expect(south.roles.originMass == 3)
    #expect(city.roles.originMass == 3)
    #expect(turkistan.roles.originMass == 0)
  }

  @Test("a province is found by its name in any language, and Almaty asks which")
  func provinceNames() throws {
    let area = try Shipped.area2024.get()
    for name in ["Zhambyl", "zhambyl", "KZ-31", "Жамбылская область", "Жамбыл облысы"] {
      #expect(try area.province(named: name).id == "KZ-31", "\(name)")
    }
    #expect(try area.province(named: "Almaty Region").id == "KZ-19")
    #expect(
      fault { () throws(CorridorKitError) in _ = try area.province(named: "Zhambil") }
        == "unknown province \"Zhambil\"; nearest: KZ-31")
  }
}
