import ArgumentParser
import CorridorKit
import Foundation
import TransportGraph

struct CriticalityCommand: ParsableCommand, RouteChoosing, FileCommand {
  static let configuration = CommandConfiguration(
    commandName: "criticality", abstract: "What depends on each crossing, link or chain of links.",
    discussion: """
      Each crossing is closed by itself (N-1): what mass is cut off, how many hours the rest takes \
      longer, how much exposure moves to other provinces. With --together all sets of two or three \
      close at once. With --shapley each gets its share of what all of them do together, so that \
      parallel crossings do not each look harmless.

      It tells where closures push exposure, not where controls are weak.

      EXAMPLES
        corridor criticality
        corridor criticality --od flows.csv --by displaced --format geojson \\
          -o map.geojson
        corridor criticality --od flows.csv --province KZ-31 --by province
        corridor criticality --over chains --od flows.csv --top 10
        corridor criticality --together 2 --among KZ-KG
        corridor criticality --shapley --among korday,karasu,sypatai-batyr
      """)

  @Option(help: "What closes: crossings, sites, links or chains (of links without a junction).")
  var over: CriticalElement.Kind = .crossings

  @Option(
    help: ArgumentHelp(
      "Only these: crossings, sites or borders such as KZ-KG or KZ-RU/rail, comma-separated; or all.",
      valueName: "names"))
  var among: String?

  @Option(
    help: ArgumentHelp(
      "Rank by lost (mass cut off), hours (extra hours × mass), displaced (entering mass that moves to other provinces) or province (change in --province). (default: hours; lost with --shapley)",
      valueName: "measure"))
  var by: CriticalityMeasure?

  @Option(
    help: ArgumentHelp("The province whose exposure is watched.", valueName: "province"))
  var province: String?

  @Option(
    help:
      "Exposure of --province: length (kilometres), time (hours) or entering (trips). (default: length)"
  )
  var exposureMeasure: ExposureMeasure?

  @Option(help: ArgumentHelp("Close sets of 2 or 3 at once.", valueName: "count"))
  var together: Int?

  @Flag(
    help:
      "Shapley values, of --among; without it of all, if they are at most \(ClosureStudy.exactShapleyElements), else of all that carry flow."
  )
  var shapley = false

  @Option(
    help: ArgumentHelp(
      "Shapley: sample so many orders of closing, 4 or more. (default: exact to 16 and where that is quick, else \(ShapleyMethod.defaultOrders))",
      valueName: "orders"))
  var samples: Int?

  @Option(help: ArgumentHelp("Shapley: the seed of sampled orders.", valueName: "number"))
  var seed: UInt64?

  @Option(help: ArgumentHelp("Rows of the table; 0 for all.", valueName: "count"))
  var top = 20

  @Option(
    help: ArgumentHelp(
      "Closed before anything else: crossing:ID, link:ID, road:NAME, border:KZ-KG, mode:rail or province:ID; repeatable.",
      valueName: "what"))
  var close: [String] = []

  @OptionGroup var choice: RouteChoiceOptions
  @OptionGroup var demand: DemandOptions
  @OptionGroup var data: DataOptions
  @OptionGroup var options: AnalysisOptions
  @OptionGroup var output: OutputOptions

  private var measure: CriticalityMeasure { by ?? (shapley ? .lost : .hours) }

  var filesRead: [String?] { data.files + demand.files(data) }
  var filesWritten: [(option: String, path: String?)] { output.files }

  func validate() throws {
    if let together, !ClosureStudy.setSizes.contains(together) {
      throw ValidationError("--together is \(together); expected 2 or 3.")
    }
    guard !shapley || together == nil else {
      throw ValidationError("--shapley and --together exclude one another.")
    }
    guard shapley || (samples == nil && seed == nil) else {
      throw ValidationError("--samples and --seed go with --shapley.")
    }
    if let samples, !(4...1_000_000).contains(samples) {
      throw ValidationError("--samples is \(samples); expected a whole number from 4 to 1000000.")
    }
    guard top >= 0 else { throw ValidationError("--top is \(top); expected 0 or more.") }
    guard by != .province || province != nil else {
      throw ValidationError("--by province needs --province.")
    }
    guard exposureMeasure == nil || province != nil else {
      throw ValidationError("--exposure-measure goes with --province.")
    }
    let overCrossings = over == .crossings || over == .sites
    guard among == nil || overCrossings else {
      throw ValidationError("--among goes with --over crossings or sites.")
    }
    // Sets and values of thousands of links would take days.
    guard overCrossings || (together == nil && !shapley) else {
      throw ValidationError("--together and --shapley go with --over crossings or sites.")
    }
    guard among.map({ !names($0).isEmpty }) ?? true else {
      throw ValidationError("--among is \"\(among ?? "")\"; expected names.")
    }
  }

  func run() throws {
    var settings = [
      "over": over.rawValue, "by": measure.rawValue, "among": among,
      "province": province, "close": close.isEmpty ? nil : close.joined(separator: " "),
      "together": together.map { "\($0)" }, "shapley": shapley ? "true" : nil,
    ].compactMapValues { $0 }
    if province != nil {
      settings["exposure_measure"] = (exposureMeasure ?? .length).rawValue
    }
    if shapley {
      settings["seed"] = "\(seed ?? 1)"
      settings["samples"] = samples.map { "\($0)" }
    }
    let session = try Session(
      data, options, command: "criticality",
      settings: settings.merging(settledChoice.settings) { $1 })
    let demand = try Demand(self.demand, session: session)
    let analysis = try session.analysis().under(try closed())
    let focus = try province.map { name throws(CorridorKitError) in
      try ProvinceFocus(name, measure: exposureMeasure ?? .length, in: analysis)
    }
    let study = try study(demand, analysis, focus)
    let manifest = session.manifest(demand: demand)
    let shown = top == 0 ? nil : top
    let elements = try elements(study)
    if shapley {
      try output.write(
        ShapleyReport(
          try shapleyValues(study, elements), of: study, over: over,
          leftOut: among == nil ? study.elements(over).count - elements.count : 0, shown: shown,
          manifest: manifest))
    } else if let together {
      let progress = TerminalProgress("ways", total: 0)
      let sets = try study.closingSets(
        of: together, elements, progress: { progress.update($0, of: $1) })
      progress.finish()
      try output.write(
        JointClosuresReport(
          sets, of: study, over: over, by: measure, shown: shown, manifest: manifest))
    } else {
      let progress = TerminalProgress("closures", total: elements.count)
      let criticality = try study.closingEach(elements, progress: { progress.update($0) })
      progress.finish()
      try output.write(
        CriticalityReport(
          criticality, of: study, over: over, by: measure, shown: shown, manifest: manifest))
    }
  }

  private func study(
    _ demand: Demand, _ analysis: Analysis, _ focus: ProvinceFocus?
  ) throws(CorridorKitError) -> ClosureStudy {
    let (model, threads) = (settledChoice.model(), data.threads)
    if let trips = try demand.trips(analysis) {
      return try ClosureStudy(analysis, trips: trips, by: model, focus: focus, threads: threads)
    }
    return try ClosureStudy(
      demand.corridors ?? [], analysis: analysis, by: model, focus: focus, threads: threads)
  }

  /// What is closed before anything else.
  private func closed() throws(CorridorKitError) -> Scenario? {
    guard !close.isEmpty else { return nil }
    var closures: [Scenario.Closure] = []
    for text in close { closures.append(try Scenario.Closure(parsing: text)) }
    return Scenario(name: close.joined(separator: ", "), closures: closures)
  }

  /// What closes. A crossing that nobody passes may stand in for others that are closed, so that it has
  /// a Shapley value; where there are too many for exact values those that carry flow go first.
  private func elements(_ study: ClosureStudy) throws(CorridorKitError) -> [CriticalElement] {
    let elements =
      if let among {
        try study.analysis.criticalElements(over, named: names(among))
      } else if shapley, study.elements(over).count > ClosureStudy.exactShapleyElements {
        study.carryingFlow(study.elements(over))
      } else {
        study.elements(over)
      }
    guard !elements.isEmpty else {
      throw .mismatch("nothing to close: no trip passes any of the \(over.rawValue)")
    }
    return elements
  }

  private func names(_ text: String) -> [String] {
    text.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
      .filter { !$0.isEmpty }
  }

  private func shapleyValues(
    _ study: ClosureStudy, _ elements: [CriticalElement]
  ) throws(CorridorKitError) -> ShapleyValues {
    let seed = seed ?? 1
    let progress = TerminalProgress("Shapley values", total: 0)
    defer { progress.finish() }
    return try study.shapleyValues(
      of: measure, elements,
      method: samples.map { .sampled(seed: seed, orders: $0) }
        ?? .automatic(seed: seed, orders: ShapleyMethod.defaultOrders),
      progress: { progress.update($0, of: $1) })
  }
}

extension CriticalElement.Kind: ExpressibleByArgument {}
extension CriticalityMeasure: ExpressibleByArgument {}
