public import Geography

/// Reads networks of the Transportation Networks for Research repository: `_net.tntp` files of links,
/// with or without a `_node.tntp` file of positions.
///
/// Node 17 of the file is the node `17`, its 17th row the link `l17`, one-way as every row is. Of a row
/// the initial and the terminal node, the length and the free-flow time are read; capacity, B, power,
/// toll and type belong to assignment, and the repository's own results leave the stated speed aside.
///
/// Zones, the nodes numbered below `<FIRST THRU NODE>`, may be left and entered but not passed through.
/// Each becomes two nodes: the links that leave zone 3 start at `3`, those that enter it end at
/// `3/arrival`. A trip from zone 3 to zone 5 goes from `3` to `5/arrival`, and no route can pass a zone.
/// Where the file states no `<FIRST THRU NODE>`, it is 1: all zones may be passed.
///
/// The repository gives no unit for all networks; each network's own page does. The measure that routes
/// minimise is rounded to whole milliseconds or millimetres, at least 1, and then exact.
///
/// Source: Transportation Networks for Research Core Team, "Transportation Networks for Research",
/// https://github.com/bstabler/TransportationNetworks, section "TNTP Data format".
public struct TNTPReader: Hashable, Sendable {
  /// What impedances are to be exact: of free-flow times, unless said, or of lengths. They are so in a
  /// ``GraphView`` whose profile has the same measure.
  public var measure: ImpedanceProfile.Measure
  /// Metres in the file's unit of length; a mile unless said.
  public var metersPerLengthUnit: Double
  /// Seconds in the file's unit of time; a minute unless said.
  public var secondsPerTimeUnit: Double
  /// How positions are measured.
  public var metric: LengthMetric
  /// The mode of all links.
  public var mode: Mode

  /// The international mile.
  public static let metersPerMile = 1609.344

  /// A reader for what the file does not say of itself.
  public init(
    measure: ImpedanceProfile.Measure = .time, metersPerLengthUnit: Double = metersPerMile,
    secondsPerTimeUnit: Double = 60, metric: LengthMetric = .wgs84, mode: Mode = .road
  ) {
    self.measure = measure
    self.metersPerLengthUnit = metersPerLengthUnit
    self.secondsPerTimeUnit = secondsPerTimeUnit
    self.metric = metric
    self.mode = mode
  }

  /// Reads a network.
  ///
  /// - Parameters:
  ///   - network: The `_net.tntp` file.
  ///   - positions: The `_node.tntp` file; nil leaves the network without coordinates.
  /// - Throws: ``GraphFileError`` for the first fault: metadata missing, twice or wrong, another number
  ///   of links than they state, a column elsewhere than the format has it, a row cut short, a node out
  ///   of range, a length or time that is not a number of 0 or more, a position missing or stated twice.
  /// - Complexity: O(bytes).
  public func read(
    _ network: GraphFile, positions: GraphFile? = nil
  ) throws(GraphFileError) -> ImportedNetwork {
    for (unit, quantity) in [(metersPerLengthUnit, "lengths"), (secondsPerTimeUnit, "times")]
    where !(unit >= 1e-6 && unit <= 1e9) {
      throw .unknownUnit(
        file: network.name, quantity: quantity,
        expected: "metres or seconds from 0.000001 to 1000000000, instead of \(unit)")
    }
    let rows = try TNTPRows(network)
    var coordinates: [Coordinate]?
    if let positions {
      coordinates = try TNTPRows.positions(positions, nodeCount: rows.nodeCount, metric: metric)
    }
    var notes = ImportNotes()
    notes.splitZones = rows.firstThroughNode - 1
    notes.zonesAssumedPassable = rows.zonesAssumedPassable
    var links: [Link] = []
    links.reserveCapacity(rows.rows.count)
    for (index, row) in rows.rows.enumerated() {
      guard row.from != row.to else {
        notes.selfLoops += 1
        continue
      }
      let stated = try impedance(of: row, at: coordinates, in: network, &notes)
      notes.adjustedLinks += stated.isAdjusted ? 1 : 0
      links.append(
        Link(
          id: "l\(index + 1)", from: "\(row.from)",
          to: row.to < rows.firstThroughNode ? "\(row.to)/arrival" : "\(row.to)", mode: mode,
          lengthMeters: stated.lengthMeters,
          speedKilometersPerHour: stated.speedKilometersPerHour, isOneWay: true))
    }
    func node(_ number: Int, _ id: String) -> Node {
      Node(
        id: id, coordinate: coordinates?[number - 1] ?? Coordinate(longitude: 0, latitude: 0))
    }
    // One past the last node if no node may be passed.
    let nodes =
      (0..<rows.nodeCount).map { node($0 + 1, "\($0 + 1)") }
      + (1..<rows.firstThroughNode).map { node($0, "\($0)/arrival") }
    return ImportedNetwork(
      nodes: nodes, links: links, metric: metric, hasCoordinates: coordinates != nil, notes: notes)
  }

  private func impedance(
    of row: TNTPRows.Row, at coordinates: [Coordinate]?, in file: GraphFile,
    _ notes: inout ImportNotes
  ) throws(GraphFileError) -> StatedImpedance {
    let meters = row.length * metersPerLengthUnit
    let seconds = row.freeFlowTime * secondsPerTimeUnit
    guard meters <= TransportGraph.maximumLengthMeters else {
      throw .invalidField(
        file: file.name, line: row.line, field: "length", value: "\(row.length)",
        expected: "at most \(TransportGraph.maximumLengthMeters) m, and this is \(meters) m")
    }
    guard
      let time = StatedImpedance.thousandths(seconds, maximum: StatedImpedance.maximumMilliseconds)
    else {
      throw .invalidField(
        file: file.name, line: row.line, field: "free flow time", value: "\(row.freeFlowTime)",
        expected:
          "at most \(StatedImpedance.maximumMilliseconds / 1000) s, and this is \(seconds) s")
    }
    switch measure {
    case .time:
      notes.raisedImpedances += time.isRaised ? 1 : 0
      let chord = coordinates.map { metric.distance($0[row.from - 1], $0[row.to - 1]) }
      return StatedImpedance(milliseconds: time.value, meters: meters > 0 ? meters : chord)
    case .distance:
      let millimeters = max(1, UInt64((meters * 1000).rounded(.toNearestOrAwayFromZero)))
      notes.raisedImpedances += meters * 1000 < 0.5 ? 1 : 0
      return StatedImpedance(millimeters: millimeters, seconds: seconds)
    }
  }
}
