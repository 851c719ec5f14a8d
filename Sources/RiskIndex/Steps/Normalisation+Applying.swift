extension Normalisation {
  /// Puts a column on the common scale.
  ///
  /// A column with one value for all units, or for one unit only, is `constant` under every method but
  /// fixed goalposts, which give it a place; nothing is ever divided by zero.
  ///
  /// - Parameters:
  ///   - raw: One finite value a unit, up to 1e300 in size; nil where it is missing. Missing values take
  ///     no part.
  ///   - direction: Which way the column points.
  ///   - parameters: What the method needs beside.
  /// - Complexity: O(units), O(units log units) for ranks.
  public func apply(
    to raw: [Double?], direction: Indicator.Direction, parameters: NormalisationParameters
  ) -> NormalisedColumn {
    var least = Double.infinity
    var most = -Double.infinity
    for case let value? in raw {
      least = min(least, value)
      most = max(most, value)
    }
    guard least <= most else { return .without(.empty, count: raw.count) }
    if self == .goalpost, let goalposts = parameters.goalposts {
      return Self.between(goalposts, raw, direction, parameters)
    }
    // The test is on the values themselves: the deviation of equal values need not come out as 0.
    guard least < most else { return .without(.constant, count: raw.count) }
    switch self {
    case .goalpost, .minMax:
      let turned = parameters.low + parameters.high
      let width = parameters.high - parameters.low
      var column = NormalisedColumn(
        usability: .usable,
        values: raw.map {
          $0.map {
            let place = parameters.low + width * (($0 - least) / (most - least))
            return direction == .increasing ? place : turned - place
          }
        })
      column.fellBack = self == .goalpost
      return column
    case .z:
      return Self.standardised(raw, least, most, direction, parameters)
    case .rank, .percentile, .borda:
      return ranked(raw, direction, parameters.ties)
    case .distanceToMaximum:
      return Self.distance(raw, least, most, direction, to: direction == .increasing ? most : least)
    case .distanceToTarget:
      guard let target = parameters.target else {
        return .without(.undefined(reason: "it has no target"), count: raw.count)
      }
      guard direction == .increasing ? target > least : target < most else {
        return .without(
          .undefined(reason: "its target lies at or behind its lowest-risk value"), count: raw.count
        )
      }
      return Self.distance(raw, least, most, direction, to: target, capped: parameters.isCapped)
    case .distanceToReference:
      guard let place = parameters.reference, raw.indices.contains(place),
        let reference = raw[place]
      else {
        return .without(.undefined(reason: "the reference has no value"), count: raw.count)
      }
      guard reference != (direction == .increasing ? least : most) else {
        return .without(
          .undefined(reason: "the reference has the lowest-risk value"), count: raw.count)
      }
      return Self.distance(raw, least, most, direction, to: reference, capped: parameters.isCapped)
    case .fractionOfMaximum:
      guard direction == .increasing ? least >= 0 : least > 0 else {
        return .without(
          .undefined(reason: "it has values without a true zero"), count: raw.count)
      }
      return NormalisedColumn(
        usability: .usable,
        values: raw.map { $0.map { direction == .increasing ? $0 / most : least / $0 } })
    }
  }

  /// The same by goalposts or by what the data define, on 0…1.
  ///
  /// - Parameters:
  ///   - raw: As for ``apply(to:direction:parameters:)``.
  ///   - direction: Which way the column points.
  ///   - goalposts: The fixed ends, if there are any.
  func apply(
    to raw: [Double?], direction: Indicator.Direction, goalposts: Indicator.Goalposts?
  ) -> NormalisedColumn {
    apply(
      to: raw, direction: direction, parameters: NormalisationParameters(goalposts: goalposts))
  }

  private static func between(
    _ goalposts: Indicator.Goalposts, _ raw: [Double?], _ direction: Indicator.Direction,
    _ parameters: NormalisationParameters
  ) -> NormalisedColumn {
    let span = goalposts.high - goalposts.low
    let turned = parameters.low + parameters.high
    let width = parameters.high - parameters.low
    return NormalisedColumn(
      usability: .usable,
      values: raw.map {
        $0.map {
          let place = parameters.low + width * min(max(($0 - goalposts.low) / span, 0), 1)
          return direction == .increasing ? place : turned - place
        }
      },
      clipped: raw.indices.filter { index in
        raw[index].map { $0 < goalposts.low || $0 > goalposts.high } ?? false
      })
  }

  private static func standardised(
    _ raw: [Double?], _ least: Double, _ most: Double, _ direction: Indicator.Direction,
    _ parameters: NormalisationParameters
  ) -> NormalisedColumn {
    // z is the same for the values and for their places between 0 and 1, where no square can
    // overflow or vanish.
    let places = raw.map { $0.map { ($0 - least) / (most - least) } }
    let present = places.compactMap { $0 }
    let mean = SampleStatistics.mean(present)
    let deviation = SampleStatistics.standardDeviation(present)
    return NormalisedColumn(
      usability: .usable,
      values: places.map {
        $0.map {
          let value = parameters.mean + parameters.deviation * ($0 - mean) / deviation
          return direction == .increasing ? value : 2 * parameters.mean - value
        }
      })
  }

  private func ranked(
    _ raw: [Double?], _ direction: Indicator.Direction, _ ties: RankTies
  ) -> NormalisedColumn {
    let oriented = direction == .increasing ? raw : raw.map { $0.map { -$0 } }
    let ranks = ascendingRanks(oriented, ties: ties)
    let last = Double(ranks.count { $0 != nil } - 1)
    return NormalisedColumn(
      usability: .usable,
      values: ranks.map {
        $0.map { rank in
          switch self {
          case .percentile: (rank - 1) / last
          case .borda: rank - 1
          default: rank
          }
        }
      })
  }

  /// The way from the lowest-risk value, over that from there to an end.
  private static func distance(
    _ raw: [Double?], _ least: Double, _ most: Double, _ direction: Indicator.Direction,
    to end: Double, capped: Bool = false
  ) -> NormalisedColumn {
    let start = direction == .increasing ? least : most
    var column = NormalisedColumn(
      usability: .usable, values: raw.map { $0.map { ($0 - start) / (end - start) } })
    guard capped else { return column }
    for (index, value) in column.values.enumerated() {
      guard let value, value > 1 else { continue }
      column.values[index] = 1
      column.clipped.append(index)
    }
    return column
  }
}
