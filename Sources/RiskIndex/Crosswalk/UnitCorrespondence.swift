/// Which units of one vintage lie in which units of another.
///
/// Units are cut into parts, each of one unit of either side. A unit with one part lies in one unit of the
/// other side; one with several was divided. What lies together on one side and is apart on the other is what
/// moving a value has to decide; see ``Crosswalk``.
public struct UnitCorrespondence: Sendable, Hashable {
  /// A unit of a vintage.
  public struct Unit: Sendable, Hashable, Identifiable {
    /// The identifier, unique within the vintage.
    public let id: String
    /// What a reader calls it.
    public let name: String

    /// A unit from its parts.
    public init(id: String, name: String) {
      self.id = id
      self.name = name
    }
  }

  /// What a unit of the first vintage and one of the second have in common.
  public struct Part: Sendable, Hashable {
    /// The id of the first vintage's unit.
    public let from: String
    /// The id of the second vintage's unit.
    public let to: String
    /// The people who live in it, where somebody counted them; needed only where both units have several
    /// parts, for a part that is a whole unit has that unit's.
    public let population: UnitSize?
    /// Its area in square kilometres, likewise.
    public let area: UnitSize?

    /// A part of two units.
    public init(from: String, to: String, population: UnitSize? = nil, area: UnitSize? = nil) {
      self.from = from
      self.to = to
      self.population = population
      self.area = area
    }

    /// The same part seen from the other side.
    public var reversed: Part { Part(from: to, to: from, population: population, area: area) }
  }

  /// The units of the first vintage.
  public let from: [Unit]
  /// The units of the second vintage.
  public let to: [Unit]
  /// The parts, in the order of the first vintage's units, then of the second's.
  public let parts: [Part]

  /// A correspondence in which every unit has a part.
  ///
  /// - Throws: ``CrosswalkError`` for a part of an unknown unit, a part given twice, or a unit without parts.
  /// - Complexity: O(units + parts log parts).
  public init(from: [Unit], to: [Unit], parts: [Part]) throws(CrosswalkError) {
    if let id = firstRepeated(from.map(\.id)) ?? firstRepeated(to.map(\.id)) {
      throw .repeatedUnit(id)
    }
    var fromOrder: [String: Int] = [:]
    for (place, unit) in from.enumerated() { fromOrder[unit.id] = place }
    var toOrder: [String: Int] = [:]
    for (place, unit) in to.enumerated() { toOrder[unit.id] = place }
    var seen: Set<[String]> = []
    for part in parts {
      if fromOrder[part.from] == nil {
        throw .unknownUnit(part.from, nearest: nearestNames(to: part.from, among: from.map(\.id)))
      }
      if toOrder[part.to] == nil {
        throw .unknownUnit(part.to, nearest: nearestNames(to: part.to, among: to.map(\.id)))
      }
      if !seen.insert([part.from, part.to]).inserted {
        throw .repeatedPart(from: part.from, to: part.to)
      }
    }
    let (linkedFrom, linkedTo) = (Set(parts.map(\.from)), Set(parts.map(\.to)))
    if let unit = from.first(where: { !linkedFrom.contains($0.id) })
      ?? to.first(where: { !linkedTo.contains($0.id) })
    {
      throw .unitWithoutParts(unit.id)
    }
    self.from = from
    self.to = to
    self.parts = parts.sorted {
      (fromOrder[$0.from] ?? 0, toOrder[$0.to] ?? 0) < (
        fromOrder[$1.from] ?? 0, toOrder[$1.to] ?? 0
      )
    }
  }

  private init(uncheckedFrom from: [Unit], to: [Unit], parts: [Part]) {
    self.from = from
    self.to = to
    self.parts = parts
  }

  /// Every unit is itself.
  public init(identity units: [Unit]) throws(CrosswalkError) {
    try self.init(from: units, to: units, parts: units.map { Part(from: $0.id, to: $0.id) })
  }

  /// From the second vintage to the first.
  public var reversed: UnitCorrespondence {
    var order: [String: Int] = [:]
    for (place, unit) in to.enumerated() { order[unit.id] = place }
    // Stable, so that parts of one unit stay in the order of the other side.
    let sorted = parts.enumerated().sorted {
      (order[$0.element.to] ?? 0, $0.offset) < (order[$1.element.to] ?? 0, $1.offset)
    }
    return UnitCorrespondence(
      uncheckedFrom: to, to: from, parts: sorted.map(\.element.reversed))
  }

  /// The parts of a unit of the first vintage, in the order of the second's units.
  public func parts(from id: String) -> [Part] { parts.filter { $0.from == id } }

  /// The parts of a unit of the second vintage, in the order of the first's units.
  public func parts(to id: String) -> [Part] { parts.filter { $0.to == id } }

  /// This correspondence and then another: from the first vintage to the other's second.
  ///
  /// - Parameter next: Begins with the units that this one ends with.
  /// - Throws: ``CrosswalkError/undetermined(unit:)`` for a unit between that was made of several and became
  ///   several: what of the former went to which of the latter is not known.
  /// - Complexity: O(parts²).
  public func followed(by next: UnitCorrespondence) throws(CrosswalkError) -> UnitCorrespondence {
    var joined: [Part] = []
    for unit in to {
      let (before, after) = (parts(to: unit.id), next.parts(from: unit.id))
      guard before.count <= 1 || after.count <= 1 else { throw .undetermined(unit: unit.id) }
      for first in before {
        for second in after {
          // A stated size is of the part alone; it holds where the other step does not cut it.
          let population = after.count == 1 ? first.population : second.population
          let area = after.count == 1 ? first.area : second.area
          joined.append(
            Part(from: first.from, to: second.to, population: population, area: area))
        }
      }
    }
    // Two ways from one unit to another, through different units between, are one part.
    var merged: [Part] = []
    for part in joined {
      guard let known = merged.firstIndex(where: { $0.from == part.from && $0.to == part.to })
      else {
        merged.append(part)
        continue
      }
      merged[known] = Part(
        from: part.from, to: part.to,
        population: UnitSize.sum(merged[known].population, part.population),
        area: UnitSize.sum(merged[known].area, part.area))
    }
    return try UnitCorrespondence(from: from, to: next.to, parts: merged)
  }
}

/// How large a unit or a part of one is, and who says so.
public struct UnitSize: Sendable, Hashable {
  /// People or square kilometres; finite, 0 or more.
  public let value: Double
  /// Publisher and year, or how it was measured.
  public let source: String

  /// A size with its source.
  public init(_ value: Double, source: String) {
    self.value = value
    self.source = source
  }

  static func sum(_ first: UnitSize?, _ second: UnitSize?) -> UnitSize? {
    guard let first, let second else { return nil }
    return UnitSize(
      first.value + second.value,
      source: first.source == second.source ? first.source : "\(first.source); \(second.source)")
  }
}
