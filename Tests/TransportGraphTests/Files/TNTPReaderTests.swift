import Geography
import Testing

@testable import TransportGraph

@Suite("TNTP networks")
struct TNTPReaderTests {
  static func text(_ rows: [String], nodes: Int, zones: Int = 1, firstThrough: Int = 1) -> String {
    """
    <NUMBER OF ZONES> \(zones)
    <NUMBER OF NODES> \(nodes)
    <FIRST THRU NODE> \(firstThrough)
    <NUMBER OF LINKS> \(rows.count)
    <ORIGINAL HEADER>~ \tInit node \tTerm node \tCapacity \tLength \tFree Flow Time \tB\t;
    <END OF METADATA>


    ~ \tinit_node\tterm_node\tcapacity\tlength\tfree_flow_time\tb\tpower\tspeed\ttoll\tlink_type\t;
    \(rows.map { "\t" + $0.replacing(" ", with: "\t") + "\t;" }.joined(separator: "\n"))
    """
  }

  static func row(_ from: Int, _ to: Int, length: String = "1", time: String = "1") -> String {
    "\(from) \(to) 25900.2 \(length) \(time) 0.15 4 0 0 1"
  }

  private func fault(
    _ text: String, positions: String? = nil, _ reader: TNTPReader = TNTPReader()
  ) -> String? {
    do throws(GraphFileError) {
      _ = try reader.read(GraphFile(text), positions: positions.map { GraphFile($0) })
      return nil
    } catch {
      return error.description
    }
  }

  @Test("times in minutes are exact, lengths in miles beside them")
  func times() throws {
    let network = try TNTPReader().read(
      GraphFile(Self.text([Self.row(1, 2, length: "6", time: "6.5"), Self.row(2, 1)], nodes: 2)))
    #expect(network.links.map(\.id) == ["l1", "l2"])
    #expect(network.links.map(\.isOneWay) == [true, true])
    #expect(network.links[0].lengthMeters == 6 * 1609.344)
    let view = try GraphView(network.graph(), profile: .time)
    #expect(view.impedance(of: LinkID(0)) == 390_000)
    #expect(view.impedance(of: LinkID(1)) == 60_000)
    #expect(network.notes.lines == [])
  }

  @Test(
    "the measure that is asked for survives; a time or length of 0 costs 1; the other gives way")
  func measures() throws {
    let text = Self.text(
      [
        Self.row(1, 2, length: "0", time: "2"), Self.row(1, 2, length: "5280", time: "0"),
        Self.row(2, 1, length: "5280", time: "0.001"), Self.row(2, 2),
      ], nodes: 2)
    let feet = TNTPReader(metersPerLengthUnit: 0.3048)
    let byTime = try feet.read(GraphFile(text))
    let times = try GraphView(byTime.graph(), profile: .time)
    #expect((0..<3).map { times.impedance(of: LinkID($0)) } == [120_000, 1, 60])
    #expect(byTime.notes.adjustedLinks == 3)
    #expect(byTime.notes.raisedImpedances == 1)
    #expect(byTime.notes.selfLoops == 1)
    var reader = feet
    reader.measure = .distance
    let byLength = try reader.read(GraphFile(text))
    let lengths = try GraphView(byLength.graph(), profile: .distance)
    #expect((0..<3).map { lengths.impedance(of: LinkID($0)) } == [1, 1_609_344, 1_609_344])
    #expect(byLength.links.map(\.speedKilometersPerHour) == [1, nil, 400])
    #expect(byLength.notes.raisedImpedances == 1)
  }

  @Test("zones below the first through node are left and entered, never passed")
  func zones() throws {
    //   1 ─▶ 3 ─▶ 2 ─▶ 4      2 is a zone, so 4 is out of reach of 1 and 3
    let network = try TNTPReader().read(
      GraphFile(
        Self.text(
          [Self.row(1, 3), Self.row(3, 2), Self.row(2, 4)], nodes: 4, zones: 2, firstThrough: 3)))
    #expect(network.nodes.map(\.id) == ["1", "2", "3", "4", "1/arrival", "2/arrival"])
    #expect(network.notes.splitZones == 2)
    let view = try GraphView(network.graph(), profile: .time)
    #expect(try view.links("1", "2/arrival") == ["l1", "l2"])
    #expect(try view.links("2", "4") == ["l3"])
    #expect(try view.links("1", "4") == nil)
  }

  @Test("costs on random networks with zones are those of a search that never leaves a zone again")
  func oracle() throws {
    var compared = 0
    for seed in 1...80 {
      var random = SeededGenerator(seed: seed)
      let nodeCount = Int.random(in: 2...8, using: &random)
      let firstThrough = Int.random(in: 1...(nodeCount + 1), using: &random)
      let arcs = (0..<Int.random(in: 1...24, using: &random)).map { _ in
        FileArcs.Arc(
          tail: .random(in: 1...nodeCount, using: &random),
          head: .random(in: 1...nodeCount, using: &random),
          cost: .random(in: 1...5, using: &random))
      }
      let text = Self.text(
        arcs.map { Self.row($0.tail, $0.head, time: "\($0.cost)") }, nodes: nodeCount,
        zones: firstThrough - 1, firstThrough: firstThrough)
      let view = try GraphView(TNTPReader().read(GraphFile(text)).graph(), profile: .time)
      for origin in 1...nodeCount {
        var expected = FileArcs.costs(
          arcs.filter { $0.tail != $0.head }, from: origin, nodeCount: nodeCount,
          firstThrough: firstThrough)
        if origin >= firstThrough { expected[origin] = 0 }
        let tree = view.tree(from: try view.node("\(origin)"))
        for node in 1...nodeCount {
          let id = node < firstThrough ? "\(node)/arrival" : "\(node)"
          let destination = try view.node(id)
          #expect(
            tree.impedance(to: destination) == expected[node].map { $0 * 60_000 },
            "seed \(seed), \(origin) to \(id)\n\(text)")
          compared += 1
        }
      }
    }
    #expect(compared > 1000)
  }

  @Test("positions are read with and without header, comments and semicolons")
  func positions() throws {
    let network = GraphFile(Self.text([Self.row(1, 2)], nodes: 2, firstThrough: 2))
    for text in [
      "node\tX\tY\t;\n1\t50\t-4.5\t;\n2\t51\t4\t;\n", "~ a comment\r\n2 51 4\r\n\r\n1 50 -4.5",
      "\u{FEFF}Node X Y\n2 51 4;\n1 50 -4.5 ;",
    ] {
      let read = try TNTPReader().read(network, positions: GraphFile(text))
      #expect(read.hasCoordinates)
      #expect(
        read.nodes.map(\.coordinate) == [
          Coordinate(longitude: 50, latitude: -4.5), Coordinate(longitude: 51, latitude: 4),
          Coordinate(longitude: 50, latitude: -4.5),
        ])
    }
    let planar = TNTPReader(metric: .planar(metersPerUnit: 0.3048))
    let far = "1 672955 518034\n2 672955 528034\n"
    #expect(
      try planar.read(network, positions: GraphFile(far)).nodes[0].coordinate.longitude == 672_955)
    #expect(
      fault(Self.text([], nodes: 2), positions: far)
        == "g:1: x is '672955'; expected a longitude within ±180.0, unless the network is planar")
    #expect(
      fault(Self.text([], nodes: 2), positions: "1 0 0\n")
        == "g: node 2 is missing; expected a position for every node of the graph")
    #expect(
      fault(Self.text([], nodes: 2), positions: "1 0 0\n1 0 0\n")
        == "g:2: node is '1', which line 1 has already; expected one of its own")
    #expect(
      fault(Self.text([], nodes: 2), positions: "1 0 0 7\n") == "g:1: 4 fields; expected 3")
  }

  @Test("a row of ten fields needs no semicolon")
  func semicolons() throws {
    let text = Self.text([Self.row(1, 2, time: "6.5"), Self.row(2, 1)], nodes: 2)
    let bare = text.replacing("\t;", with: "")
    #expect(bare.contains("link_type\n\t1"))
    #expect(
      try TNTPReader().read(GraphFile(bare)).links == TNTPReader().read(GraphFile(text)).links)
    #expect(fault(bare + "\t7") == "g:11: 11 fields; expected 10")
  }

  @Test("without a first through node every zone may be passed, which is noted")
  func passableZones() throws {
    let text = Self.text([Self.row(1, 2), Self.row(2, 3)], nodes: 3, zones: 2, firstThrough: 3)
    let network = try TNTPReader().read(
      GraphFile(text.replacing("<FIRST THRU NODE> 3\n", with: "")))
    #expect(network.nodes.map(\.id) == ["1", "2", "3"])
    #expect(network.notes.splitZones == 0)
    #expect(network.notes.zonesAssumedPassable == 2)
    #expect(try GraphView(network.graph(), profile: .time).links("1", "3") == ["l1", "l2"])
    #expect(try TNTPReader().read(GraphFile(text)).notes.zonesAssumedPassable == 0)
  }

  @Test("columns in another order are noticed whether tabs or blanks part their names")
  func columns() {
    let sound = Self.text([Self.row(1, 2)], nodes: 2)
    let names =
      "~ \tinit_node\tterm_node\tcapacity\tlength\tfree_flow_time\tb\tpower\tspeed\ttoll"
      + "\tlink_type\t;"
    #expect(sound.contains(names))
    let rest = "b power speed toll link_type ;"
    let words = "B Power Speed limit Toll Type"
    for (header, isRefused) in [
      ("~ init_node term_node capacity length free_flow_time \(rest)", false),
      ("~ init_node term_node capacity free_flow_time length \(rest)", true),
      ("~Init node Term node Capacity Length Free Flow Time \(words);", false),
      ("~Init node Term node Capacity Free Flow Time Length \(words);", true),
      ("~ Tail Head Capacity (veh/h) Length (mi) Free Flow Time (min) \(words)", false),
      ("~ Tail Head Link type Capacity Length (mi) Free Flow Time \(words)", true),
      ("~ Tail Head Length Capacity Free Flow Time \(words)", true),
      ("~ term_node init_node capacity length free_flow_time \(rest)", true),
      ("~ Head Tail Capacity Length Free Flow Time \(words)", true),
      (names.replacing("init_node\tterm_node", with: "to node\tfrom node"), true),
      ("~ a length is that of the link, free flow time in minutes, capacity in vehicles", false),
    ] {
      let fault = fault(sound.replacing(names, with: header))
      #expect((fault != nil) == isRefused, "\(header): \(fault ?? "")")
      if isRefused { #expect(fault?.hasPrefix("g:9: the place of ") == true) }
    }
  }

  @Test("what the format does not allow is refused with line, field, value and expectation")
  func faults() {
    let sound = Self.text([Self.row(1, 2)], nodes: 2)
    #expect(fault(sound) == nil)
    for tag in ["ZONES", "NODES", "LINKS"] {
      #expect(
        fault(sound.replacing("<NUMBER OF \(tag)>", with: "<NUMBER>"))
          == "g: <NUMBER OF \(tag)> is missing before the data")
    }
    #expect(
      fault(sound.replacing("<FIRST THRU NODE> 1", with: "<FIRST THRU NODE> 4"))
        == "g:3: <FIRST THRU NODE> is '4'; expected a whole number from 1 to 3")
    #expect(
      fault(sound.replacing("<NUMBER OF NODES> 2", with: "<NUMBER OF NODES> two"))?
        .hasPrefix("g:2: <NUMBER OF NODES> is 'two'; expected a whole number") == true)
    #expect(
      fault(
        sound.replacing("<NUMBER OF NODES> 2", with: "<NUMBER OF NODES> 2\n<NUMBER OF NODES> 2"))
        == "g:3: <NUMBER OF NODES> stands a second time; it is on line 2 already")
    #expect(
      fault(sound.replacing("<END OF METADATA>", with: ""))?.contains(
        "expected an item of metadata")
        == true)
    #expect(fault("<NUMBER OF NODES> 2\n") == "g: <END OF METADATA> is missing before the data")
    #expect(
      fault(sound.replacing("<NUMBER OF LINKS> 1", with: "<NUMBER OF LINKS> 2"))
        == "g: 1 links; expected 2, as the header says: the file may be cut short")
    #expect(fault(String(sound.dropLast(4))) == "g:10: 9 fields; expected 10")
    #expect(
      fault(sound.replacing("\t4\t0", with: "\t0")) == "g:10: 9 fields; expected 10")
    #expect(
      fault(Self.text([Self.row(1, 3)], nodes: 2))
        == "g:10: term node is '3'; expected a node from 1 to 2")
    #expect(
      fault(Self.text([Self.row(0, 2)], nodes: 2))
        == "g:10: init node is '0'; expected a node from 1 to 2")
    for value in ["-1", "x", "nan", "inf", "1e999", "0x1p3", "1,5"] {
      #expect(
        fault(Self.text([Self.row(1, 2, length: value)], nodes: 2))
          == "g:10: length is '\(value)'; expected a finite number, 0 or more")
      #expect(
        fault(Self.text([Self.row(1, 2, time: value)], nodes: 2))
          == "g:10: free flow time is '\(value)'; expected a finite number, 0 or more")
    }
    #expect(
      fault(Self.text([Self.row(1, 2, length: "1e300")], nodes: 2))?
        .contains("expected at most 50000000.0 m") == true)
    #expect(
      fault(Self.text([Self.row(1, 2, time: "1e300")], nodes: 2))?
        .contains("expected at most 180000000 s") == true)
    #expect(
      fault(sound.replacing("length\tfree_flow_time", with: "free_flow_time\tlength"))
        == "g:9: the place of length is '5'; expected 4: init node, term node, capacity, length, "
        + "free flow time, …")
    #expect(fault("") == "g: is empty; expected a TNTP network, which begins with its metadata")
    #expect(
      fault(sound, TNTPReader(secondsPerTimeUnit: 0))?.contains("the unit of times") == true)
  }
}
