import ArgumentParser
import CorridorKit
import Foundation
import TransportGraph

struct PostsCommand: ParsableCommand, RouteChoosing, FileCommand {
  /// Which places are asked about.
  enum Sites: String, ExpressibleByArgument, CaseIterable {
    case crossings, settlements, both
  }

  static let configuration = CommandConfiguration(
    commandName: "posts",
    abstract: "Where posts for screening and referral would meet the most of a demand.",
    discussion: """
      Flow capture: a way is met by a post at any site that it passes. The greedy choice and the best \
      set are told, with a proof or a gap, and what is left when travellers accept detours of 0, 10, 25 \
      and 50 %. No way around a post is ever told.

      Without a demand all named corridors count, each with a mass of 1 and on its one way; --model is \
      for a pair, a table or layers of demand, and is one that lists ways: shortest or psl.

      EXAMPLES
        corridor posts --count 3
        corridor posts --count 5 --od flows.csv --model psl
        corridor posts --count 2 --fixed korday,karasu --format csv
        corridor posts --count 3 --sites settlements --min-population 100000
      """)

  @Option(help: "How many new posts at most.") var count: Int
  @Option(help: "Where posts could stand: crossings, settlements or both.") var sites = Sites
    .crossings
  @Flag(help: "Road and rail at one crossing site are one post.") var bySite = false
  @Option(
    help: ArgumentHelp(
      "Posts that stand already: crossings, sites or settlements, comma-separated.",
      valueName: "ids"))
  var fixed: String?
  @Option(
    help: ArgumentHelp(
      "Places where none can stand: crossings, sites or settlements, comma-separated.",
      valueName: "ids"))
  var exclude: String?
  @Option(help: "Settlements with fewer people are no sites.") var minPopulation = 50_000
  @Option(
    help: ArgumentHelp(
      "How many subproblems the exact search looks at before it ends with a gap.",
      valueName: "number"))
  var nodeLimit = PostQuestion.standardNodeLimit
  @OptionGroup var demand: DemandOptions
  @OptionGroup var choice: RouteChoiceOptions
  @OptionGroup var data: DataOptions
  @OptionGroup var options: AnalysisOptions
  @OptionGroup var changes: ScenarioOptions
  @OptionGroup var output: OutputOptions

  var filesRead: [String?] { data.files + demand.files(data) }
  var filesWritten: [(option: String, path: String?)] { output.files }

  func validate() throws {
    guard count >= 1 else { throw ValidationError("--count is \(count); expected 1 or more.") }
    guard minPopulation >= 0 else {
      throw ValidationError("--min-population is \(minPopulation); expected 0 or more.")
    }
    guard nodeLimit >= 1 else {
      throw ValidationError("--node-limit is \(nodeLimit); expected 1 or more.")
    }
    if let kind = choice.kind, kind != .shortest, kind != .psl {
      throw ValidationError(
        "--model is \(kind.rawValue), which spreads over links; posts need a model that "
          + "lists ways: shortest or psl.")
    }
  }

  func run() throws {
    let model = settledChoice.model()
    let session = try Session(data, options, command: "posts")
    let demand = try Demand(self.demand, session: session)
    let analysis = try session.analysis(changes)
    let question = try question(analysis)
    let progress = TerminalProgress("subproblems, at most", total: nodeLimit)
    let trips = try demand.trips(analysis)
    let corridors = trips == nil ? try demand.outcomes(analysis).corridors : nil
    if corridors != nil, model != .shortest {
      complain("warning: a named corridor is its one way; --model does not change it")
    }
    let ways =
      try corridors?.modelledWays
      ?? analysis.modelledWays(of: trips ?? [], by: model, threads: data.threads)
    let plan = try PostPlan(
      question, trips: trips ?? corridors?.trips ?? [], ways: ways, analysis: analysis,
      modes: corridors?.definitions.map(\.modes), progress: { progress.update($0) })
    progress.finish()
    try output.write(
      PostsReport(
        plan,
        manifest: session.manifest(
          changes, demand: demand,
          settings: corridors == nil ? settings.merging(settledChoice.settings) { $1 } : settings)))
  }

  private var settings: [String: String] {
    [
      "count": "\(count)", "sites": sites.rawValue, "by_site": "\(bySite)", "fixed": fixed ?? "",
      "exclude": exclude ?? "", "min_population": "\(minPopulation)", "node_limit": "\(nodeLimit)",
    ].filter { !$0.value.isEmpty }
  }

  private func question(_ analysis: Analysis) throws(CorridorKitError) -> PostQuestion {
    var all: [PostSite] = []
    if sites != .settlements { all += analysis.crossingPostSites(bySite: bySite) }
    if sites != .crossings {
      all += analysis.settlementPostSites(minimumPopulation: minPopulation)
    }
    let excluded = try indices(exclude, among: all, analysis)
    let fixed = try indices(fixed, among: all, analysis)
    if let both = fixed.first(where: excluded.contains) {
      throw .contradiction("\(all[both].id) is both fixed and excluded")
    }
    let kept = all.indices.filter { !excluded.contains($0) }
    return PostQuestion(
      sites: kept.map { all[$0] },
      fixed: kept.indices.filter { fixed.contains(kept[$0]) }, count: count, nodeLimit: nodeLimit)
  }

  /// The sites that a list of names means.
  private func indices(
    _ names: String?, among sites: [PostSite], _ analysis: Analysis
  ) throws(CorridorKitError) -> Set<Int> {
    var found: Set<Int> = []
    for name in (names ?? "").split(separator: ",") {
      found.formUnion(
        try analysis.postSites(
          named: name.trimmingCharacters(in: .whitespaces), among: sites))
    }
    return found
  }
}
