import CorridorKit
import Testing

@Suite("Crossing files")
struct CrossingFileTests {
  private static let dwell = #""dwell_h":{"low":0,"mode":1,"high":2,"source":"assumed"}"#

  @Test(
    "a mistake is refused with feature, field, value and what was expected",
    arguments: [
      (
        #""countries":["KZ","KG"],"mode":"road","status":"open",\#(dwell)"#,
        "name is absent; expected a text that is not empty"
      ),
      (
        #""name":"P","countries":["KZ"],"mode":"road","status":"open",\#(dwell)"#,
        "countries is [KZ]; expected two different ISO 3166-1 alpha-2 codes"
      ),
      (
        #""name":"P","countries":["KZ","KZ"],"mode":"road","status":"open",\#(dwell)"#,
        "countries is [KZ, KZ]; expected two different ISO 3166-1 alpha-2 codes"
      ),
      (
        #""name":"P","countries":["KZ","KG"],"mode":"air","status":"open",\#(dwell)"#,
        "mode is \"air\"; expected one of road, rail, ferry"
      ),
      (
        #""name":"P","countries":["KZ","KG"],"mode":"road","status":"shut",\#(dwell)"#,
        "status is \"shut\"; expected one of open, bilateral, seasonal, closed"
      ),
      (
        #""name":"P","countries":["KZ","KG"],"mode":"road","status":"open""#,
        "dwell_h is absent; expected {low, mode, high, source}"
      ),
      (
        #""name":"P","countries":["KZ","KG"],"mode":"road","status":"open","dwell_h":{"low":2,"mode":1,"high":3,"source":"s"}"#,
        "dwell_h is [2.0, 1.0, 3.0]; expected hours with 0 ≤ low ≤ mode ≤ high ≤ 8784"
      ),
      (
        #""name":"P","countries":["KZ","KG"],"mode":"road","status":"open","dwell_h":{"low":-1,"mode":1,"high":3,"source":"s"}"#,
        "dwell_h is [-1.0, 1.0, 3.0]; expected hours with 0 ≤ low ≤ mode ≤ high ≤ 8784"
      ),
      (
        #""name":"P","countries":["KZ","KG"],"mode":"road","status":"open","dwell_h":{"low":0,"mode":1,"high":8785,"source":"s"}"#,
        "dwell_h is [0.0, 1.0, 8785.0]; expected hours with 0 ≤ low ≤ mode ≤ high ≤ 8784"
      ),
      (
        #""name":"P","countries":["KZ","KG"],"mode":"road","status":"open","dwell_h":{"low":0,"mode":1,"high":3}"#,
        "properties.dwell_h.source is missing; expected a value"
      ),
      (
        #""name":"P","countries":["KZ","KG"],"mode":"road","status":"seasonal","open_months":[0,13],\#(dwell)"#,
        "open_months is 0; expected months from 1 to 12"
      ),
      (
        #""name":"P","countries":["KZ","KG"],"mode":"road","status":"seasonal",\#(dwell)"#,
        "open_months is absent; expected the months of the seasonal crossing, 1 to 12"
      ),
      (
        #""name":"P","countries":["KZ","KG"],"mode":"road","status":"open","open_months":[],"history":[{"from":"2020-01-01","status":"seasonal"}],\#(dwell)"#,
        "open_months is absent; expected the months of the seasonal crossing, 1 to 12"
      ),
      (
        #""name":"P","countries":["KZ","KG"],"mode":"road","status":"open","history":[{"from":"2020-01-01","to":"2020-03-01","status":"closed"},{"from":"2020-02-29","status":"open"}],\#(dwell)"#,
        "history.from is 2020-02-29; expected a day not before the end of the period from "
          + "2020-01-01 (2020-03-01)"
      ),
      (
        #""name":"P","countries":["KZ","KG"],"mode":"road","status":"open","history":[{"from":"2020-02-29","status":"open"},{"from":"2020-01-01","status":"closed"}],\#(dwell)"#,
        "history.from is 2020-02-29; expected a day not before the end of the period from "
          + "2020-01-01, which has none"
      ),
      (
        #""name":"P","countries":["KZ","KG"],"mode":"road","status":"open","dwell_h":{"low":0,"mode":1,"high":3,"source":""}"#,
        "dwell_h.source is \"\"; expected a text that is not empty"
      ),
      (
        #""name":"P","countries":["KZ","KG"],"mode":"road","status":"open","history":[{"status":"closed"}],\#(dwell)"#,
        "history.from is absent; expected a date such as 2024-06-08"
      ),
      (
        #""name":"P","countries":["KZ","KG"],"mode":"road","status":"open","history":[{"from":"2023-02-29","status":"closed"}],\#(dwell)"#,
        "history.from is \"2023-02-29\"; expected a date such as 2024-06-08"
      ),
      (
        #""name":"P","countries":["KZ","KG"],"mode":"road","status":"open","history":[{"from":"2023-02-28","to":"2023-02-28","status":"closed"}],\#(dwell)"#,
        "history.to is 2023-02-28; expected a date after 2023-02-28"
      ),
      (
        #""name":"P","countries":["KZ","KG"],"mode":"road","status":"open","history":[{"from":"2023-02-28","status":"gone"}],\#(dwell)"#,
        "history.status is \"gone\"; expected one of open, bilateral, seasonal, closed"
      ),
    ])
  func mistakes(properties: String, rest: String) throws {
    let file = try inputFile(
      NetworkText.collection([NetworkText.node("pass", properties, "[74.1,43.0]")]),
      named: "crossings.geojson")
    #expect(
      fault { () throws(CorridorKitError) in _ = try CrossingCatalogue(file) }
        == "crossings.geojson: feature 0 (id \"pass\"): \(rest)")
  }

  @Test("a crossing is a point")
  func point() throws {
    let file = try inputFile(
      NetworkText.collection([
        NetworkText.link(
          "pass",
          #""name":"P","countries":["KZ","KG"],"mode":"road","status":"open",\#(Self.dwell)"#,
          "[[74.0,43.0],[74.1,43.0]]")
      ]), named: "crossings.geojson")
    #expect(
      fault { () throws(CorridorKitError) in _ = try CrossingCatalogue(file) }
        == "crossings.geojson: feature 0 (id \"pass\"): geometry is LineString; expected a Point")
  }

  @Test("of several crossings that a name fits, the choices are told")
  func ambiguous() throws {
    let properties =
      #""name":"Gate","countries":["KZ","KG"],"mode":"road","status":"open",\#(Self.dwell)"#
    let catalogue = try CrossingCatalogue(
      inputFile(
        NetworkText.collection([
          NetworkText.node("east", properties, "[75,43]"),
          NetworkText.node("west", properties, "[74,43]"),
        ]), named: "crossings.geojson"))
    #expect(
      fault { () throws(CorridorKitError) in _ = try catalogue.resolve("gate") }
        == "crossing \"gate\" is ambiguous: east (Gate, KZ–KG); or west (Gate, KZ–KG)")
  }
}
