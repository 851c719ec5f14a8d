import CorridorKit
import Foundation
import RiskIndex

/// A framework and a table, or COINr's two tables; then a recipe, which is run; then what is uncertain
/// about it, which is drawn twice.
@Sendable func readIndex(_ data: Data) {
  let places = parts(data).map { Data($0) }
  func file(_ index: Int, _ path: String) -> InputFile? {
    index < places.count ? InputFile(path: path, data: places[index]) : nil
  }
  do { _ = try IndexFramework(json: places[0], file: "json") } catch { expectDescribed(error) }
  guard let first = file(0, "first"), let second = file(1, "second") else { return }
  do throws(CorridorKitError) {
    let inputs =
      first.data.first == UInt8(ascii: "{")
      ? try IndexInputs(framework: first, table: second, years: .several)
      : try IndexInputs(metadata: first, values: second)
    let ids = inputs.data.units.map(\.id)
    let recipe =
      try file(2, "recipe").map { (file) throws(CorridorKitError) in
        try IndexRecipe(file, framework: inputs.framework, data: inputs.data)
      } ?? .standard
    let run = try inputs.run(recipe, of: file(2, "recipe"))
    precondition(run.result.units.allSatisfy { $0.score?.isNaN != true })
    let part = try file(3, "uncertainty").map { (file) throws(CorridorKitError) in
      let inputs = try RiskUncertaintyInputs(
        file, recipe: recipe, framework: inputs.framework, units: ids)
      return try RiskUncertainty(inputs, draws: 2).part(of: run, threads: 1)
    }
    expectWritten(
      IndexReport(
        run, explaining: run.result.units.first?.unit, uncertainty: part, manifest: manifest))
    expectWritten(DiagnosisReport(run, manifest: manifest))
    precondition(!IndexPage(run, uncertainty: part, manifest: manifest).html.isEmpty)
  } catch {
    expectDescribed(error)
  }
}
