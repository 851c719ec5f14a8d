import Foundation
import Testing

@testable import CorridorKit
@testable import TransportGraph

@Suite("Trips by the recursive logit on the shipped network")
struct RecursiveLogitTripTests {
  private func trips(_ analysis: Analysis, _ names: [(String, String)]) throws -> [Trip] {
    try names.map {
      Trip(
        id: "\($0)–\($1)", origin: try analysis.resolver.resolve($0),
        destination: try analysis.resolver.resolve($1), mass: 1)
    }
  }

  /// What holds for any expected exposure.
  private func expectWhole(_ outcome: TripOutcome, view: GraphView) throws {
    let exposure = try #require(outcome.exposure)
    let length = exposure.cells.reduce(0) { $0 + $1.lengthMeters }
    let time = exposure.cells.reduce(0) { $0 + $1.travelTimeSeconds }
    #expect(abs(length - exposure.lengthMeters) <= 1e-9 * exposure.lengthMeters)
    #expect(abs(time - exposure.travelTimeSeconds) <= 1e-9 * exposure.travelTimeSeconds)
    #expect(exposure.cells.allSatisfy { (0...1).contains($0.entryProbability) })
    // Chances that are those of one and the same set of walks: who has been in a unit used a link of it.
    for cell in exposure.cells where cell.lengthMeters == 0 { #expect(cell.entryProbability == 0) }
  }

  @Test("1,800 km at θ of 600 and 1,000 per hour are next to the shortest way and do not underflow")
  func longTrips() throws {
    let analysis = try Shipped.analysis()
    let trips = try trips(analysis, [("Osh", "Astana"), ("Aktau", "Astana")])
    let shortest = try analysis.outcomes(of: trips)
    var excess: [Double] = []
    for theta in [600.0, 1_000] {
      let routed = try analysis.routed(trips, by: .recursiveLogit(RecursiveLogit(theta: theta)))
      for (outcome, best) in zip(routed.outcomes, shortest) {
        try expectWhole(outcome, view: analysis.view)
        let hours = try #require(outcome.exposure).travelTimeSeconds
        let least = try #require(best.exposure).travelTimeSeconds
        #expect(hours > least && hours < least * 1.01)
        excess.append(hours - least)
      }
    }
    // The higher θ, the nearer.
    #expect(excess[2] < excess[0] && excess[3] < excess[1])
  }

  @Test("at θ of 1 per hour it is refused on all links, with a θ that does; not on alternatives")
  func lowTheta() throws {
    let analysis = try Shipped.analysis()
    let trips = try trips(analysis, [("Osh", "Almaty"), ("Bishkek", "Astana")])
    let refusal = try #require(
      #expect(throws: CorridorKitError.self) {
        try analysis.routed(trips, by: .recursiveLogit(RecursiveLogit()))
      })
    guard case .routeChoice(.noRecursiveLogit(_, 1, let radius, let sufficient)) = refusal else {
      Issue.record("refused for another reason: \(refusal)")
      return
    }
    #expect(radius > 3 && radius < 4)
    let theta = try #require(sufficient)
    #expect(theta > 100 && theta < 1_000)
    _ = try analysis.routed(trips, by: .recursiveLogit(RecursiveLogit(theta: theta)))
    let alternatives = RouteChoiceModel.recursiveLogit(
      RecursiveLogit(network: .alternatives(.penalty(), AlternativeLimits())))
    let routed = try analysis.routed(trips, by: alternatives)
    #expect(routed.warnings == [])
    for outcome in routed.outcomes { try expectWhole(outcome, view: analysis.view) }
    let threaded = try analysis.routed(trips, by: alternatives, threads: 2)
    #expect(threaded.outcomes == routed.outcomes)
  }
}
