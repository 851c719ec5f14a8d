import ArgumentParser
import CorridorKit
import TransportGraph

/// Whether and how a result is told as ranges instead of single numbers.
struct UncertaintyOptions: ParsableArguments {
  private static let drawRange = 2...100_000

  @Option(
    help: ArgumentHelp(
      "Tell p05, p50 and p95 over so many draws of the uncertain inputs: 1000 to look, 5000 to publish.",
      valueName: "count"))
  var draws: Int?

  @Option(
    help: ArgumentHelp(
      "With --draws: the same seed gives the same draws. (default: \(MonteCarlo.defaultSeed))",
      valueName: "number"))
  var seed: UInt64?

  @Option(
    help: ArgumentHelp(
      "With --draws: what is uncertain (YAML; docs/formats.md). (default: the shipped uncertainty.yaml)",
      valueName: "file"))
  var uncertainty: String?

  @Option(
    help: ArgumentHelp(
      "With --draws: what provinces are ranked by and the table shows: length (km), time (hours), entering (mass) or share (of all mass). (default: time)",
      valueName: "measure"))
  var rankBy: ExposureDraws.Measure?

  @Flag(
    help:
      "With --draws and --model psl: find the alternatives of each draw anew, at eight times the work, instead of choosing among those of the run and the draw's shortest way."
  )
  var redrawAlternatives = false

  func validate() throws {
    if let draws, !Self.drawRange.contains(draws) {
      throw ValidationError(
        "--draws is \(draws); expected a whole number from \(Self.drawRange.lowerBound) to "
          + "\(Self.drawRange.upperBound).")
    }
    let others = [
      ("--seed", seed != nil), ("--uncertainty", uncertainty != nil), ("--rank-by", rankBy != nil),
      ("--redraw-alternatives", redrawAlternatives),
    ]
    if draws == nil, let other = others.first(where: \.1) {
      throw ValidationError("\(other.0) goes with --draws.")
    }
  }

  /// Draws, and what they say; nil where no draws are asked for.
  ///
  /// - Parameters:
  ///   - analysis: The network, under what is in force in every draw.
  ///   - model: How travellers spread over the ways between two places.
  ///   - scenario: What is compared; nil where the exposure is asked for.
  ///   - manifest: Takes the files and settings that draws add.
  func report(
    on demand: Demand, _ analysis: Analysis, by model: RouteChoiceModel = .shortest,
    comparing scenario: Scenario? = nil, session: Session, threads: Int,
    manifest: ([InputFile], [String: String]) -> Manifest
  ) throws(CorridorKitError) -> UncertaintyReport? {
    guard let draws else { return nil }
    let file = try InputFile(path: uncertainty ?? session.sources.uncertainty)
    let study = try MonteCarlo(
      analysis, travel: try demand.travel(analysis), by: model, inputs: try UncertainInputs(file),
      findsAlternativesAnew: redrawAlternatives, comparing: scenario)
    var settings: [String: String] = [:]
    if case .pathSizeLogit = model {
      settings["alternatives"] = redrawAlternatives ? "of each draw" : "of the run"
    } else if redrawAlternatives {
      throw .contradiction("--redraw-alternatives goes with --model psl")
    }
    let seed = seed ?? MonteCarlo.defaultSeed
    let measure = rankBy ?? .time
    let progress = TerminalProgress("draws", total: draws)
    defer { progress.finish() }
    let drawn = try study.run(draws, seed: seed, threads: threads) { progress.update($0) }
    progress.finish()
    var states = [analysis]
    if let scenario { states.append(try analysis.under(scenario)) }
    let warnings = try warnings(on: demand, states, by: model, threads: threads)
    warn(warnings)
    return UncertaintyReport(
      drawn, of: study, seed: seed, rankedBy: measure, warnings: warnings,
      manifest: manifest(
        [file],
        settings.merging(
          ["draws": "\(draws)", "seed": "\(seed)", "rank_by": measure.rawValue]
        ) { first, _ in first }))
  }
}

extension UncertaintyOptions {
  /// What a reader should know of the model in the run, where every input is as it is; each once.
  private func warnings(
    on demand: Demand, _ states: [Analysis], by model: RouteChoiceModel, threads: Int
  ) throws(CorridorKitError) -> [RouteChoiceWarning] {
    // Other models have nothing to warn of, and to send a demand once more takes as long as a draw.
    guard case .recursiveLogit = model else { return [] }
    var warnings: [RouteChoiceWarning] = []
    for state in states {
      for warning in try demand.outcomes(state, by: model, threads: threads).warnings
      where !warnings.contains(warning) {
        warnings.append(warning)
      }
    }
    return warnings
  }
}

extension ExposureDraws.Measure: ExpressibleByArgument {}
