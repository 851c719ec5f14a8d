import Geography
import Testing
import TransportGraph

@testable import CorridorKit

/// Exposure by models of route choice.
@Suite("Exposure by a model of route choice")
struct ExposureByModelTests {
  static let seeds = UInt64(1)...20

  private static let logit = PathSizeLogit(
    theta: 0.7, limits: AlternativeLimits(count: 6, maximumStretch: 3, maximumOverlap: 0.95))

  static let models: [RouteChoiceModel] = [
    .shortest, .pathSizeLogit(logit), .stoch(DialLogit(theta: 0.7)),
    .stoch(DialLogit(theta: 0.7, passes: .double)),
  ]

  /// A random region with two crossings of most sites.
  private func analysis(seed: UInt64) throws -> (analysis: Analysis, trips: [Trip]) {
    var region = RandomRegion(seed: seed)
    for index in region.crossings.indices { region.crossings[index].site = "S\(index / 2)" }
    let area = try StudyArea(
      network: region.network,
      crossings: CrossingCatalogue(region.crossings, metric: RandomRegion.metric),
      provinces: region.layer)
    return (
      try Analysis(area, profile: region.profile, countries: ["XA"]), try region.prepared().trips
    )
  }

  @Test(
    "metres and seconds of units sum to Σ mass × share × those of links, entry is a probability",
    arguments: models, seeds)
  func sums(model: RouteChoiceModel, seed: UInt64) throws {
    let (analysis, trips) = try analysis(seed: seed)
    let outcomes = try analysis.routed(trips, by: model).outcomes
    let exposure = Exposure(trips, outcomes, matrix: analysis.matrix)
    var (meters, seconds) = (0.0, 0.0)
    for (trip, outcome) in zip(trips, outcomes) {
      for use in outcome.exposure?.uses ?? [] {
        meters += trip.mass * use.share * analysis.area.graph.lengthMeters(of: use.link)
        seconds += trip.mass * use.share * analysis.view.times.seconds(of: use.link)
      }
      for cell in outcome.exposure?.cells ?? [] {
        #expect((0...1).contains(cell.entryProbability), "seed \(seed)")
        #expect(cell.lengthMeters > 0 || cell.entryProbability == 0, "seed \(seed)")
      }
    }
    #expect(isClose(exposure.totalLengthMeters, meters), "seed \(seed)")
    #expect(isClose(exposure.totalTravelTimeSeconds, seconds), "seed \(seed)")
  }

  @Test(
    "crossings and sites are passed as often and as probably as the alternatives one by one pass them",
    arguments: seeds)
  func passages(seed: UInt64) throws {
    let (analysis, trips) = try analysis(seed: seed)
    let passages = try analysis.crossingPassages(of: trips, by: .pathSizeLogit(Self.logit))
    let pairs = trips.map { NodePair(from: $0.origin.node, to: $0.destination.node) }
    let choices = try analysis.metric().routeShares(of: pairs, by: Self.logit)
    for (passages, choice) in zip(passages, choices) {
      guard let choice else {
        #expect(passages == nil)
        continue
      }
      var crossings: [String: (uses: Double, probability: Double)] = [:]
      var sites: [String: (uses: Double, probability: Double)] = [:]
      for (route, probability) in zip(choice.set.routes, choice.probabilities) {
        let passed = route.arcs.compactMap {
          analysis.area.graph.links[$0.link.index].crossingID.flatMap {
            analysis.area.crossings[$0]
          }
        }
        for id in passed.map(\.id) { crossings[id, default: (0, 0)].uses += probability }
        for id in passed.map(\.site) { sites[id, default: (0, 0)].uses += probability }
        for id in Set(passed.map(\.id)) { crossings[id]?.probability += probability }
        for id in Set(passed.map(\.site)) { sites[id]?.probability += probability }
      }
      let found = try #require(passages)
      for (all, slow) in [(found.crossings, crossings), (found.sites, sites)] {
        #expect(Set(all.keys) == Set(slow.keys), "seed \(seed)")
        for (id, passage) in all {
          #expect(isClose(passage.expectedUses, slow[id]?.uses ?? .nan), "seed \(seed), \(id)")
          #expect(
            isClose(passage.probability, slow[id]?.probability ?? .nan), "seed \(seed), \(id)")
        }
      }
    }
  }

  @Test(
    "two crossings of a site that one way passes both count twice for use and once for probability")
  func twoOfOneSite() throws {
    var seen = 0
    for seed in Self.seeds {
      let (analysis, trips) = try analysis(seed: seed)
      for model in Self.models {
        for passages in try analysis.crossingPassages(of: trips, by: model).compactMap(\.self) {
          for (site, passage) in passages.sites {
            let own = passages.crossings.filter { analysis.area.crossings[$0.key]?.site == site }
            let highest = own.values.map(\.probability).max() ?? .nan
            let sum = own.values.reduce(0) { $0 + $1.probability }
            #expect(passage.probability <= 1 && passage.probability <= sum + 1e-12)
            #expect(passage.probability >= highest - 1e-12)
            #expect(isClose(passage.expectedUses, own.values.reduce(0) { $0 + $1.expectedUses }))
            if passage.expectedUses > passage.probability + 1e-6 { seen += 1 }
          }
        }
      }
    }
    #expect(seen > 0, "no way passes two crossings of a site")
  }

  @Test(
    "of a corridor's legs lengths, hours and uses add up, and what each misses is missed",
    arguments: models)
  func legs(model: RouteChoiceModel) throws {
    let analysis = try ToyRegion.analysis()
    var enteredOnBoth = 0
    for (from, via, to) in [
      ("Southgate", "Citron", "Birch"), ("Southgate", "Cedar", "Birch"),
      ("Amber", "Citron", "Amber"),
      ("Southgate", "Birch", "Southgate"), ("Birch", "Cedar", "Westwold"),
    ] {
      var definition = CorridorDefinition(from: from, to: to, modes: analysis.modes)
      definition.via = [via]
      let corridors = try CorridorAnalysis([definition], analysis: analysis, by: model)
      let whole = try #require(corridors.tripOutcomes[0].exposure)
      let trips = try analysis.trips([
        OriginDestination(origin: from, destination: via, mass: 1),
        OriginDestination(origin: via, destination: to, mass: 1),
      ])
      let legs = try analysis.routed(trips, by: model).outcomes.compactMap(\.exposure)
      #expect(legs.count == 2)
      #expect(isClose(whole.lengthMeters, legs[0].lengthMeters + legs[1].lengthMeters))
      #expect(
        isClose(whole.travelTimeSeconds, legs[0].travelTimeSeconds + legs[1].travelTimeSeconds))
      for unit in 0..<analysis.matrix.units.count {
        func cell(_ exposure: TripExposure) -> TripExposure.Cell? {
          exposure.cells.first { $0.unit == unit }
        }
        let parts = legs.map { cell($0) }
        let meters = parts.reduce(0) { $0 + ($1?.lengthMeters ?? 0) }
        let missed = parts.reduce(1) { $0 * (1 - ($1?.entryProbability ?? 0)) }
        #expect(isClose(cell(whole)?.lengthMeters ?? 0, meters))
        #expect(isClose(cell(whole)?.entryProbability ?? 0, 1 - missed))
        if parts.allSatisfy({ $0.map { (0.01..<1).contains($0.entryProbability) } ?? false }) {
          enteredOnBoth += 1
        }
      }
      let alone = try analysis.crossingPassages(of: trips, by: model).compactMap(\.self)
      let passages = try #require(corridors.crossingPassages[0])
      for (id, passage) in passages.crossings {
        let parts = alone.map { $0.crossings[id] }
        let missed = parts.reduce(1) { $0 * (1 - ($1?.probability ?? 0)) }
        #expect(isClose(passage.expectedUses, parts.reduce(0) { $0 + ($1?.expectedUses ?? 0) }))
        #expect(isClose(passage.probability, 1 - missed))
      }
    }
    if model != .shortest {
      #expect(enteredOnBoth > 0, "no unit is entered by chance on both legs")
    }
  }

  @Test(
    "a crossing that is a waypoint is surely passed, and each side of it is chosen by the model")
  func crossingAsWaypoint() throws {
    let analysis = try ToyRegion.analysis()
    let definition = try CorridorFile(InputFile(path: ToyRegion.sources.corridors)).definition("T2")
    let model = RouteChoiceModel.pathSizeLogit(Self.logit)
    let corridors = try CorridorAnalysis([definition], analysis: analysis, by: model)
    let passages = try #require(corridors.crossingPassages[0])
    #expect(passages.crossings["X2"]?.probability == 1)
    let whole = try #require(corridors.tripOutcomes[0].exposure)
    let graph = analysis.area.graph
    func pair(_ from: String, _ to: String) throws -> NodePair {
      NodePair(from: try #require(graph.node(id: from)), to: try #require(graph.node(id: to)))
    }
    #expect(passages.crossings["X2"]?.expectedUses == 1)
    // Nobody comes to X2 by X1 and X2 to turn around.
    let x2 = try #require(graph.link(id: "x2-arc"))
    let without = try analysis.under(Scenario(name: "no X2", closures: [.crossing("X2")]))
    let uses = try without.metric().uses(of: [pair("1", "3"), pair("3a", "10")], by: model)
      .outcomes.compactMap(\.use)
    #expect(uses.count == 2)
    let dwell = analysis.view.times.seconds(of: x2)
    #expect(dwell > 0)
    #expect(
      isClose(
        whole.travelTimeSeconds, uses.reduce(dwell) { $0 + $1.expectedTravelTimeSeconds }))
    #expect(isClose(whole.lengthMeters, uses.reduce(0) { $0 + $1.expectedLengthMeters }))
    let shortest = try CorridorAnalysis([definition], analysis: analysis).tripOutcomes[0].exposure
    #expect(whole.lengthMeters > (shortest?.lengthMeters ?? .infinity))
  }

  @Test("all or nothing a corridor is the one way that it was before")
  func shortestCorridor() throws {
    let analysis = try ToyRegion.analysis()
    let definitions = try CorridorFile(InputFile(path: ToyRegion.sources.corridors)).definitions
    let corridors = try CorridorAnalysis(definitions, analysis: analysis)
    for (outcome, route) in zip(corridors.tripOutcomes, corridors.routes) {
      let exposure = try #require(outcome.exposure)
      #expect(exposure.uses.map(\.link) == route.route.arcs.map(\.link))
      #expect(exposure.uses.allSatisfy { $0.share == 1 })
    }
    for (passages, route) in zip(corridors.crossingPassages, corridors.routes) {
      #expect(passages?.crossings.count == Set(route.crossings.map(\.id)).count)
      #expect(passages?.crossings.values.allSatisfy { $0.probability == 1 } ?? false)
    }
  }
}
