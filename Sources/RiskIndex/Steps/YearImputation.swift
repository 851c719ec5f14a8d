/// How the value of a year is taken from other years of the same unit and indicator.
///
/// Source: OECD/JRC (2008), step 3; `impute_panel` of COINr, which has ``latest`` and ``linear``.
public enum YearImputation: String, Sendable, Hashable, CaseIterable {
  /// Nothing: a year without a value is missing.
  case none
  /// The last year before.
  case latest
  /// The first year after.
  case next
  /// The nearest year on either side; of two equally near the earlier.
  case nearest
  /// On a straight line between the years on both sides; beyond the first or last year its value.
  case linear
}

/// The value of a year, with the years that it rests on.
public struct YearValue: Sendable, Hashable {
  /// The value.
  public var value: Double
  /// The years whose values it was taken from: the year itself if it was observed, one year, or two
  /// between which it lies.
  public var years: [Int]
}

extension YearImputation {
  /// The value of a series in a year.
  ///
  /// - Parameters:
  ///   - year: The year wanted.
  ///   - series: Finite values by year, those of missing years left out.
  ///   - maximumDistance: The most years that a value may be away from the year wanted; nil for no limit. A
  ///     straight line needs both its ends within it.
  /// - Returns: The observed value if there is one; nil if nothing may stand in.
  /// - Complexity: O(years).
  public func value(
    in year: Int, series: [Int: Double], maximumDistance: Int? = nil
  ) -> YearValue? {
    if let value = series[year] { return YearValue(value: value, years: [year]) }
    func reached(_ other: Int) -> Bool { maximumDistance.map { abs(other - year) <= $0 } ?? true }
    let before = series.keys.filter { $0 < year && reached($0) }.max()
    let after = series.keys.filter { $0 > year && reached($0) }.min()
    func taken(_ other: Int?) -> YearValue? {
      other.flatMap { other in series[other].map { YearValue(value: $0, years: [other]) } }
    }
    switch self {
    case .none: return nil
    case .latest: return taken(before)
    case .next: return taken(after)
    case .nearest:
      guard let before, let after else { return taken(before ?? after) }
      return taken(year - before <= after - year ? before : after)
    case .linear:
      guard let before, let after, let first = series[before], let last = series[after] else {
        return taken(before ?? after)
      }
      let share = Double(year - before) / Double(after - before)
      return YearValue(value: first + (last - first) * share, years: [before, after])
    }
  }
}
