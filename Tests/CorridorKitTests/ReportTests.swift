import Foundation
import Geography
import Testing
import TransportGraph

@testable import CorridorKit

@Suite("Reports")
struct ReportTests {
  private struct ExposureJSON: Decodable {
    struct Row: Decodable {
      var id: String
      var lengthM: Double
      var travelTimeS: Double
      var transitMass: Double
    }
    struct Total: Decodable {
      var lengthM: Double
      var travelTimeS: Double
      var connectedMass: Double
    }
    struct Manifest: Decodable {
      struct Input: Decodable { var file, sha256: String }
      var version, vintage: String
      var inputs: [Input]
      var options: [String: String]
    }
    var provinces: [Row]
    var abroad: [Row]
    var total: Total
    var manifest: Manifest
  }

  private func exposureReport() throws -> ExposureReport {
    let analysis = try ToyRegion.analysis()
    let trips = try analysis.trips(
      OriginDestination.read(InputFile(path: ToyRegion.folder + "/flows.csv")))
    let outcomes = analysis.view.outcomes(of: trips, matrix: analysis.matrix)
    return ExposureReport(
      Exposure(trips, outcomes, matrix: analysis.matrix),
      trips: zip(trips, outcomes).compactMap { trip, outcome in
        outcome.exposure.map { TripSummary(trip, exposure: $0, analysis: analysis) }
      }, cutOff: [], analysis: analysis,
      manifest: Manifest(analysis.area, options: ["command": "exposure"]))
  }

  @Test("JSON tells metres and seconds by province, abroad and in all, and the inputs' digests")
  func json() throws {
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    let json = try decoder.decode(ExposureJSON.self, from: exposureReport().content(.json))
    let base = try ToyExpectations.read().base
    #expect(json.provinces.map(\.id) == ["A", "B", "C"])
    #expect(json.abroad.map(\.id) == ["ABROAD"])
    for row in json.provinces + json.abroad {
      #expect(isClose(row.lengthM / 1000, base.flowKm[row.id] ?? .nan), "\(row.id)")
      #expect(isClose(row.travelTimeS / 3600, base.flowHours[row.id] ?? .nan), "\(row.id)")
    }
    #expect(isClose(json.total.travelTimeS / 3600, base.totalCostHours))
    #expect(json.total.connectedMass == 200)
    #expect(json.manifest.options["command"] == "exposure")
    #expect(json.manifest.inputs.count == 4)
    for input in json.manifest.inputs {
      #expect(input.sha256.count == 64)
      #expect(try InputFile(path: input.file).sha256 == input.sha256)
    }
  }

  @Test("the digest of a file is its SHA-256")
  func digest() throws {
    // FIPS 180-4's example, and the digest of nothing.
    #expect(
      try inputFile("abc", named: "abc").sha256
        == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    #expect(
      try inputFile("", named: "empty").sha256
        == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
  }

  @Test("CSV has a header and a row for each unit, with the numbers of the JSON")
  func csv() throws {
    let report = try exposureReport()
    let text = try #require(String(data: report.content(.csv), encoding: .utf8))
    let rows = text.split(separator: "\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false)
    }
    #expect(rows.count == 5)
    #expect(rows.allSatisfy { $0.count == rows[0].count })
    #expect(rows[0].prefix(5) == ["id", "name", "country", "length_m", "travel_time_s"])
    for (row, unit) in zip(rows.dropFirst(), report.provinces + report.abroad) {
      #expect(row[0] == unit.id)
      #expect(Double(row[3]) == unit.lengthM)
      #expect(Double(row[4]) == unit.travelTimeS)
    }
  }

  @Test("fields with commas, quotes or lines are quoted after RFC 4180")
  func quoting() throws {
    struct Fields: Report {
      let manifest: Manifest
      var text: String { "" }
      // An accent behind a comma or mark, and a line of Windows, are one character each.
      var csv: [[String]] {
        [["a,b", "say \"x\"", "two\nlines", "plain"], ["a,\u{301}", "\"\u{301}", "two\r\nlines"]]
      }
      var features: [ReportFeature]? { nil }
    }
    let fields = Fields(manifest: Manifest(try ToyRegion.analysis().area, options: [:]))
    #expect(
      try String(data: fields.content(.csv), encoding: .utf8)
        == "\"a,b\",\"say \"\"x\"\"\",\"two\nlines\",plain\n"
        + "\"a,\u{301}\",\"\"\"\u{301}\",\"two\r\nlines\"\n")
    #expect(
      fault { () throws(CorridorKitError) in _ = try fields.content(.geojson) }
        == "this result has no geometry: use --format table, json or csv")
  }

  @Test("control characters of the data do not reach the terminal, nor break a table's rows")
  func controlCharacters() throws {
    struct Hostile: Report {
      let manifest: Manifest
      var text: String {
        var table = TextTable([("Name", .left), ("km", .right)])
        table.add(["a\nb\u{1B}[31m", "1"])
        table.add(["Алматы", "2"])
        return "Way to \u{1B}]0;x\u{7}\u{9B}\r\t\n" + table.text
      }
      var csv: [[String]] { [] }
      var features: [ReportFeature]? { nil }
    }
    let report = Hostile(manifest: Manifest(try ToyRegion.analysis().area, options: [:]))
    #expect(
      try String(data: report.content(.table), encoding: .utf8) == #"""
        Way to \u{1B}]0;x\u{07}\u{009B}\r\t
        Name            km
        ──────────────  ──
        a\nb\u{1B}[31m   1
        Алматы           2

        """#)
  }

  @Test("a number that is not finite is refused, not written")
  func notFinite() throws {
    struct Broken: Report {
      let manifest: Manifest
      var value = Double.nan
      var text: String { "" }
      var csv: [[String]] { [] }
      var features: [ReportFeature]? { nil }
    }
    let broken = Broken(manifest: Manifest(try ToyRegion.analysis().area, options: [:]))
    #expect(throws: CorridorKitError.self) { try broken.content(.json) }
  }

  @Test("a corridor's GeoJSON is a line that reads back, with the length that the table tells")
  func routes() throws {
    struct Properties: Decodable, Sendable {
      var name, mode, origin, destination, source: String
      var lengthM, travelTimeS: Double
      var crossings, provinces: [String]
    }
    let analysis = try ToyRegion.analysis()
    let corridors = try CorridorAnalysis(
      CorridorFile(InputFile(path: ToyRegion.sources.corridors)).definitions, analysis: analysis)
    let report = CorridorsReport(
      corridors.routes, cutOff: corridors.cutOff, analysis: corridors.analysis,
      manifest: Manifest(analysis.area, options: [:]))
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    let read = try decoder.decode(GeoJSONText<Properties>.self, from: report.content(.geojson))
    #expect(read.features.map(\.id) == ["T1", "T2"])
    let first = try #require(read.features.first)
    #expect(first.properties.lengthM == 341_421)
    #expect(first.properties.travelTimeS == (7.259391531017341 * 3600).rounded())
    #expect(first.properties.crossings == ["X1", "X3"])
    #expect(first.properties.provinces == ["A", "C"])
    // Without repeated positions at the crossings: 1, 2, 4, 6, 8, 9, 10.
    #expect(
      first.geometry.coordinates
        == [[50, -50], [50, 0], [50, 50], [100, 100], [150, 150], [150, 200], [150, 250]])
  }

  private struct GeoJSONText<Properties: Decodable>: Decodable {
    struct Line: Decodable { var coordinates: [[Double]] }
    struct Item: Decodable {
      var id: String
      var geometry: Line
      var properties: Properties
    }
    var features: [Item]
  }

  @Test("a simulation tells what changed, what is new and what is cut off")
  func simulation() throws {
    let analysis = try ToyRegion.analysis()
    let scenario = Scenario(name: "X1 closed", closures: [.crossing("X1")])
    let changed = try analysis.under(scenario)
    let trips = try analysis.trips([
      OriginDestination(origin: "Southgate", destination: "Northend", mass: 100)
    ])
    let simulation = Simulation(
      trips: trips, before: analysis.view.outcomes(of: trips, matrix: analysis.matrix),
      closed: changed.view.outcomes(of: trips, matrix: changed.matrix), openFraction: 0,
      matrix: analysis.matrix)
    let report = SimulationReport(
      simulation, of: try #require(changed.resolved), analysis: changed,
      manifest: Manifest(analysis.area, options: [:]))
    #expect(report.closedCrossings == ["X1"])
    #expect(report.provinces.map(\.isNew) == [false, true, false])
    #expect(report.provinces[0].displacedTo == ["B": 100])
    #expect(report.provinces[0].enteringMassAfter == 0)
    #expect(report.provinces[1].enteringMassAfter == 100)
    #expect(report.total.cutOffMass == 0)
    #expect(report.total.connectedMass == 100)
    let factor = try #require(report.total.detourFactor)
    #expect(isClose(factor, 7.446723314583158 / 7.259391531017341))
    for row in report.provinces + report.abroad {
      #expect(row.lengthChangeM == row.lengthAfterM - row.lengthBeforeM)
    }
    let text = try #require(String(data: report.content(.table), encoding: .utf8))
    #expect(text.contains("Detour factor 1.026"))
  }

  @Test("the network's figures by mode are those of its links")
  func networkInfo() throws {
    let area = try ToyRegion.analysis().area
    let report = NetworkInfoReport(
      area, countries: ["XA"], manifest: Manifest(area, options: [:]))
    #expect(report.linkCount == 24)
    #expect(report.nodeCount == 20)
    #expect(report.crossingLinkCount == 4)
    #expect(report.transferLinkCount == 4)
    #expect(report.pieceCount == 1)
    #expect(report.provinceCount == ["XA": 3])
    let whole = report.rows.filter { $0.country == nil }
    #expect(whole.map(\.mode) == ["road", "rail"])
    let overlay = try ToyExpectations.read().overlay
    let rail = (overlay["e8"]?.lengthKm ?? 0) + (overlay["e9"]?.lengthKm ?? 0)
    let all = overlay.values.reduce(0) { $0 + $1.lengthKm }
    #expect(isClose(whole[1].lengthM / 1000, rail))
    #expect(isClose(whole[0].lengthM / 1000, all - rail))
    // Two railways that no railway joins.
    #expect(whole[1].pieceCount == 2)
    let inland = try #require(report.rows.first { $0.country == "XA" && $0.mode == "road" })
    let abroad = overlay.values.reduce(0) { $0 + ($1.km["ABROAD"] ?? 0) }
    #expect(isClose(inland.lengthM / 1000, all - rail - abroad))
    // By province: the railways e8 and e9, and all other ways as roads.
    #expect(report.provinces.map(\.country) == ["XA", "XA", "XA"])
    for province in report.provinces {
      let rail = ["e8", "e9"].reduce(0) { $0 + (overlay[$1]?.km[province.id] ?? 0) }
      let all = overlay.values.reduce(0) { $0 + ($1.km[province.id] ?? 0) }
      #expect(all > 0, "\(province.name)")
      #expect(isClose(province.railM / 1000, rail), "\(province.name)")
      #expect(isClose(province.roadM / 1000, all - rail), "\(province.name)")
      #expect(province.ferryM == 0)
    }
    let features = try #require(report.features)
    #expect(features.map(\.id) == report.provinces.map(\.id))
    #expect(features[0].properties["road_m"] == .number(report.provinces[0].roadM))
    #expect(features[0].properties["rail_m"] == .number(report.provinces[0].railM))
  }
}
