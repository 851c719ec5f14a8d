import CorridorKit
import TransportGraph

/// The data and options of one run of a command.
struct Session {
  let sources: DataSources
  let area: StudyArea
  let profileFile: InputFile
  let profile: ImpedanceProfile
  private let options: AnalysisOptions
  var modes: Set<Mode> { options.modes }
  private let settings: [String: String]

  init(
    _ data: DataOptions, _ options: AnalysisOptions, command: String,
    settings: [String: String] = [:]
  ) throws(CorridorKitError) {
    sources = try data.sources()
    profileFile = try InputFile(path: sources.profile)
    profile = try ImpedanceProfile(profileFile)
    area = try data.load(sources)
    self.options = options
    self.settings = settings.merging(
      [
        "command": command, "countries": options.countryCodes.joined(separator: ","),
        "mode": options.mode, "profile": profile.name, "snap_km": "\(options.snapKm)",
      ].merging(options.on.map { ["on": $0] } ?? [:]) { $1 }
    ) { $1 }
  }

  func analysis() throws(CorridorKitError) -> Analysis {
    try options.analysis(area, profile: profile)
  }

  /// The analysis with the closures and delays of the command line in force.
  func analysis(_ changes: ScenarioOptions) throws(CorridorKitError) -> Analysis {
    try analysis().under(try changes.scenario())
  }

  func manifest(
    _ changes: ScenarioOptions? = nil, demand: Demand? = nil, inputs: [InputFile] = [],
    digests: [InputDigest] = [], settings more: [String: String] = [:]
  ) -> Manifest {
    var options = settings.merging(demand?.settings ?? [:]) { $1 }.merging(more) { $1 }
    if let changes, !changes.close.isEmpty {
      options["close"] = changes.close.joined(separator: " ")
    }
    if let changes, !changes.delay.isEmpty {
      options["delay"] = changes.delay.joined(separator: " ")
    }
    return Manifest(
      area,
      inputs: ([profileFile] + (demand?.inputs ?? []) + inputs).map(InputDigest.init) + digests,
      options: options, remark: demand?.remark)
  }
}
