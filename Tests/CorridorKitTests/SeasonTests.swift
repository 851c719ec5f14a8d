import Foundation
import Geography
import Testing
import TransportGraph

@testable import CorridorKit

@Suite("Seasons")
struct SeasonTests {
  private func day(_ text: String) throws -> CalendarDate { try #require(CalendarDate(text)) }

  private func crossing(
    _ status: CrossingStatus, months: Set<Int> = [], history: [BorderCrossing.Period] = []
  ) -> BorderCrossing {
    BorderCrossing(
      id: "pass", name: "Pass", countries: ["XA", "XB"], mode: .road,
      coordinate: Coordinate(longitude: 0, latitude: 0), status: status, history: history,
      openMonths: months, dwell: HoursRange(fixed: 1), dwellSource: "assumed")
  }

  @Test("days are numbered as Foundation's calendar counts them, from 1600 to 2400")
  func dayNumbers() throws {
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = try #require(TimeZone(identifier: "UTC"))
    for number in stride(from: -135_140, to: 157_054, by: 13) {
      let date = CalendarDate(dayNumber: number)
      let parts = calendar.dateComponents(
        [.year, .month, .day], from: Date(timeIntervalSince1970: Double(number) * 86_400))
      #expect((date.year, date.month, date.day) == (parts.year, parts.month, parts.day))
      #expect(date.dayNumber == number)
    }
  }

  @Test("the four seasons divide the year")
  func names() {
    #expect(Season.Name.allCases.flatMap(\.months).sorted() == Array(1...12))
    #expect(Season(months: Season.Name.winter.months).days.count == 90)
    #expect(Season().days.count == 365)
  }

  @Test("without a year a seasonal crossing is open in its months, others as they are today")
  func anyYear() {
    let winter = Season(months: Season.Name.winter.months)
    func open(_ crossing: BorderCrossing) -> Int {
      winter.openDayCount(of: crossing, days: winter.days)
    }
    #expect(open(crossing(.seasonal, months: [5, 6, 7])) == 0)
    #expect(open(crossing(.seasonal, months: [11, 12])) == 31)
    #expect(open(crossing(.open, months: [5])) == 90)
    #expect(open(crossing(.bilateral)) == 90)
    #expect(open(crossing(.closed, months: [1])) == 0)
  }

  @Test("in a span its history and months count day by day, the last day left out")
  func span() throws {
    let history = [
      BorderCrossing.Period(
        from: try day("2020-03-10"), to: try day("2020-03-20"), status: .closed)
    ]
    let season = Season(span: try day("2020-03-01")..<day("2020-04-01"))
    #expect(season.days.count == 31)
    let open = crossing(.open, history: history)
    #expect(season.openDayCount(of: open, days: season.days) == 21)
    let seasonal = crossing(.seasonal, months: [4], history: history)
    #expect(season.openDayCount(of: seasonal, days: season.days) == 0)
    let february = Season(months: [2], span: try day("2019-01-01")..<day("2021-01-01"))
    #expect(february.days.count == 28 + 29)
    #expect(season.name == "2020-03-01 to 2020-03-31")
    #expect(february.name == "2019-01-01 to 2020-12-31, months 2")
  }

  @Test("a crossing that is closed on more than half of the days is closed, and part is told")
  func majority() throws {
    let region = ScenarioRegion()
    func resolved(_ months: Set<Int>) throws -> ResolvedScenario {
      try #require(
        try region.analysis().under(Scenario(name: "x", season: Season(months: months))).resolved)
    }
    // East Gate is open from May to October.
    let summer = try resolved([6, 7, 8])
    #expect(summer.closedCrossings.isEmpty && summer.openPartOfSeason.isEmpty)
    let winter = try resolved([12, 1, 2])
    #expect(winter.closedCrossings.map(\.id) == ["east"] && winter.openPartOfSeason.isEmpty)
    let spring = try resolved([3, 4, 5])
    #expect(spring.closedCrossings.map(\.id) == ["east"])
    #expect(spring.openPartOfSeason.map(\.openDays) == [31])
    #expect(spring.openPartOfSeason.map(\.days) == [92])
    #expect(spring.openPartOfSeason.map(\.countsAsClosed) == [true])
    let late = try resolved([5, 6, 11])
    #expect(late.closedCrossings.isEmpty)
    #expect(late.openPartOfSeason.map(\.countsAsClosed) == [false])
  }

  @Test("a day and a season at once, or a season without a day, are refused")
  func contradictions() throws {
    let region = ScenarioRegion()
    let both = Scenario(name: "x", date: try day("2024-01-01"), season: Season(months: [1]))
    #expect(throws: CorridorKitError.self) { try region.analysis().under(both) }
    let none = Scenario(name: "x", season: Season(months: []))
    #expect(throws: CorridorKitError.self) { try region.analysis().under(none) }
  }
}
