import CorridorKit
import Testing

@Suite("Days")
struct CalendarDateTests {
  @Test(
    "an existing day is read and written as it was",
    arguments: ["2024-02-29", "2000-02-29", "2023-12-31", "2010-04-07", "0001-01-01", "2024-06-30"])
  func existing(text: String) throws {
    let date = try #require(CalendarDate(text))
    #expect(date.description == text)
  }

  @Test(
    "a day that does not exist or is written otherwise is refused",
    arguments: [
      "2023-02-29", "1900-02-29", "2100-02-29", "2024-02-30", "2024-04-31", "2024-13-01",
      "2024-00-10", "2024-06-00", "2024-06-32", "2024-6-8", "24-06-08", "2024/06/08", "20240608",
      "2024-06-08T00:00", "2024-06-08 ", " 2024-06-08", "-024-06-08", "+024-06-08", "", "2024-06",
      "2024-06-08-01", "٢٠٢٤-٠٦-٠٨", "today",
    ])
  func refused(text: String) {
    #expect(CalendarDate(text) == nil)
  }

  @Test("days are ordered by year, then month, then day")
  func order() throws {
    let ordered = try ["2009-12-31", "2010-01-01", "2010-01-02", "2010-02-01", "2011-01-01"].map {
      try #require(CalendarDate($0))
    }
    for (index, a) in ordered.enumerated() {
      for (other, b) in ordered.enumerated() {
        #expect((a < b) == (index < other))
      }
    }
  }
}
