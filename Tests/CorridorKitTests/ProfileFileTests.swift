import CorridorKit
import Foundation
import Testing
import TransportGraph

@Suite("Profile files")
struct ProfileFileTests {
  private func message(_ text: String) throws -> String? {
    let file = try inputFile(text, named: "profile.yaml")
    return fault { () throws(CorridorKitError) in _ = try ImpedanceProfile(file) }
  }

  @Test("every key is read, and what may be left out has its default")
  func keys() throws {
    let profile = try ImpedanceProfile(
      inputFile(
        """
        name: slow
        description: for a test
        measure: distance
        speeds_kmh: {road: {default: 60, track: 20}, rail: {default: 40}}
        dwell: high
        transfer_h: 3
        """, named: "profile.yaml"))
    #expect(
      profile
        == ImpedanceProfile(
          name: "slow", measure: .distance,
          speedsKilometersPerHour: [
            .road: ["default": 60, "track": 20], .rail: ["default": 40],
          ], dwell: .high, transferHours: 3))
    // In quotation marks it is a text.
    #expect(
      try ImpedanceProfile(
        inputFile("name: \"null\"\nspeeds_kmh: {road: {default: 6e1}}\n", named: "profile.yaml")
      ).name == "null")
    let short = try ImpedanceProfile(
      inputFile("name: short\nspeeds_kmh: {road: {default: 60}}\n", named: "profile.yaml"))
    #expect(short.measure == .time)
    #expect(short.dwell == .mode)
  }

  @Test(
    "a mistake is refused with its line, its key, the value and what was expected",
    arguments: [
      (
        "speeds_kmh: {road: {default: 60}}\n", "line 1 is without \"name\"; expected a value for it"
      ),
      ("name: x\n", "line 1 is without \"speeds_kmh\"; expected a value for it"),
      (
        "name: x\nspeeds_kmh:\n  camel: {default: 5}\n",
        "line 3, speeds_kmh.camel, is under an unknown mode \"camel\"; expected one of road, rail, "
          + "ferry"
      ),
      (
        "name: x\nspeeds_kmh:\n  road: {track: 20}\n",
        "line 3, speeds_kmh.road, is without \"default\"; expected a speed for links of no other "
          + "class"
      ),
      (
        "name: x\nspeeds_kmh:\n  road:\n    default: 0\n",
        "line 4, speeds_kmh.road.default, is \"0\"; expected km/h from 1 to 400"
      ),
      (
        "name: x\nspeeds_kmh: {road: {default: 0x46}}\n",
        "line 2, speeds_kmh.road.default, is \"0x46\"; expected km/h from 1 to 400"
      ),
      (
        "name: null\nspeeds_kmh: {road: {default: 60}}\n",
        "line 1, name, is \"null\"; expected a text"
      ),
      (
        "name: x\nspeeds_kmh: {road: {default: fast}}\n",
        "line 2, speeds_kmh.road.default, is \"fast\"; expected km/h from 1 to 400"
      ),
      (
        "name: x\nspeeds_kmh: {road: 60}\n",
        "line 2, speeds_kmh.road, is \"60\"; expected a mapping"
      ),
      (
        "name: x\nspeeds_kmh: {road: {default: 60}}\nmeasure: money\n",
        "line 3, measure, is \"money\"; expected one of time, distance"
      ),
      (
        "name: x\nspeeds_kmh: {road: {default: 60}}\ndwell: median\n",
        "line 3, dwell, is \"median\"; expected one of low, mode, high"
      ),
      (
        "name: x\nspeeds_kmh: {road: {default: 60}}\ntransfer_h: -2\n",
        "line 3, transfer_h, is \"-2\"; expected hours from 0 to 8784"
      ),
      (
        "name: x\nspeeds_kmh: {road: {default: 60}}\ntransfers: 2\n",
        "line 3 is an unknown key \"transfers\"; expected transfer_h?"
      ),
    ])
  func mistakes(text: String, rest: String) throws {
    #expect(try message(text) == "profile.yaml: \(rest)")
  }
}
