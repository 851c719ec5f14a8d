import Tables

extension COINrMetadata {
  /// The columns of `iData` that need no entry.
  private static let special = ["uCode", "uName", "Time"]

  /// The values of COINr's table `iData`.
  func data(
    from values: DelimitedTable, units known: [String]?
  ) throws(RiskIndexError) -> IndicatorData {
    do { try values.requireColumns(["uCode"]) } catch { throw .table(error) }
    guard !values.rows.isEmpty else { throw .noValues(file: values.file) }
    try checkColumns(of: values)
    let knownUnits = known.map { Set($0) }
    var places: [String: Int] = [:]
    var lines: [UnitYear: Int] = [:]
    var units: [IndicatorData.Unit] = []
    for row in values.rows {
      let code = try unitCode(row, of: values)
      if let knownUnits, !knownUnits.contains(code) {
        throw .unknownUnit(
          place: .init(file: values.file, line: row.line), unit: code,
          nearest: nearestNames(to: code, among: known ?? []))
      }
      let year = try year(row, of: values)
      if let line = lines.updateValue(row.line, forKey: UnitYear(unit: code, year: year)) {
        throw values.fault(
          "uCode", in: row, code,
          expected: "each unit once\(year == nil ? "" : " for one Time"); it stands in line \(line)"
        )
      }
      guard places[code] == nil else { continue }
      places[code] = units.count
      var unit = IndicatorData.Unit(id: code, name: try values.value("uName", in: row))
      for entry in entries where entry.type == .group {
        unit.groups[entry.code] = try values.value(entry.code, in: row)
      }
      units.append(unit)
    }
    var data = try IndicatorData(units: units)
    for row in values.rows {
      guard let code = try values.value("uCode", in: row), let unit = places[code] else { continue }
      let year = try year(row, of: values)
      for entry in entries where entry.type == .indicator || entry.type == .denominator {
        guard let value = try values.numberOrNA(entry.code, in: row) else { continue }
        data.append(
          IndicatorCell(
            value: value, measureUnit: entry.unit ?? "", year: year, source: values.file),
          quantity: entry.code, unit: unit)
      }
    }
    return data
  }

  private struct UnitYear: Hashable {
    var unit: String
    var year: Int?
  }

  private func unitCode(
    _ row: DelimitedTable.Row, of values: DelimitedTable
  ) throws(RiskIndexError) -> String {
    guard let code = try values.value("uCode", in: row), !code.contains(" ") else {
      throw values.fault(
        "uCode", in: row,
        expected: "a code without blanks")
    }
    guard !values.hasColumn(code) else {
      throw values.fault("uCode", in: row, code, expected: "a code that is no column's name")
    }
    return code
  }

  private func year(
    _ row: DelimitedTable.Row, of values: DelimitedTable
  ) throws(RiskIndexError) -> Int? {
    guard values.hasColumn("Time") else { return nil }
    guard let time = try values.numberOrNA("Time", in: row), let year = Int(exactly: time) else {
      throw values.fault(
        "Time", in: row, expected: "a year")
    }
    return year
  }

  private func checkColumns(of values: DelimitedTable) throws(RiskIndexError) {
    let codes = entries.map(\.code)
    for column in values.header where !Self.special.contains(column) {
      guard let entry = entries.first(where: { $0.code == column }) else {
        let place = RiskIndexError.Place(file: values.file, line: 1)
        throw .unknownIndicator(
          place: place, indicator: column, nearest: nearestNames(to: column, among: codes))
      }
      guard entry.type != .aggregate else {
        throw .invalidFramework(
          file: values.file, indicator: nil, field: "column", value: column,
          expected: "no aggregate: those are computed")
      }
    }
    for entry in entries where entry.type != .aggregate && !values.hasColumn(entry.code) {
      throw .table(
        .missingColumn(file: values.file, column: entry.code, header: values.header))
    }
  }
}
