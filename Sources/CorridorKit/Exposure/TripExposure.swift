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

  /// A link with the share of the trip that uses it.
  public struct Use: Sendable, Hashable {
    /// The link.
    public var link: LinkID
    /// The share of the trip that uses it, 0 to 1; a corridor may pass a link twice, on its way to a
    /// waypoint and back: then it is 2, in one entry or summed over two.
    public var share: Double
  }

  /// Ascending by unit.
  public var cells: [Cell]
  /// In the order of the way, or by link where several equally good ways share the trip.
  public var uses: [Use]
  /// Expected length and time over all units.
  public var lengthMeters: Double
  /// Seconds, dwell at crossings included.
  public var travelTimeSeconds: Double
}

extension TripExposure {
  /// The exposure of a single way.
  public init(_ route: Route, matrix: ExposureMatrix, view: GraphView) {
    let uses = route.arcs.map { Use(link: $0.link, share: 1) }
    self.init(uses, matrix: matrix, view: view) { _ in 0 }
  }

  /// The exposure of all equally good ways of a pair, each with the same share.
  public init(_ use: LinkUse, matrix: ExposureMatrix, view: GraphView) {
    let uses = use.entries.map { Use(link: $0.arc.link, share: $0.share) }
    self.init(uses, matrix: matrix, view: view) { unit in
      1 - use.probability(ofAvoiding: { matrix.touches($0, unit: unit) })
    }
  }

  /// - Parameter entry: The chance of entering a unit that no link lies in which everyone uses.
  private init(
    _ uses: [Use], matrix: ExposureMatrix, view: GraphView, entry: (Int) -> Double
  ) {
    var meters = [Double](repeating: 0, count: matrix.units.count)
    var seconds = meters
    var isMet = [Bool](repeating: false, count: matrix.units.count)
    var isEntered = isMet
    for use in uses {
      matrix.forEach(
        use.link, times: view.times, lengthOfLink: view.graph.links[use.link.index].lengthMeters
      ) {
        unit, length, time in
        meters[unit] += use.share * length
        seconds[unit] += use.share * time
        isMet[unit] = true
        if use.share == 1, length > 0 { isEntered[unit] = true }
      }
    }
    cells = isMet.indices.filter { isMet[$0] }.map { unit in
      Cell(
        unit: unit, lengthMeters: meters[unit], travelTimeSeconds: seconds[unit],
        entryProbability: isEntered[unit] ? 1 : min(1, max(0, entry(unit))))
    }
    self.uses = uses
    lengthMeters = uses.reduce(0) { $0 + $1.share * view.graph.links[$1.link.index].lengthMeters }
    travelTimeSeconds = uses.reduce(0) { $0 + $1.share * view.times.seconds(of: $1.link) }
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
