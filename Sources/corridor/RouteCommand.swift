import ArgumentParser
import CorridorKit
import Foundation
import TransportGraph

struct RouteCommand: ParsableCommand, FileCommand {
  static let configuration = CommandConfiguration(
    commandName: "route", abstract: "The shortest way between two places, province by province.",
    discussion: """
      A place is a name in any spelling (Almaty, Алматы, Alma-Ata), "longitude,latitude", a node's \
      id, or "name, KZ-10" to tell namesakes apart. With --model psl it tells the alternatives that \
      travellers are modelled to choose among, each with its probability.

      EXAMPLES
        corridor route Bishkek Almaty
        corridor route Osh "Алматы" --mode road --close crossing:korday
        corridor route 74.59,42.87 Khorgos --format geojson --output route.geojson
        corridor route Almaty Astana --mode rail --countries KZ,KG --on 2024-01-15
        corridor route Bishkek Almaty --model psl --k 5
      """)

  @Argument(help: "Where the way begins.") var from: String
  @Argument(help: "Where it ends.") var to: String
  @OptionGroup var choice: RouteChoiceOptions
  @OptionGroup var data: DataOptions
  @OptionGroup var options: AnalysisOptions
  @OptionGroup var changes: ScenarioOptions
  @OptionGroup var output: OutputOptions

  var filesRead: [String?] { data.files }
  var filesWritten: [(option: String, path: String?)] { output.files }

  func validate() throws {
    if let kind = choice.kind, kind != .shortest, kind != .psl {
      throw ValidationError(
        "--model \(kind.rawValue) lists no ways: use corridor exposure --by link.")
    }
  }

  func run() throws {
    let session = try Session(data, options, command: "route", settings: ["from": from, "to": to])
    let analysis = try session.analysis(changes)
    let definition = CorridorDefinition(from: from, to: to, modes: options.modes)
    switch try analysis.area.corridor(
      definition, view: analysis.view, resolver: analysis.resolver)
    {
    case .route(let corridor):
      if choice.isAsked, case .pathSizeLogit(let logit) = choice.model() {
        try writeAlternatives(corridor, by: logit, analysis, session)
        return
      }
      try output.write(
        RouteReport(corridor, analysis: analysis, manifest: session.manifest(changes)))
    case .unreachable(let origin, let destination, let reason):
      let cutOff = CutOffSummary(
        id: "\(from)–\(to)", from: origin, to: destination, mass: 1, reason: reason,
        analysis: analysis)
      if output.format == .json || output.output != nil {
        try output.write(UnreachableReport(cutOff, manifest: session.manifest(changes)))
      }
      complain("no way: \(cutOff.reason)")
      throw ExitCode(ExitStatus.unreachable.rawValue)
    }
  }

  private func writeAlternatives(
    _ corridor: CorridorRoute, by model: PathSizeLogit, _ analysis: Analysis, _ session: Session
  ) throws(CorridorKitError) {
    let pair = NodePair(from: corridor.origin.node, to: corridor.destination.node)
    let shares = try analysis.metric().routeShares(of: [pair], by: model, threads: data.threads)
    for case let shares? in shares {
      try output.write(
        RouteSharesReport(
          shares, from: corridor.origin, to: corridor.destination, by: model, analysis: analysis,
          manifest: session.manifest(changes, settings: choice.settings)))
    }
  }
}
