import ArgumentParser
import CorridorKit

struct DemandCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "demand", abstract: "What travels: layers, gravity models, roles of provinces.",
    discussion: """
      Masses of the shipped layers are relative: nobody publishes counts. Persons and drugs are kept \
      apart (drug routes are not human routes).

      EXAMPLES
        corridor demand list
        corridor demand show persons-abroad
        corridor demand gravity model.yaml --format csv --output flows.csv
        corridor demand roles --demand persons
        corridor demand passages --demand persons --picture passages.svg
      """,
    subcommands: [List.self, Show.self, Gravity.self, Roles.self, Passages.self])

  struct List: ParsableCommand, FileCommand {
    static let configuration = CommandConfiguration(
      abstract: "The layers of demand that --demand takes.",
      discussion: """
        EXAMPLES
          corridor demand list
          corridor demand list --format json
        """)

    @OptionGroup var data: DataOptions
    @OptionGroup var options: AnalysisOptions
    @OptionGroup var output: OutputOptions

    var filesRead: [String?] { data.files }
    var filesWritten: [(option: String, path: String?)] { output.files }

    func run() throws {
      let session = try Session(data, options, command: "demand list")
      let layers = try LayerSelection(["all"], sources: session.sources).layers
      try output.write(
        try session.report(on: layers, isDetailed: false))
    }
  }

  struct Show: ParsableCommand, FileCommand {
    static let configuration = CommandConfiguration(
      abstract: "A layer's assumptions, their sources, and its flows.",
      discussion: """
        As CSV it is a table of flows, for --od.

        EXAMPLES
          corridor demand show opiates-north
          corridor demand show persons-abroad --format csv --output flows.csv
          corridor demand show my-layer.yaml
        """)

    @Argument(
      help: ArgumentHelp("An id, persons, drugs, all, or a YAML file.", valueName: "layer"))
    var layers: [String]
    @OptionGroup var data: DataOptions
    @OptionGroup var options: AnalysisOptions
    @OptionGroup var output: OutputOptions

    var filesRead: [String?] { data.files + LayerSelection.files(layers, data) }
    var filesWritten: [(option: String, path: String?)] { output.files }

    func run() throws {
      let session = try Session(data, options, command: "demand show")
      let layers = try LayerSelection(self.layers, sources: session.sources).layers
      try output.write(
        try session.report(on: layers, isDetailed: true))
    }
  }

  struct Roles: ParsableCommand, RouteChoosing, FileCommand {
    static let configuration = CommandConfiguration(
      abstract: "Where the demand begins, ends and passes, by province.",
      discussion: """
        internal: begins and ends in the province; origin: begins in it and ends elsewhere; \
        destination: ends in it; transit: passes through. Their sum is what has to do with it in any \
        role. Persons and drugs are told one after the other. Travellers spread over ways by --model: \
        what passes through is then mass × probability.

        EXAMPLES
          corridor demand roles --demand persons
          corridor demand roles --demand all --format csv
          corridor demand roles --od flows.csv --countries KZ,KG
          corridor demand roles --demand drugs --close crossing:korday
        """)

    @OptionGroup var demand: DemandOptions
    @OptionGroup var choice: RouteChoiceOptions
    @OptionGroup var data: DataOptions
    @OptionGroup var options: AnalysisOptions
    @OptionGroup var changes: ScenarioOptions
    @OptionGroup var output: OutputOptions

    var filesRead: [String?] { data.files + demand.files(data) }
    var filesWritten: [(option: String, path: String?)] { output.files }

    func run() throws {
      let session = try Session(data, options, command: "demand roles")
      let demand = try Demand(self.demand, session: session, tellsKindsApart: true)
      let analysis = try session.analysis(changes)
      var parts: [(kind: String?, exposure: Exposure, domesticMass: Double)] = []
      for (kind, demand) in demand.told(mixing: self.demand.mixKinds) {
        let result = try demand.outcomes(
          analysis, by: settledChoice.model(), threads: data.threads)
        warn(result.warnings)
        let domestic = zip(result.trips, result.outcomes).reduce(0) {
          $0 + ($1.1.exposure != nil && analysis.isDomestic($1.0) == true ? $1.0.mass : 0)
        }
        parts.append(
          (
            kind, Exposure(result.trips, result.outcomes, matrix: analysis.matrix),
            domestic
          ))
      }
      try output.write(
        RolesReport(
          parts, by: settledChoice.model(), analysis: analysis,
          manifest: session.manifest(changes, demand: demand, settings: settledChoice.settings)))
    }
  }

  struct Passages: ParsableCommand, RouteChoosing, FileCommand {
    static let configuration = CommandConfiguration(
      abstract: "Who passes through whom: province by province.",
      discussion: """
        A row is where trips begin (or end, with --by destination), a column what they have to do with. \
        The picture is a matrix of both, as SVG.

        EXAMPLES
          corridor demand passages --demand persons
          corridor demand passages --demand drugs --by destination --format csv
          corridor demand passages --demand persons --countries KZ,KG \\
            --picture passages.svg
        """)

    @Option(help: "Rows by origin or destination of the trips.")
    var by: PassageMatrix.End = .origin
    @Option(help: ArgumentHelp("Draw the matrix (SVG).", valueName: "file")) var picture: String?
    @OptionGroup var demand: DemandOptions
    @OptionGroup var choice: RouteChoiceOptions
    @OptionGroup var data: DataOptions
    @OptionGroup var options: AnalysisOptions
    @OptionGroup var changes: ScenarioOptions
    @OptionGroup var output: OutputOptions

    var filesRead: [String?] { data.files + demand.files(data) }
    var filesWritten: [(option: String, path: String?)] { [("--picture", picture)] + output.files }

    func validate() throws {
      guard picture != "" else {
        throw ValidationError("--picture is \"\"; expected a file's name.")
      }
    }

    func run() throws {
      let session = try Session(
        data, options, command: "demand passages", settings: ["by": by.rawValue])
      let demand = try Demand(self.demand, session: session, tellsKindsApart: true)
      let analysis = try session.analysis(changes)
      var parts: [(kind: String?, matrix: PassageMatrix)] = []
      for (kind, demand) in demand.told(mixing: self.demand.mixKinds) {
        let result = try demand.outcomes(
          analysis, by: settledChoice.model(), threads: data.threads)
        warn(result.warnings)
        parts.append(
          (
            kind,
            PassageMatrix(result.trips, result.outcomes, matrix: analysis.matrix, by: by)
          ))
      }
      let report = PassageReport(
        parts, by: settledChoice.model(), measure: analysis.profile.measure,
        manifest: session.manifest(changes, demand: demand, settings: settledChoice.settings))
      // A format that the result does not have is told before anything is written.
      _ = try report.content(output.format)
      if let picture { try writeFile(report.svgContent, to: picture) }
      try output.write(report)
    }
  }
}

extension PassageMatrix.End: ExpressibleByArgument {}

extension Session {
  /// A report on layers of demand, on the network on which demand is made.
  fileprivate func report(
    on layers: [DemandLayer], isDetailed: Bool
  ) throws(CorridorKitError) -> DemandLayerReport {
    try DemandLayerReport(
      layers, analysis: try analysis().forDemand(), isDetailed: isDetailed,
      manifest: manifest(
        inputs: layers.flatMap(\.inputs),
        settings: ["demand": layers.map(\.id).joined(separator: ",")]))
  }
}
