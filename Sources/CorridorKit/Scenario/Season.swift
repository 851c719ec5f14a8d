/// Days that a scenario stands for: months of the year, a span of days, or both.
///
/// A crossing is closed over a season where it is closed on more than half of its days. What is open for
/// a part of it is told beside the result. Months without a span belong to no year: each crossing has
/// its present status, and no history counts.
public struct Season: Sendable, Hashable {
  /// 1 to 12; all twelve where the season is a span of days.
  public var months: Set<Int>
  /// The first day and the day after the last; nil for any year.
  public var span: Range<CalendarDate>?

  /// Days of some months.
  ///
  /// - Parameters:
  ///   - months: 1 to 12, not empty.
  ///   - span: The first day and the day after the last; nil for any year.
  public init(months: Set<Int> = Set(1...12), span: Range<CalendarDate>? = nil) {
    self.months = months
    self.span = span
  }

  /// The four seasons of the northern hemisphere by whole months, as meteorologists count them.
  public enum Name: String, Sendable, CaseIterable {
    case spring, summer, autumn, winter

    /// The months of the season.
    public var months: Set<Int> {
      switch self {
      case .spring: [3, 4, 5]
      case .summer: [6, 7, 8]
      case .autumn: [9, 10, 11]
      case .winter: [12, 1, 2]
      }
    }
  }

  /// Its days, ascending; of months without a span those of a year with 365 days.
  ///
  /// - Complexity: O(days of the span).
  var days: [CalendarDate] {
    let all = span.map { $0.lowerBound.dayNumber..<$0.upperBound.dayNumber } ?? Self.anyYear
    return all.map(CalendarDate.init(dayNumber:)).filter { months.contains($0.month) }
  }

  /// The days of 2023, which has 365: only their months matter.
  private static let anyYear = 19_358..<19_723

  /// On how many of its days a crossing is open.
  ///
  /// - Parameter days: ``days``.
  func openDayCount(of crossing: BorderCrossing, days: [CalendarDate]) -> Int {
    days.count { span == nil ? crossing.isOpen(inMonth: $0.month) : crossing.isOpen(on: $0) }
  }
}

extension BorderCrossing {
  /// Whether traffic passes in a month of no particular year, by today's status.
  fileprivate func isOpen(inMonth month: Int) -> Bool {
    switch status {
    case .open, .bilateral: true
    case .seasonal: openMonths.isEmpty || openMonths.contains(month)
    case .closed: false
    }
  }
}

extension CalendarDate {
  /// Days since 1970-01-01.
  ///
  /// Source: Hinnant, "chrono-Compatible Low-Level Date Algorithms", days_from_civil; years count from
  /// March, so that the leap day is the last of one.
  var dayNumber: Int {
    let year = month > 2 ? year : year - 1
    let era = (year >= 0 ? year : year - 399) / 400
    let yearOfEra = year - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }

  /// The day so many days after 1970-01-01; `civil_from_days` of the same source.
  init(dayNumber: Int) {
    let days = dayNumber + 719_468
    let era = (days >= 0 ? days : days - 146_096) / 146_097
    let dayOfEra = days - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shifted = (5 * dayOfYear + 2) / 153
    self.init(
      year: yearOfEra + era * 400 + (shifted < 10 ? 0 : 1),
      month: shifted < 10 ? shifted + 3 : shifted - 9, day: dayOfYear - (153 * shifted + 2) / 5 + 1)
  }
}
