import Testing
import TransportGraph

@testable import CorridorKit

/// Closures of the toy region against figures that were computed with networkx, to 1e-9.
@Suite("Criticality of the toy region")
struct ToyCriticalityTests {
  /// Lost mass, extra hours, detour factor, change of hours in A, B, C and abroad; nothing where a closure
  /// changes nothing. Without e6 or e11 the 20 from 4 to 8 have two equally good ways, without e7 or e10
  /// the 10 from 5 to 7: the known figures take one of the two, here half of them takes each.
  static let closures: [String: [Double]] = [
    "e1": [
      0, 26.2264496992143, 1.0221917851629059, -454.65656539890006, 361.66666666666674,
      -24.991582276861095, 144.20793070830877,
    ],
    "e3": [
      0, 26.2264496992143, 1.0221917851629059, -454.65656539890006, 361.66666666666674,
      -24.991582276861095, 144.20793070830877,
    ],
    "e6": [
      0, 44.3719524122007, 1.0375457923769127, -470.44083664636196 + 6.25,
      399.16666666666674 - 18.75,
      -28.56180831641268 + 12.5, 144.20793070830877,
    ],
    "e7": [
      0, 6.715728752538098, 1.0056825842383517, 18.75 - 9.375, -7.892135623730951 + 3.125,
      -4.142135623730951 + 6.25, 0,
    ],
    "e10": [
      0, 6.715728752538098, 1.0056825842383517, 18.75 - 9.375, -7.892135623730951 + 3.125,
      -4.142135623730951 + 6.25, 0,
    ],
    "e11": [
      0, 88.94302022406623, 1.075260068335197, -470.44083664636196 + 6.25,
      399.16666666666674 - 18.75,
      16.009259495452795 + 12.5, 144.20793070830877,
    ],
    "e13": [130, 0, 1, -347.2546895706429, 0, -354.4564692570853, -189.58333333333334],
    "e14": [130, 0, 1, -347.2546895706429, 0, -354.4564692570853, -189.58333333333334],
    "e15": [30, 0, 1, -22.5, 0, -99.10533905932738, -43.75],
    "e16": [30, 0, 1, -22.5, 0, -99.10533905932738, -43.75],
  ]
  /// The mass without a way when crossings close together.
  static let lost: [(closed: [String], mass: Double)] = [
    (["X1"], 0), (["X2"], 0), (["X3"], 130), (["X4"], 30), (["X1", "X2"], 140),
    (["X1", "X3"], 130), (["X1", "X4"], 30), (["X2", "X3"], 130), (["X2", "X4"], 30),
    (["X3", "X4"], 130), (["X1", "X2", "X3"], 170), (["X1", "X2", "X4"], 170),
    (["X1", "X3", "X4"], 130), (["X2", "X3", "X4"], 130),
  ]

  private static func study() throws -> ClosureStudy {
    let analysis = try ToyRegion.analysis()
    let flows = try OriginDestination.read(InputFile(path: ToyRegion.folder + "/flows.csv"))
    return try ClosureStudy(analysis, trips: analysis.trips(flows))
  }

  @Test("each link closed by itself does what an independent computation says")
  func nMinusOne() throws {
    let study = try Self.study()
    let rows = try study.closingEach(study.analysis.criticalElements(.links)).rows
    let units = study.analysis.matrix.units.units.map(\.id)
    var found = 0
    for number in 1...16 {
      let row = try #require(rows.first { $0.element.id == "e\(number)" })
      let expected = Self.closures["e\(number)"] ?? [0, 0, 1, 0, 0, 0, 0]
      let changes = ["A", "B", "C", "ABROAD"].map { id in
        (row.changes.first { units[$0.unit] == id }?.travelTimeSeconds ?? 0) / 3600
      }
      let figures =
        [row.effect.lostMass, row.effect.extraTimeSeconds / 3600, row.detourFactor ?? .nan]
        + changes
      for (figure, expected) in zip(figures, expected) {
        #expect(isClose(figure, expected), "e\(number): \(figures)")
      }
      found += 1
    }
    #expect(found == 16)
  }

  @Test("closing X1 moves 140 from A to B, and nowhere else")
  func displaced() throws {
    let study = try Self.study()
    let rows = try study.closingEach(study.elements(.crossings)).rows
    #expect(rows.map(\.element.id) == ["X1", "X2", "X3", "X4"])
    #expect(rows.map(\.effect.displacedMass) == [140, 0, 0, 0])
    #expect(rows.map(\.passingMass) == [140, 0, 130, 30])
    #expect(rows[0].changes.filter(\.isNew).isEmpty)
  }

  @Test("crossings that close together cut off what an independent computation says")
  func together() throws {
    let study = try Self.study()
    let elements = study.elements(.crossings)
    var checked = 0
    for size in 2...3 {
      let sets = try study.closingSets(of: size, elements)
      #expect(sets.setCount == (size == 2 ? 6 : 4))
      for (closed, mass) in Self.lost where closed.count == size {
        if let row = sets.rows.first(where: { sets.ids($0) == closed }) {
          #expect(isClose(row.joint.lostMass, mass), "\(closed)")
          let parts = Self.lost.filter { $0.closed.count == 1 && closed.contains($0.closed[0]) }
          let sum = parts.reduce(0) { $0 + $1.mass }
          #expect(isClose(row.synergy.lostMass, mass - sum), "\(closed)")
          checked += 1
        }
      }
    }
    // X2 by itself changes nothing, but counts once X1 is closed.
    #expect(checked >= 6)
    let pairs = try study.closingSets(of: 2, elements)
    let first = try #require(pairs.ranked(by: .lost, of: \.synergy).first)
    #expect(pairs.ids(pairs.rows[first.index]) == ["X1", "X2"])
  }

  @Test("the Shapley values of the four crossings are those of the game of 16 sets")
  func shapley() throws {
    let study = try Self.study()
    let values = try study.shapleyValues(
      of: .lost, study.elements(.crossings), method: .automatic(seed: 1, orders: 10))
    let expected = [36.666666666666664, 36.666666666666664, 81.66666666666664, 15]
    for (row, expected) in zip(values.rows, expected) {
      #expect(isClose(row.value, expected), "\(row.element.id): \(row.value)")
      #expect(row.standardError == nil)
    }
    #expect(values.total == 170)
    #expect(values.rows.map(\.alone) == [0, 0, 130, 30])
    #expect(values.ranked.map(\.rank) == [1, 2, 2, 4])
  }
}
