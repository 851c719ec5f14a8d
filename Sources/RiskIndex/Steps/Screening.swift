/// Which units have enough data to be scored at all.
///
/// Source: OECD/JRC (2008), step 2; `Screen` of COINr.
public struct Screening: Sendable, Hashable {
  /// The least share of indicators with a value, 0…1; nil for no such test. Default 2/3.
  public var minimumAvailability: Double?
  /// The least share of values that are not 0, 0…1; nil for no such test, which is the default. COINr's is
  /// 0.05 where it is asked for.
  public var minimumNonZero: Double?
  /// Units that stay or go whatever their data, by identifier.
  public var forced: [String: Bool]

  /// A screening from its parts.
  public init(
    minimumAvailability: Double? = 2.0 / 3, minimumNonZero: Double? = nil,
    forced: [String: Bool] = [:]
  ) {
    self.minimumAvailability = minimumAvailability
    self.minimumNonZero = minimumNonZero
    self.forced = forced
  }

  /// How a unit fared.
  public struct Verdict: Sendable, Hashable {
    /// The unit's identifier.
    public var unit: String
    /// Indicators with a value.
    public var available: Int
    /// Values that are 0.
    public var zeros: Int
    /// All indicators.
    public var total: Int
    /// Whether the unit stays.
    public var isIncluded: Bool
    /// Whether it stays or goes because that was asked for.
    public var isForced: Bool

    /// The share of indicators with a value.
    public var availability: Double { total == 0 ? 0 : Double(available) / Double(total) }
    /// The share of values that are not 0; nil without a value.
    public var nonZero: Double? {
      available == 0 ? nil : Double(available - zeros) / Double(available)
    }
  }

  /// Tests units.
  ///
  /// - Parameters:
  ///   - units: Their identifiers.
  ///   - columns: One an indicator, each with one value a unit, nil where missing.
  /// - Returns: One verdict a unit, in their order. A unit without any value fails the test for zeros too.
  /// - Complexity: O(units × columns).
  public func verdicts(units: [String], columns: [[Double?]]) -> [Verdict] {
    units.enumerated().map { index, unit in
      let values = columns.compactMap { $0[index] }
      var verdict = Verdict(
        unit: unit, available: values.count, zeros: values.count { $0 == 0 },
        total: columns.count, isIncluded: true, isForced: false)
      // The tolerance is for shares such as 2/3.
      if let least = minimumAvailability, verdict.availability < least - 1e-9 {
        verdict.isIncluded = false
      }
      if let least = minimumNonZero, (verdict.nonZero ?? -1) < least - 1e-9 {
        verdict.isIncluded = false
      }
      if let stays = forced[unit] {
        verdict.isForced = stays != verdict.isIncluded
        verdict.isIncluded = stays
      }
      return verdict
    }
  }
}
