public import Geography
import Tables

/// Reads networks after the General Modeling Network Specification: `node.csv` and `link.csv`, with
/// `config.csv` and `geometry.csv` where there are any.
///
/// | column | becomes |
/// |---|---|
/// | `node_id`, `x_coord`, `y_coord`, `name` | a node |
/// | `link_id`, `from_node_id`, `to_node_id`, `name` | a link |
/// | `directed` | one-way, or in both directions |
/// | `length` | metres, by the unit of `long_length`; without it the length of the line, which must not lead over the antimeridian |
/// | `free_speed` | km/h, by the unit of `speed`; without it the profile's speed of the class |
/// | `facility_type` | the class |
/// | `allowed_uses` | the mode, by ``uses``; links of other uses are left out |
/// | `geometry`, or `geometry_id` with `geometry.csv`; `dir_flag` | the line, from node to node to 1 m |
///
/// Other columns are ignored, those of tolls, lanes and turns among them. Links from a node to itself are
/// left out.
///
/// Source: Zephyr Foundation, General Modeling Network Specification 0.96,
/// https://github.com/zephyr-data-specs/GMNS.
public struct GMNSReader: Hashable, Sendable {
  /// The files of a network.
  public struct Files: Hashable, Sendable {
    /// `node.csv`.
    public var nodes: GraphFile
    /// `link.csv`.
    public var links: GraphFile
    /// Units and the reference system.
    public var configuration: GraphFile?
    /// Lines that links share.
    public var geometries: GraphFile?

    /// The files of one network; those left out say nothing.
    public init(
      nodes: GraphFile, links: GraphFile, configuration: GraphFile? = nil,
      geometries: GraphFile? = nil
    ) {
      self.nodes = nodes
      self.links = links
      self.configuration = configuration
      self.geometries = geometries
    }
  }

  /// Metres in the unit of `length`; nil takes it from `config.csv`.
  public var metersPerLengthUnit: Double?
  /// Kilometres per hour in the unit of `free_speed`; nil takes it from `config.csv`.
  public var kilometersPerHourPerSpeedUnit: Double?
  /// How positions are measured. On WGS 84 a `crs` that says otherwise is an error.
  public var metric: LengthMetric
  /// Which uses travel by which mode, in lower case. A link takes the first of road, rail and ferry that
  /// one of its uses has; one without uses is a road.
  public var uses: [String: Mode]

  /// Uses that are common in published networks; the specification leaves their names to each.
  public static let commonUses: [String: Mode] = [
    "all": .road, "auto": .road, "car": .road, "cars": .road, "bus": .road, "hov": .road,
    "hov2": .road, "hov3": .road, "motor_vehicle": .road, "sov": .road, "truck": .road,
    "trucks": .road, "vehicle": .road, "rail": .rail, "train": .rail, "ferry": .ferry,
  ]

  /// A reader for what the files do not say of themselves.
  public init(
    metersPerLengthUnit: Double? = nil, kilometersPerHourPerSpeedUnit: Double? = nil,
    metric: LengthMetric = .wgs84, uses: [String: Mode] = commonUses
  ) {
    self.metersPerLengthUnit = metersPerLengthUnit
    self.kilometersPerHourPerSpeedUnit = kilometersPerHourPerSpeedUnit
    self.metric = metric
    self.uses = uses
  }

  /// Reads a network.
  ///
  /// - Throws: ``GraphFileError`` for the first fault: a table that is none, a column missing, a cell
  ///   against its rule, an identifier used twice, a node that does not exist, a unit that is not known,
  ///   a line that does not lead from node to node, no link for the known uses.
  /// - Complexity: O(bytes), by hashing.
  public func read(_ files: Files) throws(GraphFileError) -> ImportedNetwork {
    let configuration = try GMNSConfiguration(files.configuration, reader: self)
    let nodes = try nodes(files.nodes)
    let links = try GMNSLinks(files, reader: self, configuration: configuration, nodes: nodes)
    return ImportedNetwork(
      nodes: nodes.nodes, links: links.links, metric: metric, hasCoordinates: true,
      notes: links.notes, shapes: links.shapes)
  }

  private func nodes(
    _ file: GraphFile
  ) throws(GraphFileError) -> (nodes: [Node], index: [String: Int]) {
    let table = try GMNSTable(file, columns: ["node_id", "x_coord", "y_coord"])
    var nodes: [Node] = []
    var index: [String: Int] = [:]
    nodes.reserveCapacity(table.rows.count)
    index.reserveCapacity(table.rows.count)
    for row in table.rows {
      let id = try table.text("node_id", row)
      if let first = index.updateValue(nodes.count, forKey: id) {
        throw .duplicate(
          file: file.name, line: row.line, field: "node_id", id: id,
          firstLine: table.rows[first].line)
      }
      nodes.append(
        Node(
          id: id,
          coordinate: Coordinate(
            longitude: try coordinate("x_coord", "x", limit: 180, row, table),
            latitude: try coordinate("y_coord", "y", limit: 90, row, table)),
          name: table.optional("name", row)))
    }
    return (nodes, index)
  }

  private func coordinate(
    _ column: String, _ axis: String, limit: Double, _ row: DelimitedTable.Row, _ table: GMNSTable
  ) throws(GraphFileError) -> Double {
    let value = try table.number(column, row)
    guard metric.accepts(value, limit: limit) else {
      throw table.invalid(column, row, metric.expectation(axis, limit: limit))
    }
    return value
  }
}
