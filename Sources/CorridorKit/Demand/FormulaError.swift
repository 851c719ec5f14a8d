/// Why a formula cannot be read or has no value; columns count from 1.
public enum FormulaError: Error, Equatable, Sendable {
  /// Something stands where something else must.
  case unexpected(column: Int, found: String, expected: String)
  /// A name that is no variable.
  case unknownVariable(column: Int, name: String, known: [String])
  /// A name before a parenthesis that is no function.
  case unknownFunction(column: Int, name: String)
  /// A function with too few or too many values.
  case argumentCount(column: Int, function: String, found: Int, expected: String)
  /// More characters, or more parentheses within one another, than any formula needs.
  case tooLarge(limit: String)
  /// A step without a finite value, such as a division by 0.
  case undefined(column: Int, step: String)
}

extension FormulaError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .unexpected(let column, let found, let expected):
      "column \(column) is \(found); expected \(expected)"
    case .unknownVariable(let column, let name, let known):
      "column \(column): unknown variable \"\(name)\"; expected one of "
        + known.joined(separator: ", ")
    case .unknownFunction(let column, let name):
      "column \(column): unknown function \"\(name)\"; expected one of "
        + Formula.Function.allCases.map(\.rawValue).joined(separator: ", ")
    case .argumentCount(let column, let function, let found, let expected):
      "column \(column): \(function) has \(found) value\(found == 1 ? "" : "s"); expected \(expected)"
    case .tooLarge(let limit): "the formula is too large; expected at most \(limit)"
    case .undefined(let column, let step): "column \(column): \(step) has no finite value"
    }
  }
}
