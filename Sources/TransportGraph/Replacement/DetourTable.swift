/// For every link in each of its directions, the least impedance between its ends without it.
public struct DetourTable: Sendable, Equatable {
  /// Forward and reverse of each link, by link index.
  private let costs: [UInt64]

  /// No way, or no such arc.
  static let none = UInt64.max

  init(costs: [UInt64]) {
    self.costs = costs
  }

  static func index(_ code: ArcCode) -> Int { Int(code.rawValue) }

  /// Milliseconds or millimetres from an arc's tail to its head over other links, by the measure of the
  /// view's profile; nil where no open way leads, for an arc of a closed link and for the reverse of a
  /// one-way link. O(1).
  ///
  /// It may be less than the link's own impedance: then no shortest route uses the arc.
  public subscript(arc: Arc) -> UInt64? {
    let cost = costs[Self.index(ArcCode(link: arc.link.index, isForward: arc.isForward))]
    return cost == Self.none ? nil : cost
  }
}
