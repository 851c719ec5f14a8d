public import Geography

/// Reads the graphs of the 9th DIMACS Implementation Challenge on shortest paths: `.gr` files of arcs,
/// with or without a `.co` file of positions.
///
/// Node 17 of the file is the node `17`, the 17th arc the link `a17`. Parallel arcs stay apart. An arc
/// and a later or earlier one the other way with the same weight become one two-way link, which has the
/// same two arcs; which arcs pair up does not change the graph, and the first of a pair names the link.
/// Arcs from a node to itself are left out, since no shortest route uses one.
///
/// Weights are whole numbers without a unit. In a ``GraphView`` whose profile has the measure of the weights,
/// such as ``ImpedanceProfile/distance`` or ``ImpedanceProfile/time``, each becomes the impedance weight × k
/// exactly, where k is the unit in millimetres or milliseconds; a weight of 0 becomes 1, the least impedance, so that the
/// costs of routes divided by k and rounded down are those of the file as long as a route has fewer
/// than k arcs of weight 0.
///
/// Source: C. Demetrescu, A. V. Goldberg, D. S. Johnson (eds.), "The Shortest Path Problem: Ninth
/// DIMACS Implementation Challenge", DIMACS Series 74 (2009), doi:10.1090/dimacs/074; the formats at
/// http://www.diag.uniroma1.it/challenge9/format.shtml.
public struct DIMACSReader: Hashable, Sendable {
  /// What the arcs' weights are. The format does not say.
  public enum Weight: Hashable, Sendable {
    /// Lengths; the unit is a whole number of millimetres, 1 mm … 1,000 km. Links state no speed.
    case distance(metersPerUnit: Double)
    /// Travel times; the unit is a whole number of milliseconds, 1 ms … 1,000,000 s. The length of a
    /// link is the distance between its ends, moved where the speed would not be 1 … 400 km/h, and
    /// that of 1 km/h without coordinates.
    case time(secondsPerUnit: Double)
  }

  /// What the weights are; lengths in metres unless said.
  public var weight: Weight
  /// What the numbers of a `.co` file are divided by: 1,000,000 unless said, for degrees, as in the
  /// challenge's road networks; 1 for a planar metric.
  public var coordinateDivisor: Double
  /// How positions are measured.
  public var metric: LengthMetric
  /// The mode of all links.
  public var mode: Mode

  /// A reader for what the file does not say of itself.
  public init(
    weight: Weight = .distance(metersPerUnit: 1), coordinateDivisor: Double = 1_000_000,
    metric: LengthMetric = .wgs84, mode: Mode = .road
  ) {
    self.weight = weight
    self.coordinateDivisor = coordinateDivisor
    self.metric = metric
    self.mode = mode
  }

  /// Reads a graph.
  ///
  /// - Parameters:
  ///   - graph: The `.gr` file.
  ///   - coordinates: The `.co` file; nil leaves the network without coordinates.
  /// - Throws: ``GraphFileError`` for the first fault: a problem line missing, twice or wrong, another
  ///   number of arcs or nodes than it states, a node out of range, a weight that is not a whole number
  ///   or too large, a position missing, stated twice or out of range.
  /// - Complexity: O(bytes), by hashing.
  public func read(
    _ graph: GraphFile, coordinates: GraphFile? = nil
  ) throws(GraphFileError) -> ImportedNetwork {
    let arcs = try DIMACSArcs(graph, impedancePerUnit: try impedancePerUnit(of: graph), of: weight)
    let positions: [Coordinate]?
    if let coordinates {
      positions = try DIMACSCoordinates(
        coordinates, nodeCount: arcs.nodeCount, divisor: coordinateDivisor, metric: metric
      ).positions
    } else {
      positions = nil
    }
    let names = (0..<arcs.nodeCount).map { String($0 + 1) }
    var notes = ImportNotes()
    notes.selfLoops = arcs.selfLoops
    var links: [Link] = []
    links.reserveCapacity(arcs.arcs.count)
    for (arc, isTwoWay) in zip(arcs.arcs, arcs.pairs()) {
      // The second arc of a pair.
      guard let isTwoWay else { continue }
      notes.foldedPairs += isTwoWay ? 1 : 0
      notes.raisedImpedances += arc.impedance == 0 ? isTwoWay ? 2 : 1 : 0
      let (tail, head) = (Int(arc.tail), Int(arc.head))
      let stated =
        switch weight {
        case .distance: StatedImpedance(millimeters: max(1, arc.impedance), seconds: nil)
        case .time:
          StatedImpedance(
            milliseconds: max(1, arc.impedance),
            meters: positions.map { metric.distance($0[tail], $0[head]) })
        }
      notes.adjustedLinks += stated.isAdjusted ? 1 : 0
      links.append(
        Link(
          id: "a\(arc.number)", from: names[tail], to: names[head], mode: mode,
          lengthMeters: stated.lengthMeters, speedKilometersPerHour: stated.speedKilometersPerHour,
          isOneWay: !isTwoWay))
    }
    let nowhere = Coordinate(longitude: 0, latitude: 0)
    let nodes = names.enumerated().map {
      Node(id: $0.element, coordinate: positions?[$0.offset] ?? nowhere)
    }
    return ImportedNetwork(
      nodes: nodes, links: links, metric: metric, hasCoordinates: positions != nil, notes: notes)
  }

  /// The unit in whole millimetres or milliseconds.
  private func impedancePerUnit(of graph: GraphFile) throws(GraphFileError) -> UInt64 {
    let (unit, small, name) =
      switch weight {
      case .distance(let meters): (meters, "millimetres", "lengths")
      case .time(let seconds): (seconds, "milliseconds", "times")
      }
    let thousandths = (unit * 1000).rounded()
    // 0.3 × 1000 is not a whole number of doubles; 0.3048 × 1000 is none at all.
    guard thousandths >= 1, thousandths <= 1e9, abs(unit * 1000 - thousandths) < 1e-6 else {
      throw .unknownUnit(
        file: graph.name, quantity: name,
        expected: "a whole number of \(small), 1 to 1000000000, instead of \(unit * 1000)")
    }
    return UInt64(thousandths)
  }
}
