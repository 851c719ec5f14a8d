import Testing

@testable import CorridorKit

@Suite("Formulas")
struct FormulaTests {
  static let known = ["population", "gdp", "x", "y"]
  static let values = ["population": 100.0, "gdp": 4, "x": 2, "y": 3]

  @Test(
    "arithmetic has its usual meaning",
    arguments: [
      ("1 + 2 * 3", 7.0), ("(1 + 2) * 3", 9), ("2 - 3 - 4", -5), ("12 / 3 / 2", 2), ("2^3^2", 512),
      ("-2^2", -4), ("(-2)^2", 4), ("2^-1", 0.5), ("- -3", 3), ("+x", 2), ("x*-y", -6),
      ("population / gdp", 25), ("sqrt(gdp) + exp(0) + log(1)", 3), ("min(x, y, 1.5)", 1.5),
      ("max(x, y)", 3), (" x\t*  y ", 6), ("1.5e2", 150), ("2E-1", 0.2), (".5", 0.5), ("5.", 5),
      ("log(exp(x))", 2), ("max(min(x, y), -x)", 2), ("((((x))))", 2),
    ])
  func value(text: String, expected: Double) throws {
    let formula = try Formula(text, variables: Self.known)
    #expect(isClose(try formula.value(Self.values), expected, tolerance: 1e-14), "\(text)")
  }

  @Test(
    "a mistake is told with its column",
    arguments: [
      ("", "column 1 is the end; expected a number, a variable, a function, a sign or ("),
      ("1 +", "column 4 is the end; expected a number, a variable, a function, a sign or ("),
      ("1 + * 2", "column 5 is \"*\"; expected a number, a variable, a function, a sign or ("),
      ("(1 + 2", "column 7 is the end; expected an operator or )"),
      ("1 + 2)", "column 6 is \")\"; expected an operator or the end"),
      ("x y", "column 3 is \"y\"; expected an operator or the end"),
      ("2x", "column 2 is \"x\"; expected an operator or the end"),
      ("z + 1", "column 1: unknown variable \"z\"; expected one of population, gdp, x, y"),
      (
        "sin(x)",
        "column 1: unknown function \"sin\"; expected one of log, exp, sqrt, min, max"
      ),
      ("log", "column 4 is the end; expected ( after log"),
      ("log(x, y)", "column 1: log has 2 values; expected 1"),
      ("1 + min(x)", "column 5: min has 1 value; expected 2 or more"),
      ("min()", "column 5 is \")\"; expected a number, a variable, a function, a sign or ("),
      ("x # y", "column 3 is \"#\"; expected an operator or the end"),
      ("1..2", "column 3 is \".\"; expected an operator or the end"),
      (".", "column 1 is \".\"; expected a number such as 12 or 0.5"),
      ("1e999", "column 1 is \"1e999\"; expected a number such as 12 or 0.5"),
      ("π", "column 1 is \"π\"; expected a number, a variable, a function, a sign or ("),
    ])
  func mistake(text: String, expected: String) {
    do throws(FormulaError) {
      _ = try Formula(text, variables: Self.known)
      Issue.record("\(text) is read")
    } catch {
      #expect(error.description == expected, "\(text): \(error)")
    }
  }

  @Test(
    "a step without a finite value is told with its column",
    arguments: [
      ("1 + x / (y - 3)", "column 7: 2.0 / 0.0 has no finite value"),
      ("log(x - 2)", "column 1: log(0.0) has no finite value"),
      ("sqrt(-x)", "column 1: sqrt(-2.0) has no finite value"),
      ("(-2)^0.5", "column 5: -2.0 ^ 0.5 has no finite value"),
      ("exp(1000)", "column 1: exp(1000.0) has no finite value"),
    ])
  func undefined(text: String, expected: String) throws {
    let formula = try Formula(text, variables: Self.known)
    do throws(FormulaError) {
      _ = try formula.value(Self.values)
      Issue.record("\(text) has a value")
    } catch {
      #expect(error.description == expected)
    }
  }

  @Test("formulas too large for anybody's need are refused, not overflowed")
  func tooLarge() {
    for text in [
      String(repeating: "(", count: 400) + "1" + String(repeating: ")", count: 400),
      String(repeating: "-", count: 900) + "1", String(repeating: "1+", count: 2000) + "1",
      String(repeating: "2^", count: 400) + "1",
    ] {
      #expect(throws: FormulaError.self) { try Formula(text, variables: []) }
    }
  }

  @Test("the variables of a formula are told once each, as they come")
  func variables() throws {
    #expect(try Formula("y * x + y", variables: Self.known).variables == ["y", "x"])
  }

  /// A formula and its value, made together.
  static func made(_ depth: Int, _ random: inout SeededGenerator) -> (text: String, value: Double) {
    if depth == 0 || random.chance(0.2) {
      if random.chance(0.5) { return ("x", 2) }
      let number = random.integer(1...9)
      return ("\(number)", Double(number))
    }
    let (a, b) = (made(depth - 1, &random), made(depth - 1, &random))
    switch random.integer(0...4) {
    case 0: return ("(\(a.text) + \(b.text))", a.value + b.value)
    case 1: return ("(\(a.text) - \(b.text))", a.value - b.value)
    case 2: return ("(\(a.text))*(\(b.text))", a.value * b.value)
    case 3: return ("min(\(a.text),\(b.text))", min(a.value, b.value))
    default: return ("-(\(a.text))", -a.value)
    }
  }

  @Test("random formulas have the value that they were made with", arguments: UInt64(1)...50)
  func random(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let made = Self.made(4, &random)
    // What is made may be too long, which is refused.
    guard made.text.count <= 1000 else { return }
    let value = try Formula(made.text, variables: ["x"]).value(["x": 2])
    #expect(isClose(value, made.value, tolerance: 1e-12), "seed \(seed): \(made.text)")
  }
}
