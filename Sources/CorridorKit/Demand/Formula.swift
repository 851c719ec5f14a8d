import Foundation

/// An arithmetic expression over named variables, such as `population * (13609 / gdp)^0.5`.
///
/// `+ - * / ^`, parentheses, decimal numbers, variables (letters, digits and `_`), and the functions
/// ``Function``. `^` binds before a sign and to the right: `-2^2` is −4 and `2^3^2` is 512. It is parsed
/// into a tree: nothing of it is ever executed as code, and it reaches nothing but its variables.
public struct Formula: Sendable, Hashable {
  /// What may be called with values in parentheses.
  public enum Function: String, Sendable, CaseIterable {
    /// The natural logarithm, of a number above 0.
    case log
    /// e to the power of a number.
    case exp
    /// The square root, of a number of at least 0.
    case sqrt
    /// The least of two numbers or more.
    case min
    /// The greatest of two numbers or more.
    case max
  }

  enum Operator: Character, Sendable {
    case plus = "+"
    case minus = "-"
    case times = "*"
    case over = "/"
    case power = "^"
  }

  /// A step of the calculation, with the column in which it is written.
  indirect enum Term: Sendable, Hashable {
    case number(Double)
    case variable(String)
    case negative(Term)
    case operation(Operator, Term, Term, column: Int)
    case call(Function, [Term], column: Int)
  }

  /// As it was written.
  public let text: String
  /// The variables that it uses, in the order in which they first stand in it.
  public let variables: [String]
  private let root: Term

  /// Parses a formula.
  ///
  /// - Parameters:
  ///   - text: At most 1,000 characters, with at most 50 parentheses and signs within one another.
  ///   - known: The variables that it may use.
  /// - Throws: ``FormulaError``, any but `undefined`, for the first fault.
  /// - Complexity: O(characters).
  public init(_ text: String, variables known: [String]) throws(FormulaError) {
    var parser = try FormulaParser(text, known: known)
    root = try parser.formula()
    self.text = text
    variables = parser.used
  }

  /// The value of the formula.
  ///
  /// - Parameter values: A finite number for each of ``variables``.
  /// - Returns: A finite number.
  /// - Throws: `FormulaError.undefined` for the first step without a finite value.
  /// - Precondition: `values` holds all of ``variables``.
  public func value(_ values: [String: Double]) throws(FormulaError) -> Double {
    try Self.value(of: root, values)
  }

  private static func value(
    of term: Term, _ values: [String: Double]
  ) throws(FormulaError) -> Double {
    switch term {
    case .number(let number): return number
    case .variable(let name):
      guard let value = values[name] else { preconditionFailure("no value for \(name)") }
      return value
    case .negative(let term): return -(try value(of: term, values))
    case .operation(let symbol, let left, let right, let column):
      let (a, b) = (try value(of: left, values), try value(of: right, values))
      let result =
        switch symbol {
        case .plus: a + b
        case .minus: a - b
        case .times: a * b
        case .over: a / b
        case .power: pow(a, b)
        }
      guard result.isFinite else {
        throw .undefined(column: column, step: "\(a) \(symbol.rawValue) \(b)")
      }
      return result
    case .call(let function, let terms, let column):
      var numbers: [Double] = []
      for term in terms { numbers.append(try value(of: term, values)) }
      // A parsed call has one value or more.
      let result =
        switch function {
        case .log: Foundation.log(numbers[0])
        case .exp: Foundation.exp(numbers[0])
        case .sqrt: numbers[0].squareRoot()
        case .min: numbers.reduce(.infinity) { Swift.min($0, $1) }
        case .max: numbers.reduce(-.infinity) { Swift.max($0, $1) }
        }
      guard result.isFinite else {
        let shown = numbers.map { "\($0)" }.joined(separator: ", ")
        throw .undefined(column: column, step: "\(function.rawValue)(\(shown))")
      }
      return result
    }
  }
}
