import Foundation
import Sampling
import Testing

@Suite("Distributions and quantiles")
struct DistributionTests {
  /// scipy 1.x, `stats.norm.ppf`.
  @Test("normal quantiles agree with scipy's from the middle to the farthest tail")
  func normal() {
    let expected: [Double: Double] = [
      1e-300: -37.0470962993612, 1e-20: -9.262340089798409, 1e-12: -7.034483825301131,
      1e-5: -4.264890793922825, 0.001: -3.090232306167813, 0.025: -1.9599639845400545,
      0.075: -1.4395314709384563, 0.0751: -1.4388253927525403, 0.1: -1.2815515655446004,
      0.3: -0.5244005127080409, 0.4999: -0.0002506628300880075, 0.6: 0.2533471031357997,
      0.9: 1.2815515655446004, 0.9249: 1.4388253927525403, 0.95: 1.6448536269514722,
      0.975: 1.959963984540054, 0.999: 3.090232306167813, 1 - 1e-12: 7.0344869100478356,
    ]
    for (probability, value) in expected {
      #expect(abs(normalQuantile(probability) / value - 1) < 1e-14, "at \(probability)")
    }
    #expect(normalQuantile(0.5) == 0)
    #expect(normalQuantile(0) == -.infinity)
    #expect(normalQuantile(1) == .infinity)
  }

  /// scipy 1.x, `stats.triang`, `stats.loguniform`, `stats.lognorm`.
  @Test(
    "quantiles of distributions agree with scipy's",
    arguments: [
      (
        .triangular(low: 0.5, mode: 2, high: 7),
        [
          0: 0.5, 0.01: 0.8122498999199199, 0.2: 1.896424004376894, 0.5: 2.968871125850726,
          0.9: 5.197224362268006, 0.999: 6.819722436226801, 1: 7,
        ]
      ),
      (
        .logUniform(low: 0.25, high: 4),
        [
          0: 0.25, 0.01: 0.25702845666401664, 0.2: 0.43527528164806206, 0.5: 1,
          0.9: 3.031433133020796, 1: 4,
        ]
      ),
      (
        .logNormal(median: 3, spread90: 1.5),
        [0.05: 2, 0.1: 2.1873768879412143, 0.5: 3, 0.95: 4.5, 0.999: 6.426119626452793]
      ),
      (.uniform(low: -1, high: 3), [0: -1, 0.25: 0, 0.5: 1, 1: 3]),
      (
        .normal(mean: 10, standardDeviation: 2),
        [0.025: 6.080072030919891, 0.5: 10, 0.975: 13.919927969080108]
      ),
    ] as [(Distribution, [Double: Double])])
  func quantiles(distribution: Distribution, expected: [Double: Double]) {
    for (probability, value) in expected {
      let found = distribution.quantile(probability)
      #expect(abs(found - value) <= 1e-14 * abs(value), "\(found) at \(probability)")
    }
  }

  @Test("quantiles never fall as the probability rises, and stay within the bounds")
  func monotone() {
    let distributions: [Distribution] = [
      .uniform(low: 0.1, high: 0.3), .triangular(low: 0.3, mode: 1, high: 4),
      .triangular(low: 1, mode: 1, high: 4), .triangular(low: 1, mode: 4, high: 4),
      .logUniform(low: 0.3, high: 3.1), .normal(mean: 0, standardDeviation: 1),
      .logNormal(median: 1, spread90: 2),
    ]
    for distribution in distributions {
      let values = (0...10_000).map { distribution.quantile(Double($0) / 10_000) }
      #expect(zip(values, values.dropFirst()).allSatisfy { $0 <= $1 }, "\(distribution)")
      #expect(values.allSatisfy { $0.isFinite })
      #expect(!distribution.isCertain)
    }
    #expect(Distribution.uniform(low: 0.1, high: 0.3).quantile(1) == 0.3)
    #expect(Distribution.triangular(low: 0.3, mode: 1, high: 4).quantile(0) == 0.3)
    #expect(Distribution.triangular(low: 0.3, mode: 1, high: 4).quantile(1) == 4)
    #expect(Distribution.logUniform(low: 0.3, high: 3.1).quantile(1) == 3.1)
  }

  @Test("a distribution without width gives its value to the bit")
  func certain() {
    let value = 0.1 + 0.2
    let distributions: [Distribution] = [
      .uniform(low: value, high: value), .triangular(low: value, mode: value, high: value),
      .logUniform(low: value, high: value), .normal(mean: value, standardDeviation: 0),
      .logNormal(median: value, spread90: 1),
    ]
    for distribution in distributions {
      #expect(distribution.isCertain)
      for share in 0...100 { #expect(distribution.quantile(Double(share) / 100) == value) }
    }
  }

  /// numpy 2.x, `numpy.quantile` with its default method.
  @Test("quantiles of a sample are numpy's to the bit")
  func sampleQuantiles() {
    let sample = [0.1, 2.7, -3.3, 14.25, 1.0 / 3, 7.125, 6.02e3, -9.9, 0.7].sorted()
    let probabilities = [0, 0.01, 0.05, 0.2, 1.0 / 3, 0.5, 0.61, 0.95, 0.99, 1]
    let expected: [Double] = [
      -0x1.3cccccccccccdp+3, -0x1.2be76c8b43958p+3, -0x1.d0a3d70a3d70ap+2,
      -0x1.428f5c28f5c27p+0, 0x1.05b05b05b05b0p-2, 0x1.6666666666666p-1, 0x1.3ae147ae147aep+1,
      0x1.c436666666662p+11, 0x1.5a38a3d70a3d7p+12, 0x1.7840000000000p+12,
    ]
    for (probability, value) in zip(probabilities, expected) {
      #expect(quantile(probability, ofSorted: sample) == value, "at \(probability)")
    }
    let digits = [3.0, 1, 4, 1, 5, 9, 2, 6, 5, 3].sorted()
    #expect(
      [0.05, 0.25, 0.5, 0.75, 0.95].map { quantile($0, ofSorted: digits) } == [
        1.0, 2.25, 3.5, 5.0, 7.649999999999997,
      ])
  }

  @Test("a sample of one has its value at every quantile, an empty one has none")
  func smallSamples() {
    #expect(quantile(0.5, ofSorted: [Double]()) == nil)
    #expect(quantile(0, ofSorted: [4]) == 4)
    #expect(quantile(0.95, ofSorted: [4]) == 4)
    #expect(quantile(1, ofSorted: [4, 4]) == 4)
  }
}
