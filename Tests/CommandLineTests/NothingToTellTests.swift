import Foundation
import Testing

/// Results about nothing: a way without length, a network on which everything is closed.
@Suite("Results about nothing")
struct NothingToTellTests {
  private static let allClosed = ["--close", "mode:road", "--close", "mode:rail"]

  private func line(_ region: SmallRegion, _ words: [String]) throws -> [[Double]] {
    let json = try region.run(words + ["--format", "geojson"]).json()
    let features = try #require(json["features"] as? [[String: Any]])
    let geometry = try #require(features.first?["geometry"] as? [String: Any])
    #expect(geometry["type"] as? String == "LineString")
    return try #require(geometry["coordinates"] as? [[Double]])
  }

  @Test("a way without length is a line of two positions, as GeoJSON asks for")
  func point() throws {
    let region = try SmallRegion()
    #expect(try line(region, ["route", "South Town", "South Town"]) == [[71, 42.4], [71, 42.4]])
    #expect(try line(region, ["route", "west/XB", "west/XA"]) == [[71, 43], [71, 43]])
    try region.copy.write(
      "corridors: [{id: C1, name: Still, mode: road, from: South Town, to: South Town, source: invented}]",
      to: "corridors.yaml")
    #expect(try line(region, ["export", "corridors"]) == [[71, 42.4], [71, 42.4]])
  }

  @Test("the range over theta tells the mass that has no way at any")
  func theta() throws {
    let region = try SmallRegion()
    let words = ["exposure", "--od", "flows.csv", "--model", "psl", "--theta-range", "0.1:1:3"]
    for (closures, disconnected) in [
      ([], 0.0), (["--close", "crossing:west"], 0), (Self.allClosed, 17),
    ] {
      let text = try region.run(words + closures).text
      #expect(text.contains("Mass without a way: 17.00 of 17.00.") == (disconnected > 0), "\(text)")
      let json = try region.run(words + closures + ["--format", "json"]).json()
      #expect(json["disconnected_mass"] as? Double == disconnected)
      #expect(json["connected_mass"] as? Double == 17 - disconnected)
    }
  }

  @Test("thetas that lie close are told apart in the heads of their columns")
  func closeThetas() throws {
    let region = try SmallRegion()
    let text = try region.run(
      "exposure", "--od", "flows.csv", "--model", "psl", "--theta-range", "1:1.02:3"
    ).text
    let head = try #require(text.split(separator: "\n").first).split(separator: " ")
    #expect(head.suffix(4) == ["1", "1.01", "1.02", "limit"], "\(head)")
  }

  @Test("nothing is captured of nothing, and no share of it is told")
  func posts() throws {
    let region = try SmallRegion()
    let text = try region.run(["posts", "--count", "1"] + Self.allClosed).text
    #expect(text.contains("No trip has a way") && !text.contains("proved best"))
    #expect(text.contains(#/best +0 +– +–/#) && !text.contains("0.0 "), "\(text)")
  }

  @Test("a picture of nothing says so")
  func picture() throws {
    let region = try SmallRegion()
    let run = try region.run(
      ["demand", "passages", "--od", "flows.csv", "--picture", "p.svg"] + Self.allClosed)
    #expect(run.status == 0, "\(run)")
    let picture = String(decoding: try region.data("p.svg"), as: UTF8.self)
    #expect(picture.contains("No trip has a way.") && !picture.contains("0 – 0"))
  }

  @Test("a corridor that is cut off is not said to leave its waypoint out")
  func waypoint() throws {
    let region = try SmallRegion()
    #expect(try region.run("simulate", "closure.yaml").text.contains("C1 no longer passes"))
    try region.copy.write("name: shut\nclose: {modes: [road, rail]}\n", to: "all.yaml")
    let cut = try region.run("simulate", "all.yaml").text
    #expect(cut.contains("Cut off: C1") && !cut.contains("no longer passes"))
    let both = try region.run("simulate", "--compare", "all.yaml", "all.yaml").text
    #expect(!both.contains("no longer past"))
  }

  @Test("medians of nothing have no error")
  func medians() throws {
    let region = try SmallRegion()
    let words = ["exposure", "--draws", "20"]
    #expect(try region.run(words).text.contains("The medians are known to within"))
    let none = try region.run(words + Self.allClosed).text.replacing("\n  ", with: " ")
    #expect(none.contains("Probabilities are known to within ±") && !none.contains("medians"))
  }
}
