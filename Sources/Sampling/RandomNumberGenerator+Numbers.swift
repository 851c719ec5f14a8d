extension RandomNumberGenerator {
  /// A number in [0, 1): the upper 53 bits of the next 64, times 2^−53.
  ///
  /// Every result is a multiple of 2^−53, all equally likely. Unlike `Double.random(in:using:)`, which the
  /// standard library may change, the same bits on every version and machine.
  public mutating func uniform() -> Double { Double(next() >> 11) * 0x1p-53 }

  /// A whole number from 0 up to, without, a bound; each equally likely.
  ///
  /// - Parameter bound: 1 or more.
  /// - Complexity: O(1); one draw, rarely more.
  ///
  /// Source: Lemire 2019, Fast random integer generation in an interval, doi:10.1145/3230636.
  public mutating func integer(below bound: Int) -> Int {
    precondition(bound > 0, "there is a number below the bound")
    let bound = UInt64(bound)
    var product = next().multipliedFullWidth(by: bound)
    if product.low < bound {
      // The 2^64 mod bound lowest products would favour some numbers.
      let threshold = (0 &- bound) % bound
      while product.low < threshold { product = next().multipliedFullWidth(by: bound) }
    }
    return Int(product.high)
  }

  /// The numbers 0 ..< count in random order, every order equally likely.
  ///
  /// - Parameter count: 0 or more.
  /// - Complexity: O(count).
  ///
  /// Source: Durstenfeld 1964, Algorithm 235, doi:10.1145/364520.364540.
  public mutating func permutation(_ count: Int) -> [Int] {
    var order = Array(0..<count)
    for last in stride(from: count - 1, to: 0, by: -1) {
      order.swapAt(last, integer(below: last + 1))
    }
    return order
  }
}
