import Testing
import TransportGraph

@testable import CorridorKit

@Suite("Who passes through whom")
struct PassageMatrixTests {
  @Test(
    "columns sum to the roles of their unit, and a unit's own cell to what begins or ends there",
    arguments: UInt64(1)...30)
  func marginals(seed: UInt64) throws {
    for isLattice in [false, true] {
      let region = try RandomRegion(seed: seed, isLattice: isLattice).prepared()
      let (trips, matrix) = (region.trips, region.matrix)
      let outcomes = region.view.outcomes(of: trips, matrix: matrix)
      let exposure = Exposure(trips, outcomes, matrix: matrix)
      for end in PassageMatrix.End.allCases {
        let passages = PassageMatrix(trips, outcomes, matrix: matrix, by: end)
        for unit in matrix.units.units.indices {
          func sum(_ mass: (RoleMasses) -> Double) -> Double {
            passages.cells.reduce(0) { $0 + mass($1[unit]) }
          }
          let row = exposure.rows[unit]
          #expect(isClose(sum(\.internalMass), row.roles.internalMass), "seed \(seed)")
          #expect(isClose(sum(\.originMass), row.roles.originMass), "seed \(seed)")
          #expect(isClose(sum(\.destinationMass), row.roles.destinationMass), "seed \(seed)")
          #expect(isClose(sum(\.transitMass), row.roles.transitMass), "seed \(seed)")
          #expect(isClose(sum(\.touchingMass), row.roles.touchingMass), "seed \(seed)")
        }
      }
    }
  }

  @Test("a trip begins in its own unit and touches those that it enters")
  func toyRegion() throws {
    let analysis = try ToyRegion.analysis()
    let flows = [OriginDestination(origin: "Amber", destination: "Northend", mass: 7)]
    let trips = try analysis.trips(flows)
    let outcomes = try analysis.outcomes(of: trips)
    let passages = PassageMatrix(trips, outcomes, matrix: analysis.matrix)
    let begin = try #require(passages.cells.firstIndex { $0.contains { $0.touchingMass > 0 } })
    #expect(passages.cells.count { $0.contains { $0.touchingMass > 0 } } == 1)
    #expect(passages.cells[begin][begin].originMass == 7)
    let entered = try #require(outcomes[0].exposure).cells.filter { $0.entryProbability > 0 }
    for cell in entered {
      #expect(isClose(passages.cells[begin][cell.unit].touchingMass, 7 * cell.entryProbability))
    }
  }
}
