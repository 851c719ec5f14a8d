/// A value of a unit of the second vintage, and how it came to be.
public struct MovedValue: Sendable, Hashable {
  /// What was done.
  public enum Treatment: String, Sendable, Hashable, Codable, CaseIterable {
    /// The unit is the same; its id or name may be another.
    case unchanged
    /// An extensive value's share.
    case split
    /// An intensive value of a larger unit, taken for this part of it.
    case inherited
    /// Of several whole units: added up (extensive) or averaged (intensive).
    case merged
    /// Of parts of several units.
    case recomposed
  }

  /// A unit of the first vintage that a value was taken from.
  public struct Origin: Sendable, Hashable {
    /// The unit's id.
    public let unit: String
    /// Extensive: the share of that unit's value that came over. Intensive: its weight in the mean.
    public let share: Double
    /// What the share was measured by; nil where there was nothing to measure.
    public let basis: Crosswalk.Basis?
  }

  /// The value, with a note that begins with what was done.
  public let value: IndicatorValue
  /// What was done.
  public let treatment: Treatment
  /// From which units, in their order.
  public let origins: [Origin]
}

/// A unit of the second vintage that gets no value although a unit that it is made of has one.
public struct CrosswalkGap: Error, Sendable, Hashable {
  /// Why there is none.
  public enum Reason: Sendable, Hashable {
    /// Other units that it is made of have no value.
    case noValue(of: [String])
    /// Neither population nor area of these is known.
    case noSize(of: [String])
  }

  /// The id of the unit of the second vintage.
  public let unit: String
  /// The indicator's id.
  public let indicator: String
  /// Why there is none.
  public let reason: Reason
}

extension CrosswalkGap: CustomStringConvertible {
  /// A sentence.
  public var description: String {
    switch reason {
    case .noValue(let units):
      "\(unit) has no \(indicator): none is known of \(units.joined(separator: ", "))."
    case .noSize(let units):
      "\(unit) has no \(indicator): neither population nor area is known of all of "
        + "\(units.joined(separator: ", "))."
    }
  }
}

/// What became of one indicator as a whole.
public struct CrosswalkTotal: Sendable, Hashable {
  /// The indicator's id.
  public let indicator: String
  /// Whether it adds up over units.
  public let kind: Indicator.Kind
  /// The sum over the units of the first vintage; a total for an extensive indicator only.
  public let before: Double
  /// The sum over the units of the second vintage.
  public let after: Double
  /// How many units had a value.
  public let given: Int
  /// How many units have one now.
  public let moved: Int
}

/// What moving gave.
public struct CrosswalkResult: Sendable, Hashable {
  /// The values, by indicator, then unit.
  public let values: [MovedValue]
  /// The units that could not be given one, by indicator, then unit.
  public let gaps: [CrosswalkGap]
  /// By indicator.
  public let totals: [CrosswalkTotal]

  /// The values as an indicator table.
  ///
  /// - Throws: ``RiskIndexError`` if a value is too large for one.
  public func table() throws(RiskIndexError) -> IndicatorTable {
    try IndicatorTable(rows: values.map(\.value))
  }
}
