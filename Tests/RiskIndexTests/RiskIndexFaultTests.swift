import Testing

@testable import RiskIndex

@Suite("Questions no risk score answers")
struct RiskIndexFaultTests: WorkedExample {
  @Test("specifications that contradict themselves are refused")
  func specifications() {
    let changes: [(String, (inout IndexQuestion) -> Void)] = [
      ("dimension weights", { $0.dimensionWeights = ["economy": 0.5, "safety": 0.6] }),
      ("dimension weights", { $0.dimensionWeights = ["economy": 1.5, "safety": -0.5] }),
      ("dimension weights", { $0.dimensionWeights = ["economics": 1] }),
      ("indicator weights of economy", { $0.indicatorWeights = ["income": 0.5] }),
      ("indicator weights of economy", { $0.indicatorWeights = ["income": 2, "work": -1] }),
      ("indicator weights of economy", { $0.indicatorWeights = ["income": .nan, "work": 1] }),
      ("minimum coverage", { $0.minimumCoverage = 1.5 }),
      ("minimum coverage", { $0.minimumCoverage = .nan }),
      ("exposure weight", { $0.exposure = exposure(["a": 1, "b": 2, "c": 3], weight: 1) }),
      ("exposure weight", { $0.exposure = exposure(["a": 1, "b": 2, "c": 3], weight: -0.1) }),
      (
        "normalisation",
        {
          $0.normalisation = .z
          $0.within = .geometric
        }
      ),
      (
        "normalisation",
        {
          $0.normalisation = .z
          $0.across = .geometric
        }
      ),
    ]
    for (field, change) in changes {
      #expect {
        try result(change: change)
      } throws: { error in
        guard case RiskIndexError.invalidSpecification(let found, _, _) = error else {
          return false
        }
        return found == field
      }
    }
  }

  @Test("unknown names are refused with the nearest, and non-finite exposure with its unit")
  func unknownNames() {
    #expect(
      throws: RiskIndexError.unknownIndicator(
        place: nil, indicator: "incme", nearest: ["income", "crime", "work"])
    ) {
      try result(values: ["incme": ["a": 1, "b": 2]])
    }
    #expect {
      try result { $0.indicatorWeights = ["wrk": 1] }
    } throws: { error in
      guard case RiskIndexError.unknownIndicator(nil, "wrk", let nearest) = error else {
        return false
      }
      return nearest.first == "work"
    }
    #expect(
      throws: RiskIndexError.unknownUnit(place: nil, unit: "d", nearest: ["a", "b", "c"])
    ) {
      try result { $0.exposure = exposure(["a": 1, "b": 2, "c": 3, "d": 4]) }
    }
    #expect {
      try result { $0.exposure = exposure(["a": 1, "b": .infinity, "c": 3]) }
    } throws: { error in
      guard case RiskIndexError.notFinite("b", "corridor length", _) = error else { return false }
      return true
    }
    #expect(throws: RiskIndexError.self) { try result(units: ["a", "b", "a"]) }
  }
}
