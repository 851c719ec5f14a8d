import Geography
public import TransportGraph

/// What each province is to a demand: where it begins, ends and passes, with kilometres and hours.
public struct RolesReport: Report {
  /// One unit.
  public struct Row: Encodable, Sendable, Hashable {
    /// `persons` or `drugs`; nil where the demand is no layer.
    public let kind: String?
    /// A province's id, or `ABROAD:RU`.
    public let id: String
    /// What a reader calls it.
    public let name: String
    /// ISO 3166-1 alpha-2, where known.
    public let country: String?
    /// The mass that begins and ends in the unit.
    public let internalMass: Double
    /// The mass that begins in the unit and ends elsewhere.
    public let originMass: Double
    /// The mass that ends in the unit and begins elsewhere.
    public let destinationMass: Double
    /// The mass that passes through the unit.
    public let transitMass: Double
    /// The mass in any role: the sum of the four.
    public let touchingMass: Double
    /// The mass whose way has part of its length in the unit.
    public let enteringMass: Double
    /// Σ mass × metres in the unit.
    public let lengthM: Double
    /// Σ mass × seconds in the unit, dwell at its crossings included.
    public let travelTimeS: Double
    let isAbroad: Bool

    private enum CodingKeys: CodingKey {
      case kind, id, name, country, internalMass, originMass, destinationMass, transitMass,
        touchingMass, enteringMass, lengthM, travelTimeS
    }
  }

  /// Sums over all units, of one kind of demand.
  public struct Total: Encodable, Sendable, Hashable {
    /// `persons` or `drugs`; nil where the demand is no layer.
    public let kind: String?
    /// The mass of the trips that a way was found for.
    public let connectedMass: Double
    /// The mass of the others.
    public let disconnectedMass: Double
    /// Of the connected mass, what stays within a country.
    public let domesticMass: Double
    /// Σ mass × metres.
    public let lengthM: Double
    /// Σ mass × seconds.
    public let travelTimeS: Double
  }

  /// From what the report was made.
  public let manifest: Manifest
  /// The listed provinces in the order of the layer, kind by kind.
  public let provinces: [Row]
  /// What lies abroad, by country, where the demand has to do with it.
  public let abroad: [Row]
  /// Sums, kind by kind.
  public let totals: [Total]
  private let choice: String
  private let outlines: [String: [Polygon]]

  private enum CodingKeys: CodingKey { case manifest, provinces, abroad, totals }

  /// A report on the exposure of one demand or of several kinds of it.
  ///
  /// - Parameter model: How travellers spread over the ways between two places.
  public init(
    _ parts: [(kind: String?, exposure: Exposure, domesticMass: Double)],
    by model: RouteChoiceModel = .shortest, analysis: Analysis, manifest: Manifest
  ) {
    self.manifest = manifest
    choice = model.sentence(measure: analysis.profile.measure)
    let rows = parts.flatMap { part in
      zip(part.exposure.units.units, part.exposure.rows).map { unit, row in
        Row(
          kind: part.kind, id: unit.id, name: unit.name, country: unit.country,
          internalMass: row.roles.internalMass, originMass: row.roles.originMass,
          destinationMass: row.roles.destinationMass, transitMass: row.roles.transitMass,
          touchingMass: row.roles.touchingMass, enteringMass: row.enteringMass,
          lengthM: row.lengthMeters, travelTimeS: row.travelTimeSeconds, isAbroad: unit.isAbroad)
      }
    }
    provinces = rows.filter { !$0.isAbroad }
    abroad = rows.filter { $0.isAbroad && ($0.touchingMass > 0 || $0.travelTimeS > 0) }
    totals = parts.map {
      Total(
        kind: $0.kind, connectedMass: $0.exposure.connectedMass,
        disconnectedMass: $0.exposure.disconnectedMass, domesticMass: $0.domesticMass,
        lengthM: $0.exposure.totalLengthMeters, travelTimeS: $0.exposure.totalTravelTimeSeconds)
    }
    outlines = analysis.outlines
  }

  public var text: String {
    var parts: [String] = []
    for total in totals {
      var table = TextTable([
        ("Province", .left), ("Id", .left), ("internal", .right), ("origin", .right),
        ("dest.", .right), ("transit", .right), ("any role", .right), ("mass·km", .right),
        ("mass·h", .right),
      ])
      let own = provinces.filter { $0.kind == total.kind }
      let met = own.filter { $0.touchingMass > 0 || $0.travelTimeS > 0 }.sorted {
        ($1.touchingMass, $0.id) < ($0.touchingMass, $1.id)
      }
      for row in met + abroad.filter({ $0.kind == total.kind }) {
        table.add(
          [row.name.shortened(to: 18), row.id]
            + [
              row.internalMass, row.originMass, row.destinationMass, row.transitMass,
              row.touchingMass,
            ].map { Shown.fixed($0, 1) }
            + [Shown.fixed(row.lengthM / 1000, 0), Shown.fixed(row.travelTimeS / 3600, 0)])
      }
      table.add(
        ["Total", "", "", "", "", "", ""]
          + [Shown.fixed(total.lengthM / 1000, 0), Shown.fixed(total.travelTimeS / 3600, 0)])
      if totals.count > 1, let kind = total.kind { parts.append("Layers of \(kind)") }
      parts.append(table.text)
      var sums =
        "Mass \(Shown.fixed(total.connectedMass, 1)), of which within a country "
        + "\(Shown.fixed(total.domesticMass, 1))"
      if total.connectedMass > 0 {
        sums += " (\(Shown.percent(total.domesticMass / total.connectedMass)) %)"
      }
      if total.disconnectedMass > 0 {
        sums += "; without a way \(Shown.fixed(total.disconnectedMass, 1))"
      }
      parts.append(sums + ".")
      if met.count < own.count {
        parts.append("In no role: \(own.count - met.count) of \(own.count) provinces.")
      }
    }
    parts += [wrapped(choice), wrapped(manifest.notice)]
    return parts.joined(separator: "\n\n")
  }

  public var csv: [[String]] {
    [
      [
        "kind", "id", "name", "country", "internal_mass", "origin_mass", "destination_mass",
        "transit_mass", "touching_mass", "entering_mass", "length_m", "travel_time_s",
      ]
    ]
      + (provinces + abroad).map { row in
        [row.kind ?? "", row.id, row.name, row.country ?? ""] + row.figures.map { "\($0.value)" }
      }
  }

  public var features: [ReportFeature]? {
    totals.flatMap { total in
      let own = provinces.filter { $0.kind == total.kind }
      let scale = ColorScale(own.map(\.touchingMass))
      return own.compactMap { row in
        outlines[row.id].map { polygons in
          var properties: [String: PropertyValue] = [
            "name": .text(row.name), "country": PropertyValue(row.country),
            "kind": PropertyValue(row.kind), "fill": .text(scale.color(row.touchingMass)),
            "fill-opacity": 0.7, "stroke": "#666666", "stroke-width": 1,
          ]
          for figure in row.figures { properties[figure.name] = .number(figure.value) }
          return ReportFeature(
            id: totals.count > 1 ? "\(row.kind ?? "")/\(row.id)" : row.id,
            geometry: Geometry(polygons), properties: properties)
        }
      }
    }
  }
}

extension RolesReport.Row {
  /// Its figures by the names that files give them.
  fileprivate var figures: [(name: String, value: Double)] {
    [
      ("internal_mass", internalMass), ("origin_mass", originMass),
      ("destination_mass", destinationMass), ("transit_mass", transitMass),
      ("touching_mass", touchingMass), ("entering_mass", enteringMass), ("length_m", lengthM),
      ("travel_time_s", travelTimeS),
    ]
  }
}
