/// The random numbers of a study, one stream for each uncertain factor and draw.
///
/// A stream is found by what it is for, not by what was drawn before it: any thread may take any draw, and a
/// factor that is added, left out or named in another order leaves the numbers of the others as they are.
public struct RandomStreams: Sendable, Hashable {
  /// The study's seed.
  public let seed: UInt64

  /// The streams of a seed; every value is one.
  public init(seed: UInt64) { self.seed = seed }

  /// The generator of one factor in one draw.
  ///
  /// Seed, factor and draw are mixed one after another by SplitMix64's finalizer, a bijection: streams of one
  /// factor never share a seed, those of two factors with a probability of 2^−64 a pair.
  ///
  /// - Parameters:
  ///   - factor: What is uncertain; see ``key(_:)``.
  ///   - draw: The number of the draw.
  /// - Complexity: O(1).
  public func substream(factor: UInt64, draw: UInt64) -> Xoshiro256StarStar {
    func mixed(_ value: UInt64) -> UInt64 { SplitMix64.mixed(value &+ SplitMix64.increment) }
    return Xoshiro256StarStar(seed: mixed(mixed(mixed(seed) ^ factor) ^ draw))
  }

  /// The key of a factor by its name, such as `dwell:korday`: FNV-1a of its UTF-8, 64 bits.
  ///
  /// Unlike Swift's `hashValue`, the same in every run.
  ///
  /// - Complexity: O(length of the name).
  ///
  /// Source: Noll, Vo, Eastlake, Hansen 2026, RFC 9923, doi:10.17487/RFC9923.
  public static func key(_ name: String) -> UInt64 {
    name.utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01B3 }
  }
}
