import Sampling
import Testing

@Suite("Sobol' sequences")
struct SobolSequenceTests {
  private let streams = RandomStreams(seed: 2024)

  /// The first sixteen points in six dimensions with the published direction numbers, as scipy 1.x gives them.
  @Test("the first points are the published ones, in the order of the Gray code")
  func published() {
    let expected: [[Double]] = [
      [0, 0, 0, 0, 0, 0],
      [0.5, 0.5, 0.5, 0.5, 0.5, 0.5],
      [0.75, 0.25, 0.25, 0.25, 0.75, 0.75],
      [0.25, 0.75, 0.75, 0.75, 0.25, 0.25],
      [0.375, 0.375, 0.625, 0.875, 0.375, 0.125],
      [0.875, 0.875, 0.125, 0.375, 0.875, 0.625],
      [0.625, 0.125, 0.875, 0.625, 0.625, 0.875],
      [0.125, 0.625, 0.375, 0.125, 0.125, 0.375],
      [0.1875, 0.3125, 0.9375, 0.4375, 0.5625, 0.3125],
      [0.6875, 0.8125, 0.4375, 0.9375, 0.0625, 0.8125],
      [0.9375, 0.0625, 0.6875, 0.1875, 0.3125, 0.5625],
      [0.4375, 0.5625, 0.1875, 0.6875, 0.8125, 0.0625],
      [0.3125, 0.1875, 0.3125, 0.5625, 0.9375, 0.4375],
      [0.8125, 0.6875, 0.8125, 0.0625, 0.4375, 0.9375],
      [0.5625, 0.4375, 0.0625, 0.8125, 0.1875, 0.6875],
      [0.0625, 0.9375, 0.5625, 0.3125, 0.6875, 0.1875],
    ]
    let sequence = SobolSequence(dimensionCount: 6)
    #expect(sequence.points(16) == expected.flatMap { $0 })
    for (index, point) in expected.enumerated() { #expect(sequence[index] == point) }
  }

  /// scipy 1.17, `stats.qmc.Sobol(256, scramble=False, bits=53)`: point 12,345 in dimensions 6, 64, 128 and
  /// 256, and a checksum over all coordinates of the first 4,096 points, times 4,096, which makes them whole numbers.
  @Test("the last dimensions are the published ones too")
  func lastDimensions() {
    let sequence = SobolSequence(dimensionCount: SobolSequence.largestDimensionCount)
    let point = sequence[12_345]
    #expect(
      [5, 63, 127, 255].map { point[$0] } == [
        0.05889892578125, 0.46563720703125, 0.64251708984375, 0.58807373046875,
      ])
    let points = sequence.points(4096)
    var checksum: UInt64 = 0
    for value in points { checksum = checksum &* 31 &+ UInt64(value * 4096) }
    #expect(checksum == 1_525_434_879_884_394_496)
  }

  @Test("a point by its number is the point in the row", arguments: [false, true])
  func randomAccess(scrambled: Bool) {
    let sequence =
      scrambled
      ? SobolSequence(dimensionCount: 9, scrambledBy: streams) : SobolSequence(dimensionCount: 9)
    let points = sequence.points(1000)
    #expect(points.count == 9000)
    for index in 0..<1000 { #expect(sequence[index] == Array(points[index * 9..<index * 9 + 9])) }
    #expect(sequence.points(0).isEmpty)
  }

  @Test(
    "of the first 2^m points, every part of 1 / 2^m holds one in each dimension, scrambled or not",
    arguments: [false, true])
  func balance(scrambled: Bool) {
    let dimensions = SobolSequence.largestDimensionCount
    let sequence =
      scrambled
      ? SobolSequence(dimensionCount: dimensions, scrambledBy: streams)
      : SobolSequence(dimensionCount: dimensions)
    for count in [1, 2, 64, 512] {
      let points = sequence.points(count)
      for dimension in 0..<dimensions {
        let parts = Set(
          (0..<count).map { Int(points[$0 * dimensions + dimension] * Double(count)) })
        #expect(parts == Set(0..<count), "dimension \(dimension), \(count) points")
      }
    }
  }

  /// The first two dimensions make a net of quality 0: every rectangle of area 1 / 2^m holds one point.
  @Test(
    "scrambling keeps the net of the first two dimensions",
    arguments: [1, 2, 3, 77, 1_000_000_007])
  func net(seed: UInt64) {
    let sequence = SobolSequence(
      dimensionCount: 2, scrambledBy: RandomStreams(seed: seed))
    let points = sequence.points(256)
    for exponent in 0...8 {
      let (across, down) = (1 << exponent, 256 >> exponent)
      let cells = Set(
        (0..<256).map {
          Int(points[2 * $0] * Double(across)) * down + Int(points[2 * $0 + 1] * Double(down))
        })
      #expect(cells.count == 256, "\(across) × \(down) cells, seed \(seed)")
    }
  }

  @Test("a scrambled point is uniform over seeds: mean, variance and every bit")
  func uniformity() {
    let seeds = 1000
    for index in [0, 5, 300] {
      var (sum, squares) = ([0.0, 0.0, 0.0], [0.0, 0.0, 0.0])
      var ones = [Int](repeating: 0, count: 16)
      for seed in 0..<seeds {
        let point = SobolSequence(
          dimensionCount: 3, scrambledBy: RandomStreams(seed: UInt64(seed)))[index]
        for dimension in 0..<3 {
          sum[dimension] += point[dimension]
          squares[dimension] += point[dimension] * point[dimension]
        }
        let bits = Int(point[2] * 65536)
        for bit in 0..<16 where bits >> bit & 1 == 1 { ones[bit] += 1 }
      }
      for dimension in 0..<3 {
        // Five standard errors: 0.289 / √1000 and 0.298 / √1000.
        #expect(abs(sum[dimension] / Double(seeds) - 0.5) < 0.046)
        #expect(abs(squares[dimension] / Double(seeds) - 1.0 / 3) < 0.047)
      }
      for count in ones { #expect(abs(count - seeds / 2) < 80, "five standard deviations") }
    }
  }

  @Test("the mean of a smooth function is a hundred times nearer than that of independent draws")
  func convergence() {
    // The integral of Π (1 + (x − 1/2) / i) is 1.
    let (count, seeds) = (1024, 30)
    func product(_ point: ArraySlice<Double>) -> Double {
      zip(point, 1...).reduce(1) { $0 * (1 + ($1.0 - 0.5) / Double($1.1)) }
    }
    let errors = (0..<seeds).map { seed in
      let points = SobolSequence(
        dimensionCount: 6, scrambledBy: RandomStreams(seed: UInt64(seed))
      ).points(count)
      let sum = (0..<count).reduce(0.0) { $0 + product(points[$1 * 6..<$1 * 6 + 6]) }
      return sum / Double(count) - 1
    }
    let deviation = (errors.reduce(0) { $0 + $1 * $1 } / Double(seeds)).squareRoot()
    // Independent draws: variance Π (1 + 1 / 12 i²) − 1 = 0.131, standard error 0.0113.
    #expect(deviation < 0.0113 / 100)
    let mean = errors.reduce(0, +) / Double(seeds)
    #expect(abs(mean) < 4 * deviation / Double(seeds).squareRoot(), "there is no bias")
  }

  @Test("the same seed gives the same points; another gives others; more dimensions keep the first")
  func seeds() {
    let three = SobolSequence(dimensionCount: 3, scrambledBy: streams)
    #expect(three[5] == SobolSequence(dimensionCount: 3, scrambledBy: streams)[5])
    #expect(
      three[5] == Array(SobolSequence(dimensionCount: 8, scrambledBy: streams)[5].prefix(3)))
    let other = SobolSequence(dimensionCount: 3, scrambledBy: RandomStreams(seed: 2025))
    #expect(zip(three[5], other[5]).allSatisfy { $0 != $1 })
  }
}
