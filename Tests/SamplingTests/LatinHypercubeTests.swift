import Sampling
import Testing

@Suite("Latin hypercube")
struct LatinHypercubeTests {
  private let streams = RandomStreams(seed: 11)

  @Test("each factor takes one point of every part", arguments: [1, 2, 7, 1000])
  func parts(draws: Int) {
    let cube = LatinHypercube(drawCount: draws, factors: [1, 2, 3], streams: streams)
    for factor in 0..<3 {
      let points = (0..<draws).map { cube[$0][cube[$0].startIndex + factor] }
      #expect(points.allSatisfy { (0..<1).contains($0) })
      #expect(points.map { Int($0 * Double(draws)) }.sorted() == Array(0..<draws))
    }
  }

  @Test("a factor's points depend neither on the other factors nor on their order")
  func independence() {
    let one = LatinHypercube(drawCount: 50, factors: [5], streams: streams)
    let three = LatinHypercube(drawCount: 50, factors: [9, 5, 2], streams: streams)
    for draw in 0..<50 { #expect(one[draw].first == three[draw].dropFirst().first) }
    let other = LatinHypercube(drawCount: 50, factors: [5], streams: RandomStreams(seed: 12))
    #expect((0..<50).contains { one[$0].first != other[$0].first })
  }

  @Test("factors are not correlated")
  func correlation() {
    let draws = 4000
    let factors = (0..<8).map { RandomStreams.key("factor:\($0)") }
    let cube = LatinHypercube(drawCount: draws, factors: factors, streams: streams)
    let columns = (0..<8).map { factor in
      (0..<draws).map { cube[$0][cube[$0].startIndex + factor] - 0.5 }
    }
    for (a, first) in columns.enumerated() {
      for second in columns[(a + 1)...] {
        // Each has a variance of 1/12; the standard error of r is 0.016.
        let r = zip(first, second).reduce(0) { $0 + $1.0 * $1.1 } * 12 / Double(draws)
        #expect(abs(r) < 0.075)
      }
    }
  }

  @Test("the mean of a sum varies far less than with independent draws")
  func variance() {
    let means = (0..<40).map { seed in
      let cube = LatinHypercube(
        drawCount: 100, factors: [1, 2], streams: RandomStreams(seed: UInt64(seed)))
      return (0..<100).reduce(0.0) { $0 + cube[$1].reduce(0, +) } / 100
    }
    let variance = means.reduce(0) { $0 + ($1 - 1) * ($1 - 1) } / 40
    // Independent draws: 2 / 12 / 100. In a hypercube each point strays within its hundredth only.
    #expect(variance < 2.0 / 12 / 100 / 1000)
  }
}
