public import TransportGraph

/// A study area seen in one way: a profile, some modes, a day, and the units that results are told by.
///
/// It makes the values that every result needs once.
public struct Analysis: Sendable {
  public let area: StudyArea
  public let profile: ImpedanceProfile
  public let modes: Set<Mode>
  public let view: GraphView
  public let matrix: ExposureMatrix
  public let resolver: PlaceResolver
  private let snapLimitMeters: Double
  private let date: CalendarDate?

  /// - Parameters:
  ///   - area: The data.
  ///   - profile: How long or costly a link is.
  ///   - modes: The permitted modes.
  ///   - countries: The countries whose provinces are told one by one.
  ///   - date: The day whose crossing statuses hold.
  ///   - snapLimitMeters: How far from the network a place may lie.
  public init(
    _ area: StudyArea, profile: ImpedanceProfile, modes: Set<Mode> = Set(Mode.allCases),
    countries: [String] = ["KZ"], on date: CalendarDate? = nil,
    snapLimitMeters: Double = PlaceResolver.defaultSnapLimitMeters
  ) throws(CorridorKitError) {
    self.area = area
    self.profile = profile
    self.modes = modes
    self.snapLimitMeters = snapLimitMeters
    self.date = date
    view = try area.view(profile, modes: modes, on: date)
    matrix = ExposureMatrix(
      area.overlay, units: try ReportingUnits(area.provinces, countries: countries))
    resolver = try PlaceResolver(area, modes: modes, snapLimitMeters: snapLimitMeters)
  }

  /// The same analysis for other modes.
  public func limited(to modes: Set<Mode>) throws(CorridorKitError) -> Analysis {
    modes == self.modes ? self : try Analysis(self, modes: modes)
  }

  private init(_ other: Analysis, modes: Set<Mode>) throws(CorridorKitError) {
    area = other.area
    profile = other.profile
    self.modes = modes
    snapLimitMeters = other.snapLimitMeters
    date = other.date
    view = try other.area.view(other.profile, modes: modes, on: other.date)
    matrix = other.matrix
    resolver = try PlaceResolver(other.area, modes: modes, snapLimitMeters: other.snapLimitMeters)
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
      trips.append(
        Trip(
          id: "\(flow.origin) → \(flow.destination)", origin: try place(flow.origin),
          destination: try place(flow.destination), mass: flow.mass, layer: flow.layer))
    }
    return trips
  }

  /// The ids of the listed provinces in the order in which a route enters them.
  ///
  /// A link that lies in several provinces enters them in the order that brings it from the province
  /// before it to the one after it.
  public func provinceOrder(of route: Route) -> [String] {
    var order: [Int] = []
    for (position, arc) in route.arcs.enumerated() {
      var met = matrix.lengths[arc.link.index].map { Int($0.column) }
      if met.count > 1 {
        let rest = route.arcs[(position + 1)...].lazy
          .map { matrix.lengths[$0.link.index] }.first { !$0.isEmpty }
        let next = Set((rest ?? []).map { Int($0.column) })
        let last = order.last
        met.sort { a, b in
          func key(_ unit: Int) -> Int { unit == last ? 0 : next.contains(unit) ? 2 : 1 }
          return (key(a), a) < (key(b), b)
        }
      }
      for unit in met where unit != order.last { order.append(unit) }
    }
    return order.filter { !matrix.units.units[$0].isAbroad }.map { matrix.units.units[$0].id }
      .reduce(into: []) { ids, id in if ids.last != id { ids.append(id) } }
  }
}
