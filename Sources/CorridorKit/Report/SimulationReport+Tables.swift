import Geography

extension SimulationReport {
  /// What a CSV of the report holds.
  public enum Table: String, Sendable, CaseIterable {
    /// Before, after and change by province, then abroad.
    case provinces
    /// Use before, after and change by crossing.
    case crossings
    /// Before, after and change by corridor or trip.
    case trips
    /// The entering mass that each unit lost, by where it went: a column a unit, then `NOWHERE` and
    /// `LOST`; the last column is the sum.
    case displacement
    /// The trips that are cut off, with the reason.
    case cutOff = "cut-off"
  }

  public var csv: [[String]] {
    switch csvTable {
    case .provinces: provinceTable
    case .crossings: crossingTable
    case .trips: tripTable
    case .displacement: displacementTable((provinces + abroad).map(\.id))
    case .cutOff: cutOffTable
    }
  }

  private var provinceTable: [[String]] {
    [
      [
        "id", "name", "country", "length_before_m", "length_after_m", "length_change_m",
        "travel_time_before_s", "travel_time_after_s", "travel_time_change_s",
        "entering_mass_before", "entering_mass_after", "is_new", "entering_mass_change",
        "lost_mass", "cut_off_origin_mass", "cut_off_destination_mass",
      ]
    ]
      + (provinces + abroad).map { row in
        [row.id, row.name, row.country ?? ""]
          + [
            row.lengthBeforeM, row.lengthAfterM, row.lengthChangeM, row.travelTimeBeforeS,
            row.travelTimeAfterS, row.travelTimeChangeS, row.enteringMassBefore,
            row.enteringMassAfter,
          ].map { "\($0)" } + ["\(row.isNew)"]
          + [
            row.enteringMassChange, row.lostMass, row.cutOffOriginMass, row.cutOffDestinationMass,
          ].map { "\($0)" }
      }
  }

  private var crossingTable: [[String]] {
    [
      [
        "id", "site", "name", "border", "mode", "use_mass_before", "use_mass_after",
        "use_mass_change", "is_closed", "is_new", "longitude", "latitude",
      ]
    ]
      + crossings.map { row in
        [row.id, row.site, row.name, row.border, row.mode]
          + [row.useMassBefore, row.useMassAfter, row.useMassChange].map { "\($0)" }
          + ["\(row.isClosed)", "\(row.isNew)"]
          + ["\(row.coordinate.longitude)", "\(row.coordinate.latitude)"]
      }
  }

  private var tripTable: [[String]] {
    [
      [
        "id", "layer", "mass", "length_before_m", "length_after_m", "length_change_m",
        "travel_time_before_s", "travel_time_after_s", "travel_time_change_s", "cut_off_mass",
        "left_waypoints",
      ]
    ]
      + trips.map { row in
        [row.id, row.layer ?? "", "\(row.mass)"]
          + [
            row.lengthBeforeM, row.lengthAfterM, row.lengthChangeM, row.travelTimeBeforeS,
            row.travelTimeAfterS, row.travelTimeChangeS,
          ].map { $0.map { "\($0)" } ?? "" }
          + ["\(row.cutOffMass)", row.leftWaypoints.joined(separator: " ")]
      }
  }

  /// - Parameter ids: The units that have a row and a column; those that displace anything among them.
  func displacementTable(_ ids: [String]) -> [[String]] {
    let rows = Dictionary(uniqueKeysWithValues: (provinces + abroad).map { ($0.id, $0) })
    let columns = ids + [Self.nowhere, Self.lost]
    return [["id"] + columns + ["lost_mass"]]
      + ids.map { id in
        [id] + columns.map { "\(rows[id]?.displacedTo[$0] ?? 0)" } + ["\(rows[id]?.lostMass ?? 0)"]
      }
  }

  private var cutOffTable: [[String]] {
    [["id", "from", "to", "mass", "kind", "closed", "reason"]]
      + cutOff.map {
        [
          $0.id, $0.origin, $0.destination, "\($0.mass)", $0.kind,
          $0.closed.joined(separator: " "), $0.reason,
        ]
      }
  }

  public var features: [ReportFeature]? {
    provinceFeatures(hours: DivergingScale(provinces.map(\.changeHours), smallest: Self.second))
      + crossingFeatures(use: DivergingScale(crossings.map(\.useMassChange), smallest: Self.use))
  }

  /// A second in hours: less than any figure here means.
  static let second = 1.0 / 3600
  /// Less mass than this is the rounding of sums.
  static let use = 1e-9

  /// - Parameter scale: For the change of hours.
  func provinceFeatures(hours scale: DivergingScale) -> [ReportFeature] {
    provinces.compactMap { row in
      outlines[row.id].map { polygons in
        let style = scale.style(row.changeHours)
        return ReportFeature(
          id: row.id, geometry: Geometry(polygons),
          properties: [
            "kind": "province", "name": .text(row.name), "country": PropertyValue(row.country),
            "length_before_m": .number(row.lengthBeforeM),
            "length_after_m": .number(row.lengthAfterM),
            "length_change_m": .number(row.lengthChangeM),
            "travel_time_before_s": .number(row.travelTimeBeforeS),
            "travel_time_after_s": .number(row.travelTimeAfterS),
            "travel_time_change_s": .number(row.travelTimeChangeS),
            "entering_mass_before": .number(row.enteringMassBefore),
            "entering_mass_after": .number(row.enteringMassAfter),
            "entering_mass_change": .number(row.enteringMassChange), "is_new": .flag(row.isNew),
            "class_h": .text(style.bounds), "fill": .text(style.color), "fill-opacity": 0.7,
            "stroke": "#666666", "stroke-width": 1,
          ])
      }
    }
  }

  /// - Parameter scale: For the change of use.
  func crossingFeatures(use scale: DivergingScale) -> [ReportFeature] {
    let taken = Set(provinces.map(\.id))
    return crossings.map { row in
      let style = scale.style(row.useMassChange)
      let isUsed = row.useMassBefore > 0 || row.useMassAfter > 0
      return ReportFeature(
        // Ids of crossings and of provinces are each their own; in one file they have to differ, too.
        id: taken.contains(row.id) ? "crossing:\(row.id)" : row.id,
        geometry: .point(row.coordinate),
        properties: [
          "kind": "crossing", "name": .text(row.name), "site": .text(row.site),
          "border": .text(row.border), "mode": .text(row.mode),
          "use_mass_before": .number(row.useMassBefore),
          "use_mass_after": .number(row.useMassAfter),
          "use_mass_change": .number(row.useMassChange), "is_closed": .flag(row.isClosed),
          "is_new": .flag(row.isNew), "class_use": .text(style.bounds),
          "marker-color": .text(style.color), "marker-size": isUsed ? "medium" : "small",
          "marker-symbol": .text(row.mode == "rail" ? "rail" : "car"),
        ])
    }
  }
}

extension SimulationReport.Row {
  /// The change of hours in the unit.
  var changeHours: Double { travelTimeChangeS / 3600 }
}
