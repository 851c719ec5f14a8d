import Foundation
import Geography
public import TransportGraph

/// How the exposure of provinces depends on θ, the preference of travellers for cheaper ways.
public struct ThetaSensitivityReport: Report {
  /// What one θ gives.
  public enum Outcome: Sendable {
    /// The exposure.
    case exposure(Exposure)
    /// The model does not exist at this θ, and why.
    case refused(String)
  }

  /// One θ.
  public struct Point: Encodable, Sendable, Hashable {
    /// Per hour, or per 100 km under a profile that measures distance.
    public let theta: Double
    /// Σ mass × metres; nil where the model does not exist.
    public let lengthM: Double?
    /// Σ mass × seconds; nil where the model does not exist.
    public let travelTimeS: Double?
    /// Why the model does not exist at this θ.
    public let refusal: String?
  }

  /// The exposure of one unit at one θ.
  public struct Figures: Encodable, Sendable, Hashable {
    /// Σ mass × metres in the unit.
    public let lengthM: Double
    /// Σ mass × seconds in the unit.
    public let travelTimeS: Double
    /// The mass whose way enters the unit.
    public let enteringMass: Double
    /// Its part of the connected mass, 0 to 1; nil where nothing is connected.
    public let enteringShare: Double?
  }

  /// The least and the highest of a figure over all θ.
  public struct Range: Encodable, Sendable, Hashable {
    /// The least.
    public let low: Double
    /// The highest.
    public let high: Double

    init?(_ values: [Double]) {
      guard let low = values.min(), let high = values.max() else { return nil }
      (self.low, self.high) = (low, high)
    }
  }

  /// One reporting unit.
  public struct Row: Encodable, Sendable, Hashable {
    /// A province's id, or `ABROAD:RU`.
    public let id: String
    /// What a reader calls it.
    public let name: String
    /// ISO 3166-1 alpha-2, where known.
    public let country: String?
    /// In the order of the points; null where the model does not exist.
    public let byTheta: [Figures?]
    /// All or nothing, which is the limit of a high θ.
    public let allOrNothing: Figures
    /// Over all θ; nil where the model exists at none. So below.
    public let lengthRangeM: Range?
    /// Seconds.
    public let travelTimeRangeS: Range?
    /// In the unit of the masses.
    public let enteringMassRange: Range?
    /// 0 to 1.
    public let enteringShareRange: Range?
    let isAbroad: Bool

    private enum CodingKeys: CodingKey {
      case id, name, country, byTheta, allOrNothing, lengthRangeM, travelTimeRangeS,
        enteringMassRange, enteringShareRange
    }

    var isMet: Bool { allOrNothing.travelTimeS > 0 || (travelTimeRangeS?.high ?? 0) > 0 }
  }

  /// From what the report was made.
  public let manifest: Manifest
  /// Ascending by θ.
  public let thetas: [Point]
  /// The listed provinces in the order of the layer, those without exposure too.
  public let provinces: [Row]
  /// What lies abroad, by country, where there is exposure.
  public let abroad: [Row]
  /// The mass of the trips that a way was found for, whatever θ is.
  public let connectedMass: Double
  /// The mass of the others.
  public let disconnectedMass: Double
  /// What a reader should know of the route choice, a sentence each.
  public let warnings: [String]
  private let unit: String
  private let outlines: [String: [Polygon]]

  private enum CodingKeys: CodingKey {
    case manifest, thetas, provinces, abroad, connectedMass, disconnectedMass, warnings
  }

  /// A report on several θ.
  ///
  /// - Parameters:
  ///   - outcomes: What each θ gives, ascending.
  ///   - allOrNothing: The exposure where all take the best way.
  public init(
    _ outcomes: [(theta: Double, outcome: Outcome)], allOrNothing: Exposure,
    warnings: [RouteChoiceWarning], analysis: Analysis, manifest: Manifest
  ) {
    self.manifest = manifest
    self.warnings = warnings.map(\.description)
    connectedMass = allOrNothing.connectedMass
    disconnectedMass = allOrNothing.disconnectedMass
    unit = analysis.profile.measure.costUnit
    outlines = analysis.outlines
    let exposures = outcomes.map { point -> Exposure? in
      if case .exposure(let exposure) = point.outcome { exposure } else { nil }
    }
    thetas = zip(outcomes, exposures).map { point, exposure in
      var refusal: String?
      if case .refused(let reason) = point.outcome { refusal = reason }
      return Point(
        theta: point.theta, lengthM: exposure?.totalLengthMeters,
        travelTimeS: exposure?.totalTravelTimeSeconds, refusal: refusal)
    }
    let units = allOrNothing.units.units
    let rows = units.indices.map { index in
      let figures = exposures.map { $0.map { Figures($0, unit: index) } }
      let known = figures.compactMap(\.self)
      return Row(
        id: units[index].id, name: units[index].name, country: units[index].country,
        byTheta: figures, allOrNothing: Figures(allOrNothing, unit: index),
        lengthRangeM: Range(known.map(\.lengthM)),
        travelTimeRangeS: Range(known.map(\.travelTimeS)),
        enteringMassRange: Range(known.map(\.enteringMass)),
        enteringShareRange: Range(known.compactMap(\.enteringShare)),
        isAbroad: units[index].isAbroad)
    }
    provinces = rows.filter { !$0.isAbroad }
    abroad = rows.filter { $0.isAbroad && $0.isMet }
  }

  /// More columns do not fit a terminal.
  private static let shownCount = 9

  public var text: String {
    let met =
      provinces.filter(\.isMet).sorted {
        ($1.allOrNothing.travelTimeS, $0.id) < ($0.allOrNothing.travelTimeS, $1.id)
      } + abroad
    var parts = [entering(met), ranges(met)]
    let unmet = provinces.count { !$0.isMet }
    if unmet > 0 { parts.append("Without exposure: \(unmet) of \(provinces.count) provinces.") }
    if disconnectedMass > 0 {
      parts.append(
        "Mass without a way: \(Shown.fixed(disconnectedMass, 2)) of "
          + "\(Shown.fixed(connectedMass + disconnectedMass, 2)).")
    }
    if thetas.count > Self.shownCount {
      parts.append("Some θ are left out above: --format csv or json tells all.")
    }
    let refused = thetas.compactMap { point in
      point.refusal.map { wrapped("θ \(shown(point.theta)): \($0)") }
    }
    if !refused.isEmpty { parts.append((["No result:"] + refused).joined(separator: "\n")) }
    parts.append(wrapped(manifest.notice))
    return parts.joined(separator: "\n\n")
  }

  /// θ in two figures, or in as many as tell all of them apart.
  private func shown(_ theta: Double) -> String {
    func text(_ theta: Double, _ figures: Int) -> String {
      theta.formatted(
        .number.precision(.significantDigits(1...figures)).grouping(.never).locale(
          Locale(identifier: "en_US_POSIX")))
    }
    let figures = (2...6).first { figures in
      Set(thetas.map { text($0.theta, figures) }).count == thetas.count
    }
    return text(theta, figures ?? 6)
  }

  /// The share that enters each unit, by θ.
  private func entering(_ rows: [Row]) -> String {
    // The first, the last, and some between them.
    let count = min(thetas.count, Self.shownCount)
    let shown = (0..<count).map { $0 * (thetas.count - 1) / max(1, count - 1) }
    var table = TextTable(
      [("Entering %, by θ", .left), ("Id", .left)]
        + shown.map { (self.shown(thetas[$0].theta), .right) } + [("limit", .right)])
    for row in rows {
      table.add(
        [row.name.shortened(to: 18), row.id]
          + shown.map { row.byTheta[$0]?.enteringShare.map(Shown.percent) ?? "–" }
          + [row.allOrNothing.enteringShare.map(Shown.percent) ?? "–"])
    }
    return table.text
  }

  /// The range of lengths and times over θ, beside all or nothing.
  private func ranges(_ rows: [Row]) -> String {
    var table = TextTable([
      ("Range over θ", .left), ("Id", .left), ("km low", .right), ("high", .right),
      ("limit", .right), ("h low", .right), ("high", .right), ("limit", .right),
    ])
    for row in rows {
      table.add([
        row.name.shortened(to: 18), row.id,
        row.lengthRangeM.map { Shown.kilometers($0.low) } ?? "–",
        row.lengthRangeM.map { Shown.kilometers($0.high) } ?? "–",
        Shown.kilometers(row.allOrNothing.lengthM),
        row.travelTimeRangeS.map { Shown.hours($0.low) } ?? "–",
        row.travelTimeRangeS.map { Shown.hours($0.high) } ?? "–",
        Shown.hours(row.allOrNothing.travelTimeS),
      ])
    }
    return table.text + "\n\nθ is per \(unit); limit: all or nothing, as under a high θ."
  }

  /// One row for each unit and θ; all or nothing has no θ.
  public var csv: [[String]] {
    [
      [
        "id", "name", "country", "theta", "length_m", "travel_time_s", "entering_mass",
        "entering_share",
      ]
    ]
      + (provinces + abroad).flatMap { row in
        let names = thetas.map { "\($0.theta)" } + [""]
        return zip(names, row.byTheta + [row.allOrNothing]).compactMap { theta, figures in
          figures.map {
            [row.id, row.name, row.country ?? "", theta, "\($0.lengthM)", "\($0.travelTimeS)"]
              + ["\($0.enteringMass)", $0.enteringShare.map { "\($0)" } ?? ""]
          }
        }
      }
  }

  /// Provinces by how far the share that enters them depends on θ.
  public var features: [ReportFeature]? {
    func width(_ row: Row) -> Double {
      row.enteringShareRange.map { $0.high - $0.low } ?? 0
    }
    let scale = ColorScale(provinces.map(width))
    return provinces.compactMap { row in
      outlines[row.id].map { polygons in
        ReportFeature(
          id: row.id, geometry: Geometry(polygons),
          properties: [
            "name": .text(row.name), "country": PropertyValue(row.country),
            "entering_share_low": PropertyValue(row.enteringShareRange?.low),
            "entering_share_high": PropertyValue(row.enteringShareRange?.high),
            "entering_share_all_or_nothing": PropertyValue(row.allOrNothing.enteringShare),
            "length_low_m": PropertyValue(row.lengthRangeM?.low),
            "length_high_m": PropertyValue(row.lengthRangeM?.high),
            "travel_time_low_s": PropertyValue(row.travelTimeRangeS?.low),
            "travel_time_high_s": PropertyValue(row.travelTimeRangeS?.high),
            "fill": .text(scale.color(width(row))), "fill-opacity": 0.7, "stroke": "#666666",
            "stroke-width": 1,
          ])
      }
    }
  }
}

extension ThetaSensitivityReport.Figures {
  fileprivate init(_ exposure: Exposure, unit: Int) {
    let row = exposure.rows[unit]
    lengthM = row.lengthMeters
    travelTimeS = row.travelTimeSeconds
    enteringMass = row.enteringMass
    enteringShare = share(row.enteringMass, of: exposure.connectedMass)
  }
}
