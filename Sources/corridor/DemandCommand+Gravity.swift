import ArgumentParser
import CorridorKit

extension DemandCommand {
  struct Gravity: ParsableCommand, FileCommand {
    static let configuration = CommandConfiguration(
      abstract: "A table of flows from a gravity model.",
      discussion: """
        The model (YAML; docs/formats.md, "Gravity models") names places, what pushes and pulls, and how \
        attraction falls with hours on the network. As CSV the result is a table for --od.

        EXAMPLES
          corridor demand gravity model.yaml
          corridor demand gravity model.yaml --format csv --output flows.csv
          corridor demand gravity model.yaml --beta 0.05 --total 1000
          corridor demand gravity model.yaml --constraint origin --domestic-share 0.62
        """)

    @Argument(help: ArgumentHelp("A gravity model (YAML).", valueName: "model.yaml"))
    var model: String
    @Option(
      help: ArgumentHelp(
        "β of exponential deterrence, in place of the file's; per hour, or per 100 km under a profile that measures distance.",
        valueName: "number"))
    var beta: Double?
    @Option(
      help: "doubly, origin, destination or none: which sums are given; in place of the file's.")
    var constraint: GravityModel.Constraint?
    @Option(help: "The sum of all flows, in place of the file's.") var total: Double?
    @Option(
      help: "The share that stays within a country, 0 to 1, in place of the file's.")
    var domesticShare: Double?
    @OptionGroup var data: DataOptions
    @OptionGroup var options: AnalysisOptions
    @OptionGroup var changes: ScenarioOptions
    @OptionGroup var output: OutputOptions

    var filesRead: [String?] {
      let indicators = (try? data.sources())?.indicators
      let named = try? GravitySpecification(InputFile(path: model), indicators: indicators).inputs
      return data.files + [model] + (named ?? []).map(\.path)
    }
    var filesWritten: [(option: String, path: String?)] { output.files }

    func validate() throws {
      if let beta, !(0...1000).contains(beta) {
        throw ValidationError("--beta is a number from 0 to 1000.")
      }
      if let total, !(total > 0 && total <= 1e15) {
        throw ValidationError("--total is a number above 0 and at most 1e15.")
      }
      if let domesticShare, !(0...1).contains(domesticShare) {
        throw ValidationError("--domestic-share is a share from 0 to 1.")
      }
    }

    func run() throws {
      let sources = try data.sources()
      let file = try InputFile(path: model)
      var specification = try GravitySpecification(file, indicators: sources.indicators)
      if let beta { specification.deterrence = .exponential(beta: beta) }
      if let constraint { specification.constraint = constraint }
      if let total { specification.total = total }
      if let domesticShare { specification.domesticShare = domesticShare }
      let session = try Session(
        data, options, command: "demand gravity",
        settings: [
          "beta": beta.map { "\($0)" }, "constraint": specification.constraint.rawValue,
          "total": total.map { "\($0)" }, "domestic_share": domesticShare.map { "\($0)" },
        ].compactMapValues { $0 })
      let analysis = try session.analysis(changes)
      let demand = try GravityDemand(specification, on: analysis, threads: data.threads)
      try output.write(
        GravityReport(
          demand, analysis: analysis,
          manifest: session.manifest(changes, inputs: [file] + specification.inputs)))
    }
  }
}

extension GravityModel.Constraint: ExpressibleByArgument {}
