/// Loops over consecutive costs, four at a time.
///
/// Costs in a hierarchy are whole numbers in a `Double`: below 2^53 sums are exact, infinity stands for
/// closed without a test, and a minimum is one instruction for two of them on any x86-64 processor,
/// which has none for 64-bit integers.
enum CostRow {
  private typealias Four = SIMD4<Double>
  typealias Two = SIMD2<Double>
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

  /// `target[i]` = the least of itself and the sums of each offset with its cost `[i]`.
  @inline(__always)
  static func lower(
    _ target: UnsafeMutablePointer<Double>, to offsets: HierarchyClimb.Four,
    plus a: UnsafePointer<Double>, _ b: UnsafePointer<Double>, _ c: UnsafePointer<Double>,
    _ d: UnsafePointer<Double>, count: Int
  ) {
    let raw = UnsafeMutableRawPointer(target)
    var index = 0
    while index &+ 2 <= count {
      let at = index &* stride
      var known = raw.loadUnaligned(fromByteOffset: at, as: Two.self)
      var other = Two(repeating: offsets.a) + load(a, at)
      lower(&known, to: Two(repeating: offsets.b) + load(b, at))
      lower(&other, to: Two(repeating: offsets.c) + load(c, at))
      lower(&known, to: Two(repeating: offsets.d) + load(d, at))
      lower(&known, to: other)
      raw.storeBytes(of: known, toByteOffset: at, as: Two.self)
      index &+= 2
    }
    if count & 1 != 0 {
      target[index] = min(
        min(target[index], min(offsets.a + a[index], offsets.b + b[index])),
        min(offsets.c + c[index], offsets.d + d[index]))
    }
  }

  @inline(__always)
  private static func load(_ costs: UnsafePointer<Double>, _ byteOffset: Int) -> Two {
    UnsafeRawPointer(costs).loadUnaligned(fromByteOffset: byteOffset, as: Two.self)
  }

  /// Each of `known` = the lesser of itself and the candidate.
  @inline(__always)
  static func lower(_ known: inout Two, to candidate: Two) {
    known.replace(with: candidate, where: candidate .< known)
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

  /// The least of all costs; infinite where there are none.
  @inline(__always)
  static func least(_ costs: UnsafePointer<Double>, count: Int) -> Double {
    var twoLeast = Two(repeating: .infinity)
    var index = 0
    while index &+ 2 <= count {
      lower(&twoLeast, to: load(costs, index &* stride))
      index &+= 2
    }
    let least = twoLeast.min()
    return count & 1 == 0 ? least : min(least, costs[index])
  }
}
