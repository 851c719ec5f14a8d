import Geography
import Testing
import TransportGraph

@testable import CorridorKit

/// The whole chain against a slow, obvious computation that shares no code with it.
@Suite("Exposure against a slow computation")
struct SlowOracleTests {
  static let seeds = UInt64(101)...130

  @Test(
    "the metres of every link by province are those of rectangles clipped one by one",
    arguments: seeds)
  func overlay(seed: UInt64) throws {
    let region = try RandomRegion(seed: seed).prepared()
    for (index, link) in region.graph.links.enumerated() {
      let expected = region.slowMeters(of: index)
      for unit in 0..<region.matrix.units.count {
        let meters = region.matrix.meters(of: LinkID(index), in: unit)
        // Pieces under a metre go to their longer neighbour.
        #expect(abs(meters - expected[unit]) <= 1.5, "seed \(seed), \(link.id), unit \(unit)")
      }
    }
  }

  @Test("costs from every node to every node are those of Floyd and Warshall", arguments: seeds)
  func costs(seed: UInt64) throws {
    for isLattice in [false, true] {
      let region = try RandomRegion(seed: seed, isLattice: isLattice).prepared()
      let costs = region.floydWarshall()
      for from in region.graph.nodes.indices {
        for to in region.graph.nodes.indices {
          let route = region.view.route(from: NodeID(from), to: NodeID(to)).route
          #expect(route.map { Int($0.impedance) } == costs[from][to], "seed \(seed)")
        }
      }
    }
  }

  @Test("exposure is that of all shortest ways, listed and averaged one by one", arguments: seeds)
  func exposure(seed: UInt64) throws {
    var ties = 0
    for isLattice in [false, true] {
      let region = try RandomRegion(seed: seed, isLattice: isLattice).prepared()
      let units = region.matrix.units.count
      var meters = [Double](repeating: 0, count: units)
      var seconds = meters
      var entering = meters
      let costs = region.floydWarshall()
      for trip in region.trips {
        let ways = region.shortestWays(
          from: trip.origin.node.index, to: trip.destination.node.index, costs: costs)
        if ways.count > 1 { ties += 1 }
        for way in ways {
          let mass = trip.mass / Double(ways.count)
          var entered = [Bool](repeating: false, count: units)
          for link in way {
            let inUnits = region.overlayMeters(of: link)
            for unit in 0..<units where inUnits[unit] > 0 {
              meters[unit] += mass * inUnits[unit]
              entered[unit] = true
            }
            for (unit, time) in region.slowSeconds(of: link) { seconds[unit] += mass * time }
          }
          for unit in 0..<units where entered[unit] { entering[unit] += mass }
        }
      }
      for (unit, row) in region.exposure().rows.enumerated() {
        #expect(isClose(row.lengthMeters, meters[unit]), "seed \(seed), unit \(unit)")
        #expect(isClose(row.travelTimeSeconds, seconds[unit]), "seed \(seed), unit \(unit)")
        #expect(isClose(row.enteringMass, entering[unit]), "seed \(seed), unit \(unit)")
      }
    }
    #expect(ties > 0, "seed \(seed): the lattice has no ties to share")
  }
}

extension PreparedRegion {
  /// The share of a place in a reporting unit: rectangles that hold it, equally.
  func share(of place: Place, inUnit unit: Int) -> Double {
    let shares = slowShares(at: place.coordinate)
    return shares[unit]
  }

  /// The reporting unit of a province: itself in XA, else its country.
  private func reportingUnit(_ province: Int) -> Int {
    let unit = region.units[province]
    return matrix.units.index(of: unit.country == "XA" ? unit.id : "ABROAD:\(unit.country)") ?? -1
  }

  private var elsewhere: Int { matrix.units.count - 1 }

  private func holders(of point: Coordinate, within tolerance: Double) -> [Int] {
    region.units.indices.filter { index in
      region.units[index].parts.contains { part in
        point.longitude >= part.x.lowerBound - tolerance
          && point.longitude <= part.x.upperBound + tolerance
          && point.latitude >= part.y.lowerBound - tolerance
          && point.latitude <= part.y.upperBound + tolerance
      }
    }
  }

  private func slowShares(at point: Coordinate) -> [Double] {
    var shares = [Double](repeating: 0, count: matrix.units.count)
    let holders = holders(of: point, within: 1e-3)
    for holder in holders { shares[reportingUnit(holder)] += 1 / Double(holders.count) }
    if holders.isEmpty { shares[elsewhere] = 1 }
    return shares
  }

  /// The metres of a link by reporting unit: cut at every side of every rectangle, each piece given to
  /// the rectangles that hold its middle.
  func slowMeters(of link: Int) -> [Double] {
    let (a, b) = (network.lines[link][0], network.lines[link][1])
    let length = graph.links[link].lengthMeters
    if a == b { return slowShares(at: a).map { $0 * length } }
    func point(_ t: Double) -> Coordinate {
      Coordinate(
        longitude: a.longitude + t * (b.longitude - a.longitude),
        latitude: a.latitude + t * (b.latitude - a.latitude))
    }
    var cuts = [0.0, 1.0]
    for part in region.units.flatMap(\.parts) {
      for x in [part.x.lowerBound, part.x.upperBound] where a.longitude != b.longitude {
        cuts.append((x - a.longitude) / (b.longitude - a.longitude))
      }
      for y in [part.y.lowerBound, part.y.upperBound] where a.latitude != b.latitude {
        cuts.append((y - a.latitude) / (b.latitude - a.latitude))
      }
    }
    cuts = cuts.filter { (0...1).contains($0) }.sorted()
    var meters = [Double](repeating: 0, count: matrix.units.count)
    for (from, to) in zip(cuts, cuts.dropFirst()) where to > from {
      let holders = holders(of: point((from + to) / 2), within: 1e-9)
      for holder in holders {
        meters[reportingUnit(holder)] += length * (to - from) / Double(holders.count)
      }
      if holders.isEmpty { meters[elsewhere] += length * (to - from) }
    }
    return meters
  }

  /// The matrix's own metres of a link, which ``SlowOracleTests`` checks by themselves.
  func overlayMeters(of link: Int) -> [Double] {
    (0..<matrix.units.count).map { matrix.meters(of: LinkID(link), in: $0) }
  }

  /// The seconds of a link by reporting unit, from the definitions.
  func slowSeconds(of index: Int) -> [(unit: Int, seconds: Double)] {
    let link = graph.links[index]
    let classes = region.profile.speedsKilometersPerHour[link.mode] ?? [:]
    let speed =
      link.speedKilometersPerHour ?? classes[link.roadClass] ?? classes["default"] ?? .nan
    let inUnits = overlayMeters(of: index)
    var seconds = inUnits.enumerated().map { (unit: $0.offset, seconds: $0.element / speed * 3.6) }
    guard link.kind != .way else { return seconds }
    let hours = link.dwell?.mode ?? (link.kind == .transfer ? region.profile.transferHours : 0)
    let point = network.lines[index][0]
    var shares = slowShares(at: point)
    if link.kind == .crossing {
      shares = inlandShares(at: point)
    } else {
      // Hours belong to the provinces that are told one by one, where there are any.
      shares = preferringListed(shares)
    }
    seconds += shares.enumerated().map { ($0.offset, $0.element * hours * 3600) }
    return seconds
  }

  private func preferringListed(_ shares: [Double]) -> [Double] {
    let listed = shares.indices.filter { !matrix.units.units[$0].isAbroad }
    let sum = listed.reduce(0) { $0 + shares[$1] }
    guard sum > 0 else { return shares }
    return shares.indices.map { listed.contains($0) ? shares[$0] / sum : 0 }
  }

  /// A crossing between XA and XB: its hours belong to the provinces of XA that it touches, else to
  /// those of XA within 5 km; else to XB's in the same way; else to what it lies in.
  private func inlandShares(at point: Coordinate) -> [Double] {
    for country in ["XA", "XB"] {
      for reach in [1e-3, 5.0] {
        let near = region.units.indices.filter { index in
          region.units[index].country == country
            && region.units[index].parts.contains { part in
              let x = max(
                part.x.lowerBound - point.longitude, point.longitude - part.x.upperBound, 0)
              let y = max(part.y.lowerBound - point.latitude, point.latitude - part.y.upperBound, 0)
              return (x * x + y * y).squareRoot() <= reach
            }
        }
        guard !near.isEmpty else { continue }
        var shares = [Double](repeating: 0, count: matrix.units.count)
        for index in near { shares[reportingUnit(index)] += 1 / Double(near.count) }
        return shares
      }
    }
    return slowShares(at: point)
  }

  /// The arcs of the network with their cost in whole milliseconds, at least 1.
  private var slowArcs: [(from: Int, to: Int, cost: Int, link: Int)] {
    graph.links.indices.flatMap { index -> [(from: Int, to: Int, cost: Int, link: Int)] in
      let seconds = slowSeconds(of: index).reduce(0) { $0 + $1.seconds }
      let cost = max(1, Int((seconds * 1000).rounded()))
      let ends = (graph.from(of: LinkID(index)).index, graph.to(of: LinkID(index)).index)
      let there = (from: ends.0, to: ends.1, cost: cost, link: index)
      return graph.links[index].isOneWay
        ? [there] : [there, (from: ends.1, to: ends.0, cost: cost, link: index)]
    }
  }

  /// The least cost from each node to each, by R. W. Floyd, "Algorithm 97", Comm. ACM 5 (1962).
  func floydWarshall() -> [[Int?]] {
    let count = graph.nodes.count
    var costs = [[Int?]](repeating: [Int?](repeating: nil, count: count), count: count)
    for node in 0..<count { costs[node][node] = 0 }
    for arc in slowArcs {
      costs[arc.from][arc.to] = min(costs[arc.from][arc.to] ?? .max, arc.cost)
    }
    for middle in 0..<count {
      for from in 0..<count {
        guard let first = costs[from][middle] else { continue }
        for to in 0..<count {
          guard let second = costs[middle][to] else { continue }
          costs[from][to] = min(costs[from][to] ?? .max, first + second)
        }
      }
    }
    return costs
  }

  /// Every shortest way between two nodes as its links, by walking all arcs that keep to the costs.
  func shortestWays(from origin: Int, to destination: Int, costs: [[Int?]]) -> [[Int]] {
    guard let best = costs[origin][destination] else { return [] }
    let arcs = slowArcs
    func ways(from node: Int, left: Int) -> [[Int]] {
      if node == destination { return [[]] }
      return arcs.flatMap { arc -> [[Int]] in
        guard arc.from == node, costs[arc.to][destination] == left - arc.cost else { return [] }
        return ways(from: arc.to, left: left - arc.cost).map { [arc.link] + $0 }
      }
    }
    return ways(from: origin, left: best)
  }
}
