/// What is known of a set of units: a matrix of units and quantities whose cells say their year and
/// source, and what a unit belongs to.
///
/// A cell that nobody published is empty. A cell may hold several years; then a step of the recipe has
/// to choose.
public struct IndicatorData: Sendable, Hashable {
  /// What is compared, such as a province.
  public struct Unit: Sendable, Hashable, Identifiable {
    /// The identifier that tables use.
    public var id: String
    /// What a reader calls it.
    public var name: String
    /// What it belongs to, by the name of the grouping, such as an income group.
    public var groups: [String: String]

    /// A unit from its parts; its name is its identifier unless one is given.
    public init(id: String, name: String? = nil, groups: [String: String] = [:]) {
      self.id = id
      self.name = name ?? id
      self.groups = groups
    }
  }

  /// The units, in the order in which results list them.
  public private(set) var units: [Unit]
  /// What the units belong to something by, sorted.
  public var groupings: [String] { Set(units.flatMap(\.groups.keys)).sorted() }
  /// The quantities that have a column, sorted.
  public var quantities: [String] { columns.keys.sorted() }
  /// The units that the source has values for and that were not asked for, sorted.
  public private(set) var unitsLeftAside: [String] = []
  /// By quantity, then by unit: the cells, ascending by year.
  private var columns: [String: [[IndicatorCell]]] = [:]

  /// No values yet.
  ///
  /// - Throws: ``RiskIndexError/invalidSpecification(field:value:expected:)`` for a unit that appears twice.
  public init(units: [Unit]) throws(RiskIndexError) {
    if let unit = firstRepeated(units.map(\.id)) {
      throw .invalidSpecification(field: "units", value: unit, expected: "each unit once")
    }
    self.units = units
  }

  /// The values that a table has for the units.
  ///
  /// - Parameters:
  ///   - table: Values in long format.
  ///   - units: What is compared; values of others are left aside.
  ///   - framework: What the quantities belong to.
  /// - Throws: `invalidSpecification` or `unknownIndicator` of ``RiskIndexError``.
  /// - Complexity: O(rows).
  public init(
    _ table: IndicatorTable, units: [Unit], framework: IndexFramework
  ) throws(RiskIndexError) {
    try self.init(units: units)
    let known = Set(framework.tableIdentifiers)
    var places: [String: Int] = [:]
    for (index, unit) in units.enumerated() { places[unit.id] = index }
    var aside: Set<String> = []
    for row in table.rows {
      guard known.contains(row.indicator) else {
        throw .unknownIndicator(
          place: nil, indicator: row.indicator,
          nearest: nearestNames(to: row.indicator, among: framework.tableIdentifiers))
      }
      guard let index = places[row.unit] else {
        aside.insert(row.unit)
        continue
      }
      append(IndicatorCell(row), quantity: row.indicator, unit: index)
    }
    unitsLeftAside = aside.sorted()
  }

  /// The cells of a quantity, one list a unit, ascending by year; all empty where it has no column.
  public func cells(of quantity: String) -> [[IndicatorCell]] {
    columns[quantity] ?? Array(repeating: [], count: units.count)
  }

  /// Puts a value into a cell beside those that it has for other years.
  ///
  /// - Parameter unit: The unit's place among ``units``.
  public mutating func append(_ cell: IndicatorCell, quantity: String, unit: Int) {
    let cells = columns[quantity]?[unit] ?? []
    let place = cells.firstIndex { ($0.year ?? .min) > (cell.year ?? .min) } ?? cells.count
    // In place: a copy of the column for every cell would make reading a table quadratic.
    columns[quantity, default: Array(repeating: [], count: units.count)][unit]
      .insert(cell, at: place)
  }

  /// Puts one cell a unit, or none, in the place of a column.
  mutating func replace(_ quantity: String, with cells: [IndicatorCell?]) {
    columns[quantity] = cells.map { $0.map { [$0] } ?? [] }
  }

  /// One value a unit of a quantity; nil where the unit has none.
  ///
  /// - Throws: ``RiskIndexError/conflictingYears(place:first:unit:indicator:years:)`` where a cell has
  ///   several years.
  public func column(_ quantity: String) throws(RiskIndexError) -> [IndicatorCell?] {
    var column: [IndicatorCell?] = []
    for (unit, cells) in zip(units, cells(of: quantity)) {
      guard cells.count <= 1 else {
        throw .conflictingYears(
          place: nil, first: nil, unit: unit.id, indicator: quantity,
          years: cells.compactMap(\.year))
      }
      column.append(cells.first)
    }
    return column
  }

  /// The years that cells are about, ascending.
  public var years: [Int] {
    Set(columns.values.joined().joined().compactMap(\.year)).sorted()
  }

  /// Only some of the units, in their order.
  func keeping(_ places: [Int]) -> IndicatorData {
    var data = self
    data.units = places.map { units[$0] }
    data.columns = columns.mapValues { column in places.map { column[$0] } }
    return data
  }

  /// This data with exposure as the column of its indicator.
  ///
  /// - Throws: `unknownUnit` or `notFinite` of ``RiskIndexError``.
  public func adding(_ exposure: IndexExposure) throws(RiskIndexError) -> IndicatorData {
    let ids = units.map(\.id)
    let known = Set(ids)
    for (unit, value) in exposure.values.sorted(by: { $0.key < $1.key }) {
      guard known.contains(unit) else {
        throw .unknownUnit(place: nil, unit: unit, nearest: nearestNames(to: unit, among: ids))
      }
      guard value.isUsable else {
        throw .notFinite(unit: unit, indicator: exposure.name, value: value)
      }
    }
    var data = self
    data.replace(
      IndexFramework.exposureID,
      with: ids.map { unit in
        exposure.values[unit].map {
          IndicatorCell(value: $0, measureUnit: exposure.measureUnit, source: "modelled")
        }
      })
    return data
  }
}
