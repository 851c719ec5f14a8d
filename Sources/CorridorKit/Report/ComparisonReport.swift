import Geography

/// Several scenarios side by side: what each changes, by province and crossing, from one state without
/// any of them.
public struct ComparisonReport: Report {
  /// One scenario.
  public struct ScenarioRow: Encodable, Sendable, Hashable {
    /// `A`, `B`, … in the order in which they were named.
    public let label: String
    /// Its name.
    public let name: String
    /// What it says of itself.
    public let description: String?
    /// Sums over all units and trips.
    public let total: SimulationReport.Total
    /// Ids of the units that had no exposure without it.
    public let enteredAnew: [String]
  }

  /// One reporting unit.
  public struct Row: Encodable, Sendable, Hashable {
    /// A province's id, or `ABROAD:RU`.
    public let id: String
    /// What a reader calls it.
    public let name: String
    /// ISO 3166-1 alpha-2, where known.
    public let country: String?
    /// Metres without a scenario.
    public let lengthBeforeM: Double
    /// Seconds without a scenario.
    public let travelTimeBeforeS: Double
    /// The mass that enters the unit without a scenario.
    public let enteringMassBefore: Double
    /// What each scenario changes, by its label.
    public let changes: [String: Change]
  }

  /// What a scenario changes in a unit: with it less without it.
  public struct Change: Encodable, Sendable, Hashable {
    /// Metres.
    public let lengthChangeM: Double
    /// Seconds.
    public let travelTimeChangeS: Double
    /// Mass.
    public let enteringMassChange: Double
    /// True for a unit that had no exposure before.
    public let isNew: Bool
  }

  /// One crossing of the network.
  public struct CrossingRow: Encodable, Sendable, Hashable {
    /// The crossing's id.
    public let id: String
    /// The two countries in alphabetical order.
    public let border: String
    /// The mode that passes.
    public let mode: String
    /// Σ mass × expected number of uses without a scenario.
    public let useMassBefore: Double
    /// Use with each scenario less use without, by its label.
    public let useMassChanges: [String: Double]
  }

  /// From what the report was made.
  public let manifest: Manifest
  /// The scenarios in the order given.
  public let scenarios: [ScenarioRow]
  /// The listed provinces in the order of the layer.
  public let provinces: [Row]
  /// What lies abroad, by country, where there is exposure before or after in any of them.
  public let abroad: [Row]
  /// The crossings of the network in the order of the catalogue.
  public let crossings: [CrossingRow]
  let reports: [SimulationReport]

  private enum CodingKeys: CodingKey { case manifest, scenarios, provinces, abroad, crossings }

  /// The most scenarios that a comparison takes: one a letter.
  public static let limit = 26

  /// Reports on scenarios side by side.
  ///
  /// - Parameters:
  ///   - reports: At least one; all of the same trips over the same network.
  ///   - manifest: From what the comparison is made.
  /// - Throws: ``CorridorKitError/contradiction(_:)`` for more than ``limit`` reports.
  public init(_ reports: [SimulationReport], manifest: Manifest) throws(CorridorKitError) {
    guard reports.count <= Self.limit else {
      throw .contradiction("\(reports.count) scenarios to compare; expected at most \(Self.limit)")
    }
    self.manifest = manifest
    self.reports = reports
    let labels = reports.indices.map(Self.label)
    scenarios = zip(labels, reports).map { label, report in
      ScenarioRow(
        label: label, name: report.scenario, description: report.description, total: report.total,
        enteredAnew: (report.provinces + report.abroad).filter(\.isNew).map(\.id))
    }
    let units = reports.map { report in
      Dictionary(uniqueKeysWithValues: (report.provinces + report.abroad).map { ($0.id, $0) })
    }
    func row(_ unit: SimulationReport.Row) -> Row {
      var changes: [String: Change] = [:]
      for (label, units) in zip(labels, units) {
        // A unit abroad that one scenario leaves unmet is not told by it: nothing changes there.
        let own = units[unit.id]
        changes[label] = Change(
          lengthChangeM: own?.lengthChangeM ?? 0, travelTimeChangeS: own?.travelTimeChangeS ?? 0,
          enteringMassChange: own?.enteringMassChange ?? 0, isNew: own?.isNew ?? false)
      }
      return Row(
        id: unit.id, name: unit.name, country: unit.country, lengthBeforeM: unit.lengthBeforeM,
        travelTimeBeforeS: unit.travelTimeBeforeS, enteringMassBefore: unit.enteringMassBefore,
        changes: changes)
    }
    provinces = reports.first?.provinces.map(row) ?? []
    var abroad: [String: SimulationReport.Row] = [:]
    for unit in reports.flatMap(\.abroad) { abroad[unit.id] = unit }
    // `ABROAD` itself, without a country, comes last as in every result.
    self.abroad = abroad.values.sorted {
      ($0.country == nil ? 1 : 0, $0.id) < ($1.country == nil ? 1 : 0, $1.id)
    }.map(row)
    crossings = (reports.first?.crossings ?? []).indices.map { index in
      let first = reports[0].crossings[index]
      return CrossingRow(
        id: first.id, border: first.border, mode: first.mode, useMassBefore: first.useMassBefore,
        useMassChanges: Dictionary(
          uniqueKeysWithValues: zip(labels, reports.map { $0.crossings[index].useMassChange })))
    }
  }

  private static func label(_ index: Int) -> String {
    String(UnicodeScalar(UInt8(ascii: "A") + UInt8(index)))
  }

  /// The table of each scenario below one another, the label and name of the scenario before its rows.
  public var csv: [[String]] {
    var table: [[String]] = []
    for (scenario, report) in zip(scenarios, reports) {
      // One matrix for all: a scenario may meet countries abroad that another does not.
      let rows =
        report.csvTable == .displacement
        ? report.displacementTable(provinces.map(\.id) + abroad.map(\.id)) : report.csv
      if table.isEmpty, let header = rows.first { table.append(["label", "scenario"] + header) }
      table += rows.dropFirst().map { [scenario.label, scenario.name] + $0 }
    }
    return table
  }

  /// Provinces and crossings with the change under each scenario; coloured by the first, all in the same
  /// classes.
  public var features: [ReportFeature]? {
    let hours = DivergingScale(
      reports.flatMap { $0.provinces.map(\.changeHours) }, smallest: SimulationReport.second)
    let use = DivergingScale(
      reports.flatMap { $0.crossings.map(\.useMassChange) }, smallest: SimulationReport.use)
    var merged: [ReportFeature] = []
    for (index, (scenario, report)) in zip(scenarios, reports).enumerated() {
      let features = report.provinceFeatures(hours: hours) + report.crossingFeatures(use: use)
      if index == 0 {
        merged = features.map { feature in
          var own = feature
          own.properties = own.properties.filter { !Self.isOfOneScenario($0.key) }
          return own
        }
      }
      for (place, feature) in features.enumerated() {
        for (key, value) in feature.properties where Self.isOfOneScenario(key) {
          merged[place].properties["\(key)_\(scenario.label.lowercased())"] = value
        }
        let color = feature.properties["fill"] ?? feature.properties["marker-color"]
        merged[place].properties["color_\(scenario.label.lowercased())"] = color
      }
    }
    return merged
  }

  private static func isOfOneScenario(_ key: String) -> Bool {
    ["_after", "_after_m", "_after_s", "_change", "_change_m", "_change_s"].contains {
      key.hasSuffix($0)
    } || ["is_new", "is_closed", "class_h", "class_use"].contains(key)
  }
}
