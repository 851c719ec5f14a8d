import Testing

@testable import RiskIndex

@Suite("Normalisation of a column")
struct NormalisationTests {
  private let raw: [Double?] = [4, nil, 10, 4, 7, 1]

  private func values(
    _ method: Normalisation, _ direction: Indicator.Direction = .increasing,
    _ parameters: NormalisationParameters = NormalisationParameters(), of column: [Double?]? = nil
  ) -> [Double?] {
    method.apply(to: column ?? raw, direction: direction, parameters: parameters).values
  }

  @Test("each method by hand, direction up")
  func increasing() {
    let third = 1.0 / 3
    #expect(values(.minMax) == [third, nil, 1, third, 2 * third, 0])
    #expect(values(.rank) == [2, nil, 5, 2, 4, 1])
    #expect(values(.borda) == [1, nil, 4, 1, 3, 0])
    #expect(values(.percentile) == [0.25, nil, 1, 0.25, 0.75, 0])
    #expect(values(.distanceToMaximum) == [third, nil, 1, third, 2 * third, 0])
    #expect(values(.fractionOfMaximum) == [0.4, nil, 1, 0.4, 0.7, 0.1])
    #expect(
      values(.distanceToTarget, .increasing, .init(target: 13)) == [0.25, nil, 0.75, 0.25, 0.5, 0])
    #expect(
      values(.distanceToReference, .increasing, .init(reference: 4)) == [0.5, nil, 1.5, 0.5, 1, 0])
  }

  @Test("each method by hand, direction down")
  func decreasing() {
    let third = 1.0 / 3
    #expect(values(.minMax, .decreasing) == [1 - third, nil, 0, 1 - third, 1 - 2 * third, 1])
    // Ranks of the negated values: -10 < -7 < -4 = -4 < -1.
    #expect(values(.rank, .decreasing) == [3, nil, 1, 3, 2, 5])
    #expect(values(.borda, .decreasing) == [2, nil, 0, 2, 1, 4])
    #expect(values(.percentile, .decreasing) == [0.5, nil, 0, 0.5, 0.25, 1])
    #expect(values(.fractionOfMaximum, .decreasing) == [0.25, nil, 0.1, 0.25, 1.0 / 7, 1])
    #expect(values(.distanceToTarget, .decreasing, .init(target: 4)) == [1, nil, 0, 1, 0.5, 1.5])
    #expect(
      values(.distanceToReference, .decreasing, .init(reference: 0)) == [1, nil, 0, 1, 0.5, 1.5])
  }

  @Test("ranges, goalposts, means and deviations are what they are set to")
  func parameters() {
    #expect(values(.minMax, .increasing, .init(low: 1, high: 100)) == [34, nil, 100, 34, 67, 1])
    #expect(values(.minMax, .decreasing, .init(low: 1, high: 100)) == [67, nil, 1, 67, 34, 100])
    let posts = Indicator.Goalposts(low: 2, high: 6, source: "made up")
    let column = Normalisation.goalpost.apply(
      to: raw, direction: .increasing, parameters: .init(goalposts: posts, low: 0, high: 10))
    #expect(column.values == [5, nil, 10, 5, 10, 0])
    #expect(column.clipped == [2, 4, 5])
    // Mean 5.2, deviation sqrt(45.68 / ...) by hand: deviations -1.2, 4.8, -1.2, 1.8, -4.2; squares 46.8.
    let z = values(.z, .increasing, .init(mean: 0, deviation: 1))
    let deviation = (46.8 / 4).squareRoot()
    for (found, offset) in zip(z.compactMap { $0 }, [-1.2, 4.8, -1.2, 1.8, -4.2]) {
      #expect(abs(found - offset / deviation) < 1e-14)
    }
    #expect(z[1] == nil)
    let down = values(.z, .decreasing, .init(mean: 0, deviation: 1))
    #expect(z == down.map { value in value.map { -$0 } })
  }

  @Test(
    "z has the mean and the sample deviation that were asked for, schooling those of the Handbook")
  func handbook() throws {
    let schooling = TechnologyAchievement.values.map { Optional($0[6]) }
    let z = values(.z, .increasing, .init(mean: 0, deviation: 1), of: schooling)
    let expected = [
      0.2564099188574532, 1.5246740336362534, 1.1441947992026136, -0.0606561098372469,
    ]
    for (found, wanted) in zip(z, expected) { #expect(abs(try #require(found) - wanted) < 1e-12) }
    #expect(try abs(#require(z.last ?? nil) - -1.5825730475718074) < 1e-12)
    let minMax = values(.minMax, of: schooling)
    for (found, wanted) in zip(
      minMax, [0.5918367346938775, 1, 0.8775510204081634, 0.489795918367347])
    { #expect(abs(try #require(found) - wanted) < 1e-14) }
  }

  @Test("beyond a target is above 1 unless capped")
  func capped() {
    let free = Normalisation.distanceToTarget.apply(
      to: raw, direction: .increasing, parameters: .init(target: 4))
    #expect(free.values == [1, nil, 3, 1, 2, 0])
    let capped = Normalisation.distanceToTarget.apply(
      to: raw, direction: .increasing, parameters: .init(target: 4, isCapped: true))
    #expect(capped.values == [1, nil, 1, 1, 1, 0])
    #expect(capped.clipped == [2, 4])
  }

  @Test(
    "a constant column, or one value only, has no place under any method",
    arguments: Normalisation.allCases)
  func constant(method: Normalisation) {
    let parameters = NormalisationParameters(target: 9, reference: 0)
    for column in [[5, 5, nil, 5], [nil, 3, nil]] as [[Double?]] {
      for direction in Indicator.Direction.allCases {
        let result = method.apply(to: column, direction: direction, parameters: parameters)
        #expect(result.usability == .constant)
        #expect(result.values.allSatisfy { $0 == nil })
      }
    }
    let empty = method.apply(to: [nil, nil], direction: .increasing, parameters: parameters)
    #expect(empty.usability == .empty)
  }

  @Test("fixed goalposts give a constant column its place")
  func constantBetweenGoalposts() {
    let posts = Indicator.Goalposts(low: 0, high: 10, source: "made up")
    let column = Normalisation.goalpost.apply(
      to: [5, nil, 5], direction: .decreasing, parameters: .init(goalposts: posts))
    #expect(column.usability == .usable)
    #expect(column.values == [0.5, nil, 0.5])
  }

  @Test("what has no meaning is refused with a reason, not computed")
  func undefined() {
    let cases: [(Normalisation, Indicator.Direction, NormalisationParameters, [Double?])] = [
      (.distanceToTarget, .increasing, .init(), raw),
      (.distanceToTarget, .increasing, .init(target: 1), raw),
      (.distanceToTarget, .decreasing, .init(target: 10), raw),
      (.distanceToReference, .increasing, .init(), raw),
      (.distanceToReference, .increasing, .init(reference: 1), raw),
      (.distanceToReference, .increasing, .init(reference: 5), raw),
      (.distanceToReference, .increasing, .init(reference: 99), raw),
      (.fractionOfMaximum, .increasing, .init(), [-1, 2]),
      (.fractionOfMaximum, .decreasing, .init(), [0, 2]),
    ]
    for (method, direction, parameters, column) in cases {
      let result = method.apply(to: column, direction: direction, parameters: parameters)
      guard case .undefined = result.usability else {
        Issue.record("\(method) \(direction) gave \(result)")
        continue
      }
      #expect(result.values.allSatisfy { $0 == nil })
    }
  }

  @Test("values keep order and stay within bounds under every method", arguments: 0..<20)
  func monotone(seed: Int) throws {
    var generator = SplitMix64(seed: UInt64(seed))
    let column: [Double?] = (0..<15).map { _ in
      Int.random(in: 0..<5, using: &generator) == 0
        ? nil : Double(Int.random(in: 1...9, using: &generator))
    }
    guard Set(column.compactMap { $0 }).count > 1 else { return }
    for method in Normalisation.allCases {
      for direction in Indicator.Direction.allCases {
        let target = direction == .increasing ? 10.0 : 0.5
        let parameters = NormalisationParameters(target: target)
        let result = method.apply(to: column, direction: direction, parameters: parameters)
        guard result.usability == .usable else {
          #expect(method == .distanceToReference, "seed \(seed)")
          continue
        }
        let bounds = method.bounds(
          unitCount: column.count { $0 != nil }, parameters: parameters)
        for first in column.indices {
          #expect((column[first] == nil) == (result.values[first] == nil), "seed \(seed)")
          guard let x = column[first], let a = result.values[first] else { continue }
          if let bounds { #expect(bounds.contains(a), "seed \(seed) \(method)") }
          for second in column.indices {
            guard let y = column[second], let b = result.values[second] else { continue }
            let isAbove = direction == .increasing ? x > y : x < y
            #expect(isAbove == (a > b), "seed \(seed) \(method) \(direction)")
          }
        }
      }
    }
  }

  @Test("equal values share a rank as asked")
  func ties() {
    let column: [Double?] = [3, 1, nil, 3, 5, 3]
    #expect(ascendingRanks(column, ties: .lowest) == [2, 1, nil, 2, 5, 2])
    #expect(ascendingRanks(column, ties: .average) == [3, 1, nil, 3, 5, 3])
    #expect(ascendingRanks(column, ties: .highest) == [4, 1, nil, 4, 5, 4])
    #expect(ascendingRanks([nil], ties: .lowest) == [nil])
  }
}
