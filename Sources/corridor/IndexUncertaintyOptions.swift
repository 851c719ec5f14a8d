import ArgumentParser
import CorridorKit
import RiskIndex

/// Whether and how the scores and ranks of an index are told with what is uncertain about them.
struct IndexUncertaintyOptions: ParsableArguments {
  private static let drawRange = 2...100_000

  @Option(
    help: ArgumentHelp(
      "Tell intervals of scores and ranks over so many draws: 1000 to look, 5000 to publish. (default: 1000 with --uncertainty or --sensitivity)",
      valueName: "count"))
  var draws: Int?

  @Option(
    help: ArgumentHelp(
      "What is uncertain about the index (YAML; docs/formats.md).", valueName: "file"))
  var uncertainty: String?

  @Flag(help: "Tell which choice moves which rank, by Sobol' indices.")
  var sensitivity = false

  @Option(
    help: ArgumentHelp(
      "With draws: the same seed gives the same draws. (default: \(RiskUncertainty.defaultSeed))",
      valueName: "number"))
  var seed: UInt64?

  func validate() throws {
    if let draws, !Self.drawRange.contains(draws) {
      throw ValidationError(
        "--draws is \(draws); expected a whole number from \(Self.drawRange.lowerBound) to "
          + "\(Self.drawRange.upperBound).")
    }
    guard isAsked || seed == nil else {
      throw ValidationError("--seed goes with --draws, --uncertainty or --sensitivity.")
    }
  }

  /// Whether anything is asked for.
  var isAsked: Bool { draws != nil || uncertainty != nil || sensitivity }

  /// What a manifest says of it.
  var settings: [String: String] {
    guard isAsked else { return [:] }
    return [
      "draws": "\(draws ?? RiskUncertainty.defaultDraws)",
      "seed": "\(seed ?? RiskUncertainty.defaultSeed)", "sensitivity": "\(sensitivity)",
    ]
  }

  /// The study that is asked for, with the file that it was read from, if there is one.
  ///
  /// - Parameters:
  ///   - shipped: The file where none is named; nil for what is varied with any index.
  ///   - recipe: The recipe.
  ///   - framework: What the index is made of.
  ///   - units: The units that are scored, by id.
  ///   - groupings: What the data group units by.
  func study(
    shipped: String?, recipe: IndexRecipe, framework: IndexFramework, units: [String],
    groupings: [String]
  ) throws(CorridorKitError) -> (study: RiskUncertainty, files: [InputFile]) {
    var inputs = RiskUncertaintyInputs(index: .standard(for: recipe))
    var files: [InputFile] = []
    if let path = uncertainty ?? shipped {
      let file = try InputFile(path: path)
      inputs = try RiskUncertaintyInputs(
        file, recipe: recipe, framework: framework, units: units, groupings: groupings)
      files = [file]
    }
    return (
      RiskUncertainty(
        inputs, draws: draws ?? RiskUncertainty.defaultDraws, tellsSensitivity: sensitivity,
        seed: seed ?? RiskUncertainty.defaultSeed), files
    )
  }
}
