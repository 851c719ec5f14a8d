import Foundation
public import RiskIndex

/// Values moved between vintages of units, and what was done to each.
public struct CrosswalkReport: Report {
  /// One value.
  public struct Row: Encodable, Sendable, Hashable {
    /// The unit's id in the vintage moved to.
    public let unit: String
    /// What a reader calls it.
    public let name: String
    /// The indicator's id.
    public let indicator: String
    /// In ``measureUnit``.
    public let value: Double
    /// The unit of the value.
    public let measureUnit: String
    /// The year that the value is about.
    public let year: Int
    /// Who published what it was made of.
    public let source: String
    /// What was done, then the notes that stood there.
    public let note: String
    /// `unchanged`, `split`, `inherited`, `merged` or `recomposed`.
    public let treatment: String
    /// From which units, with their shares.
    public let origins: [Origin]
  }

  /// A unit that a value was taken from.
  public struct Origin: Encodable, Sendable, Hashable {
    /// The unit's id in the vintage moved from.
    public let unit: String
    /// What a reader calls it.
    public let name: String
    /// Extensive: the share of that unit's value that came over; intensive: its weight in the mean.
    public let share: Double
    /// `population` or `area`; absent where there was nothing to measure.
    public let basis: String?
  }

  /// One indicator as a whole.
  public struct Total: Encodable, Sendable, Hashable {
    /// The indicator's id.
    public let indicator: String
    /// `extensive` or `intensive`.
    public let kind: String
    /// The sum over the units moved from; absent for intensive values, which have none.
    public let before: Double?
    /// The sum over the units moved to.
    public let after: Double?
    /// Units with a value before.
    public let unitsBefore: Int
    /// Units with a value after.
    public let unitsAfter: Int
    /// How many values were treated how; zero is left out.
    public let treatments: [String: Int]
  }

  /// A part of a divided or merged unit, with the size that decided.
  public struct PartSize: Encodable, Sendable, Hashable {
    /// The id of the unit moved from.
    public let from: String
    /// The id of the unit moved to.
    public let to: String
    /// `population` or `area`.
    public let basis: String
    /// People or square kilometres.
    public let size: Double
    /// Who says so.
    public let source: String
  }

  /// What happened between the vintages.
  public struct Change: Encodable, Sendable, Hashable {
    /// The day from which it holds.
    public let date: String
    /// What happened, a sentence each.
    public let what: [String]
    /// Who says so.
    public let source: String
  }

  /// From what the report was made.
  public let manifest: Manifest
  /// The vintage moved from.
  public let from: String
  /// The vintage moved to.
  public let to: String
  /// By indicator, then unit.
  public let values: [Row]
  /// By indicator.
  public let totals: [Total]
  /// The sizes that decided.
  public let sizes: [PartSize]
  /// Units that got no value, a sentence each.
  public let gaps: [String]
  /// What happened between the vintages, in the order of time.
  public let changes: [Change]
  let unitNames: (from: [String: String], to: [String: String])

  private enum CodingKeys: CodingKey {
    case manifest, from, to, values, totals, sizes, gaps, changes
  }

  /// - Parameters:
  ///   - result: What was moved.
  ///   - crosswalk: By what.
  ///   - history: Of which units.
  public init(
    _ result: CrosswalkResult, crosswalk: Crosswalk, history: UnitHistory, from: String,
    to: String, manifest: Manifest
  ) {
    self.manifest = manifest
    self.from = from
    self.to = to
    let correspondence = crosswalk.correspondence
    let names = (
      from: Dictionary(uniqueKeysWithValues: correspondence.from.map { ($0.id, $0.name) }),
      to: Dictionary(uniqueKeysWithValues: correspondence.to.map { ($0.id, $0.name) })
    )
    unitNames = names
    values = result.values.map { moved in
      Row(
        unit: moved.value.unit, name: names.to[moved.value.unit] ?? moved.value.unit,
        indicator: moved.value.indicator, value: moved.value.value,
        measureUnit: moved.value.measureUnit, year: moved.value.year, source: moved.value.source,
        note: moved.value.note, treatment: moved.treatment.rawValue,
        origins: moved.origins.map {
          Origin(
            unit: $0.unit, name: names.from[$0.unit] ?? $0.unit, share: $0.share,
            basis: $0.basis?.rawValue)
        })
    }
    totals = result.totals.map { total in
      let treatments = result.values.filter { $0.value.indicator == total.indicator }
        .map(\.treatment.rawValue)
      let adds = total.kind == .extensive
      return Total(
        indicator: total.indicator, kind: total.kind.rawValue, before: adds ? total.before : nil,
        after: adds ? total.after : nil, unitsBefore: total.given, unitsAfter: total.moved,
        treatments: Dictionary(treatments.map { ($0, 1) }, uniquingKeysWith: +))
    }
    sizes = Self.sizes(result, crosswalk: crosswalk)
    gaps = result.gaps.map(\.description)
    changes = history.changes(between: from, and: to).map {
      Change(date: "\($0.date)", what: $0.what, source: $0.source)
    }
  }

  /// The sizes of the parts that a share was made of, once each.
  private static func sizes(_ result: CrosswalkResult, crosswalk: Crosswalk) -> [PartSize] {
    var used: Set<String> = []
    for moved in result.values {
      for origin in moved.origins {
        if let basis = origin.basis { used.insert("\(origin.unit)\n\(moved.value.unit)\n\(basis)") }
      }
    }
    return crosswalk.correspondence.parts.flatMap { part in
      Crosswalk.Basis.allCases.compactMap { basis in
        guard used.contains("\(part.from)\n\(part.to)\n\(basis)") else { return nil }
        return crosswalk.size(of: part, by: basis).map {
          PartSize(
            from: part.from, to: part.to, basis: basis.rawValue, size: $0.value, source: $0.source)
        }
      }
    }
  }

  public var csv: [[String]] {
    [IndicatorTable.columns]
      + values.map {
        [
          $0.unit, $0.indicator, Shown.shortest($0.value), $0.measureUnit, "\($0.year)", $0.source,
          $0.note,
        ]
      }
  }

  public var features: [ReportFeature]? { nil }
}

extension Shown {
  /// A number as few digits as tell it apart from every other: 5 and not 5.0.
  static func shortest(_ number: Double) -> String {
    let text = "\(number)"
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }
}
