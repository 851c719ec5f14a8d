import Geography
import Tables

/// The links of a GMNS network.
struct GMNSLinks {
  private(set) var links: [Link] = []
  /// The lines that the files draw, by link index.
  private(set) var shapes: [Int: [Coordinate]] = [:]
  private(set) var notes = ImportNotes()

  private let table: GMNSTable
  private let reader: GMNSReader
  private let configuration: GMNSConfiguration
  private let nodes: [Node]
  private let nodeIndex: [String: Int]
  /// Well-known text by `geometry_id`.
  private var geometries: [String: String] = [:]

  /// How far a line's ends may lie from the link's nodes, as in the project's own format.
  private static let nodeToleranceMeters = 1.0

  init(
    _ files: GMNSReader.Files, reader: GMNSReader, configuration: GMNSConfiguration,
    nodes: (nodes: [Node], index: [String: Int])
  ) throws(GraphFileError) {
    self.reader = reader
    self.configuration = configuration
    self.nodes = nodes.nodes
    nodeIndex = nodes.index
    table = try GMNSTable(
      files.links, columns: ["link_id", "from_node_id", "to_node_id", "directed"])
    if let file = files.geometries {
      let shapes = try GMNSTable(file, columns: ["geometry_id", "geometry"])
      var lines: [String: Int] = [:]
      for row in shapes.rows {
        let id = try shapes.text("geometry_id", row)
        if let first = lines.updateValue(row.line, forKey: id) {
          throw .duplicate(
            file: file.name, line: row.line, field: "geometry_id", id: id, firstLine: first)
        }
        geometries[id] = try shapes.text("geometry", row)
      }
    }
    var lines: [String: Int] = [:]
    lines.reserveCapacity(table.rows.count)
    var unknownUses: Set<String> = []
    for row in table.rows {
      let id = try table.text("link_id", row)
      if let first = lines.updateValue(row.line, forKey: id) {
        throw .duplicate(
          file: table.file, line: row.line, field: "link_id", id: id, firstLine: first)
      }
      try add(row, id: id, &unknownUses)
    }
    guard !links.isEmpty || table.rows.isEmpty else {
      throw .noLinks(
        file: table.file,
        reason: unknownUses.isEmpty
          ? "each joins a node to itself"
          : "none has a known use; found \(unknownUses.sorted().prefix(5).joined(separator: ", "))")
    }
  }

  private mutating func add(
    _ row: DelimitedTable.Row, id: String, _ unknownUses: inout Set<String>
  ) throws(GraphFileError) {
    let from = try node("from_node_id", row)
    let to = try node("to_node_id", row)
    let isOneWay = try flag("directed", row)
    let line = try shape(row, from: nodes[from], to: nodes[to])
    let length = try length(row, along: line ?? [nodes[from].coordinate, nodes[to].coordinate])
    let speed = try speed(row)
    guard from != to else {
      notes.selfLoops += 1
      return
    }
    guard let mode = mode(row, &unknownUses) else {
      notes.unusableLinks += 1
      return
    }
    // A way cannot be 0 m long; below half a millimetre it would cost nothing.
    notes.raisedImpedances += length < 0.0005 ? 1 : 0
    if let line {
      shapes[links.count] = line
    } else if table.optional("geometry_id", row) != nil {
      notes.straightLinks += 1
    }
    links.append(
      Link(
        id: id, from: nodes[from].id, to: nodes[to].id, mode: mode,
        roadClass: table.optional("facility_type", row) ?? ImpedanceProfile.defaultClass,
        lengthMeters: length < 0.0005 ? 0.001 : length, speedKilometersPerHour: speed,
        isOneWay: isOneWay, name: table.optional("name", row)))
  }

  private func node(
    _ column: String, _ row: DelimitedTable.Row
  ) throws(GraphFileError) -> Int {
    guard let index = nodeIndex[try table.text(column, row)] else {
      throw table.invalid(column, row, "a node_id of the nodes")
    }
    return index
  }

  /// A boolean as Frictionless tables write it, the language of the specification.
  private func flag(
    _ column: String, _ row: DelimitedTable.Row
  ) throws(GraphFileError) -> Bool {
    switch table.optional(column, row)?.lowercased() {
    case "true", "1": return true
    case "false", "0": return false
    default: throw table.invalid(column, row, "true, false, 1 or 0")
    }
  }

  private func length(
    _ row: DelimitedTable.Row, along line: [Coordinate]
  ) throws(GraphFileError) -> Double {
    guard table.optional("length", row) != nil else {
      if let start = reader.metric.antimeridianStretch(of: line) {
        throw table.invalid(
          "length", row,
          "a length, for the line leads over the antimeridian, from \(line[start]) to "
            + "\(line[start + 1]), and would be measured around the Earth")
      }
      return reader.metric.length(of: line)
    }
    guard let unit = configuration.metersPerLengthUnit else {
      throw .unknownUnit(
        file: table.file, quantity: "length",
        expected: "long_length in config.csv, or the unit stated")
    }
    let meters = try table.number("length", row) * unit
    guard meters >= 0, meters <= TransportGraph.maximumLengthMeters else {
      throw table.invalid(
        "length", row, "a number from 0 to \(TransportGraph.maximumLengthMeters / unit)")
    }
    return meters
  }

  private func speed(_ row: DelimitedTable.Row) throws(GraphFileError) -> Double? {
    guard table.optional("free_speed", row) != nil else { return nil }
    guard let unit = configuration.kilometersPerHourPerSpeedUnit else {
      throw .unknownUnit(
        file: table.file, quantity: "free_speed",
        expected: "speed in config.csv, or the unit stated")
    }
    let speed = try table.number("free_speed", row) * unit
    guard ImpedanceProfile.speedRangeKilometersPerHour.contains(speed) else {
      throw table.invalid("free_speed", row, "1 to 400 km/h, and this is \(speed) km/h")
    }
    return speed
  }

  /// The mode of a link; nil if none of its uses has one.
  private func mode(_ row: DelimitedTable.Row, _ unknownUses: inout Set<String>) -> Mode? {
    guard let text = table.optional("allowed_uses", row) else { return .road }
    let names = text.lowercased().split { $0 == "," || $0 == ";" }
      .map { $0.trimming { $0.isWhitespace } }
    let modes = Set(names.compactMap { reader.uses[$0] })
    if modes.isEmpty { unknownUses.formUnion(names) }
    return Mode.allCases.first { modes.contains($0) }
  }

  /// The drawn line from node to node; nil where there is none.
  private func shape(
    _ row: DelimitedTable.Row, from: Node, to: Node
  ) throws(GraphFileError) -> [Coordinate]? {
    let direction = table.optional("dir_flag", row) ?? "0"
    guard ["1", "0", "-1"].contains(direction) else {
      throw table.invalid("dir_flag", row, "1, -1 or 0")
    }
    let column = table.optional("geometry", row) == nil ? "geometry_id" : "geometry"
    guard var text = table.optional(column, row) else { return nil }
    if column == "geometry_id" {
      // An id without the file is no fault: the link is straight then.
      if geometries.isEmpty { return nil }
      guard let shared = geometries[text] else {
        throw table.invalid(column, row, "a geometry_id of the geometries")
      }
      text = shared
    }
    guard var line = WellKnownText.lineString(text),
      line.allSatisfy({
        reader.metric.accepts($0.longitude, limit: 180)
          && reader.metric.accepts($0.latitude, limit: 90)
      })
    else { throw table.invalid(column, row, "LINESTRING (x y, …) of 2 positions or more") }
    if direction == "-1" { line.reverse() }
    for (end, node) in [(line[0], from), (line[line.count - 1], to)] {
      let meters = reader.metric.distance(end, node.coordinate)
      guard meters <= Self.nodeToleranceMeters else {
        throw table.invalid(
          column, row,
          "a line from node \(from.id) to node \(to.id) to 1 m, in the order that dir_flag says; it "
            + "is \(meters.rounded()) m from node \(node.id)")
      }
    }
    return line
  }
}

extension StringProtocol {
  /// Without such characters at both ends.
  fileprivate func trimming(_ isTrimmed: (Character) -> Bool) -> String {
    guard let first = firstIndex(where: { !isTrimmed($0) }),
      let last = lastIndex(where: { !isTrimmed($0) })
    else { return "" }
    return String(self[first...last])
  }
}
