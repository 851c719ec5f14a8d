import Testing

@testable import RiskIndex

@Suite("Risk scores of units that lack data")
struct MissingDataTests: WorkedExample {
  @Test("a missing value takes no part: it is neither 0 nor the mean")
  func missingValue() throws {
    var values = Self.values
    values["crime"]?["b"] = nil
    values["income"]?["b"] = nil
    let result = try result(values: values) { $0.minimumCoverage = 0 }
    let b = try #require(result["b"])
    expect(b.dimensions.map(\.score), [100, nil])
    #expect(b.coverage == Coverage(available: 1, total: 3))
    #expect(b.dimensions.map(\.coverage.available) == [1, 0])
  }

  @Test("a unit that lacks a dimension is scored on the rest and not ranked")
  func incompleteUnit() throws {
    var values = Self.values
    values["crime"]?["b"] = nil
    let result = try result(values: values)
    let b = try #require(result["b"])
    expect([b.score], [75])
    #expect(b.rank == nil)
    #expect(!b.isComplete)
    #expect(b.dimensions.map(\.weight) == [1, 0])
    #expect(result.units.map(\.rank) == [2, nil, 1])
    #expect(result.warnings == [.incompleteUnit(unit: "b", missing: ["safety"])])
  }

  @Test("less than the minimum coverage is no dimension; exactly as much is one")
  func minimumCoverage() throws {
    var values = Self.values
    values["work"]?["b"] = nil
    let half = try result(values: values) { $0.minimumCoverage = 0.5 }
    expect([half["b"]?.dimensions[0].score], [50])
    let more = try result(values: values) { $0.minimumCoverage = 0.51 }
    expect([more["b"]?.dimensions[0].score], [nil])
    #expect(more["b"]?.isComplete == false)
  }

  @Test("an indicator that nobody has is not held against a unit")
  func coverageCountsWhatIsThere() throws {
    var values = Self.values
    values["work"] = nil
    let result = try result(values: values) { $0.minimumCoverage = 1 }
    expect(result.units.map { $0.dimensions[0].score }, [100, 50, 0])
    #expect(result.units.map(\.coverage.available) == [2, 2, 2])
  }

  @Test("an empty dimension is never filled: its weight goes to the others, for all units alike")
  func emptyDimension() throws {
    let result = try result(withEmptyDimension: true)
    expect(result.units.map(\.score), [25, 50, 62.5])
    #expect(result.units.map(\.isComplete) == [true, true, true])
    let a = try #require(result["a"])
    #expect(a.dimensions[2].score == nil)
    #expect(a.dimensions[2].contribution == nil)
    #expect(a.dimensions[2].coverage == Coverage(available: 0, total: 1))
    expect(a.dimensions.map(\.weight), [0.5, 0.5, 0])
    #expect(a.coverage == Coverage(available: 3, total: 4))
    #expect(result.warnings == [.emptyDimension(dimension: "rights")])
  }

  @Test("a dimension with less than half of its weight is named with its share of the score")
  func thinDimension() throws {
    var values = Self.values
    values["work"] = nil
    let thin = try result(values: values) { $0.indicatorWeights = ["income": 0.4, "work": 0.6] }
    #expect(
      thin.warnings == [
        .thinDimension(dimension: "economy", usable: 1, total: 2, share: 0.5)
      ])
    let half = try result(values: values)
    #expect(half.warnings.isEmpty)
  }

  @Test("a unit without any data has no score and leaves the others as they were")
  func unitWithoutData() throws {
    let result = try result(units: ["a", "b", "c", "d"])
    let d = try #require(result["d"])
    #expect(d.score == nil && d.rank == nil)
    #expect(d.coverage.available == 0)
    expect(result.units.map(\.score), [25, 50, 62.5, nil])
    #expect(result.units.map(\.rank) == [3, 2, 1, nil])
    #expect(result.warnings == [.unitWithoutData(unit: "d")])
  }

  @Test("a unit without exposure has no score with it, and keeps the one without")
  func unitWithoutExposure() throws {
    let scores = try scores { $0.exposure = exposure(["a": 100, "c": 50]) }
    let result = scores.with.result
    let b = try #require(result["b"])
    #expect(b.score == nil && b.rank == nil)
    expect([scores.without.result["b"]?.score], [50])
    #expect(scores.without.result["b"]?.rank == 2)
    #expect(result.units.map(\.rank) == [2, nil, 1])
    #expect(result.warnings == [.unitWithoutExposure(unit: "b")])
  }
}
