public import Geography
public import TransportGraph

/// Where a route begins, ends or passes: a node of the network, with what was asked for.
public struct Place: Sendable, Hashable {
  /// What a person reads.
  public var label: String
  /// The position that was asked for.
  public var coordinate: Coordinate
  /// The node that stands for it.
  public var node: NodeID
  /// Metres between the place and its node; they are not part of any route.
  public var snapMeters: Double

  /// A place from its parts; see the properties.
  public init(label: String, coordinate: Coordinate, node: NodeID, snapMeters: Double = 0) {
    self.label = label
    self.coordinate = coordinate
    self.node = node
    self.snapMeters = snapMeters
  }
}
