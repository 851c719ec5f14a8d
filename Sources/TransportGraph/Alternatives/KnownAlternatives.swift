/// What is known of the alternatives of some pairs before they are looked for.
public enum KnownAlternatives: Sendable {
  /// By pair, routes found at other costs, those of the run itself for one draw of uncertain times, say;
  /// nil where none was found.
  ///
  /// No others are looked for. Considered are the pair's shortest route, then those that are open, the
  /// cheapest now first, within the limits of the model. At the costs that they were found at, nothing
  /// changes.
  case routes([RouteSet?])
  /// By pair, what a search came by in a view of which no link cost more; nil where there was none.
  ///
  /// The search goes on where a change first touches what it came by: the result is that of a whole
  /// search by the same model, bit by bit. Bounds are those of any view of the graph of which no link cost
  /// more, which is checked; they spare it much, and change nothing.
  case histories([AlternativeHistory?], bounds: LowerBounds? = nil)

  var count: Int {
    switch self {
    case .routes(let routes): routes.count
    case .histories(let histories, _): histories.count
    }
  }
}

/// The ways that a search for alternatives by penalties came by, in their order.
///
/// Each was the best one while those before it were dearer. It stays so where other links close or become
/// dearer, and then makes dearer what it did: only from the first way on that is touched itself have ways to
/// be found anew.
public struct AlternativeHistory: Hashable, Sendable {
  /// A way between two nodes as codes of chains and stretches, which follow from the topology.
  struct Way: Hashable, Sendable {
    let codes: [UInt32]
    /// Without penalties.
    let impedance: UInt64
  }

  /// The shortest first.
  var ways: [Way] = []
}
