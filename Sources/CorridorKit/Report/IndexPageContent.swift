import Foundation
import Geography
import RiskIndex

/// What the page of an index shows, in the order in which it does.
struct IndexPageContent {
  /// A part of the index itself: a dimension, an indicator that stands beside dimensions, or exposure.
  struct Group {
    let id: String
    let name: String
    let isExposure: Bool
    /// Whether no unit has a value of it.
    let isEmpty: Bool
  }

  /// A column of the table of coverage.
  struct Dimension {
    let id: String
    let name: String
    let isEmpty: Bool
  }

  /// A column of the table of figures.
  struct Column {
    let indicator: IndicatorScore
    /// The unit, and what the figures stand in for where all of them do: then the name alone says what
    /// was wanted and not what was had.
    let measure: String
    let years: [Int]
    let sources: [String]
    let unitCount: Int
    /// As many decimals as its figures need, at most three.
    let digits: Int
  }

  struct Row {
    let unit: UnitScore
    let without: UnitScore?
    let before: UnitScore?
    let interval: IndexInterval?

    var exposure: IndicatorScore? { unit.indicator(IndexFramework.exposureID) }
  }

  let framework: IndexFramework
  let groups: [Group]
  let dimensions: [Dimension]
  let columns: [Column]
  /// By rank, then by score; those without a score last.
  let rows: [Row]
  let exposure: IndexExposure?
  let scenario: String?
  /// What draws say; nil where nobody asked.
  let uncertainty: IndexUncertaintyPart?
  let records: [StepRecord]
  let warnings: [String]
  /// What readers call a unit.
  let unitTitle: String
  let manifest: Manifest
  /// Whether contributions are points of the score; else they are shares of what it is made of.
  let addsPoints: Bool

  init(
    _ run: IndexRun, without: IndexRun?, before: IndexRun?, scenario: String?,
    uncertainty: IndexUncertaintyPart?, unitTitle: String,
    manifest: Manifest
  ) {
    self.unitTitle = unitTitle
    framework = run.framework
    exposure = run.exposure
    self.scenario = scenario
    self.uncertainty = uncertainty
    records = run.records
    warnings = run.result.warnings.map(\.description)
    self.manifest = manifest
    let units = run.result.units
    rows = units.map { unit in
      Row(
        unit: unit, without: without?.result[unit.unit], before: before?.result[unit.unit],
        interval: IndexInterval(uncertainty?.unit(unit.unit)))
    }.sorted {
      ($0.unit.rank ?? .max, -($0.unit.score ?? -.infinity), $0.unit.unit)
        < ($1.unit.rank ?? .max, -($1.unit.score ?? -.infinity), $1.unit.unit)
    }
    let exposureID = IndexFramework.exposureID
    groups = run.framework.dimensions.filter { $0.parent == nil }.map { dimension in
      Group(
        id: dimension.id, name: dimension.name, isExposure: dimension.id == exposureID,
        isEmpty: units.allSatisfy { $0.dimension(dimension.id)?.coverage.available == 0 }
          && dimension.id != exposureID)
    }
    let all = run.framework.dimensions.filter { $0.id != exposureID }
    // More columns than a page is wide: those of the index itself.
    dimensions = (all.count > 8 ? all.filter { $0.parent == nil } : all).map { dimension in
      Dimension(
        id: dimension.id, name: dimension.name,
        isEmpty: units.allSatisfy { $0.dimension(dimension.id)?.coverage.available == 0 })
    }
    columns = (units.first?.indicators ?? []).compactMap { indicator in
      let cells = units.compactMap { $0.indicator(indicator.id)?.cell }
      guard let first = cells.first, indicator.id != exposureID else { return nil }
      return Column(
        indicator: indicator, measure: Self.measure(cells, unit: first.measureUnit),
        years: Set(cells.compactMap(\.year)).sorted(),
        sources: Set(cells.map(\.source)).sorted(), unitCount: cells.count,
        digits: Self.digits(cells.map(\.value)))
    }
    let top = run.recipe.aggregation.method(at: run.tree.topLevel)
    addsPoints = top == .arithmetic || top == .owa
  }

  private static func measure(_ cells: [IndicatorCell], unit: String) -> String {
    let standIns = cells.map { cell in
      cell.note.components(separatedBy: "; ").first { $0.hasPrefix("stands in for ") }
    }
    guard let standIn = standIns.first ?? nil, standIns.allSatisfy({ $0 == standIn }) else {
      return unit
    }
    return "\(unit); \(standIn)"
  }

  /// Decimals that tell all of some figures, at most three, and none where the largest has six places.
  private static func digits(_ values: [Double]) -> Int {
    let room = (values.map(abs).max() ?? 0) >= 100_000 ? 0 : 3
    return (0..<room).first { digits in
      values.allSatisfy { value in
        let tens = [1.0, 10, 100][digits]
        return abs(value * tens - (value * tens).rounded()) < 1e-9 * max(1, abs(value * tens))
      }
    } ?? room
  }

  /// What a part adds to a unit's score; nil where it takes none.
  func contribution(of group: Group, in row: Row) -> Double? {
    row.unit.dimension(group.id)?.contribution
  }

  /// Whether exposure has a share of the score.
  var hasExposure: Bool { exposure.map { $0.share > 0 } ?? false }
}
