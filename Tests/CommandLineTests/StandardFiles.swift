import Foundation
import Testing

/// One small network in each standard format, which a test may spoil:
///
/// ```
/// 1 ─8,030 m─ 2 ─▶ 3      3 is back at 2 by another way, 70 m longer
/// ```
struct StandardFiles {
  static let graph = """
    c a small graph
    p sp 3 4
    a 1 2 8030
    a 2 1 8030
    a 2 3 9000
    a 3 2 9070

    """
  static let coordinates = """
    p aux sp co 3
    v 1 76000000 43000000
    v 2 76090000 43000000
    v 3 76190000 43000000

    """
  static let network = """
    <NUMBER OF ZONES> 1
    <NUMBER OF NODES> 3
    <FIRST THRU NODE> 2
    <NUMBER OF LINKS> 4
    <END OF METADATA>

    ~ \tinit_node\tterm_node\tcapacity\tlength\tfree_flow_time\tb\tpower\tspeed\ttoll\tlink_type\t;
    \t1\t2\t4800\t5\t6\t0.15\t4\t0\t0\t1\t;
    \t2\t1\t4800\t5\t6\t0.15\t4\t0\t0\t1\t;
    \t2\t3\t4800\t5.6\t7.25\t0.15\t4\t0\t0\t1\t;
    \t3\t2\t4800\t5.6\t7.5\t0.15\t4\t0\t0\t1\t;

    """
  static let nodes = "node\tX\tY\t;\n1\t76\t43\t;\n2\t76.09\t43\t;\n3\t76.19\t43\t;\n"
  static let nodeTable = "node_id,name,x_coord,y_coord\n1,West,76,43\n2,,76.09,43\n3,,76.19,43\n"
  static let linkTable = """
    link_id,from_node_id,to_node_id,directed,length,free_speed,facility_type,allowed_uses,dir_flag,geometry
    1,1,2,0,8.25,60,arterial,"auto,bike",1,"LINESTRING (76 43, 76.05 43.001, 76.09 43)"
    b,2,3,1,9,60,arterial,auto,,
    c,3,2,1,9.07,90,freeway,all,,

    """
  static let configuration = "dataset_name,long_length,speed,crs\nx,km,kmh,EPSG:4326\n"

  /// The inputs of the three formats.
  static let inputs = ["n.gr", "n_net.tntp", "gmns"]

  let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try FileManager.default.createDirectory(
      atPath: folder.path("gmns"), withIntermediateDirectories: false)
    for (name, text) in [
      ("n.gr", Self.graph), ("n.co", Self.coordinates), ("n_net.tntp", Self.network),
      ("n_node.tntp", Self.nodes), ("gmns/node.csv", Self.nodeTable),
      ("gmns/link.csv", Self.linkTable), ("gmns/config.csv", Self.configuration),
    ] { try folder.write(text, to: name) }
  }

  func path(_ name: String) -> String { folder.path(name) }

  func data(_ name: String) throws -> Data {
    try Data(contentsOf: URL(fileURLWithPath: path(name)))
  }

  /// Replaces the first occurrence of a text in a file.
  func replace(_ old: String, with new: String, in name: String) throws {
    let text = try String(contentsOfFile: path(name), encoding: .utf8)
    let range = try #require(text.range(of: old), "\(old) in \(name)")
    try folder.write(text.replacingCharacters(in: range, with: new), to: name)
  }

  /// The input that a file belongs to.
  static func input(of file: String) -> String {
    file.hasPrefix("gmns") ? "gmns" : file.hasSuffix(".tntp") ? "n_net.tntp" : "n.gr"
  }

  func convert(_ input: String, _ options: String...) throws -> CorridorProcess {
    try CorridorProcess(
      ["network", "convert", path(input), "--output", path("result")] + options, in: folder.path)
  }
}

extension Fault {
  static let dimacs = [
    Fault("n.gr", "p sp 3 4\n", "", says: ["the problem line 'p sp NODES ARCS'"]),
    Fault("n.gr", "p sp 3 4", "p sp 3 4\np sp 3 4", says: ["n.gr:3:", "second time", "line 2"]),
    Fault("n.gr", "p sp 3 4", "p max 3 4", says: ["n.gr:2:", "p max 3 4", "p sp NODES ARCS"]),
    Fault("n.gr", "p sp 3 4", "p sp 3 5", says: ["n.gr: 4 arcs; expected 5", "cut short"]),
    Fault("n.gr", "p sp 3 4", "p sp -3 4", says: ["n.gr:2: nodes is '-3'", "whole number"]),
    Fault("n.gr", "p sp 3 4", "p sp 3", says: ["n.gr:2: 3 fields; expected 4"]),
    Fault("n.gr", "a 2 3 9000", "a 2 4 9000", says: ["n.gr:5: head is '4'", "1 to 3"]),
    Fault("n.gr", "a 2 3 9000", "a 0 3 9000", says: ["n.gr:5: tail is '0'", "1 to 3"]),
    Fault("n.gr", "a 2 3 9000", "a 2 3 -9000", says: ["n.gr:5: weight is '-9000'"]),
    Fault("n.gr", "a 2 3 9000", "a 2 3 9000.5", says: ["n.gr:5: weight is '9000.5'"]),
    Fault("n.gr", "a 2 3 9000", "a 2 3 nan", says: ["n.gr:5: weight is 'nan'"]),
    Fault("n.gr", "a 2 3 9000", "a 2 3 inf", says: ["n.gr:5: weight is 'inf'"]),
    Fault("n.gr", "a 2 3 9000", "a 2 3 18446744073709551616", says: ["n.gr:5: weight is '1844"]),
    Fault("n.gr", "a 2 3 9000", "a 2 3", says: ["n.gr:5: 3 fields; expected 4"]),
    Fault("n.gr", "a 2 3 9000", "a 2 3 9000 1", says: ["n.gr:5: 5 fields; expected 4"]),
    Fault("n.gr", "a 2 3 9000", "e 2 3 9000", says: ["n.gr:5: 'e 2 3 9000'", "an arc"]),
    Fault("n.gr", "a 2 3 9000", "a 2 3 30000000", says: ["link a3", "at most 20040000.0 m"]),
    Fault("n.gr", graphArcs, "a 1 1 1\na 1 1 1\na 1 1 1\na 1 1 1\n", says: ["n.gr: no link"]),
    Fault("n.co", "p aux sp co 3\n", "", says: ["n.co: the problem line 'p aux sp co NODES'"]),
    Fault("n.co", "p aux sp co 3", "p aux sp co 4", says: ["n.co: 4 nodes stated; expected 3, as"]),
    Fault("n.co", "v 3 76190000", "v 2 76190000", says: ["n.co:4: node is '2'", "line 3"]),
    Fault("n.co", "v 3 76190000 43000000\n", "", says: ["n.co: node 3 is missing"]),
    Fault("n.co", "v 3 76190000", "v 4 76190000", says: ["n.co:4: node is '4'", "1 to 3"]),
    Fault("n.co", "v 3 76190000", "v 3 east", says: ["n.co:4: x is 'east'", "finite number"]),
    Fault("n.co", "v 3 76190000", "v 3 1e999", says: ["n.co:4: x is '1e999'"]),
    Fault(
      "n.co", "v 3 76190000", "v 3 276190000", says: ["n.co:4: x is '276190000'", "longitude"]),
  ]
  private static let graphArcs = "a 1 2 8030\na 2 1 8030\na 2 3 9000\na 3 2 9070\n"

  static let tntp = [
    tntp("<NUMBER OF NODES> 3\n", "", "<NUMBER OF NODES> is missing"),
    tntp("<NUMBER OF LINKS> 4\n", "", "<NUMBER OF LINKS> is missing"),
    tntp("<NUMBER OF ZONES> 1\n", "", "<NUMBER OF ZONES> is missing"),
    tntp("<END OF METADATA>\n", "", ":7:", "<END OF METADATA>"),
    tntp("<NUMBER OF LINKS> 4", "<NUMBER OF LINKS> 5", "4 links; expected 5"),
    tntp("<NUMBER OF LINKS> 4", "<NUMBER OF LINKS> -4", ":4:", "'-4'", "whole number"),
    tntp("<NUMBER OF LINKS> 4", "<NUMBER OF LINKS> 4\n<NUMBER OF LINKS> 4", ":5:", "second time"),
    tntp("<FIRST THRU NODE> 2", "<FIRST THRU NODE> 0", ":3: <FIRST THRU NODE> is '0'", "1 to 4"),
    tntp("<NUMBER OF ZONES> 1", "<NUMBER OF ZONES> 9", ":1: <NUMBER OF ZONES> is '9'", "0 to 3"),
    tntp("\t2\t3\t4800", "\t2\t4\t4800", ":10: term node is '4'", "1 to 3"),
    tntp("\t2\t3\t4800", "\t0\t3\t4800", ":10: init node is '0'"),
    tntp("5.6\t7.25", "5.6\t-7.25", ":10: free flow time is '-7.25'", "0 or more"),
    tntp("5.6\t7.25", "5.6\tnan", ":10: free flow time is 'nan'"),
    tntp("5.6\t7.25", "inf\t7.25", ":10: length is 'inf'"),
    tntp("5.6\t7.25", "five\t7.25", ":10: length is 'five'"),
    tntp("5.6\t7.25", "5.6", ":10: 9 fields; expected 10"),
    tntp("7.25\t0.15\t4\t0\t0\t1\t;", "7.25\t0.15\t4\t0\t0", ":10: 9 fields; expected 10"),
    tntp("length\tfree_flow_time", "free_flow_time\tlength", ":7: the place of length is '5'"),
    tntp("5.6\t7.25", "5.6\t3000000", "link l3", "at most 20040000.0 m"),
    Fault("n_node.tntp", "3\t76.19\t43\t;\n", "", says: ["n_node.tntp: node 3 is missing"]),
    Fault("n_node.tntp", "3\t76.19", "2\t76.19", says: ["n_node.tntp:4: node is '2'", "line 3"]),
    Fault(
      "n_node.tntp", "3\t76.19", "3\t676.19", says: ["n_node.tntp:4: x is '676.19'", "planar"]),
    Fault("n_node.tntp", "3\t76.19\t43", "3\t76.19", says: ["n_node.tntp:4: 2 fields; expected 3"]),
  ]

  private static func tntp(_ old: String, _ new: String, _ says: String...) -> Fault {
    Fault("n_net.tntp", old, new, says: ["n_net.tntp"] + says)
  }

  static let gmns = [
    gmns("link", "link_id,", "id,", ":1: column 'link_id' is missing"),
    gmns("link", "directed,", "dir,", ":1: column 'directed' is missing"),
    gmns("node", "y_coord", "y", ":1: column 'y_coord' is missing"),
    gmns("node", "2,,76.09", "1,,76.09", ":3: node_id is '1'", "line 2"),
    gmns("node", "2,,76.09", ",,76.09", ":3: node_id is ''"),
    gmns("node", "2,,76.09", "2,,x", ":3: x_coord is 'x'", "finite number"),
    gmns("node", "2,,76.09", "2,,nan", ":3: x_coord is 'nan'"),
    gmns("node", "2,,76.09", "2,,600000", ":3: x_coord is '600000'", "longitude", "planar"),
    gmns("link", "b,2,3", "1,2,3", ":3: link_id is '1'", "line 2"),
    gmns("link", "b,2,3", "b,2,9", ":3: to_node_id is '9'", "node_id"),
    gmns("link", "b,2,3,1", "b,2,3,maybe", ":3: directed is 'maybe'", "true"),
    gmns("link", "1,9,60", "1,-9,60", ":3: length is '-9'"),
    gmns("link", "1,9,60", "1,inf,60", ":3: length is 'inf'"),
    gmns("link", "1,9,60", "1,9,0", ":3: free_speed is '0'", "400 km/h"),
    gmns("link", "b,2,3,1,9", "b,2,3,1", ":3: 9 fields; expected 10"),
    gmns("link", "76.09 43)\"", "76.09 43", ":2:", "never ends"),
    gmns("link", "76.09 43)", "76.08 43)", ":2: geometry is", "815.0 m from node 2"),
    gmns("link", "LINESTRING (76 43,", "LINESTRING (76,", ":2: geometry is", "LINESTRING (x y"),
    gmns("link", ",1,\"LINE", ",2,\"LINE", ":2: dir_flag is '2'"),
    gmns("link", "1,9,60", "1,30000,60", "link b", "at most 20040000.0 m"),
    gmns("config", "km,", "li,", ":2: long_length is 'li'", "miles"),
    gmns("config", "kmh", "knots", ":2: speed is 'knots'"),
    gmns("config", "EPSG:4326", "EPSG:32643", ":2: crs is 'EPSG:32643'", "planar"),
    gmns("config", "EPSG:4326", "EPSG:14326", ":2: crs is 'EPSG:14326'", "OGC:CRS84"),
    gmns("config", "x,km", "x,km,kmh,EPSG:4326\ny,km", "config.csv: 2 rows; expected one below"),
    gmns("config", "km,kmh", ",", "link.csv: the unit of length is not known"),
  ]

  private static func gmns(_ table: String, _ old: String, _ new: String, _ says: String...)
    -> Fault
  {
    Fault("gmns/\(table).csv", old, new, says: ["gmns"] + says)
  }
}
