import Foundation
import Testing

@testable import RiskIndex

@Suite("Index frameworks")
struct IndexFrameworkTests {
  @Test("GSI-2013 has 33 indicators, 7 + 7 + 9 + 7 + 3, of which 5 are published for provinces")
  func gsi() throws {
    let framework = try IndexFramework(contentsOf: Samples.shipped("gsi-2013.json"))
    #expect(framework.edition == "2013")
    #expect(framework.indicators.count == 33)
    let counts = framework.dimensions.map { dimension in
      framework.indicators.count { $0.dimension == dimension.id }
    }
    #expect(
      framework.dimensions.map(\.name) == [
        "Slavery policy", "Human rights", "Development", "State stability",
        "Women's rights and discrimination",
      ])
    #expect(counts == [7, 7, 9, 7, 3])
    let available = framework.dimensions.map { dimension in
      framework.indicators.count {
        $0.dimension == dimension.id && $0.availability == .available
      }
    }
    #expect(available == [0, 0, 3, 1, 1])
  }

  @Test("a higher value means a higher risk for seven indicators of GSI-2013 and the seizures")
  func directions() throws {
    let framework = try IndexFramework(contentsOf: Samples.shipped("gsi-2013.json"))
    #expect(
      Set(framework.indicators.filter { $0.direction == .increasing }.map(\.id)) == [
        "parallel_legal_system", "international_debt", "peace_index", "weapons_access",
        "political_instability", "homicide", "gini",
      ])
    let seizures = try #require(framework.supplements.first { $0.id == "drug_seizures" })
    #expect(seizures.direction == .increasing)
    #expect(seizures.overlapsExposure == true)
  }

  @Test("nothing in the framework speaks of ethnicity or clan")
  func guardrail() throws {
    let text = try String(contentsOfFile: Samples.shipped("gsi-2013.json"), encoding: .utf8)
    for word in ["ethnic", "zhuz", "clan", "nationality"] {
      #expect(!text.lowercased().contains(word))
    }
  }

  private static let valid = """
    {"edition": "1", "name": "n", "source": "s",
     "dimensions": [{"id": "d", "name": "D"}],
     "indicators": [{"id": "i", "name": "I", "dimension": "d", "direction": "+"},
                    {"id": "j", "name": "J", "dimension": "d", "direction": "-"}]}
    """

  /// The framework above with one text put for another, and the fault that must be named.
  struct Fault: Sendable, CustomTestStringConvertible {
    var text: String
    var replacement: String
    var indicator: String?
    var field: String
    var value: String
    var testDescription: String { "\(field) \(value)" }
  }

  @Test(
    "a faulty framework is refused with indicator, field and value",
    arguments: [
      Fault(
        text: "\"dimension\": \"d\", \"direction\": \"-\"", replacement: "\"dimension\": \"d\"",
        indicator: "j", field: "indicators[1].direction", value: "absent"),
      Fault(
        text: "\"-\"", replacement: "\"down\"", indicator: "j", field: "indicators[1].direction",
        value: "down"),
      Fault(
        text: "\"-\"", replacement: "7", indicator: "j", field: "indicators[1].direction",
        value: "7"),
      Fault(
        text: "\"dimension\": \"d\", \"direction\": \"-\"",
        replacement: "\"dimension\": \"e\", \"direction\": \"-\"",
        indicator: "j", field: "dimension", value: "e"),
      Fault(
        text: "\"id\": \"j\"", replacement: "\"id\": \"i\"", indicator: "i", field: "id", value: "i"
      ),
      Fault(
        text: "\"-\"", replacement: "\"-\", \"weight\": 0.5", indicator: "i",
        field: "weight in d", value: "1 of 2 stated"),
      Fault(
        text: "\"-\"", replacement: "\"-\", \"weight\": \"much\"", indicator: "j",
        field: "indicators[1].weight", value: "much"),
      Fault(
        text: "\"-\"",
        replacement: "\"-\", \"goalposts\": {\"low\": 2, \"high\": 1, \"source\": \"s\"}",
        indicator: "j", field: "goalposts", value: "2.0, 1.0"),
      Fault(
        text: "\"-\"", replacement: "\"-\", \"goalposts\": {\"low\": 2, \"high\": 3}",
        indicator: "j", field: "indicators[1].goalposts.source", value: "absent"),
      Fault(
        text: "\"D\"", replacement: "\"D\", \"weight\": 0.9", indicator: nil,
        field: "dimensions' weight", value: "sum 0.9"),
      Fault(
        text: "{\"id\": \"d\", \"name\": \"D\"}",
        replacement: "{\"id\": \"d\", \"name\": \"D\"}, {\"id\": \"e\", \"name\": \"E\"}",
        indicator: nil, field: "dimension", value: "e"),
      Fault(
        text: "\"edition\": \"1\"", replacement: "\"edition\": 1", indicator: nil,
        field: "edition", value: "1"),
      Fault(
        text: "{\"edition\"", replacement: "{edition", indicator: nil, field: "line 1, column 2",
        value: "not JSON (Invalid value)"),
      Fault(
        text: "\"name\": \"D\"", replacement: "\n \"name\": \"Округ\" \"D\"", indicator: nil,
        field: "line 3, column 18", value: "not JSON (Invalid value)"),
      Fault(
        text: "\"-\"}", replacement: "\"-\", \"kind\": ", indicator: nil,
        field: "line 4, column 86",
        value: "not JSON (Invalid value)"),
      Fault(
        text: "{\"id\": \"d\", \"name\": \"D\"}", replacement: "7", indicator: nil,
        field: "dimensions[0]", value: "7"),
    ])
  func faults(fault: Fault) throws {
    #expect(try IndexFramework(json: Data(Self.valid.utf8), file: "f").indicators.count == 2)
    let json = Self.valid.replacingOccurrences(of: fault.text, with: fault.replacement)
    #expect(json != Self.valid)
    #expect {
      try IndexFramework(json: Data(json.utf8), file: "f.json")
    } throws: { error in
      guard
        case RiskIndexError.invalidFramework(let file, let indicator, let field, let value, _) =
          error
      else { return false }
      #expect(file == "f.json")
      #expect(indicator == fault.indicator)
      #expect(field == fault.field)
      #expect(value == fault.value)
      return true
    }
  }

  @Test("an empty file, a file that is not UTF-8 and an absent one are refused")
  func unreadable() {
    for (bytes, says) in [
      ([], "file is 'not JSON (Unexpected end of file during JSON parse)'"),
      (
        Array("{\"name\": \"n\"".utf8),
        "file is 'not JSON (Unexpected end of file during JSON parse)'"
      ),
      (Array("[1]".utf8), "file is 'another JSON value'"),
      ([0x7B, 0x0A, 0xFF, 0x7D], "line 2, column 1 is 'not JSON (Invalid value)'"),
    ] as [([UInt8], String)] {
      #expect {
        try IndexFramework(json: Data(bytes), file: "f.json")
      } throws: { error in
        "\(error)" == "f.json: \(says); expected a JSON object in UTF-8"
      }
    }
    #expect(throws: RiskIndexError.self) { try IndexFramework(contentsOf: "/nowhere.json") }
  }

  @Test("a framework survives being written and read")
  func roundTrip() throws {
    let framework = try IndexFramework(contentsOf: Samples.shipped("gsi-2013.json"))
    let json = try JSONEncoder().encode(framework)
    #expect(try IndexFramework(json: json, file: "f") == framework)
  }
}
