import Geography
import Testing
import TransportGraph

@testable import CorridorKit

/// Flow capture against listing every set of posts.
@Suite("Posts")
struct PostPlanTests {
  /// A random network with random links as sites.
  private struct Setting {
    let analysis: Analysis
    let trips: [Trip]
    let sites: [PostSite]

    init(seed: UInt64) throws {
      let question = try RandomQuestion(seed: seed, isLattice: seed % 3 == 0)
      analysis = question.analysis
      trips = question.trips
      var random = SeededGenerator(seed: seed &+ 77)
      let links = analysis.area.graph.links.indices.filter { _ in random.chance(0.35) }
      sites = links.prefix(9).map {
        PostSite(
          id: "s\($0)", name: "s\($0)", kind: .crossing, countries: [],
          coordinate: Coordinate(longitude: 0, latitude: 0), links: [LinkID($0)])
      }
    }

    func captured(_ ways: [ModelledWay], by chosen: [Int]) -> Double {
      let links = Set(chosen.flatMap { sites[$0].links })
      return ways.reduce(0) { $0 + ($1.links.contains(where: links.contains) ? $1.mass : 0) }
    }

    func best(_ ways: [ModelledWay], count: Int, fixed: [Int], from first: Int = 0) -> Double {
      guard count > 0, first < sites.count else { return captured(ways, by: fixed) }
      return max(
        best(ways, count: count, fixed: fixed, from: first + 1),
        best(ways, count: count - 1, fixed: fixed + [first], from: first + 1))
    }
  }

  private static let models: [RouteChoiceModel] = [
    .shortest, .pathSizeLogit(PathSizeLogit(theta: 0.5)),
  ]

  @Test("the best set is that of listing all sets; greedy is within 1 − 1/e", arguments: 1...30)
  func best(seed: Int) throws {
    let setting = try Setting(seed: UInt64(seed))
    for model in Self.models {
      let ways = try setting.analysis.modelledWays(of: setting.trips, by: model)
      for (count, fixed) in [(1, []), (2, []), (3, [0]), (4, [])] where setting.sites.count > 1 {
        let plan = try PostPlan(
          PostQuestion(sites: setting.sites, fixed: fixed, count: count), trips: setting.trips,
          ways: ways, analysis: setting.analysis)
        let expected = setting.best(ways, count: count, fixed: fixed)
        #expect(plan.gap == 0)
        #expect(isClose(plan.best.capturedMass, expected))
        #expect(isClose(plan.fixed.capturedMass, setting.captured(ways, by: fixed)))
        let gained = expected - plan.fixed.capturedMass
        let greedy = plan.greedy.capturedMass - plan.fixed.capturedMass
        #expect(greedy >= (1 - 1 / 2.718281828459045) * gained - 1e-9 && greedy <= gained + 1e-9)
        #expect(
          isClose(plan.greedy.capturedMass, setting.captured(ways, by: fixed + plan.greedy.sites)))
      }
    }
  }

  @Test("what detours leave is that of closing the posts and searching", arguments: 1...30)
  func detours(seed: Int) throws {
    let setting = try Setting(seed: UInt64(seed))
    for model in Self.models where !setting.sites.isEmpty {
      let ways = try setting.analysis.modelledWays(of: setting.trips, by: model)
      let plan = try PostPlan(
        PostQuestion(sites: setting.sites, count: 3), trips: setting.trips, ways: ways,
        analysis: setting.analysis)
      let closed = setting.analysis.view.closing(
        plan.best.sites.flatMap { setting.sites[$0].links })
      for (detour, captured) in zip(plan.question.detours, plan.best.capturedMassByDetour) {
        let expected = ways.reduce(0) { sum, way in
          let trip = setting.trips[way.trip]
          let other = closed.route(from: trip.origin.node, to: trip.destination.node).route
          let escapes =
            other.map { Double($0.impedance) <= (1 + detour) * Double(way.impedance) } ?? false
          return escapes ? sum : sum + way.mass
        }
        #expect(isClose(captured, expected))
        #expect(captured <= plan.best.capturedMass + 1e-9)
      }
      for (less, more) in zip(
        plan.best.capturedMassByDetour, plan.best.capturedMassByDetour.dropFirst())
      {
        #expect(more <= less)
      }
    }
  }

  @Test("who takes a dearer way by the model changes to one without a post that costs no more")
  func dearerWays() throws {
    let losses = try (1...20).map { seed in
      let setting = try Setting(seed: UInt64(seed))
      let ways = try setting.analysis.modelledWays(of: setting.trips, by: Self.models[1])
      let plan = try PostPlan(
        PostQuestion(sites: setting.sites, count: 2), trips: setting.trips, ways: ways,
        analysis: setting.analysis)
      let loss = plan.best.capturedMass - plan.best.capturedMassByDetour[0]
      #expect(loss >= Self.escaping(ways, posts: plan.best.sites.map { setting.sites[$0] }) - 1e-9)
      return loss
    }
    #expect((losses.max() ?? 0) > 0)
  }

  /// The mass that meets a post on a way at least as dear as a modelled one of its trip without a post.
  private static func escaping(_ ways: [ModelledWay], posts: [PostSite]) -> Double {
    let links = Set(posts.flatMap(\.links))
    let met = ways.filter { $0.links.contains(where: links.contains) }
    let free = ways.filter { !$0.links.contains(where: links.contains) }
    return met.filter { way in
      free.contains { $0.trip == way.trip && $0.impedance <= way.impedance }
    }.reduce(0) { $0 + $1.mass }
  }

  @Test("a named corridor goes past posts by its own modes alone")
  func corridorModes() throws {
    let analysis = try Shipped.analysis()
    let named = try CorridorFile(InputFile(path: Shipped.folder + "/corridors.yaml")).definitions
    let corridors = try CorridorAnalysis(named, analysis: analysis)
    let modes = corridors.definitions.map(\.modes)
    #expect(Set(modes).count > 1)
    let plan = try PostPlan(
      PostQuestion(sites: analysis.crossingPostSites(), count: 3), trips: corridors.trips,
      ways: corridors.modelledWays, analysis: analysis, modes: modes)
    let closed = plan.best.sites.flatMap { plan.question.sites[$0].links }
    for (detour, captured) in zip(plan.question.detours, plan.best.capturedMassByDetour) {
      let met = try corridors.modelledWays.filter { way in
        let trip = corridors.trips[way.trip]
        let view = try analysis.limited(to: modes[way.trip]).view.closing(closed)
        let other = view.route(from: trip.origin.node, to: trip.destination.node).route
        return other.map { Double($0.impedance) > (1 + detour) * Double(way.impedance) } ?? true
      }
      let expected = Double(met.count)
      #expect(captured == expected)
    }
  }

  @Test("ways add up to the trips that have one, and models without ways are refused")
  func ways() throws {
    let setting = try Setting(seed: 5)
    for model in Self.models {
      let ways = try setting.analysis.modelledWays(of: setting.trips, by: model)
      let whole = zip(setting.trips, try setting.analysis.outcomes(of: setting.trips)).reduce(0) {
        $1.1.exposure == nil ? $0 : $0 + $1.0.mass
      }
      #expect(whole > 0 && isClose(ways.reduce(0) { $0 + $1.mass }, whole))
    }
    #expect(throws: CorridorKitError.self) {
      try setting.analysis.modelledWays(of: setting.trips, by: .stoch(DialLogit()))
    }
  }

  @Test("crossings are sites by id or by site, and names find them")
  func sites() throws {
    let analysis = try Shipped.analysis()
    let crossings = analysis.crossingPostSites()
    let sites = analysis.crossingPostSites(bySite: true)
    #expect(crossings.count > sites.count && crossings.contains { $0.id == "khorgos-rail" })
    #expect(try analysis.postSites(named: "Korday", among: crossings).count == 1)
    #expect(try analysis.postSites(named: "khorgos", among: crossings).count == 2)
    #expect(try analysis.postSites(named: "khorgos", among: sites).count == 1)
    let towns = analysis.settlementPostSites(minimumPopulation: 200_000)
    #expect(towns.first?.name == "Almaty" && towns.allSatisfy { $0.countries == ["KZ"] })
    #expect(try analysis.postSites(named: "Shymkent", among: towns).count == 1)
    #expect(throws: CorridorKitError.self) {
      try analysis.postSites(named: "Kordai", among: towns)
    }
    #expect(throws: CorridorKitError.self) {
      try analysis.postSites(named: "Talgar", among: towns)
    }
  }
}
