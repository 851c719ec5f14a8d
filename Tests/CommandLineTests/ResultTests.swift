import Foundation
import Testing

/// Results on the small region, where every number can be checked by hand.
@Suite("Results on the small region")
struct ResultTests {
  /// Lengths in metres by pyproj 3 (`Geod(ellps="WGS84").line_length`) of the lines as GeoJSON means
  /// them, straight in longitude and latitude (RFC 7946, 3.1.1), in pieces of 10 m.
  private enum Length {
    static let southToEastGate = 176_908.68106362436
    static let eastGateToEastburg = 66_659.15047966265
    static let westburgToEastburg = 161_486.15080718193
    static let stationToStation = 161_432.65020657502
  }

  /// Pieces of 1 km, which the program measures in, are shorter than the line by 1e-9 at most here.
  private func isClose(_ a: Any?, _ b: Double) -> Bool {
    guard let a = a as? Double else { return false }
    return abs(a - b) <= 2e-9 * abs(b)
  }

  private func unit(_ id: String, _ rows: Any?) throws -> [String: Any] {
    let rows = try #require(rows as? [[String: Any]])
    return try #require(rows.first { $0["id"] as? String == id })
  }

  @Test("a route has stated lengths, hours by speed, and half the dwell on each side of a border")
  func statedRoute() throws {
    let region = try SmallRegion()
    let json = try region.run("route", "South Town", "Westburg", "--format", "json").json()
    let route = try #require(json["route"] as? [String: Any])
    #expect(isClose(route["length_m"], 140_000))
    #expect(isClose(route["travel_time_s"], 3 * 3600))
    #expect(route["crossings"] as? [String] == ["west"])
    #expect(route["province_order"] as? [String] == ["XB-S", "XA-W"])
    for id in ["XA-W", "XB-S"] {
      let row = try unit(id, route["provinces"])
      #expect(isClose(row["length_m"], 70_000))
      #expect(isClose(row["travel_time_s"], 1.5 * 3600))
    }
    let destination = try #require(route["destination"] as? [String: Any])
    #expect(destination["node"] as? String == "westburg")
  }

  @Test("a link without a stated length is as long as its line")
  func geodesicRoute() throws {
    let region = try SmallRegion()
    let json = try region.run("route", "South Town", "Eastburg", "--format", "json").json()
    let route = try #require(json["route"] as? [String: Any])
    let length = Length.southToEastGate + Length.eastGateToEastburg
    #expect(isClose(route["length_m"], length))
    #expect(isClose(route["travel_time_s"], 3600 * (length / 70_000 + 0.5)))
    #expect(
      isClose(try unit("XB-S", route["provinces"])["length_m"], Length.southToEastGate))
    #expect(
      isClose(try unit("XA-E", route["provinces"])["length_m"], Length.eastGateToEastburg))
  }

  private func route(_ words: String...) throws -> [String: Any] {
    let json = try SmallRegion().run(["route"] + words + ["--format", "json"]).json()
    return try #require(json["route"] as? [String: Any])
  }

  @Test("a link's own speed comes before its class's, and its class's before the default")
  func speeds() throws {
    let byRail = try route("west-station", "east-station", "--mode", "rail")
    #expect(isClose(byRail["length_m"], Length.stationToStation))
    #expect(isClose(byRail["travel_time_s"], Length.stationToStation / 40_000 * 3600))
    let byRoad = try route("Westburg", "Eastburg")
    #expect(isClose(byRoad["length_m"], Length.westburgToEastburg))
    #expect(isClose(byRoad["travel_time_s"], Length.westburgToEastburg / 50_000 * 3600))
  }

  @Test("between road and rail both transfers count, the profile's and the link's own")
  func transfers() throws {
    let route = try route("Westburg", "Eastburg", "--close", "link:r5", "--close", "crossing:west")
    #expect(isClose(route["length_m"], Length.stationToStation))
    #expect(isClose(route["travel_time_s"], (Length.stationToStation / 40_000 + 2 + 1.5) * 3600))
  }

  @Test(
    "every spelling of a place finds it",
    arguments: [
      "Westburg", "westburg", "WESTBURG", "Вестбург", "вестбург", "West Castle", "s2",
      "Westburg, XA", "Westburg, XA-W", "71,43.6", " 71 , 43.6 ",
    ])
  func spellings(name: String) throws {
    let json = try SmallRegion().run("route", "South Town", name, "--format", "json").json()
    let route = try #require(json["route"] as? [String: Any])
    #expect((route["destination"] as? [String: Any])?["node"] as? String == "westburg")
  }

  @Test("exposure adds up to the trips, and abroad is one row a country")
  func exposure() throws {
    let region = try SmallRegion()
    let all = try region.run("exposure", "--format", "json").json()
    let inner = try CorridorProcess(
      ["exposure"] + region.options + ["--format", "json", "--countries", "XA"]
    ).json()
    for json in [all, inner] {
      let rows =
        try #require(json["provinces"] as? [[String: Any]])
        + #require(json["abroad"] as? [[String: Any]])
      let trips = try #require(json["trips"] as? [[String: Any]])
      let total = try #require(json["total"] as? [String: Any])
      for key in ["length_m", "travel_time_s"] {
        let units = try rows.reduce(0) { try $0 + #require($1[key] as? Double) }
        let ways = try trips.reduce(0) { try $0 + #require($1[key] as? Double) }
        #expect(isClose(total[key], units))
        #expect(isClose(total[key], ways))
      }
    }
    #expect(
      isClose(
        try unit("ABROAD:XB", inner["abroad"])["length_m"], 70_000 + Length.southToEastGate))
    #expect(
      try unit("ABROAD:XB", inner["abroad"])["length_m"] as? Double
        == unit("XB-S", all["provinces"])["length_m"] as? Double)
  }

  @Test("flows count by their mass, and a layer on its own")
  func flows() throws {
    let region = try SmallRegion()
    let od = ["exposure", "--od", region.path("flows.csv"), "--format", "json"]
    let all = try region.run(od).json()
    let south = try unit("XB-S", all["provinces"])
    #expect(isClose(south["length_m"], 10 * 70_000 + 5 * Length.southToEastGate))
    #expect(isClose(south["entering_mass"], 15))
    #expect(isClose(south["origin_mass"], 15))
    #expect(isClose((all["total"] as? [String: Any])?["connected_mass"], 17))
    let rest = try region.run(od + ["--layer", "rest"]).json()
    #expect(isClose((rest["total"] as? [String: Any])?["connected_mass"], 2))
  }

  @Test("a closed crossing sends the corridor over the other one")
  func closure() throws {
    let region = try SmallRegion()
    let json = try region.run("simulate", region.path("closure.yaml"), "--format", "json").json()
    #expect(json["closed_crossings"] as? [String] == ["west"])
    let trips = try #require(json["trips"] as? [[String: Any]])
    #expect(isClose(trips[0]["length_before_m"], 140_000))
    let detour =
      Length.southToEastGate + Length.eastGateToEastburg + Length.westburgToEastburg
    #expect(isClose(trips[0]["length_after_m"], detour))
    let flags = try region.run(
      "simulate", "--close", "crossing:west", "--format", "json"
    ).json()
    #expect(flags["total"] as? NSDictionary == json["total"] as? NSDictionary)
    #expect(flags["provinces"] as? NSArray == json["provinces"] as? NSArray)
  }

  @Test("a delay adds its hours to the crossing's")
  func delay() throws {
    let json = try SmallRegion().run(
      "route", "South Town", "Westburg", "--delay", "crossing:west=30min", "--format", "json"
    ).json()
    #expect(isClose((json["route"] as? [String: Any])?["travel_time_s"], 3.5 * 3600))
  }

  @Test("a day decides which crossings are open")
  func day() throws {
    let region = try SmallRegion()
    func crossings(_ day: String) throws -> [String]? {
      let json = try region.run(
        "route", "South Town", "Westburg", "--on", day, "--format", "json"
      ).json()
      return (json["route"] as? [String: Any])?["crossings"] as? [String]
    }
    #expect(try crossings("2020-02-29") == ["west"])
    #expect(try crossings("2020-07-01") == ["east"])
    #expect(try crossings("2021-03-01") == ["west"])
    let winter = try region.run("route", "South Town", "Westburg", "--on", "2021-01-15")
    winter.expectFailure(69, saying: ["no way", "Westburg", "closed"])
  }

  @Test("the same question gives the same bytes, in any number of threads")
  func determinism() throws {
    let region = try SmallRegion()
    let first = try region.run("exposure", "--format", "json")
    #expect(first.status == 0)
    #expect(try region.run("exposure", "--format", "json").output == first.output)
    #expect(try region.run("exposure", "--format", "json", "--threads", "1").output == first.output)
  }
}
