/// What stands in for a missing value, if anything.
///
/// Source: OECD/JRC (2008), step 3; `Impute`, `i_mean`, `i_median`, `i_mean_grp`, `i_median_grp` of COINr.
public enum Imputation: String, Sendable, Hashable, CaseIterable {
  /// Nothing: missing stays missing.
  case none
  /// The mean of the units that have a value.
  case mean
  /// The median of the units that have a value.
  case median
  /// The mean of the unit's group; a unit without a group, or in a group without a value, stays missing.
  case groupMean = "group-mean"
  /// The median of the unit's group, as ``groupMean``.
  case groupMedian = "group-median"
}

/// A column in which missing values were stood in for.
public struct ImputedColumn: Sendable, Hashable {
  /// The values; nil where missing and nothing stands in.
  public var values: [Double?]
  /// The places of values that were imputed, ascending.
  public var imputed: [Int]
}

extension Imputation {
  /// Whether it needs groups of units.
  public var usesGroups: Bool { self == .groupMean || self == .groupMedian }

  /// Fills the gaps of a column.
  ///
  /// - Parameters:
  ///   - column: Finite values, nil where missing.
  ///   - groups: The group of each unit, nil where it has none; read by ``groupMean`` and ``groupMedian``.
  /// - Returns: The column with the places that were filled; values that were there stay as they are.
  /// - Complexity: O(units log units).
  public func apply(to column: [Double?], groups: [String?] = []) -> ImputedColumn {
    var result = ImputedColumn(values: column, imputed: [])
    switch self {
    case .none:
      return result
    case .mean, .median:
      result.fill(Array(column.indices), with: self == .mean)
    case .groupMean, .groupMedian:
      precondition(groups.count == column.count, "a group, or none, a unit")
      var members: [String: [Int]] = [:]
      for (index, group) in groups.enumerated() {
        if let group { members[group, default: []].append(index) }
      }
      for group in members.keys.sorted() {
        result.fill(members[group] ?? [], with: self == .groupMean)
      }
      result.imputed.sort()
    }
    return result
  }
}

extension ImputedColumn {
  /// Fills the gaps among some units by the mean, or else the median, of the values among them.
  fileprivate mutating func fill(_ units: [Int], with usesMean: Bool) {
    let present = units.compactMap { values[$0] }
    guard !present.isEmpty else { return }
    let value =
      usesMean ? SampleStatistics.mean(present) : SampleStatistics.median(present)
    for index in units where values[index] == nil {
      values[index] = value
      imputed.append(index)
    }
  }
}
