import CorridorKit
import Foundation
import Testing
import TransportGraph

@Suite("Standard graph files")
struct ConvertTests {
  /// Costs of all links of a network, by link.
  private func impedances(
    _ network: TransportNetwork, _ profile: ImpedanceProfile
  ) throws -> [UInt64] {
    let view = try GraphView(network.graph, profile: profile)
    return view.graph.links.indices.map { view.impedance(of: LinkID($0)) }
  }

  /// What the command writes, read as the network that `--network` takes.
  private func converted(_ files: StandardFiles) throws -> TransportNetwork {
    try TransportNetwork(
      InputFile(path: files.path("result")), crossings: CrossingCatalogue([]))
  }

  @Test("a DIMACS graph keeps its weights, and a route over it is told by province")
  func dimacs() throws {
    let files = try StandardFiles()
    let run = try files.convert("n.gr")
    #expect(run.status == 0 && run.errors.isEmpty, "\(run)")
    #expect(
      run.text == """
        \(files.path("result")): 3 nodes and 3 links of \(files.path("n.gr")) (DIMACS)
        pairs of opposite arcs of one weight, made two-way links: 1
        assumed: weights are lengths (--measure)
        assumed: a unit of weight is 1 m (--length-unit)

        """)
    let network = try converted(files)
    #expect(network.graph.links.map(\.id) == ["a1", "a3", "a4"])
    #expect(network.graph.links.map(\.isOneWay) == [false, true, true])
    #expect(try impedances(network, .distance) == [8_030_000, 9_000_000, 9_070_000])
    let route = try CorridorProcess(
      ["route", "1", "3", "--network", files.path("result"), "--no-cache", "--format", "json"])
    let provinces = try #require(
      (try route.json()["route"] as? [String: Any])?["provinces"] as? [[String: Any]])
    #expect(provinces.map { $0["id"] as? String } == ["KZ-19"])
  }

  @Test("weights of a DIMACS graph may be times, with the positions of another file")
  func times() throws {
    let files = try StandardFiles()
    try FileManager.default.moveItem(atPath: files.path("n.co"), toPath: files.path("other.co"))
    let run = try files.convert(
      "n.gr", "--measure", "time", "--time-unit", "0.05", "--coordinates", files.path("other.co"),
      "--mode", "rail")
    #expect(run.status == 0, "\(run)")
    #expect(!run.text.contains("assumed"))
    let network = try converted(files)
    #expect(try impedances(network, .time) == [401_500, 450_000, 453_500])
    #expect(Set(network.graph.links.map(\.mode)) == [.rail])
  }

  @Test("a TNTP network keeps its times, and its zones are not passed")
  func tntp() throws {
    let files = try StandardFiles()
    let run = try files.convert("n_net.tntp")
    #expect(run.status == 0, "\(run)")
    #expect(run.text.contains("split into departure and arrival: 1\n"), "\(run.text)")
    #expect(run.text.contains("assumed: lengths are in miles (--length-unit)\n"), "\(run.text)")
    #expect(run.text.contains("assumed: times are in minutes (--time-unit)\n"), "\(run.text)")
    let network = try converted(files)
    #expect(try impedances(network, .time) == [360_000, 360_000, 435_000, 450_000])
    #expect(network.graph.links.map(\.to) == ["2", "1/arrival", "3", "2"])
    #expect(network.graph.links[0].lengthMeters == 5 * 1609.344)
  }

  @Test("GMNS tables keep lines, speeds, classes and names; the folder and its link.csv are one")
  func gmns() throws {
    let files = try StandardFiles()
    let run = try files.convert("gmns")
    #expect(run.status == 0, "\(run)")
    let network = try converted(files)
    // Node 1 has a name and so a point of its own: no link may have its identifier.
    #expect(network.graph.links.map(\.id) == ["link-1", "link-b", "link-c"])
    #expect(network.graph.links.map(\.roadClass) == ["arterial", "arterial", "freeway"])
    #expect(network.graph.links.map(\.speedKilometersPerHour) == [60, 60, 90])
    #expect(network.graph.links.map(\.lengthMeters) == [8250, 9000, 9070])
    #expect(network.lines[0].map(\.longitude) == [76, 76.05, 76.09])
    #expect(network.graph.nodes[0].name == "West")
    let whole = try files.data("result")
    #expect(try files.convert("gmns/link.csv").status == 0)
    #expect(try files.data("result") == whole)
  }

  @Test("lengths that contradict schematic positions and connectors of no time are kept and told")
  func schematic() throws {
    let files = try StandardFiles()
    // Positions 50 times as far apart as the lengths say, a connector of no time and one of no length.
    try files.folder.write("1 76 43\n2 80.5 43\n3 85.5 43\n", to: "n_node.tntp")
    try files.replace("\t5\t6\t", with: "\t0\t0\t", in: "n_net.tntp")
    try files.replace("\t5\t6\t", with: "\t0\t0.5\t", in: "n_net.tntp")
    for (measure, profile, expected, count) in [
      // The one without a length takes that of its line, and half a minute at 400 km/h.
      ("time", ImpedanceProfile.time, [1, 30_000, 435_000, 450_000] as [UInt64], 4),
      ("distance", .distance, [1, 1, 9_012_326, 9_012_326], 4),
    ] {
      let run = try files.convert("n_net.tntp", "--measure", measure)
      #expect(run.status == 0, "\(run)")
      let told = run.text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
      #expect(told.contains("kept and marked schematic"), "\(run.text)")
      #expect(told.contains("if they are many: \(count)"), "\(run.text)")
      // All lines but the first, which has paths.
      let notes = run.text.split(whereSeparator: \.isNewline).dropFirst()
      #expect(notes.allSatisfy { $0.count <= 80 }, "\(run.text)")
      let network = try converted(files)
      #expect(try impedances(network, profile) == expected)
      let direct = try StandardNetwork(
        path: files.path("n_net.tntp"), settings: settings(measure: profile.measure))
      #expect(try direct.schematicLinkCount() == count)
      #expect(network.graph.links == direct.network.links)
      // The mark is what lets the file be read.
      let text = try String(decoding: files.data("result"), as: UTF8.self)
      #expect(text.components(separatedBy: "\"schematic\":true").count == count + 1)
      try files.folder.write(text.replacing("\"schematic\":true", with: "\"x\":true"), to: "plain")
      #expect(throws: CorridorKitError.self) {
        try TransportNetwork(
          InputFile(path: files.path("plain")), crossings: CrossingCatalogue([]))
      }
    }
    let route = try CorridorProcess(
      ["route", "2", "3", "--network", files.path("result"), "--no-cache", "--format", "json"])
    #expect(route.status == 0, "\(route)")
  }

  private func settings(measure: ImpedanceProfile.Measure) -> StandardNetwork.Settings {
    var settings = StandardNetwork.Settings()
    settings.measure = measure
    return settings
  }

  @Test("only the links that contradict their line are marked: the others are still compared")
  func oneSchematic() throws {
    for (weight, isMarked) in [("0", true), ("900000", true), ("8200", false)] {
      let files = try StandardFiles()
      try files.replace("a 2 3 9000", with: "a 2 3 \(weight)", in: "n.gr")
      let run = try files.convert("n.gr")
      #expect(run.status == 0, "\(run)")
      #expect(run.text.contains("if they are many: 1\n") == isMarked, "\(run.text)")
      let text = try String(decoding: files.data("result"), as: UTF8.self)
      #expect(text.components(separatedBy: "\"schematic\"").count == (isMarked ? 2 : 1))
      #expect(try converted(files).graph.links.count == 3)
    }
  }

  @Test("a TNTP network without a first through node lets its zones be passed, and it is told")
  func passableZones() throws {
    let files = try StandardFiles()
    try files.replace("<FIRST THRU NODE> 2\n", with: "", in: "n_net.tntp")
    let run = try files.convert("n_net.tntp")
    #expect(run.status == 0, "\(run)")
    #expect(
      run.text.contains("zones that may be passed through, for <FIRST THRU NODE> is not stated: 1"),
      "\(run.text)")
    #expect(try converted(files).graph.links.map(\.to) == ["2", "1", "3", "2"])
  }

  @Test("planar positions stay planar", arguments: StandardFiles.inputs)
  func planar(input: String) throws {
    let files = try StandardFiles()
    // Hundredths of a degree taken for 100 km.
    for (file, old, new) in [("n.co", "000000", ""), ("n.gr", "8030", "9000")] {
      let text = try String(contentsOfFile: files.path(file), encoding: .utf8)
      try files.folder.write(text.replacing(old, with: new), to: file)
    }
    try files.folder.write(
      "p aux sp co 3\nv 1 76 43\nv 2 76.09 43\nv 3 76.18 43\n", to: "n.co")
    let run = try files.convert(input, "--planar", "90000")
    #expect(run.status == 0, "\(run)")
    #expect(
      try String(decoding: files.data("result"), as: UTF8.self)
        .contains("\"metric\": {\"type\": \"planar\", \"meters_per_unit\": 90000}"))
  }

  @Test("random graphs come out of the written file with the weights that went in")
  func roundTrip() throws {
    let files = try StandardFiles()
    for seed in 1...20 {
      var random = SeededGenerator(seed: seed)
      let nodeCount = Int.random(in: 2...9, using: &random)
      let arcCount = Int.random(in: 1...30, using: &random)
      var text = "p sp \(nodeCount) \(arcCount)\n"
      for _ in 0..<arcCount {
        let tail = Int.random(in: 1...nodeCount, using: &random)
        // At most 1 km apart, so that every weight is a possible length.
        text += "a \(tail) \(tail % nodeCount + 1) \(Int.random(in: 1200...9999, using: &random))\n"
      }
      let places = (1...nodeCount).map {
        "v \($0) \(76_000_000 + Int.random(in: 0...8000, using: &random)) 43000000\n"
      }
      try files.folder.write(text, to: "n.gr")
      try files.folder.write("p aux sp co \(nodeCount)\n" + places.joined(), to: "n.co")
      let standard = try StandardNetwork(path: files.path("n.gr"))
      try files.folder.write(try standard.geoJSON(), to: "result")
      let network = try converted(files)
      let direct = try standard.transportNetwork()
      #expect(network.graph.links == direct.graph.links, "seed \(seed)\n\(text)")
      #expect(network.lines == direct.lines, "seed \(seed)\n\(text)")
      #expect(
        Set(network.graph.nodes.map(\.id)) == Set(direct.graph.nodes.map(\.id)),
        "isolated nodes stay, seed \(seed)\n\(text)")
      #expect(try impedances(network, .distance) == impedances(direct, .distance))
    }
  }

  @Test(
    "a fault is told with file, line, field, value and expectation, and no output is touched",
    arguments: Fault.dimacs + Fault.tntp + Fault.gmns)
  func fault(_ fault: Fault) throws {
    let files = try StandardFiles()
    try files.replace(fault.old, with: fault.new, in: fault.file)
    try files.folder.write("before", to: "result")
    let names = try files.folder.files
    let run = try files.convert(StandardFiles.input(of: fault.file))
    run.expectFailure(fault.status, saying: fault.says)
    #expect(try files.data("result") == Data("before".utf8))
    #expect(try files.folder.files == names)
  }

  static let files = [
    "n.gr", "n.co", "n_net.tntp", "n_node.tntp", "gmns/node.csv", "gmns/link.csv",
    "gmns/config.csv",
  ]

  @Test("an empty file is told", arguments: files, ["", " \r\n", "\u{FEFF}\n"])
  func empty(file: String, content: String) throws {
    let files = try StandardFiles()
    try files.folder.write(content, to: file)
    try files.convert(StandardFiles.input(of: file)).expectFailure(
      65, saying: ["\(file): is empty; expected"])
  }

  @Test("a packed file is told", arguments: files)
  func packed(file: String) throws {
    let files = try StandardFiles()
    try files.folder.write(Data([0x1F, 0x8B, 8, 0, 0, 0]), to: file)
    try files.convert(StandardFiles.input(of: file)).expectFailure(
      65, saying: ["\(file): is packed with gzip"])
  }

  @Test("Windows line ends and a byte-order mark change nothing", arguments: StandardFiles.inputs)
  func windows(input: String) throws {
    let files = try StandardFiles()
    #expect(try files.convert(input).status == 0)
    let before = try files.data("result")
    for file in Self.files where StandardFiles.input(of: file) == input {
      let text = try String(contentsOfFile: files.path(file), encoding: .utf8)
      try files.folder.write("\u{FEFF}" + text.replacing("\n", with: "\r\n"), to: file)
    }
    #expect(try files.convert(input).status == 0)
    #expect(try files.data("result") == before)
  }

  @Test("a link over the antimeridian is refused, as --network would refuse it")
  func antimeridian() throws {
    let files = try StandardFiles()
    try files.folder.write(
      StandardFiles.nodes.replacing("76.19", with: "-179.9").replacing("76.09", with: "179.9"),
      to: "n_node.tntp")
    try files.convert("n_net.tntp").expectFailure(
      65,
      saying: ["link l3 leads from [179.9, 43.0] to [-179.9, 43.0]", "180 degrees of longitude"])
    #expect(try !files.folder.files.contains("result"))
    #expect(try files.convert("n_net.tntp", "--planar", "1000").status == 0)
  }

  @Test("positions that are not there are asked for", arguments: ["n.gr", "n_net.tntp"])
  func positions(input: String) throws {
    let files = try StandardFiles()
    for file in ["n.co", "n_node.tntp"] {
      try FileManager.default.removeItem(atPath: files.path(file))
    }
    try files.convert(input).expectFailure(65, saying: ["no positions", "--coordinates"])
    try files.convert(input, "--coordinates", files.path("none")).expectFailure(
      66, saying: ["none: cannot be read: no such file"])
  }

  @Test("a missing file, another format and options of other formats are told by their status")
  func status() throws {
    let files = try StandardFiles()
    try files.convert("none.gr").expectFailure(66, saying: ["none.gr", "no such file"])
    try files.convert("none").expectFailure(66, saying: ["none", "no such file"])
    try files.convert("n.co").expectFailure(64, saying: ["n.co: of no known format", ".tntp"])
    try FileManager.default.removeItem(atPath: files.path("gmns/node.csv"))
    try files.convert("gmns").expectFailure(66, saying: ["gmns/node.csv", "no such file"])
    for (input, options) in [
      ("n.gr", ["--speed-unit", "kmh"]), ("n.gr", ["--time-unit", "s"]),
      ("n.gr", ["--measure", "time", "--length-unit", "m"]),
      ("n_net.tntp", ["--speed-unit", "mph"]),
      ("gmns", ["--measure", "time"]), ("gmns", ["--time-unit", "s"]),
      ("gmns", ["--mode", "rail"]),
      ("gmns", ["--coordinates", "x.co"]),
    ] {
      let run = try CorridorProcess(
        ["network", "convert", files.path(input), "-o", files.path("result")] + options)
      run.expectFailure(64, saying: [options[options.count - 2], "says nothing of"])
    }
    #expect(try !files.folder.files.contains("result"))
    try files.convert("n.gr", "--output", "/nowhere/x").expectFailure(
      73, saying: ["/nowhere/x: cannot be written"])
  }
}
