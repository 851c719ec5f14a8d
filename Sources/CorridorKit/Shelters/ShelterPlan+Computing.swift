import Geography
import TransportGraph

extension ShelterPlan {
  /// Finds places for help.
  ///
  /// - Parameters:
  ///   - question: The help that is there, how many more, how far, what a town counts as.
  ///   - trips: What travels, for the weight of flow; may be empty for the weight of population.
  ///   - outcomes: What became of each trip, in the same order.
  ///   - analysis: The network; its profile measures time.
  /// - Throws: ``CorridorKitError/contradiction(_:)`` for a profile that measures distance, or for flow
  ///   without any; ``CorridorKitError/located(_:_:)`` for a place of the organisations that is not
  ///   found; what ``Analysis/metric()`` throws.
  /// - Complexity: a matrix of towns × places, then two exact searches.
  public init(
    _ question: ShelterQuestion, trips: [Trip] = [], outcomes: [TripOutcome] = [],
    analysis: Analysis
  ) throws(CorridorKitError) {
    guard analysis.profile.measure == .time else {
      throw .contradiction("shelters need travel times: take a profile with \"measure: time\"")
    }
    self.question = question
    let (found, offNetwork) = try analysis.shelterTowns(
      minimumPopulation: question.minimumPopulation)
    self.offNetwork = offNetwork
    let weights = try Self.weights(
      found.map { (population: Double($0.0.population), node: $0.1.node) }, question: question,
      flow: analysis.massByNode(trips, outcomes: outcomes))
    let towns = zip(found, weights).map {
      ShelterTown(settlement: $0.0, place: $0.1, unit: $0.unit, weight: $1)
    }
    self.towns = towns
    existing = try analysis.places(of: question.existing)
    let there = Set(existing.map(\.node))
    var taken = there
    candidates = towns.indices.filter {
      towns[$0].settlement.population >= question.minimumCandidatePopulation
        && taken.insert(towns[$0].place.node).inserted
    }

    let times = TravelTimes(
      try analysis.metric(), from: towns.map(\.place.node), existing: existing.map(\.node),
      candidates: candidates.map { towns[$0].place.node })
    guard times.reachableWeight(towns.map(\.weight)) > 0 else {
      throw .contradiction(
        "no town of the listed countries has people and a way to help or to a town that could have it"
      )
    }
    secondsToday = times.today
    weight = towns.reduce(0) { $0 + $1.weight }
    let limit = question.limitSeconds
    let coveredToday = zip(towns, times.today).reduce(0) {
      $0 + ($1.1.map { $0 <= limit } ?? false ? $1.0.weight : 0)
    }

    let covering = times.covering(weights: towns.map(\.weight), limit: limit)
    let saving = times.saving(weights: towns.map(\.weight))
    func selection(_ sites: [Int], gap: Double, nodeCount: Int) -> Selection {
      Selection(
        candidates: sites.sorted(), coveredWeight: coveredToday + covering.value(of: sites),
        meanSeconds: times.meanToday(weights: towns.map(\.weight))
          - saving.value(of: sites) / times.reachableWeight(towns.map(\.weight)),
        gap: gap, nodeCount: nodeCount)
    }
    let covered = covering.optimum(count: question.count, nodeLimit: question.nodeLimit)
    let nearest = saving.optimum(count: question.count, nodeLimit: question.nodeLimit)
    today = selection([], gap: 0, nodeCount: 0)
    self.covering = selection(covered.sites, gap: covered.gap, nodeCount: covered.nodeCount)
    median = selection(nearest.sites, gap: nearest.gap, nodeCount: nearest.nodeCount)
    var steps: [Step] = []
    for (site, gain) in covering.greedy(count: question.count) {
      steps.append(
        Step(
          candidate: site, addedWeight: gain,
          coveredWeight: (steps.last?.coveredWeight ?? coveredToday) + gain))
    }
    self.steps = steps
    rows = Self.rows(
      towns, today: times.today, newlyCovered: covering.served(by: covered.sites), limit: limit,
      unitsWithHelp: try analysis.units(of: existing), units: analysis.matrix.units)
  }

  private static func weights(
    _ towns: [(population: Double, node: NodeID)], question: ShelterQuestion,
    flow: [NodeID: Double]
  ) throws(CorridorKitError) -> [Double] {
    // Towns that snap to one node share what passes there by their people.
    var people: [NodeID: Double] = [:]
    for town in towns { people[town.node, default: 0] += town.population }
    let flows = towns.map { (flow[$0.node] ?? 0) * $0.population / (people[$0.node] ?? 1) }
    let (allPeople, allFlow) = (
      towns.reduce(0) { $0 + $1.population }, flows.reduce(0, +)
    )
    guard question.weight == .population || allFlow > 0 else {
      throw .contradiction(
        "no modelled way passes a town: name a demand, or weigh by population alone")
    }
    switch question.weight {
    case .population: return towns.map(\.population)
    case .flow: return flows
    case .both:
      return zip(towns, flows).map { ($0.population / allPeople + $1 / allFlow) / 2 }
    }
  }

  private static func rows(
    _ towns: [ShelterTown], today: [Double?], newlyCovered: [Double], limit: Double,
    unitsWithHelp: Set<Int>, units: ReportingUnits
  ) -> [Row] {
    units.units.indices.filter { !units.units[$0].isAbroad }.map { unit in
      let members = towns.indices.filter { towns[$0].unit == unit }
      func sum(_ value: (Int) -> Double) -> Double { members.reduce(0) { $0 + value($1) } }
      let covered = sum { town in
        today[town].map { $0 <= limit } ?? false ? towns[town].weight : 0
      }
      let reached = members.filter { today[$0] != nil }
      let weight = reached.reduce(0) { $0 + towns[$1].weight }
      let farthest = reached.max { (today[$0] ?? 0, $1) < (today[$1] ?? 0, $0) }
      return Row(
        unit: unit, hasHelp: unitsWithHelp.contains(unit), weight: sum { towns[$0].weight },
        coveredWeight: covered,
        coveredWeightAfter: covered + sum { newlyCovered[$0] },
        meanSeconds: weight > 0
          ? reached.reduce(0) { $0 + towns[$1].weight * (today[$1] ?? 0) } / weight : nil,
        farthestTown: farthest, farthestSeconds: farthest.flatMap { today[$0] })
    }
  }
}

extension Analysis {
  /// The places of organisations.
  fileprivate func places(of organisations: [Organisation]) throws(CorridorKitError) -> [Place] {
    var places: [Place] = []
    for organisation in organisations {
      do {
        places.append(try resolver.resolve(organisation.city))
      } catch {
        throw organisation.location.map { .located($0, error) } ?? error
      }
    }
    return places
  }

  /// The units that places lie in.
  fileprivate func units(of places: [Place]) throws(CorridorKitError) -> Set<Int> {
    do {
      let overlay = try ProvinceOverlay(area.provinces)
      return Set(
        places.compactMap { overlay.nearestProvince(to: $0.coordinate)?.index }
          .map { matrix.units.unitOfColumn[$0] })
    } catch {
      throw .geography(error)
    }
  }
}
