/// How exposed each reporting unit is to a set of trips.
///
/// - Invariants: the lengths of all rows sum to the flow's length and the times to the flow's time;
///   trips touching a unit are `internal + origin + destination + transit` there.
public struct Exposure: Sendable, Hashable {
  /// One unit. Masses are in the unit of the trips' own masses.
  public struct Row: Sendable, Hashable {
    /// Σ mass × metres in the unit.
    public var lengthMeters = 0.0
    /// Σ mass × seconds in the unit, dwell at its crossings included.
    public var travelTimeSeconds = 0.0
    /// The mass whose way has part of its length in the unit.
    public var enteringMass = 0.0
    /// What the trips are to the unit.
    public var roles = RoleMasses()
  }

  /// What the rows stand for.
  public let units: ReportingUnits
  /// One row a unit, in their order.
  public var rows: [Row]
  /// The mass of the trips that a way was found for.
  public var connectedMass = 0.0
  /// The mass of the others.
  public var disconnectedMass = 0.0

  /// Σ mass × metres over all units.
  public var totalLengthMeters: Double { rows.reduce(0) { $0 + $1.lengthMeters } }
  /// Σ mass × seconds over all units.
  public var totalTravelTimeSeconds: Double { rows.reduce(0) { $0 + $1.travelTimeSeconds } }

  /// Sums trips.
  ///
  /// - Parameters:
  ///   - trips: The trips.
  ///   - outcomes: What became of each, in the same order.
  ///   - connectedShares: The share of each trip that takes place; nil for all that are connected.
  public init(
    _ trips: [Trip], _ outcomes: [TripOutcome], matrix: ExposureMatrix,
    connectedShares: [Double]? = nil
  ) {
    units = matrix.units
    rows = Array(repeating: Row(), count: matrix.units.count)
    for (index, (trip, outcome)) in zip(trips, outcomes).enumerated() {
      guard case .connected(let exposure) = outcome else {
        disconnectedMass += trip.mass
        continue
      }
      let share = connectedShares?[index] ?? 1
      connectedMass += trip.mass * share
      disconnectedMass += trip.mass * (1 - share)
      for cell in exposure.cells {
        rows[cell.unit].lengthMeters += trip.mass * cell.lengthMeters
        rows[cell.unit].travelTimeSeconds += trip.mass * cell.travelTimeSeconds
        rows[cell.unit].enteringMass += trip.mass * cell.entryProbability
      }
      addRoles(trip, exposure, mass: trip.mass * share, matrix: matrix)
    }
  }

  /// A node on a border belongs to its units in parts, and so do the roles that follow from it.
  private mutating func addRoles(
    _ trip: Trip, _ exposure: TripExposure, mass: Double, matrix: ExposureMatrix
  ) {
    let begins = matrix.nodeShares[trip.origin.node.index]
    let ends = matrix.nodeShares[trip.destination.node.index]
    func share(_ entries: ArraySlice<OverlayMatrix.Entry>, _ unit: Int) -> Double {
      entries.first { $0.column == Int32(unit) }?.value ?? 0
    }
    func add(_ unit: Int, entry: Double) {
      let (begin, end) = (share(begins, unit), share(ends, unit))
      rows[unit].roles.internalMass += mass * begin * end
      rows[unit].roles.originMass += mass * begin * (1 - end)
      rows[unit].roles.destinationMass += mass * end * (1 - begin)
      // `entry` is a share of the whole trip; `mass` already counts the part that takes place.
      rows[unit].roles.transitMass += trip.mass * entry * (1 - begin) * (1 - end)
    }
    for cell in exposure.cells { add(cell.unit, entry: cell.entryProbability) }
    // A place may lie in a unit of which its way sees nothing.
    func isNew(_ unit: Int) -> Bool { !exposure.cells.contains { $0.unit == unit } }
    for begin in begins where isNew(Int(begin.column)) { add(Int(begin.column), entry: 0) }
    for end in ends
    where isNew(Int(end.column)) && !begins.contains(where: { $0.column == end.column }) {
      add(Int(end.column), entry: 0)
    }
  }
}
