import ArgumentParser
import CorridorKit
import TransportGraph

/// A what-if on the shipped network: close a crossing, send again the trips that it touches, and tell
/// the exposure of every province.
struct ScenarioBenchmark: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "scenario", abstract: "Close every crossing in turn under many trips.")

  @Argument(help: "The folder of shipped data.") var data: String
  @Option(help: "So many settlements of Kazakhstan, and as many abroad; a trip for each pair.")
  var places = 20
  @Option(help: "How often each scenario is answered.") var repeats = 5

  private struct Result: Encodable {
    var trips: Int
    var crossings: Int
    /// Reading and overlaying the data.
    var load: Measurement
    /// The hierarchy, its metric and the trips without a scenario.
    var preparation: Measurement
    /// All trips by Dijkstra, exposure included.
    var withoutHierarchy: ShortTimes.Summary
    /// Of all scenarios, and of those that touch a trip at all.
    var scenario: ShortTimes.Summary
    var touching: ShortTimes.Summary
    /// The dearest scenario.
    var worstSeconds: Double
    /// All trips sent again on the hierarchy, whether touched or not, exposure included.
    var allTrips: ShortTimes.Summary
    /// How many trips were sent anew, by scenario.
    var rerouted: [Int]
    /// What all trips travel together, after the closure, summed over the scenarios.
    var kilometers: Double
  }

  private struct Mismatch: Error, CustomStringConvertible {
    var description: String
  }

  func run() throws {
    let sources = try DataSources(folder: data, vintage: "2024")
    let profile = try ImpedanceProfile(InputFile(path: sources.profile))
    let (area, load) = try Measurement.of { try StudyArea(sources, cache: nil) }
    let analysis = try Analysis(area, profile: profile)
    let trips = try self.trips(analysis)
    var (whatIf, preparation) = try Measurement.of { try WhatIf(analysis, trips: trips) }
    let crossings = Set(area.graph.links.compactMap(\.crossingID)).sorted()
    let scenarios = crossings.map { Scenario(name: $0, closures: [.crossing($0)]) }

    // Once without the hierarchy, whose answers must be the same.
    var slow = ShortTimes(count: scenarios.count)
    let before = analysis.view.outcomes(of: trips, matrix: analysis.matrix)
    var rerouted: [Int] = []
    var meters = 0.0
    for scenario in scenarios {
      let expected = try slow.measure {
        Simulation(
          trips: trips, before: before,
          closed: try analysis.under(scenario).view.outcomes(of: trips, matrix: analysis.matrix),
          openFraction: 0, matrix: analysis.matrix)
      }
      let answer = try whatIf.answer(scenario)
      guard answer.simulation.after == expected.after,
        answer.simulation.outcomesAfter == expected.outcomesAfter,
        answer.simulation.displacement == expected.displacement
      else { throw Mismatch(description: "\(scenario.name): the hierarchy gives another answer") }
      rerouted.append(answer.reroutedCount)
      meters += expected.after.totalLengthMeters
    }

    var times = ShortTimes(count: repeats * scenarios.count)
    var touching = ShortTimes(count: repeats * scenarios.count)
    for _ in 0..<repeats {
      for (index, scenario) in scenarios.enumerated() {
        try times.measure { _ = try whatIf.answer(scenario) }
        if rerouted[index] > 0 { touching.addLast(of: times) }
      }
    }
    var all = ShortTimes(count: scenarios.count)
    var metric = try analysis.metric()
    for crossing in crossings {
      let links = area.graph.links.indices
        .filter { area.graph.links[$0].crossingID == crossing }.map(LinkID.init)
      all.measure {
        let closed = metric.close(links)
        _ = Simulation(
          trips: trips, before: before,
          closed: metric.outcomes(of: trips, matrix: analysis.matrix), openFraction: 0,
          matrix: analysis.matrix)
        metric.reopen(closed)
      }
    }
    try writeJSON(
      Result(
        trips: trips.count, crossings: crossings.count, load: load, preparation: preparation,
        withoutHierarchy: slow.summary, scenario: times.summary, touching: touching.summary,
        worstSeconds: times.worstSeconds, allTrips: all.summary, rerouted: rerouted,
        kilometers: meters / 1000))
  }

  /// Between the largest settlements of Kazakhstan and the largest of its neighbours, so that every
  /// trip crosses a border.
  private func trips(_ analysis: Analysis) throws -> [Trip] {
    let byPopulation = analysis.area.gazetteer.settlements
      .sorted { ($1.population, $0.id) < ($0.population, $1.id) }
    func largest(_ isMeant: (Settlement) -> Bool) -> [Place] {
      var found: [Place] = []
      for settlement in byPopulation where isMeant(settlement) && found.count < places {
        // Some lie too far from the network.
        let place = try? analysis.resolver.snap(settlement.coordinate, label: settlement.id)
        if let place { found.append(place) }
      }
      return found
    }
    let abroad = largest { $0.country != "KZ" }
    let home = largest { $0.country == "KZ" }
    return abroad.flatMap { origin in
      home.map { destination in
        Trip(
          id: "\(origin.label) \(destination.label)", origin: origin, destination: destination,
          mass: 1)
      }
    }
  }
}
