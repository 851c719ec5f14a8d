extension Indicator {
  /// Whether values of an indicator add up over units.
  public enum Kind: String, Sendable, Hashable, Codable, CaseIterable {
    /// Counts and totals: the value of two units together is the sum of theirs.
    case extensive
    /// Rates, shares, means and indices: the value of two units together lies between theirs.
    case intensive
  }
}

extension IndexFramework {
  /// The kinds of what tables may hold, by id; what has none stated is absent.
  public var kinds: [String: Indicator.Kind] {
    var kinds: [String: Indicator.Kind] = [:]
    for indicator in indicators + supplements { kinds[indicator.id] = indicator.kind }
    for variable in context { kinds[variable.id] = variable.kind }
    return kinds
  }
}
