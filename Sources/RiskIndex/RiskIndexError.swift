import Tables

/// Why an index could not be read or computed.
public enum RiskIndexError: Error, Equatable, Sendable {
  /// A line of a file.
  public struct Place: Sendable, Hashable, CustomStringConvertible {
    /// The file's name.
    public var file: String
    /// The line, from 1.
    public var line: Int

    /// A place from its parts.
    public init(file: String, line: Int) {
      self.file = file
      self.line = line
    }

    /// `file:line`.
    public var description: String { "\(file):\(line)" }
  }

  /// A file could not be read.
  case unreadable(file: String, reason: String)
  /// A table is not well-formed, or a cell does not hold what it should.
  case table(DelimitedTableError)
  /// A framework is not well-formed; `indicator` names the indicator or dimension, where it is about
  /// one.
  case invalidFramework(
    file: String, indicator: String?, field: String, value: String, expected: String)
  /// A table has a header and no values.
  case noValues(file: String)
  /// A unit that the vintage does not have.
  case unknownUnit(place: Place?, unit: String, nearest: [String])
  /// An indicator that the framework does not have.
  case unknownIndicator(place: Place?, indicator: String, nearest: [String])
  /// One cell (unit, indicator) given twice for one year; `first` is where it stood before.
  case duplicateValue(place: Place?, first: Place?, unit: String, indicator: String, year: Int)
  /// One cell (unit, indicator) given for two years: the table must choose.
  case conflictingYears(
    place: Place?, first: Place?, unit: String, indicator: String, years: [Int])
  /// One indicator measured in two units.
  case mixedMeasureUnits(place: Place?, indicator: String, found: String, expected: String)
  /// A value that is not a finite number, or is above 1e300 in size.
  case notFinite(unit: String, indicator: String, value: Double)
  /// A specification that contradicts itself, the framework or the method.
  case invalidSpecification(field: String, value: String, expected: String)
  /// A normalisation that compares units has fewer than two of them.
  case tooFewUnits(normalisation: Normalisation, units: Int)
  /// No indicator with a weight has a usable value.
  case nothingToScore(warnings: [RiskWarning])
}

extension RiskIndexError: CustomStringConvertible {
  /// One line: where, what, what was expected.
  public var description: String {
    switch self {
    case .unreadable(let file, let reason):
      "\(file): cannot be read: \(reason)"
    case .table(let error):
      error.description
    case .invalidFramework(let file, let indicator, let field, let value, let expected):
      "\(file): \(indicator.map { "\($0): " } ?? "")\(field) is '\(value)'; expected \(expected)"
    case .noValues(let file):
      "\(file): holds no values; expected at least one row below the header"
    case .unknownUnit(let place, let unit, let nearest):
      "\(at(place))unit is '\(unit)'; expected "
        + (place == nil ? "one of the units" : "a unit of the vintage") + like(nearest)
    case .unknownIndicator(let place, let indicator, let nearest):
      "\(at(place))indicator is '\(indicator)'; expected one of the framework\(like(nearest))"
    case .duplicateValue(let place, let first, let unit, let indicator, let year):
      "\(at(place))\(indicator) of \(unit) for \(year) appears twice"
        + "\(first.map { ", first at \($0)" } ?? ""); expected one value a cell"
    case .conflictingYears(let place, let first, let unit, let indicator, let years):
      "\(at(place))\(indicator) of \(unit) is given for "
        + years.map(String.init).joined(separator: " and ")
        + "\(first.map { ", first at \($0)" } ?? ""); expected one year a cell"
    case .mixedMeasureUnits(let place, let indicator, let found, let expected):
      "\(at(place))measure_unit of \(indicator) is '\(found)'; expected '\(expected)' as before"
    case .notFinite(let unit, let indicator, let value):
      "\(indicator) of \(unit) is \(value); expected a finite number up to 1e300"
    case .invalidSpecification(let field, let value, let expected):
      "\(field) is '\(value)'; expected \(expected)"
    case .tooFewUnits(let normalisation, let units):
      "\(units) unit\(units == 1 ? "" : "s"); \(normalisation.rawValue) normalisation "
        + (normalisation.comparesUnits ? "compares at least 2" : "takes at least 1")
    case .nothingToScore(let warnings):
      "no weighted indicator has a usable value"
        + (warnings.isEmpty ? "" : ": " + warnings.map(\.description).joined(separator: "; "))
    }
  }

  private func at(_ place: Place?) -> String { place.map { "\($0): " } ?? "" }

  private func like(_ nearest: [String]) -> String {
    nearest.isEmpty ? "" : "; nearest: \(nearest.joined(separator: ", "))"
  }
}
