import Geography
public import TransportGraph

/// A study area seen in one way: a profile, some modes, a day or scenario, and the units that results
/// are told by.
///
/// It makes the values that every result needs once.
public struct Analysis: Sendable {
  /// The data.
  public let area: StudyArea
  /// How long or costly a link is.
  public let profile: ImpedanceProfile
  /// The permitted modes.
  public let modes: Set<Mode>
  /// The day whose crossing statuses hold, unless the scenario sets one.
  public let date: CalendarDate?
  /// What is closed or delayed; nil for the network as it stands.
  public private(set) var resolved: ResolvedScenario?
  /// The network with all that in force.
  public private(set) var view: GraphView
  /// The overlay by reporting unit.
  public let matrix: ExposureMatrix
  /// Finds the places that people name, for the permitted modes.
  public let resolver: PlaceResolver
  private let snapLimitMeters: Double
  /// The profile on the network with everything open, of which every view is made.
  private var open: GraphView
  /// The network without the scenario.
  private var base: GraphView
  private var baseMetric: MadeOnce<HierarchyMetric>
  private var ownMetric: MadeOnce<HierarchyMetric>

  /// - Parameters:
  ///   - area: The data.
  ///   - profile: How long or costly a link is.
  ///   - modes: The permitted modes.
  ///   - countries: The countries whose provinces are told one by one.
  ///   - date: The day whose crossing statuses hold; nil takes each crossing's present status and every
  ///     season as open.
  ///   - snapLimitMeters: How far from the network a place may lie.
  public init(
    _ area: StudyArea, profile: ImpedanceProfile, modes: Set<Mode> = Set(Mode.allCases),
    countries: [String] = ["KZ"], on date: CalendarDate? = nil,
    snapLimitMeters: Double = PlaceResolver.defaultSnapLimitMeters
  ) throws(CorridorKitError) {
    let units = try ReportingUnits(area.provinces, countries: countries)
    self.init(
      area, profile: profile, open: try area.openView(profile), modes: modes, date: date,
      matrix: ExposureMatrix(area.overlay, units: units), snapLimitMeters: snapLimitMeters)
  }

  /// The network as it stands.
  private init(
    _ area: StudyArea, profile: ImpedanceProfile, open: GraphView, modes: Set<Mode>,
    date: CalendarDate?, matrix: ExposureMatrix, snapLimitMeters: Double
  ) {
    self.area = area
    self.profile = profile
    self.open = open
    self.modes = modes
    self.date = date
    self.matrix = matrix
    self.snapLimitMeters = snapLimitMeters
    resolver = PlaceResolver(area, modes: modes, snapLimitMeters: snapLimitMeters)
    base = area.view(open, modes: modes, on: date)
    view = base
    resolved = nil
    baseMetric = MadeOnce()
    ownMetric = baseMetric
  }

  /// The same analysis with other times on its links, without any scenario that it was under.
  ///
  /// - Parameter times: Seconds of every link, in place of what the profile says.
  /// - Throws: ``CorridorKitError/graph(_:)``, as for ``GraphView/taking(_:)``.
  /// - Complexity: O(links + arcs); the metric is customised when it is first asked for.
  public func taking(_ times: LinkTimes) throws(CorridorKitError) -> Analysis {
    var analysis = self
    do throws(TransportGraphError) {
      analysis.open = try open.taking(times)
      analysis.base = try base.taking(times)
    } catch {
      throw .graph(error)
    }
    analysis.baseMetric = MadeOnce()
    return analysis.seen(under: nil)
  }

  /// The same analysis under a scenario, in place of any that it was under.
  ///
  /// - Throws: what ``StudyArea/resolve(_:open:modes:base:)`` throws.
  public func under(_ scenario: Scenario?) throws(CorridorKitError) -> Analysis {
    guard let scenario else { return seen(under: nil) }
    return under(try resolve(scenario))
  }

  /// A scenario in place of any that the analysis is under.
  func resolve(_ scenario: Scenario) throws(CorridorKitError) -> ResolvedScenario {
    try area.resolve(scenario, open: open, modes: modes, base: base)
  }

  /// A scenario with its areas as the links that lie in them, so that they need not be looked for again.
  func namingLinks(of scenario: Scenario) throws(CorridorKitError) -> Scenario {
    var named = scenario
    named.closures = []
    for closure in scenario.closures {
      if case .area = closure {
        let alone = Scenario(name: scenario.name, closures: [closure])
        let links = try area.resolve(alone, open: open, modes: modes, base: open).closedLinks
        named.closures += links.map { .link(area.graph.links[$0.index].id) }
      } else {
        named.closures.append(closure)
      }
    }
    return named
  }

  /// The same analysis under a scenario that has met its network.
  func under(_ resolved: ResolvedScenario) -> Analysis { seen(under: resolved) }

  private func seen(under resolved: ResolvedScenario?) -> Analysis {
    var analysis = self
    analysis.resolved = resolved
    analysis.view = resolved?.view ?? base
    analysis.ownMetric = resolved == nil ? baseMetric : MadeOnce()
    return analysis
  }

  /// The same analysis for other modes.
  public func limited(to modes: Set<Mode>) throws(CorridorKitError) -> Analysis {
    guard modes != self.modes else { return self }
    return try Analysis(
      area, profile: profile, open: open, modes: modes, date: date, matrix: matrix,
      snapLimitMeters: snapLimitMeters
    ).under(resolved?.scenario)
  }

  /// What the arcs of the study area's hierarchy cost in ``view``: answers as the view does, without
  /// searching.
  ///
  /// Customised when it is first asked for and kept; under a scenario only in the part that the scenario
  /// touches.
  ///
  /// - Throws: what ``StudyArea/hierarchy()`` throws, or ``CorridorKitError/hierarchy(_:)``.
  public func metric() throws(CorridorKitError) -> HierarchyMetric {
    try ownMetric.value { () throws(CorridorKitError) in
      guard let resolved else {
        return try HierarchyMetric.customized(try area.hierarchy(), for: base)
      }
      var metric = try under(nil).metric()
      try metric.update(to: resolved.view, changing: resolved.changedLinks)
      return metric
    }
  }

  /// Sends every trip by the best way, all or nothing, shared equally among equally good ways.
  ///
  /// - Returns: One outcome for each trip, in their order; the same bits by searches and by the hierarchy.
  /// - Throws: what ``metric()`` throws.
  /// - Complexity: for few origins one search each; for more, the metric where it is not there yet, and
  ///   the size of the ways.
  public func outcomes(of trips: [Trip]) throws(CorridorKitError) -> [TripOutcome] {
    guard Self.isWorthMetric(trips) else { return view.outcomes(of: trips, matrix: matrix) }
    return try metric().outcomes(of: trips, matrix: matrix)
  }

  /// Sends every trip by a model of route choice.
  ///
  /// - Parameters:
  ///   - model: How travellers spread over the ways between two places.
  ///   - threads: How many threads compute; 0 means one for each core. The result is the same for any
  ///     number.
  /// - Returns: One outcome for each trip, in their order; by ``RouteChoiceModel/shortest`` those of
  ///   ``outcomes(of:)``, to the last bit.
  /// - Throws: what ``metric()`` throws, or ``CorridorKitError/routeChoice(_:)``.
  public func routed(
    _ trips: [Trip], by model: RouteChoiceModel, threads: Int = 1
  ) throws(CorridorKitError) -> RoutedTrips {
    try metric().routed(trips, by: model, threads: threads, matrix: matrix)
  }

  /// Reading a hierarchy that is kept and customising it takes as long as so many searches (the shipped
  /// network: 6 ms, and 0.7 ms a search).
  private static let searchesPerMetric = 8

  /// Whether a metric that is asked once about trips answers sooner than a search for each origin.
  public static func isWorthMetric(_ trips: [Trip]) -> Bool {
    Set(trips.map(\.origin.node)).count > searchesPerMetric
  }

  /// The polygons of the listed provinces, by id.
  var outlines: [String: [Polygon]] {
    Dictionary(
      uniqueKeysWithValues: matrix.units.columnOfUnit.compactMap { $0 }.map {
        (area.provinces.provinces[$0].id, area.provinces.provinces[$0].polygons)
      })
  }

  /// The trips of a table of flows, with their places found.
  public func trips(_ flows: [OriginDestination]) throws(CorridorKitError) -> [Trip] {
    var places: [String: Place] = [:]
    func place(
      _ text: String, _ column: String, of flow: OriginDestination
    ) throws(CorridorKitError) -> Place {
      if let known = places[text] { return known }
      do {
        let found = try resolver.resolve(text)
        places[text] = found
        return found
      } catch {
        throw flow.location.map { .located("\($0): \(column)", error) } ?? error
      }
    }
    var trips: [Trip] = []
    for flow in flows {
      trips.append(
        Trip(
          id: "\(flow.origin)–\(flow.destination)",
          origin: try place(flow.origin, "from", of: flow),
          destination: try place(flow.destination, "to", of: flow), mass: flow.mass,
          layer: flow.layer))
    }
    return trips
  }

  /// The units in the order in which a route enters them, one that it leaves and enters again more than
  /// once.
  ///
  /// A link that lies in several units enters them in the order that brings it from the unit before it
  /// to the one after it.
  func unitOrder(of route: Route) -> [Int] {
    var order: [Int] = []
    for (position, arc) in route.arcs.enumerated() {
      var met = matrix.lengths[arc.link.index].map { Int($0.column) }
      if met.count > 1 {
        let rest = route.arcs[(position + 1)...].lazy
          .map { matrix.lengths[$0.link.index] }.first { !$0.isEmpty }
        let next = Set(
          (rest ?? matrix.nodeShares[area.graph.head(of: arc).index]).map { Int($0.column) })
        let first = Set(
          matrix.nodeShares[area.graph.tail(of: arc).index].map { Int($0.column) })
        let last = order.last
        func key(_ unit: Int) -> Int {
          if unit == last || (last == nil && first.contains(unit) && !next.contains(unit)) {
            return 0
          }
          return next.contains(unit) ? 2 : 1
        }
        met.sort { (key($0), $0) < (key($1), $1) }
      }
      for unit in met where unit != order.last { order.append(unit) }
    }
    return order
  }

  /// The ids of the listed provinces in the order in which a route enters them.
  public func provinceOrder(of route: Route) -> [String] { provinceIDs(unitOrder(of: route)) }

  /// The ids of the listed provinces among units, without the same one twice in a row.
  func provinceIDs(_ order: [Int]) -> [String] {
    var ids: [String] = []
    for unit in order.map({ matrix.units.units[$0] })
    where !unit.isAbroad && unit.id != ids.last {
      ids.append(unit.id)
    }
    return ids
  }
}
