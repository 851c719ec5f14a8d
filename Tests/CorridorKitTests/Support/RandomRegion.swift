import Geography
import TransportGraph

@testable import CorridorKit

/// A small random network over random provinces in a plane, the same for the same seed.
///
/// Provinces are rectangles, some of them of two parts, and leave a margin that no province covers;
/// some belong to a second country. Some nodes lie on borders and some links run along them.
struct RandomRegion {
  /// A province as rectangles, for sums that need no geometry engine.
  struct Unit {
    var id: String
    var country: String
    var parts: [(x: ClosedRange<Double>, y: ClosedRange<Double>)]
  }

  static let metric = LengthMetric.planar(metersPerUnit: 1000)

  let seed: UInt64
  var units: [Unit] = []
  var nodes: [Node] = []
  var links: [Link] = []
  var crossings: [BorderCrossing] = []
  var profile = ImpedanceProfile(
    name: "random", measure: .time,
    speedsKilometersPerHour: [.road: ["default": 70, "slow": 40], .rail: ["default": 50]],
    transferHours: 1)
  /// Origin, destination and mass.
  var pairs: [(from: String, to: String, mass: Double)] = []

  /// - Parameter isLattice: Nodes on a grid with equal speeds, so that many ways are equally good.
  init(seed: UInt64, isLattice: Bool = false, nodeCount: Int = 14) {
    self.seed = seed
    var random = SeededGenerator(seed: seed)
    addUnits(&random)
    if isLattice {
      addLattice(&random)
    } else {
      addNodes(nodeCount, &random)
      addWays(&random)
      for number in 0..<4 { divide(number, &random) }
    }
    for _ in 0..<12 {
      let from = nodes[random.integer(0...(nodes.count - 1))].id
      let to = nodes[random.integer(0...(nodes.count - 1))].id
      pairs.append((from, to, random.number(0.5...20)))
    }
  }

  private mutating func addUnits(_ random: inout SeededGenerator) {
    func cuts() -> [Double] {
      [0] + Set((0..<3).map { _ in Double(random.integer(1...19)) * 5 }).sorted() + [100]
    }
    let columns = cuts()
    for (left, right) in zip(columns, columns.dropFirst()) {
      let rows = cuts()
      for (bottom, top) in zip(rows, rows.dropFirst()) {
        let part = (x: left...right, y: bottom...top)
        // A part joins an earlier province only where the two do not touch.
        let apart = units.firstIndex { unit in
          unit.parts.allSatisfy { $0.x.upperBound < left }
        }
        if let apart, random.chance(0.2) {
          units[apart].parts.append(part)
        } else {
          units.append(
            Unit(
              id: "U\(units.count)", country: random.chance(0.7) ? "XA" : "XB", parts: [part]))
        }
      }
    }
    units[0].country = "XA"
  }

  private mutating func addNodes(_ count: Int, _ random: inout SeededGenerator) {
    for number in 0..<count {
      let onGrid = random.chance(0.3)
      func value() -> Double {
        onGrid ? Double(random.integer(-2...22)) * 5 : random.number(-15...115)
      }
      var position = Coordinate(longitude: value(), latitude: value())
      // Now and then straight above the node before, so that a link may run along a border.
      if number > 0, random.chance(0.3) {
        position.longitude = nodes[number - 1].coordinate.longitude
      }
      nodes.append(Node(id: "n\(number)", coordinate: position))
    }
  }

  private mutating func addWays(_ random: inout SeededGenerator) {
    for number in 1..<nodes.count {
      // A node in eight begins a piece of its own.
      if random.chance(0.875) {
        addWay(number, random.integer(max(0, number - 4)...(number - 1)), &random)
      }
    }
    for _ in 0..<nodes.count {
      let ends = (random.integer(0...(nodes.count - 1)), random.integer(0...(nodes.count - 1)))
      if ends.0 != ends.1 { addWay(ends.0, ends.1, &random) }
    }
  }

  private mutating func addWay(_ a: Int, _ b: Int, _ random: inout SeededGenerator) {
    let chord = Self.metric.distance(nodes[a].coordinate, nodes[b].coordinate)
    guard chord > 0 else { return }
    let isRail = random.chance(0.25)
    links.append(
      Link(
        id: "l\(links.count)", from: nodes[a].id, to: nodes[b].id, mode: isRail ? .rail : .road,
        roadClass: !isRail && random.chance(0.3) ? "slow" : "default",
        lengthMeters: random.chance(0.5) ? chord : chord * random.number(1...1.4),
        speedKilometersPerHour: random.chance(0.2) ? random.number(20...110) : nil,
        isOneWay: random.chance(0.1)))
  }

  /// Divides a node into two sides with a crossing or a transfer between them.
  private mutating func divide(_ number: Int, _ random: inout SeededGenerator) {
    let node = nodes[random.integer(0...(nodes.count - 1))]
    let other = Node(id: node.id + "'\(number)", coordinate: node.coordinate)
    nodes.append(other)
    for (index, link) in links.enumerated() where link.kind == .way && random.chance(0.5) {
      links[index] = link.moved(
        from: link.from == node.id ? other.id : link.from,
        to: link.to == node.id ? other.id : link.to)
    }
    let low = random.number(0...2)
    let dwell = HoursRange(low: low, mode: low + random.number(0...2), high: low + 5)
    let isCrossing = random.chance(0.6)
    if isCrossing {
      crossings.append(
        BorderCrossing(
          id: "X\(number)", site: "X\(number)", name: "X\(number)", names: [:], aliases: [],
          countries: ["XA", "XB"], mode: .road, coordinate: node.coordinate, status: .open,
          history: [], openMonths: [], hasGaugeBreak: false, dwell: dwell, dwellSource: "assumed"))
    }
    links.append(
      Link(
        id: "d\(number)", from: node.id, to: other.id, mode: isCrossing ? .road : .rail,
        kind: isCrossing ? .crossing : .transfer,
        lengthMeters: random.chance(0.5) ? 0 : random.number(10...900),
        dwell: isCrossing || random.chance(0.5) ? dwell : nil,
        crossingID: isCrossing ? "X\(number)" : nil))
  }

  private mutating func addLattice(_ random: inout SeededGenerator) {
    let side = 4
    let (x, y) = (Double(random.integer(-1...8)) * 5, Double(random.integer(-1...8)) * 5)
    for row in 0..<side {
      for column in 0..<side {
        nodes.append(
          Node(
            id: "n\(row)\(column)",
            coordinate: Coordinate(
              longitude: x + Double(column) * 15, latitude: y + Double(row) * 15)))
      }
    }
    for row in 0..<side {
      for column in 0..<side {
        for (r, c) in [(row, column + 1), (row + 1, column)] where r < side && c < side {
          if random.chance(0.1) { continue }
          links.append(
            Link(
              id: "l\(row)\(column)-\(r)\(c)", from: "n\(row)\(column)", to: "n\(r)\(c)",
              mode: .road, lengthMeters: 15_000))
        }
      }
    }
  }
}

extension RandomRegion {
  var layer: ProvinceLayer {
    get throws {
      try ProvinceLayer(
        provinces: units.map { unit in
          Province(
            id: unit.id, name: unit.id, country: unit.country,
            polygons: unit.parts.map { part in
              let (x, y) = (part.x, part.y)
              return Polygon(
                exterior: [
                  (x.lowerBound, y.lowerBound), (x.upperBound, y.lowerBound),
                  (x.upperBound, y.upperBound), (x.lowerBound, y.upperBound),
                  (x.lowerBound, y.lowerBound),
                ].map { Coordinate(longitude: $0.0, latitude: $0.1) }, holes: [])
            })
        }, metric: Self.metric)
    }
  }

  var network: TransportNetwork {
    get throws {
      let positions = Dictionary(uniqueKeysWithValues: nodes.map { ($0.id, $0.coordinate) })
      return try TransportNetwork(
        graph: try TransportGraph(nodes: nodes, links: links),
        lines: links.map { link in [link.from, link.to].compactMap { positions[$0] } },
        metric: Self.metric)
    }
  }

  /// The region ready for questions.
  func prepared() throws -> PreparedRegion {
    let network = try network
    let layer = try layer
    let overlay = try OverlayMatrix(
      network: network, crossings: try CrossingCatalogue(crossings, metric: Self.metric),
      provinces: layer, threads: 1)
    let units = try ReportingUnits(layer, countries: ["XA"])
    return PreparedRegion(
      region: self, network: network, overlay: overlay,
      matrix: ExposureMatrix(overlay, units: units),
      view: try GraphView(network.graph, profile: profile))
  }
}

/// A random region with its overlay and view.
struct PreparedRegion {
  let region: RandomRegion
  let network: TransportNetwork
  let overlay: OverlayMatrix
  let matrix: ExposureMatrix
  let view: GraphView

  var graph: TransportGraph { network.graph }

  var trips: [Trip] {
    func place(_ id: String) -> Place? {
      graph.node(id: id).map {
        Place(label: id, coordinate: graph.nodes[$0.index].coordinate, node: $0, snapMeters: 0)
      }
    }
    return region.pairs.enumerated().compactMap { number, pair in
      guard let from = place(pair.from), let to = place(pair.to) else { return nil }
      return Trip(id: "t\(number)", origin: from, destination: to, mass: pair.mass)
    }
  }

  func exposure(_ view: GraphView? = nil) -> Exposure {
    Exposure(trips, (view ?? self.view).outcomes(of: trips, matrix: matrix), matrix: matrix)
  }

  /// The view with some random links closed.
  func closingSome(_ random: inout SeededGenerator, share: Double = 0.15) -> GraphView {
    view.closing(graph.links.indices.filter { _ in random.chance(share) }.map { LinkID($0) })
  }

  func simulation(_ closed: GraphView, openFraction: Double) -> Simulation {
    Simulation(
      trips: trips, before: view.outcomes(of: trips, matrix: matrix),
      closed: closed.outcomes(of: trips, matrix: matrix), openFraction: openFraction,
      matrix: matrix)
  }
}

extension Link {
  /// The same link between other nodes.
  func moved(from: String, to: String, id: String? = nil, lengthMeters: Double? = nil) -> Link {
    Link(
      id: id ?? self.id, from: from, to: to, mode: mode, kind: kind, roadClass: roadClass,
      lengthMeters: lengthMeters ?? self.lengthMeters,
      speedKilometersPerHour: speedKilometersPerHour, dwell: dwell, isOneWay: isOneWay,
      crossingID: crossingID, name: name)
  }
}
