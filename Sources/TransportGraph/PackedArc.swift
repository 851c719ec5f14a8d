/// What a search reads of an arc, in one word: the impedance above, the rank of its other end below.
///
/// Impedances are whole milliseconds or millimetres, at least 1 and at most ``maximumImpedance``
/// (2^40 − 2 ms is 34.8 years, 2^40 − 2 mm is 1.1 million km).
struct PackedArc {
  static let rankBits: UInt64 = 24
  static let rankMask: UInt64 = (1 << rankBits) - 1
  /// A closed arc. No open arc looks like it: its impedance would be above the maximum.
  static let closed = UInt64.max
  static let maximumImpedance: UInt64 = (1 << 40) - 2

  static func pack(impedance: UInt64, rank: UInt32) -> UInt64 {
    impedance << rankBits | UInt64(rank)
  }
}
