/// SplitMix64: a counter in steps of the golden ratio, scrambled by a bijection of 64 bits.
///
/// Small and fast, with every seed as good as another: it seeds ``Xoshiro256StarStar`` and makes random
/// test cases.
///
/// Source: Steele, Lea, Flood 2014, Fast splittable pseudorandom number generators,
/// doi:10.1145/2660193.2660195; constants of its finalizer after Stafford's variant 13, as in Vigna's
/// reference code (prng.di.unimi.it).
public struct SplitMix64: RandomNumberGenerator, Sendable {
  /// 2^64 divided by the golden ratio, made odd.
  static let increment: UInt64 = 0x9E37_79B9_7F4A_7C15

  private var state: UInt64

  /// The generator of a seed; every value is one.
  public init(seed: UInt64) { state = seed }

  /// The next 64 bits.
  public mutating func next() -> UInt64 {
    state &+= Self.increment
    return Self.mixed(state)
  }

  /// The finalizer: a bijection in which each bit of the input changes about half of the output's.
  static func mixed(_ value: UInt64) -> UInt64 {
    var z = value
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
