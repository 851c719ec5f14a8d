import Geography

/// A place where links meet.
public struct Node: Hashable, Sendable {
  /// The network's own identifier, unique among nodes.
  public let id: String
  /// Degrees on WGS 84, or x and y of a planar network. Searches use it only to lay out memory.
  public let coordinate: Coordinate
  /// What a map calls the place.
  public let name: String?

  /// Makes a node; its values are checked where a graph is made.
  public init(id: String, coordinate: Coordinate, name: String? = nil) {
    self.id = id
    self.coordinate = coordinate
    self.name = name
  }
}
