import Foundation
import Tables
import Testing

@testable import RiskIndex

/// The Technology Achievement Index through COINr's two tables.
@Suite("The Technology Achievement Index through COINr's tables")
struct TechnologyAchievementFilesTests {
  private typealias Index = TechnologyAchievement

  /// The place of each country, which is its code: COINr allows no blanks in one.
  private func files(weights: [Double]) throws -> COINrFiles {
    var metadata = "Level,iCode,iName,Parent,Direction,Weight,Type\n"
    for (indicator, weight) in zip(Index.indicators, weights) {
      metadata += "1,\(indicator),\(indicator),TAI,1,\(weight),Indicator\n"
    }
    metadata += "2,TAI,Technology Achievement,NA,1,1,Aggregate\n"
    var data = "uCode,uName,\(Index.indicators.joined(separator: ","))\n"
    for (place, (country, row)) in zip(Index.countries, Index.values).enumerated() {
      data += "u\(place),\"\(country)\",\(row.map { "\($0)" }.joined(separator: ","))\n"
    }
    return try COINrFiles(
      metadata: DelimitedTable(text: metadata, file: "iMeta.csv"),
      data: DelimitedTable(text: data, file: "iData.csv"))
  }

  private func result(
    weights: [Double] = Array(repeating: 1, count: 8), steps: [IndexStep], goalposts: Bool = false
  ) throws -> IndexResult {
    let files = try files(weights: weights)
    var framework = files.framework
    if goalposts {
      // COINr's tables have no column for them.
      for index in framework.indicators.indices {
        framework.indicators[index].goalposts = Index.goalposts[framework.indicators[index].id].map
        {
          .init(low: $0.low, high: $0.high, source: "UNDP (2001)")
        }
      }
    }
    return try IndexRecipe(steps).run(on: files.data, framework: framework).result
  }

  @Test(
    "min-max with equal weights gives the reference scores; geometric on 1…100 without a floor too")
  func scores() throws {
    let arithmetic = try result(steps: [.normalise(.init(.minMax)), .aggregate(.init())])
    let geometric = try result(steps: [
      .normalise(.init(.minMax, parameters: .init(low: 0.01, high: 1))),
      .aggregate(.init([.geometric], parameters: .init(floor: nil))),
    ])
    for (place, name) in Index.countries.enumerated() {
      #expect(arithmetic.units[place].name == name)
      let left = try #require(arithmetic.units[place].score)
      let right = try #require(geometric.units[place].score)
      #expect(abs(left - Index.minMaxScores[place]) < 1e-8)
      #expect(abs(right - Index.geometricScores[place]) < 1e-8)
    }
  }

  @Test(
    "weights of any sum give the ranks of table 23",
    arguments: [("EW", 0), ("BAP", 0), ("FA", 1), ("AHP", 2)])
  func table23(scheme: String, tolerance: Int) throws {
    let weights = try #require(Index.weights[scheme])
    let expected = try #require(Index.table23Ranks[scheme])
    let result = try result(
      weights: weights, steps: [.normalise(.init(.goalpost)), .aggregate(.init())], goalposts: true)
    for (country, rank) in zip(Index.table23Order, expected) {
      let found = try #require(result.units.first { $0.name == country }?.rank)
      #expect(abs(found - rank) <= tolerance, "\(country) under \(scheme)")
    }
  }
}
