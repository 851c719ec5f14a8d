import CorridorKit
import Foundation
import RiskIndex
import Testing

/// Where COINr's example data are: `coinr/ASEM_iMeta.csv` and `coinr/ASEM_iData.csv` in the folder that
/// `CORRIDOR_TEST_DATA` names, written by R as `write.csv(COINr::ASEM_iMeta, …, row.names = FALSE)`.
enum COINrExample {
  static let folder = ProcessInfo.processInfo.environment["CORRIDOR_TEST_DATA"].map {
    $0 + "/coinr"
  }

  static var isThere: Bool {
    folder.map { FileManager.default.fileExists(atPath: $0 + "/ASEM_iMeta.csv") } ?? false
  }

  /// The steps of COINr's `build_example_coin`.
  static let recipe = """
    steps:
      - denominate: {}
      - impute: {method: group-mean, grouping: EurAsia_group}
      - screen: {availability: 0.9}
      - treat: {winsorise: 5, then: log}
      - normalise: {method: min-max}
      - aggregate: {minimum_coverage: 0}
    """
}

/// COINr's Sustainable Connectivity index of 51 countries and 49 indicators in four levels, against the
/// table that COINr 1.1.14 prints in its article "Presenting results".
@Suite(
  "COINr's example index (CORRIDOR_TEST_DATA)",
  .enabled(if: COINrExample.isThere, "CORRIDOR_TEST_DATA names no folder with coinr/ASEM_iMeta.csv")
)
struct COINrExampleTests {
  private static let columns = [
    "Index", "Conn", "Sust", "Physical", "ConEcFin", "Political", "Instit", "P2P", "Environ",
    "Social", "SusEcFin",
  ]

  private static let printed: [(unit: String, scores: [Double])] = [
    ("CHE", [68.38, 62.79, 73.98, 63.41, 32.87, 74.78, 85.94, 56.93, 77.21, 87.85, 56.88]),
    ("NLD", [64.82, 61.94, 67.70, 64.87, 46.62, 84.55, 71.74, 41.92, 58.73, 86.58, 57.78]),
    ("DNK", [64.80, 57.10, 72.51, 50.52, 30.43, 78.13, 75.35, 51.04, 69.83, 86.40, 61.29]),
    ("NOR", [64.47, 57.44, 71.50, 58.18, 25.70, 80.03, 89.46, 33.80, 70.90, 87.00, 56.59]),
    ("BEL", [63.54, 63.99, 63.09, 71.97, 48.22, 80.84, 75.60, 43.32, 53.01, 86.17, 50.09]),
    ("SWE", [63.00, 53.87, 72.12, 51.51, 23.87, 80.98, 74.51, 38.50, 66.37, 87.74, 62.27]),
  ]

  @Test("all printed scores and ranks come out of COINr's own tables, digit by digit")
  func printedTable() throws {
    let folder = try #require(COINrExample.folder)
    let inputs = try IndexInputs(
      metadata: InputFile(path: folder + "/ASEM_iMeta.csv"),
      values: InputFile(path: folder + "/ASEM_iData.csv"))
    #expect(inputs.framework.indicators.count == 49)
    #expect(IndexTree(inputs.framework).topLevel == 4)
    let recipe = try IndexRecipe(
      InputFile(path: "recipe.yaml", data: Data(COINrExample.recipe.utf8)),
      framework: inputs.framework)
    let result = try inputs.run(recipe).result
    #expect(result.units.count == 51)
    for (place, (id, scores)) in Self.printed.enumerated() {
      let unit = try #require(result[id])
      #expect(unit.rank == place + 1)
      for (column, score) in zip(Self.columns, scores) {
        let found = try #require(column == "Index" ? unit.score : unit.dimension(column)?.score)
        #expect(abs(found - score) <= 0.005 + 1e-9, "\(id) \(column): \(found)")
      }
    }
  }
}
