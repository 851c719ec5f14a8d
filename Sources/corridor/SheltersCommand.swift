import ArgumentParser
import CorridorKit
import TransportGraph

struct SheltersCommand: ParsableCommand, RouteChoosing, FileCommand {
  /// Which organisations are taken as help that is there.
  enum Existing: String, ExpressibleByArgument, CaseIterable {
    case all, shelters, ngos, none

    func includes(_ kind: Organisation.Kind) -> Bool {
      switch self {
      case .all: true
      case .shelters: kind == .shelter
      case .ngos: kind == .ngo
      case .none: false
      }
    }
  }

  static let configuration = CommandConfiguration(
    commandName: "shelters",
    abstract: "Who is far from help, and where shelters or outreach would reach the most.",
    discussion: """
      Maximal covering (the most weight within a travel time) and p-median (the least mean travel time) \
      over towns, starting from the four shelters and fourteen cities with an NGO that the studies name. \
      Places are cities, no nearer.

      EXAMPLES
        corridor shelters --count 1
        corridor shelters --count 3 --within 4 --existing shelters
        corridor shelters --count 2 --weight both --demand persons
        corridor shelters --count 2 --vintage 2013 --format geojson \\
          --output help.geojson
      """)

  @Option(help: "How many new places at most.") var count: Int
  @Option(help: ArgumentHelp("How far help may be, in hours of travel.", valueName: "hours"))
  var within = 3.0
  @Option(help: "What help is there: all, shelters, ngos or none.") var existing = Existing.all
  @Option(
    help: ArgumentHelp(
      "Your own organisations (CSV: place,kind,source and, optionally, name,since).",
      valueName: "file"))
  var organisations: String?
  @Option(
    help:
      "What a town counts as: population, flow (the mass that begins, ends or passes there) or both."
  )
  var weight = ShelterQuestion.Weight.population
  @Option(help: "Towns with fewer people are not counted.") var minPopulation = 1000
  @Option(help: "Towns with fewer people are no candidates.") var minCandidatePopulation = 20_000
  @OptionGroup var demand: DemandOptions
  @OptionGroup var choice: RouteChoiceOptions
  @OptionGroup var data: DataOptions
  @OptionGroup var options: AnalysisOptions
  @OptionGroup var changes: ScenarioOptions
  @OptionGroup var output: OutputOptions

  var filesRead: [String?] { data.files + demand.files(data) + [organisations] }
  var filesWritten: [(option: String, path: String?)] { output.files }

  func validate() throws {
    guard count >= 1 else { throw ValidationError("--count is \(count); expected 1 or more.") }
    guard within > 0, within <= 1000 else {
      throw ValidationError("--within is \(within); expected hours above 0, at most 1000.")
    }
    guard minPopulation >= 0, minCandidatePopulation >= 0 else {
      throw ValidationError("--min-population and --min-candidate-population are 0 or more.")
    }
  }

  func run() throws {
    let model = settledChoice.model()
    let session = try Session(data, options, command: "shelters")
    let file = try InputFile(path: organisations ?? session.sources.organisations)
    let analysis = try session.analysis(changes)
    let question = ShelterQuestion(
      existing: try Organisation.read(file).filter { existing.includes($0.kind) }, count: count,
      limitSeconds: within * 3600, weight: weight, minimumPopulation: minPopulation,
      minimumCandidatePopulation: minCandidatePopulation)
    let demand = weight == .population ? nil : try Demand(self.demand, session: session)
    // Drug routes are not human routes.
    if let drugs = demand?.layers.first(where: { $0.kind == .drugs }) {
      throw CorridorKitError.contradiction(
        "shelters are for persons: the layer \(drugs.id) of drugs does not count for them")
    }
    let flow = try demand?.outcomes(analysis, by: model, threads: data.threads)
    warn(flow?.warnings ?? [])
    let plan = try plan(question, flow, analysis)
    try output.write(
      SheltersReport(
        plan, analysis: analysis,
        manifest: session.manifest(
          changes, demand: demand, inputs: [file],
          settings: settings.merging(demand == nil ? [:] : settledChoice.settings) { $1 })))
  }

  private func plan(
    _ question: ShelterQuestion, _ flow: Demand.Result?, _ analysis: Analysis
  ) throws(CorridorKitError) -> ShelterPlan {
    do throws(CorridorKitError) {
      return try ShelterPlan(
        question, trips: flow?.trips ?? [], outcomes: flow?.outcomes ?? [], analysis: analysis)
    } catch {
      // Nobody asked for the shipped file: its cities are of settlements that others need not hold.
      let isShipped = organisations == nil && error.exitStatus == .unknownName
      throw isShipped ? .located("--organisations or --existing none is needed", error) : error
    }
  }

  private var settings: [String: String] {
    [
      "count": "\(count)", "within_h": "\(within)", "existing": existing.rawValue,
      "weight": weight.rawValue, "min_population": "\(minPopulation)",
      "min_candidate_population": "\(minCandidatePopulation)",
    ]
  }
}

extension ShelterQuestion.Weight: ExpressibleByArgument {}
