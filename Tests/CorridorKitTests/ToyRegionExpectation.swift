import CorridorKit
import Foundation
import Geography
import Testing
import TransportGraph

/// Compares results with the known numbers of the toy region, to 1e-9.
extension ToyExpectations {
  func expectBase(_ exposure: Exposure, location: SourceLocation = #_sourceLocation) {
    Self.expect(exposure, base, "base", location)
  }

  func expect(
    _ simulation: Simulation, scenario name: String, location: SourceLocation = #_sourceLocation
  ) throws {
    let expected = try #require(scenarios[name], "\(name) is not in expected.json")
    let units = simulation.before.units
    Self.expect(simulation.before, base, "\(name), before", location)
    Self.expect(simulation.after, expected.after, name, location)
    for (index, unit) in units.units.enumerated() {
      let (before, after) = (simulation.before.rows[index], simulation.after.rows[index])
      Self.expect(
        (after.travelTimeSeconds - before.travelTimeSeconds) / 3600,
        expected.changeHours[unit.id], "\(name): change of hours in \(unit.id)", location)
      if let change = expected.changeKm {
        Self.expect(
          (after.lengthMeters - before.lengthMeters) / 1000, change[unit.id],
          "\(name): change of km in \(unit.id)", location)
      }
      var displaced: [String: Double] = [:]
      for (place, mass) in simulation.displacement[index] {
        switch place {
        case .unit(let other): displaced[units.units[other].id] = mass
        case .nowhere: displaced["NOWHERE"] = mass
        case .lost: displaced["LOST"] = mass
        }
      }
      #expect(
        displaced == expected.displacement[unit.id], "\(name): displacement from \(unit.id)",
        sourceLocation: location)
    }
    if let factor = expected.detourFactor {
      Self.expect(simulation.detourFactor ?? .nan, factor, "\(name): detour", location)
    }
    #expect(
      simulation.cutOff.reduce(0) { $0 + $1.mass } == expected.after.disconnected,
      "\(name): cut off", sourceLocation: location)
  }

  private static func expect(
    _ exposure: Exposure, _ expected: Flows, _ name: String, _ location: SourceLocation
  ) {
    #expect(exposure.units.units.map(\.id) == ["A", "B", "C", "ABROAD"], sourceLocation: location)
    for (unit, row) in zip(exposure.units.units.map(\.id), exposure.rows) {
      expect(row.lengthMeters / 1000, expected.flowKm[unit], "\(name): km in \(unit)", location)
      expect(
        row.travelTimeSeconds / 3600, expected.flowHours[unit], "\(name): hours in \(unit)",
        location)
      // The known numbers tell the roles of oblasts; for ABROAD see the test by hand.
      guard let roles = expected.roles[unit] else { continue }
      expect(row.roles.originMass, roles.origin, "\(name): origin \(unit)", location)
      expect(row.roles.destinationMass, roles.destination, "\(name): destination \(unit)", location)
      expect(row.roles.transitMass, roles.transit, "\(name): transit \(unit)", location)
      expect(row.roles.internalMass, roles.internal, "\(name): internal \(unit)", location)
    }
    expect(
      exposure.totalTravelTimeSeconds / 3600, expected.totalCostHours, "\(name): cost", location)
    expect(exposure.disconnectedMass, expected.disconnected, "\(name): disconnected", location)
  }

  private static func expect(
    _ value: Double, _ expected: Double?, _ what: String, _ location: SourceLocation
  ) {
    guard let expected else {
      Issue.record("\(what): nothing is expected", sourceLocation: location)
      return
    }
    #expect(isClose(value, expected), "\(what): \(value) for \(expected)", sourceLocation: location)
  }
}

/// The nodes of a route as the worked example numbers them: the two sides of a crossing and the
/// platforms of a station count as one.
func toyNodes(of route: Route, in graph: TransportGraph) -> [Int] {
  var numbers: [Int] = []
  for node in route.nodes(in: graph) {
    let digits = graph.nodes[node.index].id.prefix { $0.isNumber }
    if let number = Int(digits), number != numbers.last { numbers.append(number) }
  }
  return numbers
}
