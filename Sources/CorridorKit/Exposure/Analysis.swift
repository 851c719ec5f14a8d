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
  public let resolved: ResolvedScenario?
  /// The network with all that in force.
  public let view: GraphView
  /// The overlay by reporting unit.
  public let matrix: ExposureMatrix
  /// Finds the places that people name, for the permitted modes.
  public let resolver: PlaceResolver
  private let snapLimitMeters: Double
  /// The profile on the network with everything open, of which every view is made.
  private let open: GraphView

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
    try self.init(
      area, profile: profile, open: try area.openView(profile), modes: modes, date: date,
      scenario: nil, matrix: ExposureMatrix(area.overlay, units: units),
      resolver: PlaceResolver(area, modes: modes, snapLimitMeters: snapLimitMeters),
      snapLimitMeters: snapLimitMeters)
  }

  private init(
    _ area: StudyArea, profile: ImpedanceProfile, open: GraphView, modes: Set<Mode>,
    date: CalendarDate?, scenario: Scenario?, matrix: ExposureMatrix, resolver: PlaceResolver,
    snapLimitMeters: Double
  ) throws(CorridorKitError) {
    self.area = area
    self.profile = profile
    self.open = open
    self.modes = modes
    self.date = date
    self.matrix = matrix
    self.resolver = resolver
    self.snapLimitMeters = snapLimitMeters
    let base = area.view(open, modes: modes, on: date)
    if let scenario {
      let resolved = try area.resolve(scenario, open: open, modes: modes, base: base)
      self.resolved = resolved
      view = resolved.view
    } else {
      resolved = nil
      view = base
    }
  }

  /// The same analysis under a scenario, in place of any that it was under.
  public func under(_ scenario: Scenario?) throws(CorridorKitError) -> Analysis {
    try Analysis(
      area, profile: profile, open: open, modes: modes, date: date, scenario: scenario,
      matrix: matrix, resolver: resolver, snapLimitMeters: snapLimitMeters)
  }

  /// The same analysis for other modes.
  public func limited(to modes: Set<Mode>) throws(CorridorKitError) -> Analysis {
    guard modes != self.modes else { return self }
    return try Analysis(
      area, profile: profile, open: open, modes: modes, date: date, scenario: resolved?.scenario,
      matrix: matrix,
      resolver: PlaceResolver(area, modes: modes, snapLimitMeters: snapLimitMeters),
      snapLimitMeters: snapLimitMeters)
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
    func place(_ text: String) throws(CorridorKitError) -> Place {
      if let known = places[text] { return known }
      let found = try resolver.resolve(text)
      places[text] = found
      return found
    }
    var trips: [Trip] = []
    for flow in flows {
      do {
        trips.append(
          Trip(
            id: "\(flow.origin)–\(flow.destination)", origin: try place(flow.origin),
            destination: try place(flow.destination), mass: flow.mass, layer: flow.layer))
      } catch {
        throw flow.location.map { .located($0, error) } ?? error
      }
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
