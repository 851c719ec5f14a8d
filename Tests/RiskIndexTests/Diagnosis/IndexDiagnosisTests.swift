import Testing

@testable import RiskIndex

@Suite("Diagnosis of a run")
struct IndexDiagnosisTests {
  @Test(
    "the Handbook's indicators in one group: correlations, alpha and components of the run's columns"
  )
  func handbook() throws {
    let framework = try TechnologyAchievement.framework()
    let run = try Samples.recipe(.minMax).run(
      on: IndicatorData(
        TechnologyAchievement.table(), units: TechnologyAchievement.countries.map { .init(id: $0) },
        framework: framework), framework: framework)
    let diagnosis = IndexDiagnosis(run)
    // The index has one part, the group of all indicators.
    #expect(diagnosis.groups.map(\.id) == [nil, "all"])
    #expect(diagnosis.groups[0].reliability == nil && diagnosis.groups[0].components == nil)
    let group = diagnosis.groups[1]
    #expect(group.members == TechnologyAchievement.indicators)
    #expect(abs(try #require(group.correlations[2][5]) - 0.8412544624913676) < 1e-12)
    #expect(
      abs(try #require(group.reliability?.standardisedAlpha) - 0.7035427579584912) < 1e-12)
    #expect(abs(try #require(group.components).eigenvalues[0] - 3.3543612072880005) < 1e-12)
    #expect(diagnosis.influences.count == 8)
    for influence in diagnosis.influences { #expect(influence.weight.nominal == 0.125) }
    let shares = diagnosis.influences.compactMap(\.weight.varianceShare).reduce(0, +)
    #expect(abs(shares - 1) < 1e-12)
    let flagged = diagnosis.flags.map(\.description)
    // Exports go with few others, and against internet hosts.
    #expect(flagged.contains { $0.contains("exports") })
    #expect(flagged.contains { $0.hasPrefix("internet and exports of all pull in opposite") })
  }

  @Test(
    "variance shares add up with exposure, whose share stands beside the weights; what is empty is left out",
    arguments: 1..<6)
  func exposure(seed: Int) throws {
    var values: [String: Double] = [:]
    for (place, unit) in UncertainSample.units.enumerated() {
      values[unit] = Double((place * 7 + seed * 3) % 11)
    }
    let run = try UncertainSample.run(
      seed: UInt64(seed),
      exposure: IndexExposure(name: "e", values: values, measureUnit: "km", share: 0.3),
      missing: 1_000_000)
    let diagnosis = IndexDiagnosis(run)
    #expect(diagnosis.influences.map(\.id).last == IndexFramework.exposureID)
    #expect(abs((diagnosis.influences.last?.weight.nominal ?? 0) - 0.3) < 1e-12)
    let nominal = diagnosis.influences.map(\.weight.nominal).reduce(0, +)
    #expect(abs(nominal - 1) < 1e-12)
    let shares = diagnosis.influences.compactMap(\.weight.varianceShare).reduce(0, +)
    #expect(abs(shares - 1) < 1e-9, "seed \(seed)")
    // Nominal weights are the shares that every unit's score has of its indicators.
    for influence in diagnosis.influences {
      let unit = try #require(run.result.units[0].indicator(influence.id))
      #expect(abs(unit.weight - influence.weight.nominal) < 1e-12)
    }
  }

  @Test("an empty dimension takes no part, and twins across dimensions are named")
  func twins() throws {
    let framework = try Samples.framework(withEmptyDimension: true)
    let units = (0..<6).map { "u\($0)" }
    var values: [String: [String: Double]] = [:]
    for (place, unit) in units.enumerated() {
      values["income", default: [:]][unit] = Double(place * place)
      values["work", default: [:]][unit] = Double((place * 5) % 6)
      values["crime", default: [:]][unit] = Double((place * 5) % 6) * 2 + 1
    }
    let run = try Samples.recipe(.minMax).run(
      on: IndicatorData(
        Samples.table(values), units: units.map { .init(id: $0) }, framework: framework),
      framework: framework)
    let diagnosis = IndexDiagnosis(run)
    #expect(diagnosis.groups.map(\.id) == [nil, "economy", "safety"])
    #expect(diagnosis.groups[0].members == ["economy", "safety"])
    #expect(diagnosis.influences.map(\.id) == ["income", "work", "crime"])
    #expect(diagnosis.twins.map(\.first) == ["work"] && diagnosis.twins.map(\.second) == ["crime"])
    let profile = run.profile(of: 5)
    #expect(profile.entries.map(\.indicator).contains("income"))
    // Income points downwards: the richest unit is the lowest there.
    #expect(profile.lowest(1).map(\.indicator) == ["income"])
  }
}
