import Foundation
import Testing

@Suite("Map layers and the demo")
struct MapLayerTests {
  private func object(_ region: SmallRegion, _ name: String) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: region.data(name)) as? [String: Any])
  }

  private func features(_ region: SmallRegion, _ name: String) throws -> [[String: Any]] {
    try #require(try object(region, name)["features"] as? [[String: Any]])
  }

  @Test("export --folder writes every layer, the same as one by one")
  func folder() throws {
    let region = try SmallRegion()
    let run = try region.run("export", "--folder", "layers/today")
    #expect(run.status == 0, "\(run)")
    for layer in ["provinces", "corridors", "crossings", "links"] {
      let single = try region.run("export", layer)
      #expect(single.status == 0, "\(single)")
      #expect(try region.data("layers/today/\(layer).geojson") == single.output)
      #expect(run.text.contains("layers/today/\(layer).geojson"))
    }
  }

  @Test("a link's and a crossing's use is the mass of the trips that pass it")
  func use() throws {
    let region = try SmallRegion()
    let words = ["--od", "flows.csv", "--format", "json"]
    let links = try region.run(["export", "links"] + words).json()
    let rows = try #require(links["links"] as? [[String: Any]])
    let use = Dictionary(
      uniqueKeysWithValues: rows.map { ($0["id"] as? String, $0["use_mass"] as? Double) })
    #expect(use == ["r1": 10, "x:west": 10, "r2": 10, "r3": 5, "x:east": 5, "r4": 5, "r5": 2])
    let crossings = try region.run(["export", "crossings"] + words).json()
    let masses = (crossings["crossings"] as? [[String: Any]])?.map { $0["use_mass"] as? Double }
    #expect(masses == [10, 5])
    let all = try region.run(["export", "links", "--all-links"] + words).json()
    #expect((all["links"] as? [[String: Any]])?.count == 12)
  }

  @Test("a crossing of two one-way links is used by what passes either, as every report tells it")
  func oneWays() throws {
    let region = try SmallRegion()
    let both = #"{"from":"west/XB","to":"west/XA","mode":"road","kind":"crossing","#
    try region.replace(
      #"{"type":"Feature","id":"x:west","properties":"# + both,
      with: #"{"type":"Feature","id":"x:out","properties":{"from":"west/XA","to":"west/XB","#
        + #""oneway":true,"mode":"road","kind":"crossing","crossing":"west","length_m":0},"#
        + #""geometry":{"type":"LineString","coordinates":[[71,43],[71,43]]}},"# + "\n"
        + #"{"type":"Feature","id":"x:in","properties":{"oneway":true,"# + both.dropFirst(),
      in: "network.geojson")
    for flows in ["South Town,Westburg,10", "Westburg,South Town,7"] {
      try region.copy.write("from,to,mass\n\(flows)\n", to: "flows.csv")
      let words = ["--od", "flows.csv", "--format", "json", "--model", "shortest"]
      func use(_ command: [String], _ name: String = "use_mass") throws -> [Double?] {
        let rows = try #require(
          try region.run(command + words).json()["crossings"] as? [[String: Any]])
        return rows.map { $0[name] as? Double }
      }
      let mass = Double(flows.split(separator: ",")[2])
      #expect(try use(["export", "crossings"]) == [mass, 0])
      #expect(try use(["exposure", "--by", "crossing"]) == [mass, 0])
      #expect(try use(["simulate", "--close", "mode:rail"], "use_mass_before") == [mass, 0])
    }
  }

  @Test("every feature of a scenario has an id of its own, also where a crossing has a province's")
  func ids() throws {
    let region = try SmallRegion()
    try region.replace(#""id":"XA-W""#, with: #""id":"west""#, in: "provinces.geojson")
    for words in [["closure.yaml"], ["--compare", "closure.yaml", "closure.yaml"]] {
      let run = try region.run(["simulate"] + words + ["--format", "geojson"])
      try region.copy.write(run.text, to: "change.geojson")
      let ids = try features(region, "change.geojson").compactMap { $0["id"] as? String }
      #expect(ids == ["west", "XA-E", "XB-S", "crossing:west", "east"])
    }
  }

  @Test("layers are those of the exposure by the same model, and the model is told")
  func model() throws {
    let toy = ToyRegionFiles()
    for model in [["--model", "shortest"], ["--model", "stoch", "--theta", "0.5"], []] {
      let words = ["--od", ToyRegionFiles.folder + "/flows.csv", "--format", "json"] + model
      let layer = try toy.run(["export", "links"] + words).json()
      let exposure = try toy.run(["exposure", "--by", "link"] + words).json()
      func use(_ json: [String: Any]) throws -> [String: Double] {
        let rows = try #require(json["links"] as? [[String: Any]])
        return Dictionary(
          uniqueKeysWithValues: try rows.map {
            (try #require($0["id"] as? String), try #require($0["use_mass"] as? Double))
          })
      }
      #expect(try use(layer) == use(exposure), "\(model)")
      let manifest = try #require(layer["manifest"] as? [String: Any])
      let options = try #require(manifest["options"] as? [String: String])
      #expect(options["model"] == (model.isEmpty ? "psl" : model[1]))
    }
  }

  @Test("one layer or --folder, not both and not neither")
  func contradictions() throws {
    let region = try SmallRegion()
    for words in [[], ["links", "--folder", "x"], ["--folder", "x", "--output", "y"], ["roads"]] {
      #expect(try region.run(["export"] + words).status == 64)
    }
    #expect(try !region.copy.files.contains("x"))
  }

  @Test("the demo writes what it lists, and every file is sound")
  func demo() throws {
    let region = try SmallRegion()
    let run = try region.run("demo", "--output", "out", "--close", "crossing:west")
    #expect(run.status == 0, "\(run)")
    let files = try FileManager.default.contentsOfDirectory(atPath: region.path("out")).sorted()
    #expect(files.count >= 9)
    for file in files {
      #expect(run.text.contains("  \(file) "), "\(file) in \(run.text)")
      let content = String(decoding: try region.data("out/" + file), as: UTF8.self)
      switch file.split(separator: ".").last {
      case "csv": #expect(content.split(separator: "\n").count > 1)
      case "html": #expect(content.contains("</html>"))
      default: #expect(try !object(region, "out/" + file).isEmpty)
      }
    }
    for line in run.text.split(separator: "\n") {
      #expect(line.count <= 80, "\(line)")
    }
    #expect(try features(region, "out/provinces.geojson").count == 3)
    let total = try #require(object(region, "out/exposure.json")["total"] as? [String: Any])
    let exposure = try region.run("exposure", "--format", "json").json()
    #expect(total as NSDictionary == exposure["total"] as? NSDictionary)
  }

  @Test("the demo that cannot write, or is asked for an unknown crossing, leaves nothing")
  func demoFailure() throws {
    let region = try SmallRegion()
    let files = try region.copy.files
    try region.run("demo", "--output", "network.geojson/out", "--close", "crossing:west")
      .expectFailure(73, saying: ["network.geojson/out"])
    try region.run("demo", "--output", "out").expectFailure(67, saying: ["crossing \"korday\""])
    #expect(try region.copy.files == files)
  }
}
