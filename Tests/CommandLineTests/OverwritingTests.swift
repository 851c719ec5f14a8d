import Foundation
import Testing

@Suite("Outputs that name an input")
struct OverwritingTests {
  /// Words of a command and the input that its output names, in the small region's folder.
  struct Command: Sendable, CustomTestStringConvertible {
    let words: [String]
    let input: String
    var option = "--output"

    init(_ words: String, over input: String, by option: String = "--output") {
      self.words = words.split(separator: " ").map(String.init)
      self.input = input
      self.option = option
    }

    var testDescription: String { (words + [option, input]).joined(separator: " ") }
  }

  private static let scenario = "name: x\nclose: {crossings: [west], areas: [provinces.geojson]}\n"
  private static let model = """
    name: Between the towns
    layer: work
    zones: {places: [South Town, Westburg, Eastburg]}
    variables:
      a: {indicator: gdp, file: own.csv, default: 1}
    pull: a
    constraint: origin
    """

  private static let layer = """
    id: own
    name: Own
    kind: drugs
    description: invented
    assumptions: [{text: invented, source: assumed}]
    parts:
      - name: one
        gravity:
          zones: {places: [South Town, Westburg, Eastburg]}
          variables:
            a: {indicator: gdp, file: own.csv, default: 1}
            b: {indicator: population, default: 1}
          pull: a * b
    """

  @Test(
    "every command refuses before it does anything, whichever option names the input",
    arguments: [
      Command("network info", over: "network.geojson"),
      Command("network check", over: "settlements.geojson"),
      Command("route Westburg Eastburg", over: "profile.yaml"),
      Command("routes", over: "corridors.yaml"),
      Command("exposure", over: "provinces.geojson"),
      Command("exposure --od flows.csv --format csv", over: "flows.csv"),
      Command("exposure --draws 10 --uncertainty own.yaml", over: "own.yaml"),
      Command("exposure --demand layer.yaml", over: "layer.yaml"),
      Command("simulate closure.yaml", over: "closure.yaml"),
      Command("simulate --compare closure.yaml area.yaml", over: "area.yaml"),
      Command("criticality --od flows.csv", over: "flows.csv"),
      Command("demand list", over: "crossings.geojson"),
      Command("demand show layer.yaml", over: "layer.yaml"),
      Command("demand show layer.yaml", over: "own.csv"),
      Command("exposure --demand layer.yaml", over: "own.csv"),
      Command("demand gravity model.yaml", over: "model.yaml"),
      Command("demand gravity model.yaml", over: "own.csv"),
      Command("demand roles --od flows.csv", over: "flows.csv"),
      Command("demand passages --od flows.csv", over: "flows.csv", by: "--picture"),
      Command("posts --count 1 --od flows.csv", over: "flows.csv"),
      Command("shelters --count 1 --organisations own.csv", over: "own.csv"),
      Command("risk --country XA --indicators indicators.csv", over: "indicators.csv"),
      Command("risk --country XA --scenario closure.yaml", over: "closure.yaml", by: "--report"),
      Command("export links --od flows.csv", over: "flows.csv"),
    ])
  func refused(command: Command) throws {
    let region = try region()
    let before = try region.data(command.input)
    let run = try region.run(command.words + [command.option, command.input])
    run.expectFailure(
      64, saying: ["\(command.option) \(command.input) would overwrite", "name another file"])
    #expect(try region.data(command.input) == before)
  }

  private func region() throws -> SmallRegion {
    let region = try SmallRegion()
    try region.copy.write(Self.scenario, to: "area.yaml")
    try region.copy.write(Self.model, to: "model.yaml")
    try region.copy.write(Self.layer, to: "layer.yaml")
    try region.copy.write("unit,indicator,value,year\nWestburg,gdp,1,2020\n", to: "own.csv")
    try region.copy.write("name: x\n", to: "own.yaml")
    return region
  }

  @Test(
    "the commands without a network refuse alike",
    arguments: [
      Command("index --framework f.json --data v.csv", over: "f.json"),
      Command("index --framework f.json --data v.csv --recipe r.yaml", over: "r.yaml"),
      Command("index --imeta f.json --idata v.csv", over: "v.csv", by: "--report"),
      Command("index --framework f.json --data v.csv --uncertainty r.yaml", over: "r.yaml"),
      Command("crosswalk --from 2024 --to 2018 --indicators v.csv", over: "v.csv"),
      Command("crosswalk --from 2024 --to 2018 --population 2018=v.csv", over: "v.csv"),
      Command("network convert n.gr", over: "n.gr"), Command("network convert n.gr", over: "n.co"),
      Command("network convert n.gr --coordinates v.csv", over: "v.csv"),
      Command("network convert .", over: "node.csv"),
      Command("network convert link.csv", over: "config.csv"),
    ])
  func refusedWithoutNetwork(command: Command) throws {
    let folder = try TemporaryFolder()
    for name in ["f.json", "v.csv", "r.yaml", "n.gr", "n.co", "node.csv", "link.csv", "config.csv"]
    {
      try folder.write("x", to: name)
    }
    let run = try CorridorProcess(
      command.words + [command.option, command.input], in: folder.path)
    run.expectFailure(64, saying: ["\(command.option) \(command.input) would overwrite"])
    #expect(try String(contentsOfFile: folder.path(command.input), encoding: .utf8) == "x")
  }

  @Test("shipped files are inputs too, and so are what a scenario names and the files of a folder")
  func namedByOthers() throws {
    let region = try region()
    let shipped = Repository.folder + "/geodata/uncertainty.yaml"
    try region.run("exposure", "-o", shipped).expectFailure(64, saying: [shipped])
    try region.copy.write(try region.data("provinces.geojson"), to: "area.geojson")
    try region.replace("provinces.geojson", with: "area.geojson", in: "area.yaml")
    try region.run("simulate", "area.yaml", "-o", "area.geojson")
      .expectFailure(64, saying: ["-", "area.geojson, which the command reads"])
    try region.run("export", "--folder", ".")
      .expectFailure(
        64, saying: ["--folder ./provinces.geojson would overwrite", "/provinces.geojson"])
    try region.run("demo", "--output", region.copy.path, "--close", "crossing:west")
      .expectFailure(64, saying: ["--output", "provinces.geojson"])
    try FileManager.default.moveItem(
      atPath: region.path("network.geojson"), toPath: region.path("routes.geojson"))
    let words = ["routes", "--write", "--network", "routes.geojson"]
    let rest = region.options.filter { $0 != "--network" && $0 != region.path("network.geojson") }
    try CorridorProcess(words + rest, in: region.copy.path)
      .expectFailure(64, saying: ["--write routes.geojson would overwrite"])
  }

  @Test("a file is the same by any path, by a link, and by another name of it")
  func otherNames() throws {
    let region = try region()
    let manager = FileManager.default
    try manager.createSymbolicLink(
      atPath: region.path("link.csv"), withDestinationPath: "flows.csv")
    try manager.linkItem(atPath: region.path("flows.csv"), toPath: region.path("name.csv"))
    try manager.createSymbolicLink(atPath: region.path("here"), withDestinationPath: ".")
    for output in [
      "link.csv", "name.csv", "./flows.csv", "here/flows.csv", region.path("flows.csv"),
    ] {
      try region.run("exposure", "--od", "flows.csv", "--output=\(output)")
        .expectFailure(64, saying: ["--output \(output) would overwrite flows.csv"])
    }
    try region.run("exposure", "--od", "link.csv", "-o", "flows.csv")
      .expectFailure(64, saying: ["--output flows.csv would overwrite link.csv"])
  }

  @Test("a new file, one that is no input, and the standard output are written as ever")
  func allowed() throws {
    let region = try region()
    try region.copy.write(try region.data("flows.csv"), to: "copy.csv")
    let words = ["exposure", "--od", "flows.csv", "--format", "csv"]
    let expected = try region.run(words).output
    for output in ["new.csv", "copy.csv"] {
      #expect(try region.run(words + ["-o", output]).status == 0)
      #expect(try region.data(output) == expected)
    }
    #expect(try region.run(words + ["-o", "/dev/stdout"]).output == expected)
    try FileManager.default.createDirectory(
      atPath: region.path("old"), withIntermediateDirectories: false)
    for _ in 1...2 { #expect(try region.run("export", "--folder", "old").status == 0) }
  }

  @Test("two outputs are two files, whether they are there yet or not")
  func twoOutputs() throws {
    let region = try region()
    try region.copy.write("x", to: "there")
    try FileManager.default.createSymbolicLink(
      atPath: region.path("link"), withDestinationPath: "there")
    for (one, other) in [("new", "./new"), ("there", "link")] {
      try region.run(
        "demand", "passages", "--od", "flows.csv", "--picture", one, "--output", other
      ).expectFailure(64, saying: ["--picture and --output are one file"])
    }
  }
}
