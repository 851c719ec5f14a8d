import Testing
import TransportGraph

@testable import CorridorKit

/// Closures on random networks, each against sending every trip anew and summing up from scratch.
@Suite("Criticality against full simulations")
struct CriticalityTests {
  static let seeds = UInt64(1)...6
  static let models: [RouteChoiceModel] = [
    .shortest, .pathSizeLogit(PathSizeLogit()), .stoch(DialLogit()),
  ]

  @Test("each link, closed, does what a simulation of it says", arguments: seeds)
  func singles(seed: UInt64) throws {
    for (number, model) in Self.models.enumerated() {
      let question = try ClosureQuestion(
        seed: seed, isLattice: seed % 2 == 0, model: model, elementCount: 20)
      let rows = try question.study.closingEach(question.elements).rows
      for (index, row) in rows.enumerated() {
        let simulation = try question.simulation([index])
        let what = "seed \(seed), model \(number), \(row.element.id)"
        let expected = question.effect(simulation)
        expectClose(row.effect, expected, what)
        #expect(
          isClose(row.detourFactor ?? -1, simulation.detourFactor ?? -1), "\(what): detour")
        for unit in simulation.before.rows.indices {
          let (before, after) = (simulation.before.rows[unit], simulation.after.rows[unit])
          let change = row.changes.first { $0.unit == unit }
          #expect(
            isClose(change?.enteringMass ?? 0, after.enteringMass - before.enteringMass), "\(what)")
          #expect(
            isClose(
              change?.travelTimeSeconds ?? 0, after.travelTimeSeconds - before.travelTimeSeconds),
            "\(what)")
          #expect(
            isClose(change?.lengthMeters ?? 0, after.lengthMeters - before.lengthMeters), "\(what)")
          #expect(
            (change?.isNew ?? false) == (before.enteringMass == 0 && after.enteringMass > 0),
            "\(what)")
        }
      }
    }
  }

  @Test("every pair of links, closed together, does what a simulation of it says", arguments: seeds)
  func pairs(seed: UInt64) throws {
    for (number, model) in Self.models.enumerated() {
      let question = try ClosureQuestion(
        seed: seed, isLattice: seed % 2 == 1, model: model, elementCount: 9)
      let sets = try question.study.closingSets(of: 2, question.elements)
      #expect(sets.setCount == 9 * 8 / 2)
      let listed = Dictionary(uniqueKeysWithValues: sets.rows.map { ($0.members, $0) })
      for a in question.elements.indices {
        for b in (a + 1)..<question.elements.count {
          let what = "seed \(seed), model \(number), \(a) and \(b)"
          let simulation = try question.simulation([a, b])
          let expected = question.effect(simulation)
          if let row = listed[[a, b]] {
            expectClose(row.joint, expected, what)
            expectClose(row.synergy, expected - (sets.single[a] + sets.single[b]), what)
            #expect(
              isClose(row.detourFactor ?? -1, simulation.detourFactor ?? -1), "\(what): detour")
          } else {
            // One of them does nothing, before the other closes or after.
            let rest = sets.single[a] == ClosureEffect() ? sets.single[b] : sets.single[a]
            expectClose(rest, expected, what)
          }
          // Closing more never reconnects.
          #expect(expected.lostMass + 1e-9 >= sets.single[a].lostMass, "\(what)")
          if model == .shortest {
            #expect(expected.lostMass + 1e-9 >= sets.single[b].lostMass, "\(what)")
          }
        }
      }
    }
  }

  @Test("every three links, closed together, do what a simulation of it says", arguments: 1...3)
  func triples(seed: UInt64) throws {
    let question = try ClosureQuestion(
      seed: seed, isLattice: seed % 2 == 0, model: .shortest, elementCount: 7)
    let sets = try question.study.closingSets(of: 3, question.elements)
    #expect(sets.setCount == 35)
    for row in sets.rows {
      expectClose(
        row.joint, question.effect(try question.simulation(row.members)),
        "seed \(seed), \(row.members)")
    }
  }

  @Test("pairs that stand in for one another, and pairs in a row, both occur")
  func coverage() throws {
    var (above, below, lost) = (0, 0, 0)
    for seed in Self.seeds {
      let question = try ClosureQuestion(
        seed: seed, isLattice: false, model: .shortest, elementCount: 14)
      for row in try question.study.closingSets(of: 2, question.elements).rows {
        if row.synergy.lostMass > 0 || row.synergy.extraTimeSeconds > 0 { above += 1 }
        if row.synergy.lostMass < 0 || row.synergy.extraTimeSeconds < 0 { below += 1 }
        if row.joint.lostMass > 0 { lost += 1 }
      }
    }
    #expect(above > 10 && below > 20 && lost > 50, "\(above) \(below) \(lost)")
  }

  @Test("Shapley values are those of the game of all sets", arguments: seeds)
  func shapley(seed: UInt64) throws {
    for (number, model) in Self.models.enumerated() {
      let question = try ClosureQuestion(
        seed: seed, isLattice: seed % 2 == 0, model: model, elementCount: number == 0 ? 6 : 4)
      let count = question.elements.count
      let worths = try (0..<(1 << count)).map { set in
        question.effect(
          try question.simulation((0..<count).filter { set >> $0 & 1 == 1 }))
      }
      for measure in [CriticalityMeasure.lost, .hours, .displaced, .province] {
        let values = try question.study.shapleyValues(
          of: measure, question.elements, method: .automatic(seed: seed, orders: 10))
        let what = "seed \(seed), model \(number), \(measure)"
        let scale = worths.map { abs($0[measure]) }.max() ?? 0
        #expect(abs(values.total - worths[worths.count - 1][measure]) <= 1e-9 * scale, "\(what)")
        let sum = values.rows.reduce(0) { $0 + $1.value }
        #expect(abs(sum - values.total) <= 1e-9 * scale, "\(what): efficiency")
        for (index, row) in values.rows.enumerated() {
          let expected = shapleyValue(of: index, count) { worths[$0][measure] }
          #expect(abs(row.value - expected) <= 1e-9 * scale, "\(what): \(row.value), \(expected)")
        }
      }
    }
  }

  @Test("sampled Shapley values are within five standard errors of the exact ones")
  func sampled() throws {
    var compared = 0
    for seed in Self.seeds {
      let question = try ClosureQuestion(
        seed: seed, isLattice: false, model: .shortest, elementCount: 8)
      for measure in [CriticalityMeasure.lost, .hours] {
        let exact = try question.study.shapleyValues(
          of: measure, question.elements, method: .automatic(seed: 1, orders: 4))
        let sampled = try question.study.shapleyValues(
          of: measure, question.elements, method: .sampled(seed: seed, orders: 200))
        #expect(sampled.sampledOrders == 200)
        let scale = abs(exact.total) + 1
        #expect(abs(sampled.total - exact.total) <= 1e-9 * scale)
        for (a, b) in zip(exact.rows, sampled.rows) {
          let error = try #require(b.standardError)
          #expect(abs(a.value - b.value) <= 5 * error + 1e-9 * scale, "\(a.value), \(b.value)")
          if error > 0 { compared += 1 }
        }
      }
    }
    #expect(compared > 10)
  }

  @Test("the order in which elements are named does not change their values")
  func order() throws {
    let study = try ClosureQuestion(seed: 5, isLattice: false, model: .shortest).study
    let elements = Array(study.analysis.criticalElements(.links).prefix(9))
    let forward = try study.shapleyValues(
      of: .hours, elements, method: .automatic(seed: 1, orders: 4))
    let backward = try study.shapleyValues(
      of: .hours, elements.reversed(), method: .automatic(seed: 1, orders: 4))
    for (a, b) in zip(forward.rows, backward.rows.reversed()) {
      #expect(a.element.id == b.element.id)
      #expect(isClose(a.value, b.value))
    }
  }

  @Test("any number of threads gives the same bits")
  func threads() throws {
    for model in Self.models {
      let one = try ClosureQuestion(
        seed: 4, isLattice: true, model: model, elementCount: 6, threads: 1)
      let four = try ClosureQuestion(
        seed: 4, isLattice: true, model: model, elementCount: 6, threads: 4)
      #expect(
        try one.study.closingEach(one.elements).rows.map(\.effect)
          == four.study.closingEach(four.elements).rows.map(\.effect))
      #expect(
        try one.study.closingSets(of: 3, one.elements).rows.map(\.joint)
          == four.study.closingSets(of: 3, four.elements).rows.map(\.joint))
      for method in [ShapleyMethod.automatic(seed: 1, orders: 4), .sampled(seed: 1, orders: 20)] {
        #expect(
          try one.study.shapleyValues(of: .hours, one.elements, method: method).rows.map(\.value)
            == four.study.shapleyValues(of: .hours, four.elements, method: method).rows
            .map(\.value))
      }
    }
  }

  @Test("a limit of the nodes of trees ends in sampling, not in half a result")
  func limit() throws {
    let question = try ClosureQuestion(seed: 3, isLattice: false, model: .shortest)
    let tree = try ClosureTree(question.study, question.elements, depth: 3, limit: 1)
    #expect(!tree.isComplete)
    let whole = try ClosureTree(question.study, question.elements, depth: 3)
    #expect(whole.isComplete)
  }

  private func expectClose(_ a: ClosureEffect, _ b: ClosureEffect, _ what: String) {
    for measure in CriticalityMeasure.allCases {
      #expect(isClose(a[measure], b[measure]), "\(what), \(measure): \(a[measure]), \(b[measure])")
    }
  }
}

/// The value by its definition: Σ |S|! (n − |S| − 1)! / n! (v(S ∪ i) − v(S)) over the sets without i.
private func shapleyValue(of player: Int, _ count: Int, _ worth: (Int) -> Double) -> Double {
  func factorial(_ n: Int) -> Double { n < 2 ? 1 : Double(n) * factorial(n - 1) }
  return (0..<(1 << count)).filter { $0 >> player & 1 == 0 }.reduce(0) { sum, set in
    let size = set.nonzeroBitCount
    let weight = factorial(size) * factorial(count - size - 1) / factorial(count)
    return sum + weight * (worth(set | 1 << player) - worth(set))
  }
}

/// A random region whose links are closed.
private struct ClosureQuestion {
  let study: ClosureStudy
  let elements: [CriticalElement]
  private let model: RouteChoiceModel
  private let before: [TripOutcome]

  init(
    seed: UInt64, isLattice: Bool, model: RouteChoiceModel, elementCount: Int = .max,
    threads: Int = 1
  ) throws {
    let region = RandomRegion(seed: seed, isLattice: isLattice)
    let area = try StudyArea(
      network: region.network,
      crossings: CrossingCatalogue(region.crossings, metric: RandomRegion.metric),
      provinces: region.layer, threads: 1)
    let analysis = try Analysis(area, profile: region.profile, countries: ["XA"])
    let trips = try region.prepared().trips
    self.model = model
    let study = try ClosureStudy(
      analysis, trips: trips, by: model,
      focus: ProvinceFocus(analysis.matrix.units.units[0].id, measure: .length, in: analysis),
      threads: threads)
    // Those that carry most, so that closing them does something.
    let busiest = study.analysis.criticalElements(.links).sorted {
      (study.usage[$1.links[0].index], $0.links[0])
        < (study.usage[$0.links[0].index], $1.links[0])
    }
    self.study = study
    elements = Array(busiest.prefix(elementCount))
    before = try analysis.routed(trips, by: model).outcomes
  }

  /// Every trip sent anew with some of the elements closed.
  func simulation(_ closed: [Int]) throws -> Simulation {
    let graph = study.analysis.area.graph
    let links = closed.flatMap { elements[$0].links }
    let after =
      closed.isEmpty
      ? before
      : try study.analysis.under(
        Scenario(name: "closed", closures: links.map { .link(graph.links[$0.index].id) })
      ).routed(study.trips, by: model).outcomes
    return Simulation(
      trips: study.trips, before: before, closed: after, measure: study.analysis.profile.measure,
      openFraction: 0, matrix: study.analysis.matrix)
  }

  /// The figures of a simulation, summed up from its own results.
  func effect(_ simulation: Simulation) -> ClosureEffect {
    var effect = ClosureEffect()
    effect.lostMass = simulation.cutOff.reduce(0) { $0 + $1.mass }
    for (trip, (before, after)) in zip(
      simulation.trips, zip(simulation.outcomesBefore, simulation.outcomesAfter))
    {
      guard let before = before.exposure, let after = after.exposure else { continue }
      effect.extraTimeSeconds +=
        trip.mass * (after.travelTimeSeconds - before.travelTimeSeconds)
    }
    for row in simulation.displacement {
      for (place, mass) in row.sorted(by: { $0.value < $1.value }) {
        if case .unit = place { effect.displacedMass += mass }
      }
    }
    effect.provinceChange =
      simulation.after.rows[0].lengthMeters - simulation.before.rows[0].lengthMeters
    return effect
  }
}
