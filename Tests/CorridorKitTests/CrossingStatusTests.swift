import CorridorKit
import Foundation
import Geography
import Testing
import TransportGraph

@Suite("Border crossings by date")
struct CrossingStatusTests {
  /// A catalogue of one crossing from its properties, further to those that are required.
  static func catalogue(_ properties: String) throws -> CrossingCatalogue {
    try CrossingCatalogue(
      inputFile(
        """
        {"type":"FeatureCollection","features":[
        {"type":"Feature","id":"pass","properties":{"name":"Pass","countries":["KZ","KG"],
        "mode":"road","dwell_h":{"low":0,"mode":1,"high":2,"source":"assumed"},\(properties)},
        "geometry":{"type":"Point","coordinates":[79,42.7]}}]}
        """, named: "crossings.geojson"))
  }

  private static func isOpen(_ properties: String, on day: String?) throws -> Bool? {
    try catalogue(properties)["pass"]?.isOpen(on: day.flatMap { CalendarDate($0) })
  }

  @Test("without a date today's status counts, and every season is open")
  func withoutDate() throws {
    #expect(try Self.isOpen(#""status":"open""#, on: nil) == true)
    #expect(try Self.isOpen(#""status":"bilateral""#, on: nil) == true)
    #expect(try Self.isOpen(#""status":"seasonal","open_months":[7]"#, on: nil) == true)
    #expect(try Self.isOpen(#""status":"closed""#, on: nil) == false)
  }

  @Test(
    "a seasonal crossing is open in its months only",
    arguments: [
      ("2024-04-30", false), ("2024-05-01", true), ("2024-10-31", true),
      ("2024-11-01", false), ("2024-02-29", false),
    ])
  func seasonal(day: String, open: Bool) throws {
    #expect(
      try Self.isOpen(#""status":"seasonal","open_months":[5,6,7,8,9,10]"#, on: day) == open)
  }

  @Test(
    "a period of the history holds from its first day until the day before its end",
    arguments: [
      ("2010-04-06", true), ("2010-04-07", false), ("2010-05-19", false),
      ("2010-05-20", true),
    ])
  func period(day: String, open: Bool) throws {
    let properties =
      #""status":"open","history":[{"from":"2010-04-07","to":"2010-05-20","status":"closed"}]"#
    #expect(try Self.isOpen(properties, on: day) == open)
  }

  @Test("of periods that overlap the one that began last holds, whatever their order in the file")
  func overlapping() throws {
    let properties = #"""
      "status":"closed","history":[
      {"from":"2020-01-01","to":"2020-02-01","status":"open"},{"from":"2010-01-01","status":"closed"}]
      """#
    #expect(try Self.isOpen(properties, on: "2020-01-15") == true)
    #expect(try Self.isOpen(properties, on: "2020-02-01") == false)
    #expect(try Self.isOpen(properties, on: "2009-12-31") == false)
  }

  @Test(
    "Karkyra was closed from April 2010, seasonal from June 2013, closed in the winter of 2020",
    arguments: [
      ("2010-04-06", true), ("2010-04-07", false), ("2013-05-31", false), ("2013-06-01", true),
      ("2014-01-15", false), ("2014-04-30", false), ("2014-05-01", true), ("2016-02-29", false),
      ("2019-10-31", true), ("2019-11-01", false), ("2020-12-15", false), ("2021-02-28", false),
      ("2021-03-01", true), ("2022-01-07", true),
    ])
  func karkyra(day: String, open: Bool) throws {
    let catalogue = try CrossingCatalogue(
      InputFile(path: Shipped.sources(vintage: "2024").crossings))
    let crossing = try #require(try catalogue.resolve("Karkyra").first)
    let date = try #require(CalendarDate(day))
    #expect(crossing.isOpen(on: date) == open)
  }

  @Test("a date closes the links of the crossings that are closed that day, and no others")
  func viewOnADay() throws {
    let area = try Shipped.area2024.get()
    let day = try #require(CalendarDate("2010-04-20"))
    let all = try area.openView(.time)
    let open = area.view(all)
    let then = area.view(all, on: day)
    let changed = area.graph.links.indices.map { LinkID($0) }
      .filter { open.isClosed($0) != then.isClosed($0) }
    #expect(!changed.isEmpty)
    for link in changed {
      let crossing = try #require(
        area.graph.links[link.index].crossingID.flatMap { area.crossings[$0] })
      #expect(then.isClosed(link) == !crossing.isOpen(on: day), "\(crossing.id)")
    }
    // After the events of 7 April 2010 Kazakhstan closed its border with Kyrgyzstan.
    let korday = try #require(
      area.graph.links.firstIndex { $0.crossingID == "korday" }, "no link passes Korday")
    #expect(then.isClosed(LinkID(korday)))
    #expect(!open.isClosed(LinkID(korday)))
  }

  @Test(
    "a crossing is found by id, site, name or alias in any case",
    arguments: [
      ("korday", ["korday"]), ("KORDAY", ["korday"]),
      ("Khorgos", ["khorgos-rail", "khorgos-road"]),
      ("khorgos-rail", ["khorgos-rail"]), ("Karkyra", ["kegen"]), ("Каркыра", ["kegen"]),
      ("Ak-Jol", ["korday"]),
    ])
  func names(name: String, ids: [String]) throws {
    let catalogue = try CrossingCatalogue(
      InputFile(path: Shipped.sources(vintage: "2024").crossings))
    #expect(try catalogue.resolve(name).map(\.id).sorted() == ids)
  }

  @Test("an unknown crossing gives the nearest ids")
  func unknown() throws {
    let catalogue = try CrossingCatalogue(
      InputFile(path: Shipped.sources(vintage: "2024").crossings))
    #expect(
      fault { () throws(CorridorKitError) in _ = try catalogue.resolve("kordaj") }
        == "unknown crossing \"kordaj\"; nearest: korday, khorgos-road, orda")
    #expect(
      fault { () throws(CorridorKitError) in _ = try catalogue.resolve("xyzzyqwertz") }
        == "unknown crossing \"xyzzyqwertz\"")
  }
}
