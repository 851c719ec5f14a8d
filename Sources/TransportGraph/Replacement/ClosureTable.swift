/// What closures do to the impedances of pairs, each closure by itself (N-1).
///
/// Sparse: only pairs whose impedance changes are listed.
public struct ClosureTable: Sendable, Equatable {
  /// A pair under a closure.
  public struct Change: Hashable, Sendable {
    /// Index in ``ClosureTable/pairs``.
    public let pair: Int
    /// The impedance under the closure, above the one without; nil where the closure leaves no way.
    public let impedance: UInt64?
  }

  /// The pairs asked for.
  public let pairs: [NodePair]
  /// The impedance of each pair without a closure; nil where no way leads, which no closure changes.
  public let impedances: [UInt64?]
  /// For each closure, in the order asked for, the pairs that it changes, by pair.
  public let changes: [[Change]]

  /// A pair's impedance under a closure; nil where no way leads. O(log changes).
  public func impedance(of pair: Int, under closure: Int) -> UInt64? {
    let row = changes[closure]
    let index = row.partitioningIndex { $0.pair >= pair }
    return index < row.count && row[index].pair == pair ? row[index].impedance : impedances[pair]
  }
}
