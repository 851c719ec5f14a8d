import CorridorKit
import Foundation
import Testing

/// What holds of every YAML file, by way of scenarios.
@Suite("YAML files")
struct YAMLFileTests {
  private func message(_ text: String) throws -> String? {
    let file = try inputFile(text, named: "closure.yaml")
    return fault { () throws(CorridorKitError) in _ = try Scenario(file) }
  }

  @Test(
    "a key that is given twice is told with both lines, wherever it stands",
    arguments: [
      ("name: x\nclose: {modes: [rail]}\nname: y\n", "line 3", "\"name\" again, after line 1"),
      (
        "name: x\r\nclose:\r\n  links: [a]\r\n  links: [b]\r\n", "line 4",
        "\"links\" again, after line 3"
      ),
      // Among namesakes that are no keys of the same mapping, quoted, in brackets.
      (
        "# name\nname: name\ndelay:\n  - {links: [name],\n    \"factor\": 2,\n\n    factor: 3}\n",
        "line 7", "\"factor\" again, after line 5"
      ),
      // Three times, and another one besides.
      (
        "season: a\nname: x\nseason: b\nname: y\nname: z\n", "line 4",
        "\"name\" again, after line 2"
      ),
      ("{b: 1, a: 2, b: 3,\n a: 4}\n", "line 2", "\"a\" again, after line 1"),
      ("ім’я: 1\nназва: 2\nім’я: 3\n", "line 3", "\"ім’я\" again, after line 1"),
      // The second cannot be told where the file has another fault behind it.
      ("name: x\nclose: {links: [a], links: [b]}\n]", "line 2", "\"links\", which is given again"),
      ("name: x\n\"n\\u0061me\": y\n", "line 2", "\"name\" again, after line 1"),
      ("\"n\\u0061me\": x\nname: y\n", "line 2", "\"name\" again, after line 1"),
      // Quotation marks and colons in keys and values, blanks before a colon, and none behind it.
      (
        "'it''s': \"a \\\": b\"\nurl: 'http://x: '' : y'\n\"a\\\"\": 1 # a: b\n'it''s' : z\n",
        "line 4", "\"it's\" again, after line 1"
      ),
      ("{\"a\":1,\n\"b\":{a: 2},\n\"a\":3}\n", "line 3", "\"a\" again, after line 1"),
      ("name  : |\n  name: x\n  name: y\nname  : z\n", "line 4", "\"name\" again, after line 1"),
      // Hundreds of them, in mappings of mappings.
      (
        (0..<2).map { _ in (0..<300).map { "k\($0): {a: 1}\n" }.joined() }.joined(), "line 301",
        "\"k0\" again, after line 1"
      ),
      (
        (0..<300).map { "k\($0):\n- {a: 1,\n   a: 1}\n" }.joined(), "line 3",
        "\"a\" again, after line 2"
      ),
    ])
  func keyGivenTwice(text: String, line: String, says: String) throws {
    #expect(
      try message(text)
        == "closure.yaml: \(line) is the key \(says); expected each key once in a mapping")
  }

  /// Lists of nine aliases of lists of nine aliases, and so on.
  private static func nested(_ levels: Int, names: [String]) -> String {
    (1..<levels).reduce("&\(names[0]) [x]") { text, level in
      let aliases = Array(repeating: "*\(names[(level - 1) % names.count])", count: 9)
      return "&\(names[level % names.count]) [\(text), \(aliases.joined(separator: ", "))]"
    }
  }

  @Test(
    "aliases that stand for more than any memory holds are refused before anything walks through them",
    arguments: [
      // As a key, beside a key given twice, as a value, and all under one name.
      "a: \(nested(12, names: ["a", "b", "c"]))\n{*a : x}: y\n",
      "a: \(nested(12, names: ["a", "b"]))\nz: {k: 1, k: 2}\n",
      "name: \(nested(12, names: ["long-name_1", "b"]))\n",
      "? \(nested(12, names: ["a"]))\n: x\n",
      "a: &a\n- x\n"
        + (0..<12).map { "b\($0): &a\n" + String(repeating: "- *a\n", count: 9) }.joined(),
      "a: &a !!seq [x]\n"
        + (0..<12).map { "b\($0): &a !t [*a,*a,*a,*a,*a]\n" }.joined() + "name: x\nname: y\n",
    ])
  func aliasesOfAliases(text: String) throws {
    let message = try #require(try message(text))
    #expect(message.hasPrefix("closure.yaml: line "))
    #expect(
      message.hasSuffix("; expected aliases that stand for at most 10000 lists and mappings in all")
    )
  }

  @Test("aliases that stand for little are as good as what they stand for, however many")
  func aliases() throws {
    let links = (0..<3000).map { "l\($0)" }
    let delays = (0..<4000).map { "- {roads: [r\($0), *name, *road], added_h: *hours}" }
    let text = """
      name: &name Named
      description: *name
      close:
        links: &links [\(links.joined(separator: ", "))]
        roads: &roads
        - &road A 3 & more
        - *road
      delay:
      - {links: *links, added_h: &hours {low: 1, mode: 2, high: 3}}
      \(delays.joined(separator: "\n"))
      """
    let scenario = try Scenario(try inputFile(text, named: "closure.yaml"))
    #expect(scenario.delays.count == 4001)
    #expect(scenario.delays[0].links == links)
    #expect(scenario.delays[4000].roads == ["r3999", "Named", "A 3 & more"])
    #expect(scenario.delays[4000].added == scenario.delays[0].added)
    #expect(scenario.description == "Named")
  }

  @Test("text that is not UTF-8 is refused")
  func encoding() throws {
    let file = try inputFile(Data([0x6E, 0xFF, 0x3A]), named: "closure.yaml")
    #expect(
      fault { () throws(CorridorKitError) in _ = try Scenario(file) }
        == "closure.yaml: the content is not UTF-8; expected UTF-8 text")
  }
}
