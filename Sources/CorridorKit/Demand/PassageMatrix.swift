/// Who passes through whom: how much of what begins (or ends) in one unit has to do with each unit.
///
/// - Invariants: the cells of a column sum to the masses of its unit in an ``Exposure`` of the same trips,
///   role by role; the cell of a unit with itself holds all that begins (or ends) there.
public struct PassageMatrix: Sendable, Hashable {
  /// What rows stand for.
  public enum End: String, Sendable, CaseIterable, Encodable { case origin, destination }

  /// What rows and columns stand for.
  public let units: ReportingUnits
  /// Which end of a trip says its row.
  public let end: End
  /// What the trips of a row are to the unit of a column, by row and column, both in the order of ``units``.
  public let cells: [[RoleMasses]]

  /// Sums trips.
  ///
  /// - Parameters:
  ///   - trips: The trips.
  ///   - outcomes: What became of each, in the same order; those without a way count nowhere.
  ///   - end: Which end of a trip says its row. A node on a border belongs to its units in parts.
  /// - Complexity: O(trips × units + units²).
  public init(
    _ trips: [Trip], _ outcomes: [TripOutcome], matrix: ExposureMatrix, by end: End = .origin
  ) {
    units = matrix.units
    self.end = end
    var cells = Array(
      repeating: Array(repeating: RoleMasses(), count: matrix.units.count),
      count: matrix.units.count)
    for (trip, outcome) in zip(trips, outcomes) {
      let rows = Exposure([trip], [outcome], matrix: matrix).rows
      let place = end == .origin ? trip.origin : trip.destination
      for share in matrix.nodeShares[place.node.index] {
        for (column, row) in rows.enumerated() where row.roles.touchingMass > 0 {
          cells[Int(share.column)][column].add(row.roles, times: share.value)
        }
      }
    }
    self.cells = cells
  }
}
