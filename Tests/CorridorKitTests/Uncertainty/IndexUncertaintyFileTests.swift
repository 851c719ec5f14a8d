import CorridorKit
import RiskIndex
import Testing

@Suite("Files of what is uncertain about an index")
struct IndexUncertaintyFileTests {
  private func framework() throws -> IndexFramework {
    try IndexFramework(
      edition: "1", name: "f", source: "made up", dimensions: [.init(id: "d", name: "D")],
      indicators: ["a", "b"].map {
        Indicator(id: $0, name: $0, dimension: "d", direction: .increasing)
      })
  }

  private func read(_ text: String) throws -> RiskUncertaintyInputs {
    try RiskUncertaintyInputs(
      inputFile(text, named: "unsure.yaml"), recipe: .standard, framework: framework())
  }

  private func message(_ text: String) throws -> String? {
    let file = try inputFile(text, named: "unsure.yaml")
    let framework = try framework()
    return fault { () throws(CorridorKitError) in
      _ = try RiskUncertaintyInputs(file, recipe: .standard, framework: framework)
    }
  }

  @Test("every key is read")
  func sound() throws {
    let inputs = try read(
      """
      name: Everything
      description: all there is
      imputation: {among: [none, group-mean], grouping: region, reason: r, source: s}
      outliers: {among: [none, winsorise, log, box-cox], reason: r, source: s}
      normalisation: {among: [min-max, {method: z, mean: 0, deviation: 100}], reason: r, source: s}
      weighting: {among: [framework, equal, balanced], reason: r, source: s}
      aggregation: {among: [arithmetic, [geometric, arithmetic]], reason: r, source: s}
      weights: {spread: 0.25, reason: r, source: s}
      indicators: {leave_out: [a, b], reason: r, source: s}
      figures:
        - {relative: 0.1, reason: r, source: s}
        - {indicator: a, unit: u, absolute: 5, reason: r, source: s}
      imputed: {spread: 0.5, reason: r, source: s}
      exposure: {draws: 200, reason: r, source: s}
      """)
    let index = inputs.index
    #expect(index.name == "Everything" && index.description == "all there is")
    #expect(
      index.alternatives.map(\.kind) == [.impute, .treat, .normalise, .weigh, .aggregate])
    #expect(index.alternatives[0].steps[0] == nil)
    #expect(
      index.alternatives[0].steps[1] == .impute(ImputationStep(.groupMean, grouping: "region")))
    #expect(index.alternatives[1].labels == ["none", "winsorise", "log", "box-cox"])
    guard case .normalise(let z) = index.alternatives[2].steps[1] else {
      Issue.record("\(index.alternatives[2])")
      return
    }
    #expect(z.method == .z && z.parameters.mean == 0 && z.parameters.deviation == 1)
    #expect(index.alternatives[2].labels[0] == "min-max")
    #expect(index.alternatives[3].labels == ["framework", "equal", "balanced"])
    #expect(
      index.alternatives[4].steps[1] == .aggregate(AggregationStep([.geometric, .arithmetic])))
    #expect(index.weightSpread == 0.25)
    #expect(index.leftOut == .oneOf(["a", "b"]))
    #expect(
      index.errors == [
        .init(spread: .relative(0.1)), .init(indicator: "a", unit: "u", spread: .absolute(5)),
      ])
    #expect(index.imputedSpread == 0.5)
    #expect(inputs.exposureDraws == 200)
    #expect(index.statements.count == 11)
    #expect(index.statements.allSatisfy { $0.reason == "r" && $0.source == "s" })
  }

  @Test("the shipped file is read, and each says why and after whom")
  func shipped() throws {
    let sources = try Shipped.sources(vintage: "2024")
    let framework = try IndexFramework(contentsOf: sources.framework)
    let inputs = try RiskUncertaintyInputs(
      InputFile(path: sources.indexUncertainty), recipe: .standard, framework: framework)
    #expect(inputs.index.statements.count == 10)
    #expect(inputs.index.statements.allSatisfy { $0.reason.count > 15 && !$0.source.isEmpty })
    let known = (framework.indicators + framework.supplements).map(\.id)
    #expect(inputs.index.errors.allSatisfy { known.contains($0.indicator ?? "") })
    #expect(inputs.exposureDraws == 200)
  }

  @Test(
    "a mistake is refused with its line, its key, the value and what was expected",
    arguments: [
      (
        "name: x\nwieghts: {}",
        "unsure.yaml: line 2 is an unknown key \"wieghts\"; expected weights?"
      ),
      (
        "name: x",
        "unsure.yaml: line 1 is without anything uncertain; expected \"normalisation\", "
          + "\"aggregation\", \"weights\", \"figures\" or another"
      ),
      (
        "weights: {spread: 0.2, reason: r, source: s}",
        "unsure.yaml: line 1 is without \"name\"; expected a value for it"
      ),
      (
        "name: x\nweights: {spread: 1.5, reason: r, source: s}",
        "unsure.yaml: line 2, weights.spread, is \"1.5\"; expected a share from 0.001 to 0.999"
      ),
      (
        "name: x\nweights: {spread: 0.2, source: s}",
        "unsure.yaml: line 2, weights, is without \"reason\"; expected a value for it"
      ),
      (
        "name: x\nnormalisation: {among: [min-max], reason: r, source: s}",
        "unsure.yaml: line 2, normalisation.among, is a list; expected two or more to choose among"
      ),
      (
        "name: x\nnormalisation: {among: [min-max, min-max], reason: r, source: s}",
        "unsure.yaml: line 2, normalisation.among, is \"min-max\" twice; expected each once"
      ),
      (
        "name: x\nimputation: {among: [none, guess], reason: r, source: s}",
        "unsure.yaml: line 2, imputation.among[1], is \"guess\"; expected one of none, mean, median, "
          + "group-mean, group-median"
      ),
      (
        "name: x\nfigures:\n  - {indicator: a, reason: r, source: s}",
        "unsure.yaml: line 3, figures[0], is without a standard deviation; expected one of "
          + "\"relative\" and \"absolute\""
      ),
      (
        "name: x\nfigures:\n  - {relative: 0.1, absolute: 2, reason: r, source: s}",
        "unsure.yaml: line 3, figures[0], is with \"relative\" and \"absolute\"; expected one of "
          + "\"relative\" and \"absolute\""
      ),
      (
        "name: x\nfigures:\n  - {relative: many, reason: r, source: s}",
        "unsure.yaml: line 3, figures[0].relative, is \"many\"; expected a share of the figure from "
          + "0.0001 to 10"
      ),
      (
        "name: x\nexposure: {draws: 1, reason: r, source: s}",
        "unsure.yaml: line 2, exposure.draws, is \"1\"; expected a number of draws from 2 to "
          + "100000"
      ),
    ])
  func mistakes(text: String, expected: String) throws {
    #expect(try message(text) == expected)
  }
}
