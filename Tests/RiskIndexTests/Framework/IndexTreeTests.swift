import Foundation
import Testing

@testable import RiskIndex

/// ```
/// index                      level 4
/// ├── society  (1/4)         level 3
/// │   ├── health (3/4)       level 2: doctors −, beds −
/// │   └── trust  (1/4)       a member beside a dimension: level 1
/// └── economy  (3/4)         level 2: income −
/// ```
@Suite("Index trees")
struct IndexTreeTests {
  static let json = """
    {"edition": "1", "name": "n", "source": "s",
     "dimensions": [
       {"id": "society", "name": "Society", "weight": 0.25},
       {"id": "health", "name": "Health", "parent": "society", "weight": 0.75},
       {"id": "economy", "name": "Economy", "weight": 0.75}],
     "indicators": [
       {"id": "doctors", "name": "Doctors", "dimension": "health", "direction": "-"},
       {"id": "beds", "name": "Beds", "dimension": "health", "direction": "-"},
       {"id": "trust", "name": "Trust", "dimension": "society", "direction": "-", "weight": 0.25},
       {"id": "income", "name": "Income", "dimension": "economy", "direction": "-"}]}
    """

  private func framework() throws -> IndexFramework {
    try IndexFramework(json: Data(Self.json.utf8), file: "f")
  }

  /// Min-max places, direction applied: doctors 1, ½, 0; beds 0, 1, ½; trust 0, ½, 1; income 1, 0, ½.
  private let values: [String: [String: Double]] = [
    "doctors": ["a": 1, "b": 2, "c": 3], "beds": ["a": 30, "b": 10, "c": 20],
    "trust": ["a": 9, "b": 8, "c": 7], "income": ["a": 5, "b": 7, "c": 6],
  ]

  private func result(
    _ values: [String: [String: Double]], _ aggregation: AggregationStep = AggregationStep()
  ) throws -> IndexResult {
    try Samples.scores(
      units: ["a", "b", "c"], table: Samples.table(values), framework: framework(),
      recipe: IndexRecipe([.normalise(.init(.minMax)), .aggregate(aggregation)])
    ).with.result
  }

  @Test("levels are counted from the indicators: a dimension stands one above its highest part")
  func levels() throws {
    let framework = try framework()
    let tree = IndexTree(framework)
    #expect(tree.levels == [1, 1, 1, 1, 3, 2, 2, 4])
    #expect(tree.topLevel == 4)
    #expect(tree.parts(of: tree.root) == [4, 6])
    #expect(tree.parts(of: 4) == [5, 2])
    #expect(tree.upward == [5, 6, 4, 7])
    let copy = try IndexFramework(json: JSONEncoder().encode(framework), file: "f")
    #expect(copy == framework)
  }

  @Test("three levels come out by hand: scores of all dimensions, weights and contributions")
  func scores() throws {
    let a = try #require(try result(values)["a"])
    // health 50, society 0.75 × 50 + 0.25 × 0 = 37.5, economy 100; index 0.25 × 37.5 + 0.75 × 100.
    #expect(a.dimensions.map(\.score) == [37.5, 50, 100])
    #expect(a.score == 84.375)
    #expect(a.dimensions.map(\.weight) == [0.25, 0.1875, 0.75])
    #expect(a.dimensions.map(\.contribution) == [9.375, 9.375, 75])
    #expect(a.indicators.map(\.weight) == [0.09375, 0.09375, 0.0625, 0.75])
    #expect(a.indicators.map(\.contribution) == [9.375, 0, 0, 75])
    #expect(a.dimensions.map(\.level) == [3, 2, 2])
    #expect(a.dimensions.map(\.parent) == [nil, "society", nil])
    #expect(a.dimensions[0].coverage == Coverage(available: 3, total: 3))
  }

  @Test("each level has its own aggregation, and single dimensions another")
  func levelsDiffer() throws {
    func floored(_ value: Double) -> Double { 0.01 + 0.99 * value }
    let b = try #require(
      try result(values, AggregationStep([.geometric, .arithmetic, .geometric]))["b"])
    let health = (floored(0.5) * floored(1)).squareRoot()
    // Economy is a geometric mean of one: its 0 became 0.01 there and is not moved again.
    let society = 0.75 * health + 0.25 * 0.5
    let index = pow(floored(society), 0.25) * pow(0.01, 0.75)
    #expect(abs(try #require(b.dimensions[0].score) - 100 * society) < 1e-9)
    #expect(abs(try #require(b.score) - 100 * index) < 1e-9)
    let other = try #require(
      try result(
        values, AggregationStep([.arithmetic], dimensions: ["health": .geometric]))["b"])
    #expect(abs(try #require(other.dimensions[1].score) - 100 * health) < 1e-9)
  }

  @Test("a coverage minimum of a dimension's own decides whether a unit has it")
  func coverages() throws {
    var gap = values
    gap["doctors"]?["a"] = nil
    let half = try #require(try result(gap)["a"])
    #expect(half.dimension("health")?.score == 0)
    let strict = AggregationStep(minimumCoverages: ["health": 0.6])
    let without = try #require(try result(gap, strict)["a"])
    #expect(without.dimension("health")?.score == nil)
    // Society keeps a quarter of its weight, which is too little.
    #expect(without.dimension("society")?.score == nil)
    #expect(!without.isComplete && without.rank == nil && without.score == 100)
    let lenient = AggregationStep(minimumCoverages: ["health": 0.6, "society": 0.25])
    #expect(try result(gap, lenient)["a"]?.dimension("society")?.score == 0)
  }

  @Test(
    "a tree that is none is refused with dimension, field and value",
    arguments: [
      ("\"parent\": \"society\"", "\"parent\": \"sociaty\"", "health", "parent", "sociaty"),
      (
        "\"name\": \"Society\"", "\"name\": \"Society\", \"parent\": \"health\"", "society",
        "parent",
        "society in health in society"
      ),
      (
        "\"parent\": \"society\"", "\"parent\": \"health\"", "health", "parent", "health in health"
      ),
      (
        "\"weight\": 0.75},\n   {", "\"weight\": 0.7},\n   {", "trust", "weight in society",
        "sum 0.95"
      ),
      ("\"-\", \"weight\": 0.25}", "\"-\"}", "trust", "weight in society", "1 of 2 stated"),
      ("\"dimension\": \"economy\"", "\"dimension\": \"health\"", nil, "dimension", "economy"),
      (
        "\"direction\": \"-\"},\n   {\"id\": \"beds\"",
        "\"direction\": \"-\", \"denominator\": \"heads\"},\n   {\"id\": \"beds\"", "doctors",
        "denominator", "heads"
      ),
    ] as [(String, String, String?, String, String)])
  func faults(text: String, other: String, part: String?, field: String, value: String) throws {
    let place = try #require(Self.json.range(of: text))
    let json = Self.json.replacingCharacters(in: place, with: other)
    #expect {
      try IndexFramework(json: Data(json.utf8), file: "f.json")
    } throws: { error in
      guard case RiskIndexError.invalidFramework("f.json", part, field, value, _) = error else {
        Issue.record("\(error)")
        return false
      }
      return true
    }
  }

  /// The same by recursion over names.
  private func slowScore(
    of dimension: String?, unit: Int, _ framework: IndexFramework, _ columns: [String: [Double?]],
    geometric: Bool, minimum: Double
  ) -> Double? {
    var parts: [(weight: Double, value: Double?, isEmpty: Bool)] = []
    let groups = framework.dimensions.filter { $0.parent == dimension }
    let members = framework.indicators.filter { $0.dimension == dimension }
    let equal = 1 / Double(groups.count + members.count)
    let units = columns.values.first?.count ?? 0
    for group in groups {
      let scores = (0..<units).map {
        slowScore(
          of: group.id, unit: $0, framework, columns, geometric: geometric, minimum: minimum)
      }
      parts.append((group.weight ?? equal, scores[unit], scores.allSatisfy { $0 == nil }))
    }
    for member in members {
      let column = columns[member.id] ?? []
      let present = column.compactMap { $0 }
      guard let low = present.min(), let high = present.max(), low < high else {
        parts.append((member.weight ?? equal, nil, true))
        continue
      }
      let place = column[unit].map { ($0 - low) / (high - low) }
      let turned = place.map { member.direction == .increasing ? $0 : 1 - $0 }
      let value = turned.map { geometric ? 0.01 + 0.99 * $0 : $0 }
      parts.append((member.weight ?? equal, value, false))
    }
    let whole = parts.filter { !$0.isEmpty }.reduce(0) { $0 + $1.weight }
    let had = parts.filter { $0.value != nil }
    let sum = had.reduce(0) { $0 + $1.weight }
    guard sum > 0, dimension == nil || sum / whole >= minimum - 1e-9 else { return nil }
    let terms = had.map { part in
      part.weight / sum * (geometric ? log(part.value ?? .nan) : part.value ?? .nan)
    }
    let total = terms.reduce(0, +)
    return geometric ? exp(total) : total
  }

  @Test(
    "random trees with gaps score as a recursion over names does",
    arguments: 1...20 as ClosedRange<UInt64>,
    [false, true])
  func random(seed: UInt64, geometric: Bool) throws {
    var generator = SplitMix64(seed: seed)
    let count = Int.random(in: 1...7, using: &generator)
    var dimensions: [IndexFramework.Dimension] = []
    for index in 0..<count {
      let parent = index == 0 ? -1 : Int.random(in: -1..<index, using: &generator)
      dimensions.append(.init(id: "d\(index)", name: "D", parent: parent < 0 ? nil : "d\(parent)"))
    }
    // Each dimension without a part gets an indicator, and some others one more.
    var indicators: [Indicator] = []
    for dimension in dimensions {
      let isLeaf = !dimensions.contains { $0.parent == dimension.id }
      for _ in 0..<Int.random(in: (isLeaf ? 1 : 0)...3, using: &generator) {
        indicators.append(
          Indicator(
            id: "i\(indicators.count)", name: "I", dimension: dimension.id,
            direction: Bool.random(using: &generator) ? .increasing : .decreasing))
      }
    }
    let framework = try IndexFramework(
      edition: "", name: "random", source: "", dimensions: dimensions, indicators: indicators)
    let units = (0..<6).map { "u\($0)" }
    var columns: [String: [Double?]] = [:]
    var values: [String: [String: Double]] = [:]
    for indicator in indicators {
      columns[indicator.id] = units.map { unit in
        guard Int.random(in: 0..<4, using: &generator) > 0 else { return nil }
        let value = Double.random(in: 0...100, using: &generator)
        values[indicator.id, default: [:]][unit] = value
        return value
      }
    }
    guard !values.isEmpty else { return }
    let minimum = Double.random(in: 0...1, using: &generator)
    let method: Aggregation = geometric ? .geometric : .arithmetic
    let expected = units.indices.map {
      slowScore(
        of: nil, unit: $0, framework, columns, geometric: geometric, minimum: minimum)
    }
    guard expected.contains(where: { $0 != nil }) else { return }
    let result = try Samples.scores(
      units: units, table: Samples.table(values), framework: framework,
      recipe: IndexRecipe([
        .normalise(.init(.minMax)), .aggregate(.init([method], minimumCoverage: minimum)),
      ])
    ).with.result
    for (unit, score) in zip(result.units, expected) {
      switch (unit.score, score) {
      case (let left?, let right?): #expect(abs(left - 100 * right) < 1e-9, "seed \(seed)")
      case (let left, let right): #expect(left == right, "seed \(seed)")
      }
    }
  }
}
