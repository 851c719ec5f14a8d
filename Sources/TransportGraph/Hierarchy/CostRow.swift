/// Loops over consecutive costs, four at a time.
///
/// Costs in a hierarchy are whole numbers in a `Double`: below 2^53 sums are exact, infinity stands for
/// closed without a test, and a minimum is one instruction for two of them on any x86-64 processor,
/// which has none for 64-bit integers.
enum CostRow {
  private typealias Four = SIMD4<Double>
  private typealias Two = SIMD2<Double>
  private static let stride = MemoryLayout<Double>.stride

  /// `target[i] = min(target[i], offset + costs[i])`
  @inline(__always)
  static func lower(
    _ target: UnsafeMutablePointer<Double>, to offset: Double, plus costs: UnsafePointer<Double>,
    count: Int
  ) {
    let rawTarget = UnsafeMutableRawPointer(target)
    let rawCosts = UnsafeRawPointer(costs)
    let fourOffsets = Four(repeating: offset)
    var index = 0
    while index &+ 4 <= count {
      let known = rawTarget.loadUnaligned(fromByteOffset: index &* stride, as: Four.self)
      let candidate =
        rawCosts.loadUnaligned(fromByteOffset: index &* stride, as: Four.self) + fourOffsets
      rawTarget.storeBytes(
        of: known.replacing(with: candidate, where: candidate .< known),
        toByteOffset: index &* stride, as: Four.self)
      index &+= 4
    }
    if count & 2 != 0 {
      let known = rawTarget.loadUnaligned(fromByteOffset: index &* stride, as: Two.self)
      let candidate =
        rawCosts.loadUnaligned(fromByteOffset: index &* stride, as: Two.self) + fourOffsets.lowHalf
      rawTarget.storeBytes(
        of: known.replacing(with: candidate, where: candidate .< known),
        toByteOffset: index &* stride, as: Two.self)
      index &+= 2
    }
    if count & 1 != 0 {
      let candidate = offset + costs[index]
      let known = target[index]
      target[index] = candidate < known ? candidate : known
    }
  }

  /// The least of `start` and all `costs[i] + others[i]`.
  @inline(__always)
  static func least(
    _ start: Double, _ costs: UnsafePointer<Double>, plus others: UnsafePointer<Double>, count: Int
  ) -> Double {
    var least = start
    var index = 0
    if count >= 4 {
      let rawCosts = UnsafeRawPointer(costs)
      let rawOthers = UnsafeRawPointer(others)
      var fourLeast = Four(repeating: least)
      while index &+ 4 <= count {
        let sum =
          rawCosts.loadUnaligned(fromByteOffset: index &* stride, as: Four.self)
          + rawOthers.loadUnaligned(fromByteOffset: index &* stride, as: Four.self)
        fourLeast.replace(with: sum, where: sum .< fourLeast)
        index &+= 4
      }
      least = fourLeast.min()
    }
    while index < count {
      let sum = costs[index] + others[index]
      least = sum < least ? sum : least
      index &+= 1
    }
    return least
  }
}
