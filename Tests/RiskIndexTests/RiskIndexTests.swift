import Testing

@testable import RiskIndex

@Suite("Risk scores")
struct RiskIndexTests: WorkedExample {
  @Test("the worked example comes out: scores, ranks, dimensions, contributions")
  func workedExample() throws {
    let result = try result()
    expect(result.units.map(\.score), [25, 50, 62.5])
    #expect(result.units.map(\.rank) == [3, 2, 1])
    let b = try #require(result["b"])
    expect(b.dimensions.map(\.score), [75, 25])
    expect(b.dimensions.map(\.contribution), [37.5, 12.5])
    expect(b.indicators(of: "economy").map(\.normalised), [50, 100])
    expect(b.indicators(of: "economy").map(\.contribution), [12.5, 25])
    expect(b.indicators(of: "economy").map(\.weight), [0.25, 0.25])
    #expect(b.coverage == Coverage(available: 3, total: 3))
    #expect(b.isComplete)
    #expect(b.dimensions.map(\.rank) == [1, 2])
    #expect(b.indicators[0].cell?.source == "made up")
    #expect(result.warnings.isEmpty)
  }

  @Test("exposure takes its share of the score, and both scores and ranks are shown")
  func withExposure() throws {
    let scores = try scores { $0.exposure = exposure(["a": 100, "b": 0, "c": 50]) }
    let result = scores.with.result
    expect(result.units.map(\.score), [40, 40, 60])
    #expect(result.units.map(\.rank) == [2, 2, 1])
    expect(scores.without.result.units.map(\.score), [25, 50, 62.5])
    #expect(scores.without.result.units.map(\.rank) == [3, 2, 1])
    let a = try #require(result["a"])
    let exposed = try #require(a.indicator(IndexFramework.exposureID))
    expect([exposed.cell?.value, exposed.normalised], [100, 100])
    expect([exposed.weight, exposed.contribution], [0.2, 20])
    expect(a.dimensions.map(\.weight), [0.4, 0.4, 0.2])
    expect(a.dimensions.map(\.contribution), [20, 0, 20])
    #expect(a.coverage == Coverage(available: 3, total: 3))
  }

  @Test("ties share the better rank and the next is skipped; rounding does not part equals")
  func ties() {
    #expect(competitionRanks([5, 7, 7, 9, nil, 1]) == [4, 2, 2, 1, nil, 5])
    #expect(competitionRanks([0.1 + 0.2, 0.3]) == [1, 1])
    #expect(competitionRanks([nil, nil]) == [nil, nil])
  }

  @Test("given weights of dimensions and indicators are used")
  func givenWeights() throws {
    let result = try result {
      $0.dimensionWeights = ["economy": 0.25, "safety": 0.75]
      $0.indicatorWeights = ["income": 0.9, "work": 0.1]
    }
    expect(
      result.units.map(\.score),
      [0.25 * 90 + 0, 0.25 * 55 + 0.75 * 25, 0.25 * 5 + 75])
  }

  @Test("a supplement plays a part only with a weight, and then counts in the coverage")
  func supplements() throws {
    var values = Self.values
    values["seizures"] = ["a": 3, "b": 2, "c": 1]
    let without = try result(values: values)
    #expect(without.units == (try result()).units)
    let with = try result(values: values) {
      $0.indicatorWeights = ["crime": 0.5, "seizures": 0.5]
    }
    expect(with.units.map { $0.dimensions[1].score }, [50, 37.5, 50])
    #expect(with.units[0].coverage == Coverage(available: 4, total: 4))
  }

  @Test("geometric aggregation works on 0.01...1, once on each way up")
  func geometric() throws {
    func floored(_ value: Double) -> Double { 0.01 + 0.99 * value }
    let across = try result { $0.across = .geometric }
    expect(
      across.units.map(\.score),
      [(0.5, 0.0), (0.75, 0.25), (0.25, 1.0)].map {
        100 * (floored($0.0) * floored($0.1)).squareRoot()
      })
    let both = try result {
      $0.within = .geometric
      $0.across = .geometric
    }
    let economy = [(1.0, 0.0), (0.5, 1.0), (0.0, 0.5)].map {
      (floored($0.0) * floored($0.1)).squareRoot()
    }
    expect(both.units.map { $0.dimensions[0].score }, economy.map { $0 * 100 })
    expect(
      both.units.map(\.score),
      zip(economy, [0, 0.25, 1]).map { 100 * ($0 * floored($1)).squareRoot() })
  }

  @Test("geometric contributions are shares of the sum of w ln I and add up to 1")
  func geometricContributions() throws {
    let result = try result {
      $0.within = .geometric
      $0.across = .geometric
      $0.exposure = exposure(["a": 100, "b": 0, "c": 50])
    }
    for unit in result.units {
      let dimensions = unit.dimensions.compactMap(\.contribution)
      let indicators = unit.indicators.compactMap(\.contribution)
      #expect(dimensions.count == 3 && indicators.count == 4)
      expect([dimensions.reduce(0, +), indicators.reduce(0, +)], [1, 1])
    }
  }

  @Test(
    "GSI-2013 over the shipped tables scores and ranks every province and shows how little it has")
  func shippedTables() throws {
    let framework = try IndexFramework(contentsOf: Samples.shipped("gsi-2013.json"))
    for (name, units, available) in [
      ("2024", Samples.units2024, 4), ("2013", Samples.units2013, 2),
    ] {
      let table = try IndicatorTable(
        contentsOf: Samples.shipped("indicators-\(name).csv"), units: units, framework: framework)
      let result = try Samples.scores(units: units, table: table, framework: framework)
        .with.result
      #expect(result.units.allSatisfy { $0.rank != nil && (0...100).contains($0.score ?? -1) })
      #expect(
        result.units.allSatisfy { $0.coverage == Coverage(available: available, total: 33) })
      #expect(
        result.warnings.contains(
          name == "2024"
            ? .thinDimension(dimension: "state_stability", usable: 1, total: 7, share: 0.5)
            : .emptyDimension(dimension: "state_stability")))
      #expect(result.warnings.contains(.emptyDimension(dimension: "slavery_policy")))
      #expect(result.warnings.contains(.emptyDimension(dimension: "human_rights")))
      #expect(result.warnings.contains(.emptyDimension(dimension: "womens_rights")))
    }
  }
}
