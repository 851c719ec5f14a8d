import Geography
import Testing
import TransportGraph

@testable import CorridorKit

/// What holds for every closure; the argument is the seed.
@Suite("Closures on random networks")
struct SimulationPropertyTests {
  static let seeds = UInt64(1)...30

  private static let members: [KeyPath<Exposure.Row, Double> & Sendable] = [
    \.lengthMeters, \.travelTimeSeconds, \.enteringMass, \.roles.internalMass, \.roles.originMass,
    \.roles.destinationMass, \.roles.transitMass,
  ]

  @Test("a closure never lowers the cost of a trip", arguments: seeds)
  func monotone(seed: UInt64) throws {
    let region = try RandomRegion(seed: seed).prepared()
    var random = SeededGenerator(seed: seed &+ 3000)
    let closed = region.closingSome(&random)
    for trip in region.trips {
      let before = region.view.route(from: trip.origin.node, to: trip.destination.node).route
      let after = closed.route(from: trip.origin.node, to: trip.destination.node).route
      guard let after else { continue }
      let open = try #require(before, "seed \(seed): a closure made a way")
      #expect(after.impedance >= open.impedance, "seed \(seed), \(trip.id)")
      #expect(after.arcs.allSatisfy { !closed.isClosed($0.link) }, "seed \(seed), \(trip.id)")
    }
  }

  @Test("the displacement from a unit sums to the entering mass that it lost", arguments: seeds)
  func displacementSums(seed: UInt64) throws {
    for openFraction in [0, 0.3] {
      let region = try RandomRegion(seed: seed).prepared()
      var random = SeededGenerator(seed: seed &+ 4000)
      let closed = region.closingSome(&random)
      let simulation = region.simulation(closed, openFraction: openFraction)
      let after = closed.outcomes(of: region.trips, matrix: region.matrix)
      for (unit, displaced) in simulation.displacement.enumerated() {
        var lost = 0.0
        for (trip, (old, new)) in zip(region.trips, zip(simulation.outcomesBefore, after)) {
          lost += (1 - openFraction) * trip.mass * max(0, old.entry(unit) - new.entry(unit))
        }
        #expect(isClose(displaced.values.reduce(0, +), lost), "seed \(seed), unit \(unit)")
        #expect(displaced.values.allSatisfy { $0 > 0 }, "seed \(seed), unit \(unit)")
        #expect(displaced[.unit(unit)] == nil, "seed \(seed), unit \(unit)")
      }
    }
  }

  @Test("what a unit lost is spread over the units newly entered by how much more they are entered")
  func displacementShares() throws {
    var fractions = 0
    for seed in Self.seeds {
      // Only where ways are equally good is a unit entered by a part of a trip.
      let region = try RandomRegion(seed: seed, isLattice: true).prepared()
      var random = SeededGenerator(seed: seed &+ 9000)
      let closed = region.closingSome(&random)
      let simulation = region.simulation(closed, openFraction: 0)
      let units = region.matrix.units.count
      var expected = [[Double]](repeating: [Double](repeating: 0, count: units), count: units)
      let after = closed.outcomes(of: region.trips, matrix: region.matrix)
      for (trip, (old, new)) in zip(region.trips, zip(simulation.outcomesBefore, after))
      where new.exposure != nil {
        let gains = (0..<units).map { max(0, new.entry($0) - old.entry($0)) }
        let gained = gains.reduce(0, +)
        guard gained > 0 else { continue }
        if Set(gains.filter { $0 > 0 }).count > 1 { fractions += 1 }
        for from in 0..<units {
          let lost = trip.mass * max(0, old.entry(from) - new.entry(from))
          for to in 0..<units { expected[from][to] += lost * gains[to] / gained }
        }
      }
      for from in 0..<units {
        for to in 0..<units {
          let displaced = simulation.displacement[from][.unit(to)] ?? 0
          #expect(isClose(displaced, expected[from][to]), "seed \(seed), \(from) to \(to)")
        }
      }
    }
    #expect(fractions > 5, "only \(fractions) trips enter several units to different parts")
  }

  @Test("a partly open scenario is the open and the closed one mixed", arguments: seeds)
  func partlyOpenMixes(seed: UInt64) throws {
    let region = try RandomRegion(seed: seed).prepared()
    var random = SeededGenerator(seed: seed &+ 5000)
    let closed = region.closingSome(&random)
    let shut = region.simulation(closed, openFraction: 0)
    for share in [0.25, 0.9] {
      let mixed = region.simulation(closed, openFraction: share)
      for (unit, row) in mixed.after.rows.enumerated() {
        for member in Self.members {
          let (open, closed) = (
            shut.before.rows[unit][keyPath: member], shut.after.rows[unit][keyPath: member]
          )
          #expect(
            isClose(row[keyPath: member], share * open + (1 - share) * closed),
            "seed \(seed), share \(share), unit \(unit), \(member)")
        }
      }
      #expect(
        isClose(
          mixed.after.connectedMass,
          share * shut.before.connectedMass + (1 - share) * shut.after.connectedMass),
        "seed \(seed)")
    }
  }

  @Test("a scenario that lets all traffic through changes nothing", arguments: seeds)
  func whollyOpen(seed: UInt64) throws {
    let region = try RandomRegion(seed: seed).prepared()
    var random = SeededGenerator(seed: seed &+ 6000)
    let simulation = region.simulation(region.closingSome(&random), openFraction: 1)
    for (after, before) in zip(simulation.after.rows, simulation.before.rows) {
      for member in Self.members {
        #expect(isClose(after[keyPath: member], before[keyPath: member]), "seed \(seed)")
      }
    }
    #expect(simulation.cutOff.isEmpty, "seed \(seed)")
    #expect(simulation.displacement.allSatisfy { $0.values.allSatisfy { $0 == 0 } })
    #expect(isClose(simulation.detourFactor ?? 1, 1), "seed \(seed)")
  }

  @Test(
    "a way that only the scenario opens is mixed in by the traffic that it holds for",
    arguments: seeds)
  func openingMixes(seed: UInt64) throws {
    let region = try RandomRegion(seed: seed).prepared()
    var random = SeededGenerator(seed: seed &+ 7000)
    let closed = region.closingSome(&random)
    let trips = region.trips
    func simulation(_ share: Double) -> Simulation {
      Simulation(
        trips: trips, before: closed.outcomes(of: trips, matrix: region.matrix),
        closed: region.view.outcomes(of: trips, matrix: region.matrix), openFraction: share,
        matrix: region.matrix)
    }
    let whole = simulation(0)
    let mixed = simulation(0.25)
    for (unit, row) in mixed.after.rows.enumerated() {
      for member in Self.members {
        let (before, after) = (
          whole.before.rows[unit][keyPath: member], whole.after.rows[unit][keyPath: member]
        )
        #expect(
          isClose(row[keyPath: member], 0.25 * before + 0.75 * after), "seed \(seed), \(member)")
      }
    }
  }

  @Test(
    "the detour factor is at least 1 under closures and told over connected trips only",
    arguments: seeds)
  func detourFactor(seed: UInt64) throws {
    let region = try RandomRegion(seed: seed).prepared()
    var random = SeededGenerator(seed: seed &+ 8000)
    let closed = region.closingSome(&random)
    let simulation = region.simulation(closed, openFraction: 0)
    var (before, after) = (0.0, 0.0)
    for trip in region.trips {
      let new = closed.route(from: trip.origin.node, to: trip.destination.node).route
      let old = region.view.route(from: trip.origin.node, to: trip.destination.node).route
      guard let new, let old else { continue }
      before += trip.mass * old.travelTimeSeconds
      after += trip.mass * new.travelTimeSeconds
    }
    guard before > 0 else {
      #expect(simulation.detourFactor == nil, "seed \(seed)")
      return
    }
    let factor = try #require(simulation.detourFactor)
    #expect(isClose(factor, after / before), "seed \(seed)")
    #expect(factor >= 1 - 1e-6, "seed \(seed)")
  }
}

extension TripOutcome {
  /// The chance that the trip enters a unit; 0 for one without a way.
  fileprivate func entry(_ unit: Int) -> Double {
    exposure?.cells.first { $0.unit == unit }?.entryProbability ?? 0
  }
}
