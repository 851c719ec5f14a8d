public import TransportGraph

/// Something that travels: from one place to another, with a mass.
public struct Trip: Sendable, Hashable {
  /// For example `K2` or `Osh–Almaty`.
  public var id: String
  /// Where it begins.
  public var origin: Place
  /// Where it ends.
  public var destination: Place
  /// The number or share of travellers; 1 for a corridor or a single pair.
  public var mass: Double
  /// The kind of flow that it belongs to, where a table of flows names one.
  public var layer: String?

  /// A trip; `mass` is above 0.
  public init(id: String, origin: Place, destination: Place, mass: Double, layer: String? = nil) {
    self.id = id
    self.origin = origin
    self.destination = destination
    self.mass = mass
    self.layer = layer
  }
}

/// What became of a trip on a network.
public enum TripOutcome: Sendable, Hashable {
  case connected(TripExposure)
  case disconnected(Unreachable)

  /// The exposure, where there is a way.
  public var exposure: TripExposure? {
    if case .connected(let exposure) = self { exposure } else { nil }
  }
}

extension GraphView {
  /// Sends every trip by the best way, all or nothing, shared equally among equally good ways.
  ///
  /// - Complexity: One search an origin, then the size of the ways.
  /// - Returns: One outcome for each trip, in their order.
  public func outcomes(of trips: [Trip], matrix: ExposureMatrix) -> [TripOutcome] {
    var outcomes = [TripOutcome?](repeating: nil, count: trips.count)
    let byOrigin = Dictionary(grouping: trips.indices) { trips[$0].origin.node }
    for (origin, indices) in byOrigin {
      let uses = uses(from: origin, to: indices.map { trips[$0].destination.node })
      for (index, use) in zip(indices, uses) {
        outcomes[index] = TripOutcome(use, matrix: matrix, view: self)
      }
    }
    return outcomes.compactMap(\.self)
  }
}

extension HierarchyMetric {
  /// The same as those of the metric's view, bit by bit, without searching.
  ///
  /// - Complexity: The size of the ways, and of their surroundings in the hierarchy.
  /// - Returns: One outcome for each trip, in their order.
  public func outcomes(of trips: [Trip], matrix: ExposureMatrix) -> [TripOutcome] {
    var outcomes = [TripOutcome?](repeating: nil, count: trips.count)
    let pairs = trips.map { NodePair(from: $0.origin.node, to: $0.destination.node) }
    forEachUse(of: pairs) { index, use in
      outcomes[index] = TripOutcome(use, matrix: matrix, view: view)
    }
    return outcomes.compactMap(\.self)
  }
}

extension TripOutcome {
  init(_ use: LinkUseOutcome, matrix: ExposureMatrix, view: GraphView) {
    self =
      switch use {
      case .use(let use): .connected(TripExposure(use, matrix: matrix, view: view))
      case .unreachable(let reason): .disconnected(reason)
      }
  }
}
