/// Where one unit stands above or below its peers, indicator by indicator.
///
/// Source: `get_str_weak` of COINr, which lists the indicators of the best and the worst ranks.
public struct UnitProfile: Sendable, Hashable {
  /// One indicator of the unit.
  public struct Entry: Sendable, Hashable {
    /// The indicator.
    public var indicator: String
    /// The unit's value on the common scale.
    public var value: Double
    /// The median of the peers that have a value, without the unit.
    public var peerMedian: Double
    /// `value − peerMedian`: above 0 the unit has the higher risk.
    public var difference: Double { value - peerMedian }
    /// Its place among unit and peers, 1 for the highest; equal values share the better place.
    public var rank: Int
    /// Unit and peers with a value.
    public var count: Int
    /// The share of peers that lie below it, those that are equal counting half; 0…1.
    public var shareBelow: Double
  }

  /// The indicators that tell unit and peers apart, those that put the unit highest first: by share of peers
  /// below, then by difference, then in the order given.
  public var entries: [Entry]

  /// The indicators that put the unit highest among its peers: where more of them lie below it than above.
  public func highest(_ count: Int) -> [Entry] {
    Array(entries.filter { $0.shareBelow > 0.5 }.prefix(count))
  }

  /// The indicators that put the unit lowest among its peers, the lowest first.
  public func lowest(_ count: Int) -> [Entry] {
    Array(entries.filter { $0.shareBelow < 0.5 }.reversed().prefix(count))
  }

  /// - Parameters:
  ///   - unit: The place of the unit.
  ///   - peers: The places of its peers; the unit among them plays no part.
  ///   - indicators: Names, in the order of the columns.
  ///   - columns: Values on the common scale by unit, direction applied, nil where missing. An indicator that
  ///     the unit or all peers lack, or in which none differs, is left out.
  /// - Complexity: O(indicators × peers log peers).
  public init(unit: Int, peers: [Int], indicators: [String], columns: [[Double?]]) {
    precondition(indicators.count == columns.count, "a name a column")
    var entries: [(place: Int, entry: Entry)] = []
    for (place, column) in columns.enumerated() {
      let others = peers.filter { $0 != unit }.compactMap { column[$0] }
      guard let value = column[unit], others.contains(where: { $0 != value }) else { continue }
      let below = others.count { $0 < value }
      let equal = others.count { $0 == value }
      entries.append(
        (
          place,
          Entry(
            indicators[place], value, median: SampleStatistics.median(others), below: below,
            equal: equal, of: others.count)
        ))
    }
    self.init(entries)
  }

  /// - Parameter entries: With the places of their indicators.
  private init(_ entries: [(place: Int, entry: Entry)]) {
    self.entries = entries.sorted {
      (-$0.entry.shareBelow, -$0.entry.difference, $0.place)
        < (-$1.entry.shareBelow, -$1.entry.difference, $1.place)
    }.map(\.entry)
  }

  /// The profiles of all units, each among all others.
  ///
  /// - Parameters:
  ///   - unitCount: How many units there are.
  ///   - indicators: As in ``init(unit:peers:indicators:columns:)``.
  ///   - columns: Likewise, a value a unit.
  /// - Complexity: O(indicators × units log units).
  static func ofEach(
    of unitCount: Int, indicators: [String], columns: [[Double?]]
  ) -> [UnitProfile] {
    var entries = [[(place: Int, entry: Entry)]](repeating: [], count: unitCount)
    for (place, column) in columns.enumerated() {
      let ascending = column.enumerated()
        .compactMap { unit, value in value.map { (unit: unit, value: $0) } }
        .sorted { $0.value < $1.value }
      let others = ascending.count - 1
      var first = 0
      while first < ascending.count {
        let end =
          ascending[first...].firstIndex { $0.value != ascending[first].value } ?? ascending.count
        // Where none differs there is nothing to tell.
        if end - first == ascending.count { break }
        for position in first..<end {
          func other(_ index: Int) -> Double {
            ascending[index < position ? index : index + 1].value
          }
          let median =
            others % 2 == 1
            ? other(others / 2) : (other(others / 2 - 1) + other(others / 2)) / 2
          entries[ascending[position].unit].append(
            (
              place,
              Entry(
                indicators[place], ascending[position].value, median: median, below: first,
                equal: end - first - 1, of: others)
            ))
        }
        first = end
      }
    }
    return entries.map(UnitProfile.init)
  }
}

extension UnitProfile.Entry {
  /// - Parameters:
  ///   - median: Of the peers that have a value.
  ///   - below: So many of them lie below the value.
  ///   - equal: So many have the same.
  ///   - count: So many there are.
  fileprivate init(
    _ indicator: String, _ value: Double, median: Double, below: Int, equal: Int, of count: Int
  ) {
    self.init(
      indicator: indicator, value: value, peerMedian: median, rank: 1 + count - below - equal,
      count: count + 1, shareBelow: (Double(below) + Double(equal) / 2) / Double(count))
  }
}
