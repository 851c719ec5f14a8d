public import TransportGraph

/// Where posts would meet the most of what a demand sends through a network: flow capture.
///
/// A way is captured by a post at any site that it passes. What each set of posts captures is told twice:
/// for travellers who keep to their ways, and for those who know the posts and would accept another way.
/// Of these a way's mass escapes at a detour of d where the cheapest way of its trip past no post costs
/// at most 1 + d times that way itself, not the trip's cheapest: at d = 0 whoever takes a dearer way by
/// the model changes to one without a post that costs no more. Outputs are shares of a whole set; no way
/// around a post is ever told.
///
/// Sources: M. J. Hodgson (1990), A flow-capturing location-allocation model, Geographical Analysis 22,
/// 270–279; O. Berman, R. C. Larson, N. Fouska (1992), Optimal location of discretionary service
/// facilities, Transportation Science 26, 201–211.
public struct PostPlan: Sendable {
  /// A set of posts and what it captures.
  public struct Selection: Sendable, Hashable {
    /// The indices of the new sites, ascending; the fixed ones are not repeated.
    public let sites: [Int]
    /// The mass that passes a post, new or fixed, if everybody keeps to their way.
    public let capturedMass: Double
    /// The mass that passes a post even if travellers accept a detour, for each of those asked about.
    public let capturedMassByDetour: [Double]
  }

  /// One more post.
  public struct Step: Sendable, Hashable {
    /// The index of the site.
    public let site: Int
    /// The mass that it captures and none before it does.
    public let addedMass: Double
    /// The mass captured with it, by the fixed posts too.
    public let capturedMass: Double
  }

  /// What was asked.
  public let question: PostQuestion
  /// The mass of all trips.
  public let mass: Double
  /// The mass of the trips that have a way; shares are shares of it.
  public let connectedMass: Double
  /// The mass that passes each site, in their order; that of a way counts at each.
  public let passingMass: [Double]
  /// The posts that stand already.
  public let fixed: Selection
  /// New posts taken one after another, each that which adds most.
  public let steps: [Step]
  /// All of the steps together.
  public let greedy: Selection
  /// The best set that was found.
  public let best: Selection
  /// No set of as many new posts captures more mass.
  public let upperBound: Double
  /// How much more another set could capture, as a share of ``upperBound``; 0 where `best` is proved to
  /// be best.
  public let gap: Double
  /// How many subproblems the exact search looked at.
  public let nodeCount: Int

  /// Finds posts for ways.
  ///
  /// - Parameters:
  ///   - question: Sites, how many, detours.
  ///   - trips: What travels.
  ///   - ways: The ways of the trips that have one; see ``Analysis/modelledWays(of:by:threads:)``.
  ///   - analysis: The network.
  ///   - modes: The modes of each trip, in their order, where they are fewer than the analysis permits,
  ///     as those of a named corridor are; nil for those of the analysis.
  ///   - progress: Called during the exact search with the number of subproblems begun so far.
  /// - Throws: what ``Analysis/metric()`` throws.
  /// - Complexity: that of ``LocationProblem/optimum(count:nodeLimit:)``, and one query a trip for each
  ///   of the sets told.
  public init(
    _ question: PostQuestion, trips: [Trip], ways: [ModelledWay], analysis: Analysis,
    modes: [Set<Mode>]? = nil, progress: @escaping (Int) -> Void = { _ in }
  ) throws(CorridorKitError) {
    var searches = try Self.searches(trips, ways: ways, analysis: analysis, modes: modes)
    let passed = Self.sitesPassed(ways, sites: question.sites)
    let problem = Self.problem(ways, passed: passed, siteCount: question.sites.count)
    let open = problem.given(question.fixed)
    let fixedMass = problem.value(of: question.fixed)

    var steps: [Step] = []
    for (site, gain) in open.greedy(count: question.count) {
      let before = steps.last?.capturedMass ?? fixedMass
      steps.append(Step(site: site, addedMass: gain, capturedMass: before + gain))
    }
    let optimum = open.optimum(
      count: question.count, nodeLimit: question.nodeLimit, progress: progress)
    func selection(_ sites: [Int]) -> Selection {
      let all = question.fixed + sites
      return Selection(
        sites: sites.sorted(), capturedMass: problem.value(of: all),
        capturedMassByDetour: Self.captured(
          ways, trips: trips, closing: all.flatMap { question.sites[$0].links },
          detours: question.detours, searches: &searches))
    }
    self.question = question
    self.steps = steps
    mass = trips.reduce(0) { $0 + $1.mass }
    connectedMass = ways.reduce(0) { $0 + $1.mass }
    passingMass = problem.sites.indices.map { problem.value(of: [$0]) }
    fixed = selection([])
    greedy = selection(steps.map(\.site))
    best = selection(optimum.sites)
    upperBound = fixedMass + optimum.upperBound
    gap = optimum.isOptimal ? 0 : (upperBound - best.capturedMass) / upperBound
    nodeCount = optimum.nodeCount
  }

  /// The sites that each way passes, ascending.
  private static func sitesPassed(_ ways: [ModelledWay], sites: [PostSite]) -> [[Int]] {
    var sitesOfLink: [LinkID: [Int]] = [:]
    for (index, site) in sites.enumerated() {
      for link in site.links { sitesOfLink[link, default: []].append(index) }
    }
    return ways.map { way in Set(way.links.flatMap { sitesOfLink[$0] ?? [] }).sorted() }
  }

  /// Ways that pass the same sites are one client.
  private static func problem(
    _ ways: [ModelledWay], passed: [[Int]], siteCount: Int
  ) -> LocationProblem {
    var clients: [[Int]: Int] = [:]
    var masses: [Double] = []
    for (way, sites) in zip(ways, passed) where !sites.isEmpty && way.mass > 0 {
      if let client = clients[sites] {
        masses[client] += way.mass
      } else {
        clients[sites] = masses.count
        masses.append(way.mass)
      }
    }
    var worths = [[LocationProblem.Worth]](repeating: [], count: siteCount)
    for (sites, client) in clients {
      for site in sites { worths[site].append(.init(client: client, value: masses[client])) }
    }
    return LocationProblem(clientCount: masses.count, sites: worths)
  }

  /// Trips of the same modes, and the costs of the network for these.
  private struct Search {
    var metric: HierarchyMetric
    /// Those of the trips that have a way, ascending.
    var trips: [Int]
  }

  /// What finds ways past posts: each trip by its own modes.
  private static func searches(
    _ trips: [Trip], ways: [ModelledWay], analysis: Analysis, modes: [Set<Mode>]?
  ) throws(CorridorKitError) -> [Search] {
    let connected = Set(ways.map(\.trip)).sorted()
    guard let modes else { return [Search(metric: try analysis.metric(), trips: connected)] }
    var searches: [Search] = []
    var places: [Set<Mode>: Int] = [:]
    for trip in connected {
      if let place = places[modes[trip]] {
        searches[place].trips.append(trip)
      } else {
        places[modes[trip]] = searches.count
        let own =
          modes[trip] == analysis.modes ? analysis : try analysis.limited(to: modes[trip])
        searches.append(Search(metric: try own.metric(), trips: [trip]))
      }
    }
    return searches
  }

  /// The mass that meets a post although travellers accept a detour: of each way the part for which the
  /// cheapest way past no post costs more than (1 + detour) times as much.
  private static func captured(
    _ ways: [ModelledWay], trips: [Trip], closing links: [LinkID], detours: [Double],
    searches: inout [Search]
  ) -> [Double] {
    var cheapest = [UInt64?](repeating: nil, count: trips.count)
    for place in searches.indices {
      let members = searches[place].trips
      let costs = searches[place].metric.whileClosed(links) { metric in
        members.map {
          metric.impedance(from: trips[$0].origin.node, to: trips[$0].destination.node)
        }
      }
      for (trip, cost) in zip(members, costs) { cheapest[trip] = cost }
    }
    return detours.map { detour in
      ways.reduce(0) { sum, way in
        guard let cost = cheapest[way.trip] else { return sum + way.mass }
        return Double(cost) <= (1 + detour) * Double(way.impedance) ? sum : sum + way.mass
      }
    }
  }
}
