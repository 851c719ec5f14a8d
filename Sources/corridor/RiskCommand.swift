import ArgumentParser
import CorridorKit
import RiskIndex

struct RiskCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "risk", abstract: "The provincial risk score, with and without exposure.",
    discussion: """
      Built after the Global Slavery Index 2013. Indicators without a source are absent and shown as \
      missing coverage; nothing is filled in. Exposure is that of all named corridors, or of --od or \
      --from and --to, and has a weight of its own; 0 gives the index without it.

      EXAMPLES
        corridor risk
        corridor risk --vintage 2013 --format csv
        corridor risk --explain KZ-31
        corridor risk --exposure-weight 0.3 --across geometric
        corridor risk --close crossing:korday --format geojson --output risk.geojson
      """)

  @Option(help: "The country whose provinces are scored.") var country = "KZ"
  @Option(help: ArgumentHelp("Your own indicators (CSV; docs/formats.md).", valueName: "file"))
  var indicators: String?
  @Option(help: ArgumentHelp("Your own framework (JSON).", valueName: "file"))
  var framework: String?
  @Option(help: "goalpost, min-max or z.") var normalisation: Normalisation = .goalpost
  @Option(help: "Within dimensions: arithmetic or geometric.") var within: Aggregation = .arithmetic
  @Option(help: "Across dimensions: arithmetic or geometric.") var across: Aggregation = .arithmetic
  @Option(help: "The share of exposure in the score, from 0 to below 1.")
  var exposureWeight = 1.0 / 6
  @Option(help: "length (kilometres), time (hours) or entering (trips).")
  var exposureMeasure: ExposureMeasure = .length
  @Option(help: ArgumentHelp("Take one province's score apart.", valueName: "province"))
  var explain: String?
  @OptionGroup var demand: DemandOptions
  @OptionGroup var data: DataOptions
  @OptionGroup var options: AnalysisOptions
  @OptionGroup var changes: ScenarioOptions
  @OptionGroup var output: OutputOptions

  func validate() throws {
    guard exposureWeight >= 0, exposureWeight < 1 else {
      throw ValidationError("--exposure-weight is a share from 0 to below 1.")
    }
  }

  func run() throws {
    let session = try Session(
      data, options, command: "risk",
      settings: [
        "normalisation": normalisation.rawValue, "within": within.rawValue,
        "across": across.rawValue, "exposure_weight": "\(exposureWeight)",
        "exposure_measure": exposureMeasure.rawValue,
      ])
    guard options.countryCodes.contains(country) else {
      throw CorridorKitError.contradiction(
        "--country \(country) is not among --countries \(options.countries)")
    }
    let explained = try explain.map { try session.area.province(named: $0) }
    if let explained, explained.country != country {
      throw CorridorKitError.contradiction(
        "--explain \(explained.id) lies in \(explained.country), and --country is \(country)")
    }
    let demand = try Demand(self.demand, session: session)
    let analysis = try session.analysis(changes)
    let outcome = try demand.outcomes(analysis)
    let inputs = try RiskInputs(
      framework: framework, indicators: indicators, sources: session.sources, analysis: analysis)
    let result = try RiskResult.scoring(
      country: country,
      exposure: Exposure(outcome.trips, outcome.outcomes, matrix: analysis.matrix),
      measure: exposureMeasure, weight: exposureWeight, table: inputs.table,
      specification: RiskSpecification(
        framework: inputs.framework, normalisation: normalisation, withinDimensions: within,
        acrossDimensions: across))
    try output.write(
      RiskReport(
        result, explaining: explained?.id, analysis: analysis,
        manifest: session.manifest(changes, demand: demand, inputs: inputs.files)))
  }
}

extension Normalisation: ExpressibleByArgument {}
extension Aggregation: ExpressibleByArgument {}
extension ExposureMeasure: ExpressibleByArgument {}
