import Foundation

/// How values on the common scale become one. Source: OECD/JRC (2008), step 7.
public enum Aggregation: String, Sendable, Hashable, CaseIterable {
  /// Σ w I. A low value is made up for by a high one in full.
  case arithmetic
  /// Π Iʷ over values moved from 0…1 to 0.01…1 (0.01 + 0.99 I), so that a single 0 does not make the
  /// whole 0. A low value is made up for in part.
  case geometric
}

/// A value with its weight in one aggregate.
struct WeightedValue {
  /// Not negative; the weights of one aggregate add up to 1.
  var weight: Double
  /// On the common scale.
  var value: Double
}

extension Aggregation {
  /// The value that a normalised 0 becomes before a geometric mean.
  static let geometricFloor = 0.01

  /// A value as this aggregation takes it. Apply it once, where the value first enters: what comes out
  /// of a geometric mean lies within 0.01…1 already.
  func admitted(_ value: Double) -> Double {
    self == .arithmetic ? value : Self.geometricFloor + (1 - Self.geometricFloor) * value
  }

  /// The aggregate of values that were admitted.
  func aggregate(_ values: [WeightedValue]) -> Double {
    switch self {
    case .arithmetic: values.reduce(0) { $0 + $1.weight * $1.value }
    case .geometric: exp(values.reduce(0) { $0 + $1.weight * log($1.value) })
    }
  }

  /// What each value adds: w I (arithmetic), or w ln I (geometric).
  func terms(_ values: [WeightedValue]) -> [Double] {
    switch self {
    case .arithmetic: values.map { $0.weight * $0.value }
    case .geometric: values.map { $0.weight * log($0.value) }
    }
  }

  /// What share of the aggregate is due to each value: its term over the sum of the terms; over the
  /// weights where that sum is 0.
  func shares(_ values: [WeightedValue]) -> [Double] {
    let terms = terms(values)
    let sum = terms.reduce(0, +)
    return sum == 0 ? values.map(\.weight) : terms.map { $0 / sum }
  }
}
