import CorridorKit
import Foundation

/// Texts of small GeoJSON files, of which a test spoils one member.
enum NetworkText {
  /// A road of two links past one crossing, in the plain WGS 84 of a user's file.
  static let links = [
    link("a", #""from":"p","to":"q","mode":"road""#, "[[74.0,43.0],[74.1,43.0]]"),
    link(
      "x", #""from":"q","to":"r","mode":"road","kind":"crossing","crossing":"pass","length_m":0"#,
      "[[74.1,43.0],[74.1,43.0]]"),
    link("b", #""from":"r","to":"s","mode":"road""#, "[[74.1,43.0],[74.2,43.0]]"),
  ]

  static func link(_ id: String, _ properties: String, _ positions: String) -> String {
    #"{"type":"Feature","id":"\#(id)","properties":{\#(properties)},"#
      + #""geometry":{"type":"LineString","coordinates":\#(positions)}}"#
  }

  static func node(_ id: String, _ properties: String, _ position: String) -> String {
    #"{"type":"Feature","id":"\#(id)","properties":{\#(properties)},"#
      + #""geometry":{"type":"Point","coordinates":\#(position)}}"#
  }

  static func collection(_ features: [String], members: String = "") -> String {
    #"{"type":"FeatureCollection",\#(members)"features":["# + features.joined(separator: ",") + "]}"
  }

  static let crossings = collection([
    #"{"type":"Feature","id":"pass","properties":{"name":"Pass","countries":["KZ","KG"],"#
      + #""mode":"road","status":"open","dwell_h":{"low":0,"mode":1,"high":2,"source":"assumed"}},"#
      + #""geometry":{"type":"Point","coordinates":[74.1,43.0]}}"#
  ])

  /// A square that the links cross.
  static func province(_ id: String = "KZ-31", _ properties: String? = nil) -> String {
    let properties = properties ?? #""name":"Zhambyl","country":"KZ""#
    return #"{"type":"Feature","id":"\#(id)","properties":{\#(properties)},"#
      + #""geometry":{"type":"Polygon","coordinates":[[[73,42],[75,42],[75,44],[73,44],[73,42]]]}}"#
  }
}
