public import Geography
public import TransportGraph

/// Whether traffic may pass a border crossing.
public enum CrossingStatus: String, Sendable, Codable, CaseIterable {
  /// Open to citizens of third countries as well.
  case open
  /// Open to citizens of the two neighbours only.
  case bilateral
  /// Open in ``BorderCrossing/openMonths`` only.
  case seasonal
  case closed
}

/// A place where one mode of transport passes a state border.
///
/// In the network a crossing is a link of its own between its two sides, so that its hours sit on it
/// and closing it closes that link and no other.
public struct BorderCrossing: Sendable, Hashable, Identifiable {
  /// A status that held from one day until the day before another.
  public struct Period: Sendable, Hashable {
    /// The first day.
    public var from: CalendarDate
    /// Exclusive; nil while the status lasts.
    public var to: CalendarDate?
    /// What held.
    public var status: CrossingStatus
    /// Where that is known from.
    public var source: String?

    /// A period from its parts; see the properties.
    public init(
      from: CalendarDate, to: CalendarDate? = nil, status: CrossingStatus, source: String? = nil
    ) {
      self.from = from
      self.to = to
      self.status = status
      self.source = source
    }
  }

  /// For example `korday` or `khorgos-road`.
  public var id: String
  /// Shared by the crossings of several modes at one place, for example `khorgos`.
  public var site: String
  /// The name in English.
  public var name: String
  /// Names by BCP 47 language tag.
  public var names: [String: String]
  /// Other spellings, and the name on the other side.
  public var aliases: [String]
  /// The two countries, ISO 3166-1 alpha-2.
  public var countries: [String]
  /// The mode that passes.
  public var mode: Mode
  /// A point at the border.
  public var coordinate: Coordinate
  /// Today's status.
  public var status: CrossingStatus
  /// Earlier statuses, ascending by first day.
  public var history: [Period]
  /// The months, 1 to 12, in which a seasonal crossing is open.
  public var openMonths: Set<Int>
  /// Whether the gauges of the two railways differ.
  public var hasGaugeBreak: Bool
  /// Hours at the crossing.
  public var dwell: HoursRange
  /// A citation, or `assumed`.
  public var dwellSource: String

  /// A crossing from its parts; see the properties.
  public init(
    id: String, site: String? = nil, name: String, names: [String: String] = [:],
    aliases: [String] = [], countries: [String], mode: Mode, coordinate: Coordinate,
    status: CrossingStatus = .open, history: [Period] = [], openMonths: Set<Int> = [],
    hasGaugeBreak: Bool = false, dwell: HoursRange, dwellSource: String
  ) {
    self.id = id
    self.site = site ?? id
    self.name = name
    self.names = names
    self.aliases = aliases
    self.countries = countries
    self.mode = mode
    self.coordinate = coordinate
    self.status = status
    self.history = history
    self.openMonths = openMonths
    self.hasGaugeBreak = hasGaugeBreak
    self.dwell = dwell
    self.dwellSource = dwellSource
  }

  /// Whether traffic passes on a day; without a day, by today's status with every season open.
  public func isOpen(on date: CalendarDate?) -> Bool {
    guard let date else { return status != .closed }
    let status = history.last { $0.from <= date && ($0.to.map { date < $0 } ?? true) }?.status
    switch status ?? self.status {
    case .open, .bilateral: return true
    case .seasonal: return openMonths.isEmpty || openMonths.contains(date.month)
    case .closed: return false
    }
  }
}

/// A day of the Gregorian calendar, written `2024-02-29`.
public struct CalendarDate: Sendable, Hashable, Comparable, CustomStringConvertible {
  /// 0 to 9999.
  public let year: Int
  /// 1 to 12.
  public let month: Int
  /// 1 to 31.
  public let day: Int

  /// Nil unless the text is an existing day in the form `YYYY-MM-DD`.
  public init?(_ text: some StringProtocol) {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 3, parts.map(\.count) == [4, 2, 2],
      parts.allSatisfy({ $0.allSatisfy { $0.isASCII && $0.isNumber } }),
      let year = Int(parts[0]), let month = Int(parts[1]), let day = Int(parts[2]),
      (1...12).contains(month), day >= 1, day <= Self.days(inMonth: month, of: year)
    else { return nil }
    (self.year, self.month, self.day) = (year, month, day)
  }

  /// A day that is known to exist.
  init(year: Int, month: Int, day: Int) {
    (self.year, self.month, self.day) = (year, month, day)
  }

  private static func days(inMonth month: Int, of year: Int) -> Int {
    switch month {
    case 2: (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  public static func < (a: Self, b: Self) -> Bool {
    (a.year, a.month, a.day) < (b.year, b.month, b.day)
  }

  public var description: String {
    func padded(_ value: Int, _ width: Int) -> String {
      let text = String(value)
      return String(repeating: "0", count: max(0, width - text.count)) + text
    }
    return "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))"
  }
}
