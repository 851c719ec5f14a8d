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
    /// Borders, all of whose crossings are meant.
    public var borders: [Border]
    /// Seconds added to each.
    public var addedSeconds: Double
    /// The moving time is multiplied by this, at least 1.
    public var factor: Double
  }

  /// What a reader calls it.
  public var name: String
  /// What it stands for, and after which source.
  public var description: String?
  /// What is closed.
  public var closures: [Closure]
  /// What takes longer; delays of one link add up.
  public var delays: [Delay]
  /// The day whose crossing statuses hold; nil for today's statuses with every season open.
  public var date: CalendarDate?
  /// The share of traffic that passes as if nothing were closed, 0 to 1: exposure is this share of the
  /// open network's and the rest of the closed one's.
  public var openFraction: Double
  /// The files besides the scenario's own that it was read from.
  public var inputs: [InputDigest] = []

  /// A scenario; its names are looked up when it meets a network.
  public init(
    name: String, description: String? = nil, closures: [Closure] = [], delays: [Delay] = [],
    date: CalendarDate? = nil, openFraction: Double = 0
  ) {
    self.name = name
    self.description = description
    self.closures = closures
    self.delays = delays
    self.date = date
    self.openFraction = openFraction
  }
}

extension Scenario.Closure {
  /// What people read, in the words of `--close`.
  public var name: String {
    switch self {
    case .crossing(let id): "crossing:\(id)"
    case .link(let id): "link:\(id)"
    case .border(let border): "border:\(border.name)"
    case .mode(let mode): "mode:\(mode.rawValue)"
    case .province(let id): "province:\(id)"
    case .area(_, let name, _): "area \(name)"
    }
  }

  /// Parses `crossing:korday`, `link:r1-r2`, `border:KZ-KG`, `mode:rail`, `province:KZ-31`.
  ///
  /// - Throws: ``CorridorKitError/notExpected(kind:text:expected:)``.
  public init(parsing text: String) throws(CorridorKitError) {
    let parts = text.split(separator: ":", maxSplits: 1).map(String.init)
    let forms = [
      "crossing:ID", "link:ID", "border:KZ-KG", "mode:rail", "province:KZ-31",
    ]
    guard parts.count == 2, !parts[1].isEmpty else {
      throw .notExpected(kind: "closure", text: text, expected: forms)
    }
    switch parts[0] {
    case "crossing": self = .crossing(parts[1])
    case "link": self = .link(parts[1])
    case "province": self = .province(parts[1])
    case "mode":
      guard let mode = Mode(rawValue: parts[1]) else {
        throw .notExpected(kind: "mode", text: parts[1], expected: Mode.allCases.map(\.rawValue))
      }
      self = .mode(mode)
    case "border":
      guard let border = Scenario.Border(parsing: parts[1]) else {
        throw .notExpected(
          kind: "border", text: parts[1], expected: ["two countries such as KZ-KG", "KZ-KG/road"])
      }
      self = .border(border)
    default: throw .notExpected(kind: "closure", text: text, expected: forms)
    }
  }
}

extension Scenario.Delay {
  /// Parses `crossing:korday=2h` or `crossing:korday=30min`.
  ///
  /// - Throws: ``CorridorKitError/notExpected(kind:text:expected:)``.
  public init(parsing text: String) throws(CorridorKitError) {
    let halves = text.split(separator: "=", maxSplits: 1).map(String.init)
    guard halves.count == 2, let seconds = Self.seconds(halves[1]) else {
      throw .notExpected(
        kind: "delay", text: text,
        expected: ["crossing:korday=2h or link:r1-r2=30min, above 0 and at most 10000h"])
    }
    self.init(crossings: [], links: [], borders: [], addedSeconds: seconds, factor: 1)
    switch try Scenario.Closure(parsing: halves[0]) {
    case .crossing(let id): crossings = [id]
    case .link(let id): links = [id]
    case .border(let border): borders = [border]
    default:
      throw .notExpected(kind: "delay", text: text, expected: ["crossing:…", "border:…", "link:…"])
    }
  }

  private static func seconds(_ text: String) -> Double? {
    for (unit, factor) in [("min", 60.0), ("h", 3600.0)] where text.hasSuffix(unit) {
      // As in a file: more than nothing, at most 10,000 hours.
      guard let number = Double(text.dropLast(unit.count)), number > 0,
        number * factor <= 10_000 * 3600
      else { return nil }
      return number * factor
    }
    return nil
  }
}
