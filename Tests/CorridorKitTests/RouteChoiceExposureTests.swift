import Geography
import Testing
import TransportGraph

@testable import CorridorKit

/// Exposure by models that share a trip among several ways.
@Suite("Exposure by models of route choice")
struct RouteChoiceExposureTests {
  static let models: [RouteChoiceModel] = [
    .shortest, .pathSizeLogit(PathSizeLogit(theta: 0.5)), .stoch(DialLogit(theta: 0.5)),
    .stoch(DialLogit(theta: 0.5, passes: .double)),
  ]

  /// Kilometres, hours and chance of entering by oblast: A, B, C, ABROAD.
  struct Known: Sendable, CustomStringConvertible {
    var beta: Double
    var probabilities: [Double]
    var kilometers: [Double]
    var hours: [Double]
    var entry: [Double]
    var description: String { "β \(beta)" }
  }

  /// From 1 to 10 over the five shortest ways at θ = 1 per hour, computed by networkx.
  static let known = [
    Known(
      beta: 0,
      probabilities: [
        0.31007893267568537, 0.2571077102272038, 0.18250366202043164, 0.12515484753833953,
        0.12515484753833953,
      ],
      kilometers: [62.46080774125859, 60.256396578178425, 122.717204319437, 127.16947698900208],
      hours: [1.7005623220098494, 1.4002976272606218, 2.619375119733622, 1.9111579498167013],
      entry: [0.5603886277523644, 0.564766219785975, 1, 1]),
    Known(
      beta: 1,
      probabilities: [
        0.29631123904501766, 0.2194909350704128, 0.1917374752541473, 0.1302195721785092,
        0.1622407784519131,
      ],
      kilometers: [65.01396566234513, 58.115811383579114, 126.33189767326463, 125.41531347201663],
      hours: [1.78265015968914, 1.337987651691725, 2.6649231844829195, 1.8819218912002773],
      entry: [0.58877158967544, 0.5414479825030694, 1, 1]),
  ]

  @Test(
    "in the toy region a logit over the five shortest ways gives the known exposure",
    arguments: known)
  func toyRegion(known: Known) throws {
    let analysis = try ToyRegion.analysis()
    let trips = Array(
      try analysis.trips(
        OriginDestination.read(InputFile(path: ToyRegion.folder + "/flows.csv"))
      ).prefix(1))
    let model = PathSizeLogit(
      theta: 1, beta: known.beta, source: .kShortest, limits: AlternativeLimits(count: 5))
    let pair = NodePair(from: trips[0].origin.node, to: trips[0].destination.node)
    let shares = try #require(analysis.metric().routeShares(of: [pair], by: model)[0])
    // The fourth and the fifth way are equally dear.
    for (found, expected) in zip(
      shares.probabilities.sorted(by: >), known.probabilities.sorted(by: >))
    {
      #expect(abs(found - expected) < 1e-9)
    }
    let sizes = [
      0.4668698884803293, 0.4170820393249937, 0.513281275495687, 0.5083333333333333,
      0.6333333333333333,
    ]
    for (found, expected) in zip(shares.pathSizes.sorted(), sizes.sorted()) {
      #expect(abs(found - expected) < 1e-9)
    }
    let routed = try analysis.routed(trips, by: .pathSizeLogit(model))
    let exposure = try #require(routed.outcomes[0].exposure)
    #expect(analysis.matrix.units.units.map(\.id) == ["A", "B", "C", "ABROAD"])
    for unit in 0..<4 {
      let cell = try #require(exposure.cells.first { $0.unit == unit })
      #expect(abs(cell.lengthMeters / 1000 - known.kilometers[unit]) < 1e-9 * 200)
      #expect(abs(cell.travelTimeSeconds / 3600 - known.hours[unit]) < 1e-9)
      #expect(abs(cell.entryProbability - known.entry[unit]) < 1e-9)
    }
  }

  @Test(
    "metres and hours by unit sum to those of the links, entries are probabilities",
    arguments: UInt64(1)...20)
  func sums(seed: UInt64) throws {
    for isLattice in [false, true] {
      let region = RandomRegion(seed: seed, isLattice: isLattice)
      let area = try StudyArea(
        network: region.network,
        crossings: CrossingCatalogue(region.crossings, metric: RandomRegion.metric),
        provinces: region.layer, threads: 1)
      let analysis = try Analysis(area, profile: region.profile, countries: ["XA"])
      let trips = try region.prepared().trips
      let best = try analysis.routed(trips, by: .shortest).outcomes
      #expect(best == analysis.view.outcomes(of: trips, matrix: analysis.matrix))
      for model in Self.models {
        let outcomes = try analysis.routed(trips, by: model, threads: 2).outcomes
        #expect(outcomes == (try analysis.routed(trips, by: model).outcomes), "seed \(seed)")
        try expectSums(analysis, trips, outcomes, "seed \(seed), \(model)")
        for (some, shortest) in zip(outcomes, best) {
          guard let some = some.exposure, let shortest = shortest.exposure else {
            #expect(some.exposure == nil && shortest.exposure == nil)
            continue
          }
          #expect(some.travelTimeSeconds >= shortest.travelTimeSeconds - 0.1, "seed \(seed)")
        }
      }
    }
  }

  @Test("on the shipped network, too", arguments: models)
  func shipped(model: RouteChoiceModel) throws {
    let analysis = try Shipped.analysis(countries: ["KZ", "KG"])
    let flows = [
      ("Osh", "Astana"), ("Tashkent", "Almaty"), ("Bishkek", "Aktobe"), ("Almaty", "Semey"),
      ("Dushanbe", "Orenburg"),
    ].enumerated().map {
      OriginDestination(
        origin: $0.element.0, destination: $0.element.1, mass: Double($0.offset + 1))
    }
    let trips = try analysis.trips(flows)
    let outcomes = try analysis.routed(trips, by: model, threads: 0).outcomes
    #expect(outcomes.allSatisfy { $0.exposure != nil })
    try expectSums(analysis, trips, outcomes, "\(model)")
    #expect(outcomes == (try analysis.routed(trips, by: model).outcomes))
    // Closing what some of the ways use cuts off none, and sends the others where they went.
    var whatIf = try WhatIf(analysis, trips: trips, by: model)
    let scenario = Scenario(name: "korday", closures: [.crossing("korday")])
    let answer = try whatIf.answer(scenario)
    #expect(
      try whatIf.outcomes(under: answer.resolved).outcomes
        == (try analysis.under(scenario).routed(trips, by: model).outcomes))
    #expect(answer.simulation.cutOff.isEmpty)
  }

  private func expectSums(
    _ analysis: Analysis, _ trips: [Trip], _ outcomes: [TripOutcome], _ comment: String
  ) throws {
    let graph = analysis.area.graph
    var (meters, seconds) = (0.0, 0.0)
    for (trip, outcome) in zip(trips, outcomes) {
      guard let exposure = outcome.exposure else { continue }
      let length = exposure.uses.reduce(0) { $0 + $1.share * graph.lengthMeters(of: $1.link) }
      let time = exposure.uses.reduce(0) {
        $0 + $1.share * analysis.view.times.seconds(of: $1.link)
      }
      #expect(isClose(exposure.lengthMeters, length), "\(comment)")
      #expect(isClose(exposure.travelTimeSeconds, time), "\(comment)")
      meters += trip.mass * length
      seconds += trip.mass * time
      for cell in exposure.cells {
        #expect((0...1).contains(cell.entryProbability), "\(comment)")
        // Who uses a link there enters; who enters uses one.
        let inside = exposure.uses.filter { analysis.matrix.touches($0.link, unit: cell.unit) }
        let most = inside.reduce(0) { max($0, $1.share) }
        let sum = inside.reduce(0) { $0 + $1.share }
        #expect(cell.entryProbability >= most - 1e-9, "\(comment)")
        #expect(cell.entryProbability <= sum + 1e-9, "\(comment)")
      }
    }
    let total = Exposure(trips, outcomes, matrix: analysis.matrix)
    #expect(isClose(total.totalLengthMeters, meters), "\(comment)")
    #expect(isClose(total.totalTravelTimeSeconds, seconds), "\(comment)")
    var doubled = trips
    for index in doubled.indices { doubled[index].mass *= 2 }
    let twice = Exposure(doubled, outcomes, matrix: analysis.matrix)
    for (one, two) in zip(total.rows, twice.rows) {
      #expect(isClose(2 * one.lengthMeters, two.lengthMeters), "\(comment)")
      #expect(isClose(2 * one.roles.touchingMass, two.roles.touchingMass), "\(comment)")
    }
  }
}
