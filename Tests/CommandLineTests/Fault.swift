import Foundation
import Testing

/// A fault in one of the small region's files: a text replaced by another.
struct Fault: CustomTestStringConvertible, Sendable {
  let file: String
  let old: String
  let new: String
  let status: Int32
  let says: [String]

  init(_ file: String, _ old: String, _ new: String, status: Int32 = 65, says: [String]) {
    self.file = file
    self.old = old
    self.new = new
    self.status = status
    self.says = says
  }

  var testDescription: String { "\(file): \(old.prefix(40)) → \(new.prefix(40))" }

  private static let r1 = "\"mode\":\"road\",\"length_m\":70000}"
  private static let r1Start = "\"from\":\"south\",\"to\":\"west/XB\","

  private static func link(_ old: String, _ new: String, _ says: String...) -> Fault {
    Fault("network.geojson", old, new, says: ["network.geojson: feature 3 (id \"r1\")"] + says)
  }

  private static func length(_ value: String, _ says: String...) -> Fault {
    Fault(
      "network.geojson", r1Start + r1, r1Start + "\"mode\":\"road\",\"length_m\":\(value)}",
      says: ["network.geojson: ", "length_m"] + says)
  }

  private static func member(_ member: String, _ says: String...) -> Fault {
    Fault(
      "network.geojson", r1Start, r1Start + member + ",",
      says: ["network.geojson: feature 3 (id \"r1\")"] + says)
  }

  static let network = [
    link(r1Start, "\"to\":\"west/XB\",", "from is absent"),
    link(r1Start, "\"from\":7,\"to\":\"west/XB\",", "from is 7", "a string"),
    link(r1Start, "\"from\":\"\",\"to\":\"west/XB\",", "from is \"\""),
    link(r1Start, "\"from\":\"south\",\"to\":\"south\",", "to is \"south\""),
    link(
      r1Start, "\"from\":\"eastburg\",\"to\":\"west/XB\",", "\"eastburg\" at 71", "73", "1 m"),
    link(r1Start + "\"mode\":\"road\"", r1Start + "\"mode\":\"air\"", "mode", "air", "rail"),
    length("-5", "-5", "> 0"),
    length("0", "> 0"),
    length("60000", "60000", "66652.1"),
    length("1e300", "at most"),
    length("\"70000\"", "\"70000\"", "a number"),
    length("true", "a number"),
    Fault(
      "network.geojson", r1Start + r1, r1Start + "\"mode\":\"road\",\"length_m\":NaN}",
      says: ["network.geojson: is not valid JSON"]),
    Fault(
      "network.geojson", r1Start + r1, r1Start + "\"mode\":\"road\",\"length_m\":-Infinity}",
      says: ["network.geojson: is not valid JSON"]),
    Fault(
      "network.geojson", r1Start + r1, r1Start + "\"mode\":\"road\",\"length_m\":1e999}",
      says: ["network.geojson: "]),
    member("\"speed_kmh\":-60", "speed_kmh is -60", "1.0 to 400.0"),
    member("\"speed_kmh\":0", "speed_kmh is 0"),
    member("\"speed_kmh\":1e6", "speed_kmh is 1000000"),
    member("\"speed_kmh\":null,\"oneway\":\"yes\"", "oneway is \"yes\"", "true or false"),
    member("\"kind\":\"tunnel\"", "kind is \"tunnel\"", "way"),
    member("\"kind\":\"crossing\"", "crossing is absent"),
    member("\"kind\":\"crossing\",\"crossing\":\"wset\"", "crossing is \"wset\"", "west"),
    member("\"crossing\":\"west\"", "crossing is \"west\""),
    member("\"fixed_h\":2", "fixed_h is 2"),
    Fault(
      "network.geojson", "\"id\":\"r2\"", "\"id\":\"r1\"",
      says: ["network.geojson: feature 5 (id \"r1\"): id is \"r1\"", "feature 3"]),
    Fault("network.geojson", "\"id\":\"r2\",", "", says: ["feature 5", "id is missing"]),
    Fault("network.geojson", "\"id\":\"r2\"", "\"id\":[2]", says: ["feature 5", "id is [2]"]),
    Fault(
      "network.geojson", "[[70.2,43.9],[70.5,43.9]]", "[[70.2,43.9]]",
      says: ["feature 13 (id \"i1\")", "geometry.coordinates", "2 positions"]),
    Fault(
      "network.geojson", "[[70.2,43.9],[70.5,43.9]]", "[[43.9,170.2],[43.9,170.5]]",
      says: ["feature 13 (id \"i1\")", "geometry.coordinates[0]", "170.2", "swapped"]),
    Fault(
      "network.geojson", "[[70.2,43.9],[70.5,43.9]]", "[[70.2,\"43.9\"],[70.5,43.9]]",
      says: ["feature 13 (id \"i1\")", "coordinates[0]", "a number"]),
    Fault(
      "network.geojson", "[[70.2,43.9],[70.5,43.9]]", "[[70.2],[70.5,43.9]]",
      says: ["feature 13 (id \"i1\")", "coordinates[0]"]),
    Fault(
      "network.geojson", "[[70.2,43.9],[70.5,43.9]]", "[[1e308,43.9],[70.5,43.9]]",
      says: ["feature 13 (id \"i1\")", "coordinates[0]", "±180"]),
    Fault(
      "network.geojson", "{\"type\":\"FeatureCollection\"", "{\"type\":\"Topology\"",
      says: ["network.geojson: type is \"Topology\"", "FeatureCollection"]),
    Fault(
      "network.geojson", "{\"type\":\"FeatureCollection\"",
      "{\"metric\":{\"type\":\"planar\",\"meters_per_unit\":1000},\"type\":\"FeatureCollection\"",
      says: ["network.geojson", "metric", "crossings"]),
    Fault(
      "network.geojson", "{\"kind\":\"node\",\"name\":\"South Town\"}", "{\"name\":\"South Town\"}",
      says: ["feature 0 (id \"south\")", "kind is absent", "node"]),
    Fault(
      "network.geojson",
      "{\"type\":\"LineString\",\"coordinates\":[[70.2,43.9],[70.5,43.9]]}", "null",
      says: ["feature 13 (id \"i1\")", "geometry is null", "LineString"]),
    Fault(
      "network.geojson", "\"kind\":\"crossing\",\"crossing\":\"west\"",
      "\"kind\":\"crossing\",\"crossing\":\"nowhere\"",
      says: ["feature 4 (id \"x:west\")", "crossing is \"nowhere\"", "crossings file"]),
  ]

  static let provinces = [
    Fault(
      "provinces.geojson", "[70,44],[70,43]]]", "[70,44],[70,43.5]]]",
      says: ["feature 0 (id \"XA-W\")", "coordinates[0]", "closed ring"]),
    Fault(
      "provinces.geojson", "[[[70,43],[71,43],[72,43],[72,44],[70,44],[70,43]]]",
      "[[[70,43],[72,44],[72,43],[70,44],[70,43]]]",
      says: ["feature 0 (id \"XA-W\")", "coordinates", "ntersect", "71"]),
    Fault(
      "provinces.geojson", "[[[70,43],[71,43],[72,43],[72,44],[70,44],[70,43]]]",
      "[[[70,43],[71,43],[70,43]]]",
      says: ["feature 0 (id \"XA-W\")", "3 positions", "at least 4"]),
    Fault(
      "provinces.geojson", "[[[70,43],[71,43],[72,43],[72,44],[70,44],[70,43]]]", "[]",
      says: ["feature 0 (id \"XA-W\")"]),
    Fault(
      "provinces.geojson", "\"id\":\"XA-E\"", "\"id\":\"XA-W\"",
      says: ["feature 1 (id \"XA-W\")", "feature 0"]),
    Fault(
      "provinces.geojson", "\"name\":\"Western Province\",\"country\":\"XA\"",
      "\"name\":\"Western Province\"", says: ["feature 0 (id \"XA-W\")", "country is absent"]),
    Fault(
      "provinces.geojson", "\"name\":\"Western Province\",\"country\":\"XA\"",
      "\"name\":\"Western Province\",\"country\":\"Xanadu\"",
      says: ["feature 0 (id \"XA-W\")", "country is \"Xanadu\"", "3166"]),
    Fault(
      "provinces.geojson", "\"name\":\"Western Province\",\"country\":\"XA\"",
      "\"name\":\"Western Province\",\"country\":\"XA\",\"level\":2",
      says: ["feature 0 (id \"XA-W\")", "level is 2"]),
    Fault(
      "provinces.geojson", "\"name\":\"Western Province\",\"country\":\"XA\"",
      "\"name\":\"Western Province\",\"country\":\"XA\",\"valid_from\":\"2018-06-31\"",
      says: ["feature 0 (id \"XA-W\")", "valid_from is \"2018-06-31\"", "a date"]),
    Fault(
      "provinces.geojson", "\"name\":\"Western Province\",\"country\":\"XA\"",
      "\"name\":\"Western Province\",\"country\":\"XA\",\"valid_from\":\"2018-06-19\","
        + "\"valid_to\":\"2013-01-01\"",
      says: ["feature 0 (id \"XA-W\")", "valid_to is 2013-01-01", "after 2018-06-19"]),
  ]

  static let crossings = [
    Fault(
      "crossings.geojson", "\"low\":0.5,\"mode\":1,\"high\":3", "\"low\":2,\"mode\":1,\"high\":3",
      says: ["feature 0 (id \"west\")", "dwell_h", "low ≤ mode ≤ high"]),
    Fault(
      "crossings.geojson", "\"low\":0.5,\"mode\":1,\"high\":3", "\"low\":-1,\"mode\":1,\"high\":3",
      says: ["feature 0 (id \"west\")", "dwell_h", "-1"]),
    Fault(
      "crossings.geojson", "\"low\":0.5,\"mode\":1,\"high\":3",
      "\"low\":0.5,\"mode\":1,\"high\":1e300", says: ["west", "1e+300"]),
    Fault(
      "crossings.geojson", "\"status\":\"seasonal\",\"open_months\":[5,6,7,8,9]",
      "\"status\":\"seasonal\",\"open_months\":[5,13]",
      says: ["feature 1 (id \"east\")", "open_months is 13"]),
    Fault(
      "crossings.geojson", "\"status\":\"seasonal\"", "\"status\":\"ajar\"",
      says: ["feature 1 (id \"east\")", "status is \"ajar\"", "bilateral"]),
    Fault(
      "crossings.geojson", "\"to\":\"2021-03-01\"", "\"to\":\"2019-03-01\"",
      says: ["feature 0 (id \"west\")", "history.to is 2019-03-01", "after 2020-03-01"]),
    Fault(
      "crossings.geojson", "\"id\":\"east\"", "\"id\":\"west\"",
      says: ["feature 1 (id \"west\")", "feature 0"]),
    Fault(
      "crossings.geojson", "[71,43]", "[71,143]",
      says: ["feature 0 (id \"west\")", "143", "swapped"]),
    Fault(
      "crossings.geojson", "\"name\":\"East Gate\",\"countries\":[\"XA\",\"XB\"]",
      "\"name\":\"East Gate\",\"countries\":[\"XA\",\"XA\"]",
      says: ["feature 1 (id \"east\")", "countries", "two different"]),
    Fault(
      "crossings.geojson", "\"id\":\"east\"", "\"id\":\"esat\"",
      says: ["network.geojson: feature 7 (id \"x:east\")", "crossing is \"east\"", "esat"]),
  ]

  static let others = [
    Fault(
      "settlements.geojson", "\"population\":200000", "\"population\":-1",
      says: ["settlements.geojson: feature 0 (id \"s1\")", "population is -1"]),
    Fault(
      "settlements.geojson", "\"id\":\"s2\"", "\"id\":\"s1\"",
      says: ["settlements.geojson: feature 1 (id \"s1\")", "feature 0"]),
    Fault(
      "profile.yaml", "default: 70", "default: -70",
      says: ["profile.yaml: line 4, speeds_kmh.road.default", "\"-70\"", "km/h"]),
    Fault(
      "profile.yaml", "default: 70", "default: .inf",
      says: ["profile.yaml: line 4, speeds_kmh.road.default", "\".inf\""]),
    Fault(
      "profile.yaml", "default: 70", "default: nan",
      says: ["profile.yaml: line 4, speeds_kmh.road.default", "\"nan\""]),
    Fault(
      "profile.yaml", "{default: 70, mountain: 50}", "{mountain: 50}",
      says: ["profile.yaml: line 4", "default"]),
    Fault(
      "profile.yaml", "transfer_h: 2", "transfer_hours: 2",
      says: ["profile.yaml: line 7", "transfer_hours", "transfer_h?"]),
    Fault(
      "profile.yaml", "measure: time", "measure: fun", says: ["line 2", "\"fun\"", "distance"]),
    Fault("profile.yaml", "road: {default", "hover: {default", says: ["hover", "road"]),
    Fault("profile.yaml", "{default: 50}", "{default: 50", says: ["profile.yaml", "not YAML"]),
  ]
}
