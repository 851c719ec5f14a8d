import Testing

@testable import RiskIndex

@Suite("Imputation, years, denomination, screening")
struct PreparationTests {
  private let column: [Double?] = [1, nil, 4, 10, nil, nil]
  private let groups: [String?] = ["a", "a", "a", "b", "b", nil]

  @Test("each imputation by hand; nothing is filled by default and what was there stays")
  func imputation() {
    #expect(Imputation.none.apply(to: column).values == column)
    #expect(Imputation.none.apply(to: column).imputed.isEmpty)
    #expect(Imputation.mean.apply(to: column).values == [1, 5, 4, 10, 5, 5])
    #expect(Imputation.median.apply(to: column).values == [1, 4, 4, 10, 4, 4])
    #expect(Imputation.mean.apply(to: column).imputed == [1, 4, 5])
    let mean = Imputation.groupMean.apply(to: column, groups: groups)
    #expect(mean.values == [1, 2.5, 4, 10, 10, nil])
    #expect(mean.imputed == [1, 4])
    #expect(
      Imputation.groupMedian.apply(to: [1, 3, 8, nil], groups: ["a", "a", "a", "a"]).values
        == [1, 3, 8, 3])
    #expect(Imputation.mean.apply(to: [nil, nil]).values == [nil, nil])
    // A group without a value has nothing to give.
    #expect(Imputation.groupMean.apply(to: [nil, 2], groups: ["a", "b"]).values == [nil, 2])
  }

  @Test("a year without a value is taken from others as asked, and says from which")
  func years() {
    let series = [2010: 10.0, 2014: 18, 2020: 30]
    func value(_ method: YearImputation, _ year: Int, within: Int? = nil) -> YearValue? {
      method.value(in: year, series: series, maximumDistance: within)
    }
    for method in YearImputation.allCases {
      #expect(value(method, 2014) == YearValue(value: 18, years: [2014]))
    }
    #expect(value(.none, 2011) == nil)
    #expect(value(.latest, 2013) == YearValue(value: 10, years: [2010]))
    #expect(value(.latest, 2009) == nil)
    #expect(value(.next, 2013) == YearValue(value: 18, years: [2014]))
    #expect(value(.next, 2021) == nil)
    #expect(value(.nearest, 2012) == YearValue(value: 10, years: [2010]))
    #expect(value(.nearest, 2013) == YearValue(value: 18, years: [2014]))
    #expect(value(.nearest, 2025) == YearValue(value: 30, years: [2020]))
    #expect(value(.linear, 2011) == YearValue(value: 12, years: [2010, 2014]))
    #expect(value(.linear, 2025) == YearValue(value: 30, years: [2020]))
    #expect(value(.latest, 2019, within: 3) == nil)
    #expect(value(.linear, 2016, within: 3) == YearValue(value: 18, years: [2014]))
    #expect(YearImputation.linear.value(in: 2000, series: [:]) == nil)
  }

  @Test("a rate is a count over a size; without a size there is none, and the report says so")
  func denomination() {
    let rate = Denomination(denominator: "population", scale: 100_000)
    let (values, lost) = rate.apply(
      to: [50, 50, nil, 7, 0], sizes: [1_000_000, nil, 10, 0, 5])
    #expect(values == [5, nil, nil, nil, 0])
    #expect(lost == [1, 3])
  }

  @Test("units are screened by gaps and by zeros, and forced in or out")
  func screening() {
    let columns: [[Double?]] = [[1, 1, nil, nil], [0, 2, nil, nil], [0, nil, 3, nil]]
    let units = ["a", "b", "c", "d"]
    let byGaps = Screening().verdicts(units: units, columns: columns)
    #expect(byGaps.map(\.isIncluded) == [true, true, false, false])
    #expect(byGaps.map(\.availability) == [1, 2.0 / 3, 1.0 / 3, 0])
    #expect(byGaps.map(\.nonZero) == [1.0 / 3, 1, 1, nil])
    let byZeros = Screening(minimumAvailability: nil, minimumNonZero: 0.5)
      .verdicts(units: units, columns: columns)
    #expect(byZeros.map(\.isIncluded) == [false, true, true, false])
    let forced = Screening(forced: ["c": true, "a": false, "b": true])
      .verdicts(units: units, columns: columns)
    #expect(forced.map(\.isIncluded) == [false, true, true, false])
    #expect(forced.map(\.isForced) == [true, false, true, false])
  }
}
