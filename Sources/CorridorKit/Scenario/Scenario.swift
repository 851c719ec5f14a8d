public import Geography
public import TransportGraph

/// What is different from the network as it stands: closures, delays, a day.
public struct Scenario: Sendable, Hashable {
  /// Something that is closed.
  public enum Closure: Sendable, Hashable {
    /// A crossing by id, or all crossings of a site.
    case crossing(String)
    case link(String)
    /// Every crossing between two countries, ISO 3166-1 alpha-2.
    case border(String, String)
    case mode(Mode)
    /// Every link with part of its length in a province.
    case province(String)
    /// Every link with part of its length in an area; the name is for people.
    case area([Polygon], name: String)
  }

  /// Something that takes longer.
  public struct Delay: Sendable, Hashable {
    /// Crossings by id or site.
    public var crossings: [String]
    /// Links by id.
    public var links: [String]
    /// Borders, as pairs of countries, all of whose crossings are meant.
    public var borders: [[String]]
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
      let countries = parts[1].split(separator: "-").map { $0.uppercased() }
      guard countries.count == 2, countries.allSatisfy(isCountryCode) else {
        throw .notExpected(kind: "border", text: parts[1], expected: ["two countries: KZ-KG"])
      }
      self = .border(countries[0], countries[1])
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
        kind: "delay", text: text, expected: ["crossing:korday=2h", "link:r1-r2=30min"])
    }
    self.init(crossings: [], links: [], borders: [], addedSeconds: seconds, factor: 1)
    switch try Scenario.Closure(parsing: halves[0]) {
    case .crossing(let id): crossings = [id]
    case .link(let id): links = [id]
    case .border(let a, let b): borders = [[a, b]]
    default:
      throw .notExpected(kind: "delay", text: text, expected: ["crossing:…", "border:…", "link:…"])
    }
  }

  private static func seconds(_ text: String) -> Double? {
    for (unit, factor) in [("min", 60.0), ("h", 3600.0)] where text.hasSuffix(unit) {
      guard let number = Double(text.dropLast(unit.count)), number.isFinite, number >= 0 else {
        return nil
      }
      return number * factor
    }
    return nil
  }
}
