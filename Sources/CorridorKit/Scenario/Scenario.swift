public import Geography
public import TransportGraph

/// What is different from the network as it stands: closures, delays, a day.
public struct Scenario: Sendable, Hashable {
  /// A border between two countries, for one mode or for all.
  public struct Border: Sendable, Hashable {
    /// ISO 3166-1 alpha-2.
    public var countries: Set<String>
    /// Nil for all modes.
    public var mode: Mode?

    /// The border between two countries, ISO 3166-1 alpha-2.
    public init(_ first: String, _ second: String, mode: Mode? = nil) {
      countries = [first, second]
      self.mode = mode
    }

    /// Parses `KZ-KG` or, for one mode, `KZ-KG/road`; nil for anything else.
    public init?(parsing text: String) {
      let halves = text.split(separator: "/", omittingEmptySubsequences: false)
      let codes = halves[0].split(separator: "-", omittingEmptySubsequences: false)
        .map { $0.uppercased() }
      guard halves.count <= 2, codes.count == 2, codes[0] != codes[1],
        codes.allSatisfy(isCountryCode)
      else { return nil }
      countries = Set(codes)
      if halves.count == 2 {
        guard let only = Mode(rawValue: String(halves[1])) else { return nil }
        mode = only
      }
    }

    /// What people read.
    var name: String {
      countries.sorted().joined(separator: "-") + (mode.map { "/\($0.rawValue)" } ?? "")
    }
  }

  /// Something that is closed.
  public enum Closure: Sendable, Hashable {
    /// A crossing by id, or all crossings of a site.
    case crossing(String)
    case link(String)
    /// Every link of a road or railway by its name or number.
    case road(String)
    /// Every way over a border.
    case border(Border)
    case mode(Mode)
    /// Every link with part of its length in a province, and the crossings at its border.
    case province(String)
    /// Every link with part of its length in an area, and the crossings in it; the name is for people.
    case area([Polygon], name: String, metric: LengthMetric)
  }

  /// Something that takes longer.
  public struct Delay: Sendable, Hashable {
    /// Crossings by id or site.
    public var crossings: [String]
    /// Links by id.
    public var links: [String]
    /// Roads and railways by name or number.
    public var roads: [String]
    /// Borders, all of whose crossings are meant.
    public var borders: [Border]
    /// The time added to each.
    public var added: DurationDistribution
    /// The moving time is multiplied by this, at least 1.
    public var factor: Double
    /// The dwell of crossings is multiplied by this, at least 1, before time is added.
    public var dwellFactor: Double

    /// A delay; its names are looked up when the scenario meets a network.
    public init(
      crossings: [String] = [], links: [String] = [], roads: [String] = [],
      borders: [Border] = [], added: DurationDistribution = .fixed(seconds: 0),
      factor: Double = 1, dwellFactor: Double = 1
    ) {
      self.crossings = crossings
      self.links = links
      self.roads = roads
      self.borders = borders
      self.added = added
      self.factor = factor
      self.dwellFactor = dwellFactor
    }

    /// A delay by a fixed time.
    public init(
      crossings: [String] = [], links: [String] = [], borders: [Border] = [],
      addedSeconds: Double, factor: Double = 1
    ) {
      self.init(
        crossings: crossings, links: links, borders: borders,
        added: .fixed(seconds: addedSeconds), factor: factor)
    }
  }

  /// What a reader calls it.
  public var name: String
  /// What it stands for, and after which source.
  public var description: String?
  /// What is closed.
  public var closures: [Closure]
  /// What takes longer. Of several delays of one link the factors multiply and the added times add up;
  /// what is added is not multiplied.
  public var delays: [Delay]
  /// The day whose crossing statuses hold; nil for today's statuses with every season open.
  public var date: CalendarDate?
  /// The days whose crossing statuses hold instead of those of a single one.
  public var season: Season?
  /// The share of traffic that passes as if nothing were closed, 0 to 1: exposure is this share of the
  /// open network's and the rest of the closed one's.
  public var openFraction: Double
  /// The files besides the scenario's own that it was read from.
  public var inputs: [InputDigest] = []
  /// Where a file says what is closed: names are looked up only when the scenario meets a network.
  var closurePlaces: [Closure: String] = [:]
  /// Where a file says what takes longer, by the delay's place among ``delays``.
  var delayPlaces: [Int: String] = [:]

  /// A scenario; its names are looked up when it meets a network.
  public init(
    name: String, description: String? = nil, closures: [Closure] = [], delays: [Delay] = [],
    date: CalendarDate? = nil, season: Season? = nil, openFraction: Double = 0
  ) {
    self.name = name
    self.description = description
    self.closures = closures
    self.delays = delays
    self.date = date
    self.season = season
    self.openFraction = openFraction
  }
}
