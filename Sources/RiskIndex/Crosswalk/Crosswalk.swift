/// Moves values of indicators from the units of one vintage to those of another.
///
/// - **Extensive** values (counts, totals) are divided among the parts of a unit in proportion to their
///   population, and added up over the parts of the new unit: the total stays.
/// - **Intensive** values (rates, shares, means) are copied to every part of a unit and say that they are
///   inherited; over a new unit of several parts they are averaged, weighted by population.
///
/// Where a population that decides is missing, the areas stand in for all parts of that unit, and the result
/// says so; where these are missing too, the new unit gets no value. Nor does it get one if a unit that it is
/// made of has none: a gap is never counted as zero.
///
/// Moving there and back gives extensive values back where units were divided, and intensive ones too, since
/// parts inherit one value; a merger cannot be undone, only its total stays.
public struct Crosswalk: Sendable {
  /// What parts are measured by.
  public enum Basis: String, Sendable, Hashable, CaseIterable, Codable {
    /// Where people live.
    case population
    /// Where land is; the last resort.
    case area
  }

  /// Sizes by the id of a unit, of one kind, for the units of either vintage.
  public struct Sizes: Sendable, Hashable {
    /// By unit of the first vintage.
    public var from: [String: UnitSize]
    /// By unit of the second vintage.
    public var to: [String: UnitSize]

    /// Sizes of units; any may be absent.
    public init(from: [String: UnitSize] = [:], to: [String: UnitSize] = [:]) {
      self.from = from
      self.to = to
    }
  }

  /// Which units lie in which.
  public let correspondence: UnitCorrespondence
  /// Parts of one unit by basis, where all of them have a size.
  private let sizes: [Basis: [UnitCorrespondence.Part: UnitSize]]
  private let bases: [Basis]

  /// - Parameters:
  ///   - correspondence: Which units lie in which.
  ///   - population: People by unit.
  ///   - area: Square kilometres by unit.
  ///   - basis: What is asked for first; the default is population with area as the last resort. With area,
  ///     population is not looked at.
  /// - Throws: ``CrosswalkError/badSize(unit:value:)``.
  /// - Complexity: O(units × parts).
  public init(
    _ correspondence: UnitCorrespondence, population: Sizes, area: Sizes = Sizes(),
    basis: Basis = .population
  ) throws(CrosswalkError) {
    self.correspondence = correspondence
    bases = basis == .population ? [.population, .area] : [.area]
    let given: [(Basis, Sizes)] = [(.population, population), (.area, area)]
    var sizes: [Basis: [UnitCorrespondence.Part: UnitSize]] = [:]
    for (basis, known) in given {
      for (unit, size) in (known.from.merging(known.to) { first, _ in first })
        .sorted(by: { $0.key < $1.key }) where !(size.value.isFinite && size.value >= 0)
      {
        throw .badSize(unit: unit, value: size.value)
      }
      var ofParts: [UnitCorrespondence.Part: UnitSize] = [:]
      for part in correspondence.parts {
        let stated = basis == .population ? part.population : part.area
        if let stated, !(stated.value.isFinite && stated.value >= 0) {
          throw .badSize(unit: "\(part.from) in \(part.to)", value: stated.value)
        }
        if let stated {
          ofParts[part] = stated
        } else if correspondence.parts(from: part.from).count == 1 {
          ofParts[part] = known.from[part.from]
        } else if correspondence.parts(to: part.to).count == 1 {
          ofParts[part] = known.to[part.to]
        }
      }
      sizes[basis] = ofParts
    }
    self.sizes = sizes
  }

  /// The share of each of some parts in all of them.
  ///
  /// - Returns: nil if neither basis has the sizes of all, with a sum above 0.
  func shares(of parts: [UnitCorrespondence.Part]) -> (shares: [Double], basis: Basis?)? {
    if parts.count == 1 { return ([1], nil) }
    for basis in bases {
      let found = parts.compactMap { sizes[basis]?[$0]?.value }
      let sum = found.reduce(0, +)
      if found.count == parts.count, sum > 0 { return (found.map { $0 / sum }, basis) }
    }
    return nil
  }

  /// The size of a part by one basis; nil where it is unknown.
  public func size(of part: UnitCorrespondence.Part, by basis: Basis) -> UnitSize? {
    sizes[basis]?[part]
  }

  /// Whether parts of some unit have no population, so that areas decide or are missing.
  public var lacksPopulation: Bool {
    let groups =
      correspondence.from.map { correspondence.parts(from: $0.id) }
      + correspondence.to.map { correspondence.parts(to: $0.id) }
    return groups.contains { parts in
      parts.count > 1 && !parts.allSatisfy { sizes[.population]?[$0] != nil }
    }
  }

  /// Moves values.
  ///
  /// - Parameters:
  ///   - values: One a unit and indicator, of the first vintage.
  ///   - kinds: By indicator.
  /// - Returns: Values of the second vintage, by indicator in the order of their first row, then in the order
  ///   of the units.
  /// - Throws: ``CrosswalkError/unknownKind(indicator:)`` or ``CrosswalkError/unknownUnit(_:nearest:)``.
  /// - Complexity: O(values + indicators × units × parts).
  public func moving(
    _ values: [IndicatorValue], kinds: [String: Indicator.Kind]
  ) throws(CrosswalkError) -> CrosswalkResult {
    let known = Set(correspondence.from.map(\.id))
    var order: [String] = []
    var byIndicator: [String: [String: IndicatorValue]] = [:]
    for value in values {
      guard known.contains(value.unit) else {
        throw .unknownUnit(
          value.unit, nearest: nearestNames(to: value.unit, among: correspondence.from.map(\.id)))
      }
      if byIndicator[value.indicator] == nil { order.append(value.indicator) }
      byIndicator[value.indicator, default: [:]][value.unit] = value
    }
    var (moved, gaps) = ([MovedValue](), [CrosswalkGap]())
    var totals: [CrosswalkTotal] = []
    for indicator in order {
      guard let kind = kinds[indicator] else { throw .unknownKind(indicator: indicator) }
      let given = byIndicator[indicator] ?? [:]
      var after: [MovedValue] = []
      for unit in correspondence.to {
        switch value(of: unit, indicator: indicator, kind: kind, given: given) {
        case .success(let value)?: after.append(value)
        case .failure(let gap)?: gaps.append(gap)
        case nil: break
        }
      }
      totals.append(
        CrosswalkTotal(
          indicator: indicator, kind: kind,
          before: correspondence.from.reduce(0) { $0 + (given[$1.id]?.value ?? 0) },
          after: after.reduce(0) { $0 + $1.value.value }, given: given.count, moved: after.count))
      moved += after
    }
    return CrosswalkResult(values: moved, gaps: gaps, totals: totals)
  }
}
