import CorridorKit
import Testing

@Suite("Durations as distributions")
struct DurationDistributionTests {
  static let distributions: [DurationDistribution] = [
    .fixed(seconds: 7200), .triangular(low: 0, mode: 3600, high: 10_000),
    .triangular(low: 100, mode: 100, high: 500), .triangular(low: 100, mode: 500, high: 500),
    .triangular(low: 300, mode: 300, high: 300), .quantiles(p05: 1000, p50: 2000, p95: 9000),
    .quantiles(p05: 0, p50: 1800, p95: 3600), .quantiles(p05: 10, p50: 4000, p95: 4000),
    .quantiles(p05: 0, p50: 0, p95: 600),
  ]

  @Test("the mean is that of the quantiles over all probabilities", arguments: distributions)
  func mean(distribution: DurationDistribution) {
    // The mean is the integral of the quantile function; midpoints of a million steps.
    let steps = 1_000_000
    var sum = 0.0
    for step in 0..<steps { sum += distribution.quantile((Double(step) + 0.5) / Double(steps)) }
    let scale = max(1, distribution.meanSeconds)
    #expect(abs(sum / Double(steps) - distribution.meanSeconds) / scale < 1e-6, "\(distribution)")
  }

  @Test("quantiles rise with the probability and are never below nothing", arguments: distributions)
  func monotone(distribution: DurationDistribution) {
    var last = 0.0
    for step in 0...1000 {
      let value = distribution.quantile(Double(step) / 1000)
      #expect(value >= last && value.isFinite, "\(distribution) at \(step)")
      last = value
    }
  }

  @Test("a triangle has half the chance in a share of its width that the formula gives")
  func triangle() {
    // F(x) = (x − low)² / ((high − low)(mode − low)) up to the mode; scipy.stats.triang agrees.
    let distribution = DurationDistribution.triangular(low: 1, mode: 2, high: 6)
    #expect(distribution.quantile(0) == 1)
    #expect(isClose(distribution.quantile(0.2), 2))
    #expect(isClose(distribution.quantile(0.05), 1.5))
    #expect(isClose(distribution.quantile(0.5), 2.8377223398316205))
    #expect(distribution.quantile(1) == 6)
    #expect(distribution.meanSeconds == 3)
  }

  @Test("three quantiles come back as they were given")
  func quantiles() {
    let distribution = DurationDistribution.quantiles(p05: 1000, p50: 2000, p95: 9000)
    #expect(isClose(distribution.quantile(0.05), 1000))
    #expect(distribution.quantile(0.5) == 2000)
    #expect(isClose(distribution.quantile(0.95), 9000))
    #expect(isClose(distribution.quantile(0.725), 5500))
  }
}
