/// Least impedances from each of some nodes to each of others; nil where no open way leads.
///
/// A row for each origin and a column for each destination, in the order in which they were asked for.
public struct ImpedanceMatrix: Hashable, Sendable {
  /// The number of rows.
  public let originCount: Int
  /// The number of columns.
  public let destinationCount: Int
  /// Row by row.
  private let impedances: [UInt64]

  /// No impedance is that large.
  private static let unreachable = UInt64.max

  /// - Parameter fill: Writes the least costs row by row, infinite where no open way leads.
  init(
    originCount: Int, destinationCount: Int, fill: (UnsafeMutablePointer<Cell>) -> Void
  ) {
    self.originCount = originCount
    self.destinationCount = destinationCount
    let count = originCount * destinationCount
    impedances = Array(unsafeUninitializedCapacity: count) { cells, initializedCount in
      guard let start = cells.baseAddress else { return }
      start.withMemoryRebound(to: Cell.self, capacity: count, fill)
      initializedCount = count
    }
  }

  /// Milliseconds or millimetres, by the measure of the view's profile. O(1).
  ///
  /// - Parameters:
  ///   - origin: An index of the origins asked for.
  ///   - destination: An index of the destinations asked for.
  public subscript(origin: Int, destination: Int) -> UInt64? {
    precondition(
      origin >= 0 && origin < originCount && destination >= 0 && destination < destinationCount,
      "an origin and a destination of the matrix")
    let impedance = impedances[origin * destinationCount + destination]
    return impedance == Self.unreachable ? nil : impedance
  }

  /// A place in the matrix that is being filled.
  struct Cell {
    private let impedance: UInt64

    /// - Parameter cost: A whole number below 2^53, or infinity.
    @inline(__always)
    init(_ cost: Double) {
      impedance = cost < .infinity ? UInt64(cost) : ImpedanceMatrix.unreachable
    }
  }
}
