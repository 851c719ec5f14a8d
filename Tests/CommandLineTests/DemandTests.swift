import CorridorKit
import Foundation
import Testing

#if canImport(FoundationXML)
  import FoundationXML
#endif

@Suite("Demand on the command line")
struct DemandTests {
  private static let model = """
    name: Between the towns
    layer: work
    zones: {places: [South Town, Westburg, Eastburg]}
    constraint: origin
    total: 12
    """

  private static let layer = """
    id: own
    name: Own
    kind: drugs
    description: invented
    assumptions: [{text: invented, source: assumed}]
    parts:
      - {name: one, flows: [{from: South Town, to: Westburg, mass: 3}]}
      - {name: two, weight: 3, flows: [{from: Westburg, to: Eastburg, mass: 1}]}
    """

  private func region() throws -> SmallRegion {
    let region = try SmallRegion()
    try region.copy.write(Self.model, to: "model.yaml")
    try region.copy.write(Self.layer, to: "own.yaml")
    return region
  }

  @Test("roles and passages follow the model of route choice, entering as exposure has it")
  func model() throws {
    let toy = ToyRegionFiles()
    let flows = ToyRegionFiles.folder + "/flows.csv"
    func rows(_ command: [String], _ model: [String]) throws -> [String: Double] {
      let json = try toy.run(command + ["--od", flows, "--format", "json"] + model).json()
      let rows = try #require(json["provinces"] as? [[String: Any]])
      return Dictionary(
        uniqueKeysWithValues: try rows.map {
          (try #require($0["id"] as? String), try #require($0["entering_mass"] as? Double))
        })
    }
    for model in [["--model", "shortest"], ["--model", "psl", "--theta", "0.3"], []] {
      #expect(try rows(["demand", "roles"], model) == rows(["exposure"], model), "\(model)")
    }
    #expect(
      try rows(["demand", "roles"], ["--model", "shortest"])
        != rows(["demand", "roles"], ["--theta", "0.3"]))
    for command in ["roles", "passages"] {
      let text = try toy.run(["demand", command, "--od", flows, "--theta", "0.3"]).text
      #expect(text.contains("Route choice: path-size logit, θ 0.3 per h"), "\(text)")
      let best = try toy.run(
        ["demand", command, "--od", flows, "--model", "shortest"]
      ).text
      #expect(best.contains("Route choice: all or nothing."), "\(best)")
    }
  }

  @Test("a gravity model's CSV is a table of flows")
  func gravity() throws {
    let region = try region()
    let made = try region.run("demand", "gravity", "model.yaml", "--format", "csv")
    #expect(made.text.hasPrefix("from,to,mass,layer\n"), "\(made)")
    #expect(made.text.split(separator: "\n").count == 7)
    try region.copy.write(made.output, to: "flows.csv")
    let json = try region.run(
      "demand", "roles", "--od", "flows.csv", "--layer", "work", "--format", "json"
    ).json()
    let totals = try #require((json["totals"] as? [[String: Any]])?.first)
    #expect(abs((totals["connected_mass"] as? Double ?? 0) - 12) < 1e-9)
  }

  @Test("a model's JSON tells residuals, iterations and zeros; its GeoJSON the places")
  func gravityForms() throws {
    let region = try region()
    let json = try region.run("demand", "gravity", "model.yaml", "--format", "json").json()
    let balancing = try #require(json["balancing"] as? [String: Any])
    #expect(balancing["is_converged"] as? Bool == true)
    #expect((balancing["largest_row_residual"] as? Double ?? 1) < 1e-11)
    #expect((json["structural_zeros"] as? [String: Int])?["same_zone"] == 3)
    let map = try region.run("demand", "gravity", "model.yaml", "--format", "geojson").json()
    #expect((map["features"] as? [Any])?.count == 3)
    let table = try region.run("demand", "gravity", "model.yaml", "--beta", "0", "--total", "1")
    #expect(table.text.contains("Between the towns: 6 flows, mass 1.000"), "\(table.text)")
  }

  @Test("a faulty model ends with 65, a missing one with 66, and nothing is written")
  func faults() throws {
    let region = try region()
    try region.copy.write(Self.model + "\npush: population *\n", to: "bad.yaml")
    try region.copy.write("name: m\nzones: {places: [Westburg]}\n", to: "alone.yaml")
    for (file, status, says) in [
      ("bad.yaml", Int32(65), "bad.yaml: line 6, push, is \"population *\""),
      ("alone.yaml", 65, "infeasible: rows Westburg"), ("nosuch.yaml", 66, "no such file"),
    ] {
      try region.run("demand", "gravity", file, "-o", "out.csv", "--format", "csv")
        .expectFailure(status, saying: [says])
      #expect(!FileManager.default.fileExists(atPath: region.path("out.csv")))
    }
  }

  @Test("a layer of one's own is sent, named in the notice, and weighs as it says")
  func ownLayer() throws {
    let region = try region()
    for command in [["exposure"], ["demand", "roles"]] {
      let json = try region.run(command + ["--demand", "own.yaml", "--format", "json"]).json()
      let manifest = try #require(json["manifest"] as? [String: Any])
      #expect(
        (manifest["notice"] as? String)?.hasPrefix("Demand: own; masses are relative") == true)
      #expect((manifest["options"] as? [String: String])?["demand"] == "own")
    }
    let flows = try region.run("demand", "show", "own.yaml", "--format", "csv").text
    #expect(
      flows == "from,to,mass,layer\nSouth Town,Westburg,250.0,own\nWestburg,Eastburg,750.0,own\n")
  }

  @Test("what begins in a unit touches it, and roles sum up, in files as in code")
  func passages() throws {
    let region = try region()
    let roles = try region.run("demand", "roles", "--demand", "own.yaml", "--format", "csv").text
    let rows = roles.split(separator: "\n").dropFirst().map {
      $0.split(separator: ",", omittingEmptySubsequences: false)
    }
    let touching = rows.reduce(into: [String: Double]()) { $0[String($1[1])] = Double($1[8]) }
    for row in rows {
      let figures = row.compactMap { Double($0) }
      #expect(abs(figures[0...3].reduce(0, +) - figures[4]) < 1e-9, "\(row)")
    }
    let run = try region.run(
      "demand", "passages", "--demand", "own.yaml", "--format", "csv", "--picture", "p.svg")
    var columns: [String: Double] = [:]
    for line in run.text.split(separator: "\n").dropFirst() {
      let fields = line.split(separator: ",", omittingEmptySubsequences: false)
      columns[String(fields[3]), default: 0] += Double(fields[5]) ?? 0
    }
    for (unit, mass) in columns { #expect(abs(mass - (touching[unit] ?? 0)) < 1e-9, "\(unit)") }
    let picture = String(decoding: try region.data("p.svg"), as: UTF8.self)
    #expect(XMLParser(data: try region.data("p.svg")).parse())
    #expect(picture.contains("Westburg") == false && picture.contains("<title>"))
    #expect(picture.contains("role=\"img\"") && picture.contains("<title id=\"title\">"))
    // All of the notice lies within the picture.
    let height = try #require(picture.firstMatch(of: #/ height="([0-9.]+)" \n?viewBox/#)?.1)
    let lines = picture.matches(of: #/<text x="[0-9.]+" y="([0-9.]+)"/#).compactMap { Double($0.1) }
    #expect(try #require(lines.max()) + 6 <= #require(Double(height)))
    try region.run("demand", "passages", "--demand", "own.yaml", "--format", "geojson")
      .expectFailure(64, saying: ["no geometry"])
  }

  @Test("persons and drugs are not added up unasked; kinds are told one by one where they can be")
  func kinds() throws {
    for command in [["exposure"], ["simulate", "--close", "crossing:korday"], ["risk"]] {
      try CorridorProcess(command + ["--demand", "all"]).expectFailure(
        64, saying: ["persons and drugs are not added up unasked", "--mix-kinds"])
    }
    let json = try CorridorProcess(["demand", "roles", "--demand", "all", "--format", "json"])
      .json()
    let totals = try #require(json["totals"] as? [[String: Any]])
    #expect(totals.map { $0["kind"] as? String } == ["persons", "drugs"])
    let persons = totals[0]
    let share =
      (persons["domestic_mass"] as? Double ?? 0) / (persons["connected_mass"] as? Double ?? 1)
    #expect(abs(share - 0.62) < 1e-9)
    #expect(
      try CorridorProcess(["exposure", "--demand", "all", "--mix-kinds", "--model", "shortest"])
        .status == 0)
  }

  @Test(
    "options that exclude one another end with 64, unknown layers with 67",
    arguments: [
      (["exposure", "--demand", "persons", "--corridor", "K4"], Int32(64), "exclude one another"),
      (["exposure", "--demand", "persons", "--from", "A", "--to", "B"], 64, "exclude"),
      (["exposure", "--domestic-share", "0.5"], 64, "goes with --od or --demand"),
      (["exposure", "--mix-kinds"], 64, "goes with --demand"),
      (["exposure", "--demand", "persons", "--layer", "x"], 64, "--layer goes with --od"),
      (["exposure", "--demand", "drugs", "--domestic-share", "0.5"], 64, "is about persons"),
      (
        ["exposure", "--demand", "persons-domestic", "--domestic-share", "0.5"], 64,
        "needs flows within a country and flows across a border"
      ),
      (["exposure", "--demand", "persons", "--demand", "persons-abroad"], 64, "asked for twice"),
      (["exposure", "--demand", "goods"], 67, "layer of demand \"goods\" is unknown"),
      (["exposure", "--demand", "nosuch.yaml"], 66, "no such file"),
    ])
  func options(arguments: [String], status: Int32, says: String) throws {
    try CorridorProcess(arguments).expectFailure(status, saying: [says])
  }
}
