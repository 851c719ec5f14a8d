/// What routes a set of alternatives may hold.
public struct AlternativeLimits: Hashable, Sendable {
  /// How many routes at most, the shortest included; 1 or more.
  public let count: Int
  /// No route costs more than the shortest times this; 1 or more.
  public let maximumStretch: Double
  /// No two routes share more than this of the cheaper one's impedance (``RouteSet/overlap(_:_:)``);
  /// 0 … 1.
  public let maximumOverlap: Double

  /// - Precondition: The values are in their ranges.
  public init(count: Int = 10, maximumStretch: Double = 1.5, maximumOverlap: Double = 0.8) {
    precondition(count >= 1 && maximumStretch >= 1 && (0...1).contains(maximumOverlap))
    self.count = count
    self.maximumStretch = maximumStretch
    self.maximumOverlap = maximumOverlap
  }
}

extension AlternativeLimits {
  /// The highest impedance of a route.
  func costLimit(_ shortest: UInt64) -> UInt64 {
    GraphView.limit(shortest, maximumStretch: maximumStretch)
  }

  /// Whether routes may share so much.
  func allow(shared: UInt64, of cheaper: UInt64) -> Bool {
    Double(shared) <= maximumOverlap * Double(cheaper)
  }
}
