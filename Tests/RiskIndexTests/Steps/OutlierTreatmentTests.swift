import Foundation
import Testing

@testable import RiskIndex

@Suite("Treatment of outliers")
struct OutlierTreatmentTests {
  private func negated(_ column: [Double?]) -> [Double?] {
    column.map { value in value.map { -$0 } }
  }

  private let oneToTen: [Double?] = (1...10).map { Double($0) }

  @Test("skewness and excess kurtosis are scipy's with bias corrected")
  func shape() throws {
    let shape = try #require(
      SampleStatistics.shape((oneToTen + [30, 100]).compactMap { $0 }))
    #expect(abs(shape.skewness - 3.0632410342394993) < 1e-12)
    #expect(abs(shape.excessKurtosis - 9.741390834569144) < 1e-12)
  }

  @Test("COINr's example: 100 and then 30 go to 10, the report names both")
  func winsorised() {
    let column = oneToTen + [30, nil, 100]
    let treatment = OutlierTreatment(maximumWinsorised: 5)
    let result = treatment.apply(to: column)
    // After 100 -> 30 skewness is 1.7 already: it passes with one step.
    let once = OutlierTreatment(maximumWinsorised: 1, transformation: .none).apply(to: column)
    #expect(once.values[12] == 30)
    #expect(result.outcome == .winsorised)
    #expect(result.passes)
    #expect(result.changes == [TreatedColumn.Change(index: 12, from: 100, to: 30)])
    #expect(result.values[11] == nil)
    #expect(abs((result.skewness?.before ?? 0) - 3.0632410342394993) < 1e-12)
  }

  @Test("two far values are winsorised one at a time, the second to the next of those that remain")
  func oneAtATime() {
    let column: [Double?] = (1...20).map { Double($0) } + [500, 1000]
    let result = OutlierTreatment(maximumWinsorised: 2).apply(to: column)
    // 1000 -> 500 leaves two at 500, which then go to 20 together: three steps would exceed the allowance of
    // values, two values are changed.
    #expect(result.changes.map(\.index) == [20, 21])
    #expect(result.changes.map(\.to) == [20, 20])
    #expect(result.outcome == .winsorised)
  }

  @Test("low values are winsorised where skewness is negative, as a mirror image")
  func mirrored() {
    let column: [Double?] = (1...20).map { Double($0) } + [500, 1000]
    let up = OutlierTreatment().apply(to: column)
    let down = OutlierTreatment().apply(to: negated(column))
    #expect(down.values == negated(up.values))
    let transform = OutlierTreatment(maximumWinsorised: 0)
    let high = transform.apply(to: column)
    let low = transform.apply(to: negated(column))
    #expect(high.values == negated(low.values))
    if case .logTransformed(_, let isMirrored) = low.outcome {
      #expect(isMirrored)
    } else {
      Issue.record("\(low.outcome)")
    }
  }

  @Test("the allowance is an eighth of the values, from 1 to 5")
  func allowance() {
    let treatment = OutlierTreatment()
    #expect([5, 16, 20, 24, 40, 200].map { treatment.allowance(count: $0) } == [1, 2, 2, 3, 5, 5])
  }

  @Test(
    "where winsorising is not enough the column as it was is transformed: COINr's shifted logarithm"
  )
  func logarithm() throws {
    let column: [Double?] = (1...17).map { Double($0) } + [80_000, 85_000, 90_000]
    let treatment = OutlierTreatment(
      skewness: 1.5, excessKurtosis: 0, maximumWinsorised: 1, transformation: .log)
    let result = treatment.apply(to: column)
    #expect(result.changes.isEmpty)
    guard case .logTransformed(let offset, false) = result.outcome else {
      Issue.record("\(result.outcome)")
      return
    }
    #expect(abs(offset - (1 - 899.99)) < 1e-9)
    let logged = try #require(result.values[19])
    #expect(abs(logged - log(90_000 - 1 + 899.99)) < 1e-12)
    #expect(result.shapeAfter != result.shapeBefore)
    #expect(result.passes == treatment.passes(result.values.compactMap { $0 }))
  }

  @Test("the Box-Cox exponent is scipy's maximum of the likelihood")
  func boxCox() throws {
    let expected = [
      0.045716592915140804, 0.05493696604027841, 0.2870758738489029, 1.7197852444592303,
      7.365273855119086, -4.642303668753301, 1.2078374285849527, -0.6178120851928575,
    ]
    for (column, exponent) in expected.enumerated() {
      let values = TechnologyAchievement.values.map { $0[column] }
      let found = try #require(OutlierTreatment.boxCoxExponent(of: values))
      // The likelihood is flat at its top: half of the digits are all that double precision can tell.
      #expect(abs(found - exponent) < 1e-6, "\(TechnologyAchievement.indicators[column])")
      // Another unit of measure has the same exponent.
      let scaled = try #require(OutlierTreatment.boxCoxExponent(of: values.map { $0 * 1000 }))
      #expect(abs(found - scaled) < 1e-6)
    }
    #expect(OutlierTreatment.boxCoxExponent(of: [1, 1, 1]) == nil)
    #expect(OutlierTreatment.boxCoxExponent(of: [0, 1, 2]) == nil)
    #expect(abs(OutlierTreatment.boxCox(9, exponent: 0.5) - 4) < 1e-14)
    #expect(OutlierTreatment.boxCox(9, exponent: 0) == log(9))
  }

  @Test("patents of the Handbook are skewed, winsorised and then pass")
  func patents() {
    let patents = TechnologyAchievement.values.map { Optional($0[0]) }
    let result = OutlierTreatment().apply(to: patents)
    #expect(abs((result.shapeBefore?.skewness ?? 0) - 2.624653421276515) < 1e-12)
    #expect(abs((result.shapeBefore?.excessKurtosis ?? 0) - 6.908732943259096) < 1e-12)
    // Japan 994 and Korea 779, moved to the next, 289, as two values at once.
    #expect(result.changes.map(\.index) == [3, 4])
    #expect(result.changes.map(\.to) == [289, 289])
    #expect(result.passes)
  }

  @Test("order is kept by every treatment, and gaps stay gaps", arguments: 0..<20)
  func order(seed: Int) {
    var generator = SplitMix64(seed: UInt64(seed))
    let column: [Double?] = (0..<18).map { _ in
      Int.random(in: 0..<6, using: &generator) == 0
        ? nil : exp(4 * Double.random(in: -1...1, using: &generator)) - 1
    }
    for transformation: OutlierTreatment.Transformation in [
      .none, .log, .logTowardsSkew, .boxCox(exponent: nil), .boxCox(exponent: -1),
    ] {
      for allowance in [0, nil] {
        let result = OutlierTreatment(
          skewness: 0.5, excessKurtosis: -2, maximumWinsorised: allowance,
          transformation: transformation
        ).apply(to: column)
        for first in column.indices {
          #expect((column[first] == nil) == (result.values[first] == nil))
          for second in column.indices {
            guard let x = column[first], let y = column[second], x < y,
              let a = result.values[first], let b = result.values[second]
            else { continue }
            #expect(a <= b, "seed \(seed) \(transformation)")
          }
        }
      }
    }
  }

  @Test(
    "a Box-Cox that leaves the range of numbers, or makes different values equal, moves nothing",
    arguments: [500.0, -300, 60])
  func boxCoxTooFar(exponent: Double) {
    let column: [Double?] = [250_000, 2, nil, 3, 4, 5, 2.5, 3.5, 4.5, 6]
    let treatment = OutlierTreatment(
      maximumWinsorised: 0, transformation: .boxCox(exponent: exponent))
    let treated = treatment.apply(to: column)
    #expect(treated.values == column)
    #expect(treated.outcome == .boxCoxLeft(exponent: exponent, offset: 0))
    #expect(!treated.passes)
  }

  @Test("two different values only are not treated, and a constant passes")
  func tooFew() {
    let column: [Double?] = Array(repeating: 0, count: 15) + [100]
    let result = OutlierTreatment().apply(to: column)
    #expect(result.outcome == .tooFewDifferentValues)
    #expect(result.values == column)
    #expect(!result.passes)
    #expect(OutlierTreatment().apply(to: [3, 3, 3, 3, 3]).outcome == .untouched)
    #expect(OutlierTreatment().apply(to: [nil, 1]).outcome == .untouched)
    #expect(OutlierTreatment().apply(to: []).values.isEmpty)
  }
}
