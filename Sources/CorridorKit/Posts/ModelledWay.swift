import TransportGraph

/// One way of one trip, with the mass that a model of route choice sends over it.
struct ModelledWay: Sendable, Hashable {
  /// The trip's place among the trips.
  var trip: Int
  /// The mass on the way, in the unit of the trip's.
  var mass: Double
  /// The links, in the order of the way.
  var links: [LinkID]
  /// Milliseconds or millimetres, as the profile measures.
  var impedance: UInt64
}
