import Foundation
import Testing
import TransportGraph

@testable import CorridorKit

@Suite("Gravity models on a network")
struct GravityDemandTests {
  static func specification(_ text: String) throws(CorridorKitError) -> GravitySpecification {
    try GravitySpecification(InputFile(path: "model.yaml", data: Data(text.utf8)))
  }

  static let plain = "name: m\nzones: {countries: [XA, XB, XD, XE]}\n"

  @Test("costs are hours on the network, and margins hold")
  func toyRegion() throws {
    let analysis = try ToyRegion.analysis()
    let demand = try GravityDemand(
      Self.specification(Self.plain + "deterrence: {beta_per_h: 0.2}\ntotal: 100\n"), on: analysis)
    #expect(demand.origins.map(\.name).prefix(3) == ["Westwold", "Northend", "Citron"])
    #expect(demand.origins.count == 7)
    #expect(demand.structuralZeros[.sameZone] == 7)
    let people = demand.origins.reduce(0) { $0 + ($1.population ?? 0) }
    for (row, zone) in demand.origins.enumerated() {
      for (column, other) in demand.destinations.enumerated() where row != column {
        let route = try #require(
          analysis.view.route(from: zone.place.node, to: other.place.node).route)
        let cost = try #require(demand.costs[row][column])
        #expect(isClose(cost, route.travelTimeSeconds / 3600, tolerance: 1e-6))
      }
      let sum = demand.flows.balanced.cells[row].reduce(0, +)
      #expect(isClose(sum, 100 * (zone.population ?? 0) / people))
    }
    #expect(isClose(demand.table.reduce(0) { $0 + $1.mass }, 100))
    #expect(demand.table.count == 42)
    // The table's texts lead back to the places.
    #expect(try analysis.trips(demand.table).count == 42)
  }

  @Test("pairs within a country, across a border, near enough and nearest are kept")
  func structuralZeros() throws {
    let analysis = try ToyRegion.analysis()
    func pairs(_ more: String) throws -> [GravityDemand.Pair] {
      try GravityDemand(
        Self.specification(Self.plain + "constraint: none\n" + more), on: analysis
      ).pairs
    }
    // Four places of XA, three abroad.
    #expect(try pairs("pairs: domestic\n").count == 12)
    #expect(try pairs("pairs: cross_border\n").count == 30)
    let all = try pairs("")
    let limit = all.map(\.cost).sorted()[20]
    let near = try pairs("max_h: \(limit)\n")
    #expect(near.allSatisfy { $0.cost <= limit } && near.count == all.count { $0.cost <= limit })
    let nearest = try pairs("nearest: 1\n")
    #expect(nearest.count == 7)
    for pair in nearest {
      #expect(all.filter { $0.origin == pair.origin }.allSatisfy { $0.cost >= pair.cost })
    }
  }

  @Test("a flow both ways is halved, and the halves are the same")
  func bothWays() throws {
    let table = try GravityDemand(
      Self.specification(
        "name: m\norigins: {places: [Amber]}\ndestinations: {places: [Cedar, Citron]}\n"
          + "both_ways: true\ntotal: 10\n"), on: ToyRegion.analysis()
    ).table
    #expect(table.count == 4)
    for flow in table {
      let back = table.first { $0.origin == flow.destination && $0.destination == flow.origin }
      #expect(back?.mass == flow.mass)
    }
    #expect(isClose(table.reduce(0) { $0 + $1.mass }, 10))
  }

  @Test("formulas know population, values by place or country, and what stands in")
  func variables() throws {
    let demand = try GravityDemand(
      Self.specification(
        Self.plain
          + "variables:\n  income: {values: {XA: 2, Amber: 5}, default: 1}\n"
          + "push: population * income\npull: 1\nconstraint: origin\n"), on: ToyRegion.analysis())
    func push(_ name: String) -> Double? {
      demand.origins.firstIndex { $0.name == name }.map { demand.push[$0] }
    }
    #expect(push("Amber") == 20_000)
    #expect(push("Birch") == 10_000)
    #expect(push("Northend") == 10_000)
    #expect(demand.pull.allSatisfy { $0 == 1 })
    #expect(demand.unusedValues.isEmpty)
  }

  @Test("values for what is no zone are told: with a default a misspelt place would not show")
  func unusedValues() throws {
    let demand = try GravityDemand(
      Self.specification(
        Self.plain + "variables:\n  a: {values: {XA: 2, Ambre: 5, QQ: 3}, default: 1}\n"
          + "  b: {values: {XA: 1}, default: 1}\npush: population * a * b\n"
          + "constraint: origin\n"), on: ToyRegion.analysis())
    #expect(demand.unusedValues == ["a": ["Ambre", "QQ"]])
  }

  @Test("provinces stand at their most populous settlement or at the seat that is named")
  func provinces() throws {
    let analysis = try ToyRegion.analysis()
    func zone(_ more: String) throws -> DemandZone? {
      try GravityDemand(
        Self.specification(
          "name: m\nzones: {level: provinces, countries: [XA]\(more)}\nconstraint: none\n"),
        on: analysis
      ).origins.first { $0.text == "Citron" || $0.text == "Cedar" }
    }
    let found = try #require(try zone(""))
    #expect(found.text == "Citron" && found.population == 15_000)
    let seat = try #require(try zone(", seats: {\(found.id): Cedar}"))
    #expect(seat.text == "Cedar" && seat.population == 15_000)
  }

  @Test("the domestic share holds")
  func domesticShare() throws {
    for constraint in ["doubly", "origin", "destination", "none"] {
      let demand = try GravityDemand(
        Self.specification(
          Self.plain + "domestic_share: 0.3\nconstraint: \(constraint)\ntolerance: 1e-11\n"),
        on: ToyRegion.analysis())
      let share = demand.domesticMass / (demand.domesticMass + demand.crossBorderMass)
      #expect(isClose(share, 0.3), "\(constraint)")
    }
  }

  @Test("indicators are read by unit and year")
  func indicators() throws {
    let folder = try TemporaryFolder()
    try folder.write(
      "unit,indicator,value,year\nXA,gdp,2,2020\nXA,gdp,3,2021\nXB,gdp,4,2021\n", to: "t.csv")
    func values(_ text: String) throws(CorridorKitError) -> [String: Double]? {
      try GravitySpecification(
        InputFile(
          path: folder.path + "/m.yaml",
          data: Data((Self.plain + "variables: {gdp: \(text)}\n").utf8))
      ).variables["gdp"]?.values
    }
    #expect(try values("{indicator: gdp, year: 2021, file: t.csv}") == ["XA": 3, "XB": 4])
    #expect(
      fault { () throws(CorridorKitError) in _ = try values("{indicator: gdp, file: t.csv}") }
        == "m.yaml: line 3, variables.gdp.indicator, is \"gdp\" without \"year\"; expected one of "
        + "its years in \(folder.path)/t.csv: 2020, 2021".replacing(folder.path + "/", with: ""))
    let unknown = fault { () throws(CorridorKitError) in
      _ = try values("{indicator: gpd, file: t.csv}")
    }
    #expect(unknown?.contains("\"gpd\"; expected an indicator of") == true)
    try folder.write("unit,indicator,value,year\nXA,gdp,2,2020\nXA,gdp,3,2020\n", to: "t.csv")
    let twice = fault { () throws(CorridorKitError) in
      _ = try values("{indicator: gdp, file: t.csv}")
    }
    #expect(twice?.contains(":3: unit is 'XA'; expected one row for each unit") == true)
  }

  static let mistakes: [(text: String, says: String)] = [
    ("zones: {countries: [XA]}\n", "line 1 is without \"name\"; expected a value for it"),
    ("name: m\n", "line 1 is without \"zones\"; expected zones, or origins and destinations"),
    ("name: m\norigins: {countries: [XA]}\n", "line 1 is without \"destinations\""),
    (plain + "origins: {countries: [XA]}\n", "line 3, origins, is beside \"zones\""),
    ("name: m\nzones: {}\n", "line 2, zones, is of nothing"),
    ("name: m\nzones: {level: towns, countries: [XA]}\n", "line 2, zones.level, is \"towns\""),
    ("name: m\nzones:\n  countries: [XA]\n  largest: 1.5\n", "line 4, zones.largest, is \"1.5\""),
    ("name: m\nzones: {countries: [XA], min_population: -1}\n", "zones.min_population, is \"-1\""),
    (
      "name: m\nzones: {countries: [XA], min_population: 9, max_population: 8}\n",
      "zones.max_population, is \"8\"; expected at least min_population"
    ),
    ("name: m\nzones: {level: provinces, places: [Amber]}\n", "zones.places,"),
    ("name: m\nzones: {places: [Amber], seats: {A: Amber}}\n", "zones.seats,"),
    (plain + "pusch: 1\n", "line 3 is an unknown key \"pusch\"; expected push?"),
    (
      plain + "push: population +\n",
      "line 3, push, is \"population +\"; expected a formula: column 13 is the end"
    ),
    (plain + "pull: gdp * 2\n", "unknown variable \"gdp\"; expected one of population"),
    (plain + "push: [1, 2]\n", "line 3, push, is a list; expected a text"),
    (plain + "constraint: triply\n", "expected one of doubly, origin, destination, none"),
    (plain + "deterrence: {form: cubic}\n", "deterrence.form, is \"cubic\""),
    (plain + "deterrence: {beta_per_h: -1}\n", "deterrence.beta_per_h, is \"-1\""),
    (plain + "deterrence: {form: power}\n", "is without \"exponent\""),
    (plain + "deterrence: {form: power, exponent: 1, beta_per_h: 1}\n", "expected no beta_per_h"),
    (plain + "deterrence: {exponent: 1}\n", "expected no exponent"),
    (plain + "pairs: some\n", "expected one of all, domestic, cross_border"),
    (plain + "pairs: domestic\ndomestic_share: 0.5\n", "line 4, domestic_share,"),
    (plain + "domestic_share: 1.5\n", "expected a share from 0 to 1"),
    (plain + "both_ways: maybe\n", "expected true or false"),
    (plain + "total: 0\n", "line 3, total, is \"0\""),
    (plain + "max_h: .inf\n", "line 3, max_h, is \".inf\""),
    (plain + "variables: {a b: {values: {XA: 1}}}\n", "is called \"a b\""),
    (
      plain + "variables: {population: {values: {XA: 1}}}\n",
      "variables.population, is called \"population\"; expected a name other than population, log"
    ),
    (plain + "variables: {min: {values: {XA: 1}}}\n", "is called \"min\""),
    (plain + "variables: {a: {default: 1}}\n", "expected either \"values\" or \"indicator\""),
    (plain + "variables: {a: {values: {XA: much}}}\n", "variables.a.values.XA, is \"much\""),
    (plain + "variables: {a: {values: {XA: 1}, year: 2020}}\n", "expected no year beside"),
    (plain + "variables: {a: {indicator: x}}\n", "is without \"file\""),
    (plain + "variables: {a: {indicator: x, file: nosuch.csv}}\n", "cannot be read"),
    ("name: [\n", "not YAML"),
    ("", "is empty"),
  ]

  @Test("a mistake in a model is told with line and key", arguments: mistakes)
  func mistake(text: String, says: String) {
    let found = fault { () throws(CorridorKitError) in _ = try Self.specification(text) }
    #expect(found?.contains(says) == true, "\(found ?? "read"): \(text)")
  }

  static let misfits: [(text: String, says: String)] = [
    ("name: m\nzones: {countries: [QQ]}\n", "country \"QQ\" is unknown"),
    (
      "name: m\nzones: {places: [Amber, Ambre]}\n",
      "model.yaml: line 2, zones.places[1]: unknown place \"Ambre\"; nearest: Amber"
    ),
    (
      "name: m\nzones: {places: [Amber, Birch, Amber]}\n",
      "model.yaml: line 2, zones.places[2]: \"Amber\" again; expected each place once"
    ),
    (
      "name: m\nzones: {level: provinces, provinces: [A, C], seats: {A: Amber, B: Birch}}\n",
      "model.yaml: line 2, zones.seats: B is not selected"
    ),
    ("name: m\nzones: {provinces: [Nowhere]}\n", "unknown province \"Nowhere\""),
    ("name: m\nzones: {countries: [XA], min_population: 1000000}\n", "selects no place"),
    (
      plain + "variables: {a: {values: {XA: 1}}}\npush: a\n",
      "no value of a for Westwold, Northend, Southgate; expected one for the place"
    ),
    (plain + "push: population - 5000\n", "at Amber it is -1000.0; expected 0 or more"),
    (plain + "push: 1 / (population - 5000)\n", "at Birch, column 3: 1.0 / 0.0"),
    (plain + "push: 0\n", "no pair gets a flow"),
    ("name: m\nzones: {places: [Amber]}\n", "infeasible: rows Amber hold 4000.0"),
    (
      "name: m\nzones: {places: [Amber, Birch]}\npush: population\npull: population\n",
      "infeasible: rows Birch hold 5000.0 and may only send it to columns Amber, which hold 4000.0"
    ),
    (
      "name: m\norigins: {places: [Amber]}\ndestinations: {places: [Birch]}\ndomestic_share: 0.5\n",
      "no pair across a border may get a flow"
    ),
  ]

  @Test("a model that does not fit the network is told with names", arguments: misfits)
  func misfit(text: String, says: String) throws {
    let analysis = try ToyRegion.analysis()
    let found = fault { () throws(CorridorKitError) in
      _ = try GravityDemand(Self.specification(text), on: analysis)
    }
    #expect(found?.contains(says) == true, "\(found ?? "no fault"): \(text)")
  }
}
