import CorridorKit
import Foundation
import Testing
import TransportGraph

@Suite("Scenario files")
struct ScenarioFileTests {
  private func message(_ text: String) throws -> String? {
    let file = try inputFile(text, named: "closure.yaml")
    return fault { () throws(CorridorKitError) in _ = try Scenario(file) }
  }

  @Test("every key is read")
  func sound() throws {
    let folder = try TemporaryFolder()
    try folder.write(NetworkText.collection([NetworkText.province("north")]), to: "area.geojson")
    let path = try folder.write(
      """
      name: Everything
      description: all there is
      close:
        crossings: [korday, karasu]
        links: a-b
        roads: [A3, "Bishkek – Osh"]
        borders: [KZ-KG]
        modes: [rail]
        provinces: [KZ-31]
        areas: [area.geojson]
      delay:
        - {crossings: [sartobe], added_h: 1.5}
        - {links: [c-d], factor: 2}
        - {borders: KZ-UZ/rail, added_h: 1}
      date: 2024-02-29
      open_fraction: 0.25
      """, to: "all.yaml")
    let scenario = try Scenario(InputFile(path: path))
    #expect(scenario.name == "Everything")
    #expect(scenario.description == "all there is")
    #expect(scenario.date?.description == "2024-02-29")
    #expect(scenario.openFraction == 0.25)
    #expect(scenario.closures.count == 9)
    #expect(
      scenario.closures.prefix(8) == [
        .crossing("korday"), .crossing("karasu"), .link("a-b"), .road("A3"),
        .road("Bishkek – Osh"), .border(.init("KZ", "KG")),
        .mode(.rail),
        .province("KZ-31"),
      ])
    guard case .area(let polygons, name: "Zhambyl", metric: .wgs84)? = scenario.closures.last else {
      Issue.record("\(scenario.closures)")
      return
    }
    #expect(polygons.count == 1)
    #expect(scenario.delays.map(\.added.meanSeconds) == [5400, 0, 3600])
    #expect(scenario.delays.map(\.factor) == [1, 2, 1])
    #expect(scenario.delays.map(\.crossings) == [["sartobe"], [], []])
    #expect(scenario.delays.map(\.borders) == [[], [], [.init("KZ", "UZ", mode: .rail)]])
  }

  @Test(
    "a mistake is refused with its line, its key, the value and what was expected",
    arguments: [
      (
        "close: {crossings: korday}\n",
        "line 1 is without \"name\"; expected a value for it"
      ),
      (
        "name: x\n",
        "line 1 is without effect; expected \"close\", \"delay\", \"date\", "
          + "\"season\" or \"months\""
      ),
      (
        "name: x\nclsoe: {crossings: korday}\n",
        "line 2 is an unknown key \"clsoe\"; expected close?"
      ),
      (
        "name: x\nclose:\n  crossing: [korday]\n",
        "line 3, close, is an unknown key \"crossing\"; expected crossings?"
      ),
      (
        "name: x\nclose: korday\n",
        "line 2, close, is \"korday\"; expected a mapping with crossings, links, roads, borders, "
          + "modes, provinces, areas"
      ),
      (
        "name: x\nclose: {crossings: {korday: yes}}\n",
        "line 2, close.crossings, is a mapping; expected a list"
      ),
      (
        "name: x\nclose:\n  modes:\n    - road\n    - camel\n",
        "line 5, close.modes[1], is \"camel\"; expected one of road, rail, ferry"
      ),
      (
        "name: x\nclose: {borders: [KZKG]}\n",
        "line 2, close.borders[0], is \"KZKG\"; expected two countries such as KZ-KG, or KZ-KG/road"
      ),
      (
        "name: x\ndelay: [{crossings: korday, added_h: -1}]\n",
        "line 2, delay[0].added_h, is \"-1\"; expected hours from 0 to 10000"
      ),
      (
        "name: x\ndelay: [{crossings: korday, factor: 0.5}]\n",
        "line 2, delay[0].factor, is \"0.5\"; expected a factor from 1 to 1000"
      ),
      (
        "name: x\ndelay: [{crossings: korday, added_h: .nan}]\n",
        "line 2, delay[0].added_h, is \".nan\"; expected hours from 0 to 10000"
      ),
      (
        "name: x\ndelay:\n  - {added_h: 1}\n",
        "line 3, delay[0], is of nothing; expected \"crossings\", \"links\", \"roads\" or "
          + "\"borders\""
      ),
      (
        "name: x\ndelay:\n  - {crossings: [korday]}\n",
        "line 3, delay[0], is of nothing; expected \"added_h\" above 0, or \"factor\" or "
          + "\"dwell_factor\" above 1"
      ),
      (
        "name: x\ndate: 2023-02-29\n",
        "line 2, date, is \"2023-02-29\"; expected a date such as 2024-06-08"
      ),
      (
        "name: x\ndate: 2024-02-29\nopen_fraction: 1.5\n",
        "line 3, open_fraction, is \"1.5\"; expected a share from 0 to 1"
      ),
      (
        "name: x\nseason: [winter, monsoon]\n",
        "line 2, season[1], is \"monsoon\"; expected one of spring, summer, autumn, winter"
      ),
      (
        "name: x\nseason: winter\nmonths: [1]\n",
        "line 3, months, is a list; expected either \"season\" or \"months\""
      ),
      (
        "name: x\nmonths: [1, 13]\n",
        "line 2, months[1], is \"13\"; expected a month from 1 to 12"
      ),
      (
        "name: x\nmonths: 1.5\n",
        "line 2, months, is \"1.5\"; expected a month from 1 to 12"
      ),
      (
        "name: x\nmonths: []\n",
        "line 2, months, is a list; expected months from 1 to 12"
      ),
      (
        "name: x\nseason: []\n",
        "line 2, season, is a list; expected one of spring, summer, autumn, winter"
      ),
      (
        "name: x\ndate: 2024-02-29\nmonths: 2\n",
        "line 2, date, is \"2024-02-29\"; expected {from, to} beside \"season\" or \"months\", "
          + "which a single day has not"
      ),
      (
        "name: x\ndate: {from: 2024-02-29}\n",
        "line 2, date, is without \"to\"; expected a value for it"
      ),
      (
        "name: x\ndate: {from: 2024-02-29, to: 2024-02-29}\n",
        "line 2, date.to, is \"2024-02-29\"; expected a day after 2024-02-29; \"to\" is the day "
          + "after the last"
      ),
      (
        "name: x\ndate: {from: 1024-02-29, to: 2024-02-29}\n",
        "line 2, date.to, is \"2024-02-29\"; expected a day at most 100 years after 1024-02-29"
      ),
      (
        "name: x\ndate: {from: 2024-03-01, to: 2024-05-01}\nseason: winter\n",
        "line 2, date, is without a day of the months; expected a span that has one"
      ),
      (
        "name: x\ndate: {from: 2024-03-01, until: 2024-05-01}\n",
        "line 2, date, is an unknown key \"until\"; expected from, to"
      ),
      (
        "name: x\ndelay: [{crossings: korday, added_h: {low: 3, mode: 2, high: 4}}]\n",
        "line 2, delay[0].added_h, is out of order; expected low ≤ mode ≤ high"
      ),
      (
        "name: x\ndelay: [{crossings: korday, added_h: {low: 1, mode: 2}}]\n",
        "line 2, delay[0].added_h, is without \"high\"; expected a value for it"
      ),
      (
        "name: x\ndelay: [{crossings: korday, added_h: {low: 1, p50: 2, high: 3}}]\n",
        "line 2, delay[0].added_h, is an unknown key \"p50\"; expected low, mode, high"
      ),
      (
        "name: x\ndelay: [{crossings: korday, added_h: {p05: 1, p50: 2, p95: x}}]\n",
        "line 2, delay[0].added_h.p95, is \"x\"; expected hours from 0 to 10000"
      ),
      (
        "name: x\ndelay: [{crossings: korday, added_h: {mean: 1}}]\n",
        "line 2, delay[0].added_h, is a mapping; expected hours, {low, mode, high} or {p05, p50, p95}"
      ),
      (
        "name: x\ndelay: [{crossings: korday, added_h: {low: 0, mode: 0, high: 0}}]\n",
        "line 2, delay[0], is of nothing; expected \"added_h\" above 0, or \"factor\" or "
          + "\"dwell_factor\" above 1"
      ),
      (
        "name: x\ndelay: [{links: a, dwell_factor: 2}]\n",
        "line 2, delay[0].dwell_factor, is \"2\"; expected \"added_h\" or \"factor\" for links "
          + "and roads"
      ),
      (
        "name: x\ndelay: [{borders: KZ-KG, factor: 2}]\n",
        "line 2, delay[0].factor, is \"2\"; expected \"added_h\" or \"dwell_factor\" for crossings "
          + "and borders"
      ),
      (
        "name: x\ndelay: [{borders: KZ-KG, dwell_factor: 0.5}]\n",
        "line 2, delay[0].dwell_factor, is \"0.5\"; expected a factor from 1 to 1000"
      ),
      (
        "- name\n",
        "line 1 is a list; expected a mapping with name, description, close, delay, date, season, "
          + "months, open_fraction"
      ),
      ("", "the content is empty; expected one YAML document"),
      (
        "name: [x\n",
        "line 1, at its end, is not YAML (while parsing a flow sequence, did not find expected ',' or "
          + "']'); expected one YAML document"
      ),
    ])
  func mistakes(text: String, rest: String) throws {
    let message = try #require(try message(text), "\(text) is accepted")
    #expect(!message.contains("\n"))
    #expect(message == "closure.yaml: \(rest)")
  }

  @Test("an area that is missing or has no polygon is refused")
  func areas() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("name: x\nclose: {areas: gone.geojson}\n", to: "closure.yaml")
    #expect(
      fault { () throws(CorridorKitError) in _ = try Scenario(InputFile(path: path)) }
        == "closure.yaml: line 2, close.areas: gone.geojson: cannot be read: no such file")
    try folder.write(NetworkText.collection(NetworkText.links), to: "gone.geojson")
    #expect(
      fault { () throws(CorridorKitError) in _ = try Scenario(InputFile(path: path)) }
        == "closure.yaml: line 2, close.areas: gone.geojson: feature 0 (id \"a\"): geometry is "
        + "LineString; expected a Polygon or MultiPolygon")
  }

  @Test(
    "a scenario that names what the network does not have is refused with the nearest names",
    arguments: [
      (Scenario.Closure.crossing("X9"), "unknown crossing \"X9\"; nearest: X1, X2, X3"),
      (.link("e99"), "unknown link \"e99\"; nearest: e9, e1, e10"),
      (.province("D"), "unknown province \"D\"; nearest: A, B, C"),
      (.border(.init("XA", "XZ")), "border \"XA-XZ\" is unknown; expected XA-XB, XA-XD, XA-XE"),
    ])
  func unknownNames(closure: Scenario.Closure, message: String) throws {
    let analysis = try ToyRegion.analysis()
    #expect(
      fault { () throws(CorridorKitError) in
        _ = try analysis.under(Scenario(name: "x", closures: [closure]))
      } == message)
  }
}
