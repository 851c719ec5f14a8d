import RiskIndex
import Testing

/// Kazakhstan's units and rounded populations (thousands): facts as a test case.
private enum Kazakhstan {
  typealias Unit = UnitCorrespondence.Unit
  typealias Part = UnitCorrespondence.Part

  static let unchanged = [
    "Astana", "Almaty city", "Akmola", "Aktobe", "Atyrau", "Zhambyl", "West Kazakhstan", "Kostanay",
    "Kyzylorda", "Mangystau", "Pavlodar", "North Kazakhstan",
  ]

  static func units(_ names: [String]) -> [Unit] { names.map { Unit(id: $0, name: $0) } }

  static let in2013 = units(
    unchanged + ["Almaty", "East Kazakhstan", "Karaganda", "South Kazakhstan"])
  static let in2018 = units(
    unchanged + ["Almaty", "East Kazakhstan", "Karaganda", "Turkistan", "Shymkent"])
  static let in2022 = units(
    unchanged + [
      "Almaty", "East Kazakhstan", "Karaganda", "Turkistan", "Shymkent", "Abai", "Jetisu", "Ulytau",
    ])

  static func from2013to2018() throws -> UnitCorrespondence {
    try UnitCorrespondence(
      from: in2013, to: in2018,
      parts: in2018.map { unit in
        Part(
          from: ["Turkistan", "Shymkent"].contains(unit.id) ? "South Kazakhstan" : unit.id,
          to: unit.id)
      })
  }

  static func from2018to2022() throws -> UnitCorrespondence {
    let parents = ["Abai": "East Kazakhstan", "Jetisu": "Almaty", "Ulytau": "Karaganda"]
    return try UnitCorrespondence(
      from: in2018, to: in2022,
      parts: in2022.map { Part(from: parents[$0.id] ?? $0.id, to: $0.id) })
  }

  static let population2022 = [
    "East Kazakhstan": 730.0, "Abai": 610, "Almaty": 1500, "Jetisu": 700, "Karaganda": 1130,
    "Ulytau": 220, "Turkistan": 2100, "Shymkent": 1200,
  ].mapValues { UnitSize($0, source: "test") }

  static func value(_ unit: String, _ number: Double, _ indicator: String = "x") -> IndicatorValue {
    IndicatorValue(
      unit: unit, indicator: indicator, value: number, measureUnit: "1", year: 2020, source: "test")
  }
}

@Suite("Crosswalk")
struct CrosswalkTests {
  private func numbers(_ result: CrosswalkResult) -> [String: Double] {
    Dictionary(uniqueKeysWithValues: result.values.map { ($0.value.unit, $0.value.value) })
  }

  private func onward() throws -> Crosswalk {
    try Crosswalk(
      try Kazakhstan.from2018to2022(), population: .init(to: Kazakhstan.population2022))
  }

  @Test("an extensive value is divided by population, and its total stays")
  func extensive() throws {
    let result = try onward().moving(
      [
        Kazakhstan.value("East Kazakhstan", 100), Kazakhstan.value("Almaty", 80),
        Kazakhstan.value("Karaganda", 60), Kazakhstan.value("Akmola", 7),
      ], kinds: ["x": .extensive])
    let found = numbers(result)
    let expected = [
      "East Kazakhstan": 54.47761194029851, "Abai": 45.52238805970149, "Almaty": 54.54545454545455,
      "Jetisu": 25.454545454545453, "Karaganda": 50.22222222222222, "Ulytau": 9.777777777777779,
      "Akmola": 7,
    ]
    #expect(found.count == expected.count)
    for (unit, number) in expected {
      #expect(abs((found[unit] ?? -1) - number) < 1e-12, "\(unit)")
    }
    #expect(abs(result.totals[0].after - 247) < 1e-12)
    #expect(result.totals[0].before == 247)
    let abai = result.values.first { $0.value.unit == "Abai" }
    #expect(abai?.treatment == .split)
    #expect(abai?.value.note == "split: 45.5 % of East Kazakhstan, by population")
    #expect(result.values.first { $0.value.unit == "Akmola" }?.treatment == .unchanged)
  }

  @Test("an intensive value is copied to the parts and says that it is inherited")
  func intensive() throws {
    let result = try onward().moving(
      [Kazakhstan.value("Karaganda", 7.5)], kinds: ["x": .intensive])
    #expect(numbers(result) == ["Karaganda": 7.5, "Ulytau": 7.5])
    for value in result.values {
      #expect(value.treatment == .inherited)
      #expect(value.value.note == "inherited: value of Karaganda as a whole")
    }
    // Nothing had to be measured for it.
    let unmeasured = try Crosswalk(try Kazakhstan.from2018to2022(), population: .init())
    #expect(
      try unmeasured.moving([Kazakhstan.value("Karaganda", 7.5)], kinds: ["x": .intensive]).gaps
        .isEmpty)
  }

  @Test("merged intensive values are averaged by population")
  func merging() throws {
    let back = try Crosswalk(
      try Kazakhstan.from2018to2022().reversed, population: .init(from: Kazakhstan.population2022))
    let result = try back.moving(
      [Kazakhstan.value("Karaganda", 6), Kazakhstan.value("Ulytau", 9)], kinds: ["x": .intensive])
    #expect(result.values.count == 1)
    #expect(abs((numbers(result)["Karaganda"] ?? 0) - 6.488888888888889) < 1e-15)
    #expect(result.values[0].treatment == .merged)
    #expect(
      result.values[0].value.note
        == "merged: mean of Karaganda (83.7 %), Ulytau (16.3 %), weighted by population")
  }

  @Test("a chain of vintages divides as one step")
  func chain() throws {
    let chain = try Kazakhstan.from2013to2018().followed(by: try Kazakhstan.from2018to2022())
    let crosswalk = try Crosswalk(chain, population: .init(to: Kazakhstan.population2022))
    let result = try crosswalk.moving(
      [Kazakhstan.value("South Kazakhstan", 33)], kinds: ["x": .extensive])
    let found = numbers(result)
    #expect(found.count == 2)
    #expect(abs((found["Turkistan"] ?? 0) - 21) < 1e-13)
    #expect(abs((found["Shymkent"] ?? 0) - 12) < 1e-13)
  }

  @Test(
    "areas stand in for all parts of a unit where a population is missing, and the note says so")
  func areas() throws {
    var population = Kazakhstan.population2022
    population["Abai"] = nil
    let areas = ["East Kazakhstan": 97.8, "Abai": 185.4, "Karaganda": 1, "Ulytau": 1].mapValues {
      UnitSize($0, source: "outline")
    }
    let crosswalk = try Crosswalk(
      try Kazakhstan.from2018to2022(), population: .init(to: population), area: .init(to: areas))
    #expect(crosswalk.lacksPopulation)
    let result = try crosswalk.moving(
      [Kazakhstan.value("East Kazakhstan", 100), Kazakhstan.value("Karaganda", 60)],
      kinds: ["x": .extensive])
    let found = numbers(result)
    #expect(abs((found["Abai"] ?? 0) - 100 * 185.4 / 283.2) < 1e-12)
    #expect(abs((found["Ulytau"] ?? 0) - 60 * 220 / 1350) < 1e-12, "where it is known it decides")
    #expect(
      result.values.first { $0.value.unit == "Abai" }?.value.note
        == "split: 65.5 % of East Kazakhstan, by area")
    #expect(result.values.first { $0.value.unit == "Abai" }?.origins[0].basis == .area)
  }

  @Test("without any size there is no value, and a gap says why")
  func noSize() throws {
    let crosswalk = try Crosswalk(try Kazakhstan.from2018to2022(), population: .init())
    let result = try crosswalk.moving(
      [Kazakhstan.value("East Kazakhstan", 100), Kazakhstan.value("Akmola", 1)],
      kinds: ["x": .extensive])
    #expect(numbers(result) == ["Akmola": 1])
    #expect(Set(result.gaps.map(\.unit)) == ["East Kazakhstan", "Abai"])
    #expect(result.gaps[0].description.contains("neither population nor area"))
  }

  @Test("a unit that is made of one without a value gets none: a gap is not zero")
  func missing() throws {
    let back = try Crosswalk(
      try Kazakhstan.from2018to2022().reversed, population: .init(from: Kazakhstan.population2022))
    for kind in Indicator.Kind.allCases {
      let result = try back.moving([Kazakhstan.value("Karaganda", 6)], kinds: ["x": kind])
      #expect(result.values.isEmpty)
      #expect(result.gaps.map(\.reason) == [.noValue(of: ["Ulytau"])])
    }
  }

  @Test("years, sources and notes of what was merged are all told")
  func provenance() throws {
    let back = try Crosswalk(
      try Kazakhstan.from2018to2022().reversed, population: .init(from: Kazakhstan.population2022))
    let values = [("Karaganda", 2021, "A", "first"), ("Ulytau", 2022, "B", "")].map {
      IndicatorValue(
        unit: $0.0, indicator: "x", value: 3, measureUnit: "1", year: $0.1, source: $0.2,
        note: $0.3)
    }
    let result = try back.moving(values, kinds: ["x": .extensive])
    #expect(result.values[0].value.value == 6)
    #expect(result.values[0].value.year == 2022)
    #expect(result.values[0].value.source == "A; B")
    #expect(
      result.values[0].value.note
        == "merged: sum of Karaganda, Ulytau; of the years 2021, 2022; first")
  }

  @Test("what cannot be known is refused: kind, unit, sizes, parts, chains")
  func refusals() throws {
    let crosswalk = try onward()
    #expect(throws: CrosswalkError.unknownKind(indicator: "x")) {
      try crosswalk.moving([Kazakhstan.value("Akmola", 1)], kinds: [:])
    }
    #expect(CrosswalkError.unknownKind(indicator: "x").description.contains("--kind x=intensive"))
    #expect(throws: CrosswalkError.self) {
      try crosswalk.moving([Kazakhstan.value("Abai", 1)], kinds: ["x": .extensive])
    }
    #expect(throws: CrosswalkError.badSize(unit: "Abai", value: -1)) {
      try Crosswalk(
        try Kazakhstan.from2018to2022(), population: .init(to: ["Abai": .init(-1, source: "")]))
    }
    let (a, b) = (Kazakhstan.units(["a", "b"]), Kazakhstan.units(["c", "d"]))
    #expect(throws: CrosswalkError.unitWithoutParts("b")) {
      try UnitCorrespondence(
        from: a, to: b, parts: [.init(from: "a", to: "c"), .init(from: "a", to: "d")])
    }
    #expect(throws: CrosswalkError.repeatedPart(from: "a", to: "c")) {
      try UnitCorrespondence(
        from: a, to: b, parts: [.init(from: "a", to: "c"), .init(from: "a", to: "c")])
    }
    #expect(throws: CrosswalkError.unknownUnit("e", nearest: ["c", "d"])) {
      try UnitCorrespondence(from: a, to: b, parts: [.init(from: "a", to: "e")])
    }
    let one = Kazakhstan.units(["m"])
    let merged = try UnitCorrespondence(
      from: a, to: one, parts: [.init(from: "a", to: "m"), .init(from: "b", to: "m")])
    #expect(throws: CrosswalkError.undetermined(unit: "m")) {
      try merged.followed(by: merged.reversed)
    }
  }
}
