import Tables

/// One indicator of a table in the long format of `geodata/index`, in one year.
enum IndicatorColumn {
  /// - Parameters:
  ///   - reading: The indicator's id, with where it is asked for.
  ///   - year: The year; nil where the table has the indicator for one year only.
  /// - Returns: The values by unit.
  /// - Throws: ``CorridorKitError/table(_:)`` for a table that is wrong,
  ///   ``CorridorKitError/invalidValue(file:location:value:expected:)`` for an indicator or year that it
  ///   does not have.
  static func values(
    of reading: YAMLReading, year: Int?, in file: InputFile
  ) throws(CorridorKitError) -> [String: Double] {
    let indicator = try reading.string()
    var rows: [(unit: String, year: Int, value: Double, row: DelimitedTable.Row)] = []
    var known: Set<String> = []
    let table: DelimitedTable
    do throws(DelimitedTableError) {
      table = try DelimitedTable(bytes: [UInt8](file.data), file: file.path)
      try table.requireColumns(["unit", "indicator", "value", "year"])
      for row in table.rows {
        let id = try table.text("indicator", in: row)
        known.insert(id)
        guard id == indicator else { continue }
        rows.append(
          (
            try table.text("unit", in: row),
            try table.integer("year", in: row, within: 1900...2100),
            try table.number("value", in: row), row
          ))
      }
    } catch {
      throw .table(error)
    }
    guard !rows.isEmpty else {
      let ids = known.sorted().joined(separator: ", ")
      throw reading.fault(expected: "an indicator of \(file.path): \(ids)")
    }
    let years = Set(rows.map(\.year)).sorted()
    guard let wanted = year ?? (years.count == 1 ? years[0] : nil), years.contains(wanted) else {
      throw reading.fault(
        "\"\(indicator)\" \(year.map { "in \($0)" } ?? "without \"year\"")",
        expected: "one of its years in \(file.path): "
          + years.map { "\($0)" }.joined(separator: ", "))
    }
    var values: [String: Double] = [:]
    for row in rows where row.year == wanted {
      guard values.updateValue(row.value, forKey: row.unit) == nil else {
        throw .table(
          table.invalid(
            "unit", in: row.row, value: row.unit,
            expected: "one row for each unit, indicator and year"))
      }
    }
    return values
  }
}
