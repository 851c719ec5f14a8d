import Testing

@testable import RiskIndex

@Suite("Indicator tables")
struct IndicatorTableTests {
  private static let header = "unit,indicator,value,measure_unit,year,source,note\n"

  private func error(_ rows: String, header: String = header) -> RiskIndexError? {
    do {
      _ = try IndicatorTable(
        csv: header + rows, file: "t.csv", units: ["KZ-75", "KZ-79", "KZ-19"],
        framework: try? Samples.framework())
      return nil
    } catch {
      return error
    }
  }

  private func place(_ line: Int) -> RiskIndexError.Place { .init(file: "t.csv", line: line) }

  @Test("a row is read with its unit, year, source and note")
  func reading() throws {
    let table = try IndicatorTable(
      csv: Self.header + "KZ-75,income,4.5,KZT,2022,\"Bureau, table 6\",\n", file: "t.csv")
    #expect(
      table.rows == [
        IndicatorValue(
          unit: "KZ-75", indicator: "income", value: 4.5, measureUnit: "KZT", year: 2022,
          source: "Bureau, table 6")
      ])
  }

  @Test("text in the value column is refused")
  func text() {
    #expect(
      error("KZ-75,income,many,KZT,2022,s,\n")
        == .table(
          .invalidField(
            file: "t.csv", line: 2, column: "value", value: "many",
            expected: "a finite number, with a point for the decimals")))
  }

  @Test("a missing source, measure unit or year is refused", arguments: [3, 4, 5])
  func missingField(column: Int) {
    var fields = ["KZ-75", "income", "1", "KZT", "2022", "s", ""]
    fields[column] = ""
    #expect(
      {
        if case .table(.invalidField(_, 2, IndicatorTable.columns[column], "", _))? = error(
          fields.joined(separator: ","))
        {
          true
        } else {
          false
        }
      }())
  }

  @Test("the same cell twice is refused, with both lines")
  func duplicate() {
    #expect(
      error("KZ-75,income,1,KZT,2022,s,\nKZ-79,income,1,KZT,2022,s,\nKZ-75,income,1,KZT,2022,s,\n")
        == .duplicateValue(
          place: place(4), first: place(2), unit: "KZ-75", indicator: "income", year: 2022))
  }

  @Test("two years for one cell are refused")
  func years() {
    #expect(
      error("KZ-75,income,1,KZT,2022,s,\nKZ-75,income,1,KZT,2021,s,\n")
        == .conflictingYears(
          place: place(3), first: place(2), unit: "KZ-75", indicator: "income",
          years: [2022, 2021]))
  }

  @Test("two units of measure for one indicator are refused")
  func measureUnits() {
    #expect(
      error("KZ-75,income,1,KZT,2022,s,\nKZ-79,income,1,USD,2022,s,\n")
        == .mixedMeasureUnits(
          place: place(3), indicator: "income", found: "USD", expected: "KZT"))
  }

  @Test("an unknown unit is refused with the nearest ones")
  func unknownUnit() {
    #expect(
      error("KZ-76,income,1,KZT,2022,s,\n")
        == .unknownUnit(place: place(2), unit: "KZ-76", nearest: ["KZ-75", "KZ-79", "KZ-19"]))
  }

  @Test("an unknown indicator is refused with the nearest ones")
  func unknownIndicator() throws {
    guard
      case .unknownIndicator(let place, "incomes", let nearest)? = error(
        "KZ-75,incomes,1,KZT,2022,s,\n")
    else {
      Issue.record("not refused as an unknown indicator")
      return
    }
    #expect(place == self.place(2))
    #expect(nearest.first == "income")
  }

  @Test("an empty file, a header alone and a missing column are refused")
  func structure() {
    #expect(error("", header: "") == .table(.empty(file: "t.csv")))
    #expect(error("") == .noValues(file: "t.csv"))
    let header = ["unit", "indicator", "value", "year", "source", "note"]
    #expect(
      error("KZ-75,income,1,2022,s,\n", header: header.joined(separator: ",") + "\n")
        == .table(.missingColumn(file: "t.csv", column: "measure_unit", header: header)))
  }

  @Test("a program cannot add NaN, infinity or a second value of a cell")
  func adding() throws {
    let row = IndicatorValue(
      unit: "a", indicator: "income", value: 1, measureUnit: "KZT", year: 2022, source: "s")
    let table = try IndicatorTable(rows: [row])
    var other = row
    other.unit = "b"
    #expect(try table.adding([other]).rows == [row, other])
    #expect(throws: RiskIndexError.self) { try table.adding([row]) }
    for value in [Double.nan, .infinity, -1e301] {
      other.value = value
      #expect {
        try table.adding([other])
      } throws: { error in
        if case RiskIndexError.notFinite(unit: "b", indicator: "income", _) = error {
          true
        } else {
          false
        }
      }
    }
  }

  @Test("the shipped tables have known units and indicators, and a source and a year in each row")
  func shipped() throws {
    let framework = try IndexFramework(contentsOf: Samples.shipped("gsi-2013.json"))
    for (name, units) in [("2024", Samples.units2024), ("2013", Samples.units2013)] {
      let table = try IndicatorTable(
        contentsOf: Samples.shipped("indicators-\(name).csv"), units: units,
        framework: framework)
      for indicator in ["gdp_per_head", "population"] {
        #expect(Set(table.rows.filter { $0.indicator == indicator }.map(\.unit)) == Set(units))
      }
    }
  }

  @Test("population adds up to the national figures that the Bureau publishes")
  func population() throws {
    for (name, total) in [("2024", 19_766_807.0), ("2013", 16_910_246.0)] {
      let table = try IndicatorTable(contentsOf: Samples.shipped("indicators-\(name).csv"))
      let sum = table.rows.filter { $0.indicator == "population" }.reduce(0) { $0 + $1.value }
      #expect(sum == total)
    }
  }

  @Test(
    "provincial figures, weighted by population, come to the national ones of the same publisher",
    arguments: [
      // National: product per head in thousand tenge (2022, 2013), income per head in tenge a month
      // (2013), users of the internet and mobile telephones, the poor and the unemployed in percent
      // (2023, 2013).
      ("2024", "gdp_per_head", 5284.7, 0.01), ("2013", "gdp_per_head", 2113.2, 0.01),
      ("2013", "income_per_head", 56452, 0.01),
      ("2024", "internet_users", 94.7, 0.01), ("2013", "internet_users", 63.3, 0.01),
      ("2024", "cell_phone_users", 92.8, 0.01),
      ("2024", "poverty", 5.2, 0.03), ("2013", "poverty", 2.9, 0.03),
      ("2024", "unemployment", 4.7, 0.02), ("2013", "unemployment", 5.2, 0.02),
    ])
  func nationalMeans(
    vintage: String, indicator: String, national: Double, tolerance: Double
  ) throws {
    // The publisher weighs by the mean population of the year or by the sample: hence the tolerance.
    let table = try IndicatorTable(contentsOf: Samples.shipped("indicators-\(vintage).csv"))
    var population: [String: Double] = [:]
    for row in table.rows where row.indicator == "population" {
      population[row.unit] = row.value
    }
    let values = table.rows.filter { $0.indicator == indicator }
    #expect(values.count == population.count)
    let weighted = values.reduce(0) { $0 + $1.value * population[$1.unit, default: 0] }
    let mean = weighted / population.values.reduce(0, +)
    #expect(abs(mean / national - 1) < tolerance, "\(mean)")
  }
}
