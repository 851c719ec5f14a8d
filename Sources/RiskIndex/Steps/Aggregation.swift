import Foundation

/// How values on the common scale become one. Source: OECD/JRC (2008), step 7.
public enum Aggregation: String, Sendable, Hashable, CaseIterable {
  /// Σ w I. A low value is made up for by a high one in full.
  case arithmetic
  /// Π Iʷ. A low value is made up for in part. As it stands over values moved from 0…1 to 0.01…1
  /// (0.01 + 0.99 I), so that a single 0 does not make the whole 0.
  case geometric
  /// 1 / Σ (w / I), over the same values as ``geometric``. A low value is made up for still less.
  case harmonic
  /// Ordered weighted averaging: weights by the place in descending order, Q(k / n) − Q((k − 1) / n) with
  /// Q(r) = r^a; below a = 1 the highest values count most, above it the lowest. Where values have weights
  /// of their own, Q is taken at their cumulated sums. Source: Yager 1988, doi:10.1109/21.87068; Yager 1996,
  /// doi:10.1002/(SICI)1098-111X(199601)11:1<49::AID-INT3>3.0.CO;2-Z.
  case owa
  /// How many units one outranks, less how many outrank it; see ``OutrankingMatrix``. Nothing is made up
  /// for, and how far one is above another does not count.
  case copeland
}

/// What an aggregation needs beside values and weights.
public struct AggregationParameters: Sendable, Hashable {
  /// What Copeland's scores are told in.
  public enum CopelandScale: String, Sendable, Hashable, CaseIterable {
    /// From 0 (outranked by all) to 1 (outranks all), so that it stands beside other values on 0…1.
    case share
    /// Units outranked less units that outrank, −(n − 1) … n − 1, as in COINr.
    case wins
  }

  /// What a 0 on 0…1 becomes before a geometric or harmonic mean, above 0 and below 1; nil leaves values
  /// as they are, which must then all be above 0. Default 0.01.
  public var floor: Double?
  /// a of Q(r) = r^a in ordered weighted averaging, above 0. Default 0.5: what is highest counts most.
  public var owaExponent: Double
  /// What Copeland's scores are told in. Default ``CopelandScale/share``.
  public var copelandScale: CopelandScale

  /// Parameters from their parts. Nothing is checked here.
  public init(
    floor: Double? = 0.01, owaExponent: Double = 0.5, copelandScale: CopelandScale = .share
  ) {
    self.floor = floor
    self.owaExponent = owaExponent
    self.copelandScale = copelandScale
  }
}

/// A value with its weight in one aggregate.
public struct WeightedValue: Sendable, Hashable {
  /// Not negative; the weights of one aggregate add up to 1.
  public var weight: Double
  /// On the common scale.
  public var value: Double

  /// A weighted value from its parts.
  public init(weight: Double, value: Double) {
    self.weight = weight
    self.value = value
  }
}

extension Aggregation {
  /// Whether a zero on the scale must mean nothing left, so that z scores are refused.
  public var needsTrueZero: Bool { self == .geometric || self == .harmonic }

  /// Whether a unit's aggregate depends on other units' values.
  public var comparesUnits: Bool { self == .copeland }

  /// A value as this aggregation takes it. Apply it once, where the value first enters: what comes out
  /// of a geometric or harmonic mean lies within floor…1 already.
  public func admitted(
    _ value: Double, parameters: AggregationParameters = AggregationParameters()
  ) -> Double {
    guard needsTrueZero, let floor = parameters.floor else { return value }
    return floor + (1 - floor) * value
  }

  /// The aggregate of the values of one unit that were admitted. Not for ``copeland``, which compares units.
  ///
  /// - Complexity: O(values), O(values log values) for ordered weights.
  public func aggregate(
    _ values: [WeightedValue], parameters: AggregationParameters = AggregationParameters()
  ) -> Double {
    switch self {
    case .arithmetic: values.reduce(0) { $0 + $1.weight * $1.value }
    case .geometric: exp(values.reduce(0) { $0 + $1.weight * log($1.value) })
    case .harmonic: 1 / values.reduce(0) { $0 + $1.weight / $1.value }
    case .owa: terms(values, parameters: parameters).reduce(0, +)
    case .copeland: preconditionFailure("Copeland's method compares units")
    }
  }

  /// What each value adds: w I (arithmetic), w ln I (geometric), w / I (harmonic), its ordered weight times
  /// I (ordered weights). Not for ``copeland``.
  public func terms(
    _ values: [WeightedValue], parameters: AggregationParameters = AggregationParameters()
  ) -> [Double] {
    switch self {
    case .arithmetic: return values.map { $0.weight * $0.value }
    case .geometric: return values.map { $0.weight * log($0.value) }
    case .harmonic: return values.map { $0.weight / $0.value }
    case .owa:
      let weights = Self.orderedWeights(values, exponent: parameters.owaExponent)
      return zip(weights, values).map { $0 * $1.value }
    case .copeland: preconditionFailure("Copeland's method compares units")
    }
  }

  /// What share of the aggregate is due to each value: its term over the sum of the terms; over the
  /// weights where that sum is 0. Of a geometric or harmonic mean, the larger a share, the more it pulls
  /// the mean down. Not for ``copeland``.
  public func shares(
    _ values: [WeightedValue], parameters: AggregationParameters = AggregationParameters()
  ) -> [Double] {
    let terms = terms(values, parameters: parameters)
    let sum = terms.reduce(0, +)
    return sum == 0 ? values.map(\.weight) : terms.map { $0 / sum }
  }

  /// The weight of each value by its place in descending order; they add up to 1.
  ///
  /// Equal values share theirs in proportion to their own weights, so that their order does not matter.
  ///
  /// - Parameters:
  ///   - values: Their own weights add up to 1.
  ///   - exponent: a of Q(r) = r^a, above 0.
  public static func orderedWeights(_ values: [WeightedValue], exponent: Double) -> [Double] {
    let order = values.indices.sorted {
      (-values[$0].value, $0) < (-values[$1].value, $1)
    }
    var weights = [Double](repeating: 0, count: values.count)
    var before = 0.0
    var first = 0
    while first < order.count {
      var last = first
      while last + 1 < order.count, values[order[last + 1]].value == values[order[first]].value {
        last += 1
      }
      let own = order[first...last].reduce(0) { $0 + values[$1].weight }
      let after = last + 1 == order.count ? 1 : min(before + own, 1)
      let together = pow(after, exponent) - pow(before, exponent)
      for place in order[first...last] {
        weights[place] = own > 0 ? together * values[place].weight / own : 0
      }
      before = after
      first = last + 1
    }
    return weights
  }
}
