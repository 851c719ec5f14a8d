public import TransportGraph

/// Where the way of one trip lies: metres, hours and the chance of entering, by reporting unit.
public struct TripExposure: Sendable, Hashable {
  /// One unit that the trip meets.
  public struct Cell: Sendable, Hashable {
    /// The index in ``ReportingUnits/units``.
    public var unit: Int
    /// Expected metres in the unit.
    public var lengthMeters: Double
    /// Expected seconds in the unit, dwell at its crossings included.
    public var travelTimeSeconds: Double
    /// The probability that the trip enters the unit, 0 to 1.
    public var entryProbability: Double
  }

  /// A link with the share of the trip that uses it: the expected number of times that it is passed.
  public struct Use: Sendable, Hashable {
    /// The link.
    public var link: LinkID
    /// 0 to 1 where no way uses a link twice. A corridor may pass one twice, on its way to a waypoint and
    /// back: then it is 2, in one entry or summed over two.
    public var share: Double
  }

  /// Ascending by unit.
  public var cells: [Cell]
  /// In the order of the way, or by link where several ways share the trip: one entry for each direction
  /// in which a link is used.
  public var uses: [Use]
  /// Expected length and time over all units.
  public var lengthMeters: Double
  /// Seconds, dwell at crossings included.
  public var travelTimeSeconds: Double
}

extension TripExposure {
  /// The exposure of a single way.
  public init(_ route: Route, matrix: ExposureMatrix, view: GraphView) {
    uses = route.arcs.map { Use(link: $0.link, share: 1) }
    // A link that is passed twice is surely used, too.
    cells = Self.cells(uses, usesLinksOnce: true, matrix: matrix, view: view) { $0.map { _ in 0 } }
    lengthMeters = route.lengthMeters
    travelTimeSeconds = uses.reduce(0) { $0 + view.times.seconds(of: $1.link) }
  }

  /// The expected exposure where several ways of a pair share the trip.
  public init(_ use: LinkUse, matrix: ExposureMatrix, view: GraphView) {
    uses = use.entries.map { Use(link: $0.arc.link, share: $0.share) }
    cells = Self.cells(
      uses, usesLinksOnce: use.usesLinksOnce, matrix: matrix, view: view
    ) { units in
      use.probabilities(
        ofAvoiding: units, of: matrix.units.count, forEachGroup: matrix.forEachUnit(touching:_:)
      ).map { 1 - $0 }
    }
    lengthMeters = use.expectedLengthMeters
    travelTimeSeconds = use.expectedTravelTimeSeconds
  }

  /// What is summed up by unit.
  private struct UnitSum {
    var lengthMeters = 0.0
    var travelTimeSeconds = 0.0
    var isMet = false
    /// By some; by all.
    var isEntered = false
    var isSurelyEntered = false
  }

  /// - Parameters:
  ///   - usesLinksOnce: Whether a share is a probability, so that a share of 1 means everyone.
  ///   - entries: The chances of entering units that some enter and no link lies in which everyone uses.
  private static func cells(
    _ uses: [Use], usesLinksOnce: Bool, matrix: ExposureMatrix, view: GraphView,
    entries: ([Int]) -> [Double]
  ) -> [Cell] {
    let (graph, times) = (view.graph, view.times)
    return withUnsafeTemporaryAllocation(of: UnitSum.self, capacity: matrix.units.count) { sums in
      sums.initialize(repeating: UnitSum())
      var count = 0
      for use in uses {
        matrix.forEach(
          use.link, times: times, lengthOfLink: graph.lengthMeters(of: use.link)
        ) { unit, length, time in
          if !sums[unit].isMet {
            sums[unit].isMet = true
            count += 1
          }
          sums[unit].lengthMeters += use.share * length
          sums[unit].travelTimeSeconds += use.share * time
          if length > 0 {
            sums[unit].isEntered = true
            if usesLinksOnce, use.share == 1 { sums[unit].isSurelyEntered = true }
          }
        }
      }
      let unsure = sums.indices.filter { sums[$0].isEntered && !sums[$0].isSurelyEntered }
      var rest = unsure.isEmpty ? [][...] : entries(unsure)[...]
      var cells: [Cell] = []
      cells.reserveCapacity(count)
      for (unit, sum) in sums.enumerated() where sum.isMet {
        var probability = sum.isSurelyEntered ? 1.0 : 0
        if sum.isEntered, !sum.isSurelyEntered { probability = min(1, max(0, rest.removeFirst())) }
        cells.append(
          Cell(
            unit: unit, lengthMeters: sum.lengthMeters, travelTimeSeconds: sum.travelTimeSeconds,
            entryProbability: probability))
      }
      return cells
    }
  }

  /// `share` of one exposure and the rest of another.
  func mixed(with other: TripExposure, share: Double) -> TripExposure {
    func merge<Item>(
      _ a: [Item], _ b: [Item], key: (Item) -> Int32, scale: (Item, Double) -> Item,
      add: (Item, Item) -> Item
    ) -> [Item] {
      var merged: [Int32: Item] = [:]
      for item in a.map({ scale($0, share) }) + b.map({ scale($0, 1 - share) }) {
        merged[key(item)] = merged[key(item)].map { add($0, item) } ?? item
      }
      return merged.sorted { $0.key < $1.key }.map(\.value)
    }
    return TripExposure(
      cells: merge(
        cells, other.cells, key: { Int32($0.unit) },
        scale: {
          Cell(
            unit: $0.unit, lengthMeters: $0.lengthMeters * $1,
            travelTimeSeconds: $0.travelTimeSeconds * $1,
            entryProbability: $0.entryProbability * $1)
        },
        add: {
          Cell(
            unit: $0.unit, lengthMeters: $0.lengthMeters + $1.lengthMeters,
            travelTimeSeconds: $0.travelTimeSeconds + $1.travelTimeSeconds,
            entryProbability: $0.entryProbability + $1.entryProbability)
        }),
      uses: merge(
        uses, other.uses, key: { Int32($0.link.index) },
        scale: { Use(link: $0.link, share: $0.share * $1) },
        add: { Use(link: $0.link, share: $0.share + $1.share) }),
      lengthMeters: lengthMeters * share + other.lengthMeters * (1 - share),
      travelTimeSeconds: travelTimeSeconds * share + other.travelTimeSeconds * (1 - share))
  }

  /// A share of the exposure; the rest of the trip does not take place.
  func scaled(by share: Double) -> TripExposure {
    mixed(
      with: TripExposure(cells: [], uses: [], lengthMeters: 0, travelTimeSeconds: 0), share: share)
  }
}
