import Geography
import Sampling
import TransportGraph

/// A made-up road network of any size, the same on every machine.
///
/// Junctions lie on a jittered lattice, streets join neighbours. Some streets are missing, some run
/// through further nodes on their way (chains), some junctions have a dead end, some local streets
/// are one-way. Every eighth line of the lattice is a main road, every 64th a motorway.
///
/// A plain lattice is harder to divide than a road network, whose towns, valleys and countries are
/// joined by few roads. So streets cross the line before every 2^l-th row or column at every
/// 2^(l/2)-th place only: the wider the parts, the sparser the ways between them.
struct RoadLikeNetwork {
  private(set) var nodes: [Node] = []
  private(set) var links: [Link] = []

  private static let seed: UInt64 = 20_240_601
  private static let spacingMeters = 400.0
  /// How far a junction may lie from its point of the lattice, in parts of the spacing.
  private static let jitter = 0.35
  /// Of local streets.
  private static let missingShare = 0.14
  private static let oneWayShare = 0.12
  /// Of all streets, and the most nodes on their way.
  private static let chainShare = 0.06
  private static let longestChain = 3
  /// Of junctions.
  private static let deadEndShare = 0.09
  /// A street is up to this much longer than its chord.
  private static let winding = 0.3
  /// The first motorway. Of the lines that keep on where others end, as many as can be are main roads.
  private static let motorwayLine = 36
  /// Nodes of all kinds by point of the lattice, as counted on large networks.
  private static let nodesPerPoint = 1.268
  /// Where the lattice lies, so that coordinates are degrees in a plausible place; lengths come from
  /// the plane alone.
  private static let (west, south) = (60.0, 40.0)
  private static let (metersPerLongitude, metersPerLatitude) = (80_000.0, 111_000.0)

  private struct Point {
    var x: Double
    var y: Double
    /// -1 before the first street gets here.
    var node = -1
  }

  private enum RoadClass: String {
    case local, main, motorway

    init(line: Int) {
      let first = RoadLikeNetwork.motorwayLine
      self = line % 64 == first ? .motorway : line % 8 == first % 8 ? .main : .local
    }

    var kilometersPerHour: Double {
      switch self {
      case .local: 40
      case .main: 70
      case .motorway: 110
      }
    }
  }

  private let hasOneWayStreets: Bool
  private var random = SplitMix64(seed: seed)
  private var points: [Point] = []

  /// - Parameters:
  ///   - nodeCount: How many nodes there are to be, to about a hundredth.
  ///   - hasOneWayStreets: False: all streets lead both ways, otherwise the network is the same.
  init(nodeCount: Int, hasOneWayStreets: Bool = true) {
    self.hasOneWayStreets = hasOneWayStreets
    let side = max(2, Int((Double(nodeCount) / Self.nodesPerPoint).squareRoot().rounded(.up)))
    for row in 0..<side {
      for column in 0..<side {
        points.append(
          Point(
            x: (Double(column) + Self.jitter * (2 * random.uniform() - 1)) * Self.spacingMeters,
            y: (Double(row) + Self.jitter * (2 * random.uniform() - 1)) * Self.spacingMeters))
      }
    }
    for row in 0..<side {
      for column in 0..<side {
        let point = row * side + column
        if column + 1 < side, isOpen(before: column + 1, along: row) {
          addStreet(from: point, to: point + 1, RoadClass(line: row))
        }
        if row + 1 < side, isOpen(before: row + 1, along: column) {
          addStreet(from: point, to: point + side, RoadClass(line: column))
        }
        if points[point].node >= 0, random.uniform() < Self.deadEndShare { addDeadEnd(at: point) }
      }
    }
  }

  /// Whether a street along one line of the lattice crosses the one before another.
  private mutating func isOpen(before crossed: Int, along line: Int) -> Bool {
    let period = 1 << (crossed.trailingZeroBitCount / 2)
    guard line % period == Self.motorwayLine % period else { return false }
    return RoadClass(line: line) != .local || random.uniform() >= Self.missingShare
  }

  private mutating func addStreet(from start: Int, to end: Int, _ roadClass: RoadClass) {
    let from = node(at: start)
    let to = node(at: end)
    let (a, b) = (points[start], points[end])
    let pieces =
      random.uniform() < Self.chainShare ? 2 + random.integer(below: Self.longestChain) : 1
    let isOneWay = roadClass == .local && random.uniform() < Self.oneWayShare
    let isReversed = isOneWay && random.uniform() < 0.5
    let chord = ((b.x - a.x) * (b.x - a.x) + (b.y - a.y) * (b.y - a.y)).squareRoot()
    let meters = chord * (1 + Self.winding * random.uniform()) / Double(pieces)
    var tail = from
    for piece in 1...pieces {
      let share = Double(piece) / Double(pieces)
      let head =
        piece == pieces ? to : addNode(x: a.x + share * (b.x - a.x), y: a.y + share * (b.y - a.y))
      addLink(
        from: isReversed ? head : tail, to: isReversed ? tail : head, meters, roadClass,
        isOneWay: isOneWay && hasOneWayStreets)
      tail = head
    }
  }

  private mutating func addDeadEnd(at point: Int) {
    let start = points[point]
    let angleX = 2 * random.uniform() - 1
    let angleY = 2 * random.uniform() - 1
    let reach = 0.3 * Self.spacingMeters
    let end = addNode(x: start.x + reach * angleX, y: start.y + reach * angleY)
    // Never shorter than 10 m, though the two may lie closer.
    let chord = reach * (angleX * angleX + angleY * angleY).squareRoot()
    addLink(from: start.node, to: end, 10 + chord, .local, isOneWay: false)
  }

  private mutating func node(at point: Int) -> Int {
    if points[point].node < 0 {
      points[point].node = addNode(x: points[point].x, y: points[point].y)
    }
    return points[point].node
  }

  private mutating func addNode(x: Double, y: Double) -> Int {
    nodes.append(
      Node(
        id: "\(nodes.count)",
        coordinate: Coordinate(
          longitude: Self.west + x / Self.metersPerLongitude,
          latitude: Self.south + y / Self.metersPerLatitude)))
    return nodes.count - 1
  }

  private mutating func addLink(
    from: Int, to: Int, _ meters: Double, _ roadClass: RoadClass, isOneWay: Bool
  ) {
    links.append(
      Link(
        id: "\(links.count)", from: "\(from)", to: "\(to)", mode: .road,
        roadClass: roadClass.rawValue, lengthMeters: meters,
        speedKilometersPerHour: roadClass.kilometersPerHour, isOneWay: isOneWay))
  }
}
