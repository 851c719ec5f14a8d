import Geography
import Testing
import TransportGraph

@testable import CorridorKit

/// A what-if sends anew only what a scenario touches; here every trip is searched for instead.
@Suite("What-if against searching for every trip")
struct WhatIfTests {
  static let seeds = UInt64(1)...40

  @Test("whatever the scenario, the answer is that of searching for every trip", arguments: seeds)
  func randomScenarios(seed: UInt64) throws {
    for isLattice in [false, true] {
      let question = try RandomQuestion(seed: seed, isLattice: isLattice)
      var random = SeededGenerator(seed: seed &+ 9000)
      var whatIf = try WhatIf(question.analysis, trips: question.trips)
      #expect(whatIf.outcomes == question.analysis.searched(question.trips), "seed \(seed)")
      // One after another, so that a scenario that left a trace would spoil the next.
      for step in 0..<12 {
        let scenario = question.scenario(step: step, &random)
        let expected = try question.analysis.searched(question.trips, under: scenario)
        expectSame(
          try whatIf.answer(scenario).simulation, expected, "seed \(seed), step \(step)")
      }
    }
  }

  static let models: [RouteChoiceModel] = [
    .shortest, .pathSizeLogit(PathSizeLogit()),
    .pathSizeLogit(PathSizeLogit(theta: 0.3, source: .kShortest)),
    .pathSizeLogit(PathSizeLogit(source: .viaNode(localOptimality: 0))), .stoch(DialLogit()),
  ]

  @Test(
    "by every model the answer is that of sending every trip anew, bit by bit", arguments: models)
  func everyModel(model: RouteChoiceModel) throws {
    var kept = 0
    for seed in Self.seeds.prefix(12) {
      for isLattice in [false, true] {
        let question = try RandomQuestion(seed: seed, isLattice: isLattice)
        var random = SeededGenerator(seed: seed &+ 9000)
        var whatIf = try WhatIf(question.analysis, trips: question.trips, by: model, threads: 2)
        let before = try question.analysis.routed(question.trips, by: model).outcomes
        #expect(whatIf.outcomes == before, "seed \(seed)")
        for step in 0..<12 {
          let scenario = question.scenario(step: step, &random)
          let changed = try question.analysis.under(scenario)
          let closed = try changed.routed(question.trips, by: model).outcomes
          let answer = try whatIf.answer(scenario)
          expectSame(
            answer.simulation,
            Simulation(
              trips: question.trips, before: before, closed: closed,
              measure: question.analysis.profile.measure, openFraction: scenario.openFraction,
              matrix: question.analysis.matrix), "seed \(seed), step \(step), \(model)")
          kept += question.trips.count - answer.reroutedCount
          let (lean, rerouted) = try whatIf.outcomes(under: answer.resolved)
          #expect(lean == closed && rerouted.count == answer.reroutedCount)
        }
      }
    }
    // Under the last two any link may change any trip: only trips without a way are kept.
    #expect(kept > 300, "\(kept) kept")
  }

  @Test("the scenarios keep trips, send them anew, cut them off and open ways for them")
  func coverage() throws {
    var (kept, rerouted, cutOff, opened, mixed, detours) = (0, 0, 0, 0, 0, 0)
    for seed in Self.seeds {
      let question = try RandomQuestion(seed: seed, isLattice: false)
      var random = SeededGenerator(seed: seed &+ 9000)
      var whatIf = try WhatIf(question.analysis, trips: question.trips)
      for step in 0..<12 {
        let scenario = question.scenario(step: step, &random)
        let answer = try whatIf.answer(scenario)
        kept += question.trips.count - answer.reroutedCount
        rerouted += answer.reroutedCount
        cutOff += answer.simulation.cutOff.count
        opened += zip(whatIf.outcomes, answer.simulation.outcomesAfter).count {
          $0.exposure == nil && $1.exposure != nil
        }
        if scenario.openFraction > 0 { mixed += 1 }
        if let factor = answer.simulation.detourFactor, factor > 1 { detours += 1 }
      }
    }
    #expect(kept > 1_000 && rerouted > 1_000, "\(kept) kept, \(rerouted) sent anew")
    #expect(cutOff > 50 && opened > 10, "\(cutOff) cut off, \(opened) opened")
    #expect(mixed > 50 && detours > 50, "\(mixed) partly open, \(detours) with detours")
  }

  @Test("a scenario that cannot be resolved spoils nothing")
  func refused() throws {
    let question = try RandomQuestion(seed: 3, isLattice: false)
    var whatIf = try WhatIf(question.analysis, trips: question.trips)
    let link = question.analysis.area.graph.links[0].id
    let scenario = Scenario(name: "closed", closures: [.link(link)])
    let before = try whatIf.answer(scenario).simulation
    #expect(throws: CorridorKitError.self) {
      try whatIf.answer(Scenario(name: "none", closures: [.link("no such link")]))
    }
    #expect(throws: CorridorKitError.self) {
      try whatIf.answer(
        Scenario(
          name: "both", closures: [.link(link)],
          delays: [.init(crossings: [], links: [link], borders: [], addedSeconds: 60, factor: 1)]))
    }
    expectSame(try whatIf.answer(scenario).simulation, before, "after two faults")
  }

  @Test("a scenario that an analysis is under is left aside")
  func leftAside() throws {
    let question = try RandomQuestion(seed: 5, isLattice: false)
    let closed = try question.analysis.under(
      Scenario(name: "closed", closures: [.mode(.road)]))
    let whatIf = try WhatIf(closed, trips: question.trips)
    #expect(whatIf.outcomes == question.analysis.searched(question.trips))
  }

  @Test("copies answer side by side as one does alone")
  func sideBySide() async throws {
    let question = try RandomQuestion(seed: 8, isLattice: true)
    var random = SeededGenerator(seed: 8)
    let scenarios = (0..<24).map { question.scenario(step: $0, &random) }
    let whatIf = try WhatIf(question.analysis, trips: question.trips)
    let together = try await withThrowingTaskGroup(of: (Int, Simulation).self) { group in
      for (index, scenario) in scenarios.enumerated() {
        group.addTask {
          var own = whatIf
          return (index, try own.answer(scenario).simulation)
        }
      }
      return try await group.reduce(into: [Int: Simulation]()) { $0[$1.0] = $1.1 }
    }
    var alone = whatIf
    for (index, scenario) in scenarios.enumerated() {
      let found = try #require(together[index])
      expectSame(found, try alone.answer(scenario).simulation, "scenario \(index)")
    }
  }

  @Test("on the shipped network, too, with flows between the cities of the region")
  func shipped() throws {
    let analysis = try Shipped.analysis(countries: ["KZ", "KG"])
    let cities = ["Almaty", "Bishkek", "Tashkent", "Osh", "Astana", "Dushanbe", "Semey"]
    var flows: [OriginDestination] = []
    for from in cities {
      for to in cities where to != from {
        flows.append(
          OriginDestination(origin: from, destination: to, mass: Double(flows.count % 5 + 1)))
      }
    }
    let trips = try analysis.trips(flows)
    var whatIf = try WhatIf(analysis, trips: trips)
    #expect(whatIf.outcomes == analysis.searched(trips))
    let closures: [[Scenario.Closure]] = [
      [.crossing("korday")], [.crossing("zhibek-zholy")], [.border(.init("KZ", "KG"))],
      [.crossing("korday"), .crossing("karasu")], [.mode(.rail)], [.province("KZ-75")],
    ]
    var rerouted = 0
    for closures in closures {
      let scenario = Scenario(name: "closed", closures: closures)
      let answer = try whatIf.answer(scenario)
      expectSame(
        answer.simulation, try analysis.searched(trips, under: scenario), "\(closures)")
      rerouted += answer.reroutedCount
    }
    #expect(rerouted > 30)
    let others = [
      Scenario(
        name: "later",
        delays: [
          .init(crossings: ["korday"], links: [], borders: [], addedSeconds: 5400, factor: 1)
        ]),
      Scenario(name: "2020", date: CalendarDate("2020-04-01"), openFraction: 0.25),
    ]
    for scenario in others {
      expectSame(
        try whatIf.answer(scenario).simulation, try analysis.searched(trips, under: scenario),
        scenario.name)
    }
  }

  private func expectSame(
    _ found: Simulation, _ expected: Simulation, _ comment: String,
    location: SourceLocation = #_sourceLocation
  ) {
    #expect(
      found.outcomesBefore == expected.outcomesBefore, "\(comment)", sourceLocation: location)
    #expect(found.outcomesAfter == expected.outcomesAfter, "\(comment)", sourceLocation: location)
    #expect(found.before == expected.before, "\(comment)", sourceLocation: location)
    #expect(found.after == expected.after, "\(comment)", sourceLocation: location)
    #expect(found.cutOff == expected.cutOff, "\(comment)", sourceLocation: location)
    #expect(found.detourFactor == expected.detourFactor, "\(comment)", sourceLocation: location)
    #expect(found.displacement == expected.displacement, "\(comment)", sourceLocation: location)
  }
}

extension Analysis {
  /// What becomes of trips, by one of Dijkstra's searches for each origin.
  fileprivate func searched(_ trips: [Trip]) -> [TripOutcome] {
    view.outcomes(of: trips, matrix: matrix)
  }

  /// What a scenario does to trips, all of them searched for with and without it.
  fileprivate func searched(
    _ trips: [Trip], under scenario: Scenario
  ) throws -> Simulation {
    Simulation(
      trips: trips, before: searched(trips), closed: try under(scenario).searched(trips),
      measure: profile.measure, openFraction: scenario.openFraction, matrix: matrix)
  }
}

/// A random region as an analysis, with scenarios of every kind to ask about.
struct RandomQuestion {
  let analysis: Analysis
  let trips: [Trip]
  /// From this day on the crossings that are closed otherwise are open.
  private let openingDay = CalendarDate("2020-01-01")

  init(seed: UInt64, isLattice: Bool) throws {
    var region = RandomRegion(seed: seed, isLattice: isLattice)
    for index in region.crossings.indices where (Int(seed) + index) % 2 == 0 {
      region.crossings[index].status = .closed
      if let openingDay {
        region.crossings[index].history = [.init(from: openingDay, to: nil, status: .open)]
      }
    }
    let area = try StudyArea(
      network: region.network,
      crossings: CrossingCatalogue(region.crossings, metric: RandomRegion.metric),
      provinces: region.layer, threads: 1)
    analysis = try Analysis(area, profile: region.profile, countries: ["XA"])
    trips = try region.prepared().trips
  }

  func scenario(step: Int, _ random: inout SeededGenerator) -> Scenario {
    let graph = analysis.area.graph
    func links(_ count: Int) -> [String] {
      (0..<count).map { _ in graph.links[random.integer(0...(graph.links.count - 1))].id }
    }
    var scenario = Scenario(name: "step \(step)")
    switch step % 6 {
    case 0: scenario.closures = links(1).map { .link($0) }
    case 1: scenario.closures = links(4).map { .link($0) }
    case 2:
      let provinces = analysis.area.provinces.provinces
      scenario.closures = [.province(provinces[random.integer(0...(provinces.count - 1))].id)]
    case 3:
      scenario.delays = [
        .init(
          crossings: [], links: links(3), borders: [], addedSeconds: random.number(0...20_000),
          factor: random.number(1...4))
      ]
    case 4:
      scenario.closures = [.mode(random.chance(0.5) ? .road : .rail)]
      scenario.delays = graph.links.filter { $0.kind == .transfer }.prefix(1).map {
        .init(crossings: [], links: [$0.id], borders: [], addedSeconds: 60, factor: 1)
      }
      // What is closed and delayed at once would be refused.
      if !scenario.delays.isEmpty { scenario.closures = links(2).map { .link($0) } }
      scenario.delays.removeAll { delay in
        scenario.closures.contains { $0 == .link(delay.links[0]) }
      }
    default:
      scenario.date = openingDay
      scenario.closures = links(1).map { .link($0) }
    }
    if random.chance(0.3) { scenario.openFraction = random.number(0...1) }
    return scenario
  }
}
