/// Puts a unit's score together from its dimensions and its exposure.
struct Composition {
  private let dimensions: [ScoredDimension]
  private let exposure: ScoredExposure?
  private let specification: RiskSpecification
  /// The indices of dimensions that have a weight and, for at least one unit, a score.
  let activeDimensions: [Int]

  init(
    dimensions: [ScoredDimension], exposure: ScoredExposure?, specification: RiskSpecification,
    unitCount: Int
  ) {
    self.dimensions = dimensions
    self.exposure = exposure
    self.specification = specification
    activeDimensions = dimensions.indices.filter { index in
      dimensions[index].weight > 0
        && (0..<unitCount).contains { unit in
          !dimensions[index].components(
            unit: unit, aggregation: specification.withinDimensions,
            minimumCoverage: specification.minimumCoverage
          ).isEmpty
        }
    }
  }

  /// What is to be said of dimensions with little or nothing in them.
  var dimensionWarnings: [RiskWarning] {
    let whole = activeDimensions.reduce(0) { $0 + dimensions[$1].weight }
    return dimensions.enumerated().compactMap { index, scored in
      let usable = scored.members.filter(\.isActive)
      if scored.weight > 0, !activeDimensions.contains(index) {
        return .emptyDimension(dimension: scored.dimension.id)
      }
      // The tolerance is for sums of weights such as 3 × 1/6.
      guard scored.weight > 0, usable.reduce(0, { $0 + $1.weight }) < 0.5 - 1e-9 else {
        return nil
      }
      return .thinDimension(
        dimension: scored.dimension.id, usable: usable.count, total: scored.members.count,
        share: scored.weight / whole)
    }
  }

  /// The result of one unit, its ranks still open.
  func risk(of unit: String, index: Int, warnings: inout [RiskWarning]) -> UnitRisk {
    let within = specification.withinDimensions
    let across = specification.acrossDimensions
    let components = dimensions.map {
      $0.components(
        unit: index, aggregation: within, minimumCoverage: specification.minimumCoverage)
    }
    let values = components.map { parts in
      parts.isEmpty ? nil : within.aggregate(parts.map(\.value))
    }
    let present = activeDimensions.filter { values[$0] != nil }
    let missing = activeDimensions.filter { values[$0] == nil }
    if present.isEmpty {
      warnings.append(.unitWithoutData(unit: unit))
    } else if !missing.isEmpty {
      warnings.append(
        .incompleteUnit(unit: unit, missing: missing.map { dimensions[$0].dimension.id }))
    }

    let had = present.reduce(0) { $0 + dimensions[$1].weight }
    let blocks = present.map { position in
      // What comes out of a geometric mean was admitted to one already.
      let value = values[position] ?? 0
      return WeightedValue(
        weight: dimensions[position].weight / had,
        value: within == .geometric ? value : across.admitted(value))
    }
    let exposureWeight = exposure?.weight ?? 0
    let exposureValue = exposure.flatMap { $0.column.values[index] }
    let base = blocks.isEmpty ? nil : across.aggregate(blocks)
    var whole = blocks
    var score = base
    if exposureWeight > 0 {
      if let exposureValue, base != nil {
        whole = blocks.map {
          WeightedValue(weight: $0.weight * (1 - exposureWeight), value: $0.value)
        }
        whole.append(
          WeightedValue(weight: exposureWeight, value: across.admitted(exposureValue)))
        score = across.aggregate(whole)
      } else {
        score = nil
      }
    }

    let contributions = contributions(of: whole)
    let results = dimensions.indices.map { position in
      let place = present.firstIndex(of: position)
      return dimensionRisk(
        position, unit: index, components: components[position], value: values[position],
        weight: place.map { whole[$0].weight } ?? 0,
        contribution: place.map { contributions[$0] })
    }
    return UnitRisk(
      unit: unit, score: score.map { $0 * 100 }, rank: nil,
      scoreWithoutExposure: base.map { $0 * 100 }, rankWithoutExposure: nil,
      isComplete: missing.isEmpty,
      coverage: Coverage(
        available: results.reduce(0) { $0 + $1.coverage.available },
        total: results.reduce(0) { $0 + $1.coverage.total }),
      dimensions: results,
      exposure: exposure.map { exposure in
        let takesPart = whole.count > blocks.count
        return ExposureRisk(
          name: exposure.block.name, value: exposure.raw[index],
          normalised: exposureValue.map { $0 * 100 }, weight: takesPart ? exposureWeight : 0,
          contribution: takesPart ? contributions.last : nil)
      })
  }

  /// Points of the score (arithmetic) or shares of Σ w ln I (geometric).
  private func contributions(of blocks: [WeightedValue]) -> [Double] {
    specification.acrossDimensions == .arithmetic
      ? specification.acrossDimensions.terms(blocks).map { $0 * 100 }
      : specification.acrossDimensions.shares(blocks)
  }

  private func dimensionRisk(
    _ position: Int, unit: Int, components: [(member: Int, value: WeightedValue)],
    value: Double?, weight: Double, contribution: Double?
  ) -> DimensionRisk {
    let scored = dimensions[position]
    let shares = specification.withinDimensions.shares(components.map(\.value))
    return DimensionRisk(
      id: scored.dimension.id, name: scored.dimension.name, score: value.map { $0 * 100 },
      weight: weight, contribution: contribution, coverage: scored.coverage(unit: unit),
      indicators: scored.members.enumerated().map { index, member in
        let place = components.firstIndex { $0.member == index }
        return IndicatorRisk(
          id: member.indicator.id, value: member.cells.isEmpty ? nil : member.cells[unit],
          normalised: member.column.values.isEmpty
            ? nil : member.column.values[unit].map { $0 * 100 },
          weight: place.map { components[$0].value.weight * weight } ?? 0,
          contribution: place.flatMap { place in contribution.map { $0 * shares[place] } })
      })
  }
}

extension UnitRisk {
  /// The same with its ranks.
  func with(rank: Int?, rankWithoutExposure: Int?) -> UnitRisk {
    UnitRisk(
      unit: unit, score: score, rank: rank, scoreWithoutExposure: scoreWithoutExposure,
      rankWithoutExposure: rankWithoutExposure, isComplete: isComplete, coverage: coverage,
      dimensions: dimensions, exposure: exposure)
  }
}
