/// The means of transport of a link.
public enum Mode: String, CaseIterable, Sendable, Codable {
  case road
  case rail
  case ferry
}

// So that a dictionary keyed by mode is written `{road: …}` in YAML and JSON, not as a list.
extension Mode: CodingKeyRepresentable {}

/// What a link stands for.
public enum LinkKind: String, CaseIterable, Sendable, Codable {
  /// A stretch of road, rail or ferry line.
  case way
  /// A border crossing: the arc between the two sides of a border, where its dwell is spent.
  case crossing
  /// A change between two modes, for example at a station.
  case transfer
}
