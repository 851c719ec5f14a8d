public import TransportGraph

/// What a scenario does to a set of trips: exposure before and after, detours, and what is cut off.
public struct Simulation: Sendable {
  /// Where the mass that a unit lost went.
  public enum Displacement: Sendable, Hashable {
    /// To another unit that it now enters.
    case unit(Int)
    /// Nowhere new: the trips still run, through units that they met before.
    case nowhere
    /// Lost: the trips are cut off.
    case lost
  }

  /// A trip that no way is left for.
  public struct CutOff: Sendable, Hashable {
    /// The trip's place among the trips.
    public var index: Int
    /// The trip.
    public var trip: Trip
    /// The mass that is cut off: with a partly open scenario, a part of the trip's.
    public var mass: Double
    /// What cuts it off.
    public var reason: Unreachable
  }

  /// The trips, in the order given.
  public let trips: [Trip]
  /// What became of each without the scenario.
  public let outcomesBefore: [TripOutcome]
  /// What became of each with it, the open share of traffic mixed in.
  public let outcomesAfter: [TripOutcome]
  /// Exposure without the scenario.
  public let before: Exposure
  /// Exposure with it.
  public let after: Exposure
  /// Trips with a way before and none after.
  public let cutOff: [CutOff]
  /// Σ mass × cost after over Σ mass × cost before, over the trips still connected; nil if there is none.
  /// The cost is what the profile minimises, time or length. A corridor that loses a closed waypoint is
  /// compared with its best way without that waypoint, so that no closure seems to make a trip cheaper.
  public let detourFactor: Double?
  /// For each unit, the entering mass that it lost, by where it went; the values of a row sum to what
  /// the unit lost.
  public let displacement: [[Displacement: Double]]

  /// - Parameters:
  ///   - trips: The trips.
  ///   - before: Their outcomes without the scenario.
  ///   - closed: Their outcomes with it, as if it held for all traffic.
  ///   - detourBasis: What their outcomes without the scenario would be without the waypoints that it
  ///     closes; nil where it closes none.
  ///   - measure: What the profile minimises.
  ///   - openFraction: The share of traffic that it does not hold for, 0 to 1.
  ///   - matrix: The overlay by unit.
  public init(
    trips: [Trip], before: [TripOutcome], closed: [TripOutcome],
    detourBasis: [TripOutcome]? = nil, measure: ImpedanceProfile.Measure = .time,
    openFraction: Double, matrix: ExposureMatrix
  ) {
    self.init(
      trips: trips, before: before, exposureBefore: Exposure(trips, before, matrix: matrix),
      closed: closed, detourBasis: detourBasis, measure: measure, openFraction: openFraction,
      matrix: matrix)
  }

  /// - Parameter exposureBefore: The exposure to the outcomes before.
  init(
    trips: [Trip], before: [TripOutcome], exposureBefore: Exposure, closed: [TripOutcome],
    detourBasis: [TripOutcome]?, measure: ImpedanceProfile.Measure, openFraction: Double,
    matrix: ExposureMatrix
  ) {
    var after: [TripOutcome] = []
    var shares: [Double] = []
    var cutOff: [CutOff] = []
    for (index, trip) in trips.enumerated() {
      let (before, closed) = (before[index], closed[index])
      switch (before, closed) {
      case (.connected(let open), .connected(let detour)):
        after.append(
          // A way that stays the same is the same in any mixture.
          openFraction == 0 || open == detour
            ? closed : .connected(open.mixed(with: detour, share: openFraction)))
        shares.append(1)
      case (.connected(let open), .disconnected(let reason)):
        if openFraction < 1 {
          cutOff.append(
            .init(
              index: index, trip: trip, mass: trip.mass * (1 - openFraction), reason: reason))
        }
        after.append(openFraction == 0 ? closed : .connected(open.scaled(by: openFraction)))
        shares.append(openFraction)
      case (.disconnected, .connected(let opened)):
        // A scenario can also open a way, through the date that it sets.
        after.append(
          openFraction == 0 ? closed : .connected(opened.scaled(by: 1 - openFraction)))
        shares.append(1 - openFraction)
      case (.disconnected, .disconnected):
        after.append(closed)
        shares.append(1)
      }
    }
    self.trips = trips
    self.outcomesBefore = before
    self.outcomesAfter = after
    self.before = exposureBefore
    self.after = Exposure(trips, after, matrix: matrix, connectedShares: shares)
    self.cutOff = cutOff
    detourFactor = Self.detourFactor(
      trips, before: detourBasis ?? before, closed: closed, openFraction: openFraction,
      measure: measure)
    displacement = Self.displacement(
      trips, before: before, closed: closed, openFraction: openFraction, units: matrix.units.count)
  }

  private static func detourFactor(
    _ trips: [Trip], before: [TripOutcome], closed: [TripOutcome], openFraction: Double,
    measure: ImpedanceProfile.Measure
  ) -> Double? {
    func cost(_ exposure: TripExposure) -> Double {
      switch measure {
      case .time: exposure.travelTimeSeconds
      case .distance: exposure.lengthMeters
      }
    }
    var sums = (before: 0.0, after: 0.0)
    for (index, trip) in trips.enumerated() {
      guard let old = before[index].exposure, let new = closed[index].exposure else { continue }
      sums.before += trip.mass * cost(old)
      sums.after += trip.mass * (openFraction * cost(old) + (1 - openFraction) * cost(new))
    }
    return sums.before > 0 ? sums.after / sums.before : nil
  }

  /// What a unit loses of a trip is spread over the units that the trip enters more than before, in
  /// proportion to how much more.
  private static func displacement(
    _ trips: [Trip], before: [TripOutcome], closed: [TripOutcome], openFraction: Double, units: Int
  ) -> [[Displacement: Double]] {
    // By unit that lost, by where it went: the units, then nowhere, then lost; nil where nothing did.
    let (nowhere, lost) = (units, units + 1)
    var sums = [[Double?]](repeating: Array(repeating: nil, count: units + 2), count: units)
    func add(_ mass: Double, from unit: Int, to place: Int) {
      sums[unit][place] = (sums[unit][place] ?? 0) + mass
    }
    var change = [Double](repeating: 0, count: units)
    for (trip, (before, closed)) in zip(trips, zip(before, closed)) {
      guard let old = before.exposure else { continue }
      let mass = trip.mass * (1 - openFraction)
      guard let new = closed.exposure else {
        for cell in old.cells where cell.entryProbability > 0 {
          add(mass * cell.entryProbability, from: cell.unit, to: lost)
        }
        continue
      }
      if new.cells == old.cells { continue }
      for unit in change.indices { change[unit] = 0 }
      for cell in new.cells { change[cell.unit] += cell.entryProbability }
      for cell in old.cells { change[cell.unit] -= cell.entryProbability }
      let gained = change.reduce(0) { $0 + max(0, $1) }
      for (unit, loss) in change.enumerated() where loss < 0 {
        if gained == 0 { add(-mass * loss, from: unit, to: nowhere) }
        for (other, gain) in change.enumerated() where gain > 0 {
          add(-mass * loss * gain / gained, from: unit, to: other)
        }
      }
    }
    return sums.map { row in
      var displacement: [Displacement: Double] = [:]
      for (place, mass) in row.enumerated() {
        guard let mass else { continue }
        displacement[place == lost ? .lost : place == nowhere ? .nowhere : .unit(place)] = mass
      }
      return displacement
    }
  }
}
