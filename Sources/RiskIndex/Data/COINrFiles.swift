public import Tables

/// An index in the two tables of COINr, an R package for composite indicators: `iMeta` says what the
/// index is made of, `iData` has the values.
///
/// Both are read as COINr's `new_coin` takes them from CSV, with its rules and with the line of the
/// first fault. Weights need not add up; they are brought to the sum 1 within each group, as COINr
/// does. Values for which nobody has a year keep none. Source: Becker et al. (2022),
/// doi:10.21105/joss.04567, and the package's documentation of `new_coin`.
public struct COINrFiles: Sendable, Hashable {
  /// What the index is made of.
  public let framework: IndexFramework
  /// The values, several years a cell if `iData` has a column `Time` with several.
  public let data: IndicatorData

  /// The kinds of entry of `iMeta`.
  enum EntryType: String, CaseIterable {
    case indicator = "Indicator"
    case aggregate = "Aggregate"
    case group = "Group"
    case denominator = "Denominator"
    case other = "Other"
  }

  /// Reads the two tables.
  ///
  /// - Parameters:
  ///   - metadata: `iMeta`.
  ///   - data: `iData`.
  ///   - units: The identifiers that units may have; nil leaves them unchecked.
  /// - Throws: `table`, `invalidFramework`, `unknownIndicator`, `unknownUnit` or `noValues` of
  ///   ``RiskIndexError`` for the first fault, with its line.
  public init(
    metadata: DelimitedTable, data: DelimitedTable, units: [String]? = nil
  ) throws(RiskIndexError) {
    let metadata = try COINrMetadata(metadata)
    framework = try metadata.framework()
    self.data = try metadata.data(from: data, units: units)
  }
}

extension DelimitedTable {
  /// Whether the header has a column.
  func hasColumn(_ name: String) -> Bool { header.contains(name) }

  /// The text of a cell as R reads it: nil where it is empty or NA, or where there is no such column.
  func value(_ column: String, in row: Row) throws(RiskIndexError) -> String? {
    do {
      let text = try optionalText(column, in: row)
      return text == "NA" ? nil : text
    } catch .missingColumn {
      return nil
    } catch {
      throw .table(error)
    }
  }

  /// The finite number in a cell; nil where it is empty or NA, or where there is no such column.
  func numberOrNA(_ column: String, in row: Row) throws(RiskIndexError) -> Double? {
    guard try value(column, in: row) != nil else { return nil }
    do {
      return try number(column, in: row, within: -1e300...1e300)
    } catch .invalidField(let file, let line, let column, let value, _) {
      throw .table(
        .invalidField(
          file: file, line: line, column: column, value: value,
          expected: "a finite number with a point for the decimals, or NA"))
    } catch {
      throw .table(error)
    }
  }

  /// What is wrong with a cell.
  ///
  /// - Parameter value: What stands there; nil for the text of the cell as it is.
  func fault(
    _ column: String, in row: Row, _ value: String? = nil, expected: String
  ) -> RiskIndexError {
    let written = header.firstIndex(of: column).map { row.fields[$0] }
    return .table(invalid(column, in: row, value: value ?? written ?? "", expected: expected))
  }
}
