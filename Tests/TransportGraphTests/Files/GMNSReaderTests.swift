import Geography
import Testing

@testable import TransportGraph

@Suite("GMNS networks")
struct GMNSReaderTests {
  static let nodes = "node_id,name,x_coord,y_coord\nA,Alpha,76.0,43.0\nB,,76.1,43.0\nC,,76.2,43.0\n"
  static let header =
    "link_id,name,from_node_id,to_node_id,directed,length,free_speed,facility_type,allowed_uses,"
    + "dir_flag,geometry\n"
  static let configuration = "dataset_name,long_length,speed,crs\nx,mile,mph,EPSG:4326\n"

  static func files(
    _ rows: String..., nodes: String = nodes, header: String = header,
    configuration: String? = configuration, geometries: String? = nil
  ) -> GMNSReader.Files {
    GMNSReader.Files(
      nodes: GraphFile(nodes, name: "node.csv"),
      links: GraphFile(header + rows.map { $0 + "\n" }.joined(), name: "link.csv"),
      configuration: configuration.map { GraphFile($0, name: "config.csv") },
      geometries: geometries.map { GraphFile($0, name: "geometry.csv") })
  }

  private func fault(_ files: GMNSReader.Files, _ reader: GMNSReader = GMNSReader()) -> String? {
    do throws(GraphFileError) {
      _ = try reader.read(files)
      return nil
    } catch {
      return error.description
    }
  }

  @Test("units come from config.csv, direction from directed, class and mode from the link")
  func links() throws {
    let network = try GMNSReader().read(
      Self.files(
        "1,Main,A,B,true,6,60,arterial,\"auto,bike\",,", "2,,B,C,0,5.1,,,rail,,",
        "3,,C,B,FALSE,,,,,,", "4,,A,A,1,1,,,,,", "5,,A,B,1,6,,,bike;ped,,"))
    #expect(network.links.map(\.id) == ["1", "2", "3"])
    #expect(network.links[0].lengthMeters == 6 * 1609.344)
    #expect(network.links[0].speedKilometersPerHour == 60 * 1.609344)
    #expect(network.links[0].roadClass == "arterial")
    #expect(network.links[0].name == "Main")
    #expect(network.links.map(\.isOneWay) == [true, false, false])
    #expect(network.links.map(\.mode) == [.road, .rail, .road])
    #expect(network.links[1].speedKilometersPerHour == nil)
    // Without a length that of the line: 0.1° of longitude at 43° north, 8,151 m.
    #expect(abs(network.links[2].lengthMeters - 8151) < 5)
    #expect(network.nodes[0].name == "Alpha")
    #expect(network.notes.selfLoops == 1)
    #expect(network.notes.unusableLinks == 1)
  }

  @Test("the names of WGS 84 are compared whole, in any case")
  func systems() {
    for (name, isAccepted) in [
      ("EPSG:4326", true), ("epsg:4326", true), ("OGC:CRS84", true), ("crs84", true),
      ("EPSG:14326", false), ("EPSG:4326+5773", false), ("notCRS84", false),
    ] {
      let fault = fault(Self.files("1,,A,B,1,,,,,,", configuration: "crs\n\(name)\n"))
      #expect((fault == nil) == isAccepted, "\(name): \(fault ?? "")")
    }
  }

  @Test("a table that says things twice is refused")
  func twice() {
    #expect(
      fault(Self.files("1,,A,B,1,,,,,,", configuration: "crs\nEPSG:4326\nEPSG:4326\n"))
        == "config.csv: 2 rows; expected one below the header")
    let line = "\"LINESTRING (76 43, 76.1 43)\""
    #expect(
      fault(
        Self.files("1,,A,B,1,,,,,,", geometries: "geometry_id,geometry\ng,\(line)\ng,\(line)\n"))
        == "geometry.csv:3: geometry_id is 'g', which line 2 has already; expected one of its own")
  }

  @Test("lines run from node to node whatever their flag, drawn or shared")
  func shapes() throws {
    let forward = "\"LINESTRING (76 43, 76.05 43.01, 76.1 43)\""
    let backward = "\"LineString Z(76.1 43 5,76.05 43.01 6,  76 43 7)\""
    let network = try GMNSReader().read(
      Self.files("1,,A,B,1,6,,,,1,\(forward)", "2,,A,B,1,6,,,,-1,\(backward)", "3,,A,B,1,6,,,,,"))
    let lines = try #require(network.lines())
    #expect(lines[0].map(\.longitude) == [76, 76.05, 76.1])
    #expect(lines[1] == lines[0])
    #expect(lines[2].map(\.longitude) == [76, 76.1])
    let shared = try GMNSReader().read(
      Self.files(
        "1,,A,B,1,6,g",
        header: "link_id,name,from_node_id,to_node_id,directed,length,geometry_id\n",
        geometries: "geometry_id,geometry\ng,\(forward)\n"))
    #expect(shared.lines()?[0] == lines[0] && shared.notes.straightLinks == 0)
    let alone = try GMNSReader().read(
      Self.files(
        "1,,A,B,1,6,g", "2,,B,A,1,6,",
        header: "link_id,name,from_node_id,to_node_id,directed,length,geometry_id\n"))
    #expect(alone.notes.straightLinks == 1 && alone.lines()?[0].count == 2)
    #expect(
      fault(Self.files("1,,A,B,1,6,,,,1,\(backward)"))
        == "link.csv:2: geometry is 'LineString Z(76.1 43 5,76.05 43.01 6,  76 43 7)'; expected a "
        + "line from node A to node B to 1 m, in the order that dir_flag says; it is 8154.0 m from "
        + "node A")
  }

  @Test("a line over the antimeridian is not measured around the Earth")
  func antimeridian() throws {
    let nodes = "node_id,x_coord,y_coord\nA,179.9,0\nB,-179.9,0\nC,-179.8,0\n"
    for (row, ends) in [
      ("1,,A,B,1,,,,,,", "from [179.9, 0.0] to [-179.9, 0.0]"),
      (
        "1,,B,A,0,NaN,,,,-1,\"LINESTRING(179.9 0,-179.9 0)\"",
        "from [-179.9, 0.0] to [179.9, 0.0]"
      ),
    ] {
      #expect(
        fault(Self.files(row, nodes: nodes))
          == "link.csv:2: length is ''; expected a length, for the line leads over the antimeridian, "
          + "\(ends), and would be measured around the Earth")
    }
    // A length is taken as stated, and one side is measured as ever; a plane has no such line.
    let links = try GMNSReader().read(
      Self.files("1,,A,B,1,14,,,,,", "2,,B,C,1,,,,,,", nodes: nodes)
    ).links
    #expect(links[0].lengthMeters == 14 * 1609.344 && links[1].lengthMeters < 12_000)
    let planar = try GMNSReader(metric: .planar(metersPerUnit: 1)).read(
      Self.files("1,,A,B,1,,,,,,", nodes: nodes))
    #expect(planar.links[0].lengthMeters == 359.8)
  }

  @Test("a file that cannot be read is told with the system's reason")
  func unreadable() throws {
    for (path, reason) in [("/", "Is a directory"), ("/none/such", "No such file or directory")] {
      #expect(throws: GraphFileError.unreadable(file: path, reason: reason)) {
        _ = try GraphFile(contentsOf: path)
      }
    }
  }

  @Test("units that nobody states are asked for, not guessed")
  func units() throws {
    let files = Self.files("1,,A,B,1,6,60,,,,", configuration: nil)
    #expect(
      fault(files)
        == "link.csv: the unit of length is not known; expected long_length in config.csv, or the "
        + "unit stated")
    var reader = GMNSReader(metersPerLengthUnit: 1000)
    #expect(fault(files, reader)?.contains("the unit of free_speed") == true)
    reader.kilometersPerHourPerSpeedUnit = 1
    let link = try reader.read(files).links[0]
    #expect(link.lengthMeters == 6000 && link.speedKilometersPerHour == 60)
    #expect(fault(Self.files("1,,A,B,1,,,,,,", configuration: nil)) == nil)
    #expect(
      fault(Self.files("1,,A,B,1,,,,,,", configuration: "long_length\nfurlong\n"))?
        .hasPrefix("config.csv:2: long_length is 'furlong'; expected one of feet, foot, ft") == true
    )
    #expect(
      fault(Self.files("1,,A,B,1,,,,,,", configuration: "crs\nEPSG:2263\n"))
        == "config.csv:2: crs is 'EPSG:2263'; expected EPSG:4326 or OGC:CRS84, unless the network is planar"
    )
    #expect(
      fault(
        Self.files("1,,A,B,1,,,,,,", configuration: "crs\nEPSG:2263\n"),
        GMNSReader(metric: .planar(metersPerUnit: 1))) == nil)
    #expect(
      fault(files, GMNSReader(metersPerLengthUnit: .nan))?.contains("the unit of lengths") == true)
  }

  @Test("what the specification does not allow is refused with file, line, column, value")
  func faults() {
    #expect(
      fault(Self.files(nodes: "node_id,x_coord\nA,1\n"))
        == "node.csv:1: column 'y_coord' is missing; found node_id, x_coord")
    #expect(
      fault(Self.files(header: "link_id,from_node_id,to_node_id\n"))
        == "link.csv:1: column 'directed' is missing; found link_id, from_node_id, to_node_id")
    #expect(
      fault(Self.files(nodes: "node_id,x_coord,y_coord\nA,1,2\nA,1,2\n"))
        == "node.csv:3: node_id is 'A', which line 2 has already; expected one of its own")
    #expect(
      fault(Self.files("1,,A,B,1,6,60,,,,", "1,,B,A,1,6,60,,,,"))
        == "link.csv:3: link_id is '1', which line 2 has already; expected one of its own")
    #expect(
      fault(Self.files("1,,A,D,1,6,60,,,,"))
        == "link.csv:2: to_node_id is 'D'; expected a node_id of the nodes")
    #expect(
      fault(Self.files("1,,,B,1,6,60,,,,"))
        == "link.csv:2: from_node_id is ''; expected an identifier")
    #expect(
      fault(Self.files("1,,A,B,yes,6,60,,,,"))
        == "link.csv:2: directed is 'yes'; expected true, false, 1 or 0")
    for length in ["-1", "1e9"] {
      #expect(fault(Self.files("1,,A,B,1,\(length),60,,,,"))?.contains("length is") == true)
    }
    for length in ["x", "inf", "1e999", "0x10"] {
      #expect(
        fault(Self.files("1,,A,B,1,\(length),60,,,,"))
          == "link.csv:2: length is '\(length)'; expected a finite number, with a point for the decimals"
      )
    }
    for speed in ["0", "-5", "300"] {
      #expect(
        fault(Self.files("1,,A,B,1,6,\(speed),,,,"))?.hasPrefix(
          "link.csv:2: free_speed is '\(speed)'; expected 1 to 400 km/h") == true)
    }
    #expect(
      fault(Self.files("1,,A,B,1,6,60,,,2,")) == "link.csv:2: dir_flag is '2'; expected 1, -1 or 0")
    #expect(
      fault(Self.files("1,,A,B,1,6,60,,moon;ped,,"))
        == "link.csv: no link: none has a known use; found moon, ped")
    #expect(
      fault(Self.files("1,,A,A,1,6,60,,,,"))
        == "link.csv: no link: each joins a node to itself")
    for shape in [
      "POINT (1 2)", "LINESTRING EMPTY", "LINESTRING (76 43)", "LINESTRING (76 43, 76.1 x)",
    ] {
      #expect(
        fault(Self.files("1,,A,B,1,6,60,,,,\"\(shape)\""))
          == "link.csv:2: geometry is '\(shape)'; expected LINESTRING (x y, …) of 2 positions or more"
      )
    }
    #expect(
      fault(Self.files(nodes: "node_id,x_coord,y_coord\nA,500000,4000000\n"))
        == "node.csv:2: x_coord is '500000'; expected a longitude within ±180.0, unless the network "
        + "is planar")
    #expect(
      fault(Self.files("1,A,B")) == "link.csv:2: 3 fields; expected 11, as in the header")
    #expect(
      fault(Self.files(nodes: ""))
        == "node.csv: is empty; expected a table with the columns node_id, x_coord, y_coord")
    #expect(
      fault(Self.files(configuration: "speed\nmph\nmph\n"))?.hasPrefix("config.csv: 2 rows") == true
    )
  }
}
