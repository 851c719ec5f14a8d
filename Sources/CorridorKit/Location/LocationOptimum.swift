/// The best set of sites that was found, and how much better one could be.
public struct LocationOptimum: Sendable, Hashable {
  /// The sites, ascending.
  public let sites: [Int]
  /// The value of the set.
  public let value: Double
  /// No set of as many sites has a higher value.
  public let upperBound: Double
  /// How many subproblems the search looked at.
  public let nodeCount: Int

  /// Values that differ by less than this share are taken as equal: sums of numbers of different size
  /// are no more precise.
  static let tolerance = 1e-12

  /// How much better another set could be, as a share of the bound; 0 where the set is optimal.
  public var gap: Double { upperBound > value ? (upperBound - value) / upperBound : 0 }
  /// Whether the set is proved to be best.
  public var isOptimal: Bool { gap == 0 }
}
