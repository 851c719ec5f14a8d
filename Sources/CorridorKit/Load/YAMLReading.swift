import Foundation
internal import Yams

/// One value of a YAML file while it is turned into a value of the domain: it knows its file and line.
struct YAMLReading {
  let file: String
  /// The keys that lead here, for example `close.crossings[1]`.
  let path: String
  private let node: Yams.Node

  /// Parses a file that holds one document.
  init(_ input: InputFile) throws(CorridorKitError) {
    let text = try input.text()
    if let alias = YAMLAliases(text).excess {
      throw .invalidValue(
        file: input.path, location: "line \(alias.line)", value: "the alias \"*\(alias.name)\"",
        expected: "aliases that stand for at most \(YAMLAliases.limit) lists and mappings in all")
    }
    let root: Yams.Node?
    do {
      root = try Yams.compose(yaml: text)
    } catch {
      if let key = DuplicateKey(error, in: text) { throw key.fault(in: input.path) }
      throw Self.fault(of: error, in: input.path)
    }
    guard let root else {
      throw .invalidValue(
        file: input.path, location: "the content", value: "empty", expected: "one YAML document")
    }
    self.init(file: input.path, path: "", node: root)
  }

  private init(file: String, path: String, node: Yams.Node) {
    self.file = file
    self.path = path
    self.node = node
  }

  /// What the parser found, at the line where it found it.
  private static func fault(of error: any Error, in file: String) -> CorridorKitError {
    let (location, reason): (String, String)
    switch error as? YamlError {
    case .scanner(let context, let problem, let mark, let text),
      .parser(let context, let problem, let mark, let text),
      .composer(let context, let problem, let mark, let text):
      // What is missing at the end is missed on a line after the last.
      let lineCount = text.count(where: \.isNewline) + (text.last?.isNewline == true ? 0 : 1)
      location =
        mark.line > lineCount
        ? "line \(lineCount), at its end," : "line \(mark.line), column \(mark.column),"
      reason = [context?.text, problem].compactMap { $0 }.joined(separator: ", ")
    case .reader(let problem, let offset?, _, let text):
      location = "line \(text.prefix(offset).count(where: \.isNewline) + 1)"
      reason = problem
    default:
      location = "the content"
      reason = String("\(error)".split(separator: "\n").first ?? "")
    }
    return .invalidValue(
      file: file, location: location, value: "not YAML (\(reason))",
      expected: "one YAML document")
  }

  func fault(_ value: String? = nil, expected: String) -> CorridorKitError {
    let line = node.mark.map { "line \($0.line)" } ?? "the content"
    return .invalidValue(
      file: file, location: path.isEmpty ? line : "\(line), \(path),",
      value: value ?? shown, expected: expected)
  }

  /// The value as an error message shows it.
  private var shown: String {
    switch node {
    case .scalar(let scalar): "\"\(scalar.string)\""
    case .mapping: "a mapping"
    case .sequence: "a list"
    case .alias: "an alias"
    }
  }

  /// The value of a key, or nil where the key is absent.
  subscript(key: String) -> YAMLReading? {
    node.mapping?[Yams.Node(key)].map {
      YAMLReading(file: file, path: path.isEmpty ? key : "\(path).\(key)", node: $0)
    }
  }

  /// Whether the value is made of keys with values.
  var isMapping: Bool { node.mapping != nil }

  /// Requires a mapping that has no other keys than these.
  func requireKeys(_ allowed: [String]) throws(CorridorKitError) {
    guard let mapping = node.mapping else {
      throw fault(expected: "a mapping with \(allowed.joined(separator: ", "))")
    }
    for (key, value) in mapping {
      let name = key.string ?? "?"
      guard allowed.contains(name) else {
        let near = nearestNames(to: name, among: allowed.map { (name: $0, answer: $0) }, count: 1)
        throw YAMLReading(file: file, path: path, node: key.mark == nil ? value : key).fault(
          "an unknown key \"\(name)\"",
          expected: near.first.map { "\($0)?" } ?? allowed.joined(separator: ", "))
      }
    }
  }

  func required(_ key: String) throws(CorridorKitError) -> YAMLReading {
    guard let value = self[key] else {
      throw fault("without \"\(key)\"", expected: "a value for it")
    }
    return value
  }

  func string() throws(CorridorKitError) -> String {
    // A plain `~` or `null` stands for nothing; in quotation marks it is a text like any other.
    guard let text = node.scalar?.string, !text.isEmpty, node.null == nil else {
      throw fault(expected: "a text")
    }
    return text
  }

  func number(in range: ClosedRange<Double>, unit: String) throws(CorridorKitError) -> Double {
    // `Double` would also take hexadecimal.
    guard let text = node.scalar?.string,
      text.utf8.allSatisfy({ "0123456789+-.eE".utf8.contains($0) }), let number = Double(text),
      range.contains(number)
    else {
      let bounds =
        range.upperBound == .greatestFiniteMagnitude
        ? "≥ \(Self.shown(range.lowerBound))"
        : "from \(Self.shown(range.lowerBound)) to \(Self.shown(range.upperBound))"
      throw fault(expected: "\(unit) \(bounds)")
    }
    return number
  }

  /// A bound as people write it: whole numbers without a point, huge ones by their power.
  private static func shown(_ bound: Double) -> String { String(format: "%.7g", bound) }

  func date() throws(CorridorKitError) -> CalendarDate {
    guard let text = node.scalar?.string, let date = CalendarDate(text) else {
      throw fault(expected: "a date such as 2024-06-08")
    }
    return date
  }

  func choice<Choice: RawRepresentable & CaseIterable>(_ type: Choice.Type = Choice.self)
    throws(CorridorKitError) -> Choice where Choice.RawValue == String
  {
    guard let text = node.scalar?.string, let choice = Choice(rawValue: text) else {
      throw fault(expected: "one of \(Choice.allCases.map(\.rawValue).joined(separator: ", "))")
    }
    return choice
  }

  /// The elements of a list; a single value counts as a list of one.
  func list() throws(CorridorKitError) -> [YAMLReading] {
    switch node {
    case .sequence(let sequence):
      return sequence.enumerated().map {
        YAMLReading(file: file, path: "\(path)[\($0.offset)]", node: $0.element)
      }
    case .scalar(let scalar) where !scalar.string.isEmpty: return [self]
    default: throw fault(expected: "a list")
    }
  }

  /// The elements of a list; anything else counts as a list of one.
  func listOfAny() throws(CorridorKitError) -> [YAMLReading] { isMapping ? [self] : try list() }

  func strings() throws(CorridorKitError) -> [String] {
    var strings: [String] = []
    for item in try list() { strings.append(try item.string()) }
    return strings
  }

  /// The pairs of a mapping in the order of the file.
  func pairs() throws(CorridorKitError) -> [(key: String, value: YAMLReading)] {
    guard let mapping = node.mapping else { throw fault(expected: "a mapping") }
    return mapping.map { key, value in
      let name = key.string ?? "?"
      return (
        name, YAMLReading(file: file, path: path.isEmpty ? name : "\(path).\(name)", node: value)
      )
    }
  }
}
