import Testing

@testable import RiskIndex

@Suite("What may be uncertain about an index")
struct IndexUncertaintyTests {
  private func error(_ uncertainty: IndexUncertainty) throws -> RiskIndexError? {
    let run = try UncertainSample.run()
    do throws(RiskIndexError) {
      _ = try UncertainIndex(run, uncertainty, seed: 1)
      return nil
    } catch { return error }
  }

  @Test("alternatives that exclude one another are refused by name")
  func exclusive() throws {
    let found = try error(
      IndexUncertainty(
        name: "x",
        alternatives: [
          UncertainSample.steps([.minMax, .z]), UncertainSample.steps([.arithmetic, .geometric]),
        ]))
    guard case .invalidSpecification(_, let value, let expected) = found else {
      Issue.record("\(String(describing: found))")
      return
    }
    #expect(value == "normalisation z with aggregation geometric")
    #expect(expected.contains("true zero"))
  }

  @Test("names that the index does not have are refused with the nearest")
  func names() throws {
    #expect(
      try error(
        IndexUncertainty(name: "x", errors: [.init(indicator: "i33", spread: .relative(0.1))]))
        == .unknownIndicator(
          place: nil, indicator: "i33",
          nearest: nearestNames(to: "i33", among: (0..<9).map { "i\($0)" })))
    guard
      case .unknownUnit(_, "u99", _) = try error(
        IndexUncertainty(name: "x", errors: [.init(unit: "u99", spread: .relative(0.1))]))
    else {
      Issue.record("accepted")
      return
    }
    guard
      case .unknownIndicator(_, "homicide", _) = try error(
        IndexUncertainty(name: "x", leftOut: .oneOf(["homicide"])))
    else {
      Issue.record("accepted")
      return
    }
  }

  @Test("sizes that mean nothing, a kind named twice and nothing at all are refused")
  func sizes() throws {
    let normalise = UncertainSample.steps([.minMax, .percentile])
    let cases: [IndexUncertainty] = [
      .init(name: "x"), .init(name: "x", weightSpread: 0), .init(name: "x", weightSpread: 1),
      .init(name: "x", weightSpread: .nan), .init(name: "x", weightSpread: 0.1, imputedSpread: 0),
      .init(name: "x", errors: [.init(spread: .relative(0))]),
      .init(name: "x", errors: [.init(spread: .absolute(.infinity))]),
      .init(name: "x", alternatives: [normalise, normalise]),
      .init(name: "x", alternatives: [.init(kind: .normalise, steps: [], labels: [])]),
      .init(name: "x", alternatives: [UncertainSample.steps([Normalisation.minMax])]),
    ]
    for uncertainty in cases {
      guard case .invalidSpecification = try error(uncertainty) else {
        Issue.record("accepted: \(uncertainty)")
        continue
      }
    }
  }

  @Test("the standard uncertainty goes with any recipe", arguments: Normalisation.allCases)
  func standard(method: Normalisation) throws {
    // Targets are needed for a distance to them; without, no indicator has a place and nothing a score.
    guard ![.distanceToTarget, .distanceToReference].contains(method) else { return }
    let recipe = IndexRecipe.standard.replacing(.normalise(NormalisationStep(method)))
    let run = try UncertainSample.run(recipe: recipe)
    let index = try UncertainIndex(run, .standard(for: recipe), seed: 1)
    #expect(
      index.factors.map(\.name) == ["normalisation", "aggregation", "weights", "indicators"])
  }

  @Test("imputed cells vary by the spread of their indicator, and others do not")
  func imputed() throws {
    var data = try UncertainSample.data(seed: 1, missing: 1000)
    let cells = data.cells(of: "i0").map { $0.first }
    data.replace(
      "i0",
      with: cells.enumerated().map { place, cell in
        place == 4 ? IndicatorCell(value: 50, measureUnit: "points", origin: .imputed) : cell
      })
    let run = try IndexRecipe.standard.run(on: data, framework: UncertainSample.framework())
    let index = try UncertainIndex(run, IndexUncertainty(name: "i", imputedSpread: 1), seed: 1)
    #expect(index.factors.map(\.name) == ["data"])
    let draws = IndexDraws(index, count: 200, seed: 1)
    for unit in 0..<10 {
      let scores = Set((0..<200).map { draws.score(of: unit, draw: $0) })
      #expect(unit == 4 ? scores.count > 150 : scores.count == 1)
    }
  }
}
