import Tables

/// One cell of an indicator table: a quantity of a unit in a year, with its source.
public struct IndicatorValue: Sendable, Hashable {
  /// The unit's identifier, such as the ISO 3166-2 code of a province.
  public var unit: String
  /// The indicator's identifier in the framework.
  public var indicator: String
  /// The raw value, finite and at most 1e300 in size, in `measureUnit`.
  public var value: Double
  /// What the value is measured in; the same for all values of an indicator.
  public var measureUnit: String
  /// The year that the value is about.
  public var year: Int
  /// Who published it.
  public var source: String
  /// What a reader must know of it; may be empty.
  public var note: String

  /// A value from its parts.
  public init(
    unit: String, indicator: String, value: Double, measureUnit: String, year: Int,
    source: String, note: String = ""
  ) {
    self.unit = unit
    self.indicator = indicator
    self.value = value
    self.measureUnit = measureUnit
    self.year = year
    self.source = source
    self.note = note
  }
}

extension Double {
  /// Finite, and small enough that the difference of two such numbers is finite too.
  var isUsable: Bool { magnitude <= 1e300 }
}

/// Indicator values in long format: one row a cell, each with unit, year and source. A cell that nobody
/// published has no row; there is no way to write "missing", and nothing stands for it.
public struct IndicatorTable: Sendable, Hashable {
  /// The columns of the file, all required; others may stand beside them.
  public static let columns = [
    "unit", "indicator", "value", "measure_unit", "year", "source", "note",
  ]

  /// How many years one cell may be given for.
  public enum Years: Sendable, Hashable {
    /// One: the table has chosen.
    case one
    /// Any number: a step of the recipe chooses.
    case several
  }

  /// The values, in the order of the file.
  public let rows: [IndicatorValue]
  /// How many years one cell may be given for.
  public let years: Years

  /// Reads a CSV file with the columns ``columns``.
  ///
  /// - Parameters:
  ///   - path: The file's path.
  ///   - units: The identifiers that the vintage has; nil leaves units unchecked.
  ///   - framework: The framework that the indicators belong to; nil leaves them unchecked.
  ///   - years: Whether one cell may be given for several years.
  /// - Throws: `table`, `noValues`, `unknownUnit`, `unknownIndicator`, `duplicateValue`,
  ///   `conflictingYears` or `mixedMeasureUnits` of ``RiskIndexError``, for the first fault, with its
  ///   line.
  public init(
    contentsOf path: String, units: [String]? = nil, framework: IndexFramework? = nil,
    years: Years = .one
  ) throws(RiskIndexError) {
    let table: DelimitedTable
    do { table = try DelimitedTable(contentsOf: path) } catch { throw .table(error) }
    try self.init(table: table, units: units, framework: framework, years: years)
  }

  /// Reads CSV text in memory; see ``init(contentsOf:units:framework:years:)``.
  ///
  /// - Parameter unitNames: What units are called, by identifier: an unknown one is told with the nearest.
  public init(
    csv: String, file: String, units: [String]? = nil, unitNames: [String: [String]] = [:],
    framework: IndexFramework? = nil, years: Years = .one
  ) throws(RiskIndexError) {
    let table: DelimitedTable
    do { table = try DelimitedTable(text: csv, file: file) } catch { throw .table(error) }
    try self.init(
      table: table, units: units, unitNames: unitNames, framework: framework, years: years)
  }

  /// Values that a program made.
  ///
  /// - Throws: `notFinite`, `duplicateValue`, `conflictingYears` or `mixedMeasureUnits` of
  ///   ``RiskIndexError``.
  public init(rows: [IndicatorValue], years: Years = .one) throws(RiskIndexError) {
    try self.init(rows: rows, places: nil, years: years)
  }

  /// This table with more values.
  ///
  /// - Throws: As ``init(rows:years:)``, also where a new value falls on a cell that has one.
  public func adding(_ values: [IndicatorValue]) throws(RiskIndexError) -> IndicatorTable {
    try IndicatorTable(rows: rows + values, years: years)
  }

  private init(
    table: DelimitedTable, units: [String]?, unitNames: [String: [String]] = [:],
    framework: IndexFramework?, years: Years
  ) throws(RiskIndexError) {
    let knownUnits = units.map { Set($0) }
    let knownIndicators = framework.map { Set($0.tableIdentifiers) }
    var rows: [IndicatorValue] = []
    var places: [RiskIndexError.Place] = []
    do {
      try table.requireColumns(Self.columns)
      for row in table.rows {
        rows.append(
          IndicatorValue(
            unit: try table.text("unit", in: row),
            indicator: try table.text("indicator", in: row),
            value: try table.number("value", in: row),
            measureUnit: try table.text("measure_unit", in: row),
            year: try table.integer("year", in: row, within: 1900...2100),
            source: try table.text("source", in: row),
            note: try table.optionalText("note", in: row) ?? ""))
        places.append(RiskIndexError.Place(file: table.file, line: row.line))
      }
    } catch {
      throw .table(error)
    }
    guard !rows.isEmpty else { throw .noValues(file: table.file) }
    for (row, place) in zip(rows, places) {
      if let knownUnits, !knownUnits.contains(row.unit) {
        throw .unknownUnit(
          place: place, unit: row.unit,
          nearest: nearestUnits(to: row.unit, among: units ?? [], names: unitNames))
      }
      if let framework, let knownIndicators, !knownIndicators.contains(row.indicator) {
        throw .unknownIndicator(
          place: place, indicator: row.indicator,
          nearest: nearestNames(to: row.indicator, among: framework.tableIdentifiers))
      }
    }
    try self.init(rows: rows, places: places, years: years)
  }

  private struct Cell: Hashable {
    var unit: String
    var indicator: String
    /// Nil where one cell has one year.
    var year: Int?
  }

  private init(
    rows: [IndicatorValue], places: [RiskIndexError.Place]?, years: Years
  ) throws(RiskIndexError) {
    var firstIndex: [Cell: Int] = [:]
    var measureUnits: [String: String] = [:]
    for (index, row) in rows.enumerated() {
      guard row.value.isUsable else {
        throw .notFinite(unit: row.unit, indicator: row.indicator, value: row.value)
      }
      let cell = Cell(
        unit: row.unit, indicator: row.indicator, year: years == .several ? row.year : nil)
      if let first = firstIndex[cell] {
        if rows[first].year == row.year {
          throw .duplicateValue(
            place: places?[index], first: places?[first], unit: row.unit,
            indicator: row.indicator, year: row.year)
        }
        throw .conflictingYears(
          place: places?[index], first: places?[first], unit: row.unit,
          indicator: row.indicator, years: [rows[first].year, row.year])
      }
      firstIndex[cell] = index
      let expected = measureUnits[row.indicator, default: row.measureUnit]
      guard row.measureUnit == expected else {
        throw .mixedMeasureUnits(
          place: places?[index], indicator: row.indicator, found: row.measureUnit,
          expected: expected)
      }
      measureUnits[row.indicator] = row.measureUnit
    }
    self.rows = rows
    self.years = years
  }
}
