import RiskIndex
import Sampling
import Testing

/// Random histories of units: pieces of land, each of one unit of either vintage.
private struct RandomUnits {
  var correspondence: UnitCorrespondence
  /// By part.
  var population: [UnitCorrespondence.Part: Double]
  var crosswalk: Crosswalk
  var back: Crosswalk

  enum Shape: CaseIterable { case division, merger, both }

  init(_ shape: Shape, seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let few = random.integer(below: 5) + 1
    let many = few + random.integer(below: 12) + 1
    func units(_ prefix: String, _ count: Int) -> [UnitCorrespondence.Unit] {
      (0..<count).map { .init(id: "\(prefix)\($0)", name: "\(prefix)\($0)") }
    }
    let from = units("a", shape == .division ? few : many)
    let to = units("b", shape == .merger ? few : many)
    var pairs: Set<[Int]> = []
    for unit in from.indices {
      pairs.insert([unit, unit < to.count ? unit : random.integer(below: to.count)])
    }
    for unit in to.indices {
      pairs.insert([unit < from.count ? unit : random.integer(below: from.count), unit])
    }
    if shape == .both {
      for _ in 0..<many {
        pairs.insert([random.integer(below: from.count), random.integer(below: to.count)])
      }
    }
    var parts: [UnitCorrespondence.Part] = []
    for pair in pairs.sorted(by: { $0.lexicographicallyPrecedes($1) }) {
      parts.append(
        .init(
          from: from[pair[0]].id, to: to[pair[1]].id,
          population: UnitSize(1 + 1e6 * random.uniform(), source: "test")))
    }
    correspondence = try UnitCorrespondence(from: from, to: to, parts: parts)
    population = Dictionary(uniqueKeysWithValues: parts.map { ($0, $0.population?.value ?? 0) })
    crosswalk = try Crosswalk(correspondence, population: .init())
    back = try Crosswalk(correspondence.reversed, population: .init())
  }

  func values(seed: UInt64) -> [IndicatorValue] {
    var random = SplitMix64(seed: seed)
    return correspondence.from.map {
      IndicatorValue(
        unit: $0.id, indicator: "x", value: 1000 * random.uniform() - 200, measureUnit: "1",
        year: 2020, source: "test")
    }
  }
}

@Suite("Crosswalk on random units")
struct CrosswalkPropertyTests {
  private func isClose(_ a: Double, _ b: Double) -> Bool {
    abs(a - b) <= 1e-11 * max(1, abs(a), abs(b))
  }

  @Test(
    "totals of extensive values stay, there and back",
    arguments: RandomUnits.Shape.allCases, 0..<40 as Range<UInt64>)
  private func totals(shape: RandomUnits.Shape, seed: UInt64) throws {
    let units = try RandomUnits(shape, seed: seed)
    let values = units.values(seed: seed + 1000)
    let there = try units.crosswalk.moving(values, kinds: ["x": .extensive])
    #expect(there.gaps.isEmpty && there.values.count == units.correspondence.to.count)
    #expect(isClose(there.totals[0].before, there.totals[0].after), "seed \(seed)")
    let back = try units.back.moving(there.values.map(\.value), kinds: ["x": .extensive])
    #expect(isClose(back.totals[0].after, there.totals[0].before), "seed \(seed)")
    if shape == .division {
      for (before, after) in zip(values, back.values) {
        #expect(isClose(before.value, after.value.value), "\(before.unit), seed \(seed)")
      }
    }
  }

  @Test(
    "means of intensive values over all people stay, there and back",
    arguments: RandomUnits.Shape.allCases, 0..<40 as Range<UInt64>)
  private func means(shape: RandomUnits.Shape, seed: UInt64) throws {
    let units = try RandomUnits(shape, seed: seed)
    let values = units.values(seed: seed + 2000)
    let there = try units.crosswalk.moving(values, kinds: ["x": .intensive])
    let back = try units.back.moving(there.values.map(\.value), kinds: ["x": .intensive])
    func mean(_ values: [IndicatorValue], _ unit: (UnitCorrespondence.Part) -> String) -> Double {
      let byUnit = Dictionary(uniqueKeysWithValues: values.map { ($0.unit, $0.value) })
      let parts = units.correspondence.parts
      let people = parts.reduce(0) { $0 + (units.population[$1] ?? 0) }
      return parts.reduce(0) {
        $0 + (byUnit[unit($1)] ?? .nan) * (units.population[$1] ?? 0) / people
      }
    }
    let before = mean(values) { $0.from }
    #expect(isClose(mean(there.values.map(\.value)) { $0.to }, before), "seed \(seed)")
    #expect(isClose(mean(back.values.map(\.value)) { $0.from }, before), "seed \(seed)")
    if shape == .division {
      #expect(
        back.values.map(\.value.value) == values.map(\.value),
        "what parts inherit comes back to the last bit, seed \(seed)")
    }
    let (low, high) = (values.map(\.value).min() ?? 0, values.map(\.value).max() ?? 0)
    for value in there.values {
      #expect(value.value.value >= low - 1e-9 && value.value.value <= high + 1e-9)
    }
  }

  @Test("the reverse of the reverse is the same", arguments: 0..<20 as Range<UInt64>)
  func reversal(seed: UInt64) throws {
    let units = try RandomUnits(.both, seed: seed).correspondence
    #expect(units.reversed.reversed == units)
  }

  @Test("a rate times people moves as the count does", arguments: 0..<40 as Range<UInt64>)
  func consistency(seed: UInt64) throws {
    // The same rate in all units: counts divided by population give it again.
    let units = try RandomUnits(.both, seed: seed)
    let people = units.correspondence.from.map { unit in
      units.correspondence.parts(from: unit.id).reduce(0) { $0 + (units.population[$1] ?? 0) }
    }
    let counts = zip(units.correspondence.from, people).map {
      IndicatorValue(
        unit: $0.id, indicator: "x", value: 0.25 * $1, measureUnit: "1", year: 2020, source: "test")
    }
    for value in try units.crosswalk.moving(counts, kinds: ["x": .extensive]).values {
      let after = units.correspondence.parts(to: value.value.unit)
        .reduce(0) { $0 + (units.population[$1] ?? 0) }
      #expect(isClose(value.value.value, 0.25 * after), "\(value.value.unit), seed \(seed)")
    }
  }
}
