import Foundation
import Sampling
import Testing

@Suite("Sobol' indices")
struct SobolIndicesTests {
  private let streams = RandomStreams(seed: 7)
  private let sampleCount = 4096

  private func design(_ factors: Int) -> SobolDesign {
    SobolDesign(sampleCount: sampleCount, factorCount: factors, streams: streams)
  }

  private func outputs(_ design: SobolDesign, _ model: ([Double]) -> Double) -> [Double] {
    (0..<design.runCount).map { model(design[$0]) }
  }

  private func bootstrap(_ resamples: Int = 200) -> SobolIndices.Bootstrap {
    SobolIndices.Bootstrap(resampleCount: resamples, streams: streams)
  }

  private func ishigami(_ probabilities: [Double]) -> Double {
    let x = probabilities.map { (2 * $0 - 1) * .pi }
    return sin(x[0]) + 7 * sin(x[1]) * sin(x[1]) + 0.1 * x[2] * x[2] * x[2] * x[2] * sin(x[0])
  }

  private func expect(
    _ indices: SobolIndices, first: [Double], total: [Double], within tolerance: Double
  ) {
    #expect(indices.factors.count == first.count)
    for (factor, found) in indices.factors.enumerated() {
      #expect(abs(found.first.value - first[factor]) < tolerance, "S1 of factor \(factor)")
      #expect(abs(found.total.value - total[factor]) < tolerance, "ST of factor \(factor)")
      for estimate in [found.first, found.total] {
        #expect(estimate.low <= estimate.value && estimate.value <= estimate.high)
      }
    }
  }

  /// Ishigami, Homma 1990, a = 7, b = 0.1; variance and indices in closed form.
  @Test("Ishigami's function has the indices of its closed form")
  func ishigami() throws {
    let design = design(3)
    let indices = try #require(
      SobolIndices(of: outputs(design, ishigami), design: design, bootstrap: bootstrap()))
    let first = [0.31390519114781146, 0.4424111447900409, 0]
    let total = [0.5575888552099592, 0.4424111447900409, 0.2436836640621477]
    expect(indices, first: first, total: total, within: 0.02)
    #expect(abs(indices.variance - 13.844587940719254) < 0.1)
    #expect(abs(indices.mean - 3.5) < 0.01)
    for (factor, found) in indices.factors.enumerated() {
      #expect(found.first.low < first[factor] && first[factor] < found.first.high)
      #expect(found.total.low < total[factor] && total[factor] < found.total.high)
      #expect(found.first.high - found.first.low < 0.15, "the interval says something")
    }
  }

  @Test("a weighted sum of normal factors has shares of its variance, and no interactions")
  func linear() throws {
    let design = design(3)
    let (weights, deviations) = ([0.5, 0.3, 0.2], [1.0, 2.0, 3.0])
    let output = outputs(design) { probabilities in
      (0..<3).reduce(0) {
        $0 + weights[$1]
          * Distribution.normal(mean: 1, standardDeviation: deviations[$1])
          .quantile(probabilities[$1])
      }
    }
    let indices = try #require(
      SobolIndices(of: output, design: design, bootstrap: bootstrap()))
    let shares = [0.25773195876288657, 0.37113402061855666, 0.37113402061855677]
    expect(indices, first: shares, total: shares, within: 0.02)
  }

  /// Saltelli, Sobol' 1995; a = (0, 1, 4.5, 9, 99, 99).
  @Test("the G function of six factors has the indices of its closed form")
  func gFunction() throws {
    let design = design(6)
    let a = [0, 1, 4.5, 9, 99, 99]
    let output = outputs(design) { probabilities in
      zip(probabilities, a).reduce(1) { $0 * (abs(4 * $1.0 - 2) + $1.1) / (1 + $1.1) }
    }
    let indices = try #require(
      SobolIndices(of: output, design: design, bootstrap: bootstrap()))
    expect(
      indices,
      first: [
        0.716342525310897, 0.17908563132772426, 0.023680744638376758, 0.00716342525310897,
        7.16342525310897e-05, 7.16342525310897e-05,
      ],
      total: [
        0.7872568939831729, 0.24223289045636087, 0.03432182644068328, 0.010461885634327876,
        0.00010496408706152096, 0.00010496408706152096,
      ], within: 0.02)
  }

  @Test("an estimate below zero is given as it is")
  func negative() throws {
    // With few rows the first-order share of a factor without effect strays on both sides of 0.
    let values = (0..<20).compactMap { seed -> Double? in
      let design = SobolDesign(
        sampleCount: 32, factorCount: 3, streams: RandomStreams(seed: UInt64(seed)))
      return SobolIndices(
        of: outputs(design, ishigami), design: design, bootstrap: bootstrap(10))?
        .factors[2].first.value
    }
    #expect(values.count == 20)
    #expect(values.contains { $0 < 0 } && values.contains { $0 > 0 })
  }

  @Test("estimates are Jansen's sums, written out")
  func slow() throws {
    let design = SobolDesign(sampleCount: 64, factorCount: 3, streams: streams)
    let output = outputs(design, ishigami)
    let indices = try #require(
      SobolIndices(of: output, design: design, bootstrap: bootstrap(1)))
    let (a, b) = (Array(output[0..<64]), Array(output[64..<128]))
    let mean = (a + b).reduce(0, +) / 128
    let variance = (a + b).reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 128
    for factor in 0..<3 {
      let exchanged = Array(output[(2 + factor) * 64..<(3 + factor) * 64])
      let fromB = zip(b, exchanged).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
      let fromA = zip(a, exchanged).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
      #expect(abs(indices.factors[factor].first.value - (1 - fromB / 128 / variance)) < 1e-12)
      #expect(abs(indices.factors[factor].total.value - fromA / 128 / variance) < 1e-12)
    }
  }

  @Test("a factor of several columns exchanges them together")
  func wideFactors() throws {
    let design = SobolDesign(sampleCount: 1024, factorWidths: [2, 1], streams: streams)
    #expect(design.columnCount == 3 && design.factorCount == 2 && design.runCount == 4096)
    for row in 0..<4 {
      let (a, b) = (design[row], design[1024 + row])
      #expect(design.place(ofRun: 2048 + row) == (.exchanged(factor: 0), row))
      #expect(design[2048 + row] == [b[0], b[1], a[2]])
      #expect(design[3072 + row] == [a[0], a[1], b[2]])
    }
    // The interaction of the first two columns is inside one factor: nothing is left between factors.
    let output = outputs(design) { $0[0] * $0[1] + $0[2] }
    let indices = try #require(
      SobolIndices(of: output, design: design, bootstrap: bootstrap()))
    let product = 1.0 / 9 - 1.0 / 16
    let share = product / (product + 1.0 / 12)
    expect(indices, first: [share, 1 - share], total: [share, 1 - share], within: 0.02)
  }

  @Test("outputs together are as outputs one by one, wherever they lie")
  func manyOutputs() {
    let design = SobolDesign(sampleCount: 128, factorCount: 3, streams: streams)
    let one = outputs(design, ishigami)
    let far = one.map { $0 * 1e-3 + 1e9 }
    var undefined = one
    undefined[7] = .nan
    let constant = one.map { _ in 0.1 }
    let all = one.indices.flatMap { [one[$0], far[$0], constant[$0], undefined[$0]] }
    let found = SobolIndices.estimates(
      of: all, outputCount: 4, design: design, bootstrap: bootstrap(50))
    #expect(
      found[0] == SobolIndices(of: one, design: design, bootstrap: bootstrap(50)))
    for factor in 0..<3 {
      let (near, moved) = (found[0]?.factors[factor], found[1]?.factors[factor])
      #expect(abs((near?.first.value ?? 9) - (moved?.first.value ?? -9)) < 1e-4)
      #expect(abs((near?.total.high ?? 9) - (moved?.total.high ?? -9)) < 1e-4)
    }
    #expect(found[2] == nil, "what does not vary has no shares")
    #expect(found[3] == nil, "nor has what is not known in every run")
  }

  @Test("an interval of 95 % holds the true index in most studies")
  func coverage() throws {
    let total = [0.5575888552099592, 0.4424111447900409, 0.2436836640621477]
    var inside = 0
    for seed in 0..<40 {
      let streams = RandomStreams(seed: UInt64(seed))
      let design = SobolDesign(sampleCount: 256, factorCount: 3, streams: streams)
      let indices = try #require(
        SobolIndices(
          of: outputs(design, ishigami), design: design,
          bootstrap: .init(resampleCount: 200, streams: streams)))
      for factor in 0..<3 {
        let estimate = indices.factors[factor].total
        if estimate.low <= total[factor] && total[factor] <= estimate.high { inside += 1 }
      }
    }
    #expect(inside >= 108, "\(inside) of 120; Sobol' points do better than the rows drawn again")
  }
}
