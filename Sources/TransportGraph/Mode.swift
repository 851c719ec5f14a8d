/// The means of transport of a link.
public enum Mode: String, CaseIterable, Sendable {
  case road
  case rail
  case ferry
}

/// What a link stands for.
public enum LinkKind: String, CaseIterable, Sendable {
  /// A stretch of road, rail or ferry line.
  case way
  /// A border crossing: the arc between the two sides of a border, where its dwell is spent.
  case crossing
  /// A change between two modes, for example at a station.
  case transfer
}
