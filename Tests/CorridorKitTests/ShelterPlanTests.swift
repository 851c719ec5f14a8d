import Testing
import TransportGraph

@testable import CorridorKit

/// Shelters on the shipped data, against searches and enumeration.
@Suite("Shelters")
struct ShelterPlanTests {
  private func organisations() throws -> [Organisation] {
    try Organisation.read(InputFile(path: Shipped.folder + "/organisations.csv"))
  }

  @Test(
    "the NGOs of the studies reach 13 of 16, 13 of 17 and 14 of 20 units",
    arguments: [
      ("2013", 16, ["KZ-ATY", "KZ-PAV", "KZ-ZAP"]), ("2018", 17, nil), ("2024", 20, nil),
    ] as [(String, Int, [String]?)])
  func coverage(vintage: String, units: Int, without: [String]?) throws {
    let analysis = try Shipped.analysis(vintage: vintage)
    let plan = try ShelterPlan(
      ShelterQuestion(
        existing: try organisations().filter { $0.kind == .ngo }, count: 1,
        minimumPopulation: 50_000, minimumCandidatePopulation: 100_000),
      analysis: analysis)
    #expect(plan.rows.count == units)
    #expect(plan.rows.count(where: \.hasHelp) == (vintage == "2024" ? 14 : 13))
    if let without {
      let ids = plan.rows.filter { !$0.hasHelp }.map { analysis.matrix.units.units[$0.unit].id }
      #expect(ids.sorted() == without)
    }
  }

  @Test("there are four shelters and fourteen cities with an NGO, every one on the network")
  func shipped() throws {
    let all = try organisations()
    #expect(all.count { $0.kind == .shelter } == 4 && all.count { $0.kind == .ngo } == 14)
    let resolver = try Shipped.analysis().resolver
    for one in all { #expect(try resolver.resolve(one.city).snapMeters < 10_000) }
  }

  @Test("a town beside a border stands on a node of its own country where one is near enough")
  func atHome() throws {
    let analysis = try Shipped.analysis()
    let (towns, _) = try analysis.shelterTowns(minimumPopulation: 1000)
    let (khorgos, place, _) = try #require(towns.first { $0.0.name == "Khorgos" })
    #expect(analysis.area.country(of: place) == "KZ" && place.snapMeters < 10_000)
    // Without regard to the country it would stand beyond the crossing.
    let nearest = try analysis.resolver.snap(khorgos.coordinate, label: "Khorgos")
    #expect(analysis.area.country(of: nearest) == "CN" && nearest.snapMeters < place.snapMeters)
    for (town, place, _) in towns {
      let nearest = try analysis.resolver.snap(town.coordinate, label: town.name)
      // Nothing else moves.
      if analysis.area.country(of: nearest) == town.country { #expect(place == nearest) }
    }
  }

  @Test(
    "times, what is covered and the mean are those of searches; the best set that of trying all")
  func againstSearches() throws {
    let analysis = try Shipped.analysis()
    let question = ShelterQuestion(
      existing: try organisations().filter { $0.kind == .shelter }, count: 2,
      limitSeconds: 4 * 3600, minimumPopulation: 60_000, minimumCandidatePopulation: 100_000)
    let plan = try ShelterPlan(question, analysis: analysis)
    func seconds(_ town: ShelterTown, _ place: Place) -> Double? {
      analysis.view.route(from: town.place.node, to: place.node).route
        .map { Double($0.impedance) / 1000 }
    }
    let today = plan.towns.map { town in plan.existing.compactMap { seconds(town, $0) }.min() }
    #expect(plan.secondsToday == today && !plan.towns.isEmpty)
    let toCandidates = plan.candidates.map { candidate in
      plan.towns.map { seconds($0, plan.towns[candidate].place) }
    }
    func told(_ chosen: [Int]) -> (covered: Double, mean: Double) {
      var (covered, sum) = (0.0, 0.0)
      for (index, town) in plan.towns.enumerated() {
        let nearest =
          ([today[index]] + chosen.map { toCandidates[$0][index] })
          .compactMap(\.self).min() ?? .infinity
        if nearest <= question.limitSeconds { covered += town.weight }
        sum += town.weight * nearest
      }
      return (covered, sum / plan.weight)
    }
    var (mostCovered, leastMean) = (0.0, Double.infinity)
    for first in plan.candidates.indices {
      for second in plan.candidates.indices where second >= first {
        let one = told([first, second])
        mostCovered = max(mostCovered, one.covered)
        leastMean = min(leastMean, one.mean)
      }
    }
    #expect(plan.covering.gap == 0 && isClose(plan.covering.coveredWeight, mostCovered))
    #expect(plan.median.gap == 0 && isClose(plan.median.meanSeconds, leastMean))
    #expect(isClose(plan.today.coveredWeight, told([]).covered))
    #expect(isClose(plan.today.meanSeconds, told([]).mean))
    #expect(
      isClose(plan.rows.reduce(0) { $0 + $1.coveredWeightAfter }, plan.covering.coveredWeight))
    #expect(isClose(plan.rows.reduce(0) { $0 + $1.weight }, plan.weight))
  }

  @Test("without help the first place counts from the farthest town; flow needs a way past a town")
  func withoutHelp() throws {
    let analysis = try Shipped.analysis()
    var question = ShelterQuestion(
      existing: [], count: 1, minimumPopulation: 100_000, minimumCandidatePopulation: 100_000)
    let plan = try ShelterPlan(question, analysis: analysis)
    #expect(plan.today.coveredWeight == 0 && plan.covering.coveredWeight > 0)
    #expect(plan.median.meanSeconds < plan.today.meanSeconds)
    question.weight = .flow
    #expect(throws: CorridorKitError.self) { try ShelterPlan(question, analysis: analysis) }
  }

  @Test("a trip passes each node of its way once, also one that ends where it begins")
  func massByNode() throws {
    let analysis = try Shipped.analysis()
    let trips = try analysis.trips([
      OriginDestination(origin: "Shymkent", destination: "Almaty", mass: 2),
      OriginDestination(origin: "Almaty", destination: "Almaty", mass: 3),
    ])
    let masses = analysis.massByNode(trips, outcomes: try analysis.outcomes(of: trips))
    let way = try #require(
      analysis.view.route(from: trips[0].origin.node, to: trips[0].destination.node).route)
    var expected: [NodeID: Double] = [trips[1].origin.node: 3]
    var nodes: Set<NodeID> = [trips[0].origin.node]
    for arc in way.arcs {
      nodes.formUnion([
        analysis.area.graph.from(of: arc.link), analysis.area.graph.to(of: arc.link),
      ])
    }
    for node in nodes { expected[node, default: 0] += 2 }
    #expect(masses == expected)
  }

  @Test(
    "a table of organisations says line and column of a fault",
    arguments: [
      ("place,kind\nAlmaty,ngo\n", "source"), ("place,kind,source\n", "o.csv"),
      ("place,kind,source\nAlmaty,charity,x\n", "charity"),
      ("place,kind,source\n,ngo,x\n", "place"), ("place,kind,source\nAlmaty,ngo,\n", "source"),
      ("place,kind,source,since\nAlmaty,ngo,x,long ago\n", "since"),
    ])
  func faults(text: String, says: String) throws {
    let file = try inputFile(text, named: "o.csv")
    let message = fault { () throws(CorridorKitError) in _ = try Organisation.read(file) }
    #expect(message?.contains(says) == true, "\(message ?? "none")")
  }

  @Test("a city that is not known is told with file and line")
  func unknownCity() throws {
    let analysis = try Shipped.analysis()
    let file = try inputFile("place,kind,source\nAlmty,ngo,x\n", named: "o.csv")
    let message = fault { () throws(CorridorKitError) in
      _ = try ShelterPlan(
        ShelterQuestion(existing: try Organisation.read(file), count: 1), analysis: analysis)
    }
    #expect(message?.contains(":2: ") == true && message?.contains("Almty") == true)
  }
}
