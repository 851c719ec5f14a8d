public import Foundation
public import TransportGraph

/// Who passes through whom, province by province.
public struct PassageReport: Report {
  /// One pair of units with a mass.
  public struct Row: Encodable, Sendable, Hashable {
    /// `persons` or `drugs`; nil where the demand is no layer.
    public let kind: String?
    /// The unit where trips begin (or end, by the report's `by`).
    public let end: String
    /// What a reader calls it.
    public let endName: String
    /// The unit that the trips have to do with.
    public let unit: String
    /// What a reader calls it.
    public let unitName: String
    /// The mass in any role.
    public let touchingMass: Double
    /// The mass that begins and ends in the unit.
    public let internalMass: Double
    /// The mass that begins in it and ends elsewhere.
    public let originMass: Double
    /// The mass that ends in it and begins elsewhere.
    public let destinationMass: Double
    /// The mass that passes through it.
    public let transitMass: Double
  }

  /// From what the report was made.
  public let manifest: Manifest
  /// Whether rows are told by where trips begin or end.
  public let by: PassageMatrix.End
  /// The pairs with a mass, row by row.
  public let passages: [Row]
  let drawings: [HeatMatrix]
  private let choice: String

  private enum CodingKeys: CodingKey { case manifest, by, passages }

  /// A report on the matrices of one demand or of several kinds of it, at least one.
  ///
  /// - Parameters:
  ///   - model: How travellers spread over the ways between two places.
  ///   - measure: What its costs are.
  public init(
    _ parts: [(kind: String?, matrix: PassageMatrix)], by model: RouteChoiceModel = .shortest,
    measure: ImpedanceProfile.Measure = .time, manifest: Manifest
  ) {
    self.manifest = manifest
    choice = model.sentence(measure: measure)
    by = parts.first?.matrix.end ?? .origin
    passages = parts.flatMap { Self.rows($0.matrix, kind: $0.kind) }
    drawings = parts.map { HeatMatrix($0.matrix, kind: $0.kind, notice: manifest.notice) }
  }

  private static func rows(_ matrix: PassageMatrix, kind: String?) -> [Row] {
    let units = matrix.units.units
    var rows: [Row] = []
    for (row, cells) in matrix.cells.enumerated() {
      for (column, cell) in cells.enumerated() where cell.touchingMass > 0 {
        rows.append(
          Row(
            kind: kind, end: units[row].id, endName: units[row].name, unit: units[column].id,
            unitName: units[column].name, touchingMass: cell.touchingMass,
            internalMass: cell.internalMass, originMass: cell.originMass,
            destinationMass: cell.destinationMass, transitMass: cell.transitMass))
      }
    }
    return rows
  }

  public var text: String {
    let verb = by == .origin ? "begins" : "ends"
    let table = TextTable([
      (by == .origin ? "Begins in" : "Ends in", .left), ("Has to do with", .left),
      ("transit", .right), (by == .origin ? "ends" : "begins", .right), ("any role", .right),
    ])
    let kinds = drawings.map(\.kind)
    var parts: [String] = []
    for kind in kinds {
      let rows = passages.filter { $0.kind == kind && $0.end != $0.unit }.sorted {
        ($1.touchingMass, $0.end, $0.unit) < ($0.touchingMass, $1.end, $1.unit)
      }
      var own = table
      for row in rows.prefix(Self.shownCount) {
        own.add([
          row.endName.shortened(to: 24), row.unitName.shortened(to: 24),
          Shown.fixed(row.transitMass, 2),
          Shown.fixed(by == .origin ? row.destinationMass : row.originMass, 2),
          Shown.fixed(row.touchingMass, 2),
        ])
      }
      if kinds.count > 1 { parts.append("\(kind ?? "")") }
      parts.append(own.text)
      if rows.count > Self.shownCount {
        parts.append(
          wrapped(
            "\(rows.count - Self.shownCount) more pairs with less; --format csv has them all, and "
              + "what \(verb) in a unit beside itself."))
      }
    }
    parts += [wrapped(choice), wrapped(manifest.notice)]
    return parts.joined(separator: "\n\n")
  }

  private static let shownCount = 30

  public var csv: [[String]] {
    [
      [
        "kind", by == .origin ? "origin" : "destination",
        by == .origin ? "origin_name" : "destination_name", "unit", "unit_name", "touching_mass",
        "internal_mass", "origin_mass", "destination_mass", "transit_mass",
      ]
    ]
      + passages.map {
        [$0.kind ?? "", $0.end, $0.endName, $0.unit, $0.unitName]
          + [
            $0.touchingMass, $0.internalMass, $0.originMass, $0.destinationMass, $0.transitMass,
          ].map { "\($0)" }
      }
  }

  public var features: [ReportFeature]? { nil }

  /// The matrices as one picture (SVG 1.1), one below the other.
  public var svgContent: Data { Data(HeatMatrix.picture(drawings).utf8) }
}
