import Geography
import Testing

@testable import TransportGraph

@Suite("DIMACS graphs")
struct DIMACSReaderTests {
  static let sample = """
    c three nodes
    p sp 3 6
    a 1 2 803
    a 2 1 803
    a 2 3 158
    a 2 3 158
    a 3 2 159
    a 3 3 7
    """
  static let positions = """
    p aux sp co 3
    v 2 -73530000 41085396
    v 1 -73530767 41085396
    v 3 -73530100 41085000
    """

  private func error(
    _ graph: String, _ coordinates: String? = nil, _ reader: DIMACSReader = DIMACSReader()
  ) -> GraphFileError? {
    do throws(GraphFileError) {
      _ = try reader.read(GraphFile(graph), coordinates: coordinates.map { GraphFile($0) })
      return nil
    } catch {
      return error
    }
  }

  @Test("opposite arcs of one weight are one two-way link; others and parallel ones stay apart")
  func links() throws {
    let network = try DIMACSReader().read(GraphFile(Self.sample))
    #expect(
      network.sketch == ["a1: 1-2 803.0", "a3: 2>3 158.0", "a4: 2>3 158.0", "a5: 3>2 159.0"])
    #expect(network.nodes.map(\.id) == ["1", "2", "3"])
    #expect(network.notes.selfLoops == 1)
    #expect(network.notes.foldedPairs == 1)
    #expect(!network.hasCoordinates)
    #expect(network.lines() == nil)
    #expect(try network.graph().links.count == 4)
  }

  @Test("two arcs there and two back of one weight are two two-way links")
  func parallelPairs() throws {
    let text = "p sp 2 5\na 1 2 4\na 1 2 4\na 2 1 4\na 2 1 4\na 2 1 4\n"
    #expect(
      try DIMACSReader().read(GraphFile(text)).sketch
        == ["a1: 1-2 4.0", "a2: 1-2 4.0", "a5: 2>1 4.0"])
  }

  @Test("positions are millionths of a degree, exactly, in any order of the file")
  func coordinates() throws {
    let network = try DIMACSReader().read(
      GraphFile(Self.sample), coordinates: GraphFile(Self.positions))
    #expect(network.hasCoordinates)
    #expect(network.nodes[0].coordinate == Coordinate(longitude: -73.530767, latitude: 41.085396))
    #expect(network.nodes[2].coordinate == Coordinate(longitude: -73.5301, latitude: 41.085))
    #expect(network.lines()?[1] == [network.nodes[1].coordinate, network.nodes[2].coordinate])
  }

  @Test(
    "a byte-order mark, Windows line ends, tabs, blank lines and a missing last line end are read")
  func whitespace() throws {
    let text =
      "\u{FEFF}" + Self.sample.replacing("\n", with: " \r\n\r\n").replacing(" ", with: "\t")
    let sample = try DIMACSReader().read(GraphFile(Self.sample))
    #expect(try DIMACSReader().read(GraphFile(text)).sketch == sample.sketch)
  }

  @Test(
    "costs are the file's times the unit, on random multigraphs with zeros, loops and parallel arcs",
    arguments: [
      DIMACSReader.Weight.distance(metersPerUnit: 1), .distance(metersPerUnit: 0.1),
      .time(secondsPerUnit: 1), .time(secondsPerUnit: 0.5),
    ])
  func costs(weight: DIMACSReader.Weight) throws {
    let (factor, measure): (UInt64, ImpedanceProfile.Measure) =
      switch weight {
      case .distance(let meters): (UInt64((meters * 1000).rounded()), .distance)
      case .time(let seconds): (UInt64(seconds * 1000), .time)
      }
    var profile = ImpedanceProfile.time
    profile.measure = measure
    var compared = 0
    for seed in 1...60 {
      var random = SeededGenerator(seed: seed)
      let nodeCount = Int.random(in: 1...8, using: &random)
      let arcs = (0..<Int.random(in: 0...30, using: &random)).map { _ in
        FileArcs.Arc(
          tail: .random(in: 1...nodeCount, using: &random),
          head: .random(in: 1...nodeCount, using: &random),
          cost: .random(in: 0...6, using: &random))
      }
      let text =
        "p sp \(nodeCount) \(arcs.count)\n"
        + arcs.map { "a \($0.tail) \($0.head) \($0.cost)\n" }.joined()
      let positions =
        "p aux sp co \(nodeCount)\n"
        + (1...nodeCount).map { "v \($0) \($0 % 3) \($0)\n" }.joined()
      let hasPositions = Bool.random(using: &random)
      let network = try DIMACSReader(weight: weight).read(
        GraphFile(text), coordinates: hasPositions ? GraphFile(positions) : nil)
      let view = try GraphView(network.graph(), profile: profile)
      for origin in 1...nodeCount {
        var expected = FileArcs.costs(arcs, from: origin, nodeCount: nodeCount)
        expected[origin] = 0
        let found = view.tree(from: try view.node("\(origin)")).impedances
        for node in 1...nodeCount {
          // Arcs of weight 0 add 1 each, fewer than a unit in all.
          #expect(
            found[node - 1].map { $0 / factor } == expected[node],
            "seed \(seed), \(origin) to \(node)\n\(text)")
          compared += 1
        }
      }
    }
    #expect(compared > 500)
  }

  @Test("every weight up to the limit survives exactly")
  func exactness() throws {
    var random = SeededGenerator(seed: 11)
    for factor: UInt64 in [1, 7, 100, 1000, 1_609_344] {
      for isTime in [false, true] {
        let unit = Double(factor) / 1000
        let maximum =
          (isTime ? StatedImpedance.maximumMilliseconds : StatedImpedance.maximumMillimeters)
          / factor
        let weights =
          [1, 2, 3, maximum - 1, maximum]
          + (0..<200).map { _ in
            let shift = UInt64.random(in: 0...20, using: &random)
            return UInt64.random(in: 1...max(1, maximum >> shift), using: &random)
          }
        let text =
          "p sp 2 \(weights.count)\n" + weights.map { "a 1 2 \($0)\n" }.joined()
        let reader = DIMACSReader(
          weight: isTime ? .time(secondsPerUnit: unit) : .distance(metersPerUnit: unit))
        let places = "p aux sp co 2\nv 1 0 0\nv 2 5000000 40000000\n"
        for coordinates in [nil, GraphFile(places)] {
          let graph = try reader.read(GraphFile(text), coordinates: coordinates).graph()
          let view = try GraphView(graph, profile: isTime ? .time : .distance)
          #expect(
            graph.links.indices.map { view.impedance(of: LinkID($0)) }
              == weights.map { $0 * factor }, "\(factor), time \(isTime)")
        }
        #expect(
          error("p sp 2 1\na 1 2 \(maximum + 1)\n", nil, reader)
            == .invalidField(
              file: "g", line: 2, field: "weight", value: "\(maximum + 1)",
              expected: "a whole number from 0 to \(maximum)"))
      }
    }
  }

  @Test("times have the length of the way between the ends, moved into 1 to 400 km/h")
  func times() throws {
    // 0.1° of longitude on the equator, 11,132 m: in 1,000 s at 40 km/h, in 10 s or 1,000,000 s not.
    let reader = DIMACSReader(weight: .time(secondsPerUnit: 1))
    let network = try reader.read(
      GraphFile("p sp 2 3\na 1 2 1000\na 1 2 10\na 1 2 1000000\n"),
      coordinates: GraphFile("p aux sp co 2\nv 1 0 0\nv 2 100000 0\n"))
    let lengths = network.links.map(\.lengthMeters)
    #expect(abs(lengths[0] - 11_131.949) < 0.001)
    #expect(abs(lengths[1] - 10 * 400 / 3.6) < 1e-6)
    #expect(abs(lengths[2] - 1_000_000 / 3.6) < 1e-6)
    #expect(network.notes.adjustedLinks == 2)
    #expect(network.links[1].speedKilometersPerHour == 400)
  }

  @Test("what the format does not allow is refused with line, field, value and expectation")
  func faults() {
    #expect(
      error("p sp 2 0\np sp 2 0\n")?.description
        == "g:2: the problem line 'p sp NODES ARCS' stands a second time; it is on line 1 already")
    #expect(
      error("a 1 2 3\np sp 2 1\n")
        == .missingHeader(file: "g", header: "the problem line 'p sp NODES ARCS'"))
    #expect(
      error("p sp 2 2\na 1 2 3\n")
        == .countMismatch(file: "g", things: "arcs", found: 1, stated: 2))
    #expect(
      error("p sp 2 1\na 1 3 3\n")?.description
        == "g:2: head is '3'; expected a node from 1 to 2")
    #expect(
      error("p sp 2 1\na 0 1 3\n")?.description
        == "g:2: tail is '0'; expected a node from 1 to 2")
    #expect(
      error("p sp 2 1\na 1 2 3 4\n")
        == .fieldCount(file: "g", line: 2, found: 5, expected: 4))
    #expect(error("p sp 2 1\na 1 2\n") == .fieldCount(file: "g", line: 2, found: 3, expected: 4))
    #expect(error("p sp 2\n") == .fieldCount(file: "g", line: 1, found: 3, expected: 4))
    for weight in ["-1", "1.5", "x", "nan", "inf", "1e3", "99999999999999999999", "+1", "0x10"] {
      #expect(
        error("c\np sp 2 1\na 1 2 \(weight)\n")
          == .invalidField(
            file: "g", line: 3, field: "weight", value: weight,
            expected: "a whole number from 0 to 50000000"))
    }
    #expect(error("p max 2 1\n") != nil)
    #expect(
      error("p sp 99999999 0\n")?.description
        == "g:1: nodes is '99999999'; expected a whole number from 0 to 16777215")
    #expect(
      error("")
        == .empty(
          file: "g",
          expected: "a DIMACS graph, which begins with the problem line 'p sp NODES ARCS'"))
    #expect(error("\u{FEFF} \r\n\n")?.description.contains("is empty") == true)
  }

  @Test("positions that are missing, twice, out of range or of another graph are refused")
  func coordinateFaults() {
    let graph = "p sp 2 0\n"
    func fault(_ text: String) -> String? { error(graph, text)?.description }
    #expect(
      fault("p aux sp co 3\n") == "g: 3 nodes stated; expected 2, as many as the graph has")
    #expect(
      fault("p aux sp co 2\nv 1 0 0\n")
        == "g: node 2 is missing; expected a position for every node of the graph")
    #expect(
      fault("p aux sp co 2\nv 1 0 0\nv 1 0 0\n")
        == "g:3: node is '1', which line 2 has already; expected one of its own")
    #expect(
      fault("p aux sp co 2\nv 1 181000000 0\n")
        == "g:2: x is '181000000'; expected a longitude within ±180000000.0, unless the network is planar"
    )
    #expect(fault("p aux sp co 2\nv 1 0 nan\n") == "g:2: y is 'nan'; expected a finite number")
    #expect(fault("p aux sp co 2\nv 3 0 0\n") == "g:2: node is '3'; expected a node from 1 to 2")
    #expect(fault("p aux sp co 2\nv 1 0\n") == "g:2: 3 fields; expected 4")
    #expect(
      fault("v 1 0 0\n") == "g: the problem line 'p aux sp co NODES' is missing before the data")
    #expect(fault("p sp co 2\n")?.contains("expected the problem line") == true)
  }

  @Test("a unit is a whole number of millimetres or milliseconds")
  func units() {
    for unit in [0, -1, 0.0005, 0.3048, .nan, .infinity, 2e6] {
      for weight in [
        DIMACSReader.Weight.distance(metersPerUnit: unit), .time(secondsPerUnit: unit),
      ] {
        guard case .unknownUnit? = error("p sp 1 0\n", nil, DIMACSReader(weight: weight)) else {
          Issue.record("\(weight) was accepted")
          continue
        }
      }
    }
    #expect(error("p sp 1 0\n", nil, DIMACSReader(weight: .distance(metersPerUnit: 0.3))) == nil)
  }

  @Test("packed files are told")
  func packed() {
    for (bytes, format) in [([0x1F, 0x8B, 8, 0], "gzip"), ([0x42, 0x5A, 0x68, 0x39], "bzip2")]
      as [([UInt8], String)]
    {
      #expect(throws: GraphFileError.compressed(file: "NY.gr.gz", format: format)) {
        try DIMACSReader().read(GraphFile(name: "NY.gr.gz", bytes: bytes))
      }
    }
  }
}
