import Geography
import Testing
import TransportGraph

@testable import CorridorKit

/// What holds for every network and every set of provinces; the argument is the seed.
@Suite("Exposure on random networks")
struct ExposurePropertyTests {
  static let seeds = UInt64(1)...30

  @Test("the metres of a link by province sum to its length", arguments: seeds)
  func lengthsSumToTheWhole(seed: UInt64) throws {
    let region = try RandomRegion(seed: seed).prepared()
    for (index, link) in region.graph.links.enumerated() {
      let row = region.overlay.lengths(of: LinkID(index))
      let sum = row.reduce(0) { $0 + $1.value }
      #expect(isClose(sum, link.lengthMeters), "seed \(seed), \(link.id)")
      #expect(row.allSatisfy { $0.value > 0 }, "seed \(seed), \(link.id)")
    }
  }

  @Test("the dwell of a crossing or transfer is shared out whole", arguments: seeds)
  func dwellSharesSumToOne(seed: UInt64) throws {
    let region = try RandomRegion(seed: seed).prepared()
    for (index, link) in region.graph.links.enumerated() {
      let sum = region.overlay.dwellShares(of: LinkID(index)).reduce(0) { $0 + $1.value }
      #expect(isClose(sum, link.kind == .way ? 0 : 1), "seed \(seed), \(link.id)")
    }
  }

  @Test(
    "the metres and seconds of all units sum to Σ mass × length and Σ mass × time", arguments: seeds
  )
  func unitsSumToTheWhole(seed: UInt64) throws {
    for isLattice in [false, true] {
      let region = try RandomRegion(seed: seed, isLattice: isLattice).prepared()
      let exposure = region.exposure()
      var (meters, seconds, connected) = (0.0, 0.0, 0.0)
      for trip in region.trips {
        let outcome = region.view.route(from: trip.origin.node, to: trip.destination.node)
        guard let route = outcome.route else { continue }
        meters += trip.mass * route.lengthMeters
        seconds += trip.mass * route.travelTimeSeconds
        connected += trip.mass
      }
      // Equally good ways take the same time, and on the lattice the same length.
      #expect(isClose(exposure.totalLengthMeters, meters), "seed \(seed)")
      #expect(isClose(exposure.totalTravelTimeSeconds, seconds), "seed \(seed)")
      #expect(isClose(exposure.connectedMass, connected), "seed \(seed)")
      let total = region.trips.reduce(0) { $0 + $1.mass }
      #expect(
        isClose(exposure.connectedMass + exposure.disconnectedMass, total), "seed \(seed)")
    }
  }

  @Test("at every node what flows in flows out, but for origin and destination", arguments: seeds)
  func flowBalance(seed: UInt64) throws {
    for isLattice in [false, true] {
      let region = try RandomRegion(seed: seed, isLattice: isLattice).prepared()
      for trip in region.trips {
        guard let use = region.view.use(from: trip.origin.node, to: trip.destination.node).use
        else { continue }
        var balance = [Double](repeating: 0, count: region.graph.nodes.count)
        balance[trip.origin.node.index] -= 1
        balance[trip.destination.node.index] += 1
        for entry in use.entries {
          balance[region.graph.tail(of: entry.arc).index] += entry.share
          balance[region.graph.head(of: entry.arc).index] -= entry.share
        }
        #expect(balance.allSatisfy { abs($0) < 1e-9 }, "seed \(seed), \(trip.id): \(balance)")
      }
    }
  }

  @Test(
    "what touches a unit is its internal, origin, destination and transit mass", arguments: seeds)
  func rolesPartitionTheTouchingMass(seed: UInt64) throws {
    let region = try RandomRegion(seed: seed).prepared()
    let outcomes = region.view.outcomes(of: region.trips, matrix: region.matrix)
    let exposure = region.exposure()
    for (unit, row) in exposure.rows.enumerated() {
      var touching = 0.0
      for (trip, outcome) in zip(region.trips, outcomes) {
        guard let cells = outcome.exposure?.cells else { continue }
        let entry = cells.first { $0.unit == unit }?.entryProbability ?? 0
        let begins = region.share(of: trip.origin, inUnit: unit)
        let ends = region.share(of: trip.destination, inUnit: unit)
        touching += trip.mass * (1 - (1 - entry) * (1 - begins) * (1 - ends))
      }
      #expect(isClose(row.roles.touchingMass, touching), "seed \(seed), unit \(unit)")
      #expect(
        [
          row.roles.internalMass, row.roles.originMass, row.roles.destinationMass,
          row.roles.transitMass,
        ]
        .allSatisfy { $0 >= 0 }, "seed \(seed)")
    }
  }

  @Test(
    "the chance of entering lies between 0 and 1, and is above 0 where there are metres",
    arguments: seeds)
  func entryIsAProbability(seed: UInt64) throws {
    for isLattice in [false, true] {
      let region = try RandomRegion(seed: seed, isLattice: isLattice).prepared()
      for outcome in region.view.outcomes(of: region.trips, matrix: region.matrix) {
        for cell in outcome.exposure?.cells ?? [] {
          #expect((0...1).contains(cell.entryProbability), "seed \(seed)")
          #expect(
            (cell.lengthMeters > 0) == (cell.entryProbability > 0), "seed \(seed): \(cell)")
        }
      }
    }
  }

  @Test("exposure is linear in the masses", arguments: seeds)
  func linearInMass(seed: UInt64) throws {
    let region = try RandomRegion(seed: seed).prepared()
    var tripled = region.region
    for index in tripled.pairs.indices { tripled.pairs[index].mass *= 3 }
    expect(
      try tripled.prepared().exposure(), isTheSameAs: region.exposure(), times: 3, seed: seed)

    var halves = (region.region, region.region)
    halves.0.pairs.removeLast(6)
    halves.1.pairs.removeFirst(6)
    let (a, b) = (try halves.0.prepared().exposure(), try halves.1.prepared().exposure())
    for (unit, row) in region.exposure().rows.enumerated() {
      #expect(
        isClose(row.lengthMeters, a.rows[unit].lengthMeters + b.rows[unit].lengthMeters),
        "seed \(seed)")
      #expect(
        isClose(
          row.roles.transitMass, a.rows[unit].roles.transitMass + b.rows[unit].roles.transitMass),
        "seed \(seed)")
    }
  }

  @Test("twice the cost of everything leaves every share as it was", arguments: seeds)
  func scaledCosts(seed: UInt64) throws {
    for isLattice in [false, true] {
      let region = RandomRegion(seed: seed, isLattice: isLattice)
      var slow = region
      slow.profile.transferHours *= 2
      slow.profile.speedsKilometersPerHour = slow.profile.speedsKilometersPerHour.mapValues {
        $0.mapValues { $0 / 2 }
      }
      slow.links = slow.links.map { link in
        Link(
          id: link.id, from: link.from, to: link.to, mode: link.mode, kind: link.kind,
          roadClass: link.roadClass, lengthMeters: link.lengthMeters,
          speedKilometersPerHour: link.speedKilometersPerHour.map { $0 / 2 },
          dwell: link.dwell.map {
            HoursRange(low: $0.low * 2, mode: $0.mode * 2, high: $0.high * 2)
          }, isOneWay: link.isOneWay, crossingID: link.crossingID)
      }
      let (a, b) = (try region.prepared(), try slow.prepared())
      for (before, after) in zip(
        a.view.outcomes(of: a.trips, matrix: a.matrix),
        b.view.outcomes(of: b.trips, matrix: b.matrix))
      {
        #expect(before.exposure?.uses == after.exposure?.uses, "seed \(seed)")
        let cost = (before.exposure?.travelTimeSeconds ?? 0, after.exposure?.travelTimeSeconds ?? 0)
        #expect(isClose(cost.0 * 2, cost.1), "seed \(seed)")
      }
    }
  }

  @Test(
    "another order and other names of nodes, links and provinces change nothing",
    arguments: seeds)
  func permutation(seed: UInt64) throws {
    for isLattice in [false, true] {
      let region = RandomRegion(seed: seed, isLattice: isLattice)
      var random = SeededGenerator(seed: seed &+ 1000)
      var renamed = region
      var names: [String: String] = [:]
      for (node, number) in zip(region.nodes, (0..<region.nodes.count).shuffled(using: &random)) {
        names[node.id] = "node \(number)"
      }
      func name(_ id: String) -> String { names[id] ?? id }
      renamed.nodes = region.nodes.map { Node(id: name($0.id), coordinate: $0.coordinate) }
        .shuffled(using: &random)
      renamed.links = region.links.shuffled(using: &random).enumerated().map { number, link in
        link.moved(from: name(link.from), to: name(link.to), id: "link \(number)")
      }
      renamed.units.shuffle(using: &random)
      renamed.pairs = region.pairs.map { (name($0.from), name($0.to), $0.mass) }
      expect(
        try renamed.prepared().exposure(), isTheSameAs: try region.prepared().exposure(),
        seed: seed)
    }
  }

  @Test("splitting a link changes nothing", arguments: seeds)
  func splitting(seed: UInt64) throws {
    let region = RandomRegion(seed: seed)
    var random = SeededGenerator(seed: seed &+ 2000)
    var split = region
    let positions = Dictionary(uniqueKeysWithValues: region.nodes.map { ($0.id, $0.coordinate) })
    for (number, link) in region.links.enumerated() where link.kind == .way && random.chance(0.5) {
      let share = random.number(0.1...0.9)
      let (a, b) = (try #require(positions[link.from]), try #require(positions[link.to]))
      split.nodes.append(
        Node(
          id: "m\(number)",
          coordinate: Coordinate(
            longitude: a.longitude + share * (b.longitude - a.longitude),
            latitude: a.latitude + share * (b.latitude - a.latitude))))
      split.links.append(
        link.moved(
          from: "m\(number)", to: link.to, id: "\(link.id) second",
          lengthMeters: link.lengthMeters * (1 - share)))
      split.links[number] = link.moved(
        from: link.from, to: "m\(number)", lengthMeters: link.lengthMeters * share)
    }
    expect(
      try split.prepared().exposure(), isTheSameAs: try region.prepared().exposure(), seed: seed,
      tolerance: 1e-7)
  }

  private func expect(
    _ exposure: Exposure, isTheSameAs other: Exposure, times factor: Double = 1, seed: UInt64,
    tolerance: Double = 1e-9, location: SourceLocation = #_sourceLocation
  ) {
    #expect(exposure.rows.count == other.rows.count, sourceLocation: location)
    #expect(
      isClose(exposure.connectedMass, other.connectedMass * factor), "seed \(seed)",
      sourceLocation: location)
    for (unit, row) in zip(other.units.units, other.rows) {
      guard let index = exposure.units.index(of: unit.id) else {
        Issue.record("seed \(seed): no unit \(unit.id)", sourceLocation: location)
        continue
      }
      let same = exposure.rows[index]
      for member in [
        \Exposure.Row.lengthMeters, \.travelTimeSeconds, \.enteringMass, \.roles.internalMass,
        \.roles.originMass, \.roles.destinationMass, \.roles.transitMass,
      ] {
        #expect(
          isClose(same[keyPath: member], row[keyPath: member] * factor, tolerance: tolerance),
          "seed \(seed), \(unit.id), \(member)", sourceLocation: location)
      }
    }
  }
}
