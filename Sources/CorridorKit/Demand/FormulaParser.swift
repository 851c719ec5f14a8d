/// Reads a formula by recursive descent: sum, product, sign, power, atom.
struct FormulaParser {
  private static let characterLimit = 1000
  private static let depthLimit = 50

  private let characters: [Character]
  private let known: [String]
  private var position = 0
  private var depth = 0
  /// The variables met so far, each once.
  private(set) var used: [String] = []

  init(_ text: String, known: [String]) throws(FormulaError) {
    characters = Array(text)
    self.known = known
    guard characters.count <= Self.characterLimit else {
      throw .tooLarge(limit: "\(Self.characterLimit) characters")
    }
  }

  mutating func formula() throws(FormulaError) -> Formula.Term {
    let term = try sum()
    guard next == nil else { throw fault("an operator or the end") }
    return term
  }

  private mutating func sum() throws(FormulaError) -> Formula.Term {
    var term = try product()
    while let (symbol, column) = take([.plus, .minus]) {
      term = .operation(symbol, term, try product(), column: column)
    }
    return term
  }

  private mutating func product() throws(FormulaError) -> Formula.Term {
    var term = try sign()
    while let (symbol, column) = take([.times, .over]) {
      term = .operation(symbol, term, try sign(), column: column)
    }
    return term
  }

  private mutating func sign() throws(FormulaError) -> Formula.Term {
    guard let (symbol, _) = take([.plus, .minus]) else { return try power() }
    try deepen()
    defer { depth -= 1 }
    let term = try sign()
    return symbol == .minus ? .negative(term) : term
  }

  private mutating func power() throws(FormulaError) -> Formula.Term {
    let base = try atom()
    guard let (symbol, column) = take([.power]) else { return base }
    try deepen()
    defer { depth -= 1 }
    return .operation(symbol, base, try sign(), column: column)
  }

  private mutating func atom() throws(FormulaError) -> Formula.Term {
    guard let next else { throw fault(Self.anything) }
    if next == "(" {
      position += 1
      let term = try nested { (parser) throws(FormulaError) in try parser.sum() }
      try close()
      return term
    }
    if next.isASCIIDigit || next == "." { return .number(try number()) }
    guard next.isNameStart else { throw fault(Self.anything) }
    let column = position + 1
    let name = run { $0.isNameStart || $0.isASCIIDigit }
    if self.next == "(" { return try call(name, column: column) }
    guard known.contains(name) else {
      if Formula.Function(rawValue: name) != nil { throw fault("( after \(name)") }
      throw .unknownVariable(column: column, name: name, known: known)
    }
    if !used.contains(name) { used.append(name) }
    return .variable(name)
  }

  private static let anything = "a number, a variable, a function, a sign or ("

  private mutating func call(_ name: String, column: Int) throws(FormulaError) -> Formula.Term {
    guard let function = Formula.Function(rawValue: name) else {
      throw .unknownFunction(column: column, name: name)
    }
    position += 1
    let terms = try nested { (parser) throws(FormulaError) in
      var terms = [try parser.sum()]
      while parser.next == "," {
        parser.position += 1
        terms.append(try parser.sum())
      }
      return terms
    }
    try close()
    let takesSeveral = function == .min || function == .max
    guard takesSeveral ? terms.count >= 2 : terms.count == 1 else {
      throw .argumentCount(
        column: column, function: name, found: terms.count,
        expected: takesSeveral ? "2 or more" : "1")
    }
    return .call(function, terms, column: column)
  }

  private mutating func number() throws(FormulaError) -> Double {
    let start = position
    var text = run(\.isASCIIDigit)
    if position < characters.count, characters[position] == "." {
      position += 1
      text += "." + run(\.isASCIIDigit)
    }
    if position < characters.count, "eE".contains(characters[position]) {
      let mark = position
      position += 1
      var exponent = "e"
      if position < characters.count, "+-".contains(characters[position]) {
        exponent.append(characters[position])
        position += 1
      }
      let digits = run(\.isASCIIDigit)
      if digits.isEmpty { position = mark } else { text += exponent + digits }
    }
    guard let value = Double(text), value.isFinite else {
      throw .unexpected(
        column: start + 1, found: "\"\(text)\"", expected: "a number such as 12 or 0.5")
    }
    return value
  }

  private mutating func nested<Value>(
    _ body: (inout FormulaParser) throws(FormulaError) -> Value
  ) throws(FormulaError) -> Value {
    try deepen()
    defer { depth -= 1 }
    return try body(&self)
  }

  private mutating func deepen() throws(FormulaError) {
    depth += 1
    guard depth <= Self.depthLimit else {
      throw .tooLarge(limit: "\(Self.depthLimit) parentheses and signs within one another")
    }
  }

  private mutating func close() throws(FormulaError) {
    guard next == ")" else { throw fault("an operator or )") }
    position += 1
  }

  /// The next character that is no space; the position moves to it.
  private var next: Character? {
    mutating get {
      while position < characters.count, characters[position].isWhitespace { position += 1 }
      return position < characters.count ? characters[position] : nil
    }
  }

  private mutating func take(
    _ symbols: [Formula.Operator]
  ) -> (symbol: Formula.Operator, column: Int)? {
    guard let next, let symbol = symbols.first(where: { $0.rawValue == next }) else { return nil }
    position += 1
    return (symbol, position)
  }

  private mutating func run(_ belongs: (Character) -> Bool) -> String {
    let start = position
    while position < characters.count, belongs(characters[position]) { position += 1 }
    return String(characters[start..<position])
  }

  private mutating func fault(_ expected: String) -> FormulaError {
    let found = next.map { "\"\($0)\"" } ?? "the end"
    return .unexpected(column: position + 1, found: found, expected: expected)
  }
}

extension Character {
  fileprivate var isASCIIDigit: Bool { ("0"..."9").contains(self) }
  fileprivate var isNameStart: Bool {
    ("a"..."z").contains(self) || ("A"..."Z").contains(self) || self == "_"
  }
}
