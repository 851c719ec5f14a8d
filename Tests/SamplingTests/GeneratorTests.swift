import Sampling
import Testing

@Suite("Generators of random numbers")
struct GeneratorTests {
  /// The first numbers of Vigna's reference code in C.
  @Test("SplitMix64 gives the numbers of the reference code")
  func splitMix() {
    var generator = SplitMix64(seed: 1_234_567)
    #expect(
      (0..<5).map { _ in generator.next() } == [
        6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423,
        4_593_380_528_125_082_431, 16_408_922_859_458_223_821,
      ])
  }

  @Test("xoshiro256** gives the numbers of the reference code, from a state and from a seed")
  func xoshiro() throws {
    var fromState = try #require(Xoshiro256StarStar(state: (1, 2, 3, 4)))
    #expect(
      (0..<4).map { _ in fromState.next() } == [
        11520, 0, 1_509_978_240, 1_215_971_899_390_074_240,
      ])
    var fromSeed = Xoshiro256StarStar(seed: 42)
    #expect(
      (0..<5).map { _ in fromSeed.next() } == [
        1_546_998_764_402_558_742, 6_990_951_692_964_543_102, 12_544_586_762_248_559_009,
        17_057_574_109_182_124_193, 18_295_552_978_065_317_476,
      ])
    #expect(Xoshiro256StarStar(state: (0, 0, 0, 0)) == nil, "it would give 0 for ever")
  }

  @Test("uniform numbers are the upper 53 bits times 2^−53")
  func uniform() {
    var generator = Xoshiro256StarStar(seed: 42)
    #expect(
      (0..<5).map { _ in generator.uniform() } == [
        0.08386297105988216, 0.3789802506626686, 0.6800434110281394, 0.9246929453253876,
        0.9918039142821028,
      ])
    var highest = Constant(bits: .max)
    #expect(highest.uniform() == 1 - 0x1p-53)
    var lowest = Constant(bits: 0x7FF)
    #expect(lowest.uniform() == 0)
  }

  @Test("every number below a bound comes as often as another", arguments: [1, 2, 3, 7, 10])
  func integers(bound: Int) {
    var generator = Xoshiro256StarStar(seed: UInt64(bound))
    var counts = [Int](repeating: 0, count: bound)
    let draws = 10_000 * bound
    for _ in 0..<draws { counts[generator.integer(below: bound)] += 1 }
    // The chi-square's 99.99 % point is below 40 for up to nine degrees of freedom.
    let deviation = counts.reduce(0.0) {
      $0 + (Double($1) - 10_000) * (Double($1) - 10_000) / 10_000
    }
    #expect(deviation < 40)
  }

  @Test("products that would favour some numbers are drawn again")
  func rejection() {
    // 2^64 mod 3 is 1: the product 0 · 3 is one too many, and the next number counts.
    var generator = Sequence(words: [0, .max])
    #expect(generator.integer(below: 3) == 2)
  }

  @Test("permutations hold every number once, and all orders are equally likely")
  func permutations() {
    var generator = SplitMix64(seed: 7)
    #expect(generator.permutation(0).isEmpty)
    #expect(generator.permutation(1) == [0])
    #expect(generator.permutation(100).sorted() == Array(0..<100))
    var counts: [[Int]: Int] = [:]
    for _ in 0..<24_000 { counts[generator.permutation(4), default: 0] += 1 }
    #expect(counts.count == 24)
    // A count's standard deviation is 31.
    #expect(counts.values.allSatisfy { abs($0 - 1000) < 155 })
  }

  @Test("a substream depends on seed, factor and draw, and on nothing else")
  func substreams() {
    let streams = RandomStreams(seed: 1)
    func first(_ streams: RandomStreams, _ factor: UInt64, _ draw: UInt64) -> UInt64 {
      var stream = streams.substream(factor: factor, draw: draw)
      return stream.next()
    }
    #expect(first(streams, 3, 4) == first(RandomStreams(seed: 1), 3, 4))
    var seen: Set<UInt64> = []
    for seed in 0..<4 as Range<UInt64> {
      for factor in 0..<16 as Range<UInt64> {
        for draw in 0..<16 as Range<UInt64> {
          seen.insert(first(RandomStreams(seed: seed), factor, draw))
        }
      }
    }
    #expect(seen.count == 4 * 16 * 16)
  }

  /// Vectors of RFC 9923.
  @Test("the key of a factor is the FNV-1a of its name")
  func keys() {
    #expect(RandomStreams.key("") == 0xCBF2_9CE4_8422_2325)
    #expect(RandomStreams.key("a") == 0xAF63_DC4C_8601_EC8C)
    #expect(RandomStreams.key("foobar") == 0x8594_4171_F739_67E8)
  }
}

private struct Constant: RandomNumberGenerator {
  let bits: UInt64
  mutating func next() -> UInt64 { bits }
}

private struct Sequence: RandomNumberGenerator {
  var words: [UInt64]
  mutating func next() -> UInt64 { words.removeFirst() }
}
